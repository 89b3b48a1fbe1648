// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/os_lock.h"
#include "tests/backend/services/supervised_home.h"

#include <unistd.h>

using namespace rc;
using namespace std::chrono_literals;

/// What a supervisor leaves when it ends or is killed, and what the next one makes of it.
class TestSupervisorSuccession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aKilledSupervisorsChildrenAreAdopted()
    {
        SupervisedHome home;
        QVERIFY(home.begin());
        const auto survivor = *home.start("survivor", "exec sleep 60");
        const auto mortal = *home.start("mortal", "exec sleep 60");
        home.wait(home.client.stop(home.start("done", "exit 5")->id, 1s)).value();
        SupervisedHome::kill9(home.supervisor());
        SupervisedHome::kill9(mortal.process);
        QCOMPARE(home.wait(home.client.list()).error().code, ErrorCode::Unreachable);

        QVERIFY(home.begin());
        QCOMPARE(home.status("survivor"), survivor);
        QCOMPARE(home.status("mortal").stateText(), "ended"); // how, nobody knows
        QCOMPARE(home.status("done").exitCode, 5);
        QCOMPARE(home.start("survivor", "exec sleep 60").error().code, ErrorCode::Busy);
        const auto stopped = home.wait(home.client.stop("survivor", 5s));
        QVERIFY(stopped && !isAlive(survivor.process));
        QCOMPARE(stopped->state, ChildState::Exited);
        QVERIFY(home.start("survivor", "exec sleep 60"));
    }

    void theEndOfAnAdoptedChildIsNoticed()
    {
        SupervisedHome home;
        QVERIFY(home.begin());
        const auto child = *home.start("a", "exec sleep 60");
        SupervisedHome::kill9(home.supervisor());
        QVERIFY(home.begin());
        QCOMPARE(home.status("a").state, ChildState::Running);
        SupervisedHome::kill9(child.process);
        // unasked: it is written down without a request
        const auto file = SupervisorFiles(home.path).children;
        QTRY_VERIFY(readFile(file)->contains("\"exited\""));
    }

    void aChildThatWasNotYetWrittenDownIsAdoptedToo()
    {
#ifndef RC_FAILPOINTS
        QSKIP("Built without failpoints.");
#endif
        SupervisedHome home;
        qputenv("RC_FAILPOINT", "supervisor_child_started");
        QVERIFY(home.begin());
        qunsetenv("RC_FAILPOINT");
        QCOMPARE(home.start("a", "echo up; exec sleep 60").error().code, ErrorCode::Unreachable);
        QTRY_COMPARE(home.logged(), QByteArray("up\n")); // it runs, and the supervisor has died of it
        QVERIFY(home.begin());
        const auto child = home.status("a");
        QVERIFY(isAlive(child.process));
        QCOMPARE(child.log, home.log());
        QVERIFY(home.wait(home.client.stop("a", 5s)));
        QVERIFY(!isSessionAlive(child.process));
    }

    void aHelperIsNotTakenForItsStarter_data()
    {
        QTest::addColumn<bool>("starterLives");
        QTest::newRow("that lives") << true;
        QTest::newRow("that has died") << false;
    }
    void aHelperIsNotTakenForItsStarter()
    {
        QFETCH(bool, starterLives);
        SupervisedHome home;
        QVERIFY(home.begin());
        // in a session of its own, with the mark that it has inherited
        const auto child = *home.start("a", "setsid -f bash -c 'echo $$; exec sleep 60'; exec sleep 60");
        QTRY_VERIFY(home.logged().endsWith('\n'));
        const auto helper = *identify(home.logged().trimmed().toLongLong());
        home.started.append(helper);
        SupervisedHome::kill9(home.supervisor());
        if (!starterLives) {
            SupervisedHome::kill9(child.process);
        }
        QVERIFY(home.begin());
        QCOMPARE(home.status("a").process, child.process);
        QCOMPARE(home.status("a").state, starterLives ? ChildState::Running : ChildState::Exited);
        QCOMPARE(home.start("a", "exec sleep 60").has_value(), !starterLives);
        QVERIFY(isAlive(helper));
        signalSession(helper, ProcessSignal::Kill);
    }

    void theMarkOfAnotherUserDoesNotCount()
    {
        SupervisedHome home;
        QVERIFY(home.begin());
        QVERIFY(home.wait(home.client.shutdown(0ms)));
        // Only root can read, and be deceived by, what others have in their environment.
        const bool root = ::geteuid() == 0;
        auto spec = home.shell("exec sleep 60");
        spec.environment["RC_SUPERVISED_CHILD"] = SupervisorFiles(home.path).children + "#a#x";
        if (root) {
            spec.program = "setpriv";
            spec.arguments = QStringList{"--reuid=65534", "--clear-groups", "sleep", "60"};
        }
        const auto stranger = *startChild(spec);
        QTRY_VERIFY(QFile::symLinkTarget(QString("/proc/%1/exe").arg(stranger.pid)).endsWith("sleep"));
        QVERIFY(home.begin());
        QCOMPARE(home.wait(home.client.status("a")).has_value(), !root);
        signalSession(stranger, ProcessSignal::Kill);
    }

    void aReusedPidIsNotAdopted()
    {
        SupervisedHome home;
        QVERIFY(home.begin());
        auto record = *home.start("a", "exec sleep 60");
        SupervisedHome::kill9(home.supervisor());
        SupervisedHome::kill9(record.process);
        const auto stranger =
            *startChild({.program = "sleep", .arguments = {"60"}, .directory = "/", .log = home.log()});
        record.process.pid = stranger.pid;
        QVERIFY(writeFileAtomically(SupervisorFiles(home.path).children,
                                    canonicalJson({{"children", QJsonArray{record.toJson()}}})));
        QVERIFY(home.begin());
        QCOMPARE(home.status("a").state, ChildState::Exited);
        QVERIFY(home.wait(home.client.stop("a", 0s)));
        QVERIFY(isAlive(stranger)); // whoever has the pid now is left alone
        signalSession(stranger, ProcessSignal::Kill);
    }

    void aSocketThatWasCleanedUpComesBack()
    {
        SupervisedHome home;
        QVERIFY(home.begin());
        const auto supervisor = home.supervisor();
        const auto child = *home.start("a", "exec sleep 60");
        const SupervisorFiles files(home.path);
        for (const auto& lost :
             {QJsonDocument::fromJson(*readFile(files.address))["socket"].toString(), files.address}) {
            QVERIFY(QFile::remove(lost));
            QCOMPARE(home.wait(home.client.list()).error().code, ErrorCode::Unreachable);
            QVERIFY(home.begin());
            QCOMPARE(home.supervisor(), supervisor);
            QCOMPARE(home.status("a"), child);
        }
    }

    void shutdownLeavesNothing()
    {
        SupervisedHome home;
        QVERIFY(home.begin());
        const auto supervisor = home.supervisor();
        const auto polite = *home.start("polite", "sleep 60 & wait");
        const auto deaf = *home.start("deaf", "trap '' TERM; while :; do sleep 0.05; done");
        QVERIFY(home.wait(home.client.shutdown(300ms)));
        QVERIFY(!isSessionAlive(polite.process) && !isSessionAlive(deaf.process));
        QTRY_VERIFY(!isAlive(supervisor));
        QVERIFY(!QFile::exists(SupervisorFiles(home.path).address));
        QVERIFY(!OsLock::isHeld(SupervisorFiles(home.path).lock));
    }

    void afterAShutdownTheNextSupervisorCanBeStartedAtOnce()
    {
        SupervisedHome home;
        for (int i = 0; i < 3; ++i) {
            QVERIFY(home.begin());
            QVERIFY(home.start("deaf", "trap '' TERM; while :; do sleep 0.05; done"));
            auto ending = home.client.shutdown(200ms);
            QTRY_VERIFY(!home.wait(home.client.list())); // it takes nobody any more, and is not gone yet
            QVERIFY(OsLock::isHeld(SupervisorFiles(home.path).lock));
            QVERIFY(home.begin());
            QVERIFY(home.wait(std::move(ending)));
        }
    }

    void aTermIsAShutdown()
    {
        SupervisedHome home;
        QVERIFY(home.begin());
        const auto supervisor = home.supervisor();
        const auto child = *home.start("a", "exec sleep 60");
        ::kill(static_cast<pid_t>(supervisor.pid), SIGTERM);
        QTRY_VERIFY(!isAlive(supervisor));
        QVERIFY(!isSessionAlive(child.process));
    }
};

QTEST_GUILESS_MAIN(TestSupervisorSuccession)
#include "tst_supervisor_succession.moc"
