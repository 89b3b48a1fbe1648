// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/bare_action.h"
#include "app/ctl/command.h"
#include "app/ctl/options.h"
#include "app/ctl/text.h"

namespace rc::ctl {
namespace {

/// `--to` as actions take it.
Result<QJsonValue> targetOption(const Invocation& call)
{
    const auto target = targetStateFrom(call.value("to"), std::nullopt);
    if (!target) {
        return std::unexpected(target.error());
    }
    switch (target->kind) {
    case TargetStateKind::ConfigurationVersion:
        return QJsonValue(QJsonObject{{"version", target->version}});
    case TargetStateKind::Specific:
        return QJsonValue(QJsonObject{{"config", target->configurationId}});
    case TargetStateKind::LastKnownGood:
        break;
    }
    return QJsonValue(QString(idOf(TargetStateKind::LastKnownGood)));
}

QJsonArray argumentsAsJson(const Invocation& call)
{
    return QJsonArray::fromStringList(call.arguments);
}

Reply list(const Invocation& call)
{
    if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    const auto tools = call.desk.toolbox();
    if (!tools) {
        return std::unexpected(tools.error());
    }
    QJsonArray json;
    QList<QStringList> rows;
    for (const auto& system : (*tools)->inventory().systems) {
        QJsonObject entry{{"id", system.id.text()}, {"type", system.type}, {"critical", system.critical}};
        QString version("-");
        if (system.configuration) {
            const auto drift = (*tools)->configurations().drift(system.id);
            if (drift && drift->version > 0) {
                version =
                    QString("%1%2").arg(drift->version).arg(drift->isDrifted() ? QString(" (drifted)") : QString());
                entry["configuration_version"] = drift->version;
                entry["drifted"] = drift->isDrifted();
            }
        }
        json.append(entry);
        rows.append({system.id.text(), system.type, version});
    }
    return Answer{json, table({"ID", "TYPE", "CONFIGURATION"}, rows)};
}

/// What a restoration would do: the shape of its result, with the difference and the acts.
QCoro::Task<Reply> previewRestoration(Invocation call, TargetState target)
{
    if (const auto opened = call.desk.openForReading(); !opened) {
        co_return std::unexpected(opened.error());
    }
    const auto tools = call.desk.toolbox();
    if (!tools) {
        co_return std::unexpected(tools.error());
    }
    QJsonArray all;
    QString text("Dry run; nothing was touched.\n");
    for (const auto& id : call.arguments) {
        const Result<RestorationPreview> preview = co_await (*tools)->restoration().dryRun(SystemId(id), target);
        if (!preview) {
            co_return std::unexpected(preview.error());
        }
        auto json = toJson(*preview);
        json["dry_run"] = true;
        all.append(json);
        text += id + ":\n  " + preview->actions.join("\n  ") + "\n" + preview->diff;
    }
    co_return Answer{all.size() == 1 ? all.first().toObject() : QJsonObject{{"dry_run", true}, {"restorations", all}},
                     text};
}

QCoro::Task<Reply> restore(Invocation call)
{
    const auto target = targetOption(call);
    if (!target) {
        co_return std::unexpected(target.error());
    }
    if (call.has("dry-run")) {
        co_return co_await previewRestoration(call, *targetStateFrom(call.value("to"), std::nullopt));
    }
    const QJsonObject parameters{{"systems", argumentsAsJson(call)}, {"to", *target}};
    const auto context = mayAct(call.desk, {Role::NodeOperator, Role::IncidentCommander}, "Restoring a system");
    if (!context) {
        co_return std::unexpected(context.error());
    }
    const bool one = call.arguments.size() == 1;
    co_return co_await runBareAction(call, *context, ActionType::RestoreSystem, parameters,
                                     [one](const StepResult& result) {
                                         const auto all = result.fields["restorations"].toArray();
                                         return one && all.size() == 1 ? all.first().toObject() : result.fields;
                                     });
}

QCoro::Task<Reply> canRestore(Invocation call)
{
    const auto target = targetStateFrom(call.value("to"), std::nullopt);
    if (!target) {
        co_return std::unexpected(target.error());
    }
    if (const auto opened = call.desk.openForReading(); !opened) {
        co_return std::unexpected(opened.error());
    }
    const auto tools = call.desk.toolbox();
    if (!tools) {
        co_return std::unexpected(tools.error());
    }
    const Status can = co_await (*tools)->restoration().canRestore(SystemId(call.argument(0)), *target);
    if (!can) {
        co_return std::unexpected(can.error());
    }
    co_return Answer{QJsonObject{{"system_id", call.argument(0)}, {"can_restore", true}},
                     QString("%1 can be restored to %2.").arg(call.argument(0), target->text())};
}

QCoro::Task<Reply> estimate(Invocation call)
{
    const auto target = targetStateFrom(call.value("to"), std::nullopt);
    if (!target) {
        co_return std::unexpected(target.error());
    }
    if (const auto opened = call.desk.openForReading(); !opened) {
        co_return std::unexpected(opened.error());
    }
    const auto tools = call.desk.toolbox();
    if (!tools) {
        co_return std::unexpected(tools.error());
    }
    const Result<Milliseconds> time =
        co_await (*tools)->restoration().estimateRestorationTime(SystemId(call.argument(0)), *target);
    if (!time) {
        co_return std::unexpected(time.error());
    }
    co_return Answer{QJsonObject{{"system_id", call.argument(0)}, {"estimate_ms", qint64(time->count())}},
                     duration(time->count())};
}

Reply review(const Invocation& call)
{
    const auto inventory = call.desk.inventory();
    if (!inventory) {
        return std::unexpected(inventory.error());
    }
    const auto context = call.desk.signIn();
    if (!context) {
        return std::unexpected(context.error());
    }
    if (const auto reviewed = call.desk.recovery().reviewInventory(*context, *inventory); !reviewed) {
        return std::unexpected(reviewed.error());
    }
    return Answer{QJsonObject{{"file", inventory->file}, {"hash", inventory->sha256()}},
                  QString("%1 has taken responsibility for %2 as it stands.").arg(context->name, inventory->file)};
}

} // namespace

QList<Command> systemCommands()
{
    const QCommandLineOption to("to", "last-known-good, version:N or config:ID.", "TARGET", "last-known-good");
    return QList<Command>{
               {"system list", "", "Systems with their configuration versions.", {}, immediate(list)},
               {"system restore",
                "ID...",
                "Restores systems to a trusted configuration: stop, apply, start, verify.",
                {to, {"dry-run", "Show the exact difference; touch nothing."}},
                restore},
               {"system can-restore", "ID", "Whether a restoration is possible, or why not.", {to}, canRestore},
               {"system estimate", "ID", "How long a restoration would take.", {to}, estimate},
               {"system review",
                "",
                "Takes responsibility for the inventory as it stands, so that plans may run on it.",
                {},
                immediate(review)},
           } +
           configurationCommands();
}

} // namespace rc::ctl
