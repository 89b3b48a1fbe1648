// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/prozchain/genesis.h"
#include "backend/prozchain/round_votes.h"
#include "backend/prozchain/signer.h"

namespace rc::prozchain {

/// A wait within a round. It is asked for by Consensus and handed back by onTimeout(); one that is late does nothing.
struct Timeout
{
    qint64 height = 0;
    qint64 round = 0;
    VoteStep step = VoteStep::Propose;
    qint64 afterMs = 0;
};

/// What the consensus needs of the world around it.
class ConsensusHost
{
public:
    ConsensusHost() = default;
    virtual ~ConsensusHost() = default;
    ConsensusHost(const ConsensusHost&) = delete;
    ConsensusHost& operator=(const ConsensusHost&) = delete;

    /// A new block on top of the head, by this node, for a round.
    virtual Result<Block> buildBlock(qint64 round) = 0;
    /// Whether this node would execute the block on top of its head.
    virtual bool isValid(const Block& block) = 0;
    /// Sends to the peers.
    virtual void broadcast(const Message& message) = 0;
    virtual void schedule(const Timeout& timeout) = 0;
    /// More than two thirds precommitted this block; the height is over for the consensus.
    virtual void decided(const Block& block, const Commit& commit) = 0;
};

/// The Tendermint algorithm (Buchman, Kwon, Milosevic 2018) for one height at a time, without clock, network or disk
/// but the signer's: propose, prevote, precommit; a validator that precommitted a block is locked on it; rounds follow
/// each other with growing timeouts; final with more than two thirds. A node without a signer follows and does not
/// vote.
class Consensus
{
public:
    /// `signer` may be null.
    Consensus(Genesis genesis, Signer* signer, ConsensusHost& host);

    /// Forgets the height before and collects what comes for this one; nothing is said until begin().
    void prepare(qint64 height);
    /// Starts the first round, or the last one this validator has signed in at this height.
    void begin();
    /// Falls silent until the next prepare().
    void stop();

    void receive(const Message& message);
    void onTimeout(const Timeout& timeout);

    [[nodiscard]] qint64 height() const { return m_height; }
    [[nodiscard]] qint64 round() const { return m_round; }
    [[nodiscard]] bool running() const { return m_running; }
    /// All that is known of this height, for peers that missed it. Messages carry their signatures, whoever brings
    /// them.
    [[nodiscard]] QList<Message> known() const;

private:
    [[nodiscard]] bool accept(const Proposal& proposal);
    [[nodiscard]] bool accept(const Vote& vote);
    void advance();
    [[nodiscard]] bool advanceOnce();
    void startRound(qint64 round);
    void propose();
    [[nodiscard]] bool judgeProposal();
    [[nodiscard]] bool lockOnQuorum();
    [[nodiscard]] bool decide();
    [[nodiscard]] bool skipAhead();
    [[nodiscard]] bool waitForVotes();
    void prevote(const Hash& block);
    void precommit(const Hash& block, const std::optional<Block>& locked);
    void vote(VoteStep step, const Hash& block, const std::optional<Block>& locked);
    void schedule(VoteStep step);
    [[nodiscard]] bool isValid(const Block& block);
    [[nodiscard]] int ownIndex() const;

    Genesis m_genesis;
    Signer* m_signer;
    ConsensusHost& m_host;
    qint64 m_height = 0;
    qint64 m_round = 0;
    VoteStep m_step = VoteStep::Propose;
    bool m_running = false;
    std::map<qint64, RoundVotes> m_rounds;
    std::map<Hash, bool> m_judged;
    std::set<std::pair<qint64, VoteStep>> m_waits;
    qint64 m_lockedRound = -1;
    std::optional<Hash> m_locked;
    qint64 m_validRound = -1;
    std::optional<Block> m_valid;
};

} // namespace rc::prozchain
