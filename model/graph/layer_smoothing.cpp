// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/graph/layer_smoothing.h"

#include <QRandomGenerator>

#include <algorithm>

namespace rc {
namespace {

constexpr int StepsOfRound = 40;

} // namespace

LayerSmoothing::LayerSmoothing(LayerOrder& order, quint32 seed)
    : m_order(order)
    , m_at(std::size_t(order.nodes()))
    , m_next(m_at.size())
{
    scatter(seed);
    m_start.reserve(m_at.size() + 1);
    m_start.push_back(0);
    for (int node = 0; node < order.nodes(); ++node) {
        for (const auto side : {order.below(node), order.above(node)}) {
            m_neighbours.insert(m_neighbours.end(), side.begin(), side.end());
        }
        m_start.push_back(int(m_neighbours.size()));
    }
}

void LayerSmoothing::scatter(quint32 seed)
{
    QRandomGenerator random(seed);
    for (auto& at : m_at) {
        at = random.generateDouble() - 0.5;
    }
}

void LayerSmoothing::run(int rounds)
{
    for (int round = 0; round < rounds; ++round) {
        for (int step = 0; step < StepsOfRound; ++step) {
            walk();
        }
        arrange();
        spread();
    }
}

void LayerSmoothing::walk()
{
    for (std::size_t node = 0; node < m_at.size(); ++node) {
        const auto begin = std::size_t(m_start[node]);
        const auto end = std::size_t(m_start[node + 1]);
        double sum = 0;
        for (auto i = begin; i < end; ++i) {
            sum += m_at[std::size_t(m_neighbours[i])];
        }
        m_next[node] = begin == end ? m_at[node] : (m_at[node] + sum / double(end - begin)) / 2;
    }
    m_at.swap(m_next);
}

void LayerSmoothing::arrange()
{
    for (int layer = 0; layer < m_order.layerCount(); ++layer) {
        auto nodes = m_order.layer(layer);
        std::ranges::stable_sort(nodes, {}, [this](int node) { return m_at[std::size_t(node)]; });
        m_order.replaceLayer(layer, nodes);
    }
}

/// The middle of each layer to 0, its ends to -0.5 and 0.5.
void LayerSmoothing::spread()
{
    for (int layer = 0; layer < m_order.layerCount(); ++layer) {
        const auto& nodes = m_order.layer(layer);
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            m_at[std::size_t(nodes[i])] = (double(i) + 0.5) / double(nodes.size()) - 0.5;
        }
    }
}

} // namespace rc
