// SPDX-License-Identifier: GPL-3.0-or-later
// dot_reference [NAME...]: has Graphviz's `dot` draw the known graphs, and says how many of its edges cross, sampled at
// every rank as our own are counted, and how long it took. It has to be installed (Debian package graphviz).
#include "tests/support/known_graphs.h"

#include <QElapsedTimer>
#include <QHash>
#include <QPointF>
#include <QProcess>

#include <algorithm>
#include <cstdio>
#include <map>

using namespace rc;
using namespace rc::test;

namespace {

QByteArray sourceOf(const DependencyGraph& graph)
{
    QByteArray source("digraph{splines=polyline;nodesep=0.1;"
                      "node[shape=box,width=0.3,height=0.2,fixedsize=true,label=\"\"];edge[arrowhead=none];");
    for (int node = 0; node < graph.nodeCount(); ++node) {
        for (const auto dependency : graph.dependenciesOf(node)) {
            source += QString("n%1->n%2;").arg(dependency).arg(node).toLatin1();
        }
    }
    return source + "}";
}

/// What `dot -Tplain` says: node and edge lines, edges as Bézier splines from tail to head, y upwards.
class Drawing
{
public:
    explicit Drawing(const QByteArray& plain)
    {
        std::map<double, int, std::greater<>> ranks; // y goes upwards, ranks downwards
        const auto lines = plain.split('\n');
        for (const auto& line : lines) {
            const auto words = line.split(' ');
            if (words[0] == "node") {
                m_nodes.insert(words[1], {words[2].toDouble(), roundedY(words[3])});
                ranks.insert({roundedY(words[3]), 0});
            }
        }
        for (auto& [y, rank] : ranks) {
            rank = int(m_heights.size());
            m_heights.push_back(y);
        }
        m_segments.resize(m_heights.size());
        for (const auto& line : lines) {
            const auto words = line.split(' ');
            if (words[0] == "edge") {
                addEdge(words, ranks);
            }
        }
    }

    [[nodiscard]] qint64 crossings()
    {
        qint64 all = 0;
        for (auto& segments : m_segments) {
            std::ranges::sort(segments);
            for (std::size_t i = 0; i < segments.size(); ++i) {
                for (auto k = i + 1; k < segments.size(); ++k) {
                    all += segments[i].first < segments[k].first && segments[i].second > segments[k].second ? 1 : 0;
                }
            }
        }
        return all;
    }

private:
    static double roundedY(const QByteArray& word) { return std::round(word.toDouble() * 1'000); }

    void addEdge(const QList<QByteArray>& words, const std::map<double, int, std::greater<>>& ranks)
    {
        const auto tail = m_nodes.value(words[1]);
        const auto head = m_nodes.value(words[2]);
        QList<QPointF> points;
        for (int i = 0; i < words[3].toInt(); ++i) {
            points.append({words[4 + 2 * i].toDouble(), words[5 + 2 * i].toDouble() * 1'000});
        }
        double x = tail.x();
        for (int rank = ranks.at(tail.y()); rank < ranks.at(head.y()); ++rank) {
            const bool isLast = rank + 1 == ranks.at(head.y());
            const auto next = isLast ? head.x() : xAt(points, m_heights[std::size_t(rank) + 1]);
            m_segments[std::size_t(rank)].emplace_back(x, next);
            x = next;
        }
    }

    /// Where the spline passes this height first.
    static double xAt(const QList<QPointF>& points, double y)
    {
        constexpr int Samples = 16;
        auto last = points.first();
        for (qsizetype i = 0; i + 3 < points.size(); i += 3) {
            for (int sample = 0; sample <= Samples; ++sample) {
                const double t = double(sample) / Samples;
                const double u = 1 - t;
                const auto at = u * u * u * points[i] + 3 * u * u * t * points[i + 1] + 3 * u * t * t * points[i + 2] +
                                t * t * t * points[i + 3];
                if (last.y() != at.y() && std::min(last.y(), at.y()) <= y && y <= std::max(last.y(), at.y())) {
                    return last.x() + (at.x() - last.x()) * (y - last.y()) / (at.y() - last.y());
                }
                last = at;
            }
        }
        return last.x();
    }

    QHash<QByteArray, QPointF> m_nodes;
    std::vector<double> m_heights;
    /// Below each rank, where edges begin and end across it.
    std::vector<std::vector<std::pair<double, double>>> m_segments;
};

} // namespace

int main(int argc, char** argv)
{
    const QByteArrayList wanted(argv + 1, argv + argc);
    for (const auto& known : knownGraphs) {
        if (!wanted.isEmpty() && !wanted.contains(known.name.data())) {
            continue;
        }
        QProcess dot;
        QElapsedTimer timer;
        timer.start();
        dot.start("dot", {"-Tplain"});
        dot.write(sourceOf(knownGraph(known)));
        dot.closeWriteChannel();
        if (!dot.waitForFinished(3'600'000) || dot.exitCode() != 0) {
            std::printf("%s: dot drew nothing\n", known.name.data());
            dot.kill();
            dot.waitForFinished();
            continue;
        }
        const auto seconds = double(timer.elapsed()) / 1'000;
        std::printf("%s: %lld crossings, %.1f s\n", known.name.data(), Drawing(dot.readAllStandardOutput()).crossings(),
                    seconds);
        std::fflush(stdout);
    }
    return 0;
}
