// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/recovery/recovery_fixture.h"

#include <QTimer>

using namespace rc;
using namespace rc::test;

/// What PlanRunner makes of a plan, and of what others do to it in the meantime.
class TestPlanRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anArmedPlanRunsToItsSoakAndIsDisarmed()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, ProcedureBuilder().automated("restore").automated("restart"));
        const auto ran = here.run(me, plan);
        QCOMPARE(told(ran), "done");
        QCOMPARE(ran->status, PlanStatus::Soaking);
        QVERIFY(!ran->isArmed());
        QCOMPARE(here.tools.executed, (QStringList{"PLAN-1/restore", "PLAN-1/restart"}));
    }

    void anInterruptedStepThatTookNoEffectIsRunAgain()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, ProcedureBuilder().automated("restore"));
        here.interrupt(me, plan, "restore");
        QCOMPARE(here.state(plan, "restore"), "unknown");
        const auto ran = here.run(me, plan);
        QCOMPARE(told(ran), "done");
        QCOMPARE(ran->steps[0].attempt, 2);
        QCOMPARE(ran->status, PlanStatus::Soaking);
    }

    // --- two at the same plan

    void anArmedPlanIsNotTakenFromARunnerThatLives()
    {
        auto&& [home, here, there, me, again] = TwoConsoles();
        const auto plan = here.start(me, twoSteps());
        QStringList answers;
        here.tools.execute = [&](const ActionContext& context) {
            if (context.holder.endsWith("restore")) {
                answers.append(told(there.run(again, plan)));
            }
            return good();
        };
        const auto ran = here.run(me, plan);
        QCOMPARE(answers, QStringList{"conflict"});
        QVERIFY(there.tools.executed.isEmpty());
        QCOMPARE(ran->status, PlanStatus::Soaking);
        QCOMPARE(here.tools.executed.size(), 2);
    }

    void anArmedPlanIsTakenFromARunnerThatDied()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, twoSteps());
        QCOMPARE(told(here.recovery().act(me, plan, ArmPlan{{"died", {}}})), "done");
        QCOMPARE(here.run(me, plan)->status, PlanStatus::Soaking);
    }

    void whatOthersWriteDuringAStepDoesNotLoseItsOutcome()
    {
        auto&& [home, here, there, me, other] = TwoConsoles(olga, nora);
        const auto plan = here.start(me, twoSteps());
        here.tools.execute = [&](const ActionContext&) {
            return told(there.recovery().act(other, plan, AddNote{"seen"})) == "done" ? good() : bad();
        };
        const auto ran = here.run(me, plan);
        QCOMPARE(ran->status, PlanStatus::Soaking);
        QCOMPARE(ran->notes.size(), 2);
    }

    void whyAReadyStepIsLeftIsTold_data()
    {
        QTest::addColumn<bool>("final");
        QTest::addColumn<QString>("line");
        QTest::newRow("nothing takes it back")
            << true << "Not started: after step 'leave' there is no way back, so it has to be run on its own.";
        QTest::newRow("it is for another role") << false << "Not started: Step 'leave' needs the role observer";
    }

    void whyAReadyStepIsLeftIsTold()
    {
        QFETCH(bool, final);
        QFETCH(QString, line);
        auto&& [home, here, me] = OneConsole();
        ProcedureBuilder procedure;
        procedure.automated("restore").automated("leave");
        const auto plan = here.start(me, final ? procedure.irreversible() : procedure.by({Role::Observer}));
        QStringList lines;
        QCOMPARE(told(here.run(me, plan, toldTo(lines))), "done");
        QCOMPARE(here.tools.executed.size(), 1);
        QVERIFY2(lines.last().startsWith(line), qPrintable(lines.join('\n')));
    }

    void onlyWhatIsRecordedIsToldAsDone()
    {
        auto&& [home, here, there, me, other] = TwoConsoles();
        const auto plan = here.start(me, twoSteps());
        here.tools.execute = [&](const ActionContext&) {
            const MarkUnknown taken{StepId("restore"), here.runner().executor().id};
            return told(there.recovery().act(other, plan, taken)) == "done" ? good() : bad();
        };
        QStringList lines;
        const auto operation = toldTo(lines);
        QCOMPARE(told(here.runStep(me, plan, "restore", operation)), "conflict");
        QVERIFY2(lines.last().startsWith("What came of step 'restore' could not be recorded: "),
                 qPrintable(lines.join('\n')));
        here.tools.execute = [](const ActionContext&) { return good(); };
        here.tools.systems = [](const QJsonObject&) { return QList<SystemId>{SystemId("validator-1")}; };
        const auto promising = here.start(me, ProcedureBuilder().automated("read").leaves({"height"}));
        QCOMPARE(told(here.runStep(me, promising, "read", operation)), "done");
        QVERIFY2(lines.last().startsWith("Failed: "), qPrintable(lines.join('\n')));
    }

    void whatCannotBeRecordedIsTold_data()
    {
        QTest::addColumn<bool>("undo");
        QTest::newRow("of an undo") << true;
        QTest::newRow("of a look at an interrupted step") << false;
    }
    void whatCannotBeRecordedIsTold()
    {
        QFETCH(bool, undo);
        auto&& [home, here, there, me, other] = TwoConsoles();
        const auto plan = here.start(me, twoSteps());
        const StepId restore("restore");
        QStringList lines;
        const auto operation = toldTo(lines);
        if (undo) {
            QCOMPARE(told(here.runStep(me, plan, "restore")), "done");
        } else {
            here.interrupt(me, plan, "restore");
        }
        QString answer;
        here.tools.undo = [&](const ActionContext&) {
            answer = told(there.recovery().act(other, plan, MarkUnknown{restore, here.runner().executor().id}));
            return good();
        };
        here.tools.probe = [&](const ActionContext&) {
            answer = told(there.recovery().completeRecoveryStep(other, plan, {restore, good(), "it is there", {}}));
            return Probe{EffectState::Applied, good()};
        };
        const auto ended =
            undo ? here.undo(me, plan, "restore", operation) : here.settle(me, plan, "restore", operation);
        QCOMPARE(answer, "done");
        QCOMPARE(told(ended), undo ? QString("conflict") : QString("wrong_state"));
        QVERIFY2(lines.last().startsWith("What came of step 'restore' could not be recorded: "),
                 qPrintable(lines.join('\n')));
    }

    void aPauseDuringAStepEndsTheRunAfterIt()
    {
        auto&& [home, here, there, me, other] = TwoConsoles(olga, nora);
        const auto plan = here.start(me, twoSteps());
        here.tools.execute = [&](const ActionContext&) {
            return told(there.recovery().act(other, plan, PausePlan{"wait"})) == "done" ? good() : bad();
        };
        const auto ran = here.run(me, plan);
        QCOMPARE(told(ran), "done");
        QCOMPARE(ran->status, PlanStatus::Paused);
        QCOMPARE(here.tools.executed, QStringList{"PLAN-1/restore"});
        QCOMPARE(here.state(plan, "restore"), "succeeded");
    }

    // --- interrupted steps

    void aRunGoesPastWhatItCannotSettle_data()
    {
        QTest::addColumn<bool>("hasRole");
        QTest::newRow("the probe cannot tell") << true;
        QTest::newRow("a step of another role") << false;
    }
    void aRunGoesPastWhatItCannotSettle()
    {
        QFETCH(bool, hasRole);
        auto&& [home, here, me] = OneConsole();
        ProcedureBuilder procedure;
        procedure.automated("rewind").by({hasRole ? Role::NodeOperator : Role::ProtocolLead});
        procedure.automated("restart").by({Role::NodeOperator}).after({});
        const auto plan = here.start(me, procedure);
        here.interrupt(me, plan, "rewind");
        int probes = 0;
        here.tools.probe = [&](const ActionContext&) {
            ++probes;
            return Probe{EffectState::CannotTell, bad("nobody answers")};
        };
        const auto ran = here.run(here.signIn(nora), plan);
        QCOMPARE(told(ran), "done");
        QCOMPARE(probes, hasRole ? 1 : 0);
        QCOMPARE(here.state(plan, "rewind"), "unknown");
        QCOMPARE(here.state(plan, "restart"), "succeeded");
        QVERIFY(Store::must(here.journal().read("denials")).isEmpty()); // nobody asked for it
    }

    void oneInterruptedStepKeepsTheOthersFromNothing()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, ProcedureBuilder().automated("rewind").automated("restart").after({}));
        here.interrupt(me, plan, "rewind");
        // As a command that goes on under the supervisor: it ends once the other step is done.
        here.tools.looking = [&](ActionContext context) -> QCoro::Task<> {
            while (here.tools.executed.isEmpty() && !context.operation.cancel.isCancelled()) {
                (void)co_await pause(Milliseconds(10), context.operation.cancel);
            }
        };
        here.tools.probe = [](const ActionContext&) { return Probe{EffectState::Applied, good()}; };
        const LimitedOperation limited({}, std::chrono::seconds(20));
        const auto ran = here.run(me, plan, limited.operation);
        QCOMPARE(told(ran), "done");
        QCOMPARE(here.tools.executed, QStringList{"PLAN-1/restart"});
        QCOMPARE(ran->status, PlanStatus::Soaking);
    }

    void nobodyLooksAnyLongerAtWhatIsSettled_data()
    {
        QTest::addColumn<QString>("meanwhile");
        QTest::newRow("the plan is aborted") << "abort";
        QTest::newRow("somebody says what became of it") << "done";
    }
    void nobodyLooksAnyLongerAtWhatIsSettled()
    {
        QFETCH(QString, meanwhile);
        auto&& [home, here, there, me, other] = TwoConsoles();
        const auto plan = here.start(me, twoSteps());
        here.interrupt(me, plan, "restore");
        QString answer;
        here.tools.looking = [&](ActionContext context) -> QCoro::Task<> {
            const CompleteStep said{StepId("restore"), good(), "it is there", {}};
            answer = told(meanwhile == "abort" ? there.recovery().abort(other, plan, "wrong procedure")
                                               : there.recovery().completeRecoveryStep(other, plan, said));
            co_await untilCancelled(context);
        };
        here.tools.probe = [](const ActionContext&) { return Probe{EffectState::CannotTell, bad("it still runs")}; };
        const LimitedOperation limited({}, std::chrono::seconds(20));
        const auto ran = here.run(me, plan, limited.operation);
        QCOMPARE(answer, "done");
        QVERIFY(!limited.operation.cancel.isCancelled());
        QCOMPARE(told(ran), "done");
        QCOMPARE(here.state(plan, "restore"), meanwhile == "abort" ? QString("unknown") : QString("succeeded"));
    }

    // --- roles, and the end

    void aRoleThatIsTakenAwayStartsNothingMore()
    {
        auto&& [home, here, there, me, chief] = TwoConsoles(nora);
        const auto plan = there.start(chief, twoSteps());
        here.tools.execute = [&](const ActionContext&) {
            return there.identity().revoke(chief, nora.id, {Role::NodeOperator}) ? good() : bad();
        };
        const auto ran = here.run(me, plan);
        QCOMPARE(told(ran), "done");
        QCOMPARE(here.tools.executed, QStringList{"PLAN-1/restore"});
        QCOMPARE(here.state(plan, "restart"), "ready");
        QVERIFY(!ran->isArmed());
    }

    void aRoleThatIsTakenAwayBeginsNoFurtherAttempt_data()
    {
        QTest::addColumn<bool>("before");
        QTest::newRow("between looking and starting") << true;
        QTest::newRow("between two attempts") << false;
    }
    void aRoleThatIsTakenAwayBeginsNoFurtherAttempt()
    {
        QFETCH(bool, before);
        auto&& [home, here, there, me, chief] = TwoConsoles(nora);
        const auto plan = there.start(
            chief, ProcedureBuilder().automated("restore").by({Role::NodeOperator}).triedAgain(3, Milliseconds(0)));
        const auto revoke = [&there, &chief] {
            return there.identity().revoke(chief, nora.id, {Role::NodeOperator}).has_value();
        };
        QVERIFY(!before || revoke());
        here.tools.execute = [&revoke](const ActionContext&) { return revoke() ? bad() : good(); };
        QCOMPARE(told(here.runStep(me, plan, "restore")), "permission_denied");
        QCOMPARE(here.tools.executed.size(), before ? 0 : 1);
    }

    void aConsoleThatIsGoneTakesNoConsentAwayFromAStepRunByName()
    {
        auto&& [home, here, me] = OneConsole();
        const StepId step("restore");
        ProcedureBuilder procedure;
        procedure.automated("restore").irreversible().approvedBy(Role::ProtocolLead);
        procedure.automated("restart").by({Role::NodeOperator});
        const auto plan = here.start(me, procedure);
        const auto pias = here.signIn(pia);
        QCOMPARE(told(here.recovery().approveStep(pias, plan, step)), "done");
        QCOMPARE(told(here.recovery().act(pias, plan, ArmPlan{{"died", {}}})), "done");
        QCOMPARE(told(here.runStep(me, plan, "restore")), "done");
        QCOMPARE(here.state(plan, "restore"), "succeeded");
    }

    void whatWasToBeTakenBackIsNotRunByLookingAtIt()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, ProcedureBuilder().automated("restore").check("state_agreement", "restore"));
        here.tools.check = [](const QString&, const Operation&) { return CheckResult{false, "two disagree"}; };
        QCOMPARE(here.run(me, plan)->status, PlanStatus::VerificationFailed);
        QCOMPARE(told(here.recovery().act(
                     me, plan, UndoStep{StepId("restore"), {"died", {}}, {SystemId("validator-3")}, "it is worse"})),
                 "done");
        QCOMPARE(here.state(plan, "restore"), "unknown");
        QCOMPARE(told(here.runStep(me, plan, "restore")), "done"); // which looks what became of the undo: nothing
        QCOMPARE(here.state(plan, "restore"), "ready");
        QCOMPARE(here.tools.executed.size(), 1);
    }

    void theLeadIsNotOfferedToOneWhoCannotSignIn()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, twoSteps());
        QCOMPARE(told(here.recovery().handOver(me, plan, nora.id, "yours")), "done");
        QVERIFY(here.identity().disable(here.signIn(adam), pia.id, "left"));
        QCOMPARE(told(here.recovery().handOver(me, plan, pia.id, "yours")), "wrong_state");
        QCOMPARE(here.plan(plan).handover->to, nora.id);
    }

    void aPlanThatClosesByItselfIsCompletedAfterItsSoak()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, twoSteps().soak(std::chrono::minutes(5)).closesAutomatically());
        QCOMPARE(here.run(me, plan)->status, PlanStatus::Soaking);
        QCOMPARE(here.run(me, plan)->status, PlanStatus::Soaking); // too early
        home.wait(std::chrono::minutes(5));
        const auto end = here.run(me, plan);
        QCOMPARE(end->status, PlanStatus::Completed);
        QVERIFY(end->declaredBy.isEmpty());
    }

    void declaringAPlanThatClosesByItselfIsNoFailure()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, twoSteps().soak(std::chrono::minutes(5)).closesAutomatically());
        QCOMPARE(here.run(me, plan)->status, PlanStatus::Soaking);
        home.wait(std::chrono::minutes(5));
        QCOMPARE(here.declare(me, plan)->status, PlanStatus::Completed);
    }

    void whoIsNoCommanderAnyMoreDeclaresNothing_data()
    {
        QTest::addColumn<bool>("whileWaiting");
        QTest::newRow("taken away while the soak time is waited for") << true;
        QTest::newRow("taken away during the last look") << false;
    }
    void whoIsNoCommanderAnyMoreDeclaresNothing()
    {
        QFETCH(bool, whileWaiting);
        RecoveryHome home;
        Workplace here(home);
        Workplace there(home);
        const auto chief = there.signIn(olga);
        QVERIFY(there.identity().grant(chief, cora.id, {Role::IncidentCommander}));
        const auto me = here.signIn(cora);
        constexpr Milliseconds Soak(300);
        const auto plan = here.start(chief, twoSteps().soak(Soak));
        QCOMPARE(here.run(here.signIn(nora), plan)->status, PlanStatus::Soaking);
        const auto takeAway = [&] { QVERIFY(there.identity().revoke(chief, cora.id, {Role::IncidentCommander})); };
        int looks = 0;
        here.tools.check = [&](const QString&, const Operation&) {
            if (++looks == 1 && !whileWaiting) {
                takeAway();
            }
            return CheckResult{true, "all agree"};
        };
        QTimer::singleShot(0, this, [&] {
            if (whileWaiting) {
                takeAway();
            }
            home.wait(Soak);
        });
        const auto declared = QCoro::waitFor(here.runner().declare(me, plan, {}, std::chrono::minutes(1)));
        QCOMPARE(told(declared), "permission_denied");
        QCOMPARE(looks, whileWaiting ? 0 : 1);
        QCOMPARE(here.plan(plan).status, PlanStatus::Soaking);
        const auto denials = Store::must(here.journal().read("denials"));
        QCOMPARE(denials.size(), 1);
        QCOMPARE(denials[0].operatorId, cora.id);
        QCOMPARE(denials[0].body["required_roles"].toArray(), QJsonArray{"incident_commander"});
    }
};

QTEST_GUILESS_MAIN(TestPlanRunner)
#include "tst_plan_runner.moc"
