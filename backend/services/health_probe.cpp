// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/services/health_probe.h"

#include <QDeadlineTimer>

namespace rc {
namespace {

constexpr Milliseconds PollInterval{200};

struct Look
{
    SettledHealth found;
    bool ended = false;
};

/// What the health service says at this moment. A system without a health check is not asked for.
QCoro::Task<SettledHealth> healthNow(HealthProbe probe, System system)
{
    if (system.health.isEmpty() && !system.chain) {
        co_return SettledHealth{.passed = true,
                                .detail = QString("%1 has no health check; its process runs.").arg(system.id.text())};
    }
    auto asking = probe(system.id);
    const auto health = co_await asking;
    if (!health) {
        co_return SettledHealth{.state = HealthState::Unknown, .detail = health.error().message};
    }
    const bool healthy = health->state == HealthState::Healthy;
    co_return SettledHealth{.passed = healthy,
                            .state = health->state,
                            .detail = healthy ? QString("%1 is healthy.").arg(system.id.text()) : health->reason()};
}

/// What the health service and the manager say together: only a process that runs can be healthy.
QCoro::Task<Look> lookAt(ServiceManager* manager, HealthProbe probe, System system)
{
    auto askingHealth = healthNow(std::move(probe), system);
    Look look;
    look.found = co_await askingHealth;
    auto askingProcess = manager->status(system.id);
    const auto process = co_await askingProcess;
    look.ended = process && !process->running;
    if (!process || look.ended) {
        look.found.passed = false;
        look.found.detail = process ? QString("its process %1").arg(process->state) : process.error().message;
    }
    co_return look;
}

} // namespace

QCoro::Task<Result<SettledHealth>> awaitHealthy(ServiceManager* manager, HealthProbe probe, System system,
                                                Milliseconds within, CancelToken cancel)
{
    const QDeadlineTimer deadline(within);
    while (true) {
        auto looking = lookAt(manager, probe, system);
        auto [found, ended] = co_await looking;
        if (found.passed) {
            co_return found;
        }
        if (ended || deadline.hasExpired()) {
            const auto sentence =
                ended ? QString("%1 did not stay up: %2.") : QString("%1 was not healthy within %3 s: %2.");
            found.detail = ended ? sentence.arg(system.id.text(), found.detail)
                                 : sentence.arg(system.id.text(), found.detail).arg(double(within.count()) / 1000);
            co_return found;
        }
        auto waiting = pause(PollInterval, cancel);
        const bool goOn = co_await waiting;
        if (!goOn) {
            co_return fail(ErrorCode::Cancelled,
                           QString("Cancelled before %1 was found healthy.").arg(system.id.text()));
        }
    }
}

Milliseconds graceOf(const System& system, std::optional<Milliseconds> said)
{
    const qint64 usual = StopOptions().grace.count();
    const auto settings = system.manager ? system.manager->settings : QJsonObject();
    return said.value_or(Milliseconds(settings["grace_ms"].toInteger(usual)));
}

} // namespace rc
