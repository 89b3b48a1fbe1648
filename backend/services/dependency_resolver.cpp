// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/services/dependency_resolver.h"

#include <QSet>

#include <algorithm>
#include <numeric>

namespace rc {
namespace {

QList<SystemId> idsOf(const Inventory& inventory, const std::vector<int>& nodes)
{
    QList<SystemId> ids;
    for (const int node : nodes) {
        ids.append(inventory.systems[node].id);
    }
    return ids;
}

std::unexpected<Error> dependOnEachOther(const QList<SystemId>& cycle)
{
    QStringList names;
    for (const auto& id : cycle) {
        names.append(id.text());
    }
    names.append(names.first());
    return fail(
        ErrorCode::InvalidInput,
        QString("There is no order to restart in: the services depend on each other (%1).").arg(names.join(" → ")),
        {{"cycle", toJson(cycle)}});
}

} // namespace

DependencyResolver::DependencyResolver(Inventory inventory)
    : m_inventory(std::move(inventory))
    , m_graph(m_inventory.dependencies())
{
    for (qsizetype i = 0; i < m_inventory.systems.size(); ++i) {
        m_nodes.insert(m_inventory.systems[i].id, int(i));
    }
}

Result<std::vector<int>> DependencyResolver::nodesOf(const QList<SystemId>& services) const
{
    std::vector<int> nodes;
    for (const auto& id : services) {
        const int node = m_nodes.value(id, -1);
        if (node < 0) {
            return fail(ErrorCode::NotFound, QString("There is no service %1 in the inventory.").arg(id.text()),
                        {{"service", id.text()}});
        }
        nodes.push_back(node);
    }
    return nodes;
}

Result<std::vector<int>> DependencyResolver::orderedNodes(const QList<SystemId>& services, bool withDependencies) const
{
    auto chosen = nodesOf(services);
    if (!chosen) {
        return chosen;
    }
    if (withDependencies) {
        std::ranges::copy(m_graph.transitiveDependencies(*chosen), std::back_inserter(*chosen));
    }
    auto order = m_graph.order();
    if (!order) {
        return dependOnEachOther(idsOf(m_inventory, order.error()));
    }
    const QSet<int> wanted(chosen->begin(), chosen->end());
    std::erase_if(*order, [&](int node) { return !wanted.contains(node); });
    return *order;
}

Result<QList<SystemId>> DependencyResolver::restartOrder(const QList<SystemId>& services, bool withDependencies) const
{
    const auto nodes = orderedNodes(services, withDependencies);
    return nodes ? Result<QList<SystemId>>(idsOf(m_inventory, *nodes)) : std::unexpected(nodes.error());
}

DependencyGraph DependencyResolver::graphAmong(const std::vector<int>& nodes) const
{
    QHash<int, int> positions;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        positions.insert(nodes[i], int(i));
    }
    std::vector<DependencyGraph::Edge> edges;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        for (const int dependency : m_graph.transitiveDependencies(std::array{nodes[i]})) {
            if (const auto found = positions.constFind(dependency); found != positions.cend()) {
                edges.push_back({int(i), *found});
            }
        }
    }
    return {int(nodes.size()), edges};
}

Result<ServiceOrder> DependencyResolver::order(const QList<SystemId>& services, bool withDependencies,
                                               const QHash<SystemId, Milliseconds>& durations, Milliseconds usual) const
{
    const auto nodes = orderedNodes(services, withDependencies);
    if (!nodes) {
        return std::unexpected(nodes.error());
    }
    const auto graph = graphAmong(*nodes);
    std::vector<Milliseconds> times;
    for (const int node : *nodes) {
        times.push_back(durations.value(m_inventory.systems[node].id, usual));
    }
    const auto idsAt = [&](const std::vector<int>& positions) {
        QList<SystemId> ids;
        for (const int position : positions) {
            ids.append(m_inventory.systems[(*nodes)[std::size_t(position)]].id);
        }
        return ids;
    };
    ServiceOrder result{.order = idsOf(m_inventory, *nodes), .waves = {}, .criticalPath = {}, .estimate = {}};
    for (const auto& wave : graph.waves()) {
        result.waves.append(idsAt(wave));
    }
    result.criticalPath = idsAt(graph.criticalPath(times));
    result.estimate = std::accumulate(times.begin(), times.end(), Milliseconds(0));
    return result;
}

Result<QList<SystemId>> DependencyResolver::dependenciesOf(const SystemId& service) const
{
    const auto nodes = nodesOf({service});
    return nodes ? Result<QList<SystemId>>(idsOf(m_inventory, m_graph.transitiveDependencies(*nodes)))
                 : std::unexpected(nodes.error());
}

} // namespace rc
