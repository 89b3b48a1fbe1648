// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/graph/line_moves.h"

#include <algorithm>
#include <limits>

namespace rc {
namespace {

/// More than so many edges of a node are counted together.
constexpr std::size_t Few = 4;

/// Pairs that are in one order by the first number and in the other by the second.
qint64 inversions(std::vector<std::pair<qint64, qint64>>& pairs)
{
    std::ranges::sort(pairs);
    qint64 all = 0;
    // A merge sort by the second number, from runs of one on.
    std::vector<std::pair<qint64, qint64>> merged(pairs.size());
    for (std::size_t width = 1; width < pairs.size(); width *= 2) {
        for (std::size_t begin = 0; begin < pairs.size(); begin += 2 * width) {
            const auto middle = std::min(begin + width, pairs.size());
            const auto end = std::min(begin + 2 * width, pairs.size());
            auto left = begin;
            auto right = middle;
            for (auto to = begin; to < end; ++to) {
                const bool fromLeft = right == end || (left < middle && pairs[left].second <= pairs[right].second);
                all += fromLeft ? 0 : qint64(middle - left);
                merged[to] = pairs[fromLeft ? left++ : right++];
            }
        }
        pairs.swap(merged);
    }
    return all;
}

} // namespace

LineMoves::LineMoves(LayerOrder& order)
    : m_order(order)
    , m_linesOf(std::size_t(order.realNodes()))
    , m_own(std::size_t(order.nodes()))
{
    for (std::size_t i = 0; i < order.lines().size(); ++i) {
        m_linesOf[std::size_t(order.lines()[i].front())].push_back(int(i));
        m_linesOf[std::size_t(order.lines()[i].back())].push_back(int(i));
    }
}

qint64 LineMoves::moveLine(int line, int window)
{
    const auto& nodes = m_order.lines()[std::size_t(line)];
    const int lines[]{line};
    return nodes.size() < 3 ? 0 : improve(nodes.back(), lines, 0, window);
}

qint64 LineMoves::moveStar(int node, int window)
{
    const auto& lines = m_linesOf[std::size_t(node)];
    return lines.size() < 2 ? 0 : improve(node, lines, window, window);
}

std::span<const int> LineMoves::outward(const Leg& leg, int node) const
{
    return leg.risesOutward ? m_order.above(node) : m_order.below(node);
}

std::span<const int> LineMoves::inward(const Leg& leg, int node) const
{
    return leg.risesOutward ? m_order.below(node) : m_order.above(node);
}

LineMoves::Gaps LineMoves::gapsAround(int node, int window) const
{
    const auto at = m_order.positionOf(node);
    const auto size = int(m_order.layer(m_order.layerOf(node)).size());
    return {std::max(0, at - window), std::min(window > 0 ? size : at, at + window)};
}

void LineMoves::begin(int hub, std::span<const int> lines, int hubWindow, int window)
{
    m_legCount = lines.size();
    if (m_legs.size() < m_legCount) {
        m_legs.resize(m_legCount);
    }
    for (std::size_t i = 0; i < m_legCount; ++i) {
        auto& leg = m_legs[i];
        leg.nodes = m_order.lines()[std::size_t(lines[i])];
        leg.risesOutward = leg.nodes.front() == hub;
        if (leg.risesOutward) {
            std::ranges::reverse(leg.nodes);
        }
        leg.gaps.clear();
        for (std::size_t k = 0; k < leg.nodes.size(); ++k) {
            const bool isDummy = k > 0 && k + 1 < leg.nodes.size();
            leg.gaps.push_back(gapsAround(leg.nodes[k], isDummy ? window : k > 0 ? hubWindow : 0));
            if (k > 0) {
                m_own[std::size_t(leg.nodes[k])] = 1;
            }
        }
        leg.from.resize(std::max(leg.from.size(), leg.nodes.size()));
        leg.chosen.assign(leg.nodes.size(), 0);
    }
}

void LineMoves::end()
{
    for (std::size_t i = 0; i < m_legCount; ++i) {
        for (const auto node : m_legs[i].nodes) {
            m_own[std::size_t(node)] = 0;
        }
    }
}

void LineMoves::pass(const Leg& leg, int node, Gaps gaps)
{
    const auto count = gaps.count();
    int* const row = m_row.data();
    const auto cutOf = [&](int neighbour) {
        return std::clamp(m_order.positionOf(neighbour) - gaps.first + 1, 0, count);
    };
    const auto neighbours = inward(leg, node);
    if (neighbours.size() <= Few) {
        for (const auto neighbour : neighbours) {
            if (isOwn(neighbour)) {
                continue;
            }
            const auto cut = cutOf(neighbour);
            for (int gap = 0; gap < cut; ++gap) {
                row[gap] += 1;
            }
            for (int gap = cut; gap < count; ++gap) {
                row[gap] -= 1;
            }
        }
        return;
    }
    m_passed.assign(std::size_t(count) + 1, 0);
    int right = 0;
    for (const auto neighbour : neighbours) {
        if (!isOwn(neighbour)) {
            ++m_passed[std::size_t(cutOf(neighbour))];
            ++right;
        }
    }
    int left = 0;
    for (int gap = 0; gap < count; ++gap) {
        const auto more = m_passed[std::size_t(gap)];
        left += more;
        right -= more;
        row[gap] += right - left;
    }
}

int LineMoves::step(Leg& leg, std::size_t next)
{
    const auto here = leg.nodes[next - 1];
    const auto there = leg.nodes[next];
    const auto gapsHere = leg.gaps[next - 1];
    const auto gapsThere = leg.gaps[next];
    const auto& layerHere = m_order.layer(m_order.layerOf(here));
    const auto& layerThere = m_order.layer(m_order.layerOf(there));
    const auto count = gapsThere.count();
    // Crossings of a segment from the first gap here to each gap there, less those to the first there.
    m_row.assign(std::size_t(count), 0);
    int sum = 0;
    for (int gap = 1; gap < count; ++gap) {
        const auto passed = layerThere[std::size_t(gapsThere.first + gap - 1)];
        if (!isOwn(passed)) {
            for (const auto neighbour : outward(leg, passed)) {
                sum += isOwn(neighbour) ? 0 : m_order.positionOf(neighbour) >= gapsHere.first ? 1 : -1;
            }
        }
        m_row[std::size_t(gap)] = sum;
    }
    m_nextCosts.assign(std::size_t(count), std::numeric_limits<int>::max());
    auto& from = leg.from[next];
    from.assign(std::size_t(count), 0);
    int now = 0;
    for (int gap = 0; gap < gapsHere.count(); ++gap) {
        const auto cost = m_costs[std::size_t(gap)];
        const int* const row = m_row.data();
        int* const costs = m_nextCosts.data();
        qint16* const origin = from.data();
        for (int to = 0; to < count; ++to) {
            const auto sumHere = cost + row[to];
            const bool better = sumHere < costs[to];
            costs[to] = better ? sumHere : costs[to];
            origin[to] = better ? qint16(gap) : origin[to];
        }
        const auto at = gapsHere.first + gap;
        if (at == m_order.positionOf(here)) {
            now = row[m_order.positionOf(there) - gapsThere.first];
        }
        if (gap + 1 < gapsHere.count() && !isOwn(layerHere[std::size_t(at)])) {
            pass(leg, layerHere[std::size_t(at)], gapsThere);
        }
    }
    m_costs.swap(m_nextCosts);
    return now;
}

qint64 LineMoves::follow(Leg& leg)
{
    m_own[std::size_t(leg.far())] = 1;
    m_costs.assign(1, 0);
    qint64 now = 0;
    for (std::size_t next = 1; next < leg.nodes.size(); ++next) {
        now += step(leg, next);
    }
    m_own[std::size_t(leg.far())] = 0;
    for (std::size_t gap = 0; gap < m_total.size(); ++gap) {
        m_total[gap] += m_costs[gap];
    }
    return now;
}

qint64 LineMoves::placeOf(const Leg& leg, std::size_t node, bool chosen) const
{
    const auto scale = 2 * qint64(m_legCount) + 2;
    if (node == 0) {
        return m_order.positionOf(leg.far()) * scale + scale - 1;
    }
    return chosen ? leg.chosen[node] * scale + leg.rank : m_order.positionOf(leg.nodes[node]) * scale + scale - 1;
}

qint64 LineMoves::amongLegs(bool chosen)
{
    qint64 all = 0;
    std::size_t longest = 0;
    for (std::size_t i = 0; i < m_legCount; ++i) {
        longest = std::max(longest, m_legs[i].dummies());
    }
    for (std::size_t distance = 1; distance <= longest; ++distance) {
        for (const bool above : {false, true}) {
            m_pairs.clear();
            for (std::size_t i = 0; i < m_legCount; ++i) {
                const auto& leg = m_legs[i];
                if (leg.risesOutward == above && leg.dummies() >= distance) {
                    const auto node = leg.nodes.size() - 1 - distance;
                    m_pairs.emplace_back(placeOf(leg, node, chosen), placeOf(leg, node - 1, chosen));
                }
            }
            all += m_pairs.size() > 1 ? inversions(m_pairs) : 0;
        }
    }
    return all;
}

/// Seen from the hub outwards, which of two that begin in the same gap goes more to the left.
bool LineMoves::isBefore(const Leg& one, const Leg& other) const
{
    if (one.risesOutward != other.risesOutward) {
        return one.risesOutward < other.risesOutward;
    }
    for (std::size_t distance = 1; distance < std::min(one.nodes.size(), other.nodes.size()); ++distance) {
        const auto a = one.nodes.size() - 1 - distance;
        const auto b = other.nodes.size() - 1 - distance;
        const auto left = a == 0 ? 2 * m_order.positionOf(one.far()) + 1 : 2 * one.chosen[a];
        const auto right = b == 0 ? 2 * m_order.positionOf(other.far()) + 1 : 2 * other.chosen[b];
        if (left != right) {
            return left < right;
        }
    }
    return one.nodes.size() < other.nodes.size();
}

void LineMoves::choose(int gap)
{
    std::vector<std::size_t> byOrder(m_legCount);
    for (std::size_t i = 0; i < m_legCount; ++i) {
        auto& leg = m_legs[i];
        auto at = gap;
        for (auto node = leg.nodes.size() - 1; node > 0; --node) {
            leg.chosen[node] = leg.gaps[node].first + at;
            at = leg.from[node][std::size_t(at)];
        }
        byOrder[i] = i;
    }
    std::ranges::stable_sort(byOrder, [this](auto a, auto b) { return isBefore(m_legs[a], m_legs[b]); });
    for (std::size_t i = 0; i < m_legCount; ++i) {
        m_legs[byOrder[i]].rank = int(i);
    }
}

void LineMoves::apply(int hub, int gap)
{
    struct Put
    {
        int layer;
        qint64 place;
        int node;

        auto operator<=>(const Put&) const = default;
    };
    const auto scale = 2 * qint64(m_legCount) + 2;
    std::vector<Put> puts{{m_order.layerOf(hub), gap * scale, hub}};
    for (std::size_t i = 0; i < m_legCount; ++i) {
        const auto& leg = m_legs[i];
        for (std::size_t node = 1; node + 1 < leg.nodes.size(); ++node) {
            puts.push_back({m_order.layerOf(leg.nodes[node]), placeOf(leg, node, true), leg.nodes[node]});
        }
    }
    std::ranges::sort(puts);
    std::vector<int> order;
    for (std::size_t begin = 0; begin < puts.size();) {
        auto end = begin;
        while (end < puts.size() && puts[end].layer == puts[begin].layer) {
            ++end;
        }
        const auto& layer = m_order.layer(puts[begin].layer);
        if (end == begin + 1) {
            const auto to = int(puts[begin].place / scale);
            m_order.move(puts[begin].node, to > m_order.positionOf(puts[begin].node) ? to - 1 : to);
        } else {
            order.clear();
            auto put = begin;
            for (std::size_t at = 0; at <= layer.size(); ++at) {
                for (; put < end && puts[put].place / scale == qint64(at); ++put) {
                    order.push_back(puts[put].node);
                }
                if (at < layer.size() && !isOwn(layer[at])) {
                    order.push_back(layer[at]);
                }
            }
            m_order.replaceLayer(puts[begin].layer, order);
        }
        begin = end;
    }
}

qint64 LineMoves::improve(int hub, std::span<const int> lines, int hubWindow, int window)
{
    begin(hub, lines, hubWindow, window);
    const auto hubGaps = gapsAround(hub, hubWindow);
    m_total.assign(std::size_t(hubGaps.count()), 0);
    qint64 now = 0;
    for (std::size_t i = 0; i < m_legCount; ++i) {
        now += follow(m_legs[i]);
    }
    const auto stays = std::size_t(m_order.positionOf(hub) - hubGaps.first);
    auto best = stays;
    for (std::size_t gap = 0; gap < m_total.size(); ++gap) {
        best = m_total[gap] < m_total[best] ? gap : best;
    }
    const auto among = m_legCount > 1 ? amongLegs(false) : 0;
    qint64 gain = now - m_total[best] + among;
    if (gain > 0) {
        choose(int(best));
        gain -= m_legCount > 1 ? amongLegs(true) : 0;
    }
    if (gain > 0) {
        apply(hub, hubGaps.first + int(best));
    }
    end();
    return std::max<qint64>(0, gain);
}

} // namespace rc
