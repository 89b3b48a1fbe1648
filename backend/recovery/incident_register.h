// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/identity/identity_service.h"
#include "model/incident/incident.h"

namespace rc {

/// Incidents, and the proposals of the health monitor that may become incidents.
class IncidentRegister
{
public:
    IncidentRegister(Journal& journal, IdentityService& identity)
        : m_journal(journal)
        , m_identity(identity)
    {
    }

    /// Newest first.
    [[nodiscard]] Result<QList<Incident>> list();
    /// NotFound if there is no such incident.
    [[nodiscard]] Result<Incident> find(const IncidentId& id);
    /// Gives the incident its id and writes it. What mayOpen() says.
    [[nodiscard]] Result<Incident> open(const SecurityContext& context, Incident incident);
    /// What mayClose() says; `planOpen` comes from the caller.
    [[nodiscard]] Result<Incident> close(const SecurityContext& context, const IncidentId& id, bool planOpen,
                                         const QString& reason);
    /// The event that goes along when a plan changes the incident's status.
    [[nodiscard]] static NewEvent statusChange(const IncidentId& id, IncidentStatus status, const QString& reason);

    /// Proposals that nobody has confirmed or dismissed.
    [[nodiscard]] Result<QList<Proposal>> proposals();
    /// Journals, under the device's key, the proposals that are new; one that is proposed, or belongs to an incident
    /// that is still open, is not written again. Returns those written.
    [[nodiscard]] Result<QList<Proposal>> propose(const QList<Proposal>& found, Signer& device);
    [[nodiscard]] Result<Incident> confirm(const SecurityContext& context, const QString& fingerprint,
                                           std::optional<Timestamp> since);
    [[nodiscard]] Status dismiss(const SecurityContext& context, const QString& fingerprint, const QString& reason);

private:
    [[nodiscard]] Result<QString> proposalState(const QString& fingerprint);
    [[nodiscard]] Result<bool> hasOpenIncident(const QString& fingerprint);
    [[nodiscard]] Status denied(const SecurityContext& context, const Error& error);

    Journal& m_journal;
    IdentityService& m_identity;
};

} // namespace rc
