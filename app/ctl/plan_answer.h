// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/command.h"

namespace rc::ctl {

/// A plan as answer: as a person has to see it now, exit 1 if a step has failed or verification did not pass.
[[nodiscard]] Answer answerOf(Desk& desk, const Plan& plan);
[[nodiscard]] Reply replyOf(Desk& desk, const Result<Plan>& plan);
/// The plan's JSON with the claims of others among the reasons for waiting.
[[nodiscard]] QJsonObject withClaims(Desk& desk, const Plan& plan);

} // namespace rc::ctl
