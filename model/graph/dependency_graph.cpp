// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/graph/dependency_graph.h"

#include <algorithm>
#include <queue>

namespace rc {
namespace {

using Node = DependencyGraph::Node;

std::span<const Node> row(const std::vector<int>& start, const std::vector<Node>& targets, Node node)
{
    return std::span(targets).subspan(std::size_t(start[node]), std::size_t(start[node + 1] - start[node]));
}

enum class Side {
    Dependencies,
    Dependents,
};

std::span<const Node> neighbours(const DependencyGraph& graph, Node node, Side side)
{
    return side == Side::Dependencies ? graph.dependenciesOf(node) : graph.dependentsOf(node);
}

/// Takes away, again and again, the nodes that have no neighbour left on this side.
void peel(const DependencyGraph& graph, std::vector<char>& left, Side side)
{
    const Side otherSide = side == Side::Dependencies ? Side::Dependents : Side::Dependencies;
    std::vector<int> count(left.size(), 0);
    std::vector<Node> bare;
    for (Node node = 0; node < graph.nodeCount(); ++node) {
        count[node] =
            int(std::ranges::count_if(neighbours(graph, node, side), [&](Node other) { return left[other]; }));
        if (left[node] && count[node] == 0) {
            bare.push_back(node);
        }
    }
    while (!bare.empty()) {
        const Node node = bare.back();
        bare.pop_back();
        left[node] = 0;
        for (const Node other : neighbours(graph, node, otherSide)) {
            if (--count[other] == 0 && left[other]) {
                bare.push_back(other);
            }
        }
    }
}

} // namespace

DependencyGraph::DependencyGraph(int nodeCount, std::span<const Edge> edges)
    : m_dependencyStart(std::size_t(nodeCount) + 1, 0)
    , m_dependencies(edges.size())
    , m_dependentStart(std::size_t(nodeCount) + 1, 0)
    , m_dependents(edges.size())
{
    for (const auto& edge : edges) {
        ++m_dependencyStart[edge.dependent + 1];
        ++m_dependentStart[edge.dependency + 1];
    }
    for (int i = 0; i < nodeCount; ++i) {
        m_dependencyStart[i + 1] += m_dependencyStart[i];
        m_dependentStart[i + 1] += m_dependentStart[i];
    }
    auto nextDependency = m_dependencyStart;
    auto nextDependent = m_dependentStart;
    for (const auto& edge : edges) {
        m_dependencies[nextDependency[edge.dependent]++] = edge.dependency;
        m_dependents[nextDependent[edge.dependency]++] = edge.dependent;
    }
}

std::span<const Node> DependencyGraph::dependenciesOf(Node node) const
{
    return row(m_dependencyStart, m_dependencies, node);
}

std::span<const Node> DependencyGraph::dependentsOf(Node node) const
{
    return row(m_dependentStart, m_dependents, node);
}

std::expected<std::vector<Node>, std::vector<Node>> DependencyGraph::order(std::span<const int> ranks) const
{
    const auto later = [&](Node a, Node b) {
        const int rankA = ranks.empty() ? 0 : ranks[a];
        const int rankB = ranks.empty() ? 0 : ranks[b];
        return rankA != rankB ? rankA > rankB : a > b;
    };
    std::priority_queue<Node, std::vector<Node>, decltype(later)> free(later);
    std::vector<int> missing(std::size_t(nodeCount()), 0);
    for (Node node = 0; node < nodeCount(); ++node) {
        missing[node] = int(dependenciesOf(node).size());
        if (missing[node] == 0) {
            free.push(node);
        }
    }
    std::vector<Node> order;
    order.reserve(missing.size());
    while (!free.empty()) {
        const Node node = free.top();
        free.pop();
        order.push_back(node);
        for (const Node dependent : dependentsOf(node)) {
            if (--missing[dependent] == 0) {
                free.push(dependent);
            }
        }
    }
    if (order.size() < missing.size()) {
        return std::unexpected(shortestCycle());
    }
    return order;
}

std::vector<Node> DependencyGraph::shortestCycle() const
{
    // What stands before or behind every cycle is peeled off; the rest is searched, each node by breadth first.
    std::vector<char> left(std::size_t(nodeCount()), 1);
    peel(*this, left, Side::Dependencies);
    peel(*this, left, Side::Dependents);
    std::vector<Node> shortest;
    for (Node node = 0; node < nodeCount() && shortest.size() != 1; ++node) {
        if (!left[node]) {
            continue;
        }
        auto cycle = shortestCycleThrough(node, left, shortest.empty() ? left.size() + 1 : shortest.size());
        if (!cycle.empty()) {
            shortest = std::move(cycle);
        }
    }
    return shortest;
}

std::vector<Node> DependencyGraph::shortestCycleThrough(Node start, std::span<const char> inCycle,
                                                        std::size_t limit) const
{
    std::vector<Node> cameFrom(inCycle.size(), -1);
    std::vector<std::size_t> depth(inCycle.size(), 0);
    std::queue<Node> queue;
    queue.push(start);
    while (!queue.empty()) {
        const Node node = queue.front();
        queue.pop();
        if (depth[node] + 1 >= limit) {
            return {};
        }
        for (const Node next : dependenciesOf(node)) {
            if (next == start) {
                std::vector<Node> cycle;
                for (Node step = node; step != start; step = cameFrom[step]) {
                    cycle.push_back(step);
                }
                cycle.push_back(start);
                std::ranges::reverse(cycle);
                return cycle;
            }
            if (inCycle[next] && cameFrom[next] == -1) {
                cameFrom[next] = node;
                depth[next] = depth[node] + 1;
                queue.push(next);
            }
        }
    }
    return {};
}

std::vector<std::vector<Node>> DependencyGraph::waves() const
{
    std::vector<std::vector<Node>> waves;
    const auto sequence = order();
    if (!sequence) {
        return waves;
    }
    std::vector<std::size_t> wave(sequence->size(), 0);
    for (const Node node : *sequence) {
        for (const Node dependency : dependenciesOf(node)) {
            wave[node] = std::max(wave[node], wave[dependency] + 1);
        }
        if (wave[node] >= waves.size()) {
            waves.resize(wave[node] + 1);
        }
        waves[wave[node]].push_back(node);
    }
    for (auto& nodes : waves) {
        std::ranges::sort(nodes);
    }
    return waves;
}

std::vector<Node> DependencyGraph::criticalPath(std::span<const std::chrono::milliseconds> durations) const
{
    const auto sequence = order();
    if (!sequence || sequence->empty()) {
        return {};
    }
    std::vector<std::chrono::milliseconds> finish(sequence->size(), std::chrono::milliseconds(0));
    std::vector<Node> before(sequence->size(), -1);
    for (const Node node : *sequence) {
        for (const Node dependency : dependenciesOf(node)) {
            if (before[node] == -1 || finish[dependency] > finish[before[node]]) {
                before[node] = dependency;
            }
        }
        finish[node] = durations[node] + (before[node] == -1 ? std::chrono::milliseconds(0) : finish[before[node]]);
    }
    std::vector<Node> path;
    for (Node node = Node(std::ranges::max_element(finish) - finish.begin()); node != -1; node = before[node]) {
        path.push_back(node);
    }
    std::ranges::reverse(path);
    return path;
}

std::vector<Node> DependencyGraph::reach(std::span<const Node> roots, bool upwards) const
{
    std::vector<char> seen(std::size_t(nodeCount()), 0);
    std::vector<Node> stack(roots.begin(), roots.end());
    while (!stack.empty()) {
        const Node node = stack.back();
        stack.pop_back();
        for (const Node next : upwards ? dependentsOf(node) : dependenciesOf(node)) {
            if (!seen[next]) {
                seen[next] = 1;
                stack.push_back(next);
            }
        }
    }
    std::vector<Node> found;
    for (Node node = 0; node < nodeCount(); ++node) {
        if (seen[node]) {
            found.push_back(node);
        }
    }
    return found;
}

std::vector<Node> DependencyGraph::transitiveDependencies(std::span<const Node> roots) const
{
    return reach(roots, false);
}

std::vector<Node> DependencyGraph::transitiveDependents(std::span<const Node> roots) const
{
    return reach(roots, true);
}

} // namespace rc
