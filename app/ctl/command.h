// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/desk.h"

#include <QCommandLineOption>
#include <QCommandLineParser>
#include <QCoroTask>

namespace rc::ctl {

/// What a command answers: one JSON document for scripts, the same as text for people, and the exit status (0; 1:
/// done, and the outcome is a failure; 5: cancelled on the way; see cli.md, "Exit").
struct Answer
{
    QJsonValue json;
    QString text;
    int exit = 0;
};

using Reply = Result<Answer>;

/// A command as it was called.
struct Invocation
{
    Desk& desk;
    std::shared_ptr<QCommandLineParser> parser;
    QStringList arguments;

    [[nodiscard]] QString argument(int index) const { return arguments.value(index); }
    [[nodiscard]] QString value(const QString& option) const { return parser->value(option); }
    [[nodiscard]] QStringList values(const QString& option) const { return parser->values(option); }
    [[nodiscard]] bool has(const QString& option) const { return parser->isSet(option); }
};

/// One line of the table in cli.md. `name` may have several words; `positional` names what follows, `[X]` for what may
/// be left out and `X...` for one or more.
struct Command
{
    QString name;
    QString positional;
    QString help;
    QList<QCommandLineOption> options;
    std::function<QCoro::Task<Reply>(Invocation)> run;
};

[[nodiscard]] QList<Command> labCommands();
[[nodiscard]] QList<Command> operatorCommands();
[[nodiscard]] QList<Command> temporaryRoleCommands();
[[nodiscard]] QList<Command> incidentCommands();
[[nodiscard]] QList<Command> procedureCommands();
[[nodiscard]] QList<Command> planCommands();
[[nodiscard]] QList<Command> stepCommands();
[[nodiscard]] QList<Command> systemCommands();
[[nodiscard]] QList<Command> configurationCommands();
[[nodiscard]] QList<Command> chainCommands();
[[nodiscard]] QList<Command> serviceCommands();
[[nodiscard]] QList<Command> healthCommands();
[[nodiscard]] QList<Command> journalCommands();
[[nodiscard]] QList<Command> reportCommands();

/// For commands that wait for nothing.
template <class Function>
[[nodiscard]] std::function<QCoro::Task<Reply>(Invocation)> immediate(Function function)
{
    return [function](Invocation invocation) -> QCoro::Task<Reply> { co_return function(invocation); };
}

} // namespace rc::ctl
