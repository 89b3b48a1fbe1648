// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/failpoint.h"
#include "backend/recovery/plan_crew.h"
#include "model/plan/refusals.h"

/// A step of PlanRunner taken back: intent, effect and outcome.

namespace rc {

QCoro::Task<StepResult> PlanRunner::performUndo(std::shared_ptr<Work> work, qsizetype index, Operation operation)
{
    const auto& plan = work->stored.plan;
    const auto& step = plan.procedure.steps[index];
    Action* const action = work->tools->actionFor(step.actionType);
    if (!action) {
        co_return cannotUndo(m_journal.now());
    }
    operation.progress(QString("Undoing: %1").arg(step.name));
    Operation stoppable = operation;
    stoppable.cancel = operation.cancel.child();
    StopWatch watch(lookAt(plan.id), step.id, plan.steps[index].attempt, stoppable.cancel);
    watch.lookOnce();
    if (stoppable.cancel.isCancelled()) {
        co_return failedResult(stoppedBefore().error(), m_journal.now());
    }
    const StepResult result = co_await limited(work, index, action, stoppable, limitOf(*work, index, stoppable));
    co_return result;
}

Status PlanRunner::endUndo(Work& work, qsizetype index, const StepResult& result, const Operation& operation)
{
    const auto step = work.stored.plan.procedure.steps.at(index);
    const auto executor = m_lock.executor().id;
    if (result.success || !result.doubtful) {
        const int attempt = work.stored.plan.steps[index].attempt;
        return writeEnd(work, index, RecordUndo{step.id, attempt, executor, result, isSignedIn(work)}, operation);
    }
    return leaveOpen(work, index,
                     QString("Whether step '%1' was taken back cannot be told: %2").arg(step.name, result.message));
}

QCoro::Task<Result<Plan>> PlanRunner::undoStep(SecurityContext context, PlanId id, StepId step, QString reason,
                                               Operation operation)
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
    if (const auto ended = endDeadArming(*work); !ended) {
        co_return std::unexpected(ended.error());
    }
    const auto& record = work->stored.plan.steps[*index];
    Append more;
    const Claims::Holder holder{holderOf(*work, *index), work->context.operatorId, m_lock.executor().id};
    if (const auto taken = Claims(m_journal).take(more, record.systems, holder); !taken) {
        co_return std::unexpected(taken.error());
    }
    const bool isManual = work->stored.plan.procedure.steps.at(*index).isManual();
    const UndoStep command{step, m_lock.executor(), record.systems, reason};
    if (const auto intent = act(*work, command, isManual ? Append() : std::move(more)); !intent) {
        co_return std::unexpected(intent.error());
    }
    if (isManual) {
        co_return work->stored.plan;
    }
    failpoint("undo_intent_written");
    const StepResult result = co_await performUndo(work, *index, operation);
    failpoint("undo_effect_done");
    const auto ended = endUndo(*work, *index, result, operation);
    failpoint("undo_outcome_written");
    co_return ended ? Result<Plan>(work->stored.plan) : std::unexpected(ended.error());
}

} // namespace rc
