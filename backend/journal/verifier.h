// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/key_ring.h"
#include "backend/journal/verification.h"

namespace rc {

/// Walks the rows after a head that is trusted and checks each: sequence, previous hash, hash, revision, rights,
/// signature; and that no row stands below 1. A walk from the start also has SQLite check the index through which
/// streams are read. It reads the table `journal` alone.
class Verifier
{
public:
    /// `ring` knows the keys as of `after`.
    Verifier(Sql& sql, KeyRing ring, const Head& after);

    /// Goes to the end of the journal or to the first bad row. StoreError when rows cannot be read.
    [[nodiscard]] Result<Verification> run();
    /// The keys as of the last good row.
    [[nodiscard]] const KeyRing& ring() const { return m_ring; }

private:
    [[nodiscard]] Status lookBeforeTheFirst();
    [[nodiscard]] Status checkIndex();
    [[nodiscard]] Result<qint64> readSome();
    [[nodiscard]] Status take(Record&& record);
    [[nodiscard]] QString fault(const Record& record, qint64 revision, bool hasBody) const;
    [[nodiscard]] Result<qint64> nextRevision(const QString& stream);

    Sql& m_sql;
    KeyRing m_ring;
    qint64 m_start;
    QHash<QString, qint64> m_revisions;
    Verification m_found;
};

} // namespace rc
