// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/graph/layered_layout.h"

#include <QRectF>

#include <functional>

namespace rc::ui {

/// Where the nodes and lines of a layout are drawn, in pixels at a zoom of 1, and which of them lie in an area.
class GraphGeometry
{
public:
    /// From the edge of a node to the edge of another: the first point, then two for each layer on the way, where the
    /// line enters and leaves it, then the last.
    struct Line
    {
        DependencyGraph::Node dependency = 0;
        DependencyGraph::Node dependent = 0;
        QList<QPointF> points;
    };

    static constexpr QSizeF NodeSize{200, 50};

    GraphGeometry() = default;
    /// Layers follow each other to the right, or downwards.
    GraphGeometry(const LayeredLayout& layout, bool downwards);

    /// How large the drawing would be if its layers were as near each other as they are where few lines pass.
    [[nodiscard]] static QSizeF leastSize(const LayeredLayout& layout, bool downwards);

    [[nodiscard]] bool isDownwards() const { return m_downwards; }
    [[nodiscard]] QSizeF size() const { return m_size; }
    [[nodiscard]] int nodeCount() const { return int(m_nodes.size()); }
    [[nodiscard]] QRectF nodeRect(int node) const { return {m_nodes[std::size_t(node)], NodeSize}; }
    [[nodiscard]] const std::vector<Line>& lines() const { return m_lines; }
    [[nodiscard]] const std::vector<int>& linesOf(int node) const { return m_linesOf[std::size_t(node)]; }
    /// With all that is drawn of it.
    [[nodiscard]] QRectF lineRect(int line) const { return m_lineRects[std::size_t(line)]; }

    /// Ascending.
    [[nodiscard]] std::vector<int> nodesIn(const QRectF& area) const { return m_nodeGrid.in(area); }
    [[nodiscard]] std::vector<int> linesIn(const QRectF& area) const { return m_lineGrid.in(area); }
    /// -1 where none is.
    [[nodiscard]] int nodeAt(QPointF point) const;

private:
    /// What touches which square of the drawing.
    class Grid
    {
    public:
        Grid() = default;
        explicit Grid(QSizeF size);
        void add(int what, const QRectF& rect);
        [[nodiscard]] std::vector<int> in(const QRectF& area) const;

    private:
        void visit(const QRectF& area, const std::function<void(std::size_t)>& cell) const;

        int m_columns = 0;
        int m_rows = 0;
        std::vector<std::vector<int>> m_cells;
    };

    void spreadLayers(const LayeredLayout& layout);
    void addLine(const LayeredLayout::Line& line);
    [[nodiscard]] QPointF place(const LayeredLayout::Point& point) const;

    bool m_downwards = false;
    QSizeF m_size{0, 0};
    std::vector<double> m_layers; // where each begins
    std::vector<QPointF> m_nodes;
    std::vector<Line> m_lines;
    std::vector<QRectF> m_lineRects;
    std::vector<std::vector<int>> m_linesOf;
    Grid m_nodeGrid;
    Grid m_lineGrid;
};

} // namespace rc::ui
