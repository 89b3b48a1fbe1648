// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/base/operation.h"
#include "backend/services/service_manager.h"
#include "model/health/health.h"
#include "model/system/inventory.h"

namespace rc {

/// Asks for the health of a system now. The composition root fills it with the health service
/// (HealthCheckService::checkSystem); an Error says that it could not be asked.
using HealthProbe = std::function<QCoro::Task<Result<SystemHealth>>(SystemId)>;

/// How a service was found after its start.
struct SettledHealth
{
    /// It became healthy; or it has no health check, and its process runs.
    bool passed = false;
    /// The last state seen; nothing for a system without a health check.
    std::optional<HealthState> state = {};
    /// A sentence.
    QString detail = {};
};

/// Waits until a service that was just started is healthy and its process runs: ends at once when the process ends, and
/// without success when the time is up. Cancelled if the token is.
[[nodiscard]] QCoro::Task<Result<SettledHealth>> awaitHealthy(ServiceManager* manager, HealthProbe probe, System system,
                                                              Milliseconds within, CancelToken cancel);

/// The time a service is given to end: as said, else the `grace` of its manager in the inventory, else 10 s.
[[nodiscard]] Milliseconds graceOf(const System& system, std::optional<Milliseconds> said);

} // namespace rc
