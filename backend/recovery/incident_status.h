// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/journal.h"
#include "model/plan/plan_event.h"

namespace rc {

/// Adds to an append what the events of a plan make of its incident's status, if they start or end the plan, and the
/// revision that the incident must have for that to be true (unless the append expects one already): recovering while
/// any plan is open; after the last one monitoring if one was completed, and open again if all were aborted.
[[nodiscard]] Status addIncidentStatus(Journal& journal, Append& append, const PlanId& plan, const IncidentId& incident,
                                       const PlanEvents& events);

} // namespace rc
