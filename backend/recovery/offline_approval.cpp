// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/offline_approval.h"

#include "backend/journal/statement.h"
#include "model/plan/refusals.h"

#include <QUuid>

namespace rc {
namespace {

constexpr QLatin1StringView RequestFormat("rc-approval-request-v1");
constexpr QLatin1StringView ApprovalFormat("rc-approval-v1");

QJsonArray missingRoles(const Plan& plan, qsizetype index, StepAct act, Timestamp now)
{
    QJsonArray roles;
    for (const auto& need : plan.missingApprovals(index, now, act)) {
        roles.append(QString(idOf(need.role)));
    }
    return roles;
}

Status needsOpenQuestion(const Plan& plan, qsizetype index, StepAct act, Timestamp now)
{
    switch (act) {
    case StepAct::Undo:
        return mayUndo(plan, index);
    case StepAct::Skip:
        return maySkip(plan, index);
    case StepAct::Run:
        break;
    }
    if (const auto state = plan.stateOf(index, now); state != StepState::AwaitingApproval) {
        return fail(ErrorCode::WrongState, QString("Step '%1' waits for no approval now; it is %2.")
                                               .arg(plan.procedure.steps[index].name, idOf(state)));
    }
    return {};
}

QString askedFor(const QJsonValue& act)
{
    switch (enumFromJson(act, StepAct::Run)) {
    case StepAct::Run:
        return "step";
    case StepAct::Undo:
        return "undoes the step";
    case StepAct::Skip:
        return "skips the step";
    }
    std::unreachable();
}

} // namespace

Result<QJsonObject> approvalRequest(const Plan& plan, const StepId& stepId, StepAct act, Timestamp now)
{
    const auto index = refusals::findStep(plan, stepId);
    if (!index) {
        return std::unexpected(index.error());
    }
    const auto& step = plan.procedure.steps[*index];
    if (const auto open = needsOpenQuestion(plan, *index, act, now); !open) {
        return std::unexpected(open.error());
    }
    const auto parameters = plan.parametersFor(*index, act);
    const auto roles = missingRoles(plan, *index, act, now);
    if (!parameters || roles.isEmpty()) {
        return parameters ? fail(ErrorCode::WrongState,
                                 QString("Step '%1' has all the approvals that it needs.").arg(step.name))
                          : std::unexpected(parameters.error());
    }
    return QJsonObject{
        {"format", RequestFormat},
        {"store", plan.pins.store},
        {"network", plan.pins.network.name},
        {"network_kind", QString(idOf(plan.pins.network.kind))},
        {"incident", plan.pins.incident.id.text()},
        {"incident_title", plan.pins.incident.title},
        {"plan", plan.id.text()},
        {"plan_hash", plan.pins.planHash},
        {"procedure", plan.procedure.name},
        {"procedure_version", plan.procedure.version},
        {"rehearsal", plan.pins.rehearsal},
        {"step", stepId.text()},
        {"step_name", step.name},
        {"description", step.description},
        {"action_type", QString(idOf(step.actionType))},
        {"act", QString(idOf(act))},
        {"attempt", plan.steps[*index].attempt},
        {"parameters", *parameters},
        {"point_of_no_return", act == StepAct::Run && plan.isPointOfNoReturn(*index)},
        {"started_by", plan.startedBy.text()},
        {"roles", roles},
        {"made_at", toRfc3339(now)},
    };
}

Status checkApprovalRequest(const QJsonObject& request)
{
    if (request["format"] != RequestFormat) {
        return fail(ErrorCode::InvalidInput,
                    QString("This is no request for an approval; expected format '%1'.").arg(RequestFormat));
    }
    for (const auto* field : {"store", "plan", "plan_hash", "step"}) {
        if (request[QLatin1StringView(field)].toString().isEmpty()) {
            return fail(ErrorCode::InvalidInput, QString("The request lacks '%1'.").arg(QLatin1StringView(field)));
        }
    }
    if (request["attempt"].toInt() < 1 || !request["parameters"].isObject() || !request["roles"].isArray() ||
        !fromId<StepAct>(request["act"].toString())) {
        return fail(ErrorCode::InvalidInput, "The request does not say which attempt of which act it is about.");
    }
    return {};
}

QString approvalRequestText(const QJsonObject& request)
{
    QString text;
    const auto line = [&text](const QString& name, const QString& value) {
        text += name.leftJustified(20) + value + "\n";
    };
    line("network", QString("%1 (%2)").arg(request["network"].toString(), request["network_kind"].toString()));
    line("incident", QString("%1  %2").arg(request["incident"].toString(), request["incident_title"].toString()));
    line("plan", QString("%1  %2 version %3%4, started by %5")
                     .arg(request["plan"].toString(), request["procedure"].toString())
                     .arg(request["procedure_version"].toInt())
                     .arg(request["rehearsal"].toBool() ? QString(", a REHEARSAL") : QString(),
                          request["started_by"].toString()));
    line(askedFor(request["act"]), QString("%1  %2, attempt %3")
                                       .arg(request["step"].toString(), request["step_name"].toString())
                                       .arg(request["attempt"].toInt()));
    line("what", QString("%1: %2").arg(request["action_type"].toString(), request["description"].toString()));
    const auto parameters = request["parameters"].toObject();
    for (auto one = parameters.begin(); one != parameters.end(); ++one) {
        line("  " + one.key(), plainText(one.value()));
    }
    if (request["point_of_no_return"].toBool()) {
        line("", "It is a point of no return.");
    }
    line("plan hash", request["plan_hash"].toString());
    return text;
}

Result<SignedStatement> signApproval(const QJsonObject& request, const KeyPair& key, const OperatorId& approver,
                                     Role role, Timestamp now)
{
    if (const auto sound = checkApprovalRequest(request); !sound) {
        return std::unexpected(sound.error());
    }
    if (!request["roles"].toArray().contains(QString(idOf(role)))) {
        return fail(ErrorCode::PermissionDenied,
                    QString("The request wants a person with the role %1.").arg(plainText(request["roles"])));
    }
    ApprovalStatement statement;
    statement.store = request["store"].toString();
    statement.plan = PlanId(request["plan"].toString());
    statement.planHash = request["plan_hash"].toString();
    statement.step = StepId(request["step"].toString());
    statement.attempt = request["attempt"].toInt();
    statement.act = enumFromJson(request["act"], StepAct::Run);
    statement.parametersHash = parametersHashOf(request["parameters"].toObject());
    statement.rehearsal = request["rehearsal"].toBool();
    statement.approver = approver;
    statement.role = role;
    statement.nonce = QUuid::createUuid().toString(QUuid::Id128);
    statement.issued = now;
    statement.expires = now + ApprovalValidity;
    return makeStatement(key, toJson(statement));
}

QJsonObject approvalFile(const SignedStatement& consent)
{
    QJsonObject file;
    file.insert("format", ApprovalFormat);
    consent.addTo(file);
    return file;
}

Result<SignedStatement> approvalFromFile(const QJsonObject& file)
{
    if (file["format"] != ApprovalFormat) {
        return fail(ErrorCode::InvalidInput,
                    QString("This is no signed approval; expected format '%1'.").arg(ApprovalFormat));
    }
    return SignedStatement::fromBody(file);
}

} // namespace rc
