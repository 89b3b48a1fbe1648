// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/command.h"
#include "app/ctl/options.h"
#include "app/ctl/plan_answer.h"
#include "backend/recovery/evidence_store.h"

namespace rc::ctl {
namespace {

Reply forStep(const Invocation& call, const std::function<Result<Plan>(const SecurityContext&)>& act)
{
    const auto context = call.desk.signIn();
    if (!context) {
        return std::unexpected(context.error());
    }
    auto reply = replyOf(call.desk, act(*context));
    if (reply) {
        reply->exit = 0; // The act itself was done, whatever stands in the plan beside it.
    }
    return reply;
}

Result<QJsonArray> evidenceFrom(const Invocation& call)
{
    QJsonArray evidence;
    const EvidenceStore store(call.desk.home());
    const auto files = call.values("evidence");
    for (const auto& file : files) {
        const auto kept = store.keep(file);
        if (!kept) {
            return std::unexpected(kept.error());
        }
        evidence.append(*kept);
    }
    if (call.has("value")) {
        evidence.append(QJsonObject{{"kind", QString(idOf(ArtifactKind::Figure))}, {"value", call.value("value")}});
    }
    return evidence;
}

Reply complete(const Invocation& call, bool success)
{
    return forStep(call, [&](const SecurityContext& context) -> Result<Plan> {
        const auto evidence = evidenceFrom(call);
        if (!evidence) {
            return std::unexpected(evidence.error());
        }
        const auto fields = keyValueOption(call, "result");
        if (!fields) {
            return std::unexpected(fields.error());
        }
        CompleteStep command;
        command.step = StepId(call.argument(1));
        command.note = call.has("note") ? call.value("note") : call.value("reason");
        command.evidence = *evidence;
        command.result = {success, command.note, *fields, {}, call.desk.journal().now()};
        return call.desk.recovery().completeRecoveryStep(context, PlanId(call.argument(0)), command);
    });
}

QCoro::Task<Reply> runStep(Invocation call)
{
    const auto context = call.desk.signIn();
    if (!context) {
        co_return std::unexpected(context.error());
    }
    const auto runner = call.desk.runner();
    if (!runner) {
        co_return std::unexpected(runner.error());
    }
    const Status supervisor = co_await call.desk.ensureSupervisor();
    if (!supervisor) {
        co_return std::unexpected(supervisor.error());
    }
    const StepId step(call.argument(1));
    const Result<Plan> plan =
        co_await (*runner)->runStep(*context, PlanId(call.argument(0)), step, call.desk.operation());
    auto reply = replyOf(call.desk, plan);
    if (reply) {
        const auto index = plan->indexOf(step);
        reply->exit = index >= 0 && plan->steps[index].progress == StepProgress::Failed ? 1 : 0;
    }
    co_return reply;
}

QCoro::Task<Reply> step(Invocation call)
{
    const QString verb = call.argument(2);
    const PlanId plan(call.argument(0));
    const StepId id(call.argument(1));
    if (verb == "run") {
        co_return co_await runStep(call);
    }
    if (verb == "done") {
        co_return complete(call, true);
    }
    if (verb == "fail") {
        co_return complete(call, false);
    }
    if (verb == "skip") {
        co_return forStep(call, [&](const SecurityContext& context) {
            return call.desk.recovery().act(context, plan, SkipStep{id, call.value("reason")});
        });
    }
    if (verb == "retry") {
        co_return forStep(call, [&](const SecurityContext& context) {
            return call.desk.recovery().retryStep(context, plan, RetryStep{id, call.value("reason")});
        });
    }
    co_return fail(
        ErrorCode::InvalidInput,
        QString("'%1' is not something to do with a step; expected run, done, fail, skip or retry.").arg(verb));
}

Reply approve(const Invocation& call)
{
    return forStep(call, [&](const SecurityContext& context) {
        return call.desk.recovery().approveStep(context, PlanId(call.argument(0)), StepId(call.argument(1)));
    });
}

} // namespace

QList<Command> stepCommands()
{
    return {
        {"plan step",
         "PLAN STEP run|done|fail|skip|retry",
         "Runs an automated step and waits for its outcome; ticks, fails, skips or retries one.",
         {{"note", "What was done and seen.", "TEXT"},
          {"evidence", "A file that proves it; may be given several times.", "FILE"},
          {"value", "A figure that proves it.", "X"},
          {"result", "A result that later steps refer to.", "NAME=VALUE"},
          {"reason", "Why, for skip and retry.", "TEXT"}},
         step},
        {"plan approve",
         "PLAN STEP",
         "Consents to the exact action that waits, as a second person.",
         {},
         immediate(approve)},
    };
}

} // namespace rc::ctl
