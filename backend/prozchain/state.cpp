// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/state.h"

namespace rc::prozchain {

int bucketOf(QByteArrayView key)
{
    return sha256(key).bytes[0];
}

BucketHasher::BucketHasher(int bucket)
    : m_hasher("prozchain-bucket-v1")
{
    m_hasher.number(bucket);
}

Hash stateRoot(const BucketHashes& buckets)
{
    Hasher hasher("prozchain-state-v1");
    for (const auto& bucket : buckets) {
        hasher.bytes(bucket.view());
    }
    return hasher.finish();
}

const BucketHashes& emptyBuckets()
{
    static const auto buckets = [] {
        BucketHashes hashes;
        for (int i = 0; i < bucketCount; ++i) {
            hashes[i] = BucketHasher(i).finish();
        }
        return hashes;
    }();
    return buckets;
}

Hash bucketHash(int bucket, const Values& values)
{
    BucketHasher hasher(bucket);
    for (const auto& [key, value] : values) {
        hasher.add(key, value);
    }
    return hasher.finish();
}

QByteArray nonceKey(const PublicKey& sender)
{
    return "nonce/" + sender.view().toByteArray().toHex();
}

} // namespace rc::prozchain
