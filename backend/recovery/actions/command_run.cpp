// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/actions/command_run.h"

#include "backend/recovery/actions/parameter_values.h"
#include "backend/services/command_output.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUuid>

namespace rc {
namespace {

/// Of the output, in a sentence that says why it failed.
constexpr qsizetype ToldOfFailure = 600;
constexpr std::chrono::seconds AskedFor{60};

QString quoted(const QString& word)
{
    static const QRegularExpression plain(R"(\A[A-Za-z0-9_@%+=:,./-]+\z)");
    return plain.match(word).hasMatch() ? word : "'" + QString(word).replace("'", R"('\'')") + "'";
}

QString nthKey(const QString& first, int n)
{
    return n == 1 ? first : QString("%1-%2").arg(first).arg(n);
}

/// How many runs of that key there have been.
int runsOf(const CommandRunner& runner, const QString& first)
{
    int count = 0;
    while (QFileInfo::exists(runner.outputFile(nthKey(first, count + 1)))) {
        ++count;
    }
    return count;
}

/// Nobody has answered, neither the start nor the question after it.
bool mayHaveStarted(const Error& error)
{
    return error.details["may_run"].toBool();
}

Result<QJsonObject> outputsOf(const Command& command, const QString& file, const Redaction& redaction)
{
    if (command.outputsFrom == OutputsFrom::None) {
        return QJsonObject();
    }
    if (command.outputsFrom == OutputsFrom::Lines) {
        const auto lines = outputLines(file);
        if (!lines) {
            return std::unexpected(lines.error());
        }
        QJsonArray texts;
        for (const auto& line : *lines) {
            texts.append(Redaction::textOf(redaction.masked(line)));
        }
        return QJsonObject{{"lines", texts}};
    }
    const auto line = lastOutputLine(file);
    if (!line) {
        return std::unexpected(line.error());
    }
    const auto document = QJsonDocument::fromJson(*line);
    if (!document.isObject()) {
        return fail(ErrorCode::InvalidInput, QString("The last line of its output is not a JSON object: %1")
                                                 .arg(Redaction::textOf(redaction.masked(*line)).left(ToldOfFailure)));
    }
    return redaction.shown(QJsonValue(document.object())).toObject();
}

QString howToEnd(const ChildRecord& child)
{
    return QString("To end it: kill -TERM -- -%1").arg(child.process.pid);
}

Probe probeOf(EffectState state, StepResult result)
{
    result.success = state == EffectState::Applied;
    result.fields["found_by_probe"] = true;
    return {state, std::move(result)};
}

Result<QList<int>> exitsIn(const QJsonObject& object)
{
    QList<int> exits;
    for (const QJsonValue code : object["expect_exit"].toArray()) {
        if (!code.isDouble()) {
            return fail(ErrorCode::InvalidInput, "An expected exit code is not a number.");
        }
        exits.append(code.toInt());
    }
    return exits.isEmpty() ? QList<int>{0} : exits;
}

} // namespace

QString commandKey(const ActionContext& context, const QString& name)
{
    const auto start = context.act == StepAct::Undo ? context.undoStartedAt : context.startedAt;
    const auto begun = QDateTime::fromMSecsSinceEpoch(start.time_since_epoch().count(), Qt::UTC);
    return QString("%1/%2-%3-%4")
        .arg(context.holder)
        .arg(context.attempt)
        .arg(name, begun.toString("yyyyMMdd'T'HHmmsszzz"));
}

QString Command::line() const
{
    QStringList words{quoted(program)};
    for (const auto& argument : arguments) {
        words.append(quoted(argument));
    }
    return words.join(' ');
}

Result<Command> commandIn(const QJsonObject& object, const QJsonObject& outer)
{
    const auto of = [&](const QString& field) { return object.contains(field) ? object[field] : outer[field]; };
    const auto program = textIn(object["program"], "The program");
    const auto arguments = textsIn(object["arguments"], "An argument of the command");
    const auto directory = textIn(of("directory").isUndefined() ? QJsonValue("/") : of("directory"), "The directory");
    const auto exits = exitsIn(object);
    for (const auto& wrong :
         {program ? QString() : program.error().message, arguments ? QString() : arguments.error().message,
          directory ? QString() : directory.error().message, exits ? QString() : exits.error().message}) {
        if (!wrong.isEmpty()) {
            return fail(ErrorCode::InvalidInput, wrong);
        }
    }
    return Command{*program,   *arguments,
                   *directory, of("environment").toObject(),
                   *exits,     enumFromJson(object["outputs_from"], OutputsFrom::None)};
}

Status canStart(const Command& command)
{
    if (const auto program = findProgram(command.program); !program) {
        return std::unexpected(program.error());
    }
    if (!QDir::isAbsolutePath(command.directory) || !QFileInfo(command.directory).isDir()) {
        return fail(ErrorCode::NotFound,
                    QString("There is no directory %1 to run %2 in.").arg(command.directory, command.program));
    }
    const auto environment = namedValuesIn(command.environment, "The variable");
    return environment ? Status() : std::unexpected(environment.error());
}

QCoro::Task<Status> CommandRuns::clearTheWay(QString holder) const
{
    const Result<QList<ChildRecord>> children = co_await m_runner.list(holder + "/");
    if (!children) {
        co_return std::unexpected(children.error());
    }
    for (const auto& child : *children) {
        if (child.state == ChildState::Running && !child.id.contains("/probe-")) {
            co_return fail(ErrorCode::Busy, QString("An earlier run of this command, process %1, is still there. %2")
                                                .arg(child.process.pid)
                                                .arg(howToEnd(child)));
        }
    }
    const Status forgotten = co_await m_runner.forget(holder + "/");
    co_return forgotten;
}

StepResult CommandRuns::resultOf(const ChildRecord& child, const QString& key, const Command& command,
                                 const Redaction& redaction) const
{
    const auto output = m_runner.outputFile(key);
    const auto errors = m_runner.errorFile(key);
    const auto program = QFileInfo(command.program).fileName();
    const auto said = outputTail(QFileInfo(errors).size() > 0 ? errors : output, redaction, ToldOfFailure).trimmed();
    const bool isExpected = child.exitCode && command.expectedExits.contains(*child.exitCode);
    StepResult result{isExpected, QString("%1 %2.").arg(program, child.stateText()), {}, {}, m_clock()};
    result.artifacts.append(outputArtifact(QString("output of %1").arg(program), output));
    result.fields = {{"output", outputTail(output, redaction)}};
    if (QFileInfo::exists(errors)) {
        result.artifacts.append(outputArtifact(QString("errors of %1").arg(program), errors));
        result.fields["errors"] = outputTail(errors, redaction);
    }
    if (child.exitCode) {
        result.fields["exit_code"] = *child.exitCode;
    }
    if (!isExpected) {
        result.message += said.isEmpty() ? QString(" It wrote nothing.") : QString(" Its output ends with:\n") + said;
        return result;
    }
    const auto outputs = outputsOf(command, output, redaction);
    if (!outputs) {
        result.success = false;
        result.message += " " + outputs.error().message;
        return result;
    }
    addFields(result.fields, *outputs);
    return result;
}

QCoro::Task<StepResult> CommandRuns::giveUp(QString key, Error why, Redaction redaction) const
{
    StepResult result{false, why.message, {{"error", why.toJson()}}, {}, m_clock()};
    const Result<ChildRecord> stopped = co_await m_runner.stop(key);
    result.fields["output"] = outputTail(m_runner.outputFile(key), redaction);
    result.artifacts.append(outputArtifact("output of the command that was stopped", m_runner.outputFile(key)));
    if (stopped) {
        result.message += QString(" It %1; nothing that it has started is left.").arg(stopped->stateText());
        co_return result;
    }
    if (stopped.error().code == ErrorCode::NotFound && !QFileInfo::exists(m_runner.outputFile(key))) {
        result.message += " It was never started.";
        co_return result;
    }
    result.message += QString(" Whether it has ended cannot be told: %1").arg(stopped.error().message);
    result.doubtful = true;
    result.leftovers = {QJsonObject{{"system", ""},
                                    {"what", "A command may still run: " + stopped.error().message},
                                    {"cleanup", "Look for it among the processes of this machine, and end it."}}};
    co_return result;
}

QCoro::Task<StepResult> CommandRuns::run(ActionContext context, Command command, QString name) const
{
    const auto environment = namedValuesIn(command.environment, "The variable");
    const auto program = findProgram(command.program);
    Status can = canStart(command);
    if (can) {
        can = co_await clearTheWay(context.holder);
    }
    if (can && context.operation.cancel.isCancelled()) {
        can = fail(ErrorCode::Cancelled, "The command was stopped before it began.");
    }
    if (!can || !environment || !program) {
        auto refused = failedResult(can ? Error() : can.error(), m_clock());
        refused.reverted = context.attempt == 1; // what an earlier attempt had done stands
        co_return refused;
    }
    const auto first = commandKey(context, name);
    const auto key = nthKey(first, runsOf(m_runner, first) + 1);
    const CommandSpec spec{.program = *program,
                           .arguments = command.arguments,
                           .environment = environment->values,
                           .directory = command.directory,
                           .errorsApart = command.outputsFrom != OutputsFrom::None};
    const Result<ChildRecord> started = co_await m_runner.start(key, spec);
    if (!started && mayHaveStarted(started.error())) {
        co_return co_await giveUp(key, started.error(), environment->redaction);
    }
    if (!started) {
        auto failed = failedResult(started.error(), m_clock());
        failed.reverted = context.attempt == 1;
        co_return failed;
    }
    context.operation.progress(QString("Process %1: %2").arg(started->process.pid).arg(command.line()));
    const Result<ChildRecord> ended = co_await m_runner.follow(key, environment->redaction, context.operation);
    if (!ended) {
        co_return co_await giveUp(key, ended.error(), environment->redaction);
    }
    co_return resultOf(*ended, key, command, environment->redaction);
}

QCoro::Task<Probe> CommandRuns::look(ActionContext context, Command command, QString name) const
{
    const auto first = commandKey(context, name);
    const auto key = nthKey(first, std::max(1, runsOf(m_runner, first)));
    const Result<std::optional<ChildRecord>> found = co_await m_runner.find(key);
    if (!found) {
        co_return cannotTell(found.error().message, m_clock());
    }
    if (!*found) {
        co_return probeOf(EffectState::NotApplied, {false, "It was never started.", {}, {}, m_clock()});
    }
    const auto environment = namedValuesIn(command.environment, "The variable");
    if (!environment) {
        co_return cannotTell("What it wrote cannot be shown without its secrets. " + environment.error().message,
                             m_clock());
    }
    Result<ChildRecord> child = **found;
    if (child->state == ChildState::Running) {
        context.operation.progress(QString("It still runs, as process %1 since %2; waiting for its end. %3")
                                       .arg(child->process.pid)
                                       .arg(toRfc3339(child->startedAt), howToEnd(*child)));
        child = co_await m_runner.follow(key, environment->redaction, context.operation);
    }
    if (!child) {
        co_return Probe{EffectState::CannotTell,
                        {false,
                         QString("It still runs, as process %1 since %2. %3")
                             .arg((*found)->process.pid)
                             .arg(toRfc3339((*found)->startedAt), howToEnd(**found)),
                         {{"running", true}},
                         {},
                         m_clock()}};
    }
    auto result = resultOf(*child, key, command, environment->redaction);
    if (child->stopped) {
        result.message = "It was told to stop. " + result.message;
    }
    const bool isDone = result.success && !child->stopped;
    co_return probeOf(isDone ? EffectState::Applied : EffectState::CannotTell, result);
}

QCoro::Task<Probe> CommandRuns::ask(ActionContext context, Command command, QString why) const
{
    const auto program = findProgram(command.program);
    const auto environment = namedValuesIn(command.environment, "The variable");
    if (!program || !environment) {
        co_return cannotTell(why + " " + (program ? environment.error().message : program.error().message), m_clock());
    }
    const auto key = context.holder + "/probe-" + QUuid::createUuid().toString(QUuid::Id128);
    const CommandSpec spec{.program = *program,
                           .arguments = command.arguments,
                           .environment = environment->values,
                           .directory = command.directory};
    const LimitedOperation limited(context.operation, AskedFor);
    Result<ChildRecord> child = co_await m_runner.start(key, spec);
    if (child) {
        child = co_await m_runner.follow(key, environment->redaction, limited.operation);
    }
    if (!child) {
        (void)co_await m_runner.stop(key);
        co_return cannotTell(QString("%1 Asking by '%2': %3").arg(why, command.line(), child.error().message),
                             m_clock());
    }
    const auto said = outputTail(m_runner.outputFile(key), environment->redaction, ToldOfFailure).trimmed();
    (void)co_await m_runner.forget(key);
    QFile::remove(m_runner.outputFile(key));
    const auto state = child->exitCode == 0   ? EffectState::Applied
                       : child->exitCode == 1 ? EffectState::NotApplied
                                              : EffectState::CannotTell;
    const auto sentence = QString("%1 '%2' %3. %4").arg(why, command.line(), child->stateText(), said).trimmed();
    co_return probeOf(state, {false, sentence, {}, {}, m_clock()});
}

} // namespace rc
