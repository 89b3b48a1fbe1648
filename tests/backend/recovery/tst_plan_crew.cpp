// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/recovery/recovery_fixture.h"

#include <QTimer>

using namespace rc;
using namespace rc::test;

namespace {

/// Two branches of one step each, on systems of their own, and a step that joins them.
ProcedureBuilder twoBranches()
{
    return ProcedureBuilder()
        .automated("left")
        .after({})
        .with({{{"on", "validator-1"}}})
        .automated("right")
        .after({})
        .with({{{"on", "validator-2"}}})
        .automated("join")
        .after({"left", "right"})
        .with({{{"on", "validator-3"}}});
}

QList<SystemId> named(const QJsonObject& parameters)
{
    return {SystemId(parameters["on"].toString("validator-3"))};
}

/// Work of some time that knows how many are at it at once.
struct Crowd
{
    int atWork = 0;
    int most = 0;

    std::function<QCoro::Task<>(ActionContext)> work()
    {
        return [this](ActionContext) -> QCoro::Task<> {
            most = std::max(most, ++atWork);
            (void)co_await pause(Milliseconds(20), {});
            --atWork;
        };
    }
};

/// Work that goes on until somebody at another console waits for its end.
std::function<QCoro::Task<>(ActionContext)> untilAwaited(const bool& awaited)
{
    return [&awaited](ActionContext context) -> QCoro::Task<> {
        while (!awaited && !context.operation.cancel.isCancelled()) {
            (void)co_await pause(Milliseconds(10), context.operation.cancel);
        }
    };
}

/// The operation of whoever waits there; olga is at the step.
Operation awaiting(bool& awaited)
{
    Operation operation;
    operation.progress = [&awaited](const QString& line) {
        awaited = awaited || line.contains("runs on another console, for olga");
    };
    return operation;
}

} // namespace

/// What PlanRunner makes of plans that are graphs: side by side, again, stopped, and taken back.
class TestPlanCrew : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void branchesRunSideBySide()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, twoBranches());
        here.tools.systems = named;
        int begun = 0;
        here.tools.work = [&begun](ActionContext context) -> QCoro::Task<> {
            ++begun;
            // The branches can only end together; one after the other they never would.
            while (begun < 2 && !context.operation.cancel.isCancelled()) {
                (void)co_await pause(Milliseconds(10), context.operation.cancel);
            }
        };
        const auto ran = here.run(me, plan);
        QCOMPARE(told(ran), "done");
        QCOMPARE(ran->status, PlanStatus::Soaking);
        QCOMPARE(here.tools.executed.last(), "PLAN-1/join");
    }

    void stepsOnTheSameSystemTakeTurns()
    {
        auto&& [home, here, me] = OneConsole();
        ProcedureBuilder procedure;
        for (const auto& step : QStringList{"a", "b", "c", "d"}) {
            procedure.automated(step).after({});
        }
        const auto plan = here.start(me, procedure);
        Crowd crowd;
        here.tools.work = crowd.work();
        QCOMPARE(told(here.run(me, plan)), "done");
        QCOMPARE(here.tools.executed.size(), 4);
        QCOMPARE(crowd.most, 1);
    }

    void noMoreRunAtOnceThanTheProcedureAllows()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, twoBranches().atMostAtOnce(1));
        here.tools.systems = named;
        Crowd crowd;
        here.tools.work = crowd.work();
        QCOMPARE(told(here.run(me, plan)), "done");
        QCOMPARE(crowd.most, 1);
    }

    void afterTheFailureOfACriticalStepNothingMoreStarts_data()
    {
        QTest::addColumn<bool>("critical");
        QTest::newRow("critical") << true;
        QTest::newRow("not critical") << false;
    }

    void afterTheFailureOfACriticalStepNothingMoreStarts()
    {
        QFETCH(bool, critical);
        auto&& [home, here, me] = OneConsole();
        ProcedureBuilder procedure;
        procedure.atMostAtOnce(1).automated("first").after({}).priority(Priority::High);
        if (!critical) {
            procedure.uncritical();
        }
        procedure.automated("other").after({}).automated("last").after({"first", "other"});
        const auto plan = here.start(me, procedure);
        here.tools.execute = [](const ActionContext& context) {
            return context.holder.endsWith("first") ? bad() : good();
        };
        QCOMPARE(told(here.run(me, plan)), "done");
        QCOMPARE(here.state(plan, "first"), "failed");
        QCOMPARE(here.state(plan, "other"), critical ? QString("ready") : QString("succeeded"));
        QCOMPARE(here.state(plan, "last"), "waiting");
        QVERIFY(!here.plan(plan).isArmed());
    }

    void oneBranchIsRunAlone()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, twoBranches());
        here.tools.systems = named;
        QCOMPARE(told(here.run(me, plan, {}, {.steps = {StepId("right")}})), "done");
        QCOMPARE(here.tools.executed, QStringList{"PLAN-1/right"});
        QCOMPARE(told(here.run(me, plan)), "done");
        QCOMPARE(here.plan(plan).status, PlanStatus::Soaking);
    }

    // --- again

    void aFailureIsTriedAgainByItself_data()
    {
        QTest::addColumn<bool>("armed");
        QTest::newRow("in an armed plan") << true;
        QTest::newRow("by name") << false;
    }

    void aFailureIsTriedAgainByItself()
    {
        QFETCH(bool, armed);
        auto&& [home, here, me] = OneConsole();
        const auto plan =
            here.start(me, ProcedureBuilder().automated("fetch").triedAgain(3, Milliseconds(30)).manual("tell"));
        int captured = 0;
        here.tools.capture = [&captured](const ActionContext&) {
            ++captured;
            return Capture{Capture::Kind::Undoable, "What was there is put back.", {}};
        };
        here.tools.execute = [&](const ActionContext& context) { return context.attempt < 3 ? bad() : good(); };
        QTimer clock;
        connect(&clock, &QTimer::timeout, this, [&home] { home.wait(Milliseconds(10)); });
        clock.start(10);
        QCOMPARE(told(armed ? here.run(me, plan) : here.runStep(me, plan, "fetch")), "done");
        QCOMPARE(here.tools.executed.size(), 3);
        QCOMPARE(here.state(plan, "fetch"), "succeeded");
        QCOMPARE(captured, 1); // what was there before the first of them counts
    }

    void whatWasReplacedBySuccessIsKeptAnewForTheNextAttempt()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, ProcedureBuilder().automated("restore"));
        QList<int> captured;
        here.tools.capture = [&captured](const ActionContext& context) {
            captured.append(context.attempt);
            return Capture{Capture::Kind::Undoable, "What was there is put back.", {}};
        };
        here.tools.check = [](const QString&, const Operation&) { return CheckResult{false, "differs"}; };
        QCOMPARE(told(here.run(me, plan)), "done");
        QCOMPARE(here.plan(plan).status, PlanStatus::VerificationFailed); // restore is open again
        QCOMPARE(told(here.runStep(me, plan, "restore")), "done");
        QCOMPARE(captured, (QList<int>{1, 2}));
    }

    void aBackOffKeepsNoExecutorThatIsNotToGoOn_data()
    {
        QTest::addColumn<QString>("meanwhile");
        QTest::newRow("disarmed") << "disarm";
        QTest::newRow("paused") << "pause";
        QTest::newRow("taken over") << "take over";
    }
    void aBackOffKeepsNoExecutorThatIsNotToGoOn()
    {
        QFETCH(QString, meanwhile);
        auto&& [home, here, there, me, other] = TwoConsoles();
        const auto plan = here.start(me, ProcedureBuilder().automated("fetch").triedAgain(3, std::chrono::hours(1)));
        here.tools.execute = [](const ActionContext&) { return bad(); };
        QString answer;
        const auto act = [&] {
            auto& recovery = there.recovery();
            answer = told(meanwhile == "disarm" ? recovery.act(other, plan, DisarmPlan{"stop here", {}})
                          : meanwhile == "pause"
                              ? recovery.act(other, plan, PausePlan{"wait"})
                              : recovery.act(other, plan, ArmPlan{there.runner().executor(), true, {}, "mine"}));
        };
        QTimer look;
        look.callOnTimeout([&] {
            if (there.plan(plan).steps[0].notBefore) {
                look.stop();
                act();
            }
        });
        look.start(10);
        const LimitedOperation limited({}, std::chrono::seconds(20)); // otherwise it waits for an hour
        QCOMPARE(told(here.run(me, plan, limited.operation)), "done");
        QCOMPARE(answer, "done");
        QCOMPARE(here.tools.executed.size(), 1);
    }

    void aBackOffThatIsStoppedIsNoSuccess()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, ProcedureBuilder().automated("fetch").triedAgain(3, std::chrono::hours(1)));
        here.tools.execute = [](const ActionContext&) { return bad(); };
        Operation operation;
        operation.progress = [cancel = operation.cancel](const QString& line) mutable {
            if (line.startsWith("Attempt 2 begins at")) {
                cancel.cancel();
            }
        };
        QCOMPARE(told(here.runStep(me, plan, "fetch", operation)), "cancelled");
        QCOMPARE(here.tools.executed.size(), 1);
    }

    // --- stopped

    void aStepIsStoppedFromAnotherConsole_data()
    {
        QTest::addColumn<int>("probe");
        QTest::addColumn<bool>("abort");
        QTest::addColumn<QString>("state");
        QTest::addColumn<int>("left");
        QTest::newRow("nothing of it is there") << int(EffectState::NotApplied) << false << "failed" << 0;
        QTest::newRow("it had taken effect") << int(EffectState::Applied) << false << "succeeded" << 0;
        QTest::newRow("nobody can tell") << int(EffectState::CannotTell) << false << "failed" << 1;
        QTest::newRow("with the whole plan") << int(EffectState::NotApplied) << true << "failed" << 0;
    }

    void aStepIsStoppedFromAnotherConsole()
    {
        QFETCH(int, probe);
        QFETCH(bool, abort);
        auto&& [home, here, there, me, again] = TwoConsoles();
        const auto plan = here.start(me, twoSteps());
        here.tools.work = untilCancelled;
        here.tools.execute = [](const ActionContext&) { return bad("stopped half-way"); };
        here.tools.probe = [probe](const ActionContext&) {
            return Probe{EffectState(probe), {probe == int(EffectState::Applied), "looked", {}, {}, Timestamp()}};
        };
        QString answer;
        QTimer::singleShot(50, this, [&] {
            answer = abort ? told(there.recovery().abort(again, plan, "wrong procedure"))
                           : told(there.recovery().act(again, plan, CancelStep{StepId("restore"), "wrong system"}));
        });
        const auto ran = here.runStep(me, plan, "restore");
        QCOMPARE(answer, "done");
        QTEST(here.state(plan, "restore"), "state");
        QCOMPARE(here.plan(plan).status, abort ? PlanStatus::Aborted : PlanStatus::InProgress);
        QTEST(int(here.plan(plan).steps[0].result.leftovers.size()), "left");
        // Nothing holds the system any more.
        const auto other = here.start(me, twoSteps(), here.openIncident(me));
        here.tools.work = {};
        here.tools.execute = [](const ActionContext&) { return good(); };
        QCOMPARE(told(here.runStep(me, other, "restore")), "done");
    }

    void aPlanIsTakenOverWhileAStepRunsElsewhere()
    {
        auto&& [home, here, there, me, again] = TwoConsoles(olga, pia);
        const auto plan = here.start(me, twoSteps());
        bool taken = false;
        here.tools.work = [&](ActionContext) -> QCoro::Task<> {
            while (!taken) {
                (void)co_await pause(Milliseconds(20), {});
            }
        };
        QTimer::singleShot(50, this, [&] {
            QCOMPARE(told(there.recovery().act(again, plan, ArmPlan{there.runner().executor(), true, {}, "mine now"})),
                     "done");
            taken = true;
        });
        QCOMPARE(told(here.run(me, plan)), "done");
        QCOMPARE(here.tools.executed, QStringList{"PLAN-1/restore"}); // what ran came to its end, nothing more began
        QCOMPARE(there.plan(plan).armedBy, pia.id);
    }

    void whoeverHasThePlanGoesOnWhenAStepElsewhereEnds_data()
    {
        QTest::addColumn<bool>("byName");
        QTest::newRow("taken over") << false;
        QTest::newRow("run by name there") << true;
    }
    void whoeverHasThePlanGoesOnWhenAStepElsewhereEnds()
    {
        QFETCH(bool, byName);
        auto&& [home, here, there, me, other] = TwoConsoles();
        const auto plan = here.start(me, twoSteps());
        bool awaited = false;
        here.tools.work = untilAwaited(awaited);
        const auto operation = awaiting(awaited);
        QString answer;
        QTimer::singleShot(50, this, [&] {
            answer = told(
                there.run(other, plan, operation, {.takeOverReason = byName ? QString() : QString("desk 1 is left")}));
        });
        QCOMPARE(told(byName ? here.runStep(me, plan, "restore") : here.run(me, plan)), "done");
        QTRY_COMPARE(answer, "done");
        QCOMPARE(here.tools.executed, QStringList{"PLAN-1/restore"});
        QCOMPARE(there.tools.executed, QStringList{"PLAN-1/restart"});
        QCOMPARE(there.plan(plan).status, PlanStatus::Soaking);
    }

    void whoeverHasThePlanVerifiesWhenItsLastStepEndsElsewhere()
    {
        auto&& [home, here, there, me, other] = TwoConsoles();
        const auto plan = here.start(me, ProcedureBuilder().automated("restore"));
        bool awaited = false;
        here.tools.work = untilAwaited(awaited);
        const auto operation = awaiting(awaited);
        QStringList checkedBy;
        here.tools.check = [&checkedBy](const QString&, const Operation&) {
            checkedBy.append("here");
            return CheckResult{true, "all agree"};
        };
        there.tools.check = [&checkedBy](const QString&, const Operation&) {
            checkedBy.append("there");
            return CheckResult{true, "all agree"};
        };
        QString answer;
        QTimer::singleShot(50, this, [&] {
            answer = told(there.run(other, plan, operation, {.takeOverReason = "desk 1 does not answer"}));
        });
        QCOMPARE(told(here.run(me, plan)), "done");
        QTRY_COMPARE(answer, "done");
        QCOMPARE(checkedBy, QStringList{"there"});
        QCOMPARE(there.plan(plan).status, PlanStatus::Soaking);
    }

    void whoWaitsForAStepElsewhereLooksWhatBecameOfIt()
    {
        auto&& [home, here, me] = OneConsole();
        auto there = std::make_unique<Workplace>(home);
        const auto plan = here.start(me, twoSteps());
        const auto others = there->signIn(olga);
        QCOMPARE(told(there->recovery().act(others, plan, start("restore", there->runner().executor()))), "done");
        Operation operation;
        operation.progress = [&there](const QString& line) {
            if (line.contains("runs on another console")) {
                there.reset(); // it dies
            }
        };
        here.tools.probe = [](const ActionContext&) { return Probe{EffectState::Applied, good()}; };
        QCOMPARE(told(here.run(me, plan, operation)), "done");
        QCOMPARE(here.tools.executed, QStringList{"PLAN-1/restart"});
        QCOMPARE(here.state(plan, "restore"), "succeeded");
    }

    void othersComingInBetweenDoNotEndARun_data()
    {
        QTest::addColumn<QString>("between");
        QTest::addColumn<QStringList>("executed");
        QTest::newRow("a note") << "note" << QStringList{"PLAN-1/left", "PLAN-1/right", "PLAN-1/join"};
        QTest::newRow("the branch is put off") << "hold" << QStringList{"PLAN-1/right"};
        QTest::newRow("the plan is paused") << "pause" << QStringList();
        QTest::newRow("the plan is taken over") << "take over" << QStringList();
        QTest::newRow("the step is done elsewhere") << "run" << QStringList{"PLAN-1/right", "PLAN-1/join"};
    }
    void othersComingInBetweenDoNotEndARun()
    {
        QFETCH(QString, between);
        auto&& [home, here, there, me, other] = TwoConsoles();
        const auto plan = here.start(me, twoBranches());
        there.tools.systems = named;
        const StepId left("left");
        QString answer;
        // It is asked for the systems between the last look at the plan and the intent.
        here.tools.systems = [&](const QJsonObject& parameters) {
            if (answer.isEmpty()) {
                auto& recovery = there.recovery();
                answer =
                    told(between == "note"    ? recovery.act(other, plan, AddNote{"so far so good"})
                         : between == "hold"  ? recovery.act(other, plan, HoldBranch{left, "not yet"})
                         : between == "pause" ? recovery.act(other, plan, PausePlan{"wait"})
                         : between == "run"
                             ? there.runStep(other, plan, "left")
                             : recovery.act(other, plan, ArmPlan{there.runner().executor(), true, {}, "mine now"}));
            }
            return named(parameters);
        };
        QCOMPARE(told(here.run(me, plan)), "done");
        QCOMPARE(answer, "done");
        QTEST(here.tools.executed, "executed");
    }

    void theFailureOfACriticalStepElsewhereStopsThePlanToo()
    {
        auto&& [home, here, there, me, other] = TwoConsoles();
        const auto plan =
            here.start(me, twoBranches().automated("more").after({"right"}).with({{{"on", "validator-2"}}}));
        here.tools.systems = named;
        there.tools.systems = named;
        there.tools.execute = [](const ActionContext&) { return bad("the disk is full"); };
        QString answer;
        here.tools.work = [&](ActionContext) -> QCoro::Task<> {
            answer = told(there.runStep(other, plan, "left"));
            co_return;
        };
        QCOMPARE(told(here.run(me, plan, {}, {.steps = {StepId("right")}})), "done");
        QCOMPARE(answer, "done");
        QCOMPARE(here.state(plan, "left"), "failed");
        QCOMPARE(here.state(plan, "right"), "succeeded");
        QCOMPARE(here.state(plan, "more"), "ready");
    }

    void whatADeadConsoleLeftTakesNoPlace()
    {
        auto&& [home, here, me] = OneConsole(nora);
        ProcedureBuilder procedure;
        procedure.atMostAtOnce(1).automated("left").after({}).by({Role::ProtocolLead}).automated("right").after({});
        const auto plan = here.start(here.signIn(olga), procedure.by({Role::NodeOperator}));
        here.interrupt(here.signIn(olga), plan, "left");
        QCOMPARE(told(here.run(me, plan)), "done");
        QCOMPARE(here.state(plan, "left"), "unknown"); // she may not look at it
        QCOMPARE(here.tools.executed, QStringList{"PLAN-1/right"});
    }

    // --- taken back

    void aStepIsUndoneWithWhatWasKept()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, twoSteps());
        QCOMPARE(told(here.undo(me, plan, "restore")), "wrong_state"); // it has not run
        QCOMPARE(told(here.runStep(me, plan, "restore")), "done");
        QJsonObject used;
        here.tools.undo = [&used](const ActionContext& context) {
            used = context.preImage;
            return good();
        };
        QCOMPARE(told(here.undo(me, plan, "restore")), "done");
        QCOMPARE(used["attempt"].toInt(), 1);
        QCOMPARE(here.state(plan, "restore"), "undone");
        QCOMPARE(told(here.undo(me, plan, "restore")), "wrong_state");
        // Its systems are free again.
        const auto other = here.start(me, twoSteps(), here.openIncident(me));
        QCOMPARE(told(here.runStep(me, other, "restore")), "done");
    }

    void anUndoThatFailsSaysSo()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, twoSteps());
        QCOMPARE(told(here.runStep(me, plan, "restore")), "done");
        here.tools.undo = [](const ActionContext&) { return bad("the disk is full"); };
        const auto tried = here.undo(me, plan, "restore");
        QCOMPARE(told(tried), "done");
        QCOMPARE(here.state(plan, "restore"), "succeeded");
        QCOMPARE(tried->steps[0].undoFailure, "the disk is full");
    }

    void anInterruptedUndoIsLookedAt()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, twoSteps());
        QCOMPARE(told(here.runStep(me, plan, "restore")), "done");
        QCOMPARE(told(here.recovery().act(me, plan, UndoStep{StepId("restore"), {"died", {}}, {}, "worse"})), "done");
        QCOMPARE(here.state(plan, "restore"), "unknown");
        StepAct asked = StepAct::Run;
        here.tools.probe = [&asked](const ActionContext& context) {
            asked = context.act;
            return Probe{EffectState::Applied, good()};
        };
        const auto settled = here.settle(me, plan, "restore");
        QCOMPARE(told(settled), "done");
        QCOMPARE(asked, StepAct::Undo);
        QCOMPARE(here.state(plan, "restore"), "undone");
    }

    void whoApprovedAnUndoDoesNotSettleIt_data()
    {
        QTest::addColumn<bool>("armed");
        QTest::newRow("in an armed plan") << true;
        QTest::newRow("by name") << false;
    }
    void whoApprovedAnUndoDoesNotSettleIt()
    {
        QFETCH(bool, armed);
        auto&& [home, here, me] = OneConsole(nora);
        const auto pias = here.signIn(pia);
        const auto plan =
            here.start(here.signIn(olga),
                       ProcedureBuilder().automated("restore").by({Role::NodeOperator}).approvedBy(Role::ProtocolLead));
        const StepId restore("restore");
        QCOMPARE(told(here.recovery().approveStep(here.signIn(ben), plan, restore)), "done");
        QCOMPARE(told(here.runStep(me, plan, "restore")), "done");
        QCOMPARE(told(here.recovery().approveStep(pias, plan, restore, StepAct::Undo)), "done");
        QCOMPARE(told(here.recovery().act(me, plan, UndoStep{restore, {"died", {}}, {}, "worse"})), "done");
        int probes = 0;
        here.tools.probe = [&probes](const ActionContext&) {
            ++probes;
            return Probe{EffectState::Applied, good()};
        };
        const auto settle = [&](const SecurityContext& by) {
            return armed ? here.run(by, plan) : here.settle(by, plan, "restore");
        };
        QCOMPARE(told(settle(pias)), armed ? QString("done") : QString("permission_denied"));
        QCOMPARE(probes, 0);
        QCOMPARE(here.state(plan, "restore"), "unknown");
        QCOMPARE(told(settle(me)), "done");
        QCOMPARE(probes, 1);
        QCOMPARE(here.state(plan, "restore"), "undone");
    }

    // --- as the dry run had shown

    void whatDiffersFromTheDryRunIsRecordedBeforeItHappens_data()
    {
        QTest::addColumn<QString>("now");
        QTest::addColumn<int>("deviations");
        QTest::newRow("the same") << "two files" << 0;
        QTest::newRow("something else") << "three files" << 1;
    }

    void whatDiffersFromTheDryRunIsRecordedBeforeItHappens()
    {
        QFETCH(QString, now);
        RecoveryHome home;
        Workplace here(home);
        const auto effect = [](const QString& what) { return Effect{SystemId("validator-3"), what, {}}; };
        here.dryRun.insert(
            "steps", QJsonArray{QJsonObject{{"id", "restore"}, {"effects", QJsonArray{toJson(effect("two files"))}}},
                                QJsonObject{{"id", "restart"}, {"undetermined", "not yet"}}});
        here.tools.dryRun = [&](const ActionContext&) { return QList<Effect>{effect(now)}; };
        int known = -1;
        PlanId plan;
        here.tools.execute = [&](const ActionContext& context) {
            known = context.holder.endsWith("restore") ? int(here.plan(plan).steps[0].deviations.size()) : known;
            return good();
        };
        const auto me = here.signIn(olga);
        plan = here.start(me, twoSteps());
        QCOMPARE(told(here.run(me, plan)), "done");
        QTEST(known, "deviations");
        QVERIFY(here.plan(plan).steps[1].deviations.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestPlanCrew)
#include "tst_plan_crew.moc"
