// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/people/actor.h"
#include "model/procedure/procedure.h"

namespace rc {

/// The seed's SecurityIncident: a security event of a type, with the window in which things may have been altered.
struct Incident
{
    IncidentId id;
    IncidentType type = IncidentType::StateCorruption;
    Severity severity = Severity::High;
    QString title;
    IncidentStatus status = IncidentStatus::Open;
    Timestamp compromisedSince;
    /// Nothing while the incident is not contained; a plan starts only after that.
    std::optional<Timestamp> containedAt;
    Timestamp openedAt;
    OperatorId openedBy;
    QList<SystemId> systems;
    /// Of the proposal it came from; empty if a person saw it first.
    QString fingerprint;

    friend bool operator==(const Incident&, const Incident&) = default;
};

[[nodiscard]] QJsonObject toJson(const Incident& incident);
[[nodiscard]] Incident incidentFromJson(const QJsonObject& object);

/// Opening an incident: a title, a window that makes sense, and a person who may (any role but the observers).
[[nodiscard]] Status mayOpen(const Incident& incident, const Actor& actor, Timestamp now);

/// What is known of an incident by now that was not when it was opened; nothing where it is as it was.
struct IncidentAmendment
{
    std::optional<QString> title = {};
    std::optional<Severity> severity = {};
    std::optional<Timestamp> compromisedSince = {};
    std::optional<Timestamp> containedAt = {};
    std::optional<QList<SystemId>> systems = {};
};

/// The members of the incident's JSON that change.
[[nodiscard]] QJsonObject toJson(const IncidentAmendment& amendment);
[[nodiscard]] Incident amended(Incident incident, const IncidentAmendment& amendment);
/// Changing one that is not closed: what mayOpen() says of how it is then; InvalidInput if it would be as it is.
[[nodiscard]] Status mayAmend(const Incident& before, const Incident& after, const Actor& actor, Timestamp now);
/// Closing one: an incident commander, and no plan open.
[[nodiscard]] Status mayClose(const Incident& incident, bool planOpen, const Actor& actor);

/// What the health monitor proposes. A person makes it an incident, or dismisses it with a reason.
struct Proposal
{
    /// Stable for the same kind of trouble on the same systems, so that it is proposed once.
    QString fingerprint;
    IncidentType type = IncidentType::StateCorruption;
    Severity severity = Severity::High;
    QString title;
    QList<SystemId> systems;
    Timestamp firstSeen;
    QString evidence;

    friend bool operator==(const Proposal&, const Proposal&) = default;
};

[[nodiscard]] QJsonObject toJson(const Proposal& proposal);
[[nodiscard]] Proposal proposalFromJson(const QJsonObject& object);

} // namespace rc
