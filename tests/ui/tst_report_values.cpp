// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/report_story.h"
#include "ui/report/plan_facts.h"
#include "ui/report/sections.h"
#include "ui/report/time_axis.h"
#include "ui/words/words.h"

#include <QTest>

using namespace rc;
using namespace rc::ui;
using namespace rc::ui::report;
using namespace rc::test;
using namespace std::chrono_literals;

namespace {

ReportData readBack(const QJsonObject& document)
{
    const auto data = readReport(canonicalJson(document));
    return data ? *data : ReportData{};
}

PlanFacts factsOf(const ReportData& data)
{
    return {data.plans.first(), data};
}

QStringList departuresOf(const ReportStory& story)
{
    const auto data = readBack(story.document());
    return factsOf(data).departures();
}

QStringList labels(const TimeAxis& axis)
{
    QStringList texts;
    for (const auto& tick : axis.ticks(7)) {
        texts.append(tick.label);
    }
    return texts;
}

/// "1 failed 4-6" for each attempt: minutes since the plan's start.
QStringList attemptsOf(const PlanFacts& facts, qsizetype step)
{
    QStringList texts;
    const auto minute = [&](const std::optional<Timestamp>& time) {
        return time ? QString::number((*time - facts.plan().startedAt) / 1min) : QString("?");
    };
    for (const auto& attempt : facts.steps()[step].attempts) {
        const auto end = attempt.end == AttemptEnd::Succeeded ? QString("done")
                         : attempt.end == AttemptEnd::Failed  ? QString("failed")
                                                              : QString("open");
        texts.append(
            QString("%1 %2 %3-%4").arg(attempt.number).arg(end, minute(attempt.startedAt), minute(attempt.endedAt)));
    }
    return texts;
}

} // namespace

/// What a report makes of a document before anything is drawn.
class TestReportValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void durationsHaveTwoUnits_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << qint64(0) << "0 ms";
        QTest::newRow("ms") << qint64(850) << "850 ms";
        QTest::newRow("tenths") << qint64(4'230) << "4.2 s";
        QTest::newRow("seconds") << qint64(42'499) << "42 s";
        QTest::newRow("even minutes") << qint64(3'600'000 - 60'000) << "59 min";
        QTest::newRow("minutes") << qint64(1'450'000) << "24 min 10 s";
        QTest::newRow("rounded up to a minute") << qint64(119'700) << "2 min";
        QTest::newRow("nearly a minute") << qint64(59'600) << "1 min";
        QTest::newRow("rounded up to an hour") << qint64(3'599'700) << "1 h";
        QTest::newRow("rounded up to a day") << qint64(86'399'000) << "1 d";
        QTest::newRow("hours") << qint64(11'100'000) << "3 h 5 min";
        QTest::newRow("days") << qint64(187'200'000) << "2 d 4 h";
    }
    void durationsHaveTwoUnits()
    {
        QFETCH(qint64, ms);
        QTEST(duration(Milliseconds(ms)), "text");
    }

    void timesAreUtc()
    {
        QCOMPARE(utc(*fromRfc3339("2026-11-23T05:10:38.900+01:00")), "2026-11-23 04:10:38 UTC");
        QCOMPARE(words("verification_failed"), "Verification failed");
    }

    void ticksAreRoundTimes()
    {
        const auto from = *fromRfc3339("2026-11-23T03:04:10Z");
        QCOMPARE(labels(TimeAxis(from, from + 24min, 0, 100)),
                 (QStringList{"03:05", "03:10", "03:15", "03:20", "03:25"}));
        QCOMPARE(labels(TimeAxis(from, from + 20s, 0, 100)),
                 (QStringList{"03:04:10", "03:04:15", "03:04:20", "03:04:25", "03:04:30"}));
        QCOMPARE(labels(TimeAxis(from, from + 49h, 0, 100)), (QStringList{"12:00", "00:00", "12:00", "00:00"}));
        QCOMPARE(labels(TimeAxis(from, from + 60h * 24, 0, 100)).first(), "2026-12-03");
        QVERIFY(labels(TimeAxis(from, from, 0, 100)).size() <= 7);
        QVERIFY(labels(TimeAxis(Timestamp(), from, 0, 100)).size() <= 7);
    }

    void timesOutsideTheAxisLieOnItsEnds()
    {
        const Timestamp from{1h};
        const TimeAxis axis(from, from + 10min, 50, 100);
        QCOMPARE(axis.x(from - 1h), 50.0);
        QCOMPARE(axis.x(from + 5min), 100.0);
        QCOMPARE(axis.x(from + 1h), 150.0);
    }

    void whatAnApprovalWasForIsSaid()
    {
        PlanRun run(ProcedureBuilder().automated("restore").approvedBy(Role::ProtocolLead));
        QCOMPARE(run.approves(ben, "restore", StepAct::Skip), "done");
        QCOMPARE(run.approves(pia, "restore"), "done");
        QCOMPARE(run.does(olga, start("restore")), "done");
        auto document = ReportStory().document();
        document["plan"] = reportPlan(run.plan, run.now);
        const auto data = readBack(document);
        const auto& approvals = data.plans.first().steps.first().approvals;
        QCOMPARE(approvals.size(), 2);
        QVERIFY(approvals[0].act == StepAct::Skip && approvals[0].over && !approvals[0].used);
        QVERIFY(approvals[1].act == StepAct::Run && !approvals[1].over && approvals[1].used);
    }

    void whatThePlanSaysArrives()
    {
        const ReportStory story;
        const auto data = readBack(story.document());
        QCOMPARE(data.incident.id.text(), "INC-1");
        const auto& plan = data.plans.first();
        QCOMPARE(plan.status, PlanStatus::Completed);
        QCOMPARE(plan.steps.size(), 4);
        QCOMPARE(plan.steps[0].evidence[0].sha256, sha256Hex("heads"));
        QCOMPARE(plan.steps[2].approvals[0].by, "ben");
        QVERIFY(plan.steps[2].approvals[0].used);
        QVERIFY(plan.steps[2].approvals[0].act == StepAct::Run);
        QCOMPARE(plan.completions.size(), 6);
        QCOMPARE(plan.checks.size(), 3);
        QCOMPARE(plan.rto, Milliseconds(2h));
    }

    void filesOfEvidenceAreListedWithWhatWasFound()
    {
        const auto document = ReportStory().document();
        const auto unseen = readBack(document);
        QVERIFY(keptFiles({factsOf(unseen)}).isEmpty());
        const auto data = readBack(withEvidence(document, "altered", "The kept file was altered."));
        const auto files = keptFiles({factsOf(data)});
        QCOMPARE(files.size(), 1);
        QCOMPARE(files[0].plan, "PLAN-1");
        QCOMPARE(files[0].step, data.plans.first().steps[0].name);
        QCOMPARE(files[0].attempt, 1);
        QCOMPARE(files[0].file.name, "heads.json");
        QCOMPARE(*files[0].file.state, EvidenceState::Altered);
        QCOMPARE(files[0].file.trouble, "The kept file was altered.");
        const auto wrong = readReport(canonicalJson(withEvidence(document, "well", {})));
        QVERIFY(!wrong);
        QVERIFY2(wrong.error().message.contains("expected one of sound, missing"), qPrintable(wrong.error().message));
    }

    void attemptsAndWaitingFollowFromStartsAndEnds()
    {
        const auto data = readBack(ReportStory().document());
        const auto facts = factsOf(data);
        QCOMPARE(attemptsOf(facts, 0), QStringList{"1 done 1-3"});
        QCOMPARE(attemptsOf(facts, 1), (QStringList{"1 failed 4-6", "2 done 7-9"}));
        QCOMPARE(attemptsOf(facts, 3), (QStringList{"1 done 13-15", "2 done 17-19"}));
        const auto& waiting = facts.steps()[1].waiting;
        QCOMPARE(waiting.size(), 2);
        QCOMPARE(waiting[0].to - waiting[0].from, Milliseconds(1min));
        QCOMPARE(waiting[1].from - facts.plan().startedAt, Milliseconds(6min));
    }

    void verificationIsToldRunByRun()
    {
        const auto data = readBack(ReportStory().document());
        const auto runs = factsOf(data).verificationRuns();
        QCOMPARE(runs.size(), 3);
        QVERIFY(!runs[0].passed());
        QVERIFY(runs[1].passed());
        QCOMPARE(*runs[0].endedAt - *runs[0].startedAt, Milliseconds(1min));
    }

    void theObjectiveCountsFromContainment()
    {
        const auto document = ReportStory().document();
        const auto met = readBack(document);
        QCOMPARE(factsOf(met).elapsed(), Milliseconds(27min));
        // Contained an hour before the plan was started.
        QCOMPARE(factsOf(met).margin(), Milliseconds(33min));
        const auto missed = readBack(withPlan(document, "rto_ms", 60'000));
        QCOMPARE(factsOf(missed).margin(), Milliseconds(-86min));
        const auto rehearsal = readBack(withPlan(document, "rehearsal", true));
        QCOMPARE(factsOf(rehearsal).margin(), Milliseconds(93min));
        const auto none = readBack(withPlan(document, "rto_ms", 0));
        QVERIFY(!factsOf(none).margin());
    }

    void theSoakIsDrawnFromTheFirstGreenRun()
    {
        const auto data = readBack(ReportStory().document());
        const auto rows = timelineRows(factsOf(data));
        QCOMPARE(rows.size(), 4 + 3 + 1);
        const auto& closing = rows.last();
        QCOMPARE(closing.bars.size(), 1);
        QCOMPARE(closing.bars[0].from - data.plans[0].startedAt, Milliseconds(20min));
        QCOMPARE(closing.bars[0].to - closing.bars[0].from, Milliseconds(5min));
        QCOMPARE(closing.waiting.size(), 1);
        QCOMPARE(closing.waiting[0].to, *data.plans[0].completedAt);
    }

    void theRowOfAStepHasItsAttemptsItsWaitingAndItsApproval()
    {
        const auto data = readBack(ReportStory().document());
        const auto rows = timelineRows(factsOf(data));
        QCOMPARE(rows[1].bars.size(), 2);
        QCOMPARE(rows[1].bars[0].end, AttemptEnd::Failed);
        QCOMPARE(rows[1].bars[1].end, AttemptEnd::Succeeded);
        QCOMPARE(rows[2].approvals.size(), 1);
        QCOMPARE(rows[5].label, "Verification, run 2");
        QCOMPARE(rows[4].bars[0].end, AttemptEnd::Failed);
    }

    void aStepThatFailedAgainIsNotCalledUnrepeated()
    {
        ReportStory story(ReportStory::Until::Retry);
        story.step("restore", bad("The disk was full"));
        QCOMPARE(departuresOf(story), QStringList{"Step “Restore the configuration” failed in each of 2 attempts."});
        story.run().does(olga, SkipStep{StepId("restore"), "by hand"});
        QCOMPARE(departuresOf(story),
                 QStringList{"Step “Restore the configuration” was skipped after 2 attempts: by hand"});
    }

    void aRetryThatHasNotBegunIsNoAttempt()
    {
        const ReportStory story(ReportStory::Until::Retry);
        QCOMPARE(departuresOf(story),
                 QStringList{"Step “Restore the configuration” failed in 1 attempt and is to be run again."});
    }

    void aStepThatVerificationReopenedHadBeenDone()
    {
        ReportStory story(ReportStory::Until::Reopened);
        QCOMPARE(departuresOf(story), (QStringList{"Step “Restore the configuration” took 2 attempts.",
                                                   "Step “Restart the systems” had been done and is to be run again.",
                                                   "Verification run 1 did not pass."}));
        story.step("restart", bad("It does not come up"));
        QCOMPARE(departuresOf(story)[1], "Step “Restart the systems” failed in 1 of 2 attempts.");
    }

    void whatAnAbortedPlanDidNotRunIsNamed()
    {
        ReportStory story(ReportStory::Until::Retry);
        QCOMPARE(story.run().does(olga, AbortPlan{"it is another incident"}), "done");
        QCOMPARE(departuresOf(story),
                 (QStringList{"Step “Restore the configuration” failed in 1 attempt and was not run again.",
                              "Step “Go back to the trusted height” was not run.",
                              "Step “Restart the systems” was not run."}));
    }

    void whatWasTakenBackOrChangedHandsIsNamed()
    {
        ReportStory story(ReportStory::Until::Retry);
        auto& run = story.run();
        QCOMPARE(run.runsAndKeeps(olga, "restore"), "done");
        const auto before = readBack(story.document()).plans.first().leftovers;
        QCOMPARE(before.size(), 1);
        QVERIFY2(before[0].what.contains("Restore the configuration"), qPrintable(before[0].what));
        QCOMPARE(run.undoes(olga, "restore"), "done");
        QCOMPARE(run.does(olga, HandOver{ben.id, "my shift ends", "sheet"}), "done");
        QCOMPARE(run.does(ben, TakeLead{}), "done");
        const auto told = departuresOf(story);
        QVERIFY2(told.contains("olga had step “Restore the configuration” taken back: it made things worse"),
                 qPrintable(told.join('|')));
        QVERIFY2(told.contains("ben took the lead over."), qPrintable(told.join('|')));
        QVERIFY(readBack(story.document()).plans.first().leftovers.isEmpty());
    }

    void anInterruptedAttemptCounts()
    {
        ReportStory story(ReportStory::Until::Retry);
        auto& run = story.run();
        run.does(olga, start("restore"));
        QCOMPARE(run.does(olga, MarkUnknown{StepId("restore"), desk.id}), "done");
        QCOMPARE(departuresOf(story),
                 QStringList{"Step “Restore the configuration” was started, and nobody knows how it ended."});
        QCOMPARE(run.does(olga, retry("restore")), "done");
        story.step("restore");
        QCOMPARE(departuresOf(story), QStringList{"Step “Restore the configuration” took 3 attempts."});
    }

    void whatWentOtherwiseIsNamed()
    {
        const auto document = withPlan(ReportStory().document(), "override_reason", "no time");
        const auto data = readBack(document);
        QCOMPARE(factsOf(data).departures(),
                 (QStringList{"A commander started the plan against the rules: no time",
                              "Step “Restore the configuration” took 2 attempts.",
                              "Step “Restart the systems” took 2 attempts.", "Verification run 1 did not pass."}));
    }

    void theDeclarationIsAnEventWithAKey()
    {
        const auto data = readBack(ReportStory().document());
        const auto facts = factsOf(data);
        const auto* declaration = facts.declaration();
        QVERIFY(declaration);
        QCOMPARE(declaration->by, "olga");
        QCOMPARE(declaration->keyId, sha256Hex("olga"));
    }
};

QTEST_GUILESS_MAIN(TestReportValues)
#include "tst_report_values.moc"
