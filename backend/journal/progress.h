// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/projection.h"

#include <memory>

/// How far things derived from the journal have come: the table `progress`.
namespace rc {

/// The row up to which everything has been verified.
[[nodiscard]] Result<Head> readCheckpoint(Sql& sql);
/// Moves the checkpoint from a row to a later one; leaves it alone if it is not at `from`.
[[nodiscard]] Status advanceCheckpoint(Sql& sql, const Head& from, const Head& to);
/// Sets the checkpoint unless it is further already.
[[nodiscard]] Status raiseCheckpoint(Sql& sql, const Head& to);

/// The registered projections, kept in step with the journal. All but isCurrent() is for inside a write transaction.
class Projections
{
public:
    explicit Projections(QList<std::shared_ptr<Projection>> projections);

    /// Whether all have taken in every row up to `sequence`, with the tables of their version.
    [[nodiscard]] Result<bool> isCurrent(Sql& sql, qint64 sequence);
    /// Makes it so: replays what is missing, or everything for those that are new or changed.
    [[nodiscard]] Status bringUpToDate(Sql& sql, qint64 sequence);
    [[nodiscard]] Status apply(Sql& sql, const Record& record);
    /// Notes that all have taken in the rows up to `sequence`.
    [[nodiscard]] Status advance(Sql& sql, qint64 sequence);
    /// Drops all tables and fills them again.
    [[nodiscard]] Status rebuild(Sql& sql, qint64 sequence);

private:
    struct Stored
    {
        int version = 0;
        qint64 sequence = 0;
    };
    [[nodiscard]] Result<QHash<QString, Stored>> stored(Sql& sql);
    [[nodiscard]] Status refill(Sql& sql, Projection& projection, qint64 sequence);
    [[nodiscard]] Status replay(Sql& sql, Projection& projection, qint64 after, qint64 sequence);

    QList<std::shared_ptr<Projection>> m_projections;
};

} // namespace rc
