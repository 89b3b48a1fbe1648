// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/command.h"
#include "app/ctl/text.h"
#include "backend/recovery/report_document.h"

#include <QCoroProcess>
#include <QDeadlineTimer>
#include <QProcess>

namespace rc::ctl {
namespace {

constexpr std::chrono::minutes DrawingTimeout{2};

/// How long the drawing may take to end when it is asked to.
constexpr Milliseconds Grace{2'000};
/// A Ctrl-C on a terminal reaches both programs, and this one may hear of it after the other has ended.
constexpr Milliseconds SignalDelay{200};

/// Waits for the drawing's end. False if the time is up, or, with the drawing asked to end, on a cancellation.
QCoro::Task<bool> awaitEnd(QProcess* process, CancelToken cancel)
{
    const QDeadlineTimer deadline(DrawingTimeout);
    while (process->state() != QProcess::NotRunning && !deadline.hasExpired() && !cancel.isCancelled()) {
        auto waiting = qCoro(process).waitForFinished(Milliseconds(50));
        co_await waiting;
    }
    if (process->state() == QProcess::NotRunning) {
        co_return true;
    }
    process->terminate();
    auto ending = qCoro(process).waitForFinished(Grace);
    const bool ended = co_await ending;
    if (!ended) {
        process->kill();
        auto dying = qCoro(process).waitForFinished(Grace);
        co_await dying;
    }
    co_return false;
}

/// What the drawing complained about, which it says as `error: CODE: sentence`.
Error complaintOf(QProcess& process)
{
    const QString complaint = QString::fromUtf8(process.readAllStandardError()).trimmed();
    const auto sentence = complaint.section(": ", 2);
    if (sentence.isEmpty()) {
        return {ErrorCode::StoreError,
                QString("The report was not written: %1 ended with status %2.")
                    .arg(process.program())
                    .arg(process.exitCode()),
                {}};
    }
    return {fromId<ErrorCode>(complaint.section(": ", 1, 1)).value_or(ErrorCode::StoreError), sentence, {}};
}

/// The drawing is a program of its own, so that this one starts without fonts and pictures.
QCoro::Task<Reply> draw(QJsonObject data, QString file, Operation operation)
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
    auto waiting = awaitEnd(&process, operation.cancel);
    const bool ended = co_await waiting;
    const bool died = ended && process.exitStatus() == QProcess::CrashExit;
    if (died) {
        auto hearing = pause(SignalDelay, operation.cancel);
        co_await hearing;
    }
    if ((died || !ended) && operation.cancel.isCancelled()) {
        co_return fail(ErrorCode::Cancelled, "The drawing of the report was stopped on request.");
    }
    if (!ended) {
        co_return fail(ErrorCode::Timeout, "Drawing the report takes too long.");
    }
    if (died) {
        co_return fail(ErrorCode::StoreError,
                       QString("The report was not written: %1 was killed, or has crashed.").arg(process.program()));
    }
    if (process.exitCode() != 0) {
        co_return std::unexpected(complaintOf(process));
    }
    const auto json = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    co_return Answer{json, fields(json, {"path", "pages", "bytes", "sha256"})};
}

/// Where the report is to go. What stands there already may be the only copy of another report.
Status checkOutput(const Invocation& call)
{
    const QString file = call.value("output");
    if (file.isEmpty()) {
        return fail(ErrorCode::InvalidInput, "Say where to: -o FILE.pdf.");
    }
    if (QFileInfo::exists(file) && !call.has("force")) {
        return fail(ErrorCode::InvalidInput,
                    QString("%1 is there already, and was left as it is; --force overwrites it.").arg(file));
    }
    return {};
}

QCoro::Task<Reply> reportPlan(Invocation call)
{
    if (const auto output = checkOutput(call); !output) {
        co_return std::unexpected(output.error());
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
    co_return co_await draw(*data, call.value("output"), call.desk.operation());
}

QCoro::Task<Reply> reportIncident(Invocation call)
{
    if (const auto output = checkOutput(call); !output) {
        co_return std::unexpected(output.error());
    }
    if (const auto opened = call.desk.openForReading(); !opened) {
        co_return std::unexpected(opened.error());
    }
    const auto incident = call.desk.incidents().find(IncidentId(call.argument(0)));
    const auto plans = incident ? plansOf(call.desk.recovery(), incident->id) : std::unexpected(incident.error());
    if (!plans) {
        co_return std::unexpected(plans.error());
    }
    const auto data = incidentReportDocument(call.desk.journal(), *incident, *plans);
    if (!data) {
        co_return std::unexpected(data.error());
    }
    co_return co_await draw(*data, call.value("output"), call.desk.operation());
}

} // namespace

QList<Command> reportCommands()
{
    const QCommandLineOption output(QStringList{"o", "output"}, "The PDF to write.", "FILE");
    const QCommandLineOption force("force", "Overwrite FILE if it is there.");
    return {
        {"report plan", "PLAN", "A plan as PDF, for auditors.", {output, force}, reportPlan},
        {"report incident", "INCIDENT", "An incident with all its plans as PDF.", {output, force}, reportIncident},
    };
}

} // namespace rc::ctl
