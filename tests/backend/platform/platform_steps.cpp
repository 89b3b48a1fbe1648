// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/failpoint.h"
#include "backend/platform/files.h"
#include "backend/platform/os_lock.h"
#include "backend/platform/signals.h"
#include "backend/platform/terminal.h"

#include <QCoreApplication>

#include <iostream>
#include <string>

#include <unistd.h>

using namespace rc;

static int report(const Status& status)
{
    if (status) {
        return 0;
    }
    std::cout << idOf(status.error().code).data() << ": " << status.error().message.toStdString() << std::endl;
    return 1;
}

static int holdLock(const QString& path)
{
    const auto lock = OsLock::tryAcquire(path);
    if (!lock) {
        return report(std::unexpected(lock.error()));
    }
    std::cout << "held" << std::endl;
    std::string line;
    std::getline(std::cin, line);
    return 0;
}

static int passFailpoint(const QByteArray& name, int times)
{
    for (int i = 1; i <= times; ++i) {
        failpoint(name.constData());
        std::cout << i << std::endl;
    }
    return 0;
}

/// On a terminal it stays until it is killed: a session leader's exit throws away what nobody has read yet.
static int stayWith(const Status& status)
{
    report(status);
    while (isTerminal(STDIN_FILENO)) {
        ::pause();
    }
    return status ? 0 : 1;
}

static int askPassphrase()
{
    const InterruptWatcher watcher;
    const auto answer = readPassphrase("Passphrase: ");
    if (!answer) {
        return stayWith(std::unexpected(answer.error()));
    }
    std::cout << "length " << answer->size() << std::endl;
    return stayWith({});
}

static int askQuestion()
{
    const auto answer = askOnTerminal("Really? ");
    if (!answer) {
        return stayWith(std::unexpected(answer.error()));
    }
    std::cout << "answered '" << answer->toStdString() << "'" << std::endl;
    return stayWith({});
}

static int countInterrupts(QCoreApplication& app)
{
    InterruptWatcher watcher;
    QObject::connect(&watcher, &InterruptWatcher::interrupted, &app, [](int count) {
        std::cout << "interrupt " << count << std::endl;
        if (count == 2) {
            QCoreApplication::quit();
        }
    });
    std::cout << "ready" << std::endl;
    return QCoreApplication::exec();
}

/// platform_steps STEP ARGUMENTS...: one call of the platform library in a process of its own.
int main(int argc, char* argv[])
{
    QCoreApplication app(argc, argv);
    const auto arguments = QCoreApplication::arguments().mid(1);
    const auto& step = arguments.value(0);
    if (step == "write") {
        return report(writeFileAtomically(arguments.value(1), QByteArray(arguments.value(2).toInt(), 'x')));
    }
    if (step == "private-directory") {
        return report(ensurePrivateDirectory(arguments.value(1)));
    }
    if (step == "hold-lock") {
        return holdLock(arguments.value(1));
    }
    if (step == "failpoint") {
        return passFailpoint(arguments.value(1).toLatin1(), arguments.value(2).toInt());
    }
    if (step == "passphrase") {
        return askPassphrase();
    }
    if (step == "question") {
        return askQuestion();
    }
    return step == "interrupts" ? countInterrupts(app) : 2;
}
