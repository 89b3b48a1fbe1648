// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/graph/dependency_graph.h"

namespace rc {

/// The order of the nodes in each layer, with a dummy node wherever an edge passes through a layer. Nodes are numbered
/// as in the graph; dummies follow.
class LayerOrder
{
public:
    /// `layers` as by assignLayers().
    LayerOrder(const DependencyGraph& graph, std::span<const int> layers);

    [[nodiscard]] int layerCount() const { return int(m_layers.size()); }
    [[nodiscard]] const std::vector<int>& layer(int layer) const { return m_layers[std::size_t(layer)]; }
    /// Of the graph; dummies are numbered from here on.
    [[nodiscard]] int realNodes() const { return m_realNodes; }
    /// With the dummies.
    [[nodiscard]] int nodes() const { return int(m_layerOf.size()); }
    [[nodiscard]] int layerOf(int node) const { return m_layerOf[std::size_t(node)]; }
    /// In its layer, from 0.
    [[nodiscard]] int positionOf(int node) const { return m_position[std::size_t(node)]; }
    /// Neighbours one layer below and above.
    [[nodiscard]] std::span<const int> below(int node) const { return m_below.of(node); }
    [[nodiscard]] std::span<const int> above(int node) const { return m_above.of(node); }
    /// Each edge from its dependency up to its dependent, with the dummies between.
    [[nodiscard]] const std::vector<std::vector<int>>& lines() const { return m_lines; }

    /// Pairs of edges that cross, counted between all layers.
    [[nodiscard]] qint64 crossings() const;

    /// Moves a node within its layer.
    void move(int node, int position);
    /// A layer in another order of the same nodes.
    void replaceLayer(int layer, const std::vector<int>& order);

private:
    /// Neighbours of all nodes on one side, in compressed rows.
    struct Side
    {
        std::vector<int> start;
        std::vector<int> nodes;

        [[nodiscard]] std::span<const int> of(int node) const;
    };

    void addLine(int dependency, int dependent);
    static Side sideOf(int nodes, const std::vector<std::pair<int, int>>& segments, bool above);
    void number(std::size_t layer);

    int m_realNodes;
    std::vector<int> m_layerOf;
    std::vector<int> m_position;
    std::vector<std::vector<int>> m_layers;
    std::vector<std::vector<int>> m_lines;
    Side m_below;
    Side m_above;
};

} // namespace rc
