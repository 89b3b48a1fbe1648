// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTextStream>

namespace rc::bench {

inline QTextStream& out()
{
    static QTextStream stream(stdout);
    return stream;
}

/// What a plan of ten thousand steps may cost, and whether it did not.
class Goals
{
public:
    static constexpr double Start = 200;
    static constexpr double Decision = 1;
    /// Of 30,000 events.
    static constexpr double Fold = 300;
    static constexpr int FoldedEvents = 30'000;

    /// Says so beside the figure, in milliseconds.
    void judge(const QString& what, double figure, double most)
    {
        const bool met = figure <= most;
        m_met = m_met && met;
        out() << QString("  %1: %2 ms, goal at most %3 ms: %4\n")
                     .arg(what)
                     .arg(figure, 0, 'f', figure < 10 ? 3 : 0)
                     .arg(most)
                     .arg(met ? QString("met") : QString("MISSED"));
        out().flush();
    }
    [[nodiscard]] bool areMet() const { return m_met; }

private:
    bool m_met = true;
};

} // namespace rc::bench
