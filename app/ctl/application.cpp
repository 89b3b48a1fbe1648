// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/application.h"

#include "app/ctl/command.h"
#include "backend/platform/signals.h"
#include "backend/platform/terminal.h"
#include "model/base/plain_text.h"

#include <QCoreApplication>
#include <QStandardPaths>
#include <QTextStream>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace rc::ctl {
namespace {

constexpr int Defect = 70;

QList<Command> allCommands()
{
    return labCommands() + operatorCommands() + temporaryRoleCommands() + incidentCommands() + procedureCommands() +
           planCommands() + stepCommands() + systemCommands() + chainCommands() + serviceCommands() + healthCommands() +
           journalCommands() + reportCommands();
}

QList<QCommandLineOption> globalOptions()
{
    return {
        {"home", "Store, keys and evidence live here (default: the platform's data directory).", "DIR"},
        {"inventory", "The inventory file (default HOME/inventory.yaml).", "FILE"},
        {"as", "Who is acting.", "OPERATOR"},
        {"passphrase-file", "Read the passphrase of that operator here instead of asking on the terminal.", "FILE"},
        {"json", "Answer with one JSON document."},
        {QStringList{"h", "help"}, "Help on a command."},
    };
}

void print(FILE* stream, const QString& text)
{
    QTextStream out(stream);
    out << withHiddenShown(text); // titles and names are other people's words
    if (!text.endsWith('\n')) {
        out << '\n';
    }
}

int report(const Error& error, bool json)
{
    if (json) {
        print(stderr, QString::fromUtf8(canonicalJson({{"error", error.toJson()}})));
    } else {
        print(stderr, QString("error: %1: %2").arg(idOf(error.code), error.message));
    }
    return exitCode(error.code);
}

int report(const Answer& answer, bool json)
{
    if (!json) {
        print(stdout, answer.text);
    } else if (answer.json.isArray()) {
        print(stdout, QString::fromUtf8(QJsonDocument(answer.json.toArray()).toJson(QJsonDocument::Compact)));
    } else {
        print(stdout, QString::fromUtf8(canonicalJson(answer.json.toObject())));
    }
    return answer.exit;
}

QString optionLines(const QList<QCommandLineOption>& options)
{
    QString text;
    for (const auto& option : options) {
        const QString value = option.valueName().isEmpty() ? QString() : " " + option.valueName();
        text += QString("  --%1%2\n      %3\n").arg(option.names().last(), value, option.description());
    }
    return text;
}

QString commandLines(const QList<Command>& commands)
{
    QString text;
    for (const auto& command : commands) {
        text += QString("  %1\n      %2\n").arg((command.name + " " + command.positional).trimmed(), command.help);
    }
    return text;
}

QString overview(const QList<Command>& commands)
{
    return "Usage: recoveryctl [OPTIONS] COMMAND ...\n\nBrings a network back after a contained incident. "
           "'recoveryctl COMMAND --help' explains a command.\n\n" +
           commandLines(commands) + "\nOptions of every command:\n" + optionLines(globalOptions()) +
           "  --version\n      The version of the program, without a command.\n"
           "\nExit: 0 done, 1 done with a bad outcome, 2 bad input, 3 denied or not signed in, 4 conflict, "
           "5 unreachable or cancelled, 70 a defect.\n";
}

QString helpFor(const Command& command)
{
    const QString usage = (command.name + " " + command.positional).trimmed();
    const QString options = command.options.isEmpty() ? QString() : "\nOptions:\n" + optionLines(command.options);
    return QString("Usage: recoveryctl [OPTIONS] %1\n\n%2\n%3\nOptions of every command: see recoveryctl --help\n")
        .arg(usage, command.help, options);
}

/// The commands that begin with this word: `lab up`, `lab down` ...
QList<Command> groupOf(const QList<Command>& commands, const QString& word)
{
    QList<Command> group;
    std::ranges::copy_if(commands, std::back_inserter(group),
                         [&](const Command& command) { return command.name.section(' ', 0, 0) == word; });
    return group;
}

/// The answer to a line without a command: help on everything or on a group, the version, or what is wrong.
int answerWithoutCommand(const QList<Command>& commands, const QStringList& words, const QStringList& arguments)
{
    const bool json = arguments.contains("--json");
    const bool help = arguments.contains("--help") || arguments.contains("-h");
    const auto group = groupOf(commands, words.value(0));
    if (help && (words.isEmpty() || !group.isEmpty())) {
        print(stdout, words.isEmpty() ? overview(commands) : commandLines(group));
        return 0;
    }
    if (words.isEmpty() && arguments.contains("--version")) {
        return report(Answer{QJsonObject{{"version", RC_VERSION}}, "recoveryctl " RC_VERSION}, json);
    }
    if (words.isEmpty()) {
        return report({ErrorCode::InvalidInput, "No command given; see recoveryctl --help.", {}}, json);
    }
    const QString given = words.mid(0, 2).join(' ');
    const QString where = group.isEmpty() ? QString() : words.first() + " ";
    return report(
        {ErrorCode::InvalidInput, QString("There is no command '%1'; see recoveryctl %2--help.").arg(given, where), {}},
        json);
}

/// The command whose words stand first among the words that are not options; longest name first.
const Command* findCommand(const QList<Command>& commands, const QStringList& words)
{
    const Command* best = nullptr;
    for (const auto& command : commands) {
        const auto name = command.name.split(' ');
        if (words.mid(0, name.size()) == name && (!best || name.size() > best->name.split(' ').size())) {
            best = &command;
        }
    }
    return best;
}

/// The words of the line that are neither options nor their values, as far as the global options tell.
QStringList wordsOf(const QStringList& arguments)
{
    QStringList withValue;
    for (const auto& option : globalOptions()) {
        if (!option.valueName().isEmpty()) {
            withValue.append("--" + option.names().last());
        }
    }
    QStringList words;
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        if (withValue.contains(arguments[i])) {
            ++i;
        } else if (!arguments[i].startsWith('-')) {
            words.append(arguments[i]);
        }
    }
    return words;
}

Status checkPositionals(const Command& command, const QStringList& given)
{
    const auto names = command.positional.split(' ', Qt::SkipEmptyParts);
    qsizetype least = 0;
    bool open = false;
    for (const auto& name : names) {
        least += name.startsWith('[') ? 0 : 1;
        open = open || name.contains("...");
    }
    if (given.size() < least || (!open && given.size() > names.size())) {
        return fail(ErrorCode::InvalidInput, QString("Usage: recoveryctl %1 %2").arg(command.name, command.positional));
    }
    return {};
}

GlobalOptions optionsFrom(const QCommandLineParser& parser)
{
    GlobalOptions options;
    options.home = parser.isSet("home") ? QFileInfo(parser.value("home")).absoluteFilePath()
                                        : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    options.inventory = parser.isSet("inventory") ? QFileInfo(parser.value("inventory")).absoluteFilePath() : QString();
    options.operatorId = parser.value("as");
    options.passphraseFile = parser.value("passphrase-file");
    options.json = parser.isSet("json");
    return options;
}

QCoro::Task<void> drive(const Command* command, Invocation invocation, int* exit)
{
    const bool json = invocation.desk.options().json;
    const Reply reply = co_await command->run(invocation);
    *exit = reply ? report(*reply, json) : report(reply.error(), json);
    QCoreApplication::exit(*exit);
}

int run(const Command& command, std::shared_ptr<QCommandLineParser> parser, const QStringList& words)
{
    Desk desk(optionsFrom(*parser));
    const auto given = words.mid(command.name.split(' ').size());
    if (const auto right = checkPositionals(command, given); !right) {
        return report(right.error(), desk.options().json);
    }
    if (isTerminal(2) && !desk.options().json) {
        desk.operation().progress = [](const QString& line) { print(stderr, line); };
    }
    InterruptWatcher interrupts;
    QObject::connect(&interrupts, &InterruptWatcher::interrupted, qApp, [&desk](int count) {
        if (count > 1) {
            // The step stays unknown; the next run probes it.
            std::_Exit(exitCode(ErrorCode::Cancelled));
        }
        desk.operation().progress("Stopping in good order; press Ctrl-C again to leave at once.");
        desk.operation().cancel.cancel();
    });
    int exit = Defect;
    QTimer::singleShot(0, qApp, [&] { drive(&command, Invocation{desk, parser, given}, &exit); });
    QCoreApplication::exec();
    return exit;
}

} // namespace

int runApplication(int& argc, char** argv)
{
    QCoreApplication::setOrganizationName("ProzChain");
    QCoreApplication::setApplicationName("recovery-console");
    const QCoreApplication application(argc, argv);
    const auto commands = allCommands();
    const auto arguments = QCoreApplication::arguments();
    const auto words = wordsOf(arguments);
    const auto* command = findCommand(commands, words);
    if (!command) {
        return answerWithoutCommand(commands, words, arguments);
    }
    const auto parser = std::make_shared<QCommandLineParser>();
    parser->addOptions(globalOptions() + command->options);
    if (!parser->parse(arguments)) {
        return report({ErrorCode::InvalidInput, parser->errorText(), {}}, arguments.contains("--json"));
    }
    if (parser->isSet("help")) {
        print(stdout, helpFor(*command));
        return 0;
    }
    return run(*command, parser, parser->positionalArguments());
}

} // namespace rc::ctl
