// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/failpoint.h"
#include "backend/recovery/plan_crew.h"
#include "backend/services/command_runner.h"
#include "model/plan/refusals.h"

#include <QCoroFuture>

/// One step of PlanRunner: intent, effect and outcome.

namespace rc {
namespace {

QString said(const StepResult& result)
{
    return QString("%1: %2").arg(result.success ? QString("Done") : QString("Failed"), result.message);
}

} // namespace

QString PlanRunner::holderOf(const Work& work, qsizetype index) const
{
    return work.stored.plan.id.text() + "/" + work.stored.plan.procedure.steps.at(index).id.text();
}

ActionContext PlanRunner::actionContext(const Work& work, qsizetype index, const Operation& operation) const
{
    const auto& plan = work.stored.plan;
    const auto& record = plan.steps[index];
    const QString holder = holderOf(work, index);
    const Timestamp undoStartedAt = record.undoStartedAt.value_or(m_journal.now());
    return {.parameters = record.parameters,
            .incident = plan.pins.incident,
            .operatorId = work.context.operatorId,
            .holder = holder,
            .operation = operation,
            .startedAt = record.startedAt.value_or(undoStartedAt),
            .attempt = record.attempt,
            .act = record.act,
            .undoStartedAt = undoStartedAt,
            .preImage = record.capture ? record.capture->preImage : QJsonObject(),
            .record = factRecorder(m_journal, work.context.session, holder)};
}

void PlanRunner::tellUnrecorded(const Work& work, qsizetype index, const Error& why, const StepResult& result,
                                const Operation& operation)
{
    operation.progress(QString("What came of step '%1' could not be recorded: %2 It was: %3")
                           .arg(work.stored.plan.procedure.steps.at(index).name, why.message, said(result)));
}

QString PlanRunner::endOf(const Work& work, qsizetype index, const StepResult& result)
{
    // Newest first: what was promised as an output and is missing has made a failure of it.
    const auto& ended = work.stored.plan.completedSteps;
    for (auto i = ended.size() - 1; i >= 0; --i) {
        if (ended[i].step == work.stored.plan.procedure.steps.at(index).id) {
            return said(ended[i].result);
        }
    }
    return said(result);
}

StopWatch::Look PlanRunner::lookAt(const PlanId& id)
{
    return [this, id]() -> Result<Plan> {
        auto stored = m_recovery.load(id);
        return stored ? Result<Plan>(std::move(stored->plan)) : std::unexpected(stored.error());
    };
}

Status PlanRunner::writeIntent(Work& work, qsizetype index, Action& action)
{
    const auto& plan = work.stored.plan;
    const auto parameters = plan.resolvedParameters(index);
    if (!parameters) {
        return std::unexpected(parameters.error());
    }
    const auto systems = action.systems(*parameters);
    Append more;
    const Claims::Holder holder{holderOf(work, index), work.context.operatorId, m_lock.executor().id};
    if (const auto taken = Claims(m_journal).take(more, systems, holder); !taken) {
        return taken;
    }
    return act(work, StartStep{plan.procedure.steps[index].id, m_lock.executor(), systems}, std::move(more));
}

Status PlanRunner::beginStep(Work& work, qsizetype index)
{
    const auto& step = work.stored.plan.procedure.steps.at(index);
    Action* const action = work.tools->actionFor(step.actionType);
    if (!action) {
        return fail(
            ErrorCode::InvalidInput,
            QString("Step '%1' is a '%2', which this program cannot execute.").arg(step.name, idOf(step.actionType)));
    }
    if (const auto intent = writeIntent(work, index, *action); !intent) {
        return intent;
    }
    failpoint("intent_written");
    return {};
}

QCoro::Task<Status> PlanRunner::compareWithDryRun(std::shared_ptr<Work> work, qsizetype index, Action* action,
                                                  Operation operation)
{
    const auto step = work->stored.plan.procedure.steps.at(index).id;
    const auto expected = m_recovery.expectedEffects(work->stored.plan, step);
    if (!expected) {
        co_return std::unexpected(expected.error());
    }
    if (!expected->has_value()) {
        co_return Status(); // There was no dry run, or it could not say.
    }
    const Result<QList<Effect>> effects = co_await action->dryRun(actionContext(*work, index, operation));
    if (!effects) {
        co_return std::unexpected(effects.error());
    }
    QJsonArray found;
    for (const auto& effect : *effects) {
        found.append(toJson(effect));
    }
    if (found == **expected) {
        co_return Status();
    }
    operation.progress(QString("Step '%1' is about to do something else than its dry run had shown.")
                           .arg(work->stored.plan.procedure.steps.at(index).name));
    const Deviation deviation{work->stored.plan.steps[index].attempt, **expected, found};
    co_return insist(*work, [&] { return act(*work, RecordDeviation{step, m_lock.executor().id, deviation}); });
}

QCoro::Task<Status> PlanRunner::keepPreImage(std::shared_ptr<Work> work, qsizetype index, Action* action,
                                             Operation operation)
{
    // Of attempts that failed on their way the first has seen what was there before.
    if (work->stored.plan.steps[index].capture) {
        co_return Status();
    }
    const Result<Capture> capture = co_await action->capture(actionContext(*work, index, operation));
    if (!capture) {
        co_return std::unexpected(capture.error());
    }
    const KeepPreImage command{work->stored.plan.procedure.steps.at(index).id, work->stored.plan.steps[index].attempt,
                               m_lock.executor().id, *capture};
    co_return insist(*work, [&] { return act(*work, command); });
}

QCoro::Task<StepResult> PlanRunner::settleStopped(std::shared_ptr<Work> work, qsizetype index, Action* action,
                                                  StepResult result)
{
    // The look has a token of its own: what was stopped is the act, not the question what became of it.
    const LimitedOperation look({}, std::chrono::seconds(30));
    const Probe found = co_await action->probe(actionContext(*work, index, look.operation));
    if (found.answer == EffectState::Applied) {
        auto applied = found.result;
        applied.message = "It was told to stop, and had taken effect already: " + applied.message;
        co_return applied;
    }
    if (found.answer == EffectState::CannotTell) {
        const auto what = QString("It was stopped, and whether it took effect cannot be told: %1");
        result.leftovers.append(QJsonObject{{"system", ""},
                                            {"what", what.arg(found.result.message)},
                                            {"cleanup", "Look at the systems that it touches."}});
        result.doubtful = true;
    }
    result.message = QString("%1 %2").arg(result.message, found.result.message).trimmed();
    co_return result;
}

std::shared_ptr<LimitedOperation> PlanRunner::limitOf(const Work& work, qsizetype index, const Operation& operation)
{
    return std::make_shared<LimitedOperation>(operation, work.stored.plan.procedure.steps.at(index).timeout);
}

QString PlanRunner::tookTooLong(const Work& work, qsizetype index)
{
    const auto timeout = work.stored.plan.procedure.steps.at(index).timeout;
    return QString("It took longer than its limit of %1 s and was stopped")
        .arg(std::chrono::duration_cast<std::chrono::seconds>(timeout).count());
}

QCoro::Task<StepResult> PlanRunner::limited(std::shared_ptr<Work> work, qsizetype index, Action* action,
                                            Operation operation, std::shared_ptr<LimitedOperation> limit)
{
    const auto context = actionContext(*work, index, limit->operation);
    StepResult result;
    if (context.act == StepAct::Undo) {
        result = co_await action->undo(context);
    } else {
        result = co_await action->execute(context);
    }
    if (result.success || result.reverted || !limit->operation.cancel.isCancelled()) {
        co_return result;
    }
    if (limit->timedOut(operation)) {
        result.message = QString("%1. %2").arg(tookTooLong(*work, index), result.message);
    }
    co_return co_await settleStopped(work, index, action, result);
}

QCoro::Task<Status> PlanRunner::prepare(std::shared_ptr<Work> work, qsizetype index, Action* action,
                                        Operation operation)
{
    Status can = co_await action->canRun(actionContext(*work, index, operation));
    if (can) {
        can = co_await compareWithDryRun(work, index, action, operation);
    }
    if (can) {
        can = co_await keepPreImage(work, index, action, operation);
    }
    co_return can;
}

QCoro::Task<StepResult> PlanRunner::perform(std::shared_ptr<Work> work, qsizetype index, Action* action,
                                            Operation operation, bool* stopped)
{
    const auto& plan = work->stored.plan;
    // Otherwise an earlier attempt that failed half-way may have left something.
    const bool isUntouched = !plan.steps[index].capture;
    Operation stoppable = operation;
    stoppable.cancel = operation.cancel.child();
    StopWatch watch(lookAt(plan.id), plan.procedure.steps[index].id, plan.steps[index].attempt, stoppable.cancel);
    // One limit for all of it: what hangs while it looks at what is there holds its systems as well.
    const auto limit = limitOf(*work, index, stoppable);
    Status can = co_await prepare(work, index, action, limit->operation);
    if (can) {
        failpoint("captured");
        watch.lookOnce();
    }
    *stopped = stoppable.cancel.isCancelled();
    if (can && *stopped) {
        can = stoppedBefore();
    }
    if (limit->timedOut(stoppable)) {
        const auto why = can ? QString() : can.error().message;
        can = fail(ErrorCode::Timeout,
                   QString("%1 before it had touched anything. %2").arg(tookTooLong(*work, index), why).trimmed());
    }
    if (!can) {
        auto refused = failedResult(can.error(), m_journal.now());
        refused.reverted = isUntouched;
        co_return refused;
    }
    const StepResult result = co_await limited(work, index, action, stoppable, limit);
    *stopped = stoppable.cancel.isCancelled();
    co_return result;
}

Status PlanRunner::leaveOpen(Work& work, qsizetype index, const QString& why)
{
    const MarkUnknown unknown{work.stored.plan.procedure.steps.at(index).id, m_lock.executor().id};
    if (const auto marked = insist(work, [&] { return act(work, unknown); }); !marked) {
        return marked;
    }
    return fail(ErrorCode::WrongState, why + " Somebody has to look: 'done' or 'fail' with a note.");
}

QCoro::Task<Status> PlanRunner::finish(std::shared_ptr<Work> work, qsizetype index, Operation operation)
{
    const auto step = work->stored.plan.procedure.steps.at(index);
    operation.progress(QString("Running: %1").arg(step.name));
    bool stopped = false;
    const StepResult result =
        co_await perform(work, index, work->tools->actionFor(step.actionType), operation, &stopped);
    failpoint("effect_done");
    // What may still touch its systems keeps them.
    if (result.doubtful && !CommandRunner(m_journal.home()).living(holderOf(*work, index)).isEmpty()) {
        co_return leaveOpen(*work, index,
                            QString("What step '%1' began still runs: %2").arg(step.name, result.message));
    }
    const RecordOutcome command{
        step.id,           work->stored.plan.steps[index].attempt,   m_lock.executor().id, result,
        isSignedIn(*work), stopped || operation.cancel.isCancelled()};
    const auto written = writeEnd(*work, index, command, operation);
    failpoint("outcome_written");
    if (written) {
        operation.progress(endOf(*work, index, result));
    }
    co_return written;
}

QCoro::Task<Status> PlanRunner::execute(std::shared_ptr<Work> work, qsizetype index, Operation operation)
{
    if (const auto begun = beginStep(*work, index); !begun) {
        co_return begun;
    }
    co_return co_await finish(work, index, operation);
}

QCoro::Task<Status> PlanRunner::executeWithRetries(std::shared_ptr<Work> work, qsizetype index, Operation operation)
{
    while (true) {
        const Status done = co_await execute(work, index, operation);
        const auto& record = work->stored.plan.steps[index];
        if (!done || record.progress != StepProgress::Pending || !record.notBefore) {
            co_return done;
        }
        operation.progress(QString("Attempt %1 begins at %2.").arg(record.attempt).arg(toRfc3339(*record.notBefore)));
        const Timestamp due = *record.notBefore;
        while (work->stored.plan.isTooEarly(index, m_journal.now())) {
            const bool waited =
                co_await pause(std::min<Milliseconds>(due - m_journal.now(), Milliseconds(500)), operation.cancel);
            if (!waited) {
                co_return Status();
            }
        }
        // A role that was taken away, or has ended, since starts nothing more.
        const auto context = m_identity.context(work->context.session);
        if (!context) {
            co_return std::unexpected(context.error());
        }
        work->context = *context;
        if (const auto again = reload(*work); !again) {
            co_return again;
        }
    }
}

} // namespace rc
