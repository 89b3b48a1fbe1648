// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/plan/plan.h"

#include <variant>

/// What can happen to a plan. Each event is a row of the plan's stream in the journal; who and when are the row's
/// columns.

namespace rc {

struct PlanStarted
{
    static constexpr QLatin1StringView kind{"plan_started"};
    PlanId plan;
    PlanPins pins;
    Procedure procedure;
};

struct PlanArmed
{
    static constexpr QLatin1StringView kind{"plan_armed"};
    Executor executor;
    /// Only these and what comes after them; empty: all.
    QList<StepId> steps = {};
    /// Points of no return that whoever armed it was shown, and may be gone over.
    QList<StepId> crossing = {};
};

struct PlanDisarmed
{
    static constexpr QLatin1StringView kind{"plan_disarmed"};
    QString reason;
};

struct PlanPaused
{
    static constexpr QLatin1StringView kind{"plan_paused"};
    QString reason;
};

struct PlanResumed
{
    static constexpr QLatin1StringView kind{"plan_resumed"};
};

/// Abort asked for. Automated steps that run are told to end, and the plan is aborted when the last of them has.
struct PlanAborting
{
    static constexpr QLatin1StringView kind{"plan_aborting"};
    QString reason;
};

struct PlanAborted
{
    static constexpr QLatin1StringView kind{"plan_aborted"};
};

/// Intent: written before the effect (product rule 2). For a manual step: somebody took it.
struct StepStarted
{
    static constexpr QLatin1StringView kind{"step_started"};
    StepId step;
    int attempt = 1;
    Executor executor;
    QJsonObject parameters;
    QList<SystemId> systems;
    QStringList approvalNonces;
};

struct StepSucceeded
{
    static constexpr QLatin1StringView kind{"step_succeeded"};
    StepId step;
    int attempt = 1;
    StepResult result;
    QString note;
    QJsonArray evidence;
};

struct StepFailed
{
    static constexpr QLatin1StringView kind{"step_failed"};
    StepId step;
    int attempt = 1;
    StepResult result;
    QString note;
    QJsonArray evidence;
};

/// What was found and kept before the effect (product rule 8).
struct StepCaptured
{
    static constexpr QLatin1StringView kind{"step_captured"};
    StepId step;
    int attempt = 1;
    Capture capture;
};

/// The step is about to do something else than its dry run had shown (product rule 9).
struct StepDeviated
{
    static constexpr QLatin1StringView kind{"step_deviated"};
    StepId step;
    Deviation deviation;
};

/// A running step is to end before it is done. Its executor sees that, stops in good order, and says what became of it.
struct StepCancelRequested
{
    static constexpr QLatin1StringView kind{"step_cancel_requested"};
    StepId step;
    int attempt = 1;
    QString reason;
};

struct StepSkipped
{
    static constexpr QLatin1StringView kind{"step_skipped"};
    StepId step;
    QString reason;
    /// Skipped with another one, whose result it needs.
    StepId with = {};
    /// Its conditions do not hold.
    bool unneeded = false;
    /// The consents that this uses up.
    QStringList approvalNonces = {};
};

/// The step may run again, as a new attempt; approvals of the old one have lapsed.
struct StepRetried
{
    static constexpr QLatin1StringView kind{"step_retried"};
    StepId step;
    int attempt = 2;
    QString reason;
    /// Not before then: the back-off of the step's retry policy.
    std::optional<Timestamp> notBefore = {};
    /// A probe has found that the interrupted attempt had no effect, and nothing had been kept that could be restored.
    bool withoutEffect = false;
};

/// An intent without outcome whose executor is dead.
struct StepFoundUnknown
{
    static constexpr QLatin1StringView kind{"step_found_unknown"};
    StepId step;
    int attempt = 1;
    QString executor;
};

/// Intent to restore the pre-image of an attempt; like StepStarted.
struct StepUndoStarted
{
    static constexpr QLatin1StringView kind{"step_undo_started"};
    StepId step;
    int attempt = 1;
    Executor executor;
    QString reason;
    QList<SystemId> systems;
    QStringList approvalNonces;
};

/// The pre-image was restored.
struct StepUndone
{
    static constexpr QLatin1StringView kind{"step_undone"};
    StepId step;
    QString reason;
    StepResult result;
};

/// It was not; the step is what it was before.
struct StepUndoFailed
{
    static constexpr QLatin1StringView kind{"step_undo_failed"};
    StepId step;
    int attempt = 1;
    StepResult result;
};

struct StepApproved
{
    static constexpr QLatin1StringView kind{"step_approved"};
    SignedStatement consent;
};

struct VerificationStarted
{
    static constexpr QLatin1StringView kind{"verification_started"};
    int attempt = 1;
    Executor executor;
};

struct VerificationFinished
{
    static constexpr QLatin1StringView kind{"verification_finished"};
    int attempt = 1;
    QList<VerificationResult> results;
    /// Set when all passed: the end may be declared from then on.
    std::optional<Timestamp> soakUntil;
};

/// Given up by who ran it; it says nothing about the checks.
struct VerificationCancelled
{
    static constexpr QLatin1StringView kind{"verification_cancelled"};
    int attempt = 1;
};

/// Completed by a person's signed declaration.
struct PlanDeclared
{
    static constexpr QLatin1StringView kind{"plan_declared"};
    SignedStatement declaration;
};

/// Completed by itself (`closing: automatic`).
struct PlanCompleted
{
    static constexpr QLatin1StringView kind{"plan_completed"};
};

/// A step and what comes after it is put off, while the rest of the plan goes on.
struct BranchHeld
{
    static constexpr QLatin1StringView kind{"branch_held"};
    StepId step;
    QString reason;
};

struct BranchReleased
{
    static constexpr QLatin1StringView kind{"branch_released"};
    StepId step;
};

/// The lead is offered to somebody, with a sheet that says how things stand.
struct PlanHandedOver
{
    static constexpr QLatin1StringView kind{"plan_handed_over"};
    OperatorId to;
    QString note;
    QString sheet;
};

/// Whoever the row is by has the lead from now on.
struct PlanLeadTaken
{
    static constexpr QLatin1StringView kind{"plan_lead_taken"};
    QString reason;
};

struct NoteAdded
{
    static constexpr QLatin1StringView kind{"note_added"};
    QString text;
};

using PlanEvent =
    std::variant<PlanStarted, PlanArmed, PlanDisarmed, PlanPaused, PlanResumed, PlanAborting, PlanAborted, StepStarted,
                 StepCaptured, StepDeviated, StepCancelRequested, StepSucceeded, StepFailed, StepSkipped, StepRetried,
                 StepFoundUnknown, StepUndoStarted, StepUndone, StepUndoFailed, StepApproved, VerificationStarted,
                 VerificationFinished, VerificationCancelled, PlanDeclared, PlanCompleted, BranchHeld, BranchReleased,
                 PlanHandedOver, PlanLeadTaken, NoteAdded>;
using PlanEvents = QList<PlanEvent>;

[[nodiscard]] QString kindOf(const PlanEvent& event);
[[nodiscard]] QJsonObject bodyOf(const PlanEvent& event);
/// StoreError for a kind that plans do not have.
[[nodiscard]] Result<PlanEvent> planEventFrom(const QString& kind, const QJsonObject& body);

/// Takes one event into the plan. Total: it never fails, and an event that does not fit changes nothing.
void apply(Plan& plan, const PlanEvent& event, Timestamp at, const OperatorId& by);

} // namespace rc
