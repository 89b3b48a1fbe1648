// SPDX-License-Identifier: GPL-3.0-or-later
// The console as a whole process: its first usable frame beside an empty window's, its memory at rest, the way from the
// passphrase to the live overview; what the window's thread is busy with during the drill; the drill's report.
#include "app/console/console_window.h"
#include "tests/bench/bench_store.h"
#include "tests/bench/resident_memory.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QQuickItem>
#include <QScopeGuard>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <stdexcept>

using namespace rc;
using namespace rc::bench;

namespace {

/// What a child may take.
constexpr auto Patience = std::chrono::minutes(2);
constexpr auto Rest = std::chrono::seconds(5);
constexpr int PortBase = 20'900;

const QString& programs()
{
    static const QString folder = RC_BIN_DIR;
    return folder;
}

/// Ends the program here and now: what follows is not measured.
[[noreturn]] void leave()
{
    std::fflush(stdout);
    std::_Exit(0);
}

/// Calls `then` after the first frame that is drawn when `come` has become true.
void onFrame(QQuickWindow* window, std::function<bool()> come, std::function<void()> then)
{
    auto* context = new QObject(window);
    QObject::connect(window, &QQuickWindow::frameSwapped, context, [=] {
        if (come()) {
            delete context;
            then();
        }
    });
}

// --- what is measured: this program as a child of itself

int emptyWindow()
{
    prepareWindows();
    QQmlApplicationEngine engine;
    engine.loadData("import QtQuick.Controls\nApplicationWindow { visible: true; width: 1280; height: 720 }");
    onFrame(qobject_cast<QQuickWindow*>(engine.rootObjects().value(0)), [] { return true; }, leave);
    return QApplication::exec();
}

/// The passphrase can be typed, and the state of the open plan is on the screen.
bool isUsable(ConsoleWindow& desk)
{
    const auto* focus = desk.window()->activeFocusItem();
    const auto* signIn = desk.console().signIn();
    return signIn->stage() == ui::SignInViewModel::SignIn && !signIn->planText().isEmpty() && focus &&
           focus->property("echoMode").toInt() == 2; // TextInput.Password
}

bool isLive(ui::Console& console)
{
    return console.signIn()->stage() == ui::SignInViewModel::SignedIn && console.overview()->systems()->count() == 6 &&
           console.frame()->systemsTone() == ui::Tone::Normal;
}

int firstFrame(const QString& home)
{
    prepareWindows();
    ConsoleWindow desk({home, {}});
    desk.window()->requestActivate();
    onFrame(desk.window(), [&] { return isUsable(desk); }, leave);
    return QApplication::exec();
}

int signIn(const QString& home)
{
    prepareWindows();
    ConsoleWindow desk({home, {}});
    auto& console = desk.console();
    desk.window()->requestActivate();
    QElapsedTimer timer;
    onFrame(
        desk.window(), [&] { return isUsable(desk); },
        [&] {
            QTimer::singleShot(Rest, [&] {
                std::printf("%s\n", qPrintable(rc::bench::residentMemory()));
                timer.start();
                console.signIn()->signIn("bench", BenchStore::Secret);
                onFrame(
                    desk.window(), [&] { return isLive(console); },
                    [&] {
                        std::printf("%.1f\n", double(timer.nsecsElapsed()) / 1e6);
                        QTimer::singleShot(Rest, [] {
                            std::printf("%s\n", qPrintable(rc::bench::residentMemory()));
                            leave();
                        });
                    });
            });
        });
    return QApplication::exec();
}

// --- who measures

struct Ended
{
    double milliseconds = 0;
    QStringList lines;
};

Ended run(const QString& program, const QStringList& arguments)
{
    QElapsedTimer timer;
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    timer.start();
    process.start(program, arguments);
    if (!process.waitForFinished(int(std::chrono::milliseconds(Patience).count())) || process.exitCode() != 0) {
        process.kill();
        throw std::runtime_error(qPrintable(program + " " + arguments.join(' ') + " failed"));
    }
    return {double(timer.nsecsElapsed()) / 1e6,
            QString::fromUtf8(process.readAllStandardOutput()).trimmed().split('\n')};
}

void print(const char* name, const Sample& sample, const char* more = "")
{
    std::printf("%-52s median %7.1f ms  (%.1f to %.1f)%s\n", name, sample.median(), sample.least(), sample.most(),
                more);
    std::fflush(stdout);
}

double derivation()
{
    const Passphrase secret((QString(BenchStore::Secret)));
    const auto sealed = must(SealedKey::seal(KeyPair::generate(), secret, Cost::Moderate));
    QElapsedTimer timer;
    timer.start();
    must(sealed.unseal(secret));
    return double(timer.nsecsElapsed()) / 1e6;
}

void measureFirstFrame(const QString& self, const QString& home)
{
    Sample empty;
    Sample console;
    Sample ratio;
    for (int i = 0; i < Runs; ++i) {
        const double floor = run(self, {"empty"}).milliseconds;
        const double own = run(self, {"first-frame", home}).milliseconds;
        empty.add(floor);
        console.add(own);
        ratio.add(own / floor);
    }
    print("an empty ApplicationWindow's first frame", empty);
    print("the console's first usable frame", console);
    std::printf("%-52s median %7.2f     (%.2f to %.2f)\n", "ratio", ratio.median(), ratio.least(), ratio.most());
}

void measureSignIn(const QString& self, const QString& home)
{
    Sample whole;
    Sample key;
    Sample rest;
    QStringList lines;
    for (int i = 0; i < Runs; ++i) {
        const double derived = derivation();
        lines = run(self, {"sign-in", home}).lines;
        whole.add(lines[1].toDouble());
        key.add(derived);
        rest.add(lines[1].toDouble() - derived);
    }
    print("from the passphrase to the live overview", whole);
    print("of that, deriving the key", key);
    print("of that, the console", rest);
    std::printf("%-52s %s\n", "memory at rest, before signing in", qPrintable(lines[0]));
    std::printf("%-52s %s\n", "memory at rest, on the overview", qPrintable(lines[2]));
}

void measureStart(const QString& self, const QString& folder)
{
    BenchStore store(folder, Cost::Moderate);
    store.fill();
    const QString passphrase = folder + "/passphrase";
    QFile file(passphrase);
    if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray(BenchStore::Secret.data())) < 0) {
        qFatal("%s cannot be written", qPrintable(passphrase));
    }
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    file.close();
    const QString ctl = programs() + "/recoveryctl";
    const QStringList as{"--home", store.home(), "--as", "bench", "--passphrase-file", passphrase};
    run(ctl, as + QStringList{"lab", "up", "--port-base", QString::number(PortBase)});
    const auto down = qScopeGuard([&] { run(ctl, as + QStringList{"lab", "down"}); });
    measureFirstFrame(self, store.home());
    measureSignIn(self, store.home());
}

void measureDrill(const QString& folder)
{
    const auto lines = run(programs() + "/window_drill",
                           {folder + "/home", folder + "/shots", QString::number(PortBase + 100), "--measure"})
                           .lines;
    std::printf("%-52s %s\n", "the window's thread during the drill", qPrintable(lines.last()));
    Sample report;
    const QString home = folder + "/home";
    for (int i = 0; i < Runs; ++i) {
        const QString paper = QString("%1/paper-%2.pdf").arg(folder).arg(i); // none is written over another
        report.add(run(programs() + "/recoveryctl", {"--home", home, "report", "plan", "PLAN-1", "--output", paper})
                       .milliseconds);
    }
    print("recoveryctl report plan of the drill, the processes", report);
}

} // namespace

int main(int argc, char** argv)
{
    const QApplication app(argc, argv);
    QApplication::setApplicationName("recovery-console");
    QApplication::setOrganizationName("ProzChain");
    const auto arguments = QApplication::arguments();
    const QString what = arguments.value(1);
    if (what == "empty") {
        return emptyWindow();
    }
    const QTemporaryDir folder;
    if (!arguments.value(2).isEmpty()) {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, arguments[2] + "/settings");
        return what == "first-frame" ? firstFrame(arguments[2]) : signIn(arguments[2]);
    }
    try {
        measureStart(QApplication::applicationFilePath(), folder.filePath("start"));
        measureDrill(folder.filePath("drill"));
    } catch (const std::runtime_error& failed) {
        std::fprintf(stderr, "%s\n", failed.what());
        return 1;
    }
    return 0;
}
