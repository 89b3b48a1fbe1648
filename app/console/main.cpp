// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/console_window.h"
#include "ui/console/appearance.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QStandardPaths>

#include <cstdio>

using namespace rc;

namespace {

void describe(QCommandLineParser& parser)
{
    parser.setApplicationDescription("Recovers a blockchain network after a contained security incident.");
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({"home", "Store, keys and evidence live here (default: the platform's data directory).", "DIR"});
    parser.addOption({"inventory", "The inventory (HOME/inventory.yaml).", "FILE"});
    parser.addOption({"wall", "A display for a room: shows, changes nothing, asks nobody to sign in."});
    parser.addOption({"dark", "The wall in the dark theme."});
    parser.addOption({"windowed", "Leaves the wall in a window instead of filling the screen."});
}

/// X11 and Wayland say in the environment where they are; without them Qt would abort.
bool hasDisplay()
{
#ifdef Q_OS_LINUX
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
#else
    return true;
#endif
}

int showWall(const DeskOptions& options, const QCommandLineParser& parser)
{
    const WallWindow wall(options);
    if (!wall.window()) {
        return 1;
    }
    wall.window()->setProperty("shade", parser.isSet("dark") ? ui::Appearance::Dark : ui::Appearance::Light);
    if (!parser.isSet("windowed")) {
        wall.window()->showFullScreen();
        wall.window()->setCursor(Qt::BlankCursor);
    }
    return QApplication::exec();
}

int show(const QCommandLineParser& parser)
{
    prepareWindows();
    // The same as recoveryctl's.
    const auto home = parser.isSet("home") ? QFileInfo(parser.value("home")).absoluteFilePath()
                                           : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    const DeskOptions options{home, parser.value("inventory")};
    if (parser.isSet("wall")) {
        return showWall(options, parser);
    }
    const ConsoleWindow console(options);
    return console.window() ? QApplication::exec() : 1;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication::setApplicationName("recovery-console");
    QCoreApplication::setOrganizationName("ProzChain");
    QCoreApplication::setApplicationVersion(RC_VERSION);
    QCommandLineParser parser;
    describe(parser);
    if (!hasDisplay()) {
        const QCoreApplication app(argc, argv);
        parser.process(app);
        std::fputs("There is no display. recoveryctl does the same in a terminal.\n", stderr);
        return 1;
    }
    const QApplication app(argc, argv);
    QGuiApplication::setDesktopFileName("org.prozchain.RecoveryConsole"); // whose icon the window has
    parser.process(app);
    return show(parser);
}
