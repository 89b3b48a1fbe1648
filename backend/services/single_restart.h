// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/services/service_restart_service.h"

namespace rc {

/// Why a service is left alone after a cancellation.
inline constexpr QLatin1StringView CancelledBefore("the restart was cancelled before.");

/// The parts of a restart. Each adds what came of it to the result, and answers why it failed, or nothing.
[[nodiscard]] QCoro::Task<QString> stopService(System system, ServiceManager* manager, RestartOptions options,
                                               RestartResult* result);
[[nodiscard]] QCoro::Task<QString> startService(SystemId id, ServiceManager* manager, RestartOptions options,
                                                RestartResult* result);
/// At once, if the options do not ask for health.
[[nodiscard]] QCoro::Task<QString> awaitHealth(System system, ServiceManager* manager, HealthProbe health,
                                               RestartOptions options, CancelToken cancel, RestartResult* result);

/// Restarted, or failed for that reason.
[[nodiscard]] RestartResult concluded(RestartResult result, const QString& failure);
/// "Service X was not restarted: why"
[[nodiscard]] RestartResult notRestarted(const SystemId& service, RestartOutcome outcome, const QString& because,
                                         const QString& why);

/// Restarts one service: stop, start, wait for its health.
[[nodiscard]] QCoro::Task<RestartResult> restartOne(System system, ServiceManager* manager, HealthProbe health,
                                                    RestartOptions options, CancelToken cancel);

/// Restarts one service with the recovery configuration of the options.
[[nodiscard]] QCoro::Task<RestartResult> restartConfigured(SystemId service, ConfiguredRestart restart,
                                                           RestartOptions options, Operation operation);

} // namespace rc
