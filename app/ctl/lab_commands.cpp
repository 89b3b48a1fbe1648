// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/command.h"
#include "app/ctl/lab.h"
#include "app/ctl/options.h"
#include "app/ctl/text.h"

namespace rc::ctl {
namespace {

constexpr quint16 DefaultPortBase = 18600;

QCoro::Task<Reply> statusReply(Desk* desk)
{
    Lab lab(*desk);
    const Result<QList<Lab::SystemState>> states = co_await lab.status();
    if (!states) {
        co_return std::unexpected(states.error());
    }
    QJsonArray systems;
    QList<QStringList> rows;
    bool running = true;
    for (const auto& state : *states) {
        const bool up = state.child && state.child->state == ChildState::Running;
        running = running && up;
        systems.append(QJsonObject{{"id", state.system.id},
                                   {"running", up},
                                   {"state", state.child ? state.child->stateText() : QString("not running")},
                                   {"pid", up ? QJsonValue(state.child->process.pid) : QJsonValue()},
                                   {"port", state.system.port},
                                   {"health_url", state.system.healthUrl.toString()}});
        rows.append({state.system.id, state.child ? state.child->stateText() : QString("not running"),
                     up ? QString::number(state.child->process.pid) : QString(), QString::number(state.system.port)});
    }
    co_return Answer{QJsonObject{{"running", running}, {"systems", systems}},
                     table({"SYSTEM", "STATE", "PID", "PORT"}, rows)};
}

QCoro::Task<Reply> up(Invocation call)
{
    const auto base = numberOption(call, "port-base", 1024);
    if (!base) {
        co_return std::unexpected(base.error());
    }
    const auto context = call.desk.signInIfNamed();
    if (!context) {
        co_return std::unexpected(context.error());
    }
    Lab lab(call.desk);
    const qint64 port = base->value_or(lab.recordedPortBase().value_or(DefaultPortBase));
    if (port > 65'500) {
        co_return fail(ErrorCode::InvalidInput, "--port-base is too high, expected at most 65500.");
    }
    const Status started = co_await lab.up(quint16(port));
    if (!started) {
        co_return std::unexpected(started.error());
    }
    co_return co_await statusReply(&call.desk);
}

QCoro::Task<Reply> down(Invocation call)
{
    Lab lab(call.desk);
    const Status stopped = co_await lab.down();
    if (!stopped) {
        co_return std::unexpected(stopped.error());
    }
    co_return Answer{QJsonObject{{"running", false}}, "The lab is stopped; its data stays."};
}

QCoro::Task<Reply> status(Invocation call)
{
    co_return co_await statusReply(&call.desk);
}

QCoro::Task<Reply> breakSystem(Invocation call)
{
    if (!call.has("system")) {
        co_return fail(ErrorCode::InvalidInput, "Say which system: --system ID.");
    }
    Lab lab(call.desk);
    const Result<QJsonObject> broken = co_await lab.breakSystem(call.argument(0), call.value("system"));
    if (!broken) {
        co_return std::unexpected(broken.error());
    }
    co_return Answer{*broken, fields(*broken, broken->keys())};
}

Reply faults(const Invocation&)
{
    QJsonArray json;
    QList<QStringList> rows;
    for (const auto& [name, what] : Lab::faults()) {
        json.append(QJsonObject{{"fault", name}, {"what", what}});
        rows.append({name, what});
    }
    return Answer{json, table({"FAULT", "WHAT IT DOES"}, rows)};
}

} // namespace

QList<Command> labCommands()
{
    return {
        {"lab up",
         "",
         "Starts the practice network: real processes on loopback. Writes HOME/inventory.yaml where there is none.",
         {{"port-base", "The first of its ports (18600).", "N"}},
         up},
        {"lab down", "", "Stops it and leaves no process behind.", {}, down},
        {"lab status", "", "Its processes.", {}, status},
        {"lab break",
         "FAULT",
         "Makes a real fault in one system.",
         {{"system", "The system to break.", "ID"}},
         breakSystem},
        {"lab faults", "", "The faults it knows.", {}, immediate(faults)},
    };
}

} // namespace rc::ctl
