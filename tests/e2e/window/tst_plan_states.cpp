// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/procedure_document.h"
#include "tests/e2e/window/looks.h"
#include "tests/support/layout_faults.h"
#include "tests/support/sight_story.h"
#include "tests/support/told_window.h"

#include <QApplication>
#include <QDir>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace rc;
using namespace rc::test;
using namespace std::chrono_literals;

namespace {

/// What the plan's page shows in one row of the test.
struct Story
{
    PlanRun run;
    ui::Sight sight;

    /// Nothing of a story may be refused, or the page would show another one.
    static void told(const QString& answer)
    {
        if (answer != "done") {
            qFatal("The story stops: %s", qPrintable(answer));
        }
    }
    template <class Command>
    void does(const Command& command)
    {
        told(run.does(olga, command));
    }
    void done(const QString& step) { does(test::done(step)); }
    void located()
    {
        done("confirm_scope");
        run.wait(2min);
        told(run.runs(olga, "locate", good({{"height", 812}, {"hash", QString(64, u'a')}, {"first_bad_height", 813}})));
    }
    void restored()
    {
        located();
        run.wait(50s);
        told(run.runsAndKeeps(olga, "restore_configuration"));
    }
    void approved()
    {
        restored();
        run.wait(4min);
        told(run.approves(ben, "roll_back"));
    }
    void rolledBack()
    {
        approved();
        does(start("roll_back"));
        run.wait(5min);
        does(outcome("roll_back"));
    }
    void restarted()
    {
        rolledBack();
        told(run.runs(olga, "restart"));
    }
    void verified(bool passed)
    {
        restarted();
        looked(passed);
    }
    void looked(bool passed)
    {
        QList<VerificationResult> results{answer("agreement", passed), answer("height", true), answer("health", true)};
        for (auto& result : results) {
            result.at = run.now;
        }
        told(run.verifies(olga, results));
    }
    void armed(const QString& step)
    {
        does(ArmPlan{desk});
        does(start(step));
    }
};

/// `make` brings the plan to where it is, begun so long ago; the page is then to ask for this deed, in these words, of
/// a step in this state.
struct Situation
{
    const char* name;
    std::function<void(Story&)> make;
    ui::Deed::Value deed = ui::Deed::Nothing;
    QString step = {};
    QString state = {};
    std::function<void(StoreView&)> also = [](StoreView&) {};
    Milliseconds ago = 10min;
};

void runsHere(StoreView& view)
{
    view.shownPlans[0].isRunning = true;
    view.shownPlans[0].runsHere = true;
}

QList<Situation> situations()
{
    using ui::Deed;
    return {
        {"started", [](Story&) {}, Deed::Tick, "confirm_scope", "ready"},
        {"ready", [](Story& s) { s.done("confirm_scope"); }, Deed::Run, "locate", "ready"},
        {"running",
         [](Story& s) {
             s.located();
             s.armed("restore_configuration");
         },
         Deed::Nothing, "restore_configuration", "running", runsHere},
        {"runs elsewhere",
         [](Story& s) {
             s.located();
             s.armed("restore_configuration");
         },
         Deed::Nothing, "restore_configuration", "running", [](StoreView& v) { v.shownPlans[0].isRunning = true; }},
        {"awaiting approval", [](Story& s) { s.restored(); }, Deed::Approve, "roll_back", "awaiting_approval"},
        {"approved", [](Story& s) { s.approved(); }, Deed::RunStep, "roll_back", "ready"},
        {"failed",
         [](Story& s) {
             s.located();
             s.told(s.run.runsAndKeeps(
                 olga, "restore_configuration",
                 bad("validator-3 did not start: its port 26657 is taken by another process. Its previous "
                     "configuration is back, and it runs.")));
         },
         Deed::Retry, "restore_configuration", "failed"},
        {"interrupted",
         [](Story& s) {
             s.located();
             s.armed("restore_configuration");
             s.does(MarkUnknown{StepId("restore_configuration"), desk.id});
         },
         Deed::Settle, "restore_configuration", "unknown"},
        {"taken back",
         [](Story& s) {
             s.restored();
             s.told(s.run.undoes(olga, "restore_configuration"));
         },
         Deed::Retry, "restore_configuration", "undone"},
        {"done without",
         [](Story& s) {
             s.located();
             s.does(SkipStep{StepId("restore_configuration"), "it was never changed"});
         },
         Deed::Approve, "restore_configuration", "skipped"},
        {"put off",
         [](Story& s) {
             s.located();
             s.does(HoldBranch{StepId("restore_configuration"), "the new disk is on its way"});
         },
         Deed::Nothing, "restore_configuration", "waiting"},
        {"paused",
         [](Story& s) {
             s.located();
             s.does(PausePlan{"the second data centre is called first"});
         },
         Deed::Resume, "restore_configuration", "ready"},
        {"to be verified", [](Story& s) { s.restarted(); }, Deed::Verify, "restart", "succeeded", [](StoreView&) {},
         15min},
        {"verification failed", [](Story& s) { s.verified(false); }, Deed::Approve, "roll_back", "awaiting_approval"},
        {"soaking", [](Story& s) { s.verified(true); }, Deed::Declare, "restart", "succeeded", [](StoreView&) {},
         15min},
        {"completed",
         [](Story& s) {
             s.verified(true);
             s.run.wait(5s);
             s.looked(true); // once more, after the soak time
             s.told(s.run.declares(olga));
         },
         Deed::Nothing, "restart", "succeeded", [](StoreView&) {}, 15min},
        {"aborted",
         [](Story& s) {
             s.restored();
             s.does(AbortPlan{"the wrong validator"});
         },
         Deed::Nothing, "restore_configuration", "succeeded"},
        {"rehearsal", [](Story& s) { s.restored(); }, Deed::Approve, "roll_back", "awaiting_approval",
         [](StoreView& v) { v.shownPlans[0].plan.pins.rehearsal = true; }},
        {"late", [](Story& s) { s.restored(); }, Deed::Approve, "roll_back", "awaiting_approval", [](StoreView&) {},
         3h},
        {"not for an observer", [](Story& s) { s.located(); }, Deed::Run, "restore_configuration", "ready",
         [](StoreView& v) { v.operators[0].roles = {Role::Observer}; }},
        {"long names", [](Story& s) { s.restored(); }, Deed::Approve, "roll_back", "awaiting_approval",
         [](StoreView& v) {
             auto& plan = v.shownPlans[0].plan;
             for (auto& step : plan.procedure.steps) {
                 step.name =
                     "Wiederherstellungskonfigurationsprüfung of " + step.name + " and whatever else belongs to it";
             }
             plan.procedure.name = plan.procedure.name.repeated(12);
         }},
    };
}

StartPlan shippedPlan(Timestamp startedAt)
{
    const auto read = readProcedure(RC_SOURCE_DIR "/resources/procedures/state_corruption.yaml");
    if (!read) {
        qFatal("%s", qPrintable(read.error().message));
    }
    auto command = startOf(read->procedure);
    command.executableActions += {ActionType::RecoverChainData, ActionType::RestartServices};
    command.knownChecks = {"state_agreement", "height_advancing", "systems_healthy", "find_trusted_height"};
    command.pins.network = {"orbit", "orbit-1", NetworkKind::Live};
    command.pins.incident.compromisedSince = startedAt - 40min;
    command.pins.incident.containedAt = startedAt - 5min;
    command.pins.incident.openedAt = startedAt - 4min;
    return command;
}

} // namespace

/// The page of a plan in every state that a plan and a step can have, in the real window: what it asks for, and that
/// nothing of it complains. With RC_PICTURES=FOLDER it leaves a picture of each, in both themes and three sizes.
class TestPlanStates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_home.filePath("settings"));
        QTest::failOnWarning(QRegularExpression(".+")); // of loading
        prepareWindows();
        m_window = std::make_unique<ToldWindow>(m_home.filePath("home"));
        QVERIFY(m_window->window());
        auto& people = *console().signIn();
        QTRY_COMPARE(people.stage(), ui::SignInViewModel::First);
        people.addFirst("olga", "Olga", "correct horse battery", "correct horse battery");
        QTRY_COMPARE_WITH_TIMEOUT(people.stage(), ui::SignInViewModel::SignedIn, 60'000);
        QTRY_COMPARE(console().frame()->person(), "Olga");
    }

    void cleanupTestCase() { m_window.reset(); }

    void everyStateSaysWhatIsNext_data()
    {
        QTest::addColumn<qsizetype>("index");
        const auto all = situations();
        for (qsizetype i = 0; i < all.size(); ++i) {
            QTest::newRow(all[i].name) << i;
        }
    }

    void everyStateSaysWhatIsNext()
    {
        QFETCH(qsizetype, index);
        const auto situation = situations()[index];
        QTest::failOnWarning(QRegularExpression(".+"));
        const auto startedAt = systemTime() - situation.ago;
        Story story{PlanRun(shippedPlan(startedAt), olga, startedAt), {}};
        situation.make(story);
        auto view = sightOf(story.run).store;
        view.path = m_home.path(); // not that of the window's own store
        view.shownPlans[0].estimates = {};
        view.incidents = {story.run.plan.pins.incident};
        Operator known;
        known.id = olga.id;
        known.name = "Olga";
        known.roles = olga.roles;
        known.enabled = true;
        view.operators = {known};
        situation.also(view);

        auto& plan = *console().plan();
        plan.setPlanId({});
        m_window->tell(view);
        plan.setPlanId("PLAN-1");
        console().navigation()->go(ui::Navigation::Plan);
        QTRY_VERIFY(plan.known());
        QTRY_COMPARE(plan.guidance().deed, situation.deed);
        plan.setSelected(situation.step);
        QTRY_COMPARE(plan.step()->row().state, situation.state);
        QTRY_COMPARE(plan.rehearsal(), view.shownPlans[0].plan.pins.rehearsal);
        const auto& made = story.run.plan;
        QTRY_COMPARE(plan.checksText().isEmpty(), made.allStepsDone() || !made.verificationResults.isEmpty());
        if (situation.deed != ui::Deed::Nothing) {
            QVERIFY(!plan.guidance().text.isEmpty());
        }
        picture(QString::fromLatin1(situation.name));
    }

private:
    [[nodiscard]] ui::Console& console() { return m_window->console(); }

    void picture(const QString& name)
    {
        auto* const window = m_window->window();
        QTRY_COMPARE(layoutFaults(*window->contentItem()), QStringList());
        const QString folder = qEnvironmentVariable("RC_PICTURES");
        if (folder.isEmpty()) {
            return;
        }
        for (const auto& look : drill::looks()) {
            console().appearance()->setChoice(look.choice);
            console().appearance()->setZoom(look.zoom);
            window->resize(look.size);
            QSignalSpy frames(window, &QQuickWindow::frameSwapped);
            window->update();
            QVERIFY(frames.wait());
            while (frames.wait(100)) { // until it is at rest
            }
            const QString into = folder + "/" + look.name;
            QVERIFY(QDir().mkpath(into));
            QVERIFY(window->grabWindow().save(into + "/plan-" + QString(name).replace(u' ', u'-') + ".png"));
            const auto faults = layoutFaults(*window->contentItem());
            QVERIFY2(faults.isEmpty(), qPrintable(look.name + ": " + faults.join("; ")));
        }
    }

    QTemporaryDir m_home;
    std::unique_ptr<ToldWindow> m_window;
};

int main(int argc, char** argv)
{
    qputenv("QT_QUICK_BACKEND", "software");
    QApplication app(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    TestPlanStates test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_plan_states.moc"
