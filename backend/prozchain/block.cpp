// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/block.h"

#include "backend/prozchain/encoding.h"

namespace rc::prozchain {

namespace {

constexpr auto headerDomain = "prozchain-header-v1";
constexpr auto blockDomain = "prozchain-block-v1";
constexpr auto commitDomain = "prozchain-commit-v1";

} // namespace

QByteArray BlockHeader::encode() const
{
    return Encoder(headerDomain)
        .bytes(chainId.toUtf8())
        .number(height)
        .bytes(previousHash.view())
        .number(timeMs)
        .bytes(proposer.view())
        .bytes(txRoot.view())
        .bytes(stateRoot.view())
        .number(round)
        .take();
}

Result<BlockHeader> BlockHeader::decode(QByteArrayView encoded)
{
    Decoder in(encoded, headerDomain);
    BlockHeader header;
    header.chainId = QString::fromUtf8(in.bytes());
    header.height = in.number();
    header.previousHash = in.fixed<Hash>();
    header.timeMs = in.number();
    header.proposer = in.fixed<PublicKey>();
    header.txRoot = in.fixed<Hash>();
    header.stateRoot = in.fixed<Hash>();
    header.round = in.number();
    if (!in.finished()) {
        return fail(ErrorCode::InvalidInput, "These bytes are not a block header.");
    }
    return header;
}

Hash BlockHeader::hash() const
{
    return sha256(encode());
}

QJsonObject BlockHeader::toJson() const
{
    return {{"chain_id", chainId},
            {"height", height},
            {"hash", hash().toHex()},
            {"previous_hash", previousHash.toHex()},
            {"time_ms", timeMs},
            {"proposer", proposer.toHex()},
            {"tx_root", txRoot.toHex()},
            {"state_root", stateRoot.toHex()},
            {"round", round},
            {"raw", QString::fromLatin1(encode().toHex())}};
}

QByteArray Block::encode() const
{
    return Encoder(blockDomain).bytes(header.encode()).bytes(encodeBody(transactions)).take();
}

Result<Block> Block::decode(QByteArrayView encoded)
{
    Decoder in(encoded, blockDomain);
    const auto head = in.bytes();
    const auto body = in.bytes();
    const auto header = BlockHeader::decode(head);
    const auto transactions = decodeBody(body);
    if (!in.finished() || !header || !transactions) {
        return fail(ErrorCode::InvalidInput, "These bytes are not a block.");
    }
    return Block{*header, *transactions};
}

QByteArray Commit::encode() const
{
    Encoder out(commitDomain);
    out.number(round).number(signatures.size());
    for (const auto& entry : signatures) {
        out.number(entry.validator).bytes(entry.signature.view());
    }
    return out.take();
}

Result<Commit> Commit::decode(QByteArrayView encoded)
{
    Decoder in(encoded, commitDomain);
    Commit commit;
    commit.round = in.number();
    for (qint64 left = in.number(); left > 0 && in.ok(); --left) {
        const auto validator = static_cast<int>(in.number());
        commit.signatures.append({validator, in.fixed<Signature>()});
    }
    if (!in.finished()) {
        return fail(ErrorCode::InvalidInput, "These bytes are not the commit of a block.");
    }
    return commit;
}

} // namespace rc::prozchain
