// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recovery/claims.h"
#include "backend/recovery/executor.h"
#include "backend/recovery/recovery_service.h"
#include "backend/recovery/toolbox.h"

namespace rc {

/// Executes plans in this process: intent, effect, outcome for each automated step; probes for interrupted ones;
/// verification; and the loop of an armed plan. One runner per process, whose executor lock says that it lives.
class PlanRunner
{
public:
    /// StoreError if the home cannot be written.
    [[nodiscard]] static Result<std::unique_ptr<PlanRunner>> create(Journal& journal, IdentityService& identity,
                                                                    RecoveryService& recovery, ToolboxFactory tools);

    /// Who runs the steps of this process, as intents name it.
    [[nodiscard]] const Executor& executor() const { return m_lock.executor(); }

    /// Runs one automated step and waits for its outcome, or takes a manual one. An interrupted step is probed first:
    /// had it taken effect, that is its outcome; had it not, it is run again, as a new attempt. Cancelled, once the
    /// outcome is recorded, if it failed because the operation was cancelled.
    [[nodiscard]] QCoro::Task<Result<Plan>> runStep(SecurityContext context, PlanId id, StepId step,
                                                    Operation operation);
    /// Looks what became of an interrupted step, records it, and runs nothing. Had it had no effect, the step is ready
    /// for a new attempt, which wants approvals of its own. WrongState if it was not interrupted, or if its probe
    /// cannot tell; then a person has to.
    [[nodiscard]] QCoro::Task<Result<Plan>> settleStep(SecurityContext context, PlanId id, StepId step,
                                                       Operation operation);
    /// Arms the plan (product rule 5): ready automated steps whose roles and approvals are met run one after another up
    /// to the next manual step, approval, failure or the end, verification included; then it is disarmed. Interrupted
    /// steps are settled before; one that this person may not run, or whose probe cannot tell, is left as it is.
    /// Conflict while another executor runs the plan; Cancelled, with the steps that are not done among the details.
    [[nodiscard]] QCoro::Task<Result<Plan>> runPlan(SecurityContext context, PlanId id, Operation operation);
    /// Runs all checks of the plan and records them. Cancelled: none of them counts.
    [[nodiscard]] QCoro::Task<Result<Plan>> verify(SecurityContext context, PlanId id, Operation operation);
    /// Declares the end: waits for what is left of a soak time up to `patience`, looks once more that all checks are
    /// green, and signs. VerificationFailed if they are not.
    [[nodiscard]] QCoro::Task<Result<Plan>> declare(SecurityContext context, PlanId id, Operation operation,
                                                    Milliseconds patience);

private:
    PlanRunner(Journal& journal, IdentityService& identity, RecoveryService& recovery, ToolboxFactory tools,
               ExecutorLock lock)
        : m_journal(journal)
        , m_identity(identity)
        , m_recovery(recovery)
        , m_makeTools(std::move(tools))
        , m_lock(std::move(lock))
    {
    }

    /// A plan being worked on, with the tools for the inventory it pinned.
    struct Work
    {
        SecurityContext context;
        StoredPlan stored;
        std::shared_ptr<Toolbox> tools;
    };

    [[nodiscard]] Result<Work> begin(const SecurityContext& context, const PlanId& id);
    [[nodiscard]] Status reload(Work& work);
    /// Lets the model decide on the plan as it was read, and appends what it says.
    template <class Command>
    [[nodiscard]] Status act(Work& work, const Command& command, Append more = {})
    {
        const auto events = decide(work.stored.plan, command, work.context.actor(), m_journal.now());
        if (!events) {
            return m_recovery.refuse(work.context, events.error());
        }
        return m_recovery.store().append(work.stored, *events, *work.context.session, std::move(more));
    }
    /// Acts, and again on the plan as it is then whenever somebody else has written to it meanwhile.
    [[nodiscard]] Status insist(Work& work, const std::function<Status()>& acts);

    [[nodiscard]] bool isSignedIn(const Work& work) const
    {
        return work.context.session->checkUsable(m_journal.now()).has_value();
    }
    [[nodiscard]] QString holderOf(const Work& work, qsizetype index) const;
    [[nodiscard]] ActionContext actionContext(const Work& work, qsizetype index, const Operation& operation) const;
    [[nodiscard]] Status writeIntent(Work& work, qsizetype index, Action& action);
    [[nodiscard]] Status writeOutcome(Work& work, qsizetype index, const StepResult& result);
    [[nodiscard]] Status writeProbe(Work& work, qsizetype index, const Probe& probe);
    [[nodiscard]] bool isInterrupted(const Work& work, qsizetype index) const;
    /// WrongState if its probe cannot tell.
    [[nodiscard]] QCoro::Task<Status> settleInterrupted(std::shared_ptr<Work> work, qsizetype index,
                                                        Operation operation);
    [[nodiscard]] QCoro::Task<Status> execute(std::shared_ptr<Work> work, qsizetype index, Operation operation);

    [[nodiscard]] Status arm(Work& work);
    [[nodiscard]] Status disarm(Work& work);
    [[nodiscard]] QCoro::Task<Status> settleAll(std::shared_ptr<Work> work, Operation operation);
    [[nodiscard]] QCoro::Task<Status> runReadySteps(std::shared_ptr<Work> work, Operation operation);
    [[nodiscard]] QCoro::Task<QList<VerificationResult>> runChecks(std::shared_ptr<Work> work, Operation operation);
    [[nodiscard]] QCoro::Task<Status> runVerification(std::shared_ptr<Work> work, Operation operation);

    Journal& m_journal;
    IdentityService& m_identity;
    RecoveryService& m_recovery;
    ToolboxFactory m_makeTools;
    ExecutorLock m_lock;
};

} // namespace rc
