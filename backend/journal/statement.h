// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/key_pair.h"
#include "model/base/json.h"

namespace rc {

/// A person's own signature over one exact statement, made apart from the row that carries it (an approval, a
/// declaration, a trust mark). The signature covers "rc-statement-v1", then the statement's bytes.
struct SignedStatement
{
    QByteArray statement; ///< canonical JSON with at least kind, operator and store; the bytes that were signed
    QByteArray signature;
    QString keyId; ///< the operator's key, not a session's

    [[nodiscard]] static SignedStatement make(const KeyPair& key, const QJsonObject& statement);
    [[nodiscard]] bool isSound() const;

    /// Sets the fields `statement` (the bytes as a string), `statement_signature` (hex) and `statement_key`.
    void addTo(QJsonObject& body) const;
    /// InvalidInput if the fields are missing or malformed.
    [[nodiscard]] static Result<SignedStatement> fromBody(const QJsonObject& body);
};

} // namespace rc
