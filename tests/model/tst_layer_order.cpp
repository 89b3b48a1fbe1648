// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/graph/layer_assignment.h"
#include "model/graph/layer_rows.h"
#include "model/graph/layer_smoothing.h"
#include "model/graph/line_moves.h"
#include "model/graph/node_moves.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <functional>
#include <set>

using namespace rc;

namespace {

using Edge = DependencyGraph::Edge;

DependencyGraph randomGraph(int nodes, int needs, quint32 seed)
{
    QRandomGenerator random(seed);
    std::set<std::pair<int, int>> once;
    for (int node = 1; node < nodes; ++node) {
        const int count = random.bounded(needs + 1);
        for (int i = 0; i < count; ++i) {
            once.insert({node, random.bounded(node)});
        }
    }
    std::vector<Edge> edges;
    edges.reserve(once.size());
    for (const auto& [dependent, dependency] : once) {
        edges.push_back({dependent, dependency});
    }
    return {nodes, edges};
}

qint64 spanOf(const DependencyGraph& graph, const std::vector<int>& layers)
{
    qint64 span = 0;
    for (int node = 0; node < graph.nodeCount(); ++node) {
        for (const auto dependency : graph.dependenciesOf(node)) {
            span += layers[std::size_t(node)] - layers[std::size_t(dependency)];
        }
    }
    return span;
}

/// By trying all layers from 0 to the number of nodes.
qint64 leastSpan(const DependencyGraph& graph)
{
    const auto order = *graph.order();
    std::vector<int> layers(std::size_t(graph.nodeCount()));
    qint64 least = std::numeric_limits<qint64>::max();
    const std::function<void(std::size_t, qint64)> place = [&](std::size_t at, qint64 span) {
        if (span >= least) {
            return;
        }
        if (at == order.size()) {
            least = span;
            return;
        }
        const auto node = order[at];
        int lowest = 0;
        for (const auto dependency : graph.dependenciesOf(node)) {
            lowest = std::max(lowest, layers[std::size_t(dependency)] + 1);
        }
        for (int layer = lowest; layer < graph.nodeCount(); ++layer) {
            layers[std::size_t(node)] = layer;
            auto more = span;
            for (const auto dependency : graph.dependenciesOf(node)) {
                more += layer - layers[std::size_t(dependency)];
            }
            place(at + 1, more);
        }
    };
    place(0, 0);
    return least;
}

void shuffle(LayerOrder& order, quint32 seed)
{
    QRandomGenerator random(seed);
    for (int layer = 0; layer < order.layerCount(); ++layer) {
        auto nodes = order.layer(layer);
        std::ranges::shuffle(nodes, random);
        order.replaceLayer(layer, nodes);
    }
}

/// Pair by pair.
qint64 crossingsOf(const LayerOrder& order)
{
    std::vector<std::pair<int, int>> segments;
    for (const auto& line : order.lines()) {
        for (std::size_t i = 1; i < line.size(); ++i) {
            segments.emplace_back(line[i - 1], line[i]);
        }
    }
    qint64 all = 0;
    for (std::size_t a = 0; a < segments.size(); ++a) {
        for (std::size_t b = a + 1; b < segments.size(); ++b) {
            const auto lower = order.positionOf(segments[a].first) - order.positionOf(segments[b].first);
            const auto upper = order.positionOf(segments[a].second) - order.positionOf(segments[b].second);
            const bool beside = order.layerOf(segments[a].first) == order.layerOf(segments[b].first);
            all += beside && qint64(lower) * upper < 0 ? 1 : 0;
        }
    }
    return all;
}

/// Every layer holds its nodes once, where they say they are.
bool isWhole(const LayerOrder& order)
{
    int nodes = 0;
    for (int layer = 0; layer < order.layerCount(); ++layer) {
        for (std::size_t at = 0; at < order.layer(layer).size(); ++at) {
            const auto node = order.layer(layer)[at];
            if (order.layerOf(node) != layer || order.positionOf(node) != int(at)) {
                return false;
            }
            ++nodes;
        }
    }
    return nodes == order.nodes();
}

} // namespace

/// Layers, the order in them and the rows of a layered drawing, each against what a slow way says.
class TestLayerOrder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSpansOfALayeringAreTheLeastThereAre_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 40; ++seed) {
            QTest::addRow("seed %u", seed) << seed;
        }
    }
    void theSpansOfALayeringAreTheLeastThereAre()
    {
        QFETCH(const quint32, seed);
        const auto graph = randomGraph(3 + int(seed % 6), 1 + int(seed % 3), seed);
        const auto layers = assignLayers(graph);
        for (int node = 0; node < graph.nodeCount(); ++node) {
            QVERIFY(layers[std::size_t(node)] >= 0);
            for (const auto dependency : graph.dependenciesOf(node)) {
                QVERIFY(layers[std::size_t(node)] > layers[std::size_t(dependency)]);
            }
        }
        QCOMPARE(spanOf(graph, layers), leastSpan(graph));
    }

    void everyPartBeginsAtTheLowestLayer()
    {
        const std::vector<Edge> edges{{1, 0}, {2, 1}, {4, 3}};
        const auto layers = assignLayers(DependencyGraph(6, edges));
        QCOMPARE(layers, (std::vector<int>{0, 1, 2, 0, 1, 0}));
    }

    void everyMoveGainsWhatItSays_data()
    {
        QTest::addColumn<int>("nodes");
        QTest::addColumn<int>("needs");
        QTest::addColumn<quint32>("seed");
        for (const int nodes : {4, 20, 60}) {
            for (const int needs : {2, 4}) {
                for (quint32 seed = 1; seed <= 6; ++seed) {
                    QTest::addRow("%d nodes, up to %d needs, seed %u", nodes, needs, seed) << nodes << needs << seed;
                }
            }
        }
    }
    void everyMoveGainsWhatItSays()
    {
        QFETCH(const int, nodes);
        QFETCH(const int, needs);
        QFETCH(const quint32, seed);
        const auto graph = randomGraph(nodes, needs, seed);
        LayerOrder order(graph, assignLayers(graph));
        shuffle(order, seed);
        auto crossings = crossingsOf(order);
        QCOMPARE(order.crossings(), crossings);
        const auto gained = [&](qint64 gain) {
            const auto now = crossingsOf(order);
            const bool right = gain >= 0 && now == crossings - gain && order.crossings() == now && isWhole(order);
            crossings = now;
            return right;
        };
        NodeMoves singly(order);
        QVERIFY(gained(singly.sift(3, true)));
        QVERIFY(gained(singly.sift(30, false)));
        LineMoves moves(order);
        for (const int window : {1, 4, 40}) {
            for (int line = 0; line < int(order.lines().size()); ++line) {
                QVERIFY2(gained(moves.moveLine(line, window)), qPrintable(QString("line %1").arg(line)));
            }
            for (int node = 0; node < nodes; ++node) {
                QVERIFY2(gained(moves.moveStar(node, window)), qPrintable(QString("star %1").arg(node)));
            }
        }
    }

    void smoothingUntanglesWhatIsTangled_data() { everyMoveGainsWhatItSays_data(); }
    void smoothingUntanglesWhatIsTangled()
    {
        QFETCH(const int, nodes);
        QFETCH(const int, needs);
        QFETCH(const quint32, seed);
        const auto graph = randomGraph(nodes, needs, seed);
        LayerOrder order(graph, assignLayers(graph));
        shuffle(order, seed);
        const auto before = crossingsOf(order);
        LayerSmoothing(order, seed).run(8);
        QVERIFY(isWhole(order));
        QVERIFY2(crossingsOf(order) * 4 <= before * 3 + 8,
                 qPrintable(QString("%1 of %2").arg(crossingsOf(order)).arg(before)));
        LayerOrder again(graph, assignLayers(graph));
        LayerSmoothing(again, seed).run(8);
        QCOMPARE(again.crossings(), order.crossings());
    }

    void aNodeWithItsLinesMovesWhereNothingElseDoes()
    {
        qint64 gain = 0;
        for (quint32 seed = 1; seed <= 5; ++seed) {
            const auto graph = randomGraph(60, 3, seed);
            LayerOrder order(graph, assignLayers(graph));
            LineMoves moves(order);
            NodeMoves singly(order);
            for (qint64 more = 1; more > 0;) {
                more = singly.sift(1000, true);
                for (int line = 0; line < int(order.lines().size()); ++line) {
                    more += moves.moveLine(line, 1000);
                }
            }
            for (int node = 0; node < graph.nodeCount(); ++node) {
                gain += moves.moveStar(node, 1000);
            }
        }
        QVERIFY(gain > 0);
    }

    void rowsKeepTheOrderAndTheirDistance_data() { everyMoveGainsWhatItSays_data(); }
    void rowsKeepTheOrderAndTheirDistance()
    {
        QFETCH(const int, nodes);
        QFETCH(const int, needs);
        QFETCH(const quint32, seed);
        const auto graph = randomGraph(nodes, needs, seed);
        LayerOrder order(graph, assignLayers(graph));
        LayerSmoothing(order, seed).run(2);
        const auto rows = placeRows(order);
        QCOMPARE(int(rows.size()), order.nodes());
        QVERIFY(std::abs(*std::ranges::min_element(rows)) < 1e-9);
        for (int layer = 0; layer < order.layerCount(); ++layer) {
            for (std::size_t at = 1; at < order.layer(layer).size(); ++at) {
                const auto left = order.layer(layer)[at - 1];
                const auto right = order.layer(layer)[at];
                const bool real = left < nodes && right < nodes;
                const bool edges = left >= nodes && right >= nodes;
                const auto apart = rows[std::size_t(right)] - rows[std::size_t(left)];
                QVERIFY2(apart > (real ? 1 : edges ? 0.35 : 0.75) - 1e-9, qPrintable(QString::number(apart)));
            }
        }
    }

    void aLongEdgeIsStraightWhereNothingIsInItsWay()
    {
        const std::vector<Edge> edges{{1, 0}, {2, 1}, {3, 2}, {4, 3}, {4, 0}};
        const DependencyGraph graph(5, edges);
        LayerOrder order(graph, assignLayers(graph));
        const auto rows = placeRows(order);
        const auto& line = *std::ranges::max_element(order.lines(), {}, &std::vector<int>::size);
        QCOMPARE(line.size(), std::size_t(5));
        QVERIFY(std::abs(rows[std::size_t(line[1])] - rows[std::size_t(line[2])]) < 0.05);
        QVERIFY(std::abs(rows[std::size_t(line[2])] - rows[std::size_t(line[3])]) < 0.05);
    }
};

QTEST_GUILESS_MAIN(TestLayerOrder)
#include "tst_layer_order.moc"
