// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/system_row.h"

#include "ui/words/words.h"

#include <algorithm>
#include <array>

namespace rc::ui {
namespace {

SystemRow rowOf(const System& system, const SystemHealth& health, Milliseconds sinceTold, HealthState state)
{
    SystemRow row;
    row.key = system.id.text();
    row.name = system.name.isEmpty() ? row.key : system.name;
    row.type = words(system.type);
    row.stateText = healthWords(state);
    row.tone = toneOf(state);
    row.healthy = state == HealthState::Healthy;
    row.reason = health.reason();
    row.age = int(std::chrono::duration_cast<std::chrono::seconds>(health.age + sinceTold).count());
    if (health.chain && health.chain->height) {
        row.chainHeight = *health.chain->height;
        row.moving = health.chain->moving && state != HealthState::Stale;
    }
    return row;
}

int badness(Tone::Value tone)
{
    switch (tone) {
    case Tone::Danger:
        return 0;
    case Tone::Unknown:
        return 1;
    case Tone::Attention:
        return 2;
    default:
        return 3;
    }
}

} // namespace

const QString& healthWords(HealthState state)
{
    // Asked for by thousands of systems every second.
    static const auto all = [] {
        std::array<QString, std::size_t(HealthState::Stale) + 1> texts;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            texts[i] = words(idOf(HealthState(i)));
        }
        return texts;
    }();
    return all[std::size_t(state)];
}

HealthState shownState(const SystemHealth& health, const Sight& sight)
{
    return sight.stale() ? HealthState::Stale : health.state;
}

QList<SystemRow> systemRows(const Sight& sight)
{
    QList<SystemRow> rows;
    const auto& systems = sight.systems.inventory.systems;
    const auto sinceTold = std::max(Milliseconds(0), sight.now - sight.systems.at);
    qsizetype at = 0;
    for (const auto& health : sight.systems.health) {
        // Both are in the same order; a system that was not looked at is passed over.
        while (at < systems.size() && systems[at].id != health.id) {
            ++at;
        }
        if (at < systems.size()) {
            rows.append(rowOf(systems[at], health, sinceTold, shownState(health, sight)));
        }
    }
    return rows;
}

QList<SystemRow> worstFirst(QList<SystemRow> rows)
{
    std::ranges::stable_sort(rows, {}, [](const SystemRow& row) { return badness(row.tone); });
    return rows;
}

} // namespace rc::ui
