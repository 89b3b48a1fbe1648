// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/schedule.h"
#include "tests/support/plan_run.h"

#include <QTest>

using namespace rc;
using namespace rc::test;
using namespace std::chrono_literals;

namespace {

/// prepare (10 min, by hand), then restore (20 min) beside inform (5 min, by hand), then restart (10 min).
ProcedureBuilder diamond()
{
    return ProcedureBuilder()
        .manual("prepare")
        .takes(10min)
        .automated("restore")
        .takes(20min)
        .manual("inform")
        .after({"prepare"})
        .takes(5min)
        .automated("restart")
        .after({"restore", "inform"})
        .takes(10min);
}

Schedule scheduleNow(const PlanRun& run, const ExtraTime& extra = {})
{
    return scheduleOf(run.plan, estimatesOf(run.plan.procedure, {}), run.now, extra);
}

/// "prepare 0-10 +0", minutes from the plan's start, slack behind the plus.
QStringList drawn(const PlanRun& run, const Schedule& schedule)
{
    const auto minutes = [&run](const std::optional<Timestamp>& time) {
        return time ? QString::number(duration_cast<std::chrono::minutes>(*time - run.plan.startedAt).count())
                    : QString("?");
    };
    QStringList lines;
    for (const auto& step : schedule.steps) {
        const auto slack =
            step.slack ? QString(" +%1").arg(duration_cast<std::chrono::minutes>(*step.slack).count()) : QString();
        lines.append(QString("%1 %2-%3%4").arg(step.id.text(), minutes(step.start), minutes(step.end), slack));
    }
    return lines;
}

QString pathOf(const Schedule& schedule)
{
    QStringList ids;
    for (const auto& step : schedule.criticalPath) {
        ids.append(step.text());
    }
    return ids.join(' ');
}

/// From now to the ETA, in minutes.
double toGo(const PlanRun& run, const Schedule& schedule)
{
    return schedule.eta ? double((*schedule.eta - run.now).count()) / 60000 : -1;
}

} // namespace

/// The critical path, the ETA and the margin of a plan under way.
class TestSchedule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPlanThatHasJustBegun()
    {
        const PlanRun run(diamond());
        const auto schedule = scheduleNow(run);
        QCOMPARE(drawn(run, schedule),
                 (QStringList{"prepare 0-10 +0", "restore 10-30 +0", "inform 10-15 +15", "restart 30-40 +0"}));
        QCOMPARE(pathOf(schedule), "prepare restore restart");
        QCOMPARE(*schedule.stepsEnd, run.plan.startedAt + 40min);
        QCOMPARE(*schedule.eta, run.plan.startedAt + 40min);
        QCOMPARE(schedule.ahead, (TimeAhead{0min, 10min, 30min, 0min, 0min}));
    }

    void whatIsDoneIsAFact()
    {
        PlanRun run(diamond());
        run.does(olga, start("prepare"));
        run.wait(25min);
        run.does(olga, done("prepare"));
        run.does(olga, skip("restore"));
        const auto schedule = scheduleNow(run);
        QCOMPARE(drawn(run, schedule),
                 (QStringList{"prepare 0-25", "restore 25-25", "inform 25-30 +0", "restart 30-40 +0"}));
        QCOMPARE(schedule.steps[0].source, EstimateSource::Actual);
        QCOMPARE(schedule.steps[0].estimate, Milliseconds(25min));
        QCOMPARE(schedule.steps[1].estimate, Milliseconds(0));
        QCOMPARE(pathOf(schedule), "inform restart");
    }

    void nothingIsExpectedInThePast()
    {
        PlanRun run(diamond());
        run.wait(3h);
        QCOMPARE(drawn(run, scheduleNow(run)).first(), "prepare 180-190 +0");
    }

    void aFailedStepIsExpectedToRunAgain()
    {
        PlanRun run(ProcedureBuilder().automated("restore").takes(20min));
        run.does(olga, start("restore"));
        run.wait(5min);
        run.does(olga, outcome("restore", bad()));
        run.wait(5min);
        QCOMPARE(drawn(run, scheduleNow(run)), QStringList{"restore 10-30 +0"});
    }

    void afterAFailureTheWaitingBeginsAnew()
    {
        PlanRun run(ProcedureBuilder().automated("restore").takes(20min));
        auto estimates = estimatesOf(run.plan.procedure, {});
        estimates.steps[0].waiting = 6min;
        run.wait(1h);
        run.runs(olga, "restore", bad());
        run.wait(2min);
        QCOMPARE(drawn(run, scheduleOf(run.plan, estimates, run.now)), QStringList{"restore 66-86 +0"});
    }

    void whatRunsDoesNotWaitForWhatWasUndone()
    {
        PlanRun run(ProcedureBuilder().automated("restore").takes(20min).automated("restart").takes(5min));
        run.runs(olga, "restore");
        run.does(olga, start("restart"));
        apply(run.plan, StepUndone{StepId("restore"), "the wrong version", good()}, run.now, olga.id);
        const auto schedule = scheduleNow(run);
        QCOMPARE(drawn(run, schedule), (QStringList{"restore 0-20 +0", "restart 0-5 +15"}));
        QCOMPARE(pathOf(schedule), "restore");
        const auto longer = scheduleNow(run, {{StepId("restart"), 1h}});
        QCOMPARE(drawn(run, longer), (QStringList{"restore 0-20 +45", "restart 0-65 +0"}));
        QCOMPARE(pathOf(longer), "restart");
    }

    void anOverdueStepIsNeverAboutToEnd_data()
    {
        QTest::addColumn<int>("running");
        QTest::addColumn<double>("left");
        QTest::addRow("begun") << 0 << 20.0;
        QTest::addRow("half") << 10 << 10.0;
        QTest::addRow("four fifths") << 16 << 4.0;
        QTest::addRow("at its estimate") << 20 << 5.0;
        QTest::addRow("twice over") << 40 << 10.0;
        QTest::addRow("hours over") << 400 << 100.0;
    }
    void anOverdueStepIsNeverAboutToEnd()
    {
        QFETCH(int, running);
        QFETCH(double, left);
        PlanRun run(ProcedureBuilder().automated("restore").takes(20min));
        run.does(olga, start("restore"));
        run.wait(std::chrono::minutes(running));
        QCOMPARE(toGo(run, scheduleNow(run)), left);
    }

    void theExpectedEndOfARunningStepOnlyMovesAway()
    {
        PlanRun run(ProcedureBuilder().automated("restore").takes(20min));
        run.does(olga, start("restore"));
        auto before = *scheduleNow(run).eta;
        for (int second = 0; second < 3600; ++second) {
            run.wait(1s);
            const auto now = *scheduleNow(run).eta;
            QVERIFY(now >= before && now - before <= Milliseconds(1250)); // no jump
            before = now;
        }
    }

    void aClockThatWasSetBackMovesNoEnd()
    {
        PlanRun run(ProcedureBuilder().automated("restore").takes(20min).automated("restart").takes(10min).soak(5min));
        run.does(olga, start("restore"));
        run.wait(-24h);
        QCOMPARE(toGo(run, scheduleNow(run)), 35.0);
        run.does(olga, outcome("restore"));
        QCOMPARE(scheduleNow(run).steps[0].estimate, Milliseconds(0));
        QCOMPARE(toGo(run, scheduleNow(run)), 15.0);
        run.runs(olga, "restart");
        run.verifies(olga, {answer("agreement", true)});
        run.wait(-24h);
        QCOMPARE(toGo(run, scheduleNow(run)), 5.0);
    }

    void peoplesWaitingHasItsOwnShare()
    {
        PlanRun run(diamond());
        auto estimates = estimatesOf(run.plan.procedure, {});
        estimates.steps[0].waiting = 6min;
        estimates.steps[1].waiting = 2min;
        const auto schedule = scheduleOf(run.plan, estimates, run.now);
        QCOMPARE(drawn(run, schedule),
                 (QStringList{"prepare 6-16 +0", "restore 18-38 +0", "inform 16-21 +17", "restart 38-48 +0"}));
        QCOMPARE(schedule.ahead, (TimeAhead{8min, 10min, 30min, 0min, 0min}));
        QCOMPARE(toGo(run, schedule), 48.0);
        run.wait(4min); // of the six
        QCOMPARE(drawn(run, scheduleOf(run.plan, estimates, run.now)).first(), "prepare 6-16 +0");
        run.wait(5min); // more than six: as if it were taken now
        QCOMPARE(drawn(run, scheduleOf(run.plan, estimates, run.now)).first(), "prepare 9-19 +0");
    }

    void anArmedPlanStartsItsStepsItself()
    {
        const auto startOfB = [](const ProcedureBuilder& procedure) {
            PlanRun run(procedure);
            run.does(olga, ArmPlan{desk, false});
            auto estimates = estimatesOf(run.plan.procedure, {});
            estimates.steps[1].waiting = 6min;
            return *scheduleOf(run.plan, estimates, run.now).steps[1].start - run.plan.startedAt;
        };
        const auto first = ProcedureBuilder().automated("a").takes(1min);
        QCOMPARE(startOfB(ProcedureBuilder(first).automated("b")), Milliseconds(1min));
        QCOMPARE(startOfB(ProcedureBuilder(first).manual("b")), Milliseconds(7min));
        QCOMPARE(startOfB(ProcedureBuilder(first).automated("b").irreversible()), Milliseconds(7min));
        QCOMPARE(startOfB(ProcedureBuilder(first).automated("b").approvedBy(Role::ProtocolLead)), Milliseconds(7min));
        QCOMPARE(startOfB(ProcedureBuilder(first).reversibleUntil("b").automated("b")), Milliseconds(7min));
    }

    void whatAnArmingForABranchLeavesOutWaitsForPeople()
    {
        PlanRun run(ProcedureBuilder().automated("a").takes(1min).automated("b").after({}).takes(1min));
        auto estimates = estimatesOf(run.plan.procedure, {});
        for (auto& estimate : estimates.steps) {
            estimate.waiting = 6min;
        }
        run.does(olga, ArmPlan{desk, false, {StepId("a")}});
        QCOMPARE(drawn(run, scheduleOf(run.plan, estimates, run.now)), (QStringList{"a 0-1 +6", "b 6-7 +0"}));
    }

    void verificationAndSoakFollowTheLastStep()
    {
        PlanRun run(ProcedureBuilder().automated("restore").takes(20min).soak(30min));
        auto estimates = estimatesOf(run.plan.procedure, {});
        estimates.verification = 2min;
        auto schedule = scheduleOf(run.plan, estimates, run.now);
        const auto began = run.plan.startedAt;
        QCOMPARE(*schedule.stepsEnd, began + 20min);
        QCOMPARE(*schedule.verified, began + 22min);
        QCOMPARE(*schedule.soakEnd, began + 52min);
        QCOMPARE(*schedule.eta, began + 54min); // all checks are looked at once more
        QCOMPARE(schedule.ahead, (TimeAhead{0min, 0min, 20min, 4min, 30min}));

        run.runs(olga, "restore");
        run.wait(5min);
        QCOMPARE(toGo(run, scheduleOf(run.plan, estimates, run.now)), 34.0); // nobody has verified yet
        run.verifies(olga, {answer("agreement", true)});
        run.wait(10min);
        schedule = scheduleOf(run.plan, estimates, run.now);
        QCOMPARE(*schedule.verified, began + 5min);
        QCOMPARE(*schedule.soakEnd, began + 35min);
        QCOMPARE(toGo(run, schedule), 22.0);
        run.wait(2h); // and nobody has declared the end
        QCOMPARE(toGo(run, scheduleOf(run.plan, estimates, run.now)), 2.0);
        run.verifies(olga, {answer("agreement", true)});
        QCOMPARE(toGo(run, scheduleOf(run.plan, estimates, run.now)), 0.0);
        run.declares(olga);
        run.wait(9h);
        schedule = scheduleOf(run.plan, estimates, run.now);
        QCOMPARE(schedule.eta, run.plan.completedAt);
        QVERIFY(schedule.criticalPath.isEmpty());
    }

    void theMarginCountsFromContainment_data()
    {
        QTest::addColumn<Milliseconds>("rto");
        QTest::addColumn<bool>("rehearsal");
        QTest::addColumn<std::optional<Milliseconds>>("margin");
        const auto margin = [](Milliseconds time) { return std::optional(time); };
        // Contained an hour before the start; 40 minutes of work.
        QTest::addRow("none is set") << Milliseconds(0) << false << std::optional<Milliseconds>();
        QTest::addRow("held") << Milliseconds(2h) << false << margin(20min);
        QTest::addRow("missed") << Milliseconds(90min) << false << margin(-10min);
        QTest::addRow("of a rehearsal") << Milliseconds(90min) << true << margin(50min);
    }
    void theMarginCountsFromContainment()
    {
        QFETCH(Milliseconds, rto);
        QFETCH(bool, rehearsal);
        QFETCH(std::optional<Milliseconds>, margin);
        PlanRun run(diamond());
        run.plan.procedure.rto = rto;
        run.plan.pins.rehearsal = rehearsal;
        QCOMPARE(scheduleNow(run).margin.value_or(Milliseconds::min()), margin.value_or(Milliseconds::min()));
    }

    void anAbortedPlanHasNoEndToExpect()
    {
        PlanRun run(diamond());
        run.plan.procedure.rto = 2h;
        run.runs(olga, "prepare");
        run.does(olga, done("prepare"));
        run.does(olga, start("restore"));
        run.does(olga, AbortPlan{"the wrong network"});
        QCOMPARE(run.status(), "aborting");
        auto schedule = scheduleNow(run);
        QCOMPARE(drawn(run, schedule), (QStringList{"prepare 0-0", "restore 0-20", "inform ?-?", "restart ?-?"}));
        run.does(olga, outcome("restore"));
        QCOMPARE(run.status(), "aborted");
        schedule = scheduleNow(run);
        QVERIFY(!schedule.eta && !schedule.margin && !schedule.stepsEnd);
        QVERIFY(schedule.criticalPath.isEmpty());
    }

    void whatNobodyEstimatedIsCounted()
    {
        PlanRun run(ProcedureBuilder().automated("a").automated("b").takes(1min).manual("c"));
        QCOMPARE(scheduleNow(run).withoutEstimate, 2);
        run.runs(olga, "a");
        QCOMPARE(scheduleNow(run).withoutEstimate, 1);
    }

    void noMoreRunAtOnceThanTheProcedureAllows()
    {
        ProcedureBuilder procedure;
        for (int i = 0; i < 64; ++i) {
            procedure.automated(QString("s%1").arg(i)).after({}).takes(10min);
        }
        PlanRun run(procedure);
        run.plan.procedure.rto = 2h; // from containment, an hour ago
        const auto schedule = scheduleNow(run);
        QCOMPARE(toGo(run, schedule), 80.0);
        QCOMPARE(*schedule.margin, Milliseconds(-20min));
        QCOMPARE(schedule.criticalPath.size(), 8);
        QCOMPARE(schedule.ahead.machine, Milliseconds(80min));
        QCOMPARE(drawn(run, schedule)[7], "s7 0-10 +0");
        QCOMPARE(drawn(run, schedule)[8], "s8 10-20 +0");
        QCOMPARE(schedule.steps[8].queued, Milliseconds(10min));
        QCOMPARE(schedule.steps[8].queuedBehind, StepId("s0"));
    }

    void theMoreUrgentStepGetsThePlace()
    {
        const PlanRun run(ProcedureBuilder()
                              .atMostAtOnce(1)
                              .automated("tidy")
                              .after({})
                              .takes(5min)
                              .priority(Priority::Low)
                              .automated("look")
                              .after({})
                              .takes(10min)
                              .automated("mend")
                              .after({})
                              .takes(20min)
                              .priority(Priority::Urgent)
                              .automated("check")
                              .after({"mend"})
                              .takes(1min)
                              .priority(Priority::High));
        const auto schedule = scheduleNow(run);
        QCOMPARE(drawn(run, schedule),
                 (QStringList{"tidy 31-36 +0", "look 21-31 +0", "mend 0-20 +0", "check 20-21 +0"}));
        QCOMPARE(pathOf(schedule), "mend check look tidy");
        QCOMPARE(schedule.steps[1].queuedBehind, StepId("check"));
        QCOMPARE(schedule.steps[3].queued, Milliseconds(0)); // it needs what had the place
        QCOMPARE(schedule.ahead, (TimeAhead{0min, 0min, 36min, 0min, 0min}));
    }

    void whatRunsHasItsPlace()
    {
        PlanRun run(ProcedureBuilder()
                        .atMostAtOnce(2)
                        .automated("a")
                        .after({})
                        .takes(20min)
                        .automated("b")
                        .after({})
                        .takes(30min)
                        .automated("c")
                        .after({})
                        .takes(40min)
                        .automated("d")
                        .after({})
                        .takes(5min));
        for (const auto& step : QStringList{"a", "b", "c"}) { // a person starts more than a plan does
            QCOMPARE(run.does(olga, start(step)), "done");
        }
        run.wait(10min);
        const auto schedule = scheduleNow(run);
        QCOMPARE(drawn(run, schedule), (QStringList{"a 0-20 +15", "b 0-30 +5", "c 0-40 +0", "d 30-35 +5"}));
        QCOMPARE(schedule.steps[3].queued, Milliseconds(20min));
        QCOMPARE(schedule.steps[3].queuedBehind, StepId("b"));
        QCOMPARE(pathOf(schedule), "c");
    }

    void whoeverWaitsOrWorksByHandTakesNoPlace()
    {
        const PlanRun run(ProcedureBuilder()
                              .atMostAtOnce(1)
                              .manual("call")
                              .after({})
                              .takes(60min)
                              .automated("roll back")
                              .after({})
                              .takes(10min)
                              .approvedBy(Role::ProtocolLead)
                              .automated("look")
                              .after({})
                              .takes(20min));
        auto estimates = estimatesOf(run.plan.procedure, {});
        estimates.steps[1].waiting = 15min;
        const auto schedule = scheduleOf(run.plan, estimates, run.now);
        QCOMPARE(drawn(run, schedule),
                 (QStringList{"call 0-60 +0", "roll back 20-30 +30", "look 0-20 +30"})); // five minutes too late
        QCOMPARE(schedule.steps[1].waiting, Milliseconds(15min));
        QCOMPARE(schedule.steps[1].queued, Milliseconds(5min));
    }

    void whatPeopleDoWhileAStepIsQueuedIsNoWaiting()
    {
        const PlanRun run(
            ProcedureBuilder().atMostAtOnce(1).automated("look").takes(20min).automated("mend").after({}).takes(10min));
        auto estimates = estimatesOf(run.plan.procedure, {});
        estimates.steps[1].waiting = 15min;
        const auto schedule = scheduleOf(run.plan, estimates, run.now);
        QCOMPARE(pathOf(schedule), "look mend");
        QCOMPARE(schedule.ahead, (TimeAhead{0min, 0min, 30min, 0min, 0min}));
    }

    void aPlaceThatIsFreeForLongIsGivenFirst()
    {
        const PlanRun run(ProcedureBuilder()
                              .atMostAtOnce(2)
                              .automated("a")
                              .after({})
                              .takes(10min)
                              .manual("call")
                              .after({})
                              .takes(10min)
                              .automated("b")
                              .after({"call"})
                              .takes(30min));
        // One place was never taken: that the other is left in the same moment decides nothing.
        QCOMPARE(drawn(run, scheduleNow(run)), (QStringList{"a 0-10 +30", "call 0-10 +0", "b 10-40 +0"}));
    }

    void oneHandOnASystem()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("restore")
                        .with({{"systems", "${incident.systems}"}})
                        .takes(20min)
                        .automated("roll back")
                        .after({})
                        .with({{"systems", QJsonArray{"validator-1", "validator-3"}}})
                        .takes(10min)
                        .automated("other")
                        .after({})
                        .with({{"systems", QJsonArray{"validator-2"}}})
                        .takes(15min)
                        .automated("later")
                        .after({"other"})
                        .with({{"systems", QJsonArray{"validator-1"}}})
                        .takes(5min));
        const auto schedule = scheduleNow(run);
        QCOMPARE(drawn(run, schedule),
                 (QStringList{"restore 0-20 +0", "roll back 20-30 +0", "other 0-15 +0", "later 15-20 +0"}));
    }

    void whatIfTheOneBeforeInTheQueueTakesLonger()
    {
        const PlanRun run(ProcedureBuilder()
                              .atMostAtOnce(1)
                              .automated("look")
                              .takes(20min)
                              .automated("mend")
                              .after({})
                              .takes(10min)
                              .manual("call")
                              .after({})
                              .takes(40min));
        const auto answer =
            whatIf(run.plan, estimatesOf(run.plan.procedure, {}), run.now, {{StepId("look"), Milliseconds(25min)}});
        QCOMPARE(answer->etaMoves, Milliseconds(15min));
        QCOMPARE(answer->becomeCritical, (QList{StepId("look"), StepId("mend")}));
        QCOMPARE(answer->noLongerCritical, QList{StepId("call")});
        QCOMPARE(toJson(*answer)["steps"][1]["queued_ms"].toInteger(), Milliseconds(45min).count());
        QCOMPARE(toJson(*answer)["steps"][1]["queued_behind"].toString(), "look");
    }

    void whatIfAStepTakesLonger_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<Milliseconds>("extra");
        QTest::addColumn<Milliseconds>("moves");
        QTest::addColumn<QString>("become");
        QTest::addColumn<QString>("noLonger");
        const QString none;
        QTest::addRow("on the path") << "restore" << Milliseconds(20min) << Milliseconds(20min) << none << none;
        QTest::addRow("within its slack") << "inform" << Milliseconds(14min) << Milliseconds(0) << none << none;
        QTest::addRow("all its slack") << "inform" << Milliseconds(15min) << Milliseconds(0) << "inform" << none;
        QTest::addRow("beyond it") << "inform" << Milliseconds(20min) << Milliseconds(5min) << "inform" << "restore";
        QTest::addRow("less") << "restore" << Milliseconds(-5min) << Milliseconds(-5min) << none << none;
        QTest::addRow("less, until another is last")
            << "restore" << Milliseconds(-19min) << Milliseconds(-15min) << "inform" << "restore";
        QTest::addRow("less than nothing") << "prepare" << Milliseconds(-10h) << Milliseconds(-10min) << none << none;
    }
    void whatIfAStepTakesLonger()
    {
        QFETCH(QString, step);
        QFETCH(Milliseconds, extra);
        QFETCH(Milliseconds, moves);
        QFETCH(QString, become);
        QFETCH(QString, noLonger);
        const PlanRun run(diamond());
        const auto answer = whatIf(run.plan, estimatesOf(run.plan.procedure, {}), run.now, {{StepId(step), extra}});
        QVERIFY(answer.has_value());
        QCOMPARE(answer->etaMoves, moves);
        const auto ids = [](const QString& id) { return id.isEmpty() ? QList<StepId>() : QList{StepId(id)}; };
        QCOMPARE(answer->becomeCritical, ids(become));
        QCOMPARE(answer->noLongerCritical, ids(noLonger));
        QCOMPARE(*answer->before.eta + moves, *answer->after.eta);
    }

    void whatIfIsRefusedForWhatIsOver()
    {
        PlanRun run(diamond());
        run.does(olga, done("prepare"));
        const auto asked = [&run](const QString& step) {
            const auto answer = whatIf(run.plan, {}, run.now, {{StepId(step), 20min}});
            return answer ? QString("answered") : answer.error().message;
        };
        QCOMPARE(asked("restore"), "answered");
        QCOMPARE(asked("prepare"), "Step 'prepare' is done; it does not take longer any more.");
        QCOMPARE(asked("coffee"), "Plan PLAN-1 has no step 'coffee'.");
        run.does(olga, AbortPlan{"the wrong network"});
        QCOMPARE(asked("restore"), "Plan PLAN-1 is aborted; there is no end of it to expect.");
    }

    void theShapeForScripts()
    {
        PlanRun run(diamond());
        run.plan.procedure.rto = 2h;
        run.does(olga, start("prepare"));
        run.wait(40min);
        const auto object = toJson(scheduleNow(run));
        QCOMPARE(object["eta"].toString(), toRfc3339(run.now + 40min)); // ten more of prepare, then thirty
        QCOMPARE(object["margin_ms"].toInteger(), Milliseconds(-20min).count());
        QCOMPARE(object["rto_ms"].toInteger(), Milliseconds(2h).count());
        QCOMPARE(object["critical_path"].toArray(), (QJsonArray{"prepare", "restore", "restart"}));
        QCOMPARE(object["ahead"].toObject(), (QJsonObject{{"total_ms", 2400000},
                                                          {"waiting_ms", 0},
                                                          {"people_ms", 600000},
                                                          {"machine_ms", 1800000},
                                                          {"verification_ms", 0},
                                                          {"soak_ms", 0}}));
        const auto prepare = object["steps"].toArray().at(0).toObject();
        QCOMPARE(prepare, (QJsonObject{
                              {"id", "prepare"},
                              {"expected_start", toRfc3339(run.plan.startedAt)},
                              {"expected_end", toRfc3339(run.now + 10min)},
                              {"slack_ms", 0},
                              {"critical", true},
                              {"estimate_ms", 600000},
                              {"estimate_source", "procedure"},
                              {"samples", 0},
                              {"expected_waiting_ms", 0},
                              {"queued_ms", 0},
                              {"queued_behind", QJsonValue::Null},
                              {"flag", "too_slow"},
                              {"flag_because", "olga has had it for 40 min where the procedure expects 10 min: ask "
                                               "whether help is wanted"},
                          }));
        const auto answer = whatIf(run.plan, estimatesOf(run.plan.procedure, {}), run.now, {{StepId("inform"), 20min}});
        const auto asked = toJson(*answer);
        QCOMPARE(asked["eta_before"], object["eta"]);
        QCOMPARE(asked["eta_moves_ms"].toInteger(), Milliseconds(5min).count());
        QCOMPARE(asked["become_critical"].toArray(), QJsonArray{"inform"});
        QCOMPARE(asked["no_longer_critical"].toArray(), QJsonArray{"restore"});
        run.does(olga, done("prepare"));
        run.does(olga, AbortPlan{"the wrong network"});
        const auto over = toJson(scheduleNow(run));
        QVERIFY(over["eta"].isNull() && over["margin_ms"].isNull());
        QVERIFY(over["steps"].toArray().at(1).toObject()["expected_start"].isNull());
    }
};

QTEST_GUILESS_MAIN(TestSchedule)
#include "tst_schedule.moc"
