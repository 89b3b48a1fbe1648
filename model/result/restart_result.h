// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/id.h"
#include "model/base/json.h"

#include <QList>

#include <optional>

namespace rc {

/// What came of restarting one service (seed 9.3.5).
struct RestartResult
{
    SystemId serviceId = {};
    Timestamp timestamp = {};
    RestartOutcome outcome = RestartOutcome::NotReached;
    /// Why it failed, was skipped or not reached: the service that stood in the way, or a sentence. Empty if restarted.
    QString because = {};
    /// How long stopping and starting took; nothing, if it did not come to that.
    std::optional<Milliseconds> stop = {};
    std::optional<Milliseconds> start = {};
    /// As found after the start; nothing, if it was not asked for.
    std::optional<HealthState> health = {};
    /// "Service X restarted successfully", "Failed to restart service X: why".
    QString message = {};
    /// What it depends on, directly or not, and was restarted before it in the same run.
    QList<SystemId> dependenciesRestarted = {};
    /// service_stop, configuration_application, service_start; each has a `kind` of ArtifactKind.
    QJsonArray artifacts = {};

    [[nodiscard]] bool success() const { return outcome == RestartOutcome::Restarted; }
    friend bool operator==(const RestartResult&, const RestartResult&) = default;
};

/// What came of restarting several: a result for every one of them, whatever happened, in the order of the run.
struct MultiRestartResult
{
    /// As asked for.
    QList<SystemId> services;
    QList<RestartResult> results;
    Timestamp timestamp;

    [[nodiscard]] bool allSuccessful() const;
    /// Nothing, if the service was not part of it.
    [[nodiscard]] const RestartResult* find(const SystemId& service) const;
    friend bool operator==(const MultiRestartResult&, const MultiRestartResult&) = default;
};

/// In which order services would be restarted, and why in that one.
struct ServiceOrder
{
    QList<SystemId> order;
    /// Each needs only services of earlier waves.
    QList<QList<SystemId>> waves;
    /// The chain that takes longest, first to last.
    QList<SystemId> criticalPath;
    /// Of all of them, one after another, as they are restarted.
    Milliseconds estimate{};

    friend bool operator==(const ServiceOrder&, const ServiceOrder&) = default;
};

/// The shapes of cli.md, "service restart" and "service order".
[[nodiscard]] QJsonObject toJson(const RestartResult& result);
[[nodiscard]] QJsonObject toJson(const MultiRestartResult& result);
[[nodiscard]] QJsonObject toJson(const ServiceOrder& order);

/// The seed's sentences (9.3.5).
[[nodiscard]] QString restartedSentence(const SystemId& service);
[[nodiscard]] QString restartFailedSentence(const SystemId& service, const QString& why);

} // namespace rc
