// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/health/proposal.h"

#include "model/chain/chain.h"

#include <algorithm>

namespace rc {
namespace {

Proposal propose(IncidentType type, Severity severity, QList<SystemId> systems, Timestamp now)
{
    std::ranges::sort(systems);
    return {.fingerprint = proposalFingerprint(type, systems),
            .type = type,
            .severity = severity,
            .title = {},
            .systems = systems,
            .firstSeen = now,
            .evidence = {}};
}

std::optional<Proposal> corruption(const QList<SystemHealth>& nodes, Timestamp now)
{
    QList<SystemId> systems;
    QStringList evidence;
    for (const auto& node : nodes) {
        if (node.chain->stateDiffers) {
            systems.append(node.id);
            evidence.append(QString("%1: %2").arg(node.id.text(), node.reason()));
        }
    }
    if (systems.isEmpty()) {
        return std::nullopt;
    }
    auto proposal = propose(IncidentType::StateCorruption, Severity::High, systems, now);
    proposal.title = QString("State of %1 differs from the quorum").arg(namesOf(proposal.systems));
    proposal.evidence = evidence.join("\n");
    return proposal;
}

std::optional<Proposal> halt(const QList<SystemHealth>& nodes, Timestamp now)
{
    qint64 total = 0;
    qint64 answering = 0;
    bool moving = false;
    qint64 highest = -1;
    QList<SystemId> systems;
    for (const auto& node : nodes) {
        systems.append(node.id);
        total += node.chain->weight;
        answering += node.chain->height ? node.chain->weight : 0;
        moving = moving || node.chain->moving;
        highest = std::max(highest, node.chain->height.value_or(-1));
    }
    if (nodes.isEmpty() || (moving && isQuorum(answering, total))) {
        return std::nullopt;
    }
    auto proposal = propose(IncidentType::ConsensusHalt, Severity::Critical, systems, now);
    if (highest < 0) {
        proposal.title = "No node of the chain answers";
    } else if (isQuorum(answering, total)) {
        proposal.title = QString("The chain stands still at height %1").arg(highest);
    } else {
        proposal.title = QString("Too few nodes answer to make a block after height %1").arg(highest);
    }
    proposal.evidence = QString("Nodes with %1 of %2 votes answer, the highest at %3; %4.")
                            .arg(answering)
                            .arg(total)
                            .arg(highest)
                            .arg(moving ? QString("some got a block lately") : QString("none gets new blocks"));
    return proposal;
}

} // namespace

QString proposalFingerprint(IncidentType type, QList<SystemId> systems)
{
    std::ranges::sort(systems);
    return sha256Hex(canonicalJson({{"type", QString(idOf(type))}, {"systems", toJson(systems)}})).first(16);
}

QList<Proposal> proposalsFrom(const QList<SystemHealth>& systems, Timestamp now)
{
    auto nodes = systems;
    nodes.removeIf([](const SystemHealth& system) { return !system.chain; });
    QList<Proposal> proposals;
    for (auto& proposal : {halt(nodes, now), corruption(nodes, now)}) {
        if (proposal) {
            proposals.append(*proposal);
        }
    }
    return proposals;
}

bool wasLookedFor(const Proposal& proposal, const QList<SystemHealth>& systems)
{
    return std::ranges::all_of(proposal.systems, [&](const SystemId& id) {
        const auto node = std::ranges::find(systems, id, &SystemHealth::id);
        if (node == systems.end() || !node->chain) {
            return false;
        }
        if (proposal.type != IncidentType::StateCorruption) {
            return true;
        }
        const auto* compared = node->find("state_agreement");
        return compared != nullptr && compared->state != HealthState::Unknown && compared->state != HealthState::Stale;
    });
}

} // namespace rc
