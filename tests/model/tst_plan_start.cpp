// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/plan_run.h"

#include <QTest>

using namespace rc;
using namespace rc::test;

namespace {

ProcedureBuilder twoSteps()
{
    return ProcedureBuilder().manual("inspect").automated("restore").by({Role::NodeOperator});
}

} // namespace

/// Starting a plan: for which incident, by whom, and what is refused.
class TestPlanStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatHasNoWayBackIsAPointOfNoReturn_data()
    {
        QTest::addColumn<ActionType>("action");
        QTest::addColumn<QJsonObject>("parameters");
        QTest::addColumn<bool>("isFinal");
        const QJsonObject back{{"program", "true"}};
        QTest::newRow("a command") << ActionType::Command << QJsonObject{{"program", "x"}} << true;
        QTest::newRow("a command that only looks") << ActionType::Command << QJsonObject{{"changes", false}} << false;
        QTest::newRow("a command with a way back") << ActionType::Command << QJsonObject{{"undo", back}} << false;
        QTest::newRow("a post") << ActionType::HttpRequest << QJsonObject{{"method", "POST"}} << true;
        QTest::newRow("a get") << ActionType::HttpRequest << QJsonObject{{"method", "GET"}} << false;
        QTest::newRow("a post with a way back")
            << ActionType::HttpRequest << QJsonObject{{"method", "POST"}, {"undo", back}} << false;
        QTest::newRow("blocks that are dropped") << ActionType::RecoverChainData << QJsonObject{} << true;
        QTest::newRow("a restoration") << ActionType::RestoreSystem << QJsonObject{} << false;
    }

    void whatHasNoWayBackIsAPointOfNoReturn()
    {
        QFETCH(ActionType, action);
        QFETCH(QJsonObject, parameters);
        auto procedure = ProcedureBuilder().automated("act").with(parameters).build();
        procedure.steps.first().actionType = action;
        Plan plan;
        plan.status = PlanStatus::InProgress;
        plan.begin(procedure);
        QTEST(plan.isPointOfNoReturn(0), "isFinal");
        QFETCH(bool, isFinal);
        QCOMPARE(runnableSteps(plan, olga, Timestamp()).isEmpty(), isFinal); // a person starts it by name
    }

    void startingRefuses_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("code");
        QTest::newRow("a person without the procedure's role") << "role" << "permission_denied";
        QTest::newRow("a procedure without steps") << "steps" << "invalid_input";
        QTest::newRow("a procedure without verification") << "verification" << "invalid_input";
        QTest::newRow("an incident of another type") << "type" << "wrong_state";
        QTest::newRow("an incident not contained") << "contained" << "wrong_state";
        QTest::newRow("a second open plan") << "open" << "wrong_state";
        QTest::newRow("a closed incident") << "closed" << "wrong_state";
        QTest::newRow("a system the inventory lacks") << "system" << "invalid_input";
        QTest::newRow("an action that cannot be executed") << "action" << "invalid_input";
        QTest::newRow("a check that is not there") << "check" << "invalid_input";
        QTest::newRow("a step's check that is not there") << "step check" << "invalid_input";
    }

    void startingRefuses()
    {
        QFETCH(QString, what);
        QFETCH(QString, code);
        const auto events = decide(broken(what), what == "role" ? nora : olga);
        QVERIFY(!events);
        QCOMPARE(idOf(events.error().code), code);
        QVERIFY(!events.error().message.isEmpty());
    }

    void onlyACommanderOverridesWithAReason()
    {
        auto procedure = twoSteps().build();
        procedure.requiredRoles = {Role::ProtocolLead};
        auto command = startOf(procedure);
        command.pins.incident.containedAt.reset();
        command.openPlans = {PlanId("PLAN-0")};
        command.pins.overrideReason = "  ";
        QCOMPARE(decide(command, olga).error().code, ErrorCode::WrongState);
        command.pins.overrideReason = "the attacker's way in is cut at the firewall";
        QCOMPARE(decide(command, ben).error().code, ErrorCode::PermissionDenied);
        QVERIFY(decide(command, olga));
    }

    void nobodyOverridesAClosedIncident()
    {
        auto command = startOf(twoSteps().build());
        command.pins.incident.status = IncidentStatus::Closed;
        command.pins.overrideReason = "all the same";
        QCOMPARE(decide(command, olga).error().code, ErrorCode::WrongState);
    }

    void aNewPlanStandsAtItsFirstStep()
    {
        const PlanRun run(twoSteps());
        QCOMPARE(run.status(), "in_progress");
        QCOMPARE(run.plan.currentStepIndex(), 0);
        QCOMPARE(run.plan.startedBy, olga.id);
        QCOMPARE(run.state("inspect"), "ready");
        QCOMPARE(run.state("restore"), "waiting");
        QCOMPARE(run.why("restore"), QStringList{"dependency: step 'inspect' is not done"});
    }

private:
    static StartPlan broken(const QString& what)
    {
        auto procedure = twoSteps().build();
        if (what == "steps") {
            procedure.steps.clear();
        } else if (what == "verification") {
            procedure.verification.clear();
        } else if (what == "type") {
            procedure.incidentTypes = {IncidentType::ConsensusHalt};
        } else if (what == "step check") {
            procedure.steps.last().actionType = ActionType::Check;
            procedure.steps.last().parameters = {{"check", "crystal_ball"}};
        }
        auto command = startOf(procedure);
        if (what == "contained") {
            command.pins.incident.containedAt.reset();
        } else if (what == "open") {
            command.openPlans = {PlanId("PLAN-0")};
        } else if (what == "closed") {
            command.pins.incident.status = IncidentStatus::Closed;
        } else if (what == "system") {
            command.pins.incident.systems.append(SystemId("validator-9"));
        } else if (what == "action") {
            command.executableActions.remove(ActionType::RestoreSystem);
        } else if (what == "check") {
            command.knownChecks.clear();
        }
        return command;
    }
};

QTEST_GUILESS_MAIN(TestPlanStart)
#include "tst_plan_start.moc"
