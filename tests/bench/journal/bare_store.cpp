// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/journal/bare_store.h"

namespace rc::bench {

namespace {

void bind(sqlite3_stmt* statement, int index, const QString& text)
{
    const auto utf8 = text.toUtf8();
    sqlite3_bind_text(statement, index, utf8.constData(), int(utf8.size()), SQLITE_TRANSIENT);
}

void bind(sqlite3_stmt* statement, int index, const QByteArray& bytes)
{
    sqlite3_bind_blob(statement, index, bytes.constData(), int(bytes.size()), SQLITE_TRANSIENT);
}

} // namespace

BareStore::BareStore(const QString& path)
{
    if (sqlite3_open(path.toUtf8().constData(), &m_database) != SQLITE_OK) {
        qFatal("cannot open %s", qPrintable(path));
    }
    run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA fullfsync=1; PRAGMA checkpoint_fullfsync=1; "
        "PRAGMA trusted_schema=0; "
        "CREATE TABLE journal(sequence INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, "
        "time INTEGER NOT NULL, operator TEXT NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL, key_id TEXT NOT NULL, "
        "previous_hash BLOB NOT NULL, hash BLOB NOT NULL, signature BLOB NOT NULL) STRICT; "
        "CREATE UNIQUE INDEX journal_stream ON journal(stream, revision)");
    sqlite3_prepare_v2(m_database, "BEGIN IMMEDIATE", -1, &m_begin, nullptr);
    sqlite3_prepare_v2(m_database, "INSERT INTO journal VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", -1, &m_insert,
                       nullptr);
    sqlite3_prepare_v2(m_database, "COMMIT", -1, &m_commit, nullptr);
}

BareStore::~BareStore()
{
    for (auto* statement : {m_begin, m_insert, m_commit}) {
        sqlite3_finalize(statement);
    }
    sqlite3_close(m_database);
}

void BareStore::commit(const Record& record)
{
    step(m_begin);
    sqlite3_bind_int64(m_insert, 1, record.sequence);
    bind(m_insert, 2, record.stream);
    sqlite3_bind_int64(m_insert, 3, record.revision);
    sqlite3_bind_int64(m_insert, 4, record.time.time_since_epoch().count());
    bind(m_insert, 5, record.operatorId.text());
    bind(m_insert, 6, record.kind);
    bind(m_insert, 7, record.bodyBytes);
    bind(m_insert, 8, record.keyId);
    bind(m_insert, 9, record.previousHash);
    bind(m_insert, 10, record.hash);
    bind(m_insert, 11, record.signature);
    step(m_insert);
    step(m_commit);
}

void BareStore::run(const char* sql)
{
    if (sqlite3_exec(m_database, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
        qFatal("%s", sqlite3_errmsg(m_database));
    }
}

void BareStore::step(sqlite3_stmt* statement)
{
    if (sqlite3_step(statement) != SQLITE_DONE) {
        qFatal("%s", sqlite3_errmsg(m_database));
    }
    sqlite3_reset(statement);
}

} // namespace rc::bench
