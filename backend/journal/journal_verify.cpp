// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/copy.h"
#include "backend/journal/journal.h"
#include "backend/journal/rows.h"
#include "backend/journal/schema.h"
#include "backend/journal/verifier.h"

#include <QFileInfo>

namespace rc {

Result<Verification> Journal::verify(VerifyFrom from, const std::optional<Head>& kept)
{
    KeyRing ring;
    auto found = verifyRows(from, ring);
    if (!found) {
        return found;
    }
    if (found->ok && !isReadOnly()) {
        // A checkpoint that cannot be written only makes the next opening slower.
        [[maybe_unused]] const auto raised = raiseCheckpoint(*m_sql, found->head);
    }
    if (!found->ok) {
        m_soundness = *found;
    } else if (m_seen.sequence < found->head.sequence) {
        m_ring = ring;
        m_seen = found->head;
    }
    if (found->ok && kept) {
        if (const auto looked = checkKept(*kept, *found); !looked) {
            return std::unexpected(looked.error());
        }
    }
    return found;
}

Result<Verification> Journal::verifyRows(VerifyFrom from, KeyRing& ring)
{
    const auto checkpoint = readCheckpoint(*m_sql);
    if (!checkpoint) {
        return std::unexpected(checkpoint.error());
    }
    const auto start = from == VerifyFrom::Start ? Head() : *checkpoint;
    const auto known = keysAsOf(*m_sql, start.sequence);
    if (!known) {
        return std::unexpected(known.error());
    }
    Verification found;
    if (from == VerifyFrom::Checkpoint) {
        const auto looked = checkKept(start, found);
        if (!looked || !found.ok) {
            return looked ? Result<Verification>(found) : std::unexpected(looked.error());
        }
    }
    Verifier verifier(*m_sql, *known, start);
    auto result = verifier.run();
    if (!result) {
        return result;
    }
    ring = verifier.ring();
    const auto looked = result->ok ? checkKept(*checkpoint, *result) : Status();
    return looked ? result : std::unexpected(looked.error());
}

Status Journal::checkKeptHash(const QByteArray& hash, Verification& found)
{
    const auto row = m_sql->first("SELECT sequence FROM journal WHERE hash = ?", {hash});
    if (!row) {
        return std::unexpected(row.error());
    }
    if (row->isEmpty()) {
        found.ok = false;
        found.reason = "No record has the hash that was noted earlier: the tail of the journal was cut, or it is "
                       "another journal.";
    }
    return {};
}

/// Whether a row that was noted earlier is still there and the same.
Status Journal::checkKept(const Head& kept, Verification& found)
{
    if (kept == Head()) {
        return {}; // nothing was there to be noted
    }
    if (kept.sequence == 0) {
        return checkKeptHash(kept.hash, found);
    }
    const auto row = m_sql->first("SELECT hash FROM journal WHERE sequence = ?", {kept.sequence});
    if (!row) {
        return std::unexpected(row.error());
    }
    if (!row->isEmpty() && row->first().toByteArray() == kept.hash) {
        return {};
    }
    found.ok = false;
    if (!row->isEmpty()) {
        found.firstBad = kept.sequence;
        found.reason = QString("Record %1 is not the one that was noted earlier.").arg(kept.sequence);
        return {};
    }
    const auto end = head();
    if (!end) {
        return std::unexpected(end.error());
    }
    found.firstBad = std::min(end->sequence + 1, kept.sequence);
    found.reason = QString("The journal ends at record %1, but record %2 was noted earlier: its tail was cut.")
                       .arg(end->sequence)
                       .arg(kept.sequence);
    return {};
}

Result<Verification> Journal::backup(const QString& path)
{
    return copyStoreVerified(*m_sql, path);
}

Result<StoreInfo> Journal::info()
{
    const auto path = m_home + "/store.db";
    const auto end = head();
    const auto checkpoint = readCheckpoint(*m_sql);
    const auto count = m_sql->first("SELECT count(*), (SELECT user_version FROM pragma_user_version) FROM journal");
    if (!end || !checkpoint || !count) {
        return std::unexpected(!end ? end.error() : !checkpoint ? checkpoint.error() : count.error());
    }
    return StoreInfo{.uuid = uuid(),
                     .path = path,
                     .schema = count->at(1).toInt(),
                     .bytes = QFileInfo(path).size() + QFileInfo(path + "-wal").size(),
                     .records = count->at(0).toLongLong(),
                     .head = *end,
                     .checkpoint = *checkpoint};
}

QJsonObject StoreInfo::toJson() const
{
    return {{"uuid", uuid},
            {"path", path},
            {"schema", schema},
            {"bytes", bytes},
            {"records", records},
            {"head_hash", QString::fromLatin1(head.hash.toHex())},
            {"checkpoint", checkpoint.sequence},
            {"checkpoint_hash", QString::fromLatin1(checkpoint.hash.toHex())}};
}

} // namespace rc
