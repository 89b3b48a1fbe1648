// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/supervisor/child_table.h"
#include "backend/platform/os_lock.h"

#include <QElapsedTimer>
#include <QLocalServer>

#include <memory>

class QLocalSocket;

namespace rc {

/// Keeps the processes of one home and answers on a local socket that only its user may open. A client connects, sends
/// one line of JSON and gets one back, {"ok": true, ...} or {"ok": false, "error": {code, message, details}}:
///
///     {"request": "start", "id", "program", "arguments": [], "environment": {}, "directory", "log", "errors"}
///     {"request": "stop", "id", "grace_ms", "tree": false}
///     {"request": "signal", "id", "signal": "term" | "kill" | "stop" | "cont"}
///     {"request": "status", "id"}
///     {"request": "forget", "id"}
///     {"request": "list"}
///     {"request": "shutdown", "grace_ms"}
///
/// The first four answer {"child": ChildRecord}, the list {"children": [ChildRecord]}. A stop with "tree" also ends
/// what has left the child's session. A shutdown is answered when all children are gone; meanwhile no new connection is
/// taken, and then the program ends. Ctrl-C or SIGTERM is a shutdown too; a second one ends the program at once and
/// leaves the children to the next supervisor, as its sudden death would.
class Supervisor : public QObject
{
    Q_OBJECT

public:
    /// Busy if the home has a supervisor already. StoreError if the home cannot be written.
    [[nodiscard]] static Result<std::unique_ptr<Supervisor>> open(const QString& home);
    ~Supervisor() override;
    Q_DISABLE_COPY_MOVE(Supervisor)

    /// Ends the program when no child has run and no request has come for so long. Never, if not called.
    void setIdleExit(std::chrono::seconds idle);

Q_SIGNALS:
    /// All children are gone, or the program has nothing left to do.
    void finished();

private:
    Supervisor(SupervisorFiles files, OsLock lock, std::unique_ptr<ChildTable> children);
    [[nodiscard]] Status listen();
    void greet();
    void readFrom(QLocalSocket* client);
    QCoro::Task<> serve(QPointer<QLocalSocket> client, QByteArray line);
    [[nodiscard]] QCoro::Task<Result<QJsonObject>> answer(QJsonObject request);
    [[nodiscard]] QCoro::Task<Status> shutDown(Milliseconds grace);
    /// Once the children are gone, and whoever asked for it has been told.
    void finishWhenQuiet();
    void interrupt(int count);
    void checkIdle();
    /// Somebody may clean up the directory of the sockets: then it listens anew.
    void checkAddress();

    SupervisorFiles m_files;
    OsLock m_lock;
    std::unique_ptr<ChildTable> m_children;
    QLocalServer m_server;
    InterruptWatcher m_interrupts;
    QTimer m_idleTimer;
    QTimer m_addressTimer;
    QElapsedTimer m_sinceRequest;
    std::chrono::seconds m_idleExit{0};
    int m_serving = 0;
    bool m_shuttingDown = false;
    bool m_over = false;
};

} // namespace rc
