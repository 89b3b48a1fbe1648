// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/row.h"

#include <QPainter>

#include <algorithm>

namespace rc::ui::report {
namespace {

constexpr qreal MarkWidth = 10 * Pt;
constexpr qreal MarkSize = 6 * Pt;

qreal rightEdge(const QList<Cell>& cells)
{
    qreal right = 0;
    for (const auto& cell : cells) {
        right = std::max(right, cell.column.x + cell.column.width);
    }
    return right;
}

/// A tick, a cross or an empty ring, standing on the baseline.
void paintMark(QPainter& painter, QPointF at, Mark mark)
{
    const QRectF box(at.x(), at.y() - MarkSize, MarkSize, MarkSize);
    painter.save();
    painter.setPen(QPen(ink::Black, 1.2 * Pt, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    if (mark == Mark::Passed) {
        const QPointF knee(box.left() + 0.36 * MarkSize, box.bottom() - 0.04 * MarkSize);
        painter.drawPolyline(QPolygonF{{box.left(), box.center().y() + 0.06 * MarkSize}, knee, box.topRight()});
    } else if (mark == Mark::Failed) {
        painter.drawLine(box.topLeft(), box.bottomRight());
        painter.drawLine(box.bottomLeft(), box.topRight());
    } else {
        painter.setPen(QPen(ink::Black, 0.8 * Pt));
        painter.drawEllipse(box.adjusted(0.5 * Pt, 0.5 * Pt, -0.5 * Pt, -0.5 * Pt));
    }
    painter.restore();
}

} // namespace

QList<Row::Lines> Row::broken(const QList<Cell>& cells)
{
    QList<Lines> result;
    for (const auto& cell : cells) {
        Lines lines{cell.column.x, {}};
        for (const auto& run : cell.runs) {
            const qreal indent = run.mark == Mark::None ? 0 : MarkWidth;
            const SetText text(run.text, run.style, cell.column.width - indent);
            for (int line = 0; line < text.lineCount(); ++line) {
                lines.lines.append({text, line, run.mark});
            }
        }
        result.append(lines);
    }
    return result;
}

QList<qreal> Row::sliced(const QList<Lines>& cells, const Look& look)
{
    qsizetype most = 1;
    for (const auto& cell : cells) {
        most = std::max(most, cell.lines.size());
    }
    QList<qreal> heights(most, look.lineHeight);
    heights.first() += look.padding;
    heights.last() += look.padding;
    return heights;
}

Row::Row(const QList<Cell>& cells, const Look& look, const Cohesion& cohesion)
    : Row(broken(cells), rightEdge(cells), look, cohesion)
{
}

Row::Row(QList<Lines> cells, qreal right, const Look& look, const Cohesion& cohesion)
    : Block(sliced(cells, look), cohesion)
    , m_cells(std::move(cells))
    , m_right(right)
    , m_look(look)
{
}

void Row::paintGround(QPainter& painter, QPointF at, const SliceRange& range) const
{
    const qreal left = at.x() + (m_cells.isEmpty() ? 0 : m_cells.first().x);
    const QRectF ground(QPointF(left, at.y()), QPointF(at.x() + m_right, at.y() + height(range)));
    if (m_look.shaded) {
        painter.fillRect(ground, ink::Shade);
    }
    if (m_look.ruleAbove > 0 && range.first == 0) {
        painter.setPen(QPen(ink::Black, m_look.ruleAbove, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(ground.topLeft(), ground.topRight());
    }
    if (m_look.ruleBelow > 0 && range.first + range.count == slices().size()) {
        painter.setPen(
            QPen(m_look.ruleBelow < 0.7 * Pt ? ink::Rule : ink::Black, m_look.ruleBelow, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(ground.bottomLeft(), ground.bottomRight());
    }
}

void Row::paint(QPainter& painter, QPointF at, const SliceRange& range) const
{
    paintGround(painter, at, range);
    const qreal top = at.y() + (range.first == 0 ? m_look.padding : 0);
    for (const auto& cell : m_cells) {
        for (auto i = range.first; i < std::min(range.first + range.count, cell.lines.size()); ++i) {
            const auto& line = cell.lines[i];
            const QPointF baseline(at.x() + cell.x,
                                   top + qreal(i - range.first) * m_look.lineHeight + m_look.lineHeight * 0.75);
            if (line.mark != Mark::None && line.line == 0) {
                paintMark(painter, baseline, line.mark);
            }
            const QPointF indent(line.mark == Mark::None ? 0 : MarkWidth, 0);
            line.text.paintLine(painter, baseline + indent, line.line);
        }
    }
}

} // namespace rc::ui::report
