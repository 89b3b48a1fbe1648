// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/services/dependency_resolver.h"

#include <QTest>

using namespace rc;
using namespace std::chrono_literals;

namespace {

System system(const QString& id, const QStringList& dependsOn)
{
    System system;
    system.id = SystemId(id);
    for (const auto& dependency : dependsOn) {
        system.dependsOn.append(SystemId(dependency));
    }
    return system;
}

/// explorer → indexer → gateway → {database, node}; bridge → node.
Inventory lab()
{
    return {{},
            {system("explorer", {"indexer"}), system("indexer", {"gateway", "database"}),
             system("gateway", {"database", "node"}), system("bridge", {"node"}), system("database", {}),
             system("node", {})}};
}

QList<SystemId> ids(const QStringList& names)
{
    QList<SystemId> ids;
    for (const auto& name : names) {
        ids.append(SystemId(name));
    }
    return ids;
}

QString names(const QList<SystemId>& systems)
{
    QStringList names;
    for (const auto& id : systems) {
        names.append(id.text());
    }
    return names.join(' ');
}

} // namespace

class TestDependencyResolver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dependenciesComeFirst()
    {
        const DependencyResolver resolver(lab());
        QCOMPARE(names(*resolver.restartOrder(ids({"gateway", "node", "database"}), false)), "database node gateway");
    }

    void onlyWhatWasNamedIsRestartedUnlessDependenciesAreWanted()
    {
        const DependencyResolver resolver(lab());
        QCOMPARE(names(*resolver.restartOrder(ids({"indexer"}), false)), "indexer");
        QCOMPARE(names(*resolver.restartOrder(ids({"indexer"}), true)), "database node gateway indexer");
    }

    void aDependencyThroughAServiceThatStaysUpCounts()
    {
        const DependencyResolver resolver(lab());
        QCOMPARE(names(*resolver.restartOrder(ids({"explorer", "node"}), false)), "node explorer");
        const auto order = resolver.order(ids({"explorer", "node"}), false);
        QCOMPARE(order->waves.size(), 2);
    }

    void namedTwiceIsRestartedOnce()
    {
        const DependencyResolver resolver(lab());
        QCOMPARE(names(*resolver.restartOrder(ids({"node", "node"}), false)), "node");
    }

    void wavesAndTheCriticalPathExplainTheOrder()
    {
        const DependencyResolver resolver(lab());
        const auto order = resolver.order(ids({"explorer", "bridge"}), true, {{SystemId("node"), 20s}}, 5s);
        QVERIFY(order);
        QStringList waves;
        for (const auto& wave : order->waves) {
            waves.append(names(wave));
        }
        QCOMPARE(waves, (QStringList{"database node", "gateway bridge", "indexer", "explorer"}));
        QCOMPARE(names(order->criticalPath), "node gateway indexer explorer");
        QCOMPARE(order->estimate, 45s); // one after another: the node, and five of 5 s
    }

    void aCycleIsNamed()
    {
        auto inventory = lab();
        inventory.systems[4].dependsOn = ids({"indexer"});
        const auto order = DependencyResolver(inventory).order(ids({"explorer"}), true);
        QVERIFY(!order);
        QCOMPARE(order.error().code, ErrorCode::InvalidInput);
        QVERIFY2(order.error().message.contains("indexer → database → indexer") ||
                     order.error().message.contains("database → indexer → database"),
                 qPrintable(order.error().message));
    }

    void anUnknownServiceIsNamed()
    {
        const auto order = DependencyResolver(lab()).restartOrder(ids({"node", "mars"}), false);
        QCOMPARE(order.error().code, ErrorCode::NotFound);
        QVERIFY(order.error().message.contains("mars"));
    }

    void whoNeedsWhat()
    {
        const DependencyResolver resolver(lab());
        QCOMPARE(names(*resolver.dependenciesOf(SystemId("gateway"))), "database node");
        QCOMPARE(resolver.dependenciesOf(SystemId("mars")).error().code, ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestDependencyResolver)
#include "tst_dependency_resolver.moc"
