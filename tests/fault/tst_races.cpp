// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_home.h"
#include "tests/support/paper_procedure.h"

#include <QHash>
#include <QSet>
#include <QTest>

#include <algorithm>
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

    /// All at once and each in an order of their own. Whoever lost the append to a write to another step asks again,
    /// until they are told about this one.
    void eightGoThroughTheSameStepsAndEachIsDoneOnce()
    {
        m_home.writeProcedure("valves", Valves);
        m_home.ok("ben", "procedure review valves");
        const auto plan = m_home.ok("olga", "plan start " + m_home.openIncident() + " valves")["id"].toString();
        const QStringList steps{"north", "east", "south", "west"};
        QList<Hand> hands;
        for (int i = 0; i < Hands; ++i) {
            hands.append({i, steps.mid(i % 4) + steps.mid(0, i % 4)});
        }
        goThrough(plan, hands);
        for (const auto& step : steps) {
            QList<int> by;
            int conflicts = 0;
            for (const auto& hand : hands) {
                if (hand.told[step] == "done") {
                    by.append(hand.number);
                }
                conflicts += hand.told[step] == "conflict" ? 1 : 0;
            }
            QCOMPARE(by.size(), 1);
            QCOMPARE(conflicts, Hands - 1);
            const auto shown = m_home.step(plan, step);
            QCOMPARE(shown["state"].toString(), "succeeded");
            QCOMPARE(shown["attempts"].toInt(), 1);
            QCOMPARE(shown["note"].toString(), QString("hand-%1").arg(by.first()));
            QCOMPARE(countOf("step_started", plan, step), 1);
            QCOMPARE(countOf("step_succeeded", plan, step), 1);
        }
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
        for (const auto& outcome : together(Hands, "plan approve " + plan + " seal", "ben")) {
            given += outcome.exit == 0 ? 1 : 0;
            QVERIFY2(outcome.exit == 0 || (outcome.exit == 4 && codeOf(outcome) == "conflict"), outcome.err);
        }
        QCOMPARE(given, 1);
        QCOMPARE(m_home.step(plan, "seal")["approvals"].toArray().size(), 1);
        QCOMPARE(countOf("step_approved", plan), 1);
        m_home.verifyJournal();
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
    /// Somebody who ticks steps one after the other, and what they were told of each.
    struct Hand
    {
        int number;
        QStringList remaining;
        QHash<QString, QString> told = {};

        [[nodiscard]] bool isBusy() const { return !remaining.isEmpty(); }
    };

    static constexpr auto Valves = R"(id: valves
version: 1
name: Four valves
incident_types: [state_corruption]
required_roles: [incident_commander]
rto: 10m
steps:
  - {id: north, name: North, action_type: manual, after: []}
  - {id: east, name: East, action_type: manual, after: []}
  - {id: south, name: South, action_type: manual, after: []}
  - {id: west, name: West, action_type: manual, after: []}
verification:
  - id: files
    check: configuration_matches
    parameters: {systems: "${incident.systems}"}
)";
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
    QList<Outcome> together(const QStringList& commands, const QString& who = "olga")
    {
        std::vector<std::unique_ptr<QProcess>> processes;
        processes.reserve(std::size_t(commands.size()));
        for (const auto& command : commands) {
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
    QList<Outcome> together(int count, const QString& command, const QString& who = "olga")
    {
        return together(QStringList(count, command), who);
    }
    /// Until every hand has been told something about every step.
    void goThrough(const QString& plan, QList<Hand>& hands)
    {
        while (std::ranges::any_of(hands, &Hand::isBusy)) {
            QStringList commands;
            for (const auto& hand : hands) {
                if (hand.isBusy()) {
                    commands.append(QString("plan step %1 %2 done --note hand-%3")
                                        .arg(plan, hand.remaining.first(), QString::number(hand.number)));
                }
            }
            auto outcomes = together(commands);
            for (auto& hand : hands) {
                if (!hand.isBusy()) {
                    continue;
                }
                const auto outcome = outcomes.takeFirst();
                QVERIFY2(outcome.exit == 0 || (outcome.exit == 4 && codeOf(outcome) == "conflict"), outcome.err);
                if (outcome.exit == 0 || !errorOf(outcome)["details"].toObject().contains("stream")) {
                    hand.told[hand.remaining.takeFirst()] = outcome.exit == 0 ? QString("done") : codeOf(outcome);
                }
            }
        }
    }
    static QJsonObject errorOf(const Outcome& outcome)
    {
        return QJsonDocument::fromJson(outcome.err)["error"].toObject();
    }
    static QString codeOf(const Outcome& outcome) { return errorOf(outcome)["code"].toString(); }
    int countOf(const QString& kind, const QString& plan, const QString& step = {})
    {
        int count = 0;
        for (const QJsonValue record : m_home.records(kind)) {
            const bool isIt = step.isEmpty() || record["body"]["step"] == step;
            count += isIt && record["stream"].toString().endsWith(plan) ? 1 : 0;
        }
        return count;
    }

    LabHome m_home;
};

QTEST_GUILESS_MAIN(TestRaces)
#include "tst_races.moc"
