// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/people.h"

#include "backend/journal/kinds.h"

#include <algorithm>

namespace rc {

OperatorId subjectOf(const Record& record)
{
    return OperatorId(record.body["id"].toString());
}

OperatorId lenderOf(const Record& record)
{
    return OperatorId(record.body["of"].toString());
}

const Operator* People::ownerOf(const QString& key) const
{
    const auto owner = std::ranges::find_if(m_people, [&](const Operator& one) { return one.keyId == key; });
    return owner == m_people.end() ? nullptr : &*owner;
}

void People::apply(const Record& record)
{
    passTime(record.time);
    const auto id = subjectOf(record);
    if (record.kind == kind::OperatorAdded) {
        m_people.insert(id, {.id = id,
                             .name = record.body["name"].toString(),
                             .roles = enumsFromJson<Role>(record.body["roles"]),
                             .keyId = record.body["public_key"].toString(),
                             .enabled = true,
                             .addedAt = record.time});
    } else if (record.kind == kind::RolesGranted || record.kind == kind::RolesRevoked) {
        setRoles(record);
    } else if (record.kind == kind::OperatorDisabled) {
        m_people[id].enabled = false;
        dropWhere([&](const Operator& who, const TemporaryRole& one) { return who.id == id || one.of == id; });
    } else if (record.kind == kind::OperatorEnabled) {
        m_people[id].enabled = true;
    } else if (record.kind == kind::DeputyNamed) {
        lend(record, TemporaryKind::Deputy);
    } else if (record.kind == kind::BreakGlassTaken) {
        lend(record, TemporaryKind::BreakGlass);
    } else if (record.kind == kind::DeputyEnded) {
        dropWhere([&](const Operator& who, const TemporaryRole& one) {
            return who.id == id && one.kind == TemporaryKind::Deputy && one.of == lenderOf(record);
        });
    } else if (record.kind == kind::BreakGlassEnded) {
        dropWhere([&](const Operator& who, const TemporaryRole& one) {
            return who.id == id && one.kind == TemporaryKind::BreakGlass;
        });
    }
}

/// A role given for good is not had for a time as well; one that is taken away is gone altogether, and was not to be
/// lent any more.
void People::setRoles(const Record& record)
{
    const auto id = subjectOf(record);
    const auto changed = enumsFromJson<Role>(record.body["roles"]);
    const bool granted = record.kind == kind::RolesGranted;
    auto& roles = m_people[id].roles;
    for (const auto role : changed) {
        roles.removeAll(role);
        if (granted) {
            roles.append(role);
        }
    }
    dropWhere([&](const Operator& who, const TemporaryRole& one) {
        return changed.contains(one.role) && (who.id == id || (!granted && one.of == id));
    });
}

/// The same role lent again by the same person ends when it was said last.
void People::lend(const Record& record, TemporaryKind kind)
{
    const auto id = subjectOf(record);
    const auto of = lenderOf(record);
    const auto until = timeFromJson(record.body["until"]).value_or(record.time);
    const auto roles = enumsFromJson<Role>(record.body["roles"]);
    dropWhere([&](const Operator& who, const TemporaryRole& one) {
        return who.id == id && one.kind == kind && one.of == of && roles.contains(one.role);
    });
    auto& one = m_people[id];
    for (const auto role : roles) {
        if (!one.roles.contains(role)) {
            one.temporary.append({.role = role,
                                  .kind = kind,
                                  .of = of,
                                  .by = record.operatorId,
                                  .reason = record.body["reason"].toString(),
                                  .since = record.time,
                                  .until = until,
                                  .record = record.sequence});
            m_nextEnd = std::min(m_nextEnd, until);
        }
    }
}

void People::passTime(Timestamp time)
{
    if (time < m_nextEnd) {
        return;
    }
    dropWhere([&](const Operator&, const TemporaryRole& one) { return one.until <= time; });
    m_nextEnd = Timestamp::max();
    const auto left = pending();
    for (const auto& one : left) {
        m_nextEnd = std::min(m_nextEnd, one.until);
    }
}

void People::dropWhere(const std::function<bool(const Operator&, const TemporaryRole&)>& over)
{
    for (auto& who : m_people) {
        who.temporary.removeIf([&](const TemporaryRole& one) { return over(who, one); });
    }
}

QList<People::Pending> People::pending() const
{
    QList<Pending> all;
    for (const auto& who : m_people) {
        for (const auto& one : who.temporary) {
            all.append({one.record, one.until});
        }
    }
    return all;
}

void People::end(qint64 record)
{
    dropWhere([&](const Operator&, const TemporaryRole& one) { return one.record == record; });
}

} // namespace rc
