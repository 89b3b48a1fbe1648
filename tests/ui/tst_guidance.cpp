// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/plan_run.h"
#include "ui/console/guidance.h"
#include "ui/console/step_row.h"

#include <QDateTime>
#include <QTest>

using namespace rc;
using namespace rc::test;
using namespace rc::ui;

namespace {

Guidance seenBy(const std::optional<Actor>& actor, const PlanRun& run)
{
    return guidanceFor({run.plan, {}, false}, actor, run.now);
}

/// The same while this window is at work on it.
Guidance seenAtWorkBy(const std::optional<Actor>& actor, const PlanRun& run)
{
    return guidanceFor({run.plan, {}, true, true}, actor, run.now);
}

QStringList statesSeenBy(const Actor& actor, const PlanRun& run)
{
    QStringList states;
    for (const auto& row : stepRows({run.plan, {}, false}, actor, run.now)) {
        states.append(row.state + (row.mine ? QString() : QString(", not mine")));
    }
    return states;
}

/// In command, and not a protocol lead.
const Actor chief{OperatorId("chief"), {Role::IncidentCommander}};

ProcedureBuilder mend()
{
    ProcedureBuilder builder;
    builder.manual("confirm")
        .automated("roll_back")
        .by({Role::ProtocolLead})
        .approvedBy(Role::ProtocolLead)
        .check("health", "roll_back");
    return builder;
}

} // namespace

/// What a person is led to, from the first step to the declared end.
class TestGuidance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theNextActIsAlwaysNamed()
    {
        PlanRun run(mend());
        QCOMPARE(seenBy(olga, run).deed, Deed::Tick);
        QCOMPARE(seenBy(olga, run).step, "confirm");
        QCOMPARE(seenBy(olga, run).reason, QString());
        run.does(olga, CompleteStep{StepId("confirm"), good(), "seen", {}});
        QCOMPARE(seenBy(olga, run).deed, Deed::Approve);
        QVERIFY(seenBy(olga, run).hint.contains("protocol lead"));
        QCOMPARE(run.approves(ben, "roll_back"), "done");
        QCOMPARE(seenBy(olga, run).deed, Deed::Run);
        run.does(olga, start("roll_back"));
        QCOMPARE(seenBy(olga, run).deed, Deed::Nothing);
        QVERIFY(seenBy(olga, run).hint.startsWith("Running: "));
        run.does(olga, outcome("roll_back", good(), 1));
        QCOMPARE(seenBy(olga, run).deed, Deed::Verify);
        run.verifies(olga, {answer("health", true)});
        QCOMPARE(seenBy(olga, run).deed, Deed::Declare);
        run.declares(olga);
        QCOMPARE(seenBy(olga, run).deed, Deed::Nothing);
        QCOMPARE(seenBy(olga, run).hint, "The plan is completed.");
    }

    void theCheckThatFailedIsNamed()
    {
        PlanRun run(ProcedureBuilder().manual("restore").check("health", "restore").check("agreement", "restore"));
        run.does(olga, done("restore"));
        QCOMPARE(run.verifies(olga, {answer("health", true), answer("agreement", false)}), "done");
        const auto asked = seenBy(olga, run);
        QCOMPARE(asked.step, "restore");
        const auto failed = run.plan.verificationResults.last().name;
        QVERIFY2(asked.hint.startsWith("Not passed: “" + failed + "”. "), qPrintable(asked.hint));
    }

    void aSoakTimeOfAClockThatWasSetBackIsBegunAnew()
    {
        PlanRun run(ProcedureBuilder().manual("confirm").soak(std::chrono::minutes(5)));
        run.does(olga, done("confirm"));
        run.verifies(olga, {answer("agreement", true)});
        QCOMPARE(seenBy(olga, run).deed, Deed::Nothing);
        run.wait(-std::chrono::hours(24));
        QCOMPARE(seenBy(olga, run).deed, Deed::Verify);
        QCOMPARE(seenBy(olga, run).reason, QString());
        QVERIFY(!seenBy(eve, run).reason.isEmpty());
        run.verifies(olga, {answer("agreement", true)});
        QCOMPARE(seenBy(olga, run).deed, Deed::Nothing);
        run.wait(std::chrono::minutes(5));
        QCOMPARE(seenBy(olga, run).deed, Deed::Declare);
    }

    /// Two machines work, a step is done by hand, and one waits for consent.
    static PlanRun inBranches()
    {
        ProcedureBuilder builder;
        builder.automated("restore").automated("sync").after({}).manual("look").after({});
        builder.automated("seal").after({}).approvedBy(Role::ProtocolLead).check("health", "restore");
        PlanRun run(builder);
        run.does(olga, ArmPlan{desk});
        run.does(olga, start("restore"));
        run.does(olga, start("sync"));
        return run;
    }

    void whatPeopleHaveToDoIsSaidWhileABranchRuns()
    {
        auto run = inBranches();
        QCOMPARE(seenAtWorkBy(olga, run).deed, Deed::Tick);
        QCOMPARE(seenAtWorkBy(olga, run).step, "look");
        // Not their hands: then the consent, which anybody can go and fetch.
        for (const auto& actor : QList<std::optional<Actor>>{eve, std::nullopt}) {
            QCOMPARE(seenAtWorkBy(actor, run).deed, Deed::Approve);
            QCOMPARE(seenAtWorkBy(actor, run).step, "seal");
        }
        QCOMPARE(run.does(olga, done("look")), "done");
        QCOMPARE(seenAtWorkBy(olga, run).deed, Deed::Approve);
        QCOMPARE(run.approves(ben, "seal"), "done");
        QCOMPARE(seenAtWorkBy(olga, run).deed, Deed::Nothing);
        QCOMPARE(seenAtWorkBy(olga, run).hint, "Running: restore");
        QCOMPARE(seenAtWorkBy(std::nullopt, run).hint, "Running: restore");
        run.does(olga, outcome("sync", bad("The disk was full")));
        for (const auto& actor : QList<std::optional<Actor>>{olga, std::nullopt}) {
            QCOMPARE(seenAtWorkBy(actor, run).deed, Deed::Retry);
            QCOMPARE(seenAtWorkBy(actor, run).hint, "The disk was full");
        }
        QCOMPARE(seenAtWorkBy(olga, run).reason, QString());
    }

    void aStepByHandOfSomebodyElseDoesNotHideWhatRuns()
    {
        auto run = inBranches();
        QCOMPARE(run.approves(ben, "seal"), "done");
        QCOMPARE(seenAtWorkBy(std::nullopt, run).hint, "Running: restore");
        QCOMPARE(seenAtWorkBy(eve, run).hint, "Running: restore");
        run.does(olga, outcome("restore"));
        run.does(olga, outcome("sync"));
        QCOMPARE(run.runs(olga, "seal"), "done");
        // Nothing runs any more, and the plan waits for those hands.
        QCOMPARE(seenAtWorkBy(eve, run).deed, Deed::Tick);
        QVERIFY(!seenAtWorkBy(eve, run).reason.isEmpty());
    }

    void whatIsAtWorkIsNotStartedAgain()
    {
        auto run = inBranches();
        run.does(olga, done("look"));
        QCOMPARE(run.approves(ben, "seal"), "done");
        run.does(olga, outcome("restore"));
        run.does(olga, outcome("sync"));
        QCOMPARE(seenBy(olga, run).deed, Deed::Run);
        QCOMPARE(seenAtWorkBy(olga, run).deed, Deed::Nothing);
        QCOMPARE(seenAtWorkBy(olga, run).hint, "The plan is at work; what is ready starts by itself.");
        QCOMPARE(run.runs(olga, "seal"), "done");
        QCOMPARE(seenBy(olga, run).deed, Deed::Verify);
        QCOMPARE(seenAtWorkBy(olga, run).deed, Deed::Nothing);
        QCOMPARE(seenAtWorkBy(olga, run).hint, "Verification is running.");
        run.verifies(olga, {answer("health", true)});
        QCOMPARE(seenBy(olga, run).deed, Deed::Declare);
        QCOMPARE(seenAtWorkBy(olga, run).deed, Deed::Nothing);
        ProcedureBuilder wipe;
        wipe.automated("wipe").irreversible().check("health", "wipe");
        QCOMPARE(seenBy(olga, PlanRun(wipe)).deed, Deed::RunStep);
        QCOMPARE(seenAtWorkBy(olga, PlanRun(wipe)).deed, Deed::Nothing);
    }

    void whatWasInterruptedIsLookedAtOnceTheWorkHasEnded()
    {
        auto run = inBranches();
        run.does(olga, MarkUnknown{StepId("sync"), desk.id});
        QCOMPARE(seenBy(olga, run).deed, Deed::Settle);
        QCOMPARE(seenBy(olga, run).reason, QString());
        QCOMPARE(seenAtWorkBy(olga, run).deed, Deed::Settle);
        QVERIFY2(seenAtWorkBy(olga, run).reason.contains("at work here"), qPrintable(seenAtWorkBy(olga, run).reason));
        QVERIFY(!seenAtWorkBy(olga, run).otherText.isEmpty()); // to say what became of it starts nothing
    }

    void aSoakTimeThatEndsTomorrowSaysSo()
    {
        PlanRun run(ProcedureBuilder().manual("confirm").soak(std::chrono::hours(24)));
        run.does(olga, done("confirm"));
        run.verifies(olga, {answer("agreement", true)});
        const auto end = QDateTime::fromMSecsSinceEpoch(run.plan.soakUntil->time_since_epoch().count());
        const auto hint = seenBy(olga, run).hint;
        QVERIFY2(hint.endsWith(" until " + end.toString("yyyy-MM-dd HH:mm:ss") + "."), qPrintable(hint));
        run.wait(std::chrono::hours(23) + std::chrono::minutes(50));
        QVERIFY2(seenBy(olga, run).hint.endsWith(" until " + end.toString("HH:mm:ss") + "."), qPrintable(hint));
    }

    void whoMayNotIsToldWhy()
    {
        const PlanRun run(mend());
        QCOMPARE(seenBy(std::nullopt, run).reason, "Sign in first.");
        const Actor observer{OperatorId("oscar"), {Role::Observer}};
        QVERIFY(!seenBy(observer, run).reason.isEmpty());
        QCOMPARE(statesSeenBy(observer, run), (QStringList{"ready, not mine", "waiting, not mine"}));
        QCOMPARE(statesSeenBy(olga, run), (QStringList{"ready", "waiting"}));
    }

    void aFailureAndAnInterruptionComeFirst()
    {
        PlanRun run(mend());
        run.does(olga, CompleteStep{StepId("confirm"), good(), "seen", {}});
        run.approves(ben, "roll_back");
        run.does(olga, start("roll_back"));
        auto interrupted = run;
        run.does(olga, outcome("roll_back", bad("The disk was full"), 1));
        QCOMPARE(seenBy(olga, run).deed, Deed::Retry);
        QCOMPARE(seenBy(olga, run).hint, "The disk was full");
        interrupted.does(olga, MarkUnknown{StepId("roll_back"), desk.id});
        QCOMPARE(seenBy(olga, interrupted).deed, Deed::Settle);
        QCOMPARE(stepRows({interrupted.plan, {}, false}, olga, interrupted.now)[1].tone, Tone::Unknown);
    }

    void whatCannotBeStartedByThisPersonIsNotLit()
    {
        // Armed by anybody who takes part; but the step wants a role that olga does not have.
        PlanRun run(mend());
        run.does(olga, CompleteStep{StepId("confirm"), good(), "seen", {}});
        run.approves(ben, "roll_back");
        QVERIFY(run.runnable(chief).isEmpty());
        QCOMPARE(seenBy(chief, run).deed, Deed::Run);
        QVERIFY2(seenBy(chief, run).reason.contains("roll_back"), qPrintable(seenBy(chief, run).reason));
        // Who approved it does not run it either.
        QVERIFY(!seenBy(ben, run).reason.isEmpty());
        QCOMPARE(seenBy(olga, run).reason, QString());
    }

    void whatCannotBeTakenBackIsRunByItsOwnWord()
    {
        ProcedureBuilder builder;
        builder.automated("wipe").irreversible().check("health", "wipe");
        const PlanRun run(builder);
        QVERIFY(run.runnable(olga).isEmpty());
        QCOMPARE(seenBy(olga, run).deed, Deed::RunStep);
        QCOMPARE(seenBy(olga, run).step, "wipe");
        QCOMPARE(seenBy(olga, run).reason, QString());
    }

    void consentToWhatCannotBeTakenBackStartsNothing()
    {
        ProcedureBuilder builder;
        builder.automated("wipe").irreversible().approvedBy(Role::ProtocolLead).after({});
        builder.automated("swap").irreversible().approvedBy(Role::ProtocolLead).after({}).check("health", "wipe");
        PlanRun run(builder);
        QCOMPARE(seenBy(olga, run).deed, Deed::Approve);
        QCOMPARE(run.approves(ben, "swap"), "done");
        QCOMPARE(seenBy(olga, run).deed, Deed::RunStep);
        QCOMPARE(seenBy(olga, run).step, "swap");
        QVERIFY2(seenBy(olga, run).hint.startsWith("Approved by ben. It cannot be taken back"),
                 qPrintable(seenBy(olga, run).hint));
        QCOMPARE(seenBy(ben, run).deed, Deed::Approve); // he cannot run what he approved
    }

    void anInterruptedStepIsJudgedByWhoMayRunIt()
    {
        PlanRun run(mend());
        run.does(olga, CompleteStep{StepId("confirm"), good(), "seen", {}});
        run.approves(ben, "roll_back");
        run.does(olga, start("roll_back"));
        run.does(olga, MarkUnknown{StepId("roll_back"), desk.id});
        QVERIFY(!seenBy(olga, run).otherText.isEmpty());
        QVERIFY(seenBy(chief, run).otherText.isEmpty());
        QVERIFY(!seenBy(chief, run).reason.isEmpty());
        QVERIFY(!seenBy(ben, run).reason.isEmpty()); // he approved it
    }

    void whatAStepHandsOnIsAskedFor()
    {
        ProcedureBuilder builder;
        builder.manual("look").leaves({"height"}).check("health", "look");
        PlanRun run(builder);
        QCOMPARE(seenBy(olga, run).deed, Deed::Tick);
        QCOMPARE(seenBy(olga, run).reason, QString());
        QCOMPARE(run.does(olga, CompleteStep{StepId("look"), good(), "seen", {}}), "invalid_input");
        QCOMPARE(run.state("look"), "ready");
        auto found = good();
        found.fields = {{"height", 7}};
        QCOMPARE(run.does(olga, CompleteStep{StepId("look"), found, "seen", {}}), "done");
    }

    void anAbortWaitsForWhatRuns()
    {
        PlanRun run(mend());
        run.does(olga, CompleteStep{StepId("confirm"), good(), "seen", {}});
        run.approves(ben, "roll_back");
        run.does(olga, start("roll_back"));
        QCOMPARE(run.does(olga, AbortPlan{"wrong network"}), "done");
        QCOMPARE(seenBy(olga, run).deed, Deed::Nothing);
        QVERIFY(seenBy(olga, run).hint.startsWith("Waiting for"));
        QCOMPARE(timeToGo({run.plan, {}, true}, run.now), QString());
    }

    /// The expected end of what is overdue moves away with it, and is never in the past.
    void whatRunsLongerThanExpectedSaysSo()
    {
        using namespace std::chrono_literals;
        PlanRun run(ProcedureBuilder().automated("restore").takes(10min).automated("look").takes(5min));
        const auto told = [&run] { return timeToGo({run.plan, {}, true}, run.now); };
        QCOMPARE(told(), "about 15 min to go");
        run.does(olga, start("restore"));
        run.wait(9min);
        QVERIFY2(told().startsWith("about "), qPrintable(told()));
        run.wait(31min);
        QCOMPARE(told(), "overdue, about 15 min to go");
        run.does(olga, outcome("restore"));
        QCOMPARE(told(), "about 5 min to go");
    }

    void howManyConsentsAreMissingIsSaid()
    {
        PlanRun run(mend());
        run.does(olga, CompleteStep{StepId("confirm"), good(), "seen", {}});
        const auto hint = seenBy(olga, run).hint;
        QVERIFY2(hint.startsWith("1 more by a person with the role protocol lead"), qPrintable(hint));
    }

    void aPausedPlanIsResumedAndAClaimIsNamed()
    {
        PlanRun run(mend());
        run.does(olga, PausePlan{"lunch"});
        QCOMPARE(seenBy(olga, run).deed, Deed::Resume);
        const auto rows = stepRows({run.plan, {{}, {"validator-3 is held by PLAN-9."}}, false}, olga, run.now);
        QVERIFY(rows[1].waiting.contains("PLAN-9"));
    }
};

QTEST_GUILESS_MAIN(TestGuidance)
#include "tst_guidance.moc"
