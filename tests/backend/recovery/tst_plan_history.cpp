// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/plan_preview.h"
#include "model/plan/schedule.h"
#include "tests/backend/recovery/recovery_fixture.h"

using namespace rc;
using namespace rc::test;
using namespace std::chrono_literals;

namespace {

/// The procedure guesses twenty minutes of everything.
ProcedureBuilder work()
{
    ProcedureBuilder procedure;
    return procedure.automated("restore").takes(20min).manual("look").takes(20min).automated("restart").approvedBy(
        Role::ProtocolLead);
}

/// What the steps of a plan take, by machine or hand, and how long people let them lie before.
struct Times
{
    Milliseconds restore;
    Milliseconds lies;
    Milliseconds look;
    Milliseconds approval;
    Milliseconds restart;
};

QString drawn(const StepEstimate& estimate)
{
    return QString("%1 s %2, after %3 s")
        .arg(estimate.time.count() / 1000)
        .arg(idOf(estimate.source))
        .arg(estimate.waiting.count() / 1000);
}

QStringList drawn(const Estimates& estimates)
{
    QStringList lines;
    for (const auto& estimate : estimates.steps) {
        lines.append(drawn(estimate));
    }
    return lines;
}

} // namespace

/// What plans teach those that come after them, through the journal.
class TestPlanHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void threePlansAreWhatTheNextOneExpects()
    {
        RecoveryHome home;
        Workplace here(home);
        const QStringList guessed{"1200 s procedure, after 0 s", "1200 s procedure, after 0 s", "0 s none, after 0 s"};
        QCOMPARE(drawn(expected(home, here)), guessed);
        workThrough(home, here, {40s, 2min, 5min, 10min, 8s});
        workThrough(home, here, {60s, 4min, 7min, 30min, 10s});
        QCOMPARE(drawn(expected(home, here)), guessed); // two are an anecdote
        workThrough(home, here, {50s, 9h, 6min, 20min, 9s});
        // People's waiting, and the night it lasted once, is no work of anybody.
        const QStringList learnt{"50 s history, after 0 s", "360 s history, after 240 s", "9 s history, after 1200 s"};
        QCOMPARE(drawn(expected(home, here)), learnt);

        const auto plan = here.start(here.signIn(olga), work());
        const auto ahead =
            scheduleOf(here.plan(plan), Store::must(here.recovery().estimates(here.plan(plan))), home.now()).ahead;
        QCOMPARE(ahead.machine, Milliseconds(50s + 9s));
        QCOMPARE(ahead.people, Milliseconds(6min));
        QCOMPARE(ahead.waiting, Milliseconds(4min + 20min));
        // The tables are what the rows add up to.
        QVERIFY(here.journal().rebuild());
        QCOMPARE(drawn(expected(home, here)), learnt);
    }

    void theDryRunExpectsTheSame()
    {
        RecoveryHome home;
        Workplace here(home);
        for (int i = 0; i < 3; ++i) {
            workThrough(home, here, {50s, 4min, 6min, 20min, 9s});
        }
        const auto shown = preview(home, here, false);
        const auto steps = shown["steps"].toArray();
        QCOMPARE(steps.size(), 3);
        const QStringList lines{"restore 0 50000 0 history", "look 290000 360000 240000 history",
                                "restart 1850000 9000 1200000 history"};
        for (qsizetype i = 0; i < steps.size(); ++i) {
            const auto step = steps[i].toObject();
            QCOMPARE(QString("%1 %2 %3 %4 %5")
                         .arg(step["id"].toString())
                         .arg(step["begins_after_ms"].toInteger())
                         .arg(step["duration_ms"].toInteger())
                         .arg(step["expected_waiting_ms"].toInteger())
                         .arg(step["estimate_source"].toString()),
                     lines[i]);
        }
        QCOMPARE(shown["duration_ms"].toInteger(), 1'859'000);
        // Who rehearses sits ready: that is another history.
        QCOMPARE(preview(home, here, true)["steps"][0]["estimate_source"].toString(), "procedure");
    }

    void theDryRunCountsOnNoMorePlacesThanThereAre()
    {
        RecoveryHome home;
        Workplace here(home);
        ProcedureBuilder queue;
        queue.atMostAtOnce(1).automated("first").takes(20min).automated("second").after({}).takes(10min);
        queue.automated("urgent").after({}).takes(5min).priority(Priority::Urgent);
        const auto shown = preview(home, here, startOf(queue.build()));
        QStringList lines;
        for (const QJsonValue step : shown["steps"].toArray()) {
            lines.append(QString("%1 %2 %3")
                             .arg(step["id"].toString())
                             .arg(step["begins_after_ms"].toInteger() / 60'000)
                             .arg(step["queued_ms"].toInteger() / 60'000));
        }
        QCOMPARE(lines, (QStringList{"urgent 0 0", "first 5 5", "second 25 25"})); // in the order they would run
        QCOMPARE(shown["duration_ms"].toInteger(), Milliseconds(35min).count());
        QCOMPARE(shown["critical_path"].toArray(), (QJsonArray{"urgent", "first", "second"}));
    }

    void aPlanIsLookedAtWithWhatWasKnownWhenItBegan()
    {
        auto&& [home, here, me] = OneConsole();
        home.wait(1min);
        const auto early = here.start(me, work());
        for (int i = 0; i < 3; ++i) {
            workThrough(home, here, {50s, 4min, 6min, 20min, 9s});
        }
        const auto estimates = Store::must(here.recovery().estimates(here.plan(early)));
        QCOMPARE(drawn(estimates).first(), "1200 s procedure, after 0 s");
    }

private:
    static Estimates expected(RecoveryHome& home, Workplace& here)
    {
        return Store::must(here.recovery().estimates(planFrom(startOf(work().build()), home.now())));
    }
    static QJsonObject preview(RecoveryHome& home, Workplace& here, bool rehearsal)
    {
        auto prepared = startOf(work().build());
        prepared.pins.rehearsal = rehearsal;
        return preview(home, here, prepared);
    }
    static QJsonObject preview(RecoveryHome& home, Workplace& here, const StartPlan& prepared)
    {
        const auto earlier = Store::must(here.recovery().store().timesBefore(planFrom(prepared, home.now())));
        const auto tools = std::make_shared<FakeToolbox>(here.tools);
        return QCoro::waitFor(previewPlan(prepared, tools, earlier, home.now()));
    }
    /// A whole plan that takes these times.
    static void workThrough(RecoveryHome& home, Workplace& here, const Times& times)
    {
        here.tools.execute = [&](const ActionContext& context) {
            home.wait(context.holder.endsWith("restore") ? times.restore : times.restart);
            return good();
        };
        const auto plan = here.start(here.signIn(olga), work());
        QCOMPARE(told(here.run(here.signIn(olga), plan)), "done");
        home.wait(times.lies);
        QCOMPARE(told(here.runStep(here.signIn(olga), plan, "look")), "done");
        home.wait(times.look);
        QCOMPARE(told(here.recovery().completeRecoveryStep(here.signIn(olga), plan, done("look"))), "done");
        home.wait(times.approval);
        QCOMPARE(told(here.recovery().approveStep(here.signIn(ben), plan, StepId("restart"))), "done");
        QCOMPARE(told(here.run(here.signIn(olga), plan)), "done");
        QCOMPARE(told(here.declare(here.signIn(olga), plan)), "done");
        QCOMPARE(here.plan(plan).status, PlanStatus::Completed);
        home.wait(1h);
    }
};

QTEST_GUILESS_MAIN(TestPlanHistory)
#include "tst_plan_history.moc"
