// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/graph/dependency_graph.h"

#include <QList>

#include <memory>

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

/// A layered drawing of an acyclic graph (after Sugiyama, Tagawa and Toda, 1981) that gets better the longer one works
/// on it: the first picture is there soon, and refinements let fewer lines cross. The same graph and seed are drawn the
/// same way. Nodes of a cycle are a caller's bug: say which they are instead (DependencyGraph::shortestCycle).
class LayeredDrawing
{
public:
    explicit LayeredDrawing(const DependencyGraph& graph, quint32 seed = 1);
    ~LayeredDrawing();
    Q_DISABLE_COPY_MOVE(LayeredDrawing)

    /// One pass of moves over the whole drawing, or the rounds of smoothing before them; a few tenths of a second at
    /// 20,000 nodes. False when nothing is left that helps: it does not get better.
    bool refine();
    /// Of the best drawing so far, which layout() shows.
    [[nodiscard]] qint64 crossings() const;
    /// The sum of layers that the edges span; the least that there can be.
    [[nodiscard]] qint64 span() const;
    [[nodiscard]] LayeredLayout layout() const;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

/// A small graph's drawing as good as it gets; of a large one, the first picture.
[[nodiscard]] LayeredLayout layeredLayout(const DependencyGraph& graph);

} // namespace rc
