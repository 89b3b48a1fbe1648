// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/id.h"
#include "model/base/json.h"

namespace rc {

/// A block, named so that no fork can be mistaken for it: height and lower-case hex hash.
struct BlockId
{
    qint64 height = -1;
    QString hash = {};

    friend bool operator==(const BlockId&, const BlockId&) = default;
};

/// What a node says of its chain at one moment.
struct ChainHead
{
    SystemId system = {};
    BlockId block = {};
    /// The state root in the head's header; what the node's stored values give is in StateRoots.
    QString stateHash = {};
    bool syncing = false;
    int peers = 0;
    /// Since the head block was made.
    Milliseconds age{};
    /// The lowest block the node still has.
    qint64 earliestHeight = 0;
    /// An administrator keeps the node from signing and syncing.
    bool held = false;
    /// The node's own complaint about its state; empty if it has none.
    QString stateError = {};

    friend bool operator==(const ChainHead&, const ChainHead&) = default;
};

/// A node's state at a height: what the header promises, and what the node's stored values give when hashed anew. A
/// right header can stand over a wrong state.
struct StateRoots
{
    BlockId block = {};
    QString header = {};
    QString computed = {};

    [[nodiscard]] bool consistent() const { return header == computed; }
    friend bool operator==(const StateRoots&, const StateRoots&) = default;
};

/// What one node brings to a comparison.
struct NodeState
{
    SystemId system = {};
    /// Voting weight.
    int weight = 1;
    StateRoots roots = {};
};

/// Nodes whose block hash and computed state agree at a height.
struct AgreementGroup
{
    qint64 height = -1;
    QString hash = {};
    /// The computed state root.
    QString stateHash = {};
    QList<SystemId> systems = {};
    qint64 weight = 0;
    /// More than two thirds of the total weight stand behind it.
    bool quorum = false;

    [[nodiscard]] bool agreesWith(const StateRoots& roots) const
    {
        return roots.block.hash == hash && roots.computed == stateHash;
    }
    friend bool operator==(const AgreementGroup&, const AgreementGroup&) = default;
};

/// More than two thirds of `total`.
[[nodiscard]] bool isQuorum(qint64 weight, qint64 total);

/// Groups the states of one height by (block hash, computed state root), heaviest first. `totalWeight` is that of all
/// nodes that have a vote, also of those that did not answer. A state whose header and computed root differ never
/// makes a quorum.
[[nodiscard]] QList<AgreementGroup> agreementAt(const QList<NodeState>& states, qint64 totalWeight);

/// The group that is a quorum, if there is one.
[[nodiscard]] std::optional<AgreementGroup> quorumOf(const QList<AgreementGroup>& groups);

/// A node in the answer of `chain heads`.
struct NodeHead
{
    SystemId system = {};
    int weight = 1;
    /// Nothing, if the node did not answer; `error` says why.
    std::optional<ChainHead> head = {};
    /// The node's own computed state at its head.
    std::optional<StateRoots> roots = {};
    /// Its state at the height at which it was compared with the others, and what a quorum has there.
    std::optional<StateRoots> compared = {};
    std::optional<AgreementGroup> quorum = {};
    /// Index into NetworkHeads::groups; -1 if the node could not be compared.
    int group = -1;
    QString error = {};

    [[nodiscard]] bool agrees() const { return compared && quorum && quorum->agreesWith(*compared); }
    [[nodiscard]] bool differs() const { return compared && quorum && !quorum->agreesWith(*compared); }
};

/// The heads of all nodes of a network and how far they agree (cli.md, `chain heads`). A node behind the others is
/// compared at its own head; if it agrees there it stands in the quorum's group, else in one of its own.
struct NetworkHeads
{
    QList<NodeHead> nodes = {};
    QList<AgreementGroup> groups = {};
    qint64 totalWeight = 0;

    [[nodiscard]] const NodeHead* find(const SystemId& system) const;
    [[nodiscard]] std::optional<AgreementGroup> quorum() const { return quorumOf(groups); }
    /// The height that nodes of more than two thirds of the weight have reached; -1 if too few answer.
    [[nodiscard]] qint64 quorumHeight() const;
    [[nodiscard]] QJsonObject toJson() const;
};

/// The newest height at which the named nodes are still good, and the first at which one of them is not.
struct TrustedHeight
{
    BlockId block = {};
    /// Nothing, if they are good up to their heads.
    std::optional<qint64> firstBadHeight = {};

    [[nodiscard]] QJsonObject toJson() const;
};

/// The first twelve digits of a hash, for sentences.
[[nodiscard]] QString shortHash(const QString& hash);
/// A text for a screen or a terminal: each hash in it, of 32 digits or more, keeps its first and last eight,
/// "9f2c41aa…03b7e5d1". The whole text belongs where it can be seen and copied.
[[nodiscard]] QString withShortHashes(const QString& text);

} // namespace rc
