// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/network_view_model.h"

#include "ui/base/match.h"
#include "ui/words/words.h"

#include <algorithm>

namespace rc::ui {
namespace {

QList<HealthCheckRow> checksOf(const SystemHealth& health, const Sight& sight)
{
    QList<HealthCheckRow> rows;
    for (const auto& check : health.checks) {
        const auto state = sight.stale() ? HealthState::Stale : check.state;
        const bool answered = state != HealthState::Unknown && check.latency > Milliseconds(0);
        rows.append({check.name, healthWords(state), toneOf(state), check.message,
                     answered ? duration(check.latency) : QString()});
    }
    return rows;
}

/// Every system has a row, also one that nobody has looked at yet.
QList<SystemRow> allRows(const Sight& sight)
{
    const auto looked = systemRows(sight);
    QList<SystemRow> rows;
    qsizetype at = 0;
    for (const auto& system : sight.systems.inventory.systems) {
        // Both are in the same order.
        if (at < looked.size() && looked[at].key == system.id.text()) {
            rows.append(looked[at++]);
            continue;
        }
        SystemRow row;
        row.key = system.id.text();
        row.name = system.name.isEmpty() ? row.key : system.name;
        row.type = words(system.type);
        row.stateText = healthWords(HealthState::Unknown);
        row.tone = toneOf(HealthState::Unknown);
        rows.append(row);
    }
    return rows;
}

QString reachOf(const DependencyGraph& graph, int node)
{
    const std::array roots{node};
    const auto above = graph.transitiveDependents(roots).size();
    const auto below = graph.transitiveDependencies(roots).size();
    return QString("%1 it, directly or through others. It needs %2.")
        .arg(above == 1 ? QString("1 system needs")
                        : QString("%1 systems need").arg(above == 0 ? QString("No") : QString::number(above)),
             below == 0 ? QString("nothing") : counted(qsizetype(below), "other"));
}

} // namespace

NetworkViewModel::NetworkViewModel(QObject* parent)
    : QObject(parent)
{
    connect(&m_graph, &GraphViewModel::chosen, this, &NetworkViewModel::setSelected);
}

void NetworkViewModel::setShown(bool shown)
{
    if (shown != m_shown) {
        m_shown = shown;
        Q_EMIT shownChanged();
        refresh();
    }
}

void NetworkViewModel::show(const Sight& sight)
{
    m_sight = sight;
    refresh();
}

void NetworkViewModel::setSelected(const QString& id)
{
    if (id != m_selected.text()) {
        m_selected = SystemId(id);
        refresh();
    }
}

void NetworkViewModel::setFilter(const QString& filter)
{
    if (filter != m_filter) {
        m_filter = filter;
        refresh();
    }
}

QString NetworkViewModel::filterText() const
{
    return m_filter.trimmed().isEmpty() ? QString()
                                        : QString("%1 of %2")
                                              .arg(m_systems.count())
                                              .arg(counted(m_sight.systems.inventory.systems.size(), "system"));
}

QString NetworkViewModel::about() const
{
    return m_system.chainHeight < 0 ? m_system.type
                                    : m_system.type + " · height " + QString::number(m_system.chainHeight);
}

bool NetworkViewModel::passes(const SystemRow& row) const
{
    return m_filter.trimmed().isEmpty() ||
           matchOf(m_filter, row.key + " " + row.name + " " + row.type + " " + row.stateText) > 0;
}

void NetworkViewModel::findNext()
{
    const auto& rows = m_systems.rows();
    if (!rows.isEmpty()) {
        setSelected(rows[(m_systems.indexOf(selected()) + 1) % rows.size()].key);
    }
}

void NetworkViewModel::selectNeighbour(int rows)
{
    if (!m_systems.rows().isEmpty()) {
        const auto last = int(m_systems.rows().size()) - 1;
        // From nowhere, the first is next.
        setSelected(m_systems.rows()[std::clamp(selectedIndex() < 0 ? 0 : selectedIndex() + rows, 0, last)].key);
    }
}

void NetworkViewModel::refresh()
{
    if (!m_shown) {
        return;
    }
    QList<SystemId> affected;
    for (const auto& incident : m_sight.store.incidents) {
        if (incident.status != IncidentStatus::Closed) {
            affected += incident.systems;
        }
    }
    m_graph.showSystems(m_sight, affected);
    m_graph.setSelected(m_selected.text());
    const auto rows = allRows(m_sight);
    QList<SystemRow> through;
    std::ranges::copy_if(rows, std::back_inserter(through), [this](const SystemRow& row) { return passes(row); });
    m_systems.replace(through);
    m_trouble = m_sight.systems.trouble;
    showSelected(rows);
    Q_EMIT changed();
}

void NetworkViewModel::showSelected(const QList<SystemRow>& rows)
{
    const auto& inventory = m_sight.systems.inventory;
    const auto at = inventory.indexOf(m_selected);
    m_system = at < 0 ? SystemRow() : rows[at];
    QList<SystemRow> needs;
    QList<SystemRow> neededBy;
    m_reach.clear();
    if (at >= 0) {
        const auto graph = inventory.dependencies();
        for (const auto node : graph.dependenciesOf(int(at))) {
            needs.append(rows[node]);
        }
        for (const auto node : graph.dependentsOf(int(at))) {
            neededBy.append(rows[node]);
        }
        m_reach = reachOf(graph, int(at));
    }
    m_needs.replace(needs);
    m_neededBy.replace(neededBy);
    const auto& health = m_sight.systems.health;
    const auto known = std::ranges::find(health, m_selected, &SystemHealth::id);
    m_checks.replace(known == health.end() ? QList<HealthCheckRow>() : checksOf(*known, m_sight));
}

} // namespace rc::ui
