// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/health/probe_history.h"

namespace rc {

CheckReport ProbeHistory::record(CheckReport report)
{
    const bool failed = report.state == HealthState::Unhealthy;
    const bool succeeded = report.state == HealthState::Healthy;
    m_failures = failed ? m_failures + 1 : 0;
    m_successes = succeeded ? m_successes + 1 : 0;
    if (failed && !m_down && m_failures < m_failuresNeeded) {
        report.state = HealthState::Degraded;
        report.message = QString("%1 (failure %2 of %3)").arg(report.message).arg(m_failures).arg(m_failuresNeeded);
    } else if (failed) {
        m_down = true;
    } else if (succeeded && m_down && m_successes < m_successesNeeded) {
        report.state = HealthState::Unhealthy;
        report.message = QString("well again, %1 of %2 times").arg(m_successes).arg(m_successesNeeded);
    } else if (succeeded) {
        m_down = false;
    }
    return report;
}

} // namespace rc
