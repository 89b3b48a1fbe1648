// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/claims.h"

#include "backend/recovery/executor.h"
#include "backend/recovery/streams.h"

namespace rc {
namespace {

QString sentence(const QString& system, const QJsonObject& claim)
{
    const QString holder = claim["holder"].toString();
    const QString by = claim["operator"].toString();
    if (holder.contains('/')) {
        return QString("%1 is busy: plan %2, step %3, operator %4.")
            .arg(system, holder.section('/', 0, 0), holder.section('/', 1), by);
    }
    return QString("%1 is busy: %2, operator %3.").arg(system, holder, by);
}

/// The last row of a system's stream of claims: whose it is, and the revision that makes this true.
struct Claim
{
    /// Empty if nobody holds the system.
    QJsonObject body;
    qint64 revision = 0;

    [[nodiscard]] QString holder() const { return body["holder"].toString(); }
};

Result<Claim> claimOn(Journal& journal, const SystemId& system)
{
    const auto revision = journal.revision(stream::claim(system));
    if (!revision || *revision == 0) {
        return revision ? Result<Claim>() : std::unexpected(revision.error());
    }
    const auto rows = journal.read(stream::claim(system), *revision);
    if (!rows) {
        return std::unexpected(rows.error());
    }
    const auto& last = rows->last();
    return Claim{last.kind == kind::ClaimTaken ? last.body : QJsonObject(), last.revision};
}

/// An action without a plan ends with its process; nobody will come back for its claim.
bool isAbandoned(const QJsonObject& claim, const QString& home)
{
    const bool ofPlan = claim["holder"].toString().contains('/');
    return !ofPlan && !isExecutorAlive(home, claim["executor"].toString());
}

/// What a holder has, each with the revision that makes it true. The table only says where to look.
Result<QMap<SystemId, Claim>> claimsOf(Journal& journal, const QString& holder)
{
    QList<SystemId> systems;
    const auto read = journal.sql().each("SELECT system FROM claims WHERE holder = ? ORDER BY system", {holder},
                                         [&](const QSqlQuery& row) -> Status {
                                             systems.append(SystemId(row.value(0).toString()));
                                             return {};
                                         });
    if (!read) {
        return std::unexpected(read.error());
    }
    QMap<SystemId, Claim> claims;
    for (const auto& system : systems) {
        const auto claim = claimOn(journal, system);
        if (!claim) {
            return std::unexpected(claim.error());
        }
        if (claim->holder() == holder) {
            claims.insert(system, *claim);
        }
    }
    return claims;
}

} // namespace

Status Claims::abandon(Append& append, const QString& holder)
{
    const auto claims = claimsOf(m_journal, holder);
    if (!claims) {
        return std::unexpected(claims.error());
    }
    append.events.append({stream::Actions, kind::ActionFoundUnknown, QJsonObject{{"id", holder}}});
    for (auto claim = claims->begin(); claim != claims->end(); ++claim) {
        append.expected.insert(stream::claim(claim.key()), claim->revision);
        append.events.append(
            {stream::claim(claim.key()), kind::ClaimReleased, QJsonObject{{"holder", holder}, {"abandoned", true}}});
    }
    return {};
}

Status Claims::take(Append& append, const QList<SystemId>& systems, const Holder& holder)
{
    QSet<QString> dead;
    for (const auto& system : systems) {
        const auto claim = claimOn(m_journal, system);
        if (!claim) {
            return std::unexpected(claim.error());
        }
        const QString heldBy = claim->holder();
        const bool foreign = !heldBy.isEmpty() && heldBy != holder.name;
        const bool abandoned = foreign && isAbandoned(claim->body, m_journal.home());
        if (foreign && !abandoned) {
            return fail(ErrorCode::Busy, sentence(system.text(), claim->body),
                        {{"system", system.text()}, {"holder", heldBy}});
        }
        if (abandoned && !dead.contains(heldBy)) {
            dead.insert(heldBy);
            if (const auto ended = abandon(append, heldBy); !ended) {
                return ended;
            }
        }
        append.expected.insert(stream::claim(system), claim->revision);
        if (heldBy.isEmpty() || abandoned) {
            append.events.append({stream::claim(system), kind::ClaimTaken,
                                  QJsonObject{{"holder", holder.name},
                                              {"operator", holder.operatorId.text()},
                                              {"executor", holder.executor}}});
        }
    }
    return {};
}

Status Claims::release(Append& append, const QString& holder)
{
    const auto claims = claimsOf(m_journal, holder);
    if (!claims) {
        return std::unexpected(claims.error());
    }
    for (const auto& system : claims->keys()) {
        append.events.append({stream::claim(system), kind::ClaimReleased, QJsonObject{{"holder", holder}}});
    }
    return {};
}

/// All rows of the table of claims.
template <class Take>
Status Claims::eachClaim(Take take)
{
    return m_journal.sql().each(
        "SELECT system, body FROM claims ORDER BY system", {}, [&](const QSqlQuery& row) -> Status {
            take(SystemId(row.value(0).toString()), QJsonDocument::fromJson(row.value(1).toString().toUtf8()).object());
            return {};
        });
}

Result<QList<Claims::Held>> Claims::held()
{
    QList<Held> all;
    const auto read = eachClaim([&](const SystemId& system, const QJsonObject& claim) {
        if (!isAbandoned(claim, m_journal.home())) {
            all.append({system, claim["holder"].toString(), sentence(system.text(), claim)});
        }
    });
    return read ? Result<QList<Held>>(all) : std::unexpected(read.error());
}

Result<QMap<QString, QList<SystemId>>> Claims::abandoned()
{
    QMap<QString, QList<SystemId>> all;
    const auto read = eachClaim([&](const SystemId& system, const QJsonObject& claim) {
        if (isAbandoned(claim, m_journal.home())) {
            all[claim["holder"].toString()].append(system);
        }
    });
    return read ? Result<QMap<QString, QList<SystemId>>>(all) : std::unexpected(read.error());
}

} // namespace rc
