// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/signed_statement.h"

namespace rc {

/// What an approval consents to (product rule 3): one exact action, once, for a while. The person signs its JSON.
struct ApprovalStatement
{
    QString store;
    PlanId plan;
    QString planHash;
    StepId step;
    int attempt = 1;
    /// Whether the step may be run, undone, or done without.
    StepAct act = StepAct::Run;
    /// SHA-256 of the parameters as they will be used; of a step to do without, as the procedure has them.
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

/// SHA-256 of resolved parameters, as approvals bind it.
[[nodiscard]] QString parametersHashOf(const QJsonObject& resolved);
[[nodiscard]] QJsonObject toJson(const ApprovalStatement& statement);
[[nodiscard]] ApprovalStatement approvalStatementFromJson(const QJsonObject& object);

} // namespace rc
