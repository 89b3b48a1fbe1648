// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/identity/identity_service.h"
#include "model/health/proposal.h"

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
    /// What is known of it by now; a plan that is open keeps what it was started with. What mayAmend() says;
    /// InvalidInput without a reason.
    [[nodiscard]] Result<Incident> amend(const SecurityContext& context, const IncidentId& id,
                                         const IncidentAmendment& amendment, const QString& reason);
    /// What mayClose() says, of the plans that are open when it is written; InvalidInput without a reason.
    [[nodiscard]] Result<Incident> close(const SecurityContext& context, const IncidentId& id, const QString& reason);
    /// The event that goes along when a plan changes the incident's status.
    [[nodiscard]] static NewEvent statusChange(const IncidentId& id, IncidentStatus status, const QString& reason);

    /// Proposals that nobody has confirmed or dismissed, and that are not in hand: an incident of their type that
    /// names all their systems is being recovered from.
    [[nodiscard]] Result<QList<Proposal>> proposals();
    /// What a look at the systems would change among the proposals.
    struct News
    {
        /// Not waiting, not dismissed, and without an incident that is still open.
        QList<Proposal> proposals;
        /// Fingerprints that were dismissed, or that an incident is about which somebody opened on their own, and that
        /// are gone now: when they come back they are proposed again.
        QStringList over;
        /// Of the stream of proposals, as looked at.
        qint64 revision = 0;

        [[nodiscard]] bool isEmpty() const { return proposals.isEmpty() && over.isEmpty(); }
    };
    /// `found` is all that the health of `systems` suggests; what was not looked for is not gone.
    [[nodiscard]] Result<News> newsIn(const QList<Proposal>& found, const QList<SystemHealth>& systems);
    /// Journals them under the device's key. Conflict if somebody else has changed the proposals since they were looked
    /// at.
    [[nodiscard]] Status propose(const News& news, Signer& device);
    /// The same of what is news now, and returns the new proposals.
    [[nodiscard]] Result<QList<Proposal>> propose(const QList<Proposal>& found, const QList<SystemHealth>& systems,
                                                  Signer& device);
    /// Opens an incident of a proposal. NotFound; WrongState if somebody has confirmed or dismissed it; mayOpen().
    [[nodiscard]] Result<Incident> confirm(const SecurityContext& context, const QString& fingerprint,
                                           std::optional<Timestamp> since);
    /// NotFound, WrongState, InvalidInput without a reason, PermissionDenied.
    [[nodiscard]] Status dismiss(const SecurityContext& context, const QString& fingerprint, const QString& reason);

private:
    /// Opens the incident together with what is in the append, once.
    [[nodiscard]] Result<Incident> openAfter(const SecurityContext& context, Incident incident, Append act);
    [[nodiscard]] Result<Incident> closeOnce(const SecurityContext& context, const IncidentId& id,
                                             const QString& reason);
    /// A proposal that was ever made, and what became of it: proposed, confirmed, dismissed, over.
    struct Known
    {
        QString state;
        Proposal proposal;
    };
    [[nodiscard]] Result<QHash<QString, Known>> knownProposals();
    [[nodiscard]] Result<Proposal> waiting(const QString& fingerprint);

    Journal& m_journal;
    IdentityService& m_identity;
};

} // namespace rc
