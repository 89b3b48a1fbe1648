// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/chain/data_recovery_service.h"
#include "backend/health/checks.h"
#include "backend/health/health_monitor.h"
#include "backend/prozchain/corrupt.h"
#include "tests/backend/prozchain/lab_network.h"

#include <QTest>

using namespace rc;
using prozchain::test::LabNetwork;

namespace {

constexpr int patience = 30'000;
const SystemId v3("validator-3");
const SystemId v4("validator-4");

Inventory inventoryOf(const LabNetwork& network)
{
    Inventory inventory;
    for (int i = 1; i <= 4; ++i) {
        const auto& lab = network.system(LabNetwork::node(i));
        System system;
        system.id = SystemId(lab.id);
        system.type = "node";
        system.chain = ChainSpec{ChainKind::Prozchain, lab.chainEndpoint.toString(), 1, "file:" + lab.adminTokenFile};
        ProbeSpec probe;
        probe.name = "http";
        probe.settings = {{"url", lab.healthUrl.toString()}};
        probe.interval = Milliseconds(500);
        system.health = {probe};
        inventory.systems.append(system);
    }
    return inventory;
}

} // namespace

/// Four real node processes on loopback, 150 ms a block, and the console's own services against them.
class TestRealRecovery : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<LabNetwork> m_net;
    std::unique_ptr<NetworkView> m_view;
    std::unique_ptr<HealthCheckService> m_health;
    std::unique_ptr<DataRecoveryService> m_recovery;

    /// All four are up and have this height.
    [[nodiscard]] bool startAt(qint64 height)
    {
        m_net->startNodes();
        for (int i = 1; i <= 4; ++i) {
            const auto node = LabNetwork::node(i);
            if (!QTest::qWaitFor([&] { return m_net->height(node) >= height; }, patience)) {
                QTest::qFail(m_net->story(node).constData(), __FILE__, __LINE__);
                return false;
            }
        }
        return true;
    }
    [[nodiscard]] SystemHealth healthOf(const SystemId& id) { return *QCoro::waitFor(m_health->checkSystem(id)); }
    [[nodiscard]] Result<RecoveryResult> recover(const BlockId& target, const QList<SystemId>& systems)
    {
        return QCoro::waitFor(m_recovery->recover(target, systems, {}));
    }
    prozchain::Corruption corrupt(const SystemId& id)
    {
        const auto done = prozchain::corruptRecentValue(m_net->system(id.text()).dataDirectory);
        return done.value_or(prozchain::Corruption());
    }

private Q_SLOTS:
    void init()
    {
        m_net = std::make_unique<LabNetwork>();
        const auto inventory = inventoryOf(*m_net);
        m_view = std::make_unique<NetworkView>(inventory);
        m_health = std::make_unique<HealthCheckService>(inventory, *m_view);
        m_recovery = std::make_unique<DataRecoveryService>(
            *m_view, DataRecoveryOptions{.acceptTimeout = Milliseconds(patience), .pollInterval = Milliseconds(50)});
    }
    void cleanup()
    {
        m_recovery.reset();
        m_health.reset();
        m_view.reset();
        m_net.reset();
    }

    void fourNodesAgreeAndAreHealthy()
    {
        QVERIFY(startAt(5));
        const auto heads = QCoro::waitFor(m_view->heads());
        QCOMPARE(heads.groups.size(), 1);
        QCOMPARE(heads.groups[0].systems.size(), 4);
        QVERIFY(heads.groups[0].quorum);
        QTRY_VERIFY_WITH_TIMEOUT(healthOf(v3).state == HealthState::Healthy, patience);
        const Checks checks(*m_health, *m_view);
        const QJsonObject parameters{{"systems", QJsonArray{"validator-1", "validator-3"}}};
        for (const auto& name : {"state_agreement", "height_advancing", "systems_healthy"}) {
            const auto result = QCoro::waitFor(checks.run(QString::fromLatin1(name), parameters, {}));
            QVERIFY2(result && result->passed, name);
        }
    }

    void corruptionIsFoundAndARollbackBelowHeals()
    {
        QVERIFY(startAt(12));
        const auto corruption = corrupt(v3);
        QVERIFY(corruption.height > 0);
        const auto health = healthOf(v3);
        QCOMPARE(health.state, HealthState::Unhealthy);
        QVERIFY2(health.find("state_agreement")->message.contains("state differs from 3 of 4 nodes"),
                 qPrintable(health.reason()));
        const auto proposals = proposalsFrom(QCoro::waitFor(m_health->checkAll()), Timestamp());
        QCOMPARE(proposals.size(), 1);
        QCOMPARE(proposals[0].systems, QList{v3});

        const auto trusted = QCoro::waitFor(m_view->findTrustedHeight({v3}));
        QVERIFY(trusted.has_value());
        QCOMPARE(trusted->firstBadHeight, corruption.height);
        QCOMPARE(trusted->block.height, corruption.height - 1);
        QCOMPARE(QCoro::waitFor(m_recovery->probe(trusted->block, {v3})), EffectState::NotApplied);

        const auto result = recover(trusted->block, {v3});
        QVERIFY2(result && result->success, qPrintable(result ? result->message : result.error().message));
        QCOMPARE(result->message,
                 QString("Successfully recovered blockchain data to height %1").arg(trusted->block.height));
        QTRY_VERIFY_WITH_TIMEOUT(healthOf(v3).state == HealthState::Healthy, patience);
        QCOMPARE(QCoro::waitFor(m_recovery->probe(trusted->block, {v3})), EffectState::Applied);
    }

    void aRollbackToTheCorruptionFailsVerificationAndLeavesTheNodeHeld()
    {
        QVERIFY(startAt(12));
        const auto corruption = corrupt(v3);
        const BlockId target{corruption.height, m_net->hashAt("validator-1", corruption.height)};
        const auto result = recover(target, {v3});
        QVERIFY2(result.has_value(), qPrintable(result ? QString() : result.error().message));
        QVERIFY(!result->success);
        QVERIFY2(result->message.contains("stays held"), qPrintable(result->message));
        QVERIFY(m_net->health("validator-3")["held"].toBool());
        QCOMPARE(m_net->height("validator-3"), corruption.height);

        // The second try, below, heals.
        const BlockId below{corruption.height - 1, m_net->hashAt("validator-1", corruption.height - 1)};
        const auto again = recover(below, {v3});
        QVERIFY2(again && again->success, qPrintable(again ? again->message : again.error().message));
        QVERIFY(!m_net->health("validator-3")["held"].toBool());
    }

    void targetsThatAreNotTheQuorums()
    {
        QVERIFY(startAt(8));
        const auto hash = m_net->hashAt("validator-1", 5);
        QCOMPARE(recover({4, hash}, {v3}).error().code, ErrorCode::TargetInvalid);
        QCOMPARE(recover({100'000, hash}, {v3}).error().code, ErrorCode::TargetInvalid);
        m_net->kill("validator-3");
        QCOMPARE(recover({5, hash}, {v3}).error().code, ErrorCode::Unreachable);
        const auto heads = QCoro::waitFor(m_view->heads());
        QVERIFY(!heads.find(v3)->error.isEmpty());
        QVERIFY(heads.quorum());
    }

    void aChainWithoutAQuorumIsProposedAsHalt()
    {
        QVERIFY(startAt(4));
        m_net->kill("validator-3");
        m_net->kill("validator-4");
        const auto proposals = proposalsFrom(QCoro::waitFor(m_health->checkAll()), Timestamp());
        QCOMPARE(proposals.size(), 1);
        QCOMPARE(proposals[0].type, IncidentType::ConsensusHalt);
        QCOMPARE(proposals[0].systems.size(), 4);
    }

    void twoHealthyNodesGoBackTogetherAndForwardAgain()
    {
        QVERIFY(startAt(10));
        const auto top = m_net->height("validator-1");
        const BlockId target{5, m_net->hashAt("validator-1", 5)};
        const auto result = recover(target, {v3, v4});
        QVERIFY2(result && result->success, qPrintable(result ? result->message : result.error().message));
        QTRY_VERIFY_WITH_TIMEOUT(m_net->height("validator-4") > top, patience); // the chain goes on with them
    }
};

QTEST_GUILESS_MAIN(TestRealRecovery)
#include "tst_real_recovery.moc"
