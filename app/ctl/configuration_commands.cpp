// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/bare_action.h"
#include "app/ctl/command.h"
#include "app/ctl/options.h"
#include "app/ctl/text.h"

namespace rc::ctl {
namespace {

/// Runs with the configurations of the inventory's systems; `writing` signs the operator in.
template <class Function>
Reply withConfigurations(const Invocation& call, bool writing, Function function)
{
    std::optional<SecurityContext> context;
    if (writing) {
        const auto signedIn = call.desk.signIn();
        if (!signedIn) {
            return std::unexpected(signedIn.error());
        }
        context = *signedIn;
    } else if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    const auto tools = call.desk.toolbox();
    if (!tools) {
        return std::unexpected(tools.error());
    }
    return function((*tools)->configurations(), context);
}

Result<int> versionArgument(const Invocation& call, int position)
{
    bool ok = false;
    const int version = call.argument(position).toInt(&ok);
    if (!ok || version < 1) {
        return fail(ErrorCode::InvalidInput,
                    QString("'%1' is not a version, expected a whole number from 1.").arg(call.argument(position)));
    }
    return version;
}

Reply list(const Invocation& call)
{
    return withConfigurations(call, false, [&](ConfigurationService& configurations, const auto&) -> Reply {
        const SystemId system(call.argument(0));
        const auto versions = configurations.versions(system);
        const auto marks = configurations.marks(system);
        if (!versions || !marks) {
            return std::unexpected(!versions ? versions.error() : marks.error());
        }
        QJsonArray json;
        QList<QStringList> rows;
        for (const auto& version : *versions) {
            QJsonArray trusted;
            QStringList by;
            for (const auto& mark : *marks) {
                if (mark.version == version.version) {
                    trusted.append(toJson(mark));
                    by.append(mark.revokedAt ? mark.by.text() + " (revoked)" : mark.by.text());
                }
            }
            auto entry = toJson(version);
            entry["trust"] = trusted;
            json.append(entry);
            rows.append({QString::number(version.version), version.id(), toRfc3339(version.createdAt),
                         version.createdBy.text(), by.join(", "), version.note});
        }
        return Answer{json, table({"VERSION", "ID", "TAKEN", "BY", "FOUND GOOD BY", "NOTE"}, rows)};
    });
}

Reply show(const Invocation& call)
{
    return withConfigurations(call, false, [&](ConfigurationService& configurations, const auto&) -> Reply {
        const auto number = versionArgument(call, 1);
        if (!number) {
            return std::unexpected(number.error());
        }
        const auto version = configurations.get(SystemId(call.argument(0)), *number);
        if (!version) {
            return std::unexpected(version.error());
        }
        const auto contents = configurations.contents(*version);
        if (!contents) {
            return std::unexpected(contents.error());
        }
        auto json = toJson(*version);
        QString text;
        QJsonArray files;
        for (qsizetype i = 0; i < contents->size(); ++i) {
            const QString content = QString::fromUtf8((*contents)[i]);
            files.append(QJsonObject{{"path", version->files[i].path}, {"content", content}});
            text += "--- " + version->files[i].path + "\n" + content + "\n";
        }
        json["contents"] = files;
        return Answer{json, text};
    });
}

Reply diff(const Invocation& call)
{
    return withConfigurations(call, false, [&](ConfigurationService& configurations, const auto&) -> Reply {
        const auto number = versionArgument(call, 1);
        if (!number) {
            return std::unexpected(number.error());
        }
        const auto version = configurations.get(SystemId(call.argument(0)), *number);
        if (!version) {
            return std::unexpected(version.error());
        }
        const auto difference = configurations.diff(*version);
        if (!difference) {
            return std::unexpected(difference.error());
        }
        return Answer{QJsonObject{{"system_id", call.argument(0)}, {"version", *number}, {"diff", *difference}},
                      difference->isEmpty() ? QString("No difference.") : *difference};
    });
}

Reply add(const Invocation& call)
{
    static const QList<Role> roles{Role::NodeOperator, Role::SecurityAnalyst, Role::IncidentCommander};
    if (const auto allowed = mayAct(call.desk, roles, "Taking in a configuration"); !allowed) {
        return std::unexpected(allowed.error());
    }
    return withConfigurations(call, true, [&](ConfigurationService& configurations, const auto& context) -> Reply {
        const auto version = configurations.importRunning(*context, SystemId(call.argument(0)), call.value("note"));
        if (!version) {
            return std::unexpected(version.error());
        }
        return Answer{
            toJson(*version),
            QString("Version %1 of %2, id %3.").arg(version->version).arg(version->system.text(), version->id())};
    });
}

Reply trust(const Invocation& call)
{
    if (call.has("all") != call.arguments.isEmpty()) {
        return fail(ErrorCode::InvalidInput, "Usage: recoveryctl system config trust ID [VERSION] | --all");
    }
    if (const auto allowed = mayAct(call.desk, trustingRoles(), "Finding a configuration good"); !allowed) {
        return std::unexpected(allowed.error());
    }
    return withConfigurations(call, true, [&](ConfigurationService& configurations, const auto& context) -> Reply {
        if (call.has("all")) {
            const auto versions = configurations.trustAll(*context);
            if (!versions) {
                return std::unexpected(versions.error());
            }
            QJsonArray json;
            for (const auto& version : *versions) {
                json.append(toJson(version));
            }
            return Answer{json, QString("%1 systems marked as good as they are now.").arg(versions->size())};
        }
        const SystemId system(call.argument(0));
        int number = 0;
        if (call.arguments.size() > 1) {
            const auto given = versionArgument(call, 1);
            if (!given) {
                return std::unexpected(given.error());
            }
            number = *given;
        } else {
            const auto running = configurations.importRunning(*context, system, "as found when it was marked good");
            if (!running) {
                return std::unexpected(running.error());
            }
            number = running->version;
        }
        const auto mark = configurations.trust(*context, system, number);
        if (!mark) {
            return std::unexpected(mark.error());
        }
        return Answer{
            toJson(*mark),
            QString("%1 has marked version %2 of %3 as good.").arg(context->name).arg(number).arg(system.text())};
    });
}

} // namespace

QList<Command> configurationCommands()
{
    return {
        {"system config list", "ID", "Configuration versions and who found them good.", {}, immediate(list)},
        {"system config show", "ID VERSION", "The files of a version.", {}, immediate(show)},
        {"system config diff", "ID VERSION", "From the files on disk to a version.", {}, immediate(diff)},
        {"system config add",
         "ID",
         "Takes the files as they are now as a new version.",
         {{"note", "What it is.", "TEXT"}},
         immediate(add)},
        {"system config trust",
         "[ID] [VERSION]",
         "Marks a version (what runs now, if not said) as good.",
         {{"all", "What runs now on every system."}},
         immediate(trust)},
    };
}

} // namespace rc::ctl
