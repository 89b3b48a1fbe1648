// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/prozchain/vote.h"

#include <map>
#include <set>

namespace rc::prozchain {

/// What one consensus round at one height has brought so far: the proposal and each validator's first vote per step.
class RoundVotes
{
public:
    std::optional<Proposal> proposal;

    /// False for a repetition, or a second, different vote of the same validator (the first one counts).
    bool add(const Vote& vote);
    [[nodiscard]] bool has(VoteStep step, int validator) const;
    /// How many validators voted in this step, for whatever block.
    [[nodiscard]] int total(VoteStep step) const;
    [[nodiscard]] int count(VoteStep step, const Hash& block) const;
    /// How many different validators spoke up in this round.
    [[nodiscard]] int speakers() const;
    /// The precommits for a block, as its proof.
    [[nodiscard]] Commit commit(qint64 round, const Hash& block) const;
    [[nodiscard]] QList<Message> all() const;

private:
    std::map<VoteStep, std::map<int, Vote>> m_votes;
};

} // namespace rc::prozchain
