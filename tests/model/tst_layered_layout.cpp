// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/graph/layered_layout.h"
#include "tests/support/known_graphs.h"

#include <QRandomGenerator>
#include <QTest>

using namespace rc;
using namespace rc::test;

namespace {

using Edge = DependencyGraph::Edge;

DependencyGraph graphOf(int nodes, const std::vector<Edge>& edges)
{
    return {nodes, edges};
}

/// Nodes need a few of those before them.
DependencyGraph randomGraph(int nodes, quint32 seed)
{
    QRandomGenerator random(seed);
    std::vector<Edge> edges;
    for (int node = 1; node < nodes; ++node) {
        const int needs = random.bounded(4);
        for (int i = 0; i < needs; ++i) {
            edges.push_back({node, random.bounded(node)});
        }
    }
    return graphOf(nodes, edges);
}

} // namespace

class TestLayeredLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsDrawnAsNothing()
    {
        const auto layout = layeredLayout({});
        QCOMPARE(layout.layers, 0);
        QVERIFY(layout.nodes.isEmpty() && layout.lines.isEmpty());
    }

    void aChainIsStraight()
    {
        const auto layout = layeredLayout(graphOf(4, {{1, 0}, {2, 1}, {3, 2}}));
        QCOMPARE(layout.layers, 4);
        QCOMPARE(layout.rows, 1.0);
        for (int i = 0; i < 4; ++i) {
            QCOMPARE(layout.nodes[i], (LayeredLayout::Point{double(i), 0}));
        }
    }

    void aLongEdgePassesThroughTheLayersBetween()
    {
        const auto layout = layeredLayout(graphOf(3, {{1, 0}, {2, 1}, {2, 0}}));
        const auto line = std::ranges::find_if(
            layout.lines, [](const auto& each) { return each.dependency == 0 && each.dependent == 2; });
        QVERIFY(line != layout.lines.end());
        QCOMPARE(line->points.size(), 3);
        QCOMPARE(line->points[1].layer, 1.0);
        QVERIFY2(std::abs(line->points[1].row - layout.nodes[1].row) > 0.5, "it runs through a node");
    }

    void whatCanBeDrawnWithoutCrossingIs()
    {
        // Two pairs given crosswise, and a tree.
        QCOMPARE(layeredLayout(graphOf(4, {{2, 1}, {3, 0}})).crossings(), 0);
        QCOMPARE(layeredLayout(graphOf(7, {{1, 0}, {2, 0}, {3, 2}, {4, 1}, {5, 2}, {6, 1}})).crossings(), 0);
        // K(2,2) has one whatever one does; K(3,3) nine.
        QCOMPARE(layeredLayout(graphOf(4, {{2, 0}, {2, 1}, {3, 0}, {3, 1}})).crossings(), 1);
        QCOMPARE(layeredLayout(graphOf(6, {{3, 0}, {3, 1}, {3, 2}, {4, 0}, {4, 1}, {4, 2}, {5, 0}, {5, 1}, {5, 2}}))
                     .crossings(),
                 9);
    }

    void theRulesOfADrawingHold_data()
    {
        QTest::addColumn<int>("nodes");
        QTest::addColumn<quint32>("seed");
        for (const int nodes : {2, 9, 40, 300}) {
            for (quint32 seed = 1; seed <= 5; ++seed) {
                QTest::addRow("%d nodes, seed %u", nodes, seed) << nodes << seed;
            }
        }
    }
    void theRulesOfADrawingHold()
    {
        QFETCH(const int, nodes);
        QFETCH(const quint32, seed);
        const auto graph = randomGraph(nodes, seed);
        const auto layout = layeredLayout(graph);
        QCOMPARE(layout.nodes.size(), nodes);
        for (const auto& line : layout.lines) {
            QCOMPARE(line.points.first(), layout.nodes[line.dependency]);
            QCOMPARE(line.points.last(), layout.nodes[line.dependent]);
            for (qsizetype i = 1; i < line.points.size(); ++i) {
                QCOMPARE(line.points[i].layer, line.points[i - 1].layer + 1);
            }
        }
        for (int a = 0; a < nodes; ++a) {
            QVERIFY(layout.nodes[a].row > -1e-9 && layout.nodes[a].row < layout.rows - 1 + 1e-9);
            for (int b = a + 1; b < nodes; ++b) {
                const auto& one = layout.nodes[a];
                const auto& other = layout.nodes[b];
                QVERIFY2(one.layer != other.layer || std::abs(one.row - other.row) > 1 - 1e-9, "two nodes touch");
            }
        }
    }

    void realGraphsCrossLessThanInDotsDrawings_data()
    {
        QTest::addColumn<int>("known");
        QTest::addColumn<int>("refinements");
        QTest::addColumn<double>("timesDot");
        QTest::newRow("systemd's units") << 0 << 1'000 << 0.7;
        QTest::newRow("Debian's packages") << 1 << 2 << 0.95;
        QTest::newRow("a thousand nodes, the first picture") << 2 << 0 << 1.0;
        QTest::newRow("a thousand nodes") << 2 << 4 << 0.85;
    }
    void realGraphsCrossLessThanInDotsDrawings()
    {
        QFETCH(const int, known);
        QFETCH(const int, refinements);
        QFETCH(const double, timesDot);
        LayeredDrawing drawing(knownGraph(knownGraphs[known]));
        auto crossings = drawing.crossings();
        for (int i = 0; i < refinements && drawing.refine(); ++i) {
            QVERIFY2(drawing.crossings() <= crossings, "a refinement made it worse");
            crossings = drawing.crossings();
        }
        QCOMPARE(drawing.layout().crossings(), crossings);
        const auto ratio = double(crossings) / double(knownGraphs[known].dotCrossings);
        QVERIFY2(ratio <= timesDot, qPrintable(QString("%1 times dot's").arg(ratio)));
    }

    void theSameGraphIsDrawnTheSameWay()
    {
        const auto graph = randomGraph(120, 7);
        const auto one = layeredLayout(graph);
        const auto other = layeredLayout(graph);
        QCOMPARE(one.nodes, other.nodes);
    }
};

QTEST_GUILESS_MAIN(TestLayeredLayout)
#include "tst_layered_layout.moc"
