// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/copy.h"

#include "backend/journal/verifier.h"

#include <QFile>

namespace rc {

namespace {

/// Opens the copy and makes SQLite sync it: VACUUM INTO leaves that to the operating system.
Status syncCopy(const QString& path)
{
    const auto copy = Sql::open(path, SqlMode::ReadWrite);
    if (!copy) {
        return std::unexpected(copy.error());
    }
    for (const auto* statement : {"PRAGMA journal_mode=DELETE", "BEGIN IMMEDIATE",
                                  "UPDATE progress SET version = version WHERE name = 'checkpoint'", "COMMIT"}) {
        if (const auto done = (*copy)->run(QString::fromLatin1(statement)); !done) {
            return done;
        }
    }
    return {};
}

} // namespace

Status copyStore(Sql& sql, const QString& path)
{
    QFile file(path);
    if (file.exists()) {
        return fail(ErrorCode::InvalidInput, QString("%1 exists already; it is not overwritten.").arg(path));
    }
    // VACUUM INTO accepts an empty file, so that the copy never has wider rights than the store.
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner)) {
        return fail(ErrorCode::StoreError, QString("Cannot write %1: %2.").arg(path, file.errorString()));
    }
    file.close();
    auto copied = sql.run("VACUUM INTO ?", {path});
    if (copied) {
        copied = syncCopy(path);
    }
    if (!copied) {
        QFile::remove(path);
        QFile::remove(path + "-journal");
    }
    return copied;
}

Result<Verification> verifyStoreFile(const QString& path)
{
    const auto copy = Sql::open(path, SqlMode::ReadOnly);
    if (!copy) {
        return std::unexpected(copy.error());
    }
    return Verifier(**copy, KeyRing(), Head()).run();
}

} // namespace rc
