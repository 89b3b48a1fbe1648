// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sight_story.h"
#include "ui/console/graph_scene.h"

#include <QAccessible>
#include <QGuiApplication>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QTest>
#include <QtTest/qtest_gui.h>

using namespace rc;
using namespace rc::test;
using namespace rc::ui;

namespace {

constexpr QColor Hole(255, 0, 255);
constexpr QColor Danger(200, 0, 0);

/// Forty systems beside each other, so that the drawing is larger than the window both ways.
void widen(Sight& sight)
{
    auto& systems = sight.systems.inventory.systems;
    for (qsizetype i = 80; i < systems.size(); ++i) {
        systems[i].dependsOn = {systems[i - 40].id, systems[i - 37].id};
    }
}

/// A graph in a window whose ground shows through every hole.
struct Stage
{
    explicit Stage(int systems, QSize size = {800, 600})
        : sight(networkOf(systems))
    {
        const QHash<const char*, QVariant> colours{
            {"ground", QColor(Qt::white)},
            {"node", QColor(Qt::white)},
            {"text", QColor(Qt::black)},
            {"quiet", QColor(Qt::darkGray)},
            {"line", QColor(Qt::gray)},
            {"accent", QColor(Qt::blue)},
            {"active", QColor(Qt::blue)},
            {"activeGround", QColor(Qt::white)},
            {"caution", QColor(Qt::darkGreen)},
            {"cautionGround", QColor(Qt::green)},
            {"danger", Danger},
            {"dangerGround", Danger},
            {"family", "DejaVu Sans"},
            {"icons", "DejaVu Sans"},
            {"glyphs", QStringList(8, "x")},
            {"pending", "o"},
        };
        for (const auto& [name, value] : colours.asKeyValueRange()) {
            theme.setProperty(name, value);
        }
        widen(sight);
        graph.showSystems(sight, {});
        window.setColor(Hole);
        window.resize(size);
        scene.setParentItem(window.contentItem());
        scene.setSize(QSizeF(size));
        scene.setTheme(&theme);
        scene.setGraph(&graph);
        window.show();
    }

    int pixels(QColor colour)
    {
        const auto image = window.grabWindow();
        int count = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                count += image.pixelColor(x, y) == colour ? 1 : 0;
            }
        }
        return count;
    }
    /// Shows the middle of the drawing, so that no margin is seen.
    void zoomIn(double zoom)
    {
        scene.centreOn({0.5, 0.5});
        scene.zoomBy(zoom / scene.zoom(), QPointF(window.width(), window.height()) / 2);
    }
    /// The drawing covers the window.
    bool isFilled() { return scene.drawn().contains(QRectF(QPointF(), scene.size())); }
    void makeUnhealthy(int system)
    {
        sight.systems.health[system].state = HealthState::Unhealthy;
        graph.showSystems(sight, {});
    }

    Sight sight;
    GraphViewModel graph;
    GraphTheme theme;
    QQuickWindow window;
    GraphScene scene;
};

} // namespace

class TestGraphScene : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSmallGraphIsThereAtOnce()
    {
        Stage stage(5);
        QVERIFY(!stage.graph.isArranging());
        QVERIFY(QTest::qWaitForWindowExposed(&stage.window));
        QVERIFY2(stage.pixels(Qt::gray) > 100, "borders of five nodes");
        QVERIFY(stage.scene.isWhole() && stage.scene.isCrisp());
        stage.makeUnhealthy(2);
        QVERIFY(stage.pixels(Danger) > 1'000);
    }

    void aLargeGraphIsLaidOutBesideTheWindow()
    {
        Stage stage(2'000);
        QVERIFY(stage.graph.isArranging());
        QCOMPARE(stage.graph.count(), 2'000);
        QVERIFY(QTest::qWaitForWindowExposed(&stage.window));
        QTRY_VERIFY_WITH_TIMEOUT(!stage.graph.isArranging(), 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(stage.scene.isCrisp(), 30'000);
        QVERIFY(!stage.scene.isWhole());
        QVERIFY(stage.pixels(Qt::gray) > 100);
        // Another graph before the first has its places.
        stage.sight = networkOf(1'500);
        stage.graph.showSystems(stage.sight, {});
        stage.sight = networkOf(6);
        stage.graph.showSystems(stage.sight, {});
        QVERIFY(!stage.graph.isArranging());
        QCOMPARE(stage.graph.layout().nodes.size(), 6);
        // Two that begin later are done only when both of those that nobody wants any more have ended.
        GraphViewModel one;
        GraphViewModel other;
        one.showSystems(networkOf(200), {});
        other.showSystems(networkOf(200), {});
        QTRY_VERIFY_WITH_TIMEOUT(!one.isImproving() && !other.isImproving(), 30'000);
        QCOMPARE(stage.graph.layout().nodes.size(), 6);
        QVERIFY(stage.scene.isWhole());
    }

    void thereIsNeverAHole()
    {
        Stage stage(2'000);
        QVERIFY(QTest::qWaitForWindowExposed(&stage.window));
        QTRY_VERIFY_WITH_TIMEOUT(!stage.graph.isArranging(), 30'000);
        stage.zoomIn(0.7);
        QTRY_VERIFY_WITH_TIMEOUT(stage.scene.isCrisp(), 30'000);
        QCOMPARE(stage.pixels(Hole), 0);
        int filled = 0;
        for (const double step : {1'900.0, -700.0, 400.0}) {
            for (int i = 0; i < 6; ++i) {
                stage.scene.moveBy({step, step / 3});
                QVERIFY(!stage.isFilled() || stage.pixels(Hole) == 0);
                filled += stage.isFilled() ? 1 : 0;
            }
        }
        stage.zoomIn(0.7);
        for (const double factor : {1.3, 1.3, 1.3, 0.5, 0.5, 1.4, 1.4, 2.0}) {
            stage.scene.zoomBy(factor, {400, 300});
            QVERIFY(!stage.isFilled() || stage.pixels(Hole) == 0);
            filled += stage.isFilled() ? 1 : 0;
        }
        QVERIFY2(filled > 12, qPrintable(QString::number(filled)));
        QTRY_VERIFY_WITH_TIMEOUT(stage.scene.isCrisp(), 30'000);
    }

    void aStateIsSeenWhereItsNodeIs()
    {
        Stage stage(300);
        QVERIFY(QTest::qWaitForWindowExposed(&stage.window));
        QTRY_VERIFY_WITH_TIMEOUT(!stage.graph.isImproving() && !stage.graph.isArranging(), 30'000);
        stage.graph.setSelected("system-150");
        QTRY_VERIFY_WITH_TIMEOUT(stage.scene.isCrisp(), 30'000);
        const auto node = stage.scene.selectedRect();
        QVERIFY(QRectF(0, 0, 800, 600).contains(node));
        QCOMPARE(stage.scene.keyAt(node.center()), "system-150");
        QCOMPARE(stage.pixels(Danger), 0);
        stage.makeUnhealthy(150);
        QVERIFY(!stage.scene.isCrisp());
        QTRY_VERIFY(stage.scene.isCrisp());
        QCOMPARE(stage.window.grabWindow().pixelColor((node.bottomRight() - QPointF(6, 3)).toPoint()), Danger);
    }

    void whatIsUnderThePointerStaysThereWhenItIsZoomed()
    {
        Stage stage(400);
        QVERIFY(QTest::qWaitForWindowExposed(&stage.window));
        QTRY_VERIFY_WITH_TIMEOUT(!stage.graph.isImproving() && !stage.graph.isArranging(), 30'000);
        stage.graph.setSelected("system-200");
        const auto at = stage.scene.selectedRect().center();
        for (const double factor : {1.2, 1.5, 0.7}) {
            stage.scene.zoomBy(factor, at);
            QVERIFY2(QLineF(stage.scene.selectedRect().center(), at).length() < 2, "it moves under the pointer");
        }
        stage.scene.zoomBy(100, at);
        QCOMPARE(stage.scene.zoom(), 2.0);
        stage.scene.zoomBy(0.0001, at);
        QVERIFY(stage.scene.isWhole());
        stage.scene.home();
        QCOMPARE(stage.scene.zoom(), 0.6);
    }

    void thePointerDragsAndPicks()
    {
        Stage stage(400);
        QVERIFY(QTest::qWaitForWindowExposed(&stage.window));
        QTRY_VERIFY_WITH_TIMEOUT(!stage.graph.isImproving() && !stage.graph.isArranging(), 30'000);
        stage.graph.setSelected("system-200");
        const QSignalSpy tapped(&stage.scene, &GraphScene::tapped);
        const auto node = stage.scene.selectedRect();
        QTest::mouseClick(&stage.window, Qt::LeftButton, {}, node.center().toPoint());
        QCOMPARE(tapped.count(), 1);
        QCOMPARE(tapped[0][0].toString(), "system-200");
        QTest::mouseMove(&stage.window, node.center().toPoint());
        QCOMPARE(stage.scene.hovered(), "system-200");
        stage.scene.centreOn({0.5, 0.5});
        const auto before = stage.scene.drawn().topLeft();
        QTest::mousePress(&stage.window, Qt::LeftButton, {}, {400, 300});
        QTest::mouseMove(&stage.window, {360, 280});
        QTest::mouseMove(&stage.window, {340, 270});
        QTest::mouseRelease(&stage.window, Qt::LeftButton, {}, {340, 270});
        QCOMPARE(tapped.count(), 1);
        QVERIFY(QLineF(stage.scene.drawn().topLeft(), before + QPointF(-60, -30)).length() < 2);
    }

    void whatIsLookedAtStaysWhenTheRestMoves()
    {
        Stage stage(400);
        const QSignalSpy arranged(&stage.graph, &GraphViewModel::arranged);
        QVERIFY(QTest::qWaitForWindowExposed(&stage.window));
        QTRY_VERIFY_WITH_TIMEOUT(!stage.graph.isArranging(), 30'000);
        stage.graph.setSelected("system-222");
        stage.scene.zoomBy(1.1, {400, 300});
        const auto at = stage.scene.selectedRect();
        QTRY_VERIFY_WITH_TIMEOUT(!stage.graph.isImproving(), 30'000);
        QVERIFY(arranged.count() > 1);
        QVERIFY2(QLineF(stage.scene.selectedRect().center(), at.center()).length() < 2, "it is elsewhere");
    }

    void aGraphMayShrinkUnderThePointer()
    {
        Stage stage(10);
        QVERIFY(QTest::qWaitForWindowExposed(&stage.window));
        QStringList tips;
        connect(&stage.scene, &GraphScene::hoveredChanged, this,
                [&] { tips.append(stage.scene.hovered() + stage.scene.hoveredText()); });
        stage.graph.setSelected("system-9");
        QTest::mouseMove(&stage.window, stage.scene.selectedRect().center().toPoint());
        QCOMPARE(stage.scene.hovered(), "system-9");
        stage.makeUnhealthy(9);
        QVERIFY2(tips.last().contains("unhealthy"), qPrintable(tips.last()));
        stage.graph.setSelected("system-8");
        stage.sight.systems.inventory.systems.remove(3);
        stage.sight.systems.inventory.systems.last().dependsOn.clear();
        stage.graph.showSystems(stage.sight, {});
        QCOMPARE(stage.scene.nodeCount(), 9);
        QCOMPARE(stage.scene.selectedNode(), 7);
        // Nothing at all, looked at from nearer.
        stage.graph.clear();
        QVERIFY(stage.scene.isWhole() && stage.scene.hoveredText().isEmpty());
        stage.scene.zoomBy(1.5, {10, 10});
        stage.scene.setGraph(nullptr);
        GraphViewModel other;
        stage.scene.setGraph(&other);
        other.showSystems(networkOf(0), {});
        other.showSystems(networkOf(4), {});
        QVERIFY(stage.scene.isWhole());
        stage.scene.setGraph(&stage.graph);
    }

    void aMapLiesAsTheDrawingItIsOf()
    {
        Stage stage(400, {400, 900});
        GraphScene map(stage.window.contentItem());
        map.setOf(&stage.scene);
        map.setSize({166, 110});
        map.setTheme(&stage.theme);
        map.setGraph(&stage.graph);
        QVERIFY(QTest::qWaitForWindowExposed(&stage.window));
        QTRY_VERIFY_WITH_TIMEOUT(!stage.graph.isArranging(), 30'000);
        for (const auto size : {QSizeF(400, 900), QSizeF(1'200, 200), QSizeF(300, 900)}) {
            stage.scene.setSize(size);
            QCOMPARE(map.isDownwards(), stage.scene.isDownwards());
            QVERIFY(map.isWhole() && !stage.scene.isWhole());
        }
        QWheelEvent wheel({80, 50}, {80, 50}, {}, {0, 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&map, &wheel);
        QVERIFY2(map.isWhole() && !map.isMoved(), "a map is no drawing to move");
    }

    void everyNodeIsThereForAssistiveTechnology()
    {
        Stage stage(12);
        QVERIFY(QTest::qWaitForWindowExposed(&stage.window));
        auto* list = QAccessible::queryAccessibleInterface(&stage.scene);
        QVERIFY(list != nullptr);
        QCOMPARE(list->role(), QAccessible::List);
        QCOMPARE(list->childCount(), 12);
        for (int i = 0; i < 12; ++i) {
            auto* node = list->child(i);
            QCOMPARE(node, list->child(i));
            QCOMPARE(list->indexOfChild(node), i);
            QCOMPARE(node->parent(), list);
            QCOMPARE(node->role(), QAccessible::ListItem);
            QCOMPARE(node->text(QAccessible::Name), stage.graph.describe(i));
            QVERIFY(list->rect().contains(node->rect()));
            const auto middle = node->rect().center();
            QCOMPARE(list->childAt(middle.x(), middle.y()), node);
        }
        QCOMPARE(list->child(12), nullptr);
        const QSignalSpy tapped(&stage.scene, &GraphScene::tapped);
        list->child(7)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(tapped.value(0).value(0).toString(), "system-7");
        stage.graph.setSelected("system-7");
        QVERIFY(list->child(7)->state().selected && !list->child(8)->state().selected);
        QCOMPARE(list->focusChild(), list->child(7));
        auto* gone = list->child(11);
        stage.graph.clear();
        QCOMPARE(list->childCount(), 0);
        QVERIFY(!gone->isValid() && gone->text(QAccessible::Name).isEmpty());
    }

    void aViewThatWasMovedStaysWhereItIs()
    {
        Stage stage(400);
        QVERIFY(QTest::qWaitForWindowExposed(&stage.window));
        QTRY_VERIFY_WITH_TIMEOUT(!stage.graph.isImproving() && !stage.graph.isArranging(), 30'000);
        stage.graph.setSelected("system-3");
        stage.scene.centreOn({0.7, 0.7});
        const auto moved = stage.scene.drawn();
        stage.makeUnhealthy(3); // what is said of the selected one
        QCOMPARE(stage.scene.drawn(), moved);
        stage.graph.setSelected("system-4");
        QVERIFY(QRectF(0, 0, 800, 600).contains(stage.scene.selectedRect()));
    }
};

int main(int argc, char** argv)
{
    const QGuiApplication app(argc, argv);
    TestGraphScene test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_graph_scene.moc"
