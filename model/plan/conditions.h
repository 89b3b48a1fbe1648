// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/plan/plan_event.h"

namespace rc {

/// The events of a decision, and after them a skip for every step whose turn has come by them and whose conditions do
/// not hold. It is part of the same decision, so that no plan is left waiting for a step that nobody needs.
[[nodiscard]] PlanEvents withUnneeded(const Plan& plan, PlanEvents events);

} // namespace rc
