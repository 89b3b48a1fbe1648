// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/layout_faults.h"
#include "tests/support/sight_story.h"
#include "tests/support/told_window.h"

#include <QApplication>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QtTest/qtest_gui.h>

using namespace rc;
using namespace rc::test;

namespace {

StoreView viewOf(bool runsHere)
{
    ProcedureBuilder builder;
    builder.automated("restore");
    auto view = sightOf(PlanRun(builder)).store;
    view.shownPlans[0].isRunning = runsHere;
    view.shownPlans[0].runsHere = runsHere;
    return view;
}

/// Its window died with it.
StoreView interruptedView()
{
    ProcedureBuilder builder;
    builder.automated("look").automated("restore");
    PlanRun run(builder);
    run.runs(olga, "look");
    run.does(olga, start("restore"));
    run.does(olga, MarkUnknown{StepId("restore"), desk.id});
    return sightOf(run).store;
}

QList<Operator> olgaAlone()
{
    Operator known;
    known.id = OperatorId("olga");
    known.name = "Olga";
    known.roles = {Role::IncidentCommander, Role::NodeOperator, Role::SecurityAnalyst};
    known.enabled = true;
    return {known};
}

} // namespace

/// The window as a whole: what closing it does.
class TestConsoleWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
        prepareWindows();
    }

    /// Each test loads a window of its own.
    void init() { QTest::failOnWarning(QRegularExpression(".")); }

    void aWindowInWhichNothingRunsCloses()
    {
        const QTemporaryDir home;
        ToldWindow desktop(home.filePath("home"));
        QVERIFY(desktop.window());
        QTRY_COMPARE(desktop.console().signIn()->stage(), ui::SignInViewModel::First);
        // Ahead of anybody who signs in.
        for (const auto* const page : {"overviewPage", "incidentPage", "planPage", "tabs"}) {
            QTRY_VERIFY2(desktop.window()->findChild<QQuickItem*>(QLatin1StringView(page)), page);
        }
        desktop.tell(viewOf(false));
        QVERIFY(desktop.window()->close());
        QTRY_VERIFY(!desktop.window()->isVisible());
    }

    void aPlanAtWorkIsNotStoppedByClosingTheWindow()
    {
        const QTemporaryDir home;
        ToldWindow desktop(home.filePath("home"));
        QVERIFY(desktop.window());
        QTRY_COMPARE(desktop.console().signIn()->stage(), ui::SignInViewModel::First);
        desktop.tell(viewOf(true));
        QTRY_VERIFY(desktop.console().work().startsWith("PLAN-1 is at work in this window."));
        desktop.window()->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(desktop.window()));
        desktop.window()->close();
        QVERIFY(desktop.window()->isVisible());
        QTRY_COMPARE(desktop.focused(), "leaveOpen");
        QTest::keyClick(desktop.window(), Qt::Key_Return);
        QTRY_VERIFY(desktop.focused() != "leaveOpen");
        QVERIFY(!desktop.console().stopping());

        // The work may end while the question is asked; then there is nothing to ask.
        desktop.window()->close();
        QTRY_COMPARE(desktop.focused(), "leaveOpen");
        desktop.tell(viewOf(false));
        QTRY_VERIFY(desktop.focused() != "leaveOpen");
        QVERIFY(desktop.window()->isVisible());

        desktop.tell(viewOf(true));
        QTRY_VERIFY(!desktop.console().work().isEmpty());
        desktop.window()->close();
        QTRY_COMPARE(desktop.focused(), "leaveOpen");
        QTest::keyClick(desktop.window(), Qt::Key_Tab);
        QCOMPARE(desktop.focused(), "stopAndClose");
        QTest::keyClick(desktop.window(), Qt::Key_Return);
        QTRY_VERIFY(desktop.console().stopped());
        QTRY_VERIFY(!desktop.window()->isVisible());
    }

    /// Nothing changes in the store when a role ends: the window has to notice by itself.
    void aRoleThatEndsIsGoneFromTheWindow()
    {
        const QTemporaryDir home;
        const auto path = home.filePath("home");
        ToldWindow desktop(path);
        QVERIFY(desktop.window());
        const QString secret("correct horse battery");
        auto* signIn = desktop.console().signIn();
        QTRY_COMPARE(signIn->stage(), ui::SignInViewModel::First);
        signIn->addFirst("olga", "Olga", secret, secret);
        QTRY_COMPARE_WITH_TIMEOUT(signIn->stage(), ui::SignInViewModel::SignedIn, 60'000);
        const auto* frame = desktop.console().frame();
        QTRY_COMPARE(frame->person(), "Olga");
        QCOMPARE(frame->borrowed(), "");

        Desk other({path, {}});
        QVERIFY(other.open(OpenMode::ReadWrite));
        auto& people = other.identity();
        const auto olga = people.context(*people.signIn(OperatorId("olga"), Passphrase(secret)));
        QVERIFY(people.breakGlass(*olga, {Role::ProtocolLead}, systemTime() + std::chrono::seconds(4), "a drill"));
        const auto* shown = desktop.window()->findChild<QQuickItem*>("borrowed");
        QVERIFY(shown);
        QTRY_VERIFY(frame->borrowed().startsWith("Break-glass: protocol lead until "));
        QTRY_VERIFY(shown->isVisible());
        const auto head = other.journal().head();
        QTRY_COMPARE_WITH_TIMEOUT(frame->borrowed(), "", 60'000);
        QTRY_VERIFY(!shown->isVisible());
        QCOMPARE(*other.journal().head(), *head);
    }

    /// After a crash nothing comes before what was interrupted: not the overview, and no other plan.
    void whatWasInterruptedIsBeforeWhoSignsIn()
    {
        const QTemporaryDir home;
        ToldWindow desktop(home.filePath("home"));
        QVERIFY(desktop.window());
        auto& people = *desktop.console().signIn();
        QTRY_COMPARE(people.stage(), ui::SignInViewModel::First);
        people.addFirst("olga", "Olga", "correct horse battery", "correct horse battery");
        QTRY_COMPARE_WITH_TIMEOUT(people.stage(), ui::SignInViewModel::SignedIn, 60'000);
        QTest::keyClick(desktop.window(), Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(people.stage(), ui::SignInViewModel::SignIn);

        auto view = interruptedView();
        view.shownPlans.prepend(viewOf(false).shownPlans[0]);
        view.shownPlans[0].plan.id = PlanId("PLAN-2");
        view.operators = olgaAlone();
        desktop.tell(view);
        QTRY_COMPARE(people.planText(),
                     "PLAN-1 · " + view.shownPlans[1].plan.procedure.name + " · interrupted at “restore”");
        QCOMPARE(desktop.window()->findChild<QQuickItem*>("planText")->property("text").toString(), people.planText());
        desktop.window()->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(desktop.window()));
        QTRY_COMPARE(desktop.focused(), "passphrase");
        for (const QChar letter : QString("correct horse battery")) {
            QTest::keyClick(desktop.window(), letter.toLatin1());
        }
        QTest::keyClick(desktop.window(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(people.stage(), ui::SignInViewModel::SignedIn, 60'000);
        QTRY_COMPARE(desktop.focused(), "steps");
        QCOMPARE(desktop.console().plan()->planId(), "PLAN-1");
        // Made while nobody saw it, and yet everything has its place.
        QTRY_COMPARE(layoutFaults(*desktop.window()->contentItem()), QStringList());
        QTRY_COMPARE(desktop.console().plan()->guidance().deed, ui::Deed::Settle);
    }

    /// Who comes back from a short break finds what they left.
    void theNextSignInGoesOnWithTheSamePlan()
    {
        const QTemporaryDir home;
        ToldWindow desktop(home.filePath("home"));
        QVERIFY(desktop.window());
        auto& people = *desktop.console().signIn();
        auto& plan = *desktop.console().plan();
        const QString secret("correct horse battery");
        QTRY_COMPARE(people.stage(), ui::SignInViewModel::First);
        people.addFirst("olga", "Olga", secret, secret);
        QTRY_COMPARE_WITH_TIMEOUT(people.stage(), ui::SignInViewModel::SignedIn, 60'000);
        const auto comeBack = [&] {
            QTest::keyClick(desktop.window(), Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
            QTRY_COMPARE(people.stage(), ui::SignInViewModel::SignIn);
            people.signIn("olga", secret);
            QTRY_COMPARE_WITH_TIMEOUT(people.stage(), ui::SignInViewModel::SignedIn, 60'000);
        };

        auto view = viewOf(false);
        view.operators = olgaAlone();
        view.shownPlans.append(view.shownPlans[0]);
        view.shownPlans[1].plan.id = PlanId("PLAN-2");
        desktop.tell(view);
        QTRY_COMPARE(plan.planId(), "PLAN-1");
        plan.setPlanId("PLAN-2");
        QTRY_VERIFY(plan.known());
        comeBack();
        QCOMPARE(plan.planId(), "PLAN-2");

        view.shownPlans[1].plan.status = PlanStatus::Aborted;
        desktop.tell(view);
        QTRY_VERIFY(!plan.open());
        comeBack();
        QCOMPARE(plan.planId(), "PLAN-1");

        plan.setPlanId("PLAN-2");
        auto interrupted = interruptedView();
        interrupted.operators = olgaAlone();
        interrupted.shownPlans.append(view.shownPlans[0]);
        interrupted.shownPlans[1].plan.id = PlanId("PLAN-2");
        desktop.tell(interrupted);
        QTRY_VERIFY(plan.open());
        comeBack();
        QCOMPARE(plan.planId(), "PLAN-1");
    }

    /// Whoever locks the window leaves, whatever is asked at that moment; what they typed is nobody else's.
    void theKeyThatLocksIsHeardUnderAQuestion()
    {
        const QTemporaryDir home;
        ToldWindow desktop(home.filePath("home"));
        QVERIFY(desktop.window());
        auto& people = *desktop.console().signIn();
        const QString secret("correct horse battery");
        QTRY_COMPARE(people.stage(), ui::SignInViewModel::First);
        people.addFirst("olga", "Olga", secret, secret);
        QTRY_COMPARE_WITH_TIMEOUT(people.stage(), ui::SignInViewModel::SignedIn, 60'000);
        auto view = viewOf(false);
        view.operators = olgaAlone();
        desktop.tell(view);
        QTRY_COMPARE(desktop.console().plan()->planId(), "PLAN-1");
        desktop.window()->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(desktop.window()));
        const auto note = [&desktop] {
            QTest::keyClick(desktop.window(), Qt::Key_3, Qt::ControlModifier);
            QTRY_COMPARE(desktop.focused(), "steps");
            QTest::keyClick(desktop.window(), Qt::Key_N);
            QTRY_COMPARE(desktop.focused(), "sentence");
        };
        const auto sentence = [&desktop] { return desktop.window()->activeFocusItem()->property("text").toString(); };
        const auto lock = [&desktop] {
            QTest::keyClick(desktop.window(), Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        };
        QTRY_COMPARE(desktop.console().frame()->person(), "Olga");
        note();
        QTest::keyClick(desktop.window(), Qt::Key_X);
        QCOMPARE(sentence(), "x");
        lock();
        QTRY_COMPARE(people.stage(), ui::SignInViewModel::SignIn);
        QTRY_VERIFY(desktop.focused() != "sentence");
        people.signIn("olga", secret);
        QTRY_COMPARE_WITH_TIMEOUT(people.stage(), ui::SignInViewModel::SignedIn, 60'000);
        QTRY_COMPARE(desktop.console().frame()->person(), "Olga");
        note();
        QCOMPARE(sentence(), QString());
        QTest::keyClick(desktop.window(), Qt::Key_Escape);

        view = viewOf(true);
        view.operators = olgaAlone();
        desktop.tell(view);
        QTRY_VERIFY(!desktop.console().work().isEmpty());
        desktop.window()->close();
        QTRY_COMPARE(desktop.focused(), "leaveOpen");
        lock();
        QTRY_COMPARE(people.stage(), ui::SignInViewModel::SignIn);
        QTRY_VERIFY(desktop.focused() != "leaveOpen");
    }

    void aPageThatOpensHasTheKeyboard()
    {
        const QTemporaryDir home;
        ToldWindow desktop(home.filePath("home"));
        QVERIFY(desktop.window());
        auto& people = *desktop.console().signIn();
        QTRY_COMPARE(people.stage(), ui::SignInViewModel::First);
        desktop.window()->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(desktop.window()));
        people.addFirst("olga", "Olga", "correct horse battery", "correct horse battery");
        QTRY_COMPARE_WITH_TIMEOUT(people.stage(), ui::SignInViewModel::SignedIn, 60'000);
        QTRY_COMPARE(desktop.focused(), "systems"); // there is nothing else yet

        auto view = viewOf(false);
        view.operators = olgaAlone();
        view.incidents = {view.shownPlans[0].plan.pins.incident};
        QTRY_COMPARE(desktop.console().frame()->person(), "Olga");
        desktop.tell(view);
        QTRY_COMPARE(desktop.console().overview()->incidents()->count(), 1);
        const auto press = [&desktop](Qt::Key key) { QTest::keyClick(desktop.window(), key, Qt::ControlModifier); };
        press(Qt::Key_1);
        QCOMPARE(desktop.focused(), "incidents");
        press(Qt::Key_2); // nothing is chosen
        QCOMPARE(desktop.focused(), "Incident");
        press(Qt::Key_3); // the only open plan need not be chosen
        QCOMPARE(desktop.console().plan()->planId(), "PLAN-1");
        QCOMPARE(desktop.focused(), "steps");
        press(Qt::Key_1);
        QCOMPARE(desktop.focused(), "incidents");
        QTest::keyClick(desktop.window(), Qt::Key_F2);
        QTRY_COMPARE(desktop.focused(), "steps");

        // A question over the page is answered first.
        view.shownPlans[0].isRunning = true;
        view.shownPlans[0].runsHere = true;
        desktop.tell(view);
        QTRY_VERIFY(!desktop.console().work().isEmpty());
        desktop.window()->close();
        QTRY_COMPARE(desktop.focused(), "leaveOpen");
        press(Qt::Key_1);
        QCOMPARE(desktop.focused(), "leaveOpen");
        QTest::keyClick(desktop.window(), Qt::Key_Escape);
        QTRY_COMPARE(desktop.focused(), "steps");
    }

    /// One list of commands for keys and palette; what cannot be done says why, and everything can be found.
    void whatIsTypedIsFoundAndDone()
    {
        const QTemporaryDir home;
        ToldWindow desktop(home.filePath("home"));
        QVERIFY(desktop.window());
        auto& people = *desktop.console().signIn();
        QTRY_COMPARE(people.stage(), ui::SignInViewModel::First);
        desktop.window()->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(desktop.window()));
        people.addFirst("olga", "Olga", "correct horse battery", "correct horse battery");
        QTRY_COMPARE_WITH_TIMEOUT(people.stage(), ui::SignInViewModel::SignedIn, 60'000);
        QTRY_COMPARE(desktop.focused(), "systems");
        auto& way = *desktop.console().navigation();
        const auto key = [&desktop](Qt::Key which, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
            QTest::keyClick(desktop.window(), which, modifiers);
        };
        auto* const said = desktop.window()->findChild<QQuickItem*>("said");
        QVERIFY(said);
        key(Qt::Key_F2); // there is no plan yet
        QCOMPARE(said->property("text").toString(), "The most urgent open plan: No plan is open.");

        auto view = viewOf(false);
        view.operators = olgaAlone();
        view.incidents = {view.shownPlans[0].plan.pins.incident};
        QTRY_COMPARE(desktop.console().frame()->person(), "Olga");
        desktop.tell(view);
        QTRY_COMPARE(desktop.console().overview()->incidents()->count(), 1);
        const auto find = [&](const QString& typed) {
            key(Qt::Key_K, Qt::ControlModifier);
            QTRY_COMPARE(desktop.focused(), "typed");
            for (const auto letter : typed) {
                QTest::keyClick(desktop.window(), letter.toLatin1());
            }
        };
        find("inc-1");
        key(Qt::Key_Return);
        QTRY_COMPARE(way.page(), ui::Navigation::Incident);
        QCOMPARE(way.subject(), "INC-1");
        QCOMPARE(desktop.console().incident()->incidentId(), "INC-1");
        find("netw");
        key(Qt::Key_Escape);
        QCOMPARE(way.page(), ui::Navigation::Incident);
        find("netw");
        key(Qt::Key_Return);
        QTRY_COMPARE(way.page(), ui::Navigation::Graph);
        find("forward"); // it cannot be done, and Return does not
        key(Qt::Key_Return);
        QCOMPARE(desktop.focused(), "typed");
        key(Qt::Key_Escape);
        QTRY_VERIFY(desktop.focused() != "typed");
        key(Qt::Key_Left, Qt::AltModifier);
        QTRY_COMPARE(way.page(), ui::Navigation::Incident);
        key(Qt::Key_Right, Qt::AltModifier);
        QTRY_COMPARE(way.page(), ui::Navigation::Graph);
        key(Qt::Key_3, Qt::ControlModifier);
        QTRY_COMPARE(desktop.focused(), "steps");
        QTRY_COMPARE(way.subject(), "PLAN-1");
        find("note");
        key(Qt::Key_Return);
        QTRY_COMPARE(desktop.focused(), "sentence");
        key(Qt::Key_Escape);
        key(Qt::Key_Equal, Qt::ControlModifier);
        QTRY_COMPARE(desktop.console().appearance()->zoom(), 110);
        key(Qt::Key_0, Qt::ControlModifier);
        QTRY_COMPARE(desktop.console().appearance()->zoom(), 100);
        key(Qt::Key_F1);
        QTRY_COMPARE(desktop.focused(), "Close");
        key(Qt::Key_Escape);
        QTRY_COMPARE(desktop.focused(), "steps");
    }

private:
    QTemporaryDir m_settings;
};

int main(int argc, char** argv)
{
    qputenv("QT_QUICK_BACKEND", "software");
    QApplication app(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    TestConsoleWindow test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_console_window.moc"
