// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/chart.h"

#include "ui/report/paper.h"
#include "ui/words/words.h"

#include <QPainter>

#include <algorithm>

namespace rc::ui::report {
namespace {

constexpr qreal HeadHeight = 17 * Pt;
constexpr qreal RowHeight = 14 * Pt;
constexpr qreal LegendHeight = 20 * Pt;
constexpr qreal BarHeight = 6 * Pt;
constexpr qreal OutlineHeight = 10 * Pt;
constexpr qreal ThinnestBar = 1 * Pt;
constexpr qreal MostTicks = 7;
constexpr TextStyle TickText{.points = 7, .colour = ink::Quiet};
constexpr TextStyle LabelText{.points = 7.5};

QRectF bar(qreal left, qreal right, qreal middle, qreal height)
{
    return {left, middle - height / 2, std::max(right - left, ThinnestBar), height};
}

void paintWaiting(QPainter& painter, const QRectF& area)
{
    paintHatching(painter, area, 3 * Pt, 0.5 * Pt);
}

void paintDone(QPainter& painter, const QRectF& area, AttemptEnd end)
{
    if (end == AttemptEnd::Open) {
        painter.setPen(QPen(ink::Black, 0.6 * Pt, Qt::DotLine));
        painter.setBrush(ink::Shade);
        painter.drawRect(area);
        return;
    }
    painter.fillRect(area, end == AttemptEnd::Succeeded ? ink::Bar : ink::Black);
    if (end == AttemptEnd::Failed) {
        const QRectF cross(area.right() + 2 * Pt, area.center().y() - 2 * Pt, 4 * Pt, 4 * Pt);
        painter.setPen(QPen(ink::Black, 1 * Pt));
        painter.drawLine(cross.topLeft(), cross.bottomRight());
        painter.drawLine(cross.bottomLeft(), cross.topRight());
    }
}

void paintExpected(QPainter& painter, const QRectF& area)
{
    painter.setPen(QPen(ink::Black, 0.6 * Pt));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(area);
}

void paintApproval(QPainter& painter, QPointF centre)
{
    constexpr qreal Half = 3.2 * Pt;
    painter.setPen(QPen(ink::Black, 0.8 * Pt));
    painter.setBrush(ink::Paper);
    painter.drawPolygon(QPolygonF{centre + QPointF(0, -Half), centre + QPointF(Half, 0), centre + QPointF(0, Half),
                                  centre + QPointF(-Half, 0)});
}

void paintGrid(QPainter& painter, const ChartScale& scale, QPointF at, qreal height)
{
    painter.setPen(QPen(ink::Rule, 0.3 * Pt));
    for (const auto& tick : scale.axis.ticks(MostTicks)) {
        const qreal x = at.x() + scale.axis.x(tick.time);
        painter.drawLine(QPointF(x, at.y()), QPointF(x, at.y() + height));
    }
    if (scale.objective) {
        const qreal x = at.x() + scale.axis.x(*scale.objective);
        painter.setPen(QPen(ink::Black, 1 * Pt, Qt::DashLine, Qt::FlatCap));
        painter.drawLine(QPointF(x, at.y()), QPointF(x, at.y() + height));
    }
}

class Head final : public Block
{
public:
    explicit Head(SharedScale scale)
        : Block({HeadHeight}, {.spaceBefore = 4 * Pt, .withNext = true})
        , m_scale(std::move(scale))
    {
    }

    void paint(QPainter& painter, QPointF at, const SliceRange&) const override
    {
        const qreal baseline = at.y() + 9 * Pt;
        const qreal foot = at.y() + HeadHeight;
        const auto& axis = m_scale->axis;
        const auto firstDay = day(axis.from());
        const auto lastDay = day(axis.to());
        paintText(painter, {at.x(), baseline}, "UTC, " + (firstDay == lastDay ? firstDay : firstDay + " to " + lastDay),
                  TickText);
        for (const auto& tick : axis.ticks(MostTicks)) {
            const qreal width = widthOf(tick.label, TickText);
            const qreal middle = at.x() + axis.x(tick.time);
            const qreal left = std::clamp(middle - width / 2, at.x() + axis.left(), at.x() + axis.right() - width);
            paintText(painter, {left, baseline}, tick.label, TickText);
            painter.setPen(QPen(ink::Black, 0.8 * Pt));
            painter.drawLine(QPointF(middle, foot - 3 * Pt), QPointF(middle, foot));
        }
        painter.setPen(QPen(ink::Black, 0.8 * Pt));
        painter.drawLine(QPointF(at.x() + axis.left(), foot), QPointF(at.x() + axis.right(), foot));
    }

private:
    SharedScale m_scale;
};

class Bars final : public Block
{
public:
    Bars(SharedScale scale, ChartRow row)
        : Block({RowHeight}, {})
        , m_scale(std::move(scale))
        , m_row(std::move(row))
    {
    }

    void paint(QPainter& painter, QPointF at, const SliceRange&) const override
    {
        paintGrid(painter, *m_scale, at, RowHeight);
        const qreal middle = at.y() + RowHeight / 2;
        paintText(painter, {at.x(), middle + 2.6 * Pt}, shortened(m_row.label, LabelText, chartLabelWidth() - 8 * Pt),
                  LabelText);
        const auto x = [&](Timestamp time) { return at.x() + m_scale->axis.x(time); };
        for (const auto& span : m_row.waiting) {
            paintWaiting(painter, bar(x(span.from), x(span.to), middle, BarHeight));
        }
        for (const auto& one : m_row.bars) {
            paintDone(painter, bar(x(one.from), x(one.to), middle, BarHeight), one.end);
        }
        for (const auto& one : m_row.bars) {
            if (one.expected > Milliseconds::zero()) {
                paintExpected(painter, bar(x(one.from), x(one.from + one.expected), middle, OutlineHeight));
            }
        }
        for (const auto time : m_row.approvals) {
            paintApproval(painter, {x(time), middle});
        }
    }

private:
    SharedScale m_scale;
    ChartRow m_row;
};

class Legend final : public Block
{
public:
    explicit Legend(SharedScale scale)
        : Block({LegendHeight}, {.spaceBefore = 4 * Pt})
        , m_scale(std::move(scale))
    {
    }

    void paint(QPainter& painter, QPointF at, const SliceRange&) const override
    {
        qreal x = at.x();
        const qreal middle = at.y() + LegendHeight / 2;
        const auto entry = [&](const QString& text, const auto& paintSample) {
            paintSample(QRectF(x, middle - BarHeight / 2, 16 * Pt, BarHeight));
            paintText(painter, {x + 20 * Pt, middle + 2.5 * Pt}, text, TickText);
            x += 20 * Pt + widthOf(text, TickText) + 12 * Pt;
        };
        entry("done", [&](const QRectF& area) { paintDone(painter, area, AttemptEnd::Succeeded); });
        entry("failed", [&](QRectF area) { paintDone(painter, area.adjusted(0, 0, -5 * Pt, 0), AttemptEnd::Failed); });
        entry("not ended", [&](const QRectF& area) { paintDone(painter, area, AttemptEnd::Open); });
        entry("expected", [&](const QRectF& area) { paintExpected(painter, area.adjusted(0, -2 * Pt, 0, 2 * Pt)); });
        entry("waiting for people", [&](const QRectF& area) { paintWaiting(painter, area); });
        entry("approval", [&](const QRectF& area) { paintApproval(painter, area.center()); });
        if (m_scale->objective) {
            entry("objective (RTO)", [&](const QRectF& area) {
                painter.setPen(QPen(ink::Black, 1 * Pt, Qt::DashLine, Qt::FlatCap));
                painter.drawLine(area.center() - QPointF(0, 6 * Pt), area.center() + QPointF(0, 6 * Pt));
            });
        }
    }

private:
    SharedScale m_scale;
};

} // namespace

qreal chartLabelWidth()
{
    return 150 * Pt;
}

std::unique_ptr<Block> chartHead(SharedScale scale)
{
    return std::make_unique<Head>(std::move(scale));
}

std::unique_ptr<Block> chartRow(SharedScale scale, ChartRow row)
{
    return std::make_unique<Bars>(std::move(scale), std::move(row));
}

std::unique_ptr<Block> chartLegend(SharedScale scale)
{
    return std::make_unique<Legend>(std::move(scale));
}

} // namespace rc::ui::report
