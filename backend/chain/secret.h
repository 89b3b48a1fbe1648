// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/error.h"

namespace rc {

/// The secret an inventory refers to: `file:PATH` or `env:NAME`, white space at the ends removed. PermissionDenied for
/// a file that others can read, NotFound for one that is not there or a variable that is not set, InvalidInput for any
/// other kind. Sentences name the reference and never the secret.
[[nodiscard]] Result<QByteArray> readSecret(const QString& reference);

} // namespace rc
