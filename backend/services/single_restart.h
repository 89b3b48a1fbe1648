// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/services/service_restart_service.h"

namespace rc {

/// Restarts one service: stop, apply the recovery configuration if there is one, start, wait for its health. A service
/// that does not start with the configuration, or is not healthy with it, gets its old one back and is started again.
[[nodiscard]] QCoro::Task<RestartResult> restartOne(System system, ServiceManager* manager, HealthProbe health,
                                                    ConfigurationApplier apply, RestartOptions options,
                                                    CancelToken cancel);

} // namespace rc
