// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/health/health.h"

#include <algorithm>
#include <array>
#include <ranges>

namespace rc {
namespace {

constexpr std::array fromGoodToBad{HealthState::Healthy, HealthState::Unknown, HealthState::Degraded,
                                   HealthState::Stale, HealthState::Unhealthy};

int badness(HealthState state)
{
    return int(std::ranges::find(fromGoodToBad, state) - fromGoodToBad.begin());
}

} // namespace

QJsonObject CheckReport::toJson() const
{
    return {
        {"name", name},
        {"state", QString(idOf(state))},
        {"latency_ms", qint64(latency.count())},
        {"message", message},
    };
}

HealthState overallState(const QList<CheckReport>& checks)
{
    if (checks.isEmpty()) {
        return HealthState::Unknown;
    }
    const auto of = [](const CheckReport& check) { return badness(check.state); };
    return std::ranges::max_element(checks, {}, of)->state;
}

const CheckReport* SystemHealth::find(const QString& check) const
{
    const auto found = std::ranges::find(checks, check, &CheckReport::name);
    return found == checks.end() ? nullptr : &*found;
}

QString SystemHealth::reason() const
{
    QStringList sentences;
    for (const auto worst : std::views::reverse(fromGoodToBad)) {
        for (const auto& check : checks) {
            if (check.state == worst && worst != HealthState::Healthy) {
                sentences.append(QString("%1: %2").arg(check.name, check.message));
            }
        }
    }
    return sentences.join("; ");
}

QJsonObject SystemHealth::toJson() const
{
    QJsonArray reports;
    for (const auto& check : checks) {
        reports.append(check.toJson());
    }
    return {
        {"id", id.text()},   {"state", QString(idOf(state))}, {"age_ms", qint64(age.count())},
        {"checks", reports}, {"critical", critical},
    };
}

QJsonObject toJson(const QList<SystemHealth>& systems)
{
    QJsonArray array;
    for (const auto& system : systems) {
        array.append(system.toJson());
    }
    return {{"systems", array}};
}

bool criticalSystemsUp(const QList<SystemHealth>& systems)
{
    return std::ranges::none_of(
        systems, [](const SystemHealth& system) { return system.critical && system.state == HealthState::Unhealthy; });
}

} // namespace rc
