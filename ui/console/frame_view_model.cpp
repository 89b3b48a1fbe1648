// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/frame_view_model.h"
#include "ui/words/words.h"

#include <QDateTime>

namespace rc::ui {
namespace {

int countOf(const SystemsView& systems, HealthState state)
{
    return int(std::ranges::count(systems.health, state, &SystemHealth::state));
}

/// "Break-glass: protocol lead until 07:00", with the day where it is not today.
QString inWords(const TemporaryRole& role, Timestamp now)
{
    const auto how = role.kind == TemporaryKind::BreakGlass ? QString("Break-glass") : "Deputy of " + role.of.text();
    return QString("%1: %2 until %3").arg(how, rolesInWords(QList{role.role}), localTime(role.until, localDay(now)));
}

/// Open, and without a plan that recovers from it: the most severe, of those the oldest.
const Incident* waitingIncidentOf(const StoreView& store)
{
    const Incident* worst = nullptr;
    for (const auto& incident : store.incidents) {
        const auto rank = [](const Incident& one) { return std::pair(-int(one.severity), one.openedAt); };
        if (incident.status == IncidentStatus::Open && (!worst || rank(incident) < rank(*worst))) {
            worst = &incident;
        }
    }
    return worst;
}

} // namespace

const ShownPlan* FrameViewModel::planInHand() const
{
    const auto* shown = m_sight.plan(m_pagePlan);
    return shown ? shown : m_sight.urgentPlan();
}

void FrameViewModel::setPagePlan(const QString& id)
{
    if (id != m_pagePlan.text()) {
        m_pagePlan = PlanId(id);
        m_facts = facts();
        Q_EMIT changed();
        Q_EMIT ticked();
    }
}

FrameViewModel::Band FrameViewModel::bandOf(const PlanPins& pins)
{
    if (pins.rehearsal) {
        return Rehearsal;
    }
    return pins.network.kind == NetworkKind::Live ? Live : Practice;
}

QString FrameViewModel::nameOf(Band band)
{
    static const QHash<Band, QString> names{
        {NoNetwork, "NO NETWORK"}, {Live, "LIVE"}, {Practice, "PRACTICE"}, {Rehearsal, "REHEARSAL"}};
    return names.value(band);
}

QString FrameViewModel::network() const
{
    const auto* shown = planInHand();
    return shown ? shown->plan.pins.network.name : m_sight.systems.inventory.network.name;
}

FrameViewModel::Band FrameViewModel::band() const
{
    if (const auto* shown = planInHand()) {
        return bandOf(shown->plan.pins);
    }
    const auto& inventory = m_sight.systems.inventory;
    if (inventory.systems.isEmpty()) {
        return NoNetwork;
    }
    return inventory.network.kind == NetworkKind::Live ? Live : Practice;
}

QString FrameViewModel::bandText() const
{
    const auto name = nameOf(band());
    return network().isEmpty() ? name : name + "  ·  " + network();
}

QString FrameViewModel::title() const
{
    QStringList parts;
    if (const auto* shown = planInHand()) {
        if (shown->plan.pins.rehearsal) {
            parts.append("REHEARSAL");
        }
        parts.append(shown->plan.id.text());
    }
    parts.append("ProzChain Recovery Console");
    return parts.join(" · ");
}

QString FrameViewModel::systemsText() const
{
    const auto silence = m_sight.silence();
    if (m_sight.stale() && !silence.isEmpty()) {
        return "Health not known, data " + silence + " old";
    }
    if (m_sight.systems.health.isEmpty()) {
        return m_sight.systems.trouble.isEmpty() ? QString("No systems") : QString("No inventory");
    }
    QStringList parts;
    for (const auto state : {HealthState::Unhealthy, HealthState::Degraded, HealthState::Stale, HealthState::Unknown}) {
        if (const int count = countOf(m_sight.systems, state)) {
            parts.append(QString("%1 %2").arg(count).arg(QString(idOf(state))));
        }
    }
    const int healthy = countOf(m_sight.systems, HealthState::Healthy);
    if (parts.isEmpty()) {
        return QString("All %1 healthy").arg(healthy);
    }
    return parts.join(" · ") + QString(" · %1 healthy").arg(healthy);
}

Tone::Value FrameViewModel::systemsTone() const
{
    if (m_sight.stale() && !m_sight.silence().isEmpty()) {
        return Tone::Unknown;
    }
    for (const auto state : {HealthState::Unhealthy, HealthState::Degraded, HealthState::Stale, HealthState::Unknown}) {
        if (countOf(m_sight.systems, state) > 0) {
            return toneOf(state);
        }
    }
    return Tone::Normal;
}

QString FrameViewModel::planId() const
{
    const auto* shown = m_sight.urgentPlan();
    return shown ? shown->plan.id.text() : QString();
}

QString FrameViewModel::planText() const
{
    const auto* shown = m_sight.urgentPlan();
    if (!shown) {
        return {};
    }
    const auto& plan = shown->plan;
    const auto total = plan.steps.size();
    const auto place = plan.allStepsDone() ? words(idOf(plan.status)).toLower()
                                           : QString("step %1 of %2").arg(plan.currentStepIndex() + 1).arg(total);
    auto text = QString("%1 · %2 · %3").arg(plan.id.text(), place, growingSpan(m_sight.now - plan.startedAt));
    if (const auto others = m_sight.otherPlans(); !others.isEmpty()) {
        text += " · " + others;
    }
    // The band speaks of the plan on the page; this one may be something else.
    return bandOf(plan.pins) == band() ? text : nameOf(bandOf(plan.pins)) + ": " + text;
}

QString FrameViewModel::clock() const
{
    return QDateTime::fromMSecsSinceEpoch(m_sight.now.time_since_epoch().count()).toString("HH:mm:ss t");
}

QString FrameViewModel::person() const
{
    const auto* known = personHere();
    if (known != nullptr && !known->name.isEmpty()) {
        return known->name;
    }
    return m_sight.actor ? m_sight.actor->id.text() : QString();
}

const Operator* FrameViewModel::personHere() const
{
    const auto& people = m_sight.store.operators;
    const auto known = m_sight.actor ? std::ranges::find(people, m_sight.actor->id, &Operator::id) : people.end();
    return known == people.end() ? nullptr : &*known;
}

QString FrameViewModel::borrowed() const
{
    const auto* known = personHere();
    const auto roles = known != nullptr ? known->temporaryAt(m_sight.now) : QList<TemporaryRole>();
    QStringList parts;
    for (const auto& role : roles) {
        parts.append(inWords(role, m_sight.now));
    }
    return parts.join(" · ");
}

QString FrameViewModel::storeText() const
{
    switch (m_sight.store.state) {
    case StoreState::Ready:
        return QString("Journal sound · %1 records").arg(m_sight.store.records);
    case StoreState::ReadOnly:
        return QString("Read-only · %1 records").arg(m_sight.store.records);
    case StoreState::Opening:
        return "Opening the store …";
    case StoreState::Absent:
        return "No store";
    default:
        return m_sight.store.trouble;
    }
}

Tone::Value FrameViewModel::storeTone() const
{
    return toneOf(m_sight.store.state);
}

void FrameViewModel::show(const Sight& sight)
{
    m_sight = sight;
    const auto* shown = sight.urgentPlan();
    m_guidance = shown ? guidanceFor(*shown, sight.actor, sight.now) : Guidance();
    const auto state = sight.store.state;
    const auto* const waiting = shown ? nullptr : waitingIncidentOf(sight.store);
    m_waiting = waiting ? waiting->id : IncidentId();
    if (!shown && (state == StoreState::Ready || state == StoreState::ReadOnly)) {
        m_guidance = withoutPlan();
    }
    if (auto now = facts(); now != m_facts) {
        m_facts = std::move(now);
        Q_EMIT changed();
    }
    Q_EMIT ticked();
}

Guidance FrameViewModel::withoutPlan() const
{
    if (const auto* waiting = waitingIncidentOf(m_sight.store)) {
        return {.deed = Deed::TakeIncident,
                .text = waiting->id.text() + " has no plan yet",
                .hint = waiting->title + ". A plan is started from one of its procedures."};
    }
    if (const auto proposed = m_sight.store.proposals.size(); proposed > 0) {
        return {.deed = Deed::LookAtProposals,
                .text = proposed == 1 ? QString("An incident is proposed")
                                      : QString("%1 incidents are proposed").arg(proposed),
                .hint = m_sight.store.proposals.first().title + ". Open it, or dismiss it with a reason."};
    }
    return {.hint = "No plan is open. A plan is started from an incident."};
}

FrameViewModel::Facts FrameViewModel::facts() const
{
    return {network(),  band(),   title(),    systemsText(), systemsTone(), planId(),
            guidance(), person(), borrowed(), storeText(),   storeTone()};
}

} // namespace rc::ui
