// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/command.h"

namespace rc::ctl {

/// A plan as answer: as a person has to see it now, exit 1 if a step has failed or verification did not pass.
[[nodiscard]] Answer answerOf(Desk& desk, const Plan& plan);
[[nodiscard]] Reply replyOf(Desk& desk, const Result<Plan>& plan);
/// The plan's JSON with the claims of others among the reasons for waiting.
[[nodiscard]] QJsonObject withClaims(Desk& desk, const Plan& plan);

/// `INCIDENT PROCEDURE` with `--param` and `--version`.
[[nodiscard]] Result<StartRequest> requestFrom(const Invocation& call);
/// Why a plan does not start; what is wrong with a parameter is said with the option that mends it.
[[nodiscard]] Error withOption(Desk& desk, const StartRequest& request, Error error);
/// `plan dry-run`.
[[nodiscard]] QCoro::Task<Reply> dryRunPlan(Invocation call);

/// `plan why`.
[[nodiscard]] QCoro::Task<Reply> whyPlanWaits(Invocation call);

/// The answer of `plan run`, with what is ready and did not start by itself for this person, and why: `not_started[]`,
/// id and why. `branches` as in Arming.
[[nodiscard]] Answer withUnstarted(Answer answer, const Plan& plan, const Actor& actor, Timestamp now,
                                   const QList<StepId>& branches);

/// `plan handover`.
[[nodiscard]] Reply handOverPlan(const Invocation& call);

/// `plan abort`.
[[nodiscard]] QCoro::Task<Reply> abortPlan(Invocation call);
/// `plan leftovers`.
[[nodiscard]] Reply leftoversOfPlan(const Invocation& call);

/// Whether a command would be taken.
using Trial = std::function<Status(const Plan& plan, const Actor& actor, Timestamp now)>;
template <class Command>
[[nodiscard]] Trial trialOf(const Command& command)
{
    return [command](const Plan& plan, const Actor& actor, Timestamp now) {
        const auto decided = decide(plan, command, actor, now);
        return decided ? Status() : std::unexpected(decided.error());
    };
}
/// Steps behind which there is no way back, shown and confirmed by typing their ids where there is a terminal to ask
/// on. A script has said it by naming them, or by running the plan when they were next. Cancelled if it is not
/// confirmed.
[[nodiscard]] Status confirmCrossing(const Invocation& call, const Plan& plan, const QList<StepId>& steps);
/// Signs in and does to a plan what takes its time. Work that touches systems has a trial: before it the supervisor is
/// seen to that keeps them. Not for whoever has no right to it; the refusal is the work's own.
[[nodiscard]] QCoro::Task<Result<Plan>>
workOn(Invocation call, PlanId id, Trial trial,
       std::function<QCoro::Task<Result<Plan>>(PlanRunner& runner, SecurityContext context)> work);

} // namespace rc::ctl
