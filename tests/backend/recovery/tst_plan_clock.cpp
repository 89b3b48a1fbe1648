// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/streams.h"
#include "model/plan/schedule.h"
#include "tests/backend/recovery/recovery_fixture.h"

using namespace rc;
using namespace rc::test;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds Year = std::chrono::hours(24 * 365);
constexpr Milliseconds Soak = 10min;

ProcedureBuilder work()
{
    ProcedureBuilder procedure;
    procedure.automated("restore").takes(1min).automated("restart").takes(1min).manual("look").takes(5min);
    return procedure.manual("seal").approvedBy(Role::ProtocolLead).takes(1min).soak(Soak);
}

/// No step took less than no time, and the end is near: a minute's work does not take a year for a clock.
void isSane(const Plan& plan, Timestamp now)
{
    const auto json = toJson(plan, now);
    for (const QJsonValue step : json["steps"].toArray()) {
        QVERIFY2(step["duration_ms"].toInteger() >= 0, qPrintable(step["id"].toString()));
    }
    for (const auto& estimate : estimatesOf(plan.procedure, historyFor(plan, {timesOf(plan)})).steps) {
        QVERIFY(estimate.time >= 0ms && estimate.waiting >= 0ms);
    }
    const auto schedule = scheduleOf(plan, estimatesOf(plan.procedure, {}), now);
    for (const auto& step : schedule.steps) {
        QVERIFY2(step.estimate >= 0ms, qPrintable(step.id.text()));
    }
    if (plan.isOpen()) {
        QVERIFY(*schedule.eta >= now);
        QVERIFY2(*schedule.eta <= now + 1h, qPrintable(toRfc3339(*schedule.eta)));
        QVERIFY(schedule.ahead.total() >= 0ms);
    }
}

/// The rows are in the order in which things happened, whatever their times say, and those that a clock wrote which
/// stood before the row preceding them say by how much. The first row after the clock was set says so, and no other.
void isOrderedAndFlagged(Journal& journal, Milliseconds jump)
{
    const auto rows = Store::must(journal.readAll(1, 10'000));
    QList<qint64> jumps;
    for (qsizetype i = 1; i < rows.size(); ++i) {
        QCOMPARE(rows[i].sequence, rows[i - 1].sequence + 1);
        const auto back = rows[i - 1].time - rows[i].time;
        QCOMPARE(rows[i].body["clock_skew_ms"].toInteger(), std::max<qint64>(0, back.count()));
        if (rows[i].body.contains("clock_jump_ms")) {
            jumps.append(rows[i].body["clock_jump_ms"].toInteger());
        }
    }
    QCOMPARE(jumps, QList<qint64>{jump.count()});
    const auto flags = Store::must(journal.clockFlags(1, rows.size()));
    QCOMPARE(std::ranges::count(flags, jump, &ClockFlag::jump), 1);
    QVERIFY(Store::must(journal.verify(VerifyFrom::Start)).ok);
}

} // namespace

/// The clock is set back and forward by a year while plans go on.
class TestPlanClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPlanComesToItsEndWhateverTheClockDoes_data()
    {
        QTest::addColumn<QString>("when");
        QTest::addColumn<bool>("back");
        for (const auto* const when : {"before it runs", "while it works", "between two steps", "before it is approved",
                                       "while it is verified", "in the soak time"}) {
            QTest::addRow("back, %s", when) << QString::fromLatin1(when) << true;
            QTest::addRow("forward, %s", when) << QString::fromLatin1(when) << false;
        }
    }
    void aPlanComesToItsEndWhateverTheClockDoes()
    {
        QFETCH(QString, when);
        QFETCH(bool, back);
        RecoveryHome home;
        Workplace here(home);
        const auto plan = here.start(here.signIn(olga), work());
        const auto jump = back ? -Year : Year;
        bool jumped = false;
        const auto now = [&](const QString& moment) {
            if (jumped || moment != when) {
                home.wait(1min);
            } else {
                home.setClock(jump);
            }
            jumped = jumped || moment == when;
        };
        const auto stays = [&] { isSane(here.plan(plan), home.now()); };
        here.tools.execute = [&](const ActionContext& context) {
            now(context.holder.endsWith("restart") ? QString("while it works") : QString());
            return good();
        };
        here.tools.check = [&](const QString&, const Operation&) {
            now("while it is verified");
            return CheckResult{true, "all agree"};
        };

        // A session does not outlive a year: who works on signs in again.
        now("before it runs");
        stays();
        // What worked while its session ended is recorded, and the rest goes on with the next one.
        goesOnOrEnds(here.run(here.signIn(olga), plan));
        stays();
        QCOMPARE(told(here.run(here.signIn(olga), plan)), "done");
        QCOMPARE(here.tools.executed, (QStringList{"PLAN-1/restore", "PLAN-1/restart"}));
        now("between two steps");
        stays();
        QCOMPARE(told(here.recovery().completeRecoveryStep(here.signIn(olga), plan, done("look"))), "done");
        const auto approver = here.signIn(ben);
        // His certificate is written, so that it is the row with his statement that says what the clock did.
        QCOMPARE(told(here.recovery().act(approver, plan, AddNote{"here"})), "done");
        now("before it is approved");
        const auto approved = here.recovery().approveStep(approver, plan, StepId("seal"));
        if (when == "before it is approved" && !back) {
            // Ben's session did not outlive the year either.
            QCOMPARE(told(approved), "not_signed_in");
            QCOMPARE(told(here.recovery().approveStep(here.signIn(ben), plan, StepId("seal"))), "done");
        } else {
            QCOMPARE(told(approved), "done");
        }
        QCOMPARE(told(here.recovery().completeRecoveryStep(here.signIn(olga), plan, done("seal"))), "done");
        stays();
        goesOnOrEnds(here.verify(here.signIn(olga), plan));
        QCOMPARE(here.plan(plan).status, PlanStatus::Soaking);
        stays();
        now("in the soak time");
        stays();
        toTheEnd(home, here, plan);
        stays();
        QVERIFY(jumped);
        isOrderedAndFlagged(here.journal(), jump);
        QVERIFY(here.plan(plan) == refolded(here, plan));
    }

    /// The soak time is one of the clock that counts it.
    void theSoakTimeBeginsAnewWhenTheClockWasSetBack()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, ProcedureBuilder().automated("restore").soak(Soak));
        QCOMPARE(told(here.run(me, plan)), "done");
        home.setClock(-Year);
        const auto refused = here.recovery().declareEnd(me, plan);
        QCOMPARE(told(refused), "wrong_state");
        QVERIFY2(refused.error().message.contains("clock was set back"), qPrintable(refused.error().message));
        // Declaring looks at the checks once more, and has to wait from there on.
        QCOMPARE(told(here.declare(me, plan)), "wrong_state");
        QCOMPARE(*here.plan(plan).soakUntil, home.now() + Soak);
        home.wait(Soak);
        QCOMPARE(told(here.declare(me, plan)), "done");
        QCOMPARE(here.plan(plan).status, PlanStatus::Completed);
    }

    void aPlanThatClosesByItselfDoesNotWaitForAClockThatWasSetBack()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, ProcedureBuilder().automated("restore").soak(Soak).closesAutomatically());
        QCOMPARE(told(here.run(me, plan)), "done");
        home.setClock(-Year);
        QCOMPARE(told(here.run(me, plan)), "done");
        QCOMPARE(here.plan(plan).status, PlanStatus::Soaking);
        home.wait(Soak);
        QCOMPARE(told(here.run(me, plan)), "done");
        QCOMPARE(here.plan(plan).status, PlanStatus::Completed);
    }

    void theNextAttemptDoesNotWaitForAClockThatWasSetBack_data()
    {
        QTest::addColumn<bool>("armed");
        QTest::newRow("in an armed plan") << true;
        QTest::newRow("by name") << false;
    }
    void theNextAttemptDoesNotWaitForAClockThatWasSetBack()
    {
        QFETCH(bool, armed);
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, ProcedureBuilder().automated("restore").triedAgain(2, 1min));
        int runs = 0;
        here.tools.execute = [&](const ActionContext&) { return ++runs == 1 ? bad() : good(); };
        // Once the back-off has begun.
        int told = 0;
        Operation operation;
        QTimer clock;
        connect(&clock, &QTimer::timeout, this, [&] {
            if (here.plan(plan).steps[0].notBefore && told++ == 0) {
                home.setClock(-Year);
            }
        });
        clock.start(5);
        QElapsedTimer whole;
        whole.start();
        const auto ran = armed ? here.run(me, plan) : here.runStep(me, plan, "restore");
        QCOMPARE(rc::test::told(ran), "done");
        QCOMPARE(runs, 2);
        QVERIFY(told > 0);
        QVERIFY(whole.elapsed() < 20'000);
    }

private:
    /// Done, or refused because a session has ended or the soak time has not: nothing is broken.
    static void goesOnOrEnds(const Result<Plan>& result)
    {
        const QStringList expected{"done", "not_signed_in", "wrong_state"};
        QVERIFY2(expected.contains(told(result)), result ? "" : qPrintable(result.error().message));
    }
    static void toTheEnd(RecoveryHome& home, Workplace& here, const PlanId& plan)
    {
        // One look may be needed to begin the soak time anew, and one more at its end.
        for (int i = 0; i < 3 && here.plan(plan).status == PlanStatus::Soaking; ++i) {
            goesOnOrEnds(here.declare(here.signIn(olga), plan));
            isSane(here.plan(plan), home.now());
            home.wait(Soak);
        }
        QCOMPARE(here.plan(plan).status, PlanStatus::Completed);
    }
    static Plan refolded(Workplace& here, const PlanId& id)
    {
        Plan plan;
        for (const auto& row : Store::must(here.journal().read(stream::plan(id)))) {
            apply(plan, *planEventFrom(row.kind, row.body), row.time, row.operatorId);
        }
        return plan;
    }
};

QTEST_GUILESS_MAIN(TestPlanClock)
#include "tst_plan_clock.moc"
