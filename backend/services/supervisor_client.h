// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/services/supervised_child.h"

#include <QCoroTask>

namespace rc {

/// What a stop reaches.
enum class StopReach {
    /// The session of the child.
    Session,
    /// Also what has left the session, as long as it bears the mark of the child.
    Tree,
};

/// Talks to the supervisor of a home (its own header app/supervisor/supervisor.h has the requests). A value: it holds
/// no connection, each request makes its own, and a request may outlive the client that made it. Must be used in a
/// thread with an event loop.
///
/// Every request: Unreachable if no supervisor answers, Timeout if it does not answer in time, otherwise what the
/// supervisor says.
class SupervisorClient
{
public:
    explicit SupervisorClient(QString home, Milliseconds timeout = std::chrono::seconds(10));

    /// The supervisor of this installation, beside the program that runs.
    [[nodiscard]] static QString installedProgram();

    /// Starts the program as the home's supervisor if none answers, in a session of its own, and returns when it does.
    /// StoreError if the home cannot be written, NotFound if there is no such program.
    [[nodiscard]] QCoro::Task<Status> ensureRunning(QString supervisorProgram) const;

    /// One request as it is; the answer without its "ok".
    [[nodiscard]] QCoro::Task<Result<QJsonObject>> request(QJsonObject request) const;

    /// Busy if it is running already.
    [[nodiscard]] QCoro::Task<Result<ChildRecord>> start(const QString& id, const ChildSpec& spec) const;
    /// Returns when nothing that the stop reaches is left; after the grace it is killed. The client's timeout comes on
    /// top of the grace. A child that has ended is stopped already.
    [[nodiscard]] QCoro::Task<Result<ChildRecord>> stop(QString id, Milliseconds grace,
                                                        StopReach reach = StopReach::Session) const;
    /// The supervisor knows nothing of a child any more that has ended. WrongState if anything of its session lives.
    [[nodiscard]] QCoro::Task<Status> forget(QString id) const;
    [[nodiscard]] QCoro::Task<Result<ChildRecord>> status(QString id) const;
    [[nodiscard]] QCoro::Task<Result<ChildRecord>> signal(QString id, ProcessSignal signal) const;
    [[nodiscard]] QCoro::Task<Result<QList<ChildRecord>>> list() const;
    /// Stops all children, each with the grace, and then the supervisor.
    [[nodiscard]] QCoro::Task<Status> shutdown(Milliseconds grace) const;

private:
    QString m_home;
    Milliseconds m_timeout;
};

} // namespace rc
