// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/statement.h"

namespace rc {

namespace {

QByteArray coveredBytes(const QByteArray& statement)
{
    return "rc-statement-v1" + statement;
}

} // namespace

SignedStatement SignedStatement::make(const KeyPair& key, const QJsonObject& statement)
{
    const auto bytes = canonicalJson(statement);
    return {.statement = bytes, .signature = key.sign(coveredBytes(bytes)), .keyId = key.id()};
}

bool SignedStatement::isSound() const
{
    return isSignedBy(keyId, coveredBytes(statement), signature);
}

void SignedStatement::addTo(QJsonObject& body) const
{
    body["statement"] = QString::fromUtf8(statement);
    body["statement_signature"] = QString::fromLatin1(signature.toHex());
    body["statement_key"] = keyId;
}

Result<SignedStatement> SignedStatement::fromBody(const QJsonObject& body)
{
    const SignedStatement found{
        .statement = body["statement"].toString().toUtf8(),
        .signature = QByteArray::fromHex(body["statement_signature"].toString().toLatin1()),
        .keyId = body["statement_key"].toString(),
    };
    if (found.statement.isEmpty() || found.signature.size() != 64 || !isKeyId(found.keyId)) {
        return fail(ErrorCode::InvalidInput, "It carries no statement signed by a person.");
    }
    return found;
}

} // namespace rc
