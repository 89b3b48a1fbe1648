// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/key_pair.h"
#include "model/plan/plan_decisions.h"

namespace rc {

/// Consent from somewhere else (product rule 3): a request is carried to a person who has their key and nothing else of
/// this store, is read and signed there, and comes back as a file.

/// What a person elsewhere has to know to consent: the exact action, in words and as its hash will be made. WrongState
/// if nothing waits for consent there.
[[nodiscard]] Result<QJsonObject> approvalRequest(const Plan& plan, const StepId& step, StepAct act, Timestamp now);

/// InvalidInput with what is wrong with a request; its parameters are hashed anew, the hash in it is not believed.
[[nodiscard]] Status checkApprovalRequest(const QJsonObject& request);
/// The request as people read it, line by line.
[[nodiscard]] QString approvalRequestText(const QJsonObject& request);

/// Signs a request with the person's own key. PermissionDenied if the request wants another role.
[[nodiscard]] Result<SignedStatement> signApproval(const QJsonObject& request, const KeyPair& key,
                                                   const OperatorId& approver, Role role, Timestamp now);

/// The file that comes back.
[[nodiscard]] QJsonObject approvalFile(const SignedStatement& consent);
/// InvalidInput if it is none.
[[nodiscard]] Result<SignedStatement> approvalFromFile(const QJsonObject& file);

} // namespace rc
