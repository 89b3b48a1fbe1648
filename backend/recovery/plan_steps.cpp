// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/failpoint.h"
#include "backend/recovery/plan_runner.h"
#include "model/plan/refusals.h"

#include <QCoroFuture>

/// One step of PlanRunner: intent, effect and outcome, or what became of an interrupted one.

namespace rc {

QString PlanRunner::holderOf(const Work& work, qsizetype index) const
{
    return work.stored.plan.id.text() + "/" + work.stored.plan.procedure.steps[index].id.text();
}

ActionContext PlanRunner::actionContext(const Work& work, qsizetype index, const Operation& operation) const
{
    const auto& plan = work.stored.plan;
    const auto& record = plan.steps[index];
    const QString holder = holderOf(work, index);
    return {record.parameters,
            plan.pins.incident,
            work.context.operatorId,
            holder,
            operation,
            record.startedAt.value_or(m_journal.now()),
            factRecorder(m_journal, work.context.session, holder)};
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

Status PlanRunner::writeOutcome(Work& work, qsizetype index, const StepResult& result)
{
    const auto& step = work.stored.plan.procedure.steps[index];
    const RecordOutcome command{step.id, work.stored.plan.steps[index].attempt, m_lock.executor().id, result,
                                isSignedIn(work)};
    return insist(work, [&]() -> Status {
        Append more;
        if (const auto released = Claims(m_journal).release(more, holderOf(work, index)); !released) {
            return released;
        }
        return act(work, command, std::move(more));
    });
}

QCoro::Task<Status> PlanRunner::execute(std::shared_ptr<Work> work, qsizetype index, Operation operation)
{
    const auto step = work->stored.plan.procedure.steps[index];
    Action* const action = work->tools->actionFor(step.actionType);
    if (!action) {
        co_return fail(
            ErrorCode::InvalidInput,
            QString("Step '%1' is a '%2', which this program cannot execute.").arg(step.name, idOf(step.actionType)));
    }
    if (const auto intent = writeIntent(*work, index, *action); !intent) {
        co_return intent;
    }
    failpoint("intent_written");
    operation.progress(QString("Running: %1").arg(step.name));
    const LimitedOperation limited(operation, step.timeout);
    const ActionContext context = actionContext(*work, index, limited.operation);
    StepResult result;
    const Status can = co_await action->canRun(context);
    if (can) {
        result = co_await action->execute(context);
    } else {
        result = failedResult(can.error(), m_journal.now());
    }
    if (!result.success && limited.timedOut(operation)) {
        result.message = QString("It took longer than its limit of %1 s and was stopped. %2")
                             .arg(std::chrono::duration_cast<std::chrono::seconds>(step.timeout).count())
                             .arg(result.message);
    }
    failpoint("effect_done");
    const auto outcome = writeOutcome(*work, index, result);
    failpoint("outcome_written");
    operation.progress(QString("%1: %2").arg(result.success ? QString("Done") : QString("Failed"), result.message));
    co_return outcome;
}

bool PlanRunner::isInterrupted(const Work& work, qsizetype index) const
{
    const auto& record = work.stored.plan.steps[index];
    if (work.stored.plan.procedure.steps[index].isManual()) {
        return false;
    }
    return record.progress == StepProgress::Unknown ||
           (record.progress == StepProgress::Running && !isExecutorAlive(m_journal.home(), record.executor.id));
}

Status PlanRunner::writeProbe(Work& work, qsizetype index, const Probe& probe)
{
    const auto step = work.stored.plan.procedure.steps[index].id;
    return insist(work, [&]() -> Status {
        Append more;
        if (probe.answer != EffectState::CannotTell) {
            if (const auto released = Claims(m_journal).release(more, holderOf(work, index)); !released) {
                return released;
            }
        }
        return act(work, ResolveUnknown{step, probe.answer, probe.result}, std::move(more));
    });
}

QCoro::Task<Status> PlanRunner::settleInterrupted(std::shared_ptr<Work> work, qsizetype index, Operation operation)
{
    const auto step = work->stored.plan.procedure.steps[index];
    const auto actor = work->context.actor();
    for (const auto& may : {refusals::needsStepRole(work->stored.plan, index, actor),
                            refusals::needsOtherThanApprover(work->stored.plan, index, actor, m_journal.now())}) {
        if (!may) {
            co_return m_recovery.refuse(work->context, may.error());
        }
    }
    const QString executor = work->stored.plan.steps[index].executor.id;
    const auto marked = insist(*work, [&] {
        const bool running = work->stored.plan.steps[index].progress == StepProgress::Running;
        return running ? act(*work, MarkUnknown{step.id, executor}) : Status();
    });
    if (!marked) {
        co_return marked;
    }
    Action* const action = work->tools->actionFor(step.actionType);
    Probe probe{EffectState::CannotTell, {false, "This program has no probe for it.", {}, {}, m_journal.now()}};
    if (action) {
        operation.progress(QString("Interrupted: %1. Looking whether it took effect.").arg(step.name));
        const ActionContext context = actionContext(*work, index, operation);
        probe = co_await action->probe(context);
    }
    co_return writeProbe(*work, index, probe);
}

} // namespace rc
