// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/json.h"

#include <algorithm>

namespace rc {

/// The time between two points; nothing where a clock that was set back in between makes the end come first.
[[nodiscard]] inline Milliseconds elapsed(Timestamp from, Timestamp to)
{
    return std::max(Milliseconds(0), Milliseconds(to - from));
}

} // namespace rc
