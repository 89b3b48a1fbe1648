// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/health/checks.h"

namespace rc {

using CheckTask = QCoro::Task<Result<CheckResult>>;

[[nodiscard]] CheckTask systemsHealthy(HealthCheckService health, QJsonObject parameters, Operation operation);
[[nodiscard]] CheckTask stateAgreement(HealthCheckService health, QJsonObject parameters, Operation operation);
[[nodiscard]] CheckTask heightAdvancing(NetworkView view, QJsonObject parameters, Operation operation);
[[nodiscard]] CheckTask findTrustedHeight(NetworkView view, QJsonObject parameters, Operation operation);

} // namespace rc
