// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/report/block.h"
#include "ui/report/typography.h"

#include <QString>

namespace rc::ui::report {

/// A sign before a word, so that a result is seen without colour.
enum class Mark {
    None,
    Passed,
    Failed,
    Open,
};

/// A stretch of text inside a cell; the next one starts on a new line.
struct Run
{
    QString text;
    TextStyle style = style::Cell;
    Mark mark = Mark::None;
};

/// Where the cells of a row stand, from the left edge of the text area.
struct Column
{
    qreal x = 0;
    qreal width = 0;
};

struct Cell
{
    Column column;
    QList<Run> runs;
};

/// Cells side by side on a common grid of lines. Paragraphs and headings are rows of one cell. A slice is one line.
class Row final : public Block
{
public:
    struct Look
    {
        qreal lineHeight = style::Cell.lineHeight();
        qreal padding = 0;
        /// A line under the row, or above it, of a thickness; from the left edge of the first cell.
        qreal ruleBelow = 0;
        qreal ruleAbove = 0;
        bool shaded = false;
    };

    Row(const QList<Cell>& cells, const Look& look, const Cohesion& cohesion);

    void paint(QPainter& painter, QPointF at, const SliceRange& range) const override;

private:
    struct Line
    {
        SetText text;
        int line = 0;
        Mark mark = Mark::None;
    };
    struct Lines
    {
        qreal x = 0;
        QList<Line> lines;
    };

    Row(QList<Lines> cells, qreal right, const Look& look, const Cohesion& cohesion);
    static QList<Lines> broken(const QList<Cell>& cells);
    static QList<qreal> sliced(const QList<Lines>& cells, const Look& look);
    void paintGround(QPainter& painter, QPointF at, const SliceRange& range) const;

    QList<Lines> m_cells;
    qreal m_right;
    Look m_look;
};

} // namespace rc::ui::report
