// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/graph/dependency_graph.h"

#include <QList>

namespace rc {

/// Where a layered drawing puts nodes and edges, in units of layers (x, from what needs nothing on) and of rows (y,
/// from 0 down); no two nodes of a layer are nearer than one row. A drawing scales both as it likes.
struct LayeredLayout
{
    struct Point
    {
        double layer = 0;
        double row = 0;

        friend bool operator==(const Point&, const Point&) = default;
    };
    /// From the dependency to the dependent, through the layers between them.
    struct Line
    {
        DependencyGraph::Node dependency = 0;
        DependencyGraph::Node dependent = 0;
        QList<Point> points;
    };

    QList<Point> nodes;
    QList<Line> lines;
    int layers = 0;
    /// The lowest row that something is on, plus one.
    double rows = 0;

    /// Pairs of lines that cross between layers.
    [[nodiscard]] qint64 crossings() const;
};

/// Lays out an acyclic graph after Sugiyama, Tagawa and Toda (1981): layers by longest path, dummy nodes on long edges,
/// barycentre sweeps with transpositions, rows by neighbours' means kept apart. The same graph is drawn the same way.
/// Nodes of a cycle are a caller's bug: say which they are instead (DependencyGraph::shortestCycle).
[[nodiscard]] LayeredLayout layeredLayout(const DependencyGraph& graph);

} // namespace rc
