// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/report/flow.h"
#include "ui/report/row.h"

#include <QRectF>

/// The page and its fixtures: A4, a band that says on which network this was, a running head and a running foot.

namespace rc::ui::report {

/// A4, the area that text may use, and the places of the running lines, in device units.
namespace sheet {
constexpr qreal Width = 595 * Pt;
constexpr qreal Height = 842 * Pt;
constexpr qreal Left = 46 * Pt;
constexpr qreal TextWidth = Width - 2 * Left;
constexpr qreal Top = 84 * Pt;
constexpr qreal Bottom = 792 * Pt;
constexpr qreal TextHeight = Bottom - Top;
} // namespace sheet

/// What marks a page (product rule 15).
enum class NetworkMark {
    Live,
    Rehearsal,
    Practice,
    None, ///< no plan, so no network is known
};

/// What stands at the head of every page of a section.
struct RunningHead
{
    NetworkMark mark = NetworkMark::None;
    /// "LIVE NETWORK", "REHEARSAL ON A LIVE NETWORK", ...
    QString markText;
    QString network;
    /// "Plan PLAN-7" and its hash, or the incident.
    QString subject;
    QString hash;
};

struct RunningFoot
{
    QString left;
    int page = 1;
    int pages = 1;
};

void paintHead(QPainter& painter, const RunningHead& head);
void paintFoot(QPainter& painter, const RunningFoot& foot);
/// Fills a shape with slanted lines.
void paintHatching(QPainter& painter, const QRectF& area, qreal distance, qreal thickness);

} // namespace rc::ui::report
