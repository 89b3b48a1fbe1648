// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/overview_view_model.h"
#include "ui/console/guidance.h"
#include "ui/words/words.h"

#include <QDateTime>

#include <algorithm>

namespace rc::ui {
namespace {

QString localTime(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count()).toString("yyyy-MM-dd HH:mm:ss");
}

QString joined(const QList<SystemId>& ids)
{
    QStringList texts;
    for (const auto& id : ids) {
        texts.append(id.text());
    }
    return texts.join(", ");
}

IncidentRow rowOf(const Incident& incident, const StoreView& store)
{
    IncidentRow row;
    row.key = incident.id.text();
    row.title = incident.title;
    row.type = words(idOf(incident.type));
    row.severity = words(idOf(incident.severity));
    row.status = words(idOf(incident.status));
    row.systems = joined(incident.systems);
    row.since = localTime(incident.openedAt);
    row.open = incident.status != IncidentStatus::Closed;
    const auto plan = std::ranges::find(store.plans, incident.id, &PlanStore::Summary::incident);
    row.planId = plan == store.plans.end() ? QString() : plan->id.text();
    return row;
}

IncidentRow rowOf(const Proposal& proposal)
{
    IncidentRow row;
    row.key = proposal.fingerprint;
    row.title = proposal.title;
    row.type = words(idOf(proposal.type));
    row.severity = words(idOf(proposal.severity));
    row.status = "Proposed";
    row.systems = joined(proposal.systems);
    row.since = localTime(proposal.firstSeen);
    row.evidence = proposal.evidence;
    return row;
}

PlanRow rowOf(const ShownPlan& shown, const Sight& sight)
{
    const auto& plan = shown.plan;
    const auto guidance = guidanceFor(shown, sight.actor, sight.now);
    return {plan.id.text(),
            plan.procedure.name + (plan.pins.rehearsal ? QString(" · REHEARSAL") : QString()),
            plan.pins.incident.id.text(),
            words(idOf(plan.status)),
            toneOf(plan.status),
            guidance.text.isEmpty() ? guidance.hint : guidance.text};
}

} // namespace

OverviewViewModel::OverviewViewModel(EngineThread& engine, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
{
}

void OverviewViewModel::showStore(const StoreView& store)
{
    QList<IncidentRow> proposals;
    for (const auto& proposal : store.proposals) {
        proposals.append(rowOf(proposal));
    }
    m_proposals.replace(proposals);
    QList<IncidentRow> incidents;
    for (const auto& incident : store.incidents) {
        incidents.append(rowOf(incident, store));
    }
    std::ranges::stable_sort(incidents, {}, [](const IncidentRow& row) { return !row.open; });
    m_incidents.replace(incidents);
    m_loading = store.state == StoreState::Opening;
    Q_EMIT changed();
}

void OverviewViewModel::show(const Sight& sight)
{
    m_systems.replace(worstFirst(systemRows(sight)));
    QList<PlanRow> plans;
    for (const auto* plan : sight.openPlans()) {
        plans.append(rowOf(*plan, sight));
    }
    m_plans.replace(plans);
    auto trouble = sight.systems.trouble;
    if (const auto silence = sight.silence(); sight.stale() && !silence.isEmpty()) {
        trouble = "Nothing has been heard of the systems for " + silence + ". This is the last that was known.";
    }
    if (trouble != m_systemsTrouble) {
        m_systemsTrouble = trouble;
        Q_EMIT changed();
    }
}

void OverviewViewModel::describe(const Sight& sight, const IncidentId& id, IncidentRow& row)
{
    const auto incident = std::ranges::find(sight.store.incidents, id, &Incident::id);
    if (incident != sight.store.incidents.end()) {
        row = rowOf(*incident, sight.store);
    }
}

void OverviewViewModel::confirm(const QString& proposal)
{
    setTrouble({});
    m_engine.ask([proposal](Engine& engine) { return engine.confirmProposal(proposal); })
        .then(this, [this](const Result<Incident>& incident) {
            if (!incident) {
                return setTrouble(incident.error().message);
            }
            Q_EMIT opened(incident->id.text());
        });
}

void OverviewViewModel::dismiss(const QString& proposal, const QString& reason)
{
    setTrouble({});
    m_engine.ask([proposal, reason](Engine& engine) { return engine.dismissProposal(proposal, reason); })
        .then(this, [this](const Status& dismissed) {
            if (!dismissed) {
                setTrouble(dismissed.error().message);
            }
        });
}

void OverviewViewModel::clearTrouble()
{
    setTrouble({});
}

void OverviewViewModel::setTrouble(const QString& sentence)
{
    if (sentence != m_trouble) {
        m_trouble = sentence;
        Q_EMIT changed();
    }
}

} // namespace rc::ui
