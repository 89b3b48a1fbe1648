// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/health/checks.h"

namespace rc {

using CheckTask = QCoro::Task<Result<CheckResult>>;

/// The `systems` of a check, at least one: where nothing is looked at, nothing can pass. InvalidInput.
[[nodiscard]] Result<QList<SystemId>> systemsOf(const QJsonObject& parameters);

[[nodiscard]] CheckTask systemsHealthy(HealthCheckService health, QJsonObject parameters, Operation operation);
[[nodiscard]] CheckTask stateAgreement(HealthCheckService health, QJsonObject parameters, Operation operation);
[[nodiscard]] CheckTask heightAdvancing(NetworkView view, QJsonObject parameters, Operation operation);
[[nodiscard]] CheckTask findTrustedHeight(NetworkView view, QJsonObject parameters, Operation operation);

} // namespace rc
