// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/handover_sheet.h"
#include "tests/support/plan_run.h"

#include <QTest>

using namespace rc;
using namespace rc::test;

namespace {

ProcedureBuilder threeSteps()
{
    return ProcedureBuilder().automated("stop").automated("restore").automated("restart");
}

QString refusalOf(const PlanRun& run, const QString& step)
{
    const auto may = mayUndo(run.plan, run.at(step));
    return may ? QString() : may.error().message;
}

QStringList stepsOf(const QList<Leftover>& left)
{
    QStringList ids;
    for (const auto& entry : left) {
        ids.append(entry.step.text());
    }
    return ids;
}

} // namespace

/// Taking things back: pre-images, their order, the point of no return, and what a plan leaves behind.
class TestPlanUndo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStepIsUndoneAndCanBeRunAgainAsANewAttempt()
    {
        PlanRun run(threeSteps());
        QCOMPARE(run.runsAndKeeps(olga, "stop"), "done");
        QCOMPARE(run.undoes(olga, "stop"), "done");
        QCOMPARE(run.state("stop"), "undone");
        QCOMPARE(run.plan.currentStepIndex(), 0);
        QCOMPARE(run.state("restore"), "waiting");
        QCOMPARE(run.does(olga, undo("stop")), "wrong_state"); // it is undone already
        QCOMPARE(run.does(olga, start("stop")), "wrong_state");
        QCOMPARE(run.does(olga, retry("stop")), "done");
        QCOMPARE(run.attempts("stop"), 2);
        QCOMPARE(run.state("stop"), "ready");
        QVERIFY(run.folded() == run.plan);
    }

    void stepsAreUndoneBackwards()
    {
        PlanRun run(threeSteps());
        for (const auto& step : QStringList{"stop", "restore"}) {
            QCOMPARE(run.runsAndKeeps(olga, step), "done");
        }
        QCOMPARE(refusalOf(run, "stop"), "Step 'restore' came after 'stop' and has to be undone first.");
        QCOMPARE(run.does(olga, undo("stop")), "wrong_state");
        QCOMPARE(run.undoes(olga, "restore"), "done");
        QCOMPARE(run.undoes(olga, "stop"), "done");
    }

    void nothingIsUndoneBehindWhatCannotBe()
    {
        PlanRun run(threeSteps());
        QCOMPARE(run.runsAndKeeps(olga, "stop"), "done");
        QCOMPARE(run.runsAndKeeps(olga, "restore", good(), Capture::Kind::Final), "done");
        QVERIFY(refusalOf(run, "restore").contains("cannot be undone"));
        QVERIFY(refusalOf(run, "stop").contains("'restore' came after 'stop' and cannot be undone"));
    }

    void aStepThatLeftNothingBehindDoesNotStandInTheWayAndIsDoneAgain()
    {
        PlanRun run(ProcedureBuilder().automated("restore").automated("look").manual("tell"));
        QCOMPARE(run.runsAndKeeps(olga, "restore"), "done");
        QCOMPARE(run.runsAndKeeps(olga, "look", good(), Capture::Kind::NoEffect), "done");
        QCOMPARE(run.does(olga, done("tell")), "done");
        QCOMPARE(run.undoes(olga, "restore"), "done");
        QCOMPARE(run.state("look"), "waiting");
        QCOMPARE(run.attempts("look"), 2);
        QCOMPARE(run.attempts("tell"), 2);
        QCOMPARE(run.does(olga, retry("restore")), "done");
        QCOMPARE(run.runs(olga, "restore"), "done");
        QCOMPARE(run.state("look"), "ready");
    }

    void afterThePointOfNoReturnItIsFinal()
    {
        PlanRun run(ProcedureBuilder().automated("restore").reversibleUntil("open").automated("open"));
        QCOMPARE(run.runsAndKeeps(olga, "restore"), "done");
        QVERIFY(refusalOf(run, "restore").isEmpty());
        QCOMPARE(run.does(olga, start("open")), "done");
        QCOMPARE(refusalOf(run, "restore"), "Step 'restore' is final since step 'open' was started.");
        QVERIFY(run.plan.isPointOfNoReturn(1));
    }

    void afterThePointOfNoReturnItStaysFinalWhateverBecomesOfThat()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("restore")
                        .reversibleUntil("open")
                        .automated("open")
                        .irreversible()
                        .after({})
                        .check("agreement", "open"));
        QCOMPARE(run.runsAndKeeps(olga, "restore"), "done");
        QCOMPARE(run.runsAndKeeps(olga, "open", good(), Capture::Kind::Final), "done");
        QCOMPARE(run.verifies(olga, {answer("agreement", false)}), "done");
        QCOMPARE(run.state("open"), "ready");
        QCOMPARE(refusalOf(run, "restore"), "Step 'restore' is final since step 'open' was started.");
        QCOMPARE(run.does(olga, skip("open")), "done");
        QCOMPARE(refusalOf(run, "restore"), "Step 'restore' is final since step 'open' was started.");
    }

    void aPointOfNoReturnThatDidNothingMakesNothingFinal()
    {
        PlanRun run(ProcedureBuilder().automated("restore").reversibleUntil("open").automated("open"));
        QCOMPARE(run.runsAndKeeps(olga, "restore"), "done");
        QCOMPARE(run.runs(olga, "open", bad("it cannot run here")), "done");
        QVERIFY(refusalOf(run, "restore").isEmpty());
        QCOMPARE(run.does(olga, retry("open")), "done");
        QCOMPARE(run.does(olga, start("open")), "done");
        QCOMPARE(run.does(olga, keep("open", 2, Capture::Kind::Final)), "done");
        QCOMPARE(run.does(olga, MarkUnknown{StepId("open"), desk.id}), "done");
        QVERIFY(!refusalOf(run, "restore").isEmpty());
        QCOMPARE(run.does(olga, ResolveUnknown{StepId("open"), EffectState::NotApplied, good()}), "done");
        QVERIFY(refusalOf(run, "restore").isEmpty());
        QVERIFY(run.folded() == run.plan);
    }

    /// The probe of a restoration finds "not applied" also when the files are the new ones and the service is down.
    void whatMayBeHalfDoneKeepsItsFirstPreImage()
    {
        PlanRun run(ProcedureBuilder().automated("restore").automated("look"));
        run.does(olga, start("restore"));
        run.does(olga, keep("restore"));
        const auto first = run.record("restore").capture;
        run.does(olga, MarkUnknown{StepId("restore"), desk.id});
        QCOMPARE(run.does(olga, ResolveUnknown{StepId("restore"), EffectState::NotApplied, bad()}), "done");
        QCOMPARE(leftoversOf(run.plan).size(), 1);
        QVERIFY(refusalOf(run, "restore").isEmpty());
        run.does(olga, start("restore"));
        QVERIFY(run.record("restore").capture == first);
        QVERIFY(run.folded() == run.plan);
    }

    void whatAFailureHasDoneStandsUntilItIsUndone_data()
    {
        QTest::addColumn<int>("tries");
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("over");
        QTest::newRow("tried again by itself") << 3 << "waiting" << "not_run";
        QTest::newRow("skipped") << 1 << "skipped" << "skipped";
    }

    void whatAFailureHasDoneStandsUntilItIsUndone()
    {
        QFETCH(int, tries);
        PlanRun run(ProcedureBuilder()
                        .automated("stop")
                        .automated("restore")
                        .triedAgain(tries, std::chrono::hours(1))
                        .manual("tell"));
        auto broken = bad();
        broken.leftovers = {QJsonObject{{"system", "validator-3"}, {"what", "A file is there."}, {"cleanup", "rm"}}};
        QCOMPARE(run.runsAndKeeps(olga, "stop"), "done");
        QCOMPARE(run.runsAndKeeps(olga, "restore", broken), "done");
        if (tries == 1) {
            QCOMPARE(run.does(olga, skip("restore")), "done");
        }
        QTEST(run.state("restore"), "state");
        QCOMPARE(refusalOf(run, "stop"), "Step 'restore' came after 'stop' and has to be undone first.");
        QVERIFY(refusalOf(run, "restore").isEmpty());
        QCOMPARE(run.does(olga, AbortPlan{"wrong procedure"}), "done");
        QTEST(run.state("restore"), "over");
        QCOMPARE(stepsOf(leftoversOf(run.plan)), (QStringList{"restore", "restore", "stop"}));
        QCOMPARE(leftoversOf(run.plan)[0].what, "A file is there.");
        QVERIFY(leftoversOf(run.plan)[1].undoable);
        QCOMPARE(run.undoes(olga, "restore"), "done");
        QCOMPARE(run.undoes(olga, "stop"), "done");
        QVERIFY(leftoversOf(run.plan).isEmpty());
        QVERIFY(run.folded() == run.plan);
    }

    void whatWasDoneBeforeAFailedVerificationStillStands()
    {
        PlanRun run(threeSteps());
        for (const auto& step : QStringList{"stop", "restore", "restart"}) {
            QCOMPARE(run.runsAndKeeps(olga, step), "done");
        }
        QCOMPARE(run.verifies(olga, {answer("agreement", false)}), "done"); // opens restart again
        QCOMPARE(run.does(olga, AbortPlan{"enough"}), "done");
        QCOMPARE(stepsOf(leftoversOf(run.plan)), (QStringList{"restart", "restore", "stop"}));
        for (const auto& step : QStringList{"restart", "restore", "stop"}) {
            QCOMPARE(run.undoes(olga, step), "done");
        }
        QVERIFY(leftoversOf(run.plan).isEmpty());
    }

    void attemptsThatFoundOtherThingsAreUndoneOneByOne()
    {
        PlanRun run(ProcedureBuilder().automated("restore"));
        QCOMPARE(run.runsAndKeeps(olga, "restore"), "done");
        QCOMPARE(run.verifies(olga, {answer("agreement", false)}), "done");
        QCOMPARE(run.does(olga, start("restore")), "done");
        QVERIFY(!run.record("restore").capture); // what the first had replaced is not what this one finds
        auto second = keep("restore", 2);
        second.capture.preImage = {{"backup", "b-2"}};
        QCOMPARE(run.does(olga, second), "done");
        QCOMPARE(run.does(olga, outcome("restore", good(), 2)), "done");
        QCOMPARE(run.undoes(olga, "restore"), "done");
        QCOMPARE(run.state("restore"), "undone");
        QCOMPARE(run.record("restore").capture->preImage["backup"].toString(), "b-1");
        QCOMPARE(leftoversOf(run.plan).size(), 1);
        QCOMPARE(run.undoes(olga, "restore"), "done");
        QVERIFY(leftoversOf(run.plan).isEmpty());
        QCOMPARE(refusalOf(run, "restore"), "Step 'restore' is undone already.");
    }

    void anAttemptThatDidNothingLeavesWhatStoodBefore()
    {
        auto reverted = bad();
        reverted.reverted = true;
        for (const bool refused : {true, false}) {
            PlanRun run(ProcedureBuilder().automated("restore"));
            QCOMPARE(run.runsAndKeeps(olga, "restore"), "done");
            QCOMPARE(run.verifies(olga, {answer("agreement", false)}), "done");
            QCOMPARE(refused ? run.runs(olga, "restore", bad()) : run.runsAndKeeps(olga, "restore", reverted), "done");
            QVERIFY(run.record("restore").hasEffect);
            QVERIFY(run.record("restore").capture);
            QCOMPARE(run.undoes(olga, "restore"), "done");
            QVERIFY(leftoversOf(run.plan).isEmpty());
        }
        PlanRun first(ProcedureBuilder().automated("restore"));
        QCOMPARE(first.runsAndKeeps(olga, "restore", reverted), "done");
        QVERIFY(leftoversOf(first.plan).isEmpty());
        QVERIFY(refusalOf(first, "restore").contains("It left things as they were."));
    }

    void anIrreversibleStepIsNeverUndone()
    {
        PlanRun run(ProcedureBuilder().automated("burn").irreversible());
        QCOMPARE(run.runsAndKeeps(olga, "burn"), "done");
        QVERIFY(refusalOf(run, "burn").contains("cannot be undone: The procedure says"));
    }

    void aManualStepIsTakenBackByTheWordOfAPersonWhereTheProcedureSaysHow()
    {
        PlanRun run(ProcedureBuilder().manual("close").takenBackBy("Open the valve again.").manual("tell"));
        QCOMPARE(run.does(olga, done("close")), "done");
        QCOMPARE(run.does(olga, UndoStep{StepId("close"), {}, {}, " "}), "invalid_input");
        QCOMPARE(run.does(olga, undo("close")), "done");
        QCOMPARE(run.state("close"), "undone");
        QCOMPARE(run.does(olga, retry("close")), "done");
        QCOMPARE(run.does(olga, done("close")), "done");
        QCOMPARE(run.does(olga, done("tell")), "done");
        QVERIFY(refusalOf(run, "tell").contains("nothing to take back"));
    }

    void aFailedUndoLeavesTheStepAsItWas()
    {
        PlanRun run(threeSteps());
        QCOMPARE(run.runsAndKeeps(olga, "stop"), "done");
        QCOMPARE(run.undoes(olga, "stop", bad("the disk is full")), "done");
        QCOMPARE(run.state("stop"), "succeeded");
        QCOMPARE(run.record("stop").undoFailure, "the disk is full");
        QCOMPARE(run.state("restore"), "ready");
        QCOMPARE(run.undoes(olga, "stop"), "done");
    }

    void whatAFailedStepHasLeftCanBeUndone()
    {
        PlanRun run(threeSteps());
        QCOMPARE(run.runsAndKeeps(olga, "stop", bad()), "done");
        QCOMPARE(run.undoes(olga, "stop"), "done");
        QCOMPARE(run.does(olga, retry("stop")), "done");
        QCOMPARE(run.runsAndKeeps(olga, "stop"), "done");
    }

    void anInterruptedUndoIsSettledByWhatIsThere_data()
    {
        QTest::addColumn<int>("answer");
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("state");
        QTest::newRow("what was before is there again") << int(EffectState::Applied) << "done" << "undone";
        QTest::newRow("the step is still in place") << int(EffectState::NotApplied) << "done" << "succeeded";
        QTest::newRow("nobody knows") << int(EffectState::CannotTell) << "wrong_state" << "unknown";
    }

    void anInterruptedUndoIsSettledByWhatIsThere()
    {
        QFETCH(int, answer);
        PlanRun run(threeSteps());
        QCOMPARE(run.runsAndKeeps(olga, "stop"), "done");
        QCOMPARE(run.does(olga, undo("stop")), "done");
        QCOMPARE(run.state("stop"), "running");
        QCOMPARE(run.does(olga, MarkUnknown{StepId("stop"), desk.id}), "done");
        QCOMPARE(run.does(olga, retry("stop")), "wrong_state"); // nothing is run over an unfinished undo
        QTEST(run.does(olga, ResolveUnknown{StepId("stop"), EffectState(answer), good()}), "said");
        QTEST(run.state("stop"), "state");
    }

    void aPersonSettlesAnUndoThatNoProbeCan()
    {
        for (const bool success : {true, false}) {
            PlanRun run(threeSteps());
            QCOMPARE(run.runsAndKeeps(olga, "stop"), "done");
            QCOMPARE(run.does(olga, undo("stop")), "done");
            QCOMPARE(run.does(olga, MarkUnknown{StepId("stop"), desk.id}), "done");
            QCOMPARE(run.does(olga, done("stop", success ? good() : bad())), "done");
            QCOMPARE(run.state("stop"), success ? QString("undone") : QString("succeeded"));
        }
    }

    void undoingTakesTheSameConsentOfItsOwn()
    {
        PlanRun run(ProcedureBuilder().automated("restore").approvedBy(Role::ProtocolLead));
        QCOMPARE(run.approves(ben, "restore"), "done");
        QCOMPARE(run.approves(ben, "restore", StepAct::Undo), "wrong_state"); // there is nothing to undo yet
        QCOMPARE(run.runsAndKeeps(olga, "restore"), "done");
        QCOMPARE(run.does(olga, undo("restore")), "wrong_state");
        QCOMPARE(run.approves(olga, "restore", StepAct::Undo), "permission_denied");
        QCOMPARE(run.approves(pia, "restore", StepAct::Undo), "done");
        QCOMPARE(run.does(pia, undo("restore")), "permission_denied"); // who consents does not do it
        QCOMPARE(run.undoes(olga, "restore", bad()), "done");
        QCOMPARE(run.does(olga, undo("restore")), "wrong_state"); // used up
        QCOMPARE(run.approves(ben, "restore", StepAct::Undo), "done");
        QCOMPARE(run.undoes(olga, "restore"), "done");
    }

    void whoConsentedToUndoingDoesNotSayWhatCameOfIt()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("restore")
                        .by({Role::IncidentCommander, Role::ProtocolLead})
                        .approvedBy(Role::ProtocolLead));
        QCOMPARE(run.approves(ben, "restore"), "done");
        QCOMPARE(run.runsAndKeeps(olga, "restore"), "done");
        QCOMPARE(run.approves(pia, "restore", StepAct::Undo), "done");
        QCOMPARE(run.does(olga, undo("restore")), "done");
        QCOMPARE(run.does(olga, MarkUnknown{StepId("restore"), desk.id}), "done");
        QCOMPARE(run.does(pia, done("restore")), "permission_denied");
        QCOMPARE(run.does(pia, ResolveUnknown{StepId("restore"), EffectState::Applied, good()}), "permission_denied");
        QCOMPARE(run.does(ben, done("restore")), "done"); // he consented to the run, and that is over
        QCOMPARE(run.state("restore"), "undone");
    }

    void anApprovalToRunIsNoneToUndo()
    {
        PlanRun run(ProcedureBuilder().automated("restore").approvedBy(Role::ProtocolLead));
        QCOMPARE(run.approves(ben, "restore"), "done");
        QVERIFY(run.plan.approvalsMet(0, run.now));
        QVERIFY(!run.plan.approvalsMet(0, run.now, StepAct::Undo));
        QCOMPARE(run.runsAndKeeps(olga, "restore"), "done");
        QCOMPARE(run.does(olga, undo("restore")), "wrong_state");
    }

    void undoingWhileTheChecksHoldEndsTheSoak()
    {
        PlanRun run(ProcedureBuilder().automated("restore").soak(std::chrono::minutes(5)));
        QCOMPARE(run.runsAndKeeps(olga, "restore"), "done");
        QCOMPARE(run.verifies(olga, {answer("agreement", true)}), "done");
        QCOMPARE(run.status(), "soaking");
        QCOMPARE(run.undoes(olga, "restore"), "done");
        QCOMPARE(run.status(), "in_progress");
        QVERIFY(!run.plan.soakUntil);
        run.wait(std::chrono::minutes(10));
        QCOMPARE(run.declares(olga), "wrong_state");
    }

    void anAbortedPlanCanBeCleanedUpAndACompletedOneNotChanged()
    {
        PlanRun run(threeSteps());
        QCOMPARE(run.runsAndKeeps(olga, "stop"), "done");
        QCOMPARE(run.does(olga, AbortPlan{"wrong procedure"}), "done");
        QCOMPARE(run.status(), "aborted");
        QCOMPARE(stepsOf(leftoversOf(run.plan)), QStringList{"stop"});
        QVERIFY(leftoversOf(run.plan).first().undoable);
        QCOMPARE(run.undoes(olga, "stop"), "done");
        QCOMPARE(run.status(), "aborted");
        QVERIFY(leftoversOf(run.plan).isEmpty());

        PlanRun over(ProcedureBuilder().automated("restore").closesAutomatically());
        QCOMPARE(over.runsAndKeeps(olga, "restore"), "done");
        QCOMPARE(over.verifies(olga, {answer("agreement", true)}), "done");
        QCOMPARE(over.status(), "completed");
        QCOMPARE(over.does(olga, undo("restore")), "wrong_state");
    }

    void leftoversNameWhatIsToBeDoneAboutEach()
    {
        PlanRun run(
            ProcedureBuilder().automated("a").after({}).automated("b").after({}).automated("c").after({}).manual("d"));
        QCOMPARE(run.runsAndKeeps(olga, "a"), "done");
        auto broken = bad("it was stopped");
        broken.leftovers = {QJsonObject{
            {"system", "validator-3"}, {"what", "It is stopped."}, {"cleanup", "Start it: service restart"}}};
        QCOMPARE(run.runsAndKeeps(olga, "b", broken, Capture::Kind::NoEffect), "done");
        QCOMPARE(run.does(olga, start("c")), "done");
        QCOMPARE(run.does(olga, MarkUnknown{StepId("c"), desk.id}), "done");
        const auto left = leftoversOf(run.plan);
        QCOMPARE(stepsOf(left), (QStringList{"c", "b", "a"}));
        QVERIFY(left[0].cleanup.contains("plan step PLAN-1 c run"));
        QCOMPARE(left[1].what, "It is stopped.");
        QCOMPARE(left[1].system, SystemId("validator-3"));
        QVERIFY(left[2].cleanup.contains("plan step PLAN-1 a undo"));
    }

    void whatAnActionFindsAmissIsLeftOnce()
    {
        auto broken = bad("it did not start");
        broken.leftovers = {QJsonObject{
            {"system", "gateway"}, {"what", "gateway does not run."}, {"cleanup", "Start it: service restart"}}};
        PlanRun tried(ProcedureBuilder().automated("restart"));
        QCOMPARE(tried.runs(olga, "restart", broken), "done");
        QCOMPARE(tried.does(olga, retry("restart")), "done");
        QCOMPARE(tried.runs(olga, "restart", broken), "done");
        QCOMPARE(leftoversOf(tried.plan).size(), 1);

        // Its executor died, the plan is aborted, and a probe looks at what is there.
        PlanRun aborted(ProcedureBuilder().automated("restart"));
        QCOMPARE(aborted.does(olga, start("restart")), "done");
        QCOMPARE(aborted.does(olga, keep("restart", 1, Capture::Kind::NoEffect)), "done");
        QCOMPARE(aborted.does(olga, AbortPlan{"enough"}), "done");
        QCOMPARE(aborted.does(olga, MarkUnknown{StepId("restart"), desk.id}), "done");
        QCOMPARE(aborted.does(olga, ResolveUnknown{StepId("restart"), EffectState::NotApplied, broken}), "done");
        const auto left = leftoversOf(aborted.plan);
        QCOMPARE(left.size(), 1);
        QCOMPARE(left[0].what, "gateway does not run.");
        QVERIFY(!aborted.record("restart").result.reverted);
        QVERIFY(aborted.folded() == aborted.plan);
    }

    void whatIsFinalIsLeftWithWhatCanBeDoneAboutIt()
    {
        const QString byHand(", and put right by hand, or by a plan of its own, what is not to stay.");
        PlanRun run(ProcedureBuilder()
                        .automated("restore")
                        .reversibleUntil("open")
                        .automated("burn")
                        .manual("sell")
                        .irreversible()
                        .automated("open")
                        .after({}));
        QCOMPARE(run.runsAndKeeps(olga, "restore"), "done");
        QCOMPARE(run.runsAndKeeps(olga, "burn", good(), Capture::Kind::Final), "done");
        QCOMPARE(run.does(olga, done("sell")), "done");
        auto left = leftoversOf(run.plan);
        QCOMPARE(stepsOf(left), (QStringList{"sell", "burn", "restore"}));
        QCOMPARE(left[0].what, "Step 'sell' took effect. The procedure says that it cannot be taken back.");
        QCOMPARE(left[0].cleanup, "Look at what it has changed" + byHand);                     // nobody named a system
        QCOMPARE(left[1].what, "Step 'burn' took effect. The old configuration is put back."); // as keep() says
        QCOMPARE(left[1].cleanup, "Look at validator-3" + byHand);
        QVERIFY2(left[2].what.endsWith("came after 'restore' and cannot be undone: The old configuration is put back."),
                 qPrintable(left[2].what));
        QCOMPARE(left[2].cleanup, "Look at validator-3" + byHand);

        PlanRun opened(ProcedureBuilder().automated("restore").reversibleUntil("open").automated("open"));
        QCOMPARE(opened.runsAndKeeps(olga, "restore"), "done");
        QCOMPARE(opened.runsAndKeeps(olga, "open"), "done");
        left = leftoversOf(opened.plan);
        QCOMPARE(left[1].what, "Step 'restore' took effect. Step 'restore' is final since step 'open' was started.");
        QCOMPARE(left[1].cleanup, "Look at validator-3" + byHand);
        for (const auto& entry : left) {
            QCOMPARE(entry.undoable, entry.step == StepId("open"));
        }
    }

    void whatSomebodyWasAtWhenThePlanEndedIsAskedFor()
    {
        PlanRun run(ProcedureBuilder()
                        .manual("close")
                        .after({})
                        .manual("drain")
                        .after({})
                        .takenBackBy("Open the valve again.")
                        .manual("sell")
                        .after({})
                        .irreversible()
                        .manual("tell")
                        .after({}));
        for (const auto& step : QStringList{"close", "drain", "sell"}) {
            QCOMPARE(run.does(olga, start(step)), "done");
        }
        QVERIFY(leftoversOf(run.plan).isEmpty()); // she is at them
        QCOMPARE(run.does(olga, AbortPlan{"wrong procedure"}), "done");
        QCOMPARE(run.state("close"), "not_run");
        const auto left = leftoversOf(run.plan);
        QCOMPARE(stepsOf(left), (QStringList{"sell", "drain", "close"}));
        QCOMPARE(left[2].what, "olga had taken step 'close' and has not said what was done.");
        QCOMPARE(left[2].cleanup,
                 "Ask olga what was done, and put right by hand, or by a plan of its own, what is not to stay.");
        QCOMPARE(left[1].what, "olga had taken step 'drain' and has not said what was done.");
        QVERIFY(left[1].undoable && left[1].cleanup.startsWith("Open the valve again. ("));
        QVERIFY2(left[0].cleanup.startsWith("Ask olga what was done"), qPrintable(left[0].cleanup));
        QVERIFY(run.folded() == run.plan);
    }

    void whatIsConfirmedAnewIsNotInAnybodysHands()
    {
        PlanRun run(ProcedureBuilder().manual("close"));
        QCOMPARE(run.does(olga, done("close")), "done");
        QCOMPARE(run.verifies(olga, {answer("agreement", false)}), "done");
        QCOMPARE(run.does(olga, AbortPlan{"enough"}), "done");
        QVERIFY(leftoversOf(run.plan).isEmpty());
    }

    void thePrintedHandoverNamesWhatIsLeft()
    {
        PlanRun run(ProcedureBuilder().automated("restore").manual("tell"));
        const auto schedule = scheduleOf(run.plan, estimatesOf(run.plan.procedure, {}), run.now);
        QVERIFY(!handoverText(handoverSheet(run.plan, schedule, run.now)).contains("Left over:"));
        auto broken = bad("it was stopped");
        broken.leftovers = {QJsonObject{
            {"system", "validator-3"}, {"what", "It is stopped."}, {"cleanup", "Start it: service restart"}}};
        QCOMPARE(run.runs(olga, "restore", broken), "done");
        const auto text = handoverText(handoverSheet(run.plan, schedule, run.now));
        QVERIFY2(text.contains("Left over:\n  restore, validator-3  It is stopped.\n      Start it: service restart\n"),
                 qPrintable(text));
    }

    void thePrintedHandoverSaysWhatComesNext()
    {
        PlanRun run(ProcedureBuilder().manual("close").soak(std::chrono::minutes(5)));
        const auto print = [&run] {
            return handoverText(
                handoverSheet(run.plan, scheduleOf(run.plan, estimatesOf(run.plan.procedure, {}), run.now), run.now));
        };
        QVERIFY2(print().contains("1 of 1 steps are left\nNext:\n  close  "), qPrintable(print()));
        QVERIFY2(print().contains("The end is declared by somebody with the role incident_commander\n"),
                 qPrintable(print()));
        QCOMPARE(run.does(olga, done("close")), "done");
        QVERIFY2(print().contains("0 of 1 steps are left\nNext:\n  the checks: recoveryctl --as ID plan verify PLAN-1"),
                 qPrintable(print()));
        QCOMPARE(run.verifies(olga, {answer("agreement", true)}), "done");
        QVERIFY2(print().contains("Next:\n  the checks have to stay green until " + toRfc3339(*run.plan.soakUntil)),
                 qPrintable(print()));
        run.wait(std::chrono::minutes(6));
        QVERIFY2(print().contains("Next:\n  the end: recoveryctl --as ID plan declare PLAN-1\n"), qPrintable(print()));
        QCOMPARE(run.verifies(olga, {answer("agreement", true)}), "done");
        QCOMPARE(run.declares(olga), "done");
        QVERIFY2(!print().contains("Next:") && !print().contains("declared by"), qPrintable(print()));
    }

    void aStepUnderWayIsNotUndone()
    {
        PlanRun run(threeSteps());
        QCOMPARE(run.does(olga, undo("stop")), "wrong_state"); // has not run
        QCOMPARE(run.does(olga, start("stop")), "done");
        QCOMPARE(run.does(olga, undo("stop")), "conflict");
        QCOMPARE(run.does(eve, undo("stop")), "permission_denied");
        QCOMPARE(run.does(olga, keep("stop")), "done");
        QCOMPARE(run.does(olga, outcome("stop")), "done");
        QCOMPARE(run.does(olga, undo("stop")), "done");
        QCOMPARE(run.does(olga, undo("stop")), "conflict");
        QCOMPARE(run.does(olga, outcome("stop")), "conflict"); // what runs is its undo
        const auto refused = decide(run.plan, undo("stop"), olga, run.now);
        QVERIFY2(refused.error().message.startsWith("Step 'stop' is being taken back since " + toRfc3339(run.now)),
                 qPrintable(refused.error().message));
        QCOMPARE(run.does(olga, RecordUndo{StepId("stop"), 1, otherDesk.id, good()}), "conflict");
        QCOMPARE(run.does(olga, undone("stop")), "done");
    }
};

QTEST_GUILESS_MAIN(TestPlanUndo)
#include "tst_plan_undo.moc"
