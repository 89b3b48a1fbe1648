// SPDX-License-Identifier: GPL-3.0-or-later
// What changes about people once they were added. Who may is decided under the write lock, by the rows (People).
#include "backend/identity/identity_service.h"
#include "backend/journal/kinds.h"

namespace rc {

namespace {

Status checkReason(const QString& reason)
{
    return reason.trimmed().isEmpty() ? fail(ErrorCode::InvalidInput, "A reason is needed.") : Status();
}

} // namespace

Result<Operator> IdentityService::write(const SecurityContext& by, const QString& kind, const QJsonObject& body)
{
    const auto written = appendPeople(by.session.get(), {.events = {{stream::Operators, kind, body}}});
    return written ? operatorById(OperatorId(body["id"].toString())) : refuse(by, written.error());
}

/// What administrators do.
Result<Operator> IdentityService::change(const SecurityContext& by, const QString& kind, const QJsonObject& body)
{
    const OperatorId id(body["id"].toString());
    if (const auto known = operatorById(id); !known) {
        return known;
    }
    const auto what = QString("Changing operator %1").arg(id.text());
    const auto allowed = require(by, {Role::Administrator}, what);
    return allowed ? write(by, kind, body) : std::unexpected(allowed.error());
}

Result<Operator> IdentityService::changeRoles(const SecurityContext& by, const OperatorId& id, const QString& kind,
                                              const QList<Role>& roles)
{
    if (roles.isEmpty()) {
        return fail(ErrorCode::InvalidInput,
                    QString("No role was named; expected one or more of: %1.").arg(allIds<Role>().join(", ")));
    }
    return change(by, kind, {{"id", id.text()}, {"roles", toJson(roles)}});
}

Result<Operator> IdentityService::grant(const SecurityContext& by, const OperatorId& id, const QList<Role>& roles)
{
    return changeRoles(by, id, kind::RolesGranted, roles);
}

Result<Operator> IdentityService::revoke(const SecurityContext& by, const OperatorId& id, const QList<Role>& roles)
{
    return changeRoles(by, id, kind::RolesRevoked, roles);
}

Result<Operator> IdentityService::disable(const SecurityContext& by, const OperatorId& id, const QString& reason)
{
    if (const auto given = checkReason(reason); !given) {
        return std::unexpected(given.error());
    }
    if (const auto known = operatorById(id); known && !known->enabled) {
        return fail(ErrorCode::WrongState, QString("The operator %1 is disabled already.").arg(id.text()));
    }
    return change(by, kind::OperatorDisabled, {{"id", id.text()}, {"reason", reason.trimmed()}});
}

Result<Operator> IdentityService::enable(const SecurityContext& by, const OperatorId& id, const QString& reason)
{
    return change(by, kind::OperatorEnabled, {{"id", id.text()}, {"reason", reason.trimmed()}});
}

Result<Operator> IdentityService::nameDeputy(const SecurityContext& by, const NewDeputy& who)
{
    auto roles = who.roles;
    if (roles.isEmpty()) {
        const auto of = operatorById(who.of);
        if (!of) {
            return of;
        }
        roles = of->roles;
        roles.removeAll(Role::Administrator);
        if (roles.isEmpty()) {
            return fail(ErrorCode::InvalidInput, QString("%1 has no role to lend.").arg(who.of.text()));
        }
    }
    return write(by, kind::DeputyNamed,
                 {{"id", who.deputy.text()},
                  {"of", who.of.text()},
                  {"roles", toJson(roles)},
                  {"until", toRfc3339(who.until)},
                  {"reason", who.reason.trimmed()}});
}

Result<Operator> IdentityService::endDeputy(const SecurityContext& by, const OperatorId& deputy, const OperatorId& of,
                                            const QString& reason)
{
    return write(by, kind::DeputyEnded, {{"id", deputy.text()}, {"of", of.text()}, {"reason", reason.trimmed()}});
}

Result<Operator> IdentityService::breakGlass(const SecurityContext& by, const QList<Role>& roles, Timestamp until,
                                             const QString& reason)
{
    return write(by, kind::BreakGlassTaken,
                 {{"id", by.operatorId.text()},
                  {"roles", toJson(roles)},
                  {"until", toRfc3339(until)},
                  {"reason", reason.trimmed()}});
}

Result<Operator> IdentityService::endBreakGlass(const SecurityContext& by, const OperatorId& id, const QString& reason)
{
    return write(by, kind::BreakGlassEnded, {{"id", id.text()}, {"reason", reason.trimmed()}});
}

} // namespace rc
