// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/match.h"
#include "ui/console/navigation.h"

#include <QSignalSpy>
#include <QTest>

using namespace rc::ui;

class TestNavigation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWayBackAndForward()
    {
        Navigation way;
        QVERIFY(!way.canGoBack());
        way.go(Navigation::Incident, "INC-1");
        way.go(Navigation::Plan, "PLAN-1");
        QVERIFY(way.canGoBack());
        QVERIFY(!way.canGoForward());
        way.back();
        QCOMPARE(way.page(), Navigation::Incident);
        QCOMPARE(way.subject(), "INC-1");
        way.back();
        QCOMPARE(way.page(), Navigation::Overview);
        way.back();
        QCOMPARE(way.page(), Navigation::Overview);
        way.forward();
        way.forward();
        QCOMPARE(way.subject(), "PLAN-1");
        way.forward();
        QCOMPARE(way.subject(), "PLAN-1");
    }

    void whoeverTurnsOffTheWayLeavesWhatWasAhead()
    {
        Navigation way;
        way.go(Navigation::Incident, "INC-1");
        way.back();
        way.go(Navigation::Settings);
        QVERIFY(!way.canGoForward());
        way.back();
        QCOMPARE(way.page(), Navigation::Overview);
    }

    void whereOneIsIsNotGoneToTwice()
    {
        Navigation way;
        QSignalSpy moved(&way, &Navigation::moved);
        way.go(Navigation::Plan);
        way.settle("PLAN-1");
        way.go(Navigation::Plan);
        way.go(Navigation::Plan, "PLAN-1");
        QCOMPARE(moved.count(), 3); // the keyboard goes there each time
        QCOMPARE(way.subject(), "PLAN-1");
        way.back();
        QCOMPARE(way.page(), Navigation::Overview);
    }

    void theWayHasAnEnd()
    {
        Navigation way;
        for (int i = 0; i < 1'000; ++i) {
            way.go(Navigation::Plan, QString("PLAN-%1").arg(i));
        }
        int steps = 0;
        while (way.canGoBack()) {
            way.back();
            ++steps;
        }
        QCOMPARE(steps, 99);
        QCOMPARE(way.subject(), "PLAN-900");
    }

    void aPlaceHasAName()
    {
        QCOMPARE(Navigation::nameOf({Navigation::Plan, "PLAN-1"}), "plan/PLAN-1");
        QCOMPARE(Navigation::nameOf({Navigation::Overview, {}}), "overview");
        QCOMPARE(Navigation::named("plan/PLAN-1"), (Place{Navigation::Plan, "PLAN-1"}));
        QCOMPARE(Navigation::named("Graph/a/b"), (Place{Navigation::Graph, "a/b"}));
        QCOMPARE(Navigation::named("settings"), (Place{Navigation::Settings, {}}));
        QVERIFY(!Navigation::named("nowhere/1"));
        QVERIFY(!Navigation::named({}));
    }

    void whatIsTypedFindsTheNearest_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse");
        QTest::newRow("the beginning before a word") << "plan" << "Plan" << "The most urgent open plan";
        QTest::newRow("a word before its inside") << "net" << "The network" << "Ethernet";
        QTest::newRow("the inside before initials") << "ptp" << "aptpr" << "Pause the plan";
        QTest::newRow("initials before nothing") << "ptp" << "Pause the plan" << "Abort the plan";
        QTest::newRow("all words, in any order") << "PLAN pause" << "Pause the plan" << "Pause";
        QTest::newRow("letters that are not ASCII") << "ПЛАН" << "план 1" << "plan 1";
    }
    void whatIsTypedFindsTheNearest()
    {
        QFETCH(QString, typed);
        QFETCH(QString, better);
        QFETCH(QString, worse);
        QVERIFY2(matchOf(typed, better) > matchOf(typed, worse), qPrintable(typed));
        QVERIFY(matchOf(typed, better) > 0);
    }

    void oneLetterIsNoInitial()
    {
        QCOMPARE(matchOf("z", "Pause the plan"), 0);
        QCOMPARE(matchOf("", "Pause"), 0);
        QVERIFY(matchOf("p", "Pause") > 0);
    }
};

QTEST_GUILESS_MAIN(TestNavigation)
#include "tst_navigation.moc"
