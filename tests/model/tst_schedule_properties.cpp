// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/schedule.h"
#include "tests/support/plan_chance.h"
#include "tests/support/plan_run.h"

#include <QTest>

using namespace rc;
using namespace rc::test;
using namespace std::chrono_literals;

namespace {

constexpr int Seeds = 3000;

/// A random plan, worked on for a while, with random estimates.
struct Case
{
    PlanRun run;
    Estimates estimates;

    explicit Case(quint64 seed)
        : Case(PlanChance(seed))
    {
    }

private:
    explicit Case(PlanChance chance)
        : run(startOf(procedureFor(chance)))
        , estimates(estimatesOf(run.plan.procedure, {}))
    {
        for (auto& estimate : estimates.steps) {
            estimate.waiting = std::chrono::seconds(chance.oneIn(2) ? 0 : chance.below(300));
        }
        estimates.verification = std::chrono::seconds(chance.below(60));
        for (int act = chance.below(20); act > 0; --act) {
            const auto step = chance.oneOf(run.plan.procedure.steps);
            run.wait(std::chrono::seconds(chance.below(100)));
            switch (chance.below(5)) {
            case 0:
                run.does(olga, skip(step.id.text()));
                break;
            case 1:
            case 2:
                run.does(olga, start(step.id.text()));
                break;
            default:
                step.isManual() ? run.does(olga, done(step.id.text())) : run.runs(olga, step.id.text());
                run.does(olga, outcome(step.id.text(), chance.oneIn(4) ? bad() : good({{"figure", 1}})));
            }
        }
    }

    /// What olga may do alone, of lengths that are alike often.
    static Procedure procedureFor(PlanChance& chance)
    {
        auto procedure = chance.procedure();
        for (auto& step : procedure.steps) {
            step.requiredRoles.clear();
            step.approvals.clear();
            step.retry = {};
            step.parameters = {};
            step.outputs.clear();
            step.expectedDuration = std::chrono::minutes(chance.below(6));
        }
        return procedure;
    }
};

/// The slow and obvious way: every chain of steps that are still to be done, from one that waits for none to one that
/// none waits for, and its length.
class Chains
{
public:
    Chains(const Case& chosen, const ExtraTime& extra)
        : m_plan(chosen.run.plan)
    {
        const auto alone = scheduleOf(m_plan, chosen.estimates, chosen.run.now);
        for (qsizetype i = 0; i < m_plan.steps.size(); ++i) {
            // How long one step alone takes is what the other tests are about.
            const auto& step = alone.steps[i];
            const bool runs = m_plan.steps[i].progress == StepProgress::Running;
            const auto work = *step.end - (runs ? chosen.run.now : *step.start);
            m_lengths.append(step.waiting + std::max(Milliseconds(0), work + extra.value(step.id)));
        }
        for (qsizetype i = 0; i < m_plan.steps.size(); ++i) {
            if (!isDone(m_plan.steps[i])) {
                follow({i}, m_lengths[i]);
            }
        }
    }

    [[nodiscard]] Milliseconds longest() const { return m_longest; }
    [[nodiscard]] Milliseconds longestThrough(qsizetype step) const { return m_through.value(step); }

private:
    void follow(const QList<qsizetype>& chain, Milliseconds length)
    {
        m_longest = std::max(m_longest, length);
        for (const auto step : chain) {
            m_through[step] = std::max(m_through.value(step), length);
        }
        for (qsizetype next = 0; next < m_plan.steps.size(); ++next) {
            // One that was skipped before its turn waits for nothing any more.
            const bool waits = m_plan.procedure.steps[next].after.contains(m_plan.procedure.steps[chain.last()].id);
            if (waits && !isDone(m_plan.steps[next])) {
                follow(chain + QList{next}, length + m_lengths[next]);
            }
        }
    }

    const Plan& m_plan;
    QList<Milliseconds> m_lengths;
    Milliseconds m_longest{0};
    QHash<qsizetype, Milliseconds> m_through;
};

/// What is wrong with the schedule, or nothing.
QString wrongWith(const Case& chosen, const Schedule& schedule, const Chains& chains)
{
    const auto& plan = chosen.run.plan;
    const auto now = chosen.run.now;
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        const auto& step = schedule.steps[i];
        if (isDone(plan.steps[i])) {
            if (step.slack || step.end != plan.steps[i].completedAt) {
                return QString("%1 is done, and not taken as a fact").arg(step.id.text());
            }
            continue;
        }
        if (!step.slack || *step.slack < Milliseconds(0) ||
            *step.slack != chains.longest() - chains.longestThrough(i)) {
            return QString("the slack of %1 is wrong").arg(step.id.text());
        }
        if (step.isCritical() != (chains.longestThrough(i) == chains.longest())) {
            return QString("%1 is critical, or is not").arg(step.id.text());
        }
    }
    if (!plan.allStepsDone() && schedule.stepsEnd != now + chains.longest()) {
        return "the end of the last step is wrong";
    }
    return schedule.eta == now + schedule.ahead.total() ? QString() : QString("the parts are not the whole");
}

/// What is wrong with the path, or nothing: a chain without slack that is as long as the longest.
QString wrongWithPath(const Case& chosen, const Schedule& schedule, const Chains& chains)
{
    const auto& plan = chosen.run.plan;
    const auto& path = schedule.criticalPath;
    for (qsizetype i = 0; i < path.size(); ++i) {
        const auto index = plan.indexOf(path[i]);
        if (!schedule.steps[index].isCritical()) {
            return QString("%1 is on the path and has slack").arg(path[i].text());
        }
        if (i > 0 && !plan.procedure.steps[index].after.contains(path[i - 1])) {
            return QString("%1 does not follow the one before").arg(path[i].text());
        }
    }
    const auto& ahead = schedule.ahead;
    return ahead.waiting + ahead.people + ahead.machine == chains.longest() ? QString()
                                                                            : QString("the path is too short");
}

} // namespace

/// Random plans against every chain of their steps.
class TestScheduleProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theScheduleIsWhatTheLongestChainSays()
    {
        int open = 0;
        int running = 0;
        int partlyDone = 0;
        for (quint64 seed = 0; seed < Seeds; ++seed) {
            const Case chosen(seed);
            const auto schedule = scheduleOf(chosen.run.plan, chosen.estimates, chosen.run.now);
            const Chains chains(chosen, {});
            const auto wrong = wrongWith(chosen, schedule, chains) + wrongWithPath(chosen, schedule, chains);
            QVERIFY2(wrong.isEmpty(), qPrintable(QString("seed %1: %2").arg(seed).arg(wrong)));
            const auto& steps = chosen.run.plan.steps;
            open += schedule.criticalPath.isEmpty() ? 0 : 1;
            running += std::ranges::count(steps, StepProgress::Running, &StepRecord::progress) > 0 ? 1 : 0;
            partlyDone += std::ranges::any_of(steps, isDone) && !schedule.criticalPath.isEmpty() ? 1 : 0;
        }
        QVERIFY(open > Seeds / 2 && running > Seeds / 20 && partlyDone > Seeds / 4); // the plans are of all kinds
    }

    void whatIfIsWhatTheLongestChainSays()
    {
        int moved = 0;
        int changedPath = 0;
        for (quint64 seed = 0; seed < Seeds; ++seed) {
            const Case chosen(seed);
            PlanChance chance(seed + Seeds);
            const auto step = chance.oneOf(chosen.run.plan.procedure.steps).id;
            if (isDone(chosen.run.plan.steps[chosen.run.plan.indexOf(step)])) {
                continue;
            }
            const ExtraTime extra{{step, std::chrono::seconds(chance.below(1200) - 400)}};
            const auto answer = whatIf(chosen.run.plan, chosen.estimates, chosen.run.now, extra);
            QVERIFY(answer.has_value());
            const Chains before(chosen, {});
            const Chains after(chosen, extra);
            const auto wrong = wrongWith(chosen, answer->after, after) + wrongWithPath(chosen, answer->after, after);
            QVERIFY2(wrong.isEmpty(), qPrintable(QString("seed %1: %2").arg(seed).arg(wrong)));
            QCOMPARE(answer->etaMoves, after.longest() - before.longest());
            const bool wasCritical = answer->before.steps[chosen.run.plan.indexOf(step)].isCritical();
            if (wasCritical && extra[step] >= Milliseconds(0)) {
                QCOMPARE(answer->etaMoves, extra[step]);
            }
            moved += answer->etaMoves != Milliseconds(0) ? 1 : 0;
            changedPath += answer->becomeCritical.isEmpty() && answer->noLongerCritical.isEmpty() ? 0 : 1;
        }
        QVERIFY(moved > Seeds / 10 && changedPath > Seeds / 20);
    }
};

QTEST_GUILESS_MAIN(TestScheduleProperties)
#include "tst_schedule_properties.moc"
