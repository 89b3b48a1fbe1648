// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/actions/actions.h"
#include "tests/backend/restoration/restoration_fixture.h"
#include "tests/backend/services/service_network.h"

using namespace rc;
using rc::test::ServiceNetwork;
using rc::test::TrustStore;

/// `restore_system` on a real process, and what it says of one that does not come back.
class TestRestoreAction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyAFailureThatLeavesTheSystemRunningIsAsBefore_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<bool>("runs");
        QTest::newRow("it runs with the old files") << "note=old" << true;
        QTest::newRow("the old files are back, and it does not start with them") << "exit=4" << false;
    }
    void onlyAFailureThatLeavesTheSystemRunningIsAsBefore()
    {
        QFETCH(QString, before);
        QFETCH(bool, runs);
        const auto files = configured(before);
        auto context = contextFor(2);
        const auto kept = wait(m_action->capture(context));
        QVERIFY(kept);
        context.preImage = kept->preImage;
        const auto failed = wait(m_action->execute(context));
        QVERIFY(!failed.success);
        QCOMPARE(readFile(m_network->configurationOf(m_node)).value_or(QByteArray()), files);
        QCOMPARE(m_network->status(m_node).running, runs);
        QCOMPARE(failed.reverted, runs);
        QCOMPARE(failed.leftovers.size(), runs ? 0 : 1);
        if (!runs) {
            QCOMPARE(failed.leftovers[0]["system"], "node");
            QCOMPARE(failed.leftovers[0]["what"], "node does not run.");
        }
    }

    void anUndoThatLeavesItStandingSaysSo()
    {
        configured("exit=4");
        auto context = contextFor(1);
        const auto kept = wait(m_action->capture(context));
        QVERIFY(kept);
        context.preImage = kept->preImage;
        QVERIFY(wait(m_action->execute(context)).success);
        m_network->configure(m_node, "exit=5"); // nothing that it could go back to either
        const auto failed = wait(m_action->undo(context));
        QVERIFY(!failed.success);
        QCOMPARE(failed.leftovers.size(), 1);
    }

    // Version 1 is good; with version 2 it exits at once.
    void init()
    {
        m_store = std::make_unique<TrustStore>();
        m_network = std::make_unique<ServiceNetwork>();
        QVERIFY(m_network->begun);
        m_node = m_network->add("node", {}, true, "node");
        m_network->configure(m_node, "note=good");
        m_network->start({m_node});
        m_configurations =
            std::make_unique<ConfigurationService>(m_store->journal(), m_store->home(), m_network->inventory);
        m_backups = std::make_unique<BackupService>(m_store->home(), systemTime);
        m_service = std::make_unique<SystemRestorationService>(RestorationTools{
            m_network->inventory, *m_configurations, *m_backups, *m_network->managers, m_network->health(), test::now});
        m_action = std::make_unique<RestoreAction>(*m_service, test::now);
        const auto ben = m_store->signIn("ben");
        QVERIFY(m_configurations->importRunning(ben, m_node, "good"));
        m_network->configure(m_node, "exit=3");
        QVERIFY(m_configurations->importRunning(ben, m_node, "it exits"));
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

    /// What the files are then; the process goes on with those that it was started with.
    QByteArray configured(const QString& text)
    {
        m_network->configure(m_node, text);
        return readFile(m_network->configurationOf(m_node)).value_or(QByteArray());
    }
    [[nodiscard]] ActionContext contextFor(int version) const
    {
        ActionContext context;
        context.parameters = {{"systems", QJsonArray{m_node.text()}}, {"to", QJsonObject{{"version", version}}}};
        context.startedAt = test::now();
        return context;
    }

    std::unique_ptr<TrustStore> m_store;
    std::unique_ptr<ServiceNetwork> m_network;
    SystemId m_node;
    std::unique_ptr<ConfigurationService> m_configurations;
    std::unique_ptr<BackupService> m_backups;
    std::unique_ptr<SystemRestorationService> m_service;
    std::unique_ptr<RestoreAction> m_action;
};

QTEST_GUILESS_MAIN(TestRestoreAction)
#include "tst_restore_action.moc"
