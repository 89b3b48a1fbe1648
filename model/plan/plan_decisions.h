// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/plan/plan_event.h"
#include "model/result/effect.h"

#include <QSet>

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
    /// Whether the executor that has it armed, if any, still lives; then it keeps the plan.
    bool previousExecutorAlive = false;
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
/// What a probe found out about an unknown step. A plan that is over, too, has to learn what became of the step; there
/// it is not run again.
struct ResolveUnknown
{
    StepId step;
    EffectState answer = EffectState::CannotTell;
    StepResult result;
};
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
[[nodiscard]] Result<PlanEvents> decide(const Plan& plan, const AddNote& command, const Actor& actor, Timestamp now);

/// What `actor` would sign to approve the next start of a step, for a role that is still missing; or why it is refused.
/// The caller adds nothing to it.
[[nodiscard]] Result<ApprovalStatement> approvalStatement(const Plan& plan, const StepId& step, const Actor& actor,
                                                          const QString& nonce, Timestamp now, Milliseconds validFor);

/// What a person signs to declare the end: the plan, its hash and every verification result of the last run.
[[nodiscard]] QJsonObject declarationStatement(const Plan& plan, const OperatorId& by, Timestamp now);
/// Whether the end may be declared now, apart from the signature.
[[nodiscard]] Status mayDeclare(const Plan& plan, const Actor& actor, Timestamp now);

/// The automated steps an armed plan would start next, in order of priority and declaration. A step that needs a role
/// the arming operator lacks is not among them, nor a point of no return to which no second person has to consent: that
/// one a person starts by name (product rule 5).
[[nodiscard]] QList<StepId> runnableSteps(const Plan& plan, const Actor& armedBy, Timestamp now);

} // namespace rc
