// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/graph/layer_rows.h"

#include <algorithm>

namespace rc {
namespace {

constexpr int Sweeps = 30;

/// Between what stands beside each other.
constexpr double NodeFromNode = 1;
constexpr double EdgeFromNode = 0.75;
constexpr double EdgeFromEdge = 0.35;

/// How much an edge wants to be straight, by how many of its ends here are dummies (as in Gansner et al., 1993).
constexpr double Straightness[]{1, 2, 8};

class Rows
{
public:
    explicit Rows(const LayerOrder& order)
        : m_order(order)
        , m_row(std::size_t(order.nodes()))
    {
        pack();
        for (int i = 0; i < Sweeps; ++i) {
            for (int layer = 0; layer < order.layerCount(); ++layer) {
                settle(i % 2 == 0 ? layer : order.layerCount() - 1 - layer);
            }
        }
        const auto least = m_row.empty() ? 0.0 : std::ranges::min(m_row);
        for (auto& row : m_row) {
            row -= least;
        }
    }

    [[nodiscard]] const std::vector<double>& rows() const { return m_row; }

private:
    [[nodiscard]] bool isDummy(int node) const { return node >= m_order.realNodes(); }
    [[nodiscard]] double apart(int one, int other) const
    {
        const int dummies = int(isDummy(one)) + int(isDummy(other));
        return dummies == 0 ? NodeFromNode : dummies == 1 ? EdgeFromNode : EdgeFromEdge;
    }

    /// Each layer as narrow as it can be, all around one middle.
    void pack()
    {
        for (int layer = 0; layer < m_order.layerCount(); ++layer) {
            const auto& nodes = m_order.layer(layer);
            double at = 0;
            for (std::size_t i = 0; i < nodes.size(); ++i) {
                at += i > 0 ? apart(nodes[i - 1], nodes[i]) : 0;
                m_row[std::size_t(nodes[i])] = at;
            }
            for (const auto node : nodes) {
                m_row[std::size_t(node)] -= at / 2;
            }
        }
    }

    /// A layer to the rows nearest to where its neighbours are: isotonic regression by pooling adjacent violators.
    void settle(int layer)
    {
        const auto& nodes = m_order.layer(layer);
        m_blocks.clear();
        double offset = 0;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            offset += i > 0 ? apart(nodes[i - 1], nodes[i]) : 0;
            auto block = wishOf(nodes[i]);
            block.sum -= block.weight * offset;
            m_blocks.push_back(block);
            while (m_blocks.size() > 1 && m_blocks.back().mean() < m_blocks[m_blocks.size() - 2].mean()) {
                const auto last = m_blocks.back();
                m_blocks.pop_back();
                m_blocks.back().sum += last.sum;
                m_blocks.back().weight += last.weight;
                m_blocks.back().count += last.count;
            }
        }
        offset = 0;
        std::size_t i = 0;
        for (const auto& block : m_blocks) {
            for (int k = 0; k < block.count; ++k, ++i) {
                offset += i > 0 ? apart(nodes[i - 1], nodes[i]) : 0;
                m_row[std::size_t(nodes[i])] = block.mean() + offset;
            }
        }
    }

    struct Block
    {
        double sum = 0;
        double weight = 0;
        int count = 1;

        [[nodiscard]] double mean() const { return sum / weight; }
    };

    /// Where its neighbours would have it, and how much.
    [[nodiscard]] Block wishOf(int node) const
    {
        // A little of what it has: nodes without neighbours stay, and nothing swings to and fro.
        constexpr double Inertia = 0.05;
        Block wish{Inertia * m_row[std::size_t(node)], Inertia, 1};
        for (const auto side : {m_order.below(node), m_order.above(node)}) {
            for (const auto neighbour : side) {
                const auto weight = Straightness[int(isDummy(node)) + int(isDummy(neighbour))];
                wish.sum += weight * m_row[std::size_t(neighbour)];
                wish.weight += weight;
            }
        }
        return wish;
    }

    const LayerOrder& m_order;
    std::vector<double> m_row;
    std::vector<Block> m_blocks;
};

} // namespace

std::vector<double> placeRows(const LayerOrder& order)
{
    return Rows(order).rows();
}

} // namespace rc
