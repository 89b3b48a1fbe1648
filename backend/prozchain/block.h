// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/prozchain/keys.h"
#include "model/base/error.h"

#include <QJsonObject>
#include <QList>

/// The values of the chain. Times are milliseconds since 1970 UTC, heights count from 0 (the genesis block).
namespace rc::prozchain {

/// Sets one key of the state. The nonce must be the sender's last one plus one; the first is 1. The signature covers
/// the chain id, so that a transaction is worth nothing on another chain.
struct Transaction
{
    static constexpr qsizetype maxKey = 128;
    static constexpr qsizetype maxValue = 65'536;

    PublicKey sender;
    qint64 nonce = 0;
    QByteArray key;
    QByteArray value;
    Signature signature;

    void sign(const KeyPair& keys, const QString& chainId);
    /// InvalidInput with a sentence: sizes, reserved keys (`nonce/...` belongs to the chain), signature.
    [[nodiscard]] Status check(const QString& chainId) const;

    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static Result<Transaction> fromJson(const QJsonObject& object);

    friend bool operator==(const Transaction&, const Transaction&) = default;
};

struct BlockHeader
{
    QString chainId;
    qint64 height = 0;
    Hash previousHash;
    qint64 timeMs = 0;
    PublicKey proposer;
    /// SHA-256 of the encoded list of transactions.
    Hash txRoot;
    /// Root of the state after this block (state.h).
    Hash stateRoot;
    /// The consensus round the block was first proposed in.
    qint64 round = 0;

    /// What is hashed and stored.
    [[nodiscard]] QByteArray encode() const;
    [[nodiscard]] static Result<BlockHeader> decode(QByteArrayView encoded);
    [[nodiscard]] Hash hash() const;
    /// With "hash", and the encoding as "raw" (hex), so that a reader can hash it for itself.
    [[nodiscard]] QJsonObject toJson() const;

    friend bool operator==(const BlockHeader&, const BlockHeader&) = default;
};

[[nodiscard]] QByteArray encodeBody(const QList<Transaction>& transactions);
[[nodiscard]] Result<QList<Transaction>> decodeBody(QByteArrayView encoded);

struct Block
{
    BlockHeader header;
    QList<Transaction> transactions;

    [[nodiscard]] QByteArray encode() const;
    [[nodiscard]] static Result<Block> decode(QByteArrayView encoded);

    friend bool operator==(const Block&, const Block&) = default;
};

/// The proof that a block is final: precommits of more than two thirds of the validators, all of one round. Nodes may
/// hold different proofs of the same block.
struct Commit
{
    struct Entry
    {
        int validator = 0;
        Signature signature;
        friend bool operator==(const Entry&, const Entry&) = default;
    };

    qint64 round = 0;
    QList<Entry> signatures;

    [[nodiscard]] QByteArray encode() const;
    [[nodiscard]] static Result<Commit> decode(QByteArrayView encoded);

    friend bool operator==(const Commit&, const Commit&) = default;
};

/// A block with its proof, as nodes hand it to each other.
struct FinalBlock
{
    Block block;
    Commit commit;
};

} // namespace rc::prozchain
