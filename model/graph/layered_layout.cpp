// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/graph/layered_layout.h"

#include "model/graph/layer_assignment.h"
#include "model/graph/layer_rows.h"
#include "model/graph/layer_smoothing.h"
#include "model/graph/line_moves.h"
#include "model/graph/node_moves.h"

namespace rc {
namespace {

/// How far the moves look, in places. Near first: wide windows cost more, and find little before the near ones are
/// done.
struct Level
{
    int siftWindow;
    int lineWindow;
    int starWindow;
};
constexpr Level Levels[]{{100, 16, 8}, {400, 32, 16}, {1600, 64, 32}};
constexpr int NearSift = 30;
/// A level is left when a round of it lets fewer than one in so many crossings go.
constexpr qint64 WorthStaying = 100;

/// Rounds of smoothing before the first picture, and before the moves.
constexpr int FirstSmoothing = 6;
constexpr int Smoothing = 32;

/// A drawing of no more nodes than these, dummies counted, is begun again from other places: it takes no time.
constexpr int Small = 1500;
constexpr quint32 StartsOfSmall = 4;

} // namespace

struct LayeredDrawing::Parts
{
    Parts(const DependencyGraph& graph, quint32 firstSeed)
        : order(graph, assignLayers(graph))
        , best(order)
        , fewest(order.crossings())
        , seed(firstSeed)
        , lastSeed(order.nodes() <= Small ? seed + StartsOfSmall - 1 : seed)
        , smoothing(order, seed)
        , lines(order)
        , nodes(order)
    {
        smooth(FirstSmoothing);
    }

    void smooth(int rounds)
    {
        smoothing.run(rounds);
        crossings = order.crossings();
        crossings -= nodes.sift(NearSift, true);
        keepBest();
    }

    bool refine()
    {
        if (level > std::size(Levels)) {
            return false;
        }
        if (level == 0) {
            smooth(Smoothing);
            ++level;
            return true;
        }
        const auto gain = movePass(Levels[level - 1]);
        crossings -= gain;
        gainOfRound += gain;
        keepBest();
        if (++pass < Passes) {
            return true;
        }
        pass = 0;
        const bool isLast = level == std::size(Levels);
        if (gainOfRound <= (isLast ? 0 : crossings / WorthStaying)) {
            ++level;
        }
        gainOfRound = 0;
        return level <= std::size(Levels) || beginAgain();
    }

    static constexpr int Passes = 4;
    qint64 movePass(Level reach)
    {
        qint64 gain = 0;
        switch (pass) {
        case 0:
            return nodes.sift(reach.siftWindow, false);
        case 1:
            for (int line = 0; line < int(order.lines().size()); ++line) {
                gain += lines.moveLine(line, reach.lineWindow);
            }
            return gain;
        case 2:
            return nodes.sift(NearSift, true);
        default:
            for (int node = 0; node < order.realNodes(); ++node) {
                gain += lines.moveStar(node, reach.starWindow);
            }
            return gain;
        }
    }

    bool beginAgain()
    {
        if (seed == lastSeed || fewest == 0) {
            return false;
        }
        ++seed;
        smoothing.scatter(seed);
        level = 0;
        return true;
    }

    void keepBest()
    {
        if (crossings < fewest) {
            fewest = crossings;
            best = order;
        }
    }

    LayerOrder order;
    LayerOrder best;
    qint64 fewest;
    qint64 crossings = 0;
    quint32 seed;
    quint32 lastSeed;
    LayerSmoothing smoothing;
    LineMoves lines;
    NodeMoves nodes;
    /// 0 smooths; from 1 on one of Levels.
    std::size_t level = 0;
    int pass = 0;
    qint64 gainOfRound = 0;
};

LayeredDrawing::LayeredDrawing(const DependencyGraph& graph, quint32 seed)
    : m_parts(std::make_unique<Parts>(graph, seed))
{
}

LayeredDrawing::~LayeredDrawing() = default;

bool LayeredDrawing::refine()
{
    return m_parts->refine();
}

qint64 LayeredDrawing::crossings() const
{
    return m_parts->fewest;
}

qint64 LayeredDrawing::span() const
{
    qint64 all = 0;
    for (const auto& line : m_parts->order.lines()) {
        all += qint64(line.size()) - 1;
    }
    return all;
}

LayeredLayout LayeredDrawing::layout() const
{
    const auto& order = m_parts->best;
    const auto rows = placeRows(order);
    const auto pointOf = [&](int node) {
        return LayeredLayout::Point{double(order.layerOf(node)), rows[std::size_t(node)]};
    };
    LayeredLayout layout;
    layout.layers = order.layerCount();
    layout.nodes.reserve(order.realNodes());
    for (int node = 0; node < order.realNodes(); ++node) {
        layout.nodes.append(pointOf(node));
    }
    layout.lines.reserve(qsizetype(order.lines().size()));
    for (const auto& line : order.lines()) {
        LayeredLayout::Line drawn{line.front(), line.back(), {}};
        drawn.points.reserve(qsizetype(line.size()));
        for (const auto node : line) {
            drawn.points.append(pointOf(node));
        }
        layout.lines.append(drawn);
    }
    for (const auto row : rows) {
        layout.rows = std::max(layout.rows, row + 1);
    }
    return layout;
}

qint64 LayeredLayout::crossings() const
{
    qint64 all = 0;
    const auto segment = [](const Line& line, int layer) {
        const auto at = layer - int(line.points.first().layer);
        return at >= 0 && at + 1 < line.points.size() ? line.points.begin() + at : line.points.end();
    };
    for (int layer = 0; layer + 1 < layers; ++layer) {
        for (qsizetype i = 0; i < lines.size(); ++i) {
            for (qsizetype k = i + 1; k < lines.size(); ++k) {
                const auto a = segment(lines[i], layer);
                const auto b = segment(lines[k], layer);
                if (a != lines[i].points.end() && b != lines[k].points.end()) {
                    all += (a->row - b->row) * ((a + 1)->row - (b + 1)->row) < 0 ? 1 : 0;
                }
            }
        }
    }
    return all;
}

LayeredLayout layeredLayout(const DependencyGraph& graph)
{
    LayeredDrawing drawing(graph);
    const auto small = drawing.span() <= Small;
    while (small && drawing.refine()) {
    }
    return drawing.layout();
}

} // namespace rc
