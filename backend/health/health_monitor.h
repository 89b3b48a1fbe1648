// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/base/operation.h"
#include "backend/health/health_check_service.h"
#include "model/health/proposal.h"

#include <QObject>

namespace rc {

/// Looks at all systems again and again: each probe at its own interval, the chain as often as the shortest probe of a
/// node. A check counts as unhealthy after `failures` in a row (degraded until then) and as healthy again after
/// `successes`. Results keep their time: a check older than three intervals is stale, whatever it said.
class HealthMonitor : public QObject
{
    Q_OBJECT

public:
    HealthMonitor(HealthCheckService service, Clock clock, QObject* parent = nullptr);
    ~HealthMonitor() override;

    /// Begins with all checks at once.
    void start();
    /// What is on its way is not reported any more.
    void stop();

    /// The last known health, with its age; unknown before the first result.
    [[nodiscard]] SystemHealth health(const SystemId& id) const;
    [[nodiscard]] QList<SystemHealth> all() const;
    /// By the rules of model/health/proposal.h, from what is known and not stale.
    [[nodiscard]] QList<Proposal> proposals() const;

Q_SIGNALS:
    /// State or message of a check changed. Ages change all the time; they are read, not signalled.
    void changed(const rc::SystemId& id);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace rc
