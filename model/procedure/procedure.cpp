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

QJsonObject toJson(const Step& step)
{
    QJsonArray when;
    for (const auto& condition : step.when) {
        when.append(toJson(condition));
    }
    QJsonArray evidence;
    for (const auto& wanted : step.evidence) {
        evidence.append(toJson(wanted));
    }
    QJsonArray approvals;
    for (const auto& approval : step.approvals) {
        approvals.append(QJsonObject{{"role", QString(idOf(approval.role))}, {"count", approval.count}});
    }
    return {
        {"id", step.id.text()},
        {"name", step.name},
        {"description", step.description},
        {"action_type", QString(idOf(step.actionType))},
        {"required_roles", toJson(step.requiredRoles)},
        {"parameters", step.parameters},
        {"expected_duration_ms", ms(step.expectedDuration)},
        {"priority", QString(idOf(step.priority))},
        {"after", toJson(step.after)},
        {"when", when},
        {"approvals", approvals},
        {"evidence", evidence},
        {"retry", toJson(step.retry)},
        {"reversibility", QString(idOf(step.reversibility))},
        {"reversible_until", step.reversibleUntil.text()},
        {"undo", step.undo},
        {"outputs", QJsonArray::fromStringList(step.outputs)},
        {"timeout_ms", ms(step.timeout)},
        {"critical", step.critical},
    };
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

template <class T>
QJsonArray arrayOf(const QList<T>& values)
{
    QJsonArray array;
    for (const auto& value : values) {
        array.append(toJson(value));
    }
    return array;
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

QJsonObject toJson(const Procedure& procedure)
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
        {"steps", arrayOf(procedure.steps)},
        {"verification", arrayOf(procedure.verification)},
    };
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
