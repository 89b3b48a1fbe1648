// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace rc::ui {

/// How well `text` answers what somebody types to find it; 0: not at all. All words that are typed have to be in it, in
/// any order: whole beginnings of its words count most, then what is inside them. A single word may also be the first
/// letters of its words, "pp" for "Pause the plan". Case does not matter.
[[nodiscard]] int matchOf(const QString& typed, const QString& text);

} // namespace rc::ui
