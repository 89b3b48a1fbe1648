// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/network_toolbox.h"
#include "tests/backend/restoration/restoration_fixture.h"

#include <QCoroTask>

using namespace rc;
using namespace rc::test;
using namespace std::chrono_literals;

/// What the real tools make of a plan's checks and actions.
class TestNetworkToolbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMarkMadeSinceTheCompromiseIsNotBelieved_data()
    {
        QTest::addColumn<QByteArray>("onDisk");
        QTest::addColumn<bool>("passes");
        QTest::newRow("what was good before") << QByteArray("good\n") << true;
        QTest::newRow("what was found good since") << QByteArray("by the intruder\n") << false;
    }
    void aMarkMadeSinceTheCompromiseIsNotBelieved()
    {
        QFETCH(QByteArray, onDisk);
        QFETCH(bool, passes);
        TrustStore store;
        ConfigurationDisk disk;
        const auto node = disk.add("node", {"node.json"});
        NetworkToolbox tools(store.journal(), disk.inventory);
        const auto ben = store.signIn("ben");
        disk.put(node, "node.json", "good\n");
        QVERIFY(tools.configurations().trustAll(ben));
        store.now += 1h;
        Incident incident;
        incident.id = IncidentId("INC-1");
        incident.compromisedSince = store.now;
        store.now += 1h;
        disk.put(node, "node.json", "by the intruder\n");
        QVERIFY(tools.configurations().trustAll(ben));
        disk.put(node, "node.json", onDisk);

        const QJsonObject parameters{{"check", "configuration_matches"}, {"systems", QJsonArray{"node"}}};
        const auto verified =
            QCoro::waitFor(tools.runCheck("configuration_matches", checkParameters(parameters, incident), Operation()));
        QVERIFY2(verified, verified ? "" : qPrintable(verified.error().message));
        QCOMPARE(verified->passed, passes);
        ActionContext context{parameters, incident, {}, {}, {}, {}, {}};
        QCOMPARE(QCoro::waitFor(tools.actionFor(ActionType::Check)->execute(context)).success, passes);
        // The word of the procedure counts before the incident's.
        context.parameters["compromised_since"] = toRfc3339(store.now + 1h);
        QCOMPARE(QCoro::waitFor(tools.actionFor(ActionType::Check)->execute(context)).success, !passes);
        const auto unsaid = QCoro::waitFor(tools.runCheck("configuration_matches", parameters, Operation()));
        QVERIFY(!unsaid && unsaid.error().code == ErrorCode::InvalidInput);
        // Nothing looked at is nothing found good.
        for (const auto& systems : {QJsonValue(QJsonArray()), QJsonValue(), QJsonValue("node")}) {
            const QJsonObject without{{"systems", systems}, {"compromised_since", toRfc3339(store.now)}};
            const auto nothing = QCoro::waitFor(tools.runCheck("configuration_matches", without, Operation()));
            QVERIFY(!nothing && nothing.error().code == ErrorCode::InvalidInput);
        }
    }

    void aDryRunOfARestartSaysWhatWouldBeDone_data()
    {
        QTest::addColumn<QJsonObject>("parameters");
        QTest::addColumn<QStringList>("effects");
        const QString checked(", and checked until it is healthy");
        QTest::newRow("rolling") << QJsonObject()
                                 << QStringList{"database would be stopped and started" + checked,
                                                "gateway would be stopped and started" + checked};
        QTest::newRow("without looking at health")
            << QJsonObject{{"mode", "rolling"}, {"health", false}}
            << QStringList{"database would be stopped and started", "gateway would be stopped and started"};
        QTest::newRow("all together") << QJsonObject{{"mode", "stop-all"}}
                                      << QStringList{"gateway would be stopped", "database would be stopped",
                                                     "database would be started" + checked,
                                                     "gateway would be started" + checked};
    }
    void aDryRunOfARestartSaysWhatWouldBeDone()
    {
        QFETCH(QJsonObject, parameters);
        QFETCH(QStringList, effects);
        TrustStore store;
        System database;
        database.id = SystemId("database");
        System gateway;
        gateway.id = SystemId("gateway");
        gateway.dependsOn = {database.id};
        NetworkToolbox tools(store.journal(), Inventory{{}, {gateway, database}});
        parameters["services"] = QJsonArray{"gateway", "database"};
        const ActionContext context{parameters, {}, {}, {}, {}, {}, {}};
        const auto found = QCoro::waitFor(tools.actionFor(ActionType::RestartServices)->dryRun(context));
        QVERIFY(found);
        QStringList said;
        for (const auto& effect : *found) {
            said.append(effect.system.text() + " " + effect.what);
        }
        QCOMPARE(said, effects);
    }

    void whatOnlyLooksOrWaitsClaimsNothing_data()
    {
        QTest::addColumn<ActionType>("type");
        QTest::addColumn<bool>("claims");
        QTest::newRow("restore_system") << ActionType::RestoreSystem << true;
        QTest::newRow("recover_chain_data") << ActionType::RecoverChainData << true;
        QTest::newRow("restart_services") << ActionType::RestartServices << true;
        QTest::newRow("command") << ActionType::Command << true;
        QTest::newRow("http_request") << ActionType::HttpRequest << true;
        QTest::newRow("check") << ActionType::Check << false;
        QTest::newRow("wait") << ActionType::Wait << false;
        QTest::newRow("notify") << ActionType::Notify << false;
    }
    void whatOnlyLooksOrWaitsClaimsNothing()
    {
        QFETCH(ActionType, type);
        QFETCH(bool, claims);
        TrustStore store;
        System node;
        node.id = SystemId("node");
        NetworkToolbox tools(store.journal(), Inventory{{}, {node}});
        const QJsonObject parameters{{"systems", QJsonArray{"node"}}, {"services", QJsonArray{"node"}}};
        QCOMPARE(tools.actionFor(type)->systems(parameters), claims ? QList{node.id} : QList<SystemId>());
    }

    void whatCannotBeUndoneSaysSoAndWhen_data()
    {
        QTest::addColumn<ActionType>("type");
        QTest::newRow("recover_chain_data") << ActionType::RecoverChainData;
        QTest::newRow("restart_services") << ActionType::RestartServices;
        QTest::newRow("check") << ActionType::Check;
        QTest::newRow("wait") << ActionType::Wait;
        QTest::newRow("notify") << ActionType::Notify;
    }
    void whatCannotBeUndoneSaysSoAndWhen()
    {
        QFETCH(ActionType, type);
        TrustStore store;
        NetworkToolbox tools(store.journal(), {});
        store.now += 1h;
        const auto undone = QCoro::waitFor(tools.actionFor(type)->undo({}));
        QVERIFY(!undone.success);
        QCOMPARE(undone.message, "This cannot be undone.");
        QCOMPARE(undone.timestamp, store.now);
    }
};

QTEST_GUILESS_MAIN(TestNetworkToolbox)
#include "tst_network_toolbox.moc"
