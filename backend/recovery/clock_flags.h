// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/journal.h"
#include "model/plan/plan.h"

namespace rc {

/// What the journal says of clocks that were set while an incident and these plans of it went on: from the first of
/// their rows to the last, or, while a plan is open, to the end of the journal. The row that says it may be about
/// something else.
[[nodiscard]] Result<QList<ClockFlag>> clockFlagsOf(Journal& journal, const IncidentId& incident,
                                                    const QList<Plan>& plans);
/// The same of one plan and its incident.
[[nodiscard]] Result<QList<ClockFlag>> clockFlagsOf(Journal& journal, const Plan& plan);

[[nodiscard]] QJsonArray toJson(const QList<ClockFlag>& flags);

} // namespace rc
