// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/graph_geometry.h"

#include <algorithm>
#include <cmath>

namespace rc::ui {
namespace {

constexpr double Cell = 1'024;
/// How far an arrow's head and a thick line reach beside the line.
constexpr double Beside = 6;

/// Between layers. A line goes at least so far along the layers for how far it goes across them: too flat, lines cannot
/// be told from each other.
constexpr double LeastGap = 40;
constexpr double LargestGap = 400;
constexpr double Steepness = 0.12;

/// Of a node along the layers, and of a row across them.
double depthOf(bool downwards)
{
    return downwards ? GraphGeometry::NodeSize.height() : GraphGeometry::NodeSize.width();
}
double breadthOf(bool downwards)
{
    return downwards ? GraphGeometry::NodeSize.width() : GraphGeometry::NodeSize.height();
}
double rowOf(bool downwards)
{
    return downwards ? breadthOf(true) + 16 : breadthOf(false) + 14;
}
QSizeF sized(double along, double across, bool downwards)
{
    return downwards ? QSizeF(across, along) : QSizeF(along, across);
}

} // namespace

GraphGeometry::Grid::Grid(QSizeF size)
    : m_columns(int(std::ceil(size.width() / Cell)) + 1)
    , m_rows(int(std::ceil(size.height() / Cell)) + 1)
    , m_cells(std::size_t(m_columns) * std::size_t(m_rows))
{
}

void GraphGeometry::Grid::visit(const QRectF& area, const std::function<void(std::size_t)>& cell) const
{
    const auto limit = [](double place, int count) { return std::clamp(int(std::floor(place / Cell)), 0, count - 1); };
    const auto right = limit(area.right(), m_columns);
    const auto bottom = limit(area.bottom(), m_rows);
    for (int row = limit(area.top(), m_rows); row <= bottom; ++row) {
        for (int column = limit(area.left(), m_columns); column <= right; ++column) {
            cell(std::size_t(row) * std::size_t(m_columns) + std::size_t(column));
        }
    }
}

void GraphGeometry::Grid::add(int what, const QRectF& rect)
{
    visit(rect, [&](std::size_t at) {
        auto& cell = m_cells[at];
        if (cell.empty() || cell.back() != what) {
            cell.push_back(what);
        }
    });
}

std::vector<int> GraphGeometry::Grid::in(const QRectF& area) const
{
    std::vector<int> found;
    if (m_cells.empty()) {
        return found;
    }
    visit(area, [&](std::size_t at) { found.insert(found.end(), m_cells[at].begin(), m_cells[at].end()); });
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    return found;
}

QSizeF GraphGeometry::leastSize(const LayeredLayout& layout, bool downwards)
{
    if (layout.layers == 0) {
        return {};
    }
    return sized(layout.layers * depthOf(downwards) + (layout.layers - 1) * LeastGap,
                 (layout.rows - 1) * rowOf(downwards) + breadthOf(downwards), downwards);
}

/// Where each layer begins: as far from the one before as most lines between them need.
void GraphGeometry::spreadLayers(const LayeredLayout& layout)
{
    std::vector<std::vector<double>> across(std::size_t(layout.layers));
    for (const auto& line : layout.lines) {
        for (qsizetype i = 1; i < line.points.size(); ++i) {
            across[std::size_t(line.points[i].layer)].push_back(std::abs(line.points[i].row - line.points[i - 1].row) *
                                                                rowOf(m_downwards));
        }
    }
    double at = 0;
    for (auto& lengths : across) {
        if (!m_layers.empty()) {
            double gap = LeastGap;
            if (!lengths.empty()) {
                const auto most = lengths.begin() + qsizetype(lengths.size() * 9 / 10);
                std::ranges::nth_element(lengths, most);
                gap = std::clamp(*most * Steepness, LeastGap, LargestGap);
            }
            at += depthOf(m_downwards) + std::floor(gap);
        }
        m_layers.push_back(at);
    }
}

GraphGeometry::GraphGeometry(const LayeredLayout& layout, bool downwards)
    : m_downwards(downwards)
    , m_linesOf(std::size_t(layout.nodes.size()))
{
    spreadLayers(layout);
    if (layout.layers > 0) {
        m_size = sized(m_layers.back() + depthOf(downwards),
                       (layout.rows - 1) * rowOf(downwards) + breadthOf(downwards), downwards);
    }
    m_nodeGrid = Grid(m_size);
    m_lineGrid = Grid(m_size);
    m_nodes.reserve(std::size_t(layout.nodes.size()));
    for (const auto& node : layout.nodes) {
        m_nodes.push_back(place(node));
        m_nodeGrid.add(nodeCount() - 1, nodeRect(nodeCount() - 1));
    }
    m_lines.reserve(std::size_t(layout.lines.size()));
    m_lineRects.reserve(m_lines.capacity());
    for (const auto& line : layout.lines) {
        addLine(line);
    }
}

QPointF GraphGeometry::place(const LayeredLayout::Point& point) const
{
    const auto along = m_layers[std::size_t(point.layer)];
    const auto across = point.row * rowOf(m_downwards);
    return m_downwards ? QPointF(across, along) : QPointF(along, across);
}

void GraphGeometry::addLine(const LayeredLayout::Line& line)
{
    const auto number = int(m_lines.size());
    const auto half = breadthOf(m_downwards) / 2;
    const auto middle = m_downwards ? QPointF(half, 0) : QPointF(0, half);
    const auto depth = m_downwards ? QPointF(0, depthOf(true)) : QPointF(depthOf(false), 0);
    Line drawn{line.dependency, line.dependent, {}};
    QRectF whole;
    const auto pass = [&](QPointF point) {
        if (!drawn.points.isEmpty()) {
            const auto segment =
                QRectF(drawn.points.last(), point).normalized().adjusted(-Beside, -Beside, Beside, Beside);
            m_lineGrid.add(number, segment);
            whole |= segment;
        }
        drawn.points.append(point);
    };
    for (qsizetype i = 0; i < line.points.size(); ++i) {
        const auto begin = place(line.points[i]) + middle;
        if (i > 0) {
            pass(begin);
        }
        if (i + 1 < line.points.size()) {
            pass(begin + depth);
        }
    }
    m_linesOf[std::size_t(line.dependency)].push_back(number);
    m_linesOf[std::size_t(line.dependent)].push_back(number);
    m_lines.push_back(std::move(drawn));
    m_lineRects.push_back(whole);
}

int GraphGeometry::nodeAt(QPointF point) const
{
    const auto near = nodesIn(QRectF(point, QSizeF(0, 0)));
    const auto found = std::ranges::find_if(near, [&](int node) { return nodeRect(node).contains(point); });
    return found == near.end() ? -1 : *found;
}

} // namespace rc::ui
