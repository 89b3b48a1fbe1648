// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/services/supervised_child.h"

#include <QDir>

namespace rc {

static QJsonValue numberOrNull(const std::optional<int>& number)
{
    return number ? QJsonValue(*number) : QJsonValue(QJsonValue::Null);
}

static std::optional<int> numberFrom(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(value.toInt()) : std::nullopt;
}

QJsonObject ChildRecord::toJson() const
{
    return {{"id", id},
            {"program", program},
            {"log", log},
            {"run", run},
            {"process", process.toJson()},
            {"state", idOf(state)},
            {"exit_code", numberOrNull(exitCode)},
            {"exit_signal", numberOrNull(exitSignal)},
            {"started_at", toRfc3339(startedAt)},
            {"stopped", stopped},
            {"ended_at", rc::toJson(endedAt)}};
}

ChildRecord ChildRecord::fromJson(const QJsonObject& object)
{
    return {.id = object["id"].toString(),
            .program = object["program"].toString(),
            .log = object["log"].toString(),
            .run = object["run"].toString(),
            .process = ProcessIdentity::fromJson(object["process"].toObject()),
            .state = enumFromJson(object["state"], ChildState::Exited),
            .exitCode = numberFrom(object["exit_code"]),
            .exitSignal = numberFrom(object["exit_signal"]),
            .startedAt = timeFromJson(object["started_at"]).value_or(Timestamp{}),
            .stopped = object["stopped"].toBool(),
            .endedAt = timeFromJson(object["ended_at"])};
}

QString ChildRecord::stateText() const
{
    if (state == ChildState::Running) {
        return "running";
    }
    if (exitCode) {
        return QString("exited with code %1").arg(*exitCode);
    }
    return exitSignal ? QString("ended by signal %1").arg(*exitSignal) : QString("ended");
}

SupervisorFiles::SupervisorFiles(const QString& home)
    : directory(QDir(home).absoluteFilePath("run"))
    , lock(directory + "/supervisor.lock")
    , address(directory + "/supervisor.json")
    , children(directory + "/children.json")
    , log(directory + "/supervisor.log")
{
}

} // namespace rc
