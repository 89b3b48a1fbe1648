// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/error.h"

namespace rc {

/// The present errno as a StoreError: "CANNOT: why, and what helps." Call it before anything else can change errno.
[[nodiscard]] std::unexpected<Error> failFromErrno(const QString& cannot, const QString& path);

} // namespace rc
