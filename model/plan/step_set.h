// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <bit>
#include <vector>

namespace rc {

/// A set of positions of steps, a bit each: cheap to copy with a plan of thousands, and walked in declared order.
class StepSet
{
public:
    StepSet() = default;
    /// For positions 0 to size - 1, none of them in it.
    explicit StepSet(qsizetype size)
        : m_words(std::size_t((size + BitsPerWord - 1) / BitsPerWord), 0)
        , m_size(size)
    {
    }

    [[nodiscard]] bool contains(qsizetype position) const { return (word(position) & bit(position)) != 0; }
    void set(qsizetype position, bool in)
    {
        if (contains(position) == in) {
            return;
        }
        m_words[std::size_t(position / BitsPerWord)] ^= bit(position);
        m_count += in ? 1 : -1;
    }
    [[nodiscard]] qsizetype count() const { return m_count; }
    [[nodiscard]] bool isEmpty() const { return m_count == 0; }
    /// Has every position.
    [[nodiscard]] bool isFull() const { return m_count == m_size; }

    /// The first position from `from` on that is in the set; the size if there is none.
    [[nodiscard]] qsizetype next(qsizetype from) const { return find(from, 0); }
    /// The first position from `from` on that is not; the size if there is none.
    [[nodiscard]] qsizetype nextMissing(qsizetype from) const { return find(from, ~quint64(0)); }

    friend bool operator==(const StepSet&, const StepSet&) = default;

private:
    static constexpr qsizetype BitsPerWord = 64;

    [[nodiscard]] static quint64 bit(qsizetype position) { return quint64(1) << (position % BitsPerWord); }
    [[nodiscard]] quint64 word(qsizetype position) const { return m_words[std::size_t(position / BitsPerWord)]; }
    /// The first position from `from` on whose bit differs from that of `pattern`.
    [[nodiscard]] qsizetype find(qsizetype from, quint64 pattern) const
    {
        for (qsizetype start = from; start < m_size; start = (start / BitsPerWord + 1) * BitsPerWord) {
            const quint64 found = (word(start) ^ pattern) >> (start % BitsPerWord);
            if (found != 0) {
                return std::min(start + std::countr_zero(found), m_size);
            }
        }
        return m_size;
    }

    std::vector<quint64> m_words;
    qsizetype m_size = 0;
    qsizetype m_count = 0;
};

} // namespace rc
