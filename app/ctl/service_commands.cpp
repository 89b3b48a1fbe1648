// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/bare_action.h"
#include "app/ctl/command.h"
#include "app/ctl/options.h"
#include "app/ctl/text.h"

namespace rc::ctl {
namespace {

QList<SystemId> idsFrom(const Invocation& call)
{
    QList<SystemId> ids;
    for (const auto& argument : call.arguments) {
        ids.append(SystemId(argument));
    }
    return ids;
}

Reply list(const Invocation& call)
{
    const auto document = call.desk.inventory();
    if (!document) {
        return std::unexpected(document.error());
    }
    QJsonArray json;
    QList<QStringList> rows;
    for (const auto& system : document->inventory.systems) {
        const QString manager = system.manager ? QString(idOf(system.manager->kind)) : QString();
        json.append(QJsonObject{{"id", system.id.text()},
                                {"type", system.type},
                                {"manager", manager},
                                {"depends_on", toJson(system.dependsOn)},
                                {"critical", system.critical}});
        rows.append({system.id.text(), system.type, manager, plain(toJson(system.dependsOn)),
                     system.critical ? QString("critical") : QString()});
    }
    return Answer{json, table({"ID", "TYPE", "MANAGER", "DEPENDS ON", ""}, rows)};
}

Reply graph(const Invocation& call)
{
    const auto document = call.desk.inventory();
    if (!document) {
        return std::unexpected(document.error());
    }
    QJsonArray nodes;
    QJsonArray edges;
    QString text;
    for (const auto& system : document->inventory.systems) {
        nodes.append(system.id.text());
        for (const auto& dependency : system.dependsOn) {
            edges.append(QJsonObject{{"from", system.id.text()}, {"to", dependency.text()}});
            text += system.id.text() + " needs " + dependency.text() + "\n";
        }
    }
    return Answer{QJsonObject{{"nodes", nodes}, {"edges", edges}}, text.isEmpty() ? QString("No dependencies.") : text};
}

Reply order(const Invocation& call)
{
    const auto document = call.desk.inventory();
    if (!document) {
        return std::unexpected(document.error());
    }
    const auto found = DependencyResolver(document->inventory).order(idsFrom(call), call.has("dependencies"));
    if (!found) {
        return std::unexpected(found.error());
    }
    const auto json = toJson(*found);
    return Answer{json, fields(json, {"order", "critical_path", "estimate_ms"})};
}

QCoro::Task<Reply> restart(Invocation call)
{
    const auto mode =
        call.has("mode") ? enumOption<RestartMode>(call, "mode") : Result<RestartMode>(RestartMode::Rolling);
    if (!mode) {
        co_return std::unexpected(mode.error());
    }
    const QJsonObject parameters{{"services", toJson(idsFrom(call))},
                                 {"dependencies", call.has("dependencies")},
                                 {"health", !call.has("no-health")},
                                 {"abort_on_critical", call.has("abort-on-critical")},
                                 {"mode", QString(idOf(*mode))}};
    if (call.has("dry-run")) {
        if (const auto opened = call.desk.openForReading(); !opened) {
            co_return std::unexpected(opened.error());
        }
        co_return co_await previewBareAction(call, ActionType::RestartServices, parameters);
    }
    const auto context = mayAct(call.desk, {Role::NodeOperator, Role::IncidentCommander}, "Restarting services");
    if (!context) {
        co_return std::unexpected(context.error());
    }
    co_return co_await runBareAction(call, *context, ActionType::RestartServices, parameters,
                                     [](const StepResult& result) { return result.fields; });
}

} // namespace

QList<Command> serviceCommands()
{
    const QCommandLineOption dependencies("dependencies", "Also all that they depend on.");
    return {
        {"service list", "", "Services, their managers and what they depend on.", {}, immediate(list)},
        {"service graph", "", "Who needs whom.", {}, immediate(graph)},
        {"service order", "ID...", "The order of a restart, dependencies first.", {dependencies}, immediate(order)},
        {"service restart",
         "ID...",
         "Restarts services, dependencies first; a restart succeeds when the service is healthy.",
         {dependencies,
          {"mode", "rolling (default): one after another; stop-all: all down before any is started.", "MODE"},
          {"no-health", "Do not wait until they are healthy."},
          {"abort-on-critical", "When a critical service fails, start nothing new."},
          {"dry-run", "Show what would be done; touch nothing."}},
         restart},
    };
}

} // namespace rc::ctl
