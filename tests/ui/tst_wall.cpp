// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sight_story.h"
#include "ui/console/wall_view_model.h"

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QTest>

using namespace rc;
using namespace rc::test;
using namespace rc::ui;

namespace {

/// An engine that is never started, so that the wall shows what the test tells it.
struct Room
{
    QTemporaryDir home;
    EngineThread engine{{home.filePath("home"), {}}, EngineMode::Follow};
    WallViewModel wall{engine};
    QAbstractItemModelTester tester{wall.systems(), QAbstractItemModelTester::FailureReportingMode::QtTest};
};

ProcedureBuilder mend()
{
    ProcedureBuilder builder;
    builder.manual("confirm").automated("roll_back").approvedBy(Role::ProtocolLead).check("health", "roll_back");
    return builder;
}

} // namespace

/// What a wall tells a room; above all, that it never looks better than things are.
class TestWall : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beforeAnythingIsHeardNothingIsClaimed()
    {
        Room room;
        room.wall.show({});
        QCOMPARE(room.wall.alarms(), (QStringList{"NO DATA YET", "Opening the store …"}));
        QCOMPARE(room.wall.headline(), "Health not known");
        QCOMPARE(room.wall.idleText(), "Whether a recovery is under way is not known.");
    }

    void whoseTurnItIsIsSaid()
    {
        Room room;
        PlanRun run(mend());
        room.wall.show(sightOf(run));
        QCOMPARE(room.wall.stepsDone(), 0);
        QCOMPARE(room.wall.stepsTotal(), 2);
        QCOMPARE(room.wall.step(), run.plan.procedure.steps[0].name);
        QVERIFY2(room.wall.waiting().contains("incident commander"), qPrintable(room.wall.waiting()));
        QCOMPARE(room.wall.headline(), "Prepare");
        QVERIFY(room.wall.waitsForPeople());
        run.does(olga, CompleteStep{StepId("confirm"), good(), "seen", {}});
        room.wall.show(sightOf(run));
        QCOMPARE(room.wall.stepsDone(), 1);
        QVERIFY2(room.wall.waiting().contains("protocol lead"), qPrintable(room.wall.waiting()));
    }

    void anOpenPlanThatNobodyCarriesIsAnAlarm()
    {
        Room room;
        auto sight = sightOf(PlanRun(mend()));
        room.wall.show(sight);
        QCOMPARE(room.wall.alarms(), QStringList());
        sight.systems.alive = 0;
        room.wall.show(sight);
        QCOMPARE(room.wall.alarms(), QStringList{"NO CONSOLE ALIVE"});
        sight.store.shownPlans.clear();
        room.wall.show(sight);
        QCOMPARE(room.wall.alarms(), QStringList()); // nobody is needed where nothing is open
    }

    void oldDataIsNotShownAsNew()
    {
        Room room;
        auto sight = networkOf(2);
        room.wall.show(sight);
        QCOMPARE(room.wall.headline(), "2 of 2 healthy");
        sight.systems.at = systemTime() - std::chrono::seconds(34);
        room.wall.show(sight);
        QCOMPARE(room.wall.alarms().size(), 1);
        QVERIFY2(room.wall.alarms().first().startsWith("DATA 34 s OLD"), qPrintable(room.wall.alarms().first()));
        QCOMPARE(room.wall.headline(), "Health not known");
        QCOMPARE(room.wall.headlineTone(), Tone::Unknown);
        const auto index = room.wall.systems()->index(0, 0);
        const auto roles = room.wall.systems()->roleNames();
        QVERIFY2(room.wall.systems()->data(index, roles.key("age")).toInt() >= 34, "a system's age stands still");
        QCOMPARE(room.wall.systems()->data(index, roles.key("stateText")).toString(), "Stale");
    }

    void oneAlarmHidesNoOther()
    {
        Room room;
        auto sight = sightOf(PlanRun(mend()));
        sight.systems.alive = 0;
        sight.systems.at = systemTime() - std::chrono::minutes(2);
        sight.systems.trouble = "inventory.yaml:3: unknown field";
        room.wall.show(sight);
        QCOMPARE(room.wall.alarms().size(), 3);
        QCOMPARE(room.wall.alarms().first(), "NO CONSOLE ALIVE");
    }

    void aFailedStepStandsBeforeOneThatWaits()
    {
        Room room;
        ProcedureBuilder builder;
        builder.automated("roll_back").check("health", "roll_back");
        PlanRun run(builder);
        run.does(olga, start("roll_back"));
        run.does(olga, outcome("roll_back", bad("the disk is full"), 1));
        room.wall.show(sightOf(run));
        QVERIFY2(room.wall.waiting().contains("the disk is full"), qPrintable(room.wall.waiting()));
    }

    void aPausedPlanDoesNotLookLikeOneThatRuns()
    {
        Room room;
        PlanRun run(mend());
        run.does(olga, PausePlan{"lunch"});
        room.wall.show(sightOf(run));
        QCOMPARE(room.wall.headline(), "Paused");
        QCOMPARE(room.wall.headlineTone(), Tone::Attention);
        QCOMPARE(room.wall.eta(), QString()); // nobody said how long it takes
        run.plan.procedure.steps[0].expectedDuration = std::chrono::minutes(7);
        room.wall.show(sightOf(run));
        QCOMPARE(room.wall.eta(), "about 7 min of work left");
    }

    void theObjectiveIsSaid()
    {
        using namespace std::chrono_literals;
        Room room;
        auto start = startOf(ProcedureBuilder().automated("restore").takes(10min).build());
        room.wall.show(sightOf(PlanRun(start)));
        QCOMPARE(room.wall.objective(), QString()); // the procedure has none
        QVERIFY(!room.wall.late());
        start.procedure.rto = 2h;
        start.pins.incident.containedAt = systemTime() - 1h;
        room.wall.show(sightOf(PlanRun(start)));
        QVERIFY2(room.wall.objective().endsWith(" to spare of the objective of 2 h"),
                 qPrintable(room.wall.objective()));
        QVERIFY(!room.wall.late());
        start.pins.incident.containedAt = systemTime() - 3h;
        room.wall.show(sightOf(PlanRun(start)));
        QVERIFY2(room.wall.objective().startsWith("1 h 10 min "), qPrintable(room.wall.objective()));
        QVERIFY2(room.wall.objective().endsWith(" too late for the objective of 2 h"),
                 qPrintable(room.wall.objective()));
        QVERIFY(room.wall.late());
    }

    void otherOpenPlansAreCounted()
    {
        Room room;
        auto sight = sightOf(PlanRun(mend()));
        room.wall.show(sight);
        QCOMPARE(room.wall.otherPlans(), QString());
        for (const QString& id : {QString("PLAN-2"), QString("PLAN-3")}) {
            sight.store.shownPlans.append(sight.store.shownPlans[0]);
            sight.store.shownPlans.last().plan.id = PlanId(id);
        }
        room.wall.show(sight);
        QCOMPARE(room.wall.otherPlans(), "and 2 more open");
        sight.store.shownPlans.last().plan.status = PlanStatus::Completed; // somebody looks at it
        room.wall.show(sight);
        QCOMPARE(room.wall.otherPlans(), "and 1 more open");
    }

    void aStoreThatIsLostIsSaid()
    {
        Room room;
        auto sight = networkOf(2);
        sight.store.state = StoreState::Lost;
        sight.store.trouble = "The store is gone.";
        room.wall.show(sight);
        QCOMPARE(room.wall.alarms(), QStringList{"The store is gone."});
        QCOMPARE(room.wall.idleText(), "Whether a recovery is under way is not known.");
    }

    void whatHasNoPlaceIsNeverTheWorst()
    {
        Room room;
        auto sight = networkOf(3);
        sight.systems.health[2].state = HealthState::Unhealthy;
        room.wall.show(sight);
        const auto first = [&room] {
            const auto role = room.wall.systems()->roleNames().key("key");
            return room.wall.systems()->data(room.wall.systems()->index(0, 0), role).toString();
        };
        QCOMPARE(first(), "system-0");
        room.wall.setPlaces(2);
        QCOMPARE(first(), "system-2");
        room.wall.setPlaces(3);
        QCOMPARE(first(), "system-0");
    }

    void aSystemKeepsItsPlace()
    {
        Room room;
        auto sight = networkOf(3);
        room.wall.show(sight);
        sight.systems.health[2].state = HealthState::Unhealthy;
        room.wall.show(sight);
        const auto role = room.wall.systems()->roleNames().key("key");
        QCOMPARE(room.wall.systems()->data(room.wall.systems()->index(2, 0), role).toString(), "system-2");
        QCOMPARE(room.wall.healthyText(), "2 of 3 healthy");
    }
};

QTEST_GUILESS_MAIN(TestWall)
#include "tst_wall.moc"
