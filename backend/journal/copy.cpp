// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/copy.h"

#include "backend/journal/verifier.h"
#include "backend/platform/failpoint.h"
#include "backend/platform/files.h"

#include <QFile>
#include <QScopeGuard>
#include <QUuid>

namespace rc {

namespace {

std::unexpected<Error> existsAlready(const QString& path)
{
    return fail(ErrorCode::InvalidInput, QString("%1 exists already; it is not overwritten.").arg(path));
}

/// VACUUM INTO accepts an empty file, so that the copy never has wider rights than the store.
Status copyInto(Sql& sql, const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner)) {
        return fail(ErrorCode::StoreError, QString("Cannot write %1: %2.").arg(path, file.errorString()));
    }
    file.close();
    return sql.run("VACUUM INTO ?", {path});
}

/// Makes the copy under a name of its own, has it looked at, and gives it the one that was asked for.
Status copyAndPlace(Sql& sql, const QString& path, const std::function<Status(const QString&)>& look)
{
    if (QFile::exists(path)) {
        return existsAlready(path);
    }
    const QString partial = path + ".partial-" + QUuid::createUuid().toString(QUuid::Id128);
    const auto tidy = qScopeGuard([&] { QFile::remove(partial); });
    auto done = copyInto(sql, partial);
    failpoint("store_copy_written");
    if (done) {
        done = look(partial);
    }
    if (done) {
        done = putInPlace(partial, path);
    }
    return done || done.error().code != ErrorCode::Conflict ? done : existsAlready(path);
}

} // namespace

Status copyStore(Sql& sql, const QString& path)
{
    return copyAndPlace(sql, path, [](const QString&) { return Status(); });
}

Result<Verification> copyStoreVerified(Sql& sql, const QString& path)
{
    Result<Verification> verified;
    const auto placed = copyAndPlace(sql, path, [&](const QString& copy) -> Status {
        verified = verifyStoreFile(copy);
        if (!verified) {
            return std::unexpected(verified.error());
        }
        return verified->ok ? Status() : fail(ErrorCode::VerificationFailed, verified->reason);
    });
    const bool unsound = verified && !verified->ok;
    return placed || unsound ? verified : std::unexpected(placed.error());
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
