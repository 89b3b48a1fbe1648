// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/command.h"
#include "app/ctl/options.h"
#include "app/ctl/text.h"
#include "backend/health/health_monitor.h"
#include "backend/recovery/interrupted_actions.h"
#include "model/health/proposal.h"

#include <QTextStream>

namespace rc::ctl {
namespace {

/// What is new or over among the proposals goes into the journal, under the device's key; without a store there is
/// nowhere to.
Status propose(Desk& desk, const QList<Proposal>& found, const QList<SystemHealth>& systems)
{
    if (const auto opened = desk.openForReading(); !opened) {
        return opened.error().code == ErrorCode::NotFound ? Status() : opened;
    }
    const auto news = desk.incidents().newsIn(found, systems);
    if (!news || news->isEmpty()) {
        return news ? Status() : std::unexpected(news.error());
    }
    if (const auto opened = desk.openForWriting(); !opened) {
        return opened;
    }
    const auto device = desk.device();
    if (!device) {
        return std::unexpected(device.error());
    }
    const auto written = desk.incidents().propose(found, systems, **device);
    return written ? Status() : std::unexpected(written.error());
}

/// What was seen, as it is answered. A store that cannot be written does not make a sick network healthy: the answer
/// comes first.
Answer answerOf(Desk& desk, const QList<SystemHealth>& systems, const QList<Proposal>& proposals)
{
    auto json = toJson(systems);
    QString text = healthText(json["systems"].toArray());
    if (const auto proposed = propose(desk, proposals, systems); !proposed) {
        json["not_proposed"] = proposed.error().message;
        text += "\nNo incident was proposed: " + proposed.error().message;
    }
    const auto interrupted = desk.openForReading() ? interruptedActions(desk.journal()) : QList<InterruptedAction>();
    QJsonArray actions;
    for (const auto& action : interrupted.value_or(QList<InterruptedAction>())) {
        actions.append(action.toJson());
        text += "\n" + action.sentence();
    }
    json["interrupted"] = actions;
    return {json, text, criticalSystemsUp(systems) ? 0 : 1};
}

QCoro::Task<Reply> once(Invocation call)
{
    const auto inventory = call.desk.inventory();
    if (!inventory) {
        co_return std::unexpected(inventory.error());
    }
    const HealthCheckService health(inventory->inventory, NetworkView(inventory->inventory));
    const QList<SystemHealth> systems = co_await health.checkAll();
    co_return answerOf(call.desk, systems, proposalsFrom(systems, systemTime()));
}

/// One answer among many: each line says when.
QString stamped(Answer seen, Timestamp at, bool asJson)
{
    const QString time = toRfc3339(at);
    if (asJson) {
        auto json = seen.json.toObject();
        json["at"] = time;
        return QString::fromUtf8(canonicalJson(json));
    }
    auto lines = seen.text.split('\n', Qt::SkipEmptyParts);
    for (auto& line : lines) {
        line.prepend(time + "  ");
    }
    return lines.join('\n');
}

QCoro::Task<Reply> watch(Invocation call)
{
    const auto inventory = call.desk.inventory();
    if (!inventory) {
        co_return std::unexpected(inventory.error());
    }
    const auto interval = numberOption(call, "interval", 1);
    if (!interval) {
        co_return std::unexpected(interval.error());
    }
    HealthMonitor monitor(HealthCheckService(inventory->inventory, NetworkView(inventory->inventory)), systemTime);
    monitor.start();
    QTextStream out(stdout);
    while (true) {
        auto waiting = pause(std::chrono::seconds(interval->value_or(5)), call.desk.operation().cancel);
        const bool goOn = co_await waiting;
        if (!goOn) {
            break;
        }
        const auto seen = answerOf(call.desk, monitor.all(), monitor.proposals());
        out << stamped(seen, systemTime(), call.desk.options().json) << Qt::endl;
    }
    const auto systems = monitor.all();
    co_return Answer{toJson(systems), "Stopped watching.", criticalSystemsUp(systems) ? 0 : 1};
}

} // namespace

QList<Command> healthCommands()
{
    return {
        {"health once",
         "",
         "Looks at every system once; exit 1 if anything critical is down. Proposes incidents for what it recognises.",
         {},
         once},
        {"health watch",
         "",
         "Looks again and again, at each system as often as the inventory says, until Ctrl-C.",
         {{"interval", "Seconds between two answers (5).", "SECONDS"}},
         watch},
    };
}

} // namespace rc::ctl
