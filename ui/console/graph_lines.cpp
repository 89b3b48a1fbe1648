// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/graph_lines.h"

#include <QPainter>
#include <QPainterPath>

namespace rc::ui {

GraphLines::GraphLines(QQuickItem* parent)
    : QQuickPaintedItem(parent)
{
    setAntialiasing(true);
    connect(this, &GraphLines::changed, this, [this] { update(); });
}

void GraphLines::setGraph(GraphViewModel* graph)
{
    if (m_graph) {
        disconnect(m_graph, nullptr, this, nullptr);
    }
    m_graph = graph;
    if (m_graph) {
        connect(m_graph, &GraphViewModel::arranged, this, [this] { update(); });
    }
    Q_EMIT changed();
}

void GraphLines::paint(QPainter* painter)
{
    if (!m_graph) {
        return;
    }
    painter->setRenderHint(QPainter::Antialiasing);
    // Along the layers and across them.
    const auto place = [this](double along, double across) {
        return m_downwards ? QPointF(across, along) : QPointF(along, across);
    };
    const double step = m_downwards ? m_cell.height() : m_cell.width();
    const double depth = m_downwards ? m_node.height() : m_node.width();
    const double row = m_downwards ? m_cell.width() : m_cell.height();
    const double middle = (m_downwards ? m_node.width() : m_node.height()) / 2;
    const auto bend = place((step - depth) / 2, 0);
    for (const auto& line : m_graph->layout().lines) {
        const auto& points = line.points;
        QPainterPath path;
        for (qsizetype i = 0; i < points.size(); ++i) {
            const auto begin = place(points[i].layer * step, points[i].row * row + middle);
            const auto end = begin + place(depth, 0);
            if (i == 0) {
                path.moveTo(end);
                continue;
            }
            path.cubicTo(path.currentPosition() + bend, begin - bend, begin);
            if (i + 1 < points.size()) {
                path.lineTo(end); // through the layer, where a dummy node stands
            }
        }
        const bool waited = !m_graph->isSatisfied(line);
        painter->setPen(QPen(waited ? m_ink : m_quiet, waited ? 1.5 : 1));
        painter->drawPath(path);
        const auto end = path.currentPosition();
        painter->setBrush(painter->pen().color());
        painter->drawPolygon(QPolygonF{end, end + place(-6, -3.5), end + place(-6, 3.5)});
        painter->setBrush(Qt::NoBrush);
    }
}

} // namespace rc::ui
