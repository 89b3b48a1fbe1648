// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recovery/claims.h"
#include "backend/recovery/executor.h"
#include "backend/recovery/recovery_service.h"
#include "backend/recovery/stop_watch.h"
#include "backend/recovery/toolbox.h"

namespace rc {

/// How a plan is armed.
struct Arming
{
    /// These and what comes after them only; empty: all.
    QList<StepId> steps = {};
    /// Why it is taken from an executor that lives; empty: it is not.
    QString takeOverReason = {};
    /// Points of no return that whoever arms it was shown (see ArmPlan).
    QList<StepId> crossing = {};
};

/// A plan that was aborted, or is being.
struct AbortedPlan
{
    Plan plan;
    /// What interrupted steps have left running and could not be stopped; beside what leftoversOf() says.
    QList<Leftover> running;
};

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
    /// outcome is recorded, if the operation was and the step has not succeeded.
    [[nodiscard]] QCoro::Task<Result<Plan>> runStep(SecurityContext context, PlanId id, StepId step,
                                                    Operation operation);
    /// Looks what became of an interrupted step, records it, and runs nothing. Had it had no effect, the step is ready
    /// for a new attempt, which wants approvals of its own. WrongState if it was not interrupted, or if its probe
    /// cannot tell; then a person has to.
    [[nodiscard]] QCoro::Task<Result<Plan>> settleStep(SecurityContext context, PlanId id, StepId step,
                                                       Operation operation);
    /// Restores what was there before a step, and waits for the outcome; of a manual step it takes the person's word.
    /// WrongState if it cannot be undone, if somebody has to consent first, or if nobody can tell what came of it; then
    /// the step is unknown. A failed undo is a plan whose step says so.
    [[nodiscard]] QCoro::Task<Result<Plan>> undoStep(SecurityContext context, PlanId id, StepId step, QString reason,
                                                     Operation operation);

    /// Arms the plan (product rule 5): ready automated steps whose roles and approvals are met run, side by side where
    /// the procedure lets them, up to the next manual step, approval, failure of a critical step or the end,
    /// verification included; then it is disarmed. Interrupted steps are settled before; one that this person may not
    /// run, or whose probe cannot tell, is left as it is. Conflict while another executor runs the plan; Cancelled,
    /// with the steps that are not done among the details.
    [[nodiscard]] QCoro::Task<Result<Plan>> runPlan(SecurityContext context, PlanId id, Operation operation,
                                                    Arming arming = {});
    /// RecoveryService::abort, after what interrupted steps have left running is stopped, and they were looked at; they
    /// keep their systems only where that did not succeed.
    [[nodiscard]] QCoro::Task<Result<AbortedPlan>> abort(SecurityContext context, PlanId id, QString reason);
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

    class Crew;

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
    /// Records what came of a step, and with it frees the systems that the step holds. Tells if it cannot.
    template <class Command>
    [[nodiscard]] Status writeEnd(Work& work, qsizetype index, const Command& command, const Operation& operation)
    {
        const auto written = insist(work, [&]() -> Status {
            Append more;
            const auto released = Claims(m_journal).release(more, holderOf(work, index));
            return released ? act(work, command, std::move(more)) : released;
        });
        if (!written) {
            tellUnrecorded(work, index, written.error(), command.result, operation);
        }
        return written;
    }
    static void tellUnrecorded(const Work& work, qsizetype index, const Error& why, const StepResult& result,
                               const Operation& operation);
    /// What is told of a step's end that was recorded.
    [[nodiscard]] static QString endOf(const Work& work, qsizetype index, const StepResult& result);
    [[nodiscard]] bool isInterrupted(const Work& work, qsizetype index) const;
    /// WrongState if its probe cannot tell.
    [[nodiscard]] QCoro::Task<Status> settleInterrupted(std::shared_ptr<Work> work, qsizetype index,
                                                        Operation operation);
    [[nodiscard]] QCoro::Task<EndedStep> endInterrupted(std::shared_ptr<Work> work, qsizetype index,
                                                        std::shared_ptr<QList<Leftover>> running);
    /// The intent; InvalidInput for what this program cannot execute.
    [[nodiscard]] Status beginStep(Work& work, qsizetype index);
    /// Effect and outcome of a step whose intent is written.
    [[nodiscard]] QCoro::Task<Status> finish(std::shared_ptr<Work> work, qsizetype index, Operation operation);
    [[nodiscard]] QCoro::Task<Status> execute(std::shared_ptr<Work> work, qsizetype index, Operation operation);
    /// The same, and again as often as the procedure wants a failure tried again.
    [[nodiscard]] QCoro::Task<Status> executeWithRetries(std::shared_ptr<Work> work, qsizetype index,
                                                         Operation operation);
    /// From the check that it can run to what came of it, between intent and outcome.
    [[nodiscard]] QCoro::Task<StepResult> perform(std::shared_ptr<Work> work, qsizetype index, Action* action,
                                                  Operation operation, bool* stopped);
    [[nodiscard]] QCoro::Task<Status> compareWithDryRun(std::shared_ptr<Work> work, qsizetype index, Action* action,
                                                        Operation operation);
    [[nodiscard]] QCoro::Task<Status> keepPreImage(std::shared_ptr<Work> work, qsizetype index, Action* action,
                                                   Operation operation);
    /// Everything before the effect: that it can run, that it is what the dry run had shown, and what is there now.
    [[nodiscard]] QCoro::Task<Status> prepare(std::shared_ptr<Work> work, qsizetype index, Action* action,
                                              Operation operation);
    /// The step's time limit, which begins to count.
    [[nodiscard]] static std::shared_ptr<LimitedOperation> limitOf(const Work& work, qsizetype index,
                                                                   const Operation& operation);
    [[nodiscard]] static QString tookTooLong(const Work& work, qsizetype index);
    /// The act that the intent is for, within what is left of the limit.
    [[nodiscard]] QCoro::Task<StepResult> limited(std::shared_ptr<Work> work, qsizetype index, Action* action,
                                                  Operation operation, std::shared_ptr<LimitedOperation> limit);
    [[nodiscard]] QCoro::Task<StepResult> performUndo(std::shared_ptr<Work> work, qsizetype index, Operation operation);
    /// Neither done nor not: the step is unknown and keeps its systems until somebody has found out. WrongState, unless
    /// even that could not be written.
    [[nodiscard]] Status leaveOpen(Work& work, qsizetype index, const QString& why);
    /// WrongState if nobody knows what came of it; then the step is unknown.
    [[nodiscard]] Status endUndo(Work& work, qsizetype index, const StepResult& result, const Operation& operation);
    /// What became of an act that was told to stop, or took too long: a look says.
    [[nodiscard]] QCoro::Task<StepResult> settleStopped(std::shared_ptr<Work> work, qsizetype index, Action* action,
                                                        StepResult result);
    [[nodiscard]] StopWatch::Look lookAt(const PlanId& id);
    /// Nobody waits any more for what became of an interrupted step: somebody has said it, or the plan is aborted.
    [[nodiscard]] static StopWatch::Wanted isSettled(const Plan& plan, qsizetype index);

    [[nodiscard]] Status arm(Work& work, const Arming& arming);
    [[nodiscard]] Status disarm(Work& work);
    /// Whoever had the plan armed with an executor that is dead is its executor no more; their consents count.
    [[nodiscard]] Status endDeadArming(Work& work);
    /// Begins to settle the interrupted steps that this person may run, each as a member of the crew.
    void settleAll(const std::shared_ptr<Work>& work, const std::shared_ptr<Crew>& crew, const Operation& operation);
    QCoro::Task<> settler(std::shared_ptr<Crew> crew, std::shared_ptr<Work> work, qsizetype index, Operation operation);
    [[nodiscard]] QCoro::Task<Status> runReadySteps(std::shared_ptr<Work> work, Operation operation);
    /// Whether a critical step has failed since the crew last looked, wherever it ran.
    static void noteFailures(const Plan& plan, Crew& crew);
    /// An automated step of the armed plan that another executor is at.
    [[nodiscard]] std::optional<qsizetype> workElsewhere(const Plan& plan) const;
    /// Whether there is one, alive: the plan goes on from here when it ends. Says so once. Those of dead ones are
    /// looked at.
    bool awaitsOthers(const std::shared_ptr<Work>& work, const std::shared_ptr<Crew>& crew, const Operation& operation);
    /// Starts what can start now, and says how much that was. The error is Busy if others keep it from all of it.
    [[nodiscard]] Result<int> startReadySteps(const std::shared_ptr<Work>& work, const std::shared_ptr<Crew>& crew,
                                              const Operation& operation);
    QCoro::Task<> member(std::shared_ptr<Crew> crew, std::shared_ptr<Work> work, qsizetype index, Operation operation);
    [[nodiscard]] QCoro::Task<QList<VerificationResult>> runChecks(std::shared_ptr<Work> work, Operation operation);
    [[nodiscard]] QCoro::Task<Status> runVerification(std::shared_ptr<Work> work, Operation operation);

    Journal& m_journal;
    IdentityService& m_identity;
    RecoveryService& m_recovery;
    ToolboxFactory m_makeTools;
    ExecutorLock m_lock;
};

} // namespace rc
