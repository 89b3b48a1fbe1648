// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/system_row.h"

#include "ui/words/words.h"

#include <algorithm>

namespace rc::ui {
namespace {

SystemRow rowOf(const System& system, const SystemHealth& health, Milliseconds sinceTold, bool stale)
{
    const auto state = stale ? HealthState::Stale : health.state;
    SystemRow row;
    row.key = system.id.text();
    row.name = system.name.isEmpty() ? row.key : system.name;
    row.type = words(system.type);
    row.stateText = words(idOf(state));
    row.tone = toneOf(state);
    row.healthy = state == HealthState::Healthy;
    row.reason = health.reason();
    row.age = int(std::chrono::duration_cast<std::chrono::seconds>(health.age + sinceTold).count());
    if (health.chain && health.chain->height) {
        row.chainHeight = *health.chain->height;
        row.moving = health.chain->moving && !stale;
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

QList<SystemRow> systemRows(const Sight& sight)
{
    QList<SystemRow> rows;
    const auto& systems = sight.systems.inventory.systems;
    const auto sinceTold = std::max(Milliseconds(0), sight.now - sight.systems.at);
    const bool stale = sight.stale();
    qsizetype at = 0;
    for (const auto& health : sight.systems.health) {
        // Both are in the same order; a system that was not looked at is passed over.
        while (at < systems.size() && systems[at].id != health.id) {
            ++at;
        }
        if (at < systems.size()) {
            rows.append(rowOf(systems[at], health, sinceTold, stale));
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
