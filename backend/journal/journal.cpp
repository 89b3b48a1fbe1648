// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/journal.h"

#include "backend/journal/device_signer.h"
#include "backend/journal/kinds.h"
#include "backend/journal/own_projections.h"
#include "backend/journal/rows.h"
#include "backend/journal/schema.h"
#include "backend/journal/verifier.h"
#include "backend/platform/files.h"

#include <QFile>
#include <QUuid>

namespace rc {

namespace {

QString storePath(const QString& home)
{
    return home + "/store.db";
}

std::unexpected<Error> noStore(const QString& home)
{
    return fail(ErrorCode::NotFound,
                QString("There is no store in %1. Adding the first operator makes one.").arg(home));
}

/// What must be true before SQLite touches the file.
Status prepareHome(const QString& home, OpenMode mode)
{
    if (const auto network = networkFileSystem(home)) {
        return fail(ErrorCode::StoreError, QString("%1 is on a network file system (%2), where locks cannot be relied "
                                                   "on. Put the store on a local disk.")
                                               .arg(home, *network));
    }
    if (mode != OpenMode::Create) {
        return QFile::exists(storePath(home)) ? Status() : noStore(home);
    }
    if (const auto made = ensurePrivateDirectory(home); !made) {
        return made;
    }
    // The file gets its mode before SQLite opens it; what SQLite puts beside it takes the same mode.
    QFile file(storePath(home));
    (void)file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner);
    return {};
}

/// Brings the tables up to date, or says why they cannot be used as they are.
Status prepareTables(Sql& sql, const QString& home, OpenMode mode)
{
    const auto& steps = schema::migrations();
    const auto state = schema::inspect(sql, storePath(home), steps.last().version);
    if (!state) {
        return std::unexpected(state.error());
    }
    if (state->empty && mode != OpenMode::Create) {
        return noStore(home);
    }
    if (mode != OpenMode::ReadOnly) {
        const auto log = sql.first("PRAGMA journal_mode=WAL");
        return log ? schema::migrate(sql, home, steps) : std::unexpected(log.error());
    }
    if (state->version < steps.last().version) {
        return fail(ErrorCode::StoreError, QString("The store %1 is of an older version; open it for writing once, "
                                                   "which copies and migrates it.")
                                               .arg(storePath(home)));
    }
    return {};
}

} // namespace

NewEvent pinDocument(const QString& name, const QString& text)
{
    const QJsonObject body{{"hash", sha256Hex(text.toUtf8())}, {"name", name}, {"text", text}};
    return {stream::Documents, kind::DocumentPinned, body};
}

Journal::Journal(QString home, std::unique_ptr<Sql> sql, JournalOptions options)
    : m_home(std::move(home))
    , m_sql(std::move(sql))
    , m_options(std::move(options))
    , m_projections(ownProjections() + m_options.projections)
{
}

Journal::~Journal() = default;

Result<std::unique_ptr<Journal>> Journal::open(const QString& home, JournalOptions options)
{
    const auto mode = options.mode;
    if (const auto ready = prepareHome(home, mode); !ready) {
        return std::unexpected(ready.error());
    }
    auto sql = Sql::open(storePath(home), mode == OpenMode::ReadOnly ? SqlMode::ReadOnly : SqlMode::ReadWrite);
    if (!sql) {
        return std::unexpected(sql.error());
    }
    if (const auto ready = prepareTables(**sql, home, mode); !ready) {
        return std::unexpected(ready.error());
    }
    auto journal = std::unique_ptr<Journal>(new Journal(home, std::move(*sql), std::move(options)));
    auto ready = mode == OpenMode::Create ? journal->found() : Status();
    if (ready) {
        ready = journal->start();
    }
    if (!ready) {
        return std::unexpected(ready.error());
    }
    return journal;
}

/// Writes row 1 if nobody has. A journal that was emptied is not founded again: start() finds what is missing.
Status Journal::found()
{
    const auto end = head();
    const auto checkpoint = end ? readCheckpoint(*m_sql) : std::unexpected(end.error());
    if (!checkpoint || end->sequence > 0 || checkpoint->sequence > 0) {
        return checkpoint ? Status() : std::unexpected(checkpoint.error());
    }
    auto device = DeviceSigner::loadOrCreate(m_home);
    if (!device) {
        return std::unexpected(device.error());
    }
    const QJsonObject body{{"store", QUuid::createUuid().toString(QUuid::WithoutBraces)},
                           {"format", 1},
                           {"device_key", (*device)->keyId()}};
    Append first{.events = {{stream::Store, kind::StoreCreated, body}}, .expected = {{stream::Store, 0}}};
    const auto written = append(first, **device);
    const bool othersWereFaster = !written && written.error().code == ErrorCode::Conflict;
    return written || othersWereFaster ? Status() : std::unexpected(written.error());
}

/// Verifies what is new, learns the keys and brings the projections up to date.
Status Journal::start()
{
    const auto end = head();
    const auto checkpoint = end ? readCheckpoint(*m_sql) : std::unexpected(end.error());
    if (!checkpoint) {
        return std::unexpected(checkpoint.error());
    }
    if (end->sequence == 0 && checkpoint->sequence == 0) {
        return noStore(m_home);
    }
    const auto found = verify(VerifyFrom::Checkpoint);
    if (!found) {
        return std::unexpected(found.error());
    }
    m_soundness = *found;
    return isReadOnly() || !found->ok ? Status() : bringProjectionsUpToDate();
}

Status Journal::bringProjectionsUpToDate()
{
    const auto end = head();
    if (!end) {
        return std::unexpected(end.error());
    }
    const auto current = m_projections.isCurrent(*m_sql, end->sequence);
    if (!current || *current) {
        return current ? Status() : std::unexpected(current.error());
    }
    auto transaction = WriteTransaction::begin(*m_sql);
    if (!transaction) {
        return std::unexpected(transaction.error());
    }
    const auto now = head();
    const auto done = now ? m_projections.bringUpToDate(*m_sql, now->sequence) : std::unexpected(now.error());
    return done ? transaction->commit() : done;
}

Status Journal::rebuild()
{
    auto transaction = WriteTransaction::begin(*m_sql);
    if (!transaction) {
        return std::unexpected(transaction.error());
    }
    const auto end = head();
    const auto done = end ? m_projections.rebuild(*m_sql, end->sequence) : std::unexpected(end.error());
    return done ? transaction->commit() : done;
}

Result<QList<Record>> Journal::read(const QString& stream, qint64 fromRevision)
{
    QList<Record> records;
    const auto read = eachRow(*m_sql, "WHERE stream = ? AND revision >= ? AND sequence > 0 ORDER BY revision",
                              {stream, fromRevision}, [&](Record&& record) {
                                  records.append(withBody(std::move(record)));
                                  return Status();
                              });
    if (!read) {
        return std::unexpected(read.error());
    }
    return records;
}

Result<QList<Record>> Journal::readAll(qint64 fromSequence, qint64 limit)
{
    QList<Record> records;
    const auto read =
        eachRow(*m_sql, "WHERE sequence >= ? ORDER BY sequence LIMIT ?", {fromSequence, limit}, [&](Record&& record) {
            records.append(withBody(std::move(record)));
            return Status();
        });
    if (!read) {
        return std::unexpected(read.error());
    }
    return records;
}

Result<Head> Journal::head()
{
    return readHead(*m_sql);
}

Result<qint64> Journal::revision(const QString& stream)
{
    const auto row = m_sql->first("SELECT max(revision) FROM journal WHERE stream = ? AND sequence > 0", {stream});
    if (!row) {
        return std::unexpected(row.error());
    }
    return row->first().toLongLong();
}

Result<KeyRing> Journal::keyRing()
{
    const auto end = head();
    if (!end) {
        return std::unexpected(end.error());
    }
    if (const auto taken = takeIn(*end); !taken) {
        return std::unexpected(taken.error());
    }
    return m_soundness.ok ? m_ring : keysAsOf(*m_sql, end->sequence);
}

/// Verifies what others have written since this journal looked last, up to `end` at least, and learns their keys, or
/// that the journal is not sound any more.
Status Journal::takeIn(const Head& end)
{
    if (end == m_seen || !m_soundness.ok) {
        return {};
    }
    if (end.sequence <= m_seen.sequence) {
        return fail(ErrorCode::StoreError, "The journal was cut while it was in use; nothing was written.");
    }
    Verifier verifier(*m_sql, m_ring, m_seen);
    const auto found = verifier.run();
    if (!found) {
        return std::unexpected(found.error());
    }
    if (!found->ok) {
        m_soundness = *found;
        return {};
    }
    m_ring = verifier.ring();
    m_seen = found->head;
    return {};
}

Result<QList<ClockFlag>> Journal::clockFlags(qint64 from, qint64 to)
{
    return readClockFlags(*m_sql, from, to);
}

Result<Document> Journal::document(const QString& hash)
{
    const auto row = m_sql->first("SELECT name, text FROM documents WHERE hash = ?", {hash});
    if (!row) {
        return std::unexpected(row.error());
    }
    if (row->isEmpty()) {
        return fail(ErrorCode::NotFound, QString("No document with the hash %1 is pinned.").arg(hash));
    }
    Document found{hash, row->at(0).toString(), row->at(1).toString()};
    if (sha256Hex(found.text.toUtf8()) != hash) {
        return fail(ErrorCode::StoreError,
                    QString("The pinned document %1 was altered; rebuild the projections.").arg(found.name));
    }
    return found;
}

} // namespace rc
