// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/report_document.h"

#include "backend/journal/kinds.h"
#include "backend/recovery/clock_flags.h"
#include "backend/recovery/evidence_store.h"
#include "backend/recovery/recovery_service.h"
#include "backend/recovery/streams.h"
#include "model/plan/plan_decisions.h"

#include <algorithm>

namespace rc {
namespace {

/// What a person signed apart from the row, such as an approval; empty where there is nothing.
QJsonObject statementOf(const Record& record)
{
    return QJsonDocument::fromJson(record.body["statement"].toString().toUtf8()).object();
}

/// The first sentence that the row has to say.
QString sentenceOf(const Record& record)
{
    for (const auto& text : {record.body["result"]["message"], record.body["reason"], record.body["text"],
                             record.body["note"], record.body["what"]}) {
        if (!text.toString().isEmpty()) {
            return text.toString();
        }
    }
    return {};
}

} // namespace

QJsonObject reportEvent(const Record& record)
{
    const auto statement = statementOf(record);
    const auto& named = record.body.contains("step") ? record.body : statement;
    const auto step = named["step"].toString();
    const auto sentence = sentenceOf(record);
    QJsonObject event{{"sequence", record.sequence},
                      {"time", toRfc3339(record.time)},
                      {"operator", record.operatorId.text()},
                      {"kind", record.kind},
                      {"summary", step.isEmpty() || sentence.isEmpty() ? step + sentence : step + ": " + sentence},
                      {"key_id", record.body["statement_key"].toString(record.keyId)}};
    const QString prefix = stream::plan(PlanId());
    if (record.stream.startsWith(prefix)) {
        event["plan"] = record.stream.mid(prefix.size());
    }
    if (!step.isEmpty()) {
        event["step"] = step;
    }
    if (named.contains("attempt")) {
        event["attempt"] = named["attempt"];
    }
    return event;
}

namespace {

QString consentedTo(const ApprovalStatement& consent)
{
    switch (consent.act) {
    case StepAct::Run:
        break;
    case StepAct::Undo:
        return QString("taking step %1 back").arg(consent.step.text());
    case StepAct::Skip:
        return QString("doing without step %1").arg(consent.step.text());
    }
    return "step " + consent.step.text();
}

/// Who consented, who overrode, who was refused; nothing for other rows.
std::optional<QJsonObject> decisionJson(const Record& record)
{
    QString who = record.operatorId.text();
    QString what;
    if (record.kind == StepApproved::kind) {
        const auto consent = approvalStatementFromJson(statementOf(record));
        who = consent.approver.text();
        what = QString("Approved %1, attempt %2, as %3.")
                   .arg(consentedTo(consent), QString::number(consent.attempt), idOf(consent.role));
    } else if (record.kind == kind::PermissionDenied) {
        what = "Refused: " + sentenceOf(record);
    } else if (record.kind == PlanStarted::kind && !record.body["pins"]["override_reason"].toString().isEmpty()) {
        what = "Started against the rules: " + record.body["pins"]["override_reason"].toString();
    } else {
        return std::nullopt;
    }
    return QJsonObject{{"at", toRfc3339(record.time)}, {"operator", who}, {"what", what}};
}

Result<QList<Record>> recordsOf(Journal& journal, const QStringList& streams)
{
    QList<Record> records;
    for (const auto& stream : streams) {
        const auto read = journal.read(stream);
        if (!read) {
            return read;
        }
        records += *read;
    }
    std::ranges::sort(records, {}, &Record::sequence);
    return records;
}

/// The decisions among the rows, and the refusals between the first of them and the last.
Result<QJsonArray> decisionsOf(Journal& journal, QList<Record> records)
{
    auto denials = journal.read(stream::Denials);
    if (!denials) {
        return std::unexpected(denials.error());
    }
    const auto outside = [&](const Record& denial) {
        return records.isEmpty() || denial.sequence < records.first().sequence ||
               denial.sequence > records.last().sequence;
    };
    denials->removeIf(outside);
    records += *denials;
    std::ranges::sort(records, {}, &Record::sequence);
    QJsonArray decisions;
    for (const auto& record : records) {
        if (const auto decision = decisionJson(record)) {
            decisions.append(*decision);
        }
    }
    return decisions;
}

Result<QJsonObject> journalSection(Journal& journal, const QList<Record>& records)
{
    const auto verification = journal.verify(VerifyFrom::Start);
    const auto head = journal.head();
    if (!verification || !head) {
        return std::unexpected(!verification ? verification.error() : head.error());
    }
    return QJsonObject{{"from", records.isEmpty() ? 0 : records.first().sequence},
                       {"to", records.isEmpty() ? 0 : records.last().sequence},
                       {"records", head->sequence},
                       {"head_hash", QString::fromLatin1(head->hash.toHex())},
                       {"verified", verification->ok},
                       {"reason", verification->reason}};
}

Result<QJsonObject> documentOf(Journal& journal, const Incident& incident, const QList<Plan>& plans)
{
    QStringList streams{stream::incident(incident.id)};
    for (const auto& plan : plans) {
        streams.append(stream::plan(plan.id));
    }
    const auto records = recordsOf(journal, streams);
    if (!records) {
        return std::unexpected(records.error());
    }
    const auto decisions = decisionsOf(journal, *records);
    if (!decisions) {
        return std::unexpected(decisions.error());
    }
    const auto section = journalSection(journal, *records);
    if (!section) {
        return std::unexpected(section.error());
    }
    const auto flags = clockFlagsOf(journal, incident.id, plans);
    if (!flags) {
        return std::unexpected(flags.error());
    }
    QJsonArray events;
    for (const auto& record : *records) {
        events.append(reportEvent(record));
    }
    return QJsonObject{{"generated_at", toRfc3339(journal.now())},
                       {"store", journal.uuid()},
                       {"program_version", RC_VERSION},
                       {"incident", toJson(incident)},
                       {"approvals_and_denials", *decisions},
                       {"journal", *section},
                       {"clock", toJson(*flags)},
                       {"events", events}};
}

} // namespace

QJsonObject reportPlan(const Plan& plan, Timestamp now)
{
    auto section = toJson(plan, now);
    QJsonArray leftovers;
    for (const auto& left : leftoversOf(plan)) {
        leftovers.append(toJson(left));
    }
    section["leftovers"] = leftovers;
    return section;
}

Result<QJsonObject> planReportDocument(Journal& journal, const Incident& incident, const Plan& plan)
{
    auto document = documentOf(journal, incident, {plan});
    if (document) {
        document->insert("kind", "plan");
        document->insert("plan", EvidenceStore(journal.home()).withStates(reportPlan(plan, journal.now())));
    }
    return document;
}

Result<QJsonObject> incidentReportDocument(Journal& journal, const Incident& incident, const QList<Plan>& plans)
{
    auto document = documentOf(journal, incident, plans);
    if (document) {
        QJsonArray all;
        for (const auto& plan : plans) {
            all.append(EvidenceStore(journal.home()).withStates(reportPlan(plan, journal.now())));
        }
        document->insert("kind", "incident");
        document->insert("plans", all);
    }
    return document;
}

Result<QList<Plan>> plansOf(RecoveryService& recovery, const IncidentId& incident)
{
    const auto summaries = recovery.store().list();
    if (!summaries) {
        return std::unexpected(summaries.error());
    }
    QList<Plan> plans;
    for (const auto& summary : *summaries) {
        if (summary.incident != incident) {
            continue;
        }
        const auto plan = recovery.plan(summary.id);
        if (!plan) {
            return std::unexpected(plan.error());
        }
        plans.prepend(*plan);
    }
    return plans;
}

} // namespace rc
