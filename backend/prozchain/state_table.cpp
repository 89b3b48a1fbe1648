// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/state_table.h"

namespace rc::prozchain {

Status StateTable::prepare(sqlite::Database& database)
{
    const std::pair<sqlite::Statement*, const char*> statements[] = {
        {&m_insertValue, "INSERT INTO state(bucket, key, height, value) VALUES(?1, ?2, ?3, ?4)"},
        {&m_insertBucket, "INSERT INTO buckets(bucket, height, hash) VALUES(?1, ?2, ?3)"},
        {&m_selectValue,
         "SELECT value FROM state WHERE bucket=?1 AND key=?2 AND height<=?3 ORDER BY height DESC LIMIT 1"},
        {&m_nextKey, "SELECT key FROM state WHERE bucket=?1 AND key>?2 ORDER BY key LIMIT 1"},
        {&m_selectBucket, "SELECT hash FROM buckets WHERE bucket=?1 AND height<=?2 ORDER BY height DESC LIMIT 1"},
        {&m_deleteValues, "DELETE FROM state WHERE height>?1"},
        {&m_deleteBuckets, "DELETE FROM buckets WHERE height>?1"},
    };
    for (const auto& [statement, sql] : statements) {
        auto prepared = sqlite::Statement::prepare(database, sql);
        if (!prepared) {
            return std::unexpected(prepared.error());
        }
        *statement = std::move(*prepared);
    }
    return {};
}

Result<std::optional<QByteArray>> StateTable::value(const QByteArray& key, qint64 height)
{
    std::optional<QByteArray> value;
    const auto found = m_selectValue.with(bucketOf(key), QByteArrayView(key), height).row([&](const auto& row) {
        value = row.bytes(0).toByteArray();
    });
    return thenReturn(found, [&] { return value; });
}

// One seek for the next key and one for its newest version: the cost does not grow with the number of versions.
template <class Visit>
Status StateTable::each(int bucket, qint64 height, Visit visit)
{
    QByteArray key;
    for (;;) {
        const auto next =
            m_nextKey.with(bucket, QByteArrayView(key)).row([&](const auto& row) { key = row.bytes(0).toByteArray(); });
        if (!next || !*next) {
            return toStatus(next);
        }
        const auto found = m_selectValue.with(bucket, QByteArrayView(key), height).row([&](const auto& row) {
            visit(key, row.bytes(0));
        });
        if (!found) {
            return std::unexpected(found.error());
        }
    }
}

Result<Values> StateTable::read(int bucket, qint64 height)
{
    Values values;
    const auto done = each(bucket, height, [&](const QByteArray& key, QByteArrayView value) {
        values.emplace_hint(values.end(), key, value.toByteArray());
    });
    return thenReturn(done, [&] { return std::move(values); });
}

Result<Hash> StateTable::compute(int bucket, qint64 height)
{
    BucketHasher hasher(bucket);
    const auto done =
        each(bucket, height, [&](const QByteArray& key, QByteArrayView value) { hasher.add(key, value); });
    return thenReturn(done, [&] { return hasher.finish(); });
}

Result<BucketHashes> StateTable::recorded(qint64 height)
{
    BucketHashes hashes = emptyBuckets();
    for (int bucket = 0; bucket < bucketCount; ++bucket) {
        const auto found = m_selectBucket.with(bucket, height).row([&](const auto& row) {
            hashes[bucket] = Hash::fromBytes(row.bytes(0)).value_or(Hash{});
        });
        if (!found) {
            return std::unexpected(found.error());
        }
    }
    return hashes;
}

Status StateTable::write(const Execution& execution, qint64 height)
{
    Status done;
    for (const auto& [bucket, values] : execution.writes) {
        for (const auto& [key, value] : values) {
            done = m_insertValue.with(bucket, QByteArrayView(key), height, QByteArrayView(value)).run();
            if (!done) {
                return done;
            }
        }
    }
    for (const auto& [bucket, hash] : execution.buckets) {
        done = m_insertBucket.with(bucket, height, hash.view()).run();
        if (!done) {
            return done;
        }
    }
    return done;
}

Status StateTable::removeAbove(qint64 height)
{
    return andThen(m_deleteValues.with(height).run(), [&] { return m_deleteBuckets.with(height).run(); });
}

} // namespace rc::prozchain
