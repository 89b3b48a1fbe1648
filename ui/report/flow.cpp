// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/flow.h"

#include <algorithm>
#include <numeric>

namespace rc::ui::report {
namespace {

/// A block longer than this part of a page may be broken even if it would rather stay together.
constexpr qreal LargestTogether = 0.5;
/// So many slices of a block stay together at a break, that no single line stands alone.
constexpr qsizetype FewestSlices = 2;

} // namespace

qreal Block::height(const SliceRange& range) const
{
    const auto begin = m_slices.begin() + range.first;
    return std::accumulate(begin, begin + range.count, qreal(0));
}

void Flow::startSection(Section section)
{
    m_section = section;
}

void Flow::add(std::unique_ptr<Block> block)
{
    m_entries.push_back({std::move(block), m_section, m_head, m_group});
}

void Flow::startTable(std::unique_ptr<Block> head)
{
    const auto* made = head.get();
    add(std::move(head));
    m_head = made;
}

void Flow::endTable()
{
    m_head = nullptr;
}

void Flow::startGroup()
{
    m_group = ++m_groups;
}

void Flow::endGroup()
{
    m_group = 0;
}

class Flow::Breaker
{
public:
    Breaker(const std::vector<Entry>& entries, qreal pageHeight)
        : m_entries(entries)
        , m_pageHeight(pageHeight)
    {
    }

    QList<Page> run()
    {
        for (std::size_t i = 0; i < m_entries.size(); ++i) {
            const auto& entry = m_entries[i];
            if (m_pages.isEmpty() || m_pages.last().section != entry.section) {
                turn(entry);
            } else {
                m_y += entry.block->cohesion().spaceBefore;
                if (m_y + needed(i) > m_pageHeight) {
                    turn(entry);
                }
            }
            place(entry);
        }
        return std::move(m_pages);
    }

private:
    /// Room without which block i would rather start on the next page.
    [[nodiscard]] qreal needed(std::size_t i) const
    {
        const auto& block = *m_entries[i].block;
        const qreal group = groupHeight(i);
        if (group > 0 && group <= m_pageHeight * LargestTogether) {
            return group;
        }
        if (block.cohesion().withNext && i + 1 < m_entries.size()) {
            return block.height() + m_entries[i + 1].block->cohesion().spaceBefore + needed(i + 1);
        }
        if (block.cohesion().together && block.height() <= m_pageHeight * LargestTogether) {
            return block.height();
        }
        return block.height({0, std::min(FewestSlices, block.slices().size())});
    }

    /// Height of the group that begins with block i; zero if none does.
    [[nodiscard]] qreal groupHeight(std::size_t i) const
    {
        const int group = m_entries[i].group;
        if (group == 0 || (i > 0 && m_entries[i - 1].group == group)) {
            return 0;
        }
        qreal height = m_entries[i].block->height();
        for (++i; i < m_entries.size() && m_entries[i].group == group; ++i) {
            height += m_entries[i].block->cohesion().spaceBefore + m_entries[i].block->height();
        }
        return height;
    }

    void turn(const Entry& entry)
    {
        m_pages.append(Page{entry.section, {}});
        m_y = 0;
        if (entry.head) {
            m_pages.last().blocks.append({entry.head, {0, entry.head->slices().size()}, 0});
            m_y = entry.head->height();
        }
    }

    void place(const Entry& entry)
    {
        SliceRange range;
        while (range.first < entry.block->slices().size()) {
            range.count = fitting(*entry.block, range.first);
            if (range.count == 0 && !m_pages.last().blocks.isEmpty() && !onlyHead(entry)) {
                turn(entry);
                continue;
            }
            range.count = std::max<qsizetype>(range.count, 1);
            m_pages.last().blocks.append({entry.block.get(), range, m_y});
            m_y += entry.block->height(range);
            range.first += range.count;
        }
    }

    [[nodiscard]] bool onlyHead(const Entry& entry) const
    {
        const auto& blocks = m_pages.last().blocks;
        return blocks.size() == 1 && blocks.first().block == entry.head;
    }

    [[nodiscard]] qsizetype fitting(const Block& block, qsizetype first) const
    {
        qsizetype count = 0;
        for (qreal y = m_y; first + count < block.slices().size(); ++count) {
            y += block.slices()[first + count];
            if (y > m_pageHeight) {
                break;
            }
        }
        return count;
    }

    const std::vector<Entry>& m_entries;
    qreal m_pageHeight;
    qreal m_y = 0;
    QList<Page> m_pages;
};

QList<Page> Flow::pages(qreal pageHeight) const
{
    return Breaker(m_entries, pageHeight).run();
}

} // namespace rc::ui::report
