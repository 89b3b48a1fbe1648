// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/schedule_case.h"

namespace rc::test {

/// The slow and obvious way through a plan: from one moment to the next, with a look at every step each time. People
/// take what is ready; an armed plan looks at the first by priority, at as many as the procedure lets it start, and
/// starts those at whose systems nobody works; then it looks again. How long one step alone takes is what other tests
/// are about; that is asked of the schedule.
class SlowQueue
{
public:
    struct Work
    {
        bool toCome = false;
        bool ended = false;
        std::optional<Milliseconds> start;
        Milliseconds waiting{0};
        Milliseconds work{0};
        QStringList systems;
        /// Those whose place or systems it was given.
        QList<qsizetype> placeOf;

        [[nodiscard]] bool isAtWork() const { return start && !ended; }
        [[nodiscard]] Milliseconds end() const { return *start + work; }
    };

    SlowQueue(const ScheduleCase& chosen, const ExtraTime& extra)
        : m_plan(chosen.run.plan)
    {
        const auto alone = scheduleOf(m_plan, chosen.estimates, chosen.run.now);
        for (qsizetype i = 0; i < m_plan.steps.size(); ++i) {
            const auto& step = alone.steps[i];
            Work work;
            work.ended = isDone(m_plan.steps[i]);
            const bool runs = m_plan.steps[i].progress == StepProgress::Running;
            work.toCome = !work.ended && !runs;
            work.waiting = step.waiting;
            work.work = *step.end - (runs ? chosen.run.now : *step.start) + extra.value(step.id);
            work.work = std::max(Milliseconds(0), work.work);
            work.systems = isAutomated(i) ? systemsOf(i) : QStringList();
            if (runs) {
                work.start = Milliseconds(0);
                hold(i, work);
            }
            m_works.append(work);
        }
        m_nobodys = std::max(0, m_plan.procedure.maximumParallel - atWork());
        while (!isOver()) {
            while (endWhatEnds() || startByHand()) {
            }
            if (!startFirst()) {
                m_now = nextMoment();
            }
        }
    }

    [[nodiscard]] const Work& of(qsizetype step) const { return m_works[step]; }
    [[nodiscard]] Milliseconds length() const
    {
        Milliseconds last{0};
        for (const auto& work : m_works) {
            last = std::max(last, work.start ? work.end() : last);
        }
        return last;
    }

private:
    [[nodiscard]] bool isAutomated(qsizetype step) const { return !m_plan.procedure.steps[step].isManual(); }
    [[nodiscard]] bool isOver() const { return std::ranges::all_of(m_works, &Work::ended); }

    [[nodiscard]] int atWork() const
    {
        int count = 0;
        for (qsizetype i = 0; i < m_works.size(); ++i) {
            count += m_works[i].isAtWork() && isAutomated(i) ? 1 : 0;
        }
        return count;
    }

    /// When the step could start but for the others that run; nothing while it waits for one that is not done.
    [[nodiscard]] std::optional<Milliseconds> readyAt(qsizetype step) const
    {
        Milliseconds at{0};
        for (const auto& id : m_plan.procedure.steps[step].after) {
            const auto& need = m_works[m_plan.indexOf(id)];
            if (!need.ended) {
                return std::nullopt;
            }
            at = std::max(at, need.start ? need.end() : at);
        }
        return at + m_works[step].waiting;
    }
    [[nodiscard]] bool isReady(qsizetype step) const
    {
        const auto& work = m_works[step];
        return work.toCome && !work.start && readyAt(step).value_or(Milliseconds::max()) <= m_now;
    }

    bool endWhatEnds()
    {
        bool any = false;
        for (qsizetype i = 0; i < m_works.size(); ++i) {
            if (!m_works[i].isAtWork() || m_works[i].end() > m_now) {
                continue;
            }
            m_works[i].ended = true;
            any = true;
            if (isAutomated(i)) {
                m_lastOut = i;
                (atWork() < m_plan.procedure.maximumParallel ? m_left : m_tooMany).append(i);
            }
        }
        return any;
    }

    bool startByHand()
    {
        bool any = false;
        for (qsizetype i = 0; i < m_works.size(); ++i) {
            if (!isAutomated(i) && isReady(i)) {
                m_works[i].start = m_now;
                any = true;
            }
        }
        return any;
    }

    /// One look at those that are ready.
    bool startFirst()
    {
        const int places = m_plan.procedure.maximumParallel - atWork();
        QList<qsizetype> ready;
        for (qsizetype i = 0; i < m_works.size(); ++i) {
            if (isAutomated(i) && isReady(i)) {
                ready.append(i);
            }
        }
        std::ranges::stable_sort(ready, std::greater(),
                                 [this](qsizetype step) { return m_plan.procedure.steps[step].priority; });
        bool any = false;
        for (const auto step : ready.first(std::clamp<qsizetype>(places, 0, ready.size()))) {
            if (!isBusy(step)) {
                start(step);
                any = true;
            }
        }
        return any;
    }

    [[nodiscard]] bool isBusy(qsizetype step) const
    {
        return std::ranges::any_of(m_works[step].systems, [this](const QString& system) {
            return std::ranges::any_of(
                m_works, [&](const Work& other) { return other.isAtWork() && other.systems.contains(system); });
        });
    }

    void start(qsizetype step)
    {
        auto& work = m_works[step];
        QList<qsizetype> before;
        for (const auto& system : work.systems) {
            before.append(m_lastHad.value(system, -1));
        }
        before.append(m_nobodys > 0 ? -1 : m_left.takeFirst());
        m_nobodys = std::max(0, m_nobodys - 1);
        if (readyAt(step) < m_now) {
            // One of those, if it has just ended; otherwise whoever has.
            const auto just = std::ranges::find_if(
                before, [this](qsizetype other) { return other >= 0 && m_works[other].end() == m_now; });
            before.append(just == before.end() ? m_lastOut : *just);
        }
        before.removeAll(-1);
        work.placeOf = before + std::exchange(m_tooMany, {});
        work.start = m_now;
        hold(step, work);
    }

    void hold(qsizetype step, const Work& work)
    {
        for (const auto& system : work.systems) {
            m_lastHad[system] = step;
        }
    }

    /// Names that stand in the procedure, or the incident's; of one that runs, what it was started with.
    [[nodiscard]] QStringList systemsOf(qsizetype step) const
    {
        QStringList names;
        if (m_plan.steps[step].progress == StepProgress::Running) {
            for (const auto& system : m_plan.steps[step].systems) {
                names.append(system.text());
            }
            return names;
        }
        const auto named = m_plan.procedure.steps[step].parameters["systems"];
        for (const QJsonValue name : named.isString() ? QJsonArray{"validator-3"} : named.toArray()) {
            names.append(name.toString());
        }
        return names;
    }

    [[nodiscard]] Milliseconds nextMoment() const
    {
        auto next = Milliseconds::max();
        for (qsizetype i = 0; i < m_works.size(); ++i) {
            if (m_works[i].isAtWork()) {
                next = std::min(next, m_works[i].end());
            } else if (m_works[i].toCome && !m_works[i].start) {
                const auto ready = readyAt(i).value_or(Milliseconds::max());
                next = ready > m_now ? std::min(next, ready) : next;
            }
        }
        return next;
    }

    const Plan& m_plan;
    QList<Work> m_works;
    Milliseconds m_now{0};
    /// Places that nobody has had yet, and who has left the others, first to last.
    int m_nobodys = 0;
    QList<qsizetype> m_left;
    QList<qsizetype> m_tooMany;
    qsizetype m_lastOut = -1;
    QHash<QString, qsizetype> m_lastHad;
};

} // namespace rc::test
