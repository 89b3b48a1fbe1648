// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/system/inventory.h"

#include <QRandomGenerator>
#include <QTest>

using namespace rc;

namespace {

System node(const QString& id, const QList<SystemId>& dependsOn = {})
{
    System made;
    made.id = SystemId(id);
    made.name = id;
    made.type = "node";
    made.dependsOn = dependsOn;
    return made;
}

QStringList sentences(const Inventory& inventory)
{
    QStringList list;
    for (const auto& problem : problemsOf(inventory)) {
        list.append(problem.pointer + " " + problem.message);
    }
    return list;
}

Inventory randomInventory(QRandomGenerator& random)
{
    Inventory inventory{{"net", "id", random.bounded(2) == 0 ? NetworkKind::Live : NetworkKind::Practice}, {}};
    for (int i = 0; i <= random.bounded(6); ++i) {
        auto made = node(QString("s%1").arg(i));
        for (const auto& other : inventory.systems) {
            if (random.bounded(3) == 0) {
                made.dependsOn.append(other.id);
            }
        }
        made.critical = random.bounded(2) == 0;
        if (random.bounded(2) == 0) {
            made.manager = ManagerSpec{ManagerKind::Container, {{"container", "c"}}};
            made.chain = ChainSpec{ChainKind::Cometbft, "http://h", random.bounded(9), "env:A"};
            made.configuration = ConfigurationSpec{"/d", {"a", "b/c"}};
        }
        made.health = {{"h",
                        ProbeKind::JsonRpc,
                        {{"url", "u"}},
                        Milliseconds(random.bounded(9999)),
                        Milliseconds(random.bounded(9999)),
                        1 + random.bounded(5),
                        1 + random.bounded(5)}};
        inventory.systems.append(made);
    }
    return inventory;
}

} // namespace

class TestInventory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jsonKeepsEverything()
    {
        QRandomGenerator random(1);
        for (int i = 0; i < 300; ++i) {
            const auto inventory = randomInventory(random);
            const auto bytes = canonicalJson(toJson(inventory));
            QVERIFY(inventoryFromJson(QJsonDocument::fromJson(bytes).object()) == inventory);
            QCOMPARE(sentences(inventory), QStringList());
        }
    }

    void dependenciesAreTheGraphOfDependsOn()
    {
        QRandomGenerator random(2);
        for (int i = 0; i < 300; ++i) {
            const auto inventory = randomInventory(random);
            const auto graph = inventory.dependencies();
            QCOMPARE(graph.nodeCount(), int(inventory.systems.size()));
            for (int node = 0; node < graph.nodeCount(); ++node) {
                QList<SystemId> ids;
                for (const int dependency : graph.dependenciesOf(node)) {
                    ids.append(inventory.systems[dependency].id);
                }
                QCOMPARE(ids, inventory.systems[node].dependsOn);
            }
        }
    }

    void idsAreUniqueAndDependenciesExist()
    {
        const Inventory inventory{{}, {node("a", {SystemId("x")}), node("a")}};
        QCOMPARE(sentences(inventory),
                 (QStringList{"/systems/0/depends_on/0 there is no system 'x', expected the id of a system",
                              "/systems/1/id the id 'a' is used twice, expected unique ids"}));
    }

    void aCycleIsNamedInOrder()
    {
        const Inventory inventory{{},
                                  {node("a", {SystemId("b")}), node("b", {SystemId("c")}), node("c", {SystemId("a")}),
                                   node("d", {SystemId("a")})}};
        QCOMPARE(
            sentences(inventory),
            QStringList{"/systems/0/depends_on the systems depend on each other (a → b → c → a), expected no cycle"});
    }

    void configurationFilesStayInTheirDirectory_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("stays");
        QTest::newRow("plain") << "a.json" << true;
        QTest::newRow("below") << "a/b.json" << true;
        QTest::newRow("there and back") << "a/../b.json" << true;
        QTest::newRow("dots in a name") << "..a" << true;
        QTest::newRow("parent") << "../a" << false;
        QTest::newRow("parent, hidden") << "a/../../b" << false;
        QTest::newRow("parent itself") << ".." << false;
        QTest::newRow("the directory itself") << "." << false;
        QTest::newRow("the directory, hidden") << "a/.." << false;
        QTest::newRow("absolute") << "/etc/passwd" << false;
        QTest::newRow("empty") << "" << false;
    }

    void configurationFilesStayInTheirDirectory()
    {
        QFETCH(QString, file);
        QFETCH(bool, stays);
        Inventory inventory{{}, {node("a")}};
        inventory.systems[0].configuration = ConfigurationSpec{"/d", {file}};
        QCOMPARE(problemsOf(inventory).isEmpty(), stays);
    }

    void checksOfASystemHaveDifferentNames()
    {
        Inventory inventory{{}, {node("a"), node("b")}};
        inventory.systems[0].health = {ProbeSpec{.name = "http", .settings = {}}};
        inventory.systems[1].health = {ProbeSpec{.name = "http", .settings = {}},
                                       ProbeSpec{.name = "http", .settings = {}}};
        QCOMPARE(
            sentences(inventory),
            QStringList{
                "/systems/1/health/1/name the check name 'http' is used twice in this system, expected unique names"});
    }

    void typesOfItsOwnAreKept()
    {
        QCOMPARE(node("a").knownType(), SystemType::Node);
        auto own = node("a");
        own.type = "oracle";
        QVERIFY(!own.knownType());
    }
};

QTEST_GUILESS_MAIN(TestInventory)
#include "tst_inventory.moc"
