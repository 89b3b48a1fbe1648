// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/chain/chain.h"

#include <QRegularExpression>

#include <algorithm>

namespace rc {
namespace {

QJsonObject groupJson(const AgreementGroup& group)
{
    return {
        {"height", group.height},           {"hash", group.hash},     {"state_hash", group.stateHash},
        {"systems", toJson(group.systems)}, {"weight", group.weight}, {"quorum", group.quorum},
    };
}

QJsonValue orNull(bool there, const QJsonValue& value)
{
    return there ? value : QJsonValue(QJsonValue::Null);
}

QJsonObject nodeJson(const NodeHead& node)
{
    const auto head = node.head.value_or(ChainHead());
    const auto roots = node.roots.value_or(StateRoots());
    const bool answered = node.head.has_value();
    return {
        {"system", node.system.text()},
        {"height", orNull(answered, head.block.height)},
        {"hash", orNull(answered, head.block.hash)},
        {"state_hash", orNull(node.roots.has_value(), roots.computed)},
        {"header_state_hash", orNull(answered, head.stateHash)},
        {"syncing", orNull(answered, head.syncing)},
        {"held", orNull(answered, head.held)},
        {"peers", orNull(answered, head.peers)},
        {"age_ms", orNull(answered, qint64(head.age.count()))},
        {"group", orNull(node.group >= 0, node.group)},
        {"compared_at", orNull(node.compared.has_value(), node.compared.value_or(StateRoots()).block.height)},
        {"weight", node.weight},
        {"state_error", orNull(!head.stateError.isEmpty(), head.stateError)},
        {"error", orNull(!node.error.isEmpty(), node.error)},
    };
}

} // namespace

bool isQuorum(qint64 weight, qint64 total)
{
    return total > 0 && weight * 3 > total * 2;
}

QList<AgreementGroup> agreementAt(const QList<NodeState>& states, qint64 totalWeight)
{
    QList<AgreementGroup> groups;
    for (const auto& state : states) {
        const auto same = [&](const AgreementGroup& group) { return group.agreesWith(state.roots); };
        auto group = std::ranges::find_if(groups, same);
        if (group == groups.end()) {
            groups.append({state.roots.block.height, state.roots.block.hash, state.roots.computed});
            group = groups.end() - 1;
        }
        group->systems.append(state.system);
        group->weight += state.weight;
    }
    for (auto& group : groups) {
        qint64 consistent = 0;
        for (const auto& state : states) {
            consistent += group.agreesWith(state.roots) && state.roots.consistent() ? state.weight : 0;
        }
        group.quorum = isQuorum(consistent, totalWeight);
    }
    std::ranges::sort(groups, {},
                      [](const AgreementGroup& group) { return std::pair(-group.weight, group.systems.first()); });
    return groups;
}

std::optional<AgreementGroup> quorumOf(const QList<AgreementGroup>& groups)
{
    const auto found = std::ranges::find(groups, true, &AgreementGroup::quorum);
    return found == groups.end() ? std::nullopt : std::optional(*found);
}

const NodeHead* NetworkHeads::find(const SystemId& system) const
{
    const auto found = std::ranges::find(nodes, system, &NodeHead::system);
    return found == nodes.end() ? nullptr : &*found;
}

qint64 NetworkHeads::quorumHeight() const
{
    QList<std::pair<qint64, qint64>> heights;
    for (const auto& node : nodes) {
        if (node.head) {
            heights.append({node.head->block.height, node.weight});
        }
    }
    std::ranges::sort(heights, std::ranges::greater());
    qint64 weight = 0;
    for (const auto& [height, of] : heights) {
        weight += of;
        if (isQuorum(weight, totalWeight)) {
            return height;
        }
    }
    return -1;
}

QJsonObject NetworkHeads::toJson() const
{
    QJsonArray nodeArray;
    for (const auto& node : nodes) {
        nodeArray.append(nodeJson(node));
    }
    QJsonArray groupArray;
    for (const auto& group : groups) {
        groupArray.append(groupJson(group));
    }
    return {{"nodes", nodeArray}, {"groups", groupArray}};
}

QJsonObject TrustedHeight::toJson() const
{
    return {
        {"height", block.height},
        {"hash", block.hash},
        {"first_bad_height", orNull(firstBadHeight.has_value(), firstBadHeight.value_or(0))},
    };
}

QString shortHash(const QString& hash)
{
    return hash.size() > 12 ? hash.first(12) + QChar(0x2026) : hash;
}

QString withShortHashes(const QString& text)
{
    static const QRegularExpression hash(R"(\b([0-9a-fA-F]{8})[0-9a-fA-F]{16,}([0-9a-fA-F]{8})\b)");
    return QString(text).replace(hash, "\\1…\\2");
}

} // namespace rc
