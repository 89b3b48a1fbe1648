// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/recovery/recovery_fixture.h"

#include <QTimer>

using namespace rc;
using namespace rc::test;

/// A plan that is aborted by others, or cancelled by who runs it, in the middle of a step or of a check.
class TestPlanStopping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // --- abort

    void anAbortDuringAStepEndsThePlanWithItsOutcome_data()
    {
        QTest::addColumn<bool>("wholePlan");
        QTest::addColumn<bool>("succeeds");
        QTest::newRow("plan run, succeeds") << true << true;
        QTest::newRow("plan run, fails") << true << false;
        QTest::newRow("step run, succeeds") << false << true;
        QTest::newRow("step run, fails") << false << false;
    }
    void anAbortDuringAStepEndsThePlanWithItsOutcome()
    {
        QFETCH(bool, wholePlan);
        QFETCH(bool, succeeds);
        auto&& [home, here, there, me, other] = TwoConsoles();
        const auto plan = here.start(me, twoSteps());
        QString meanwhile;
        here.tools.execute = [&](const ActionContext&) {
            const auto aborted = there.recovery().abort(other, plan, "wrong procedure");
            meanwhile = aborted ? QString(idOf(aborted->status)) : aborted.error().message;
            return succeeds ? good() : bad();
        };
        const auto ran = wholePlan ? here.run(me, plan) : here.runStep(me, plan, "restore");
        QCOMPARE(meanwhile, "aborting");
        QCOMPARE(told(ran), "done");
        QCOMPARE(here.plan(plan).status, PlanStatus::Aborted);
        QCOMPARE(here.plan(plan).steps[0].result.success, succeeds);
        QCOMPARE(here.state(plan, "restart"), "not_run");
        QCOMPARE(there.tools.executed.size() + here.tools.executed.size(), 1);
        QVERIFY(!here.isAnythingClaimed());
    }

    void anAbortEndsTheChecksThatRun_data()
    {
        QTest::addColumn<QString>("during");
        QTest::newRow("plan run") << "run";
        QTest::newRow("plan verify") << "verify";
        QTest::newRow("plan declare") << "declare";
    }
    void anAbortEndsTheChecksThatRun()
    {
        QFETCH(QString, during);
        auto&& [home, here, there, me, other] = TwoConsoles();
        const auto plan = here.start(me, ProcedureBuilder().automated("restore").check("first", "restore"));
        if (during == "verify") {
            QCOMPARE(told(here.runStep(me, plan, "restore")), "done");
        } else if (during == "declare") {
            QCOMPARE(here.run(me, plan)->status, PlanStatus::Soaking);
        }
        const auto before = here.plan(plan).verificationResults;
        QString aborted;
        here.tools.checking = [&](Operation operation) -> QCoro::Task<> {
            aborted = told(there.recovery().abort(other, plan, "wrong procedure"));
            co_await untilStopped(operation);
        };
        const auto ran = during == "run"      ? here.run(me, plan)
                         : during == "verify" ? here.verify(me, plan)
                                              : here.declare(me, plan);
        QCOMPARE(aborted, "done");
        // Who runs the plan is told how it ended; who asked for green checks did not get them.
        QCOMPARE(told(ran), during == "run" ? QString("done") : QString("wrong_state"));
        QCOMPARE(here.plan(plan).status, PlanStatus::Aborted);
        QCOMPARE(here.plan(plan).verificationResults, before);
        QVERIFY(!here.plan(plan).isArmed());
    }

    /// One console can verify twice: what the first found is no answer of the second.
    void checksOfAVerificationThatIsVoidAreStopped()
    {
        auto&& [home, here, there, me, other] = TwoConsoles();
        const auto plan = here.start(me, ProcedureBuilder().automated("restore").check("first", "restore"));
        QCOMPARE(told(here.runStep(me, plan, "restore")), "done");
        QString again;
        here.tools.checking = [&](Operation operation) -> QCoro::Task<> {
            const auto executor = here.runner().executor();
            again = told(there.recovery().act(other, plan, CancelVerification{executor.id}));
            again += ", " + told(there.recovery().act(other, plan, StartVerification{executor, false}));
            co_await untilStopped(operation);
        };
        QCOMPARE(told(here.verify(me, plan)), "conflict");
        QCOMPARE(again, "done, done");
        QCOMPARE(here.plan(plan).verificationAttempt, 2);
        QVERIFY(here.plan(plan).verifying);
    }

    void theOutcomeOfALockedSessionIsKept()
    {
        auto&& [home, here, there, me, other] = TwoConsoles();
        const auto plan = here.start(me, twoSteps());
        here.tools.execute = [&](const ActionContext&) {
            me.session->lock();
            return there.recovery().abort(other, plan, "wrong procedure") ? good() : bad();
        };
        QCOMPARE(told(here.run(me, plan)), "not_signed_in");
        QCOMPARE(here.state(plan, "restore"), "succeeded");
        QCOMPARE(there.recovery().abort(other, plan, "once more")->status, PlanStatus::Aborted);
        QVERIFY(!here.isAnythingClaimed());
    }

    void anAbortThatLostItsExecutorIsFinishedByARole()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, twoSteps());
        {
            Workplace dying(home);
            const auto other = dying.signIn(olga);
            const auto intent = rc::test::start("restore", dying.runner().executor());
            QCOMPARE(told(dying.recovery().act(other, plan, intent)), "done");
            QCOMPARE(here.recovery().abort(me, plan, "wrong procedure")->status, PlanStatus::Aborting);
        }
        QCOMPARE(told(here.recovery().abort(here.signIn(eve), plan, "me too")), "permission_denied");
        QCOMPARE(here.recovery().abort(me, plan, "once more")->status, PlanStatus::Aborted);
        QCOMPARE(here.state(plan, "restore"), "unknown");
    }

    // --- stopping

    void aStepThatWasCancelledIsRecordedAndTheAnswerSaysSo_data()
    {
        QTest::addColumn<bool>("wholePlan");
        QTest::newRow("plan run") << true;
        QTest::newRow("step run") << false;
    }
    void aStepThatWasCancelledIsRecordedAndTheAnswerSaysSo()
    {
        QFETCH(bool, wholePlan);
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, twoSteps());
        Operation operation;
        here.tools.execute = [&](const ActionContext&) {
            operation.cancel.cancel();
            return bad("It was stopped half way.");
        };
        const auto ran = wholePlan ? here.run(me, plan, operation) : here.runStep(me, plan, "restore", operation);
        QCOMPARE(told(ran), "cancelled");
        QVERIFY2(ran.error().message.contains("It was stopped half way."), qPrintable(ran.error().message));
        QCOMPARE(ran.error().details["left"].toArray(),
                 (QJsonArray{QJsonObject{{"id", "restore"}, {"state", "failed"}},
                             QJsonObject{{"id", "restart"}, {"state", "waiting"}}}));
        QCOMPARE(here.state(plan, "restore"), "failed");
        QVERIFY(!here.plan(plan).isArmed());
        QVERIFY(!here.isAnythingClaimed());
    }

    void aVerificationThatWasCancelledSaysNothing_data()
    {
        QTest::addColumn<QString>("during");
        QTest::newRow("plan run") << "run";
        QTest::newRow("plan verify") << "verify";
        QTest::newRow("plan declare") << "declare";
    }
    void aVerificationThatWasCancelledSaysNothing()
    {
        QFETCH(QString, during);
        RecoveryHome home;
        Workplace here(home);
        Workplace there(home);
        const auto me = here.signIn(olga);
        const auto plan = here.start(me, twoSteps().check("first", "restore").check("second", "restart"));
        if (during == "verify") {
            QCOMPARE(told(here.runStep(me, plan, "restore")), "done");
            QCOMPARE(told(here.runStep(me, plan, "restart")), "done");
        } else if (during == "declare") {
            QCOMPARE(here.run(me, plan)->status, PlanStatus::Soaking);
        }
        const auto before = here.plan(plan);
        Operation operation;
        here.tools.check = [&](const QString&, const Operation& own) -> Result<CheckResult> {
            operation.cancel.cancel();
            return own.cancel.isCancelled() ? fail(ErrorCode::Cancelled, "stopped") : Result<CheckResult>();
        };
        const auto stopped = during == "run"      ? here.run(me, plan, operation)
                             : during == "verify" ? here.verify(me, plan, operation)
                                                  : here.declare(me, plan, operation);
        QCOMPARE(told(stopped), "cancelled");
        const auto after = here.plan(plan);
        QCOMPARE(after.status, before.status);
        QCOMPARE(after.verificationResults, before.verificationResults);
        QVERIFY(after.allStepsDone());
        QCOMPARE(after.soakUntil, before.soakUntil);
        QVERIFY(!after.isArmed());
        // Others need not wait for the executor that gave up.
        QCOMPARE(there.verify(there.signIn(olga), plan)->status, PlanStatus::Soaking);
    }

    void whatIsToldToStopBeforeItBeginsDoesNotBegin_data()
    {
        QTest::addColumn<QString>("during");
        QTest::addColumn<QString>("by");
        for (const auto* const during : {"canRun", "dryRun", "capture"}) {
            for (const auto* const by : {"cancel", "abort", "here"}) {
                QTest::addRow("%s, %s", during, by) << during << by;
            }
        }
    }
    void whatIsToldToStopBeforeItBeginsDoesNotBegin()
    {
        QFETCH(QString, during);
        QFETCH(QString, by);
        auto&& [home, here, there, me, other] = TwoConsoles();
        here.dryRun.insert("steps", QJsonArray{QJsonObject{{"id", "restore"}, {"effects", QJsonArray()}}});
        const auto plan = here.start(me, ProcedureBuilder().automated("restore").triedAgain(3, Milliseconds(0)));
        Operation operation;
        QString answer;
        const auto stop = [&](const QString& now) {
            if (now == during && by == "here") {
                operation.cancel.cancel();
            } else if (now == during) {
                answer = by == "abort" ? told(there.recovery().abort(other, plan, "wrong procedure"))
                                       : told(there.recovery().act(other, plan, CancelStep{StepId("restore"), "no"}));
            }
        };
        here.tools.canRun = [&](const ActionContext&) {
            stop("canRun");
            return Status();
        };
        here.tools.dryRun = [&](const ActionContext&) {
            stop("dryRun");
            return QList<Effect>();
        };
        here.tools.capture = [&](const ActionContext&) {
            stop("capture");
            return Capture{Capture::Kind::Undoable, "What was there is put back.", {}};
        };
        QCOMPARE(told(here.runStep(me, plan, "restore", operation)),
                 by == "here" ? QString("cancelled") : QString("done"));
        QCOMPARE(answer, by == "here" ? QString() : QString("done"));
        QCOMPARE(here.tools.executed, QStringList());
        const auto after = here.plan(plan);
        QCOMPARE(here.state(plan, "restore"), "failed");
        QVERIFY(after.steps[0].result.reverted);
        QVERIFY(leftoversOf(after).isEmpty());
        QVERIFY(!here.isAnythingClaimed());
    }

    void whatCannotRunLeavesWhatAnEarlierAttemptHasDone()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, ProcedureBuilder().automated("restore"));
        here.tools.execute = [](const ActionContext&) { return bad("half-way"); };
        QCOMPARE(told(here.runStep(me, plan, "restore")), "done");
        QVERIFY(here.recovery().retryStep(me, plan, RetryStep{StepId("restore"), "again"}));
        here.tools.canRun = [](const ActionContext&) { return Status(fail(ErrorCode::Busy, "not now")); };
        QCOMPARE(told(here.runStep(me, plan, "restore")), "done");
        const auto after = here.plan(plan);
        QVERIFY(!after.steps[0].result.success && !after.steps[0].result.reverted);
        QCOMPARE(after.captureOf(0).kind, Capture::Kind::Undoable);
    }

    void anActWhoseEffectIsNotKnownIsNotDoneAgainByItself_data()
    {
        QTest::addColumn<EffectState>("probe");
        QTest::addColumn<int>("times");
        QTest::newRow("nobody can tell") << EffectState::CannotTell << 1;
        QTest::newRow("nothing of it is there") << EffectState::NotApplied << 3;
    }
    void anActWhoseEffectIsNotKnownIsNotDoneAgainByItself()
    {
        QFETCH(EffectState, probe);
        QFETCH(int, times);
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(
            me, ProcedureBuilder().automated("act").limitedTo(Milliseconds(50)).triedAgain(3, Milliseconds(0)));
        here.tools.work = untilCancelled;
        here.tools.execute = [](const ActionContext&) { return bad("stopped half-way"); };
        here.tools.probe = [probe](const ActionContext&) { return Probe{probe, bad("looked")}; };
        QCOMPARE(told(here.runStep(me, plan, "act")), "done");
        QCOMPARE(here.tools.executed.size(), times);
        QCOMPARE(here.state(plan, "act"), "failed");
        QCOMPARE(here.plan(plan).steps[0].result.doubtful, times == 1);
    }

    void whatHangsBeforeItBeginsHasTheSameLimit_data()
    {
        QTest::addColumn<QString>("during");
        QTest::addColumn<bool>("says");
        QTest::newRow("asked whether it can run") << "canRun" << true;
        QTest::newRow("asked what is there, and says that it was stopped") << "capture" << true;
        QTest::newRow("asked what is there, and answers too late") << "capture" << false;
    }
    void whatHangsBeforeItBeginsHasTheSameLimit()
    {
        QFETCH(QString, during);
        QFETCH(bool, says);
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, ProcedureBuilder().automated("act").limitedTo(Milliseconds(50)));
        (during == "canRun" ? here.tools.asked : here.tools.capturing) = untilCancelled;
        const auto stopped = [says](const ActionContext& context) {
            return says && context.operation.cancel.isCancelled()
                       ? Status(fail(ErrorCode::Cancelled, "Stopped asking."))
                       : Status();
        };
        here.tools.canRun = stopped;
        here.tools.capture = [stopped](const ActionContext& context) -> Result<Capture> {
            const auto may = stopped(context);
            return may ? Result<Capture>(Capture{Capture::Kind::Undoable, "It is put back.", {}})
                       : std::unexpected(may.error());
        };
        QCOMPARE(told(here.runStep(me, plan, "act")), "done");
        QCOMPARE(here.tools.executed, QStringList());
        QCOMPARE(here.state(plan, "act"), "failed");
        const auto after = here.plan(plan);
        QVERIFY(after.steps[0].result.reverted);
        const auto message = after.steps[0].result.message;
        QVERIFY2(message.contains("longer than its limit") && message.contains("before it had touched anything"),
                 qPrintable(message));
        QCOMPARE(message.contains("Stopped asking."), says);
        QVERIFY(leftoversOf(after).isEmpty());
        QVERIFY(!here.isAnythingClaimed());
    }

    // --- an undo

    void anUndoThatIsStoppedIsLookedAt_data()
    {
        QTest::addColumn<EffectState>("probe");
        QTest::addColumn<bool>("timesOut");
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("state");
        for (const bool timesOut : {false, true}) {
            const auto* const how = timesOut ? "too long" : "stopped";
            QTest::addRow("%s: all is back", how) << EffectState::Applied << timesOut << "done" << "undone";
            QTest::addRow("%s: nothing is back", how) << EffectState::NotApplied << timesOut << "done" << "succeeded";
            QTest::addRow("%s: nobody can tell", how)
                << EffectState::CannotTell << timesOut << "wrong_state" << "unknown";
        }
    }
    void anUndoThatIsStoppedIsLookedAt()
    {
        QFETCH(EffectState, probe);
        QFETCH(bool, timesOut);
        auto&& [home, here, there, me, other] = TwoConsoles();
        ProcedureBuilder procedure;
        procedure.automated("restore");
        if (timesOut) {
            procedure.limitedTo(Milliseconds(50));
        }
        const auto plan = here.start(me, procedure);
        QCOMPARE(told(here.runStep(me, plan, "restore")), "done");
        here.tools.work = untilCancelled;
        here.tools.undo = [](const ActionContext&) { return bad("half of it is back"); };
        StepAct asked = StepAct::Run;
        here.tools.probe = [&](const ActionContext& context) {
            asked = context.act;
            return Probe{probe, {probe == EffectState::Applied, "looked", {}, {}, Timestamp()}};
        };
        QString stopped("done");
        QTimer::singleShot(50, this, [&] {
            if (!timesOut) {
                stopped = told(there.recovery().act(other, plan, CancelStep{StepId("restore"), "no"}));
            }
        });
        QTEST(told(here.undo(me, plan, "restore")), "answer");
        QCOMPARE(stopped, "done");
        QCOMPARE(asked, StepAct::Undo);
        QTEST(here.state(plan, "restore"), "state");
        // What nobody knows keeps its system.
        QCOMPARE(here.isAnythingClaimed(), probe == EffectState::CannotTell);
        if (probe == EffectState::CannotTell) {
            const CompleteStep said{StepId("restore"), good(), "all is back", {}};
            QCOMPARE(told(there.recovery().completeRecoveryStep(other, plan, said)), "done");
            QCOMPARE(here.state(plan, "restore"), "undone");
            QVERIFY(!here.isAnythingClaimed());
        }
    }

    void whatAFailedUndoLeavesIsListed()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, twoSteps());
        QCOMPARE(told(here.runStep(me, plan, "restore")), "done");
        const auto before = leftoversOf(here.plan(plan)).size();
        here.tools.undo = [](const ActionContext&) {
            auto failed = bad("it does not start");
            failed.leftovers = {QJsonObject{{"system", "validator-3"}, {"what", "It does not run."}}};
            return failed;
        };
        QCOMPARE(told(here.undo(me, plan, "restore")), "done");
        const auto left = leftoversOf(here.plan(plan));
        QCOMPARE(left.size(), before + 1);
        QVERIFY(std::ranges::any_of(left, [](const Leftover& one) { return one.what == "It does not run."; }));
    }
};

QTEST_GUILESS_MAIN(TestPlanStopping)
#include "tst_plan_stopping.moc"
