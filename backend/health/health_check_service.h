// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/chain/network_view.h"
#include "model/health/health.h"

#include <QNetworkAccessManager>

namespace rc {

struct HealthOptions
{
    /// A node this many blocks behind the quorum is looked at twice: does it move?
    qint64 lagBlocks = 3;
    /// Time between the two looks.
    Milliseconds secondLook{1'500};
    /// No new block for this long on any node: the chain stands still.
    Milliseconds haltAfter{15'000};
};

/// What the chain says of one of its nodes.
struct ChainReport
{
    SystemId system = {};
    ChainStanding standing = {};
    /// `state_agreement` and `height`.
    QList<CheckReport> checks = {};
};

/// The seed's HealthCheckService: looks at systems now, once. Every check is made at the same time and within its
/// timeout. For a node of a chain there is a second source besides its own word: `state_agreement` compares its block
/// hash and computed state with the quorum of all nodes, `height` asks whether it moves. A running task keeps what it
/// needs.
class HealthCheckService
{
public:
    HealthCheckService(Inventory inventory, NetworkView view, HealthOptions options = {});

    [[nodiscard]] const Inventory& inventory() const { return *m_inventory; }
    /// NotFound for a system the inventory does not have.
    [[nodiscard]] QCoro::Task<Result<SystemHealth>> checkSystem(SystemId id) const;
    /// In the order of the inventory.
    [[nodiscard]] QCoro::Task<QList<SystemHealth>> checkAll() const;
    [[nodiscard]] QCoro::Task<Result<QList<SystemHealth>>> checkSystems(QList<SystemId> ids) const;

    /// One probe of a system, as often as wanted.
    [[nodiscard]] QCoro::Task<CheckReport> runProbe(SystemId id, ProbeSpec probe) const;
    /// The two chain checks of each node, from one comparison of the network.
    [[nodiscard]] QCoro::Task<QList<ChainReport>> checkChain() const;

private:
    std::shared_ptr<const Inventory> m_inventory;
    NetworkView m_view;
    HealthOptions m_options;
    std::shared_ptr<QNetworkAccessManager> m_network;
};

} // namespace rc
