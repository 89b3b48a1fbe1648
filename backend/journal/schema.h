// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/sql.h"

#include <QStringList>

/// The tables that every store has, and how older stores become like new ones.
namespace rc::schema {

/// "PzRC", in the header of every store file.
inline constexpr qint64 ApplicationId = 0x507A5243;

/// The statements that make a store of the version before into one of `version`. Version 0 is an empty file.
struct Migration
{
    int version = 0;
    QStringList statements;
};
[[nodiscard]] const QList<Migration>& migrations();

/// What a file is.
struct State
{
    bool empty = true;
    int version = 0;
};
/// StoreError if the file belongs to another program, or to a newer version of this one than `newest`.
[[nodiscard]] Result<State> inspect(Sql& sql, const QString& path, int newest);

/// Brings the tables to the newest version in one transaction. A store that is not empty is copied first, to
/// HOME/backups/store-schema-N-TIME.db.
[[nodiscard]] Status migrate(Sql& sql, const QString& home, const QList<Migration>& steps);

} // namespace rc::schema
