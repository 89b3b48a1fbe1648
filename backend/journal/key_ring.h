// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/people.h"
#include "backend/journal/record.h"
#include "backend/journal/sql.h"

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
    /// Takes in a row that was checked. Rows come in sequence order; of those on other streams than store, operators
    /// and sessions only the time matters (People).
    void apply(const Record& record);

    /// Whether a session with this key has been certified.
    [[nodiscard]] bool knowsSession(const QString& keyId) const { return m_sessions.contains(keyId); }
    /// Whether it was, and ended because its operator was disabled: it stays ended when they are enabled again.
    [[nodiscard]] bool hasEnded(const QString& keyId) const { return m_sessions.value(keyId).ended; }
    [[nodiscard]] QString storeUuid() const { return m_storeUuid; }
    [[nodiscard]] const QHash<OperatorId, Operator>& operators() const { return m_people.all(); }

private:
    struct Certificate
    {
        OperatorId operatorId;
        Timestamp expires;
        bool ended = false;
    };

    [[nodiscard]] Status checkFirst(const Record& record) const;
    [[nodiscard]] Status checkDevice(const Record& record) const;
    [[nodiscard]] Status checkCertificate(const Record& record, const Operator& owner) const;
    [[nodiscard]] Status checkSession(const Record& record, const Certificate& certificate) const;
    [[nodiscard]] Status checkNewOperator(const Record& record) const;
    [[nodiscard]] Status checkStatement(const Record& record) const;
    void endSessionsOf(const OperatorId& id);
    friend Result<KeyRing> keysAsOf(Sql& sql, qint64 sequence);

    QString m_storeUuid;
    QString m_deviceKey;
    People m_people;
    QHash<QString, Certificate> m_sessions;
};

/// The keys as of a row that was verified earlier, from the rows of the streams that matter, which are not checked
/// here; all others are looked at for whether one has come to the end of a temporary role.
[[nodiscard]] Result<KeyRing> keysAsOf(Sql& sql, qint64 sequence);

} // namespace rc
