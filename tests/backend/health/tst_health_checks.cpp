// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/health/chain_checks.h"
#include "tests/backend/chain/fake_network.h"

#include "fake_server.h"

#include <QTest>

using namespace rc;
using test::FakeNetwork;
using test::FakeServer;
using test::httpProbe;
using test::systemWith;

namespace {

const SystemId db("db");

CheckReport probed(const ProbeSpec& probe)
{
    const HealthCheckService service(Inventory{{}, {systemWith("db", {probe})}}, NetworkView(QList<NetworkNode>()));
    const auto health = QCoro::waitFor(service.checkSystem(db));
    return health ? health->checks.value(0) : CheckReport{.message = health.error().message};
}

/// The four nodes of a fake network as systems of an inventory.
Inventory nodes()
{
    Inventory inventory;
    for (int i = 1; i <= 4; ++i) {
        auto system = systemWith(FakeNetwork::id(i).text(), {});
        system.type = "node";
        system.chain = ChainSpec{};
        inventory.systems.append(system);
    }
    return inventory;
}

struct World
{
    FakeNetwork network{100};
    HealthCheckService service{nodes(), network.view(), HealthOptions{.secondLook = Milliseconds(1)}};

    SystemHealth check(int node) { return *QCoro::waitFor(service.checkSystem(FakeNetwork::id(node))); }
};

NodeHead headAt(qint64 height, Milliseconds age = {})
{
    NodeHead node;
    node.system = SystemId("v1");
    node.head = ChainHead{.block = {height, "aa"}, .age = age};
    return node;
}

NetworkHeads networkAt(qint64 height, const NodeHead& node)
{
    NetworkHeads heads{.nodes = {node}, .groups = {}, .totalWeight = 4};
    for (int i = 0; i < 3; ++i) {
        heads.nodes.append(headAt(height));
    }
    return heads;
}

} // namespace

class TestHealthChecks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void httpIsJudgedByStatusAndByWhatTheServiceSays_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, int status, const QByteArray& body, HealthState state,
                            const QString& message) { QTest::newRow(name) << status << body << int(state) << message; };
        row("plain ok", 200, "fine", HealthState::Healthy, "");
        row("says ok", 200, R"({"status":"ok"})", HealthState::Healthy, "");
        row("says degraded", 200, R"({"status":"degraded","reasons":["slow"]})", HealthState::Degraded, "slow");
        row("says failing", 503, R"({"status":"failing","reasons":["a.","b."]})", HealthState::Unhealthy, "a. b.");
        row("failing with 200", 200, R"({"status":"failing"})", HealthState::Unhealthy, "It says that it is failing.");
        row("ok with 500", 500, R"({"status":"ok"})", HealthState::Unhealthy, "It answered with status 500, not 200.");
        row("not found", 404, "", HealthState::Unhealthy, "It answered with status 404, not 200.");
        row("a redirect is no answer", 302, "", HealthState::Unhealthy, "It answered with status 302, not 200.");
    }
    void httpIsJudgedByStatusAndByWhatTheServiceSays()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(int, state);
        QFETCH(QString, message);
        FakeServer server;
        server.answer("/health", status, body);
        const auto report = probed(httpProbe(server.url("/health")));
        QCOMPARE(int(report.state), state);
        QCOMPARE(report.message, message);
    }

    void theExpectedStatusMayBeAnother()
    {
        FakeServer server;
        server.answer("/", 204, "");
        auto probe = httpProbe(server.url("/"));
        probe.settings["expect_status"] = 204;
        QCOMPARE(probed(probe).state, HealthState::Healthy);
    }

    void nobodyListening()
    {
        FakeServer server;
        const auto url = server.url("/health");
        server.close();
        const auto report = probed(httpProbe(url));
        QCOMPARE(report.state, HealthState::Unhealthy);
        QVERIFY2(report.message.contains("db cannot be reached"), qPrintable(report.message));
    }

    void aSilentServerRunsIntoTheTimeout()
    {
        FakeServer server;
        auto probe = httpProbe(server.url("/health"));
        probe.timeout = Milliseconds(50);
        const auto report = probed(probe);
        QCOMPARE(report.state, HealthState::Unhealthy);
        QVERIFY2(report.message.contains("did not answer within 50 ms"), qPrintable(report.message));
    }

    void anAnswerThatBreaksOffIsNoAnswer()
    {
        FakeServer server;
        server.answers["/health"] = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"status\":";
        QCOMPARE(probed(httpProbe(server.url("/health"))).state, HealthState::Unhealthy);
    }

    void tcp()
    {
        FakeServer server;
        ProbeSpec probe = httpProbe({}, "port");
        probe.kind = ProbeKind::Tcp;
        probe.settings = {{"host", "127.0.0.1"}, {"port", server.port()}};
        QCOMPARE(probed(probe).state, HealthState::Healthy);
        server.close();
        QCOMPARE(probed(probe).state, HealthState::Unhealthy);
    }

    void kindsThatAreNotThereYetAreNamed()
    {
        for (const auto kind : {ProbeKind::Command, ProbeKind::JsonRpc, ProbeKind::Prometheus}) {
            ProbeSpec probe = httpProbe({});
            probe.kind = kind;
            const auto report = probed(probe);
            QCOMPARE(report.state, HealthState::Unknown);
            QVERIFY2(report.message.contains(QString(idOf(kind))), qPrintable(report.message));
        }
    }

    void unknownSystems()
    {
        const HealthCheckService service({}, NetworkView(QList<NetworkNode>()));
        QCOMPARE(QCoro::waitFor(service.checkSystem(db)).error().code, ErrorCode::NotFound);
    }

    void healthyNodes()
    {
        World world;
        const auto all = QCoro::waitFor(world.service.checkAll());
        QCOMPARE(all.size(), 4);
        for (const auto& health : all) {
            QVERIFY2(health.state == HealthState::Healthy, qPrintable(health.reason()));
            QVERIFY(health.chain->moving);
            QVERIFY(!health.chain->stateDiffers);
        }
    }

    void aCorruptNodeIsUnhealthyEvenWhileItsHeaderIsRight()
    {
        World world;
        world.network.node(3).badFrom = 98;
        const auto health = world.check(3);
        QCOMPARE(health.state, HealthState::Unhealthy);
        QCOMPARE(health.find("state_agreement")->message,
                 "state differs from 3 of 4 nodes at height 100: computed bad, quorum state-100");
        QVERIFY(health.chain->stateDiffers);
        QCOMPARE(world.check(1).state, HealthState::Healthy);
    }

    void aCorruptNodeThatStoppedIsComparedAtItsOwnHead()
    {
        World world;
        world.network.node(3).height = 80;
        world.network.node(3).badFrom = 78;
        const auto health = world.check(3);
        QCOMPARE(health.find("state_agreement")->message,
                 "state differs from 3 of 4 nodes at height 80: computed bad, quorum state-80");
        QVERIFY2(health.find("height")->message.startsWith("stuck at 80 for 0 s; the quorum is at 100"),
                 qPrintable(health.find("height")->message));
        QVERIFY(!health.chain->moving);
    }

    void aForkedNode()
    {
        World world;
        world.network.node(3).forkFrom = 99;
        const auto health = world.check(3);
        QCOMPARE(health.find("state_agreement")->message,
                 "block differs from 3 of 4 nodes at height 100: fork-100, quorum hash-100");
    }

    void aWrongStateIsSeenEvenWithoutAQuorum()
    {
        World world;
        world.network.node(1).down = true;
        world.network.node(2).down = true;
        world.network.node(3).badFrom = 98;
        const auto health = world.check(3);
        QCOMPARE(health.find("state_agreement")->state, HealthState::Unhealthy);
        QVERIFY(health.find("state_agreement")->message.contains("its header says"));
        QCOMPARE(world.check(4).find("state_agreement")->state, HealthState::Unknown);
        QCOMPARE(world.check(1).find("height")->state, HealthState::Unhealthy);
    }

    void aNodeThatCatchesUpIsDegraded()
    {
        World world;
        world.network.node(3).height = 50;
        const auto health = world.check(3);
        QCOMPARE(health.state, HealthState::Degraded);
        QVERIFY2(health.find("height")->message.startsWith("catching up"), qPrintable(health.reason()));
        QVERIFY(health.chain->moving);
    }

    void aHeldNodeIsUnhealthy()
    {
        World world;
        world.network.node(3).held = true;
        QVERIFY(world.check(3).find("height")->message.startsWith("held at 100"));
        QCOMPARE(world.check(3).state, HealthState::Unhealthy);
    }

    void heights()
    {
        const HealthOptions options;
        const auto stuck = headAt(812, std::chrono::seconds(9));
        QCOMPARE(judgeHeight(stuck, networkAt(821, stuck), 812, options).message,
                 "stuck at 812 for 9 s; the quorum is at 821");
        const auto near = headAt(819);
        QCOMPARE(judgeHeight(near, networkAt(821, near), {}, options).state, HealthState::Healthy);
        const auto old = headAt(821, std::chrono::seconds(17));
        const auto halted = judgeHeight(old, networkAt(821, old), {}, options);
        QCOMPARE(halted.state, HealthState::Unhealthy);
        QCOMPARE(halted.message, "no new block for 17 s at height 821");
    }
};

QTEST_GUILESS_MAIN(TestHealthChecks)
#include "tst_health_checks.moc"
