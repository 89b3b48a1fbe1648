// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/incident_register.h"

#include "backend/recovery/streams.h"

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

} // namespace

Status IncidentRegister::denied(const SecurityContext& context, const Error& error)
{
    if (error.code == ErrorCode::PermissionDenied) {
        if (const auto recorded = m_identity.recordDenial(*context.session, error.message, {}); !recorded) {
            return recorded;
        }
    }
    return std::unexpected(error);
}

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
    incident.openedAt = m_journal.now();
    incident.openedBy = context.operatorId;
    incident.status = IncidentStatus::Open;
    if (const auto allowed = mayOpen(incident, context.actor(), incident.openedAt); !allowed) {
        return std::unexpected(denied(context, allowed.error()).error());
    }
    // The number is taken when the row is written; whoever loses the race takes the next one.
    for (int attempt = 0;; ++attempt) {
        const auto row = m_journal.sql().first("SELECT COALESCE(MAX(number), 0) + 1 FROM incidents");
        if (!row) {
            return std::unexpected(row.error());
        }
        incident.id = IncidentId(QString("INC-%1").arg(row->first().toInt()));
        const QString stream = stream::incident(incident.id);
        const auto written =
            m_journal.append({{{stream, kind::IncidentOpened, toJson(incident)}}, {{stream, 0}}, {}}, *context.session);
        if (written) {
            return incident;
        }
        if (written.error().code != ErrorCode::Conflict || attempt >= MaximumAttempts) {
            return std::unexpected(written.error());
        }
    }
}

Result<Incident> IncidentRegister::close(const SecurityContext& context, const IncidentId& id, bool planOpen,
                                         const QString& reason)
{
    auto incident = find(id);
    if (!incident) {
        return incident;
    }
    if (const auto allowed = mayClose(*incident, planOpen, context.actor()); !allowed) {
        return std::unexpected(denied(context, allowed.error()).error());
    }
    const auto written =
        m_journal.append({{statusChange(id, IncidentStatus::Closed, reason)}, {}, {}}, *context.session);
    if (!written) {
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
    if (!read) {
        return std::unexpected(read.error());
    }
    return proposals;
}

Result<QString> IncidentRegister::proposalState(const QString& fingerprint)
{
    const auto row = m_journal.sql().first("SELECT state FROM proposals WHERE fingerprint = ?", {fingerprint});
    if (!row) {
        return std::unexpected(row.error());
    }
    return row->isEmpty() ? QString() : row->first().toString();
}

Result<bool> IncidentRegister::hasOpenIncident(const QString& fingerprint)
{
    const auto incidents = list();
    if (!incidents) {
        return std::unexpected(incidents.error());
    }
    return std::ranges::any_of(*incidents, [&](const Incident& incident) {
        return incident.fingerprint == fingerprint && incident.status != IncidentStatus::Closed;
    });
}

Result<QList<Proposal>> IncidentRegister::propose(const QList<Proposal>& found, Signer& device)
{
    QList<Proposal> written;
    for (const auto& proposal : found) {
        const auto state = proposalState(proposal.fingerprint);
        const auto open = hasOpenIncident(proposal.fingerprint);
        if (!state || !open) {
            return std::unexpected(!state ? state.error() : open.error());
        }
        if (*state == "proposed" || *open) {
            continue;
        }
        const auto revision = m_journal.revision(stream::Proposals);
        if (!revision) {
            return std::unexpected(revision.error());
        }
        const auto appended = m_journal.append(
            {{{stream::Proposals, kind::IncidentProposed, toJson(proposal)}}, {{stream::Proposals, *revision}}, {}},
            device);
        if (appended) {
            written.append(proposal);
        } else if (appended.error().code != ErrorCode::Conflict) {
            return std::unexpected(appended.error());
        }
    }
    return written;
}

Result<Incident> IncidentRegister::confirm(const SecurityContext& context, const QString& fingerprint,
                                           std::optional<Timestamp> since)
{
    const auto waiting = proposals();
    if (!waiting) {
        return std::unexpected(waiting.error());
    }
    const auto proposal = std::ranges::find(*waiting, fingerprint, &Proposal::fingerprint);
    if (proposal == waiting->end()) {
        return fail(ErrorCode::NotFound, QString("No proposal with the fingerprint %1 waits.").arg(fingerprint));
    }
    Incident incident;
    incident.type = proposal->type;
    incident.severity = proposal->severity;
    incident.title = proposal->title;
    incident.systems = proposal->systems;
    incident.fingerprint = fingerprint;
    incident.compromisedSince = since.value_or(proposal->firstSeen);
    incident.containedAt = m_journal.now();
    return open(context, incident);
}

Status IncidentRegister::dismiss(const SecurityContext& context, const QString& fingerprint, const QString& reason)
{
    const auto state = proposalState(fingerprint);
    if (!state) {
        return std::unexpected(state.error());
    }
    if (*state != "proposed") {
        return fail(ErrorCode::NotFound, QString("No proposal with the fingerprint %1 waits.").arg(fingerprint));
    }
    if (reason.trimmed().isEmpty()) {
        return fail(ErrorCode::InvalidInput, "The reason for dismissing is missing.");
    }
    static const QList<Role> roles{Role::IncidentCommander, Role::SecurityAnalyst};
    if (const auto allowed = m_identity.require(context, roles, "Dismissing a proposal"); !allowed) {
        return allowed;
    }
    const auto written = m_journal.append(
        {{{stream::Proposals, kind::ProposalDismissed, QJsonObject{{"fingerprint", fingerprint}, {"reason", reason}}}},
         {},
         {}},
        *context.session);
    return written ? Status() : std::unexpected(written.error());
}

} // namespace rc
