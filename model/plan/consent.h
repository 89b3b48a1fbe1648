// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/plan/plan.h"

/// What becomes of the approvals of a plan as its events go by (product rule 3). Only apply() asks for it.
namespace rc::consent {

/// Nothing for a step that the plan does not have.
void keep(Plan& plan, const ApprovalStatement& statement, Timestamp at);
/// Each is used once.
void use(StepRecord& record, const QStringList& nonces);
/// What was consented to besides `begun` was consented to before that began, and is over.
void endOthers(StepRecord& record, StepAct begun);
/// Ends for good those whose time has come by an event at this time: setting the clock back does not revive them. What
/// is given after an event from the future is not touched by that event.
void end(Plan& plan, Timestamp at);

} // namespace rc::consent
