// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/vote.h"

#include "backend/prozchain/encoding.h"

namespace rc::prozchain {

namespace {

QByteArrayView stepName(VoteStep step)
{
    switch (step) {
    case VoteStep::Propose:
        return "propose";
    case VoteStep::Prevote:
        return "prevote";
    case VoteStep::Precommit:
        break;
    }
    return "precommit";
}

QJsonObject encode(const Vote& vote)
{
    return {{"type", QString::fromLatin1(stepName(vote.step))},
            {"height", vote.height},
            {"round", vote.round},
            {"block", vote.block.toHex()},
            {"validator", vote.validator},
            {"signature", vote.signature.toHex()}};
}

QJsonObject encode(const Proposal& proposal)
{
    return {{"type", "propose"},
            {"height", proposal.height},
            {"round", proposal.round},
            {"valid_round", proposal.validRound},
            {"block", QString::fromLatin1(proposal.block.encode().toBase64())},
            {"signature", proposal.signature.toHex()}};
}

} // namespace

QByteArray Vote::signedBytes(const QString& chainId) const
{
    return Encoder("prozchain-vote-v1")
        .bytes(chainId.toUtf8())
        .number(height)
        .number(round)
        .bytes(block.view())
        .bytes(stepName(step))
        .take();
}

Vote Proposal::asVote(int proposer) const
{
    return {height, round, VoteStep::Propose, block.header.hash(), proposer, signature};
}

QJsonObject toJson(const Message& message)
{
    return std::visit([](const auto& value) { return encode(value); }, message);
}

Result<Message> messageFromJson(const QJsonObject& object)
{
    const auto bad = [] { return fail(ErrorCode::InvalidInput, "This is not a message of the consensus."); };
    const auto type = object["type"].toString();
    const auto height = object["height"].toInteger(-1);
    const auto round = object["round"].toInteger(-1);
    const auto signature = Signature::fromHex(object["signature"].toString());
    if (height < 1 || round < 0 || !signature) {
        return bad();
    }
    if (type == "propose") {
        const auto block = Block::decode(QByteArray::fromBase64(object["block"].toString().toLatin1()));
        if (!block) {
            return bad();
        }
        return Proposal{height, round, object["valid_round"].toInteger(-1), *block, *signature};
    }
    const auto block = Hash::fromHex(object["block"].toString());
    if (!block || (type != "prevote" && type != "precommit")) {
        return bad();
    }
    const auto step = type == "prevote" ? VoteStep::Prevote : VoteStep::Precommit;
    return Vote{height, round, step, *block, object["validator"].toInt(-1), *signature};
}

qint64 heightOf(const Message& message)
{
    return std::visit([](const auto& value) { return value.height; }, message);
}

} // namespace rc::prozchain
