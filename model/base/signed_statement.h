// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/json.h"

namespace rc {

/// A person's own signature over one exact statement, made with the operator's key and not a session's, apart from the
/// row that carries it (an approval, a declaration, a trust mark), so that it can be made elsewhere and imported. How
/// it is made and checked: backend/journal/statement.h.
struct SignedStatement
{
    /// Canonical JSON with at least kind, operator and store: the bytes that were signed.
    QByteArray statement;
    QByteArray signature;
    /// The operator's public key, lower-case hex.
    QString keyId;

    [[nodiscard]] QJsonObject content() const { return QJsonDocument::fromJson(statement).object(); }
    /// Sets the fields `statement` (the bytes as a string), `statement_signature` (hex) and `statement_key`.
    void addTo(QJsonObject& body) const;
    /// InvalidInput if a field is missing or malformed.
    [[nodiscard]] static Result<SignedStatement> fromBody(const QJsonObject& body);

    friend bool operator==(const SignedStatement&, const SignedStatement&) = default;
};

} // namespace rc
