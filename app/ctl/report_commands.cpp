// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/command.h"
#include "app/ctl/text.h"
#include "backend/recovery/streams.h"

#include <QCoroProcess>
#include <QProcess>

#include <algorithm>

namespace rc::ctl {
namespace {

constexpr std::chrono::minutes DrawingTimeout{2};

/// What happened, in the words of the journal; the report prints one line each.
QJsonObject eventJson(const Record& record)
{
    const auto result = record.body["result"].toObject();
    QString summary = record.body["step"].toString();
    if (summary.isEmpty()) {
        const auto statement = record.body["statement"].toString();
        summary = QJsonDocument::fromJson(statement.toUtf8()).object()["step"].toString();
    }
    for (const auto& text : {result["message"].toString(), record.body["reason"].toString(),
                             record.body["text"].toString(), record.body["note"].toString()}) {
        if (!text.isEmpty()) {
            summary += (summary.isEmpty() ? QString() : QString(": ")) + text;
            break;
        }
    }
    return {{"sequence", record.sequence},
            {"time", toRfc3339(record.time)},
            {"operator", record.operatorId.text()},
            {"kind", record.kind},
            {"summary", summary}};
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

/// Everything the report says, gathered before anything is drawn.
Result<QJsonObject> reportData(Desk& desk, const Incident& incident, const QList<Plan>& plans, const QString& kind)
{
    QStringList streams{stream::incident(incident.id)};
    QJsonArray planJsons;
    for (const auto& plan : plans) {
        streams.append(stream::plan(plan.id));
        planJsons.append(toJson(plan, desk.journal().now()));
    }
    const auto records = recordsOf(desk.journal(), streams);
    if (!records) {
        return std::unexpected(records.error());
    }
    const auto journal = journalSection(desk.journal(), *records);
    if (!journal) {
        return std::unexpected(journal.error());
    }
    QJsonArray events;
    for (const auto& record : *records) {
        events.append(eventJson(record));
    }
    QJsonObject data{{"kind", kind},
                     {"generated_at", toRfc3339(desk.journal().now())},
                     {"store", desk.journal().uuid()},
                     {"program_version", RC_VERSION},
                     {"incident", toJson(incident)},
                     {"journal", *journal},
                     {"events", events}};
    if (kind == "plan") {
        data["plan"] = planJsons.first();
    } else {
        data["plans"] = planJsons;
    }
    return data;
}

/// The drawing is a program of its own, so that this one starts without fonts and pictures.
QCoro::Task<Reply> draw(QJsonObject data, QString file)
{
    QProcess process;
    process.setProgram(Desk::program("recovery-report"));
    process.setArguments({"-o", QFileInfo(file).absoluteFilePath()});
    const bool started = co_await qCoro(process).start();
    if (!started) {
        co_return fail(ErrorCode::NotFound, QString("%1 cannot be started.").arg(process.program()));
    }
    process.write(canonicalJson(data));
    process.closeWriteChannel();
    const bool finished = co_await qCoro(process).waitForFinished(DrawingTimeout);
    if (!finished) {
        process.kill();
        co_return fail(ErrorCode::Timeout, "Drawing the report takes too long.");
    }
    if (process.exitCode() != 0) {
        const QString complaint = QString::fromUtf8(process.readAllStandardError()).trimmed();
        co_return fail(process.exitCode() == 2 ? ErrorCode::InvalidInput : ErrorCode::StoreError,
                       complaint.section(": ", 2));
    }
    const auto json = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    co_return Answer{json, fields(json, {"path", "pages", "bytes", "sha256"})};
}

QCoro::Task<Reply> reportPlan(Invocation call)
{
    if (call.value("output").isEmpty()) {
        co_return fail(ErrorCode::InvalidInput, "Say where to: -o FILE.pdf.");
    }
    if (const auto opened = call.desk.openForReading(); !opened) {
        co_return std::unexpected(opened.error());
    }
    const auto plan = call.desk.recovery().plan(PlanId(call.argument(0)));
    if (!plan) {
        co_return std::unexpected(plan.error());
    }
    const auto incident = call.desk.incidents().find(plan->pins.incident.id);
    if (!incident) {
        co_return std::unexpected(incident.error());
    }
    const auto data = reportData(call.desk, *incident, {*plan}, "plan");
    if (!data) {
        co_return std::unexpected(data.error());
    }
    co_return co_await draw(*data, call.value("output"));
}

QCoro::Task<Reply> reportIncident(Invocation call)
{
    if (call.value("output").isEmpty()) {
        co_return fail(ErrorCode::InvalidInput, "Say where to: -o FILE.pdf.");
    }
    if (const auto opened = call.desk.openForReading(); !opened) {
        co_return std::unexpected(opened.error());
    }
    const auto incident = call.desk.incidents().find(IncidentId(call.argument(0)));
    const auto summaries = call.desk.recovery().store().list();
    if (!incident || !summaries) {
        co_return std::unexpected(!incident ? incident.error() : summaries.error());
    }
    QList<Plan> plans;
    for (const auto& summary : *summaries) {
        if (summary.incident == incident->id) {
            const auto plan = call.desk.recovery().plan(summary.id);
            if (!plan) {
                co_return std::unexpected(plan.error());
            }
            plans.prepend(*plan);
        }
    }
    const auto data = reportData(call.desk, *incident, plans, "incident");
    if (!data) {
        co_return std::unexpected(data.error());
    }
    co_return co_await draw(*data, call.value("output"));
}

} // namespace

QList<Command> reportCommands()
{
    const QCommandLineOption output(QStringList{"o", "output"}, "The PDF to write.", "FILE");
    return {
        {"report plan", "PLAN", "A plan as PDF, for auditors.", {output}, reportPlan},
        {"report incident", "INCIDENT", "An incident with all its plans as PDF.", {output}, reportIncident},
    };
}

} // namespace rc::ctl
