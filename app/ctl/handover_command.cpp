// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/plan_answer.h"
#include "model/plan/handover_sheet.h"

namespace rc::ctl {
namespace {

Reply offer(const Invocation& call, const PlanId& id)
{
    const auto context = call.desk.signIn();
    if (!context) {
        return std::unexpected(context.error());
    }
    const auto sheet = call.desk.recovery().handoverSheet(id);
    if (!sheet) {
        return std::unexpected(sheet.error());
    }
    const OperatorId to(call.value("to"));
    const auto plan = call.desk.recovery().handOver(*context, id, to, call.value("note"));
    if (!plan) {
        return std::unexpected(plan.error());
    }
    auto answer = answerOf(call.desk, *plan);
    answer.exit = 0;
    answer.text =
        handoverText(*sheet) + QString("\nOffered to %1, who takes it with: recoveryctl --as %1 plan handover "
                                       "%2 --accept\n")
                                   .arg(to.text(), id.text());
    return answer;
}

Reply accept(const Invocation& call, const PlanId& id)
{
    const auto context = call.desk.signIn();
    if (!context) {
        return std::unexpected(context.error());
    }
    auto reply = replyOf(call.desk, call.desk.recovery().act(*context, id, TakeLead{call.value("reason")}));
    if (reply) {
        reply->exit = 0;
    }
    return reply;
}

} // namespace

Reply handOverPlan(const Invocation& call)
{
    const PlanId id(call.argument(0));
    if (call.has("to") && call.has("accept")) {
        return fail(ErrorCode::InvalidInput, "Either a plan is handed over, or it is taken; not both.");
    }
    if (call.has("to")) {
        return offer(call, id);
    }
    if (call.has("accept")) {
        return accept(call, id);
    }
    if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    const auto sheet = call.desk.recovery().handoverSheet(id);
    return sheet ? Reply(Answer{*sheet, handoverText(*sheet)}) : std::unexpected(sheet.error());
}

} // namespace rc::ctl
