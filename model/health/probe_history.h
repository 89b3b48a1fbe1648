// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/health/health.h"

namespace rc {

/// What a check counts as, after so many failures and successes in a row. Until there are enough failures it is
/// degraded; until there are enough successes it stays as bad as it was. A first success counts at once. Reports that
/// are neither healthy nor unhealthy are taken as they are.
class ProbeHistory
{
public:
    explicit ProbeHistory(int failuresToUnhealthy = 1, int successesToHealthy = 1)
        : m_failuresNeeded(failuresToUnhealthy)
        , m_successesNeeded(successesToHealthy)
    {
    }

    [[nodiscard]] CheckReport record(CheckReport report);

private:
    int m_failuresNeeded;
    int m_successesNeeded;
    int m_failures = 0;
    int m_successes = 0;
    /// It was unhealthy and has not been healthy since.
    bool m_down = false;
};

} // namespace rc
