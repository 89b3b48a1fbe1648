// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/services/single_restart.h"

#include "backend/platform/failpoint.h"
#include "backend/services/service_artifact.h"

namespace rc {

QCoro::Task<QString> stopService(System system, ServiceManager* manager, RestartOptions options, RestartResult* result)
{
    auto stopping = manager->stop(system.id, {.grace = graceOf(system, options.grace)});
    const auto stopped = co_await stopping;
    if (!stopped) {
        co_return stopped.error().message;
    }
    result->stop = stopped->duration;
    result->artifacts.append(serviceArtifact(ArtifactKind::ServiceStop, system.id, *stopped));
    co_return stopped->success ? QString() : stopped->details;
}

QCoro::Task<QString> startService(SystemId id, ServiceManager* manager, RestartOptions options, RestartResult* result)
{
    auto starting = manager->start(id, options.start);
    const auto started = co_await starting;
    if (!started) {
        co_return started.error().message;
    }
    result->start = started->duration;
    result->artifacts.append(serviceArtifact(ArtifactKind::ServiceStart, id, *started));
    co_return started->success ? QString() : started->details;
}

QCoro::Task<QString> awaitHealth(System system, ServiceManager* manager, HealthProbe health, RestartOptions options,
                                 CancelToken cancel, RestartResult* result)
{
    if (!options.checkHealth) {
        co_return QString();
    }
    auto settling = awaitHealthy(manager, std::move(health), system, options.timeout, cancel);
    const auto settled = co_await settling;
    if (!settled) {
        co_return settled.error().message;
    }
    result->health = settled->state;
    co_return settled->passed ? QString() : settled->detail;
}

RestartResult concluded(RestartResult result, const QString& failure)
{
    result.outcome = failure.isEmpty() ? RestartOutcome::Restarted : RestartOutcome::Failed;
    result.because = failure;
    result.message =
        failure.isEmpty() ? restartedSentence(result.serviceId) : restartFailedSentence(result.serviceId, failure);
    return result;
}

RestartResult notRestarted(const SystemId& service, RestartOutcome outcome, const QString& because, const QString& why)
{
    return {.serviceId = service,
            .outcome = outcome,
            .because = because,
            .message = QString("Service %1 was not restarted: %2").arg(service.text(), why)};
}

QCoro::Task<RestartResult> restartOne(System system, ServiceManager* manager, HealthProbe health,
                                      RestartOptions options, CancelToken cancel)
{
    RestartResult result{.serviceId = system.id};
    auto stopping = stopService(system, manager, options, &result);
    auto failure = co_await stopping;
    failpoint("restart_stopped");
    if (failure.isEmpty()) {
        auto starting = startService(system.id, manager, options, &result);
        failure = co_await starting;
    }
    if (failure.isEmpty()) {
        auto waiting = awaitHealth(system, manager, std::move(health), options, cancel, &result);
        failure = co_await waiting;
    }
    co_return concluded(result, failure);
}

QCoro::Task<RestartResult> restartConfigured(SystemId service, ConfiguredRestart restart, RestartOptions options,
                                             Operation operation)
{
    RestartResult result{.serviceId = service};
    auto restoring = restart(service, options, operation);
    const auto restored = co_await restoring;
    if (!restored) {
        co_return concluded(result, restored.error().message);
    }
    result.artifacts = restored->artifacts;
    co_return concluded(result, restored->success ? QString() : restored->details);
}

} // namespace rc
