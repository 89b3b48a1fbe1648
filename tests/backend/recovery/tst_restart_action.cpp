// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/actions/actions.h"
#include "tests/backend/services/service_network.h"

using namespace rc;
using rc::test::ServiceNetwork;

/// `restart_services` on real processes, and what it says of those that do not come back. database <- gateway; the
/// bridge stands alone.
class TestRestartAction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatStandsStillAfterAFailureIsLeft_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QStringList>("down");
        QTest::newRow("one after another") << "rolling" << QStringList{"database"};
        QTest::newRow("all together") << "stop-all" << QStringList{"database", "gateway"};
    }
    void whatStandsStillAfterAFailureIsLeft()
    {
        QFETCH(QString, mode);
        QFETCH(QStringList, down);
        m_network->configure(m_database, "exit=3");
        const auto context = contextFor({m_database, m_gateway, m_bridge}, mode);
        const auto failed = wait(m_action->execute(context));
        QVERIFY(!failed.success && !failed.reverted);
        QCOMPARE(systemsIn(failed.leftovers), down);
        QCOMPARE(failed.leftovers[0]["what"], "database does not run.");
        QVERIFY(failed.leftovers[0]["cleanup"].toString().contains("recoveryctl service restart database"));
        for (const auto& id : {m_database, m_gateway, m_bridge}) {
            QCOMPARE(m_network->status(id).running, !down.contains(id.text()));
        }
        // Who looks later finds the same.
        const auto found = wait(m_action->probe(context));
        QCOMPARE(found.answer, EffectState::NotApplied);
        QCOMPARE(systemsIn(found.result.leftovers), down);
    }

    void whatRunsAgainLeavesNothing()
    {
        const auto context = contextFor({m_database, m_gateway}, "rolling");
        const auto done = wait(m_action->execute(context));
        QVERIFY2(done.success, qPrintable(done.message));
        QVERIFY(done.leftovers.isEmpty());
    }

    void init()
    {
        m_network = std::make_unique<ServiceNetwork>();
        QVERIFY(m_network->begun);
        m_database = m_network->add("database");
        m_gateway = m_network->add("gateway", {"database"});
        m_bridge = m_network->add("bridge");
        m_network->start({m_database, m_gateway, m_bridge});
        m_service = std::make_unique<ServiceRestartService>(m_network->inventory, *m_network->managers,
                                                            m_network->health(), test::now);
        m_action = std::make_unique<RestartAction>(*m_service, test::now);
    }
    void cleanup()
    {
        m_action.reset();
        m_service.reset();
        m_network.reset();
    }

private:
    template <class T>
    static T wait(QCoro::Task<T> task)
    {
        return QCoro::waitFor(std::move(task));
    }
    static QStringList systemsIn(const QJsonArray& leftovers)
    {
        QStringList ids;
        for (const QJsonValue left : leftovers) {
            ids.append(left["system"].toString());
        }
        return ids;
    }
    static ActionContext contextFor(const QList<SystemId>& services, const QString& mode)
    {
        ActionContext context;
        context.parameters = {{"services", toJson(services)}, {"mode", mode}};
        context.startedAt = test::now();
        return context;
    }

    std::unique_ptr<ServiceNetwork> m_network;
    std::unique_ptr<ServiceRestartService> m_service;
    std::unique_ptr<RestartAction> m_action;
    SystemId m_database;
    SystemId m_gateway;
    SystemId m_bridge;
};

QTEST_GUILESS_MAIN(TestRestartAction)
#include "tst_restart_action.moc"
