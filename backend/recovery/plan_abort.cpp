// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/executor.h"
#include "backend/recovery/plan_runner.h"
#include "backend/services/command_runner.h"

/// The end of a plan whose console may have died: what its commands do is stopped before its systems are free.

namespace rc {
namespace {

constexpr std::chrono::seconds AskedFor{30};

/// Whether this person may abort it; the decision itself is RecoveryService's.
bool mayAbort(const Plan& plan, const QString& reason, const Actor& actor, Timestamp now)
{
    return plan.status == PlanStatus::Aborting ? decide(plan, FinishAbort{}, actor, now).has_value()
                                               : decide(plan, AbortPlan{reason}, actor, now).has_value();
}

QString sentenceOf(const CommandRunner::StillRuns& left, const QString& step)
{
    return left.process.pid > 0
               ? QString("The command of step '%1' still runs, as process %2, and could not be stopped: %3")
                     .arg(step)
                     .arg(left.process.pid)
                     .arg(left.why.message)
               : QString("Whether the command of step '%1' still runs cannot be told: %2").arg(step, left.why.message);
}

QString cleanupOf(const CommandRunner::StillRuns& left, const QString& plan, const QString& step)
{
    const auto settle = QString("recoveryctl plan step %1 %2 run").arg(plan, step);
    return left.process.pid > 0
               ? QString("kill -TERM -- -%1; then %2. Until then it keeps its systems.")
                     .arg(left.process.pid)
                     .arg(settle)
               : QString("Look for it among the processes of this machine, and end it; then %1. Until then it keeps "
                         "its systems.")
                     .arg(settle);
}

} // namespace

QCoro::Task<EndedStep> PlanRunner::endInterrupted(std::shared_ptr<Work> work, qsizetype index,
                                                  std::shared_ptr<QList<Leftover>> running)
{
    const auto plan = work->stored.plan.id.text();
    const auto step = work->stored.plan.procedure.steps.at(index);
    const CommandRunner runner(m_journal.home());
    EndedStep ended{step.id};
    if (!runner.hasRun(holderOf(*work, index))) {
        co_return ended; // whatever else it does has died with its console
    }
    const QList<CommandRunner::StillRuns> left = co_await runner.stopAll(holderOf(*work, index));
    for (const auto& one : left) {
        ended.running.append(sentenceOf(one, step.name));
        running->append(Leftover{step.id, {}, ended.running.last(), cleanupOf(one, plan, step.id.text())});
    }
    Action* const action = work->tools ? work->tools->actionFor(step.actionType) : nullptr;
    if (!left.isEmpty() || !action) {
        co_return ended;
    }
    const LimitedOperation look({}, AskedFor);
    const Probe found = co_await action->probe(actionContext(*work, index, look.operation));
    ended.found = ResolveUnknown{step.id, found.answer, found.result};
    co_return ended;
}

QCoro::Task<Result<AbortedPlan>> PlanRunner::abort(SecurityContext context, PlanId id, QString reason)
{
    const auto stored = m_recovery.load(id);
    if (!stored) {
        co_return std::unexpected(stored.error());
    }
    const auto work = std::make_shared<Work>(Work{context, *stored, {}});
    auto& plan = work->stored.plan;
    plan = asSeenNow(plan, m_journal.home());
    const auto running = std::make_shared<QList<Leftover>>();
    QList<EndedStep> ended;
    if (mayAbort(plan, reason, context.actor(), m_journal.now())) {
        // A plan whose inventory cannot be read can be aborted all the same.
        if (const auto inventory = m_recovery.pinnedInventory(plan)) {
            work->tools = m_makeTools(*inventory);
        }
        for (qsizetype i = 0; i < plan.steps.size(); ++i) {
            if (isInterrupted(*work, i)) {
                const EndedStep one = co_await endInterrupted(work, i, running);
                ended.append(one);
            }
        }
    }
    const auto aborted = m_recovery.abort(context, id, reason, ended);
    if (!aborted) {
        co_return std::unexpected(aborted.error());
    }
    co_return AbortedPlan{*aborted, *running};
}

} // namespace rc
