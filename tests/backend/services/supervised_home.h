// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/platform/files.h"
#include "backend/services/supervisor_client.h"

#include <QCoroTask>

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

/// A home with a supervisor, for one test function; nothing of it is left afterwards.
class SupervisedHome
{
public:
    explicit SupervisedHome(const QString& subdirectory = "home")
        : path(m_directory.filePath(subdirectory))
        , client(path)
    {
    }
    ~SupervisedHome()
    {
        const auto ended = wait(client.shutdown(rc::Milliseconds(0)));
        if (!ended) {
            for (const auto& child : std::as_const(started)) {
                rc::signalSession(child, rc::ProcessSignal::Kill);
            }
        }
    }
    Q_DISABLE_COPY_MOVE(SupervisedHome)

    template <class T>
    static T wait(QCoro::Task<T> task)
    {
        return QCoro::waitFor(std::move(task));
    }

    static void kill9(const rc::ProcessIdentity& process)
    {
        QVERIFY(rc::isAlive(process));
        ::kill(static_cast<pid_t>(process.pid), SIGKILL);
        QTRY_VERIFY(!rc::isAlive(process));
    }

    rc::Status begin() const { return wait(client.ensureRunning(RC_BIN_DIR "/recovery-supervisor")); }

    /// The supervisor's own process, as it says in its address file.
    rc::ProcessIdentity supervisor() const
    {
        const auto bytes = rc::readFile(rc::SupervisorFiles(path).address).value_or(QByteArray());
        return rc::ProcessIdentity::fromJson(QJsonDocument::fromJson(bytes)["process"].toObject());
    }

    rc::ChildSpec shell(const QString& script) const
    {
        return {.program = "bash", .arguments = {"-c", script}, .directory = "/", .log = log()};
    }

    rc::Result<rc::ChildRecord> start(const QString& id, const QString& script)
    {
        auto child = wait(client.start(id, shell(script)));
        if (child) {
            started.append(child->process);
        }
        return child;
    }

    rc::ChildRecord status(const QString& id) const { return wait(client.status(id)).value_or(rc::ChildRecord{}); }

    QString log() const { return path + "/child.log"; }
    QByteArray logged() const { return rc::readFile(log()).value_or(QByteArray()); }

private:
    QTemporaryDir m_directory;

public:
    const QString path;
    const rc::SupervisorClient client;
    QList<rc::ProcessIdentity> started;
};
