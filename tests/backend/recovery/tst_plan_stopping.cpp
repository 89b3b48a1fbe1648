// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/recovery/recovery_fixture.h"

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
        RecoveryHome home;
        Workplace here(home);
        Workplace there(home);
        const auto me = here.signIn(olga);
        const auto other = there.signIn(olga);
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
        QVERIFY(nothingIsClaimed(here));
    }

    void theOutcomeOfALockedSessionIsKept()
    {
        RecoveryHome home;
        Workplace here(home);
        Workplace there(home);
        const auto me = here.signIn(olga);
        const auto other = there.signIn(olga);
        const auto plan = here.start(me, twoSteps());
        here.tools.execute = [&](const ActionContext&) {
            me.session->lock();
            return there.recovery().abort(other, plan, "wrong procedure") ? good() : bad();
        };
        QCOMPARE(told(here.run(me, plan)), "not_signed_in");
        QCOMPARE(here.state(plan, "restore"), "succeeded");
        QCOMPARE(there.recovery().abort(other, plan, "once more")->status, PlanStatus::Aborted);
        QVERIFY(nothingIsClaimed(here));
    }

    void anAbortThatLostItsExecutorIsFinishedByARole()
    {
        RecoveryHome home;
        Workplace here(home);
        const auto me = here.signIn(olga);
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
        RecoveryHome home;
        Workplace here(home);
        const auto me = here.signIn(olga);
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
        QVERIFY(nothingIsClaimed(here));
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

private:
    static bool nothingIsClaimed(Workplace& place)
    {
        return Store::must(place.journal().sql().first("SELECT 1 FROM claims")).isEmpty();
    }
};

QTEST_GUILESS_MAIN(TestPlanStopping)
#include "tst_plan_stopping.moc"
