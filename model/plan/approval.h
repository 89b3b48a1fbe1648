// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/json.h"

namespace rc {

/// What an approval consents to (product rule 3): one exact action, once, for a while. The person signs its JSON.
struct ApprovalStatement
{
    QString store;
    PlanId plan;
    QString planHash;
    StepId step;
    int attempt = 1;
    /// SHA-256 of the parameters as they will be used.
    QString parametersHash;
    bool rehearsal = false;
    OperatorId approver;
    Role role = Role::IncidentCommander;
    /// Random; an approval is used once.
    QString nonce;
    Timestamp issued;
    Timestamp expires;

    friend bool operator==(const ApprovalStatement&, const ApprovalStatement&) = default;
};

[[nodiscard]] QJsonObject toJson(const ApprovalStatement& statement);
[[nodiscard]] ApprovalStatement approvalStatementFromJson(const QJsonObject& object);

/// A person's own signature over a statement, made with the operator's key and not a session's, so that it can be made
/// elsewhere and imported. `statement` holds the exact bytes that were signed.
struct SignedStatement
{
    QByteArray statement;
    QByteArray signature;
    QString keyId;

    [[nodiscard]] QJsonObject content() const { return QJsonDocument::fromJson(statement).object(); }
    friend bool operator==(const SignedStatement&, const SignedStatement&) = default;
};

/// The three fields `statement`, `statement_signature` (hex) and `statement_key` of an event body.
void insertInto(QJsonObject& body, const SignedStatement& statement);
[[nodiscard]] SignedStatement signedStatementFrom(const QJsonObject& body);

} // namespace rc
