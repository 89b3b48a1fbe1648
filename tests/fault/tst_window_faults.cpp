// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_home.h"
#include "tests/support/machine.h"
#include "tests/support/mend_procedure.h"
#include "tests/support/paper_procedure.h"
#include "tests/support/seat.h"

#include <QApplication>
#include <QSettings>

#include <csignal>

using namespace rc;
using namespace rc::test;

/// Faults around an open window: others at the same plan, a disk that is full or read-only, a network that dies. The
/// window says each in a sentence, shows nothing that is not so, and goes on when the fault is gone.
class TestWindowFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_settings.isValid());
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
        QCoreApplication::setOrganizationName("ProzChain");
        prepareWindows();
    }

    void twoWindowsAndAScriptTickOneStep()
    {
        LabHome home;
        preparePaper(home);
        const auto plan = startPaper(home);
        Seat olga(home, "olga", plan);
        Seat nora(home, "nora", plan);
        const auto script = home.start("olga", "plan step " + plan + " look done --note third");
        olga.ticks("look", "first");
        nora.ticks("look", "second");
        QTRY_VERIFY(!olga.plan().busy() && !nora.plan().busy());
        QTRY_COMPARE(script->state(), QProcess::NotRunning);
        const QStringList refused{olga.plan().trouble(), nora.plan().trouble(),
                                  Answer{{}, 0, {}, script->readAllStandardError()}.sentence()};
        QCOMPARE(refused.count(QString()), 1);
        for (const auto& sentence : refused) {
            QVERIFY2(sentence.isEmpty() || sentence.contains("Look at it") || sentence.contains(" plan " + plan + " "),
                     qPrintable(sentence));
        }
        QCOMPARE(home.records("step_succeeded").size(), 1);
        // Both follow, the one that was second as well.
        QTRY_COMPARE(olga.stateOf("look"), "succeeded");
        QTRY_COMPARE(nora.stateOf("look"), "succeeded");
        // What a script does next both see without being asked.
        home.ok("nora", "plan step " + plan + " tidy done --note tidied");
        QTRY_COMPARE(olga.stateOf("tidy"), "succeeded");
        QTRY_COMPARE(nora.stateOf("tidy"), "succeeded");
    }

    void aFullDiskIsSaidAndNothingIsShownAsDone()
    {
        if (!isRootHere()) {
            return;
        }
        LabHome home;
        const SmallDisk disk(home.path(), "4m");
        QVERIFY2(disk.isMounted(), "nothing can be mounted here");
        preparePaper(home);
        const auto plan = startPaper(home);
        Seat olga(home, "olga", plan);
        const auto ballast = home.path() + "/ballast";
        fillDisk(ballast);
        refusesToTick(olga);
        QVERIFY(QFile::remove(ballast));
        olga.ticks("look", "now there is room");
        QTRY_COMPARE(olga.stateOf("look"), "succeeded");
        home.verifyJournal();
    }

    void aReadOnlyHomeIsSaidAndTriedAgain()
    {
        if (!isRootHere()) {
            return;
        }
        LabHome home;
        const SmallDisk disk(home.path(), "8m");
        QVERIFY2(disk.isMounted(), "nothing can be mounted here");
        preparePaper(home);
        const auto plan = startPaper(home);
        disk.remount("ro");
        Seat olga(home, "olga", plan);
        QVERIFY2(olga.console().frame()->storeText().contains("read", Qt::CaseInsensitive),
                 qPrintable(olga.console().frame()->storeText()));
        refusesToTick(olga);
        disk.remount("rw");
        QTRY_VERIFY_WITH_TIMEOUT(olga.console().signIn()->storeTone() == ui::Tone::Normal, 30'000);
        olga.ticks("look", "it can be written again");
        QTRY_COMPARE(olga.stateOf("look"), "succeeded");
        home.verifyJournal();
    }

    void anotherStoreInItsPlaceSignsOut()
    {
        LabHome home;
        preparePaper(home);
        Seat olga(home, "olga", startPaper(home));
        LabHome other;
        other.addPerson("mallory", {"incident_commander"});
        for (const QString& name : {QString("store.db-wal"), QString("store.db-shm"), QString("store.db")}) {
            QFile::remove(home.path() + "/" + name);
        }
        QVERIFY(QFile::copy(other.path() + "/store.db", home.path() + "/store.db"));
        QTRY_COMPARE(olga.console().signIn()->stage(), ui::SignInViewModel::SignIn);
        QTRY_COMPARE(olga.console().signIn()->operators()->count(), 1);
        QTRY_VERIFY(!olga.plan().known());
        olga.ticks("look", "into nowhere");
        QTRY_VERIFY(!olga.plan().trouble().isEmpty());
    }

    void theNetworkDiesInTheMiddle()
    {
        LabHome home;
        home.addPeople();
        QVERIFY(home.up());
        home.ok("ben", "system config trust --all");
        home.writeProcedure("mend", mendProcedure());
        home.ok("ben", "procedure review mend");
        const auto incident = home.openIncident("validator-1");
        const auto plan = home.ok("olga", "plan start " + incident + " mend")["id"].toString();
        Seat olga(home, "olga", plan);
        QTRY_COMPARE_WITH_TIMEOUT(olga.console().frame()->systemsTone(), ui::Tone::Normal, 30'000);
        olga.plan().run();
        QTRY_COMPARE_WITH_TIMEOUT(olga.stateOf("restore"), "running", 30'000);
        const auto processes = home.processes();
        for (const auto& process : processes) {
            const auto pid = process.section(' ', 0, 0).toLongLong();
            if (pid != QCoreApplication::applicationPid()) {
                ::kill(pid_t(pid), SIGKILL);
            }
        }
        // The work ends with a sentence, and the network is seen to be gone.
        QTRY_VERIFY_WITH_TIMEOUT(!olga.plan().busy() && !olga.plan().running(), 120'000);
        QCOMPARE(olga.stateOf("restore"), "failed");
        QVERIFY2(olga.plan().step()->row().message.size() > 20, qPrintable(olga.plan().step()->row().message));
        QTRY_VERIFY_WITH_TIMEOUT(olga.console().frame()->systemsTone() != ui::Tone::Normal, 30'000);
        // With the network back the same plan is gone on with.
        QVERIFY(home.up());
        olga.plan().retry("restore", "the network is back");
        QTRY_VERIFY(!olga.plan().busy());
        olga.plan().run();
        QTRY_VERIFY_WITH_TIMEOUT(olga.stateOf("restart") == "succeeded", 120'000);
        QTRY_COMPARE_WITH_TIMEOUT(olga.console().frame()->systemsTone(), ui::Tone::Normal, 60'000);
        home.verifyJournal();
    }

private:
    static void preparePaper(LabHome& home)
    {
        home.addPeople();
        home.writeInventory();
        home.writeProcedure("paper", paperProcedure());
        home.ok("ben", "procedure review paper");
    }
    static QString startPaper(LabHome& home)
    {
        return home.ok("olga", "plan start " + home.openIncident() + " paper")["id"].toString();
    }
    static void refusesToTick(Seat& seat)
    {
        seat.ticks("look", "where there is no room");
        QTRY_VERIFY(!seat.plan().trouble().isEmpty());
        QVERIFY2(seat.plan().trouble().endsWith(u'.') && !seat.plan().trouble().contains("unable to"),
                 qPrintable(seat.plan().trouble()));
        QCOMPARE(seat.stateOf("look"), "ready");
        seat.plan().clearTrouble();
    }

    QTemporaryDir m_settings;
};

int main(int argc, char** argv)
{
    const QApplication app(argc, argv); // Qt Charts needs one
    TestWindowFaults test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_window_faults.moc"
