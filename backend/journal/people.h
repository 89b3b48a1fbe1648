// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/record.h"
#include "model/people/operator.h"

namespace rc {

/// Whom a row on the stream `operators` is about.
[[nodiscard]] OperatorId subjectOf(const Record& record);
/// Whose roles a deputy gets or loses by it; empty in all other rows.
[[nodiscard]] OperatorId lenderOf(const Record& record);

/// The operators as of a row, and who may change what about whom (docs/journal-format.md, "People"). The rows before
/// decide, and the time of the row: a temporary role counts from its own row's time until its end, and is over for good
/// once any row has come to that end. So a clock that is set back neither prolongs nor revives one.
class People
{
public:
    /// Whether a row about people, written by a session of an enabled operator, may stand here. PermissionDenied,
    /// NotFound, InvalidInput; WrongState for the last administrator, and where there is nothing to end.
    [[nodiscard]] Status check(const Record& record) const;
    /// Takes in a row that was checked. Every row counts, for its time.
    void apply(const Record& record);

    [[nodiscard]] const QHash<OperatorId, Operator>& all() const { return m_people; }
    /// Null if no operator has this key.
    [[nodiscard]] const Operator* ownerOf(const QString& key) const;

    /// A temporary role that no row has ended: the row that gave it, and when it ends.
    struct Pending
    {
        qint64 record;
        Timestamp until;
    };
    [[nodiscard]] QList<Pending> pending() const;
    /// What that row gave is over, as some row has come to its end.
    void end(qint64 record);

private:
    [[nodiscard]] Status checkAdministration(const Record& record) const;
    [[nodiscard]] Status checkDeputy(const Record& record) const;
    [[nodiscard]] Status checkDeputyEnd(const Record& record) const;
    [[nodiscard]] Status checkBreakGlass(const Record& record) const;
    [[nodiscard]] Status checkBreakGlassEnd(const Record& record) const;
    [[nodiscard]] bool isAdministrator(const OperatorId& id) const;
    [[nodiscard]] bool losesLastAdministrator(const Record& record) const;
    void passTime(Timestamp time);
    void setRoles(const Record& record);
    void lend(const Record& record, TemporaryKind kind);
    void dropWhere(const std::function<bool(const Operator&, const TemporaryRole&)>& over);

    QHash<OperatorId, Operator> m_people;
    Timestamp m_nextEnd = Timestamp::max();
};

} // namespace rc
