// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sight_story.h"
#include "ui/console/frame_view_model.h"
#include "ui/console/overview_view_model.h"
#include "ui/console/plan_view_model.h"
#include "ui/console/system_row.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace rc;
using namespace rc::test;
using namespace rc::ui;
using namespace std::chrono_literals;

namespace {

PlanRun planOf(NetworkKind kind, bool rehearsal = false, const QString& id = "PLAN-1")
{
    ProcedureBuilder builder;
    builder.manual("confirm").automated("restore");
    auto start = startOf(builder.build());
    start.plan = PlanId(id);
    start.pins.network = {"orbit", "orbit-1", kind};
    start.pins.rehearsal = rehearsal;
    return PlanRun(start);
}

QString bandOf(const Sight& sight, const QString& pagePlan = {})
{
    FrameViewModel frame;
    frame.setPagePlan(pagePlan);
    frame.show(sight);
    return frame.bandText();
}

} // namespace

/// What stands around every page: what this is, and how old what is shown is.
class TestFrame : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anOpenLivePlanIsLiveWithoutAnInventory()
    {
        auto sight = sightOf(planOf(NetworkKind::Live));
        sight.systems = {};
        sight.systems.at = sight.now;
        sight.systems.trouble = "inventory.yaml:3: unknown field";
        QCOMPARE(bandOf(sight), "LIVE  ·  orbit");
        sight.store.shownPlans.clear();
        QCOMPARE(bandOf(sight), "NO NETWORK");
    }

    void whatNobodyKnowsIsNoPractice()
    {
        FrameViewModel frame;
        const auto practice = [&frame](const Sight& sight) {
            frame.show(sight);
            return frame.practice();
        };
        QVERIFY(!practice({}));
        QVERIFY(!practice(sightOf(planOf(NetworkKind::Live))));
        QVERIFY(practice(sightOf(planOf(NetworkKind::Live, true))));
        QVERIFY(practice(sightOf(planOf(NetworkKind::Practice))));
    }

    void thePlanOnThePageSaysWhatThisIs()
    {
        auto sight = sightOf(planOf(NetworkKind::Live));
        sight.store.shownPlans.append({planOf(NetworkKind::Live, true, "PLAN-2").plan, {}, false});
        QCOMPARE(bandOf(sight), "LIVE  ·  orbit");
        QCOMPARE(bandOf(sight, "PLAN-2"), "REHEARSAL  ·  orbit");
        QCOMPARE(bandOf(sight, "PLAN-1"), "LIVE  ·  orbit");
        QCOMPARE(bandOf(sight, "PLAN-9"), "LIVE  ·  orbit");
    }

    void aLivePlanIsNotHiddenByARehearsalOnThePage()
    {
        auto sight = sightOf(planOf(NetworkKind::Live));
        sight.store.shownPlans.append({planOf(NetworkKind::Live, true, "PLAN-2").plan, {}, false});
        FrameViewModel frame;
        frame.show(sight);
        QVERIFY2(frame.planText().startsWith("PLAN-1 · "), qPrintable(frame.planText()));
        frame.setPagePlan("PLAN-2");
        QVERIFY2(frame.planText().startsWith("LIVE: PLAN-1 · "), qPrintable(frame.planText()));
    }

    void onlyTheClocksTickWhenNothingChanges()
    {
        auto sight = sightOf(planOf(NetworkKind::Live));
        FrameViewModel frame;
        frame.show(sight);
        const QSignalSpy changes(&frame, &FrameViewModel::changed);
        const QSignalSpy ticks(&frame, &FrameViewModel::ticked);
        sight.now += 1s;
        frame.show(sight);
        QCOMPARE(changes.count(), 0);
        QCOMPARE(ticks.count(), 1);
        sight.systems.health[1].state = HealthState::Unhealthy;
        frame.show(sight);
        QCOMPARE(changes.count(), 1);
    }

    void severalOpenPlansAreCounted()
    {
        auto sight = sightOf(planOf(NetworkKind::Live));
        FrameViewModel frame;
        frame.show(sight);
        QVERIFY(!frame.planText().contains("more open"));
        sight.store.shownPlans.append({planOf(NetworkKind::Live, true, "PLAN-2").plan, {}, false});
        frame.show(sight);
        QVERIFY2(frame.planText().startsWith("PLAN-1 · ") && frame.planText().endsWith(" · and 1 more open"),
                 qPrintable(frame.planText()));
        const QTemporaryDir home;
        EngineThread engine({home.filePath("home"), {}}, EngineMode::Act);
        OverviewViewModel overview(engine);
        overview.show(sight);
        QCOMPARE(overview.plans()->count(), 2);
        const auto roles = overview.plans()->roleNames();
        QCOMPARE(overview.plans()->data(overview.plans()->index(1, 0), roles.key("key")).toString(), "PLAN-2");
    }

    void withoutAPlanWhatWaitsForOneIsNext()
    {
        FrameViewModel frame;
        Sight sight;
        sight.store.state = StoreState::Ready;
        frame.show(sight);
        QCOMPARE(frame.guidance().deed, Deed::Nothing);
        QCOMPARE(frame.waitingIncident(), QString());

        Proposal proposal;
        proposal.title = "State of validator-3 differs";
        sight.store.proposals = {proposal};
        frame.show(sight);
        QCOMPARE(frame.guidance().deed, Deed::LookAtProposals);
        QCOMPARE(frame.guidance().text, "An incident is proposed");

        const auto incident = [](const QString& id, Severity severity, Timestamp at, IncidentStatus status) {
            Incident one;
            one.id = IncidentId(id);
            one.severity = severity;
            one.openedAt = at;
            one.status = status;
            return one;
        };
        const Timestamp at(std::chrono::hours(1));
        const auto later = at + std::chrono::minutes(1);
        sight.store.incidents = {incident("INC-4", Severity::Critical, at, IncidentStatus::Monitoring),
                                 incident("INC-3", Severity::High, later, IncidentStatus::Open),
                                 incident("INC-2", Severity::High, at, IncidentStatus::Open),
                                 incident("INC-1", Severity::Low, at, IncidentStatus::Open)};
        frame.show(sight);
        QCOMPARE(frame.guidance().deed, Deed::TakeIncident);
        QCOMPARE(frame.waitingIncident(), "INC-2");

        // An open plan comes before it.
        auto planned = sightOf(planOf(NetworkKind::Live));
        planned.store.incidents = sight.store.incidents;
        frame.show(planned);
        QCOMPARE(frame.waitingIncident(), QString());
        QCOMPARE(frame.planId(), "PLAN-1");
    }

    void aRehearsalIsNamedInTheTitle()
    {
        FrameViewModel frame;
        auto sight = networkOf(2);
        frame.show(sight);
        QCOMPARE(frame.title(), "ProzChain Recovery Console");
        sight = sightOf(planOf(NetworkKind::Live));
        frame.show(sight);
        QCOMPARE(frame.title(), "PLAN-1 · ProzChain Recovery Console");
        frame.show(sightOf(planOf(NetworkKind::Practice, true)));
        QCOMPARE(frame.title(), "REHEARSAL · PLAN-1 · ProzChain Recovery Console");
        QCOMPARE(frame.band(), FrameViewModel::Rehearsal);
    }

    void aConsoleWhoseFactsStoppedComingSaysSo()
    {
        auto sight = networkOf(2);
        FrameViewModel frame;
        frame.show(sight);
        QCOMPARE(frame.systemsText(), "All 2 healthy");
        sight.now += 34s;
        frame.show(sight);
        QCOMPARE(frame.systemsText(), "Health not known, data 34 s old");
        QCOMPARE(frame.systemsTone(), Tone::Unknown);
        const auto rows = systemRows(sight);
        QCOMPARE(rows.first().stateText, "Stale");
        QCOMPARE(rows.first().tone, Tone::Unknown);
        QCOMPARE(rows.first().age, 34);
        QVERIFY(!rows.first().healthy);
    }

    void whatWasBorrowedIsShownUntilItsEnd()
    {
        auto sight = networkOf(2);
        Operator person;
        person.id = olga.id;
        person.name = "Olga";
        const auto noon = QDateTime(QDate(2026, 11, 23), QTime(12, 0)).toMSecsSinceEpoch(); // where the desk is
        sight.now = Timestamp(Milliseconds(noon));
        TemporaryRole taken;
        taken.role = Role::ProtocolLead;
        taken.kind = TemporaryKind::BreakGlass;
        taken.since = sight.now;
        taken.until = sight.now + 90min;
        auto lent = taken;
        lent.role = Role::SecurityAnalyst;
        lent.kind = TemporaryKind::Deputy;
        lent.of = OperatorId("ben");
        lent.until = sight.now + 24h;
        person.temporary = {taken, lent};
        sight.store.operators = {person};
        FrameViewModel frame;
        frame.show(sight);
        QCOMPARE(frame.borrowed(), ""); // nobody is signed in
        sight.actor = Actor{person.id, person.rolesAt(sight.now)};
        frame.show(sight);
        QCOMPARE(frame.person(), "Olga");
        QCOMPARE(frame.borrowed(), "Break-glass: protocol lead until 13:30 · Deputy of ben: security analyst until "
                                   "2026-11-24 12:00");
        sight.now += 90min;
        frame.show(sight);
        QCOMPARE(frame.borrowed(), "Deputy of ben: security analyst until 2026-11-24 12:00");
        sight.now += 24h;
        frame.show(sight);
        QCOMPARE(frame.borrowed(), "");
    }

    void theClocksOfAPlanThatIsOverStand()
    {
        auto run = planOf(NetworkKind::Practice);
        run.plan.procedure.steps[0].expectedDuration = 3min;
        QCOMPARE(run.does(olga, start("confirm")), "done");
        run.wait(2min);
        QCOMPARE(run.does(olga, AbortPlan{"it is another incident"}), "done");
        QCOMPARE(run.status(), "aborted");
        const QTemporaryDir home;
        EngineThread engine({home.filePath("home"), {}}, EngineMode::Act);
        PlanViewModel plan(engine);
        plan.setPlanId("PLAN-1");
        for (const auto& later : {1min, 50min}) {
            auto sight = sightOf(run);
            sight.now = run.now + later;
            plan.show(sight);
            QCOMPARE(plan.actualSeconds(), QVariantList{120.0});
            QCOMPARE(stepRows(sight.store.shownPlans[0], olga, sight.now)[0].times, "2 min of 3 min");
        }
    }

    void whatStartingAStepMeansIsSaid()
    {
        ProcedureBuilder builder;
        builder.automated("save").reversibleUntil("roll_back").automated("roll_back").irreversible().automated("start");
        const PlanRun run(builder);
        const QTemporaryDir home;
        EngineThread engine({home.filePath("home"), {}}, EngineMode::Act);
        PlanViewModel plan(engine);
        plan.setPlanId("PLAN-1");
        plan.show(sightOf(run));
        plan.setSelected("save");
        QCOMPARE(plan.step()->consequence(), "It can be taken back until “roll_back” is started.");
        plan.setSelected("roll_back");
        QCOMPARE(plan.step()->consequence(), "Once it has been started, it cannot be taken back.");
        plan.setSelected("start");
        QCOMPARE(plan.step()->consequence(), "By its procedure it can be taken back.");
    }
};

QTEST_GUILESS_MAIN(TestFrame)
#include "tst_frame.moc"
