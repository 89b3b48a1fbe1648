// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/statement_rules.h"

#include "backend/journal/statement.h"
#include "model/base/clock_flag.h"
#include "model/system/configuration.h"

#include <algorithm>

namespace rc {

namespace {

std::unexpected<Error> denied(const QString& reason)
{
    return fail(ErrorCode::PermissionDenied, reason);
}

/// A member of the body that the statement does not have, or has differently. The signer's roles are looked at by
/// themselves, and a clock that was behind, or was set, is the writer's.
std::optional<QString> unsignedMember(const QJsonObject& body, const QJsonObject& statement)
{
    static const QStringList own{"statement", "statement_key", "statement_signature", "roles", ClockSkew, ClockJump};
    for (auto member = body.begin(); member != body.end(); ++member) {
        if (!own.contains(member.key()) && member.value() != statement[member.key()]) {
            return member.key();
        }
    }
    return std::nullopt;
}

/// The roles of which the signer must have one; nothing where the journal cannot know.
std::optional<QList<Role>> rolesFor(const QString& kind, const QJsonObject& statement)
{
    if (kind == QLatin1StringView("step_approved")) {
        const auto role = fromId<Role>(statement["role"].toString());
        return role ? QList{*role} : QList<Role>();
    }
    if (kind == QLatin1StringView("configuration_trusted")) {
        return trustingRoles();
    }
    if (kind == QLatin1StringView("procedure_reviewed")) {
        return reviewingRoles();
    }
    return std::nullopt;
}

} // namespace

QList<Role> reviewingRoles()
{
    return {Role::IncidentCommander, Role::ProtocolLead, Role::SecurityAnalyst};
}

Status checkStated(const Record& record, const SignedStatement& stated, const Operator& signer,
                   const QString& storeUuid)
{
    if (!isSound(stated)) {
        return denied("The signature of the statement in it is wrong.");
    }
    const auto statement = stated.content();
    if (statement["kind"].toString() != record.kind || statement["store"].toString() != storeUuid ||
        statement["operator"].toString() != signer.id.text()) {
        return denied("The statement in it was made for another kind of row, another store or by another operator.");
    }
    if (const auto member = unsignedMember(record.body, statement)) {
        return denied(QString("Its %1 is not what the statement in it says.").arg(*member));
    }
    const auto roles = signer.rolesAt(record.time);
    const auto has = [&](Role role) { return roles.contains(role); };
    const auto needed = rolesFor(record.kind, statement);
    const bool mayState = (!needed || std::ranges::any_of(*needed, has)) &&
                          std::ranges::all_of(enumsFromJson<Role>(record.body["roles"]), has);
    return mayState
               ? Status()
               : denied(QString("%1, who signed the statement in it, has not the role for it.").arg(signer.id.text()));
}

} // namespace rc
