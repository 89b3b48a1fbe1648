// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/prozchain/vote.h"

#include <map>

namespace rc::prozchain {

/// What a validator signed last, and the block it is locked on. It outlives every rollback of the chain's data.
struct SigningState
{
    qint64 height = 0;
    qint64 round = -1;
    /// The block (zero: nil) signed in each step of that round.
    std::map<VoteStep, Hash> signedBlocks;
    /// The block precommitted at that height, which only a newer round with more than two thirds may release.
    qint64 lockedRound = -1;
    std::optional<Block> locked;

    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static Result<SigningState> fromJson(const QJsonObject& object);

    friend bool operator==(const SigningState&, const SigningState&) = default;
};

/// The only place where a validator signs. The state is on disk before a signature leaves the process, so neither a
/// crash nor a rollback makes it sign two blocks for one (height, round, step) or anything below what it signed before.
/// Signing the very same thing again is allowed: it makes the same bytes.
class Signer
{
public:
    [[nodiscard]] static QString fileIn(const QString& dataDirectory);
    /// Reads DATA/signing_state.json. If there is none it is created, unless the node already has blocks: then it is
    /// WrongState, because nobody knows what this validator signed for them.
    [[nodiscard]] static Result<Signer> open(const QString& dataDirectory, const KeyPair& keys, const QString& chainId,
                                             qint64 headHeight);

    [[nodiscard]] const PublicKey& publicKey() const { return m_keys.publicKey(); }
    [[nodiscard]] const SigningState& state() const { return m_state; }

    /// Conflict if it would contradict what was signed. `locked` is set by a precommit for a block.
    [[nodiscard]] Result<Signature> sign(const Vote& vote, const std::optional<Block>& locked = {});

private:
    Signer(QString path, const KeyPair& keys, QString chainId);

    QString m_path;
    KeyPair m_keys;
    QString m_chainId;
    SigningState m_state;
};

} // namespace rc::prozchain
