// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/plan_run.h"

#include <QSet>
#include <QTest>

using namespace rc;
using namespace rc::test;

namespace {

/// One plan in which every kind of event that a command can make happens at least once.
QList<PlanRun> everythingHappens()
{
    ProcedureBuilder procedure;
    procedure.automated("locate").leaves({"height"}).takes(std::chrono::minutes(1));
    procedure.automated("roll_back").with({{"height", "${steps.locate.result.height}"}}).approvedBy(Role::ProtocolLead);
    procedure.manual("tell").soak(std::chrono::minutes(1)).check("agreement", "roll_back");

    PlanRun declared(procedure);
    declared.does(olga, ArmPlan{desk});
    declared.runs(olga, "locate", good({{"height", qint64(9'007'199'254'740'993)}}));
    declared.does(olga, DisarmPlan{"by hand from here"});
    declared.does(olga, PausePlan{"shift change"});
    declared.does(olga, ResumePlan{});
    declared.approves(ben, "roll_back");
    declared.does(olga, start("roll_back"));
    declared.does(olga, MarkUnknown{StepId("roll_back"), desk.id});
    declared.does(olga, ResolveUnknown{StepId("roll_back"), EffectState::NotApplied, bad()});
    declared.approves(ben, "roll_back");
    declared.runs(olga, "roll_back");
    declared.does(olga, CompleteStep{StepId("tell"), bad("nobody answers"), "tried \"twice\" — ünïcode", {"photo"}});
    declared.does(olga, skip("tell"));
    declared.does(olga, AddNote{"line one\nline two"});
    declared.verifies(olga, {answer("agreement", false)});
    declared.approves(ben, "roll_back");
    declared.runs(olga, "roll_back");
    declared.does(olga, done("tell"));
    declared.wait(std::chrono::seconds(30));
    declared.does(olga, StartVerification{desk});
    declared.does(olga, CancelVerification{desk.id});
    declared.verifies(olga, {answer("agreement", true)});
    declared.wait(std::chrono::minutes(2));
    declared.verifies(olga, {answer("agreement", true)});
    declared.declares(olga);

    PlanRun automatic(ProcedureBuilder().automated("restore").closesAutomatically());
    automatic.runs(olga, "restore");
    automatic.verifies(olga, {answer("agreement", true)});

    PlanRun aborted(ProcedureBuilder().automated("restore").automated("spare"));
    aborted.does(olga, HoldBranch{StepId("spare"), "not before noon"});
    aborted.does(olga, ReleaseBranch{StepId("spare")});
    aborted.does(olga, HandOver{ben.id, "end of shift", "sheet-hash"});
    aborted.does(ben, TakeLead{});
    aborted.does(olga, start("restore"));
    aborted.does(olga, RecordDeviation{StepId("restore"), desk.id, {1, {"one file"}, {"two files"}}});
    aborted.does(olga, keep("restore"));
    aborted.does(olga, CancelStep{StepId("restore"), "wrong system"});
    aborted.does(olga, outcome("restore"));
    aborted.undoes(olga, "restore", bad());
    aborted.undoes(olga, "restore");
    aborted.does(olga, AbortPlan{"wrong procedure"});
    return {declared, automatic, aborted};
}

template <std::size_t... I>
QSet<QString> allKinds(std::index_sequence<I...>)
{
    return {QString(std::variant_alternative_t<I, PlanEvent>::kind)...};
}

QStringList missingFrom(const QJsonObject& object, const QString& fields)
{
    QStringList missing;
    for (const auto& field : fields.split(' ')) {
        if (!object.contains(field)) {
            missing.append(field);
        }
    }
    return missing;
}

} // namespace

/// Events as rows of JSON, and the plan as scripts see it (cli.md).
class TestPlanEvents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theScenarioMakesEveryEventOnce()
    {
        const auto runs = everythingHappens();
        QCOMPARE(runs[0].status(), "completed");
        QCOMPARE(runs[1].status(), "completed");
        QCOMPARE(runs[2].status(), "aborted");
        QSet<QString> seen;
        for (const auto& run : runs) {
            for (const auto& row : run.rows) {
                seen.insert(row.kind);
            }
        }
        QCOMPARE(seen, allKinds(std::make_index_sequence<std::variant_size_v<PlanEvent>>()));
    }

    void theRowsAddUpToThePlan()
    {
        for (const auto& run : everythingHappens()) {
            QCOMPARE(run.folded(), run.plan);
        }
    }

    /// It may have 10,000 steps, and never changes.
    void noEventCopiesTheProcedure()
    {
        for (const auto& run : everythingHappens()) {
            Plan plan;
            for (const auto& row : run.rows) {
                const Plan before = plan;
                apply(plan, *planEventFrom(row.kind, QJsonDocument::fromJson(row.body).object()), row.at, row.by);
                QVERIFY2(before.id.isEmpty() || plan.procedure.steps.isSharedWith(before.procedure.steps),
                         qPrintable(row.kind));
            }
        }
    }

    void everyEventSurvivesItsBytes()
    {
        for (const auto& run : everythingHappens()) {
            for (const auto& row : run.rows) {
                const auto event = planEventFrom(row.kind, QJsonDocument::fromJson(row.body).object());
                QVERIFY(event);
                QCOMPARE(kindOf(*event), row.kind);
                QCOMPARE(canonicalJson(bodyOf(*event)), row.body);
            }
        }
    }

    void anUnknownKindIsAStoreError()
    {
        QCOMPARE(planEventFrom("plan_teleported", {}).error().code, ErrorCode::StoreError);
    }

    void anEventThatDoesNotFitChangesNothing()
    {
        PlanRun run(ProcedureBuilder().automated("restore"));
        QCOMPARE(run.does(olga, start("restore")), "done");
        const Plan before = run.plan;
        for (const PlanEvent& event :
             {PlanEvent(StepStarted{StepId("nowhere"), 1, desk, {}, {}, {}}),
              PlanEvent(StepSucceeded{StepId("restore"), 2, good(), {}, {}}),
              PlanEvent(StepFailed{StepId("nowhere"), 1, bad(), {}, {}}), PlanEvent(StepSkipped{StepId("nowhere"), {}}),
              PlanEvent(StepRetried{StepId("nowhere"), 2, {}}),
              PlanEvent(StepFoundUnknown{StepId("restore"), 2, otherDesk.id}),
              PlanEvent(StepUndone{StepId("nowhere"), {}, {}}), PlanEvent(StepUndoFailed{StepId("restore"), 1, {}}),
              PlanEvent(StepUndoStarted{StepId("nowhere"), 1, desk, {}, {}, {}}),
              PlanEvent(StepCaptured{StepId("nowhere"), 1, {}}), PlanEvent(StepDeviated{StepId("nowhere"), {}}),
              PlanEvent(StepCancelRequested{StepId("restore"), 2, {}}), PlanEvent(BranchReleased{StepId("restore")}),
              PlanEvent(StepApproved{{"{}", {}, {}}}),
              PlanEvent(VerificationFinished{1, {answer("agreement", true)}, run.now})}) {
            apply(run.plan, event, run.now, olga.id);
            QVERIFY2(run.plan == before, qPrintable(kindOf(event)));
        }
    }

    // --- the shape of cli.md

    void thePlanHasTheFieldsOfTheContract()
    {
        const auto run = everythingHappens().first();
        const auto json = toJson(run.plan, run.now);
        QCOMPARE(missingFrom(json, "id incident_id procedure_id procedure_version plan_hash status current_step_index "
                                   "started_at completed_at started_by steps verification_results notes eta rto_ms "
                                   "phase rehearsal"),
                 QStringList());
        QCOMPARE(missingFrom(json["steps"][1].toObject(),
                             "id name kind state attempts waiting_for started_at completed_at completed_by duration_ms "
                             "result evidence approvals undoable"),
                 QStringList());
        QCOMPARE(missingFrom(json["verification_results"][0].toObject(), "id name passed detail at attempt"),
                 QStringList());
        QCOMPARE(missingFrom(json["notes"][0].toObject(), "at by text"), QStringList());
    }

    void thePlanSaysWhatHappened()
    {
        const auto run = everythingHappens().first();
        const auto json = toJson(run.plan, run.now);
        QCOMPARE(json["status"], "completed");
        QCOMPARE(json["phase"], "closed");
        QCOMPARE(json["current_step_index"], 3);
        QCOMPARE(json["completed_at"], json["eta"]);
        QCOMPARE(json["steps"][1]["kind"], "automated");
        QCOMPARE(json["steps"][1]["attempts"], 3);
        QCOMPARE(json["steps"][1]["parameters"]["height"], qint64(9'007'199'254'740'993));
        QCOMPARE(json["steps"][1]["approvals"].toArray().size(), 3);
        QCOMPARE(json["steps"][2]["kind"], "manual");
        QCOMPARE(json["verification_results"][2]["attempt"], 4);
        QCOMPARE(json["completed_steps"].toArray().size(), 5);
        QCOMPARE(json["completed_steps"][2]["evidence"], QJsonArray{"photo"});
        QCOMPARE(QJsonDocument(json).isNull(), false);
    }

    void aWaitingStepSaysWhyAndAFreshOneHasNoTimes()
    {
        PlanRun run(ProcedureBuilder().automated("locate").automated("roll_back"));
        const auto json = toJson(run.plan, run.now);
        QCOMPARE(json["completed_at"], QJsonValue::Null);
        QCOMPARE(json["steps"][1]["waiting_for"].toArray().size(), 1);
        QCOMPARE(json["steps"][1]["started_at"], QJsonValue::Null);
        QCOMPARE(json["steps"][1]["duration_ms"], QJsonValue::Null);
        QCOMPARE(json["steps"][1]["result"], QJsonValue::Null);
    }

    void aStepThatWasSkippedWithoutRunningHasNoResult()
    {
        PlanRun run(ProcedureBuilder().manual("look").manual("tell"));
        QCOMPARE(run.does(olga, skip("look")), "done");
        QCOMPARE(run.does(olga, done("tell", bad())), "done");
        QCOMPARE(run.does(olga, skip("tell")), "done");
        const auto json = toJson(run.plan, run.now);
        QCOMPARE(json["steps"][0]["result"], QJsonValue::Null);
        QCOMPARE(json["steps"][1]["result"]["message"], "it broke"); // of the attempt before
    }

    void aRunningStepCountsItsTime()
    {
        PlanRun run(ProcedureBuilder()
                        .automated("locate")
                        .takes(std::chrono::minutes(2))
                        .automated("restart")
                        .takes(std::chrono::minutes(3)));
        QCOMPARE(run.does(olga, start("locate")), "done");
        run.wait(std::chrono::seconds(90));
        const auto json = toJson(run.plan, run.now);
        QCOMPARE(json["steps"][0]["duration_ms"], 90'000);
        QCOMPARE(json["eta"], toRfc3339(run.now + std::chrono::seconds(30 + 180)));
        QCOMPARE(json["phase"], "recover");
    }

    void nothingIsUndoableWhileThereIsNoUndo()
    {
        PlanRun run(ProcedureBuilder().automated("restore").manual("tell"));
        run.runs(olga, "restore");
        for (const QJsonValue step : toJson(run.plan, run.now)["steps"].toArray()) {
            QVERIFY(step["undoable"].isBool() && !step["undoable"].toBool());
        }
    }
};

QTEST_GUILESS_MAIN(TestPlanEvents)
#include "tst_plan_events.moc"
