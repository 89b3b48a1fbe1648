// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_home.h"
#include "tests/support/paper_procedure.h"

#include <QTest>

using namespace rc::test;

/// Plans that are started, worked on and ended in the wrong order or at the wrong time.
class TestWrongTurns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_home.addPeople();
        m_home.writeInventory();
        m_home.writeProcedure("paper", paperProcedure());
        m_home.ok("ben", "procedure review paper");
    }

    void init()
    {
        m_home.mendConfiguration();
        m_incident = m_home.openIncident();
    }

    void aWaitingStepIsNotCompleted()
    {
        const auto plan = start();
        const auto answer = m_home.refused("olga", "plan step " + plan + " seal done --note x", "invalid_step_index");
        QVERIFY2(!answer.error().value("details")["waiting_for"].toArray().isEmpty(), answer.describe());
        QCOMPARE(m_home.step(plan, "seal")["state"].toString(), "waiting");
        m_home.refused("olga", "plan step " + plan + " look skip --reason x --as ben", "wrong_secret");
        m_home.refused("olga", "plan step " + plan + " nonsense done --note x", "not_found");
        m_home.refused("olga", "plan step PLAN-999 look done --note x", "not_found");
        m_home.ok("olga", "plan step " + plan + " look done --note x");
        m_home.refused("olga", "plan step " + plan + " look done --note x", "conflict");
    }

    void aResultHasTheTypeThatLaterStepsNeed()
    {
        const auto plan = start();
        const QString hash(64, '7');
        m_home.ok("olga", "plan step " + plan + " look done --note x --result height=812 --result hash=" + hash +
                              " --result held=true --result \"version='1.10'\" --result why=slow");
        const auto fields = m_home.step(plan, "look").value("result")["fields"].toObject();
        QCOMPARE(fields,
                 (QJsonObject{{"height", 812}, {"hash", hash}, {"held", true}, {"version", "1.10"}, {"why", "slow"}}));
    }

    void whyIsAnswered()
    {
        const auto plan = start();
        const auto reasons = m_home.ok({}, "plan why " + plan + " seal")["list"].toArray();
        QCOMPARE(reasons.size(), 1);
        QVERIFY(!reasons[0]["waiting_for"].toArray().isEmpty());
        m_home.refused({}, "plan why " + plan + " nonsense", "not_found");
    }

    void anUncontainedIncidentNeedsACommandersOverride()
    {
        const auto incident = m_home
                                  .ok("olga", "incident open --type state_corruption --severity high --title spreading "
                                              "--system validator-3 --not-contained")["id"]
                                  .toString();
        m_home.refused("olga", "plan start " + incident + " paper", "wrong_state");
        m_home.refused("nora", "plan start " + incident + " paper --override \"no time\"", "permission_denied");
        m_home.refused("olga", "plan start " + incident + " paper --override \" \"", "wrong_state");
        const auto plan = m_home.ok("olga", "plan start " + incident + " paper --override \"it is isolated by hand\"");
        QCOMPARE(plan["override_reason"].toString(), "it is isolated by hand");
    }

    void aSecondPlanNeedsAnOverride()
    {
        const auto first = start();
        const auto answer = m_home.refused("olga", "plan start " + m_incident + " paper", "wrong_state");
        QVERIFY2(answer.sentence().contains(first), answer.describe());
        m_home.ok("olga", "plan start " + m_incident + " paper --override \"the first is stuck\"");
    }

    void aProcedureForAnotherTypeIsRefused()
    {
        const auto answer = m_home.refused("olga", "plan start " + m_incident + " key_compromise", "wrong_state");
        QVERIFY2(answer.sentence().contains("state_corruption"), answer.describe());
        m_home.refused("olga", "plan start " + m_incident + " nonsense", "not_found");
        m_home.refused("olga", "plan start INC-999 paper", "not_found");
        m_home.refused("olga", "plan start " + m_incident + " paper --version 7", "not_found");
    }

    void parametersAreChecked()
    {
        const auto unknown =
            m_home.refused("olga", "plan start " + m_incident + " paper --param size=3", "invalid_input");
        QVERIFY2(unknown.sentence().contains("It takes --param colour=VALUE."), unknown.describe());
        m_home.refused("olga", "plan start " + m_incident + " paper --param colour", "invalid_input");
        for (const QString& command : {QString("start"), QString("dry-run")}) {
            const auto wrong = m_home.refused(
                "olga", "plan " + command + " " + m_incident + " state_corruption --param target_height=high",
                "invalid_input");
            QVERIFY2(wrong.sentence().endsWith("Give it as --param target_height=VALUE."), wrong.describe());
        }
        m_home.ok("olga", "plan start " + m_incident + " paper --param colour=red");
    }

    void aPlanThatIsNotTheOneOfTheDryRunIsRefused()
    {
        const auto head = m_home.journalHead();
        const auto dry = m_home.ok({}, "plan dry-run " + m_incident + " paper --param colour=red");
        QCOMPARE(m_home.journalHead(), head);
        const QString hash = " --plan-hash " + dry["plan_hash"].toString();
        m_home.refused("olga", "plan start " + m_incident + " paper --param colour=blue" + hash, "conflict");
        m_home.refused("olga", "plan start " + m_incident + " paper" + hash, "conflict");
        const auto plan = m_home.ok("olga", "plan start " + m_incident + " paper --param colour=red" + hash);
        QCOMPARE(plan["plan_hash"], dry["plan_hash"]);
    }

    void pauseResumeAbort()
    {
        const auto plan = start();
        m_home.refused("olga", "plan resume " + plan, "wrong_state");
        QCOMPARE(m_home.ok("nora", "plan pause " + plan + " --reason lunch")["status"].toString(), "paused");
        m_home.refused("nora", "plan pause " + plan, "wrong_state");
        m_home.refused("olga", "plan step " + plan + " look done --note x", "wrong_state");
        m_home.refused("olga", "plan run " + plan, "wrong_state");
        QCOMPARE(m_home.ok("olga", "plan resume " + plan)["status"].toString(), "in_progress");
        m_home.ok("olga", "plan step " + plan + " look done --note x");
        m_home.refused("olga", "plan abort " + plan, "invalid_input");
        m_home.refused("olga", "incident close " + m_incident + " --reason over", "wrong_state");
        const auto aborted = m_home.ok("olga", "plan abort " + plan + " --reason \"false alarm\"");
        QCOMPARE(aborted["status"].toString(), "aborted");
        QCOMPARE(aborted["abort_reason"].toString(), "false alarm");
        QVERIFY2(m_home.said("plan show " + plan).contains("\naborted: false alarm\n"), "the reason is not shown");
        QCOMPARE(stepIn(aborted, "look")["state"].toString(), "succeeded");
        QCOMPARE(stepIn(aborted, "seal")["state"].toString(), "not_run");
        m_home.refused("olga", "plan step " + plan + " tidy done --note x", "wrong_state");
        m_home.refused("olga", "plan declare " + plan, "wrong_state");
        QVERIFY(
            m_home.refused("olga", "incident close " + m_incident, "invalid_input").sentence().contains("--reason"));
        m_home.ok("olga", "incident close " + m_incident + " --reason over");
        m_home.refused("olga", "plan start " + m_incident + " paper", "wrong_state");
    }

    void aFailedStepDoesNotCount()
    {
        const auto plan = start();
        const auto failed = m_home.ok("olga", "plan step " + plan + " look fail --note \"cannot see a thing\"");
        QCOMPARE(stepIn(failed, "look")["state"].toString(), "failed");
        QCOMPARE(stepIn(failed, "seal")["state"].toString(), "waiting");
        QCOMPARE(failed["current_step_index"].toInt(), 0);
        const auto again = m_home.ok("olga", "plan step " + plan + " look retry");
        QCOMPARE(stepIn(again, "look")["state"].toString(), "ready");
        QCOMPARE(stepIn(again, "look")["attempts"].toInt(), 2);
    }

    void theSoakTimeIsHeld()
    {
        m_home.writeProcedure("paper", paperProcedure("1h", 2));
        m_home.ok("ben", "procedure review paper");
        const auto plan = start();
        finishSteps(plan);
        const auto soaking = m_home.ok("olga", "plan run " + plan);
        QCOMPARE(soaking["status"].toString(), "soaking");
        const auto answer = m_home.refused("olga", "plan declare " + plan, "wrong_state");
        QVERIFY2(answer.sentence().contains(soaking["soak_until"].toString()), answer.describe());
        QCOMPARE(m_home.plan(plan)["status"].toString(), "soaking");
        m_home.writeProcedure("paper", paperProcedure());
    }

    void aFailedVerificationOpensItsStepAgain()
    {
        const auto plan = start();
        finishSteps(plan);
        m_home.spoilConfiguration();
        const auto failed = m_home.ok("olga", "plan run " + plan, 1);
        QCOMPARE(failed["status"].toString(), "verification_failed");
        QCOMPARE(failed["verification_results"][0]["passed"].toBool(true), false);
        QCOMPARE(failed["current_step_index"].toInt(), 1);
        // A new attempt needs a new approval.
        QCOMPARE(stepIn(failed, "seal")["state"].toString(), "awaiting_approval");
        QCOMPARE(stepIn(failed, "seal")["attempts"].toInt(), 2);
        QCOMPARE(stepIn(failed, "look")["state"].toString(), "succeeded");
        m_home.refused("olga", "plan declare " + plan, "wrong_state");
        m_home.mendConfiguration();
        m_home.ok("ben", "plan approve " + plan + " seal");
        const auto sealed = m_home.ok("olga", "plan step " + plan + " seal done --note again");
        QCOMPARE(sealed["status"].toString(), "in_progress");
        const auto passed = m_home.ok("olga", "plan verify " + plan);
        QCOMPARE(passed["status"].toString(), "soaking");
        QCOMPARE(passed["verification_results"].toArray().size(), 2);
        QCOMPARE(m_home.ok("olga", "plan declare " + plan)["status"].toString(), "completed");
    }

    void theEndIsNotDeclaredWhenACheckIsNotGreenAnyMore()
    {
        const auto plan = start();
        finishSteps(plan);
        QCOMPARE(m_home.ok("olga", "plan run " + plan)["status"].toString(), "soaking");
        m_home.spoilConfiguration();
        m_home.refused("olga", "plan declare " + plan, "verification_failed");
        QCOMPARE(m_home.plan(plan)["status"].toString(), "verification_failed");
    }

    void cleanupTestCase() { m_home.verifyJournal(); }

private:
    QString start() { return m_home.ok("olga", "plan start " + m_incident + " paper")["id"].toString(); }
    void finishSteps(const QString& plan)
    {
        m_home.ok("olga", "plan step " + plan + " look done --note seen");
        m_home.ok("ben", "plan approve " + plan + " seal");
        m_home.ok("olga", "plan step " + plan + " seal done --note sealed");
        m_home.ok("nora", "plan step " + plan + " tidy done --note tidy");
    }

    LabHome m_home;
    QString m_incident;
};

QTEST_GUILESS_MAIN(TestWrongTurns)
#include "tst_wrong_turns.moc"
