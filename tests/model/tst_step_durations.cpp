// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/durations.h"
#include "tests/support/plan_run.h"

#include <QTest>

using namespace rc;
using namespace rc::test;
using namespace std::chrono_literals;

namespace {

QList<Milliseconds> spans(const QList<int>& seconds)
{
    QList<Milliseconds> list;
    for (const int span : seconds) {
        list.append(std::chrono::seconds(span));
    }
    return list;
}

ProcedureBuilder checkAndRestore()
{
    return ProcedureBuilder().manual("confirm").takes(10min).automated("restore").takes(4min);
}

/// A plan that begins when the past of these tests is over.
Plan planNow(const ProcedureBuilder& procedure = checkAndRestore())
{
    auto plan = PlanRun(procedure).plan;
    plan.id = PlanId("PLAN-NOW");
    plan.startedAt += 10000h;
    return plan;
}

/// Taken after a wait, done after some work; the restoration is started after another wait.
Plan workedThrough(int number, Milliseconds restoring, Milliseconds work = 5min, Milliseconds waiting = 2min)
{
    PlanRun run(checkAndRestore());
    run.plan.id = PlanId(QString("PLAN-%1").arg(number));
    run.wait(waiting);
    run.does(olga, start("confirm"));
    run.wait(work);
    run.does(olga, done("confirm"));
    run.wait(30s);
    run.does(olga, start("restore"));
    run.wait(restoring);
    run.does(olga, outcome("restore"));
    run.verifies(olga, {answer("agreement", true)});
    run.wait(1s);
    run.declares(olga);
    run.plan.completedAt = run.now;
    return run.plan;
}

/// The same for many, each restoring for so many seconds.
QList<PlanTimes> past(const QList<int>& restoring)
{
    QList<PlanTimes> times;
    for (const int span : restoring) {
        times.append(timesOf(workedThrough(int(times.size()), std::chrono::seconds(span))));
    }
    return times;
}

StepHistory stepOf(const History& history, const QString& step)
{
    return history.steps.value(StepId(step));
}

} // namespace

/// What is learnt from plans of the past, and what is expected of it.
class TestStepDurations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSpreadIsItsQuartiles_data()
    {
        QTest::addColumn<QList<Milliseconds>>("samples");
        QTest::addColumn<Milliseconds>("lower");
        QTest::addColumn<Milliseconds>("median");
        QTest::addColumn<Milliseconds>("upper");
        QTest::addRow("none") << QList<Milliseconds>() << Milliseconds(0) << Milliseconds(0) << Milliseconds(0);
        QTest::addRow("one") << spans({7}) << Milliseconds(7s) << Milliseconds(7s) << Milliseconds(7s);
        QTest::addRow("two") << spans({10, 20}) << Milliseconds(12500) << Milliseconds(15s) << Milliseconds(17500);
        QTest::addRow("five, unsorted") << spans({5, 1, 4, 2, 3}) << Milliseconds(2s) << Milliseconds(3s)
                                        << Milliseconds(4s);
        QTest::addRow("one gone wrong") << spans({40, 41, 39, 40, 9000}) << Milliseconds(40s) << Milliseconds(40s)
                                        << Milliseconds(41s);
    }
    void aSpreadIsItsQuartiles()
    {
        QFETCH(QList<Milliseconds>, samples);
        QFETCH(Milliseconds, lower);
        QFETCH(Milliseconds, median);
        QFETCH(Milliseconds, upper);
        QCOMPARE(spreadOf(samples), (Spread{int(samples.size()), lower, median, upper}));
    }

    void machineTimeWorkAndWaitingAreKeptApart()
    {
        const auto history = historyFor(planNow(), past({40, 60, 50}));
        QCOMPARE(stepOf(history, "restore").time, (Spread{3, 45s, 50s, 55s}));
        QCOMPARE(stepOf(history, "restore").waiting, (Spread{3, 30s, 30s, 30s}));
        QCOMPARE(stepOf(history, "confirm").time, (Spread{3, 5min, 5min, 5min}));
        QCOMPARE(stepOf(history, "confirm").waiting, (Spread{3, 2min, 2min, 2min}));
    }

    void waitingForAnApprovalIsNoMachineTime()
    {
        PlanRun run(ProcedureBuilder().automated("rollback").approvedBy(Role::ProtocolLead));
        run.wait(20min);
        QCOMPARE(run.approves(ben, "rollback"), "done");
        run.wait(1min);
        run.does(olga, start("rollback"));
        run.wait(3s);
        run.does(olga, outcome("rollback"));
        const auto attempt = timesOf(run.plan).attempts.value(0);
        QCOMPARE(attempt.startedAt - *attempt.readySince, Milliseconds(21min));
        QCOMPARE(attempt.completedAt - attempt.startedAt, Milliseconds(3s));
    }

    void onlyThreeOrMoreReplaceTheProceduresWord_data()
    {
        QTest::addColumn<QList<int>>("restoring");
        QTest::addColumn<Milliseconds>("time");
        QTest::addColumn<EstimateSource>("source");
        QTest::addRow("none") << QList<int>() << Milliseconds(4min) << EstimateSource::Procedure;
        QTest::addRow("two") << QList{40, 50} << Milliseconds(4min) << EstimateSource::Procedure;
        QTest::addRow("three") << QList{40, 50, 45} << Milliseconds(45s) << EstimateSource::History;
    }
    void onlyThreeOrMoreReplaceTheProceduresWord()
    {
        QFETCH(QList<int>, restoring);
        QFETCH(Milliseconds, time);
        QFETCH(EstimateSource, source);
        const auto plan = planNow();
        const auto estimate = estimatesOf(plan.procedure, historyFor(plan, past(restoring))).steps.value(1);
        QCOMPARE(estimate.time, time);
        QCOMPARE(estimate.source, source);
        QCOMPARE(estimate.history.samples, int(restoring.size()));
        QCOMPARE(estimate.waiting, source == EstimateSource::History ? Milliseconds(30s) : Milliseconds(0));
    }

    void whatNobodyEstimatedIsSaidToBeUnknown()
    {
        const auto plan = planNow(ProcedureBuilder().automated("restore"));
        const auto estimate = estimatesOf(plan.procedure, {}).steps.value(0);
        QCOMPARE(estimate.source, EstimateSource::None);
        QCOMPARE(estimate.time, Milliseconds(0));
    }

    void whatDoesNotTellHowLongItTakesIsNotLearnt_data()
    {
        QTest::addColumn<AttemptTimes>("attempt");
        QTest::addColumn<int>("samples");
        const Timestamp at{1000h};
        const AttemptTimes good{StepId("restore"), ActionType::RestoreSystem, at, at + 1s, at + 41s, true, false};
        const AttemptTimes byHand{StepId("confirm"), ActionType::Manual, at, at + 1s, at + 41s, true, false};
        const auto with = [](AttemptTimes attempt, const auto& change) {
            change(attempt);
            return attempt;
        };
        QTest::addRow("a success") << good << 3;
        QTest::addRow("a failure") << with(good, [](auto& a) { a.succeeded = false; }) << 0;
        QTest::addRow("an interrupted one") << with(good, [](auto& a) { a.interrupted = true; }) << 0;
        QTest::addRow("a clock set back") << with(good, [](auto& a) { a.completedAt = a.startedAt - 1s; }) << 0;
        QTest::addRow("another type of action")
            << with(good, [](auto& a) { a.actionType = ActionType::RestartServices; }) << 0;
        QTest::addRow("at once, by a machine") << with(good, [](auto& a) { a.completedAt = a.startedAt; }) << 3;
        QTest::addRow("by hand") << byHand << 3;
        QTest::addRow("ticked at once") << with(byHand, [](auto& a) { a.completedAt = a.startedAt + 999ms; }) << 0;
    }
    void whatDoesNotTellHowLongItTakesIsNotLearnt()
    {
        QFETCH(AttemptTimes, attempt);
        QFETCH(int, samples);
        const auto plan = planNow();
        PlanTimes times{PlanId("PLAN-1"), plan.procedure.id, plan.pins.network, false, Timestamp(1001h), {}, {}};
        times.attempts = {attempt, attempt, attempt};
        const auto history = historyFor(plan, {times});
        QCOMPARE(history.steps.value(attempt.step).time.samples, samples);
        QCOMPARE(history.steps.value(attempt.step).waiting.samples, samples);
    }

    void onlyPlansOfTheSameKindAreLearntFrom_data()
    {
        QTest::addColumn<PlanTimes>("times");
        QTest::addColumn<bool>("counts");
        const auto good = past({40}).first();
        const auto with = [&good](const auto& change) {
            auto times = good;
            change(times);
            return times;
        };
        QTest::addRow("the same") << good << true;
        QTest::addRow("a rehearsal") << with([](auto& t) { t.rehearsal = true; }) << false;
        QTest::addRow("another network") << with([](auto& t) { t.network.chainId = "other"; }) << false;
        QTest::addRow("another procedure") << with([](auto& t) { t.procedure = ProcedureId("halt"); }) << false;
        QTest::addRow("still open") << with([](auto& t) { t.endedAt.reset(); }) << false;
        QTest::addRow("ended since") << with([](auto& t) { t.endedAt = planNow().startedAt + 1ms; }) << false;
        QTest::addRow("itself") << with([](auto& t) { t.plan = planNow().id; }) << false;
    }
    void onlyPlansOfTheSameKindAreLearntFrom()
    {
        QFETCH(PlanTimes, times);
        QFETCH(bool, counts);
        QCOMPARE(stepOf(historyFor(planNow(), {times}), "restore").time.samples, counts ? 1 : 0);
    }

    void anotherVersionOfTheProcedureTeachesToo()
    {
        auto older = workedThrough(1, 40s);
        older.procedure.version = 7;
        QCOMPARE(stepOf(historyFor(planNow(), {timesOf(older)}), "restore").time.samples, 1);
    }

    void rehearsalsLearnFromRehearsals()
    {
        auto plan = planNow();
        plan.pins.rehearsal = true;
        auto times = past({40, 50, 60});
        for (auto& one : times) {
            one.rehearsal = true;
        }
        QCOMPARE(stepOf(historyFor(plan, times), "restore").time.median, Milliseconds(50s));
    }

    void theLastTwentyPlansCount()
    {
        auto times = past(QList<int>(20, 40) + QList<int>(30, 4000));
        for (qsizetype i = 0; i < times.size(); ++i) {
            *times[i].endedAt -= std::chrono::hours(i);
        }
        const auto spread = stepOf(historyFor(planNow(), times), "restore").time;
        QCOMPARE(spread, (Spread{20, 40s, 40s, 40s}));
    }

    void verificationIsLearntToo()
    {
        auto times = past({40});
        times.first().verifications = spans({20, 30, 25});
        const auto plan = planNow();
        QCOMPARE(estimatesOf(plan.procedure, historyFor(plan, times)).verification, Milliseconds(25s));
    }

    void anInterruptedStepIsNotMeasured()
    {
        PlanRun run(ProcedureBuilder().automated("restore"));
        run.does(olga, start("restore"));
        run.wait(1h);
        run.does(olga, MarkUnknown{StepId("restore"), desk.id});
        QCOMPARE(run.does(olga, ResolveUnknown{StepId("restore"), EffectState::Applied, good()}), "done");
        QVERIFY(timesOf(run.plan).attempts.value(0).interrupted);
    }

    void aStepIsReadyWhenTheLastThatItNeedsIsDone()
    {
        PlanRun run(
            ProcedureBuilder().automated("a").after({}).automated("b").after({}).automated("c").after({"a", "b"}));
        const auto began = run.plan.startedAt;
        QCOMPARE(run.record("a").readySince, began);
        run.wait(5s);
        run.runs(olga, "a");
        QVERIFY(!run.record("c").readySince);
        run.wait(5s);
        run.does(olga, skip("b"));
        QCOMPARE(run.record("c").readySince, began + 10s);
        run.runs(olga, "c", bad());
        run.wait(5s);
        run.does(olga, retry("c"));
        QCOMPARE(run.record("c").readySince, began + 15s); // open again since then
        run.runs(olga, "c");
        const auto attempts = timesOf(run.plan).attempts;
        QCOMPARE(attempts.size(), 3); // earlier attempts teach too
        QCOMPARE(attempts[1].readySince, began + 10s);
        QCOMPARE(attempts[2].readySince, began + 15s);
        const auto times = timesOf(run.plan);
        const auto read = planTimesFromJson(toJson(times));
        QCOMPARE(toJson(read), toJson(times));
        QCOMPARE(read.attempts[2].readySince, began + 15s);
    }

    void aVerificationThatPassedIsMeasured()
    {
        PlanRun run(ProcedureBuilder().automated("a").soak(1min));
        run.runs(olga, "a");
        run.does(olga, StartVerification{desk});
        run.wait(7s);
        run.does(olga, FinishVerification{desk.id, {answer("agreement", true)}});
        QCOMPARE(timesOf(run.plan).verifications, QList<Milliseconds>{7s});
    }

    void aVerificationDuringWhichTheClockWasSetBackIsNot()
    {
        PlanRun run(ProcedureBuilder().automated("a").soak(1min));
        run.runs(olga, "a");
        run.does(olga, StartVerification{desk});
        run.wait(-24h);
        run.does(olga, FinishVerification{desk.id, {answer("agreement", true)}});
        QVERIFY(timesOf(run.plan).verifications.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestStepDurations)
#include "tst_step_durations.moc"
