// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/prozchain/block.h"

#include <QJsonObject>

#include <variant>

namespace rc::prozchain {

/// In the order a validator signs them within a round.
enum class VoteStep {
    Propose = 1,
    Prevote = 2,
    Precommit = 3,
};

/// A validator's word on a block in one round. A zero hash means "no block" (nil).
struct Vote
{
    qint64 height = 0;
    qint64 round = 0;
    VoteStep step = VoteStep::Prevote;
    Hash block;
    /// Index in the genesis file.
    int validator = -1;
    Signature signature;

    /// What the signature covers: chain id, height, round, step by name and block hash.
    [[nodiscard]] QByteArray signedBytes(const QString& chainId) const;

    friend bool operator==(const Vote&, const Vote&) = default;
};

/// A proposer's block for a round. The signature is that of a Vote{Propose}. `validRound` names the earlier round in
/// which more than two thirds prevoted this block, or is -1.
struct Proposal
{
    qint64 height = 0;
    qint64 round = 0;
    qint64 validRound = -1;
    Block block;
    Signature signature;

    /// The signed part as a vote of the round's proposer.
    [[nodiscard]] Vote asVote(int proposer) const;

    friend bool operator==(const Proposal&, const Proposal&) = default;
};

/// What validators tell each other.
using Message = std::variant<Proposal, Vote>;

[[nodiscard]] QJsonObject toJson(const Message& message);
[[nodiscard]] Result<Message> messageFromJson(const QJsonObject& object);
[[nodiscard]] qint64 heightOf(const Message& message);

} // namespace rc::prozchain
