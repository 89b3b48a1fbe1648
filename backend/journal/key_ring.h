// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/record.h"
#include "backend/journal/sql.h"
#include "model/people/operator.h"

#include <QHash>

namespace rc {

/// Whose keys may write what, as of a row: learnt from the rows before it and from nothing else. The same rules refuse
/// an append and find a bad row in a verification.
class KeyRing
{
public:
    /// Whether the row may stand here: the key is known, belongs to the operator in the row, may say this kind, at this
    /// time; a statement in the body is signed by an operator. The row's own hash and signature are not looked at.
    /// NotSignedIn for an expired session, PermissionDenied or InvalidInput otherwise, WrongState for taking away
    /// the last administrator.
    [[nodiscard]] Status check(const Record& record) const;
    /// Takes in a row that was checked. Rows come in sequence order; only those of the streams store, operators and
    /// sessions matter.
    void apply(const Record& record);

    /// Whether a session with this key has been certified.
    [[nodiscard]] bool knowsSession(const QString& keyId) const { return m_sessions.contains(keyId); }
    [[nodiscard]] QString storeUuid() const { return m_storeUuid; }
    [[nodiscard]] const QHash<OperatorId, Operator>& operators() const { return m_operators; }
    /// Those who are enabled and have the role administrator.
    [[nodiscard]] qsizetype administrators() const;

private:
    struct Certificate
    {
        OperatorId operatorId;
        Timestamp expires;
    };

    [[nodiscard]] Status checkFirst(const Record& record) const;
    [[nodiscard]] Status checkDevice(const Record& record) const;
    [[nodiscard]] Status checkCertificate(const Record& record, const Operator& owner) const;
    [[nodiscard]] Status checkSession(const Record& record, const Certificate& certificate) const;
    [[nodiscard]] Status checkPeople(const Record& record) const;
    [[nodiscard]] Status checkNewOperator(const Record& record) const;
    [[nodiscard]] Status checkStatement(const Record& record) const;
    [[nodiscard]] const Operator* ownerOf(const QString& operatorKey) const;
    [[nodiscard]] bool losesLastAdministrator(const Record& record) const;

    QString m_storeUuid;
    QString m_deviceKey;
    QHash<OperatorId, Operator> m_operators;
    QHash<QString, Certificate> m_sessions;
};

/// The keys as of a row that was verified earlier, from the rows of the streams that matter, which are not checked
/// here.
[[nodiscard]] Result<KeyRing> keysAsOf(Sql& sql, qint64 sequence);

} // namespace rc
