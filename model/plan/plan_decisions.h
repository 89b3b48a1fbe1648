// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/plan/plan_event.h"
#include "model/result/effect.h"

#include <QSet>

#include <limits>

/// The rules: a command against a plan gives the events to journal, or the error that says why not. Pure; time, ids and
/// nonces come in. Every command checks roles here, whatever a screen has already checked (product.md, "roles are
/// checked").

namespace rc {

/// What a plan is started from (the seed's start_recovery).
struct StartPlan
{
    PlanId plan;
    PlanPins pins;
    Procedure procedure;
    Inventory inventory;
    /// Open plans of the same incident.
    QList<PlanId> openPlans;
    /// What this program can execute; the rest is refused by name (product rule 13).
    QSet<ActionType> executableActions;
    QSet<QString> knownChecks;
};
[[nodiscard]] Result<PlanEvents> decide(const StartPlan& command, const Actor& actor);

/// Arms the plan: ready automated steps start by themselves in this executor (product rule 5).
struct ArmPlan
{
    Executor executor;
    /// Whether the executor that has it armed, if any, still lives; then it keeps the plan, unless it is taken over.
    bool previousExecutorAlive = false;
    /// Only these steps and what comes after them (one branch); empty: all.
    QList<StepId> steps = {};
    /// Why the plan is taken from an executor that lives; empty: it is not. What runs there comes to its end there.
    QString takeOverReason = {};
    /// Points of no return among what it would start, which whoever arms it was shown: each is ready, with the consent
    /// of a second person. Any other is started by name, and one that becomes ready later by another arming.
    QList<StepId> crossing = {};
};
struct DisarmPlan
{
    QString reason;
    /// Whose arming ends; empty: whoever has the plan armed. The arming of another executor is left alone.
    QString executor = {};
};
struct PausePlan
{
    QString reason;
};
struct ResumePlan
{
};
/// Puts a step and what comes after it off, while the rest goes on.
struct HoldBranch
{
    StepId step;
    QString reason;
};
struct ReleaseBranch
{
    StepId step;
};
struct AbortPlan
{
    QString reason;
};
/// Closes an abort whose last running step has lost its executor. Otherwise the outcome of that step closes it.
struct FinishAbort
{
};

/// Runs an automated step (the intent), or takes a manual one.
struct StartStep
{
    StepId step;
    Executor executor;
    QList<SystemId> systems;
};
/// What was found and kept before the effect, from the executor that is about to have it.
struct KeepPreImage
{
    StepId step;
    int attempt = 1;
    QString executor;
    Capture capture;
};
/// What the executor is about to do is not what the dry run had shown.
struct RecordDeviation
{
    StepId step;
    QString executor;
    Deviation deviation;
};
/// Asks the executor of a running step to stop it in good order.
struct CancelStep
{
    StepId step;
    QString reason;
};
/// Restores what was there before a step (the intent), or takes a person's word that a manual one was taken back.
struct UndoStep
{
    StepId step;
    Executor executor;
    QList<SystemId> systems;
    QString reason;
};
/// What came of undoing, from the executor that has it.
struct RecordUndo
{
    StepId step;
    int attempt = 1;
    QString executor;
    StepResult result;
    bool signedIn = true;
};
/// A person's word on a manual step, or on one whose probe could not tell (the seed's complete_recovery_step).
struct CompleteStep
{
    StepId step;
    StepResult result;
    QString note;
    QJsonArray evidence;
};
/// The outcome of an intent, from the executor that has it. Not a person's act: it may come after the lock of a
/// session.
struct RecordOutcome
{
    StepId step;
    int attempt = 1;
    QString executor;
    StepResult result;
    /// Who is not signed in any more can write the outcome, but not the end of an abort that waited for it.
    bool signedIn = true;
    /// It ended because somebody wanted it to: then it is not tried again by itself.
    bool stopped = false;
};
struct SkipStep
{
    StepId step;
    QString reason;
};
struct RetryStep
{
    StepId step;
    QString reason;
};
/// The executor of a running step was seen dead.
struct MarkUnknown
{
    StepId step;
    QString executor;
};
/// What a probe found out about the act of an unknown step: its run, or its undo. A plan that is over, too, has to
/// learn what became of the step; there it is not run again.
struct ResolveUnknown
{
    StepId step;
    EffectState answer = EffectState::CannotTell;
    StepResult result;
};
/// How long consent holds after it was signed.
inline constexpr std::chrono::hours ApprovalValidity{8};
struct ApproveStep
{
    SignedStatement consent;
};
struct StartVerification
{
    Executor executor;
    /// Whether the executor of a verification that was begun before still lives.
    bool previousExecutorAlive = false;
};
struct FinishVerification
{
    QString executor;
    QList<VerificationResult> results;
    /// Who is not signed in any more can write the results, but not the end of a plan that closes by itself.
    bool signedIn = true;
};
/// Stopped on request of who runs it.
struct CancelVerification
{
    QString executor;
};
struct DeclarePlan
{
    SignedStatement declaration;
};
/// Offers the lead to somebody, with the sheet that says how things stand.
struct HandOver
{
    OperatorId to;
    QString note;
    QString sheet;
};
/// Takes the lead: who it was offered to, or a commander with a reason.
struct TakeLead
{
    QString reason;
};
struct AddNote
{
    QString text;
};

[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const ArmPlan& command, const Actor& actor, Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const DisarmPlan& command, const Actor& actor, Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const PausePlan& command, const Actor& actor, Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const ResumePlan& command, const Actor& actor, Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const AbortPlan& command, const Actor& actor, Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const FinishAbort& command, const Actor& actor,
                                        Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const StartStep& command, const Actor& actor, Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const CompleteStep& command, const Actor& actor,
                                        Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const RecordOutcome& command, const Actor& actor,
                                        Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const SkipStep& command, const Actor& actor, Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const RetryStep& command, const Actor& actor, Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const MarkUnknown& command, const Actor& actor,
                                        Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const ResolveUnknown& command, const Actor& actor,
                                        Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const ApproveStep& command, const Actor& actor,
                                        Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const StartVerification& command, const Actor& actor,
                                        Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const FinishVerification& command, const Actor& actor,
                                        Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const DeclarePlan& command, const Actor& actor,
                                        Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const CancelVerification& command, const Actor& actor,
                                        Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const HoldBranch& command, const Actor& actor, Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const ReleaseBranch& command, const Actor& actor,
                                        Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const KeepPreImage& command, const Actor& actor,
                                        Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const RecordDeviation& command, const Actor& actor,
                                        Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const CancelStep& command, const Actor& actor, Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const UndoStep& command, const Actor& actor, Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const RecordUndo& command, const Actor& actor, Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const HandOver& command, const Actor& actor, Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const TakeLead& command, const Actor& actor, Timestamp now);
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const AddNote& command, const Actor& actor, Timestamp now);

/// What `actor` would sign to approve the next start of a step (or that it is undone), for a role that is still
/// missing; or why it is refused. The caller adds nothing to it.
[[nodiscard]] Result<ApprovalStatement> approvalStatement(const Plan& plan, const StepId& step, const Actor& actor,
                                                          const QString& nonce, Timestamp now, Milliseconds validFor,
                                                          StepAct act = StepAct::Run);
/// The points of no return that a new arming could go over now: ready, and consented to by a second person. Of these
/// branches, if any are named, and of steps that `actor` may run.
[[nodiscard]] QList<StepId> crossable(const Plan& plan, const Actor& actor, Timestamp now,
                                      const QList<StepId>& branches = {});
/// Whether the step can be undone now, apart from who does it and whose consent it takes; or why not.
[[nodiscard]] Status mayUndo(const Plan& plan, qsizetype index);
/// Whether a plan could do without the step as it stands, whoever asks.
[[nodiscard]] Status maySkip(const Plan& plan, qsizetype index);
/// The steps that would be skipped with this one, because they need its result: directly, or each other's.
[[nodiscard]] QList<StepId> skippedWith(const Plan& plan, const StepId& step);
/// The further steps that would not be needed then, now or when their turn comes: their conditions ask for such a
/// result, and no condition holds of a step that was skipped.
[[nodiscard]] QList<StepId> unneededWith(const Plan& plan, const StepId& step);

/// Something that a plan has left behind, and what to do about it.
struct Leftover
{
    StepId step;
    SystemId system;
    QString what;
    /// How to be rid of it; a sentence.
    QString cleanup;
    /// It can be undone by the console.
    bool undoable = false;

    friend bool operator==(const Leftover&, const Leftover&) = default;
};
/// What the steps of a plan have left so far, latest first: effects that can be taken back, or cannot, interrupted
/// steps and what failed actions say of themselves.
[[nodiscard]] QList<Leftover> leftoversOf(const Plan& plan);
[[nodiscard]] QJsonObject toJson(const Leftover& leftover);

/// What a person signs to declare the end: the plan, its hash and every verification result of the last run.
[[nodiscard]] QJsonObject declarationStatement(const Plan& plan, const OperatorId& by, Timestamp now);
/// Whether the end may be declared now, apart from the signature.
[[nodiscard]] Status mayDeclare(const Plan& plan, const Actor& actor, Timestamp now);

/// The automated steps an armed plan would start next, in order of priority and declaration. A step that needs a role
/// the arming operator lacks is not among them, nor a point of no return that was not shown to whoever armed the plan:
/// that one a person starts by name, or arms the plan again (product rule 5). No more than `most` are looked for.
[[nodiscard]] QList<StepId> runnableSteps(const Plan& plan, const Actor& armedBy, Timestamp now,
                                          qsizetype most = std::numeric_limits<qsizetype>::max());

} // namespace rc
