// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/paper.h"

#include <QPainter>
#include <QtMath>

namespace rc::ui::report {
namespace {

constexpr QRectF Band{sheet::Left, 34 * Pt, sheet::TextWidth, 17 * Pt};
constexpr TextStyle BandText{.points = 8.5, .strong = true};

/// White paper under text that stands on hatching.
void paintPlate(QPainter& painter, qreal left, qreal width)
{
    painter.fillRect(QRectF(left - 5 * Pt, Band.top() + 1 * Pt, width + 10 * Pt, Band.height() - 2 * Pt), ink::Paper);
}

void paintBandGround(QPainter& painter, NetworkMark mark)
{
    if (mark == NetworkMark::Live) {
        painter.fillRect(Band, ink::Black);
        return;
    }
    if (mark == NetworkMark::Rehearsal) {
        paintHatching(painter, Band, 5 * Pt, 1.6 * Pt);
    }
    painter.setPen(QPen(ink::Black, 0.8 * Pt, mark == NetworkMark::Practice ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(Band);
}

} // namespace

void paintHatching(QPainter& painter, const QRectF& area, qreal distance, qreal thickness)
{
    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    painter.setPen(QPen(ink::Black, thickness, Qt::SolidLine, Qt::FlatCap));
    const int lines = qCeil((area.width() + area.height()) / distance);
    for (int i = 0; i < lines; ++i) {
        const qreal x = area.left() - area.height() + i * distance;
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()));
    }
    painter.restore();
}

void paintHead(QPainter& painter, const RunningHead& head)
{
    paintBandGround(painter, head.mark);
    const qreal left = Band.left() + 8 * Pt;
    const qreal right = Band.right() - 8 * Pt;
    const qreal baseline = Band.bottom() - 5.4 * Pt;
    auto text = BandText;
    text.colour = head.mark == NetworkMark::Live ? ink::Paper : ink::Black;
    const auto network = shortened(head.network, text, Band.width() / 2);
    if (head.mark == NetworkMark::Rehearsal) {
        paintPlate(painter, left, widthOf(head.markText, text));
        paintPlate(painter, right - widthOf(network, text), widthOf(network, text));
    }
    paintText(painter, {left, baseline}, head.markText, text);
    paintTextRight(painter, {right, baseline}, network, text);

    const qreal below = Band.bottom() + 12 * Pt;
    paintText(painter, {Band.left(), below}, shortened(head.subject, style::Running, Band.width() * 0.4),
              style::Running);
    paintTextRight(painter, {Band.right(), below}, head.hash, style::RunningHash);
}

void paintFoot(QPainter& painter, const RunningFoot& foot)
{
    const qreal top = sheet::Bottom + 10 * Pt;
    painter.setPen(QPen(ink::Rule, 0.5 * Pt));
    painter.drawLine(QPointF(sheet::Left, top), QPointF(sheet::Left + sheet::TextWidth, top));
    paintText(painter, {sheet::Left, top + 12 * Pt}, foot.left, style::Running);
    paintTextRight(painter, {sheet::Left + sheet::TextWidth, top + 12 * Pt},
                   QString("Page %1 of %2").arg(foot.page).arg(foot.pages), style::Running);
}

} // namespace rc::ui::report
