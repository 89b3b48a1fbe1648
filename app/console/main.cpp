// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/console_window.h"

#include <QApplication>
#include <QCommandLineParser>

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
    parser.addOption({"home", "Folder of the store, the keys and everything else (RC_HOME).", "DIR"});
    parser.addOption({"inventory", "The inventory (HOME/inventory.yaml).", "FILE"});
    parser.process(app);
    const auto home = parser.isSet("home") ? parser.value("home") : qEnvironmentVariable("RC_HOME");
    if (home.isEmpty()) {
        parser.showHelp(2);
    }
    prepareWindows();
    const ConsoleWindow console({home, parser.value("inventory")});
    return console.window() ? QApplication::exec() : 1;
}
