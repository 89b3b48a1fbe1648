// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/health/chain_checks.h"

#include <QCoroTimer>

namespace rc {
namespace {

bool isBehind(const NodeHead& node, const NetworkHeads& heads, const HealthOptions& options)
{
    return node.head && heads.quorumHeight() - node.head->block.height >= options.lagBlocks;
}

bool belies(const NodeHead& node)
{
    return node.roots && !node.roots->consistent();
}

QCoro::Task<std::optional<qint64>> heightOf(std::shared_ptr<ChainClient> client)
{
    auto asking = client->head();
    const auto head = co_await asking;
    co_return head ? std::optional(head->block.height) : std::nullopt;
}

/// A second look at the nodes that are behind: have they moved?
QCoro::Task<QHash<SystemId, qint64>> lookAgain(NetworkView view, NetworkHeads heads, HealthOptions options)
{
    QHash<SystemId, qint64> later;
    QList<SystemId> behind;
    for (const auto& node : heads.nodes) {
        if (isBehind(node, heads, options) && !node.head->held) {
            behind.append(node.system);
        }
    }
    if (behind.isEmpty()) {
        co_return later;
    }
    co_await QCoro::sleepFor(options.secondLook);
    std::vector<QCoro::Task<std::optional<qint64>>> asking;
    for (const auto& system : behind) {
        asking.push_back(heightOf(*view.client(system)));
    }
    for (qsizetype i = 0; i < behind.size(); ++i) {
        const auto height = co_await asking[i];
        if (height) {
            later.insert(behind[i], *height);
        }
    }
    co_return later;
}

QCoro::Task<QList<ChainReport>> chainReports(NetworkView view, HealthOptions options)
{
    auto looking = view.heads();
    const auto heads = co_await looking;
    auto again = lookAgain(view, heads, options);
    const auto later = co_await again;
    QList<ChainReport> reports;
    for (const auto& node : heads.nodes) {
        const auto second = later.contains(node.system) ? std::optional(later[node.system]) : std::nullopt;
        ChainReport report{.system = node.system};
        report.checks = {judgeAgreement(node, heads), judgeHeight(node, heads, second, options)};
        report.standing.weight = node.weight;
        report.standing.stateDiffers = report.checks[0].state == HealthState::Unhealthy;
        if (node.head) {
            const auto height = node.head->block.height;
            report.standing.height = height;
            report.standing.moving =
                second ? *second > height : !node.head->held && node.head->age <= options.haltAfter;
        }
        reports.append(report);
    }
    co_return reports;
}

} // namespace

CheckReport judgeAgreement(const NodeHead& node, const NetworkHeads& heads)
{
    CheckReport report{.name = "state_agreement", .state = HealthState::Unhealthy};
    if (node.differs()) {
        const bool otherBlock = node.compared->block.hash != node.quorum->hash;
        const auto mine = otherBlock ? node.compared->block.hash : node.compared->computed;
        const auto theirs = otherBlock ? node.quorum->hash : node.quorum->stateHash;
        report.message =
            (otherBlock ? QString("block differs from %1 of %2 nodes at height %3: %4, quorum %5")
                        : QString("state differs from %1 of %2 nodes at height %3: computed %4, quorum %5"))
                .arg(node.quorum->systems.size())
                .arg(heads.nodes.size())
                .arg(node.quorum->height)
                .arg(shortHash(mine), shortHash(theirs));
    } else if (belies(node)) {
        report.message = QString("state is wrong at height %1: computed %2, its header says %3")
                             .arg(node.roots->block.height)
                             .arg(shortHash(node.roots->computed), shortHash(node.roots->header));
    } else if (!node.compared) {
        report.state = HealthState::Unknown;
        report.message = QString("not compared: %1").arg(node.error);
    } else if (!node.quorum) {
        report.state = HealthState::Unknown;
        report.message = QString("no two thirds of the nodes agree at height %1; there is nothing to compare with")
                             .arg(node.compared->block.height);
    } else {
        report.state = HealthState::Healthy;
        report.message = QString("agrees with %1 of %2 nodes at height %3")
                             .arg(node.quorum->systems.size())
                             .arg(heads.nodes.size())
                             .arg(node.quorum->height);
    }
    return report;
}

CheckReport judgeHeight(const NodeHead& node, const NetworkHeads& heads, std::optional<qint64> later,
                        const HealthOptions& options)
{
    CheckReport report{.name = "height", .state = HealthState::Unhealthy};
    if (!node.head) {
        report.message = node.error;
        return report;
    }
    const auto height = node.head->block.height;
    const auto seconds = node.head->age.count() / 1000;
    if (node.head->held) {
        report.message = QString("held at %1: it neither signs nor syncs until it is released").arg(height);
    } else if (isBehind(node, heads, options) && later.value_or(height) > height) {
        report.state = HealthState::Degraded;
        report.message = QString("catching up: at %1, the quorum is at %2").arg(*later).arg(heads.quorumHeight());
    } else if (isBehind(node, heads, options)) {
        report.message =
            QString("stuck at %1 for %2 s; the quorum is at %3").arg(height).arg(seconds).arg(heads.quorumHeight());
    } else if (node.head->age > options.haltAfter) {
        report.message = QString("no new block for %1 s at height %2").arg(seconds).arg(height);
    } else {
        report.state = HealthState::Healthy;
        report.message = QString("at %1").arg(height);
    }
    return report;
}

QCoro::Task<QList<ChainReport>> HealthCheckService::checkChain() const
{
    return chainReports(m_view, m_options);
}

} // namespace rc
