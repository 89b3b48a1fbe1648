// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/round_votes.h"

namespace rc::prozchain {

bool RoundVotes::add(const Vote& vote)
{
    return m_votes[vote.step].emplace(vote.validator, vote).second;
}

bool RoundVotes::has(VoteStep step, int validator) const
{
    const auto votes = m_votes.find(step);
    return votes != m_votes.end() && votes->second.contains(validator);
}

int RoundVotes::total(VoteStep step) const
{
    const auto votes = m_votes.find(step);
    return votes == m_votes.end() ? 0 : static_cast<int>(votes->second.size());
}

int RoundVotes::count(VoteStep step, const Hash& block) const
{
    const auto votes = m_votes.find(step);
    if (votes == m_votes.end()) {
        return 0;
    }
    return static_cast<int>(std::count_if(votes->second.begin(), votes->second.end(),
                                          [&](const auto& entry) { return entry.second.block == block; }));
}

int RoundVotes::speakers() const
{
    std::set<int> names;
    for (const auto& [step, votes] : m_votes) {
        for (const auto& [validator, vote] : votes) {
            names.insert(validator);
        }
    }
    return static_cast<int>(names.size());
}

Commit RoundVotes::commit(qint64 round, const Hash& block) const
{
    Commit commit{round, {}};
    if (const auto votes = m_votes.find(VoteStep::Precommit); votes != m_votes.end()) {
        for (const auto& [validator, vote] : votes->second) {
            if (vote.block == block) {
                commit.signatures.append({validator, vote.signature});
            }
        }
    }
    return commit;
}

QList<Message> RoundVotes::all() const
{
    QList<Message> messages;
    if (proposal) {
        messages.append(*proposal);
    }
    for (const auto& [step, votes] : m_votes) {
        for (const auto& [validator, vote] : votes) {
            messages.append(vote);
        }
    }
    return messages;
}

} // namespace rc::prozchain
