// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/plan_store.h"

#include "backend/recovery/incident_status.h"
#include "backend/recovery/streams.h"

namespace rc {
namespace {

constexpr int MaximumAttempts = 20;

} // namespace

Result<StoredPlan> PlanStore::load(const PlanId& id)
{
    StoredPlan stored = m_known.value(id);
    const auto records = m_journal.read(stream::plan(id), stored.revision + 1);
    if (!records) {
        return std::unexpected(records.error());
    }
    for (const auto& record : *records) {
        const auto event = planEventFrom(record.kind, record.body);
        if (!event) {
            return std::unexpected(event.error());
        }
        rc::apply(stored.plan, *event, record.time, record.operatorId);
        stored.revision = record.revision;
    }
    if (stored.revision == 0) {
        return fail(ErrorCode::NotFound, QString("There is no plan %1.").arg(id.text()));
    }
    m_known.insert(id, stored);
    return stored;
}

Status PlanStore::append(StoredPlan& stored, const PlanEvents& events, Signer& signer, Append more)
{
    if (events.isEmpty()) {
        return {};
    }
    const auto* started = std::get_if<PlanStarted>(&events.first());
    const PlanId id = started ? started->plan : stored.plan.id;
    const IncidentId incident = started ? started->pins.incident.id : stored.plan.pins.incident.id;
    more.expected.insert(stream::plan(id), stored.revision);
    QList<NewEvent> all;
    for (const auto& event : events) {
        all.append({stream::plan(id), kindOf(event), bodyOf(event)});
    }
    more.events = all + more.events;
    const bool incidentIsLooked = more.expected.contains(stream::incident(incident));
    Result<QList<Record>> written;
    for (int attempt = 0; attempt < MaximumAttempts; ++attempt) {
        Append act = more;
        if (const auto derived = addIncidentStatus(m_journal, act, id, incident, events); !derived) {
            return derived;
        }
        written = m_journal.append(act, signer);
        // Another plan of the incident came or went: its status is another one then.
        const bool onlyStatus = !written && !incidentIsLooked && written.error().code == ErrorCode::Conflict &&
                                written.error().details["stream"].toString() == stream::incident(incident);
        if (!onlyStatus) {
            break;
        }
    }
    if (!written) {
        return std::unexpected(written.error());
    }
    for (qsizetype i = 0; i < events.size(); ++i) {
        rc::apply(stored.plan, events[i], (*written)[i].time, (*written)[i].operatorId);
        stored.revision = (*written)[i].revision;
    }
    return {};
}

Result<QList<PlanStore::Summary>> PlanStore::list()
{
    QList<Summary> plans;
    const auto read = m_journal.sql().each(
        "SELECT id, incident, procedure, status, started_at, started_by FROM plans ORDER BY number DESC", {},
        [&](const QSqlQuery& row) -> Status {
            plans.append({PlanId(row.value(0).toString()), IncidentId(row.value(1).toString()),
                          ProcedureId(row.value(2).toString()),
                          fromId<PlanStatus>(row.value(3).toString()).value_or(PlanStatus::InProgress),
                          Timestamp(Milliseconds(row.value(4).toLongLong())), OperatorId(row.value(5).toString())});
            return {};
        });
    if (!read) {
        return std::unexpected(read.error());
    }
    return plans;
}

Result<QList<PlanId>> PlanStore::openPlansOf(const IncidentId& incident)
{
    QList<PlanId> plans;
    const auto read = m_journal.sql().each(
        "SELECT id FROM plans WHERE incident = ? AND status NOT IN ('completed', 'aborted') ORDER BY number",
        {incident.text()}, [&](const QSqlQuery& row) -> Status {
            plans.append(PlanId(row.value(0).toString()));
            return {};
        });
    if (!read) {
        return std::unexpected(read.error());
    }
    return plans;
}

Result<QList<PlanTimes>> PlanStore::timesBefore(const Plan& plan)
{
    // More than historyFor() takes: those of another network are left out there.
    constexpr int Most = 40;
    QList<PlanTimes> times;
    const auto read = m_journal.sql().each(
        "SELECT body FROM plan_times WHERE procedure = ? AND rehearsal = ? AND ended_at <= ? ORDER BY ended_at DESC "
        "LIMIT ?",
        {plan.procedure.id.text(), plan.pins.rehearsal, qint64(plan.startedAt.time_since_epoch().count()), Most},
        [&](const QSqlQuery& row) -> Status {
            times.append(planTimesFromJson(QJsonDocument::fromJson(row.value(0).toByteArray()).object()));
            return {};
        });
    return read ? Result<QList<PlanTimes>>(times) : std::unexpected(read.error());
}

Result<PlanId> PlanStore::nextId()
{
    const auto row = m_journal.sql().first("SELECT COALESCE(MAX(number), 0) + 1 FROM plans");
    if (!row) {
        return std::unexpected(row.error());
    }
    return PlanId(QString("PLAN-%1").arg(row->first().toInt()));
}

} // namespace rc
