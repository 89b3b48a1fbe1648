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

Result<QJsonObject> claimOn(Journal& journal, const SystemId& system)
{
    const auto row = journal.sql().first("SELECT body FROM claims WHERE system = ?", {system.text()});
    if (!row) {
        return std::unexpected(row.error());
    }
    return row->isEmpty() ? QJsonObject() : QJsonDocument::fromJson(row->first().toString().toUtf8()).object();
}

/// An action without a plan ends with its process; nobody will come back for its claim.
bool isAbandoned(const QJsonObject& claim, const QString& home)
{
    const bool ofPlan = claim["holder"].toString().contains('/');
    return !ofPlan && !isExecutorAlive(home, claim["executor"].toString());
}

} // namespace

Status Claims::take(Append& append, const QList<SystemId>& systems, const Holder& holder)
{
    for (const auto& system : systems) {
        const auto claim = claimOn(m_journal, system);
        if (!claim) {
            return std::unexpected(claim.error());
        }
        const QString heldBy = (*claim)["holder"].toString();
        const bool foreign = !heldBy.isEmpty() && heldBy != holder.name;
        const bool abandoned = foreign && isAbandoned(*claim, m_journal.home());
        if (foreign && !abandoned) {
            return fail(ErrorCode::Busy, sentence(system.text(), *claim),
                        {{"system", system.text()}, {"holder", heldBy}});
        }
        if (abandoned) {
            append.events.append({stream::Actions, kind::ActionFoundUnknown, QJsonObject{{"id", heldBy}}});
            append.events.append(
                {stream::claim(system), kind::ClaimReleased, QJsonObject{{"holder", heldBy}, {"abandoned", true}}});
        }
        const auto revision = m_journal.revision(stream::claim(system));
        if (!revision) {
            return std::unexpected(revision.error());
        }
        append.expected.insert(stream::claim(system), *revision);
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
    return m_journal.sql().each(
        "SELECT system FROM claims WHERE holder = ? ORDER BY system", {holder}, [&](const QSqlQuery& row) -> Status {
            const SystemId system(row.value(0).toString());
            append.events.append({stream::claim(system), kind::ClaimReleased, QJsonObject{{"holder", holder}}});
            return {};
        });
}

Result<QStringList> Claims::reasonsAgainst(const QList<SystemId>& systems, const QString& except)
{
    QStringList reasons;
    for (const auto& system : systems) {
        const auto claim = claimOn(m_journal, system);
        if (!claim) {
            return std::unexpected(claim.error());
        }
        const QString heldBy = (*claim)["holder"].toString();
        if (!heldBy.isEmpty() && heldBy != except) {
            reasons.append("claim: " + sentence(system.text(), *claim));
        }
    }
    return reasons;
}

} // namespace rc
