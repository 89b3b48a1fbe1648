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

/// The plan as a whole: arming, pausing, aborting, notes.
class TestPlanControl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // --- who may

    void eachActNeedsARoleInThePlan_data()
    {
        QTest::addColumn<QString>("act");
        QTest::addColumn<QStringList>("may");
        QTest::newRow("arm") << "arm" << QStringList{"olga", "nora"};
        QTest::newRow("pause") << "pause" << QStringList{"olga", "nora"};
        QTest::newRow("resume") << "resume" << QStringList{"olga"};
        QTest::newRow("abort") << "abort" << QStringList{"olga"};
        QTest::newRow("note") << "note" << QStringList{"olga", "nora"};
        QTest::newRow("disarm") << "disarm" << QStringList{"olga", "nora"};
        QTest::newRow("verify") << "verify" << QStringList{"olga", "nora", "cora"};
    }

    void eachActNeedsARoleInThePlan()
    {
        QFETCH(QString, act);
        QFETCH(QStringList, may);
        for (const auto& person : {olga, ben, nora, cora, eve, adam}) {
            PlanRun run(twoSteps());
            QCOMPARE(tries(run, person, act),
                     may.contains(person.id.text()) ? QString("done") : QString("permission_denied"));
        }
    }

    // --- arming

    void anArmedPlanStartsReadyAutomatedStepsByPriorityThenOrder()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("a")
                        .automated("b")
                        .after({})
                        .priority(Priority::Urgent)
                        .automated("c")
                        .after({})
                        .manual("d")
                        .after({})
                        .automated("e"));
        QCOMPARE(run.does(olga, ArmPlan{desk}), "done");
        QVERIFY(run.plan.isArmed());
        QCOMPARE(run.plan.armedBy, olga.id);
        QCOMPARE(run.runnable(olga), (QStringList{"b", "a", "c"}));
    }

    void anArmedPlanDoesNotRunWhatItsOperatorMayNot()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("height")
                        .by({Role::ProtocolLead})
                        .automated("node")
                        .after({})
                        .by({Role::NodeOperator}));
        QCOMPARE(run.runnable(nora), QStringList{"node"});
    }

    void anArmedPlanStopsAtThePointOfNoReturn()
    {
        PlanRun alone(ProcedureBuilder().automated("wipe").irreversible());
        QVERIFY(alone.runnable(olga).isEmpty());
        QCOMPARE(alone.does(olga, start("wipe")), "done"); // by name, a person may

        PlanRun final(ProcedureBuilder().automated("restore").reversibleUntil("restart").automated("restart"));
        QCOMPARE(final.runs(olga, "restore"), "done");
        QVERIFY(final.runnable(olga).isEmpty());

        PlanRun consented(ProcedureBuilder().automated("wipe").irreversible().approvedBy(Role::ProtocolLead));
        QVERIFY(consented.runnable(olga).isEmpty());
        QCOMPARE(consented.approves(ben, "wipe"), "done");
        QVERIFY(consented.runnable(olga).isEmpty()); // it was not shown to whoever arms the plan
        QCOMPARE(consented.does(olga, start("wipe")), "done");
    }

    void anArmingGoesOnceOverThePointsOfNoReturnThatItNames()
    {
        ProcedureBuilder procedure;
        procedure.automated("wipe").irreversible().approvedBy(Role::ProtocolLead).automated("alone").irreversible();
        PlanRun run(procedure.after({}));
        const auto arm = [&](const QString& step) {
            return run.does(olga, ArmPlan{desk, false, {}, {}, {StepId(step)}});
        };
        QCOMPARE(arm("nowhere"), "not_found");
        QCOMPARE(arm("alone"), "wrong_state"); // nobody consents to it: by name only
        QCOMPARE(arm("wipe"), "wrong_state");  // nobody has consented yet
        QCOMPARE(run.does(olga, ArmPlan{desk}), "done");
        QCOMPARE(run.approves(ben, "wipe"), "done");
        QVERIFY(run.runnable(olga).isEmpty()); // consent alone does not send an armed plan over it
        QCOMPARE(crossable(run.plan, olga, run.now), QList<StepId>{StepId("wipe")});
        QCOMPARE(arm("wipe"), "done");
        QCOMPARE(run.runnable(olga), QStringList{"wipe"});
        QVERIFY(run.folded() == run.plan);

        QCOMPARE(run.runs(olga, "wipe", bad()), "done");
        QCOMPARE(run.does(olga, retry("wipe")), "done");
        QCOMPARE(run.approves(ben, "wipe"), "done");
        QVERIFY(run.runnable(olga).isEmpty()); // another attempt takes another look
        QCOMPARE(arm("wipe"), "done");
        QCOMPARE(run.does(olga, PausePlan{"wait"}), "done");
        QCOMPARE(run.does(olga, ResumePlan{}), "done");
        QCOMPARE(run.does(olga, ArmPlan{desk}), "done");
        QVERIFY(run.runnable(olga).isEmpty()); // it was another arming that named it
        QVERIFY(run.folded() == run.plan);
    }

    void anArmingGoesOverNothingOutsideOfItsBranchesAndRoles()
    {
        ProcedureBuilder procedure;
        procedure.automated("wipe").irreversible().approvedBy(Role::ProtocolLead).by({Role::NodeOperator});
        procedure.automated("look").after({});
        PlanRun run(procedure);
        QCOMPARE(run.approves(pia, "wipe"), "done");
        const QList<StepId> wipe{StepId("wipe")};
        const QList<StepId> look{StepId("look")};
        QCOMPARE(crossable(run.plan, olga, run.now), wipe);
        QCOMPARE(crossable(run.plan, olga, run.now, wipe), wipe);
        QCOMPARE(crossable(run.plan, olga, run.now, look), QList<StepId>());
        QCOMPARE(crossable(run.plan, eve, run.now), QList<StepId>());
        QCOMPARE(run.does(olga, ArmPlan{desk, false, look, {}, wipe}), "wrong_state");
        // Who consented does not run it; that they had the plan armed is over with the next arming.
        QCOMPARE(crossable(run.plan, pia, run.now), QList<StepId>());
        QCOMPARE(run.does(pia, ArmPlan{otherDesk}), "done");
        QCOMPARE(run.state("wipe"), "awaiting_approval");
        QCOMPARE(crossable(run.plan, olga, run.now), wipe);
        QCOMPARE(run.does(olga, ArmPlan{desk, false, {}, {}, wipe}), "done");
        QCOMPARE(run.runnable(olga), (QStringList{"wipe", "look"}));
        QVERIFY(run.folded() == run.plan);
    }

    void nothingIsSaidToWaitForItsStartInAPlanThatIsAborted()
    {
        PlanRun run(ProcedureBuilder().automated("stop").automated("look").after({}));
        QCOMPARE(run.does(olga, start("stop")), "done");
        QCOMPARE(run.plan.waitingFor(1, run.now), QStringList());
        QCOMPARE(run.does(olga, AbortPlan{"wrong network"}), "done");
        QCOMPARE(run.plan.waitingFor(1, run.now), QStringList{"the plan is being aborted"});
    }

    void aPlanThatIsNotWorkedOnIsNotArmedAndRunsNothing()
    {
        PlanRun run(ProcedureBuilder().automated("restore"));
        QCOMPARE(run.does(olga, PausePlan{"shift change"}), "done");
        QCOMPARE(run.does(olga, ArmPlan{desk}), "wrong_state");
        QVERIFY(run.runnable(olga).isEmpty());
    }

    void disarmingTwiceIsNoEvent()
    {
        PlanRun run(ProcedureBuilder().automated("restore"));
        QCOMPARE(run.does(olga, ArmPlan{desk}), "done");
        QCOMPARE(run.does(olga, DisarmPlan{"enough"}), "done");
        const auto rows = run.rows.size();
        QCOMPARE(run.does(olga, DisarmPlan{"enough"}), "done");
        QCOMPARE(run.rows.size(), rows);
    }

    // --- pausing

    void aPauseDisarmsAndHoldsEveryStep()
    {
        PlanRun run(twoSteps());
        QCOMPARE(run.does(olga, ArmPlan{desk}), "done");
        QCOMPARE(run.does(nora, PausePlan{"look at validator-2 first"}), "done");
        QCOMPARE(run.status(), "paused");
        QVERIFY(!run.plan.isArmed());
        QVERIFY(run.why("inspect").contains("pause: the plan is paused by nora: look at validator-2 first"));
        QCOMPARE(run.does(olga, done("inspect")), "wrong_state");
        QCOMPARE(run.does(olga, skip("inspect")), "wrong_state");
        QCOMPARE(run.does(olga, PausePlan{}), "wrong_state");
        QCOMPARE(run.does(olga, ResumePlan{}), "done");
        QCOMPARE(run.does(olga, ResumePlan{}), "wrong_state");
        QVERIFY(!run.plan.isArmed()); // arming again is a decision of its own
        QCOMPARE(run.does(olga, done("inspect")), "done");
    }

    void whatRunsWhenAPauseComesStillEnds()
    {
        PlanRun run(ProcedureBuilder().automated("restore"));
        QCOMPARE(run.does(olga, start("restore")), "done");
        QCOMPARE(run.does(olga, PausePlan{}), "done");
        QCOMPARE(run.does(olga, outcome("restore")), "done");
        QCOMPARE(run.status(), "paused");
        QCOMPARE(run.state("restore"), "succeeded");
    }

    // --- aborting

    void anAbortNeedsAReasonAndEndsThePlan()
    {
        PlanRun run(twoSteps());
        QCOMPARE(run.does(olga, done("inspect")), "done");
        QCOMPARE(run.does(olga, AbortPlan{" "}), "invalid_input");
        QCOMPARE(run.does(olga, AbortPlan{"wrong procedure"}), "done");
        QCOMPARE(run.status(), "aborted");
        QVERIFY(!run.plan.isOpen());
        QVERIFY(run.plan.completedAt);
        QCOMPARE(run.state("inspect"), "succeeded");
        QCOMPARE(run.state("restore"), "not_run");
        QCOMPARE(run.does(olga, start("restore")), "wrong_state");
        QCOMPARE(run.does(olga, PausePlan{}), "wrong_state");
        QCOMPARE(run.does(olga, AbortPlan{"again"}), "wrong_state");
        QCOMPARE(run.does(olga, AddNote{"handed to the night shift"}), "done"); // history may still be commented
    }

    void anAbortWaitsForWhatRuns()
    {
        PlanRun run(ProcedureBuilder().automated("restore").manual("tell").after({}));
        QCOMPARE(run.does(olga, start("restore")), "done");
        QCOMPARE(run.does(olga, start("tell")), "done");
        QCOMPARE(run.does(olga, AbortPlan{"wrong procedure"}), "done");
        QCOMPARE(run.status(), "aborting");
        QCOMPARE(run.does(olga, FinishAbort{}), "wrong_state");
        QCOMPARE(run.does(olga, outcome("restore", bad("cancelled"))), "done");
        QCOMPARE(run.status(), "aborted"); // a manual step somebody took keeps nothing waiting
        QCOMPARE(run.state("restore"), "failed");
        QCOMPARE(run.state("tell"), "not_run");
    }

    void anAbortEndsWithTheLastOfTheStepsThatRun()
    {
        PlanRun run(ProcedureBuilder().automated("restore").automated("restart").after({}));
        QCOMPARE(run.does(olga, start("restore")), "done");
        QCOMPARE(run.does(olga, start("restart")), "done");
        QCOMPARE(run.does(olga, AbortPlan{"wrong procedure"}), "done");
        QCOMPARE(run.does(olga, outcome("restore")), "done");
        QCOMPARE(run.status(), "aborting");
        QCOMPARE(run.does(olga, MarkUnknown{StepId("restart"), desk.id}), "done");
        QCOMPARE(run.status(), "aborted");
        QCOMPARE(run.state("restart"), "unknown");
    }

    void anAbortIsFinishedByARoleThatMayAbort()
    {
        PlanRun run(ProcedureBuilder().automated("restore"));
        QCOMPARE(run.does(olga, start("restore")), "done");
        QCOMPARE(run.does(olga, AbortPlan{"wrong procedure"}), "done");
        // As it stands in journals where an outcome did not end the abort.
        apply(run.plan, StepFailed{StepId("restore"), 1, bad(), {}, {}}, run.now, olga.id);
        QCOMPARE(run.does(eve, FinishAbort{}), "permission_denied");
        QCOMPARE(run.does(nora, FinishAbort{}), "permission_denied");
        QCOMPARE(run.does(olga, FinishAbort{}), "done");
        QCOMPARE(run.status(), "aborted");
    }

    void anArmedPlanBelongsToItsExecutorWhileThatLives()
    {
        PlanRun run(ProcedureBuilder().automated("restore"));
        QCOMPARE(run.does(olga, ArmPlan{desk}), "done");
        QCOMPARE(run.does(nora, ArmPlan{otherDesk, true}), "permission_denied");
        QCOMPARE(run.does(olga, ArmPlan{otherDesk, true}), "conflict");
        QCOMPARE(run.does(olga, DisarmPlan{"enough", otherDesk.id}), "done");
        QCOMPARE(run.plan.armedExecutor, desk); // it was not theirs to end
        QCOMPARE(run.does(olga, ArmPlan{otherDesk, false}), "done");
        QCOMPARE(run.does(olga, DisarmPlan{"enough", otherDesk.id}), "done");
        QVERIFY(!run.plan.isArmed());
    }

    void onlyAnAbortThatWasAskedForIsFinished()
    {
        PlanRun run(twoSteps());
        QCOMPARE(run.does(olga, FinishAbort{}), "wrong_state");
    }

    void aLeftoverOfAnAbortedPlanIsSettledAndNotRunAgain_data()
    {
        QTest::addColumn<QString>("found");
        QTest::addColumn<QString>("state");
        QTest::newRow("the probe: applied") << "applied" << "succeeded";
        QTest::newRow("the probe: not applied") << "not applied" << "failed";
        QTest::newRow("a person: done") << "done" << "succeeded";
        QTest::newRow("a person: failed") << "failed" << "failed";
    }

    void aLeftoverOfAnAbortedPlanIsSettledAndNotRunAgain()
    {
        QFETCH(QString, found);
        QFETCH(QString, state);
        PlanRun run(ProcedureBuilder().automated("restore"));
        QCOMPARE(run.does(olga, start("restore")), "done");
        QCOMPARE(run.does(olga, MarkUnknown{StepId("restore"), desk.id}), "done");
        QCOMPARE(run.does(olga, AbortPlan{"the desk burned"}), "done");
        QCOMPARE(run.state("restore"), "unknown");
        QCOMPARE(run.does(olga, retry("restore")), "wrong_state");
        if (found.contains("applied")) {
            const auto answer = found == "applied" ? EffectState::Applied : EffectState::NotApplied;
            QCOMPARE(run.does(olga, ResolveUnknown{StepId("restore"), answer, good()}), "done");
        } else {
            QCOMPARE(run.does(olga, done("restore", found == "done" ? good() : bad())), "done");
        }
        QCOMPARE(run.state("restore"), state);
        QCOMPARE(run.status(), "aborted");
        QCOMPARE(run.does(olga, retry("restore")), "wrong_state");
    }

    // --- notes

    void aNoteHasATextATimeAndAnAuthor()
    {
        PlanRun run(twoSteps());
        QCOMPARE(run.does(olga, AddNote{"  "}), "invalid_input");
        QCOMPARE(run.does(nora, AddNote{"validator-2 is slow too"}), "done");
        QCOMPARE(run.plan.notes, (QList<Note>{{run.now, nora.id, "validator-2 is slow too"}}));
    }

private:
    static QString tries(PlanRun& run, const Actor& person, const QString& act)
    {
        if (act == "arm") {
            return run.does(person, ArmPlan{desk});
        }
        if (act == "pause") {
            return run.does(person, PausePlan{"wait"});
        }
        if (act == "resume") {
            run.does(olga, PausePlan{"wait"});
            return run.does(person, ResumePlan{});
        }
        if (act == "abort") {
            return run.does(person, AbortPlan{"wrong procedure"});
        }
        if (act == "note") {
            return run.does(person, AddNote{"seen"});
        }
        if (act == "disarm") {
            run.does(olga, ArmPlan{desk});
            return run.does(person, DisarmPlan{"stop"});
        }
        run.does(olga, skip("inspect"));
        run.does(olga, skip("restore"));
        return run.does(person, StartVerification{desk});
    }
};

QTEST_GUILESS_MAIN(TestPlanControl)
#include "tst_plan_control.moc"
