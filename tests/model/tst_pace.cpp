// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/pace.h"
#include "tests/support/plan_run.h"

#include <QTest>

using namespace rc;
using namespace rc::test;
using namespace std::chrono_literals;

namespace {

StepEstimate learnt(Milliseconds lower, Milliseconds median, Milliseconds upper)
{
    return {median, EstimateSource::History, {}, {12, lower, median, upper}};
}

StepEstimate said(Milliseconds time)
{
    return {time, EstimateSource::Procedure, {}, {}};
}

/// One step of this kind that has begun.
PlanRun begun(ActionType type = ActionType::RestoreSystem)
{
    auto procedure = ProcedureBuilder().automated("step").build();
    procedure.steps.first().actionType = type;
    if (type == ActionType::Check) {
        procedure.steps.first().parameters["check"] = "state_agreement";
    }
    auto command = startOf(procedure);
    command.pins.network.kind = NetworkKind::Live;
    PlanRun run(command);
    run.does(olga, start("step"));
    return run;
}

/// "" where nothing is odd.
QString sentenceOf(const PlanRun& run, const StepEstimate& estimate)
{
    const auto flag = paceFlagOf(run.plan, 0, estimate, run.now);
    return flag ? QString(idOf(flag->pace)) + ": " + flag->sentence : QString();
}

} // namespace

/// Too slow, and suspiciously fast: the bounds and what is said.
class TestPace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bounds_data()
    {
        QTest::addColumn<StepEstimate>("estimate");
        QTest::addColumn<std::optional<PaceBounds>>("bounds");
        const auto bounds = [](Milliseconds fastest, Milliseconds slowest) {
            return std::optional(PaceBounds{fastest, slowest});
        };
        QTest::addRow("nobody knows") << StepEstimate() << std::optional<PaceBounds>();
        QTest::addRow("under a second") << said(999ms) << std::optional<PaceBounds>();
        QTest::addRow("under a second, learnt") << learnt(500ms, 900ms, 10s) << std::optional<PaceBounds>();
        QTest::addRow("a guess") << said(40s) << bounds(2s, 2min);
        QTest::addRow("always the same") << learnt(40s, 40s, 40s) << bounds(10s, 80s);
        QTest::addRow("little spread") << learnt(38s, 40s, 42s) << bounds(10s, 80s);
        // Quartiles four times apart: the fences are eight times beyond them.
        QTest::addRow("much spread") << learnt(20s, 40s, 80s) << bounds(2500ms, 640s);
        QTest::addRow("a quarter took no time") << learnt(0ms, 40s, 40s) << bounds(0ms, 40s * 8000000);
    }
    void bounds()
    {
        QFETCH(StepEstimate, estimate);
        QFETCH(std::optional<PaceBounds>, bounds);
        const auto found = paceBoundsOf(estimate);
        QCOMPARE(found.has_value(), bounds.has_value());
        if (bounds) {
            QCOMPARE(found->fastest, bounds->fastest);
            QCOMPARE(found->slowest, bounds->slowest);
        }
    }

    void aFinishedStep_data()
    {
        QTest::addColumn<StepEstimate>("estimate");
        QTest::addColumn<Milliseconds>("took");
        QTest::addColumn<QString>("sentence");
        const auto usual = learnt(38s, 40s, 42s);
        QTest::addRow("as usual") << usual << Milliseconds(45s) << QString();
        QTest::addRow("at the lower bound") << usual << Milliseconds(10s) << QString();
        QTest::addRow("below it") << usual << Milliseconds(9999ms)
                                  << QString("suspiciously_fast: took 10 s where 40 s were usual (12 runs): look "
                                             "whether it did anything");
        QTest::addRow("at once") << usual << Milliseconds(200ms)
                                 << QString("suspiciously_fast: took 200 ms where 40 s were usual (12 runs): look "
                                            "whether it did anything");
        QTest::addRow("at the upper bound") << usual << Milliseconds(80s) << QString();
        QTest::addRow("beyond it") << usual << Milliseconds(3min)
                                   << QString("too_slow: took 3 min where 40 s were usual (12 runs)");
        QTest::addRow("against the procedure")
            << said(40s) << Milliseconds(200ms)
            << QString("suspiciously_fast: took 200 ms where the procedure expects 40 s: look whether it did anything");
    }
    void aFinishedStep()
    {
        QFETCH(StepEstimate, estimate);
        QFETCH(Milliseconds, took);
        QFETCH(QString, sentence);
        auto run = begun();
        run.wait(took);
        run.does(olga, outcome("step"));
        QCOMPARE(sentenceOf(run, estimate), sentence);
    }

    void aClockThatWasSetBackTellsNothing()
    {
        auto run = begun();
        run.wait(-24h);
        QCOMPARE(sentenceOf(run, said(10min)), QString());
        run.does(olga, outcome("step"));
        QCOMPARE(sentenceOf(run, said(10min)), QString());
    }

    void aRunningStepIsNeverTooFastAndMayBeTooSlow()
    {
        auto run = begun();
        QCOMPARE(sentenceOf(run, said(4min)), QString());
        run.wait(12min);
        QCOMPARE(sentenceOf(run, said(4min)), QString());
        run.wait(1min);
        QCOMPARE(sentenceOf(run, said(4min)),
                 "too_slow: has run for 13 min where the procedure expects 4 min: look whether it gets on");
        QCOMPARE(sentenceOf(run, learnt(4min, 4min, 4min)),
                 "too_slow: has run for 13 min where 4 min are usual (12 runs): look whether it gets on");
    }

    void aManualStepIsNeverTooFast()
    {
        auto run = begun(ActionType::Manual);
        run.wait(50min);
        QCOMPARE(sentenceOf(run, learnt(20min, 20min, 20min)),
                 "too_slow: olga has had it for 50 min where 20 min are usual (12 runs): ask whether help is wanted");
        auto ticked = begun(ActionType::Manual);
        ticked.does(olga, done("step"));
        QCOMPARE(sentenceOf(ticked, said(10min)), QString());
    }

    void onAPracticeNetworkHistoryDecides()
    {
        auto run = begun();
        run.does(olga, outcome("step"));
        QVERIFY(!sentenceOf(run, said(10min)).isEmpty());
        run.plan.pins.network.kind = NetworkKind::Practice;
        QCOMPARE(sentenceOf(run, said(10min)), QString());
        QVERIFY(!sentenceOf(run, learnt(40s, 40s, 40s)).isEmpty());
    }

    void aCheckIsNeverTooFast()
    {
        auto run = begun(ActionType::Check);
        run.does(olga, outcome("step"));
        QCOMPARE(run.state("step"), "succeeded");
        QCOMPARE(sentenceOf(run, said(10min)), QString());
    }

    void failuresAndInterruptedStepsTellNothing()
    {
        auto failed = begun();
        failed.does(olga, outcome("step", bad()));
        QCOMPARE(sentenceOf(failed, said(10min)), QString());
        auto lost = begun();
        lost.wait(9h);
        lost.does(olga, MarkUnknown{StepId("step"), desk.id});
        QCOMPARE(sentenceOf(lost, said(10min)), QString());
        QCOMPARE(lost.does(olga, ResolveUnknown{StepId("step"), EffectState::Applied, good()}), "done");
        QCOMPARE(sentenceOf(lost, said(10min)), QString());
    }
};

QTEST_GUILESS_MAIN(TestPace)
#include "tst_pace.moc"
