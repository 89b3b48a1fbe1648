// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_home.h"
#include "tests/support/paper_procedure.h"

#include <QSet>
#include <QTest>

#include <vector>

using namespace rc::test;

namespace {

constexpr int Hands = 8;

struct Outcome
{
    int exit;
    QByteArray out;
    QByteArray err;
};

} // namespace

/// Several hands at the same thing at the same moment: one store orders them, and nobody overwrites anybody.
class TestRaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_home.addPeople();
        m_home.writeInventory();
        m_home.writeProcedure("paper", paperProcedure());
        m_home.ok("ben", "procedure review paper");
    }

    void oneCompletesAStepAndSevenGetConflict()
    {
        const auto plan = m_home.ok("olga", "plan start " + m_home.openIncident() + " paper")["id"].toString();
        int won = 0;
        for (const auto& outcome : together(Hands, "plan step " + plan + " look done --note mine")) {
            won += outcome.exit == 0 ? 1 : 0;
            QVERIFY2(outcome.exit == 0 || (outcome.exit == 4 && codeOf(outcome) == "conflict"), outcome.err);
        }
        QCOMPARE(won, 1);
        QCOMPARE(countOf("step_succeeded", plan), 1);
        m_home.verifyJournal();
    }

    void everybodyWhoOpensAnIncidentGetsAnIdOfTheirOwn()
    {
        QSet<QString> ids;
        for (const auto& outcome : together(Hands, "incident open --type state_corruption --severity low --title race "
                                                   "--system validator-3")) {
            QVERIFY2(outcome.exit == 0, outcome.err);
            ids.insert(QJsonDocument::fromJson(outcome.out)["id"].toString());
        }
        QCOMPARE(ids.size(), Hands);
        m_home.verifyJournal();
    }

    void oneApprovalIsCountedOnce()
    {
        const auto plan = m_home.ok("olga", "plan start " + m_home.openIncident() + " paper")["id"].toString();
        m_home.ok("olga", "plan step " + plan + " look done --note x");
        int given = 0;
        for (const auto& outcome : together(4, "plan approve " + plan + " seal", "ben")) {
            given += outcome.exit == 0 ? 1 : 0;
            QVERIFY2(outcome.exit == 0 || codeOf(outcome) == "conflict", outcome.err);
        }
        QCOMPARE(given, 1);
        QCOMPARE(m_home.step(plan, "seal")["approvals"].toArray().size(), 1);
    }

    void onePlanStartsForAnIncident()
    {
        const auto incident = m_home.openIncident();
        int started = 0;
        for (const auto& outcome : together(4, "plan start " + incident + " paper")) {
            started += outcome.exit == 0 ? 1 : 0;
            QVERIFY2(outcome.exit == 0 || outcome.exit == 4, outcome.err);
        }
        QCOMPARE(started, 1);
    }

    void twoRunnersRunEachStepOnce()
    {
        m_home.writeProcedure("checks", Checks);
        m_home.ok("ben", "procedure review checks");
        const auto plan = m_home.ok("olga", "plan start " + m_home.openIncident() + " checks")["id"].toString();
        int ran = 0;
        for (const auto& outcome : together(2, "plan run " + plan)) {
            ran += outcome.exit == 0 ? 1 : 0;
            QVERIFY2(outcome.exit == 0 || outcome.exit == 4, outcome.err);
        }
        // Whoever was second found it taken, or at its end; the first was not disturbed.
        QVERIFY(ran > 0);
        QCOMPARE(m_home.plan(plan)["status"].toString(), "soaking");
        QCOMPARE(countOf("step_started", plan), 3);
        QCOMPARE(countOf("step_succeeded", plan), 3);
        m_home.verifyJournal();
    }

    void twoFirstOperatorsMakeOneStore()
    {
        LabHome home;
        home.write(home.passphraseFile("first"), "the first passphrase\n");
        std::vector<std::unique_ptr<QProcess>> processes;
        processes.reserve(4);
        for (int i = 0; i < 4; ++i) {
            processes.push_back(home.start({}, QString("operator add chief-%1 --role incident_commander --kdf-cost "
                                                       "minimal --new-passphrase-file %2")
                                                   .arg(i)
                                                   .arg(home.passphraseFile("first"))));
        }
        int added = 0;
        for (const auto& process : processes) {
            QVERIFY(process->waitForFinished(60'000));
            added += process->exitCode() == 0 ? 1 : 0;
            QVERIFY2(process->exitCode() == 0 || !process->readAllStandardError().isEmpty(), "a silent failure");
        }
        QCOMPARE(added, 1);
        QCOMPARE(home.ok({}, "operator list")["list"].toArray().size(), 1);
        home.verifyJournal();
    }

private:
    static constexpr auto Checks = R"(id: checks
version: 1
name: Three looks
incident_types: [state_corruption]
required_roles: [incident_commander]
estimated_duration: 1m
risk_level: low
rto: 10m
declared_by: [incident_commander]
steps:
  - id: first
    name: First look
    action_type: check
    required_roles: [node_operator]
    parameters: {check: configuration_matches, systems: "${incident.systems}"}
  - id: second
    name: Second look
    action_type: check
    required_roles: [node_operator]
    parameters: {check: configuration_matches, systems: "${incident.systems}"}
  - id: third
    name: Third look
    action_type: check
    required_roles: [node_operator]
    parameters: {check: configuration_matches, systems: "${incident.systems}"}
verification:
  - id: files
    check: configuration_matches
    parameters: {systems: "${incident.systems}"}
)";

    /// Starts all before it waits for one.
    QList<Outcome> together(int count, const QString& command, const QString& who = "olga")
    {
        std::vector<std::unique_ptr<QProcess>> processes;
        processes.reserve(std::size_t(count));
        for (int i = 0; i < count; ++i) {
            processes.push_back(m_home.start(who, command));
        }
        QList<Outcome> outcomes;
        for (const auto& process : processes) {
            const bool ended = process->waitForFinished(120'000) && process->exitStatus() == QProcess::NormalExit;
            outcomes.append(
                {ended ? process->exitCode() : -1, process->readAllStandardOutput(), process->readAllStandardError()});
        }
        return outcomes;
    }
    static QString codeOf(const Outcome& outcome)
    {
        return QJsonDocument::fromJson(outcome.err)["error"]["code"].toString();
    }
    int countOf(const QString& kind, const QString& plan)
    {
        int count = 0;
        for (const QJsonValue record : m_home.records(kind)) {
            count += record["stream"].toString().endsWith(plan) ? 1 : 0;
        }
        return count;
    }

    LabHome m_home;
};

QTEST_GUILESS_MAIN(TestRaces)
#include "tst_races.moc"
