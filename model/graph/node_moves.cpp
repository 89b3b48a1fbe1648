// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/graph/node_moves.h"

#include <algorithm>

namespace rc {
namespace {

/// Few of them are in order almost always.
void sortFew(std::span<int> numbers)
{
    constexpr std::size_t Few = 24;
    if (numbers.size() > Few) {
        std::ranges::sort(numbers);
        return;
    }
    for (std::size_t i = 1; i < numbers.size(); ++i) {
        const auto one = numbers[i];
        auto to = i;
        for (; to > 0 && numbers[to - 1] > one; --to) {
            numbers[to] = numbers[to - 1];
        }
        numbers[to] = one;
    }
}

int sign(int number)
{
    return int(number > 0) - int(number < 0);
}

template <class T>
void shift(std::vector<T>& row, int from, int to)
{
    const auto at = row.begin();
    if (to < from) {
        std::rotate(at + to, at + from, at + from + 1);
    } else {
        std::rotate(at + from, at + from + 1, at + to + 1);
    }
}

} // namespace

NodeMoves::NodeMoves(LayerOrder& order)
    : m_order(order)
{
}

int NodeMoves::Ends::surplusOver(const Ends& other) const
{
    if (count == 0 || other.count == 0) {
        return 0;
    }
    if (positions[count - 1] < other.positions[0]) {
        return -count * other.count;
    }
    if (positions[0] > other.positions[other.count - 1]) {
        return count * other.count;
    }
    int balance = 0;
    int less = 0;
    int atMost = 0;
    for (int i = 0; i < count; ++i) {
        const auto one = positions[i];
        while (less < other.count && other.positions[less] < one) {
            ++less;
        }
        atMost = std::max(atMost, less);
        while (atMost < other.count && other.positions[atMost] <= one) {
            ++atMost;
        }
        balance += less - (other.count - atMost);
    }
    return balance;
}

void NodeMoves::sortedPositions(const LayerOrder& order, std::span<const int> nodes, std::vector<int>& positions)
{
    const auto begin = positions.size();
    for (const auto node : nodes) {
        positions.push_back(order.positionOf(node));
    }
    sortFew(std::span(positions).subspan(begin));
}

void NodeMoves::seat(const std::vector<int>& layer)
{
    m_positions.clear();
    m_isPassage.clear();
    m_below.clear();
    m_above.clear();
    for (const auto node : layer) {
        sortedPositions(m_order, m_order.below(node), m_positions);
        sortedPositions(m_order, m_order.above(node), m_positions);
    }
    m_seats.clear();
    const int* positions = m_positions.data();
    for (const auto node : layer) {
        const auto below = int(m_order.below(node).size());
        const auto above = int(m_order.above(node).size());
        m_seats.push_back({{positions, below}, {positions + below, above}});
        m_isPassage.push_back(below == 1 && above == 1 ? 1 : 0);
        m_below.push_back(m_isPassage.back() != 0 ? positions[0] : 0);
        m_above.push_back(m_isPassage.back() != 0 ? positions[1] : 0);
        positions += below + above;
    }
    m_differences.resize(layer.size());
}

void NodeMoves::compare(int from, int begin, int end)
{
    int* const differences = m_differences.data();
    if (m_isPassage[std::size_t(from)] != 0) {
        const auto below = m_below[std::size_t(from)];
        const auto above = m_above[std::size_t(from)];
        const int* const belows = m_below.data();
        const int* const aboves = m_above.data();
        for (int at = begin; at < end; ++at) {
            differences[at] = sign(below - belows[at]) + sign(above - aboves[at]);
        }
    }
    const auto& seat = m_seats[std::size_t(from)];
    for (int at = begin; at < end; ++at) {
        if ((m_isPassage[std::size_t(at)] & m_isPassage[std::size_t(from)]) == 0) {
            const auto& other = m_seats[std::size_t(at)];
            differences[at] = seat.below.surplusOver(other.below) + seat.above.surplusOver(other.above);
        }
    }
}

void NodeMoves::moveSeat(int from, int to)
{
    shift(m_seats, from, to);
    shift(m_isPassage, from, to);
    shift(m_below, from, to);
    shift(m_above, from, to);
}

qint64 NodeMoves::siftLayer(int layer, int window)
{
    seat(m_order.layer(layer));
    qint64 gain = 0;
    const auto all = m_order.layer(layer);
    for (const auto node : all) {
        const auto from = m_order.positionOf(node);
        const auto begin = std::max(0, from - window);
        const auto end = std::min(int(all.size()), from + window + 1);
        compare(from, begin, end);
        int best = 0;
        int to = from;
        int change = 0;
        for (auto at = from - 1; at >= begin; --at) {
            change += m_differences[std::size_t(at)];
            if (change < best) {
                best = change;
                to = at;
            }
        }
        change = 0;
        for (auto at = from + 1; at < end; ++at) {
            change -= m_differences[std::size_t(at)];
            if (change < best) {
                best = change;
                to = at;
            }
        }
        if (to != from) {
            m_order.move(node, to);
            moveSeat(from, to);
        }
        gain -= best;
    }
    return gain;
}

qint64 NodeMoves::sift(int window, bool upwards)
{
    qint64 gain = 0;
    const auto layers = m_order.layerCount();
    for (int i = 0; i < layers; ++i) {
        gain += siftLayer(upwards ? i : layers - 1 - i, window);
    }
    return gain;
}

} // namespace rc
