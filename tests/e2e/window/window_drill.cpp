// SPDX-License-Identifier: GPL-3.0-or-later
// The drill through the window, by keyboard alone: an empty home, a practice network that breaks, and its recovery by a
// plan that two people carry out at one desk.
#include "tests/e2e/window/handler_clock.h"
#include "tests/e2e/window/player.h"

#include <QDir>
#include <QSettings>
#include <QTest>

#include <cstdio>

using namespace rc;
using namespace rc::drill;

namespace {

/// What Qt and QML had to complain about; a window without fault has nothing.
QStringList& complaints()
{
    static QStringList all;
    return all;
}

void hearComplaints(QtMsgType type, const QMessageLogContext&, const QString& text)
{
    std::fprintf(stderr, "%s\n", qUtf8Printable(text));
    if (type != QtDebugMsg && type != QtInfoMsg) {
        complaints().append(text);
    }
}

class Drill
{
public:
    explicit Drill(Player& player)
        : m_player(player)
        , m_console(player.console())
    {
    }

    void play()
    {
        m_player.takeFocus();
        firstOperator();
        network();
        incident();
        plan();
        ending();
    }

    /// In a window of its own, the day after.
    void lookBack()
    {
        Player::say("The day after, in a new window, Olga opens the plan again and writes its report anew.");
        m_player.takeFocus();
        m_player.until("the sign-in", [&] { return m_console.signIn()->stage() == ui::SignInViewModel::SignIn; });
        signIn();
        m_player.tabTo("incidents");
        m_player.key(Qt::Key_Return);
        m_player.tabTo("lastPlan");
        m_player.shoot("looking-back");
        m_player.key(Qt::Key_Return);
        auto& page = *m_console.plan();
        m_player.until("the plan", [&] { return page.known() && page.statusText() == "Completed"; });
        m_player.key(Qt::Key_R, Qt::ControlModifier);
        m_player.until("the report", [&] { return !page.reportPath().isEmpty() || !page.trouble().isEmpty(); });
        m_player.shoot("plan-opened-again");
        if (!page.trouble().isEmpty()) {
            throw Player::Failed{"No report: " + page.trouble()};
        }
    }

private:
    void firstOperator()
    {
        Player::say("Olga is the first at an empty home.");
        m_player.makePassphrase("olga");
        m_player.makePassphrase("ben");
        using Stage = ui::SignInViewModel::Stage;
        const auto& people = *m_console.signIn();
        m_player.until("the first page",
                       [&] { return people.stage() == Stage::First || people.stage() == Stage::SignIn; });
        if (people.stage() == Stage::SignIn) {
            return signIn();
        }
        m_player.shoot("first-operator");
        m_player.type("olga");
        m_player.key(Qt::Key_Return);
        m_player.type("Olga");
        m_player.key(Qt::Key_Return);
        m_player.type(m_player.passphrase("olga"));
        m_player.key(Qt::Key_Return);
        m_player.type(m_player.passphrase("olga"));
        m_player.key(Qt::Key_Return);
        m_player.until("Olga signed in", [&] { return m_console.signIn()->stage() == ui::SignInViewModel::SignedIn; });
        m_player.shoot("nothing-yet");
    }

    /// The window suggests who signed in last; after a crash it may not know.
    void signIn()
    {
        auto& people = *m_console.signIn();
        m_player.until("the operators", [&] { return people.operators()->count() > 0; });
        if (people.suggested().isEmpty()) {
            m_player.untilFocus("person");
            m_player.type("olga");
            m_player.key(Qt::Key_Return);
        }
        m_player.untilFocus("passphrase");
        m_player.type(m_player.passphrase("olga"));
        m_player.shoot("sign-in");
        m_player.key(Qt::Key_Return);
        m_player.until("Olga signed in", [&] { return people.stage() == ui::SignInViewModel::SignedIn; });
    }

    [[nodiscard]] bool noticed() const
    {
        return m_console.overview()->proposals()->count() + m_console.overview()->incidents()->count() > 0;
    }

    /// recoveryctl may have gone on when the window died, and be at the same thing.
    void ctlUntilItWorks(const QString& who, const QStringList& arguments)
    {
        if (!m_player.stage().resume) {
            m_player.ctl(who, arguments);
            return;
        }
        m_player.until(arguments.join(' '), [&] {
            try {
                m_player.ctl(who, arguments);
                return true;
            } catch (const Player::Failed& failed) {
                Player::say(failed.sentence);
                return false;
            }
        });
    }

    void network()
    {
        if (noticed()) {
            return;
        }
        Player::say("A practice network comes up beside the window: four validators, a database, a gateway.");
        if (m_console.signIn()->operators()->count() < 2) {
            m_player.ctl("olga", {"operator", "grant", "olga", "--role", "protocol_lead"});
            ctlUntilItWorks("olga", {"operator", "add", "ben", "--name", "Ben", "--role", "protocol_lead", "--role",
                                     "security_analyst", "--new-passphrase-file",
                                     m_player.stage().home + "/passphrase-ben", "--kdf-cost", "interactive"});
        }
        ctlUntilItWorks("olga", {"lab", "up", "--port-base", QString::number(m_player.stage().portBase)});
        ctlUntilItWorks("ben", {"system", "config", "trust", "--all"});
        m_player.until("six healthy systems", [&] {
            return (m_console.overview()->systems()->count() == 6 &&
                    m_console.frame()->systemsTone() == ui::Tone::Normal) ||
                   noticed();
        });
        if (noticed()) {
            return;
        }
        m_player.shoot("healthy");
        m_player.shootWall("healthy");
        Player::say("Something changes a value in the state of validator-3, behind its back.");
        m_player.ctl({}, {"lab", "break", "corrupt-state", "--system", "validator-3"});
        m_player.until("a proposal", [&] { return m_console.overview()->proposals()->count() > 0; }, 90);
        m_player.shoot("noticed");
        m_player.shootWall("noticed");
    }

    void incident()
    {
        if (m_console.overview()->incidents()->count() > 0) {
            return backToThePlan();
        }
        Player::say("The window has noticed. Olga opens the incident, looks at the plan and starts it.");
        m_player.tabTo("confirmProposal");
        m_player.key(Qt::Key_Space);
        startPlan();
    }

    /// What was begun before a crash is gone on with.
    void backToThePlan()
    {
        const auto& page = *m_console.plan();
        if (page.interrupted()) {
            Player::say("The window shows what was interrupted in " + page.planId() + ".");
        } else if (!page.planId().isEmpty()) {
            Player::say("Olga goes back to " + page.planId() + ".");
            m_player.key(Qt::Key_3, Qt::ControlModifier);
        } else {
            m_player.tabTo("incidents");
            m_player.key(Qt::Key_Return);
            const auto& incident = *m_console.incident();
            m_player.until("the incident", [&] { return !incident.incident().key.isEmpty(); });
            if (incident.incident().planId.isEmpty()) {
                Player::say("The incident is open; Olga starts the plan.");
                return startPlan();
            }
            Player::say("Olga looks at the plan that is over.");
            m_player.tabTo("lastPlan");
            m_player.key(Qt::Key_Return);
        }
        m_player.until("the plan", [&] { return page.known(); });
        m_player.untilFocus("steps");
        m_player.shoot("back");
    }

    void startPlan()
    {
        auto& page = *m_console.incident();
        m_player.until("a preview", [&] { return !page.planHash().isEmpty(); });
        m_player.shoot("incident");
        m_player.key(Qt::Key_Return, Qt::ControlModifier);
        m_player.until("the plan", [&] { return m_console.plan()->known(); });
        m_player.untilFocus("steps");
        m_player.shoot("plan-started");
        m_player.until("the wall to follow", [&] { return m_player.wall().stepsTotal() > 0; });
        m_player.shootWall("plan");
    }

    void plan()
    {
        auto& page = *m_console.plan();
        for (int act = 0; page.open(); ++act) {
            if (act > 30) {
                throw Player::Failed{"The plan does not come to its end."};
            }
            m_player.until(
                "something to do, or the end",
                [&] {
                    const auto next = page.guidance();
                    const bool idle = !page.busy() && !page.running();
                    return !page.open() || (idle && next.deed != ui::Deed::Nothing && next.reason.isEmpty());
                },
                180);
            if (!page.trouble().isEmpty() && page.guidance().deed == ui::Deed::Settle) {
                judge();
                continue;
            }
            if (!page.trouble().isEmpty()) {
                throw Player::Failed{page.trouble()};
            }
            if (page.open()) {
                doNext(page.guidance());
            }
        }
    }

    void doNext(const ui::Guidance& next)
    {
        Player::say(next.text + ".");
        m_player.key(Qt::Key_Return, Qt::ControlModifier);
        switch (next.deed) {
        case ui::Deed::Tick:
            m_player.untilFocus("sentence");
            m_player.type("Seen on all four validators.");
            m_player.shoot("tick");
            m_player.key(Qt::Key_Return);
            m_player.until("the tick", [&] { return m_console.plan()->guidance() != next; });
            break;
        case ui::Deed::Approve:
            approve(next);
            break;
        case ui::Deed::RunStep:
            m_player.untilFocus("nameToType");
            m_player.until("what it would do", [&] { return !m_console.plan()->step()->nameToType().isEmpty(); });
            m_player.type(m_console.plan()->step()->nameToType());
            m_player.shoot("no-way-back");
            m_player.key(Qt::Key_Return);
            m_player.until("the work",
                           [&] { return m_console.plan()->busy() || m_console.plan()->guidance() != next; });
            m_player.shoot("going-over-it");
            break;
        case ui::Deed::Retry:
            m_player.untilFocus("sentence");
            m_player.type("What was in the way is gone.");
            m_player.key(Qt::Key_Return);
            m_player.until("the new attempt", [&] { return m_console.plan()->guidance() != next; });
            break;
        case ui::Deed::Declare:
            m_player.untilFocus("leave");
            m_player.shoot("declare");
            m_player.tabTo("confirm");
            m_player.key(Qt::Key_Return);
            m_player.until("the declaration", [&] { return m_console.plan()->guidance() != next; }, 120);
            break;
        default:
            m_player.until("the work",
                           [&] { return m_console.plan()->busy() || m_console.plan()->guidance() != next; });
            m_player.shoot("working");
        }
    }

    /// The look at the systems could not tell what became of a step; a person says so.
    void judge()
    {
        auto& page = *m_console.plan();
        const auto before = page.guidance();
        Player::say("The look cannot tell. Olga says that it did not take effect.");
        m_player.tabTo("Put away");
        m_player.key(Qt::Key_Space);
        m_player.tabTo("otherwise");
        m_player.key(Qt::Key_Space);
        m_player.untilFocus("sentence");
        m_player.type("The node is down.");
        m_player.tabTo("otherwiseYes");
        m_player.key(Qt::Key_Space);
        m_player.until("the judgement", [&] { return page.guidance() != before; });
    }

    void approve(const ui::Guidance& next)
    {
        auto& page = *m_console.plan();
        Player::say("Olga tries to approve her own plan, and is refused.");
        consent("olga");
        m_player.until("a refusal", [&] { return page.trouble().contains("a second person has to"); });
        m_player.untilFocus("approverPassphrase");
        m_player.shoot("refused");
        Player::say("Ben consents at the same desk, with his own passphrase.");
        m_player.key(Qt::Key_Backtab, Qt::ShiftModifier);
        m_player.key(Qt::Key_A, Qt::ControlModifier);
        consent("ben");
        m_player.until("the approval", [&] { return page.guidance() != next; });
        m_player.shoot("approved");
    }

    void consent(const QString& who)
    {
        m_player.untilFocus("approver");
        m_player.type(who);
        m_player.key(Qt::Key_Return);
        m_player.untilFocus("approverPassphrase");
        m_player.type(m_player.passphrase(who));
        m_player.shoot("approve-as-" + who);
        m_player.key(Qt::Key_Return);
    }

    void lookAround()
    {
        m_player.tabTo("tabStep");
        for (const QString& tab : QStringList{"Graph", "Systems", "Leftovers", "Log", "Charts"}) {
            m_player.key(Qt::Key_Right);
            m_player.untilFocus("tab" + tab);
            m_player.shoot(tab.toLower());
        }
    }

    /// The pages that the recovery did not need, and the way back.
    void lookElsewhere()
    {
        m_player.key(Qt::Key_4, Qt::ControlModifier);
        m_player.untilFocus("networkGraph");
        m_player.until("the network", [&] { return m_console.network()->graph()->count() > 0; });
        m_player.shoot("network");
        m_player.key(Qt::Key_T);
        m_player.untilFocus("networkTable");
        m_player.key(Qt::Key_Down);
        m_player.shoot("network-table");
        m_player.key(Qt::Key_Comma, Qt::ControlModifier);
        m_player.until("the settings", [&] { return m_console.navigation()->page() == ui::Navigation::Settings; });
        m_player.shoot("settings");
        m_player.key(Qt::Key_F1);
        m_player.shoot("keys");
        m_player.key(Qt::Key_Escape);
        m_player.key(Qt::Key_K, Qt::ControlModifier);
        m_player.untilFocus("typed");
        m_player.shoot("palette");
        m_player.type("plan");
        m_player.shoot("palette-found");
        m_player.key(Qt::Key_Escape);
        m_player.key(Qt::Key_Left, Qt::AltModifier);
        m_player.key(Qt::Key_Left, Qt::AltModifier);
        m_player.until("the plan again", [&] { return m_console.navigation()->page() == ui::Navigation::Plan; });
    }

    void ending()
    {
        auto& page = *m_console.plan();
        m_player.shoot("over");
        if (page.statusText() != "Completed") {
            throw Player::Failed{"The plan ended as: " + page.statusText()};
        }
        lookAround();
        m_player.key(Qt::Key_R, Qt::ControlModifier);
        m_player.until("the report", [&] { return !page.reportPath().isEmpty() || !page.trouble().isEmpty(); });
        m_player.shoot("report");
        const QString copy = m_player.stage().output + "/" + page.planId() + ".pdf";
        QFile::remove(copy);
        if (!QFile::copy(page.reportPath(), copy)) {
            throw Player::Failed{"No report: " + page.trouble()};
        }
        lookElsewhere();
        m_player.key(Qt::Key_1, Qt::ControlModifier);
        m_player.shoot("recovered");
        m_player.ctl({}, {"health", "once"});
        m_player.ctl({}, {"journal", "verify"});
        Player::say(page.planId() + " is completed, and the journal proves it.");
    }

    Player& m_player;
    ui::Console& m_console;
};

/// One window, and what is done in it; says what went wrong.
int playIn(const Stage& stage, WallWindow& wall, const std::function<void(Player&)>& act)
{
    ConsoleWindow desk({stage.home, {}});
    if (!desk.window() || !wall.window()) {
        return 1;
    }
    Player player(stage, desk, wall);
    try {
        act(player);
    } catch (const Player::Failed& failed) {
        std::fprintf(stderr, "The drill failed: %s\n", qUtf8Printable(failed.sentence));
        return 1;
    }
    return 0;
}

int play(Stage stage)
{
    WallWindow wall({stage.home, {}});
    int exit = playIn(stage, wall, [](Player& player) { Drill(player).play(); });
    stage.pictures = 30;
    if (exit == 0) {
        exit = playIn(stage, wall, [](Player& player) { Drill(player).lookBack(); });
    }
    const int down = playIn(stage, wall, [](Player& player) { player.ctl({}, {"lab", "down"}); });
    return exit == 0 ? down : exit;
}

} // namespace

/// window_drill HOME OUTPUT PORT_BASE [--through-x] [--gallery] [--measure] [--resume]. HOME must not exist, except to
/// resume. Exit 0 only if the plan ended completed, the journal verifies and nothing complained on the way.
int main(int argc, char** argv)
{
    qInstallMessageHandler(hearComplaints);
    HandlerClock app(argc, argv);
    QApplication::setApplicationName("recovery-console");
    QApplication::setOrganizationName("ProzChain");
    const auto arguments = QApplication::arguments();
    const bool resume = arguments.contains("--resume");
    if (arguments.size() < 4 || (QDir(arguments[1]).exists() && !resume)) {
        std::fputs("usage: window_drill HOME OUTPUT PORT_BASE [--through-x] [--gallery] [--measure] [--resume]\n"
                   "HOME must not exist, except to resume.\n",
                   stderr);
        return 2;
    }
    const Stage stage{QApplication::applicationDirPath(), QDir(arguments[1]).absolutePath(),
                      QDir(arguments[2]).absolutePath(),  arguments[3].toInt(),
                      arguments.contains("--through-x"),  resume,
                      arguments.contains("--gallery")};
    const auto owner = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    if (!QDir().mkpath(stage.home) || !QFile::setPermissions(stage.home, owner) || !QDir().mkpath(stage.output)) {
        std::fputs("HOME or OUTPUT cannot be made.\n", stderr);
        return 1;
    }
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, stage.home + "/settings");
    prepareWindows();
    const int exit = play(stage);
    if (arguments.contains("--measure")) {
        std::printf("%s\n", qUtf8Printable(app.result()));
    }
    return exit == 0 && complaints().isEmpty() ? 0 : 1;
}
