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

/// What an automated step that does nothing and a plan of ten thousand steps may cost, and whether they did not.
class Goals
{
public:
    static constexpr double NoOp = 2;
    /// How many times as long ansible-playbook takes for a module that does nothing.
    static constexpr double BesideAnsible = 50;
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
    void judgeRatio(const QString& what, double figure, double least)
    {
        const bool met = figure >= least;
        m_met = m_met && met;
        out() << QString("  %1: %2 times, goal at least %3: %4\n")
                     .arg(what)
                     .arg(figure, 0, 'f', 1)
                     .arg(least)
                     .arg(met ? QString("met") : QString("MISSED"));
        out().flush();
    }
    [[nodiscard]] bool areMet() const { return m_met; }

private:
    bool m_met = true;
};

} // namespace rc::bench
