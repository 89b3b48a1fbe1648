// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/plan_crew.h"
#include "model/plan/refusals.h"

/// What became of the interrupted steps of a plan.

namespace rc {

bool PlanRunner::isInterrupted(const Work& work, qsizetype index) const
{
    const auto& record = work.stored.plan.steps[index];
    if (work.stored.plan.procedure.steps.at(index).isManual()) {
        return false;
    }
    return record.progress == StepProgress::Unknown ||
           (record.progress == StepProgress::Running && !isExecutorAlive(m_journal.home(), record.executor.id));
}

StopWatch::Wanted PlanRunner::isSettled(const Plan& plan, qsizetype index)
{
    return [index, attempt = plan.steps[index].attempt, before = plan.status](const Plan& now) {
        const bool isEnding = now.status == PlanStatus::Aborting || now.status == PlanStatus::Aborted;
        const auto& record = now.steps[index];
        return (isEnding && now.status != before) || record.attempt != attempt ||
               record.progress != StepProgress::Unknown;
    };
}

QCoro::Task<Status> PlanRunner::settleInterrupted(std::shared_ptr<Work> work, qsizetype index, Operation operation)
{
    const auto step = work->stored.plan.procedure.steps.at(index);
    const auto actor = work->context.actor();
    const auto& plan = work->stored.plan;
    for (const auto& may :
         {refusals::needsStepRole(plan, index, actor),
          refusals::needsOtherThanApprover(plan, index, actor, m_journal.now(), plan.steps[index].act)}) {
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
        Operation stoppable = operation;
        stoppable.cancel = operation.cancel.child();
        const StopWatch watch(lookAt(work->stored.plan.id), isSettled(work->stored.plan, index), stoppable.cancel);
        probe = co_await action->probe(actionContext(*work, index, stoppable));
    }
    const ResolveUnknown command{step.id, probe.answer, probe.result};
    if (probe.answer == EffectState::CannotTell) {
        co_return insist(*work, [&] { return act(*work, command); }); // it keeps its systems
    }
    co_return writeEnd(*work, index, command, operation);
}

QCoro::Task<Result<Plan>> PlanRunner::settleStep(SecurityContext context, PlanId id, StepId step, Operation operation)
{
    auto begun = begin(context, id);
    if (!begun) {
        co_return std::unexpected(begun.error());
    }
    const auto work = std::make_shared<Work>(std::move(*begun));
    const auto index = refusals::findStep(work->stored.plan, step);
    if (!index) {
        co_return std::unexpected(index.error());
    }
    if (!isInterrupted(*work, *index)) {
        co_return fail(
            ErrorCode::WrongState,
            QString("Step '%1' was not interrupted.").arg(work->stored.plan.procedure.steps.at(*index).name));
    }
    const Status settled = co_await settleInterrupted(work, *index, operation);
    if (!settled) {
        co_return std::unexpected(settled.error());
    }
    co_return work->stored.plan;
}

void PlanRunner::settleAll(const std::shared_ptr<Work>& work, const std::shared_ptr<Crew>& crew,
                           const Operation& operation)
{
    const auto& plan = work->stored.plan;
    const auto actor = work->context.actor();
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        if (isInterrupted(*work, i) && !crew->settled.contains(i) && refusals::needsStepRole(plan, i, actor) &&
            refusals::needsOtherThanApprover(plan, i, actor, m_journal.now(), plan.steps[i].act)) {
            crew->settled.insert(i);
            crew->atWork += 1;
            settler(crew, std::make_shared<Work>(*work), i, operation);
        }
    }
}

QCoro::Task<> PlanRunner::settler(std::shared_ptr<Crew> crew, std::shared_ptr<Work> work, qsizetype index,
                                  Operation operation)
{
    const Status settled = co_await settleInterrupted(work, index, operation);
    if (!settled && settled.error().code == ErrorCode::WrongState) {
        operation.progress(settled.error().message); // somebody has to look; the others go on
    } else if (!settled) {
        crew->problem = settled;
    }
    crew->atWork -= 1;
    crew->hasNews = true;
    Q_EMIT crew->ended();
}

} // namespace rc
