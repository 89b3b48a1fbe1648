// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/plan/schedule.h"

namespace rc {

/// How a plan stands, for whoever takes it over: `plan procedure incident network rehearsal status lead armed_by at eta
/// margin_ms running[] waiting[]: step name state because[]`, `failed[] undoable[] holds[] deviations[]`,
/// `leftovers[] notes[]` (the last ten).
[[nodiscard]] QJsonObject handoverSheet(const Plan& plan, const Schedule& schedule, Timestamp now);
/// What a plan needs that is open and has no step left, and from whom; lines, empty for every other plan.
[[nodiscard]] QString afterTheSteps(const QJsonObject& sheet);
/// The sheet as people read it.
[[nodiscard]] QString handoverText(const QJsonObject& sheet);

} // namespace rc
