// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/statement.h"

namespace rc {

namespace {

QByteArray coveredBytes(const QByteArray& statement)
{
    return "rc-statement-v1" + statement;
}

} // namespace

SignedStatement makeStatement(const KeyPair& key, const QJsonObject& statement)
{
    const auto bytes = canonicalJson(statement);
    return {.statement = bytes, .signature = key.sign(coveredBytes(bytes)), .keyId = key.id()};
}

bool isSound(const SignedStatement& statement)
{
    return isSignedBy(statement.keyId, coveredBytes(statement.statement), statement.signature);
}

} // namespace rc
