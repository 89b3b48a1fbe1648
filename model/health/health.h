// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/id.h"
#include "model/base/json.h"

namespace rc {

/// What one check of a system found.
struct CheckReport
{
    QString name = {};
    HealthState state = HealthState::Unknown;
    Milliseconds latency{};
    /// A sentence; empty or short when all is well.
    QString message = {};

    [[nodiscard]] QJsonObject toJson() const;
    friend bool operator==(const CheckReport&, const CheckReport&) = default;
};

/// Where a node stands in its chain; what the rules for proposals look at.
struct ChainStanding
{
    /// Voting weight.
    int weight = 1;
    /// Nothing, if the node did not answer.
    std::optional<qint64> height = {};
    /// It has got new blocks lately.
    bool moving = false;
    /// Its block hash or computed state differs from the quorum's.
    bool stateDiffers = false;

    friend bool operator==(const ChainStanding&, const ChainStanding&) = default;
};

/// The health of a system (cli.md, `health once`).
struct SystemHealth
{
    SystemId id = {};
    HealthState state = HealthState::Unknown;
    /// Since the oldest of its checks was made.
    Milliseconds age{};
    QList<CheckReport> checks = {};
    bool critical = true;
    /// Only nodes of a chain have one.
    std::optional<ChainStanding> chain = {};

    [[nodiscard]] const CheckReport* find(const QString& check) const;
    /// "state_agreement: state differs from ...": the checks that are not healthy, worst first, in one line.
    [[nodiscard]] QString reason() const;
    [[nodiscard]] QJsonObject toJson() const;
    friend bool operator==(const SystemHealth&, const SystemHealth&) = default;
};

/// The state of a system by its checks: the worst of unhealthy, stale, degraded, unknown, healthy, in this order. A
/// system without checks is unknown.
[[nodiscard]] HealthState overallState(const QList<CheckReport>& checks);

/// cli.md, `health once`: `{systems: [...]}`.
[[nodiscard]] QJsonObject toJson(const QList<SystemHealth>& systems);

/// False if anything critical is unhealthy: the exit status of `health once`. Degraded, unknown and stale systems are
/// shown and are not an outage.
[[nodiscard]] bool criticalSystemsUp(const QList<SystemHealth>& systems);

} // namespace rc
