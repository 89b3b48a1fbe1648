// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/plan_run.h"

#include <QTest>

using namespace rc;
using namespace rc::test;

namespace {

constexpr std::chrono::seconds TenSeconds{10};

QJsonObject evidence(const QString& id, const QJsonValue& value)
{
    return {{"id", id}, {"value", value}};
}

CompleteStep withEvidence(const QString& step, const QJsonArray& entries)
{
    auto command = done(step);
    command.evidence = entries;
    return command;
}

/// locate, then two branches of two steps each, and a step that joins them.
ProcedureBuilder twoBranches()
{
    return ProcedureBuilder()
        .automated("locate")
        .leaves({"forked", "lag"})
        .automated("left")
        .after({"locate"})
        .automated("left2")
        .automated("right")
        .after({"locate"})
        .automated("right2")
        .automated("join")
        .after({"left2", "right2"});
}

} // namespace

/// Plans as graphs: branches side by side, conditions, retries, holds, evidence, and who leads.
class TestPlanFlow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // --- conditions

    void aStepWhoseConditionsDoNotHoldIsNotNeeded_data()
    {
        QTest::addColumn<Comparison>("comparison");
        QTest::addColumn<QJsonValue>("expected");
        QTest::addColumn<QJsonValue>("found");
        QTest::addColumn<bool>("needed");
        QTest::newRow("is") << Comparison::Is << QJsonValue(true) << QJsonValue(true) << true;
        QTest::newRow("is, another") << Comparison::Is << QJsonValue(true) << QJsonValue(false) << false;
        QTest::newRow("is, of another type") << Comparison::Is << QJsonValue(true) << QJsonValue("true") << false;
        QTest::newRow("is not") << Comparison::IsNot << QJsonValue("a") << QJsonValue("b") << true;
        QTest::newRow("at least, just") << Comparison::AtLeast << QJsonValue(5) << QJsonValue(5) << true;
        QTest::newRow("at least, below") << Comparison::AtLeast << QJsonValue(5) << QJsonValue(4) << false;
        QTest::newRow("at least, no number") << Comparison::AtLeast << QJsonValue(5) << QJsonValue("9") << false;
        QTest::newRow("at most") << Comparison::AtMost << QJsonValue(5) << QJsonValue(6) << false;
        QTest::newRow("contains, in a list")
            << Comparison::Contains << QJsonValue("v-3") << QJsonValue(QJsonArray{"v-1", "v-3"}) << true;
        QTest::newRow("contains, in a text")
            << Comparison::Contains << QJsonValue("fork") << QJsonValue("no fork here") << true;
        QTest::newRow("one of") << Comparison::OneOf << QJsonValue(QJsonArray{1, 2}) << QJsonValue(3) << false;
    }

    void aStepWhoseConditionsDoNotHoldIsNotNeeded()
    {
        QFETCH(Comparison, comparison);
        QFETCH(QJsonValue, expected);
        QFETCH(QJsonValue, found);
        PlanRun run(ProcedureBuilder()
                        .automated("locate")
                        .leaves({"answer"})
                        .automated("mend")
                        .when("${steps.locate.result.answer}", comparison, expected)
                        .manual("tell"));
        QCOMPARE(run.state("mend"), "waiting");
        QCOMPARE(run.runs(olga, "locate", good({{{"answer", found}}})), "done");
        QFETCH(bool, needed);
        QCOMPARE(run.state("mend"), needed ? QString("ready") : QString("skipped"));
        QCOMPARE(run.record("mend").unneeded, !needed);
        QCOMPARE(run.state("tell"), needed ? QString("waiting") : QString("ready"));
        QVERIFY(run.folded() == run.plan);
    }

    void whatNobodyNeedsIsSkippedInARow()
    {
        const QString lag = "${steps.locate.result.lag}";
        auto procedure = ProcedureBuilder().automated("locate").leaves({"lag"});
        for (const auto& step : QStringList{"a", "b", "c"}) {
            procedure.automated(step).when(lag, Comparison::AtLeast, 5).leaves({"x"});
        }
        procedure.automated("d").when("${steps.a.result.x}", Comparison::Is, 1).manual("tell");
        PlanRun run(procedure);
        QCOMPARE(run.runs(olga, "locate", good({{"lag", 3}})), "done");
        for (const auto& step : QStringList{"a", "b", "c", "d"}) {
            QCOMPARE(run.state(step), "skipped");
        }
        QVERIFY(run.record("a").note.contains("it is 3"));
        QVERIFY(run.record("d").note.contains("is not known")); // of a step that was skipped
        QCOMPARE(run.state("tell"), "ready");
    }

    void conditionsOnWhatIsKnownAtTheStartCountFromTheStart()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("only_for_bridges")
                        .when("${incident.type}", Comparison::Is, "bridge_exploit")
                        .manual("tell"));
        QCOMPARE(run.state("only_for_bridges"), "skipped");
        QCOMPARE(run.state("tell"), "ready");
    }

    void aConditionIsJudgedWhenWhatItAsksIsDone()
    {
        const auto procedure = ProcedureBuilder()
                                   .automated("a")
                                   .leaves({"forked"})
                                   .automated("b")
                                   .automated("x")
                                   .when("${steps.a.result.forked}", Comparison::Is, true);
        PlanRun skipped(procedure);
        QCOMPARE(skipped.does(olga, skip("b")), "done");
        QCOMPARE(skipped.state("x"), "waiting");
        QCOMPARE(skipped.why("x"),
                 QStringList{"condition: whether it is needed depends on step 'a', which is not done"});
        QCOMPARE(skipped.runnable(olga), QStringList{"a"});
        QCOMPARE(skipped.does(olga, start("x")), "invalid_step_index");
        QCOMPARE(skipped.runs(olga, "a", good({{"forked", true}})), "done");
        QCOMPARE(skipped.state("x"), "ready");

        PlanRun retried(procedure);
        QCOMPARE(retried.runs(olga, "a", bad()), "done");
        QCOMPARE(retried.does(olga, skip("b")), "done");
        QCOMPARE(retried.does(olga, skip("a")), "done");
        QCOMPARE(retried.state("x"), "skipped");
        QCOMPARE(retried.does(olga, retry("a")), "done");
        QCOMPARE(retried.state("x"), "waiting");
        QCOMPARE(retried.runnable(olga), QStringList{"a"});
        QCOMPARE(retried.runs(olga, "a", good({{"forked", false}})), "done");
        QCOMPARE(retried.state("x"), "skipped");
        QVERIFY(retried.folded() == retried.plan);
    }

    void whatComesBackWithARetryIsJudgedAtOnce()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("locate")
                        .leaves({"lag"})
                        .automated("mend")
                        .leaves({"x"})
                        .when("${incident.type}", Comparison::Is, "bridge_exploit")
                        .automated("use")
                        .when("${steps.mend.result.x}", Comparison::Is, 1));
        QCOMPARE(run.runs(olga, "locate", good({{"lag", 1}})), "done");
        QCOMPARE(run.state("use"), "skipped");
        QCOMPARE(run.does(olga, retry("use")), "done"); // wanted by a person
        QCOMPARE(run.state("use"), "ready");
        QCOMPARE(run.does(olga, skip("use")), "done");
        QCOMPARE(run.does(olga, retry("mend")), "done");
        QCOMPARE(run.does(olga, skip("mend")), "done");
        QCOMPARE(run.state("use"), "skipped");
    }

    void whatWasNotNeededComesBackUnderItsNumber()
    {
        const QString lag = "${steps.locate.result.lag}";
        const auto procedure = ProcedureBuilder()
                                   .manual("locate")
                                   .leaves({"lag"})
                                   .takenBackBy("Forget it.")
                                   .automated("a")
                                   .when(lag, Comparison::AtLeast, 5)
                                   .automated("b")
                                   .when(lag, Comparison::AtLeast, 5)
                                   .manual("tell")
                                   .check("agreement", "locate")
                                   .check("files", "b");
        PlanRun undone(procedure);
        PlanRun verified(procedure);
        for (auto* run : {&undone, &verified}) {
            QCOMPARE(run->does(olga, done("locate", good({{"lag", 3}}))), "done");
            QCOMPARE(run->state("b"), "skipped");
            QCOMPARE(run->does(olga, done("tell")), "done");
        }
        // "tell" may have told somebody something wrong: it is done again, as another attempt.
        QCOMPARE(undone.does(olga, undo("locate")), "done");
        QCOMPARE(verified.verifies(olga, {answer("agreement", false), answer("files", false)}), "done");
        for (const auto* run : {&undone, &verified}) {
            QCOMPARE(run->record("a").attempt, 1);
            QCOMPARE(run->record("b").attempt, 1);
            QCOMPARE(run->record("tell").attempt, 2);
        }
        QVERIFY(!undone.record("b").wantedAnyway);
        QVERIFY(verified.record("b").wantedAnyway); // its own check failed, with that of a step before it
    }

    void theOwnerOfAFailedCheckIsNeeded()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("mend")
                        .when("${incident.type}", Comparison::Is, "bridge_exploit")
                        .check("agreement", "mend"));
        QCOMPARE(run.state("mend"), "skipped");
        QCOMPARE(run.verifies(olga, {answer("agreement", false)}), "done");
        QCOMPARE(run.state("mend"), "ready");
    }

    void whatALockedSessionCouldNotSayIsSaidWithTheNextOutcome()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("look")
                        .leaves({"kind"})
                        .automated("other")
                        .after({})
                        .automated("roll_back")
                        .after({"look"})
                        .when("${steps.look.result.kind}", Comparison::Is, "fork"));
        QCOMPARE(run.does(olga, start("look")), "done");
        QCOMPARE(run.does(olga, start("other")), "done");
        auto locked = outcome("look", good({{"kind", "lag"}}), 1);
        locked.signedIn = false;
        QCOMPARE(run.does(olga, locked), "done");
        QCOMPARE(run.state("roll_back"), "waiting");
        QCOMPARE(run.does(olga, outcome("other", bad(), 1)), "done"); // a failure says it too
        QCOMPARE(run.state("roll_back"), "skipped");
    }

    void aLockedSessionWritesTheOutcomeAlone()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("locate")
                        .leaves({"lag"})
                        .automated("mend")
                        .when("${steps.locate.result.lag}", Comparison::AtLeast, 5)
                        .manual("tell"));
        QCOMPARE(run.does(olga, start("locate")), "done");
        const auto before = run.rows.size();
        QCOMPARE(run.does(olga, RecordOutcome{StepId("locate"), 1, desk.id, good({{"lag", 3}}), false}), "done");
        QCOMPARE(run.rows.size(), before + 1);
        QCOMPARE(run.rows.last().kind, "step_succeeded");
        QCOMPARE(run.state("mend"), "waiting");
        QVERIFY(run.why("mend").first().startsWith("condition: it is not needed: "));
        QCOMPARE(run.does(olga, ArmPlan{desk}), "done"); // with the next signed-in act it is skipped
        QCOMPARE(run.state("mend"), "skipped");
    }

    void aPersonRunsAStepWhateverItsConditionsSay()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("mend")
                        .when("${incident.type}", Comparison::Is, "bridge_exploit")
                        .manual("tell"));
        QCOMPARE(run.does(olga, retry("mend")), "done");
        QCOMPARE(run.state("mend"), "ready");
        QCOMPARE(run.runs(olga, "mend"), "done");
    }

    void aRetryOfWhatDecidedAsksAgain()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("locate")
                        .leaves({"lag"})
                        .automated("mend")
                        .when("${steps.locate.result.lag}", Comparison::AtLeast, 5)
                        .check("agreement", "locate"));
        QCOMPARE(run.runs(olga, "locate", good({{"lag", 3}})), "done");
        QCOMPARE(run.state("mend"), "skipped");
        QCOMPARE(run.verifies(olga, {answer("agreement", false)}), "done"); // reopens locate
        QCOMPARE(run.state("mend"), "waiting");
        QCOMPARE(run.runs(olga, "locate", good({{"lag", 7}})), "done");
        QCOMPARE(run.state("mend"), "ready");
    }

    // --- side by side

    void branchesRunSideBySideUpToTheLimit()
    {
        PlanRun run(twoBranches().atMostAtOnce(2));
        QCOMPARE(run.runnable(olga), QStringList{"locate"});
        QCOMPARE(run.runs(olga, "locate", good({{"forked", true}, {"lag", 1}})), "done");
        QCOMPARE(run.runnable(olga), (QStringList{"left", "right"}));
        QCOMPARE(run.does(olga, start("left")), "done");
        QCOMPARE(run.runnable(olga), QStringList{"right"});
        QCOMPARE(run.does(olga, start("right")), "done");
        QVERIFY(run.runnable(olga).isEmpty());
        QCOMPARE(run.does(olga, outcome("left")), "done");
        QCOMPARE(run.runnable(olga), QStringList{"left2"});

        PlanRun narrow(twoBranches().atMostAtOnce(1));
        QCOMPARE(narrow.runs(olga, "locate", good({{"forked", true}, {"lag", 1}})), "done");
        QCOMPARE(narrow.does(olga, start("left")), "done");
        QVERIFY(narrow.runnable(olga).isEmpty());
        QCOMPARE(narrow.why("right"),
                 QStringList{"limit: 1 steps run at the same time, as many as the procedure allows"});
    }

    void oneBranchIsRunAlone()
    {
        PlanRun run(twoBranches());
        QCOMPARE(run.runs(olga, "locate", good({{"forked", true}, {"lag", 1}})), "done");
        QCOMPARE(run.does(olga, ArmPlan{desk, false, {StepId("nowhere")}}), "not_found");
        QCOMPARE(run.does(olga, ArmPlan{desk, false, {StepId("right")}}), "done");
        QCOMPARE(run.runnable(olga), QStringList{"right"});
        QCOMPARE(run.runs(olga, "right"), "done");
        QCOMPARE(run.runnable(olga), QStringList{"right2"});
        QCOMPARE(run.does(olga, DisarmPlan{"enough"}), "done");
        QCOMPARE(run.does(olga, ArmPlan{desk}), "done");
        QCOMPARE(run.runnable(olga), (QStringList{"left", "right2"}));
    }

    void aBranchIsPutOffWhileTheRestGoesOn()
    {
        PlanRun run(twoBranches());
        QCOMPARE(run.does(olga, HoldBranch{StepId("left"), " "}), "invalid_input");
        QCOMPARE(run.does(eve, HoldBranch{StepId("left"), "wait"}), "permission_denied");
        QCOMPARE(run.does(ben, HoldBranch{StepId("left"), "wait"}), "permission_denied"); // takes no part
        QCOMPARE(run.does(olga, HoldBranch{StepId("left"), "the disks are being copied"}), "done");
        QCOMPARE(run.runs(olga, "locate", good({{"forked", true}, {"lag", 1}})), "done");
        QCOMPARE(run.state("left"), "waiting");
        QVERIFY(run.why("left").first().startsWith("hold: olga has put off step 'left'"));
        QCOMPARE(run.why("left2").size(), 2); // the step before, and the hold
        QCOMPARE(run.does(olga, start("left")), "invalid_step_index");
        QCOMPARE(run.runnable(olga), QStringList{"right"});
        QCOMPARE(run.does(olga, ReleaseBranch{StepId("right")}), "wrong_state");
        QCOMPARE(run.does(olga, ReleaseBranch{StepId("left")}), "done");
        QCOMPARE(run.state("left"), "ready");
    }

    // --- retries

    void aFailureIsTriedAgainAfterItsWaitAndThenLeftToAPerson()
    {
        PlanRun run(ProcedureBuilder().automated("fetch").triedAgain(3, TenSeconds, 2));
        QCOMPARE(run.runs(olga, "fetch", bad()), "done");
        QCOMPARE(run.attempts("fetch"), 2);
        QCOMPARE(run.state("fetch"), "waiting");
        QVERIFY(run.why("fetch").first().startsWith("retry: attempt 2 begins at "));
        QCOMPARE(run.does(olga, start("fetch")), "invalid_step_index");
        run.wait(TenSeconds);
        QCOMPARE(run.state("fetch"), "ready");
        QCOMPARE(run.runs(olga, "fetch", bad()), "done");
        run.wait(TenSeconds);
        QCOMPARE(run.state("fetch"), "waiting"); // twice as long now
        run.wait(TenSeconds);
        QCOMPARE(run.runs(olga, "fetch", bad()), "done");
        QCOMPARE(run.state("fetch"), "failed");
        QCOMPARE(run.attempts("fetch"), 3);
        QCOMPARE(run.does(olga, retry("fetch")), "done"); // a person begins to count anew
        QCOMPARE(run.state("fetch"), "ready");
        QCOMPARE(run.runs(olga, "fetch", bad()), "done");
        QCOMPARE(run.state("fetch"), "waiting");
        QCOMPARE(run.plan.completedSteps.size(), 4);
    }

    void nothingIsTriedAgainThatSomebodyStopped()
    {
        PlanRun run(ProcedureBuilder().automated("fetch").triedAgain(3, TenSeconds));
        QCOMPARE(run.does(olga, start("fetch")), "done");
        QCOMPARE(run.does(olga, RecordOutcome{StepId("fetch"), 1, desk.id, bad(), true, true}), "done");
        QCOMPARE(run.state("fetch"), "failed");

        PlanRun paused(ProcedureBuilder().automated("fetch").triedAgain(3, TenSeconds));
        QCOMPARE(paused.does(olga, start("fetch")), "done");
        QCOMPARE(paused.does(olga, PausePlan{"wait"}), "done");
        QCOMPARE(paused.does(olga, outcome("fetch", bad())), "done");
        QCOMPARE(paused.state("fetch"), "failed");
    }

    void nothingIsTriedAgainByItselfOfWhichNobodyKnowsWhetherItTookEffect()
    {
        PlanRun run(ProcedureBuilder().automated("send").triedAgain(3, TenSeconds));
        auto doubtful = bad("no answer came");
        doubtful.doubtful = true;
        QCOMPARE(run.runs(olga, "send", doubtful), "done");
        QCOMPARE(run.state("send"), "failed");
        QVERIFY(run.record("send").result.doubtful);
        QVERIFY(run.folded() == run.plan);
        QCOMPARE(run.does(olga, retry("send")), "done"); // a person has looked
        QVERIFY(!toJson(bad()).contains("doubtful"));
    }

    void aClockThatWasSetBackKeepsNoRetryWaiting()
    {
        PlanRun run(ProcedureBuilder().automated("fetch").triedAgain(2, TenSeconds));
        QCOMPARE(run.runs(olga, "fetch", bad()), "done");
        run.wait(-std::chrono::hours(24 * 365));
        QCOMPARE(run.state("fetch"), "ready");
    }

    void waitsGrowByTheirFactorUpToADay()
    {
        const RetryPolicy retry{9, TenSeconds, 3};
        QCOMPARE(retry.delayAfter(1), Milliseconds(10'000));
        QCOMPARE(retry.delayAfter(3), Milliseconds(90'000));
        QCOMPARE(retry.delayAfter(40), Milliseconds(std::chrono::hours(24)));
    }

    // --- stopping one step

    void aRunningStepIsToldToStopOnce()
    {
        PlanRun run(twoBranches());
        QCOMPARE(run.does(olga, CancelStep{StepId("locate"), "wrong"}), "wrong_state");
        QCOMPARE(run.does(olga, start("locate")), "done");
        QCOMPARE(run.does(eve, CancelStep{StepId("locate"), "wrong"}), "permission_denied");
        QCOMPARE(run.does(olga, CancelStep{StepId("locate"), "wrong"}), "done");
        QVERIFY(run.record("locate").cancel);
        QCOMPARE(run.does(olga, CancelStep{StepId("locate"), "wrong"}), "wrong_state");
        QCOMPARE(run.state("locate"), "running"); // until its executor says what became of it
        QCOMPARE(run.does(olga, outcome("locate", bad("stopped"))), "done");
        QVERIFY(!run.record("locate").cancel);
    }

    // --- evidence

    void aSuccessBringsTheEvidenceThatIsWanted_data()
    {
        QTest::addColumn<QJsonArray>("given");
        QTest::addColumn<QString>("said");
        const QString hash(64, 'a');
        const QJsonObject file{{"id", "photo"}, {"kind", "file"}, {"sha256", hash}};
        const auto lag = evidence("lag", 4);
        const auto root = evidence("root", hash);
        const auto note = evidence("note", "all quiet");
        QTest::newRow("all of it") << QJsonArray{file, lag, root, note} << "done";
        QTest::newRow("without what may be missing") << QJsonArray{file, lag, root} << "done";
        QTest::newRow("none") << QJsonArray{} << "invalid_input";
        QTest::newRow("a figure as text") << QJsonArray{file, evidence("lag", "4.5"), root} << "done";
        QTest::newRow("a figure out of range") << QJsonArray{file, evidence("lag", 6), root} << "invalid_input";
        QTest::newRow("a figure without end")
            << QJsonArray{file, evidence("depth", "inf"), lag, root} << "invalid_input";
        QTest::newRow("a figure that is none") << QJsonArray{file, evidence("lag", "nan"), root} << "invalid_input";
        QTest::newRow("no figure") << QJsonArray{file, evidence("lag", "many"), root} << "invalid_input";
        QTest::newRow("no hash") << QJsonArray{file, lag, evidence("root", "abc")} << "invalid_input";
        QTest::newRow("no file") << QJsonArray{evidence("photo", "x"), lag, root} << "invalid_input";
        QTest::newRow("an empty text") << QJsonArray{file, lag, root, evidence("note", " ")} << "invalid_input";
        QTest::newRow("more than was asked for")
            << QJsonArray{file, lag, root, evidence("mood", "good"), QJsonObject{{"kind", "file"}}} << "done";
    }

    void aSuccessBringsTheEvidenceThatIsWanted()
    {
        PlanRun run(ProcedureBuilder()
                        .manual("look")
                        .wants("photo", EvidenceKind::File)
                        .wants("lag", EvidenceKind::Figure)
                        .between(0, 5)
                        .wants("depth", EvidenceKind::Figure, false)
                        .wants("root", EvidenceKind::Hash)
                        .wants("note", EvidenceKind::Text, false));
        QFETCH(QJsonArray, given);
        QTEST(run.does(olga, withEvidence("look", given)), "said");
    }

    void aFailureNeedsNoEvidence()
    {
        PlanRun run(ProcedureBuilder().manual("look").wants("photo", EvidenceKind::File));
        QCOMPARE(run.does(olga, done("look", bad())), "done");
        QCOMPARE(run.state("look"), "failed");
    }

    // --- people change

    void theLeadIsOfferedAndAccepted()
    {
        PlanRun run(twoBranches());
        QCOMPARE(run.plan.lead, olga.id);
        QCOMPARE(run.does(nora, HandOver{ben.id, {}, "sheet"}), "permission_denied");
        QCOMPARE(run.does(olga, HandOver{olga.id, {}, "sheet"}), "wrong_state");
        QCOMPARE(run.does(olga, HandOver{ben.id, "end of shift", "sheet"}), "done");
        QCOMPARE(run.plan.lead, olga.id); // until he says that he has it
        QCOMPARE(run.does(nora, TakeLead{}), "permission_denied");
        QCOMPARE(run.does(ben, TakeLead{}), "done");
        QCOMPARE(run.plan.lead, ben.id);
        QVERIFY(!run.plan.handover);
        QCOMPARE(run.does(olga, TakeLead{}), "invalid_input"); // a commander may, and says why
        QCOMPARE(run.does(olga, TakeLead{"ben cannot be reached"}), "done");
        QCOMPARE(run.plan.lead, olga.id);
    }

    void aPlanThatRunsElsewhereIsTakenOverWithAReason()
    {
        PlanRun run(twoBranches());
        QCOMPARE(run.does(olga, ArmPlan{desk}), "done");
        QCOMPARE(run.does(olga, ArmPlan{otherDesk, true}), "conflict");
        QCOMPARE(run.does(olga, ArmPlan{otherDesk, true, {}, "desk 1 does not answer"}), "done");
        QCOMPARE(run.plan.armedExecutor->id, otherDesk.id);
    }
};

QTEST_GUILESS_MAIN(TestPlanFlow)
#include "tst_plan_flow.moc"
