// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/record.h"
#include "backend/journal/sql.h"

#include <QStringList>

namespace rc {

/// A table, or a few, derived from the journal for queries. Projections change in the transaction that appends, can be
/// dropped and rebuilt from the rows, and decide nothing that verification relies on.
///
/// A projection that is new to a store, has another version than the one stored there, or is behind the journal
/// (a program without it wrote meanwhile) is brought up to date when the store is opened for writing and before each
/// append.
class Projection
{
public:
    Projection() = default;
    Projection(const Projection&) = delete;
    Projection& operator=(const Projection&) = delete;
    virtual ~Projection() = default;

    /// A unique short name, `plans`.
    [[nodiscard]] virtual QString name() const = 0;
    /// Raised whenever tables or meaning change: the tables are then dropped and filled anew.
    [[nodiscard]] virtual int version() const { return 1; }
    /// The tables that are its own; dropped by a rebuild (their indexes go with them).
    [[nodiscard]] virtual QStringList tables() const = 0;
    /// Makes the (empty) tables.
    [[nodiscard]] virtual Status createTables(Sql& sql) = 0;
    /// Takes in one record. Called in sequence order, once each; kinds it does not know are ignored.
    [[nodiscard]] virtual Status apply(Sql& sql, const Record& record) = 0;
};

} // namespace rc
