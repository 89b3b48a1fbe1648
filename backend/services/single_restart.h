// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/services/service_restart_service.h"

namespace rc {

/// Restarts one service: stop, start, wait for its health.
[[nodiscard]] QCoro::Task<RestartResult> restartOne(System system, ServiceManager* manager, HealthProbe health,
                                                    RestartOptions options, CancelToken cancel);

/// Restarts one service with the recovery configuration of the options.
[[nodiscard]] QCoro::Task<RestartResult> restartConfigured(SystemId service, ConfiguredRestart restart,
                                                           RestartOptions options, Operation operation);

} // namespace rc
