// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/services/supervisor_client.h"

#include <QCoroTask>

#include <QCoreApplication>

#include <iostream>

/// supervisor_starter HOME SUPERVISOR: starts the supervisor and "sleep 600" as its child "orphan", says so, and stays.
int main(int argc, char* argv[])
{
    QCoreApplication app(argc, argv);
    const auto home = QCoreApplication::arguments().at(1);
    const rc::SupervisorClient client(home);
    const auto running = QCoro::waitFor(client.ensureRunning(QCoreApplication::arguments().at(2)));
    const auto child = QCoro::waitFor(client.start(
        "orphan", {.program = "sleep", .arguments = {"600"}, .directory = "/", .log = home + "/orphan.log"}));
    std::cout << (running && child ? "started" : "failed") << std::endl;
    return QCoreApplication::exec();
}
