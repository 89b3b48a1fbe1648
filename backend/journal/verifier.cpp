// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/verifier.h"

#include "backend/journal/key_pair.h"
#include "backend/journal/rows.h"

#include <QElapsedTimer>

namespace rc {

namespace {

/// Rows read at once: a verification of a long journal must not keep one read open all along.
constexpr qint64 Chunk = 1000;

} // namespace

Verifier::Verifier(Sql& sql, KeyRing ring, const Head& after)
    : m_sql(sql)
    , m_ring(std::move(ring))
    , m_start(after.sequence)
{
    m_found.head = after;
}

Result<Verification> Verifier::run()
{
    QElapsedTimer timer;
    timer.start();
    if (const auto looked = lookBeforeTheFirst(); !looked) {
        return std::unexpected(looked.error());
    }
    for (qint64 read = Chunk; m_found.ok && read == Chunk;) {
        const auto some = readSome();
        if (!some) {
            return std::unexpected(some.error());
        }
        read = *some;
    }
    if (m_found.ok && m_found.head.sequence == 0) {
        m_found.ok = false;
        m_found.firstBad = 1;
        m_found.reason = "Record 1 is missing: the journal is empty.";
    }
    if (m_found.ok && m_start == 0) {
        if (const auto checked = checkIndex(); !checked) {
            return std::unexpected(checked.error());
        }
    }
    m_found.duration = Milliseconds(timer.elapsed());
    return m_found;
}

/// Rows are numbered from 1: what stands below is in no chain, wherever the walk begins.
Status Verifier::lookBeforeTheFirst()
{
    const auto row = m_sql.first("SELECT sequence FROM journal WHERE sequence < 1 ORDER BY sequence LIMIT 1");
    if (!row) {
        return std::unexpected(row.error());
    }
    if (!row->isEmpty()) {
        m_found.ok = false;
        m_found.firstBad = row->first().toLongLong();
        m_found.reason = QString("Record %1 is not sound: it stands before the first.").arg(*m_found.firstBad);
    }
    return {};
}

Status Verifier::checkIndex()
{
    const auto row = m_sql.first("PRAGMA integrity_check(journal)");
    if (!row) {
        return std::unexpected(row.error());
    }
    if (const auto said = row->value(0).toString(); said != "ok") {
        m_found.ok = false;
        m_found.reason =
            QString("Every record is sound, but the file that holds them is damaged, and what is read from "
                    "it may be wrong (%1). Restore a backup of it.")
                .arg(said);
    }
    return {};
}

Result<qint64> Verifier::readSome()
{
    QList<Record> rows;
    const auto read = eachRow(m_sql, "WHERE sequence > ? ORDER BY sequence LIMIT ?", {m_found.head.sequence, Chunk},
                              [&](Record&& record) {
                                  rows.append(std::move(record));
                                  return Status();
                              });
    if (!read) {
        return std::unexpected(read.error());
    }
    for (auto& row : rows) {
        if (const auto taken = take(std::move(row)); !taken) {
            return std::unexpected(taken.error());
        }
        if (!m_found.ok) {
            break;
        }
    }
    return rows.size();
}

Status Verifier::take(Record&& record)
{
    const auto expected = m_found.head.sequence + 1;
    const auto revision = nextRevision(record.stream);
    if (!revision) {
        return std::unexpected(revision.error());
    }
    ++m_found.records;
    if (record.sequence != expected) {
        m_found.ok = false;
        m_found.firstBad = expected;
        m_found.reason = QString("Record %1 is missing.").arg(expected);
        return {};
    }
    const auto body = QJsonDocument::fromJson(record.bodyBytes);
    record.body = body.object();
    if (const auto wrong = fault(record, *revision, body.isObject()); !wrong.isEmpty()) {
        m_found.ok = false;
        m_found.firstBad = expected;
        m_found.reason = QString("Record %1 is not sound: %2").arg(expected).arg(wrong);
    } else {
        m_ring.apply(record);
        m_revisions[record.stream] = record.revision;
        m_found.head = {record.sequence, record.hash};
    }
    return {};
}

QString Verifier::fault(const Record& record, qint64 revision, bool hasBody) const
{
    if (record.previousHash != m_found.head.hash) {
        return "it does not follow the record before it.";
    }
    if (record.hash != rowHash(record)) {
        return "it was altered: its hash does not fit what it says.";
    }
    if (!hasBody) {
        return "its body is not a JSON object.";
    }
    if (record.revision != revision) {
        return QString("it has revision %1 of stream %2 where %3 comes next.")
            .arg(record.revision)
            .arg(record.stream)
            .arg(revision);
    }
    if (const auto allowed = m_ring.check(record); !allowed) {
        return allowed.error().message;
    }
    return isSignedBy(record.keyId, signedBytes(record.hash), record.signature) ? QString() : "its signature is wrong.";
}

Result<qint64> Verifier::nextRevision(const QString& stream)
{
    if (const auto known = m_revisions.find(stream); known != m_revisions.end()) {
        return *known + 1;
    }
    if (m_start == 0) {
        return 1;
    }
    const auto row =
        m_sql.first("SELECT max(revision) FROM journal WHERE stream = ? AND sequence <= ?", {stream, m_start});
    if (!row) {
        return std::unexpected(row.error());
    }
    return row->at(0).toLongLong() + 1;
}

} // namespace rc
