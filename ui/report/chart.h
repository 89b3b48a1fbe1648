// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/report/block.h"
#include "ui/report/plan_facts.h"
#include "ui/report/time_axis.h"

#include <memory>

namespace rc::ui::report {

/// One stretch of work on the time axis.
struct ChartBar
{
    Timestamp from;
    /// Where the report was made, if it has not ended.
    Timestamp to;
    AttemptEnd end = AttemptEnd::Open;
    /// Drawn as an outline from the same start; zero for none.
    Milliseconds expected{};
};

struct ChartRow
{
    QString label;
    QList<ChartBar> bars;
    QList<WaitingSpan> waiting;
    QList<Timestamp> approvals;
};

/// What all rows of one chart share.
struct ChartScale
{
    TimeAxis axis;
    /// When the recovery-time objective runs out, if that lies on the axis.
    std::optional<Timestamp> objective;
};

using SharedScale = std::shared_ptr<const ChartScale>;

/// Width of the labels left of the axis, in device units.
[[nodiscard]] qreal chartLabelWidth();
/// Ticks with their times.
[[nodiscard]] std::unique_ptr<Block> chartHead(SharedScale scale);
/// Bars of one step: expected as an outline, done as grey, failed as black with a cross, waiting for people hatched.
[[nodiscard]] std::unique_ptr<Block> chartRow(SharedScale scale, ChartRow row);
/// What the signs mean; the objective's only where the chart shows it.
[[nodiscard]] std::unique_ptr<Block> chartLegend(SharedScale scale);

} // namespace rc::ui::report
