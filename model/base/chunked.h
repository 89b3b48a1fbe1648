// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <compare>
#include <iterator>
#include <memory>
#include <vector>

namespace rc {

/// A sequence whose copies share what is the same in them: a copy costs one pointer for every 64 entries, and changing
/// an entry copies the 64 it stands among. For large values of which many versions live side by side, such as the steps
/// of a plan: every event makes a new version of one of them.
template <class T>
class Chunked
{
public:
    Chunked() = default;
    /// So many default values.
    explicit Chunked(qsizetype size)
        : m_size(size)
    {
        for (qsizetype made = 0; made < size; made += ChunkSize) {
            m_chunks.push_back(std::make_shared<Chunk>(std::size_t(std::min(ChunkSize, size - made))));
        }
    }

    [[nodiscard]] qsizetype size() const { return m_size; }
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }
    [[nodiscard]] const T& operator[](qsizetype index) const
    {
        return (*m_chunks[std::size_t(index / ChunkSize)])[std::size_t(index % ChunkSize)];
    }
    [[nodiscard]] const T& first() const { return (*this)[0]; }
    [[nodiscard]] const T& last() const { return (*this)[m_size - 1]; }

    /// The entry for changing; other copies keep theirs. The reference holds until the next call that is not const.
    [[nodiscard]] T& edit(qsizetype index)
    {
        return ownChunk(std::size_t(index / ChunkSize))[std::size_t(index % ChunkSize)];
    }
    void append(T value)
    {
        if (m_size % ChunkSize == 0) {
            m_chunks.push_back(std::make_shared<Chunk>());
        }
        ownChunk(m_chunks.size() - 1).push_back(std::move(value));
        ++m_size;
    }

    /// Random access, in order.
    class Iterator
    {
    public:
        using iterator_category = std::random_access_iterator_tag;
        using value_type = T;
        using difference_type = qsizetype;
        using pointer = const T*;
        using reference = const T&;

        Iterator() = default;
        Iterator(const Chunked* sequence, qsizetype index)
            : m_sequence(sequence)
            , m_index(index)
        {
        }

        const T& operator*() const { return (*m_sequence)[m_index]; }
        const T* operator->() const { return &(*m_sequence)[m_index]; }
        const T& operator[](qsizetype offset) const { return (*m_sequence)[m_index + offset]; }
        Iterator& operator+=(qsizetype offset)
        {
            m_index += offset;
            return *this;
        }
        Iterator& operator-=(qsizetype offset) { return *this += -offset; }
        Iterator& operator++() { return *this += 1; }
        Iterator& operator--() { return *this -= 1; }
        Iterator operator++(int)
        {
            const Iterator before = *this;
            ++*this;
            return before;
        }
        Iterator operator--(int)
        {
            const Iterator before = *this;
            --*this;
            return before;
        }
        friend Iterator operator+(Iterator at, qsizetype offset) { return at += offset; }
        friend Iterator operator+(qsizetype offset, Iterator at) { return at += offset; }
        friend Iterator operator-(Iterator at, qsizetype offset) { return at -= offset; }
        friend qsizetype operator-(const Iterator& a, const Iterator& b) { return a.m_index - b.m_index; }
        friend bool operator==(const Iterator& a, const Iterator& b) { return a.m_index == b.m_index; }
        friend std::strong_ordering operator<=>(const Iterator& a, const Iterator& b)
        {
            return a.m_index <=> b.m_index;
        }

    private:
        const Chunked* m_sequence = nullptr;
        qsizetype m_index = 0;
    };

    [[nodiscard]] Iterator begin() const { return {this, 0}; }
    [[nodiscard]] Iterator end() const { return {this, m_size}; }

    friend bool operator==(const Chunked& a, const Chunked& b)
    {
        return a.m_size == b.m_size && std::ranges::equal(a.m_chunks, b.m_chunks, [](const auto& x, const auto& y) {
                   return x == y || *x == *y;
               });
    }

private:
    static constexpr qsizetype ChunkSize = 64;
    using Chunk = std::vector<T>;

    [[nodiscard]] Chunk& ownChunk(std::size_t index)
    {
        auto& chunk = m_chunks[index];
        if (chunk.use_count() > 1) {
            chunk = std::make_shared<Chunk>(*chunk);
        }
        return *chunk;
    }

    std::vector<std::shared_ptr<Chunk>> m_chunks;
    qsizetype m_size = 0;
};

} // namespace rc
