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

/// Steps of a plan: who may, when, and what becomes of them.
class TestPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // --- running steps

    void nothingRunsBeforeWhatItNeeds()
    {
        PlanRun run(twoSteps());
        QCOMPARE(run.does(olga, start("restore")), "invalid_step_index");
        QCOMPARE(run.does(olga, done("inspect")), "done");
        QCOMPARE(run.plan.currentStepIndex(), 1);
        QCOMPARE(run.does(olga, start("restore")), "done");
        QCOMPARE(run.state("restore"), "running");
    }

    void completingAStepThatIsNotReadyIsInvalidStepIndex()
    {
        PlanRun run(ProcedureBuilder().manual("first").manual("second"));
        QCOMPARE(run.does(olga, done("second")), "invalid_step_index");
        QCOMPARE(run.does(olga, done("third")), "not_found");
    }

    void rolesAreCheckedForEveryStep()
    {
        PlanRun run(twoSteps());
        QCOMPARE(run.does(nora, done("inspect")), "permission_denied"); // the procedure's roles, as it names none
        QCOMPARE(run.does(olga, done("inspect")), "done");
        QCOMPARE(run.does(ben, start("restore")), "permission_denied");
        QCOMPARE(run.does(nora, start("restore")), "done");
        QCOMPARE(run.does(nora, outcome("restore", bad())), "done");
        QCOMPARE(run.does(ben, retry("restore")), "permission_denied");
        QCOMPARE(run.does(ben, skip("restore")), "permission_denied");
    }

    void nothingRunsTwice()
    {
        PlanRun run(twoSteps());
        QCOMPARE(run.does(olga, done("inspect")), "done");
        QCOMPARE(run.does(olga, done("inspect")), "conflict");
        QCOMPARE(run.does(olga, start("restore")), "done");
        QCOMPARE(run.does(nora, start("restore", otherDesk)), "conflict");
        QCOMPARE(run.does(olga, outcome("restore")), "done");
        QCOMPARE(run.does(nora, start("restore")), "conflict");
        QCOMPARE(run.does(nora, retry("restore")), "conflict");
        QCOMPARE(run.does(olga, outcome("restore")), "conflict");
    }

    void theOutcomeComesOnlyFromWhoHasTheIntent()
    {
        PlanRun run(ProcedureBuilder().automated("restore"));
        QCOMPARE(run.does(olga, start("restore")), "done");
        QCOMPARE(run.does(olga, RecordOutcome{StepId("restore"), 1, otherDesk.id, good()}), "conflict");
        QCOMPARE(run.does(olga, outcome("restore", good(), 2)), "conflict");
        QCOMPARE(run.does(olga, outcome("restore", good(), 1)), "done");
    }

    void anAutomatedStepIsNotTicked()
    {
        PlanRun run(ProcedureBuilder().automated("restore"));
        QCOMPARE(run.does(olga, done("restore")), "wrong_state");
        QCOMPARE(run.does(olga, start("restore")), "done");
        QCOMPARE(run.does(olga, done("restore")), "wrong_state");
    }

    void aManualStepIsCompletedByAPersonOnly()
    {
        PlanRun run(ProcedureBuilder().manual("inspect"));
        QCOMPARE(run.does(olga, start("inspect")), "done");
        QCOMPARE(run.state("inspect"), "awaiting_person");
        QVERIFY(run.why("inspect").first().contains("olga"));
        QCOMPARE(run.does(eve, outcome("inspect")), "wrong_state"); // no way round the roles
        QCOMPARE(run.does(eve, done("inspect")), "permission_denied");
        QCOMPARE(run.does(olga, done("inspect")), "done");
    }

    void doingAManualStepFreezesItsParametersToo()
    {
        PlanRun run(ProcedureBuilder().manual("inspect").with({{"systems", "${incident.systems}"}}));
        QCOMPARE(run.does(olga, done("inspect")), "done");
        QCOMPARE(run.record("inspect").parameters["systems"].toArray(), QJsonArray{"validator-3"});
        QCOMPARE(run.record("inspect").startedBy, olga.id);
    }

    void aFailedResultDoesNotCountAsDone()
    {
        PlanRun run(twoSteps());
        QCOMPARE(run.does(olga, CompleteStep{StepId("inspect"), bad(), " ", {}}),
                 "invalid_input"); // say what was found
        QCOMPARE(run.does(olga, CompleteStep{StepId("inspect"), bad(), "two more nodes differ", {"photo"}}), "done");
        QCOMPARE(run.state("inspect"), "failed");
        QCOMPARE(run.plan.currentStepIndex(), 0);
        QCOMPARE(run.state("restore"), "waiting");
        QCOMPARE(run.record("inspect").evidence, QJsonArray{"photo"});
        QCOMPARE(run.does(olga, done("inspect")), "wrong_state"); // no second attempt without a retry
        QCOMPARE(run.does(olga, retry("inspect")), "done");
        QCOMPARE(run.attempts("inspect"), 2);
        QCOMPARE(run.does(olga, done("inspect")), "done");
        QCOMPARE(run.plan.completedSteps.size(), 2);
        QCOMPARE(run.plan.completedSteps.first().evidence, QJsonArray{"photo"});
    }

    void aSuccessWithoutItsDeclaredOutputIsAFailure()
    {
        PlanRun run(ProcedureBuilder().automated("locate").leaves({"height", "hash"}));
        QCOMPARE(run.runs(olga, "locate", good({{"height", 42}})), "done");
        QCOMPARE(run.state("locate"), "failed");
        QVERIFY(run.record("locate").result.message.contains("hash"));
        QVERIFY(run.does(olga, retry("locate")) == "done");
        QCOMPARE(run.runs(olga, "locate", good({{"height", 42}, {"hash", "ab"}})), "done");
        QCOMPARE(run.state("locate"), "succeeded");
    }

    void resultsReachLaterStepsFrozenInTheIntent()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("locate")
                        .leaves({"height"})
                        .automated("roll_back")
                        .with({{"height", "${steps.locate.result.height}"}}));
        QCOMPARE(run.runs(olga, "locate", good({{"height", 42}})), "done");
        QCOMPARE(run.does(olga, start("roll_back")), "done");
        QCOMPARE(run.record("roll_back").parameters["height"].toInt(), 42);
    }

    void whatNeedsTheResultOfASkippedStepIsSkippedWithItAndComesBackWithIt()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("locate")
                        .leaves({"height"})
                        .automated("roll_back")
                        .with({{"height", "${steps.locate.result.height}"}}));
        QCOMPARE(skippedWith(run.plan, StepId("locate")), QList{StepId("roll_back")});
        QCOMPARE(run.does(olga, skip("locate")), "done");
        QCOMPARE(run.state("roll_back"), "skipped");
        QVERIFY(run.record("roll_back").note.contains("locate"));
        QCOMPARE(run.does(olga, start("roll_back")), "wrong_state");
        QVERIFY(run.runnable(olga).isEmpty());
        QCOMPARE(run.does(olga, retry("locate")), "done"); // taken up again after all
        QCOMPARE(run.runs(olga, "locate", good({{"height", 42}})), "done");
        QCOMPARE(run.state("roll_back"), "ready");
    }

    // --- skipping

    void onlyACommanderSkipsACriticalStepAndSaysWhy()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("tell")
                        .by({Role::NodeOperator})
                        .uncritical()
                        .automated("restore")
                        .by({Role::NodeOperator}));
        QCOMPARE(run.does(nora, skip("tell")), "done");
        QCOMPARE(run.does(nora, skip("restore")), "permission_denied");
        QCOMPARE(run.does(olga, SkipStep{StepId("restore"), ""}), "invalid_input");
        QCOMPARE(run.does(olga, skip("restore")), "done");
        QCOMPARE(run.state("restore"), "skipped");
        QVERIFY(run.plan.allStepsDone());
    }

    void whoSkipsAStepMaySkipWhatWouldNotBeNeededThen()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("look")
                        .by({Role::NodeOperator})
                        .uncritical()
                        .leaves({"diverged"})
                        .automated("other")
                        .after({})
                        .automated("roll_back")
                        .after({"look", "other"})
                        .approvedBy(Role::ProtocolLead)
                        .when("${steps.look.result.diverged}", Comparison::Is, true));
        QCOMPARE(unneededWith(run.plan, StepId("look")), QList{StepId("roll_back")});
        // Whether its turn has come or not.
        QCOMPARE(run.does(nora, skip("look")), "permission_denied");
        auto later = run;
        QCOMPARE(later.runs(olga, "other"), "done");
        for (auto* one : {&run, &later}) {
            QCOMPARE(one->does(nora, skip("look")), "permission_denied");
            QCOMPARE(one->does(olga, skip("look")), "wrong_state");
            QCOMPARE(one->approves(ben, "roll_back", StepAct::Skip), "done");
            QCOMPARE(one->does(olga, skip("look")), "done");
        }
        QCOMPARE(run.state("roll_back"), "waiting");
        QCOMPARE(run.runs(olga, "other"), "done");
        for (auto* one : {&run, &later}) {
            QCOMPARE(one->state("roll_back"), "skipped");
            QVERIFY(one->record("roll_back").unneeded);
            QVERIFY(one->folded() == one->plan);
        }
        QVERIFY(later.record("roll_back").approvals.first().used);
        // Somebody who wants it all the same is not asked again.
        QCOMPARE(later.does(olga, retry("roll_back")), "done");
        QCOMPARE(unneededWith(later.plan, StepId("look")), QList<StepId>());
    }

    void whatRunsOrIsDoneIsNotSkipped()
    {
        PlanRun run(ProcedureBuilder().automated("restore"));
        QCOMPARE(run.does(olga, start("restore")), "done");
        QCOMPARE(run.does(olga, skip("restore")), "conflict");
        QCOMPARE(run.does(olga, outcome("restore")), "done");
        QCOMPARE(run.does(olga, skip("restore")), "conflict");
    }

    void whatACheckReadsIsNotSkipped()
    {
        auto procedure = ProcedureBuilder()
                             .automated("locate")
                             .leaves({"height"})
                             .automated("roll_back")
                             .with({{"height", "${steps.locate.result.height}"}})
                             .leaves({"hash"})
                             .automated("tell")
                             .build();
        procedure.verification[0].parameters = {{"hash", "${steps.roll_back.result.hash}"}};
        PlanRun run(startOf(procedure));
        const auto said = [&](const QString& step) {
            const auto may = maySkip(run.plan, run.at(step));
            return may ? QString() : may.error().message;
        };
        QCOMPARE(said("roll_back"), "Step 'roll_back' cannot be skipped: the check 'agreement' reads its result, and "
                                    "could never pass.");
        QCOMPARE(said("locate"), "Step 'locate' cannot be skipped: the check 'agreement' reads the result of "
                                 "'roll_back', which would be skipped with it, and could never pass.");
        QCOMPARE(run.does(olga, skip("roll_back")), "wrong_state");
        QCOMPARE(run.does(olga, skip("locate")), "wrong_state");
        QCOMPARE(run.does(olga, skip("tell")), "done");
        // When the other is done, nothing is lost with the first.
        QCOMPARE(run.runs(olga, "locate", good({{"height", 42}})), "done");
        QCOMPARE(run.runs(olga, "roll_back", bad()), "done");
        QCOMPARE(run.does(olga, skip("roll_back")), "wrong_state"); // there is still no result
    }

    void aSkippedStepIsNotTickedBehindItsChecks()
    {
        PlanRun run(ProcedureBuilder().manual("cut_over").approvedBy(Role::ProtocolLead));
        QCOMPARE(run.approves(ben, "cut_over", StepAct::Skip), "done");
        QCOMPARE(run.does(olga, skip("cut_over")), "done");
        QCOMPARE(run.does(olga, done("cut_over")), "wrong_state");
    }

    void aSkippedStepIsNotTakenUpBehindOneThatHasRun()
    {
        PlanRun run(ProcedureBuilder().manual("inspect").automated("restore"));
        QCOMPARE(run.does(olga, skip("inspect")), "done");
        QCOMPARE(run.runs(olga, "restore"), "done");
        QCOMPARE(run.does(olga, retry("inspect")), "wrong_state");
    }

    void aFailedStepIsRetriedThoughWorkWentOnBehindASkippedOne()
    {
        PlanRun run(ProcedureBuilder().automated("locate").automated("warn").automated("restore"));
        QCOMPARE(run.runs(olga, "locate", bad()), "done");
        QCOMPARE(run.does(olga, skip("warn")), "done");
        QCOMPARE(run.runs(olga, "restore"), "done"); // all it needs directly is skipped
        QCOMPARE(run.does(olga, retry("locate")), "done");
        QCOMPARE(run.runs(olga, "locate"), "done");
        QVERIFY(run.plan.allStepsDone());
    }

    // --- interrupted steps

    void anInterruptedStepIsUnknownUntilAProbeOrAPersonDecides_data()
    {
        QTest::addColumn<EffectState>("answer");
        QTest::addColumn<QString>("answered");
        QTest::addColumn<QString>("state");
        QTest::addColumn<int>("attempt");
        QTest::newRow("applied") << EffectState::Applied << "done" << "succeeded" << 1;
        QTest::newRow("not applied") << EffectState::NotApplied << "done" << "ready" << 2;
        QTest::newRow("cannot tell") << EffectState::CannotTell << "wrong_state" << "unknown" << 1;
    }

    void anInterruptedStepIsUnknownUntilAProbeOrAPersonDecides()
    {
        QFETCH(EffectState, answer);
        QFETCH(QString, answered);
        QFETCH(QString, state);
        QFETCH(int, attempt);
        PlanRun run(ProcedureBuilder().automated("restore").by({Role::NodeOperator}));
        QCOMPARE(run.does(olga, ArmPlan{desk}), "done");
        QCOMPARE(run.does(olga, start("restore")), "done");
        QCOMPARE(run.does(nora, MarkUnknown{StepId("restore"), otherDesk.id}), "wrong_state"); // that one is alive
        QCOMPARE(run.does(nora, MarkUnknown{StepId("restore"), desk.id}), "done");
        QCOMPARE(run.state("restore"), "unknown");
        QVERIFY(!run.plan.isArmed()); // the arming died with its executor
        QCOMPARE(run.does(olga, start("restore")), "wrong_state");
        QCOMPARE(run.does(olga, outcome("restore")), "conflict"); // the dead do not speak
        QCOMPARE(run.does(ben, ResolveUnknown{StepId("restore"), answer, good()}), "permission_denied");
        QCOMPARE(run.does(nora, ResolveUnknown{StepId("restore"), answer, good()}), answered);
        QCOMPARE(run.state("restore"), state);
        QCOMPARE(run.attempts("restore"), attempt);
    }

    void aPersonDecidesOnAnInterruptedStepWithANote()
    {
        PlanRun run(ProcedureBuilder().automated("restore"));
        QCOMPARE(run.does(olga, start("restore")), "done");
        QCOMPARE(run.does(olga, MarkUnknown{StepId("restore"), desk.id}), "done");
        QCOMPARE(run.does(olga, CompleteStep{StepId("restore"), good(), "", {}}), "invalid_input");
        QCOMPARE(run.does(olga, RetryStep{StepId("restore"), ""}), "invalid_input");
        QCOMPARE(run.does(olga, skip("restore")), "wrong_state");
        QCOMPARE(run.does(olga, done("restore")), "done");
        QCOMPARE(run.state("restore"), "succeeded");
    }

    void onlyAnAutomatedRunningStepIsFoundUnknown()
    {
        PlanRun run(ProcedureBuilder().manual("inspect"));
        QCOMPARE(run.does(olga, MarkUnknown{StepId("inspect"), desk.id}), "wrong_state");
        QCOMPARE(run.does(olga, start("inspect")), "done");
        QCOMPARE(run.does(olga, MarkUnknown{StepId("inspect"), desk.id}), "wrong_state");
        QCOMPARE(run.does(olga, ResolveUnknown{StepId("inspect"), EffectState::Applied, good()}), "wrong_state");
    }
};

QTEST_GUILESS_MAIN(TestPlan)
#include "tst_plan.moc"
