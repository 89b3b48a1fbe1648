// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/sqlite.h"

#include <QFileInfo>

#include <sqlite3.h>

namespace rc::prozchain::sqlite {

namespace {

Error failure(sqlite3* handle)
{
    return {ErrorCode::StoreError,
            QString("The chain store %1 answers: %2.")
                .arg(QString::fromUtf8(sqlite3_db_filename(handle, "main")), QString::fromUtf8(sqlite3_errmsg(handle))),
            {{"sqlite", sqlite3_extended_errcode(handle)}}};
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

Result<Statement> Statement::prepare(Database& database, const char* sql)
{
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v3(database.handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr) != SQLITE_OK) {
        return std::unexpected(failure(database.handle()));
    }
    Statement statement;
    statement.m_statement.reset(raw);
    return statement;
}

void Statement::restart()
{
    sqlite3_reset(m_statement.get());
    sqlite3_clear_bindings(m_statement.get());
}

void Statement::bind(int index, qint64 value)
{
    sqlite3_bind_int64(m_statement.get(), index, value);
}

void Statement::bind(int index, QByteArrayView value)
{
    // An empty view may have no data; a null pointer would bind NULL.
    const char* data = value.isEmpty() ? "" : value.data();
    sqlite3_bind_blob64(m_statement.get(), index, data, static_cast<sqlite3_uint64>(value.size()), SQLITE_TRANSIENT);
}

Result<bool> Statement::step()
{
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW || code == SQLITE_DONE) {
        return code == SQLITE_ROW;
    }
    return std::unexpected(failure(sqlite3_db_handle(m_statement.get())));
}

Status Statement::run()
{
    const auto done = step();
    restart();
    return toStatus(done);
}

qint64 Statement::number(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

QByteArrayView Statement::bytes(int column) const
{
    const auto* data = static_cast<const char*>(sqlite3_column_blob(m_statement.get(), column));
    return {data, sqlite3_column_bytes(m_statement.get(), column)};
}

void Database::Close::operator()(sqlite3* handle) const
{
    sqlite3_close_v2(handle);
}

Result<Database> Database::open(const QString& path, Mode mode)
{
    if (mode == Mode::Existing && !QFileInfo::exists(path)) {
        return fail(ErrorCode::NotFound, QString("There is no chain store at %1.").arg(path));
    }
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (mode == Mode::Create ? SQLITE_OPEN_CREATE : 0);
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(path.toUtf8().constData(), &raw, flags, nullptr);
    Database database;
    database.m_handle.reset(raw);
    if (code != SQLITE_OK) {
        return fail(ErrorCode::StoreError,
                    QString("%1 cannot be opened: %2.").arg(path, QString::fromUtf8(sqlite3_errstr(code))));
    }
    sqlite3_busy_timeout(raw, 5000);
    const auto ready = database.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA trusted_schema=0");
    if (!ready) {
        return std::unexpected(ready.error());
    }
    return database;
}

Status Database::run(const char* sql)
{
    if (sqlite3_exec(m_handle.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
        return std::unexpected(failure(m_handle.get()));
    }
    return {};
}

void Database::undo()
{
    sqlite3_exec(m_handle.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

qint64 Database::changes() const
{
    return sqlite3_changes64(m_handle.get());
}

} // namespace rc::prozchain::sqlite
