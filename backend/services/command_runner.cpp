// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/services/command_runner.h"

#include "backend/platform/files.h"
#include "backend/services/command_output.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QStandardPaths>

namespace rc {
namespace {

constexpr Milliseconds grace{5'000};
/// A quick command is seen to end quickly; a long one is not asked about all the time.
constexpr Milliseconds eagerFor{2'000};
constexpr Milliseconds eagerInterval{50};
constexpr Milliseconds calmInterval{250};

QString childId(const QString& key)
{
    return "command:" + key;
}

} // namespace

QString searchPath()
{
    return "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
}

Result<QString> findProgram(const QString& name)
{
    const bool isPath = QDir::isAbsolutePath(name);
    auto found = isPath               ? QStandardPaths::findExecutable(name)
                 : name.contains('/') ? QString()
                                      : QStandardPaths::findExecutable(name, searchPath().split(':'));
    if (!found.isEmpty()) {
        return found;
    }
    if (!isPath) {
        return fail(ErrorCode::NotFound, QString("There is no program %1 in %2.").arg(name, searchPath()));
    }
    return fail(ErrorCode::NotFound, QFileInfo::exists(name) ? QString("%1 cannot be executed.").arg(name)
                                                             : QString("There is no program %1.").arg(name));
}

CommandRunner::CommandRunner(QString home, QString supervisorProgram, qint64 mostOutput)
    : m_home(std::move(home))
    , m_supervisorProgram(std::move(supervisorProgram))
    , m_mostOutput(mostOutput)
    , m_supervisor(m_home)
{
}

QString CommandRunner::outputFile(const QString& key) const
{
    return QDir(m_home).absoluteFilePath("commands/" + key + ".out");
}

QString CommandRunner::errorFile(const QString& key) const
{
    return QDir(m_home).absoluteFilePath("commands/" + key + ".err");
}

QCoro::Task<Result<ChildRecord>> CommandRunner::start(QString key, CommandSpec spec) const
{
    const auto output = outputFile(key);
    if (QFileInfo::exists(output)) {
        co_return fail(ErrorCode::Conflict, QString("There is an output of this command already: %1.").arg(output));
    }
    if (const auto made = ensurePrivateDirectory(QFileInfo(output).path()); !made) {
        co_return std::unexpected(made.error());
    }
    ChildSpec child{.program = spec.program,
                    .arguments = spec.arguments,
                    .environment = spec.environment,
                    .directory = spec.directory,
                    .log = output,
                    .errors = spec.errorsApart ? errorFile(key) : QString()};
    if (!child.environment.contains("PATH")) {
        child.environment["PATH"] = searchPath();
    }
    const Status running = co_await m_supervisor.ensureRunning(m_supervisorProgram);
    if (!running) {
        co_return std::unexpected(running.error());
    }
    Result<ChildRecord> started = co_await m_supervisor.start(childId(key), child);
    if (!started && (started.error().code == ErrorCode::Timeout || started.error().code == ErrorCode::Unreachable)) {
        // It may have been started without our hearing of it.
        const Result<std::optional<ChildRecord>> found = co_await find(key);
        if (found && *found) {
            started = **found;
        } else if (!found) {
            started.error().details["may_run"] = true;
        }
    }
    co_return started;
}

QCoro::Task<Result<std::optional<ChildRecord>>> CommandRunner::find(QString key) const
{
    const Status running = co_await m_supervisor.ensureRunning(m_supervisorProgram);
    if (!running) {
        co_return std::unexpected(running.error());
    }
    const Result<ChildRecord> child = co_await m_supervisor.status(childId(key));
    if (child) {
        co_return std::optional(*child);
    }
    if (child.error().code != ErrorCode::NotFound) {
        co_return std::unexpected(child.error());
    }
    if (QFileInfo::exists(outputFile(key))) {
        co_return fail(
            ErrorCode::WrongState,
            QString("The supervisor knows nothing of the command any more; it has left %1.").arg(outputFile(key)));
    }
    co_return std::optional<ChildRecord>();
}

QCoro::Task<Result<QList<ChildRecord>>> CommandRunner::list(QString prefix) const
{
    const Status running = co_await m_supervisor.ensureRunning(m_supervisorProgram);
    if (!running) {
        co_return std::unexpected(running.error());
    }
    Result<QList<ChildRecord>> children = co_await m_supervisor.list();
    if (children) {
        children->removeIf([&](const ChildRecord& child) { return !child.id.startsWith(childId(prefix)); });
    }
    co_return children;
}

QCoro::Task<Result<ChildRecord>> CommandRunner::follow(QString key, Redaction redaction, Operation operation) const
{
    QElapsedTimer clock;
    clock.start();
    OutputFollower output(outputFile(key), redaction);
    while (true) {
        const Result<ChildRecord> child = co_await m_supervisor.status(childId(key));
        output.tell(operation, child && child->state == ChildState::Exited);
        if (child && child->state == ChildState::Exited) {
            co_return child;
        }
        if (operation.cancel.isCancelled()) {
            co_return fail(ErrorCode::Cancelled, "The command was stopped.");
        }
        if (QFileInfo(outputFile(key)).size() + QFileInfo(errorFile(key)).size() > m_mostOutput) {
            co_return fail(ErrorCode::InvalidInput,
                           QString("The command wrote more than %1 MiB.").arg(m_mostOutput / (1024LL * 1024)));
        }
        if (!child && child.error().code == ErrorCode::Unreachable) {
            // The child lives on without its supervisor, and the next one adopts it.
            const Status again = co_await m_supervisor.ensureRunning(m_supervisorProgram);
            if (!again) {
                co_return std::unexpected(again.error());
            }
        } else if (!child && child.error().code != ErrorCode::Timeout) {
            co_return child;
        }
        const auto wait = Milliseconds(clock.elapsed()) < eagerFor ? eagerInterval : calmInterval;
        (void)co_await pause(wait, operation.cancel);
    }
}

QCoro::Task<Result<ChildRecord>> CommandRunner::stop(QString key) const
{
    const Status running = co_await m_supervisor.ensureRunning(m_supervisorProgram);
    if (!running) {
        co_return std::unexpected(running.error());
    }
    const Result<ChildRecord> stopped = co_await m_supervisor.stop(childId(key), grace, StopReach::Tree);
    co_return stopped;
}

bool CommandRunner::hasRun(const QString& under) const
{
    return QFileInfo(QDir(m_home).absoluteFilePath("commands/" + under)).isDir();
}

QCoro::Task<QList<CommandRunner::StillRuns>> CommandRunner::stopAll(QString under) const
{
    QList<StillRuns> left;
    const Result<QList<ChildRecord>> children = co_await list(under + "/");
    if (!children) {
        const auto last = living(under);
        for (const auto& process : last) {
            left.append({process, children.error()});
        }
        if (last.isEmpty()) {
            left.append({{}, children.error()});
        }
        co_return left;
    }
    for (const auto& child : *children) {
        const Result<ChildRecord> stopped = co_await m_supervisor.stop(child.id, grace, StopReach::Tree);
        if (!stopped && stopped.error().code != ErrorCode::NotFound) {
            left.append({child.process, stopped.error()});
        }
    }
    co_return left;
}

QList<ProcessIdentity> CommandRunner::living(const QString& under) const
{
    QList<ProcessIdentity> processes;
    const auto file = readFile(SupervisorFiles(m_home).children).value_or(QByteArray());
    const auto children = QJsonDocument::fromJson(file)["children"].toArray();
    for (const QJsonValue entry : children) {
        const auto child = ChildRecord::fromJson(entry.toObject());
        if (child.id.startsWith(childId(under + "/")) && isSessionAlive(child.process)) {
            processes.append(child.process);
        }
    }
    return processes;
}

QCoro::Task<Status> CommandRunner::forget(QString prefix) const
{
    const Result<QList<ChildRecord>> children = co_await list(prefix);
    if (!children) {
        co_return std::unexpected(children.error());
    }
    for (const auto& child : *children) {
        const Status forgotten = co_await m_supervisor.forget(child.id);
        if (!forgotten && forgotten.error().code != ErrorCode::WrongState) {
            co_return forgotten;
        }
    }
    co_return Status();
}

} // namespace rc
