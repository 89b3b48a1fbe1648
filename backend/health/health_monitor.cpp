// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/health/health_monitor.h"

#include "model/health/probe_history.h"

#include <QPointer>
#include <QScopedPointer>
#include <QTimer>

#include <algorithm>

namespace rc {
namespace {

constexpr int staleAfterIntervals = 3;
constexpr Milliseconds defaultInterval{10'000};

/// A check that is made again and again, and what is known of it.
struct Watched
{
    Milliseconds interval = defaultInterval;
    ProbeHistory history = ProbeHistory();
    CheckReport report = {};
    std::optional<Timestamp> at = {};
    bool underWay = false;
};

/// The chain is looked at as often as the most eager probe of a node.
Milliseconds chainInterval(const Inventory& inventory)
{
    auto shortest = defaultInterval;
    for (const auto& system : inventory.systems) {
        for (const auto& probe : system.health) {
            shortest = system.chain ? std::min(shortest, probe.interval) : shortest;
        }
    }
    return shortest;
}

} // namespace

struct HealthMonitor::Private
{
    using Key = std::pair<SystemId, QString>;

    HealthCheckService service;
    Clock clock;
    /// In the order of the inventory; a system's checks in theirs.
    QHash<SystemId, QList<QString>> names = {};
    QHash<Key, Watched> watched = {};
    QHash<SystemId, ChainStanding> standings = {};
    mutable QHash<QString, Timestamp> firstSeen = {};
    /// Deleted later: the one that fires may be the one that stops.
    std::vector<std::unique_ptr<QTimer, QScopedPointerDeleteLater>> timers = {};
    bool comparing = false;
    /// Results of an earlier start() are not wanted.
    int run = 0;

    void watch(const SystemId& system, const QString& name, Milliseconds interval, const ProbeHistory& history)
    {
        names[system].append(name);
        watched.insert(
            {system, name},
            Watched{.interval = interval, .history = history, .report = {.name = name, .message = "not checked yet"}});
    }

    /// True if what is shown has changed.
    bool take(const SystemId& system, const CheckReport& raw)
    {
        auto& check = watched[{system, raw.name}];
        const auto before = check.report;
        check.report = check.history.record(raw);
        check.at = clock();
        return before.state != check.report.state || before.message != check.report.message;
    }

    [[nodiscard]] Milliseconds ageOf(const Watched& check) const
    {
        return check.at ? clock() - *check.at : Milliseconds(0);
    }
    [[nodiscard]] bool isStale(const Watched& check) const
    {
        return check.at && ageOf(check) > staleAfterIntervals * check.interval;
    }

    static QCoro::Task<> probe(QPointer<HealthMonitor> monitor, SystemId system, ProbeSpec spec)
    {
        auto& before = monitor->d->watched[{system, spec.name}];
        if (before.underWay) {
            co_return;
        }
        before.underWay = true;
        const int run = monitor->d->run;
        auto probing = monitor->d->service.runProbe(system, spec);
        const auto report = co_await probing;
        if (!monitor || monitor->d->run != run) {
            co_return;
        }
        monitor->d->watched[{system, spec.name}].underWay = false;
        if (monitor->d->take(system, report)) {
            Q_EMIT monitor->changed(system);
        }
    }

    static QCoro::Task<> compare(QPointer<HealthMonitor> monitor)
    {
        if (monitor->d->comparing) {
            co_return;
        }
        monitor->d->comparing = true;
        const int run = monitor->d->run;
        auto asking = monitor->d->service.checkChain();
        const auto reports = co_await asking;
        if (!monitor || monitor->d->run != run) {
            co_return;
        }
        monitor->d->comparing = false;
        for (const auto& system : monitor->d->takeAll(reports)) {
            if (monitor) {
                Q_EMIT monitor->changed(system);
            }
        }
    }

    /// The systems for which something changed.
    QList<SystemId> takeAll(const QList<ChainReport>& reports)
    {
        QList<SystemId> changed;
        for (const auto& report : reports) {
            standings.insert(report.system, report.standing);
            for (const auto& check : report.checks) {
                if (take(report.system, check) && !changed.contains(report.system)) {
                    changed.append(report.system);
                }
            }
        }
        return changed;
    }
};

HealthMonitor::HealthMonitor(HealthCheckService service, Clock clock, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(service), std::move(clock)))
{
    const auto& inventory = d->service.inventory();
    for (const auto& system : inventory.systems) {
        for (const auto& probe : system.health) {
            d->watch(system.id, probe.name, probe.interval,
                     ProbeHistory(probe.failuresToUnhealthy, probe.successesToHealthy));
        }
        if (system.chain) {
            d->watch(system.id, "state_agreement", chainInterval(inventory), ProbeHistory());
            d->watch(system.id, "height", chainInterval(inventory), ProbeHistory());
        }
    }
}

HealthMonitor::~HealthMonitor() = default;

void HealthMonitor::start()
{
    stop();
    const auto every = [this, run = d->run](Milliseconds interval, const std::function<QCoro::Task<>()>& look) {
        if (d->run != run) {
            return; // stopped by whoever heard of the first results
        }
        auto& timer = d->timers.emplace_back(new QTimer);
        connect(timer.get(), &QTimer::timeout, this, [look] { look(); });
        timer->start(interval);
        look();
    };
    const QPointer<HealthMonitor> self(this);
    const auto& inventory = d->service.inventory();
    for (const auto& system : inventory.systems) {
        for (const auto& spec : system.health) {
            every(spec.interval, [self, id = system.id, spec] { return Private::probe(self, id, spec); });
        }
    }
    if (std::ranges::any_of(inventory.systems, [](const System& system) { return system.chain.has_value(); })) {
        every(chainInterval(inventory), [self] { return Private::compare(self); });
    }
}

void HealthMonitor::stop()
{
    ++d->run;
    d->comparing = false;
    for (auto& check : d->watched) {
        check.underWay = false;
    }
    for (const auto& timer : d->timers) {
        timer->stop();
    }
    d->timers.clear();
}

SystemHealth HealthMonitor::health(const SystemId& id) const
{
    const auto* system = d->service.inventory().find(id);
    SystemHealth health{.id = id, .critical = system != nullptr && system->critical};
    for (const auto& name : d->names.value(id)) {
        const auto& check = d->watched[{id, name}];
        auto report = check.report;
        if (d->isStale(check)) {
            report.message = QString("not heard of for %1 s; was %2: %3")
                                 .arg(d->ageOf(check).count() / 1000)
                                 .arg(QString(idOf(report.state)), report.message);
            report.state = HealthState::Stale;
        } else if (name == "height" && d->standings.contains(id)) {
            health.chain = d->standings.value(id);
        }
        health.checks.append(report);
        health.age = std::max(health.age, d->ageOf(check));
    }
    health.state = overallState(health.checks);
    return health;
}

QList<SystemHealth> HealthMonitor::all() const
{
    QList<SystemHealth> healths;
    for (const auto& system : d->service.inventory().systems) {
        healths.append(health(system.id));
    }
    return healths;
}

QList<Proposal> HealthMonitor::proposals() const
{
    auto proposals = proposalsFrom(all(), d->clock());
    QHash<QString, Timestamp> seen;
    for (auto& proposal : proposals) {
        proposal.firstSeen = d->firstSeen.value(proposal.fingerprint, proposal.firstSeen);
        seen.insert(proposal.fingerprint, proposal.firstSeen);
    }
    d->firstSeen = seen;
    return proposals;
}

} // namespace rc
