// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/incident/incident.h"

#include <algorithm>

namespace rc {

QJsonObject toJson(const Incident& incident)
{
    return {
        {"id", incident.id.text()},
        {"type", QString(idOf(incident.type))},
        {"severity", QString(idOf(incident.severity))},
        {"title", incident.title},
        {"status", QString(idOf(incident.status))},
        {"compromised_since", toRfc3339(incident.compromisedSince)},
        {"contained_at", toJson(incident.containedAt)},
        {"opened_at", toRfc3339(incident.openedAt)},
        {"opened_by", incident.openedBy.text()},
        {"systems", toJson(incident.systems)},
        {"fingerprint", incident.fingerprint},
    };
}

Incident incidentFromJson(const QJsonObject& object)
{
    Incident incident;
    incident.id = IncidentId(object["id"].toString());
    incident.type = enumFromJson(object["type"], IncidentType::StateCorruption);
    incident.severity = enumFromJson(object["severity"], Severity::High);
    incident.title = object["title"].toString();
    incident.status = enumFromJson(object["status"], IncidentStatus::Open);
    incident.compromisedSince = timeFromJson(object["compromised_since"]).value_or(Timestamp());
    incident.containedAt = timeFromJson(object["contained_at"]);
    incident.openedAt = timeFromJson(object["opened_at"]).value_or(Timestamp());
    incident.openedBy = OperatorId(object["opened_by"].toString());
    incident.systems = idsFromJson<SystemId>(object["systems"]);
    incident.fingerprint = object["fingerprint"].toString();
    return incident;
}

namespace {

/// How far another machine's clock may be ahead of ours.
constexpr std::chrono::minutes ClockTolerance{5};

} // namespace

Status mayOpen(const Incident& incident, const Actor& actor, Timestamp now)
{
    static const QList<Role> openers{Role::IncidentCommander, Role::ProtocolLead, Role::NodeOperator,
                                     Role::SecurityAnalyst, Role::CommunicationsLead};
    if (!actor.hasOneOf(openers)) {
        return fail(
            ErrorCode::PermissionDenied,
            QString("Opening or changing an incident needs a role that takes part in recovery; %1 only observes.")
                .arg(actor.id.text()),
            {{"required_roles", toJson(openers)}});
    }
    if (incident.title.trimmed().isEmpty()) {
        return fail(ErrorCode::InvalidInput, "The incident has no title.");
    }
    if (incident.compromisedSince > now + ClockTolerance) {
        return fail(ErrorCode::InvalidInput, "'Compromised since' lies in the future.");
    }
    if (incident.containedAt && *incident.containedAt > now + ClockTolerance) {
        return fail(ErrorCode::InvalidInput,
                    "'Contained at' lies in the future; an incident that is not contained yet is opened without it.");
    }
    // A time given to the second stands for that whole second.
    if (incident.containedAt && *incident.containedAt + std::chrono::seconds(1) <= incident.compromisedSince) {
        return fail(ErrorCode::InvalidInput, "'Contained at' is before 'compromised since'.");
    }
    return {};
}

QJsonObject toJson(const IncidentAmendment& amendment)
{
    QJsonObject json;
    if (amendment.title) {
        json["title"] = *amendment.title;
    }
    if (amendment.severity) {
        json["severity"] = QString(idOf(*amendment.severity));
    }
    if (amendment.compromisedSince) {
        json["compromised_since"] = toRfc3339(*amendment.compromisedSince);
    }
    if (amendment.containedAt) {
        json["contained_at"] = toRfc3339(*amendment.containedAt);
    }
    if (amendment.systems) {
        json["systems"] = toJson(*amendment.systems);
    }
    return json;
}

Incident amended(Incident incident, const IncidentAmendment& amendment)
{
    incident.title = amendment.title.value_or(incident.title);
    incident.severity = amendment.severity.value_or(incident.severity);
    incident.compromisedSince = amendment.compromisedSince.value_or(incident.compromisedSince);
    incident.containedAt = amendment.containedAt ? amendment.containedAt : incident.containedAt;
    incident.systems = amendment.systems.value_or(incident.systems);
    return incident;
}

Status mayAmend(const Incident& before, const Incident& after, const Actor& actor, Timestamp now)
{
    if (before.status == IncidentStatus::Closed) {
        return fail(ErrorCode::WrongState, QString("Incident %1 is closed.").arg(before.id.text()));
    }
    if (after == before) {
        return fail(ErrorCode::InvalidInput, QString("Incident %1 is so already.").arg(before.id.text()));
    }
    return mayOpen(after, actor, now);
}

Status mayClose(const Incident& incident, bool planOpen, const Actor& actor)
{
    if (!actor.has(Role::IncidentCommander)) {
        return fail(ErrorCode::PermissionDenied, "Closing an incident needs the role incident_commander.",
                    {{"required_roles", toJson(QList{Role::IncidentCommander})}});
    }
    if (incident.status == IncidentStatus::Closed) {
        return fail(ErrorCode::WrongState, QString("Incident %1 is closed already.").arg(incident.id.text()));
    }
    if (planOpen) {
        return fail(ErrorCode::WrongState,
                    QString("Incident %1 has an open plan; finish or abort it first.").arg(incident.id.text()));
    }
    return {};
}

QJsonObject toJson(const Proposal& proposal)
{
    return {
        {"fingerprint", proposal.fingerprint},
        {"type", QString(idOf(proposal.type))},
        {"severity", QString(idOf(proposal.severity))},
        {"title", proposal.title},
        {"systems", toJson(proposal.systems)},
        {"first_seen", toRfc3339(proposal.firstSeen)},
        {"evidence", proposal.evidence},
    };
}

Proposal proposalFromJson(const QJsonObject& object)
{
    Proposal proposal;
    proposal.fingerprint = object["fingerprint"].toString();
    proposal.type = enumFromJson(object["type"], IncidentType::StateCorruption);
    proposal.severity = enumFromJson(object["severity"], Severity::High);
    proposal.title = object["title"].toString();
    proposal.systems = idsFromJson<SystemId>(object["systems"]);
    proposal.firstSeen = timeFromJson(object["first_seen"]).value_or(Timestamp());
    proposal.evidence = object["evidence"].toString();
    return proposal;
}

} // namespace rc
