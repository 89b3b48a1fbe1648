// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/desk_story.h"
#include "tests/support/sight_story.h"
#include "ui/console/plan_facts.h"
#include "ui/console/plan_view_model.h"
#include "ui/console/step_words.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace rc;
using namespace rc::test;
using namespace rc::ui;
using namespace std::chrono_literals;

namespace {

/// "R Retry …", and "R Retry … (why not)".
QStringList offered(const PlanRun& run, const QString& step, const Actor& actor = olga, bool runsHere = false)
{
    QStringList texts;
    for (const auto& offer : offersFor({run.plan, {}, runsHere, runsHere}, run.at(step), actor, run.now)) {
        texts.append(offer.letter + " " + offer.text + (offer.reason.isEmpty() ? QString() : QString(" (no)")));
    }
    return texts;
}

ProcedureBuilder twoBranches()
{
    ProcedureBuilder builder;
    builder.automated("restore").takes(10min);
    builder.automated("look").after({}).takes(1min);
    return builder.check("health", "restore");
}

} // namespace

/// What can be done with the step that is looked at, what it wants, and what is said of it.
class TestStepViewModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachStateOffersWhatItAllows()
    {
        ProcedureBuilder builder;
        builder.manual("confirm").automated("restore").automated("roll_back").irreversible();
        builder.approvedBy(Role::ProtocolLead);
        PlanRun run(builder);
        QCOMPARE(offered(run, "confirm"), (QStringList{"Space It is done …", "H Put off …", "S Do without it …"}));
        QCOMPARE(offered(run, "restore"), (QStringList{"D What it would do …", "H Put off …", "S Do without it …"}));
        QVERIFY(offered(run, "confirm", eve).contains("Space It is done … (no)"));
        run.does(olga, done("confirm"));
        QCOMPARE(offered(run, "restore").first(), "R Run this step …");
        run.does(olga, start("restore"));
        QCOMPARE(offered(run, "restore").first(), "X Stop this step …");
        run.does(olga, CancelStep{StepId("restore"), "too hot"});
        QCOMPARE(offered(run, "restore").first(), "X Told to stop (no)");
        run.does(olga, outcome("restore", bad()));
        QCOMPARE(offered(run, "restore"), (QStringList{"R Retry …", "H Put off …", "S Do without it …"}));
        run.does(olga, retry("restore"));
        QCOMPARE(run.runsAndKeeps(olga, "restore"), "done");
        QCOMPARE(offered(run, "restore"), QStringList{"U Take it back …"});
        QCOMPARE(offered(run, "roll_back").first(2), (QStringList{"A Approve …", "E Approval from elsewhere …"}));
        run.approves(ben, "roll_back");
        run.does(olga, start("roll_back"));
        // Past the point of no return nothing before it is taken back any more.
        QCOMPARE(offered(run, "restore"), QStringList());
        run.does(olga, MarkUnknown{StepId("roll_back"), desk.id});
        QCOMPARE(offered(run, "roll_back").first(2),
                 (QStringList{"R Check what became of it", "J Say what became of it …"}));
        QVERIFY(offered(run, "roll_back", ben).first().endsWith("(no)")); // he approved it
    }

    /// The engine would refuse it: this window is at work on the plan.
    void whatBeginsWorkWaitsForTheWorkThatGoesOnHere()
    {
        PlanRun run(twoBranches());
        const auto here = [&](const QString& step) { return offered(run, step, olga, true); };
        QCOMPARE(run.runsAndKeeps(olga, "restore"), "done");
        QCOMPARE(offered(run, "look").first(), "R Run this step …");
        QCOMPARE(here("look").first(), "R Run this step … (no)");
        QCOMPARE(here("look").last(), "S Do without it …");
        QCOMPARE(offered(run, "restore"), QStringList{"U Take it back …"});
        QCOMPARE(here("restore"), QStringList{"U Take it back … (no)"});
        for (const auto& offer : offersFor({run.plan, {}, true, true}, run.at("restore"), olga, run.now)) {
            QCOMPARE(offer.reason, "The plan is at work here; this is possible once that has ended or was stopped.");
        }
        run.does(olga, start("look"));
        QCOMPARE(here("look").first(), "X Stop this step …");
        run.does(olga, MarkUnknown{StepId("look"), desk.id});
        QCOMPARE(here("look").first(2), (QStringList{"R Check what became of it (no)", "J Say what became of it …"}));
    }

    void undoingWhatTookConsentTakesConsent()
    {
        ProcedureBuilder builder;
        builder.automated("restore").approvedBy(Role::ProtocolLead).manual("look");
        PlanRun run(builder);
        run.approves(ben, "restore");
        QCOMPARE(run.runsAndKeeps(olga, "restore"), "done");
        QCOMPARE(offered(run, "restore"),
                 (QStringList{"A Approve taking it back …", "E Approval from elsewhere …", "U Take it back … (no)"}));
        QCOMPARE(run.approves(ben, "restore", StepAct::Undo), "done");
        QCOMPARE(offered(run, "restore"), QStringList{"U Take it back …"});
        QCOMPARE(run.undoes(olga, "restore"), "done");
        QCOMPARE(offered(run, "restore").first(), "R Do it again …");
    }

    void doingWithoutWhatTakesConsentTakesConsent()
    {
        ProcedureBuilder builder;
        builder.automated("restore").approvedBy(Role::ProtocolLead).manual("look");
        PlanRun run(builder);
        QCOMPARE(offered(run, "restore").last(2),
                 (QStringList{"S Approve doing without it …", " The same from elsewhere …"}));
        QCOMPARE(run.approves(ben, "restore", StepAct::Skip), "done");
        QCOMPARE(offered(run, "restore").last(), "S Do without it …");
        QCOMPARE(actOf(Deed::ApproveSkip), StepAct::Skip);
        QCOMPARE(actOf(Deed::ApproveSkipElsewhere), StepAct::Skip);
        QCOMPARE(actOf(Deed::ApproveUndoElsewhere), StepAct::Undo);
        QCOMPARE(actOf(Deed::ApproveElsewhere), StepAct::Run);
    }

    void whatAnApprovalWasForIsSaid()
    {
        ProcedureBuilder builder;
        builder.automated("restore").approvedBy(Role::ProtocolLead);
        PlanRun run(builder);
        const auto approvals = [&run] {
            QStringList texts;
            for (const auto& fact : factsOf(run.plan, 0)) {
                if (fact.label == "Approved by") {
                    texts.append(fact.value);
                }
            }
            return texts;
        };
        QCOMPARE(run.approves(ben, "restore", StepAct::Skip), "done");
        QCOMPARE(run.approves(pia, "restore"), "done");
        QCOMPARE(approvals(), (QStringList{"ben as protocol lead, to do without it, not used yet",
                                           "pia as protocol lead, to run it, not used yet"}));
        QCOMPARE(run.does(olga, start("restore")), "done");
        QCOMPARE(approvals(), (QStringList{"ben as protocol lead, to do without it, not used, and over",
                                           "pia as protocol lead, to run it"}));
    }

    void whatIsPutOffCanGoOn()
    {
        PlanRun run(twoBranches());
        QCOMPARE(run.does(olga, HoldBranch{StepId("restore"), "the disk first"}), "done");
        QCOMPARE(offered(run, "restore").filter("go on"), QStringList{"H Let it go on …"});
        QCOMPARE(offered(run, "look").filter("Put off"), QStringList{"H Put off …"});
    }

    void aKeyDoesNothingThatIsRefused()
    {
        QTemporaryDir home;
        EngineThread engine{{home.filePath("home"), {}}, EngineMode::Act};
        PlanViewModel plan(engine);
        plan.setPlanId("PLAN-1");
        ProcedureBuilder builder;
        const PlanRun run(builder.manual("confirm"));
        auto sight = sightOf(run);
        sight.actor = eve;
        plan.show(sight);
        QCOMPARE(plan.step()->deedOf("Space"), Deed::Nothing);
        sight.actor = olga;
        plan.show(sight);
        QCOMPARE(plan.step()->deedOf("Space"), Deed::Tick);
        QCOMPARE(plan.step()->deedOf("R"), Deed::Nothing);
        QCOMPARE(plan.step()->deedOf(""), Deed::Nothing);

        ProcedureBuilder approved;
        approved.automated("restore").approvedBy(Role::ProtocolLead);
        const PlanRun waiting(approved);
        QCOMPARE(offered(waiting, "restore").last(), " The same from elsewhere …"); // which has no key
        auto other = sightOf(waiting);
        other.actor = olga;
        plan.show(other);
        QCOMPARE(plan.step()->deedOf("S"), Deed::ApproveSkip);
        QCOMPARE(plan.step()->deedOf(""), Deed::Nothing);
    }

    void whatUndoingTouchesIsSaid()
    {
        PlanRun run(twoBranches());
        QCOMPARE(run.runsAndKeeps(olga, "restore"), "done");
        QTemporaryDir home;
        EngineThread engine{{home.filePath("home"), {}}, EngineMode::Act};
        PlanViewModel plan(engine);
        plan.setPlanId("PLAN-1");
        plan.setSelected("restore");
        auto sight = sightOf(run);
        plan.show(sight);
        QCOMPARE(plan.step()->undoRadius(), "It touches validator-3. What needs it is not known.");
        auto& systems = sight.systems.inventory.systems;
        systems[0].id = SystemId("validator-3");
        systems[1].dependsOn = {systems[0].id};
        systems[2].dependsOn = {systems[1].id};
        plan.show(sight);
        QCOMPARE(plan.step()->undoRadius(),
                 "It touches validator-3. What needs it, directly or not: system-1, system-2.");
        plan.setSelected("look");
        QCOMPARE(plan.step()->undoRadius(), QString());
    }

    void whatStartsWhenItIsLetGoOnIsNamed()
    {
        PlanRun run(twoBranches());
        QCOMPARE(run.does(olga, HoldBranch{StepId("restore"), "the disk first"}), "done");
        auto sight = sightOf(run);
        const auto said = [&] {
            sight.store.shownPlans[0].plan = run.plan;
            return goingOn(sight, sight.store.shownPlans[0], run.at("restore"));
        };
        QCOMPARE(goingOn(sight, sight.store.shownPlans[0], run.at("look")), QString());
        QCOMPARE(said(), "Nothing starts by itself: nobody runs the plan now.");
        QCOMPARE(run.does(olga, ArmPlan{desk}), "done");
        QCOMPARE(said(), "Nothing starts by itself: nobody runs the plan now."); // it died
        sight.store.shownPlans[0].isRunning = true;
        QCOMPARE(said(), "The plan is run by olga, and at once it starts “restore”.");
        Operator known;
        known.id = olga.id;
        known.roles = {Role::Observer}; // not any more
        sight.store.operators = {known};
        QCOMPARE(said(), "Nothing starts at once. The plan is run by olga.");
    }

    void whatIsBroughtBecomesOutputsAndEvidence()
    {
        ProcedureBuilder builder;
        builder.manual("look").leaves({"height"}).wants("peers", EvidenceKind::Figure).between(3, 5);
        builder.wants("photo", EvidenceKind::File, false);
        const PlanRun run(builder);
        QTemporaryDir home;
        EngineThread engine{{home.filePath("home"), {}}, EngineMode::Act};
        PlanViewModel plan(engine);
        plan.setPlanId("PLAN-1");
        auto sight = sightOf(run);
        sight.actor = olga;
        plan.show(sight);
        auto* const wanted = plan.step()->wanted();
        QCOMPARE(wanted->count(), 3);
        const auto names = wanted->roleNames();
        QCOMPARE(wanted->data(wanted->index(1, 0), names.key("hint")).toString(), "a number from 3 to 5");
        QCOMPARE(wanted->data(wanted->index(2, 0), names.key("hint")).toString(),
                 "a file, kept with its hash, may be left out");
        QCOMPARE(plan.guidance().reason, QString());
        const auto [command, files] = plan.step()->completion(true, "seen", {" 12 ", "4", "/tmp/photo.png"});
        QCOMPARE(command.result.fields, (QJsonObject{{"height", 12}}));
        QCOMPARE(command.evidence, (QJsonArray{QJsonObject{{"id", "peers"}, {"kind", "figure"}, {"value", "4"}}}));
        QCOMPARE(files.size(), 1);
        QCOMPARE(files[0].id, "photo");
        QCOMPARE(files[0].path, "/tmp/photo.png");
        const auto nothing = plan.step()->completion(true, "seen", {"12", "", " "});
        QVERIFY(nothing.first.evidence.isEmpty() && nothing.second.isEmpty());

        plan.complete("another", true, "seen", {"12", "4"}); // what was brought is not for that one
        QVERIFY(!plan.busy());
        QVERIFY2(plan.trouble().contains("'another'"), qPrintable(plan.trouble()));
    }

    void aFileOfEvidenceIsLookedAtAgainWithItsStep()
    {
        ProcedureBuilder builder;
        PlanRun run(builder.manual("look").manual("go_on"));
        auto command = done("look");
        for (const QByteArray name : {"kept", "altered", "gone"}) {
            command.evidence.append(
                QJsonObject{{"kind", "file"}, {"name", QString::fromLatin1(name)}, {"sha256", sha256Hex(name)}});
        }
        run.does(olga, command);
        QTemporaryDir home;
        writeInto(home.filePath("home/evidence/") + sha256Hex("kept"), "kept");
        writeInto(home.filePath("home/evidence/") + sha256Hex("altered"), "Altered");
        EngineThread engine{{home.filePath("home"), {}}, EngineMode::Act};
        PlanViewModel plan(engine);
        plan.setPlanId("PLAN-1");
        plan.show(sightOf(run));
        plan.setSelected("look");
        const auto evidence = [&] {
            auto* const facts = plan.step()->facts();
            const auto names = facts->roleNames();
            QStringList values;
            for (int row = 0; row < facts->rowCount(); ++row) {
                if (facts->data(facts->index(row, 0), names.key("label")) == "Evidence") {
                    values.append(facts->data(facts->index(row, 0), names.key("value")).toString());
                }
            }
            return values;
        };
        QCOMPARE(evidence(), (QStringList{"kept", "altered", "gone"}));
        engine.start();
        QTRY_COMPARE(evidence(), (QStringList{"kept", "altered. " + troubleWith(EvidenceState::Altered),
                                              "gone. " + troubleWith(EvidenceState::Missing)}));
        // Looked at again when somebody comes back to it.
        writeInto(home.filePath("home/evidence/") + sha256Hex("gone"), "gone");
        plan.setSelected("go_on");
        plan.setSelected("look");
        QTRY_COMPARE(evidence().last(), "gone");
        engine.stop();
    }

    void theCriticalPathIsMarkedWhereThereIsAnother()
    {
        const PlanRun run(twoBranches());
        const ShownPlan shown{run.plan, {}, false, false, estimatesOf(run.plan.procedure, {})};
        const auto rows = stepRows(shown, olga, run.now);
        QVERIFY(rows[0].critical);
        QVERIFY(!rows[1].critical);
        ProcedureBuilder line;
        const PlanRun single(line.automated("restore").takes(1min).automated("look").takes(1min));
        for (const auto& row : stepRows({single.plan, {}, false}, olga, single.now)) {
            QVERIFY(!row.critical);
        }
    }

    void anOddPaceIsSaid()
    {
        PlanRun run(twoBranches());
        run.does(olga, start("restore"));
        run.wait(31min);
        auto sight = sightOf(run);
        sight.now = run.now;
        sight.store.shownPlans[0].estimates = estimatesOf(run.plan.procedure, {});
        const auto rows = stepRows(sight.store.shownPlans[0], olga, run.now);
        QVERIFY2(rows[0].odd.startsWith("Has run for 31 min") && rows[0].odd.endsWith("gets on."),
                 qPrintable(rows[0].odd));
        QVERIFY(rows[1].odd.isEmpty());
    }

    void whatCountsForNothingDoesNotLookDone()
    {
        ProcedureBuilder line;
        PlanRun run(line.manual("look").automated("restore").after({"look"}));
        const auto rows = [&run] { return stepRows({run.plan, {}, false}, olga, run.now); };
        QVERIFY2(rows()[0].waiting.isEmpty(), "it waits for nobody but the one who reads it");
        QCOMPARE(rows()[1].waiting, "Step “look” is not done.");
        QCOMPARE(run.does(olga, SkipStep{StepId("look"), "seen before"}), "done");
        QCOMPARE(rows()[0].tone, Tone::Skipped);
        QCOMPARE(run.runsAndKeeps(olga, "restore"), "done");
        QCOMPARE(rows()[1].tone, Tone::Done);
        QCOMPARE(run.undoes(olga, "restore"), "done");
        QCOMPARE(rows()[1].tone, Tone::Undone);
    }

    void theTimeSaysWhenItEndsAndWhatThatLeaves()
    {
        auto start = startOf(twoBranches().build());
        start.procedure.rto = 2h;
        PlanRun run(start);
        QTemporaryDir home;
        EngineThread engine{{home.filePath("home"), {}}, EngineMode::Act};
        PlanViewModel plan(engine);
        plan.setPlanId("PLAN-1");
        auto sight = sightOf(run);
        sight.now = run.now;
        sight.store.shownPlans[0].estimates = estimatesOf(run.plan.procedure, {});
        plan.show(sight);
        const auto end = QDateTime::fromMSecsSinceEpoch((run.now + 10min).time_since_epoch().count()).toString("HH:mm");
        QVERIFY2(plan.timeText().contains("until " + end), qPrintable(plan.timeText()));
        // Contained an hour ago: ten minutes of work leave fifty of the two hours.
        QVERIFY2(plan.timeText().contains("50 min to spare of the objective"), qPrintable(plan.timeText()));
        QVERIFY(!plan.late());
        QVERIFY2(plan.whatIf("restore", 20).contains("20 min later"), qPrintable(plan.whatIf("restore", 20)));
        QVERIFY2(plan.whatIf("look", 5).contains("as expected"), qPrintable(plan.whatIf("look", 5)));
        QVERIFY2(plan.whatIf("restore", 60).contains("missed by 10 min"), qPrintable(plan.whatIf("restore", 60)));
        const auto tomorrow = QDateTime::fromMSecsSinceEpoch((run.now + 30h + 10min).time_since_epoch().count())
                                  .toString("yyyy-MM-dd HH:mm");
        QVERIFY2(plan.whatIf("restore", 1800).contains("ends at " + tomorrow),
                 qPrintable(plan.whatIf("restore", 1800)));
        sight.now += 2h;
        plan.show(sight);
        QVERIFY2(plan.timeText().contains("too late for the objective"), qPrintable(plan.timeText()));
        QVERIFY(plan.late());
    }

    void theLeadIsOfferedAndTaken()
    {
        PlanRun run(twoBranches());
        QTemporaryDir home;
        EngineThread engine{{home.filePath("home"), {}}, EngineMode::Act};
        PlanViewModel plan(engine);
        plan.setPlanId("PLAN-1");
        auto sight = sightOf(run);
        sight.actor = ben;
        plan.show(sight);
        QCOMPARE(plan.leadText(), "Led by olga");
        QCOMPARE(plan.offeredLead(), QString());
        QCOMPARE(run.does(olga, HandOver{ben.id, "watch validator-3", "sheet"}), "done");
        sight.store.shownPlans = {{run.plan, {}, false}};
        plan.show(sight);
        QCOMPARE(plan.offeredLead(), "olga offers the lead of this plan to you: watch validator-3");
        QVERIFY(plan.leadIsMine());
        sight.actor = olga;
        plan.show(sight);
        QVERIFY(!plan.leadIsMine());
        QVERIFY(plan.offeredLead().contains("to ben"));
        QCOMPARE(run.does(ben, TakeLead{}), "done");
        sight.store.shownPlans = {{run.plan, {}, false}};
        plan.show(sight);
        QCOMPARE(plan.leadText(), "Led by ben");
        QCOMPARE(plan.offeredLead(), QString());
    }

    void whatIsLeftBehindIsListedLatestFirst()
    {
        ProcedureBuilder builder;
        builder.automated("restore").automated("sync").manual("look");
        PlanRun run(builder);
        run.runsAndKeeps(olga, "restore");
        run.runsAndKeeps(olga, "sync");
        QTemporaryDir home;
        EngineThread engine{{home.filePath("home"), {}}, EngineMode::Act};
        PlanViewModel plan(engine);
        plan.setPlanId("PLAN-1");
        plan.show(sightOf(run));
        auto* const rows = plan.leftovers();
        QCOMPARE(rows->count(), 2);
        const auto names = rows->roleNames();
        QCOMPARE(rows->data(rows->index(0, 0), names.key("step")).toString(), "sync");
        QCOMPARE(rows->data(rows->index(1, 0), names.key("step")).toString(), "restore");
    }
};

QTEST_GUILESS_MAIN(TestStepViewModel)
#include "tst_step_view_model.moc"
