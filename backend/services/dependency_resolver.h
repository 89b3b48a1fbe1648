// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/result/restart_result.h"
#include "model/system/inventory.h"

namespace rc {

/// Knows what depends on what in an inventory, and so in which order services are restarted: dependencies first.
/// NotFound for a service that the inventory does not have; InvalidInput, with the cycle in the sentence, for services
/// that depend on each other.
class DependencyResolver
{
public:
    explicit DependencyResolver(Inventory inventory);

    /// The services, and with `withDependencies` all that they need, in the order of a restart. A dependency through a
    /// service that is not restarted counts too.
    [[nodiscard]] Result<QList<SystemId>> restartOrder(const QList<SystemId>& services, bool withDependencies) const;
    /// That order with its waves, its critical path and an estimate, each service taking `durations` of its own or
    /// `usual`.
    [[nodiscard]] Result<ServiceOrder> order(const QList<SystemId>& services, bool withDependencies,
                                             const QHash<SystemId, Milliseconds>& durations = {},
                                             Milliseconds usual = std::chrono::seconds(5)) const;
    /// All that a service needs, directly or not, in the order of the inventory.
    [[nodiscard]] Result<QList<SystemId>> dependenciesOf(const SystemId& service) const;
    [[nodiscard]] const Inventory& inventory() const { return m_inventory; }

private:
    [[nodiscard]] Result<std::vector<int>> nodesOf(const QList<SystemId>& services) const;
    [[nodiscard]] Result<std::vector<int>> orderedNodes(const QList<SystemId>& services, bool withDependencies) const;
    /// A graph of positions in `nodes`, in which what lies between two of them has become an edge.
    [[nodiscard]] DependencyGraph graphAmong(const std::vector<int>& nodes) const;

    Inventory m_inventory;
    QHash<SystemId, int> m_nodes;
    DependencyGraph m_graph;
};

} // namespace rc
