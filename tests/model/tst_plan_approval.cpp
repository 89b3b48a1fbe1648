// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/plan_run.h"

#include <QTest>

using namespace rc;
using namespace rc::test;
using namespace std::chrono_literals;

namespace {

/// When a PlanRun begins, and so when what is forged below was signed.
constexpr Timestamp signedAt(std::chrono::hours(480'002));

ProcedureBuilder rollBack()
{
    return ProcedureBuilder()
        .automated("roll_back")
        .by({Role::ProtocolLead, Role::NodeOperator})
        .approvedBy(Role::ProtocolLead);
}

ProcedureBuilder cutOver()
{
    return ProcedureBuilder()
        .manual("cut_over")
        .by({Role::ProtocolLead, Role::NodeOperator})
        .approvedBy(Role::ProtocolLead);
}

} // namespace

/// Four eyes (product rule 3).
class TestPlanApproval : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStepThatNeedsApprovalWaitsForIt()
    {
        PlanRun run(rollBack());
        QCOMPARE(run.state("roll_back"), "awaiting_approval");
        QVERIFY(run.why("roll_back").first().startsWith("approval: 1 more"));
        QCOMPARE(run.does(olga, start("roll_back")), "wrong_state");
        QVERIFY(run.runnable(olga).isEmpty());
        QCOMPARE(run.approves(ben, "roll_back"), "done");
        QCOMPARE(run.state("roll_back"), "ready");
        QCOMPARE(run.does(olga, start("roll_back")), "done");
        QVERIFY(run.record("roll_back").approvals.first().used);
    }

    void nobodyIsBothSidesOfACheck()
    {
        PlanRun run(rollBack());
        QCOMPARE(run.approves(olga, "roll_back"), "permission_denied"); // she started the plan
        QCOMPARE(run.does(pia, ArmPlan{desk}), "done");
        QCOMPARE(run.approves(pia, "roll_back"), "permission_denied"); // her arming would run it
        QCOMPARE(run.approves(ben, "roll_back"), "done");
        QCOMPARE(run.does(ben, start("roll_back")), "permission_denied");
        QCOMPARE(run.does(pia, start("roll_back")), "done");
    }

    void whoArmsThePlanAfterwardsHasNotApproved()
    {
        PlanRun run(rollBack());
        QCOMPARE(run.approves(pia, "roll_back"), "done");
        QCOMPARE(run.does(pia, ArmPlan{desk}), "done");
        QCOMPARE(run.state("roll_back"), "awaiting_approval");
        QCOMPARE(run.does(pia, DisarmPlan{"Ben does it"}), "done");
        QCOMPARE(run.state("roll_back"), "ready");
    }

    void whoHasApprovedAManualStepDoesNotCompleteItEither()
    {
        PlanRun run(cutOver());
        QCOMPARE(run.approves(ben, "cut_over"), "done");
        QCOMPARE(run.does(ben, done("cut_over")), "permission_denied");
        QCOMPARE(run.does(nora, start("cut_over")), "done");
        run.wait(std::chrono::hours(1)); // used is used, long after it would have expired
        QCOMPARE(run.does(ben, done("cut_over")), "permission_denied");
        QCOMPARE(run.does(nora, done("cut_over")), "done");
    }

    void whoHasApprovedAStepDoesNotSettleItEither()
    {
        PlanRun run(rollBack());
        QCOMPARE(run.approves(ben, "roll_back"), "done");
        QCOMPARE(run.does(olga, start("roll_back")), "done");
        QCOMPARE(run.does(olga, MarkUnknown{StepId("roll_back"), desk.id}), "done");
        const ResolveUnknown found{StepId("roll_back"), EffectState::Applied, good()};
        QCOMPARE(run.does(ben, found), "permission_denied");
        QCOMPARE(run.does(pia, found), "done");
    }

    void doingAManualStepAtOnceUsesItsApprovals()
    {
        PlanRun run(cutOver());
        QCOMPARE(run.does(nora, done("cut_over")), "wrong_state");
        QCOMPARE(run.approves(ben, "cut_over"), "done");
        QCOMPARE(run.does(nora, done("cut_over")), "done");
        QVERIFY(run.record("cut_over").approvals.first().used);
    }

    void whoRanAnAttemptDoesNotApproveTheNext()
    {
        PlanRun run(rollBack());
        QCOMPARE(run.approves(ben, "roll_back"), "done");
        QCOMPARE(run.does(pia, start("roll_back")), "done");
        QCOMPARE(run.does(olga, MarkUnknown{StepId("roll_back"), desk.id}), "done"); // interrupted, no outcome
        QCOMPARE(run.does(olga, retry("roll_back")), "done");
        QCOMPARE(run.approves(pia, "roll_back"), "permission_denied");
        QCOMPARE(run.approves(ben, "roll_back"), "done");
    }

    void approvalsLapseOnRetry()
    {
        PlanRun run(rollBack());
        QCOMPARE(run.approves(ben, "roll_back"), "done");
        QCOMPARE(run.runs(nora, "roll_back", bad()), "done");
        QCOMPARE(run.does(nora, retry("roll_back")), "done");
        QCOMPARE(run.state("roll_back"), "awaiting_approval");
        QCOMPARE(run.does(nora, start("roll_back")), "wrong_state");
        QCOMPARE(run.approves(ben, "roll_back"), "done"); // the same person may look again
        QCOMPARE(run.does(nora, start("roll_back")), "done");
    }

    void approvalsExpireAndMayBeGivenAgain()
    {
        PlanRun run(rollBack());
        QCOMPARE(run.approves(ben, "roll_back"), "done");
        run.wait(std::chrono::minutes(10));
        QCOMPARE(run.state("roll_back"), "awaiting_approval");
        QCOMPARE(run.does(olga, start("roll_back")), "wrong_state");
        QCOMPARE(run.approves(ben, "roll_back"), "done");
        QCOMPARE(run.does(olga, start("roll_back")), "done");
        QVERIFY(!run.record("roll_back").approvals[0].used);
        QVERIFY(run.record("roll_back").approvals[1].used);
    }

    void aClockThatIsSetBackRevivesNoApproval()
    {
        PlanRun run(rollBack().automated("look").after({}).manual("tell").after({}));
        QCOMPARE(run.approves(ben, "roll_back"), "done");
        run.wait(std::chrono::hours(1));
        QCOMPARE(run.runs(olga, "look"), "done"); // the plan has seen this hour
        run.wait(-std::chrono::hours(1));
        QCOMPARE(run.state("roll_back"), "awaiting_approval");
        QCOMPARE(run.does(olga, start("roll_back")), "wrong_state");

        // What was said by a clock that ran ahead ends nothing that is given afterwards.
        QCOMPARE(run.approves(pia, "roll_back"), "done");
        QCOMPARE(run.does(olga, done("tell")), "done");
        QCOMPARE(run.does(olga, start("roll_back")), "done");
    }

    void doingWithoutAStepTakesTheSameConsent()
    {
        PlanRun run(rollBack());
        QCOMPARE(run.does(olga, skip("roll_back")), "wrong_state");
        QCOMPARE(run.approves(ben, "roll_back"), "done"); // to running it
        QCOMPARE(run.does(olga, skip("roll_back")), "wrong_state");
        QCOMPARE(run.approves(olga, "roll_back", StepAct::Skip), "permission_denied");
        QCOMPARE(run.approves(pia, "roll_back", StepAct::Skip), "done");
        QCOMPARE(run.state("roll_back"), "ready"); // the other consent stands
        const Actor both{pia.id, {Role::IncidentCommander, Role::ProtocolLead}};
        QCOMPARE(run.does(both, skip("roll_back")), "permission_denied"); // nobody is both sides of a check
        QCOMPARE(run.does(olga, skip("roll_back")), "done");
        QVERIFY(run.record("roll_back").approvals[1].used);
        QCOMPARE(run.does(olga, retry("roll_back")), "done");
        QCOMPARE(run.does(olga, skip("roll_back")), "wrong_state"); // another attempt
    }

    void doingWithoutIsConsentedToBeforeItsTurn()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("locate")
                        .leaves({"height"})
                        .automated("roll_back")
                        .approvedBy(Role::ProtocolLead)
                        .with({{"height", "${steps.locate.result.height}"}}));
        // Without the first there is no height, and so no second.
        QCOMPARE(run.does(olga, skip("locate")), "wrong_state");
        QCOMPARE(run.approves(ben, "roll_back", StepAct::Skip), "done");
        QCOMPARE(run.does(olga, skip("locate")), "done");
        QCOMPARE(run.state("roll_back"), "skipped");
        QVERIFY(run.record("roll_back").approvals.first().used);
        QCOMPARE(run.approves(pia, "roll_back", StepAct::Skip), "wrong_state");
    }

    void whatHasNotFailedButRunIsNotSkippedByConsent()
    {
        PlanRun run(rollBack());
        QCOMPARE(run.approves(ben, "roll_back"), "done");
        QCOMPARE(run.does(pia, start("roll_back")), "done");
        QCOMPARE(run.approves(ben, "roll_back", StepAct::Skip), "conflict");
        QCOMPARE(run.does(pia, outcome("roll_back", bad())), "done");
        QCOMPARE(run.approves(pia, "roll_back", StepAct::Skip), "permission_denied"); // she ran it
        QCOMPARE(run.approves(ben, "roll_back", StepAct::Skip), "done");
        QCOMPARE(run.does(olga, skip("roll_back")), "done");
    }

    void whatWasConsentedToBeforeItBeganIsOver()
    {
        PlanRun run(rollBack());
        QCOMPARE(run.approves(ben, "roll_back", StepAct::Skip), "done"); // nothing has been touched
        QCOMPARE(run.approves(ben, "roll_back"), "done");
        QCOMPARE(run.does(olga, start("roll_back")), "done");
        QVERIFY(run.record("roll_back").approvals[0].isOver);
        QCOMPARE(run.does(olga, outcome("roll_back", bad())), "done");
        QCOMPARE(run.does(olga, skip("roll_back")), "wrong_state"); // now something may stand half done
        QCOMPARE(run.approves(pia, "roll_back", StepAct::Skip), "done");
        QCOMPARE(run.does(olga, skip("roll_back")), "done");
        QVERIFY(run.folded() == run.plan);
    }

    void anApprovalLapsesOnUseAndOnChange()
    {
        PlanRun run(rollBack().asksFor("height").with({{"height", "${plan.params.height}"}}));
        run.plan.pins.parameters = {{"height", 42}};
        QCOMPARE(run.approves(ben, "roll_back"), "done");
        run.plan.pins.parameters = {{"height", 41}};
        QCOMPARE(run.state("roll_back"), "awaiting_approval");
        run.plan.pins.parameters = {{"height", 42}};
        QCOMPARE(run.state("roll_back"), "ready");
        run.plan.steps.edit(0).approvals[0].used = true;
        QCOMPARE(run.state("roll_back"), "awaiting_approval");
    }

    void anApprovalIsGivenOnce()
    {
        PlanRun run(rollBack());
        const auto statement = run.statementOf(ben, "roll_back");
        QVERIFY(statement);
        const ApproveStep consent{signedBy(ben, toJson(*statement))};
        QCOMPARE(run.does(ben, consent), "done");
        QCOMPARE(run.does(ben, consent), "conflict");
        QCOMPARE(run.runs(olga, "roll_back", bad()), "done");
        QCOMPARE(run.does(olga, retry("roll_back")), "done");
        QCOMPARE(run.does(ben, consent), "conflict");
    }

    void anApprovalBindsTheExactAction_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("kind") << "kind" << QJsonValue("plan_declared");
        QTest::newRow("store") << "store" << QJsonValue("store-2");
        QTest::newRow("plan") << "plan" << QJsonValue("PLAN-2");
        QTest::newRow("plan hash") << "plan_hash" << QJsonValue("other");
        QTest::newRow("step") << "step" << QJsonValue("restart");
        QTest::newRow("attempt") << "attempt" << QJsonValue(2);
        QTest::newRow("parameters") << "parameters_hash" << QJsonValue("other");
        QTest::newRow("rehearsal") << "rehearsal" << QJsonValue(true);
        QTest::newRow("person") << "operator" << QJsonValue("pia");
        QTest::newRow("role nobody asked for") << "role" << QJsonValue("security_analyst");
        QTest::newRow("role that does not exist") << "role" << QJsonValue("emperor");
        QTest::newRow("no nonce") << "nonce" << QJsonValue("");
        QTest::newRow("issued in the future") << "issued" << QJsonValue("2100-01-01T00:00:00.000Z");
        QTest::newRow("expired") << "expires" << QJsonValue("2000-01-01T00:00:00.000Z");
        QTest::newRow("for ever") << "expires" << QJsonValue("9999-12-31T23:59:59.999Z");
        QTest::newRow("longer than it may") << "expires" << QJsonValue(toRfc3339(signedAt + ApprovalValidity + 1ms));
        QTest::newRow("given at no time") << "issued" << QJsonValue();
        QTest::newRow("something added") << "and" << QJsonValue("everything else");
    }

    void anApprovalBindsTheExactAction()
    {
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        PlanRun run(rollBack().automated("restart").after({}).approvedBy(Role::ProtocolLead).with({{"fast", true}}));
        const auto statement = run.statementOf(ben, "roll_back");
        QVERIFY(statement);
        QCOMPARE(statement->issued, signedAt);
        auto forged = toJson(*statement);
        forged[field] = value;
        QCOMPARE(run.does(ben, ApproveStep{signedBy(ben, forged)}), "permission_denied");
        QCOMPARE(run.state("roll_back"), "awaiting_approval");
        QCOMPARE(run.does(ben, ApproveStep{signedBy(ben, toJson(*statement))}), "done"); // the true one still counts
    }

    void anApprovalHoldsAsLongAsItMayAndNoLonger()
    {
        PlanRun run(rollBack());
        auto statement = run.statementOf(ben, "roll_back");
        QVERIFY(statement);
        statement->expires = statement->issued + ApprovalValidity;
        QCOMPARE(run.does(ben, ApproveStep{signedBy(ben, toJson(*statement))}), "done");
        run.wait(ApprovalValidity - 1ms);
        QCOMPARE(run.state("roll_back"), "ready");
        run.wait(1ms);
        QCOMPARE(run.state("roll_back"), "awaiting_approval");
    }

    void whatIsNoStatementIsNoApproval()
    {
        PlanRun run(rollBack());
        QCOMPARE(run.does(ben, ApproveStep{{"certainly", "signature", "key"}}), "permission_denied");
    }

    void anApprovalIsForARehearsalOrForTheRealThing()
    {
        auto command = startOf(rollBack().build());
        command.pins.rehearsal = true;
        PlanRun rehearsal(command);
        PlanRun real(rollBack());
        const auto consent = rehearsal.statementOf(ben, "roll_back");
        QVERIFY(consent);
        QCOMPARE(real.does(ben, ApproveStep{signedBy(ben, toJson(*consent))}), "permission_denied");
    }

    void whatIsNotSettledCannotBeApproved()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("locate")
                        .leaves({"height"})
                        .automated("roll_back")
                        .approvedBy(Role::ProtocolLead)
                        .with({{"height", "${steps.locate.result.height}"}}));
        QCOMPARE(run.approves(ben, "roll_back"), "invalid_step_index");
        QCOMPARE(run.runs(olga, "locate", good({{"height", 42}})), "done");
        QCOMPARE(run.approves(ben, "roll_back"), "done");
        QCOMPARE(run.does(olga, start("roll_back")), "done");
        QCOMPARE(run.approves(pia, "roll_back"), "conflict"); // it runs with all it needs
    }

    void aStepThatNeedsNoneTakesNone()
    {
        PlanRun run(ProcedureBuilder().automated("restore"));
        QCOMPARE(run.approves(ben, "restore"), "wrong_state");
        QCOMPARE(run.approves(ben, "no_such_step"), "not_found");
    }

    void soManyDifferentPeopleOfTheseRoles()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("roll_back")
                        .approvedBy(Role::ProtocolLead, 2)
                        .approvedBy(Role::SecurityAnalyst));
        const Actor sam{OperatorId("sam"), {Role::SecurityAnalyst, Role::Observer}};
        QCOMPARE(run.approves(eve, "roll_back"), "permission_denied");
        QCOMPARE(run.approves(ben, "roll_back"), "done");
        QCOMPARE(run.approves(ben, "roll_back"), "conflict"); // he holds both roles and is still one person
        QCOMPARE(run.approves(pia, "roll_back"), "done");
        QCOMPARE(run.state("roll_back"), "awaiting_approval");
        QCOMPARE(run.approves(sam, "roll_back"), "done");
        QCOMPARE(run.state("roll_back"), "ready");
        const Actor lead{OperatorId("lea"), {Role::ProtocolLead}};
        QCOMPARE(run.approves(lead, "roll_back"), "conflict"); // it has all it needs
        QCOMPARE(run.does(olga, start("roll_back")), "done");
        QCOMPARE(run.record("roll_back").approvals.size(), 3);
    }

    void approvingIsForAPlanThatIsWorkedOn()
    {
        PlanRun run(rollBack());
        QCOMPARE(run.does(olga, PausePlan{}), "done");
        QCOMPARE(run.approves(ben, "roll_back"), "wrong_state");
    }

    void whoApprovedDoesNotVouchForAnInterruptedStep()
    {
        PlanRun run(rollBack());
        QCOMPARE(run.approves(ben, "roll_back"), "done");
        QCOMPARE(run.does(pia, start("roll_back")), "done");
        QCOMPARE(run.does(pia, MarkUnknown{StepId("roll_back"), desk.id}), "done");
        QCOMPARE(run.does(ben, done("roll_back")), "permission_denied");
        QCOMPARE(run.does(nora, done("roll_back")), "done");
    }
};

QTEST_GUILESS_MAIN(TestPlanApproval)
#include "tst_plan_approval.moc"
