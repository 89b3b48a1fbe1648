// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/inventory_document.h"
#include "document_samples.h"

#include <QDir>
#include <QRandomGenerator>
#include <QTest>

using namespace rc;
using namespace rc::samples;

namespace {

QString complaint(const QByteArray& bytes)
{
    const auto document = readInventory(bytes, "/net/i.yaml");
    return document ? QString("accepted") : document.error().message;
}

/// Text of the kinds that trip a careless writer of YAML.
QString randomText(QRandomGenerator& random)
{
    static const QStringList traps{"true", "null",  "~",    "12",      "1e3",  "0x1f",  "- a",     "a: b", "#x", "*x",
                                   "&x",   "!t",    "'",    "\"",      "{a}",  "[",     "a\nb",    " a ",  "ä→", "%1",
                                   "no",   "x\\ny", "a\tb", "a  \n b", "---",  "a #b",  "@at",     "`",    "?",  "|",
                                   ">",    ",",     "1.",   "-",       "0o17", "10:20", "http://x"};
    QString text;
    for (int i = random.bounded(3); i >= 0; --i) {
        text += traps[random.bounded(int(traps.size()))];
    }
    return text;
}

Inventory randomInventory(QRandomGenerator& random)
{
    Inventory inventory{{"n" + randomText(random), "c" + randomText(random), NetworkKind::Practice}, {}};
    for (int i = random.bounded(5); i >= 0; --i) {
        System system;
        system.id = SystemId(QString("s%1").arg(i));
        system.name = "n" + randomText(random);
        system.type = "node";
        system.critical = random.bounded(2) == 0;
        for (const auto& other : inventory.systems) {
            if (random.bounded(2) == 0) {
                system.dependsOn.append(other.id);
            }
        }
        system.manager = ManagerSpec{ManagerKind::Process,
                                     {{"program", QDir::cleanPath("/p" + randomText(random))},
                                      {"arguments", QJsonArray{randomText(random), randomText(random)}},
                                      {"environment", QJsonObject{{"K" + randomText(random), randomText(random)}}},
                                      {"grace_ms", 1 + random.bounded(100'000)}}};
        system.chain = ChainSpec{ChainKind::Bitcoin, "http://h/" + QString::number(i), random.bounded(9),
                                 "env:A" + QString::number(i)};
        system.configuration = ConfigurationSpec{"/d" + QString::number(i), {"f" + QString::number(i), "true"}};
        system.health = {{randomText(random) + "h",
                          ProbeKind::Command,
                          {{"program", "p" + randomText(random)}},
                          Milliseconds(1 + random.bounded(99'999)),
                          Milliseconds(1 + random.bounded(99'999)),
                          2,
                          3}};
        inventory.systems.append(system);
    }
    return inventory;
}

} // namespace

class TestInventoryDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryField()
    {
        const auto document = readInventory(samples::inventory, "/net/i.yaml");
        QVERIFY2(document, document ? "" : qUtf8Printable(document.error().message));
        const auto& inventory = document->inventory;
        QCOMPARE(inventory.network, (Network{"practice", "pc-1", NetworkKind::Practice}));
        QCOMPARE(inventory.systems.size(), 5);
        const auto& node = inventory.systems[0];
        QCOMPARE(node.dependsOn, QList{SystemId("db")});
        QCOMPARE(node.manager->kind, ManagerKind::Process);
        QCOMPARE(node.manager->settings["arguments"].toArray(), (QJsonArray{"--config", "c.json", "7"}));
        QCOMPARE(node.manager->settings["environment"]["LANG"], "C");
        QCOMPARE(node.manager->settings["grace_ms"], 10'000);
        QCOMPARE(node.chain->weight, 2);
        QCOMPARE(node.health.size(), 5);
        const auto& http = node.health[0];
        QCOMPARE(http.name, "http");
        QCOMPARE(http.interval, Milliseconds(5'000));
        QCOMPARE(http.timeout, Milliseconds(2'000));
        QCOMPARE(http.failuresToUnhealthy, 2);
        QCOMPARE(http.successesToHealthy, 3);
        QCOMPARE(http.settings, (QJsonObject{{"url", "http://127.0.0.1:9001/health"}, {"expect_status", 200}}));
        QCOMPARE(inventory.systems[4].manager->settings["start"].toArray(), QJsonArray{"on"});
        QVERIFY(!inventory.systems[4].knownType());
        QCOMPARE(document->source, QByteArray(samples::inventory));
        QCOMPARE(document->sha256(), sha256Hex(document->pinnedText()));
    }

    void relativePathsStartAtTheFoldersOfTheFile()
    {
        const auto document = readInventory(samples::inventory, "/net/i.yaml");
        QVERIFY(document);
        const auto& node = document->inventory.systems[0];
        QCOMPARE(node.configuration->directory, "/net/config");
        QCOMPARE(node.configuration->files, (QStringList{"node.json", "sub/peers.json"}));
        QCOMPARE(node.manager->settings["program"], "/net/bin/prozchain-node");
        QCOMPARE(node.manager->settings["directory"], "/net/run");
        QCOMPARE(node.manager->settings["log"], "/net/run/out.log");
        QCOMPARE(node.chain->adminSecret, "file:/net/keys/admin");
    }

    void aProgramWithoutASlashIsLookedUpAndPlainSecretsAreReferencesToo()
    {
        auto bytes = spoiled(samples::inventory, "bin/prozchain-node", "prozchain-node");
        bytes = spoiled(bytes, "{secret: \"file:keys/admin\"}", "env:ADMIN");
        const auto document = readInventory(bytes, "/net/i.yaml");
        QCOMPARE(document->inventory.systems[0].manager->settings["program"], "prozchain-node");
        QCOMPARE(document->inventory.systems[0].chain->adminSecret, "env:ADMIN");
    }

    void anEditOrAnotherFolderMakesAnotherDocument()
    {
        const auto document = readInventory(samples::inventory, "/net/i.yaml");
        QCOMPARE(readInventory(samples::inventory, "/net/other-name.yaml")->sha256(), document->sha256());
        QVERIFY(readInventory(samples::inventory, "/evil/i.yaml")->sha256() != document->sha256());
        QVERIFY(readInventory("# edited\n" + QByteArray(samples::inventory), "/net/i.yaml")->sha256() !=
                document->sha256());
        const auto pinned = readInventory(document->pinnedText(), "/evil/i.yaml");
        QVERIFY2(pinned, pinned ? "" : qUtf8Printable(pinned.error().message));
        QCOMPARE(pinned->inventory, document->inventory);
    }

    void whatIsWrittenReadsTheSame()
    {
        const auto document = readInventory(samples::inventory, "/net/i.yaml");
        const auto again = readInventory(writeInventory(document->inventory), "/elsewhere/i.yaml");
        QVERIFY2(again, again ? "" : qUtf8Printable(again.error().message));
        QCOMPARE(canonicalJson(toJson(again->inventory)), canonicalJson(toJson(document->inventory)));
        QRandomGenerator random(7);
        for (int i = 0; i < 200; ++i) {
            const auto inventory = randomInventory(random);
            const auto text = writeInventory(inventory);
            const auto read = readInventory(text, "/elsewhere/i.yaml");
            QVERIFY2(read, read ? "" : (qUtf8Printable(read.error().message + "\n" + QString::fromUtf8(text))));
            QCOMPARE(read->inventory.systems.size(), inventory.systems.size());
            QCOMPARE(canonicalJson(toJson(read->inventory)), canonicalJson(toJson(inventory)));
        }
    }

    void badInventoriesAreRefusedWithTheExactSentence_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QString>("message");
        row("unknown field", "name: Validator 1", "nmae: Validator 1",
            "/net/i.yaml:7: unknown field 'nmae', expected one of: chain, configuration, critical, depends_on, health, "
            "id, "
            "manager, name, type (did you mean 'name'?)");
        row("network kind", "kind: practice", "kind: staging",
            "/net/i.yaml:4: 'kind' is 'staging', expected one of: live, practice");
        row("chain id as number", "chain_id: pc-1", "chain_id: 1",
            "/net/i.yaml:3: 'chain_id' is the number 1, expected text (put it in quotes if it is a number)");
        row("manager kind", "kind: systemd", "kind: sytemd",
            "/net/i.yaml:35: 'kind' is 'sytemd', expected one of: process, systemd, supervisord, container, command "
            "(did you "
            "mean 'systemd'?)");
        row("setting of another manager", "unit: db.service", "unit: db.service, program: x",
            "/net/i.yaml:35: unknown field 'program', expected one of: grace, kind, scope, unit");
        row("manager without program", "      program: bin/prozchain-node\n", "",
            "/net/i.yaml:11: the field 'program' is missing, expected a path");
        row("probe without url", "url: \"http://127.0.0.1:9001/health\", ", "",
            "/net/i.yaml:28: the field 'url' is missing, expected a URL that starts with http:// or https://");
        row("interval without unit", "interval: 5s", "interval: 5",
            "/net/i.yaml:28: 'interval' is the number 5, expected a duration above zero with a unit, such as 500ms, "
            "90s, 20m "
            "or 1h30m");
        row("interval of zero", "interval: 5s", "interval: 0s",
            "/net/i.yaml:28: 'interval' is '0s', expected a duration above zero with a unit, such as 500ms, 90s, 20m "
            "or 1h30m");
        row("port", "port: 9001", "port: 90010",
            "/net/i.yaml:29: 'port' is the number 90010, expected a port from 1 to 65535");
        row("two checks of one name", "{kind: tcp,", "{kind: tcp, name: http,",
            "/net/i.yaml:29: the check name 'http' is used twice in this system, expected unique names");
        row("dangling dependency", "depends_on: [db]", "depends_on: [bd]",
            "/net/i.yaml:10: there is no system 'bd', expected the id of a system");
        row("dependency on itself", "depends_on: [db]", "depends_on: [validator-1]",
            "/net/i.yaml:10: the systems depend on each other (validator-1 → validator-1), expected no cycle");
        row("cycle", "type: database", "type: database\n    depends_on: [validator-1]",
            "/net/i.yaml:10: the systems depend on each other (validator-1 → db → validator-1), expected no cycle");
        row("duplicate id", "id: proxy", "id: db", "/net/i.yaml:36: the id 'db' is used twice, expected unique ids");
        row("file outside", "sub/peers.json", "../peers.json",
            "/net/i.yaml:26: '../peers.json' leaves the configuration directory, expected a path below it");
        row("file with a root", "sub/peers.json", "/etc/passwd",
            "/net/i.yaml:26: '/etc/passwd' leaves the configuration directory, expected a path below it");
        row("secret in the open", "{secret: \"file:keys/admin\"}", "hunter2",
            "/net/i.yaml:23: 'admin_secret' is not a reference to a secret, expected {secret: \"file:PATH\"}, {secret: "
            "\"env:NAME\"} or {secret: \"keychain:NAME\"}");
        row("secret in the open, in a field", "file:keys/admin", "hunter2",
            "/net/i.yaml:23: 'secret' is not a reference to a secret, expected file:PATH, env:NAME or keychain:NAME");
        row("secret that is a number", "{secret: \"file:keys/admin\"}", "123456",
            "/net/i.yaml:23: 'admin_secret' is not a reference to a secret, expected {secret: \"file:PATH\"}, {secret: "
            "\"env:NAME\"} or {secret: \"keychain:NAME\"}");
    }

    void badInventoriesAreRefusedWithTheExactSentence()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QString, message);
        QCOMPARE(complaint(spoiled(samples::inventory, from, to)), message);
    }

private:
    static void row(const char* name, const QByteArray& from, const QByteArray& to, const QString& message)
    {
        QTest::newRow(name) << from << to << message;
    }
};

QTEST_GUILESS_MAIN(TestInventoryDocument)
#include "tst_inventory_document.moc"
