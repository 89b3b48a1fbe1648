// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/prozchain/sqlite.h"
#include "backend/prozchain/state.h"

namespace rc::prozchain {

/// The versioned values and bucket hashes in the store: every write keeps its height, so every height can be read and
/// recomputed.
class StateTable
{
public:
    static constexpr const char* schema =
        "CREATE TABLE state(bucket INTEGER NOT NULL, key BLOB NOT NULL, height INTEGER NOT NULL, value BLOB NOT NULL,"
        " PRIMARY KEY(bucket, key, height)) WITHOUT ROWID;"
        "CREATE INDEX state_by_height ON state(height);"
        "CREATE TABLE buckets(bucket INTEGER NOT NULL, height INTEGER NOT NULL, hash BLOB NOT NULL,"
        " PRIMARY KEY(bucket, height)) WITHOUT ROWID;"
        "CREATE INDEX buckets_by_height ON buckets(height);";

    [[nodiscard]] Status prepare(sqlite::Database& database);

    [[nodiscard]] Result<std::optional<QByteArray>> value(const QByteArray& key, qint64 height);
    /// Every key of a bucket with its value as of a height, from the stored values.
    [[nodiscard]] Result<Values> read(int bucket, qint64 height);
    /// The bucket's hash computed from the stored values.
    [[nodiscard]] Result<Hash> compute(int bucket, qint64 height);
    /// The recorded hashes as of a height.
    [[nodiscard]] Result<BucketHashes> recorded(qint64 height);

    [[nodiscard]] Status write(const Execution& execution, qint64 height);
    [[nodiscard]] Status removeAbove(qint64 height);

private:
    /// Calls `visit(key, value)` for each key of the bucket, in byte order.
    template <class Visit>
    [[nodiscard]] Status each(int bucket, qint64 height, Visit visit);

    sqlite::Statement m_insertValue;
    sqlite::Statement m_insertBucket;
    sqlite::Statement m_selectValue;
    sqlite::Statement m_nextKey;
    sqlite::Statement m_selectBucket;
    sqlite::Statement m_deleteValues;
    sqlite::Statement m_deleteBuckets;
};

} // namespace rc::prozchain
