// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/report/block.h"

#include <memory>
#include <vector>

namespace rc::ui::report {

/// A part of a report that starts on a page of its own and has a running head of its own: the number given to
/// Flow::startSection.
using Section = int;

/// Part of a block at its place; y counts from the top of the text area.
struct Placed
{
    const Block* block = nullptr;
    SliceRange range;
    qreal y = 0;
};

struct Page
{
    Section section = 0;
    QList<Placed> blocks;
};

/// Blocks in reading order, broken into pages. Pages point into the flow.
class Flow
{
public:
    void startSection(Section section);
    void add(std::unique_ptr<Block> block);
    /// Sets a table's head, and again on each page that the table goes on to, until endTable().
    void startTable(std::unique_ptr<Block> head);
    void endTable();
    /// Blocks up to endGroup() stay on one page if they are short enough.
    void startGroup();
    void endGroup();

    [[nodiscard]] QList<Page> pages(qreal pageHeight) const;

private:
    struct Entry
    {
        std::unique_ptr<Block> block;
        Section section = 0;
        /// The table's head to repeat; none outside tables.
        const Block* head = nullptr;
        /// Entries of one group stay together; zero for none.
        int group = 0;
    };
    class Breaker;

    std::vector<Entry> m_entries;
    Section m_section = 0;
    const Block* m_head = nullptr;
    int m_groups = 0;
    int m_group = 0;
};

} // namespace rc::ui::report
