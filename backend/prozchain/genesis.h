// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/prozchain/block.h"

namespace rc::prozchain {

struct Validator
{
    QString name;
    PublicKey key;

    friend bool operator==(const Validator&, const Validator&) = default;
};

/// What all nodes of a chain agree on before the first block. The genesis block's hash covers it, so nodes with another
/// genesis file do not understand each other.
struct Genesis
{
    QString chainId;
    qint64 timeMs = 0;
    QList<Validator> validators;
    /// The least time between two blocks.
    qint64 blockIntervalMs = 1000;
    /// How long a node waits for a proposal or for votes in round 0, and how much longer in each further round.
    qint64 timeoutMs = 1000;
    qint64 timeoutStepMs = 500;

    [[nodiscard]] static Result<Genesis> load(const QString& path);
    [[nodiscard]] static Result<Genesis> fromJson(const QString& where, const QJsonObject& object);
    [[nodiscard]] QJsonObject toJson() const;

    /// The header of height 0: the empty state, its tx_root the hash of this file's canonical JSON.
    [[nodiscard]] BlockHeader firstHeader() const;

    /// More than two thirds of the validators.
    [[nodiscard]] int quorum() const { return static_cast<int>(validators.size()) * 2 / 3 + 1; }
    /// So many that one of them must be honest: more than a third.
    [[nodiscard]] int honest() const { return static_cast<int>(validators.size()) - quorum() + 1; }
    /// Validators take turns by height + round.
    [[nodiscard]] int proposerIndex(qint64 height, qint64 round) const
    {
        return static_cast<int>((height + round) % validators.size());
    }
    /// The place of a key among the validators, or -1.
    [[nodiscard]] int indexOf(const PublicKey& key) const;

    /// VerificationFailed unless more than two thirds of the validators signed exactly this block.
    [[nodiscard]] Status verifyCommit(const BlockHeader& header, const Commit& commit) const;

    friend bool operator==(const Genesis&, const Genesis&) = default;
};

} // namespace rc::prozchain
