// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/result/restart_result.h"

#include <algorithm>

namespace rc {
namespace {

QJsonValue millisecondsOrNull(const std::optional<Milliseconds>& duration)
{
    return duration ? QJsonValue(qint64(duration->count())) : QJsonValue(QJsonValue::Null);
}

} // namespace

bool MultiRestartResult::allSuccessful() const
{
    return std::ranges::all_of(results, &RestartResult::success);
}

const RestartResult* MultiRestartResult::find(const SystemId& service) const
{
    const auto found = std::ranges::find(results, service, &RestartResult::serviceId);
    return found == results.end() ? nullptr : &*found;
}

QJsonObject toJson(const RestartResult& result)
{
    return {
        {"service_id", result.serviceId.text()},
        {"timestamp", toRfc3339(result.timestamp)},
        {"success", result.success()},
        {"outcome", QString(idOf(result.outcome))},
        {"because", result.because},
        {"stop_ms", millisecondsOrNull(result.stop)},
        {"start_ms", millisecondsOrNull(result.start)},
        {"health", result.health ? QJsonValue(QString(idOf(*result.health))) : QJsonValue(QJsonValue::Null)},
        {"message", result.message},
        {"dependencies_restarted", toJson(result.dependenciesRestarted)},
        {"artifacts", result.artifacts},
    };
}

QJsonObject toJson(const MultiRestartResult& result)
{
    QJsonArray results;
    for (const auto& one : result.results) {
        results.append(toJson(one));
    }
    return {
        {"all_successful", result.allSuccessful()},
        {"timestamp", toRfc3339(result.timestamp)},
        {"services", toJson(result.services)},
        {"results", results},
    };
}

QJsonObject toJson(const ServiceOrder& order)
{
    QJsonArray waves;
    for (const auto& wave : order.waves) {
        waves.append(toJson(wave));
    }
    return {
        {"order", toJson(order.order)},
        {"waves", waves},
        {"critical_path", toJson(order.criticalPath)},
        {"estimate_ms", qint64(order.estimate.count())},
    };
}

QString restartedSentence(const SystemId& service)
{
    return QString("Service %1 restarted successfully").arg(service.text());
}

QString restartFailedSentence(const SystemId& service, const QString& why)
{
    return QString("Failed to restart service %1: %2").arg(service.text(), why);
}

} // namespace rc
