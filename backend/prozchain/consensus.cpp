// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/consensus.h"

namespace rc::prozchain {

namespace {

/// Rounds far ahead of anything sensible are not remembered: they would only cost memory.
constexpr qint64 roundsAhead = 1000;
constexpr qint64 longestGrowth = 20;

} // namespace

Consensus::Consensus(Genesis genesis, Signer* signer, ConsensusHost& host)
    : m_genesis(std::move(genesis))
    , m_signer(signer)
    , m_host(host)
{
}

int Consensus::ownIndex() const
{
    return m_signer ? m_genesis.indexOf(m_signer->publicKey()) : -1;
}

void Consensus::prepare(qint64 height)
{
    m_height = height;
    m_round = 0;
    m_step = VoteStep::Propose;
    m_running = false;
    m_rounds.clear();
    m_judged.clear();
    m_waits.clear();
    m_lockedRound = m_validRound = -1;
    m_locked.reset();
    m_valid.reset();
    if (m_signer && m_signer->state().height == height && m_signer->state().locked) {
        const auto& state = m_signer->state();
        m_lockedRound = m_validRound = state.lockedRound;
        m_locked = state.locked->header.hash();
        m_valid = state.locked;
    }
}

void Consensus::begin()
{
    m_running = true;
    const bool signedHere = m_signer && m_signer->state().height == m_height;
    startRound(signedHere ? std::max<qint64>(0, m_signer->state().round) : 0);
    advance();
}

void Consensus::stop()
{
    m_running = false;
}

void Consensus::receive(const Message& message)
{
    if (prozchain::heightOf(message) == m_height && std::visit([this](const auto& m) { return accept(m); }, message)) {
        advance();
    }
}

bool Consensus::accept(const Proposal& proposal)
{
    const auto known = m_rounds.find(proposal.round);
    const bool repeated = known != m_rounds.end() && known->second.proposal;
    if (repeated || proposal.round > m_round + roundsAhead || proposal.validRound >= proposal.round) {
        return false;
    }
    const auto& header = proposal.block.header;
    const auto& proposer = m_genesis.validators[m_genesis.proposerIndex(m_height, proposal.round)];
    const bool ofThisRound = proposal.validRound < 0 ? header.round == proposal.round : header.round < proposal.round;
    const auto vote = proposal.asVote(-1);
    if (!ofThisRound || !verify(proposer.key, vote.signedBytes(m_genesis.chainId), proposal.signature)) {
        return false;
    }
    m_rounds[proposal.round].proposal = proposal;
    return true;
}

bool Consensus::accept(const Vote& vote)
{
    const auto known = m_rounds.find(vote.round);
    const bool repeated = known != m_rounds.end() && known->second.has(vote.step, vote.validator);
    if (repeated || vote.validator < 0 || vote.validator >= m_genesis.validators.size() ||
        vote.round > m_round + roundsAhead) {
        return false;
    }
    const auto& key = m_genesis.validators[vote.validator].key;
    return verify(key, vote.signedBytes(m_genesis.chainId), vote.signature) && m_rounds[vote.round].add(vote);
}

void Consensus::advance()
{
    while (m_running && advanceOnce()) {
    }
}

// One rule of the algorithm that applies, if any does.
bool Consensus::advanceOnce()
{
    return decide() || skipAhead() || judgeProposal() || lockOnQuorum() || waitForVotes();
}

void Consensus::startRound(qint64 round)
{
    m_round = round;
    m_step = VoteStep::Propose;
    if (m_genesis.proposerIndex(m_height, round) == ownIndex()) {
        propose();
    }
    schedule(VoteStep::Propose);
}

void Consensus::propose()
{
    const auto block = m_valid ? Result<Block>(*m_valid) : m_host.buildBlock(m_round);
    if (!block || m_signer == nullptr) {
        return;
    }
    Proposal proposal{m_height, m_round, m_validRound, *block, {}};
    const auto signature = m_signer->sign(proposal.asVote(ownIndex()));
    if (signature) {
        proposal.signature = *signature;
        m_rounds[m_round].proposal = proposal;
        m_host.broadcast(proposal);
    }
}

bool Consensus::isValid(const Block& block)
{
    const auto hash = block.header.hash();
    const auto judged = m_judged.find(hash);
    return judged != m_judged.end() ? judged->second : (m_judged[hash] = m_host.isValid(block));
}

bool Consensus::judgeProposal()
{
    const auto& proposal = m_rounds[m_round].proposal;
    if (m_step != VoteStep::Propose || !proposal) {
        return false;
    }
    const auto hash = proposal->block.header.hash();
    const auto since = proposal->validRound;
    if (since >= 0 && m_rounds[since].count(VoteStep::Prevote, hash) < m_genesis.quorum()) {
        return false;
    }
    const bool free = m_lockedRound < 0 || m_lockedRound <= since || m_locked == hash;
    prevote(free && isValid(proposal->block) ? hash : Hash{});
    return true;
}

bool Consensus::lockOnQuorum()
{
    auto& round = m_rounds[m_round];
    if (m_step == VoteStep::Prevote && round.count(VoteStep::Prevote, Hash{}) >= m_genesis.quorum()) {
        precommit(Hash{}, {});
        return true;
    }
    if (m_step == VoteStep::Propose || !round.proposal || m_validRound == m_round) {
        return false;
    }
    const auto block = round.proposal->block;
    const auto hash = block.header.hash();
    if (round.count(VoteStep::Prevote, hash) < m_genesis.quorum() || !isValid(block)) {
        return false;
    }
    m_valid = block;
    m_validRound = m_round;
    if (m_step == VoteStep::Prevote) {
        m_locked = hash;
        m_lockedRound = m_round;
        precommit(hash, block);
    }
    return true;
}

bool Consensus::decide()
{
    for (const auto& [number, round] : m_rounds) {
        if (!round.proposal) {
            continue;
        }
        const auto block = round.proposal->block;
        const auto hash = block.header.hash();
        if (round.count(VoteStep::Precommit, hash) >= m_genesis.quorum()) {
            const auto commit = round.commit(number, hash);
            m_running = false;
            m_host.decided(block, commit);
            return true;
        }
    }
    return false;
}

bool Consensus::skipAhead()
{
    for (auto later = m_rounds.upper_bound(m_round); later != m_rounds.end(); ++later) {
        if (later->second.speakers() >= m_genesis.honest()) {
            startRound(later->first);
            return true;
        }
    }
    return false;
}

bool Consensus::waitForVotes()
{
    const auto& round = m_rounds[m_round];
    if (m_step == VoteStep::Prevote && round.total(VoteStep::Prevote) >= m_genesis.quorum()) {
        schedule(VoteStep::Prevote);
    }
    if (round.total(VoteStep::Precommit) >= m_genesis.quorum()) {
        schedule(VoteStep::Precommit);
    }
    return false;
}

void Consensus::onTimeout(const Timeout& timeout)
{
    if (!m_running || timeout.height != m_height || timeout.round != m_round) {
        return;
    }
    if (timeout.step == VoteStep::Propose && m_step == VoteStep::Propose) {
        prevote(Hash{});
    } else if (timeout.step == VoteStep::Prevote && m_step == VoteStep::Prevote) {
        precommit(Hash{}, {});
    } else if (timeout.step == VoteStep::Precommit) {
        startRound(m_round + 1);
    }
    advance();
}

void Consensus::prevote(const Hash& block)
{
    m_step = VoteStep::Prevote;
    vote(VoteStep::Prevote, block, {});
}

void Consensus::precommit(const Hash& block, const std::optional<Block>& locked)
{
    m_step = VoteStep::Precommit;
    vote(VoteStep::Precommit, block, locked);
}

void Consensus::vote(VoteStep step, const Hash& block, const std::optional<Block>& locked)
{
    if (ownIndex() < 0) {
        return;
    }
    Vote vote{m_height, m_round, step, block, ownIndex(), {}};
    auto signature = m_signer->sign(vote, locked);
    const auto& state = m_signer->state();
    if (!signature && state.height == m_height && state.round == m_round && state.signedBlocks.contains(step)) {
        // Signed before a restart: say the same again, whatever this life would have said.
        vote.block = state.signedBlocks.at(step);
        signature = m_signer->sign(vote);
    }
    if (signature) {
        vote.signature = *signature;
        m_rounds[m_round].add(vote);
        m_host.broadcast(vote);
    }
}

void Consensus::schedule(VoteStep step)
{
    if (m_waits.emplace(m_round, step).second) {
        const auto growth = std::min(m_round, longestGrowth) * m_genesis.timeoutStepMs;
        m_host.schedule({m_height, m_round, step, m_genesis.timeoutMs + growth});
    }
}

QList<Message> Consensus::known() const
{
    QList<Message> messages;
    for (const auto& [number, round] : m_rounds) {
        messages.append(round.all());
    }
    return messages;
}

} // namespace rc::prozchain
