// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/wall_view_model.h"

#include "ui/console/guidance.h"
#include "ui/words/words.h"

#include <algorithm>

namespace rc::ui {

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
    placeSystems();
    Q_EMIT changed();
}

void WallViewModel::setPlaces(int places)
{
    if (places != m_places) {
        m_places = places;
        placeSystems();
        Q_EMIT placesChanged();
    }
}

void WallViewModel::placeSystems()
{
    const auto rows = systemRows(m_sight);
    m_systems.replace(rows.size() > m_places ? worstFirst(rows) : rows);
}

QString WallViewModel::healthyText() const
{
    if (m_sight.stale()) {
        return "Health not known";
    }
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

QString WallViewModel::headline() const
{
    const auto* plan = open();
    if (!plan) {
        return healthyText();
    }
    switch (plan->plan.status) {
    case PlanStatus::Paused:
    case PlanStatus::Aborting:
    case PlanStatus::VerificationFailed:
        return words(idOf(plan->plan.status));
    default:
        return words(idOf(plan->plan.phase()));
    }
}

Tone::Value WallViewModel::headlineTone() const
{
    const auto* plan = open();
    if (!plan) {
        return m_sight.stale() ? Tone::Unknown : m_frame.systemsTone();
    }
    const auto status = plan->plan.status;
    if (status == PlanStatus::Aborting || status == PlanStatus::VerificationFailed) {
        return Tone::Danger;
    }
    return status == PlanStatus::Paused ? Tone::Attention : Tone::Normal;
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
    return plan ? timeToGo(*plan, m_sight.now) : QString();
}

std::optional<Milliseconds> WallViewModel::margin() const
{
    const auto* plan = open();
    return plan ? plan->schedule(m_sight.now).margin : std::nullopt;
}

QString WallViewModel::objective() const
{
    const auto left = margin();
    if (!left) {
        return {};
    }
    const auto rto = duration(open()->plan.procedure.rto);
    return *left < Milliseconds(0) ? duration(-*left) + " too late for the objective of " + rto
                                   : duration(*left) + " to spare of the objective of " + rto;
}

bool WallViewModel::late() const
{
    return margin().value_or(Milliseconds(0)) < Milliseconds(0);
}

Guidance WallViewModel::next() const
{
    const auto* plan = open();
    return plan ? guidanceFor(*plan, {}, m_sight.now) : Guidance();
}

QString WallViewModel::step() const
{
    const auto* plan = open();
    const auto next = this->next();
    const auto index = plan ? plan->plan.indexOf(StepId(next.step)) : -1;
    return index < 0 ? next.text : plan->plan.procedure.steps[index].name;
}

QString WallViewModel::waiting() const
{
    const auto* plan = open();
    const auto next = this->next();
    const auto index = plan ? plan->plan.indexOf(StepId(next.step)) : -1;
    if (index < 0) {
        return next.hint;
    }
    const auto row = stepRows(*plan, {}, m_sight.now).value(index);
    return row.waiting.isEmpty() ? row.stateText + " · " + row.roles : row.waiting;
}

bool WallViewModel::waitsForPeople() const
{
    return next().deed != Deed::Nothing;
}

QString WallViewModel::staleText() const
{
    const auto silence = m_sight.silence();
    return silence.isEmpty() ? QString("NO DATA YET") : "DATA " + silence + " OLD";
}

QString WallViewModel::idleText() const
{
    switch (m_sight.store.state) {
    case StoreState::Ready:
    case StoreState::ReadOnly:
    case StoreState::Unsound:
        return "No recovery is under way.";
    default:
        return "Whether a recovery is under way is not known.";
    }
}

QStringList WallViewModel::alarms() const
{
    QStringList alarms;
    if (open() && m_sight.systems.alive == 0) {
        alarms.append("NO CONSOLE ALIVE");
    }
    if (m_sight.stale()) {
        alarms.append(staleText());
    }
    if (const auto text = trouble(); !text.isEmpty()) {
        alarms.append(text);
    }
    return alarms;
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
