// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/services/service_restart_service.h"

#include "backend/services/single_restart.h"

#include <algorithm>

namespace rc {
namespace {

/// The service whose failure is at the root of a result.
QString rootOf(const RestartResult& result)
{
    return result.outcome == RestartOutcome::Skipped ? result.because : result.serviceId.text();
}

} // namespace

ServiceRestartService::ServiceRestartService(const Inventory& inventory, const ServiceManagers& managers,
                                             HealthProbe health, Clock clock, ConfiguredRestart configured)
    : m_resolver(inventory)
    , m_managers(managers)
    , m_health(std::move(health))
    , m_clock(std::move(clock))
    , m_configured(std::move(configured))
{
}

Status ServiceRestartService::check(const QList<SystemId>& order, const QList<SystemId>& services,
                                    const RestartOptions& options) const
{
    if (services.isEmpty()) {
        return fail(ErrorCode::InvalidInput, "No service to restart was named.");
    }
    if (options.recoveryConfiguration && options.mode == RestartMode::StopAll) {
        return fail(ErrorCode::InvalidInput, "A service is restarted with another configuration by itself; leave out "
                                             "the mode stop-all.");
    }
    if (options.recoveryConfiguration && (services.size() != 1 || !m_configured)) {
        return fail(ErrorCode::InvalidInput,
                    "A configuration belongs to one service; name that one alone to restart it with another one.");
    }
    for (const auto& id : order) {
        if (const auto manager = m_managers.managerOf(id); !manager) {
            return std::unexpected(manager.error());
        }
    }
    return {};
}

std::optional<ServiceRestartService::Obstacle> ServiceRestartService::obstacleFor(const SystemId& service,
                                                                                  const QList<RestartResult>& soFar,
                                                                                  const RestartOptions& options,
                                                                                  const Operation& operation) const
{
    if (operation.cancel.isCancelled()) {
        return Obstacle{RestartOutcome::NotReached, "cancelled", CancelledBefore};
    }
    const auto stopper = std::ranges::find_if(soFar, [&](const RestartResult& result) {
        return result.outcome == RestartOutcome::Failed && m_resolver.inventory().find(result.serviceId)->critical;
    });
    if (options.abortOnCriticalFailure && stopper != soFar.end()) {
        const auto id = stopper->serviceId.text();
        return Obstacle{RestartOutcome::NotReached, id,
                        QString("the restart was given up when %1, which is critical, failed.").arg(id)};
    }
    const auto needed = m_resolver.dependenciesOf(service).value_or(QList<SystemId>());
    const auto broken = std::ranges::find_if(
        soFar, [&](const RestartResult& result) { return !result.success() && needed.contains(result.serviceId); });
    if (broken != soFar.end()) {
        const auto id = rootOf(*broken);
        return Obstacle{RestartOutcome::Skipped, id, QString("it depends on %1, which failed.").arg(id)};
    }
    return std::nullopt;
}

QList<SystemId> ServiceRestartService::restartedBefore(const SystemId& service, const QList<RestartResult>& soFar) const
{
    const auto needed = m_resolver.dependenciesOf(service).value_or(QList<SystemId>());
    QList<SystemId> restarted;
    for (const auto& result : soFar) {
        if (result.success() && needed.contains(result.serviceId)) {
            restarted.append(result.serviceId);
        }
    }
    return restarted;
}

QCoro::Task<Result<MultiRestartResult>>
ServiceRestartService::restartServices(QList<SystemId> services, RestartOptions options, Operation operation)
{
    const auto order = m_resolver.order(services, options.restartDependencies);
    if (!order) {
        co_return std::unexpected(order.error());
    }
    if (const auto checked = check(order->order, services, options); !checked) {
        co_return std::unexpected(checked.error());
    }
    auto restarting = options.mode == RestartMode::StopAll ? restartTogether(order->waves, services, options, operation)
                                                           : restartRolling(order->order, services, options, operation);
    const auto results = co_await restarting;
    co_return MultiRestartResult{.services = services, .results = results, .timestamp = m_clock()};
}

QCoro::Task<QList<RestartResult>> ServiceRestartService::restartRolling(QList<SystemId> order, QList<SystemId> services,
                                                                        RestartOptions options, Operation operation)
{
    QList<RestartResult> results;
    for (const auto& id : order) {
        RestartResult result;
        if (const auto obstacle = obstacleFor(id, results, options, operation)) {
            result = notRestarted(id, obstacle->outcome, obstacle->because, obstacle->why);
        } else {
            operation.progress(QString("Restarting %1.").arg(id.text()));
            auto ownOptions = options;
            if (!services.contains(id)) {
                ownOptions.recoveryConfiguration.reset();
                ownOptions.start = {};
            }
            auto restarting = ownOptions.recoveryConfiguration
                                  ? restartConfigured(id, m_configured, ownOptions, operation)
                                  : restartOne(*m_resolver.inventory().find(id), *m_managers.managerOf(id), m_health,
                                               ownOptions, operation.cancel);
            result = co_await restarting;
            result.dependenciesRestarted = restartedBefore(id, results);
        }
        result.timestamp = m_clock();
        operation.progress(result.message);
        results.append(result);
    }
    co_return results;
}

Result<QList<SystemId>> ServiceRestartService::restartOrder(const QList<SystemId>& services,
                                                            const RestartOptions& options) const
{
    if (options.mode == RestartMode::Rolling) {
        return m_resolver.restartOrder(services, options.restartDependencies);
    }
    const auto order = m_resolver.order(services, options.restartDependencies);
    if (!order) {
        return std::unexpected(order.error());
    }
    QList<SystemId> starts;
    for (const auto& wave : order->waves) {
        starts += wave;
    }
    return starts;
}

QCoro::Task<bool> ServiceRestartService::runs(SystemId service) const
{
    const auto manager = m_managers.managerOf(service);
    if (!manager) {
        co_return false;
    }
    auto asking = (*manager)->status(service);
    const auto status = co_await asking;
    co_return status && status->running;
}

QCoro::Task<EffectProbe> ServiceRestartService::probe(QList<SystemId> services, Timestamp since,
                                                      RestartOptions options) const
{
    const auto order = m_resolver.restartOrder(services, options.restartDependencies);
    if (!order) {
        co_return EffectProbe{.detail = order.error().message};
    }
    QStringList missing;
    QStringList unsure;
    for (const auto& id : *order) {
        const auto manager = m_managers.managerOf(id);
        if (!manager) {
            co_return EffectProbe{.detail = manager.error().message};
        }
        auto asking = (*manager)->status(id);
        const auto status = co_await asking;
        if (!status) {
            co_return EffectProbe{.detail = status.error().message};
        }
        if (!status->running || status->since.value_or(Timestamp()) < since) {
            missing.append(
                QString("%1 %2.").arg(id.text(), status->running ? QString("was not restarted") : QString("is down")));
            continue;
        }
        auto looking = awaitHealthy(*manager, m_health, *m_resolver.inventory().find(id), Milliseconds(0), {});
        const auto found = co_await looking;
        if (options.checkHealth && !(found && found->passed)) {
            unsure.append(found ? found->detail : found.error().message);
        }
    }
    const auto restarted = order->size() - missing.size();
    const auto count = QString("%1 of %2 services were started since.").arg(restarted).arg(order->size());
    const auto detail = (QStringList{count} + missing + unsure).join(' ');
    if (!missing.isEmpty()) {
        co_return EffectProbe{EffectState::NotApplied, detail};
    }
    co_return EffectProbe{unsure.isEmpty() ? EffectState::Applied : EffectState::CannotTell, detail};
}

} // namespace rc
