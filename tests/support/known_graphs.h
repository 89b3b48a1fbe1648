// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/graph/dependency_graph.h"

#include <QFile>
#include <QTextStream>

#include <random>
#include <set>

namespace rc::test {

/// A graph on which layouts are judged, with what Graphviz 2.43 `dot` made of it: crossings of its edges as sampled at
/// every rank, and about the seconds that it took, the two slowest beside other work. Measured by
/// tests/bench/layout/dot_reference.cpp; frozen here, since that takes a quarter of an hour. Crossings -1: dot was not
/// waited for.
struct KnownGraph
{
    QLatin1StringView name;
    qint64 dotCrossings;
    double dotSeconds;
};

/// Of one machine: which systemd unit goes before which, and which package needs which. The others are made by chance:
/// sparse ones, in which a node needs others not far before it, and one in which much is needed by most.
inline constexpr KnownGraph knownGraphs[]{
    {QLatin1StringView("systemd-units"), 1'286, 0.2}, {QLatin1StringView("debian-packages"), 268'316, 11.2},
    {QLatin1StringView("sparse-1000"), 28'235, 3.5},  {QLatin1StringView("scale-free-2000"), 1'591'639, 169},
    {QLatin1StringView("sparse-5000"), 644'607, 683}, {QLatin1StringView("sparse-20000"), -1, 0},
};

/// 20,000 nodes and about 27,000 edges; as large as this is not kept in a file.
inline DependencyGraph sparse20000()
{
    constexpr int Nodes = 20'000;
    constexpr int Edges = 27'119;
    std::mt19937 random(4);
    const auto before = [&](int node) {
        // Of a thousand before it, near ones more often: the least of two throws.
        const auto back = 1 + int(std::min(random() % 1'000, random() % 1'000));
        return std::max(0, node - back);
    };
    std::set<std::pair<int, int>> edges;
    for (int node = 1; node < Nodes; ++node) {
        edges.insert({node, before(node)});
    }
    while (edges.size() < Edges) {
        const auto node = 1 + int(random() % (Nodes - 1));
        edges.insert({node, before(node)});
    }
    std::vector<DependencyGraph::Edge> list;
    list.reserve(edges.size());
    for (const auto& [dependent, dependency] : edges) {
        list.push_back({dependent, dependency});
    }
    return {Nodes, list};
}

/// From tests/support/graphs: the number of nodes and of edges, then an edge a line, from what needs to what is needed.
inline DependencyGraph knownGraph(const KnownGraph& known)
{
    if (known.name == QLatin1StringView("sparse-20000")) {
        return sparse20000();
    }
    QFile file(RC_SOURCE_DIR "/tests/support/graphs/" + known.name + ".txt");
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("%s cannot be read", qPrintable(file.fileName()));
    }
    QTextStream in(&file);
    int nodes = 0;
    int count = 0;
    in >> nodes >> count;
    std::vector<DependencyGraph::Edge> edges;
    for (int i = 0; i < count; ++i) {
        DependencyGraph::Edge edge{};
        in >> edge.dependent >> edge.dependency;
        edges.push_back(edge);
    }
    return {nodes, edges};
}

} // namespace rc::test
