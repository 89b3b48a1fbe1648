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

    /// Runs one automated step and waits for its outcome, or takes a manual one. An interrupted step is probed first:
    /// had it taken effect, that is its outcome; had it not, it is run again, as a new attempt.
    [[nodiscard]] QCoro::Task<Result<Plan>> runStep(SecurityContext context, PlanId id, StepId step,
                                                    Operation operation);
    /// Arms the plan (product rule 5): ready automated steps whose roles and approvals are met run one after another up
    /// to the next manual step, approval, failure or the end, verification included; then it is disarmed.
    [[nodiscard]] QCoro::Task<Result<Plan>> runPlan(SecurityContext context, PlanId id, Operation operation);
    /// Runs all checks of the plan and records them.
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
    template <class Command>
    [[nodiscard]] Status act(Work& work, const Command& command, Append more = {});
    [[nodiscard]] QString holderOf(const Work& work, qsizetype index) const;
    [[nodiscard]] ActionContext actionContext(const Work& work, qsizetype index, const Operation& operation) const;
    [[nodiscard]] Status writeIntent(Work& work, qsizetype index, Action& action);
    [[nodiscard]] Status writeOutcome(Work& work, qsizetype index, const StepResult& result);
    [[nodiscard]] QCoro::Task<Status> settleInterrupted(std::shared_ptr<Work> work, qsizetype index,
                                                        Operation operation);
    [[nodiscard]] QCoro::Task<Status> execute(std::shared_ptr<Work> work, qsizetype index, Operation operation);
    [[nodiscard]] QCoro::Task<Status> runReadySteps(std::shared_ptr<Work> work, Operation operation);
    [[nodiscard]] QCoro::Task<Status> runVerification(std::shared_ptr<Work> work, Operation operation);

    Journal& m_journal;
    IdentityService& m_identity;
    RecoveryService& m_recovery;
    ToolboxFactory m_makeTools;
    ExecutorLock m_lock;
};

} // namespace rc
