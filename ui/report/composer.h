// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/report/flow.h"
#include "ui/report/paper.h"
#include "ui/report/row.h"

namespace rc::ui::report {

/// A column of the text area, in points from its left edge.
[[nodiscard]] constexpr Column column(qreal left, qreal right)
{
    return {left * Pt, (right - left) * Pt};
}
constexpr Column FullWidth{0, sheet::TextWidth};

/// Puts the elements that reports are made of into a flow, so that the same thing looks the same everywhere.
class Composer
{
public:
    /// Starts on a new page, under this head.
    void startSection(const RunningHead& head);
    void title(const QString& text, const QString& subtitle);
    void heading(const QString& text);
    void subheading(const QString& text);
    void paragraph(const QString& text);
    void bullet(const QString& text, Mark mark = Mark::None);
    /// Where a field's label and value begin, in points.
    struct FieldPlace
    {
        qreal label = 0;
        qreal value = 76;
    };
    /// A short label and what belongs to it.
    void field(const QString& label, const QList<Run>& value, const FieldPlace& place);
    void field(const QString& label, const QList<Run>& value) { field(label, value, FieldPlace{}); }

    void tableHead(const QList<Cell>& cells);
    void tableRow(const QList<Cell>& cells);
    void endTable();
    void add(std::unique_ptr<Block> block) { m_flow.add(std::move(block)); }
    [[nodiscard]] Flow& flow() { return m_flow; }
    [[nodiscard]] const QList<RunningHead>& heads() const { return m_heads; }

private:
    Flow m_flow;
    QList<RunningHead> m_heads;
};

} // namespace rc::ui::report
