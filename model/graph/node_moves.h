// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/graph/layer_order.h"

namespace rc {

/// Sifting: every node to the best place near where it is, one after another. After Matuszewski, Schönfeld and Molitor
/// (1999), with both neighbouring layers at once.
class NodeMoves
{
public:
    explicit NodeMoves(LayerOrder& order);

    /// Every node within `window` places of where it is, layer by layer. Says by how many crossings that is better.
    qint64 sift(int window, bool upwards);

private:
    /// Positions of neighbours in one of the neighbouring layers, ascending.
    struct Ends
    {
        const int* positions = nullptr;
        int count = 0;

        /// Pairs of these and others in which this is greater, less pairs in which the other is.
        [[nodiscard]] int surplusOver(const Ends& other) const;
    };
    struct Seat
    {
        Ends below;
        Ends above;
    };

    void seat(const std::vector<int>& layer);
    static void sortedPositions(const LayerOrder& order, std::span<const int> nodes, std::vector<int>& positions);
    qint64 siftLayer(int layer, int window);
    /// To m_differences: how many crossings more there are with the node at `from` before that at each of begin..end-1
    /// than the other way round.
    void compare(int from, int begin, int end);
    void moveSeat(int from, int to);

    LayerOrder& m_order;
    // The layer that is sifted, in its order.
    std::vector<int> m_positions;
    std::vector<Seat> m_seats;
    /// One neighbour below and one above, as every dummy has; and where they are.
    std::vector<char> m_isPassage;
    std::vector<int> m_below;
    std::vector<int> m_above;
    std::vector<int> m_differences;
};

} // namespace rc
