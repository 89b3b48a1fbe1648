// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/base/operation.h"
#include "backend/base/redaction.h"
#include "backend/services/supervisor_client.h"

namespace rc {

/// A program to be run to its end, without a shell.
struct CommandSpec
{
    /// An absolute path.
    QString program = {};
    QStringList arguments = {};
    /// Added to the few variables that a child gets; see ChildSpec.
    QMap<QString, QString> environment = {};
    QString directory = "/";
    /// What it writes to its standard error goes into a file of its own.
    bool errorsApart = false;
};

/// The program of that name: an absolute path as it is, otherwise from PATH as it is fixed here (searchPath()).
/// NotFound if there is none, or if it cannot be executed.
[[nodiscard]] Result<QString> findProgram(const QString& name);
/// What commands get as PATH: the places where systems keep their programs, whatever PATH this process has.
[[nodiscard]] QString searchPath();

/// Commands as children of the home's supervisor. They outlive this process: each has a key, under which another
/// process finds what became of it. Their output goes to HOME/commands/KEY.out and .err, which stay.
class CommandRunner
{
public:
    /// A command that writes more than `mostOutput` is given up by follow().
    explicit CommandRunner(QString home, QString supervisorProgram = SupervisorClient::installedProgram(),
                           qint64 mostOutput = 64LL * 1024 * 1024);

    [[nodiscard]] QString outputFile(const QString& key) const;
    [[nodiscard]] QString errorFile(const QString& key) const;

    /// Starts it, and the supervisor if there is none. Conflict if the key has been used; otherwise as
    /// SupervisorClient::start. `may_run` among the details of the error: whether it was started
    /// cannot be told. Otherwise nothing has been started.
    [[nodiscard]] QCoro::Task<Result<ChildRecord>> start(QString key, CommandSpec spec) const;
    /// Nothing if it was never started. WrongState if it left a file and the supervisor does not know it.
    [[nodiscard]] QCoro::Task<Result<std::optional<ChildRecord>>> find(QString key) const;
    /// Those with keys that begin so.
    [[nodiscard]] QCoro::Task<Result<QList<ChildRecord>>> list(QString prefix) const;
    /// Waits until it has ended, and tells what it writes meanwhile. Otherwise it goes on running: Cancelled,
    /// InvalidInput if it writes too much, or whatever keeps the supervisor from answering.
    [[nodiscard]] QCoro::Task<Result<ChildRecord>> follow(QString key, Redaction redaction, Operation operation) const;
    /// TERM, and KILL after five seconds, to it and all that it has started; returns when nothing of it lives.
    [[nodiscard]] QCoro::Task<Result<ChildRecord>> stop(QString key) const;
    /// Whether anything with a key under this one (`PLAN-1/step`) was ever started. Asks nobody.
    [[nodiscard]] bool hasRun(const QString& under) const;
    /// Stops all under this key; the answer is what still runs then, with why. `process` is empty where that is not
    /// known.
    struct StillRuns
    {
        ProcessIdentity process;
        Error why;
    };
    [[nodiscard]] QCoro::Task<QList<StillRuns>> stopAll(QString under) const;
    /// Drops what the supervisor knows of those with keys that begin so, as far as they have ended; the files stay.
    [[nodiscard]] QCoro::Task<Status> forget(QString prefix) const;

    /// Those under this key that live, by what the supervisor has written down. Asks nobody.
    [[nodiscard]] QList<ProcessIdentity> living(const QString& under) const;

private:
    QString m_home;
    QString m_supervisorProgram;
    qint64 m_mostOutput;
    SupervisorClient m_supervisor;
};

} // namespace rc
