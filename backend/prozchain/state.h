// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/prozchain/block.h"
#include "backend/prozchain/encoding.h"

#include <map>

/// The state root, cheap to keep and impossible to fool: keys fall into 256 buckets by the first byte of their
/// SHA-256; a bucket's hash covers its number and its (key, value) pairs in byte order of the keys; the root covers the
/// 256 bucket hashes. A block re-reads and re-hashes only the buckets it touches.
namespace rc::prozchain {

inline constexpr int bucketCount = 256;
using BucketHashes = std::array<Hash, bucketCount>;

[[nodiscard]] int bucketOf(QByteArrayView key);

/// Feed the pairs in byte order of their keys.
class BucketHasher
{
public:
    explicit BucketHasher(int bucket);
    void add(QByteArrayView key, QByteArrayView value) { m_hasher.bytes(key).bytes(value); }
    [[nodiscard]] Hash finish() { return m_hasher.finish(); }

private:
    Hasher m_hasher;
};

[[nodiscard]] Hash stateRoot(const BucketHashes& buckets);
/// Of a state without any key.
[[nodiscard]] const BucketHashes& emptyBuckets();

/// Pairs in byte order of the keys. (QByteArray compares by unsigned bytes.)
using Values = std::map<QByteArray, QByteArray>;
[[nodiscard]] Hash bucketHash(int bucket, const Values& values);

/// The key under which the last nonce of a sender stands in the state, as decimal text.
[[nodiscard]] QByteArray nonceKey(const PublicKey& sender);

/// What executing a block's transactions does to the state.
struct Execution
{
    std::map<int, Values> writes;
    std::map<int, Hash> buckets;
    Hash stateRoot;
};

} // namespace rc::prozchain
