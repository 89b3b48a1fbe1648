// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sight_story.h"
#include "ui/console/plan_view_model.h"
#include "ui/words/words.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace rc;
using namespace rc::test;
using namespace rc::ui;
using namespace std::chrono_literals;

namespace {

ProcedureBuilder mend()
{
    ProcedureBuilder builder;
    builder.manual("confirm").automated("restore").automated("roll_back").approvedBy(Role::ProtocolLead);
    return builder.check("health", "roll_back");
}

/// The page of a plan, with an engine that is never started, and everything that it tells views.
struct Page
{
    QTemporaryDir home;
    EngineThread engine{{home.filePath("home"), {}}, EngineMode::Act};
    PlanViewModel plan{engine};
    QSignalSpy changes{&plan, &PlanViewModel::changed};
    QSignalSpy ticks{&plan, &PlanViewModel::ticked};
    QSignalSpy steps{plan.step(), &StepViewModel::rowChanged};
    QSignalSpy rows{plan.steps(), &QAbstractItemModel::dataChanged};
    QSignalSpy faces{plan.stepGraph(), &GraphViewModel::facesChanged};
    QSignalSpy facts{plan.step()->facts(), &QAbstractItemModel::dataChanged};

    explicit Page(const Sight& sight)
    {
        plan.setPlanId("PLAN-1");
        plan.show(sight);
        forget();
    }
    /// As the engine, which does not run here, would say it.
    void says(const LiveLine& line) { Q_EMIT const_cast<Engine&>(engine.engine()).progressed(PlanId("PLAN-1"), line); }
    void forget()
    {
        for (auto* spy : {&changes, &ticks, &steps, &rows, &faces, &facts}) {
            spy->clear();
        }
    }
    /// What the log says, newest first.
    [[nodiscard]] QStringList lines()
    {
        auto* log = plan.log();
        QStringList texts;
        for (int row = 0; row < log->rowCount(); ++row) {
            texts.append(log->data(log->index(row, 0), log->roleNames().key("text")).toString());
        }
        return texts;
    }
    [[nodiscard]] QStringList changedRoles(int change)
    {
        QStringList names;
        for (const auto role : rows[change][2].value<QList<int>>()) {
            names.append(QString::fromLatin1(plan.steps()->roleNames().value(role)));
        }
        return names;
    }
};

} // namespace

/// What the page of a plan tells its views, and what it does not.
class TestPlanViewModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whileNothingHappensOnlyTheTimeGoesOn()
    {
        const PlanRun run(mend());
        auto sight = sightOf(run);
        sight.now = run.now + 5s;
        Page page(sight);
        sight.now += 1s;
        page.plan.showTime(sight);
        QCOMPARE(page.ticks.count(), 1);
        for (const auto* spy : {&page.changes, &page.steps, &page.rows, &page.faces, &page.facts}) {
            QCOMPARE(spy->count(), 0);
        }
        page.plan.showTime(sight);
        QCOMPARE(page.ticks.count(), 1);
    }

    void ofAStepThatRunsOnlyTheTimesGoOn()
    {
        PlanRun run(mend());
        run.does(olga, CompleteStep{StepId("confirm"), good(), "seen", {}});
        QCOMPARE(run.does(olga, start("restore")), "done");
        auto sight = sightOf(run);
        Page page(sight);
        sight.now = run.now + 5s;
        page.plan.showTime(sight);
        QCOMPARE(page.rows.count(), 1);
        QCOMPARE(page.rows[0][0].toModelIndex().row(), 1);
        QCOMPARE(page.changedRoles(0), QStringList{"times"});
        QCOMPARE(page.changes.count(), 0);
        QCOMPARE(page.faces.count(), 0);
    }

    void anApprovalThatLapsesIsSeenWithoutAWordOfTheStore()
    {
        PlanRun run(mend());
        run.does(olga, CompleteStep{StepId("confirm"), good(), "seen", {}});
        run.does(olga, start("restore"));
        run.does(olga, outcome("restore", good(), 1));
        QCOMPARE(run.approves(ben, "roll_back"), "done");
        auto sight = sightOf(run);
        sight.now = run.now;
        sight.actor = olga;
        Page page(sight);
        QCOMPARE(page.plan.step()->row().state, "ready");
        sight.now += 24h;
        page.plan.showTime(sight);
        QCOMPARE(page.plan.step()->row().state, "awaiting_approval");
        QCOMPARE(page.steps.count(), 1);
        QCOMPARE(page.plan.guidance().deed, Deed::Approve);
        QCOMPARE(page.changes.count(), 1);
        QCOMPARE(page.faces.count(), 1);
    }

    void anAttemptThatWasPutOffIsReadyByItself()
    {
        PlanRun run(mend());
        auto sight = sightOf(run);
        run.plan.steps.edit(0).notBefore = sight.now + 5s;
        sight = sightOf(run);
        Page page(sight);
        QCOMPARE(page.plan.step()->row().state, "waiting");
        sight.now = *run.plan.steps[0].notBefore;
        page.plan.showTime(sight);
        QCOMPARE(page.plan.step()->row().state, "ready");
        QCOMPARE(page.steps.count(), 1);
    }

    void theEndOfTheSoakTimeAsksForTheDeclaration()
    {
        PlanRun run(mend());
        run.plan.status = PlanStatus::Soaking;
        auto sight = sightOf(run);
        run.plan.soakUntil = sight.now + 10s;
        sight = sightOf(run);
        Page page(sight);
        QCOMPARE(page.plan.guidance().deed, Deed::Nothing);
        sight.now = *run.plan.soakUntil + 1s;
        page.plan.showTime(sight);
        QCOMPARE(page.plan.guidance().deed, Deed::Declare);
        QCOMPARE(page.changes.count(), 1);
    }

    void aClockThatWasSetIsToldOnce()
    {
        auto sight = sightOf(PlanRun(mend()));
        Page page(sight);
        QCOMPARE(page.plan.log()->rowCount(), 0);
        sight.store.shownPlans[0].clock = {{17, sight.now, 365 * 24h, 0ms}};
        page.plan.show(sight);
        page.plan.show(sight);
        QCOMPARE(page.plan.log()->rowCount(), 1);
        sight.store.shownPlans[0].clock.append({23, sight.now, 0ms, 90s});
        page.plan.show(sight);
        QCOMPARE(page.lines(),
                 (QStringList{"The clock of this machine stood 1 min 30 s before the record preceding this one. Record "
                              "23, " +
                                  utc(sight.now) + ".",
                              "The clock of this machine was set forward by 365 d just before. Record 17, " +
                                  utc(sight.now) + "."}));
        page.plan.setPlanId({});
        QCOMPARE(page.plan.log()->rowCount(), 0);
        page.plan.setPlanId("PLAN-1");
        QCOMPARE(page.plan.log()->rowCount(), 2);
    }

    void whatWasSaidBeforeIsNoProgress()
    {
        auto sight = sightOf(PlanRun(mend()));
        Page page(sight);
        page.says({sight.now, "Stopping node-1"});
        QTRY_COMPARE(page.lines(), QStringList{"Stopping node-1"});
        QCOMPARE(page.plan.progress(), "");
        sight.store.shownPlans[0].isRunning = true;
        page.plan.show(sight);
        page.says({sight.now, "Starting node-1"});
        QTRY_COMPARE(page.plan.progress(), "Starting node-1");
    }

    /// Nothing that was typed for a step may be lost with it.
    void aRefusalLeavesTheStepThatIsLookedAt()
    {
        auto sight = sightOf(PlanRun(mend()));
        Page page(sight);
        QSignalSpy answers(&page.plan, &PlanViewModel::answered);
        page.plan.setSelected("roll_back");
        page.engine.start();
        const int act = page.plan.skip("roll_back", "nobody asks for it");
        page.plan.show(sight);
        QCOMPARE(page.plan.selected(), "roll_back");
        QTRY_COMPARE(answers.count(), 1);
        QCOMPARE(answers[0][0].toInt(), act);
        QCOMPARE(answers[0][1].toString(), page.plan.trouble());
        QVERIFY2(page.plan.trouble().contains("signed in"), qPrintable(page.plan.trouble()));
        page.plan.show(sight);
        QCOMPARE(page.plan.selected(), "roll_back");
        // What is refused without asking the engine is answered like everything else.
        const int other = page.plan.complete("confirm", true, "seen");
        QCOMPARE(answers.count(), 1);
        QTRY_COMPARE(answers.count(), 2);
        QCOMPARE(answers[1][0].toInt(), other);
        page.engine.stop();
    }

    void workThatHasBegunIsNotRefusedAnyMore()
    {
        PlanRun run(mend());
        run.does(olga, CompleteStep{StepId("confirm"), good(), "seen", {}});
        Page page(sightOf(run));
        QSignalSpy answers(&page.plan, &PlanViewModel::answered);
        page.plan.setSelected("restore");
        const int act = page.plan.runStep("restore"); // its answer comes when it is all over
        page.plan.show(sightOf(run));
        QCOMPARE(answers.count(), 0);
        run.does(olga, start("restore"));
        page.plan.show(sightOf(run));
        QCOMPARE(answers.count(), 1);
        QCOMPARE(answers[0][0].toInt(), act);
        QCOMPARE(answers[0][1].toString(), QString());
        run.does(olga, outcome("restore"));
        page.plan.show(sightOf(run));
        QCOMPARE(answers.count(), 1);
        QCOMPARE(page.plan.selected(), "roll_back"); // whoever acts looks at what comes next
    }

    /// An act is on its way until it is recorded; the work that it begins goes on without it.
    void aRunThatHasBegunKeepsNothingElseWaiting()
    {
        PlanRun run(mend());
        auto sight = sightOf(run);
        Page page(sight);
        page.plan.run();
        QVERIFY(page.plan.busy());
        sight.store.shownPlans[0].runsHere = true;
        page.plan.show(sight);
        QVERIFY(!page.plan.busy());
        QVERIFY(page.plan.running());
        page.plan.pause("lunch");
        QVERIFY(page.plan.busy());
        page.engine.start(); // nobody is signed in there: both end, the run long after it was answered
        QTRY_VERIFY(!page.plan.busy());
        QVERIFY2(page.plan.trouble().contains("signed in"), qPrintable(page.plan.trouble()));
        page.plan.addNote("a note");
        QVERIFY(page.plan.busy());
        QTRY_VERIFY(!page.plan.busy());
        page.engine.stop();
    }

    void theEndOfALongDayIsSaidWithItsDay()
    {
        PlanRun run(ProcedureBuilder().automated("restore").takes(30h));
        auto sight = sightOf(run);
        sight.now = run.now;
        Page page(sight);
        const auto end = QDateTime::fromMSecsSinceEpoch((run.now + 30h).time_since_epoch().count());
        QVERIFY2(page.plan.timeText().contains(", until " + end.toString("yyyy-MM-dd HH:mm")),
                 qPrintable(page.plan.timeText()));
    }

    void aClockThatWasSetBackKeepsNoHeightAway()
    {
        auto sight = networkOf(1);
        sight.systems.health[0].chain.emplace();
        sight.systems.health[0].chain->height = 100;
        HeightsViewModel heights;
        heights.show(sight);
        QCOMPARE(heights.high(), 101);
        sight.systems.at -= 1h;
        sight.systems.health[0].chain->height = 200;
        heights.show(sight);
        QCOMPARE(heights.high(), 201);
        QCOMPARE(heights.low(), 199); // what is still to come is no past
    }

    void whoeverHasBegunAStepLooksAtItUntilItIsOver()
    {
        ProcedureBuilder builder;
        builder.manual("look").automated("slow").after({});
        PlanRun run(builder);
        Page page(sightOf(run));
        QCOMPARE(page.plan.selected(), "look");
        page.plan.setSelected("slow");
        page.plan.runStep("slow");
        QCOMPARE(run.does(olga, start("slow")), "done");
        page.plan.show(sightOf(run));
        QCOMPARE(page.plan.selected(), "slow");
        run.does(olga, outcome("slow", bad()));
        page.plan.show(sightOf(run));
        QCOMPARE(page.plan.selected(), "slow"); // what becomes of it is theirs to say
        page.plan.setSelected("look");
        page.plan.show(sightOf(run));
        QCOMPARE(page.plan.selected(), "look");
    }

    void checklistAndGraphAreTwoViewsOfOneSelection()
    {
        auto sight = sightOf(PlanRun(mend()));
        Page page(sight);
        QCOMPARE(page.plan.stepGraph()->selected(), "confirm");
        page.plan.selectNeighbour(1);
        QCOMPARE(page.plan.stepGraph()->selected(), "restore");
        page.plan.stepGraph()->choose("roll_back");
        QCOMPARE(page.plan.selected(), "roll_back");
        QCOMPARE(page.plan.selectedIndex(), 2);
        QCOMPARE(page.plan.step()->row().key, "roll_back");
        QVERIFY(page.plan.stepGraph()->selectedText().startsWith("roll_back, "));
        page.plan.systemGraph()->choose("system-1");
        QCOMPARE(page.plan.systemGraph()->selected(), "system-1");
        QCOMPARE(page.plan.selected(), "roll_back");
        // A word of the store moves neither.
        page.plan.show(sight);
        QCOMPARE(page.plan.stepGraph()->selected(), "roll_back");
    }
};

QTEST_GUILESS_MAIN(TestPlanViewModel)
#include "tst_plan_view_model.moc"
