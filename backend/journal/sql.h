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

enum class SqlMode {
    ReadOnly,
    ReadWrite,
};

/// One SQLite connection with its prepared statements. A statement is run to its end and finished inside each call, so
/// that no read stays open between events (an open read would hold the write-ahead log).
/// Errors are StoreError with a sentence (full disk, read-only, damaged file), or Busy when another process held the
/// write lock for longer than the busy timeout (5 s). For the thread that opened it.
class Sql
{
public:
    /// Opens a file and sets what holds for every connection: synchronous=FULL, fullfsync, checkpoint_fullfsync,
    /// trusted_schema=0. ReadWrite makes the file if it is missing. ReadOnly also opens what lies on a medium that
    /// takes no writes, where SQLite could not put the files it reads beside; it is taken as it lies there then.
    [[nodiscard]] static Result<std::unique_ptr<Sql>> open(const QString& path, SqlMode mode);
    ~Sql();
    Sql(const Sql&) = delete;
    Sql& operator=(const Sql&) = delete;

    /// It lay on a medium that takes no writes, and does not any more: others may write it now, unseen through this
    /// connection. Open it anew.
    [[nodiscard]] bool isOutdated() const;

    /// Runs a statement that gives no rows. A null QString or QByteArray is bound as empty, QVariant() as NULL.
    [[nodiscard]] Status run(const QString& sql, const QVariantList& values = {});
    /// Calls `row` for every row; stops at its first failure. `row` may use this connection too.
    [[nodiscard]] Status each(const QString& sql, const QVariantList& values,
                              const std::function<Status(const QSqlQuery&)>& row);
    /// The first row, or an empty list if there is none.
    [[nodiscard]] Result<QVariantList> first(const QString& sql, const QVariantList& values = {});

private:
    using Statement = std::unique_ptr<QSqlQuery>;

    Sql(QString connection, const QSqlDatabase& database)
        : m_connection(std::move(connection))
        , m_database(database)
    {
    }
    [[nodiscard]] Result<Statement> start(const QString& sql, const QVariantList& values);
    void finish(const QString& sql, Statement statement);

    QString m_connection;
    QSqlDatabase m_database;
    /// Of the file, if it was opened as one that nobody writes.
    QString m_frozen;
    std::unordered_map<QString, Statement> m_idle;
};

/// A write transaction: `BEGIN IMMEDIATE`, so that the write lock is held before anything is read. Rolls back in the
/// destructor unless committed.
class WriteTransaction
{
public:
    [[nodiscard]] static Result<WriteTransaction> begin(Sql& sql);
    WriteTransaction(WriteTransaction&& other) noexcept
        : m_sql(std::exchange(other.m_sql, nullptr))
    {
    }
    WriteTransaction& operator=(WriteTransaction&&) = delete;
    WriteTransaction(const WriteTransaction&) = delete;
    WriteTransaction& operator=(const WriteTransaction&) = delete;
    ~WriteTransaction();

    [[nodiscard]] Status commit();

private:
    explicit WriteTransaction(Sql& sql)
        : m_sql(&sql)
    {
    }
    Sql* m_sql; ///< none once committed or moved from
};

} // namespace rc
