// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/approval.h"

namespace rc {

QString parametersHashOf(const QJsonObject& resolved)
{
    return sha256Hex("rc-parameters-v1" + canonicalJson(resolved));
}

QJsonObject toJson(const ApprovalStatement& statement)
{
    QJsonObject object{
        {"kind", "step_approved"},
        {"store", statement.store},
        {"plan", statement.plan.text()},
        {"plan_hash", statement.planHash},
        {"step", statement.step.text()},
        {"attempt", statement.attempt},
        {"parameters_hash", statement.parametersHash},
        {"rehearsal", statement.rehearsal},
        {"operator", statement.approver.text()},
        {"role", QString(idOf(statement.role))},
        {"nonce", statement.nonce},
        {"issued", toRfc3339(statement.issued)},
        {"expires", toRfc3339(statement.expires)},
    };
    if (statement.act != StepAct::Run) {
        object.insert("act", QString(idOf(statement.act)));
    }
    return object;
}

ApprovalStatement approvalStatementFromJson(const QJsonObject& object)
{
    ApprovalStatement statement;
    statement.store = object["store"].toString();
    statement.plan = PlanId(object["plan"].toString());
    statement.planHash = object["plan_hash"].toString();
    statement.step = StepId(object["step"].toString());
    statement.attempt = object["attempt"].toInt();
    statement.act = enumFromJson(object["act"], StepAct::Run);
    statement.parametersHash = object["parameters_hash"].toString();
    statement.rehearsal = object["rehearsal"].toBool();
    statement.approver = OperatorId(object["operator"].toString());
    statement.role = enumFromJson(object["role"], Role::Observer);
    statement.nonce = object["nonce"].toString();
    statement.issued = timeFromJson(object["issued"]).value_or(Timestamp());
    statement.expires = timeFromJson(object["expires"]).value_or(Timestamp());
    return statement;
}

} // namespace rc
