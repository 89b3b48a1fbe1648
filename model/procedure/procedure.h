// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/json.h"
#include "model/procedure/condition.h"

namespace rc {

/// So many different people of this role have to consent to the exact action before it runs (product rule 3).
struct ApprovalRequirement
{
    Role role = Role::IncidentCommander;
    int count = 1;

    friend bool operator==(const ApprovalRequirement&, const ApprovalRequirement&) = default;
};

/// Type of a value asked for when a plan starts.
enum class ParameterType {
    String,
    Integer,
    Boolean,
    SystemList,
};

template <>
inline constexpr auto enumIds<ParameterType> =
    std::to_array<QLatin1StringView>({QLatin1StringView("string"), QLatin1StringView("integer"),
                                      QLatin1StringView("boolean"), QLatin1StringView("system_list")});

/// A parameter of the plan: `${plan.params.ID}` (product rule 11).
struct ParameterDeclaration
{
    QString id;
    ParameterType type = ParameterType::String;
    bool required = false;
    QJsonValue defaultValue{QJsonValue::Null};
    QString description;

    friend bool operator==(const ParameterDeclaration&, const ParameterDeclaration&) = default;
};

/// How often an automated step that fails is tried again without asking anybody, and how long it waits in between.
struct RetryPolicy
{
    /// Tries in all; 1: none but the first.
    int attempts = 1;
    /// Before the second try.
    Milliseconds delay{0};
    /// What each further wait is longer by.
    double factor = 1;

    /// How long to wait after so many tries have failed.
    [[nodiscard]] Milliseconds delayAfter(int tries) const;
    friend bool operator==(const RetryPolicy&, const RetryPolicy&) = default;
};

/// Something a person has to leave with a manual step, as proof.
struct EvidenceRequirement
{
    QString id;
    EvidenceKind kind = EvidenceKind::File;
    /// What people are asked for.
    QString label;
    bool required = true;
    /// Of a figure.
    std::optional<double> minimum;
    std::optional<double> maximum;

    /// The range of a figure in words, e.g. "from 3 to 5"; empty if there is none.
    [[nodiscard]] QString range() const;
    friend bool operator==(const EvidenceRequirement&, const EvidenceRequirement&) = default;
};

/// The seed's RecoveryStep (9.3.1) with what the product adds: order, approvals, reversibility, declared outputs.
struct Step
{
    StepId id;
    QString name;
    QString description;
    ActionType actionType = ActionType::Manual;
    /// One of these is needed to run or complete the step; empty means the procedure's.
    QList<Role> requiredRoles;
    /// Literals and `${...}` references; see parameters.h.
    QJsonObject parameters;
    Milliseconds expectedDuration{0};
    Priority priority = Priority::Normal;
    /// Steps that have to be done first. A file that says nothing means the step before.
    QList<StepId> after;
    /// All of them have to hold when its turn has come; otherwise it is not needed and counts as skipped.
    QList<Condition> when;
    QList<ApprovalRequirement> approvals;
    QList<EvidenceRequirement> evidence;
    RetryPolicy retry;
    Reversibility reversibility = Reversibility::Reversible;
    /// With Reversibility::ReversibleUntil: the step whose start makes this one final.
    StepId reversibleUntil;
    /// Of a manual step: how a person takes it back. Empty: there is nothing to take back.
    QString undo;
    /// Fields of the result that later steps may refer to as `${steps.ID.result.FIELD}`.
    QStringList outputs;
    /// Zero means no limit.
    Milliseconds timeout{0};
    bool critical = true;

    [[nodiscard]] bool isManual() const { return actionType == ActionType::Manual; }
    /// Starting it cannot be taken back: the procedure says so, or its action changes something and has no way back.
    [[nodiscard]] bool isFinal() const;
    friend bool operator==(const Step&, const Step&) = default;
};

/// A check run after the last step. All have to pass; one that fails re-opens its owner step.
struct VerificationStep
{
    VerificationId id;
    QString name;
    /// Which check, e.g. `state_agreement`.
    QString check;
    QJsonObject parameters;
    StepId ownerStep;
    Milliseconds timeout{0};
    /// For people to see: all checks have to pass, this one critical or not.
    bool critical = true;

    friend bool operator==(const VerificationStep&, const VerificationStep&) = default;
};

/// How a plan ends once verification has passed and the soak time is over.
enum class Closing {
    /// A person of `declaredBy` declares and signs the end (product rule 12).
    Declared,
    /// The plan completes by itself, as in the seed (9.3.2).
    Automatic,
};

template <>
inline constexpr auto enumIds<Closing> =
    std::to_array<QLatin1StringView>({QLatin1StringView("declared"), QLatin1StringView("automatic")});

/// The seed's RecoveryProcedure (9.3.1): a versioned template for incidents of some types.
struct Procedure
{
    ProcedureId id;
    int version = 1;
    QString name;
    QString description;
    QList<IncidentType> incidentTypes;
    QList<Step> steps;
    QList<VerificationStep> verification;
    QList<Role> requiredRoles;
    Milliseconds estimatedDuration{0};
    RiskLevel riskLevel = RiskLevel::Medium;
    /// Recovery-time objective, counted from containment. Zero means none is set.
    Milliseconds rto{0};
    /// How long verification has to stay green before the end may be declared.
    Milliseconds soak{0};
    Closing closing = Closing::Declared;
    /// How many automated steps run at the same time, at most.
    int maximumParallel = 8;
    QList<Role> declaredBy{Role::IncidentCommander};
    QList<ParameterDeclaration> parameters;

    /// Position of a step in declared order, or -1.
    [[nodiscard]] qsizetype indexOf(const StepId& step) const;
    [[nodiscard]] const ParameterDeclaration* parameter(const QString& parameterId) const;
    friend bool operator==(const Procedure&, const Procedure&) = default;
};

[[nodiscard]] QJsonObject toJson(const EvidenceRequirement& wanted);

/// The shape of cli.md. fromJson expects an object that its schema has accepted and whose durations are `*_ms`.
[[nodiscard]] QJsonObject toJson(const Procedure& procedure);
/// The same, with nothing of a step that fromJson adds by itself: what a plan keeps of it.
[[nodiscard]] QJsonObject toShortJson(const Procedure& procedure);
[[nodiscard]] Procedure procedureFromJson(const QJsonObject& object);

/// Something wrong in a document: where (JSON pointer) and what, with what was expected.
struct Problem
{
    QString pointer;
    QString message;

    friend bool operator==(const Problem&, const Problem&) = default;
};

/// What a schema cannot say: steps and verification exist, ids are unique, `after` and owners name real steps,
/// no cycle, every reference is declared and comes from a step that is done by then. Empty when all is well.
[[nodiscard]] QList<Problem> problemsOf(const Procedure& procedure);

} // namespace rc
