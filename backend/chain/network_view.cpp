// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/chain/network_view.h"

#include <algorithm>
#include <map>
#include <set>

namespace rc {
namespace {

using Nodes = std::shared_ptr<const QList<NetworkNode>>;
/// States by node (index into the view's nodes) and height; those that could not be had are not there.
using States = std::map<std::pair<qsizetype, qint64>, StateRoots>;

qint64 totalWeight(const QList<NetworkNode>& nodes)
{
    qint64 total = 0;
    for (const auto& node : nodes) {
        total += node.weight;
    }
    return total;
}

/// A third may be faulty; so one of more than a third is sound.
bool outweighsAThird(qint64 weight, qint64 total)
{
    return weight * 3 > total;
}

QCoro::Task<Result<ChainHead>> headOf(NetworkNode node)
{
    if (!node.client) {
        co_return std::unexpected(*node.refusal);
    }
    auto asking = node.client->head();
    co_return co_await asking;
}

QCoro::Task<Result<StateRoots>> rootsOf(NetworkNode node, qint64 height)
{
    if (!node.client) {
        co_return std::unexpected(*node.refusal);
    }
    auto asking = node.client->stateRoots(height);
    co_return co_await asking;
}

QCoro::Task<NetworkHeads> askHeads(Nodes nodes)
{
    std::vector<QCoro::Task<Result<ChainHead>>> asking;
    for (const auto& node : *nodes) {
        asking.push_back(headOf(node));
    }
    NetworkHeads heads{.nodes = {}, .groups = {}, .totalWeight = totalWeight(*nodes)};
    for (qsizetype i = 0; i < nodes->size(); ++i) {
        const auto head = co_await asking[i];
        heads.nodes.append({.system = nodes->at(i).system, .weight = nodes->at(i).weight});
        if (head) {
            heads.nodes.back().head = *head;
        } else {
            heads.nodes.back().error = head.error().message;
        }
    }
    co_return heads;
}

/// Where the nodes are compared: the height the quorum has reached, else the lowest head.
qint64 commonHeight(const NetworkHeads& heads)
{
    qint64 lowest = -1;
    for (const auto& node : heads.nodes) {
        if (node.head && (lowest < 0 || node.head->block.height < lowest)) {
            lowest = node.head->block.height;
        }
    }
    return std::max(heads.quorumHeight(), lowest);
}

/// Each node at its own head, and at every height at which it or one behind it is compared.
std::set<std::pair<qsizetype, qint64>> questions(const NetworkHeads& heads, qint64 common)
{
    std::set<std::pair<qsizetype, qint64>> wanted;
    for (qsizetype i = 0; i < heads.nodes.size(); ++i) {
        if (!heads.nodes[i].head) {
            continue;
        }
        const auto own = heads.nodes[i].head->block.height;
        wanted.insert({i, own});
        for (const auto& other : heads.nodes) {
            const auto at = other.head ? std::min(common, other.head->block.height) : own;
            if (at <= own) {
                wanted.insert({i, at});
            }
        }
    }
    return wanted;
}

QCoro::Task<States> askStates(Nodes nodes, std::set<std::pair<qsizetype, qint64>> wanted)
{
    std::vector<QCoro::Task<Result<StateRoots>>> asking;
    asking.reserve(wanted.size());
    for (const auto& [index, height] : wanted) {
        asking.push_back(rootsOf(nodes->at(index), height));
    }
    States states;
    std::size_t next = 0;
    for (const auto& question : wanted) {
        const auto roots = co_await asking[next++];
        if (roots) {
            states.insert({question, *roots});
        }
    }
    co_return states;
}

QList<AgreementGroup> groupsAt(const NetworkHeads& heads, const States& states, qint64 height)
{
    QList<NodeState> there;
    for (qsizetype i = 0; i < heads.nodes.size(); ++i) {
        if (const auto found = states.find({i, height}); found != states.end()) {
            there.append({heads.nodes[i].system, heads.nodes[i].weight, found->second});
        }
    }
    return agreementAt(there, heads.totalWeight);
}

/// The index of the group that takes this node in: the quorum's, if it agrees with the quorum at its own height.
qsizetype groupFor(QList<AgreementGroup>& groups, const NodeHead& node)
{
    const auto quorum = std::ranges::find(groups, true, &AgreementGroup::quorum);
    if (node.agrees() && quorum != groups.end()) {
        return quorum - groups.begin();
    }
    const auto same = std::ranges::find_if(
        groups, [&](const AgreementGroup& group) { return !group.quorum && group.agreesWith(*node.compared); });
    if (same != groups.end()) {
        return same - groups.begin();
    }
    groups.append({node.compared->block.height, node.compared->block.hash, node.compared->computed});
    return groups.size() - 1;
}

void group(NetworkHeads& heads, const States& states, qint64 common)
{
    if (const auto quorum = quorumOf(groupsAt(heads, states, common))) {
        heads.groups.append({quorum->height, quorum->hash, quorum->stateHash, {}, 0, true});
    }
    for (qsizetype i = 0; i < heads.nodes.size(); ++i) {
        auto& node = heads.nodes[i];
        if (!node.head) {
            continue;
        }
        const auto own = states.find({i, node.head->block.height});
        const auto at = states.find({i, std::min(common, node.head->block.height)});
        if (own != states.end()) {
            node.roots = own->second;
        }
        if (at == states.end()) {
            node.error = QString("%1 did not say what its state is.").arg(node.system.text());
            continue;
        }
        node.compared = at->second;
        node.quorum = quorumOf(groupsAt(heads, states, at->first.second));
        node.group = int(groupFor(heads.groups, node));
        heads.groups[node.group].systems.append(node.system);
        heads.groups[node.group].weight += node.weight;
    }
}

QCoro::Task<NetworkHeads> headsOf(Nodes nodes)
{
    auto asking = askHeads(nodes);
    auto heads = co_await asking;
    const qint64 common = commonHeight(heads);
    auto comparing = askStates(nodes, questions(heads, common));
    const auto states = co_await comparing;
    group(heads, states, common);
    co_return heads;
}

std::unexpected<Error> noQuorum(qint64 height, const QList<AgreementGroup>& groups, const QList<Error>& errors)
{
    QStringList said;
    ErrorCode code = ErrorCode::TargetInvalid;
    for (const auto& error : errors) {
        said.append(error.message);
        code = error.code == ErrorCode::Unreachable || error.code == ErrorCode::Timeout ? ErrorCode::Unreachable : code;
    }
    for (const auto& group : groups) {
        said.append(QString("%1 of them have block %2 with state %3")
                        .arg(group.systems.size())
                        .arg(shortHash(group.hash), shortHash(group.stateHash)));
    }
    return fail(code, QString("The trusted nodes have no quorum at height %1: %2").arg(height).arg(said.join("; ")));
}

QCoro::Task<Result<AgreementGroup>> quorumOfNodes(QList<NetworkNode> asked, qint64 wholeWeight, qint64 height)
{
    std::vector<QCoro::Task<Result<StateRoots>>> asking;
    for (const auto& node : asked) {
        asking.push_back(rootsOf(node, height));
    }
    QList<NodeState> states;
    QList<Error> errors;
    for (qsizetype i = 0; i < asked.size(); ++i) {
        const auto roots = co_await asking[i];
        if (roots) {
            states.append({asked[i].system, asked[i].weight, *roots});
        } else {
            errors.append(roots.error());
        }
    }
    const auto groups = agreementAt(states, totalWeight(asked));
    const auto quorum = quorumOf(groups);
    if (!quorum || !outweighsAThird(quorum->weight, wholeWeight)) {
        co_return noQuorum(height, groups, errors);
    }
    co_return *quorum;
}

} // namespace

NetworkView::NetworkView(const Inventory& inventory, ChainTimeouts timeouts)
{
    QList<NetworkNode> nodes;
    for (const auto& system : inventory.systems) {
        if (!system.chain) {
            continue;
        }
        auto client = makeChainClient(system, timeouts);
        NetworkNode node{.system = system.id, .weight = system.chain->weight};
        if (client) {
            node.client = std::move(*client);
        } else {
            node.refusal = client.error();
        }
        nodes.append(node);
    }
    m_nodes = std::make_shared<const QList<NetworkNode>>(nodes);
}

NetworkView::NetworkView(QList<NetworkNode> nodes)
    : m_nodes(std::make_shared<const QList<NetworkNode>>(std::move(nodes)))
{
}

Result<std::shared_ptr<ChainClient>> NetworkView::client(const SystemId& system) const
{
    const auto found = std::ranges::find(*m_nodes, system, &NetworkNode::system);
    if (found == m_nodes->end()) {
        return fail(ErrorCode::InvalidInput, QString("%1 is not a node of the chain.").arg(system.text()));
    }
    if (!found->client) {
        return std::unexpected(*found->refusal);
    }
    return found->client;
}

QCoro::Task<NetworkHeads> NetworkView::heads() const
{
    return headsOf(m_nodes);
}

QList<NetworkNode> NetworkView::trusted(const QList<SystemId>& except) const
{
    auto others = *m_nodes;
    others.removeIf([&](const NetworkNode& node) { return except.contains(node.system); });
    return outweighsAThird(totalWeight(others), totalWeight(*m_nodes)) ? others : *m_nodes;
}

QCoro::Task<Result<AgreementGroup>> NetworkView::quorumAt(qint64 height, const QList<SystemId>& except) const
{
    return quorumOfNodes(trusted(except), totalWeight(*m_nodes), height);
}

} // namespace rc
