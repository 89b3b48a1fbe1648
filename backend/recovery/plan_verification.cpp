// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/plan_runner.h"

/// The last part of a plan: its checks, and the declaration of the end.

namespace rc {
namespace {

/// When the soak time is over, or now.
Timestamp soakEnd(const Plan& plan, Timestamp now)
{
    return std::max(now, plan.soakUntil.value_or(now));
}

} // namespace

QCoro::Task<QList<VerificationResult>> PlanRunner::runChecks(std::shared_ptr<Work> work, Operation operation)
{
    QList<VerificationResult> results;
    const auto checks = work->stored.plan.procedure.verification;
    for (const auto& check : checks) {
        if (operation.cancel.isCancelled()) {
            break;
        }
        operation.progress(QString("Checking: %1").arg(check.name));
        VerificationResult result{check.id, check.name, false, {}, {}, work->stored.plan.verificationAttempt};
        const auto parameters = work->stored.plan.resolvedParameters(check);
        if (parameters) {
            const LimitedOperation limited(operation, check.timeout);
            const auto judged = checkParameters(*parameters, work->stored.plan.pins.incident);
            const Result<CheckResult> outcome = co_await work->tools->runCheck(check.check, judged, limited.operation);
            if (operation.cancel.isCancelled()) {
                break; // what it says then is no finding
            }
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
    co_return results;
}

QCoro::Task<Status> PlanRunner::runVerification(std::shared_ptr<Work> work, Operation operation)
{
    const auto begun = insist(*work, [&] {
        const auto& verifying = work->stored.plan.verifying;
        const bool alive = verifying && isExecutorAlive(m_journal.home(), verifying->id);
        return act(*work, StartVerification{m_lock.executor(), alive});
    });
    if (!begun) {
        co_return begun;
    }
    const auto me = m_lock.executor().id;
    const int attempt = work->stored.plan.verificationAttempt;
    const auto isOver = [me, attempt](const Plan& plan) {
        return !plan.verifying || plan.verifying->id != me || plan.verificationAttempt != attempt;
    };
    Operation stoppable = operation;
    stoppable.cancel = operation.cancel.child();
    const StopWatch watch(lookAt(work->stored.plan.id), isOver, stoppable.cancel);
    const QList<VerificationResult> results = co_await runChecks(work, stoppable);
    const auto end = [this, work, isOver](const auto& command) {
        return insist(*work, [&]() -> Status {
            const auto& plan = work->stored.plan;
            if (!plan.isOpen()) {
                return {}; // aborted, say: what was found until then is nobody's concern
            }
            return isOver(plan) ? fail(ErrorCode::Conflict, "The verification comes too late: what was verified has "
                                                            "changed meanwhile, or another has begun.")
                                : act(*work, command);
        });
    };
    if (const auto again = reload(*work); !again) {
        co_return again;
    }
    // A check that was stopped did not fail: nothing is reopened for it.
    if (work->stored.plan.isOpen() && operation.cancel.isCancelled()) {
        const auto given = end(CancelVerification{me});
        if (!given) {
            co_return given;
        }
        co_return fail(ErrorCode::Cancelled, QString("The verification of plan %1 was stopped on request and counts "
                                                     "for nothing; 'plan verify' begins anew.")
                                                 .arg(work->stored.plan.id.text()));
    }
    co_return end(FinishVerification{me, results, isSignedIn(*work)});
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
    if (work->stored.plan.status == PlanStatus::Aborted) {
        co_return fail(
            ErrorCode::WrongState,
            QString("Plan %1 was aborted while its checks ran; what they found counts for nothing.").arg(id.text()));
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
    Timestamp end = soakEnd(stored->plan, m_journal.now());
    if (const auto may = mayDeclare(stored->plan, context.actor(), end); !may) {
        co_return m_recovery.refuse(context, may.error());
    }
    if (stored->plan.isVerifiedAhead(m_journal.now())) {
        const Result<Plan> verified = co_await verify(context, id, operation);
        if (!verified || !verified->isOpen()) {
            co_return verified;
        }
        stored->plan = *verified;
        end = soakEnd(stored->plan, m_journal.now());
    }
    const auto now = m_journal.now();
    const auto left = end - now;
    if (const auto may = mayDeclare(stored->plan, context.actor(), now); !may && left > patience) {
        co_return std::unexpected(may.error());
    }
    if (left > Milliseconds(0)) {
        operation.progress(QString("Holding until %1.").arg(toRfc3339(end)));
        const bool waited = co_await pause(left, operation.cancel);
        if (!waited) {
            co_return fail(ErrorCode::Cancelled, "Stopped before the soak time was over; nothing was declared.");
        }
    }
    // What counts is who this person is now: waiting can take hours, and the checks take their time too.
    const auto afterWaiting = m_identity.context(context.session);
    stored = m_recovery.load(id);
    if (!afterWaiting || !stored) {
        co_return std::unexpected(!afterWaiting ? afterWaiting.error() : stored.error());
    }
    if (const auto may = mayDeclare(stored->plan, afterWaiting->actor(), m_journal.now()); !may) {
        co_return m_recovery.refuse(*afterWaiting, may.error());
    }
    const Result<Plan> verified = co_await verify(*afterWaiting, id, operation);
    if (!verified) {
        co_return verified;
    }
    if (!verified->isOpen()) {
        co_return verified; // It closes by itself, and that look was the last.
    }
    if (verified->status != PlanStatus::Soaking) {
        co_return fail(ErrorCode::VerificationFailed,
                       QString("The end of plan %1 cannot be declared: a check is not green any more. The step that "
                               "owns it is open again.")
                           .arg(id.text()));
    }
    const auto afterChecks = m_identity.context(context.session);
    if (!afterChecks) {
        co_return std::unexpected(afterChecks.error());
    }
    co_return m_recovery.declareEnd(*afterChecks, id);
}

} // namespace rc
