// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/incident/incident.h"
#include "model/plan/approval.h"
#include "model/procedure/parameters.h"
#include "model/system/inventory.h"

namespace rc {

/// What came out of a step (the seed's StepResult): a failure is a result too, and does not count as done.
struct StepResult
{
    bool success = false;
    QString message;
    /// The fields that other steps may refer to, and the details for reports.
    QJsonObject fields;
    /// What the action left behind as proof; each has a `kind` of ArtifactKind.
    QJsonArray artifacts;
    Timestamp timestamp;

    friend bool operator==(const StepResult&, const StepResult&) = default;
};
[[nodiscard]] QJsonObject toJson(const StepResult& result);
[[nodiscard]] StepResult stepResultFromJson(const QJsonObject& object);

/// The process that runs steps. Others see by its lock whether it lives.
struct Executor
{
    QString id;
    /// Host, boot id, pid and start time, for people who look for it.
    QJsonObject process;

    friend bool operator==(const Executor&, const Executor&) = default;
};

/// An approval as given, and whether a start has used it up.
struct Approval
{
    ApprovalStatement statement;
    Timestamp at;
    bool used = false;

    friend bool operator==(const Approval&, const Approval&) = default;
};

/// What the events have made of a step so far. What a person sees (StepState) is derived from it, see Plan::stateOf.
enum class StepProgress {
    Pending,
    Running,
    Succeeded,
    Failed,
    Skipped,
    Unknown,
    Undone,
    NotRun,
};

struct StepRecord
{
    StepProgress progress = StepProgress::Pending;
    int attempt = 1;
    std::optional<Timestamp> startedAt;
    std::optional<Timestamp> completedAt;
    OperatorId startedBy;
    OperatorId completedBy;
    Executor executor;
    /// As frozen in the intent.
    QJsonObject parameters;
    QList<SystemId> systems;
    StepResult result;
    /// Of all attempts; those of earlier ones have lapsed.
    QList<Approval> approvals;
    QJsonArray evidence;
    QString note;
    /// Everyone who has started or finished an attempt: none of them approves another (product rule 3).
    QList<OperatorId> hands;

    friend bool operator==(const StepRecord&, const StepRecord&) = default;
};

/// Nothing that depends on it waits for it any more.
[[nodiscard]] inline bool isDone(const StepRecord& record)
{
    return record.progress == StepProgress::Succeeded || record.progress == StepProgress::Skipped;
}

/// The seed's StepCompletion: one entry per finished attempt, kept for ever.
struct StepCompletion
{
    StepId step;
    int attempt = 1;
    StepResult result;
    Timestamp completedAt;
    OperatorId completedBy;
    QString note;
    QJsonArray evidence;

    friend bool operator==(const StepCompletion&, const StepCompletion&) = default;
};

/// The seed's VerificationResult, with the attempt it belongs to.
struct VerificationResult
{
    VerificationId id;
    QString name;
    bool passed = false;
    QString detail;
    Timestamp at;
    int attempt = 1;

    friend bool operator==(const VerificationResult&, const VerificationResult&) = default;
};
[[nodiscard]] QJsonObject toJson(const VerificationResult& result);
[[nodiscard]] VerificationResult verificationResultFromJson(const QJsonObject& object);

struct Note
{
    Timestamp at;
    OperatorId by;
    QString text;

    friend bool operator==(const Note&, const Note&) = default;
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
    QList<StepRecord> steps;
    QList<StepCompletion> completedSteps;
    QList<VerificationResult> verificationResults;
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
    QList<Note> notes;

    /// Begins with this procedure, no step of which has run. Called by apply() alone.
    void begin(const Procedure& pinned);
    /// Position of a step in declared order, or -1.
    [[nodiscard]] qsizetype indexOf(const StepId& step) const { return m_positions.value(step, -1); }
    /// The seed's current_step_index: the first step in declared order that is neither succeeded nor skipped.
    [[nodiscard]] qsizetype currentStepIndex() const;
    [[nodiscard]] bool allStepsDone() const { return currentStepIndex() == steps.size(); }
    /// Neither completed nor aborted.
    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] bool isArmed() const { return !armedBy.isEmpty(); }
    [[nodiscard]] Phase phase() const;
    /// Nodes are positions of steps, an edge per `after`.
    [[nodiscard]] DependencyGraph dependencies() const;
    [[nodiscard]] bool dependenciesMet(qsizetype index) const;
    /// Starting it cannot be taken back, or makes another step final (product rule 8).
    [[nodiscard]] bool isPointOfNoReturn(qsizetype index) const;
    /// All approvals that the step's next start needs are there and valid now.
    [[nodiscard]] bool approvalsMet(qsizetype index, Timestamp now) const;
    /// Given for this attempt and these parameters, not used, not expired, and not by who has the plan armed.
    [[nodiscard]] QList<Approval> validApprovals(qsizetype index, Timestamp now) const;
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
    /// When it would end if the rest took as long as expected.
    [[nodiscard]] Timestamp eta(Timestamp now) const;

    friend bool operator==(const Plan&, const Plan&) = default;

private:
    [[nodiscard]] QStringList reasonsBeforeStart(qsizetype index, Timestamp now) const;
    [[nodiscard]] Result<QJsonValue> valueOf(const Reference& reference) const;

    QHash<StepId, qsizetype> m_positions;
};

/// SHA-256 over everything that decides what a plan will do: procedure, inventory, incident and parameters (product
/// rule 9).
[[nodiscard]] QString planHashOf(const QString& procedureHash, const QString& inventoryHash, const Incident& incident,
                                 const QJsonObject& parameters);

/// The shape of cli.md.
[[nodiscard]] QJsonObject toJson(const Plan& plan, Timestamp now);

} // namespace rc
