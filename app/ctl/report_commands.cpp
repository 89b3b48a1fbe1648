// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/command.h"
#include "app/ctl/text.h"
#include "backend/recovery/report_document.h"

#include <QCoroProcess>
#include <QProcess>

namespace rc::ctl {
namespace {

constexpr std::chrono::minutes DrawingTimeout{2};

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
    const auto data = planReportDocument(call.desk.journal(), *incident, *plan);
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
    const auto data = incidentReportDocument(call.desk.journal(), *incident, plans);
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
