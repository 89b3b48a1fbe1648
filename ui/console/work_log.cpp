// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/work_log.h"

#include "ui/words/words.h"

#include <algorithm>

namespace rc::ui {
void WorkLog::clear()
{
    m_lines.clear();
    m_ofWork = 0;
    m_told = 0;
    show();
}

void WorkLog::hear(const LiveLine& line)
{
    // Work is told in the order in which it was said, whatever the clock did meanwhile.
    const auto place =
        std::ranges::find_if(m_lines, [&](const Line& other) { return !other.ofClock || other.said.at <= line.at; });
    m_lines.insert(place, {QString::number(++m_count), line, false});
    if (++m_ofWork > MostLines) {
        const auto oldest = std::ranges::find(m_lines.rbegin(), m_lines.rend(), false, &Line::ofClock);
        m_lines.erase(std::next(oldest).base());
        --m_ofWork;
    }
    show();
}

void WorkLog::tell(const QList<ClockFlag>& flags)
{
    for (const auto& flag : flags) {
        if (flag.sequence <= m_told) {
            continue;
        }
        m_told = flag.sequence;
        // The day is said too: it is what such a clock has changed.
        const QString text =
            QString("%1 Record %2, %3.").arg(flag.sentence(), QString::number(flag.sequence), utc(flag.at));
        const auto place = std::ranges::find_if(m_lines, [&](const Line& other) { return other.said.at <= flag.at; });
        m_lines.insert(place, {QString::number(++m_count), {flag.at, text}, true});
    }
    show();
}

void WorkLog::setToday(Timestamp now)
{
    if (const auto today = localDay(now); today != m_today) {
        m_today = today;
        show();
    }
}

void WorkLog::show()
{
    QList<LogRow> rows;
    for (const auto& line : m_lines) {
        rows.append({line.key, localTime(line.said.at, m_today, "HH:mm:ss"), line.said.text});
    }
    m_rows.replace(rows);
}

} // namespace rc::ui
