// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/graph/layer_order.h"

namespace rc {

/// Moves of whole lines, which let edges cross less where no node alone could move: a long edge is held in its place by
/// its own dummies, and a node by those of its edges.
class LineMoves
{
public:
    explicit LineMoves(LayerOrder& order);

    /// The dummies of a line by its number, all at once, each to a gap within `window` of where it is: the best way of
    /// all, by dynamic programming over layers and gaps. Says by how many crossings it is better; 0 moves nothing.
    qint64 moveLine(int line, int window);
    /// The same for a node of the graph with the dummies of all its lines.
    qint64 moveStar(int node, int window);

private:
    /// Gaps of a layer: gap i is before what stands at position i.
    struct Gaps
    {
        int first = 0;
        int last = 0;

        [[nodiscard]] int count() const { return last - first + 1; }
    };
    /// A line from its far end to the node that moves with it.
    struct Leg
    {
        std::vector<int> nodes;
        /// The far end is above.
        bool risesOutward = true;
        std::vector<Gaps> gaps;
        /// By node and by gap, from which gap of the node before it is best come.
        std::vector<std::vector<qint16>> from;
        /// Where each node goes.
        std::vector<int> chosen;
        /// Among those that go to the same gap.
        int rank = 0;

        [[nodiscard]] int far() const { return nodes.front(); }
        [[nodiscard]] std::size_t dummies() const { return nodes.size() - 2; }
    };

    /// The moves of `hub` within `hubWindow` with these lines, within `window`.
    qint64 improve(int hub, std::span<const int> lines, int hubWindow, int window);
    void begin(int hub, std::span<const int> lines, int hubWindow, int window);
    void end();
    [[nodiscard]] Gaps gapsAround(int node, int window) const;
    /// What the leg would cross with each gap of the hub, added to m_total; and what it crosses now.
    qint64 follow(Leg& leg);
    /// From the costs of the gaps of one node of the leg to those of the next. Returns what is crossed between them
    /// now.
    int step(Leg& leg, std::size_t next);
    /// What is counted changes when this node is passed.
    void pass(const Leg& leg, int node, Gaps gaps);
    void choose(int gap);
    /// Crossings of the legs among themselves: where they are, or where they would go.
    [[nodiscard]] qint64 amongLegs(bool chosen);
    [[nodiscard]] qint64 placeOf(const Leg& leg, std::size_t node, bool chosen) const;
    [[nodiscard]] bool isBefore(const Leg& one, const Leg& other) const;
    void apply(int hub, int gap);

    [[nodiscard]] std::span<const int> outward(const Leg& leg, int node) const;
    [[nodiscard]] std::span<const int> inward(const Leg& leg, int node) const;
    [[nodiscard]] bool isOwn(int node) const { return m_own[std::size_t(node)] != 0; }

    LayerOrder& m_order;
    std::vector<std::vector<int>> m_linesOf;
    /// Nodes whose edges are not counted: they move along, or the leg ends there.
    std::vector<char> m_own;
    std::vector<Leg> m_legs;
    std::size_t m_legCount = 0;
    std::vector<int> m_costs;
    std::vector<int> m_nextCosts;
    std::vector<int> m_row;
    std::vector<int> m_passed;
    std::vector<int> m_total;
    std::vector<std::pair<qint64, qint64>> m_pairs;
};

} // namespace rc
