// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/procedure/procedure.h"

#include <algorithm>
#include <cmath>

namespace rc {
namespace {

qint64 ms(Milliseconds duration)
{
    return duration.count();
}

EvidenceRequirement evidenceFromJson(const QJsonObject& object)
{
    EvidenceRequirement wanted;
    wanted.id = object["id"].toString();
    wanted.kind = enumFromJson(object["kind"], EvidenceKind::File);
    wanted.label = object["label"].toString(wanted.id);
    wanted.required = object["required"].toBool(true);
    if (object.contains("minimum")) {
        wanted.minimum = object["minimum"].toDouble();
    }
    if (object.contains("maximum")) {
        wanted.maximum = object["maximum"].toDouble();
    }
    return wanted;
}

QJsonObject toJson(const RetryPolicy& retry)
{
    return {{"attempts", retry.attempts}, {"delay_ms", ms(retry.delay)}, {"factor", retry.factor}};
}

QJsonObject toJson(const ApprovalRequirement& approval)
{
    return {{"role", QString(idOf(approval.role))}, {"count", approval.count}};
}

QJsonObject toJson(const VerificationStep& step)
{
    return {
        {"id", step.id.text()},
        {"name", step.name},
        {"check", step.check},
        {"parameters", step.parameters},
        {"owner_step", step.ownerStep.text()},
        {"timeout_ms", ms(step.timeout)},
        {"critical", step.critical},
    };
}

QJsonObject toJson(const ParameterDeclaration& declaration)
{
    return {
        {"id", declaration.id},
        {"type", QString(idOf(declaration.type))},
        {"required", declaration.required},
        {"default", declaration.defaultValue},
        {"description", declaration.description},
    };
}

template <class T>
QJsonArray arrayOf(const QList<T>& values)
{
    QJsonArray array;
    for (const auto& value : values) {
        array.append(toJson(value));
    }
    return array;
}

/// How a field of a step is written.
template <class T>
QJsonValue written(const T& value)
{
    if constexpr (std::is_same_v<T, Milliseconds>) {
        return ms(value);
    } else if constexpr (ClosedList<T>) {
        return QString(idOf(value));
    } else if constexpr (std::is_same_v<T, StepId>) {
        return value.text();
    } else if constexpr (std::is_same_v<T, RetryPolicy>) {
        return toJson(value);
    } else {
        return value;
    }
}
template <class T>
QJsonValue written(const QList<T>& values)
{
    if constexpr (std::is_same_v<T, QString>) {
        return QJsonArray::fromStringList(values);
    } else if constexpr (std::is_same_v<T, Role> || std::is_same_v<T, StepId>) {
        return toJson(values);
    } else {
        return arrayOf(values);
    }
}

/// Writes the fields of one step: all of them, or only those that stepFromJson() would not add by itself.
class StepWriter
{
public:
    StepWriter(const Step& step, const Step* unsaid)
        : m_step(step)
        , m_unsaid(unsaid)
    {
    }

    template <class T>
    void field(QLatin1StringView name, T Step::* member)
    {
        if (!m_unsaid || !isSame(m_step.*member, m_unsaid->*member)) {
            m_object.insert(name, written(m_step.*member));
        }
    }
    [[nodiscard]] const QJsonObject& object() const { return m_object; }

private:
    template <class T>
    static bool isSame(const T& one, const T& other)
    {
        return one == other;
    }
    /// QList's own comparison hands memcmp() a null pointer when one of two empty lists was never filled (Qt 6.4).
    template <class T>
    static bool isSame(const QList<T>& one, const QList<T>& other)
    {
        return std::ranges::equal(one, other);
    }

    const Step& m_step;
    const Step* m_unsaid;
    QJsonObject m_object;
};

QJsonObject toJson(const Step& step, const Step* unsaid)
{
    using namespace Qt::StringLiterals;
    StepWriter writer(step, unsaid);
    writer.field("id"_L1, &Step::id);
    writer.field("name"_L1, &Step::name);
    writer.field("description"_L1, &Step::description);
    writer.field("action_type"_L1, &Step::actionType);
    writer.field("required_roles"_L1, &Step::requiredRoles);
    writer.field("parameters"_L1, &Step::parameters);
    writer.field("expected_duration_ms"_L1, &Step::expectedDuration);
    writer.field("priority"_L1, &Step::priority);
    writer.field("after"_L1, &Step::after);
    writer.field("when"_L1, &Step::when);
    writer.field("approvals"_L1, &Step::approvals);
    writer.field("evidence"_L1, &Step::evidence);
    writer.field("retry"_L1, &Step::retry);
    writer.field("reversibility"_L1, &Step::reversibility);
    writer.field("reversible_until"_L1, &Step::reversibleUntil);
    writer.field("undo"_L1, &Step::undo);
    writer.field("outputs"_L1, &Step::outputs);
    writer.field("timeout_ms"_L1, &Step::timeout);
    writer.field("critical"_L1, &Step::critical);
    return writer.object();
}

QJsonArray stepsInFull(const QList<Step>& steps)
{
    QJsonArray array;
    for (const auto& step : steps) {
        array.append(toJson(step, nullptr));
    }
    return array;
}

QJsonArray stepsInShort(const QList<Step>& steps)
{
    QJsonArray array;
    Step unsaid;
    for (const auto& step : steps) {
        unsaid.name = step.id.text();
        array.append(toJson(step, &unsaid));
        unsaid.after = {step.id};
    }
    return array;
}

QStringList stringsFromJson(const QJsonValue& value)
{
    QStringList strings;
    for (const auto& entry : value.toArray()) {
        strings.append(entry.toString());
    }
    return strings;
}

Milliseconds durationFromJson(const QJsonValue& value)
{
    return Milliseconds(value.toInteger());
}

Step stepFromJson(const QJsonObject& object, const QList<Step>& before)
{
    Step step;
    step.id = StepId(object["id"].toString());
    step.name = object["name"].toString(step.id.text());
    step.description = object["description"].toString();
    step.actionType = enumFromJson(object["action_type"], ActionType::Manual);
    step.requiredRoles = enumsFromJson<Role>(object["required_roles"]);
    step.parameters = object["parameters"].toObject();
    step.expectedDuration = durationFromJson(object["expected_duration_ms"]);
    step.priority = enumFromJson(object["priority"], Priority::Normal);
    if (object.contains("after")) {
        step.after = idsFromJson<StepId>(object["after"]);
    } else if (!before.isEmpty()) {
        step.after = {before.last().id};
    }
    for (const auto& entry : object["approvals"].toArray()) {
        const auto approval = entry.toObject();
        step.approvals.append({enumFromJson(approval["role"], Role::IncidentCommander), approval["count"].toInt(1)});
    }
    for (const auto& entry : object["when"].toArray()) {
        step.when.append(conditionFromJson(entry.toObject()));
    }
    for (const auto& entry : object["evidence"].toArray()) {
        step.evidence.append(evidenceFromJson(entry.toObject()));
    }
    const auto retry = object["retry"].toObject();
    step.retry = {retry["attempts"].toInt(1), durationFromJson(retry["delay_ms"]), retry["factor"].toDouble(1)};
    step.reversibility = enumFromJson(object["reversibility"], Reversibility::Reversible);
    step.reversibleUntil = StepId(object["reversible_until"].toString());
    step.undo = object["undo"].toString();
    step.outputs = stringsFromJson(object["outputs"]);
    step.timeout = durationFromJson(object["timeout_ms"]);
    step.critical = object["critical"].toBool(true);
    return step;
}

VerificationStep verificationFromJson(const QJsonObject& object, const QList<Step>& steps)
{
    VerificationStep step;
    step.id = VerificationId(object["id"].toString());
    step.name = object["name"].toString(step.id.text());
    step.check = object["check"].toString();
    step.parameters = object["parameters"].toObject();
    step.ownerStep = StepId(object["owner_step"].toString());
    if (step.ownerStep.isEmpty() && !steps.isEmpty()) {
        step.ownerStep = steps.last().id;
    }
    step.timeout = durationFromJson(object["timeout_ms"]);
    step.critical = object["critical"].toBool(true);
    return step;
}

ParameterDeclaration parameterFromJson(const QJsonObject& object)
{
    ParameterDeclaration declaration;
    declaration.id = object["id"].toString();
    declaration.type = enumFromJson(object["type"], ParameterType::String);
    declaration.required = object["required"].toBool();
    declaration.defaultValue = object.contains("default") ? object["default"] : QJsonValue(QJsonValue::Null);
    declaration.description = object["description"].toString();
    return declaration;
}

} // namespace

Milliseconds RetryPolicy::delayAfter(int tries) const
{
    // Capped at a day, which is longer than anybody means.
    const double wait = double(delay.count()) * std::pow(factor, std::max(0, tries - 1));
    return Milliseconds(qint64(std::min(wait, double(Milliseconds(std::chrono::hours(24)).count()))));
}

QString EvidenceRequirement::range() const
{
    if (minimum && maximum) {
        return QString("from %1 to %2").arg(*minimum).arg(*maximum);
    }
    if (minimum) {
        return QString("at least %1").arg(*minimum);
    }
    return maximum ? QString("at most %1").arg(*maximum) : QString();
}

bool Step::isFinal() const
{
    if (reversibility == Reversibility::Irreversible) {
        return true;
    }
    const bool hasWayBack = parameters.contains("undo");
    switch (actionType) {
    case ActionType::RecoverChainData:
        return true;
    case ActionType::Command:
        return !hasWayBack && parameters["changes"].toBool(true);
    case ActionType::HttpRequest:
        return !hasWayBack && parameters["method"] != "GET" && parameters["method"] != "HEAD";
    default:
        return false;
    }
}

qsizetype Procedure::indexOf(const StepId& step) const
{
    const auto found = std::ranges::find(steps, step, &Step::id);
    return found == steps.end() ? -1 : found - steps.begin();
}

const ParameterDeclaration* Procedure::parameter(const QString& parameterId) const
{
    const auto found = std::ranges::find(parameters, parameterId, &ParameterDeclaration::id);
    return found == parameters.end() ? nullptr : &*found;
}

QJsonObject toJson(const EvidenceRequirement& wanted)
{
    QJsonObject object{
        {"id", wanted.id},
        {"kind", QString(idOf(wanted.kind))},
        {"label", wanted.label},
        {"required", wanted.required},
    };
    if (wanted.minimum) {
        object.insert("minimum", *wanted.minimum);
    }
    if (wanted.maximum) {
        object.insert("maximum", *wanted.maximum);
    }
    return object;
}

QJsonObject withSteps(const Procedure& procedure, const QJsonArray& steps)
{
    return {
        {"id", procedure.id.text()},
        {"version", procedure.version},
        {"name", procedure.name},
        {"description", procedure.description},
        {"incident_types", toJson(procedure.incidentTypes)},
        {"required_roles", toJson(procedure.requiredRoles)},
        {"estimated_duration_ms", ms(procedure.estimatedDuration)},
        {"risk_level", QString(idOf(procedure.riskLevel))},
        {"rto_ms", ms(procedure.rto)},
        {"soak_ms", ms(procedure.soak)},
        {"closing", QString(idOf(procedure.closing))},
        {"maximum_parallel", procedure.maximumParallel},
        {"declared_by", toJson(procedure.declaredBy)},
        {"parameters", arrayOf(procedure.parameters)},
        {"steps", steps},
        {"verification", arrayOf(procedure.verification)},
    };
}

QJsonObject toJson(const Procedure& procedure)
{
    return withSteps(procedure, stepsInFull(procedure.steps));
}

QJsonObject toShortJson(const Procedure& procedure)
{
    return withSteps(procedure, stepsInShort(procedure.steps));
}

Procedure procedureFromJson(const QJsonObject& object)
{
    Procedure procedure;
    procedure.id = ProcedureId(object["id"].toString());
    procedure.version = object["version"].toInt(1);
    procedure.name = object["name"].toString(procedure.id.text());
    procedure.description = object["description"].toString();
    procedure.incidentTypes = enumsFromJson<IncidentType>(object["incident_types"]);
    procedure.requiredRoles = enumsFromJson<Role>(object["required_roles"]);
    procedure.estimatedDuration = durationFromJson(object["estimated_duration_ms"]);
    procedure.riskLevel = enumFromJson(object["risk_level"], RiskLevel::Medium);
    procedure.rto = durationFromJson(object["rto_ms"]);
    procedure.soak = durationFromJson(object["soak_ms"]);
    procedure.closing = enumFromJson(object["closing"], Closing::Declared);
    procedure.maximumParallel = object["maximum_parallel"].toInt(procedure.maximumParallel);
    if (object.contains("declared_by")) {
        procedure.declaredBy = enumsFromJson<Role>(object["declared_by"]);
    }
    for (const auto& entry : object["parameters"].toArray()) {
        procedure.parameters.append(parameterFromJson(entry.toObject()));
    }
    for (const auto& entry : object["steps"].toArray()) {
        procedure.steps.append(stepFromJson(entry.toObject(), procedure.steps));
    }
    for (const auto& entry : object["verification"].toArray()) {
        procedure.verification.append(verificationFromJson(entry.toObject(), procedure.steps));
    }
    return procedure;
}

} // namespace rc
