// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/services/dependency_resolver.h"
#include "backend/services/health_probe.h"
#include "backend/services/service_managers.h"
#include "model/result/effect.h"
#include "model/result/restoration_result.h"

namespace rc {

/// How several services are restarted.
enum class RestartMode {
    /// One after another, dependencies first: what can serve goes on serving.
    Rolling,
    /// All down, dependents first, before any is started again, dependencies first.
    StopAll,
};
template <>
inline constexpr auto enumIds<RestartMode> = std::to_array<QLatin1StringView>({
    QLatin1StringView("rolling"),
    QLatin1StringView("stop-all"),
});

/// The seed's RestartOptions.
struct RestartOptions
{
    RestartMode mode = RestartMode::Rolling;
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

/// Restarts services, one after another or all together. Checks no permissions and journals nothing: that is for its
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
    ///
    /// In the mode stop-all, services that do not depend on each other are all started before their health is waited
    /// for: validators need each other for it. When one cannot be stopped, or the operation is cancelled, nothing more
    /// is stopped, and what was stopped is started again. What stays down, because something it needs failed, says so.
    [[nodiscard]] QCoro::Task<Result<MultiRestartResult>> restartServices(QList<SystemId> services,
                                                                          RestartOptions options, Operation operation);
    /// What restartServices would restart, in the order in which it would start them.
    [[nodiscard]] Result<QList<SystemId>> restartOrder(const QList<SystemId>& services,
                                                       const RestartOptions& options) const;
    /// Whether its manager says that it runs.
    [[nodiscard]] QCoro::Task<bool> runs(SystemId service) const;
    /// Applied: every service's process started after `since`, and it is healthy (if the options ask for health). Not
    /// applied: some did not, which the detail names; restarting all of them again is safe. Touches nothing.
    [[nodiscard]] QCoro::Task<EffectProbe> probe(QList<SystemId> services, Timestamp since,
                                                 RestartOptions options) const;

private:
    /// Why a service is not started.
    struct Obstacle
    {
        RestartOutcome outcome;
        QString because;
        QString why;
    };
    /// A restart of all together, under way.
    struct Together;

    [[nodiscard]] Status check(const QList<SystemId>& order, const QList<SystemId>& services,
                               const RestartOptions& options) const;
    [[nodiscard]] std::optional<Obstacle> obstacleFor(const SystemId& service, const QList<RestartResult>& soFar,
                                                      const RestartOptions& options, const Operation& operation) const;
    [[nodiscard]] QList<SystemId> restartedBefore(const SystemId& service, const QList<RestartResult>& soFar) const;

    [[nodiscard]] QCoro::Task<QList<RestartResult>> restartRolling(QList<SystemId> order, QList<SystemId> services,
                                                                   RestartOptions options, Operation operation);
    // In restart_together.cpp.
    [[nodiscard]] QCoro::Task<QList<RestartResult>> restartTogether(QList<QList<SystemId>> waves,
                                                                    QList<SystemId> services, RestartOptions options,
                                                                    Operation operation);
    [[nodiscard]] QCoro::Task<> stopAll(std::shared_ptr<Together> together, QList<SystemId> order);
    [[nodiscard]] QCoro::Task<> startWave(std::shared_ptr<Together> together, QList<SystemId> wave);
    void settle(Together& together, RestartResult result) const;

    DependencyResolver m_resolver;
    const ServiceManagers& m_managers;
    HealthProbe m_health;
    Clock m_clock;
    ConfiguredRestart m_configured;
};

} // namespace rc
