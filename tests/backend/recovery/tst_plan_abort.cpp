// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/files.h"
#include "backend/services/command_runner.h"
#include "tests/backend/recovery/recovery_fixture.h"

#include <csignal>

using namespace rc;
using namespace rc::test;

namespace {

/// A plan whose first step was interrupted while its command, a real process under a real supervisor, goes on.
class Interrupted : public OneConsole
{
public:
    Interrupted()
    {
        plan = here.start(me, twoSteps());
        auto stored = Store::must(here.recovery().load(plan));
        const QList<SystemId> systems{SystemId("validator-3")};
        Append claims;
        const auto taken = Claims(here.journal()).take(claims, systems, {"PLAN-1/restore", me.operatorId, "died"});
        const StartStep intent{StepId("restore"), {"died", {}}, systems};
        const auto events = Store::must(decide(stored.plan, intent, me.actor(), home.now()));
        const auto written = here.recovery().store().append(stored, events, *me.session, std::move(claims));
        if (!taken || !written) {
            qFatal("The step could not be begun.");
        }
        const CommandSpec spec{.program = "/usr/bin/bash",
                               .arguments = {"-c", "trap '' TERM; setsid sleep 1000 & while :; do sleep 0.1; done"}};
        command = Store::must(QCoro::waitFor(CommandRunner(home.path()).start("PLAN-1/restore/1-run", spec))).process;
    }
    ~Interrupted()
    {
        if (const auto ended = QCoro::waitFor(SupervisorClient(home.path()).shutdown(Milliseconds(0))); !ended) {
            signalSession(command, ProcessSignal::Kill);
        }
    }
    Q_DISABLE_COPY_MOVE(Interrupted)

    Result<AbortedPlan> abort(const SecurityContext& by)
    {
        return QCoro::waitFor(here.runner().abort(by, plan, "wrong procedure"));
    }
    /// The supervisor's own process, as it says in its address file.
    [[nodiscard]] pid_t supervisor() const
    {
        const auto bytes = readFile(SupervisorFiles(home.path()).address).value_or(QByteArray());
        return static_cast<pid_t>(QJsonDocument::fromJson(bytes)["process"]["pid"].toInteger());
    }

    PlanId plan;
    ProcessIdentity command;
};

} // namespace

/// A plan that is aborted after its console has died frees no system on which something of it still works.
class TestPlanAbort : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatRunsIsStoppedBeforeItsSystemsAreFree_data()
    {
        QTest::addColumn<EffectState>("answer");
        QTest::addColumn<QString>("state");
        QTest::newRow("it had taken effect") << EffectState::Applied << "succeeded";
        QTest::newRow("nothing of it is there") << EffectState::NotApplied << "failed";
        QTest::newRow("nobody can tell") << EffectState::CannotTell << "unknown";
    }
    void whatRunsIsStoppedBeforeItsSystemsAreFree()
    {
        QFETCH(EffectState, answer);
        Interrupted it;
        bool ranWhenAsked = true;
        bool wasClaimedWhenAsked = false;
        it.here.tools.probe = [&](const ActionContext&) {
            ranWhenAsked = isSessionAlive(it.command);
            wasClaimedWhenAsked = it.here.isAnythingClaimed();
            return Probe{answer, {answer == EffectState::Applied, "looked", {}, {}, it.home.now()}};
        };
        const auto aborted = it.abort(it.me);
        QCOMPARE(told(aborted), "done");
        QCOMPARE(aborted->plan.status, PlanStatus::Aborted);
        QVERIFY(aborted->running.isEmpty());
        QVERIFY(!ranWhenAsked && wasClaimedWhenAsked);
        QVERIFY(!it.here.isAnythingClaimed());
        QTEST(it.here.state(it.plan, "restore"), "state");
        QCOMPARE(it.here.state(it.plan, "restart"), "not_run");
    }

    void whatMayStillRunKeepsItsSystemsWhenItsStepIsGivenUp()
    {
        auto&& [home, here, me] = OneConsole();
        const auto stopped = qScopeGuard(
            [path = home.path()] { (void)QCoro::waitFor(SupervisorClient(path).shutdown(Milliseconds(0))); });
        const auto plan = here.start(me, twoSteps());
        ProcessIdentity command;
        here.tools.work = [&command, path = home.path()](ActionContext context) -> QCoro::Task<> {
            const CommandSpec spec{.program = "/usr/bin/sleep", .arguments = {"1000"}};
            const Result<ChildRecord> child = co_await CommandRunner(path).start(context.holder + "/1-run", spec);
            command = child ? child->process : ProcessIdentity();
        };
        here.tools.execute = [](const ActionContext&) {
            StepResult result = bad("nobody answers");
            result.doubtful = true;
            return result;
        };
        QCOMPARE(told(here.runStep(me, plan, "restore")), "wrong_state");
        QVERIFY(isSessionAlive(command));
        QCOMPARE(here.plan(plan).steps[0].progress, StepProgress::Unknown);
        QVERIFY(here.isAnythingClaimed());
        signalSession(command, ProcessSignal::Kill);
        QTRY_VERIFY(!isSessionAlive(command));
        QCOMPARE(told(here.settle(me, plan, "restore")), "done");
        QVERIFY(!here.isAnythingClaimed());
        // Where nothing lives it is a failure like others.
        here.tools.work = {};
        QCOMPARE(told(here.runStep(me, plan, "restore")), "done");
        QCOMPARE(here.state(plan, "restore"), "failed");
    }

    void aPersonSaysWhatBecameOfItWhenItIsOver()
    {
        Interrupted it;
        const StepId step("restore");
        const CompleteStep word{step, {true, "it looks well", {}, {}, it.home.now()}, "it looks well", {}};
        const auto early = it.here.recovery().completeRecoveryStep(it.me, it.plan, word);
        QCOMPARE(told(early), "conflict");
        const QString pid = QString::number(it.command.pid);
        QVERIFY2(early.error().message.contains("process " + pid), qPrintable(early.error().message));
        QCOMPARE(told(it.here.recovery().retryStep(it.me, it.plan, {step, "again"})), "conflict");
        QVERIFY(it.here.isAnythingClaimed());
        signalSession(it.command, ProcessSignal::Kill);
        QTRY_VERIFY(!isSessionAlive(it.command));
        QCOMPARE(told(it.here.recovery().completeRecoveryStep(it.me, it.plan, word)), "done");
        QCOMPARE(it.here.state(it.plan, "restore"), "succeeded");
        QVERIFY(!it.here.isAnythingClaimed());
    }

    void whatCannotBeStoppedKeepsItsSystems()
    {
        Interrupted it;
        const auto supervisor = it.supervisor();
        QVERIFY(supervisor > 0);
        ::kill(supervisor, SIGSTOP); // it neither answers nor can be replaced
        const auto aborted = it.abort(it.me);
        ::kill(supervisor, SIGCONT);
        QCOMPARE(told(aborted), "done");
        QCOMPARE(aborted->plan.status, PlanStatus::Aborted);
        QCOMPARE(aborted->running.size(), 1);
        const auto pid = QString::number(it.command.pid);
        QVERIFY2(aborted->running[0].what.contains("as process " + pid), qPrintable(aborted->running[0].what));
        QVERIFY2(aborted->running[0].cleanup.contains("-" + pid), qPrintable(aborted->running[0].cleanup));
        QCOMPARE(aborted->plan.notes.last().text, aborted->running[0].what);
        QCOMPARE(it.here.state(it.plan, "restore"), "unknown");
        const auto other = it.here.start(it.me, twoSteps(), it.here.openIncident(it.me));
        QCOMPARE(told(it.here.runStep(it.me, other, "restore")), "busy");
        // Whoever finds out what became of it frees them.
        it.here.tools.probe = [](const ActionContext&) { return Probe{EffectState::Applied, good()}; };
        const auto settled = it.here.settle(it.me, it.plan, "restore");
        QCOMPARE(told(settled), "done");
        QCOMPARE(told(it.here.runStep(it.me, other, "restore")), "done");
    }

    void whoMayNotAbortStopsNothing()
    {
        Interrupted it;
        QCOMPARE(told(it.abort(it.here.signIn(eve))), "permission_denied");
        QVERIFY(isAlive(it.command) && it.here.isAnythingClaimed());
        QCOMPARE(it.here.plan(it.plan).status, PlanStatus::InProgress);
    }
};

QTEST_GUILESS_MAIN(TestPlanAbort)
#include "tst_plan_abort.moc"
