// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_home.h"
#include "tests/support/machine.h"
#include "tests/support/paper_procedure.h"

using namespace rc::test;

/// A home that cannot be written: the right error, nothing half-written, and what was there stays readable.
class TestDisk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFullDiskIsAStoreError()
    {
        if (!isRootHere()) {
            return;
        }
        LabHome home;
        const SmallDisk disk(home.path(), "4m");
        QVERIFY2(disk.isMounted(), "nothing can be mounted here");
        prepare(home);
        const auto plan = home.ok("olga", "plan start " + home.openIncident() + " paper")["id"].toString();
        const auto ballast = home.path() + "/ballast";
        fillDisk(ballast);
        const auto answer = home.refused("olga", "plan step " + plan + " look done --note x", "store_error");
        QVERIFY2(!answer.sentence().contains("unable to"), answer.describe());
        home.refused("olga", "incident open --type bad_upgrade --severity low --title x", "store_error");
        QVERIFY(QFile::remove(ballast));
        home.verifyJournal();
        QCOMPARE(home.step(plan, "look")["state"].toString(), "ready");
        home.ok("olga", "plan step " + plan + " look done --note x");
        home.verifyJournal();
    }

    void aDiskThatFillsUpLosesNothingAcknowledged()
    {
        if (!isRootHere()) {
            return;
        }
        LabHome home;
        const SmallDisk disk(home.path(), "4m");
        QVERIFY2(disk.isMounted(), "nothing can be mounted here");
        prepare(home);
        const auto plan = home.ok("olga", "plan start " + home.openIncident() + " paper")["id"].toString();
        int noted = 0;
        Answer last;
        do {
            last = home.ask("olga", "plan note " + plan + " " + QString("n").repeated(120'000));
            noted += last.exit == 0 ? 1 : 0;
        } while (last.exit == 0 && noted < 200);
        QVERIFY2(last.code() == "store_error" && last.exit == 1, last.describe());
        QCOMPARE(home.plan(plan)["notes"].toArray().size(), noted);
        home.verifyJournal();
    }

    void aHomeThatMayNotBeWrittenCanBeRead()
    {
        LabHome home;
        const Stranger stranger;
        prepare(home);
        const auto plan = home.ok("olga", "plan start " + home.openIncident() + " paper")["id"].toString();
        const auto head = home.journalHead();
        // Everything belongs to the stranger, and may only be read.
        QVERIFY(Stranger::own(QFileInfo(home.path()).path()));
        QCOMPARE(run("chmod", {"-R", "a-w", home.path()}).exit, 0);
        const auto as = [&](const QString& command, const QString& who) {
            QStringList arguments{"--home", home.path(), "--json"};
            if (!who.isEmpty()) {
                arguments += {"--as", who, "--passphrase-file", home.passphraseFile(who)};
            }
            const auto words = stranger.command(RC_BIN_DIR "/recoveryctl", arguments + QProcess::splitCommand(command));
            QProcess process;
            process.start(words.first(), words.mid(1));
            process.waitForFinished(60'000);
            return Answer{command, process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
        };
        for (const auto* const command : {"plan step PLAN look done --note x", "plan run PLAN",
                                          "incident open --type bad_upgrade --severity low --title x"}) {
            const auto answer = as(QString(QLatin1StringView(command)).replace("PLAN", plan), "olga");
            QVERIFY2(answer.exit == 1 && answer.code() == "store_error" && answer.out.isEmpty(), answer.describe());
            QVERIFY2(answer.sentence().size() > 10, answer.describe());
        }
        for (const auto* const command : {"plan show PLAN", "journal head", "journal verify", "incident list"}) {
            const auto answer = as(QString(QLatin1StringView(command)).replace("PLAN", plan), {});
            QVERIFY2(answer.exit == 0 && answer.err.isEmpty(), answer.describe());
        }
        QCOMPARE(run("chmod", {"-R", "u+w", home.path()}).exit, 0);
        QCOMPARE(home.journalHead(), head);
    }

private:
    static void prepare(LabHome& home)
    {
        home.addPeople();
        home.writeInventory();
        home.writeProcedure("paper", paperProcedure());
        home.ok("ben", "procedure review paper");
    }
};

QTEST_GUILESS_MAIN(TestDisk)
#include "tst_disk.moc"
