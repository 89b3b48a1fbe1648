// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/json.h"

namespace rc::ui::report {

/// A stretch of time laid on a stretch of paper, in device units.
class TimeAxis
{
public:
    struct Tick
    {
        Timestamp time;
        QString label;
    };

    TimeAxis(Timestamp from, Timestamp to, qreal left, qreal width);

    /// Times outside lie on the nearer end.
    [[nodiscard]] qreal x(Timestamp time) const;
    [[nodiscard]] qreal left() const { return m_left; }
    [[nodiscard]] qreal right() const { return m_left + m_width; }
    [[nodiscard]] Timestamp from() const { return m_from; }
    [[nodiscard]] Timestamp to() const { return m_to; }
    /// Round times in UTC, at most `most` of them. A label is as exact as the ticks are apart, and names the day
    /// where ticks are a day or more apart.
    [[nodiscard]] QList<Tick> ticks(int most) const;

private:
    Timestamp m_from;
    Timestamp m_to;
    qreal m_left;
    qreal m_width;
};

} // namespace rc::ui::report
