// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/record.h"
#include "model/base/signed_statement.h"
#include "model/people/operator.h"

namespace rc {

/// Whether a row may carry this statement, signed by the key of `signer` as they are at that row: the signature is
/// good, it was made for this kind of row, this store and by them, the body says nothing else than what was signed, and
/// the signer has the role that it takes, at the time of the row. PermissionDenied otherwise. Who may declare the end
/// of a plan stands in the plan's procedure and is for the plan to judge.
[[nodiscard]] Status checkStated(const Record& record, const SignedStatement& stated, const Operator& signer,
                                 const QString& storeUuid);

/// Who may say that a procedure was read and may run.
[[nodiscard]] QList<Role> reviewingRoles();

} // namespace rc
