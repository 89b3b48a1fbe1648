// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/base/operation.h"
#include "model/base/id.h"

namespace rc {

/// The health of a system at this moment, and in one sentence why.
struct HealthFinding
{
    HealthState state = HealthState::Unknown;
    QString message = {};
};

/// Asks for the health of a system. The composition root fills it with the health service; an Error says that it could
/// not be asked.
using HealthProbe = std::function<QCoro::Task<Result<HealthFinding>>(SystemId)>;

} // namespace rc
