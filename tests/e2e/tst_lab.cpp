// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_home.h"
#include "tests/support/modes.h"
#include "tests/support/paper_procedure.h"

#include <QDir>
#include <QTcpServer>
#include <QTest>

using namespace rc::test;

/// The practice network takes nothing that is not its own: no port, no process, no half of a home.
class TestLab : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTakenPortLeavesNothingBehind()
    {
        LabHome home;
        home.addPeople();
        const auto before = contentsOf(home);
        // The last but one of its ports, so that others would have been free.
        const auto base = home.portBase();
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost, quint16(base + 10)));
        const auto answer = home.refused("olga", QString("lab up --port-base %1").arg(base), "busy");
        QVERIFY2(answer.sentence().contains(QString::number(base + 10)), answer.describe());
        QCOMPARE(contentsOf(home), before);
        QCOMPARE(home.processes(), QStringList());
        home.refused({}, "lab status", "not_found");
        other.close();
        home.ok("olga", QString("lab up --port-base %1").arg(base + 1));
        home.down();
    }

    void aHomeThatDoesNotExistIsMadeForItsOwnerAlone()
    {
        LabHome home;
        QVERIFY(QDir(home.path()).removeRecursively());
        home.ok({}, QString("lab up --port-base %1").arg(home.portBase()));
        QCOMPARE(modeOf(home.path()), 0700);
        home.addPerson("olga", {"incident_commander"}); // the same home goes on
        home.down();
    }

    void whoMakesTheStoreMayBeNamedAlready()
    {
        LabHome home;
        home.write(home.passphraseFile("olga"), "the passphrase of olga\n");
        const QString add = "operator add olga --kdf-cost minimal --role incident_commander --new-passphrase-file " +
                            home.passphraseFile("olga");
        home.refused("ben", add, "not_found"); // a mistyped home does not become ben's
        home.ok("olga", add);
        home.refused("olga", add, "invalid_input");
    }

    void aLiveHomeIsLeftAlone()
    {
        LabHome home;
        home.addPeople();
        home.write(home.path() + "/inventory.yaml", appInventory(home));
        home.ok("olga", "system review");
        home.ok("olga", "service restart app --no-health");
        const auto running = home.processes();
        QCOMPARE(running.size(), 2); // the supervisor and its child
        home.refused({}, "lab down", "not_found");
        home.refused({}, "lab status", "not_found");
        home.refused({}, "lab break kill --system app", "not_found");
        QCOMPARE(home.processes(), running);

        QVERIFY(home.up());
        QVERIFY(home.processes().size() > running.size());
        home.ok({}, "lab down");
        QCOMPARE(home.processes(), running);
    }

    void whatTheMonitorProposesIsOpened()
    {
        LabHome home;
        const auto id = corrupt(home);
        home.refused("otto", "incident confirm " + id, "permission_denied");
        home.refused("olga", "incident confirm nothing-like-this", "not_found");
        QCOMPARE(proposed(home).size(), 1);
        const auto incident = home.ok("olga", "incident confirm " + id);
        QCOMPARE(incident["id"].toString(), "INC-1");
        QCOMPARE(incident["systems"].toArray(), QJsonArray{"validator-3"});
        QCOMPARE(proposed(home).size(), 0);
        home.refused("olga", "incident confirm " + id, "wrong_state");
        home.verifyJournal();
        home.down();
    }

    void whatTheMonitorProposesIsTurnedDown()
    {
        LabHome home;
        const auto id = corrupt(home);
        home.refused("otto", "incident dismiss " + id + " --reason no", "permission_denied");
        home.refused("olga", "incident dismiss " + id, "invalid_input");
        home.ok("olga", "incident dismiss " + id + " --reason \"a drill of another team\"");
        QCOMPARE(proposed(home).size(), 0); // looked at again, and not proposed again
        QCOMPARE(home.records("incident_proposed").size(), 1);
        home.refused("olga", "incident confirm " + id, "wrong_state");
        QCOMPARE(home.ok({}, "incident list")["list"].toArray().size(), 0);
        home.down();
    }

    void aRefusedPersonStartsNoSupervisor()
    {
        LabHome home;
        home.addPeople();
        home.write(home.path() + "/inventory.yaml", appInventory(home));
        home.ok("olga", "system review");
        home.writeProcedure("paper", paperProcedure());
        home.ok("ben", "procedure review paper");
        const auto plan = home.ok("olga", "plan start " + home.openIncident("app") + " paper")["id"].toString();
        home.refused("otto", "plan run " + plan, "permission_denied");
        home.refused("otto", "plan step " + plan + " look run", "permission_denied");
        home.refused("otto", "service restart app", "permission_denied");
        QCOMPARE(home.processes(), QStringList());
        home.ok("olga", "plan run " + plan);
        QCOMPARE(home.processes().size(), 1);
    }

private:
    /// After one more look at the systems.
    static QJsonArray proposed(LabHome& home)
    {
        home.ask({}, "health once");
        return home.ok({}, "incident proposed")["list"].toArray();
    }
    /// A network whose validator-3 has been altered; answers the fingerprint of what the monitor proposes.
    static QString corrupt(LabHome& home)
    {
        home.addPeople();
        if (!home.up()) {
            return {};
        }
        home.ok({}, "lab break corrupt-state --system validator-3");
        [&] { QTRY_COMPARE_WITH_TIMEOUT(proposed(home).size(), 1, 60'000); }();
        return proposed(home).first()["fingerprint"].toString();
    }
    /// One service that the supervisor keeps.
    static QByteArray appInventory(const LabHome& home)
    {
        return QString("network: {name: live, chain_id: live-1, kind: practice}\nsystems:\n"
                       "  - {id: app, type: service, manager: {kind: process, program: sleep, arguments: ['600'], "
                       "directory: %1, log: %1/app.log}}\n")
            .arg(home.path())
            .toUtf8();
    }
    static QStringList contentsOf(const LabHome& home)
    {
        return QDir(home.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
};

QTEST_GUILESS_MAIN(TestLab)
#include "tst_lab.moc"
