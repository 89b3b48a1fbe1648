// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/graph/layer_order.h"

#include <algorithm>
#include <numeric>

namespace rc {
namespace {

/// How many of the numbers so far are greater than one of 0..size-1 (a Fenwick tree).
class Ranks
{
public:
    explicit Ranks(std::size_t size)
        : m_sums(size + 1)
    {
    }
    void add(int number)
    {
        ++m_all;
        for (auto i = std::size_t(number) + 1; i < m_sums.size(); i += i & (~i + 1)) {
            ++m_sums[i];
        }
    }
    [[nodiscard]] qint64 above(int number) const
    {
        qint64 upTo = 0;
        for (auto i = std::size_t(number) + 1; i > 0; i -= i & (~i + 1)) {
            upTo += m_sums[i];
        }
        return m_all - upTo;
    }

private:
    std::vector<int> m_sums;
    qint64 m_all = 0;
};

} // namespace

std::span<const int> LayerOrder::Side::of(int node) const
{
    const auto begin = start[std::size_t(node)];
    return {nodes.data() + begin, std::size_t(start[std::size_t(node) + 1] - begin)};
}

LayerOrder::LayerOrder(const DependencyGraph& graph, std::span<const int> layers)
    : m_realNodes(graph.nodeCount())
    , m_layerOf(layers.begin(), layers.end())
{
    m_layers.resize(layers.empty() ? 0 : std::size_t(std::ranges::max(layers)) + 1);
    for (int node = 0; node < m_realNodes; ++node) {
        for (const auto dependency : graph.dependenciesOf(node)) {
            addLine(dependency, node);
        }
    }
    std::vector<std::pair<int, int>> segments;
    for (const auto& line : m_lines) {
        for (std::size_t i = 1; i < line.size(); ++i) {
            segments.emplace_back(line[i - 1], line[i]);
        }
    }
    m_below = sideOf(nodes(), segments, false);
    m_above = sideOf(nodes(), segments, true);
    m_position.resize(m_layerOf.size());
    for (int node = 0; node < nodes(); ++node) {
        m_layers[std::size_t(layerOf(node))].push_back(node);
    }
    for (std::size_t layer = 0; layer < m_layers.size(); ++layer) {
        number(layer);
    }
}

void LayerOrder::addLine(int dependency, int dependent)
{
    std::vector<int> line{dependency};
    for (int layer = layerOf(dependency) + 1; layer < layerOf(dependent); ++layer) {
        line.push_back(nodes());
        m_layerOf.push_back(layer);
    }
    line.push_back(dependent);
    m_lines.push_back(std::move(line));
}

LayerOrder::Side LayerOrder::sideOf(int nodes, const std::vector<std::pair<int, int>>& segments, bool above)
{
    Side side;
    side.start.resize(std::size_t(nodes) + 1);
    for (const auto& [lower, upper] : segments) {
        ++side.start[std::size_t(above ? lower : upper) + 1];
    }
    std::partial_sum(side.start.begin(), side.start.end(), side.start.begin());
    side.nodes.resize(segments.size());
    auto next = side.start;
    for (const auto& [lower, upper] : segments) {
        side.nodes[std::size_t(next[std::size_t(above ? lower : upper)]++)] = above ? upper : lower;
    }
    return side;
}

void LayerOrder::number(std::size_t layer)
{
    for (std::size_t i = 0; i < m_layers[layer].size(); ++i) {
        m_position[std::size_t(m_layers[layer][i])] = int(i);
    }
}

qint64 LayerOrder::crossings() const
{
    qint64 all = 0;
    for (std::size_t layer = 0; layer + 1 < m_layers.size(); ++layer) {
        // Edges in the order of their lower ends; a pair crosses where the upper ends are the other way round.
        Ranks ranks(m_layers[layer + 1].size());
        for (const auto node : m_layers[layer]) {
            for (const auto upper : above(node)) {
                all += ranks.above(positionOf(upper));
            }
            for (const auto upper : above(node)) {
                ranks.add(positionOf(upper));
            }
        }
    }
    return all;
}

void LayerOrder::move(int node, int position)
{
    auto& order = m_layers[std::size_t(layerOf(node))];
    const auto from = positionOf(node);
    const auto step = position < from ? -1 : 1;
    for (auto at = from; at != position; at += step) {
        const auto next = at + step;
        const auto other = order[std::size_t(next)];
        order[std::size_t(at)] = other;
        m_position[std::size_t(other)] = at;
    }
    order[std::size_t(position)] = node;
    m_position[std::size_t(node)] = position;
}

void LayerOrder::replaceLayer(int layer, const std::vector<int>& order)
{
    m_layers[std::size_t(layer)] = order;
    number(std::size_t(layer));
}

} // namespace rc
