// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/wall_view_model.h"

#include "ui/console/guidance.h"
#include "ui/words/words.h"

#include <QDateTime>

#include <algorithm>

namespace rc::ui {
namespace {

/// A frozen wall is worse than a dark one (docs/architecture.md, "Processes").
constexpr int StaleAfter = 10;

QString clockOf(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count()).toString("HH:mm");
}

} // namespace

WallViewModel::WallViewModel(EngineThread& engine, QObject* parent)
    : QObject(parent)
{
    connect(&engine.engine(), &Engine::storeChanged, this, [this](const StoreView& store) {
        m_sight.store = store;
        show(m_sight);
    });
    connect(&engine.engine(), &Engine::systemsChanged, this, [this](const SystemsView& systems) {
        m_sight.systems = systems;
        show(m_sight);
    });
    connect(&m_clock, &QTimer::timeout, this, [this] { show(m_sight); });
    m_clock.start(std::chrono::seconds(1));
}

void WallViewModel::show(const Sight& sight)
{
    m_sight = sight;
    m_sight.now = systemTime();
    m_frame.show(m_sight);
    m_systems.replace(systemRows(m_sight));
    Q_EMIT changed();
}

QString WallViewModel::healthyText() const
{
    const auto& health = m_sight.systems.health;
    return QString("%1 of %2 healthy")
        .arg(std::ranges::count(health, HealthState::Healthy, &SystemHealth::state))
        .arg(health.size());
}

QString WallViewModel::incidentText() const
{
    if (const auto* plan = open()) {
        return plan->plan.pins.incident.id.text() + " · " + plan->plan.pins.incident.title;
    }
    const auto found = std::ranges::find_if(
        m_sight.store.incidents, [](const Incident& incident) { return incident.status != IncidentStatus::Closed; });
    return found == m_sight.store.incidents.end() ? QString() : found->id.text() + " · " + found->title;
}

QString WallViewModel::planTitle() const
{
    const auto* plan = open();
    return plan ? plan->plan.id.text() + " · " + plan->plan.procedure.name : QString();
}

QString WallViewModel::phase() const
{
    const auto* plan = open();
    return plan ? words(idOf(plan->plan.phase())) : QString();
}

int WallViewModel::stepsDone() const
{
    const auto* plan = open();
    return plan ? int(std::ranges::count_if(plan->plan.steps, &isDone)) : 0;
}

int WallViewModel::stepsTotal() const
{
    const auto* plan = open();
    return plan ? int(plan->plan.steps.size()) : 0;
}

QString WallViewModel::elapsed() const
{
    const auto* plan = open();
    return plan ? growingSpan(m_sight.now - plan->plan.startedAt) : QString();
}

QString WallViewModel::eta() const
{
    const auto* plan = open();
    if (!plan) {
        return {};
    }
    const auto end = plan->plan.eta(m_sight.now);
    return QString("about %1 to go, until %2").arg(duration(end - m_sight.now), clockOf(end));
}

QString WallViewModel::step() const
{
    const auto* plan = open();
    if (!plan) {
        return {};
    }
    const auto current = plan->plan.currentStepIndex();
    return current < plan->plan.steps.size() ? plan->plan.procedure.steps[current].name
                                             : guidanceFor(*plan, {}, m_sight.now).text;
}

QString WallViewModel::waiting() const
{
    const auto* plan = open();
    if (!plan) {
        return {};
    }
    const auto current = plan->plan.currentStepIndex();
    const auto row = stepRows(*plan, {}, m_sight.now).value(current);
    if (row.key.isEmpty()) {
        return guidanceFor(*plan, {}, m_sight.now).hint;
    }
    return row.waiting.isEmpty() ? row.stateText + " · " + row.roles : row.waiting;
}

bool WallViewModel::deserted() const
{
    return open() && m_sight.systems.alive == 0;
}

int WallViewModel::age() const
{
    const auto span = m_sight.now - m_sight.systems.at;
    return int(std::max<qint64>(0, std::chrono::duration_cast<std::chrono::seconds>(span).count()));
}

bool WallViewModel::stale() const
{
    return m_sight.systems.at == Timestamp() || age() > StaleAfter;
}

QString WallViewModel::trouble() const
{
    switch (m_sight.store.state) {
    case StoreState::Opening:
        return "Opening the store …";
    case StoreState::Absent:
        return "There is no store here.";
    case StoreState::Ready:
    case StoreState::ReadOnly:
        return m_sight.systems.trouble;
    default:
        return m_sight.store.trouble;
    }
}

} // namespace rc::ui
