// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/console_window.h"
#include "tests/support/sight_story.h"

#include <QApplication>
#include <QQuickItem>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QtTest/qtest_gui.h>

using namespace rc;
using namespace rc::test;

namespace {

/// A window, and the way to tell it what its engine would.
class Desktop : public ConsoleWindow
{
public:
    explicit Desktop(const QString& home)
        : ConsoleWindow({home, {}})
    {
    }

    void tell(const StoreView& view)
    {
        m_engine.tell([view](Engine& engine) { Q_EMIT engine.storeChanged(view); });
    }
    [[nodiscard]] QString focused() const
    {
        const auto* item = window()->activeFocusItem();
        return item ? item->objectName() : QString();
    }
};

StoreView viewOf(bool runsHere)
{
    ProcedureBuilder builder;
    builder.automated("restore");
    auto view = sightOf(PlanRun(builder)).store;
    view.shownPlans[0].isRunning = runsHere;
    view.shownPlans[0].runsHere = runsHere;
    return view;
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

    void aWindowInWhichNothingRunsCloses()
    {
        const QTemporaryDir home;
        Desktop desktop(home.filePath("home"));
        QVERIFY(desktop.window());
        QTRY_COMPARE(desktop.console().signIn()->stage(), ui::SignInViewModel::First);
        desktop.tell(viewOf(false));
        QVERIFY(desktop.window()->close());
        QTRY_VERIFY(!desktop.window()->isVisible());
    }

    void aPlanAtWorkIsNotStoppedByClosingTheWindow()
    {
        const QTemporaryDir home;
        Desktop desktop(home.filePath("home"));
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
        Desktop desktop(path);
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
