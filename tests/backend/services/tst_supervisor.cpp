// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/services/supervised_home.h"

#include "backend/platform/os_lock.h"

#include <QDir>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTimer>

#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

using namespace rc;
using namespace std::chrono_literals;

static const QString supervisorProgram = RC_BIN_DIR "/recovery-supervisor";

static QProcess::ProcessState runUntilEnd(QProcess& process, const QStringList& arguments)
{
    process.start(supervisorProgram, arguments);
    process.waitForFinished();
    return process.state();
}

class TestSupervisor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutASupervisorNobodyAnswers()
    {
        const SupervisedHome home;
        QCOMPARE(home.wait(home.client.list()).error().code, ErrorCode::Unreachable);
        QCOMPARE(home.wait(home.client.ensureRunning("/no/such/supervisor")).error().code, ErrorCode::NotFound);
    }

    void itIsStartedOnceAndKeepsChildren()
    {
        SupervisedHome home;
        QVERIFY(home.begin());
        const auto supervisor = home.supervisor();
        QVERIFY(isAlive(supervisor));
        QVERIFY(home.begin());
        QCOMPARE(home.supervisor(), supervisor);

        const auto child = home.start("a", "exec sleep 60");
        QVERIFY(child && isAlive(child->process));
        QCOMPARE(child->state, ChildState::Running);
        QCOMPARE(home.status("a"), *child);
        QCOMPARE(home.wait(home.client.list())->size(), 1);
        QCOMPARE(home.start("a", "exec sleep 60").error().code, ErrorCode::Busy);
        QCOMPARE(home.wait(home.client.status("b")).error().code, ErrorCode::NotFound);
    }

    void onlyItsUserMayAskIt()
    {
        const SupervisedHome home;
        QVERIFY(home.begin());
        const SupervisorFiles files(home.path);
        const auto address = QJsonDocument::fromJson(*readFile(files.address))["socket"].toString();
        struct stat entry = {};
        for (const auto& path : {address, files.address, files.lock}) {
            QCOMPARE(::stat(QFile::encodeName(path).constData(), &entry), 0);
            QCOMPARE(static_cast<int>(entry.st_mode & 0077), 0);
        }
        for (const auto& path : {QFileInfo(address).path(), files.directory, home.path}) {
            QCOMPARE(::stat(QFile::encodeName(path).constData(), &entry), 0);
            QCOMPARE(static_cast<int>(entry.st_mode & 0777), 0700);
        }
    }

    void itOutlivesItsStarter()
    {
        SupervisedHome home;
        QProcess starter;
        starter.start(RC_BIN_DIR "/supervisor_starter", {home.path, supervisorProgram});
        QTRY_VERIFY(starter.canReadLine());
        QCOMPARE(starter.readLine(), QByteArray("started\n"));
        const auto supervisor = home.supervisor();
        const auto session = ::getsid(static_cast<pid_t>(supervisor.pid));
        QVERIFY(session != ::getsid(0) && session != starter.processId());
        starter.kill();
        QTRY_COMPARE(starter.state(), QProcess::NotRunning);

        const auto orphan = home.status("orphan");
        home.started.append(orphan.process);
        QVERIFY(isAlive(supervisor) && isAlive(orphan.process));
        QVERIFY(home.wait(home.client.stop("orphan", 5s)));
        QVERIFY(!isAlive(orphan.process));
    }

    void childrenGetNoSecretsFromTheirStarter()
    {
        SupervisedHome home;
        qputenv("ADMIN_TOKEN", "of whoever started the supervisor");
        qputenv("LC_TIME", "C");
        QVERIFY(home.begin());
        qunsetenv("ADMIN_TOKEN");
        auto spec = home.shell("env");
        spec.environment["WANTED"] = "by the inventory";
        QVERIFY(home.wait(home.client.start("a", spec)));
        QTRY_COMPARE(home.status("a").exitCode, 0);
        const auto lines = home.logged().split('\n');
        QVERIFY2(!home.logged().contains("ADMIN_TOKEN"), home.logged().constData());
        QVERIFY(lines.contains("WANTED=by the inventory") && lines.contains("LC_TIME=C"));
        QVERIFY(lines.contains("PATH=" + qgetenv("PATH")) && lines.contains("HOME=" + qgetenv("HOME")));
    }

    void itTakesNothingOpenFromItsStarter()
    {
        const SupervisedHome home;
        QFile careless("/dev/zero");
        QVERIFY(careless.open(QIODevice::ReadOnly));
        const auto held = ::dup(careless.handle()); // without close-on-exec
        QVERIFY(home.begin());
        ::close(held);
        const QDir descriptors(QString("/proc/%1/fd").arg(home.supervisor().pid));
        const auto entries = descriptors.entryInfoList(QDir::Files | QDir::System);
        QVERIFY(entries.size() > 3);
        for (const auto& entry : entries) {
            QVERIFY2(entry.symLinkTarget() != "/dev/zero", qPrintable(entry.filePath()));
        }
    }

    void aHomeHasOneSupervisor()
    {
        const SupervisedHome home;
        QVERIFY(home.begin());
        QProcess second;
        runUntilEnd(second, {"--home", home.path});
        QCOMPARE(second.exitCode(), 4);
        QVERIFY(second.readAllStandardError().contains("busy"));
        QVERIFY(home.wait(home.client.list()));
    }

    void twoStartersAtOnceGetTheSameOne()
    {
        const SupervisedHome home;
        auto first = home.client.ensureRunning(supervisorProgram);
        auto second = home.client.ensureRunning(supervisorProgram);
        QVERIFY(home.wait(std::move(first)));
        QVERIFY(home.wait(std::move(second)));
        // the loser has gone by then, and does not come up when the winner is shut down
        const auto said = readFile(SupervisorFiles(home.path).log);
        QVERIFY2(said && said->contains("error: busy"), said ? said->constData() : "no log");
    }

    void aLongHomePathWorks()
    {
        const auto deep = QString(120, 'x') + "/" + QString(120, 'y') + "/with space/ü";
        SupervisedHome home(deep);
        QVERIFY(home.begin());
        QVERIFY(home.start("a", "exec sleep 60"));
        QVERIFY(home.wait(home.client.stop("a", 5s)));
    }

    void exitCodesAndSignalsAreKept()
    {
        SupervisedHome home;
        QVERIFY(home.begin());
        QVERIFY(home.start("code", "exit 42"));
        QTRY_COMPARE(home.status("code").exitCode, 42);
        QVERIFY(!home.status("code").exitSignal && home.status("code").endedAt);
        QVERIFY(home.start("signal", "kill -SEGV $$"));
        QTRY_COMPARE(home.status("signal").exitSignal, SIGSEGV);
        QVERIFY(!home.status("signal").exitCode);
        QVERIFY(home.start("code", "exit 43")); // an ended one may be started again
        QTRY_COMPARE(home.status("code").exitCode, 43);
    }

    void aPoliteChildEndsByItself()
    {
        SupervisedHome home;
        QVERIFY(home.begin());
        // No process is started once it is up: bash can lose a signal that comes while it starts one.
        QVERIFY(home.start("a", "exec 3<> <(:); trap 'echo bye; exit 7' TERM; echo up; "
                                "while :; do read -t 0.05 x <&3; done"));
        QTRY_COMPARE(home.logged(), QByteArray("up\n"));
        const auto stopped = home.wait(home.client.stop("a", 10s));
        QCOMPARE(stopped->exitCode, 7);
        QCOMPARE(home.logged(), QByteArray("up\nbye\n"));
        QCOMPARE(home.wait(home.client.stop("a", 10s))->exitCode, 7); // stopped already
    }

    void aDeafChildIsKilledAfterItsGrace()
    {
        SupervisedHome home;
        QVERIFY(home.begin());
        QVERIFY(home.start("a", "trap 'echo heard' TERM; echo up; while :; do sleep 0.05; done"));
        QTRY_COMPARE(home.logged(), QByteArray("up\n"));
        const auto stopped = home.wait(home.client.stop("a", 500ms));
        QCOMPARE(stopped->exitSignal, SIGKILL);
        QVERIFY2(home.logged().contains("heard"), home.logged().constData()); // it was asked first
    }

    void aStoppedChildIsStopped()
    {
        SupervisedHome home;
        QVERIFY(home.begin());
        QVERIFY(home.start("a", "trap 'exit 7' TERM; echo up; while :; do sleep 0.05; done"));
        QTRY_COMPARE(home.logged(), QByteArray("up\n"));
        QVERIFY(home.wait(home.client.signal("a", ProcessSignal::Stop)));
        QCOMPARE(home.status("a").state, ChildState::Running);
        QCOMPARE(home.wait(home.client.stop("a", 10s))->exitCode, 7);
    }

    void grandchildrenGoToo()
    {
        SupervisedHome home;
        QVERIFY(home.begin());
        // one in the child's group, one in a group of its own that ignores TERM, and the child ends at once
        const auto child =
            *home.start("a", "sleep 60 & set -m; (trap '' TERM; echo $BASHPID; exec sleep 60) & wait -n; exit 0");
        QTRY_VERIFY(home.logged().endsWith('\n'));
        const auto grandchild = *identify(home.logged().trimmed().toLongLong());
        QVERIFY(isAlive(grandchild));
        SupervisedHome::kill9(child.process);
        QTRY_COMPARE(home.status("a").state, ChildState::Exited);
        QVERIFY(isAlive(grandchild));
        const auto parent = QString("PPid:\t%1\n").arg(home.supervisor().pid); // not PID 1: the supervisor reaps it
        QVERIFY(readFile(QString("/proc/%1/status").arg(grandchild.pid))->contains(parent.toLatin1()));
        const auto again = home.start("a", "exec sleep 60");
        QCOMPARE(again.error().code, ErrorCode::Busy);
        QVERIFY2(again.error().message.contains("last run"), qPrintable(again.error().message));
        QVERIFY(home.wait(home.client.stop("a", 200ms)));
        QVERIFY(!isAlive(grandchild) && !isSessionAlive(child.process));
    }

    void theLabsFaultsCanBeSent()
    {
        SupervisedHome home;
        QVERIFY(home.begin());
        QVERIFY(home.start("a", "exec sleep 60"));
        QVERIFY(home.wait(home.client.signal("a", ProcessSignal::Stop)));
        QVERIFY(home.wait(home.client.signal("a", ProcessSignal::Continue)));
        QVERIFY(home.wait(home.client.signal("a", ProcessSignal::Kill)));
        QTRY_COMPARE(home.status("a").exitSignal, SIGKILL);
        QCOMPARE(home.wait(home.client.signal("a", ProcessSignal::Kill)).error().code, ErrorCode::WrongState);
        const auto unknown = home.wait(home.client.request({{"request", "signal"}, {"id", "a"}, {"signal", "hup"}}));
        QCOMPARE(unknown.error().code, ErrorCode::InvalidInput);
    }

    void whatIsNotARequestIsRefused()
    {
        const SupervisedHome home;
        QVERIFY(home.begin());
        for (const auto& request :
             {QJsonObject{{"request", "dance"}}, QJsonObject{}, QJsonObject{{"request", "start"}}}) {
            QCOMPARE(home.wait(home.client.request(request)).error().code, ErrorCode::InvalidInput);
        }
        QLocalSocket socket;
        socket.connectToServer(
            QJsonDocument::fromJson(*readFile(SupervisorFiles(home.path).address))["socket"].toString());
        socket.write("no json\n");
        QTRY_VERIFY(socket.canReadLine());
        QVERIFY(socket.readLine().contains("invalid_input"));
        QVERIFY(home.wait(home.client.list()));
    }

    void anAnswerMayComeInPieces()
    {
        const QTemporaryDir home;
        QVERIFY(QDir(home.path()).mkdir("run"));
        QLocalServer server;
        QVERIFY(server.listen(home.filePath("socket")));
        QVERIFY(writeFileAtomically(SupervisorFiles(home.path()).address,
                                    canonicalJson({{"socket", server.fullServerName()}})));
        QTimer dripping;
        QByteArray answer = "{\"children\":[{\"id\":\"a\"}],\"ok\":true}\n";
        connect(&server, &QLocalServer::newConnection, this, [&] {
            auto* const client = server.nextPendingConnection();
            connect(&dripping, &QTimer::timeout, client, [&, client] {
                client->write(answer.left(1));
                answer.remove(0, 1);
            });
            dripping.start(0);
        });
        const auto children = QCoro::waitFor(SupervisorClient(home.path()).list());
        QVERIFY(children);
        QCOMPARE(children->size(), 1);
        QCOMPARE(children->first().id, "a");
    }

    void aSilentSupervisorIsATimeout()
    {
        const SupervisedHome home;
        QVERIFY(home.begin());
        const auto pid = static_cast<pid_t>(home.supervisor().pid);
        ::kill(pid, SIGSTOP);
        const SupervisorClient hasty(home.path, 100ms);
        QCOMPARE(home.wait(hasty.list()).error().code, ErrorCode::Timeout);
        // dying with a request in its hands, it is unreachable
        auto asking = home.client.list();
        ::kill(pid, SIGKILL);
        QCOMPARE(home.wait(std::move(asking)).error().code, ErrorCode::Unreachable);
    }

    void standardErrorCanHaveAFileOfItsOwn()
    {
        SupervisedHome home;
        QVERIFY(home.begin());
        auto spec = home.shell("echo out; echo err >&2");
        spec.errors = home.path + "/child.err";
        QVERIFY(home.wait(home.client.start("a", spec)));
        QTRY_COMPARE(home.status("a").state, ChildState::Exited);
        QCOMPARE(home.logged(), "out\n");
        QCOMPARE(readFile(spec.errors).value_or(QByteArray()), "err\n");
    }

    void aStopOfTheTreeReachesWhatHasLeftTheSession()
    {
        SupervisedHome home;
        QVERIFY(home.begin());
        const QString script = "(setsid sh -c 'sleep 1000 & wait' &) ; exec sleep 1000";
        const auto child = home.start("a", script);
        QVERIFY(child);
        const auto mark = SupervisorFiles(home.path).children + "#a#" + child->run;
        const auto strays = [&] { return markedOutside(child->process, "RC_SUPERVISED_CHILD", mark).size(); };
        QTRY_COMPARE(strays(), 2);
        const auto stopped = home.wait(home.client.stop("a", 2s, StopReach::Session));
        QVERIFY(stopped && stopped->stopped);
        QCOMPARE(strays(), 2);
        QVERIFY(home.wait(home.client.stop("a", 2s, StopReach::Tree)));
        QCOMPARE(strays(), 0);
    }

    void itKnowsWhetherAChildWasStopped()
    {
        SupervisedHome home;
        QVERIFY(home.begin());
        QVERIFY(home.start("by itself", "exit 0"));
        QTRY_COMPARE(home.status("by itself").state, ChildState::Exited);
        QVERIFY(home.wait(home.client.stop("by itself", 0ms)));
        QVERIFY(!home.status("by itself").stopped);
        QVERIFY(home.start("told", "trap 'exit 0' TERM; while :; do sleep 0.05; done"));
        QVERIFY(home.wait(home.client.stop("told", 2s)));
        QVERIFY(home.status("told").stopped);
    }

    void aChildIsForgottenOnceItHasEnded()
    {
        SupervisedHome home;
        QVERIFY(home.begin());
        QVERIFY(home.start("a", "exec sleep 1000"));
        QCOMPARE(home.wait(home.client.forget("a")).error().code, ErrorCode::WrongState);
        QVERIFY(home.wait(home.client.stop("a", 2s)));
        QVERIFY(home.wait(home.client.forget("a")));
        QCOMPARE(home.wait(home.client.status("a")).error().code, ErrorCode::NotFound);
        QCOMPARE(home.wait(home.client.forget("a")).error().code, ErrorCode::NotFound);
        QVERIFY(!readFile(SupervisorFiles(home.path).children)->contains("\"a\""));
    }

    void idleItEnds()
    {
        const SupervisedHome home;
        QProcess process;
        runUntilEnd(process, {"--home", home.path, "--idle-exit", "0"});
        QCOMPARE(process.exitCode(), 0);
    }

    void aHomeThatCannotBeWrittenIsAStoreError()
    {
        // A file in the way stops root as well.
        QTemporaryDir directory;
        QVERIFY(writeFileAtomically(directory.filePath("home"), "", 0600));
        const SupervisorClient client(directory.filePath("home"));
        QCOMPARE(QCoro::waitFor(client.ensureRunning(supervisorProgram)).error().code, ErrorCode::StoreError);
        QProcess process;
        runUntilEnd(process, {"--home", directory.filePath("home")});
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().contains("store_error: "));
    }
};

QTEST_GUILESS_MAIN(TestSupervisor)
#include "tst_supervisor.moc"
