// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/plan_run.h"

#include <QTest>

using namespace rc;
using namespace rc::test;

namespace {

/// locate → roll_back → restart, with a check of each of the last two.
PlanRun readyToVerify(Milliseconds soak = Milliseconds(0), bool automatic = false)
{
    ProcedureBuilder procedure;
    procedure.automated("locate").automated("roll_back").automated("restart");
    procedure.check("agreement", "roll_back").check("health", "restart").soak(soak);
    if (automatic) {
        procedure.closesAutomatically();
    }
    PlanRun run(procedure);
    for (const auto& step : QStringList{"locate", "roll_back", "restart"}) {
        run.runs(olga, step);
    }
    return run;
}

const QList<VerificationResult> allGood{answer("agreement", true), answer("health", true)};
const QList<VerificationResult> disagreement{answer("agreement", false), answer("health", true)};
const QList<VerificationResult> unhealthy{answer("agreement", true), answer("health", false)};

} // namespace

/// What follows the last step: verification, the soak, the end.
class TestPlanVerification : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void verificationComesAfterTheLastStep()
    {
        PlanRun run(ProcedureBuilder().automated("restore"));
        QCOMPARE(run.does(olga, StartVerification{desk}), "invalid_step_index");
        QCOMPARE(run.runs(olga, "restore"), "done");
        QCOMPARE(run.does(eve, StartVerification{desk}), "permission_denied");
        QCOMPARE(run.does(cora, StartVerification{desk}), "done");
    }

    void oneVerificationRunsAtATime()
    {
        auto run = readyToVerify();
        QCOMPARE(run.does(olga, StartVerification{desk}), "done");
        QCOMPARE(run.does(ben, StartVerification{otherDesk, true}), "permission_denied");
        QCOMPARE(run.does(pia, StartVerification{otherDesk, true}), "permission_denied");
        QCOMPARE(run.does(cora, StartVerification{otherDesk, true}), "conflict");
        QCOMPARE(run.does(cora, StartVerification{otherDesk, false}), "done"); // the first executor is dead
        QCOMPARE(run.does(olga, FinishVerification{desk.id, allGood}), "conflict");
        QCOMPARE(run.does(cora, FinishVerification{otherDesk.id, allGood}), "done");
        QCOMPARE(run.plan.verificationResults.first().attempt, 2); // whatever its sender wrote
    }

    void aCheckThatDidNotAnswerHasFailed()
    {
        auto run = readyToVerify();
        QCOMPARE(run.verifies(olga, {answer("agreement", true)}), "done");
        QCOMPARE(run.status(), "verification_failed");
        QCOMPARE(run.plan.verificationResults.last().id, VerificationId("health"));
        QVERIFY(!run.plan.verificationResults.last().passed);
        QCOMPARE(run.attempts("restart"), 2);
    }

    void anAnswerToNoCheckIsRefused()
    {
        auto run = readyToVerify();
        QCOMPARE(run.verifies(olga, allGood + QList{answer("weather", true)}), "invalid_input");
        QCOMPARE(run.status(), "in_progress");
    }

    void aFailedVerificationReopensItsOwnerAndWhatDependsOnIt()
    {
        auto run = readyToVerify();
        QCOMPARE(run.does(olga, ArmPlan{desk}), "done");
        QCOMPARE(run.verifies(olga, disagreement), "done");
        QCOMPARE(run.status(), "verification_failed");
        QCOMPARE(run.state("locate"), "succeeded");
        QCOMPARE(run.state("roll_back"), "ready");
        QCOMPARE(run.attempts("roll_back"), 2);
        QCOMPARE(run.state("restart"), "waiting");
        QCOMPARE(run.plan.currentStepIndex(), 1);
        QVERIFY(!run.plan.isArmed()); // nothing runs a second time by itself
        QCOMPARE(run.plan.completedSteps.size(), 3);
        QCOMPARE(run.does(olga, StartVerification{desk}), "invalid_step_index");
    }

    void runningTheOwnerReturnsThePlanToInProgressAndVerificationRunsWhole()
    {
        auto run = readyToVerify();
        QCOMPARE(run.verifies(olga, disagreement), "done");
        QCOMPARE(run.runs(olga, "roll_back"), "done");
        QCOMPARE(run.status(), "in_progress");
        QCOMPARE(run.state("restart"), "ready"); // to be confirmed again
        QCOMPARE(run.runs(olga, "restart"), "done");
        QCOMPARE(run.verifies(olga, {answer("agreement", true)}), "done"); // half of it is not enough
        QCOMPARE(run.status(), "verification_failed");
        QCOMPARE(run.runs(olga, "restart"), "done");
        QCOMPARE(run.verifies(olga, allGood), "done");
        QCOMPARE(run.status(), "soaking");
        QCOMPARE(run.plan.verificationResults.size(), 6); // all stay in history
        QCOMPARE(run.plan.completedSteps.size(), 6);
    }

    void anOwnerThatFailsAgainLeavesThePlanFailed()
    {
        auto run = readyToVerify();
        QCOMPARE(run.verifies(olga, disagreement), "done");
        QCOMPARE(run.runs(olga, "roll_back", bad()), "done");
        QCOMPARE(run.status(), "verification_failed");
    }

    void anUndoThatFailsLeavesNoPlanFailedWhoseOwnersAreDone()
    {
        PlanRun run(
            ProcedureBuilder().automated("a").automated("b").after({}).check("check_a", "a").check("check_b", "b"));
        QCOMPARE(run.runs(olga, "a"), "done");
        QCOMPARE(run.runs(olga, "b"), "done");
        QCOMPARE(run.verifies(olga, {answer("check_a", false), answer("check_b", false)}), "done");
        QCOMPARE(run.does(olga, start("a")), "done");
        QCOMPARE(run.does(olga, keep("a", 2)), "done");
        QCOMPARE(run.does(olga, outcome("a", good(), 2)), "done");
        QCOMPARE(run.does(olga, undo("a")), "done");
        QCOMPARE(run.runs(olga, "b"), "done");
        QCOMPARE(run.status(), "verification_failed");
        QCOMPARE(run.does(olga, undone("a", bad(), 2)), "done");
        QCOMPARE(run.status(), "in_progress");
        QVERIFY(run.folded() == run.plan);
    }

    void anOwnerThatAPersonHadSkippedIsNeededWhateverItsConditionsSay()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("look")
                        .leaves({"kind"})
                        .automated("roll_back")
                        .when("${steps.look.result.kind}", Comparison::Is, "fork")
                        .check("agreement", "roll_back"));
        QCOMPARE(run.does(olga, skip("roll_back")), "done");
        QCOMPARE(run.runs(olga, "look", good({{"kind", "lag"}})), "done");
        QCOMPARE(run.verifies(olga, {answer("agreement", false)}), "done");
        QCOMPARE(run.state("roll_back"), "ready");
        QCOMPARE(run.does(olga, ArmPlan{desk}), "done");
        QCOMPARE(run.runnable(olga), QStringList{"roll_back"});
    }

    void everyOwnerHasToRunBeforeThePlanIsInProgressAgain()
    {
        PlanRun run(
            ProcedureBuilder().automated("a").automated("b").after({}).check("check_a", "a").check("check_b", "b"));
        QCOMPARE(run.runs(olga, "a"), "done");
        QCOMPARE(run.runs(olga, "b"), "done");
        QCOMPARE(run.verifies(olga, {answer("check_a", false), answer("check_b", false)}), "done");
        QCOMPARE(run.runs(olga, "a"), "done");
        QCOMPARE(run.status(), "verification_failed");
        QCOMPARE(run.runs(olga, "b"), "done");
        QCOMPARE(run.status(), "in_progress");
    }

    void oneOwnerOfTwoFailedChecksIsReopenedOnce()
    {
        PlanRun run(ProcedureBuilder().automated("restore").check("one", "restore").check("two", "restore"));
        QCOMPARE(run.runs(olga, "restore"), "done");
        QCOMPARE(run.verifies(olga, {answer("one", false), answer("two", false)}), "done");
        QCOMPARE(run.attempts("restore"), 2);
    }

    void aCheckWithoutOwnerKeepsThePlanOpenAndMayBeRunAgain()
    {
        PlanRun run(ProcedureBuilder().automated("restore").check("weather", ""));
        QCOMPARE(run.runs(olga, "restore"), "done");
        QCOMPARE(run.verifies(olga, {answer("weather", false)}), "done");
        QCOMPARE(run.status(), "verification_failed");
        QCOMPARE(run.state("restore"), "succeeded");
        QCOMPARE(run.verifies(olga, {answer("weather", true)}), "done");
        QCOMPARE(run.status(), "soaking");
    }

    void aStepTakenUpAgainVoidsTheVerificationThatRuns()
    {
        PlanRun run(ProcedureBuilder().automated("restore").manual("tell"));
        QCOMPARE(run.runs(olga, "restore"), "done");
        QCOMPARE(run.does(olga, skip("tell")), "done");
        QCOMPARE(run.does(olga, StartVerification{desk}), "done");
        QCOMPARE(run.does(olga, retry("tell")), "done");
        QCOMPARE(run.does(olga, FinishVerification{desk.id, {answer("agreement", true)}}), "conflict");
        QCOMPARE(run.status(), "in_progress");
    }

    void aPauseOutlivesTheVerificationThatEndsInIt_data()
    {
        QTest::addColumn<bool>("passes");
        QTest::addColumn<QString>("after");
        QTest::newRow("passed") << true << "soaking";
        QTest::newRow("failed") << false << "verification_failed";
    }

    void aPauseOutlivesTheVerificationThatEndsInIt()
    {
        QFETCH(bool, passes);
        QFETCH(QString, after);
        auto run = readyToVerify(Milliseconds(0), true);
        QCOMPARE(run.does(olga, StartVerification{desk}), "done");
        QCOMPARE(run.does(olga, PausePlan{"wait for the vendor"}), "done");
        QCOMPARE(run.does(olga, FinishVerification{desk.id, passes ? allGood : disagreement}), "done");
        QCOMPARE(run.status(), "paused");
        QCOMPARE(run.does(olga, ResumePlan{}), "done");
        QCOMPARE(run.status(), after);
        if (passes) {
            QCOMPARE(run.verifies(olga, allGood), "done");
            QCOMPARE(run.status(), "completed");
        }
    }

    void resumingReturnsToTheStatusThatWasPaused()
    {
        auto run = readyToVerify();
        QCOMPARE(run.verifies(olga, disagreement), "done");
        QCOMPARE(run.does(olga, PausePlan{}), "done");
        QCOMPARE(run.does(olga, ResumePlan{}), "done");
        QCOMPARE(run.status(), "verification_failed");
        QCOMPARE(run.runs(olga, "roll_back"), "done"); // restart is still waiting for its confirmation
        QCOMPARE(run.does(olga, PausePlan{}), "done");
        QCOMPARE(run.does(olga, ResumePlan{}), "done");
        QCOMPARE(run.status(), "in_progress");
    }

    // --- the end

    void theEndIsDeclaredByARoleAfterTheSoakAndOneMoreLook()
    {
        auto run = readyToVerify(std::chrono::minutes(5));
        QCOMPARE(run.declares(olga), "wrong_state"); // nothing verified
        QCOMPARE(run.verifies(olga, allGood), "done");
        QCOMPARE(run.plan.phase(), Phase::Soak);
        QCOMPARE(run.declares(olga), "wrong_state"); // too early
        run.wait(std::chrono::minutes(5));
        QCOMPARE(run.declares(olga), "wrong_state"); // green five minutes ago is not green now
        QCOMPARE(run.verifies(olga, allGood), "done");
        QCOMPARE(run.declares(ben), "permission_denied");
        QCOMPARE(run.declares(olga), "done");
        QCOMPARE(run.status(), "completed");
        QCOMPARE(run.plan.declaredBy, olga.id);
        QVERIFY(run.plan.completedAt);
        QCOMPARE(run.plan.phase(), Phase::Closed);
        QCOMPARE(run.declares(olga), "wrong_state");
    }

    void aCheckThatFailsInTheSoakReopensThePlan()
    {
        auto run = readyToVerify(std::chrono::minutes(5));
        QCOMPARE(run.verifies(olga, allGood), "done");
        run.wait(std::chrono::minutes(6));
        QCOMPARE(run.verifies(olga, unhealthy), "done");
        QCOMPARE(run.status(), "verification_failed");
        QVERIFY(!run.plan.soakUntil);
        QCOMPARE(run.runs(olga, "restart"), "done");
        QCOMPARE(run.verifies(olga, allGood), "done");
        QCOMPARE(*run.plan.soakUntil, run.now + std::chrono::minutes(5)); // it starts anew
    }

    void nothingIsDoneToStepsInTheSoak()
    {
        auto run = readyToVerify(std::chrono::minutes(5));
        QCOMPARE(run.verifies(olga, allGood), "done");
        QCOMPARE(run.does(olga, start("restart")), "wrong_state");
        QCOMPARE(run.does(olga, ArmPlan{desk}), "wrong_state");
    }

    void aDeclarationIsAboutThisPlanAsItStands_data()
    {
        QTest::addColumn<QString>("field");
        QTest::newRow("kind") << "kind";
        QTest::newRow("store") << "store";
        QTest::newRow("plan") << "plan";
        QTest::newRow("plan hash") << "plan_hash";
        QTest::newRow("person") << "operator";
        QTest::newRow("time") << "declared_at";
        QTest::newRow("results") << "verification";
    }

    void aDeclarationIsAboutThisPlanAsItStands()
    {
        QFETCH(QString, field);
        auto run = readyToVerify();
        QCOMPARE(run.verifies(olga, allGood), "done");
        auto statement = declarationStatement(run.plan, olga.id, run.now);
        statement[field] = "something else";
        QCOMPARE(run.does(olga, DeclarePlan{signedBy(olga, statement)}), "permission_denied");
        QCOMPARE(run.status(), "soaking");
        QCOMPARE(run.declares(olga), "done");
    }

    void aProcedureThatClosesAutomaticallyCompletesAsInTheSeed()
    {
        auto run = readyToVerify(Milliseconds(0), true);
        QCOMPARE(run.verifies(olga, allGood), "done");
        QCOMPARE(run.status(), "completed");
        QVERIFY(run.plan.declaredBy.isEmpty()); // nobody declared it
    }

    void anAutomaticEndKeepsTheSoakToo()
    {
        auto run = readyToVerify(std::chrono::minutes(5), true);
        QCOMPARE(run.verifies(olga, allGood), "done");
        QCOMPARE(run.status(), "soaking");
        run.wait(std::chrono::minutes(5));
        QCOMPARE(run.verifies(olga, allGood), "done");
        QCOMPARE(run.status(), "completed");
    }

    void aPlanThatIsToBeDeclaredDoesNotCompleteByItself()
    {
        auto run = readyToVerify();
        QCOMPARE(run.verifies(olga, allGood), "done");
        QCOMPARE(run.verifies(olga, allGood), "done");
        QCOMPARE(run.status(), "soaking");
    }

    void aCancelledVerificationSaysNothingAndMakesRoom()
    {
        auto run = readyToVerify();
        QCOMPARE(run.does(olga, StartVerification{desk}), "done");
        QCOMPARE(run.does(olga, CancelVerification{otherDesk.id}), "done");
        QVERIFY(run.plan.verifying); // not theirs
        QCOMPARE(run.does(olga, CancelVerification{desk.id}), "done");
        QVERIFY(!run.plan.verifying);
        QCOMPARE(run.status(), "in_progress");
        QVERIFY(run.plan.verificationResults.isEmpty());
        QCOMPARE(run.does(olga, FinishVerification{desk.id, allGood}), "conflict");
        QCOMPARE(run.verifies(olga, allGood), "done");
        QCOMPARE(run.plan.verificationAttempt, 2);
    }
};

QTEST_GUILESS_MAIN(TestPlanVerification)
#include "tst_plan_verification.moc"
