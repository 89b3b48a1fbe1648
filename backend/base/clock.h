// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/json.h"

#include <functional>

namespace rc {

/// Where times come from. Injected, so that tests hold the clock.
using Clock = std::function<Timestamp()>;

/// The system's clock.
[[nodiscard]] inline Timestamp systemTime()
{
    return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
}

} // namespace rc
