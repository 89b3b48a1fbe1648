// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/error.h"

#include <QString>

namespace rc {

/// A directory of this user alone (0700, owner checked) for local sockets. Its path is at most 60 bytes, because a
/// socket's whole path may not exceed 107 while a home may be anywhere: below XDG_RUNTIME_DIR or the temporary
/// directory if they are short enough, otherwise below /tmp. Compiled for POSIX systems.
[[nodiscard]] Result<QString> runtimeDirectory();

} // namespace rc
