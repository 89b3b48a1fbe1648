// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recovery/action.h"
#include "backend/services/command_runner.h"

/// Programs as `command` and `notify` run them: what their parameters say, and what came of them.
namespace rc {

/// What of a command's output is handed on.
enum class OutputsFrom {
    None,
    /// The fields of the object in the last line of its standard output.
    Json,
    /// `lines`: the list of the lines of its standard output.
    Lines,
};
template <>
inline constexpr auto enumIds<OutputsFrom> = std::to_array<QLatin1StringView>({
    QLatin1StringView("none"),
    QLatin1StringView("json"),
    QLatin1StringView("lines"),
});

/// `{program, arguments, directory, environment, expect_exit, outputs_from}`, references resolved, secrets not.
struct Command
{
    QString program;
    QStringList arguments;
    QString directory;
    QJsonObject environment;
    QList<int> expectedExits;
    OutputsFrom outputsFrom = OutputsFrom::None;

    /// As it would be typed, with quotes where they are needed.
    [[nodiscard]] QString line() const;
};
/// InvalidInput for values that cannot be used. Of one that belongs to `outer` (its `probe` or `undo`), directory and
/// environment are those of `outer` where it names none of its own.
[[nodiscard]] Result<Command> commandIn(const QJsonObject& object, const QJsonObject& outer = {});
/// Whether it could be started: its program, its directory and its secrets. Changes nothing.
[[nodiscard]] Status canStart(const Command& command);

/// The key of the first run for an intent (CommandRunner): who it is for, which attempt, begun when; a store that has
/// taken the place of another finds nothing of the other's, and an undo nothing of the undo before it. Further ones
/// have a number behind it.
[[nodiscard]] QString commandKey(const ActionContext& context, const QString& name);

/// Runs them under the supervisor, and says what became of them.
class CommandRuns
{
public:
    CommandRuns(CommandRunner runner, Clock clock)
        : m_runner(std::move(runner))
        , m_clock(std::move(clock))
    {
    }

    /// From its start to its end. Cancelled, it is stopped with all that it has started. Busy if an earlier one of the
    /// same holder still runs. `reverted` where nothing was started.
    [[nodiscard]] QCoro::Task<StepResult> run(ActionContext context, Command command, QString name) const;

    /// What became of an interrupted one: waits for it as long as it runs. Applied if it ended as expected; NotApplied
    /// if it was never started; otherwise CannotTell, with how it ended.
    [[nodiscard]] QCoro::Task<Probe> look(ActionContext context, Command command, QString name) const;

    /// Runs a command that only looks: Applied on exit code 0, NotApplied on 1, otherwise CannotTell. `why` is said
    /// before what it found.
    [[nodiscard]] QCoro::Task<Probe> ask(ActionContext context, Command command, QString why) const;

    [[nodiscard]] const Clock& clock() const { return m_clock; }

private:
    [[nodiscard]] StepResult resultOf(const ChildRecord& child, const QString& key, const Command& command,
                                      const Redaction& redaction) const;
    [[nodiscard]] QCoro::Task<StepResult> giveUp(QString key, Error why, Redaction redaction) const;
    [[nodiscard]] QCoro::Task<Status> clearTheWay(QString holder) const;

    CommandRunner m_runner;
    Clock m_clock;
};

} // namespace rc
