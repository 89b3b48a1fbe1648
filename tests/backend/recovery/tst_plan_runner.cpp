// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/recovery/recovery_fixture.h"

using namespace rc;
using namespace rc::test;

/// What PlanRunner makes of a plan, and of what others do to it in the meantime.
class TestPlanRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anArmedPlanRunsToItsSoakAndIsDisarmed()
    {
        RecoveryHome home;
        Workplace here(home);
        const auto me = here.signIn(olga);
        const auto plan = here.start(me, ProcedureBuilder().automated("restore").automated("restart"));
        const auto ran = here.run(me, plan);
        QCOMPARE(told(ran), "done");
        QCOMPARE(ran->status, PlanStatus::Soaking);
        QVERIFY(!ran->isArmed());
        QCOMPARE(here.tools.executed, (QStringList{"PLAN-1/restore", "PLAN-1/restart"}));
    }

    void anInterruptedStepThatTookNoEffectIsRunAgain()
    {
        RecoveryHome home;
        Workplace here(home);
        const auto me = here.signIn(olga);
        const auto plan = here.start(me, ProcedureBuilder().automated("restore"));
        here.interrupt(me, plan, "restore");
        QCOMPARE(here.state(plan, "restore"), "unknown");
        const auto ran = here.run(me, plan);
        QCOMPARE(told(ran), "done");
        QCOMPARE(ran->steps[0].attempt, 2);
        QCOMPARE(ran->status, PlanStatus::Soaking);
    }
};

QTEST_GUILESS_MAIN(TestPlanRunner)
#include "tst_plan_runner.moc"
