// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/health/health_monitor.h"
#include "tests/backend/chain/fake_network.h"

#include "fake_server.h"

#include <QSignalSpy>
#include <QTest>

using namespace rc;
using test::FakeNetwork;
using test::FakeServer;

namespace {

const SystemId db("db");
const SystemId v3("v3");

/// A service, four nodes that agree, and a clock that a test turns.
struct World
{
    FakeServer server;
    FakeNetwork network{100};
    Timestamp now{Milliseconds(1'700'000'000'000)};
    std::unique_ptr<HealthMonitor> monitor;

    explicit World(int failures = 1, int successes = 1)
    {
        server.answer("/health", 200, R"({"status":"ok"})");
        auto probe = test::httpProbe(server.url("/health"));
        probe.interval = Milliseconds(20);
        probe.failuresToUnhealthy = failures;
        probe.successesToHealthy = successes;
        Inventory inventory{{}, {test::systemWith("db", {probe})}};
        for (int i = 1; i <= 4; ++i) {
            auto unused = probe; // sets the pace of the chain's checks
            unused.kind = ProbeKind::Command;
            auto system = test::systemWith(FakeNetwork::id(i).text(), {unused});
            system.chain = ChainSpec{};
            inventory.systems.append(system);
        }
        monitor =
            std::make_unique<HealthMonitor>(HealthCheckService(inventory, network.view()), [this] { return now; });
    }
};

} // namespace

class TestHealthMonitor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unknownUntilTheFirstResult()
    {
        World world;
        QCOMPARE(world.monitor->health(db).state, HealthState::Unknown);
        QCOMPARE(world.monitor->health(db).checks[0].message, "not checked yet");
        QCOMPARE(world.monitor->all().size(), 5);
        QVERIFY(world.monitor->proposals().isEmpty());
    }

    void itFollowsAService()
    {
        World world;
        QSignalSpy changed(world.monitor.get(), &HealthMonitor::changed);
        world.monitor->start();
        QTRY_COMPARE(world.monitor->health(db).state, HealthState::Healthy);
        world.server.answer("/health", 503, R"({"status":"failing","reasons":["disk full"]})");
        QTRY_COMPARE(world.monitor->health(db).state, HealthState::Unhealthy);
        QCOMPARE(world.monitor->health(db).reason(), "http: disk full");
        world.server.answer("/health", 200, R"({"status":"ok"})");
        QTRY_COMPARE(world.monitor->health(db).state, HealthState::Healthy);
        QTRY_VERIFY(world.server.requests.size() > 4); // it goes on looking
        int ofDb = 0;
        for (const auto& arguments : changed) {
            ofDb += arguments[0].value<SystemId>() == db ? 1 : 0;
        }
        QCOMPARE(ofDb, 3); // signals are changes, not looks
    }

    void oneFailureOfThreeIsDegraded()
    {
        World world(3);
        world.server.answer("/health", 500, "");
        QStringList seen;
        connect(world.monitor.get(), &HealthMonitor::changed, this, [&](const SystemId& id) {
            if (id == db) {
                seen.append(idOf(world.monitor->health(db).state));
            }
        });
        world.monitor->start();
        QTRY_COMPARE(world.monitor->health(db).state, HealthState::Unhealthy);
        QCOMPARE(seen.first(3), (QStringList{"degraded", "degraded", "unhealthy"}));
    }

    void whatIsOldIsStale()
    {
        World world;
        world.monitor->start();
        QTRY_COMPARE(world.monitor->health(db).state, HealthState::Healthy);
        world.monitor->stop();
        world.now += Milliseconds(60); // three intervals
        QCOMPARE(world.monitor->health(db).state, HealthState::Healthy);
        QCOMPARE(world.monitor->health(db).age, Milliseconds(60));
        world.now += Milliseconds(1);
        QCOMPARE(world.monitor->health(db).state, HealthState::Stale);
        QVERIFY(world.monitor->health(db).checks[0].message.contains("was healthy"));
    }

    void aCorruptNodeIsProposedOnceAndKeepsItsTime()
    {
        World world;
        world.monitor->start();
        QTRY_VERIFY(world.monitor->health(v3).find("state_agreement")->state == HealthState::Healthy);
        QVERIFY(world.monitor->proposals().isEmpty());
        world.network.node(3).badFrom = 98;
        QTRY_COMPARE(world.monitor->proposals().size(), 1);
        const auto first = world.monitor->proposals().first();
        QCOMPARE(first.type, IncidentType::StateCorruption);
        QCOMPARE(first.systems, QList{v3});
        QVERIFY(first.evidence.contains("state differs from 3 of 4 nodes"));
        world.now += Milliseconds(10);
        QCOMPARE(world.monitor->proposals().first().firstSeen, first.firstSeen);
    }

    void answersThatComeAfterStoppingOrDestroyingAreNotHeard()
    {
        World world;
        const auto answer = world.server.answers.take("/health");
        const auto underWay = [&world] { return !world.server.requests.isEmpty(); };
        world.monitor->start();
        QTRY_VERIFY(underWay());
        world.monitor->stop();
        int changes = 0;
        QObject::connect(world.monitor.get(), &HealthMonitor::changed, this, [&changes] { ++changes; });
        world.server.answerLate(answer);
        QTRY_VERIFY(world.server.isQuiet());
        QCOMPARE(changes, 0);
        QCOMPARE(world.monitor->health(db).state, HealthState::Unknown);

        world.server.requests.clear();
        world.monitor->start();
        QTRY_VERIFY(underWay());
        world.monitor.reset();
        world.server.answerLate(answer);
        QTRY_VERIFY(world.server.isQuiet());
    }
};

QTEST_GUILESS_MAIN(TestHealthMonitor)
#include "tst_health_monitor.moc"
