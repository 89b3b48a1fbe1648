// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sight_story.h"
#include "ui/console/network_view_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace rc;
using namespace rc::test;
using namespace rc::ui;

namespace {

QStringList keysOf(RowModelBase* model)
{
    QStringList keys;
    for (int i = 0; i < model->count(); ++i) {
        keys.append(model->data(model->index(i, 0), model->roleNames().key("key")).toString());
    }
    return keys;
}

} // namespace

class TestNetworkViewModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsDoneWhileNobodyLooks()
    {
        NetworkViewModel network;
        const QSignalSpy changed(&network, &NetworkViewModel::changed);
        network.show(networkOf(5));
        QCOMPARE(changed.count(), 0);
        QCOMPARE(network.graph()->count(), 0);
        network.setShown(true);
        QCOMPARE(network.graph()->count(), 5);
        QCOMPARE(network.systems()->count(), 5);
    }

    void theSystemThatIsLookedAt()
    {
        NetworkViewModel network;
        auto sight = networkOf(5);
        sight.systems.health[2].state = HealthState::Unhealthy;
        sight.systems.health[2].checks = {{"http", HealthState::Unhealthy, Milliseconds(34), "connection refused"}};
        network.setShown(true);
        network.show(sight);
        network.graph()->choose("system-2");
        QCOMPARE(network.selected(), "system-2");
        QCOMPARE(network.system().stateText, "Unhealthy");
        QCOMPARE(keysOf(network.needs()), QStringList{"system-0"});
        QCOMPARE(keysOf(network.neededBy()), QStringList{"system-4"});
        QCOMPARE(network.reach(), "1 system needs it, directly or through others. It needs 1 other.");
        QCOMPARE(keysOf(network.checks()), QStringList{"http"});
        network.setSelected("system-0");
        QCOMPARE(network.reach(), "2 systems need it, directly or through others. It needs nothing.");
        network.setSelected("nobody");
        QCOMPARE(network.reach(), QString());
        QCOMPARE(network.checks()->count(), 0);
    }

    void whatNobodyLookedAtIsUnknownAndListed()
    {
        NetworkViewModel network;
        auto sight = networkOf(3);
        sight.systems.health.removeAt(1);
        network.setShown(true);
        network.show(sight);
        network.setSelected("system-1");
        QCOMPARE(network.systems()->count(), 3);
        QCOMPARE(network.system().stateText, "Unknown");
        QCOMPARE(network.system().tone, Tone::Unknown);
        QCOMPARE(network.about(), network.system().type);
    }

    void checksThatAreTooOldAreStale()
    {
        NetworkViewModel network;
        auto sight = networkOf(1);
        sight.systems.health[0].checks = {{"http", HealthState::Healthy, Milliseconds(3), {}}};
        sight.now += std::chrono::minutes(1);
        network.setShown(true);
        network.show(sight);
        network.setSelected("system-0");
        auto* checks = network.checks();
        QCOMPARE(checks->data(checks->index(0, 0), checks->roleNames().key("stateText")).toString(), "Stale");
        QCOMPARE(network.system().stateText, "Stale");
    }

    void aFilterFindsAndGoesOnRoundTheEnd()
    {
        NetworkViewModel network;
        const QAbstractItemModelTester tester(network.systems(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto sight = networkOf(40);
        sight.systems.health[7].state = HealthState::Unhealthy;
        network.setShown(true);
        network.show(sight);
        QCOMPARE(network.filterText(), QString());
        network.setFilter("unhealthy");
        QCOMPARE(keysOf(network.systems()), QStringList{"system-7"});
        QCOMPARE(network.filterText(), "1 of 40 systems");
        network.setFilter("system-3");
        QCOMPARE(network.systems()->count(), 11);
        network.findNext();
        QCOMPARE(network.selected(), "system-3");
        network.findNext();
        QCOMPARE(network.selected(), "system-30");
        for (int i = 0; i < 10; ++i) {
            network.findNext();
        }
        QCOMPARE(network.selected(), "system-3");
        network.setFilter("no such thing");
        network.findNext();
        QCOMPARE(network.selected(), "system-3");
        QCOMPARE(network.systems()->count(), 0);
    }
};

QTEST_GUILESS_MAIN(TestNetworkViewModel)
#include "tst_network_view_model.moc"
