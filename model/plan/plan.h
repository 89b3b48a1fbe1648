// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/chunked.h"
#include "model/graph/dependency_graph.h"
#include "model/incident/incident.h"
#include "model/plan/step_record.h"
#include "model/plan/step_set.h"
#include "model/procedure/parameters.h"
#include "model/system/inventory.h"

namespace rc {

struct Note
{
    Timestamp at;
    OperatorId by;
    QString text;

    friend bool operator==(const Note&, const Note&) = default;
};

/// Work on a step and what comes after it is put off by a person, while the rest goes on.
struct Hold
{
    StepId step;
    OperatorId by;
    Timestamp at;
    QString reason;

    friend bool operator==(const Hold&, const Hold&) = default;
};

/// Nothing new starts, because somebody said so.
struct Pause
{
    OperatorId by;
    Timestamp at;
    QString reason;

    friend bool operator==(const Pause&, const Pause&) = default;
};

/// Who leads the plan is to be somebody else, once they accept.
struct Handover
{
    OperatorId to;
    OperatorId from;
    Timestamp at;
    QString note;
    /// SHA-256 of the sheet that was handed over.
    QString sheet;

    friend bool operator==(const Handover&, const Handover&) = default;
};

/// What a plan was started from, pinned for its whole life (product rule 10).
struct PlanPins
{
    QString store;
    QString planHash;
    QString procedureHash;
    QString inventoryHash;
    Network network;
    Incident incident;
    QJsonObject parameters;
    bool rehearsal = false;
    /// Why a commander started it against the rules; empty otherwise.
    QString overrideReason;
    /// Of the dry run that the plan was started from, a document of the journal; empty if there was none.
    QString dryRunHash = {};

    friend bool operator==(const PlanPins&, const PlanPins&) = default;
};

/// One execution of one procedure version for one incident (the seed's RecoveryPlan). A value: what the events of its
/// stream add up to. Rules that lead to new events are in plan_decisions.h, the only place that changes a plan is
/// apply().
struct Plan
{
    PlanId id;
    PlanPins pins;
    Procedure procedure;
    PlanStatus status = PlanStatus::InProgress;
    /// What a paused plan returns to.
    PlanStatus statusBeforePause = PlanStatus::InProgress;
    Chunked<StepRecord> steps;
    Chunked<StepCompletion> completedSteps;
    QList<VerificationResult> verificationResults;
    QList<VerificationRun> verificationRuns;
    /// Number of verification runs begun so far, and who runs one now.
    int verificationAttempt = 0;
    std::optional<Executor> verifying;
    std::optional<Timestamp> verifiedAt;
    std::optional<Timestamp> soakUntil;
    Timestamp startedAt;
    std::optional<Timestamp> completedAt;
    OperatorId startedBy;
    OperatorId declaredBy;
    /// Whose signed-in session lets ready automated steps start by themselves (product rule 5).
    OperatorId armedBy;
    std::optional<Executor> armedExecutor;
    /// Armed for these steps and what comes after them only; empty: for all.
    QList<StepId> armedFor;
    /// Points of no return that this arming goes over, once each: they stood ready, with every consent, and whoever
    /// armed it was shown them.
    QList<StepId> crossing;
    QList<Hold> holds;
    /// Who answers for the plan; at first who started it.
    OperatorId lead;
    std::optional<Handover> handover;
    /// While it is paused.
    std::optional<Pause> pause;
    QString abortReason;
    QList<Note> notes;
    /// When the first approval that is neither used nor over ends.
    std::optional<Timestamp> nextApprovalEnd;

    /// Begins with this procedure, no step of which has run.
    void begin(const Procedure& pinned);
    /// Moves a step on, and with it what is derived from where all steps are. The only way a record's progress changes.
    void setProgress(qsizetype index, StepProgress progress, Timestamp at);
    /// Puts a branch off, or lets it go on. Only apply() changes what is held and what the plan is armed for.
    void setHolds(const QList<Hold>& changed);
    void setArmedFor(const QList<StepId>& wanted);
    /// Position of a step in declared order, or -1.
    [[nodiscard]] qsizetype indexOf(const StepId& step) const { return m_outline.positions.value(step, -1); }
    /// The seed's current_step_index: the first step in declared order that is neither succeeded nor skipped.
    [[nodiscard]] qsizetype currentStepIndex() const { return m_done.nextMissing(0); }
    [[nodiscard]] bool allStepsDone() const { return m_done.isFull(); }
    /// Steps that are neither running nor over, and for which no other step keeps them waiting.
    [[nodiscard]] const StepSet& startable() const { return m_startable; }
    /// Steps that somebody or something is at: automated ones that run, manual ones that were taken.
    [[nodiscard]] const StepSet& underWay() const { return m_underWay; }
    /// Neither completed nor aborted.
    [[nodiscard]] bool isOpen() const;
    /// Its checks were green at a time that is still to come: the clock was set back since, and nobody can tell for how
    /// long they have been.
    [[nodiscard]] bool isVerifiedAhead(Timestamp now) const { return verifiedAt && now < *verifiedAt; }
    /// The next attempt waits for its back-off and nothing else.
    [[nodiscard]] bool isTooEarly(qsizetype index, Timestamp now) const;
    [[nodiscard]] bool isArmed() const { return !armedBy.isEmpty(); }
    [[nodiscard]] Phase phase() const;
    /// Nodes are positions of steps, an edge per `after`.
    [[nodiscard]] const DependencyGraph& dependencies() const { return *m_outline.graph; }
    [[nodiscard]] bool dependenciesMet(qsizetype index) const { return m_unmet[index] == 0; }
    /// Starting it cannot be taken back, or makes another step final (product rule 8).
    [[nodiscard]] bool isPointOfNoReturn(qsizetype index) const { return m_outline.pointsOfNoReturn.contains(index); }
    /// All approvals that the step's next start needs (or that undoing it does) are there and valid now.
    [[nodiscard]] bool approvalsMet(qsizetype index, Timestamp now, StepAct act = StepAct::Run) const;
    /// Given for this attempt and these parameters, not used, not expired, and not by who has the plan armed.
    [[nodiscard]] QList<Approval> validApprovals(qsizetype index, Timestamp now, StepAct act = StepAct::Run) const;
    /// Their nonces: what an event that uses them up names.
    [[nodiscard]] QStringList noncesOf(qsizetype index, Timestamp now, StepAct act) const;
    /// How many consents of a role that takes are still missing, by role.
    [[nodiscard]] QList<ApprovalRequirement> missingApprovals(qsizetype index, Timestamp now,
                                                              StepAct act = StepAct::Run) const;
    /// The parameters that an act would use now: undoing takes back what was done with the frozen ones; doing without
    /// a step uses none, and is about what the procedure says.
    [[nodiscard]] Result<QJsonObject> parametersFor(qsizetype index, StepAct act) const;
    /// The condition that does not hold, as a sentence; nothing if all hold or it is too early to tell.
    [[nodiscard]] std::optional<QString> unmetCondition(qsizetype index) const;
    /// The step, not done yet, whose result decides whether this one is needed; nothing if that can be told now.
    [[nodiscard]] std::optional<StepId> undecidedUntil(qsizetype index) const;
    /// Steps with conditions.
    [[nodiscard]] const StepSet& conditional() const { return m_outline.conditional; }
    /// The step, or one it comes after, is put off.
    [[nodiscard]] bool isHeld(qsizetype index) const { return m_held.contains(index); }
    /// The arming, if there is one, is for this step too.
    [[nodiscard]] bool isArmedFor(qsizetype index) const { return armedFor.isEmpty() || m_armedFor.contains(index); }
    /// Automated steps at work now.
    [[nodiscard]] int runningCount() const;
    /// What would have to be taken back to undo the step: as captured, or as the procedure says of a manual one.
    [[nodiscard]] Capture captureOf(qsizetype index) const;
    /// What a person sees; `unknown` for a running step whose executor is dead has to be asked for with isAlive.
    [[nodiscard]] StepState stateOf(qsizetype index, Timestamp now) const;
    /// Why the step does not run, one sentence a reason (product rule 6). Claims and unreachable systems come from
    /// outside.
    [[nodiscard]] QStringList waitingFor(qsizetype index, Timestamp now) const;
    /// Roles of which a person needs one for this step.
    [[nodiscard]] const QList<Role>& rolesOf(qsizetype index) const;
    /// The step's parameters with every reference replaced, as they would be used now.
    [[nodiscard]] Result<QJsonObject> resolvedParameters(qsizetype index) const;
    [[nodiscard]] Result<QJsonObject> resolvedParameters(const VerificationStep& verification) const;
    /// The systems that running the step would claim, as far as its parameters say so now. Those that a restart adds
    /// because services depend on them are in the inventory, which a plan does not have.
    [[nodiscard]] QList<SystemId> systemsOf(qsizetype index) const;

    friend bool operator==(const Plan&, const Plan&) = default;

private:
    void setStartable(qsizetype index, Timestamp at);
    [[nodiscard]] StepSet withDependents(const QList<StepId>& roots) const;
    [[nodiscard]] std::optional<StepId> openStepOf(const Condition& condition) const;
    [[nodiscard]] QStringList reasonsBeforeStart(qsizetype index, Timestamp now) const;
    [[nodiscard]] QStringList reasonsWhenReady(qsizetype index, Timestamp now) const;
    [[nodiscard]] QStringList missingConsents(qsizetype index, Timestamp now, StepAct act) const;
    [[nodiscard]] Result<QJsonValue> valueOf(const Reference& reference) const;

    /// What follows from the pinned procedure alone; shared by all versions of a plan.
    struct Outline
    {
        QHash<StepId, qsizetype> positions;
        StepSet pointsOfNoReturn;
        StepSet conditional;
        std::shared_ptr<const DependencyGraph> graph = std::make_shared<DependencyGraph>();

        friend bool operator==(const Outline&, const Outline&) { return true; }
    };

    Outline m_outline;
    // What follows from where the steps are, kept by setProgress so that no decision has to walk all of them.
    Chunked<int> m_unmet; // entries of `after` that are not done
    StepSet m_done;
    StepSet m_startable;
    StepSet m_underWay;
    StepSet m_held;
    StepSet m_armedFor;
};

/// SHA-256 over everything that decides what a plan will do: procedure, inventory, incident and parameters (product
/// rule 9).
[[nodiscard]] QString planHashOf(const QString& procedureHash, const QString& inventoryHash, const Incident& incident,
                                 const QJsonObject& parameters);

struct Schedule;

/// The shape of cli.md, with what is expected of it by its procedure alone, or by the schedule.
[[nodiscard]] QJsonObject toJson(const Plan& plan, Timestamp now);
[[nodiscard]] QJsonObject toJson(const Plan& plan, const Schedule& schedule, Timestamp now);

} // namespace rc
