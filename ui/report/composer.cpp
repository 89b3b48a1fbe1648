// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/composer.h"

namespace rc::ui::report {
namespace {

Cell wholeLine(const QString& text, const TextStyle& textStyle)
{
    return {FullWidth, {{text, textStyle, Mark::None}}};
}

std::unique_ptr<Row> line(const QString& text, const TextStyle& textStyle, const Block::Cohesion& cohesion)
{
    return std::make_unique<Row>(QList<Cell>{wholeLine(text, textStyle)},
                                 Row::Look{.lineHeight = textStyle.lineHeight()}, cohesion);
}

} // namespace

void Composer::startSection(const RunningHead& head)
{
    m_flow.startSection(Section(m_heads.size()));
    m_heads.append(head);
}

void Composer::title(const QString& text, const QString& subtitle)
{
    add(line(text, style::Title, {.withNext = true}));
    add(line(subtitle, style::Subtitle, {.spaceBefore = 2 * Pt, .withNext = true}));
}

void Composer::heading(const QString& text)
{
    add(std::make_unique<Row>(QList<Cell>{wholeLine(text, style::Heading)},
                              Row::Look{.lineHeight = style::Heading.lineHeight(), .padding = 2 * Pt},
                              Block::Cohesion{.spaceBefore = 20 * Pt, .withNext = true}));
}

void Composer::subheading(const QString& text)
{
    add(line(text, style::Subheading, {.spaceBefore = 9 * Pt, .withNext = true}));
}

void Composer::paragraph(const QString& text)
{
    add(std::make_unique<Row>(QList<Cell>{wholeLine(text, style::Body)},
                              Row::Look{.lineHeight = style::Body.lineHeight(), .padding = 2 * Pt}, Block::Cohesion{}));
}

void Composer::bullet(const QString& text, Mark mark)
{
    const QList<Cell> cells{{column(0, 10), {{mark == Mark::None ? QString(u'–') : QString(), style::Body, mark}}},
                            {column(12, sheet::TextWidth / Pt), {{text, style::Body, Mark::None}}}};
    add(std::make_unique<Row>(cells, Row::Look{.lineHeight = style::Body.lineHeight()},
                              Block::Cohesion{.spaceBefore = 1 * Pt}));
}

void Composer::field(const QString& label, const QList<Run>& value, const FieldPlace& place)
{
    const QList<Cell> cells{{column(place.label, place.value - 4), {{label, style::Label, Mark::None}}},
                            {column(place.value, sheet::TextWidth / Pt), value}};
    add(std::make_unique<Row>(cells, Row::Look{.padding = 0.5 * Pt}, Block::Cohesion{}));
}

void Composer::tableHead(const QList<Cell>& cells)
{
    const Row::Look look{
        .lineHeight = style::Label.lineHeight(), .padding = 3 * Pt, .ruleBelow = 0.8 * Pt, .ruleAbove = 0.8 * Pt};
    m_flow.startTable(std::make_unique<Row>(cells, look, Block::Cohesion{.spaceBefore = 4 * Pt, .withNext = true}));
}

void Composer::tableRow(const QList<Cell>& cells)
{
    add(std::make_unique<Row>(cells, Row::Look{.padding = 2.5 * Pt, .ruleBelow = 0.4 * Pt},
                              Block::Cohesion{.together = true}));
}

void Composer::endTable()
{
    m_flow.endTable();
}

} // namespace rc::ui::report
