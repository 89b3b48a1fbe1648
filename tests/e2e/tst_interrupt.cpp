// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_home.h"

#include <QDeadlineTimer>
#include <QTest>

#include <csignal>

using namespace rc::test;

/// Ctrl-C on a terminal, or SIGINT from a script, while something goes on: it ends in good order, is on record, and the
/// exit status says so.
class TestInterrupt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_home.addPeople();
        m_home.write(m_home.path() + "/inventory.yaml", QByteArray(Inventory).replace("PORT", closedPort()));
        m_home.ok("olga", "system review");
        m_home.writeProcedure("patience", Patience);
        m_home.ok("ben", "procedure review patience");
    }

    void aStepIsRecordedAsStopped_data()
    {
        QTest::addColumn<QString>("command");
        QTest::newRow("plan run") << "plan run %1";
        QTest::newRow("step run") << "plan step %1 wait run";
    }
    void aStepIsRecordedAsStopped()
    {
        QFETCH(QString, command);
        const auto plan = start();
        const auto error = interruptAt("step_started", plan, command.arg(plan));
        QCOMPARE(error["code"].toString(), "cancelled");
        QCOMPARE(error["details"]["left"].toArray().first().toObject(),
                 (QJsonObject{{"id", "wait"}, {"state", "failed"}}));
        const auto shown = m_home.plan(plan);
        QCOMPARE(stepIn(shown, "wait")["state"].toString(), "failed");
        QCOMPARE(shown["status"].toString(), "in_progress");
        QVERIFY(shown["armed_by"].isNull());
        m_home.verifyJournal();
    }

    void aVerificationCountsForNothing_data()
    {
        QTest::addColumn<QString>("command");
        QTest::newRow("plan run") << "plan run %1";
        QTest::newRow("plan verify") << "plan verify %1";
    }
    void aVerificationCountsForNothing()
    {
        QFETCH(QString, command);
        const auto plan = start();
        m_home.ok("olga", "plan step " + plan + " wait skip --reason x");
        const auto error = interruptAt("verification_started", plan, command.arg(plan));
        QCOMPARE(error["code"].toString(), "cancelled");
        const auto shown = m_home.plan(plan);
        QCOMPARE(shown["status"].toString(), "in_progress");
        QCOMPARE(shown["verification_results"].toArray(), QJsonArray());
        QCOMPARE(stepIn(shown, "wait")["state"].toString(), "skipped");
        QVERIFY(shown["armed_by"].isNull());
        m_home.verifyJournal();
    }

    void aReportThatIsNotDrawnSaysWhy_data()
    {
        QTest::addColumn<int>("toChild");
        QTest::addColumn<int>("toCommand");
        QTest::addColumn<int>("exit");
        QTest::addColumn<QString>("code");
        QTest::newRow("Ctrl-C on a terminal") << SIGINT << SIGINT << 5 << "cancelled";
        QTest::newRow("a script's interrupt") << 0 << SIGINT << 5 << "cancelled";
        QTest::newRow("a crash") << SIGKILL << 0 << 1 << "store_error";
    }
    void aReportThatIsNotDrawnSaysWhy()
    {
        QFETCH(int, toChild);
        QFETCH(int, toCommand);
        QFETCH(int, exit);
        QFETCH(QString, code);
        const auto pdf = m_home.file("report.pdf");
        const auto command = m_home.start({}, "report incident " + m_home.openIncident() + " -o " + pdf);
        const auto child = childOf(command->processId());
        QVERIFY(child != 0);
        QCOMPARE(::kill(child, SIGSTOP), 0); // it takes as long as this test wants
        for (const auto& [pid, signal] : {std::pair(child, toChild), {pid_t(command->processId()), toCommand}}) {
            QVERIFY(signal == 0 || ::kill(pid, signal) == 0);
        }
        if (toChild != 0) {
            ::kill(child, SIGCONT);
        }
        QVERIFY(command->waitForFinished(60'000));
        const auto err = command->readAllStandardError();
        const auto error = QJsonDocument::fromJson(err).object()["error"].toObject();
        QVERIFY2(command->exitCode() == exit && error["code"].toString() == code, err);
        QVERIFY2(error["message"].toString().size() > 20, err);
        QVERIFY(::kill(child, 0) != 0); // nobody draws on
        QVERIFY(!QFile::exists(pdf));
    }

private:
    /// The drawing that a command has just started; 0 if it does not. Without a pause: it does not live long.
    static pid_t childOf(qint64 command)
    {
        for (const QDeadlineTimer deadline(20'000); !deadline.hasExpired();) {
            QFile children(QString("/proc/%1/task/%1/children").arg(command));
            const auto first = children.open(QFile::ReadOnly) ? children.readAll().split(' ').first() : QByteArray();
            const auto program = QFile::symLinkTarget(QString("/proc/%1/exe").arg(QString::fromLatin1(first)));
            if (program.endsWith("/recovery-report")) {
                return first.toInt();
            }
        }
        return 0;
    }

    static constexpr auto Inventory = R"(network: {name: paper, chain_id: paper-1, kind: practice}
systems:
  - id: validator-3
    type: service
    health: [{kind: tcp, port: PORT}]
)";
    static constexpr auto Patience = R"(id: patience
version: 1
name: Wait for what never comes
incident_types: [state_corruption]
required_roles: [incident_commander]
estimated_duration: 1m
risk_level: low
rto: 10m
declared_by: [incident_commander]
steps:
  - id: wait
    name: Wait
    action_type: check
    required_roles: [node_operator]
    parameters: {check: systems_healthy, systems: "${incident.systems}", within_seconds: 600}
verification:
  - id: healthy
    check: systems_healthy
    parameters: {systems: "${incident.systems}", within_seconds: 600}
)";

    /// Leased from other tests, and nobody listens there.
    QByteArray closedPort() { return QByteArray::number(m_home.portBase()); }
    QString start() { return m_home.ok("olga", "plan start " + m_home.openIncident() + " patience")["id"].toString(); }

    /// Sends SIGINT once the plan has a record of that kind. The error that comes, with exit status 5.
    QJsonObject interruptAt(const QString& kind, const QString& plan, const QString& command)
    {
        const auto process = m_home.start("olga", command);
        const auto begun = [&] {
            const auto records = m_home.records(kind);
            return !records.isEmpty() && records.last()["stream"] == "plan:" + plan;
        };
        const bool came = QTest::qWaitFor(begun, 60'000);
        const int sent = QProcess::execute("kill", {"-INT", QString::number(process->processId())});
        const bool ended = process->waitForFinished(60'000);
        const auto err = process->readAllStandardError();
        if (!came || sent != 0 || !ended || process->exitCode() != 5) {
            QTest::qFail("not interrupted: " + err, __FILE__, __LINE__);
        }
        return QJsonDocument::fromJson(err).object()["error"].toObject();
    }

    LabHome m_home;
};

QTEST_GUILESS_MAIN(TestInterrupt)
#include "tst_interrupt.moc"
