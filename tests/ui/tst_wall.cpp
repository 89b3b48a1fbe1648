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
        QVERIFY(room.wall.stale());
        QVERIFY(!room.wall.trouble().isEmpty());
        QCOMPARE(room.wall.systems()->count(), 0);
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
        QCOMPARE(room.wall.phase(), "Prepare");
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
        QVERIFY(!room.wall.deserted());
        sight.systems.alive = 0;
        room.wall.show(sight);
        QVERIFY(room.wall.deserted());
        sight.store.shownPlans.clear();
        room.wall.show(sight);
        QVERIFY2(!room.wall.deserted(), "nobody is needed where nothing is open");
    }

    void oldDataIsNotShownAsNew()
    {
        Room room;
        auto sight = networkOf(2);
        room.wall.show(sight);
        QVERIFY(!room.wall.stale());
        QCOMPARE(room.wall.healthyText(), "2 of 2 healthy");
        sight.systems.at = systemTime() - std::chrono::seconds(34);
        room.wall.show(sight);
        QVERIFY(room.wall.stale());
        QVERIFY(room.wall.age() >= 34);
        const auto index = room.wall.systems()->index(0, 0);
        const auto role = room.wall.systems()->roleNames().key("age");
        QVERIFY2(room.wall.systems()->data(index, role).toInt() >= 34, "a system's age stands still");
    }

    void aStoreThatIsLostIsSaid()
    {
        Room room;
        auto sight = networkOf(2);
        sight.store.state = StoreState::Lost;
        sight.store.trouble = "The store is gone.";
        room.wall.show(sight);
        QCOMPARE(room.wall.trouble(), "The store is gone.");
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
