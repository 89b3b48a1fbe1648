// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/health/fake_server.h"
#include "tests/support/lab_home.h"

#include <QTest>

using namespace rc::test;

/// The console dies by SIGKILL around commands, requests, waits and notices. A command that it has started goes on, and
/// nothing of it is done twice.
class TestActionCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_home.addPeople();
        m_home.writeInventory();
    }
    void init() { m_log = m_home.file(QString("log-%1").arg(++m_count)); }
    void cleanup() { m_home.setEnvironment("RC_FAILPOINT", {}); }

    void aCommandIsFoundAgain_data()
    {
        QTest::addColumn<QString>("failpoint");
        QTest::addColumn<int>("attempts");
        QTest::newRow("before it began") << "intent_written" << 2;
        QTest::newRow("with what was there noted") << "captured" << 2;
        QTest::newRow("when all was done") << "effect_done" << 1;
    }
    void aCommandIsFoundAgain()
    {
        QFETCH(QString, failpoint);
        QFETCH(int, attempts);
        const auto plan = start("command\n    outputs: [lines]", command("echo ran | tee -a " + m_log, "lines"));
        dieAt(failpoint, run(plan));
        QCOMPARE(m_home.step(plan, "act")["state"].toString(), "unknown");
        m_home.ok("olga", run(plan));
        const auto step = m_home.step(plan, "act");
        QCOMPARE(step["state"].toString(), "succeeded");
        QCOMPARE(step["attempts"].toInt(), attempts);
        QCOMPARE(step["result"]["fields"]["lines"].toArray(), QJsonArray{"ran"});
        QCOMPARE(textOf(m_log), "ran\n");
        m_home.verifyJournal();
    }

    void aCommandOutlivesTheConsole()
    {
        const auto release = m_home.file("release");
        const auto plan = start(
            "command",
            command(
                QString("echo begun >>%1; until [ -e %2 ]; do sleep 0.05; done; echo ended >>%1").arg(m_log, release)));
        const auto console = m_home.start("olga", run(plan));
        QTRY_COMPARE_WITH_TIMEOUT(textOf(m_log), "begun\n", 30'000);
        console->kill();
        QVERIFY(console->waitForFinished());
        QCOMPARE(m_home.step(plan, "act")["state"].toString(), "unknown");
        const auto found = m_home.records("step_found_unknown").size();
        // The next console waits for the same command.
        const auto next = m_home.start("olga", run(plan));
        QTRY_VERIFY_WITH_TIMEOUT(m_home.records("step_found_unknown").size() > found, 30'000);
        QCOMPARE(next->state(), QProcess::Running);
        m_home.write(release, "");
        QTRY_COMPARE_WITH_TIMEOUT(next->state(), QProcess::NotRunning, 30'000);
        QCOMPARE(m_home.step(plan, "act")["state"].toString(), "succeeded");
        QCOMPARE(m_home.step(plan, "act")["attempts"].toInt(), 1);
        QCOMPARE(textOf(m_log), "begun\nended\n");
    }

    void anAbortEndsWhatTheConsoleHasLeftRunning()
    {
        const auto sleeping = command(QString("cd %1; echo begun >>%2; sleep 4321").arg(m_home.path(), m_log));
        const auto plan = start("command", sleeping.chopped(1) + ", systems: \"${incident.systems}\"}");
        const auto console = m_home.start("olga", run(plan));
        QTRY_COMPARE_WITH_TIMEOUT(textOf(m_log), "begun\n", 30'000);
        console->kill();
        QVERIFY(console->waitForFinished());
        QVERIFY(!m_home.processes().filter("sleep 4321").isEmpty());
        QCOMPARE(m_home.ok("olga", "plan abort " + plan + " --reason x")["status"].toString(), "aborted");
        QVERIFY(m_home.processes().filter("sleep 4321").isEmpty());
        // Its system is free for another plan.
        const auto next = start("command", "{program: \"true\", systems: \"${incident.systems}\"}");
        m_home.ok("olga", run(next));
        QCOMPARE(m_home.step(next, "act")["state"].toString(), "succeeded");
    }

    void aCommandThatTakesTooLongIsStoppedWithAllThatItHasStarted()
    {
        // By their directory the processes are known for this home's.
        const auto plan =
            start("command\n    timeout: 300ms", command(QString("cd %1; trap \"\" TERM; setsid sleep 1000 & "
                                                                 "while :; do sleep 0.1; done")
                                                             .arg(m_home.path())));
        (void)m_home.ask("olga", run(plan));
        const auto step = m_home.step(plan, "act");
        QCOMPARE(step["state"].toString(), "failed");
        const auto message = step["result"]["message"].toString();
        QVERIFY2(message.contains("longer than its limit") && message.contains("nothing that it has started is left"),
                 qPrintable(message));
        QVERIFY(m_home.processes().filter("sleep 1000").isEmpty());
    }

    void theSecondOfTwoUndosIsNotTakenForTheFirst_data()
    {
        QTest::addColumn<QString>("failpoint");
        QTest::addColumn<bool>("isBack");
        QTest::newRow("before it began") << "undo_intent_written" << false;
        QTest::newRow("when all was done") << "undo_effect_done" << true;
    }
    void theSecondOfTwoUndosIsNotTakenForTheFirst()
    {
        QFETCH(QString, failpoint);
        QFETCH(bool, isBack);
        const auto back = QString("{program: bash, arguments: [\"-c\", \"echo back >>%1\"]}").arg(m_log);
        const auto plan = start("command", command("echo ran >>" + m_log).chopped(1) + ", undo: " + back + "}");
        const auto leftovers = [&] { return m_home.ok({}, "plan leftovers " + plan)["list"].toArray().size(); };
        m_home.ok("olga", run(plan));
        m_home.spoilConfiguration();
        (void)m_home.ask("olga", "plan verify " + plan);
        m_home.mendConfiguration();
        m_home.ok("olga", run(plan)); // its check has failed; what it did first stands below what it does now
        const auto undo = "plan step " + plan + " act undo --reason \"it made things worse\"";
        m_home.ok("olga", undo);
        dieAt(failpoint, undo);
        m_home.ok("olga", run(plan)); // looks what became of it
        QCOMPARE(textOf(m_log), isBack ? QString("ran\nran\nback\nback\n") : QString("ran\nran\nback\n"));
        QCOMPARE(leftovers(), isBack ? 0 : 1);
        if (!isBack) {
            m_home.ok("olga", undo);
        }
        QCOMPARE(textOf(m_log), "ran\nran\nback\nback\n");
        QCOMPARE(leftovers(), 0);
        m_home.verifyJournal();
    }

    void aRequestIsNotMadeAgainByItself()
    {
        FakeServer server;
        server.answer("/x", 200, "{}");
        const auto plan = start("http_request", QString("{method: POST, url: \"%1\"}").arg(server.url("/x")));
        m_home.setEnvironment("RC_FAILPOINT", "effect_done");
        const auto console = m_home.start("olga", run(plan));
        QTRY_COMPARE_WITH_TIMEOUT(console->state(), QProcess::NotRunning, 30'000);
        m_home.setEnvironment("RC_FAILPOINT", {});
        QCOMPARE(server.requests.size(), 1);
        (void)m_home.ask("olga", run(plan));
        QCOMPARE(m_home.step(plan, "act")["state"].toString(), "unknown");
        QCOMPARE(server.requests.size(), 1);
    }

    void whatMayHaveTakenEffectIsNotTriedAgain()
    {
        FakeServer server;
        server.answers["/x"] = ""; // takes the request, and hangs up
        const QString again("\n    retry: {attempts: 3}");
        const auto plan = start("http_request" + again, QString("{method: POST, url: \"%1\"}").arg(server.url("/x")));
        const auto console = m_home.start("olga", run(plan));
        QTRY_COMPARE_WITH_TIMEOUT(console->state(), QProcess::NotRunning, 30'000);
        QCOMPARE(m_home.step(plan, "act")["state"].toString(), "failed");
        QCOMPARE(server.requests.size(), 1);
        server.answer("/busy", 503, "later"); // has answered, and may have done it
        const auto busy =
            start("http_request" + again, QString("{method: POST, url: \"%1\"}").arg(server.url("/busy")));
        const auto other = m_home.start("olga", run(busy));
        QTRY_COMPARE_WITH_TIMEOUT(other->state(), QProcess::NotRunning, 30'000);
        QCOMPARE(m_home.step(busy, "act")["state"].toString(), "failed");
        QCOMPARE(server.requests.filter("/busy").size(), 1);
        const auto slow = start("command\n    timeout: 1s" + again, command("echo ran >>" + m_log + "; sleep 1000"));
        (void)m_home.ask("olga", run(slow));
        QCOMPARE(m_home.step(slow, "act")["state"].toString(), "failed");
        QCOMPARE(textOf(m_log), "ran\n");
        // One that only fails is.
        const auto failing = start("command" + again, command("echo failed >>" + m_log + "; exit 1"));
        (void)m_home.ask("olga", run(failing));
        QCOMPARE(textOf(m_log), "ran\nfailed\nfailed\nfailed\n");
    }

    void aWaitGoesOnByTheClock_data()
    {
        QTest::addColumn<QString>("duration");
        QTest::addColumn<int>("attempts");
        QTest::newRow("over by then") << "1ms" << 1;
        QTest::newRow("not over yet") << "1s" << 2;
    }
    void aWaitGoesOnByTheClock()
    {
        QFETCH(QString, duration);
        QFETCH(int, attempts);
        const auto plan = start("wait", QString("{duration: %1}").arg(duration));
        const auto failpoint = attempts == 1 ? QString("effect_done") : QString("intent_written");
        dieAt(failpoint, run(plan));
        m_home.ok("olga", run(plan));
        QCOMPARE(m_home.step(plan, "act")["state"].toString(), "succeeded");
        QCOMPARE(m_home.step(plan, "act")["attempts"].toInt(), attempts);
    }

    void aNoticeIsGivenOnce_data()
    {
        QTest::addColumn<QString>("failpoint");
        QTest::addColumn<int>("attempts");
        QTest::newRow("before it was given") << "captured" << 2;
        QTest::newRow("when it had been given") << "effect_done" << 1;
    }
    void aNoticeIsGivenOnce()
    {
        QFETCH(QString, failpoint);
        QFETCH(int, attempts);
        const auto before = m_home.records("notice_given").size();
        const auto plan = start("notify", "{message: \"We are back.\", roles: [observer]}");
        dieAt(failpoint, run(plan));
        m_home.ok("olga", run(plan));
        QCOMPARE(m_home.step(plan, "act")["attempts"].toInt(), attempts);
        const auto notices = m_home.records("notice_given");
        QCOMPARE(notices.size(), before + 1);
        QCOMPARE(notices.last()["body"]["message"].toString(), "We are back.");
        m_home.verifyJournal();
    }

    // --- branches

    void oneBranchIsRunAloneAcrossACrash_data()
    {
        QTest::addColumn<QString>("failpoint");
        QTest::newRow("before it began") << "intent_written";
        QTest::newRow("when all was done") << "effect_done";
        QTest::newRow("in its second step") << "effect_done:2";
    }
    void oneBranchIsRunAloneAcrossACrash()
    {
        QFETCH(QString, failpoint);
        const auto plan = startBranches();
        dieAt(failpoint, "plan run " + plan + " --branch right");
        m_home.ok("olga", "plan run " + plan + " --branch right");
        QCOMPARE(textOf(m_log), "right\nright-on\n");
        QCOMPARE(statesOf(plan), (QStringList{"ready", "waiting", "succeeded", "succeeded"}));
        m_home.ok("olga", "plan run " + plan);
        QCOMPARE(textOf(m_log), "right\nright-on\nleft\nleft-on\n");
        QCOMPARE(m_home.plan(plan)["status"].toString(), "soaking");
        m_home.verifyJournal();
    }

    void aBranchThatWasPutOffStaysSoAcrossACrash()
    {
        const auto plan = startBranches();
        m_home.ok("olga", "plan pause " + plan + " --step left --reason \"not yet\"");
        dieAt("effect_done", "plan run " + plan);
        QCOMPARE(statesOf(plan), (QStringList{"waiting", "waiting", "unknown", "waiting"}));
        m_home.ok("olga", "plan run " + plan);
        QCOMPARE(textOf(m_log), "right\nright-on\n");
        QCOMPARE(statesOf(plan), (QStringList{"waiting", "waiting", "succeeded", "succeeded"}));
        m_home.refused("olga", "plan step " + plan + " left run", "invalid_step_index");
        m_home.ok("olga", "plan resume " + plan + " --step left");
        dieAt("intent_written", "plan run " + plan);
        m_home.ok("olga", "plan run " + plan);
        QCOMPARE(textOf(m_log), "right\nright-on\nleft\nleft-on\n");
        QCOMPARE(m_home.plan(plan)["status"].toString(), "soaking");
        m_home.verifyJournal();
    }

private:
    /// By name: what cannot be taken back is not started by an armed plan.
    static QString run(const QString& plan) { return QString("plan step %1 act run").arg(plan); }
    static QString command(const QString& script, const QString& outputs = "none")
    {
        return QString("{program: bash, arguments: [\"-c\", '%1'], outputs_from: %2}").arg(script, outputs);
    }
    /// An armed plan runs only what can be taken back.
    static QString takenBack(const QString& parameters)
    {
        return parameters.chopped(1) + ", undo: {program: \"true\"}}";
    }
    static QString textOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

    /// A plan of one step.
    QString start(const QString& action, const QString& parameters)
    {
        const auto text = QString(R"(id: one
version: 1
name: One step
incident_types: [state_corruption]
required_roles: [incident_commander]
steps:
  - id: act
    name: Act
    action_type: %1
    parameters: %2
verification:
  - id: files
    check: configuration_matches
    parameters: {systems: "${incident.systems}"}
)");
        m_home.writeProcedure("one", text.arg(action, parameters).toUtf8());
        m_home.ok("ben", "procedure review one");
        const auto incident = m_home.openIncident();
        return m_home.ok("olga", "plan start " + incident + " one")["id"].toString();
    }

    /// A plan of two branches of two commands each, which leave their names in the log.
    QString startBranches()
    {
        QString text(R"(id: branches
version: 1
name: Two branches
incident_types: [state_corruption]
required_roles: [incident_commander]
steps:
)");
        for (const auto& [id, after] : {std::pair("left", ""), std::pair("left-on", "left"), std::pair("right", ""),
                                        std::pair("right-on", "right")}) {
            text += QString("  - {id: %1, name: Go %1, action_type: command, after: [%2], parameters: %3}\n")
                        .arg(QLatin1StringView(id), QLatin1StringView(after),
                             takenBack(command(QString("echo %1 >>%2").arg(QLatin1StringView(id), m_log))));
        }
        text += "verification:\n  - {id: files, check: configuration_matches, parameters: {systems: "
                "\"${incident.systems}\"}}\n";
        m_home.writeProcedure("branches", text.toUtf8());
        m_home.ok("ben", "procedure review branches");
        return m_home.ok("olga", "plan start " + m_home.openIncident() + " branches")["id"].toString();
    }
    QStringList statesOf(const QString& plan)
    {
        QStringList states;
        for (const QJsonValue step : m_home.plan(plan)["steps"].toArray()) {
            states.append(step["state"].toString());
        }
        return states;
    }

    void dieAt(const QString& failpoint, const QString& command)
    {
        m_home.setEnvironment("RC_FAILPOINT", failpoint);
        const auto answer = m_home.ask("olga", command);
        m_home.setEnvironment("RC_FAILPOINT", {});
        QVERIFY2(answer.exit == -1, "it did not die: " + answer.describe());
    }

    LabHome m_home;
    /// What the commands of one test function leave.
    QString m_log;
    int m_count = 0;
};

QTEST_GUILESS_MAIN(TestActionCrash)
#include "tst_action_crash.moc"
