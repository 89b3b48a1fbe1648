// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/slow_queue.h"

#include <QTest>

using namespace rc;
using namespace rc::test;
using namespace std::chrono_literals;

namespace {

constexpr int Seeds = 3000;

/// Every chain of steps that are still to be done, each behind one that it needs or whose place it was given, from one
/// that waits for none to one that none waits for, and its length.
class Chains
{
public:
    Chains(const ScheduleCase& chosen, const ExtraTime& extra)
        : m_plan(chosen.run.plan)
        , m_queue(chosen, extra)
    {
        for (qsizetype i = 0; i < m_plan.steps.size(); ++i) {
            if (!isDone(m_plan.steps[i])) {
                follow({i}, m_queue.of(i).waiting + m_queue.of(i).work);
            }
        }
    }

    [[nodiscard]] Milliseconds longest() const { return m_longest; }
    [[nodiscard]] Milliseconds longestThrough(qsizetype step) const { return m_through.value(step); }
    [[nodiscard]] const SlowQueue& queue() const { return m_queue; }

private:
    void follow(const QList<qsizetype>& chain, Milliseconds length)
    {
        m_longest = std::max(m_longest, length);
        for (const auto step : chain) {
            m_through[step] = std::max(m_through.value(step), length);
        }
        for (qsizetype next = 0; next < m_plan.steps.size(); ++next) {
            const auto& work = m_queue.of(next);
            if (work.placeOf.contains(chain.last())) {
                follow(chain + QList{next}, length + work.work);
            }
            // One that was skipped before its turn waits for nothing any more.
            const bool waits = m_plan.procedure.steps[next].after.contains(m_plan.procedure.steps[chain.last()].id);
            if (waits && !isDone(m_plan.steps[next])) {
                follow(chain + QList{next}, length + work.waiting + work.work);
            }
        }
    }

    const Plan& m_plan;
    const SlowQueue m_queue;
    Milliseconds m_longest{0};
    QHash<qsizetype, Milliseconds> m_through;
};

/// What is wrong with the schedule, or nothing.
QString wrongWith(const ScheduleCase& chosen, const Schedule& schedule, const Chains& chains)
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
        const auto& slow = chains.queue().of(i);
        if (slow.toCome && step.start != now + *slow.start) {
            return QString("%1 starts at another time").arg(step.id.text());
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
    if (chains.longest() != chains.queue().length()) {
        return "the longest chain is not as long as the work";
    }
    return schedule.eta == now + schedule.ahead.total() ? QString() : QString("the parts are not the whole");
}

/// What is wrong with the path, or nothing: a chain without slack that is as long as the longest.
QString wrongWithPath(const ScheduleCase& chosen, const Schedule& schedule, const Chains& chains)
{
    const auto& plan = chosen.run.plan;
    const auto& path = schedule.criticalPath;
    for (qsizetype i = 0; i < path.size(); ++i) {
        const auto index = plan.indexOf(path[i]);
        if (!schedule.steps[index].isCritical()) {
            return QString("%1 is on the path and has slack").arg(path[i].text());
        }
        const auto& behind = schedule.steps[index].queuedBehind;
        const bool follows = behind.isEmpty() ? i == 0 || plan.procedure.steps[index].after.contains(path[i - 1])
                                              : i > 0 && behind == path[i - 1];
        if (!follows) {
            return QString("%1 does not follow the one before").arg(path[i].text());
        }
    }
    const auto& ahead = schedule.ahead;
    return ahead.waiting + ahead.people + ahead.machine == chains.longest() ? QString()
                                                                            : QString("the path is too short");
}

} // namespace

/// Random plans against a slow way through them, and every chain of their steps.
class TestScheduleProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theScheduleIsWhatTheLongestChainSays()
    {
        int open = 0;
        int running = 0;
        int partlyDone = 0;
        int queued = 0;
        for (quint64 seed = 0; seed < Seeds; ++seed) {
            const ScheduleCase chosen(seed);
            const auto schedule = scheduleOf(chosen.run.plan, chosen.estimates, chosen.run.now);
            const Chains chains(chosen, {});
            const auto wrong = wrongWith(chosen, schedule, chains) + wrongWithPath(chosen, schedule, chains);
            QVERIFY2(wrong.isEmpty(), qPrintable(QString("seed %1: %2").arg(seed).arg(wrong)));
            const auto& steps = chosen.run.plan.steps;
            open += schedule.criticalPath.isEmpty() ? 0 : 1;
            running += std::ranges::count(steps, StepProgress::Running, &StepRecord::progress) > 0 ? 1 : 0;
            partlyDone += std::ranges::any_of(steps, isDone) && !schedule.criticalPath.isEmpty() ? 1 : 0;
            queued += std::ranges::any_of(schedule.steps, [](const auto& step) { return step.queued.count() > 0; });
        }
        QVERIFY(open > Seeds / 2 && running > Seeds / 20 && partlyDone > Seeds / 4); // the plans are of all kinds
        QVERIFY2(queued > Seeds / 10, qPrintable(QString::number(queued)));
    }

    void whatIfIsWhatTheLongestChainSays_data()
    {
        QTest::addColumn<bool>("queues");
        QTest::addRow("a place for each") << false;
        QTest::addRow("with queues") << true;
    }
    void whatIfIsWhatTheLongestChainSays()
    {
        QFETCH(bool, queues);
        int moved = 0;
        int changedPath = 0;
        for (quint64 seed = 0; seed < Seeds; ++seed) {
            const ScheduleCase chosen(seed, queues);
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
            // Where steps queue, others may go first when one is late.
            if (!queues && wasCritical && extra[step] >= Milliseconds(0)) {
                QCOMPARE(answer->etaMoves, extra[step]);
            }
            moved += answer->etaMoves != Milliseconds(0) ? 1 : 0;
            changedPath += answer->becomeCritical.isEmpty() && answer->noLongerCritical.isEmpty() ? 0 : 1;
        }
        QVERIFY(moved > Seeds / 10 && changedPath > Seeds / 20);
    }

    /// The schedule of an armed plan of automated steps against the decisions that its executor takes.
    void anArmedPlanStartsItsStepsThen()
    {
        int queued = 0;
        for (quint64 seed = 0; seed < Seeds / 3; ++seed) {
            PlanRun run(startOf(automated(PlanChance(seed))));
            run.does(olga, ArmPlan{desk});
            const auto schedule = scheduleOf(run.plan, estimatesOf(run.plan.procedure, {}), run.now);
            while (!run.plan.allStepsDone()) {
                const auto started = startWhatMayRun(run);
                QVERIFY2(started.isEmpty(), qPrintable(QString("seed %1: %2").arg(seed).arg(started)));
                endTheNext(run);
            }
            QCOMPARE(schedule.stepsEnd, run.now);
            for (qsizetype i = 0; i < run.plan.steps.size(); ++i) {
                QCOMPARE(schedule.steps[i].start, run.plan.steps[i].startedAt);
                queued += schedule.steps[i].queued > Milliseconds(0) ? 1 : 0;
            }
        }
        QVERIFY(queued > Seeds / 3);
    }

private:
    static Procedure automated(PlanChance chance)
    {
        auto procedure = ScheduleCase::procedureFor(chance, true);
        for (auto& step : procedure.steps) {
            step.actionType = ActionType::RestoreSystem;
            step.reversibility = Reversibility::Reversible;
            step.reversibleUntil = {};
            step.expectedDuration += 1min; // what takes no time is over before another is looked for
        }
        return procedure;
    }

    static QString startWhatMayRun(PlanRun& run)
    {
        bool any = false;
        for (const auto& step : runnableSteps(run.plan, olga, run.now)) {
            const auto systems = idsFromJson<SystemId>((*run.plan.resolvedParameters(run.at(step.text())))["systems"]);
            if (isBusy(run.plan, systems)) {
                continue;
            }
            if (const auto did = run.does(olga, StartStep{step, desk, systems}); did != "done") {
                return did;
            }
            any = true;
        }
        return any ? startWhatMayRun(run) : QString(); // the executor looks again until nothing starts
    }

    static bool isBusy(const Plan& plan, const QList<SystemId>& systems)
    {
        return std::ranges::any_of(plan.steps, [&](const StepRecord& record) {
            return record.progress == StepProgress::Running &&
                   std::ranges::any_of(systems, [&](const SystemId& s) { return record.systems.contains(s); });
        });
    }

    /// All steps that end at the next moment at which one does.
    static void endTheNext(PlanRun& run)
    {
        const auto endOf = [&run](qsizetype step) {
            return *run.plan.steps[step].startedAt + run.plan.procedure.steps[step].expectedDuration;
        };
        QList<qsizetype> atWork;
        for (qsizetype i = 0; i < run.plan.steps.size(); ++i) {
            if (run.plan.steps[i].progress == StepProgress::Running) {
                atWork.append(i);
            }
        }
        run.now = endOf(*std::ranges::min_element(atWork, {}, endOf));
        for (const auto step : atWork) {
            if (endOf(step) == run.now) {
                run.does(olga, outcome(run.plan.procedure.steps[step].id.text()));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestScheduleProperties)
#include "tst_schedule_properties.moc"
