// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/actions/command_action.h"

#include "backend/recovery/actions/parameter_values.h"

#include <QSysInfo>

namespace rc {
namespace {

bool onlyLooks(const QJsonObject& parameters)
{
    return !parameters["changes"].toBool(true);
}

/// The command of that field, or nothing; a `probe` or an `undo` takes directory and environment from the command.
Result<std::optional<Command>> partOf(const QJsonObject& parameters, const QString& field)
{
    if (!parameters.contains(field)) {
        return std::optional<Command>();
    }
    const auto command = commandIn(parameters[field].toObject(), parameters);
    return command ? Result<std::optional<Command>>(*command) : std::unexpected(command.error());
}

} // namespace

QString CommandAction::describe(const QJsonObject& parameters) const
{
    const auto command = commandIn(parameters);
    return QString("Runs %1%2.")
        .arg(command ? command->line() : parameters["program"].toString(),
             onlyLooks(parameters) ? QString(", which only looks") : QString());
}

QCoro::Task<Status> CommandAction::canRun(ActionContext context)
{
    const auto command = commandIn(context.parameters);
    auto can = command ? canStart(*command) : Status(std::unexpected(command.error()));
    for (const auto& field : {QString("probe"), QString("undo")}) {
        const auto part = partOf(context.parameters, field);
        if (can && !part) {
            can = std::unexpected(part.error());
        }
        if (can && *part) {
            can = canStart(**part);
        }
    }
    co_return can ? claimsKnownSystems(context.parameters, m_inventory) : can;
}

QCoro::Task<Result<QList<Effect>>> CommandAction::dryRun(ActionContext context)
{
    const auto command = commandIn(context.parameters);
    if (!command) {
        co_return std::unexpected(command.error());
    }
    auto resolved = *command;
    const auto program = findProgram(command->program);
    if (!program) {
        co_return std::unexpected(program.error());
    }
    resolved.program = *program;
    const auto variables = namesOf(command->environment);
    QList<Effect> effects{
        {{},
         QString("would run as %1 on %2 in %3: %4%5")
             .arg(qEnvironmentVariable("USER", "this user"), QSysInfo::machineHostName(), command->directory,
                  resolved.line(), variables.isEmpty() ? QString() : QString("; with %1").arg(variables)),
         {}}};
    const auto touched = systems(context.parameters);
    for (const auto& system : touched) {
        effects.append({system, "would be worked on by it", {}});
    }
    co_return effects;
}

QCoro::Task<Result<Capture>> CommandAction::capture(ActionContext context)
{
    if (onlyLooks(context.parameters)) {
        co_return Capture{Capture::Kind::NoEffect, "The command only looks.", {}};
    }
    const auto undo = partOf(context.parameters, "undo");
    if (!undo) {
        co_return std::unexpected(undo.error());
    }
    if (!*undo) {
        co_return Capture{Capture::Kind::Final, "What the command does cannot be taken back.", {}};
    }
    co_return Capture{Capture::Kind::Undoable, QString("Runs %1.").arg((*undo)->line()), {}};
}

QCoro::Task<StepResult> CommandAction::execute(ActionContext context)
{
    const auto command = commandIn(context.parameters);
    if (!command) {
        co_return failedResult(command.error(), now());
    }
    const StepResult result = co_await m_runs.run(context, *command, "run");
    co_return result;
}

QCoro::Task<StepResult> CommandAction::undo(ActionContext context)
{
    const auto command = partOf(context.parameters, "undo");
    if (!command || !*command) {
        co_return cannotUndo(now());
    }
    const StepResult result = co_await m_runs.run(context, **command, "undo");
    co_return result;
}

QCoro::Task<Probe> CommandAction::probe(ActionContext context)
{
    const bool isUndo = context.act == StepAct::Undo;
    const auto command =
        isUndo ? commandIn(context.parameters["undo"].toObject(), context.parameters) : commandIn(context.parameters);
    const auto asking = partOf(context.parameters, "probe");
    if (!command || !asking) {
        co_return cannotTell(command ? asking.error().message : command.error().message, now());
    }
    const QString name = idOf(context.act);
    Probe found = co_await m_runs.look(context, *command, name);
    if (found.answer != EffectState::CannotTell || found.result.fields.contains("running")) {
        co_return found;
    }
    if (onlyLooks(context.parameters)) {
        found.answer = EffectState::NotApplied;
        co_return found;
    }
    if (!*asking) {
        co_return found;
    }
    Probe asked = co_await m_runs.ask(context, **asking, found.result.message);
    asked.result.artifacts = found.result.artifacts;
    addFields(asked.result.fields, found.result.fields);
    if (isUndo && asked.answer != EffectState::CannotTell) {
        // What the probe finds in place has not been taken back.
        const bool isBack = asked.answer == EffectState::NotApplied;
        asked.answer = isBack ? EffectState::Applied : EffectState::NotApplied;
        asked.result.success = isBack;
    }
    co_return asked;
}

} // namespace rc
