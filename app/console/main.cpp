// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/console_window.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QStandardPaths>

using namespace rc;

int main(int argc, char** argv)
{
    const QApplication app(argc, argv);
    QApplication::setApplicationName("recovery-console");
    QApplication::setOrganizationName("ProzChain");
    QApplication::setApplicationVersion(RC_VERSION);
    QCommandLineParser parser;
    parser.setApplicationDescription("Recovers a blockchain network after a contained security incident.");
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({"home", "Store, keys and evidence live here (default: the platform's data directory).", "DIR"});
    parser.addOption({"inventory", "The inventory (HOME/inventory.yaml).", "FILE"});
    parser.addOption({"wall", "A display for a room: shows, changes nothing, asks nobody to sign in."});
    parser.addOption({"dark", "The wall in the dark theme."});
    parser.addOption({"windowed", "Leaves the wall in a window instead of filling the screen."});
    parser.process(app);
    // The same as recoveryctl's.
    const auto home = parser.isSet("home") ? QFileInfo(parser.value("home")).absoluteFilePath()
                                           : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    prepareWindows();
    const DeskOptions options{home, parser.value("inventory")};
    if (parser.isSet("wall")) {
        const WallWindow wall(options);
        if (wall.window()) {
            wall.window()->setProperty("dark", parser.isSet("dark"));
        }
        if (wall.window() && !parser.isSet("windowed")) {
            wall.window()->showFullScreen();
            wall.window()->setCursor(Qt::BlankCursor);
        }
        return wall.window() ? QApplication::exec() : 1;
    }
    const ConsoleWindow console(options);
    return console.window() ? QApplication::exec() : 1;
}
