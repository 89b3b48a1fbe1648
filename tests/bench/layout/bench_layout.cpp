// SPDX-License-Identifier: GPL-3.0-or-later
// bench_layout: how soon a layered drawing of the known graphs is as good as Graphviz's `dot` makes it, and how good it
// gets. From the graph to positions and polylines, in one thread; the worst of five seeds. Fails when a goal
// is missed.
#include "model/graph/layered_layout.h"
#include "tests/support/known_graphs.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>

using namespace rc;
using namespace rc::test;

namespace {

constexpr quint32 Seeds = 5;
/// After so long nobody waits any more.
constexpr double Patience = 5'000;

/// Milliseconds in which so many times dot's crossings should be reached.
struct Goal
{
    double timesDot;
    double most;
};
struct Goals
{
    QLatin1StringView graph;
    Goal first;
    Goal then;
};
constexpr Goals goals[]{
    {QLatin1StringView("systemd-units"), {1.1, 20}, {0.95, 50}},
    {QLatin1StringView("debian-packages"), {1.1, 120}, {0.95, 250}},
    {QLatin1StringView("sparse-1000"), {1.1, 20}, {0.95, 50}},
    {QLatin1StringView("scale-free-2000"), {1.1, 120}, {0.95, 250}},
    {QLatin1StringView("sparse-5000"), {1.1, 200}, {0.85, 600}},
};

struct Reached
{
    double milliseconds;
    qint64 crossings;
};

/// A drawing after each step, with what it would have taken if only this one had been laid out.
std::vector<Reached> progressOf(const DependencyGraph& graph, quint32 seed)
{
    std::vector<Reached> progress;
    QElapsedTimer timer;
    timer.start();
    LayeredDrawing drawing(graph, seed);
    auto worked = double(timer.nsecsElapsed()) / 1e6;
    do {
        const auto from = timer.nsecsElapsed();
        if (drawing.layout().layers == 0) {
            qFatal("nothing was drawn");
        }
        const auto drawn = double(timer.nsecsElapsed() - from) / 1e6;
        progress.push_back({worked + drawn, drawing.crossings()});
        const auto again = timer.nsecsElapsed();
        const bool goesOn = drawing.refine();
        worked += double(timer.nsecsElapsed() - again) / 1e6;
        if (!goesOn) {
            break;
        }
    } while (worked < Patience);
    return progress;
}

bool judge(QLatin1StringView graph, const Goal& goal, qint64 dot, const std::vector<std::vector<Reached>>& runs)
{
    double worst = 0;
    for (const auto& run : runs) {
        const auto reached = std::ranges::find_if(
            run, [&](const Reached& each) { return double(each.crossings) <= goal.timesDot * double(dot); });
        worst = std::max(worst, reached == run.end() ? Patience : reached->milliseconds);
    }
    const bool met = worst <= goal.most;
    std::printf("  %s at %.2f times dot's crossings: %.0f ms, goal at most %.0f ms: %s\n", graph.data(), goal.timesDot,
                worst, goal.most, met ? "met" : "MISSED");
    return met;
}

} // namespace

int main()
{
    bool met = true;
    for (const auto& known : knownGraphs) {
        const auto graph = knownGraph(known);
        std::vector<std::vector<Reached>> runs;
        for (quint32 seed = 1; seed <= Seeds; ++seed) {
            runs.push_back(progressOf(graph, seed));
        }
        const auto last = std::ranges::max(runs, {}, [](const auto& run) { return run.back().crossings; }).back();
        const auto first = std::ranges::max(runs, {}, [](const auto& run) { return run.front().milliseconds; }).front();
        std::printf("%s, %d nodes: first picture in %.0f ms with %lld crossings, last in %.0f ms with %lld",
                    known.name.data(), graph.nodeCount(), first.milliseconds, first.crossings, last.milliseconds,
                    last.crossings);
        if (known.dotCrossings > 0) {
            std::printf(": %.2f and %.2f times dot's, which took %.1f s",
                        double(first.crossings) / double(known.dotCrossings),
                        double(last.crossings) / double(known.dotCrossings), known.dotSeconds);
        }
        std::printf("\n");
        for (const auto& [name, soon, then] : goals) {
            if (name == known.name) {
                met = judge(name, soon, known.dotCrossings, runs) && met;
                met = judge(name, then, known.dotCrossings, runs) && met;
            }
        }
        std::fflush(stdout);
    }
    return met ? 0 : 1;
}
