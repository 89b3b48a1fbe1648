// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/graph/layered_layout.h"

#include <algorithm>
#include <numeric>

namespace rc {
namespace {

constexpr int Sweeps = 12;
constexpr int Straightenings = 24;

/// How many of the numbers so far are larger than one of 0..size-1 (a Fenwick tree).
class Ranks
{
public:
    explicit Ranks(std::size_t size)
        : m_sums(size + 1)
    {
    }
    void add(std::size_t number)
    {
        ++m_all;
        for (auto i = number + 1; i < m_sums.size(); i += i & (~i + 1)) {
            ++m_sums[i];
        }
    }
    [[nodiscard]] qint64 above(std::size_t number) const
    {
        qint64 upTo = 0;
        for (auto i = number + 1; i > 0; i -= i & (~i + 1)) {
            upTo += m_sums[i];
        }
        return m_all - upTo;
    }

private:
    std::vector<qint64> m_sums;
    qint64 m_all = 0;
};

/// The graph with a dummy node wherever an edge passes through a layer.
class Layers
{
public:
    explicit Layers(const DependencyGraph& graph)
        : m_layerOf(std::size_t(graph.nodeCount()))
    {
        const auto waves = graph.waves();
        m_order.resize(waves.size());
        for (std::size_t layer = 0; layer < waves.size(); ++layer) {
            for (const auto node : waves[layer]) {
                m_layerOf[std::size_t(node)] = int(layer);
            }
            m_order[layer] = waves[layer];
        }
        m_before.resize(m_layerOf.size());
        m_after.resize(m_layerOf.size());
        for (int node = 0; node < graph.nodeCount(); ++node) {
            for (const auto dependency : graph.dependenciesOf(node)) {
                addLine(dependency, node);
            }
        }
    }

    void untangle()
    {
        auto best = m_order;
        auto fewest = crossings();
        for (int sweep = 0; sweep < Sweeps && fewest > 0; ++sweep) {
            const bool down = sweep % 2 == 0;
            for (std::size_t i = 1; i < m_order.size(); ++i) {
                sortByNeighbours(down ? i : m_order.size() - 1 - i, down);
            }
            transpose();
            const auto now = crossings();
            if (now < fewest) {
                fewest = now;
                best = m_order;
            }
        }
        m_order = best;
    }

    /// Rows near the neighbours' mean, in the order that was found, at least one apart.
    void placeRows()
    {
        m_row.resize(m_layerOf.size());
        const auto widest = std::ranges::max(m_order, {}, &std::vector<int>::size).size();
        for (const auto& layer : m_order) {
            for (std::size_t at = 0; at < layer.size(); ++at) {
                m_row[std::size_t(layer[at])] = double(at) + double(widest - layer.size()) / 2;
            }
        }
        for (int i = 0; i < Straightenings; ++i) {
            for (std::size_t layer = 0; layer < m_order.size(); ++layer) {
                straighten(m_order[i % 2 == 0 ? layer : m_order.size() - 1 - layer]);
            }
        }
        const auto least = std::ranges::min(m_row);
        for (auto& row : m_row) {
            row -= least;
        }
    }

    [[nodiscard]] LayeredLayout drawn(int nodeCount) const
    {
        LayeredLayout layout;
        layout.layers = int(m_order.size());
        layout.rows = std::ranges::max(m_row) + 1;
        for (int node = 0; node < nodeCount; ++node) {
            layout.nodes.append(pointOf(node));
        }
        for (const auto& line : m_lines) {
            LayeredLayout::Line drawn{line.front(), line.back(), {}};
            for (const auto node : line) {
                drawn.points.append(pointOf(node));
            }
            layout.lines.append(drawn);
        }
        return layout;
    }

private:
    void addLine(int dependency, int dependent)
    {
        std::vector<int> line{dependency};
        for (int layer = m_layerOf[std::size_t(dependency)] + 1; layer < m_layerOf[std::size_t(dependent)]; ++layer) {
            const int dummy = int(m_layerOf.size());
            m_layerOf.push_back(layer);
            m_before.emplace_back();
            m_after.emplace_back();
            m_order[std::size_t(layer)].push_back(dummy);
            line.push_back(dummy);
        }
        line.push_back(dependent);
        for (std::size_t i = 1; i < line.size(); ++i) {
            m_after[std::size_t(line[i - 1])].push_back(line[i]);
            m_before[std::size_t(line[i])].push_back(line[i - 1]);
        }
        m_lines.push_back(std::move(line));
    }

    [[nodiscard]] std::vector<double> positions() const
    {
        std::vector<double> at(m_layerOf.size());
        for (const auto& layer : m_order) {
            for (std::size_t i = 0; i < layer.size(); ++i) {
                at[std::size_t(layer[i])] = double(i);
            }
        }
        return at;
    }

    static double meanOf(const std::vector<int>& nodes, const std::vector<double>& at, double without)
    {
        if (nodes.empty()) {
            return without;
        }
        const auto sum = std::accumulate(nodes.begin(), nodes.end(), 0.0,
                                         [&](double so, int node) { return so + at[std::size_t(node)]; });
        return sum / double(nodes.size());
    }

    void sortByNeighbours(std::size_t layer, bool down)
    {
        const auto at = positions();
        const auto& neighbours = down ? m_before : m_after;
        std::ranges::stable_sort(m_order[layer], {}, [&](int node) {
            return meanOf(neighbours[std::size_t(node)], at, at[std::size_t(node)]);
        });
    }

    /// Crossings of the lines of two nodes of a layer, `left` standing before `right`.
    static int crossingsOf(const std::vector<int>& left, const std::vector<int>& right, const std::vector<double>& at)
    {
        int crossings = 0;
        for (const auto a : left) {
            for (const auto b : right) {
                crossings += at[std::size_t(a)] > at[std::size_t(b)] ? 1 : 0;
            }
        }
        return crossings;
    }

    void transpose()
    {
        auto at = positions();
        for (auto& layer : m_order) {
            for (std::size_t i = 1; i < layer.size(); ++i) {
                const auto left = std::size_t(layer[i - 1]);
                const auto right = std::size_t(layer[i]);
                const int as =
                    crossingsOf(m_before[left], m_before[right], at) + crossingsOf(m_after[left], m_after[right], at);
                const int swapped =
                    crossingsOf(m_before[right], m_before[left], at) + crossingsOf(m_after[right], m_after[left], at);
                if (swapped < as) {
                    std::swap(layer[i - 1], layer[i]);
                    std::swap(at[left], at[right]);
                }
            }
        }
    }

    [[nodiscard]] qint64 crossings() const
    {
        const auto at = positions();
        qint64 all = 0;
        for (std::size_t layer = 0; layer + 1 < m_order.size(); ++layer) {
            // Lines in the order of their upper ends; a pair crosses where the lower ends are the other way round.
            Ranks lower(m_order[layer + 1].size());
            for (const auto node : m_order[layer]) {
                std::vector<std::size_t> ends;
                for (const auto next : m_after[std::size_t(node)]) {
                    ends.push_back(std::size_t(at[std::size_t(next)]));
                }
                for (const auto end : ends) {
                    all += lower.above(end);
                }
                std::ranges::for_each(ends, [&](std::size_t end) { lower.add(end); });
            }
        }
        return all;
    }

    /// Isotonic regression by pooling adjacent violators: the rows nearest to what each node wants, in order, one
    /// apart.
    void straighten(const std::vector<int>& layer)
    {
        struct Block
        {
            double sum = 0;
            int count = 0;
            [[nodiscard]] double mean() const { return sum / count; }
        };
        std::vector<Block> blocks;
        for (std::size_t i = 0; i < layer.size(); ++i) {
            const auto node = std::size_t(layer[i]);
            auto around = m_before[node];
            around.insert(around.end(), m_after[node].begin(), m_after[node].end());
            blocks.push_back({meanOf(around, m_row, m_row[node]) - double(i), 1});
            while (blocks.size() > 1 && blocks.back().mean() < blocks[blocks.size() - 2].mean()) {
                const auto last = blocks.back();
                blocks.pop_back();
                blocks.back().sum += last.sum;
                blocks.back().count += last.count;
            }
        }
        std::size_t at = 0;
        for (const auto& block : blocks) {
            for (int i = 0; i < block.count; ++i, ++at) {
                m_row[std::size_t(layer[at])] = block.mean() + double(at);
            }
        }
    }

    [[nodiscard]] LayeredLayout::Point pointOf(int node) const
    {
        return {double(m_layerOf[std::size_t(node)]), m_row[std::size_t(node)]};
    }

    std::vector<int> m_layerOf;
    std::vector<std::vector<int>> m_before;
    std::vector<std::vector<int>> m_after;
    std::vector<std::vector<int>> m_order;
    std::vector<std::vector<int>> m_lines;
    std::vector<double> m_row;
};

} // namespace

qint64 LayeredLayout::crossings() const
{
    qint64 all = 0;
    const auto segment = [](const Line& line, int layer) {
        const auto at = layer - int(line.points.first().layer);
        return at >= 0 && at + 1 < line.points.size() ? line.points.begin() + at : line.points.end();
    };
    for (int layer = 0; layer + 1 < layers; ++layer) {
        for (qsizetype i = 0; i < lines.size(); ++i) {
            for (qsizetype k = i + 1; k < lines.size(); ++k) {
                const auto a = segment(lines[i], layer);
                const auto b = segment(lines[k], layer);
                if (a != lines[i].points.end() && b != lines[k].points.end()) {
                    all += (a->row - b->row) * ((a + 1)->row - (b + 1)->row) < 0 ? 1 : 0;
                }
            }
        }
    }
    return all;
}

LayeredLayout layeredLayout(const DependencyGraph& graph)
{
    if (graph.nodeCount() == 0) {
        return {};
    }
    Layers layers(graph);
    layers.untangle();
    layers.placeRows();
    return layers.drawn(graph.nodeCount());
}

} // namespace rc
