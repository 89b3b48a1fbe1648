// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/projections.h"

#include "backend/journal/rows.h"
#include "backend/recovery/streams.h"
#include "model/plan/durations.h"
#include "model/plan/plan_event.h"

namespace rc {
namespace {

QString textOf(const QJsonObject& object)
{
    return QString::fromUtf8(canonicalJson(object));
}

/// The number in "INC-12" or "PLAN-7"; ids are given out in sequence.
int numberOf(const QString& id)
{
    return id.section('-', -1).toInt();
}

/// What an event makes of the status of its plan, if anything.
std::optional<PlanStatus> statusAfter(const Record& record)
{
    static const QHash<QString, PlanStatus> table{
        {"plan_started", PlanStatus::InProgress}, {"plan_paused", PlanStatus::Paused},
        {"plan_aborting", PlanStatus::Aborting},  {"plan_aborted", PlanStatus::Aborted},
        {"plan_declared", PlanStatus::Completed}, {"plan_completed", PlanStatus::Completed},
        {"plan_resumed", PlanStatus::InProgress},
    };
    if (const auto found = table.constFind(record.kind); found != table.cend()) {
        return *found;
    }
    if (record.kind == "verification_finished") {
        return record.body["soak_until"].isNull() ? PlanStatus::VerificationFailed : PlanStatus::Soaking;
    }
    return std::nullopt;
}

} // namespace

Status IncidentProjection::createTables(Sql& sql)
{
    if (const auto made = sql.run("CREATE TABLE incidents (id TEXT PRIMARY KEY, number INTEGER NOT NULL, status TEXT "
                                  "NOT NULL, body TEXT NOT NULL) WITHOUT ROWID");
        !made) {
        return made;
    }
    return sql.run("CREATE TABLE proposals (fingerprint TEXT PRIMARY KEY, state TEXT NOT NULL, body TEXT NOT NULL) "
                   "WITHOUT ROWID");
}

Status IncidentProjection::apply(Sql& sql, const Record& record)
{
    if (record.kind == kind::IncidentOpened) {
        const QString fingerprint = record.body["fingerprint"].toString();
        if (!fingerprint.isEmpty()) {
            const auto taken = sql.run("UPDATE proposals SET state = 'confirmed' WHERE fingerprint = ?", {fingerprint});
            if (!taken) {
                return taken;
            }
        }
        const QString id = record.body["id"].toString();
        return sql.run("INSERT INTO incidents (id, number, status, body) VALUES (?, ?, ?, ?)",
                       {id, numberOf(id), record.body["status"].toString(), textOf(record.body)});
    }
    if (record.kind == kind::IncidentStatusChanged) {
        return sql.run("UPDATE incidents SET status = ? WHERE id = ?",
                       {record.body["status"].toString(), record.stream.section(':', 1)});
    }
    if (record.kind == kind::IncidentAmended) {
        auto changes = record.body;
        changes.remove("reason");
        return sql.run("UPDATE incidents SET body = json_patch(body, ?) WHERE id = ?",
                       {textOf(changes), record.stream.section(':', 1)});
    }
    if (record.kind == kind::IncidentProposed) {
        return sql.run("INSERT OR REPLACE INTO proposals (fingerprint, state, body) VALUES (?, 'proposed', ?)",
                       {record.body["fingerprint"].toString(), textOf(record.body)});
    }
    if (record.kind == kind::ProposalDismissed || record.kind == kind::ProposalOver) {
        const QString state = record.kind == kind::ProposalOver ? QString("over") : QString("dismissed");
        return sql.run("UPDATE proposals SET state = ? WHERE fingerprint = ?",
                       {state, record.body["fingerprint"].toString()});
    }
    return {};
}

Status PlanProjection::createTables(Sql& sql)
{
    const auto made = sql.run("CREATE TABLE plans (id TEXT PRIMARY KEY, number INTEGER NOT NULL, incident TEXT NOT "
                              "NULL, procedure TEXT NOT NULL, status TEXT NOT NULL, started_at INTEGER NOT NULL, "
                              "started_by TEXT NOT NULL) WITHOUT ROWID");
    return made ? sql.run("CREATE INDEX plans_by_incident ON plans (incident)") : made;
}

Status PlanProjection::apply(Sql& sql, const Record& record)
{
    if (!record.stream.startsWith("plan:")) {
        return {};
    }
    const QString id = record.stream.mid(5);
    if (record.kind == "plan_started") {
        const auto pins = record.body["pins"].toObject();
        return sql.run("INSERT INTO plans (id, number, incident, procedure, status, started_at, started_by) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?)",
                       {id, numberOf(id), pins["incident"]["id"].toString(), record.body["procedure"]["id"].toString(),
                        QString(idOf(PlanStatus::InProgress)), qint64(record.time.time_since_epoch().count()),
                        record.operatorId.text()});
    }
    if (const auto status = statusAfter(record)) {
        return sql.run("UPDATE plans SET status = ? WHERE id = ?", {QString(idOf(*status)), id});
    }
    return {};
}

Status TimesProjection::createTables(Sql& sql)
{
    const auto made = sql.run("CREATE TABLE plan_times (plan TEXT PRIMARY KEY, procedure TEXT NOT NULL, rehearsal "
                              "INTEGER NOT NULL, ended_at INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID");
    return made ? sql.run("CREATE INDEX plan_times_by_procedure ON plan_times (procedure, rehearsal, ended_at)") : made;
}

Status TimesProjection::apply(Sql& sql, const Record& record)
{
    const bool ended =
        record.kind == PlanDeclared::kind || record.kind == PlanCompleted::kind || record.kind == PlanAborted::kind;
    if (!ended) {
        return {};
    }
    Plan plan;
    const auto read = eachRow(sql, "WHERE stream = ? AND revision <= ? ORDER BY revision",
                              {record.stream, record.revision}, [&](Record&& raw) -> Status {
                                  const auto row = withBody(std::move(raw));
                                  const auto event = planEventFrom(row.kind, row.body);
                                  if (!event) {
                                      return std::unexpected(event.error());
                                  }
                                  rc::apply(plan, *event, row.time, row.operatorId);
                                  return {};
                              });
    if (!read) {
        return read;
    }
    const auto times = timesOf(plan);
    return sql.run("INSERT OR REPLACE INTO plan_times (plan, procedure, rehearsal, ended_at, body) VALUES (?, ?, ?, "
                   "?, ?)",
                   {times.plan.text(), times.procedure.text(), times.rehearsal,
                    qint64(record.time.time_since_epoch().count()), textOf(toJson(times))});
}

Status ClaimProjection::createTables(Sql& sql)
{
    return sql.run("CREATE TABLE claims (system TEXT PRIMARY KEY, holder TEXT NOT NULL, body TEXT NOT NULL) WITHOUT "
                   "ROWID");
}

Status ClaimProjection::apply(Sql& sql, const Record& record)
{
    if (record.kind == kind::ClaimTaken) {
        return sql.run("INSERT OR REPLACE INTO claims (system, holder, body) VALUES (?, ?, ?)",
                       {record.stream.section(':', 1), record.body["holder"].toString(), textOf(record.body)});
    }
    if (record.kind == kind::ClaimReleased) {
        return sql.run("DELETE FROM claims WHERE system = ?", {record.stream.section(':', 1)});
    }
    return {};
}

QList<std::shared_ptr<Projection>> recoveryProjections()
{
    return {std::make_shared<IncidentProjection>(), std::make_shared<PlanProjection>(),
            std::make_shared<TimesProjection>(), std::make_shared<ClaimProjection>()};
}

} // namespace rc
