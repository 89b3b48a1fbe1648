// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sight_story.h"
#include "ui/console/graph_view_model.h"

#include <QSignalSpy>
#include <QTest>

using namespace rc;
using namespace rc::test;
using namespace rc::ui;

class TestGraphViewModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStateChangesInPlace()
    {
        GraphViewModel graph;
        auto sight = networkOf(5);
        graph.showSystems(sight, {SystemId("system-1")});
        QCOMPARE(graph.count(), 5);
        QCOMPARE(graph.layout().layers, 3);
        QVERIFY(graph.faces()[1].current);
        QVERIFY(!graph.faces()[0].current);
        const QSignalSpy arranged(&graph, &GraphViewModel::arranged);
        const QSignalSpy faces(&graph, &GraphViewModel::facesChanged);
        graph.showSystems(sight, {SystemId("system-1")});
        QCOMPARE(faces.count(), 0);
        const auto before = graph.layout().nodes[3].row;
        sight.systems.health[3].state = HealthState::Unhealthy;
        graph.showSystems(sight, {SystemId("system-1")});
        QCOMPARE(faces.count(), 1);
        QCOMPARE(arranged.count(), 0);
        QCOMPARE(graph.layout().nodes[3].row, before);
        QCOMPARE(graph.faces()[3].stateText, "Unhealthy");
    }

    void aLineIsSatisfiedByWhatItComesFrom()
    {
        GraphViewModel graph;
        auto sight = networkOf(3);
        graph.showSystems(sight, {});
        QCOMPARE(graph.layout().lines.size(), 1);
        QVERIFY(graph.faces()[graph.layout().lines[0].dependency].settled);
        sight.systems.health[0].state = HealthState::Stale;
        graph.showSystems(sight, {});
        QVERIFY(!graph.faces()[graph.layout().lines[0].dependency].settled);
    }

    void aSystemThatNobodyLookedAtIsNotHealthy()
    {
        GraphViewModel graph;
        auto sight = networkOf(3);
        sight.systems.health.clear();
        graph.showSystems(sight, {});
        QCOMPARE(graph.faces()[0].stateText, "Unknown");
        QCOMPARE(graph.faces()[0].tone, Tone::Unknown);
        QVERIFY(!graph.faces()[graph.layout().lines[0].dependency].settled);
    }

    void arrowsWalkAlongTheLines()
    {
        GraphViewModel graph;
        graph.showSystems(networkOf(5), {});
        QCOMPARE(graph.neighbour("nobody", Qt::Key_Right), "system-0");
        QCOMPARE(graph.neighbour("system-0", Qt::Key_Right), "system-2");
        QCOMPARE(graph.neighbour("system-2", Qt::Key_Right), "system-4");
        QCOMPARE(graph.neighbour("system-4", Qt::Key_Right), "system-4");
        QCOMPARE(graph.neighbour("system-4", Qt::Key_Left), "system-2");
        const auto beside = graph.neighbour("system-0", Qt::Key_Down) + graph.neighbour("system-0", Qt::Key_Up);
        QVERIFY2(beside.contains("system-1"), "up and down stay in the layer");
    }

    void whatIsLookedAtIsSaidInWords()
    {
        GraphViewModel graph;
        auto sight = networkOf(5);
        graph.showSystems(sight, {});
        const QSignalSpy told(&graph, &GraphViewModel::selectedChanged);
        graph.setSelected("system-2");
        QCOMPARE(told.count(), 1);
        QCOMPARE(graph.selectedText(), "system-2, healthy. Needs system-0. Needed by system-4.");
        QCOMPARE(graph.selectedColumn(), double(graph.layout().nodes[2].layer));
        QCOMPARE(graph.selectedRow(), graph.layout().nodes[2].row);
        graph.setSelected("system-2");
        graph.showSystems(sight, {});
        QCOMPARE(told.count(), 1);
        sight.systems.health[2].state = HealthState::Unhealthy;
        graph.showSystems(sight, {});
        QCOMPARE(told.count(), 2);
        QVERIFY2(graph.selectedText().startsWith("system-2, unhealthy."), qPrintable(graph.selectedText()));
        graph.setSelected("nobody");
        QCOMPARE(graph.selectedText(), QString());
        QCOMPARE(graph.selectedColumn(), -1.0);
    }

    void otherSystemsOfTheSameShapeHaveTheirOwnNames()
    {
        GraphViewModel graph;
        auto sight = networkOf(4);
        graph.showSystems(sight, {});
        const QSignalSpy arranged(&graph, &GraphViewModel::arranged);
        const QSignalSpy faces(&graph, &GraphViewModel::facesChanged);
        sight.systems.inventory.systems[1].name = "Outpost";
        sight.systems.inventory.systems[3].id = SystemId("harbour");
        sight.systems.health[3].id = SystemId("harbour");
        graph.showSystems(sight, {});
        QCOMPARE(arranged.count(), 0);
        QCOMPARE(faces.count(), 1);
        QCOMPARE(graph.faces()[1].name, "Outpost");
        QCOMPARE(graph.keyOf(3), "harbour");
        QCOMPARE(graph.indexOf("system-3"), -1);
    }

    void anotherLineIsSeenThoughTheSystemsAreAsMany()
    {
        GraphViewModel graph;
        auto sight = networkOf(4);
        graph.showSystems(sight, {});
        const auto lines = graph.layout().lines.size();
        sight.systems.inventory.systems[3].dependsOn = {SystemId("system-0"), SystemId("system-1")};
        graph.showSystems(sight, {});
        QCOMPARE(graph.layout().lines.size(), lines + 1);
    }

    void nothingIsShownAsNothing()
    {
        GraphViewModel graph;
        graph.showSystems(networkOf(4), {});
        graph.clear();
        QCOMPARE(graph.count(), 0);
        QCOMPARE(graph.layout().layers, 0);
        QCOMPARE(graph.neighbour({}, Qt::Key_Left), QString());
    }

    void theStepsOfAPlanAreAGraphToo()
    {
        GraphViewModel graph;
        ProcedureBuilder builder;
        builder.manual("confirm").automated("roll_back").check("health", "roll_back");
        PlanRun run(builder);
        graph.showSteps(run.plan, stepRows({run.plan, {}, false}, olga, run.now));
        QCOMPARE(graph.count(), 2);
        QVERIFY(!graph.faces()[graph.layout().lines[0].dependency].settled);
        run.does(olga, CompleteStep{StepId("confirm"), good(), "seen", {}});
        graph.showSteps(run.plan, stepRows({run.plan, {}, false}, olga, run.now));
        QVERIFY(graph.faces()[graph.layout().lines[0].dependency].settled);
        QVERIFY(graph.faces()[1].current);
    }
};

QTEST_GUILESS_MAIN(TestGraphViewModel)
#include "tst_graph_view_model.moc"
