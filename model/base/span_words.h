// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/json.h"

namespace rc {

/// A span of time as people say it; two units at most, rounded, without its sign: "850 ms", "4.2 s", "24 min 10 s",
/// "3 h 5 min", "2 d 4 h".
[[nodiscard]] QString spanInWords(Milliseconds span);

} // namespace rc
