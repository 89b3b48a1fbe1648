// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/incident_register.h"

#include "backend/recovery/plan_store.h"
#include "backend/recovery/streams.h"
#include "model/incident/dismissal.h"

#include <QSet>

#include <algorithm>

namespace rc {
namespace {

constexpr int MaximumAttempts = 20;

Incident incidentFrom(const QVariant& body, const QVariant& status)
{
    auto incident = incidentFromJson(QJsonDocument::fromJson(body.toString().toUtf8()).object());
    incident.status = fromId<IncidentStatus>(status.toString()).value_or(incident.status);
    return incident;
}

Proposal proposalFrom(const QVariant& body)
{
    return proposalFromJson(QJsonDocument::fromJson(body.toString().toUtf8()).object());
}

/// Looks and acts again when somebody else wrote in between, so that the answer is about what is there now.
template <class Act>
auto settled(Act act)
{
    auto done = act();
    for (int i = 1; i < MaximumAttempts && !done && done.error().code == ErrorCode::Conflict; ++i) {
        done = act();
    }
    return done;
}

bool isAbout(const Incident& incident, const Proposal& proposal)
{
    return incident.type == proposal.type && !proposal.systems.isEmpty() &&
           std::ranges::all_of(proposal.systems,
                               [&](const SystemId& system) { return incident.systems.contains(system); });
}

/// An incident of its type that names all its systems is being recovered from. After that, what is found is news.
bool isInHand(const Proposal& proposal, const Incident& incident)
{
    return incident.status < IncidentStatus::Monitoring && isAbout(incident, proposal);
}

/// Somebody has dealt with it since it was proposed, without confirming it: they opened an incident of their own.
bool isDealtWith(const Proposal& proposal, const Incident& incident)
{
    return isAbout(incident, proposal) &&
           (incident.status != IncidentStatus::Closed || incident.openedAt >= proposal.firstSeen);
}

} // namespace

Result<QList<Incident>> IncidentRegister::list()
{
    QList<Incident> incidents;
    const auto read = m_journal.sql().each("SELECT body, status FROM incidents ORDER BY number DESC", {},
                                           [&](const QSqlQuery& row) -> Status {
                                               incidents.append(incidentFrom(row.value(0), row.value(1)));
                                               return {};
                                           });
    if (!read) {
        return std::unexpected(read.error());
    }
    return incidents;
}

Result<Incident> IncidentRegister::find(const IncidentId& id)
{
    const auto row = m_journal.sql().first("SELECT body, status FROM incidents WHERE id = ?", {id.text()});
    if (!row) {
        return std::unexpected(row.error());
    }
    if (row->isEmpty()) {
        return fail(ErrorCode::NotFound, QString("There is no incident %1.").arg(id.text()));
    }
    return incidentFrom(row->at(0), row->at(1));
}

Result<Incident> IncidentRegister::open(const SecurityContext& context, Incident incident)
{
    // The number is taken when the row is written; whoever loses the race takes the next one.
    return settled([&] { return openAfter(context, incident, {}); });
}

Result<Incident> IncidentRegister::openAfter(const SecurityContext& context, Incident incident, Append act)
{
    incident.openedAt = m_journal.now();
    incident.openedBy = context.operatorId;
    incident.status = IncidentStatus::Open;
    if (const auto allowed = mayOpen(incident, context.actor(), incident.openedAt); !allowed) {
        return m_identity.refuse(context, allowed.error());
    }
    const auto row = m_journal.sql().first("SELECT COALESCE(MAX(number), 0) + 1 FROM incidents");
    if (!row) {
        return std::unexpected(row.error());
    }
    incident.id = IncidentId(QString("INC-%1").arg(row->first().toInt()));
    const QString stream = stream::incident(incident.id);
    act.events.prepend({stream, kind::IncidentOpened, toJson(incident)});
    act.expected.insert(stream, 0);
    const auto written = m_journal.append(act, *context.session);
    return written ? Result<Incident>(incident) : std::unexpected(written.error());
}

Result<Incident> IncidentRegister::amend(const SecurityContext& context, const IncidentId& id,
                                         const IncidentAmendment& amendment, const QString& reason)
{
    return settled([&]() -> Result<Incident> {
        if (reason.trimmed().isEmpty()) {
            return fail(ErrorCode::InvalidInput, "The reason for the change is missing.");
        }
        const auto revision = m_journal.revision(stream::incident(id));
        const auto before = find(id);
        if (!revision || !before) {
            return std::unexpected(!revision ? revision.error() : before.error());
        }
        const auto after = amended(*before, amendment);
        if (const auto allowed = mayAmend(*before, after, context.actor(), m_journal.now()); !allowed) {
            return m_identity.refuse(context, allowed.error());
        }
        auto body = toJson(amendment);
        body["reason"] = reason;
        const Append act{
            {{stream::incident(id), kind::IncidentAmended, body}}, {{stream::incident(id), *revision}}, {}};
        const auto written = m_journal.append(act, *context.session);
        return written ? Result<Incident>(after) : std::unexpected(written.error());
    });
}

Result<Incident> IncidentRegister::close(const SecurityContext& context, const IncidentId& id, const QString& reason)
{
    return settled([&] { return closeOnce(context, id, reason); });
}

Result<Incident> IncidentRegister::closeOnce(const SecurityContext& context, const IncidentId& id,
                                             const QString& reason)
{
    if (reason.trimmed().isEmpty()) {
        return fail(ErrorCode::InvalidInput, "The reason for closing is missing.");
    }
    // The revision first: a plan that starts from here on makes the append a conflict.
    const auto revision = m_journal.revision(stream::incident(id));
    auto incident = find(id);
    const auto plans = PlanStore(m_journal).openPlansOf(id);
    if (!revision || !incident || !plans) {
        return std::unexpected(!revision ? revision.error() : !incident ? incident.error() : plans.error());
    }
    if (const auto allowed = mayClose(*incident, !plans->isEmpty(), context.actor()); !allowed) {
        return m_identity.refuse(context, allowed.error());
    }
    const Append act{{statusChange(id, IncidentStatus::Closed, reason)}, {{stream::incident(id), *revision}}, {}};
    if (const auto written = m_journal.append(act, *context.session); !written) {
        return std::unexpected(written.error());
    }
    incident->status = IncidentStatus::Closed;
    return incident;
}

NewEvent IncidentRegister::statusChange(const IncidentId& id, IncidentStatus status, const QString& reason)
{
    return {stream::incident(id), kind::IncidentStatusChanged,
            QJsonObject{{"status", QString(idOf(status))}, {"reason", reason}}};
}

Result<QList<Proposal>> IncidentRegister::proposals()
{
    QList<Proposal> proposals;
    const auto read = m_journal.sql().each("SELECT body FROM proposals WHERE state = 'proposed' ORDER BY fingerprint",
                                           {}, [&](const QSqlQuery& row) -> Status {
                                               proposals.append(proposalFrom(row.value(0)));
                                               return {};
                                           });
    const auto incidents = read && !proposals.isEmpty() ? list() : Result<QList<Incident>>();
    if (!read || !incidents) {
        return std::unexpected(!read ? read.error() : incidents.error());
    }
    proposals.removeIf([&](const Proposal& proposal) {
        return std::ranges::any_of(*incidents, [&](const Incident& incident) { return isInHand(proposal, incident); });
    });
    return proposals;
}

Result<QHash<QString, IncidentRegister::Known>> IncidentRegister::knownProposals()
{
    QHash<QString, Known> known;
    const auto read =
        m_journal.sql().each("SELECT fingerprint, state, body FROM proposals", {}, [&](const QSqlQuery& row) -> Status {
            known.insert(row.value(0).toString(), {row.value(1).toString(), proposalFrom(row.value(2))});
            return {};
        });
    return read ? Result<QHash<QString, Known>>(known) : std::unexpected(read.error());
}

Result<IncidentRegister::News> IncidentRegister::newsIn(const QList<Proposal>& found,
                                                        const QList<SystemHealth>& systems)
{
    News news;
    const auto revision = m_journal.revision(stream::Proposals);
    const auto known = knownProposals();
    const bool waits =
        known && std::ranges::any_of(*known, [](const Known& proposal) { return proposal.state == "proposed"; });
    const auto incidents = found.isEmpty() && !waits ? Result<QList<Incident>>() : list();
    if (!revision || !known || !incidents) {
        return std::unexpected(!revision ? revision.error() : !known ? known.error() : incidents.error());
    }
    news.revision = *revision;
    QSet<QString> settled;
    for (const auto& incident : *incidents) {
        if (incident.status != IncidentStatus::Closed) {
            settled.insert(incident.fingerprint);
        }
    }
    QSet<QString> present;
    for (const auto& proposal : found) {
        present.insert(proposal.fingerprint);
        const QString state = known->value(proposal.fingerprint).state;
        if (state != "proposed" && state != "dismissed" && !settled.contains(proposal.fingerprint)) {
            news.proposals.append(proposal);
        }
    }
    for (auto it = known->begin(); it != known->end(); ++it) {
        const bool dealtWith =
            it->state == "dismissed" ||
            (it->state == "proposed" && std::ranges::any_of(*incidents, [&](const Incident& incident) {
                 return isDealtWith(it->proposal, incident);
             }));
        if (dealtWith && !present.contains(it.key()) && wasLookedFor(it->proposal, systems)) {
            news.over.append(it.key());
        }
    }
    return news;
}

Status IncidentRegister::propose(const News& news, Signer& device)
{
    if (news.isEmpty()) {
        return {};
    }
    Append act{{}, {{stream::Proposals, news.revision}}, {}};
    for (const auto& proposal : news.proposals) {
        act.events.append({stream::Proposals, kind::IncidentProposed, toJson(proposal)});
    }
    for (const auto& fingerprint : news.over) {
        act.events.append({stream::Proposals, kind::ProposalOver, QJsonObject{{"fingerprint", fingerprint}}});
    }
    const auto written = m_journal.append(act, device);
    return written ? Status() : std::unexpected(written.error());
}

Result<QList<Proposal>> IncidentRegister::propose(const QList<Proposal>& found, const QList<SystemHealth>& systems,
                                                  Signer& device)
{
    return settled([&]() -> Result<QList<Proposal>> {
        const auto news = newsIn(found, systems);
        const auto written = news ? propose(*news, device) : std::unexpected(news.error());
        return written ? Result<QList<Proposal>>(news->proposals) : std::unexpected(written.error());
    });
}

Result<Proposal> IncidentRegister::waiting(const QString& fingerprint)
{
    const auto row = m_journal.sql().first("SELECT state, body FROM proposals WHERE fingerprint = ?", {fingerprint});
    if (!row) {
        return std::unexpected(row.error());
    }
    if (row->isEmpty()) {
        return fail(ErrorCode::NotFound, QString("There is no proposal with the fingerprint %1.").arg(fingerprint));
    }
    if (row->first().toString() != "proposed") {
        return fail(ErrorCode::WrongState, QString("The proposal %1 does not wait any more; somebody has confirmed or "
                                                   "dismissed it.")
                                               .arg(fingerprint));
    }
    return proposalFrom(row->at(1));
}

Result<Incident> IncidentRegister::confirm(const SecurityContext& context, const QString& fingerprint,
                                           std::optional<Timestamp> since)
{
    return settled([&]() -> Result<Incident> {
        const auto revision = m_journal.revision(stream::Proposals);
        const auto proposal = waiting(fingerprint);
        if (!revision || !proposal) {
            return std::unexpected(!revision ? revision.error() : proposal.error());
        }
        Incident incident;
        incident.type = proposal->type;
        incident.severity = proposal->severity;
        incident.title = proposal->title;
        incident.systems = proposal->systems;
        incident.fingerprint = fingerprint;
        incident.compromisedSince = since.value_or(proposal->firstSeen);
        incident.containedAt = m_journal.now();
        const QJsonObject body{{"fingerprint", fingerprint}};
        return openAfter(context, incident,
                         {{{stream::Proposals, kind::ProposalConfirmed, body}}, {{stream::Proposals, *revision}}, {}});
    });
}

Status IncidentRegister::dismiss(const SecurityContext& context, const QString& fingerprint, const QString& reason)
{
    if (reason.trimmed().isEmpty()) {
        return fail(ErrorCode::InvalidInput, "The reason for dismissing is missing.");
    }
    if (const auto allowed = mayDismiss(context.actor()); !allowed) {
        return m_identity.refuse(context, allowed.error());
    }
    return settled([&]() -> Status {
        const auto revision = m_journal.revision(stream::Proposals);
        const auto proposal = waiting(fingerprint);
        if (!revision || !proposal) {
            return std::unexpected(!revision ? revision.error() : proposal.error());
        }
        const QJsonObject body{{"fingerprint", fingerprint}, {"reason", reason}};
        const auto written = m_journal.append(
            {{{stream::Proposals, kind::ProposalDismissed, body}}, {{stream::Proposals, *revision}}, {}},
            *context.session);
        return written ? Status() : std::unexpected(written.error());
    });
}

} // namespace rc
