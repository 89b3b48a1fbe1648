// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/base/signed_statement.h"

namespace rc {

void SignedStatement::addTo(QJsonObject& body) const
{
    body["statement"] = QString::fromUtf8(statement);
    body["statement_signature"] = QString::fromLatin1(signature.toHex());
    body["statement_key"] = keyId;
}

Result<SignedStatement> SignedStatement::fromBody(const QJsonObject& body)
{
    SignedStatement found{
        .statement = body["statement"].toString().toUtf8(),
        .signature = QByteArray::fromHex(body["statement_signature"].toString().toLatin1()),
        .keyId = body["statement_key"].toString(),
    };
    if (found.statement.isEmpty() || found.signature.size() != 64 || found.keyId.size() != 64) {
        return fail(ErrorCode::InvalidInput, "It carries no statement signed by a person.");
    }
    return found;
}

} // namespace rc
