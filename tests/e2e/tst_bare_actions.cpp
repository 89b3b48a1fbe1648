// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_home.h"

#include <QTest>

#include <csignal>

using namespace rc::test;

namespace {

/// Processes ("pid command line") that stand still until this goes out of scope.
class Stopped
{
public:
    explicit Stopped(const QStringList& processes)
        : m_processes(processes)
    {
        signal(SIGSTOP);
    }
    ~Stopped() { goOn(); }
    Q_DISABLE_COPY_MOVE(Stopped)

    [[nodiscard]] qsizetype count() const { return m_processes.size(); }
    void goOn() const { signal(SIGCONT); }

private:
    void signal(int number) const
    {
        for (const auto& process : m_processes) {
            ::kill(pid_t(process.section(' ', 0, 0).toLongLong()), number);
        }
    }

    QStringList m_processes;
};

} // namespace

/// Actions outside of plans that do not come to their end.
class TestBareActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_home.addPeople();
        QVERIFY(m_home.up());
        m_home.ok("ben", "system config trust --all");
    }

    void cleanup() { m_home.setEnvironment("RC_FAILPOINT", {}); }

    void ctrlCEndsInGoodOrder()
    {
        const auto before = m_home.records("action_started").size();
        const auto command = m_home.start("olga", "service restart validator-1 validator-2 validator-3 validator-4");
        QTRY_COMPARE_WITH_TIMEOUT(m_home.records("action_started").size(), before + 1, 30'000);
        ::kill(pid_t(command->processId()), SIGINT);
        QVERIFY(command->waitForFinished(60'000));
        const auto errors = command->readAllStandardError();
        QVERIFY2(command->exitCode() == 5 && errors.isEmpty(), errors);
        const auto answer = QJsonDocument::fromJson(command->readAllStandardOutput()).object();
        QCOMPARE(answer["all_successful"].toBool(true), false);
        QCOMPARE(answer["results"].toArray().last()["outcome"].toString(), "not_reached");
        QCOMPARE(m_home.records("action_finished").size(), before + 1);
        QVERIFY(m_home.ok({}, "service list")["list"].toArray().size() == 6);
        m_home.ok("olga", "service restart validator-1"); // nothing is claimed any more
    }

    /// None of them becomes healthy before the others are back.
    void allValidatorsAreRestartedTogether()
    {
        const QString all("validator-1 validator-2 validator-3 validator-4");
        const auto answer = m_home.ok("olga", "service restart --mode stop-all --abort-on-critical " + all);
        const auto results = answer["results"].toArray();
        QCOMPARE(results.size(), 4);
        QString lastStop;
        QString firstStart("9999");
        for (const QJsonValue result : results) {
            const auto artifacts = result["artifacts"].toArray();
            QCOMPARE(artifacts.size(), 2);
            lastStop = std::max(lastStop, artifacts[0]["timestamp"].toString());
            firstStart = std::min(firstStart, artifacts[1]["timestamp"].toString());
        }
        QVERIFY2(lastStop < firstStart, qPrintable(lastStop + " " + firstStart));
    }

    void aKilledActionIsToldUntilTheNextOne()
    {
        m_home.setEnvironment("RC_FAILPOINT", "restore_stopped");
        QCOMPARE(m_home.ask("olga", "system restore gateway").exit, -1);
        m_home.setEnvironment("RC_FAILPOINT", {});
        const auto interrupted = m_home.ok({}, "health once", 1)["interrupted"].toArray();
        QCOMPARE(interrupted.size(), 1);
        QCOMPARE(interrupted[0]["systems"].toArray(), QJsonArray{"gateway"});
        QCOMPARE(interrupted[0]["action_type"].toString(), "restore_system");
        QCOMPARE(interrupted[0]["operator"].toString(), "olga");
        m_home.ok("olga", "system restore gateway");
        QCOMPARE(m_home.records("action_found_unknown").size(), 1);
        QVERIFY(m_home.ok({}, "health once")["interrupted"].toArray().isEmpty());
    }

    void twoPlansAndABareActionTakeTurns()
    {
        const auto release = m_home.file("release");
        m_home.writeProcedure("hold", holdProcedure(release));
        m_home.ok("ben", "procedure review hold");
        const auto first = startHold("gateway");
        const auto second = startHold("gateway");
        const auto running = m_home.start("olga", "plan run " + first);
        QTRY_COMPARE_WITH_TIMEOUT(m_home.step(first, "hold")["state"].toString(), "running", 30'000);
        const QStringList whoHasIt{"gateway", first, "hold", "olga"};
        for (const auto& command : {"plan step " + second + " hold run", "plan run " + second,
                                    QString("system restore gateway"), QString("service restart gateway")}) {
            isTold(m_home.refused("olga", command, "busy"), whoHasIt);
        }
        QVERIFY(m_home.said("plan why " + second + " hold").contains("gateway is busy: plan " + first));
        QCOMPARE(m_home.step(second, "hold")["attempts"].toInt(), 1);
        m_home.write(release, "");
        QVERIFY(running->waitForFinished(30'000));
        QCOMPARE(running->exitCode(), 0);
        m_home.ok("nora", "service restart gateway");
        m_home.ok("olga", "plan run " + second);
        QCOMPARE(m_home.step(second, "hold")["state"].toString(), "succeeded");
    }

    void aPlanWaitsForABareAction()
    {
        m_home.writeProcedure("hold", holdProcedure(m_home.write("released", "")));
        m_home.ok("ben", "procedure review hold");
        const auto plan = startHold("validator-4");
        const auto before = m_home.records("action_started").size();
        const Stopped slow(
            m_home.processes().filter("prozchain-node").filter("validator-1")); // it does not end at once
        QCOMPARE(slow.count(), 1);
        const auto restart = m_home.start("nora", "service restart validator-1 validator-2 validator-3 validator-4");
        QTRY_COMPARE_WITH_TIMEOUT(m_home.records("action_started").size(), before + 1, 30'000);
        const QStringList whoHasIt{"validator-4", "action-", "nora"};
        isTold(m_home.refused("olga", "plan step " + plan + " hold run", "busy"), whoHasIt);
        isTold(m_home.refused("olga", "system restore validator-4", "busy"), whoHasIt);
        slow.goOn();
        QVERIFY(restart->waitForFinished(60'000));
        QVERIFY2(restart->exitCode() == 0, restart->readAll() + restart->readAllStandardError());
        m_home.ok("olga", "plan step " + plan + " hold run");
        QCOMPARE(m_home.step(plan, "hold")["state"].toString(), "succeeded");
    }

    void cleanupTestCase() { m_home.verifyJournal(); }

private:
    /// One step that has its hand on the systems of the incident until the file is there.
    static QByteArray holdProcedure(const QString& release)
    {
        return QString(R"(id: hold
version: 1
name: Hold a system
incident_types: [state_corruption]
required_roles: [incident_commander]
steps:
  - id: hold
    name: Hold it
    action_type: command
    parameters:
      program: bash
      arguments: ["-c", 'until [ -e %1 ]; do sleep 0.05; done']
      systems: "${incident.systems}"
      undo: {program: "true"}
verification:
  - id: files
    check: configuration_matches
    parameters: {systems: "${incident.systems}"}
)")
            .arg(release)
            .toUtf8();
    }
    QString startHold(const QString& system)
    {
        return m_home.ok("olga", "plan start " + m_home.openIncident(system) + " hold")["id"].toString();
    }
    static void isTold(const Answer& answer, const QStringList& words)
    {
        for (const auto& word : words) {
            QVERIFY2(answer.sentence().contains(word), answer.describe());
        }
    }

    LabHome m_home;
};

QTEST_GUILESS_MAIN(TestBareActions)
#include "tst_bare_actions.moc"
