// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/graph/dependency_graph.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <numeric>

using namespace rc;
using std::chrono::milliseconds;

namespace {

using Node = DependencyGraph::Node;
using Edges = std::vector<DependencyGraph::Edge>;
constexpr int far = 1'000'000;

/// The slow and obvious way: a matrix of shortest distances, one step or more (Floyd and Warshall).
struct Reference
{
    int nodes = 0;
    std::vector<std::vector<int>> distance;

    Reference(int count, const Edges& edges)
        : nodes(count)
        , distance(std::size_t(count), std::vector<int>(std::size_t(count), far))
    {
        for (const auto& edge : edges) {
            distance[edge.dependent][edge.dependency] = 1;
        }
        for (int k = 0; k < nodes; ++k) {
            for (int a = 0; a < nodes; ++a) {
                for (int b = 0; b < nodes; ++b) {
                    distance[a][b] = std::min(distance[a][b], distance[a][k] + distance[k][b]);
                }
            }
        }
    }

    [[nodiscard]] bool needs(Node a, Node b) const { return distance[a][b] < far; }

    [[nodiscard]] int girth() const
    {
        int shortest = far;
        for (int a = 0; a < nodes; ++a) {
            shortest = std::min(shortest, distance[a][a]);
        }
        return shortest;
    }

    /// Always the free node of least rank, then index.
    [[nodiscard]] std::vector<Node> order(const std::vector<int>& ranks) const
    {
        std::vector<Node> done;
        const auto isDone = [&](Node node) { return std::ranges::find(done, node) != done.end(); };
        while (int(done.size()) < nodes) {
            Node best = -1;
            for (Node node = 0; node < nodes; ++node) {
                bool free = !isDone(node);
                for (Node other = 0; other < nodes; ++other) {
                    free = free && (!needs(node, other) || isDone(other));
                }
                if (free && (best == -1 || ranks[node] < ranks[best])) {
                    best = node;
                }
            }
            done.push_back(best);
        }
        return done;
    }

    /// The longest way down from a node, counted in weights of nodes.
    [[nodiscard]] milliseconds longest(Node node, const Edges& edges, const std::vector<milliseconds>& weights) const
    {
        milliseconds below{0};
        for (const auto& edge : edges) {
            if (edge.dependent == node) {
                below = std::max(below, longest(edge.dependency, edges, weights));
            }
        }
        return weights[node] + below;
    }
};

struct Sample
{
    int nodes = 0;
    Edges edges;
    DependencyGraph graph;
};

Sample randomSample(QRandomGenerator& random, bool acyclic)
{
    Sample sample;
    sample.nodes = 1 + random.bounded(8);
    for (int i = random.bounded(2 * sample.nodes + 1); i > 0; --i) {
        const Node a = random.bounded(sample.nodes);
        const Node b = random.bounded(sample.nodes);
        if (!acyclic || a != b) {
            sample.edges.push_back(acyclic ? DependencyGraph::Edge{std::max(a, b), std::min(a, b)}
                                           : DependencyGraph::Edge{a, b});
        }
    }
    if (acyclic) { // so that the order is not that of the indices
        std::vector<Node> names(std::size_t(sample.nodes));
        std::iota(names.begin(), names.end(), 0);
        std::ranges::shuffle(names, random);
        for (auto& edge : sample.edges) {
            edge = {names[edge.dependent], names[edge.dependency]};
        }
    }
    sample.graph = DependencyGraph(sample.nodes, sample.edges);
    return sample;
}

bool hasEdge(const Edges& edges, Node a, Node b)
{
    return std::ranges::any_of(edges, [&](const auto& edge) { return edge.dependent == a && edge.dependency == b; });
}

} // namespace

class TestDependencyGraph : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCycleIsFoundExactlyWhereThereIsOneAndIsTheShortest()
    {
        QRandomGenerator random(1);
        for (int i = 0; i < 3000; ++i) {
            const auto sample = randomSample(random, false);
            const Reference reference(sample.nodes, sample.edges);
            const auto cycle = sample.graph.shortestCycle();
            const auto order = sample.graph.order();
            QCOMPARE(order.has_value(), reference.girth() == far);
            QCOMPARE(cycle.empty(), reference.girth() == far);
            if (cycle.empty()) {
                continue;
            }
            QCOMPARE(int(cycle.size()), reference.girth());
            QCOMPARE(order.error(), cycle);
            for (std::size_t k = 0; k < cycle.size(); ++k) {
                QVERIFY(hasEdge(sample.edges, cycle[k], cycle[(k + 1) % cycle.size()]));
            }
        }
    }

    void theOrderTakesTheFreeNodeOfLeastRankThenIndex()
    {
        QRandomGenerator random(2);
        for (int i = 0; i < 1000; ++i) {
            const auto sample = randomSample(random, true);
            std::vector<int> ranks(std::size_t(sample.nodes));
            std::ranges::generate(ranks, [&] { return random.bounded(3); });
            const Reference reference(sample.nodes, sample.edges);
            QCOMPARE(sample.graph.order(ranks).value(), reference.order(ranks));
            QCOMPARE(sample.graph.order().value(), reference.order(std::vector<int>(std::size_t(sample.nodes), 0)));
        }
    }

    void transitiveNeedsAreThoseOfTheMatrix()
    {
        QRandomGenerator random(3);
        for (int i = 0; i < 1000; ++i) {
            const auto sample = randomSample(random, i % 2 == 0);
            const Reference reference(sample.nodes, sample.edges);
            const std::vector<Node> roots{random.bounded(sample.nodes), random.bounded(sample.nodes)};
            std::vector<Node> down;
            std::vector<Node> up;
            for (Node node = 0; node < sample.nodes; ++node) {
                if (std::ranges::any_of(roots, [&](Node root) { return reference.needs(root, node); })) {
                    down.push_back(node);
                }
                if (std::ranges::any_of(roots, [&](Node root) { return reference.needs(node, root); })) {
                    up.push_back(node);
                }
            }
            QCOMPARE(sample.graph.transitiveDependencies(roots), down);
            QCOMPARE(sample.graph.transitiveDependents(roots), up);
        }
    }

    void aNodeIsInTheWaveOfItsLongestWayDown()
    {
        QRandomGenerator random(4);
        for (int i = 0; i < 500; ++i) {
            const auto sample = randomSample(random, true);
            const Reference reference(sample.nodes, sample.edges);
            const std::vector<milliseconds> ones(std::size_t(sample.nodes), milliseconds(1));
            const auto waves = sample.graph.waves();
            int counted = 0;
            for (std::size_t wave = 0; wave < waves.size(); ++wave) {
                QVERIFY(std::ranges::is_sorted(waves[wave]));
                for (const Node node : waves[wave]) {
                    QCOMPARE(reference.longest(node, sample.edges, ones).count(), int(wave) + 1);
                    ++counted;
                }
            }
            QCOMPARE(counted, sample.nodes);
        }
    }

    void theCriticalPathIsTheLongest()
    {
        QRandomGenerator random(5);
        for (int i = 0; i < 500; ++i) {
            const auto sample = randomSample(random, true);
            const Reference reference(sample.nodes, sample.edges);
            std::vector<milliseconds> durations(std::size_t(sample.nodes));
            std::ranges::generate(durations, [&] { return milliseconds(random.bounded(100)); });
            milliseconds longest{0};
            for (Node node = 0; node < sample.nodes; ++node) {
                longest = std::max(longest, reference.longest(node, sample.edges, durations));
            }
            const auto path = sample.graph.criticalPath(durations);
            milliseconds length{0};
            for (std::size_t k = 0; k < path.size(); ++k) {
                length += durations[path[k]];
                QVERIFY(k == 0 || hasEdge(sample.edges, path[k], path[k - 1]));
            }
            QCOMPARE(length, longest);
        }
    }

    void aLongChainIsNoTrouble()
    {
        constexpr int nodes = 100'000;
        Edges edges;
        for (int i = 1; i < nodes; ++i) {
            edges.push_back({i - 1, i});
        }
        const DependencyGraph chain(nodes, edges);
        QCOMPARE(chain.order()->front(), nodes - 1);
        QCOMPARE(chain.transitiveDependencies(std::vector{0}).size(), std::size_t(nodes - 1));
        edges.push_back({nodes - 1, nodes - 2});
        QCOMPARE(DependencyGraph(nodes, edges).shortestCycle().size(), std::size_t(2));
    }

    void nothingIsAGraphToo()
    {
        const DependencyGraph none;
        QCOMPARE(none.nodeCount(), 0);
        QVERIFY(none.order()->empty());
        QVERIFY(none.shortestCycle().empty());
        QVERIFY(none.waves().empty());
        QVERIFY(none.criticalPath({}).empty());
    }
};

QTEST_GUILESS_MAIN(TestDependencyGraph)
#include "tst_dependency_graph.moc"
