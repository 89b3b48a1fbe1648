// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/error.h"

namespace rc::prozchain {

/// A token's file without the white space around it. PermissionDenied if others than its owner can read it,
/// InvalidInput if it is shorter than 16 characters.
[[nodiscard]] Result<QByteArray> readToken(const QString& path);

} // namespace rc::prozchain
