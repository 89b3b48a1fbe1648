// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/plan_runner.h"

#include "backend/platform/failpoint.h"
#include "backend/recovery/streams.h"

#include <QCoroFuture>

namespace rc {
namespace {

/// Notes and pauses by others move the plan's revision while a step runs; an outcome is written all the same.
constexpr int MaximumAttempts = 50;

bool isInterrupted(const Plan& plan, qsizetype index, const QString& home)
{
    const auto& record = plan.steps[index];
    if (plan.procedure.steps[index].isManual()) {
        return false;
    }
    return record.progress == StepProgress::Unknown ||
           (record.progress == StepProgress::Running && !isExecutorAlive(home, record.executor.id));
}

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
    auto stored = m_recovery.load(id);
    if (!stored) {
        return std::unexpected(stored.error());
    }
    const auto inventory = m_recovery.pinnedInventory(stored->plan);
    if (!inventory) {
        return std::unexpected(inventory.error());
    }
    return Work{context, std::move(*stored), m_makeTools(*inventory)};
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

template <class Command>
Status PlanRunner::act(Work& work, const Command& command, Append more)
{
    const auto events = decide(work.stored.plan, command, work.context.actor(), m_journal.now());
    if (!events) {
        return m_recovery.refuse(work.context, events.error());
    }
    return m_recovery.store().append(work.stored, *events, *work.context.session, std::move(more));
}

QString PlanRunner::holderOf(const Work& work, qsizetype index) const
{
    return work.stored.plan.id.text() + "/" + work.stored.plan.procedure.steps[index].id.text();
}

ActionContext PlanRunner::actionContext(const Work& work, qsizetype index, const Operation& operation) const
{
    const auto& plan = work.stored.plan;
    const auto& record = plan.steps[index];
    const QString holder = holderOf(work, index);
    const auto recordFact = [&journal = m_journal, session = work.context.session, holder](const QString& kind,
                                                                                           QJsonObject body) -> Status {
        body["holder"] = holder;
        const auto written = journal.append({{{stream::Actions, kind, body}}, {}, {}}, *session);
        return written ? Status() : std::unexpected(written.error());
    };
    return {record.parameters,
            plan.pins.incident,
            work.context.operatorId,
            holder,
            operation,
            record.startedAt.value_or(m_journal.now()),
            recordFact};
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
    const int attempt = work.stored.plan.steps[index].attempt;
    for (int i = 0;; ++i) {
        Append more;
        if (const auto released = Claims(m_journal).release(more, holderOf(work, index)); !released) {
            return released;
        }
        const auto written = act(work, RecordOutcome{step.id, attempt, m_lock.executor().id, result}, std::move(more));
        if (written || written.error().code != ErrorCode::Conflict || i >= MaximumAttempts) {
            return written;
        }
        if (const auto again = reload(work); !again) {
            return again;
        }
    }
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

QCoro::Task<Status> PlanRunner::settleInterrupted(std::shared_ptr<Work> work, qsizetype index, Operation operation)
{
    const auto step = work->stored.plan.procedure.steps[index];
    if (work->stored.plan.steps[index].progress == StepProgress::Running) {
        const QString executor = work->stored.plan.steps[index].executor.id;
        if (const auto marked = act(*work, MarkUnknown{step.id, executor}); !marked) {
            co_return marked;
        }
    }
    Action* const action = work->tools->actionFor(step.actionType);
    Probe probe{ProbeAnswer::CannotTell, {false, "This program has no probe for it.", {}, {}, m_journal.now()}};
    if (action) {
        operation.progress(QString("Interrupted: %1. Looking whether it took effect.").arg(step.name));
        const ActionContext context = actionContext(*work, index, operation);
        probe = co_await action->probe(context);
    }
    Append more;
    if (probe.answer != ProbeAnswer::CannotTell) {
        if (const auto released = Claims(m_journal).release(more, holderOf(*work, index)); !released) {
            co_return released;
        }
    }
    co_return act(*work, ResolveUnknown{step.id, probe.answer, probe.result}, std::move(more));
}

QCoro::Task<Result<Plan>> PlanRunner::runStep(SecurityContext context, PlanId id, StepId step, Operation operation)
{
    auto begun = begin(context, id);
    if (!begun) {
        co_return std::unexpected(begun.error());
    }
    const auto work = std::make_shared<Work>(std::move(*begun));
    const auto index = work->stored.plan.procedure.indexOf(step);
    if (index < 0) {
        co_return std::unexpected(act(*work, StartStep{step, m_lock.executor(), {}}).error());
    }
    if (isInterrupted(work->stored.plan, index, m_journal.home())) {
        const Status settled = co_await settleInterrupted(work, index, operation);
        if (!settled) {
            co_return std::unexpected(settled.error());
        }
        if (work->stored.plan.steps[index].progress == StepProgress::Succeeded) {
            co_return work->stored.plan;
        }
    }
    Status done;
    if (work->stored.plan.procedure.steps[index].isManual()) {
        done = act(*work, StartStep{step, m_lock.executor(), {}});
    } else {
        done = co_await execute(work, index, operation);
    }
    if (!done) {
        co_return std::unexpected(done.error());
    }
    co_return work->stored.plan;
}

QCoro::Task<Status> PlanRunner::runReadySteps(std::shared_ptr<Work> work, Operation operation)
{
    for (qsizetype i = 0; i < work->stored.plan.steps.size(); ++i) {
        if (isInterrupted(work->stored.plan, i, m_journal.home())) {
            const Status settled = co_await settleInterrupted(work, i, operation);
            if (!settled) {
                co_return settled;
            }
        }
    }
    while (!operation.cancel.isCancelled()) {
        const auto& plan = work->stored.plan;
        const bool mine = plan.armedExecutor && plan.armedExecutor->id == m_lock.executor().id;
        const auto ready = runnableSteps(plan, work->context.actor(), m_journal.now());
        if (!mine || ready.isEmpty()) {
            co_return Status();
        }
        const auto index = plan.procedure.indexOf(ready.first());
        const Status ran = co_await execute(work, index, operation);
        if (!ran) {
            co_return ran;
        }
        if (const auto again = reload(*work); !again) {
            co_return again;
        }
        if (work->stored.plan.status == PlanStatus::Aborting) {
            co_return act(*work, FinishAbort{});
        }
        if (work->stored.plan.steps[index].progress != StepProgress::Succeeded) {
            co_return Status();
        }
    }
    co_return fail(ErrorCode::Cancelled, QString("Stopped on request. What plan %1 has done so far is recorded; "
                                                 "'plan run' goes on from there.")
                                             .arg(work->stored.plan.id.text()));
}

QCoro::Task<Result<Plan>> PlanRunner::runPlan(SecurityContext context, PlanId id, Operation operation)
{
    auto begun = begin(context, id);
    if (!begun) {
        co_return std::unexpected(begun.error());
    }
    const auto work = std::make_shared<Work>(std::move(*begun));
    const bool soaking = work->stored.plan.status == PlanStatus::Soaking;
    if (!soaking) {
        if (const auto armed = act(*work, ArmPlan{m_lock.executor()}); !armed) {
            co_return std::unexpected(armed.error());
        }
    }
    Status ran;
    if (!soaking) {
        ran = co_await runReadySteps(work, operation);
    }
    const auto& plan = work->stored.plan;
    const bool completesItself = plan.status == PlanStatus::Soaking && plan.procedure.closing == Closing::Automatic &&
                                 m_journal.now() >= *plan.soakUntil;
    const bool toVerify = plan.allStepsDone() && (plan.status == PlanStatus::InProgress || completesItself);
    if (ran && toVerify) {
        ran = co_await runVerification(work, operation);
    }
    for (int i = 0; i < MaximumAttempts && work->stored.plan.isArmed(); ++i) {
        const auto disarmed = act(*work, DisarmPlan{"nothing more that runs by itself"});
        if (disarmed || disarmed.error().code != ErrorCode::Conflict) {
            break;
        }
        if (const auto again = reload(*work); !again) {
            break;
        }
    }
    if (!ran) {
        co_return std::unexpected(ran.error());
    }
    co_return work->stored.plan;
}

QCoro::Task<Status> PlanRunner::runVerification(std::shared_ptr<Work> work, Operation operation)
{
    const bool alive =
        work->stored.plan.verifying && isExecutorAlive(m_journal.home(), work->stored.plan.verifying->id);
    if (const auto begun = act(*work, StartVerification{m_lock.executor(), alive}); !begun) {
        co_return begun;
    }
    QList<VerificationResult> results;
    const auto checks = work->stored.plan.procedure.verification;
    for (const auto& check : checks) {
        operation.progress(QString("Checking: %1").arg(check.name));
        VerificationResult result{check.id, check.name, false, {}, {}, work->stored.plan.verificationAttempt};
        const auto parameters = work->stored.plan.resolvedParameters(check);
        if (parameters) {
            const LimitedOperation limited(operation, check.timeout);
            const Result<CheckResult> outcome =
                co_await work->tools->runCheck(check.check, *parameters, limited.operation);
            result.passed = outcome && outcome->passed;
            result.detail = outcome ? outcome->detail : outcome.error().message;
        } else {
            result.detail = parameters.error().message;
        }
        result.at = m_journal.now();
        operation.progress(
            QString("%1: %2").arg(result.passed ? QString("Passed") : QString("Not passed"), result.detail));
        results.append(result);
    }
    for (int i = 0;; ++i) {
        const auto written = act(*work, FinishVerification{m_lock.executor().id, results});
        const bool raced = !written && written.error().code == ErrorCode::Conflict && i < MaximumAttempts;
        if (!raced) {
            co_return written;
        }
        if (const auto again = reload(*work); !again) {
            co_return again;
        }
    }
}

QCoro::Task<Result<Plan>> PlanRunner::verify(SecurityContext context, PlanId id, Operation operation)
{
    auto begun = begin(context, id);
    if (!begun) {
        co_return std::unexpected(begun.error());
    }
    const auto work = std::make_shared<Work>(std::move(*begun));
    const Status verified = co_await runVerification(work, operation);
    if (!verified) {
        co_return std::unexpected(verified.error());
    }
    co_return work->stored.plan;
}

QCoro::Task<Result<Plan>> PlanRunner::declare(SecurityContext context, PlanId id, Operation operation,
                                              Milliseconds patience)
{
    auto stored = m_recovery.load(id);
    if (!stored) {
        co_return std::unexpected(stored.error());
    }
    // Refuse what waiting would not mend before anybody waits.
    const Timestamp end = std::max(m_journal.now(), stored->plan.soakUntil.value_or(Timestamp()));
    if (const auto may = mayDeclare(stored->plan, context.actor(), end); !may) {
        co_return m_recovery.refuse(context, may.error());
    }
    const auto left = end - m_journal.now();
    if (left > patience) {
        co_return std::unexpected(mayDeclare(stored->plan, context.actor(), m_journal.now()).error());
    }
    if (left > Milliseconds(0)) {
        operation.progress(QString("Holding until %1.").arg(toRfc3339(end)));
        const bool waited = co_await pause(left, operation.cancel);
        if (!waited) {
            co_return fail(ErrorCode::Cancelled, "Stopped before the soak time was over; nothing was declared.");
        }
    }
    const Result<Plan> verified = co_await verify(context, id, operation);
    if (!verified) {
        co_return verified;
    }
    if (verified->status != PlanStatus::Soaking) {
        co_return fail(ErrorCode::VerificationFailed,
                       QString("The end of plan %1 cannot be declared: a check is not green any more. The step that "
                               "owns it is open again.")
                           .arg(id.text()));
    }
    co_return m_recovery.declareEnd(context, id);
}

} // namespace rc
