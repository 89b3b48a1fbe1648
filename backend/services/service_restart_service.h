// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/services/dependency_resolver.h"
#include "backend/services/health_probe.h"
#include "backend/services/service_managers.h"
#include "model/result/effect.h"
#include "model/result/restoration_result.h"

namespace rc {

/// The seed's RestartOptions.
struct RestartOptions
{
    /// The id of a configuration (ConfigurationVersion::id) that the service is started with from now on; for one
    /// service only.
    std::optional<QString> recoveryConfiguration = {};
    /// Restart all that the services depend on, too, before them.
    bool restartDependencies = false;
    /// The seed's start_params.
    StartOptions start = {};
    /// A restart succeeds when the health check passes, not when start returned.
    bool checkHealth = true;
    /// When a critical service fails, nothing new is started.
    bool abortOnCriticalFailure = true;
    /// How long a service may take to become healthy after its start.
    Milliseconds timeout = std::chrono::seconds(30);
    /// How long a service may take to end before it is killed; nothing: what the inventory says, else 10 s.
    std::optional<Milliseconds> grace = {};
};

/// Restarts a service with another configuration, and goes back to the old one if it does not run with it
/// (SystemRestorationService::configuredRestart). The options hold the configuration's id.
using ConfiguredRestart =
    std::function<QCoro::Task<Result<RestorationResult>>(SystemId service, RestartOptions options, Operation)>;

/// Restarts services one after another, dependencies first. Checks no permissions and journals nothing: that is for its
/// caller. A task may not outlive the service.
class ServiceRestartService
{
public:
    /// The managers must outlive the service. Without `configured`, a recovery configuration is refused.
    ServiceRestartService(const Inventory& inventory, const ServiceManagers& managers, HealthProbe health, Clock clock,
                          ConfiguredRestart configured = {});

    /// A result for every service: when one fails, those that depend on it are skipped by name; when a critical one
    /// fails and the options say abort, or the operation is cancelled, the rest is not reached. Refused before anything
    /// is touched: NotFound, UnsupportedServiceType, InvalidInput (a cycle, nothing to restart).
    [[nodiscard]] QCoro::Task<Result<MultiRestartResult>> restartServices(QList<SystemId> services,
                                                                          RestartOptions options, Operation operation);
    /// What restartServices would restart, in its order.
    [[nodiscard]] Result<QList<SystemId>> restartOrder(const QList<SystemId>& services,
                                                       const RestartOptions& options) const;
    /// The same with waves, critical path and estimate, which cost more.
    [[nodiscard]] Result<ServiceOrder> order(const QList<SystemId>& services, const RestartOptions& options) const;
    /// Applied: every service's process started after `since`, and it is healthy (if the options ask for health). Not
    /// applied: some did not, which the detail names; restarting all of them again is safe. Touches nothing.
    [[nodiscard]] QCoro::Task<EffectProbe> probe(QList<SystemId> services, Timestamp since,
                                                 RestartOptions options) const;

    [[nodiscard]] const DependencyResolver& resolver() const { return m_resolver; }

private:
    [[nodiscard]] Status check(const QList<SystemId>& order, const QList<SystemId>& services,
                               const RestartOptions& options) const;
    [[nodiscard]] std::optional<RestartResult> obstacleFor(const SystemId& service, const MultiRestartResult& soFar,
                                                           const RestartOptions& options,
                                                           const Operation& operation) const;
    [[nodiscard]] QList<SystemId> restartedBefore(const SystemId& service, const MultiRestartResult& soFar) const;

    DependencyResolver m_resolver;
    const ServiceManagers& m_managers;
    HealthProbe m_health;
    Clock m_clock;
    ConfiguredRestart m_configured;
};

} // namespace rc
