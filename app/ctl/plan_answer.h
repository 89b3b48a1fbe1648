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

/// `plan handover`.
[[nodiscard]] Reply handOverPlan(const Invocation& call);

/// The supervisor that the systems of a plan need, before the command is tried. Not for whoever has no right to the
/// command: the refusal is the command's own.
template <class Command>
[[nodiscard]] QCoro::Task<Status> ensureSupervisor(Desk* desk, SecurityContext context, PlanId id, Command command)
{
    const auto plan = desk->recovery().plan(id);
    if (!plan) {
        co_return Status();
    }
    const auto decided = decide(*plan, command, context.actor(), desk->journal().now());
    if (!decided && decided.error().code == ErrorCode::PermissionDenied) {
        co_return Status();
    }
    const auto inventory = desk->recovery().pinnedInventory(*plan);
    if (!inventory) {
        co_return std::unexpected(inventory.error());
    }
    const Status running = co_await desk->ensureSupervisor(*inventory);
    co_return running;
}

} // namespace rc::ctl
