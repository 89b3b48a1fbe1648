// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of ChainStore that read the state: executing transactions and checking blocks.
#include "backend/prozchain/store.h"

namespace rc::prozchain {

namespace {

Status refuse(const QString& sentence)
{
    return fail(ErrorCode::InvalidInput, sentence);
}

Error wrongRoot(qint64 height, const Hash& computed, const Hash& expected)
{
    return {ErrorCode::VerificationFailed,
            QString("block %1: computed state root %2 differs from the header's %3")
                .arg(height)
                .arg(computed.toHex(), expected.toHex()),
            {{"height", height}, {"computed", computed.toHex()}, {"header", expected.toHex()}}};
}

Status checkHeader(const BlockHeader& header, const BlockHeader& parent, const Hash& parentHash, const Genesis& genesis)
{
    const auto block = QString("Block %1").arg(header.height);
    if (header.chainId != genesis.chainId) {
        return refuse(QString("%1 is of chain %2, not %3.").arg(block, header.chainId, genesis.chainId));
    }
    if (header.height != parent.height + 1 || header.previousHash != parentHash) {
        return refuse(QString("%1 does not follow block %2.").arg(block).arg(parent.height));
    }
    if (header.timeMs <= parent.timeMs) {
        return refuse(QString("%1 is not later than the block before it.").arg(block));
    }
    if (header.round < 0 ||
        header.proposer != genesis.validators[genesis.proposerIndex(header.height, header.round)].key) {
        return refuse(QString("%1 is not from the proposer of its round.").arg(block));
    }
    return {};
}

} // namespace

Result<std::optional<QByteArray>> ChainStore::value(const QByteArray& key, qint64 height)
{
    return m_state.value(key, height);
}

Result<qint64> ChainStore::nonce(const PublicKey& sender)
{
    const auto text = value(nonceKey(sender), m_head.height);
    return thenReturn(text, [&] { return text->value_or(QByteArray()).toLongLong(); });
}

Result<Hash> ChainStore::recomputeStateRoot(qint64 height)
{
    BucketHashes hashes;
    for (int bucket = 0; bucket < bucketCount; ++bucket) {
        const auto hash = m_state.compute(bucket, height);
        if (!hash) {
            return hash;
        }
        hashes[bucket] = *hash;
    }
    return stateRoot(hashes);
}

Status ChainStore::verifyState(qint64 height)
{
    const auto expected = header(height);
    if (!expected) {
        return std::unexpected(expected.error());
    }
    const auto computed = recomputeStateRoot(height);
    if (!computed) {
        return std::unexpected(computed.error());
    }
    if (*computed != expected->stateRoot) {
        return std::unexpected(wrongRoot(height, *computed, expected->stateRoot));
    }
    return {};
}

Result<std::map<int, Values>> ChainStore::collectWrites(const QList<Transaction>& transactions)
{
    std::map<int, Values> writes;
    std::map<PublicKey, qint64> nonces;
    for (const auto& tx : transactions) {
        if (const auto good = tx.check(m_genesis.chainId); !good) {
            return std::unexpected(good.error());
        }
        if (!nonces.contains(tx.sender)) {
            const auto last = nonce(tx.sender);
            if (!last) {
                return std::unexpected(last.error());
            }
            nonces[tx.sender] = *last;
        }
        if (tx.nonce != ++nonces[tx.sender]) {
            return fail(ErrorCode::InvalidInput, QString("The sender %1 is at nonce %2, not %3.")
                                                     .arg(tx.sender.toHex())
                                                     .arg(nonces[tx.sender] - 1)
                                                     .arg(tx.nonce));
        }
        writes[bucketOf(tx.key)][tx.key] = tx.value;
        const auto key = nonceKey(tx.sender);
        writes[bucketOf(key)][key] = QByteArray::number(tx.nonce);
    }
    return writes;
}

Result<Execution> ChainStore::execute(const QList<Transaction>& transactions)
{
    auto writes = collectWrites(transactions);
    auto before = m_state.recorded(m_head.height);
    if (!writes || !before) {
        return std::unexpected(writes ? before.error() : writes.error());
    }
    Execution execution;
    execution.writes = std::move(*writes);
    auto after = *before;
    for (const auto& [bucket, values] : execution.writes) {
        auto stored = m_state.read(bucket, m_head.height);
        if (!stored) {
            return std::unexpected(stored.error());
        }
        (*before)[bucket] = bucketHash(bucket, *stored);
        for (const auto& [key, value] : values) {
            (*stored)[key] = value;
        }
        after[bucket] = bucketHash(bucket, *stored);
        execution.buckets[bucket] = after[bucket];
    }
    // What is built upon must be what the last header vouches for, or a value altered in the file would be hidden by
    // the next write of its key.
    if (const auto root = stateRoot(*before); root != m_head.stateRoot) {
        return std::unexpected(wrongRoot(m_head.height, root, m_head.stateRoot));
    }
    execution.stateRoot = stateRoot(after);
    return execution;
}

Result<Block> ChainStore::assemble(const PublicKey& proposer, qint64 round, qint64 timeMs,
                                   const QList<Transaction>& transactions)
{
    const auto execution = execute(transactions);
    return thenReturn(execution, [&] {
        Block block{{}, transactions};
        block.header = {m_genesis.chainId,
                        m_head.height + 1,
                        m_headHash,
                        std::max(timeMs, m_head.timeMs + 1),
                        proposer,
                        sha256(encodeBody(transactions)),
                        execution->stateRoot,
                        round};
        return block;
    });
}

Result<Execution> ChainStore::check(const Block& block)
{
    const auto& header = block.header;
    if (const auto good = checkHeader(header, m_head, m_headHash, m_genesis); !good) {
        return std::unexpected(good.error());
    }
    if (header.txRoot != sha256(encodeBody(block.transactions))) {
        return fail(ErrorCode::InvalidInput,
                    QString("Block %1 does not hold the transactions its header names.").arg(header.height));
    }
    auto execution = execute(block.transactions);
    if (execution && execution->stateRoot != header.stateRoot) {
        return std::unexpected(wrongRoot(header.height, execution->stateRoot, header.stateRoot));
    }
    return execution;
}

} // namespace rc::prozchain
