// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervisor/supervisor.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>

/// recovery-supervisor --home DIR [--idle-exit SECONDS]. Exit: 0 after an orderly end, 2 bad usage, 4 the home has a
/// supervisor already, 1 the home cannot be used.
int main(int argc, char* argv[])
{
    rc::detachFromStarter(); // before Qt opens files of its own
    QCoreApplication app(argc, argv);
    app.setApplicationName("recovery-supervisor");
    app.setApplicationVersion(RC_VERSION);
    QCommandLineParser parser;
    parser.setApplicationDescription("Keeps the processes of one home of the ProzChain Recovery Console.");
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({"home", "The directory of the store.", "DIR"});
    parser.addOption({"idle-exit", "End when no child has run and no request has come for so long.", "SECONDS"});
    parser.process(app);
    if (!parser.isSet("home")) {
        qCritical("error: invalid_input: --home DIR is missing.");
        return 2;
    }
    const auto home = QDir(parser.value("home")).absolutePath();
    QDir::setCurrent("/");

    const auto supervisor = rc::Supervisor::open(home);
    if (!supervisor) {
        const auto& error = supervisor.error();
        qCritical("error: %s: %s", rc::idOf(error.code).data(), qPrintable(error.message));
        return rc::exitCode(error.code);
    }
    if (parser.isSet("idle-exit")) {
        (*supervisor)->setIdleExit(std::chrono::seconds(parser.value("idle-exit").toInt()));
    }
    QObject::connect(supervisor->get(), &rc::Supervisor::finished, &app, &QCoreApplication::quit, Qt::QueuedConnection);
    return app.exec();
}
