// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/services/process_service_manager.h"
#include "tests/backend/services/supervised_home.h"

#include <csignal>

using namespace rc;
using namespace std::chrono_literals;

static const SystemId node("node");

class TestProcessServiceManager : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<SupervisedHome>();
        QVERIFY(m_home->begin());
    }

    void cleanup() { m_home.reset(); }

    void aServiceIsStartedSeenAndStopped()
    {
        auto manager = managerOf("echo up; exec sleep 60");
        QCOMPARE(manager.kind(), ManagerKind::Process);
        auto status = wait(manager.status(node));
        QVERIFY(status && !status->running && !status->since);
        QCOMPARE(status->state, "never started");
        const auto unstarted = wait(manager.stop(node, {}));
        QVERIFY(unstarted && unstarted->success);

        const auto started = wait(manager.start(node, {}));
        QVERIFY2(started && started->success, qPrintable(started ? started->details : started.error().message));
        QVERIFY(isAlive(*started->process));
        QVERIFY(started->timestamp > Timestamp{});
        status = wait(manager.status(node));
        QVERIFY(status->running && status->since);
        QCOMPARE(status->process, started->process);
        QCOMPARE(wait(manager.start(node, {})).error().code, ErrorCode::Busy);

        const auto stopped = wait(manager.stop(node, {.grace = 5s}));
        QVERIFY(stopped && stopped->success);
        QVERIFY(!isAlive(*started->process));
        status = wait(manager.status(node));
        QVERIFY(!status->running);
        QCOMPARE(status->exitSignal, SIGTERM);
        QCOMPARE(status->state, "ended by signal 15");
    }

    void aStartThatDoesNotLastIsAFailureWithTheLogsEnd()
    {
        QVERIFY(writeFileAtomically(m_home->log(), "an older run's words\n"));
        auto manager = managerOf("for i in {1..30}; do echo line $i; done; echo cannot open genesis.json >&2; exit 3");
        const auto started = wait(manager.start(node, {.settle = 10s}));
        QVERIFY(started && !started->success);
        QVERIFY2(started->details.contains("exited with code 3"), qPrintable(started->details));
        QVERIFY(started->details.endsWith("line 30\ncannot open genesis.json"));
        QVERIFY(!started->details.contains("line 21\n") && !started->details.contains("older"));
        QVERIFY(started->duration < 10s); // it does not wait for what has happened already
    }

    void aSilentFailureSaysSo()
    {
        auto manager = managerOf("exit 1");
        const auto started = wait(manager.start(node, {.settle = 10s}));
        QVERIFY2(started->details.endsWith("Its log is empty."), qPrintable(started->details));
    }

    void startOptionsAreAdded()
    {
        auto manager = managerOf("echo $0 $COLOUR $SHAPE; exec sleep 60");
        const auto started =
            wait(manager.start(node, {.extraArguments = {"--resync"}, .environment = {{"COLOUR", "green"}}}));
        QVERIFY(started && started->success);
        QCOMPARE(m_home->logged(), QByteArray("--resync green round\n"));
    }

    void anUnknownSystemIsNotFound()
    {
        auto manager = managerOf("exit 0");
        QCOMPARE(wait(manager.start(SystemId("x"), {})).error().code, ErrorCode::NotFound);
        QCOMPARE(wait(manager.stop(SystemId("x"), {})).error().code, ErrorCode::NotFound);
        QCOMPARE(wait(manager.status(SystemId("x"))).error().code, ErrorCode::NotFound);
    }

    void withoutASupervisorItIsUnreachable()
    {
        QVERIFY(wait(m_home->client.shutdown(0s)));
        QTRY_VERIFY(!QFile::exists(SupervisorFiles(m_home->path).address));
        auto manager = managerOf("exit 0");
        QCOMPARE(wait(manager.start(node, {})).error().code, ErrorCode::Unreachable);
        QCOMPARE(wait(manager.stop(node, {})).error().code, ErrorCode::Unreachable);
        QCOMPARE(wait(manager.status(node)).error().code, ErrorCode::Unreachable);
    }

    void theManagerMayGoWhileItsStartSettles()
    {
        auto manager = std::make_unique<ProcessServiceManager>(
            m_home->client, QHash<SystemId, ChildSpec>{{node, m_home->shell("exec sleep 60")}});
        auto starting = manager->start(node, {});
        manager.reset();
        QVERIFY(wait(std::move(starting))->success);
    }

private:
    template <class T>
    static T wait(QCoro::Task<T> task)
    {
        return QCoro::waitFor(std::move(task));
    }

    ProcessServiceManager managerOf(const QString& script)
    {
        auto spec = m_home->shell(script);
        spec.environment = {{"COLOUR", "red"}, {"SHAPE", "round"}};
        return {m_home->client, {{node, spec}}};
    }

    std::unique_ptr<SupervisedHome> m_home;
};

QTEST_GUILESS_MAIN(TestProcessServiceManager)
#include "tst_process_service_manager.moc"
