// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/people/operator.h"

#include <QRegularExpression>

#include <algorithm>

namespace rc {

Milliseconds longestOf(TemporaryKind kind)
{
    return kind == TemporaryKind::BreakGlass ? std::chrono::hours(4) : std::chrono::days(31);
}

QJsonObject TemporaryRole::toJson() const
{
    const auto whose = of.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(of.text());
    return {{"role", QString(idOf(role))},
            {"kind", QString(idOf(kind))},
            {"of", whose},
            {"by", by.text()},
            {"reason", reason},
            {"since", toRfc3339(since)},
            {"until", toRfc3339(until)},
            {"record", record}};
}

bool Operator::has(Role role) const
{
    return roles.contains(role) || std::ranges::find(temporary, role, &TemporaryRole::role) != temporary.end();
}

QList<TemporaryRole> Operator::temporaryAt(Timestamp at) const
{
    auto inForce = temporary;
    inForce.removeIf([&](const TemporaryRole& one) { return !one.isInForce(at); });
    return inForce;
}

QList<Role> Operator::rolesAt(Timestamp at) const
{
    auto all = roles;
    const auto inForce = temporaryAt(at);
    for (const auto& one : inForce) {
        if (!all.contains(one.role)) {
            all.append(one.role);
        }
    }
    return all;
}

QJsonObject Operator::toJson() const
{
    QJsonArray forATime;
    for (const auto& one : temporary) {
        forATime.append(one.toJson());
    }
    return {{"id", id.text()},      {"name", name},
            {"key_id", keyId},      {"roles", rc::toJson(roles)},
            {"enabled", enabled},   {"added_at", toRfc3339(addedAt)},
            {"temporary", forATime}};
}

bool isOperatorId(const QString& text)
{
    static const QRegularExpression form("\\A[a-z][a-z0-9._-]{0,31}\\z");
    return form.match(text).hasMatch();
}

} // namespace rc
