// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/console/sight.h"

/// What is said of a step before anything is done with it: where it stands, and what an act would mean. Sentences.

namespace rc::ui {

/// What it comes after, and what waits for it.
[[nodiscard]] QString placeOf(const Plan& plan, qsizetype index);
/// What starting it means for good: whether, and until when, it can be taken back.
[[nodiscard]] QString consequenceOf(const Plan& plan, qsizetype index);
/// What doing without it means for the plan; empty where that cannot be.
[[nodiscard]] QString doingWithout(const Plan& plan, qsizetype index);
/// The systems that something touches, and those that need them; `needing` is nothing where that is not known.
[[nodiscard]] QString radiusOf(const QStringList& touched, const std::optional<QStringList>& needing);
/// The same of undoing the step; empty where it cannot be undone, or touches no system.
[[nodiscard]] QString undoRadius(const Sight& sight, const Plan& plan, qsizetype index);
/// What starts at once when a step that was put off is let go on; empty where it was not.
[[nodiscard]] QString goingOn(const Sight& sight, const ShownPlan& shown, qsizetype index);

} // namespace rc::ui
