// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/health/health_check_service.h"

#include "backend/health/prober.h"

#include <QElapsedTimer>

#include <algorithm>

namespace rc {
namespace {

QCoro::Task<QList<SystemHealth>> check(HealthCheckService service, QList<System> systems)
{
    QElapsedTimer clock;
    clock.start();
    std::vector<QCoro::Task<CheckReport>> probing;
    bool withChain = false;
    for (const auto& system : systems) {
        withChain = withChain || system.chain.has_value();
        for (const auto& probe : system.health) {
            probing.push_back(service.runProbe(system.id, probe));
        }
    }
    QList<ChainReport> chain;
    if (withChain) {
        auto comparing = service.checkChain();
        chain = co_await comparing;
    }
    std::size_t next = 0;
    QList<SystemHealth> healths;
    for (const auto& system : systems) {
        SystemHealth health{.id = system.id, .critical = system.critical};
        for (qsizetype i = 0; i < system.health.size(); ++i) {
            health.checks.append(co_await probing[next++]);
        }
        const auto report = std::ranges::find(chain, system.id, &ChainReport::system);
        if (report != chain.end()) {
            health.checks += report->checks;
            health.chain = report->standing;
        }
        health.state = overallState(health.checks);
        health.age = Milliseconds(clock.elapsed());
        healths.append(health);
    }
    co_return healths;
}

QCoro::Task<Result<QList<SystemHealth>>> checkNamed(HealthCheckService service, QList<SystemId> ids)
{
    QList<System> systems;
    for (const auto& id : ids) {
        const auto* system = service.inventory().find(id);
        if (system == nullptr) {
            co_return fail(ErrorCode::NotFound, QString("The inventory has no system %1.").arg(id.text()));
        }
        systems.append(*system);
    }
    auto checking = check(service, systems);
    co_return co_await checking;
}

QCoro::Task<Result<SystemHealth>> checkOne(HealthCheckService service, SystemId id)
{
    auto checking = checkNamed(service, {id});
    const auto healths = co_await checking;
    if (!healths) {
        co_return std::unexpected(healths.error());
    }
    co_return healths->first();
}

} // namespace

HealthCheckService::HealthCheckService(Inventory inventory, NetworkView view, HealthOptions options)
    : m_inventory(std::make_shared<const Inventory>(std::move(inventory)))
    , m_view(std::move(view))
    , m_options(options)
    , m_network(std::make_shared<QNetworkAccessManager>())
{
}

QCoro::Task<Result<SystemHealth>> HealthCheckService::checkSystem(SystemId id) const
{
    return checkOne(*this, std::move(id));
}

QCoro::Task<QList<SystemHealth>> HealthCheckService::checkAll() const
{
    return check(*this, m_inventory->systems);
}

QCoro::Task<Result<QList<SystemHealth>>> HealthCheckService::checkSystems(QList<SystemId> ids) const
{
    return checkNamed(*this, std::move(ids));
}

QCoro::Task<CheckReport> HealthCheckService::runProbe(SystemId id, ProbeSpec probe) const
{
    return rc::runProbe(m_network, std::move(id), std::move(probe));
}

} // namespace rc
