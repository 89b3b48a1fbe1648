// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointF>

class QPainter;

namespace rc::ui::report {

/// Some of a block's slices: those that stand on one page.
struct SliceRange
{
    qsizetype first = 0;
    qsizetype count = 0;
};

/// What a page is made of. A block is a pile of slices, each of a height; a page break may come between slices, never
/// inside one.
class Block
{
public:
    /// Where a break would do harm.
    struct Cohesion
    {
        /// Left free above, except at the top of a page.
        qreal spaceBefore = 0;
        /// Not the last on a page: a heading.
        bool withNext = false;
        /// In one piece, where a page is long enough.
        bool together = false;
    };

    Block(QList<qreal> slices, const Cohesion& cohesion)
        : m_slices(std::move(slices))
        , m_cohesion(cohesion)
    {
    }
    virtual ~Block() = default;
    Q_DISABLE_COPY_MOVE(Block)

    [[nodiscard]] const QList<qreal>& slices() const { return m_slices; }
    [[nodiscard]] const Cohesion& cohesion() const { return m_cohesion; }
    [[nodiscard]] qreal height(const SliceRange& range) const;
    [[nodiscard]] qreal height() const { return height({0, m_slices.size()}); }
    /// Paints the slices of the range from `at` down.
    virtual void paint(QPainter& painter, QPointF at, const SliceRange& range) const = 0;

private:
    QList<qreal> m_slices;
    Cohesion m_cohesion;
};

} // namespace rc::ui::report
