// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/time_axis.h"

#include "ui/words/words.h"

#include <algorithm>
#include <array>

namespace rc::ui::report {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr std::array<Milliseconds, 23> Steps{
    1s, 2s, 5s, 10s, 15s, 30s,     1min,    2min,    5min,     10min,    15min,     30min,
    1h, 2h, 3h, 6h,  12h, days(1), days(2), days(7), days(14), days(56), days(365),
};

Milliseconds stepFor(Milliseconds span, int most)
{
    for (const auto step : Steps) {
        if (span / step < most) {
            return step;
        }
    }
    return (span / most / Steps.back() + 1) * Steps.back();
}

QString labelFor(Timestamp time, Milliseconds step)
{
    if (step >= days(1)) {
        return day(time);
    }
    return step < 1min ? clockTime(time) : clockTime(time).left(5);
}

} // namespace

TimeAxis::TimeAxis(Timestamp from, Timestamp to, qreal left, qreal width)
    : m_from(from)
    , m_to(std::max(to, from + Milliseconds(1000)))
    , m_left(left)
    , m_width(width)
{
}

qreal TimeAxis::x(Timestamp time) const
{
    const auto inside = std::clamp(time, m_from, m_to);
    return m_left + m_width * qreal((inside - m_from).count()) / qreal((m_to - m_from).count());
}

QList<TimeAxis::Tick> TimeAxis::ticks(int most) const
{
    const auto step = stepFor(m_to - m_from, most);
    const auto sinceEpoch = m_from.time_since_epoch();
    const Timestamp first{(sinceEpoch / step + (sinceEpoch % step > Milliseconds::zero() ? 1 : 0)) * step};
    QList<Tick> ticks;
    for (auto time = first; time <= m_to; time += step) {
        ticks.append({time, labelFor(time, step)});
    }
    return ticks;
}

} // namespace rc::ui::report
