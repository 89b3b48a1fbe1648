// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/overview_view_model.h"
#include "model/incident/dismissal.h"
#include "ui/console/guidance.h"
#include "ui/words/words.h"

#include <algorithm>

namespace rc::ui {
namespace {

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
    row.since = localDayAndTime(incident.openedAt);
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
    row.since = localDayAndTime(proposal.firstSeen);
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
    m_storeState = store.state;
    m_storeTrouble = store.trouble;
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
    m_actor = sight.actor;
    const auto before = std::pair(m_confirmReason, m_dismissReason);
    judge();
    if (trouble != m_systemsTrouble || before != std::pair(m_confirmReason, m_dismissReason)) {
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

int OverviewViewModel::begin()
{
    ++m_onTheirWay;
    m_trouble.clear();
    judge();
    Q_EMIT changed();
    return ++m_lastAct;
}

void OverviewViewModel::settleLater(int act, const QString& refusal)
{
    // An answer may be there at once: whoever asked has to know the number of the act first.
    QMetaObject::invokeMethod(this, [this, act, refusal] { settle(act, refusal); }, Qt::QueuedConnection);
}

void OverviewViewModel::settle(int act, const QString& refusal)
{
    --m_onTheirWay;
    m_trouble = refusal;
    judge();
    Q_EMIT changed();
    Q_EMIT answered(act, refusal);
}

int OverviewViewModel::confirm(const QString& proposal)
{
    const int act = begin();
    m_engine.ask([proposal](Engine& engine) { return engine.confirmProposal(proposal); })
        .then(this, [this, act](const Result<Incident>& incident) {
            settleLater(act, incident ? QString() : incident.error().message);
            if (incident) {
                Q_EMIT opened(incident->id.text());
            }
        });
    return act;
}

int OverviewViewModel::dismiss(const QString& proposal, const QString& reason)
{
    const int act = begin();
    m_engine.ask([proposal, reason](Engine& engine) { return engine.dismissProposal(proposal, reason); })
        .then(this, [this, act](const Status& dismissed) {
            settleLater(act, dismissed ? QString() : dismissed.error().message);
        });
    return act;
}

void OverviewViewModel::judge()
{
    if (m_onTheirWay > 0) {
        m_confirmReason = m_dismissReason = "An answer is being recorded.";
        return;
    }
    if (!m_actor) {
        m_confirmReason = m_dismissReason = "Sign in first.";
        return;
    }
    // What the monitor proposes has a title and times; what may be missing is a role.
    Incident proposed;
    proposed.title = "a proposal";
    const auto mayConfirm = mayOpen(proposed, *m_actor, {});
    const auto may = mayDismiss(*m_actor);
    m_confirmReason = mayConfirm ? QString() : mayConfirm.error().message;
    m_dismissReason = may ? QString() : may.error().message;
}

QString OverviewViewModel::storeText() const
{
    switch (m_storeState) {
    case StoreState::Opening:
        return "Looking …";
    case StoreState::Absent:
    case StoreState::Ready:
    case StoreState::ReadOnly:
        return {};
    default:
        return "It is not known: " + m_storeTrouble;
    }
}

QString OverviewViewModel::noSystems() const
{
    const auto unknown = storeText();
    return unknown.isEmpty() ? QString("No system is known yet. An inventory file names them.") : unknown;
}

QString OverviewViewModel::noIncidents() const
{
    const auto unknown = storeText();
    return unknown.isEmpty() ? QString("No incident has been opened.") : unknown;
}

void OverviewViewModel::clearTrouble()
{
    if (!m_trouble.isEmpty()) {
        m_trouble.clear();
        Q_EMIT changed();
    }
}

} // namespace rc::ui
