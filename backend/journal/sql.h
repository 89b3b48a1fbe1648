// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/error.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariantList>

#include <functional>
#include <memory>
#include <unordered_map>

namespace rc {

/// One SQLite connection with its prepared statements. A statement is run to its end and finished inside each call, so
/// that no read stays open between events (an open read would hold the write-ahead log).
/// Errors are StoreError with a sentence (full disk, read-only, damaged file), or Busy when another process held the
/// write lock for longer than the busy timeout (5 s).
class Sql
{
public:
    explicit Sql(QSqlDatabase database);

    /// Runs a statement that gives no rows.
    [[nodiscard]] Status run(const QString& sql, const QVariantList& values = {});
    /// Calls `row` for every row; stops at its first failure. `row` may use this connection too.
    [[nodiscard]] Status each(const QString& sql, const QVariantList& values,
                              const std::function<Status(const QSqlQuery&)>& row);
    /// The first row, or an empty list if there is none.
    [[nodiscard]] Result<QVariantList> first(const QString& sql, const QVariantList& values = {});

    /// Drops all prepared statements; needed before closing.
    void clear();

private:
    using Statement = std::unique_ptr<QSqlQuery>;
    [[nodiscard]] Result<Statement> take(const QString& sql);
    void giveBack(const QString& sql, Statement statement);

    QSqlDatabase m_database;
    std::unordered_map<QString, Statement> m_statements;
};

/// A write transaction: `BEGIN IMMEDIATE`, so that the write lock is held before anything is read. Rolls back in the
/// destructor unless committed.
class WriteTransaction
{
public:
    [[nodiscard]] static Result<WriteTransaction> begin(Sql& sql);
    WriteTransaction(WriteTransaction&& other) noexcept;
    WriteTransaction& operator=(WriteTransaction&&) = delete;
    ~WriteTransaction();

    [[nodiscard]] Status commit();

private:
    explicit WriteTransaction(Sql& sql)
        : m_sql(&sql)
    {
    }
    Sql* m_sql;
};

} // namespace rc
