// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/schema.h"

#include "backend/journal/copy.h"
#include "backend/platform/files.h"

#include <QDateTime>
#include <QDir>

namespace rc::schema {

const QList<Migration>& migrations()
{
    static const QList<Migration> steps{
        {1,
         {"CREATE TABLE journal(sequence INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, "
          "time INTEGER NOT NULL, operator TEXT NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL, key_id TEXT NOT "
          "NULL, "
          "previous_hash BLOB NOT NULL, hash BLOB NOT NULL, signature BLOB NOT NULL) STRICT",
          "CREATE UNIQUE INDEX journal_stream ON journal(stream, revision)",
          "CREATE TABLE progress(name TEXT PRIMARY KEY, version INTEGER NOT NULL, sequence INTEGER NOT NULL, "
          "hash BLOB NOT NULL) STRICT, WITHOUT ROWID",
          "INSERT INTO progress VALUES('checkpoint', 1, 0, zeroblob(32))"}},
        {2,
         {"CREATE TABLE clock_mark(id INTEGER PRIMARY KEY CHECK(id = 1), boot TEXT NOT NULL, uptime INTEGER NOT NULL, "
          "time INTEGER NOT NULL) STRICT"}},
    };
    return steps;
}

Result<State> inspect(Sql& sql, const QString& path, int newest)
{
    const auto row = sql.first("SELECT (SELECT application_id FROM pragma_application_id), "
                               "(SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)");
    if (!row) {
        return std::unexpected(row.error());
    }
    const State state{.empty = row->at(2).toInt() == 0, .version = row->at(1).toInt()};
    const auto application = row->at(0).toLongLong();
    if (application != ApplicationId && (!state.empty || application != 0)) {
        return fail(ErrorCode::StoreError, QString("%1 is not a store of this program.").arg(path));
    }
    if (state.version > newest) {
        return fail(ErrorCode::StoreError,
                    QString("The store %1 was written by a newer version of this program (schema %2, this one knows "
                            "up to %3). Install that version; nothing was changed.")
                        .arg(path)
                        .arg(state.version)
                        .arg(newest));
    }
    return state;
}

namespace {

Status backupBefore(Sql& sql, const QString& home, int version)
{
    const auto folder = home + "/backups";
    if (const auto made = ensurePrivateDirectory(folder); !made) {
        return made;
    }
    const auto time = QDateTime::currentDateTimeUtc().toString("yyyyMMddTHHmmsszzz");
    return copyStore(sql, QString("%1/store-schema-%2-%3.db").arg(folder).arg(version).arg(time));
}

Status runSteps(Sql& sql, int from, const QList<Migration>& steps)
{
    for (const auto& step : steps) {
        for (const auto& statement : step.version > from ? step.statements : QStringList()) {
            if (const auto done = sql.run(statement); !done) {
                return done;
            }
        }
    }
    if (const auto done = sql.run(QString("PRAGMA user_version=%1").arg(steps.last().version)); !done) {
        return done;
    }
    return sql.run(QString("PRAGMA application_id=%1").arg(ApplicationId));
}

} // namespace

Status migrate(Sql& sql, const QString& home, const QList<Migration>& steps)
{
    const auto path = home + "/store.db";
    const int newest = steps.last().version;
    const auto before = inspect(sql, path, newest);
    if (!before) {
        return std::unexpected(before.error());
    }
    if (before->version == newest) {
        return {};
    }
    if (!before->empty) {
        if (const auto saved = backupBefore(sql, home, before->version); !saved) {
            return saved;
        }
    }
    auto transaction = WriteTransaction::begin(sql);
    if (!transaction) {
        return std::unexpected(transaction.error());
    }
    const auto now = inspect(sql, path, newest); // another process may have been faster
    if (!now || now->version == newest) {
        return now ? Status() : std::unexpected(now.error());
    }
    if (const auto done = runSteps(sql, now->version, steps); !done) {
        return done;
    }
    return transaction->commit();
}

} // namespace rc::schema
