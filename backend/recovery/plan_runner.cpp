// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/plan_crew.h"

#include "model/plan/refusals.h"

/// The loop of an armed plan, and what its parts share.

namespace rc {
namespace {

/// How often others may come in between before an act is given up.
constexpr int MaximumAttempts = 50;

} // namespace

Result<std::unique_ptr<PlanRunner>> PlanRunner::create(Journal& journal, IdentityService& identity,
                                                       RecoveryService& recovery, ToolboxFactory tools)
{
    auto lock = ExecutorLock::acquire(journal.home());
    if (!lock) {
        return std::unexpected(lock.error());
    }
    return std::unique_ptr<PlanRunner>(new PlanRunner(journal, identity, recovery, std::move(tools), std::move(*lock)));
}

Result<PlanRunner::Work> PlanRunner::begin(const SecurityContext& context, const PlanId& id)
{
    // Somebody may have thought for an hour before they said yes.
    const auto now = m_identity.context(context.session);
    if (!now) {
        return std::unexpected(now.error());
    }
    auto stored = m_recovery.load(id);
    if (!stored) {
        return std::unexpected(stored.error());
    }
    const auto inventory = m_recovery.pinnedInventory(stored->plan);
    if (!inventory) {
        return std::unexpected(inventory.error());
    }
    return Work{*now, std::move(*stored), m_makeTools(*inventory)};
}

Status PlanRunner::reload(Work& work)
{
    auto stored = m_recovery.load(work.stored.plan.id);
    if (!stored) {
        return std::unexpected(stored.error());
    }
    work.stored = std::move(*stored);
    return {};
}

Status PlanRunner::insist(Work& work, const std::function<Status()>& acts)
{
    for (int i = 0;; ++i) {
        auto done = acts();
        if (!isRace(done) || i >= MaximumAttempts) {
            return done;
        }
        if (const auto again = reload(work); !again) {
            return again;
        }
    }
}

QCoro::Task<Result<Plan>> PlanRunner::runStep(SecurityContext context, PlanId id, StepId step, Operation operation)
{
    auto begun = begin(context, id);
    if (!begun) {
        co_return std::unexpected(begun.error());
    }
    const auto work = std::make_shared<Work>(std::move(*begun));
    const auto index = work->stored.plan.indexOf(step);
    if (index < 0) {
        co_return std::unexpected(act(*work, StartStep{step, m_lock.executor(), {}}).error());
    }
    if (isInterrupted(*work, index)) {
        const bool wasUndo = work->stored.plan.steps[index].act == StepAct::Undo;
        const Status settled = co_await settleInterrupted(work, index, operation);
        if (!settled) {
            co_return std::unexpected(settled.error());
        }
        // Only what had no effect is run again; not what somebody wanted taken back, and nothing of a plan that is
        // aborted.
        const auto& plan = work->stored.plan;
        if (wasUndo || plan.steps[index].progress != StepProgress::Pending || !refusals::needsWorkingPlan(plan)) {
            co_return plan;
        }
    }
    Status done = endDeadArming(*work);
    if (!done) {
        co_return std::unexpected(done.error());
    }
    if (work->stored.plan.procedure.steps.at(index).isManual()) {
        done = act(*work, StartStep{step, m_lock.executor(), {}});
    } else {
        done = co_await executeWithRetries(work, index, operation);
    }
    if (!done) {
        co_return std::unexpected(done.error());
    }
    if (operation.cancel.isCancelled() && work->stored.plan.steps[index].progress != StepProgress::Succeeded) {
        co_return std::unexpected(stoppedOnRequest(work->stored.plan, m_journal.now()));
    }
    co_return work->stored.plan;
}

Status PlanRunner::arm(Work& work, const Arming& arming)
{
    return insist(work, [&] {
        const auto& armed = work.stored.plan.armedExecutor;
        const bool alive = armed && isExecutorAlive(m_journal.home(), armed->id);
        return act(work, ArmPlan{m_lock.executor(), alive, arming.steps, arming.takeOverReason, arming.crossing});
    });
}

Status PlanRunner::disarm(Work& work)
{
    return insist(work,
                  [&] { return act(work, DisarmPlan{"nothing more that runs by itself", m_lock.executor().id}); });
}

Status PlanRunner::endDeadArming(Work& work)
{
    return insist(work, [&]() -> Status {
        const auto& armed = work.stored.plan.armedExecutor;
        if (!armed || isExecutorAlive(m_journal.home(), armed->id)) {
            return {};
        }
        return act(work, DisarmPlan{"the console that ran it is gone", armed->id});
    });
}

QCoro::Task<Result<Plan>> PlanRunner::runPlan(SecurityContext context, PlanId id, Operation operation, Arming arming)
{
    auto begun = begin(context, id);
    if (!begun) {
        co_return std::unexpected(begun.error());
    }
    const auto work = std::make_shared<Work>(std::move(*begun));
    Status ran;
    if (work->stored.plan.status != PlanStatus::Soaking) {
        if (const auto armed = arm(*work, arming); !armed) {
            co_return std::unexpected(armed.error());
        }
        ran = co_await runReadySteps(work, operation);
    }
    const auto& plan = work->stored.plan;
    const bool completesItself = plan.status == PlanStatus::Soaking && plan.procedure.closing == Closing::Automatic &&
                                 (m_journal.now() >= *plan.soakUntil || plan.isVerifiedAhead(m_journal.now()));
    // Whoever has taken the plan over goes on from here; a soak time has nobody who runs it.
    const bool isMine = plan.armedExecutor && plan.armedExecutor->id == m_lock.executor().id;
    const bool toVerify = plan.allStepsDone() && ((plan.status == PlanStatus::InProgress && isMine) || completesItself);
    if (ran && toVerify) {
        ran = co_await runVerification(work, operation);
    }
    if (const auto disarmed = disarm(*work); !disarmed && ran) {
        ran = disarmed;
    }
    if (!ran) {
        co_return std::unexpected(ran.error());
    }
    co_return work->stored.plan;
}

} // namespace rc
