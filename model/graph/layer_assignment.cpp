// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/graph/layer_assignment.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace rc {
namespace {

/// The least sum of spans is the dual of a flow of least cost. A node with more dependents than dependencies would like
/// to rise, by as much as it has more; one with fewer holds those down that have no slack to it. As much as can be held
/// flows from the first to the second along edges without slack; what still has something to give then, with all that
/// it would take along, rises by the least slack in its way. From the lowest layers on that ends at the best ones.
class Rising
{
public:
    explicit Rising(const DependencyGraph& graph)
        : m_layer(std::size_t(graph.nodeCount()))
        , m_give(m_layer.size())
        , m_take(m_layer.size())
        , m_start(m_layer.size() + 1)
    {
        pickLeaves(graph);
        readEdges(graph);
        startLow();
    }

    [[nodiscard]] std::vector<int> layers()
    {
        do {
            while (flow()) {
            }
        } while (rise());
        for (auto leaf = m_leaves.rbegin(); leaf != m_leaves.rend(); ++leaf) {
            m_layer[std::size_t(leaf->node)] = m_layer[std::size_t(leaf->neighbour)] + (leaf->above ? 1 : -1);
        }
        return m_layer;
    }

private:
    /// An edge as one of its ends sees it.
    struct Way
    {
        int edge = 0;
        bool upwards = true;
    };

    /// A node with one edge stands right beside its neighbour, wherever that is; without it another may be left with
    /// one.
    void pickLeaves(const DependencyGraph& graph)
    {
        std::vector<int> degree(m_layer.size());
        std::vector<int> waiting;
        for (int node = 0; node < graph.nodeCount(); ++node) {
            degree[std::size_t(node)] = int(graph.dependenciesOf(node).size() + graph.dependentsOf(node).size());
            if (degree[std::size_t(node)] == 1) {
                waiting.push_back(node);
            }
        }
        m_isLeaf.resize(m_layer.size());
        while (!waiting.empty()) {
            const auto leaf = waiting.back();
            waiting.pop_back();
            const auto beside = neighbourOf(graph, leaf);
            if (!beside) {
                continue; // the last of a tree
            }
            m_isLeaf[std::size_t(leaf)] = 1;
            m_leaves.push_back(*beside);
            if (--degree[std::size_t(beside->neighbour)] == 1) {
                waiting.push_back(beside->neighbour);
            }
        }
    }

    struct Leaf
    {
        int node = 0;
        int neighbour = 0;
        bool above = true;
    };

    [[nodiscard]] std::optional<Leaf> neighbourOf(const DependencyGraph& graph, int node) const
    {
        for (const auto other : graph.dependenciesOf(node)) {
            if (m_isLeaf[std::size_t(other)] == 0) {
                return Leaf{node, other, true};
            }
        }
        for (const auto other : graph.dependentsOf(node)) {
            if (m_isLeaf[std::size_t(other)] == 0) {
                return Leaf{node, other, false};
            }
        }
        return std::nullopt;
    }

    void readEdges(const DependencyGraph& graph)
    {
        std::vector<int> more(m_layer.size());
        for (int node = 0; node < graph.nodeCount(); ++node) {
            for (const auto dependency : graph.dependenciesOf(node)) {
                if (m_isLeaf[std::size_t(node)] != 0 || m_isLeaf[std::size_t(dependency)] != 0) {
                    continue;
                }
                m_lower.push_back(dependency);
                m_upper.push_back(node);
                ++more[std::size_t(dependency)];
                --more[std::size_t(node)];
                ++m_start[std::size_t(dependency) + 1];
                ++m_start[std::size_t(node) + 1];
            }
        }
        for (std::size_t node = 0; node < m_layer.size(); ++node) {
            m_give[node] = std::max(0, more[node]);
            m_take[node] = std::max(0, -more[node]);
            m_start[node + 1] += m_start[node];
        }
        m_flow.resize(m_lower.size());
        m_ways.resize(2 * m_lower.size());
        auto next = m_start;
        // Those that take stand above most often.
        for (std::size_t edge = 0; edge < m_lower.size(); ++edge) {
            m_ways[std::size_t(next[std::size_t(m_lower[edge])]++)] = {int(edge), true};
        }
        for (std::size_t edge = 0; edge < m_lower.size(); ++edge) {
            m_ways[std::size_t(next[std::size_t(m_upper[edge])]++)] = {int(edge), false};
        }
    }

    /// As low as can be, from what needs nothing up.
    void startLow()
    {
        std::vector<int> needs(m_layer.size());
        for (const auto upper : m_upper) {
            ++needs[std::size_t(upper)];
        }
        std::vector<int> ready;
        for (std::size_t node = 0; node < m_layer.size(); ++node) {
            if (needs[node] == 0) {
                ready.push_back(int(node));
            }
        }
        for (std::size_t i = 0; i < ready.size(); ++i) {
            const auto node = std::size_t(ready[i]);
            for (auto k = m_start[node]; k < m_start[node + 1]; ++k) {
                const auto way = m_ways[std::size_t(k)];
                const auto upper = std::size_t(endOf(way));
                if (!way.upwards) {
                    continue;
                }
                m_layer[upper] = std::max(m_layer[upper], m_layer[node] + 1);
                if (--needs[upper] == 0) {
                    ready.push_back(int(upper));
                }
            }
        }
    }

    [[nodiscard]] int slack(std::size_t edge) const
    {
        return m_layer[std::size_t(m_upper[edge])] - m_layer[std::size_t(m_lower[edge])] - 1;
    }
    [[nodiscard]] int endOf(Way way) const
    {
        return way.upwards ? m_upper[std::size_t(way.edge)] : m_lower[std::size_t(way.edge)];
    }
    [[nodiscard]] int beginOf(Way way) const { return endOf({way.edge, !way.upwards}); }
    /// More can flow along it: upwards where there is no slack, downwards what has flowed up.
    [[nodiscard]] bool isOpen(Way way) const
    {
        return way.upwards ? slack(std::size_t(way.edge)) == 0 : m_flow[std::size_t(way.edge)] > 0;
    }

    /// Lets flow what finds a way. False if nothing did: then what was seen is all that can be reached.
    bool flow()
    {
        m_seen.assign(m_layer.size(), 0);
        m_next = m_start;
        bool flowed = false;
        for (std::size_t giver = 0; giver < m_layer.size(); ++giver) {
            while (m_give[giver] > 0 && walk(int(giver))) {
                flowed = true;
            }
        }
        return flowed;
    }

    /// A way from this node to one that can take, and what it carries; false if there is none. Where it found no way on
    /// nobody looks again until the next round.
    bool walk(int giver)
    {
        m_path.clear();
        auto node = giver;
        m_seen[std::size_t(node)] = 1;
        while (m_take[std::size_t(node)] == 0) {
            auto& next = m_next[std::size_t(node)];
            const auto last = m_start[std::size_t(node) + 1];
            while (next < last) {
                const auto way = m_ways[std::size_t(next)];
                if (m_seen[std::size_t(endOf(way))] == 0 && isOpen(way)) {
                    break;
                }
                ++next;
            }
            if (next < last) {
                m_path.push_back(m_ways[std::size_t(next)]);
                node = endOf(m_path.back());
                m_seen[std::size_t(node)] = 1;
                continue;
            }
            if (m_path.empty()) {
                return false;
            }
            node = beginOf(m_path.back());
            m_path.pop_back();
        }
        carry(giver, node);
        return true;
    }

    void carry(int giver, int taker)
    {
        auto& give = m_give[std::size_t(giver)];
        auto& take = m_take[std::size_t(taker)];
        auto much = std::min(give, take);
        for (const auto way : m_path) {
            much = way.upwards ? much : std::min(much, m_flow[std::size_t(way.edge)]);
        }
        give -= much;
        take -= much;
        m_seen[std::size_t(giver)] = 0;
        for (const auto way : m_path) {
            m_flow[std::size_t(way.edge)] += way.upwards ? much : -much;
            m_seen[std::size_t(endOf(way))] = 0; // others may come this way again
        }
    }

    /// Lifts all that was reached, until one of its edges to the others has no slack. False if nothing wants to rise.
    bool rise()
    {
        auto step = std::numeric_limits<int>::max();
        for (std::size_t edge = 0; edge < m_lower.size(); ++edge) {
            const bool leaves = m_seen[std::size_t(m_lower[edge])] != 0 && m_seen[std::size_t(m_upper[edge])] == 0;
            step = leaves ? std::min(step, slack(edge)) : step;
        }
        if (step == std::numeric_limits<int>::max()) {
            return false; // nothing was seen, because nothing wants to rise
        }
        for (std::size_t node = 0; node < m_layer.size(); ++node) {
            m_layer[node] += m_seen[node] != 0 ? step : 0;
        }
        return true;
    }

    std::vector<int> m_layer;
    /// What a node still wants to rise, and what it can still hold down.
    std::vector<int> m_give;
    std::vector<int> m_take;
    // Edges by number, and the edges of node i: m_ways[m_start[i] .. m_start[i + 1]).
    std::vector<int> m_lower;
    std::vector<int> m_upper;
    std::vector<int> m_flow;
    std::vector<int> m_start;
    std::vector<Way> m_ways;

    std::vector<char> m_isLeaf;
    std::vector<Leaf> m_leaves; // in the order in which they were picked
    std::vector<char> m_seen;
    std::vector<int> m_next;
    std::vector<Way> m_path;
};

/// Every part that hangs together begins at 0.
void startAtZero(const DependencyGraph& graph, std::vector<int>& layers)
{
    std::vector<char> seen(layers.size());
    std::vector<int> part;
    for (int first = 0; first < graph.nodeCount(); ++first) {
        if (seen[std::size_t(first)] != 0) {
            continue;
        }
        part.assign(1, first);
        seen[std::size_t(first)] = 1;
        auto lowest = layers[std::size_t(first)];
        for (std::size_t i = 0; i < part.size(); ++i) {
            lowest = std::min(lowest, layers[std::size_t(part[i])]);
            for (const auto side : {graph.dependenciesOf(part[i]), graph.dependentsOf(part[i])}) {
                for (const auto next : side) {
                    if (seen[std::size_t(next)] == 0) {
                        seen[std::size_t(next)] = 1;
                        part.push_back(next);
                    }
                }
            }
        }
        for (const auto node : part) {
            layers[std::size_t(node)] -= lowest;
        }
    }
}

} // namespace

std::vector<int> assignLayers(const DependencyGraph& graph)
{
    auto layers = Rising(graph).layers();
    startAtZero(graph, layers);
    return layers;
}

} // namespace rc
