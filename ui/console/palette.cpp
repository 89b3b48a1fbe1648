// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/palette.h"

#include "ui/base/match.h"
#include "ui/words/words.h"

#include <algorithm>
#include <array>

namespace rc::ui {
namespace {

/// More than anybody reads; whoever does not find it types on.
constexpr qsizetype MostFound = 60;
constexpr QLatin1StringView CommandKind("command");

/// What the lists of a page hear themselves, while they have the focus.
constexpr std::array<std::pair<QLatin1StringView, QLatin1StringView>, 15> checklistKeys{{
    {QLatin1StringView("Space"), QLatin1StringView("Say that a step by hand is done")},
    {QLatin1StringView("R"), QLatin1StringView("Run the step, retry it, or check what became of it")},
    {QLatin1StringView("A"), QLatin1StringView("Approve at this desk")},
    {QLatin1StringView("E"), QLatin1StringView("Approve by a file from somebody elsewhere")},
    {QLatin1StringView("D"), QLatin1StringView("What the step would do now")},
    {QLatin1StringView("U"), QLatin1StringView("Take it back")},
    {QLatin1StringView("X"), QLatin1StringView("Stop a step that runs")},
    {QLatin1StringView("H"), QLatin1StringView("Put it off, or let it go on")},
    {QLatin1StringView("S"), QLatin1StringView("Do without it")},
    {QLatin1StringView("J"), QLatin1StringView("Say what became of an interrupted step")},
    {QLatin1StringView("Return"), QLatin1StringView("What can be done with the step")},
    {QLatin1StringView("Home"), QLatin1StringView("Back to the current step")},
    {QLatin1StringView("G"), QLatin1StringView("The graph, and back")},
    {QLatin1StringView("N, P"), QLatin1StringView("A note; pause")},
    {QLatin1StringView("+, -, 0"), QLatin1StringView("Graph: nearer, further, the whole")},
}};

struct Candidate
{
    FoundRow row;
    int match = 0;
};

FoundRow placeRow(const QString& group, Navigation::Page page, const QString& subject, const QString& title,
                  const QString& detail)
{
    return {Navigation::nameOf({page, subject}), group, title, detail};
}

QList<FoundRow> placesIn(const Sight& sight)
{
    QList<FoundRow> rows;
    for (const auto& incident : sight.store.incidents) {
        rows.append(placeRow("Incident", Navigation::Incident, incident.id.text(),
                             incident.id.text() + " · " + incident.title, words(idOf(incident.status))));
    }
    for (const auto& plan : sight.store.plans) {
        rows.append(placeRow("Plan", Navigation::Plan, plan.id.text(),
                             plan.id.text() + " · " + words(plan.procedure.text()) + " · " + plan.incident.text(),
                             words(idOf(plan.status))));
    }
    for (const auto& system : sight.systems.inventory.systems) {
        const auto name = system.name.isEmpty() || system.name == system.id.text()
                              ? system.id.text()
                              : system.name + " · " + system.id.text();
        rows.append(placeRow("System", Navigation::Graph, system.id.text(), name, words(system.type)));
    }
    return rows;
}

} // namespace

void Palette::setOpen(bool open)
{
    if (open == m_open) {
        return;
    }
    m_open = open;
    m_typed.clear();
    for (auto* const command : std::as_const(m_commands)) {
        if (open) {
            connect(command, &Command::changed, this, &Palette::refresh);
        } else {
            disconnect(command, &Command::changed, this, &Palette::refresh);
        }
    }
    Q_EMIT typedChanged();
    Q_EMIT openChanged();
    if (open) {
        refresh();
    }
}

void Palette::setTyped(const QString& typed)
{
    if (typed != m_typed) {
        m_typed = typed;
        refresh();
        Q_EMIT typedChanged();
    }
}

void Palette::refresh()
{
    QList<Candidate> candidates;
    const auto add = [&](const FoundRow& row, int bonus) {
        const int match = matchOf(m_typed, row.title + " " + row.group + " " + row.detail);
        if (m_typed.trimmed().isEmpty() || match > 0) {
            // What can be done stands before what cannot.
            candidates.append({row, match + (row.obstacle.isEmpty() ? bonus : 0)});
        }
    };
    for (const auto* command : m_commands) {
        if (command->offered) {
            add({CommandKind + "/" + command->name,
                 command->group,
                 command->title,
                 {},
                 command->keyText(),
                 command->obstacle},
                1);
        }
    }
    if (m_desk && !m_typed.trimmed().isEmpty()) {
        for (const auto& row : placesIn(m_desk->sight())) {
            add(row, 0);
        }
    }
    std::ranges::stable_sort(candidates, std::ranges::greater(), &Candidate::match);
    QList<FoundRow> rows;
    for (qsizetype i = 0; i < std::min(MostFound, candidates.size()); ++i) {
        rows.append(candidates[i].row);
    }
    m_found.replace(rows);
}

void Palette::take(const QString& key)
{
    if (key.section('/', 0, 0) == CommandKind) {
        const auto command = std::ranges::find(m_commands, key.section('/', 1), &Command::name);
        if (command != m_commands.end()) {
            (*command)->trigger();
        }
    } else if (const auto place = Navigation::named(key); place && m_desk) {
        m_desk->navigation()->go(Navigation::Page(place->page), place->subject);
    }
}

void Palette::showKeys()
{
    QList<FoundRow> rows;
    for (const auto* command : std::as_const(m_commands)) {
        if (!command->keys.isEmpty()) {
            rows.append({command->name, command->group, command->title, {}, command->keyText()});
        }
    }
    for (const auto& [key, does] : checklistKeys) {
        rows.append({QString("checklist/") + key, "In the checklist of a plan, and in its graph", does, {}, key});
    }
    m_keys.replace(rows);
}

} // namespace rc::ui
