// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include <chrono>
#include <expected>
#include <span>
#include <vector>

namespace rc {

/// A directed graph of "needs": plan steps, services or systems by index 0..n-1, an edge from what needs to what is
/// needed. Used for order, for what waits on what, and for the critical path. Indices, not names: callers keep the
/// names.
class DependencyGraph
{
public:
    using Node = int;
    struct Edge
    {
        Node dependent;
        Node dependency;
    };

    DependencyGraph() = default;
    /// Edges may repeat; an edge of a node to itself is a cycle of length one. Indices outside 0..n-1 are a caller's
    /// bug.
    DependencyGraph(int nodeCount, std::span<const Edge> edges);

    [[nodiscard]] int nodeCount() const { return int(m_dependencyStart.size()) - 1; }
    [[nodiscard]] std::span<const Node> dependenciesOf(Node node) const;
    [[nodiscard]] std::span<const Node> dependentsOf(Node node) const;

    /// Dependencies first; among nodes that are free at the same time the lower `rank`, then the lower index, comes
    /// first (an empty `ranks` ranks all alike). The failure is the shortest cycle, each node needing the next, the
    /// last the first.
    [[nodiscard]] std::expected<std::vector<Node>, std::vector<Node>> order(std::span<const int> ranks = {}) const;
    /// The shortest cycle, or nothing.
    [[nodiscard]] std::vector<Node> shortestCycle() const;
    /// Nodes in waves: each needs only nodes of earlier waves. How an order is explained, not how it is run. Acyclic
    /// only.
    [[nodiscard]] std::vector<std::vector<Node>> waves() const;
    /// The longest chain of durations, first to last. Acyclic only.
    [[nodiscard]] std::vector<Node> criticalPath(std::span<const std::chrono::milliseconds> durations) const;
    /// All that `roots` need, directly or not, without the roots themselves unless a root needs another; ascending.
    [[nodiscard]] std::vector<Node> transitiveDependencies(std::span<const Node> roots) const;
    /// All that need `roots`, directly or not; ascending.
    [[nodiscard]] std::vector<Node> transitiveDependents(std::span<const Node> roots) const;

private:
    [[nodiscard]] std::vector<Node> reach(std::span<const Node> roots, bool upwards) const;
    [[nodiscard]] std::vector<Node> shortestCycleThrough(Node start, std::span<const char> inCycle,
                                                         std::size_t limit) const;

    // Compressed rows: the neighbours of node i are targets[start[i] .. start[i + 1]).
    std::vector<int> m_dependencyStart{0};
    std::vector<Node> m_dependencies;
    std::vector<int> m_dependentStart{0};
    std::vector<Node> m_dependents;
};

} // namespace rc
