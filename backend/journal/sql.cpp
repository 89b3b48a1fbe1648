// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/sql.h"

#include "backend/platform/files.h"

#include <QFileInfo>
#include <QSqlError>
#include <QSqlRecord>
#include <QUrl>
#include <QUuid>

namespace rc {

namespace {

/// SQLite's primary result codes that have a sentence of their own (https://www.sqlite.org/rescode.html).
enum SqliteCode {
    SqliteBusy = 5,
    SqliteLocked = 6,
    SqliteReadOnly = 8,
    SqliteIoError = 10,
    SqliteCorrupt = 11,
    SqliteFull = 13,
    SqliteCannotOpen = 14,
    SqliteNotADatabase = 26,
};

QString sentence(int code, const QString& path)
{
    switch (code) {
    case SqliteReadOnly:
        return QString("The store %1 cannot be written: the file or its directory is read-only for you.").arg(path);
    case SqliteIoError:
        return QString("The disk that holds the store %1 reported an error; nothing was written.").arg(path);
    case SqliteCorrupt:
    case SqliteNotADatabase:
        return QString("The store %1 is damaged and cannot be read. Restore a backup of it.").arg(path);
    case SqliteFull:
        return QString("The disk that holds the store %1 is full; nothing was written. Free some space and try again.")
            .arg(path);
    case SqliteCannotOpen:
        return QString("The store %1 cannot be opened: it is missing, or you may not read it, or write beside it.")
            .arg(path);
    default:
        return QString("The store %1 cannot be used.").arg(path);
    }
}

std::unexpected<Error> failure(const QSqlError& error, const QString& path)
{
    const int extended = error.nativeErrorCode().toInt();
    const int code = extended & 0xff;
    const QJsonObject details{{"path", path}, {"sqlite_code", extended}, {"sqlite_message", error.databaseText()}};
    if (code == SqliteBusy || code == SqliteLocked) {
        return fail(ErrorCode::Busy,
                    QString("Another program has been writing to the store %1 for too long. Try again.").arg(path),
                    details);
    }
    return fail(ErrorCode::StoreError, sentence(code, path), details);
}

/// QtSql stores a null QString or QByteArray as NULL; here they are empty.
QVariant bindable(const QVariant& value)
{
    if (value.typeId() == QMetaType::QString && value.toString().isNull()) {
        return QString("");
    }
    if (value.typeId() == QMetaType::QByteArray && value.toByteArray().isNull()) {
        return QByteArray("");
    }
    return value;
}

/// Nobody can write it, and nothing that was written waits in a log beside it.
bool isFrozen(const QString& path)
{
    return isOnReadOnlyFileSystem(path) && QFileInfo(path + "-wal").size() == 0;
}

} // namespace

Result<std::unique_ptr<Sql>> Sql::open(const QString& path, SqlMode mode)
{
    const auto connection = QUuid::createUuid().toString(QUuid::WithoutBraces);
    auto sql = std::unique_ptr<Sql>(new Sql(connection, QSqlDatabase::addDatabase("QSQLITE", connection)));
    auto& database = sql->m_database;
    database.setDatabaseName(path);
    QString options = "QSQLITE_BUSY_TIMEOUT=5000";
    if (mode == SqlMode::ReadOnly) {
        options += ";QSQLITE_OPEN_READONLY";
    }
    if (mode == SqlMode::ReadOnly && isFrozen(path)) {
        // https://www.sqlite.org/wal.html#readonly: without its shared memory a file in WAL mode opens only as one that
        // cannot change.
        sql->m_frozen = path;
        options += ";QSQLITE_OPEN_URI";
        database.setDatabaseName("file:" + QString::fromLatin1(QUrl::toPercentEncoding(path, "/")) + "?immutable=1");
    }
    database.setConnectOptions(options);
    if (!database.open()) {
        return failure(database.lastError(), path);
    }
    for (const auto* pragma : {"synchronous=FULL", "fullfsync=1", "checkpoint_fullfsync=1", "trusted_schema=0"}) {
        if (const auto set = sql->run(QString("PRAGMA %1").arg(QLatin1StringView(pragma))); !set) {
            return std::unexpected(set.error());
        }
    }
    return sql;
}

bool Sql::isOutdated() const
{
    return !m_frozen.isEmpty() && !isFrozen(m_frozen);
}

Sql::~Sql()
{
    m_idle.clear();
    m_database = {};
    QSqlDatabase::removeDatabase(m_connection);
}

Result<Sql::Statement> Sql::start(const QString& sql, const QVariantList& values)
{
    Statement statement;
    if (const auto idle = m_idle.find(sql); idle != m_idle.end()) {
        statement = std::move(idle->second);
        m_idle.erase(idle);
    } else {
        statement = std::make_unique<QSqlQuery>(m_database);
        statement->setForwardOnly(true);
        if (!statement->prepare(sql)) {
            return failure(statement->lastError(), m_database.databaseName());
        }
    }
    for (qsizetype i = 0; i < values.size(); ++i) {
        statement->bindValue(int(i), bindable(values.at(i)));
    }
    if (!statement->exec()) {
        return failure(statement->lastError(), m_database.databaseName());
    }
    return statement;
}

void Sql::finish(const QString& sql, Statement statement)
{
    statement->finish();
    m_idle.insert_or_assign(sql, std::move(statement));
}

Status Sql::run(const QString& sql, const QVariantList& values)
{
    return each(sql, values, [](const QSqlQuery&) { return Status(); });
}

Status Sql::each(const QString& sql, const QVariantList& values, const std::function<Status(const QSqlQuery&)>& row)
{
    auto statement = start(sql, values);
    if (!statement) {
        return std::unexpected(statement.error());
    }
    auto& query = **statement;
    Status status;
    while (status && query.next()) {
        status = row(query);
    }
    if (status && query.lastError().isValid()) {
        status = failure(query.lastError(), m_database.databaseName());
    }
    finish(sql, std::move(*statement));
    return status;
}

Result<QVariantList> Sql::first(const QString& sql, const QVariantList& values)
{
    auto statement = start(sql, values);
    if (!statement) {
        return std::unexpected(statement.error());
    }
    auto& query = **statement;
    QVariantList columns;
    if (query.next()) {
        const int count = query.record().count();
        for (int i = 0; i < count; ++i) {
            columns.append(query.value(i));
        }
    }
    const auto error = query.lastError();
    finish(sql, std::move(*statement));
    if (error.isValid()) {
        return failure(error, m_database.databaseName());
    }
    return columns;
}

Result<WriteTransaction> WriteTransaction::begin(Sql& sql)
{
    if (const auto begun = sql.run("BEGIN IMMEDIATE"); !begun) {
        return std::unexpected(begun.error());
    }
    return WriteTransaction(sql);
}

WriteTransaction::~WriteTransaction()
{
    if (m_sql != nullptr) {
        // SQLite may have rolled back already (full disk): then this says so, and there is nothing left to do.
        [[maybe_unused]] const auto rolledBack = m_sql->run("ROLLBACK");
    }
}

Status WriteTransaction::commit()
{
    const auto committed = m_sql->run("COMMIT");
    if (committed) {
        m_sql = nullptr;
    }
    return committed;
}

} // namespace rc
