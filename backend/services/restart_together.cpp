// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/failpoint.h"
#include "backend/services/single_restart.h"

#include <algorithm>

/// The mode stop-all: everything is down before anything is started again.

namespace rc {

struct ServiceRestartService::Together
{
    /// As asked for; start options are for these alone.
    QList<SystemId> services;
    RestartOptions options;
    Operation operation;
    /// What came of stopping those that were stopped.
    QHash<SystemId, RestartResult> stopped = {};
    /// Something could not be stopped: what is down is only brought back.
    bool givenUp = false;
    QList<RestartResult> settled = {};
};

void ServiceRestartService::settle(Together& together, RestartResult result) const
{
    result.timestamp = m_clock();
    together.operation.progress(result.message);
    together.settled.append(result);
}

QCoro::Task<> ServiceRestartService::stopAll(std::shared_ptr<Together> together, QList<SystemId> order)
{
    QString unstoppable;
    for (const auto& id : order) {
        if (!unstoppable.isEmpty()) {
            settle(*together, notRestarted(id, RestartOutcome::NotReached, unstoppable,
                                           QString("%1 could not be stopped.").arg(unstoppable)));
            continue;
        }
        if (together->operation.cancel.isCancelled()) {
            settle(*together, notRestarted(id, RestartOutcome::NotReached, "cancelled", CancelledBefore));
            continue;
        }
        together->operation.progress(QString("Stopping %1.").arg(id.text()));
        RestartResult result{.serviceId = id};
        auto stopping =
            stopService(*m_resolver.inventory().find(id), *m_managers.managerOf(id), together->options, &result);
        const QString failure = co_await stopping;
        if (failure.isEmpty()) {
            together->stopped.insert(id, result);
        } else {
            unstoppable = id.text();
            together->givenUp = true;
            settle(*together, concluded(result, failure));
        }
    }
}

QCoro::Task<> ServiceRestartService::startWave(std::shared_ptr<Together> together, QList<SystemId> wave)
{
    QList<RestartResult> running;
    for (const auto& id : wave) {
        if (!together->stopped.contains(id)) {
            continue;
        }
        auto result = together->stopped.value(id);
        // Whoever asked for an end, or was refused one, finds what was stopped running again.
        const bool back = together->givenUp || together->operation.cancel.isCancelled();
        const auto obstacle =
            back ? std::nullopt : obstacleFor(id, together->settled, together->options, together->operation);
        if (obstacle) {
            result.outcome = obstacle->outcome;
            result.because = obstacle->because;
            result.message = QString("Service %1 was stopped and not started again: %2").arg(id.text(), obstacle->why);
            settle(*together, result);
            continue;
        }
        together->operation.progress(QString("Starting %1.").arg(id.text()));
        auto options = together->options;
        if (!together->services.contains(id)) {
            options.start = {};
        }
        auto starting = startService(id, *m_managers.managerOf(id), options, &result);
        const QString failure = co_await starting;
        result.dependenciesRestarted = restartedBefore(id, together->settled);
        if (failure.isEmpty()) {
            running.append(result);
        } else {
            settle(*together, concluded(result, failure));
        }
    }
    for (auto& result : running) {
        auto waiting =
            awaitHealth(*m_resolver.inventory().find(result.serviceId), *m_managers.managerOf(result.serviceId),
                        m_health, together->options, together->operation.cancel, &result);
        const QString failure = co_await waiting;
        settle(*together, concluded(result, failure));
    }
}

QCoro::Task<QList<RestartResult>> ServiceRestartService::restartTogether(QList<QList<SystemId>> waves,
                                                                         QList<SystemId> services,
                                                                         RestartOptions options, Operation operation)
{
    const auto together = std::make_shared<Together>(Together{services, options, operation});
    QList<SystemId> order;
    for (const auto& wave : waves) {
        order += wave;
    }
    auto stopping = stopAll(together, QList<SystemId>(order.crbegin(), order.crend()));
    co_await stopping;
    failpoint("restart_stopped");
    for (const auto& wave : waves) {
        auto starting = startWave(together, wave);
        co_await starting;
    }
    std::ranges::sort(together->settled, {},
                      [&](const RestartResult& result) { return order.indexOf(result.serviceId); });
    co_return together->settled;
}

} // namespace rc
