// SPDX-License-Identifier: GPL-3.0-or-later
// What may be written about people, and by whom (docs/journal-format.md, "People").
#include "backend/journal/kinds.h"
#include "backend/journal/people.h"

#include <algorithm>

namespace rc {

namespace {

std::unexpected<Error> denied(const QString& reason)
{
    return fail(ErrorCode::PermissionDenied, reason);
}

Status checkReason(const Record& record)
{
    return record.body["reason"].toString().trimmed().isEmpty() ? fail(ErrorCode::InvalidInput, "A reason is needed.")
                                                                : Status();
}

QString inWords(Milliseconds span)
{
    const auto hours = std::chrono::duration_cast<std::chrono::hours>(span).count();
    return hours % 24 == 0 ? QString("%1 days").arg(hours / 24) : QString("%1 hours").arg(hours);
}

/// What deputies and break-glass have in common: roles that may be lent, an end that is not too far off, a reason.
Status checkLoan(const Record& record, TemporaryKind kind)
{
    const auto listed = record.body["roles"].toArray();
    const auto roles = enumsFromJson<Role>(listed);
    if (roles.isEmpty() || roles.size() != listed.size()) {
        return fail(ErrorCode::InvalidInput, "No role was named that could be had for a time.");
    }
    if (roles.contains(Role::Administrator)) {
        return denied("Nobody is an administrator for a time.");
    }
    const auto until = timeFromJson(record.body["until"]);
    if (!until || *until <= record.time) {
        return fail(ErrorCode::InvalidInput, "A temporary role needs an end that is still to come.");
    }
    if (*until > record.time + longestOf(kind)) {
        return fail(ErrorCode::InvalidInput,
                    QString("%1 ends after %2 at the latest.")
                        .arg(kind == TemporaryKind::Deputy ? QString("What a deputy was lent")
                                                           : QString("What was taken by break-glass"),
                             inWords(longestOf(kind))));
    }
    return checkReason(record);
}

} // namespace

bool People::isAdministrator(const OperatorId& id) const
{
    const auto one = m_people.value(id);
    return one.enabled && one.roles.contains(Role::Administrator);
}

Status People::check(const Record& record) const
{
    if (record.kind == kind::BreakGlassTaken) {
        return checkBreakGlass(record);
    }
    if (record.kind == kind::BreakGlassEnded) {
        return checkBreakGlassEnd(record);
    }
    if (record.kind == kind::DeputyNamed) {
        return checkDeputy(record);
    }
    if (record.kind == kind::DeputyEnded) {
        return checkDeputyEnd(record);
    }
    return checkAdministration(record);
}

Status People::checkAdministration(const Record& record) const
{
    if (!isAdministrator(record.operatorId)) {
        return denied(QString("The operator %1 is not an administrator.").arg(record.operatorId.text()));
    }
    if (record.kind == kind::OperatorAdded) {
        return {};
    }
    const auto id = subjectOf(record);
    if (!m_people.contains(id)) {
        return fail(ErrorCode::NotFound, QString("There is no operator %1.").arg(id.text()));
    }
    if (losesLastAdministrator(record)) {
        return fail(ErrorCode::WrongState,
                    QString("%1 is the last administrator; make someone else one first.").arg(id.text()));
    }
    if (record.kind == kind::OperatorEnabled) {
        return m_people.value(id).enabled
                   ? fail(ErrorCode::WrongState, QString("The operator %1 is not disabled.").arg(id.text()))
                   : checkReason(record);
    }
    return {};
}

bool People::losesLastAdministrator(const Record& record) const
{
    const bool takesAway =
        record.kind == kind::OperatorDisabled ||
        (record.kind == kind::RolesRevoked && enumsFromJson<Role>(record.body["roles"]).contains(Role::Administrator));
    const auto administrators =
        std::ranges::count_if(m_people, [this](const Operator& one) { return isAdministrator(one.id); });
    return takesAway && isAdministrator(subjectOf(record)) && administrators == 1;
}

Status People::checkDeputy(const Record& record) const
{
    const auto deputy = m_people.value(subjectOf(record));
    const auto of = m_people.value(lenderOf(record));
    for (const auto& [who, id] : {std::pair(deputy, subjectOf(record)), std::pair(of, lenderOf(record))}) {
        if (who.id.isEmpty() || !who.enabled) {
            return fail(ErrorCode::NotFound, QString("There is no operator %1 who is enabled.").arg(id.text()));
        }
    }
    if (deputy.id == of.id) {
        return fail(ErrorCode::InvalidInput, "Nobody is their own deputy.");
    }
    if (record.operatorId != of.id && !isAdministrator(record.operatorId)) {
        return denied(QString("Only %1 or an administrator names a deputy of %1.").arg(of.id.text()));
    }
    if (const auto sound = checkLoan(record, TemporaryKind::Deputy); !sound) {
        return sound;
    }
    const auto roles = enumsFromJson<Role>(record.body["roles"]);
    for (const auto role : roles) {
        if (!of.roles.contains(role)) {
            return denied(QString("%1 has not the role %2 to lend; a borrowed one is not passed on.")
                              .arg(of.id.text(), QString(idOf(role))));
        }
    }
    const bool hasAll = std::ranges::all_of(roles, [&](Role role) { return deputy.roles.contains(role); });
    return hasAll ? fail(ErrorCode::InvalidInput, QString("%1 has these roles already.").arg(deputy.id.text()))
                  : Status();
}

Status People::checkDeputyEnd(const Record& record) const
{
    const auto deputy = m_people.value(subjectOf(record));
    const auto of = lenderOf(record);
    if (record.operatorId != of && record.operatorId != deputy.id && !isAdministrator(record.operatorId)) {
        return denied(QString("Only %1, %2 or an administrator ends that %2 is deputy of %1.")
                          .arg(of.text(), subjectOf(record).text()));
    }
    const auto inForce = deputy.temporaryAt(record.time);
    const bool any = std::ranges::any_of(
        inForce, [&](const TemporaryRole& one) { return one.kind == TemporaryKind::Deputy && one.of == of; });
    return any ? checkReason(record)
               : fail(ErrorCode::WrongState,
                      QString("%1 is not a deputy of %2 now.").arg(subjectOf(record).text(), of.text()));
}

Status People::checkBreakGlass(const Record& record) const
{
    const auto one = m_people.value(subjectOf(record));
    if (record.operatorId != one.id) {
        return denied("A role is taken by break-glass for oneself only.");
    }
    if (const auto sound = checkLoan(record, TemporaryKind::BreakGlass); !sound) {
        return sound;
    }
    const auto inForce = one.rolesAt(record.time);
    const auto roles = enumsFromJson<Role>(record.body["roles"]);
    for (const auto role : roles) {
        if (inForce.contains(role)) {
            return fail(ErrorCode::WrongState,
                        QString("%1 has the role %2 already.").arg(one.id.text(), QString(idOf(role))));
        }
    }
    return {};
}

Status People::checkBreakGlassEnd(const Record& record) const
{
    const auto one = m_people.value(subjectOf(record));
    const auto& by = record.operatorId;
    const bool commands = m_people.value(by).rolesAt(record.time).contains(Role::IncidentCommander);
    if (by != one.id && !commands && !isAdministrator(by)) {
        return fail(ErrorCode::PermissionDenied,
                    "Only they themselves, an incident commander or an administrator end what somebody took by "
                    "break-glass.",
                    {{"required_roles", toJson(QList{Role::IncidentCommander, Role::Administrator})}});
    }
    const auto inForce = one.temporaryAt(record.time);
    const bool any =
        std::ranges::any_of(inForce, [](const TemporaryRole& role) { return role.kind == TemporaryKind::BreakGlass; });
    return any ? checkReason(record)
               : fail(ErrorCode::WrongState,
                      QString("%1 has no role by break-glass now.").arg(subjectOf(record).text()));
}

} // namespace rc
