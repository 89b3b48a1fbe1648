// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recovery/toolbox.h"
#include "model/plan/durations.h"

namespace rc {

/// What decides a plan's hash, as a dry run shows it, so that a difference can be named.
[[nodiscard]] QJsonObject pinsShownBy(const PlanPins& pins);

/// The dry run of a whole plan (product rule 9): every step in the order it would run, with its effects as they would
/// be now, when it would begin and how long it would take. Touches nothing. A step whose parameters come from the
/// results of others is `undetermined`, one that could not run as things are now `would_fail`. `earlier`: plans of the
/// past, for how long steps take and wait for people.
///
/// Fields: `plan_hash procedure_id procedure_version` and those of pinsShownBy(); `duration_ms critical_path[]`;
/// `steps[]: id name action_type description after[] reversibility point_of_no_return parameters systems[]
/// begins_after_ms duration_ms expected_waiting_ms queued_ms estimate_source effects[]: system what diff | undetermined
/// | would_fail`.
[[nodiscard]] QCoro::Task<QJsonObject> previewPlan(StartPlan prepared, std::shared_ptr<Toolbox> tools,
                                                   QList<PlanTimes> earlier, Timestamp now);

/// The plan that would be started now; no journal has it.
[[nodiscard]] Plan planFrom(const StartPlan& prepared, Timestamp now);

/// The same for one step of a plan as it stands, without its times.
[[nodiscard]] QCoro::Task<QJsonObject> previewStep(Plan plan, qsizetype index, std::shared_ptr<Toolbox> tools);

} // namespace rc
