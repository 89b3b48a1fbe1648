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

/// Abort asked for. Automated steps that run come to their end first; nothing stops them.
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

struct StepSkipped
{
    static constexpr QLatin1StringView kind{"step_skipped"};
    StepId step;
    QString reason;
};

/// The step may run again, as a new attempt; approvals of the old one have lapsed.
struct StepRetried
{
    static constexpr QLatin1StringView kind{"step_retried"};
    StepId step;
    int attempt = 2;
    QString reason;
};

/// An intent without outcome whose executor is dead.
struct StepFoundUnknown
{
    static constexpr QLatin1StringView kind{"step_found_unknown"};
    StepId step;
    int attempt = 1;
    QString executor;
};

/// The pre-image was restored.
struct StepUndone
{
    static constexpr QLatin1StringView kind{"step_undone"};
    StepId step;
    QString reason;
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

struct NoteAdded
{
    static constexpr QLatin1StringView kind{"note_added"};
    QString text;
};

using PlanEvent = std::variant<PlanStarted, PlanArmed, PlanDisarmed, PlanPaused, PlanResumed, PlanAborting, PlanAborted,
                               StepStarted, StepSucceeded, StepFailed, StepSkipped, StepRetried, StepFoundUnknown,
                               StepUndone, StepApproved, VerificationStarted, VerificationFinished,
                               VerificationCancelled, PlanDeclared, PlanCompleted, NoteAdded>;
using PlanEvents = QList<PlanEvent>;

[[nodiscard]] QString kindOf(const PlanEvent& event);
[[nodiscard]] QJsonObject bodyOf(const PlanEvent& event);
/// StoreError for a kind that plans do not have.
[[nodiscard]] Result<PlanEvent> planEventFrom(const QString& kind, const QJsonObject& body);

/// Takes one event into the plan. Total: it never fails, and an event that does not fit changes nothing.
void apply(Plan& plan, const PlanEvent& event, Timestamp at, const OperatorId& by);

} // namespace rc
