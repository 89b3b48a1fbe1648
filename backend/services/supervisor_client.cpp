// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/services/supervisor_client.h"

#include "backend/platform/files.h"
#include "backend/platform/os_lock.h"

#include <QCoroLocalSocket>
#include <QCoroTimer>

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFileInfo>
#include <QLocalSocket>
#include <QProcess>
#include <QTimer>

namespace rc {

namespace {

constexpr Milliseconds launchPatience{500};

std::unexpected<Error> noSupervisor(const QString& home)
{
    return fail(ErrorCode::Unreachable, QString("No supervisor answers for %1.").arg(home));
}

Milliseconds remaining(const QDeadlineTimer& deadline)
{
    return Milliseconds(deadline.remainingTime());
}

/// What the home's supervisor, if there is or was one, has written about itself.
QJsonObject addressOf(const QString& home)
{
    return QJsonDocument::fromJson(readFile(SupervisorFiles(home).address).value_or(QByteArray())).object();
}

/// Until there is more to read, the connection ends, or the time is over. QCoro's waitForReadyRead() returns at once as
/// long as anything is unread, so part of a line would keep it from the event loop that brings the rest.
QCoro::Task<> awaitMore(QLocalSocket* socket, Milliseconds time)
{
    QTimer wake;
    const auto stop = [&wake] { wake.start(0); };
    QObject::connect(socket, &QLocalSocket::readyRead, &wake, stop);
    QObject::connect(socket, &QLocalSocket::disconnected, &wake, stop);
    wake.setSingleShot(true);
    wake.start(time);
    co_await wake;
}

/// One line out, one line back.
QCoro::Task<Result<QJsonObject>> exchange(QString home, QString socketPath, QJsonObject request, Milliseconds timeout)
{
    const QDeadlineTimer deadline(timeout);
    QLocalSocket socket;
    socket.connectToServer(socketPath);
    if (socket.state() == QLocalSocket::ConnectingState) { // only then, for QCoro would wait for a change that has been
        co_await qCoro(socket).waitForConnected(remaining(deadline));
    }
    if (socket.state() != QLocalSocket::ConnectedState) {
        co_return noSupervisor(home);
    }
    socket.write(canonicalJson(request) + '\n');
    while (!socket.canReadLine()) {
        if (deadline.hasExpired()) {
            co_return fail(ErrorCode::Timeout, QString("The supervisor of %1 did not answer in time.").arg(home));
        }
        if (socket.state() != QLocalSocket::ConnectedState) {
            co_return noSupervisor(home);
        }
        auto waiting = awaitMore(&socket, remaining(deadline));
        co_await waiting;
    }
    co_return QJsonDocument::fromJson(socket.readLine()).object();
}

QCoro::Task<Result<QJsonObject>> requestOf(QString home, QJsonObject request, Milliseconds timeout)
{
    const auto socketPath = addressOf(home)["socket"].toString();
    if (socketPath.isEmpty()) {
        co_return noSupervisor(home);
    }
    auto exchanging = exchange(home, socketPath, request, timeout);
    auto answer = co_await exchanging;
    if (!answer) {
        co_return std::unexpected(answer.error());
    }
    if (answer->take("ok").toBool()) {
        co_return *answer;
    }
    const auto error = answer->value("error").toObject();
    co_return fail(enumFromJson(error["code"], ErrorCode::InvalidInput), error["message"].toString(),
                   error["details"].toObject());
}

QCoro::Task<Result<ChildRecord>> childOf(QString home, QJsonObject request, Milliseconds timeout)
{
    auto asking = requestOf(home, request, timeout);
    const auto answer = co_await asking;
    if (!answer) {
        co_return std::unexpected(answer.error());
    }
    co_return ChildRecord::fromJson((*answer)["child"].toObject());
}

QCoro::Task<Result<QList<ChildRecord>>> listOf(QString home, Milliseconds timeout)
{
    auto asking = requestOf(home, {{"request", "list"}}, timeout);
    const auto answer = co_await asking;
    if (!answer) {
        co_return std::unexpected(answer.error());
    }
    QList<ChildRecord> children;
    const auto array = (*answer)["children"].toArray();
    for (const auto& child : array) {
        children.append(ChildRecord::fromJson(child.toObject()));
    }
    co_return children;
}

QCoro::Task<Status> statusOf(QString home, QJsonObject request, Milliseconds timeout)
{
    auto asking = requestOf(home, request, timeout);
    const auto answer = co_await asking;
    if (!answer) {
        co_return std::unexpected(answer.error());
    }
    co_return Status();
}

Result<ProcessIdentity> launch(const QString& home, const QString& program)
{
    const SupervisorFiles files(home);
    for (const auto& directory : {home, files.directory}) {
        const auto made = ensurePrivateDirectory(directory);
        if (!made) {
            return std::unexpected(made.error());
        }
    }
    QProcess process;
    process.setProgram(program);
    process.setArguments({"--home", QFileInfo(home).absoluteFilePath()});
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(files.log, QIODevice::Append);
    process.setStandardErrorFile(files.log, QIODevice::Append);
    qint64 pid = 0;
    if (!process.startDetached(&pid)) {
        return fail(ErrorCode::NotFound, QString("The supervisor %1 could not be started.").arg(program));
    }
    return identify(pid).value_or(ProcessIdentity{});
}

QCoro::Task<Status> ensureRunningOf(QString home, QString program, Milliseconds timeout)
{
    const QDeadlineTimer deadline(timeout);
    auto looking = listOf(home, timeout);
    const auto there = co_await looking;
    if (there || there.error().code != ErrorCode::Unreachable) {
        co_return there ? Status() : Status(std::unexpected(there.error()));
    }
    auto launched = launch(home, program);
    QDeadlineTimer patience(launchPatience);
    while (launched && !deadline.hasExpired()) {
        auto asking = listOf(home, remaining(deadline));
        const auto children = co_await asking;
        // If another answers, ours still has to find that out: left alone, it could outlive the other's shutdown.
        if (children &&
            (ProcessIdentity::fromJson(addressOf(home)["process"].toObject()) == *launched || !isAlive(*launched))) {
            co_return Status();
        }
        // One that was just ending has sent ours away; once it is gone, another is needed.
        if (patience.hasExpired() && !isAlive(*launched) && !OsLock::isHeld(SupervisorFiles(home).lock)) {
            launched = launch(home, program);
            patience.setRemainingTime(launchPatience);
        }
        auto pause = QCoro::sleepFor(Milliseconds(20));
        co_await pause;
    }
    if (!launched) {
        co_return std::unexpected(launched.error());
    }
    co_return fail(ErrorCode::Timeout,
                   QString("The supervisor was started and does not answer; see %1.").arg(SupervisorFiles(home).log));
}

} // namespace

SupervisorClient::SupervisorClient(QString home, Milliseconds timeout)
    : m_home(std::move(home))
    , m_timeout(timeout)
{
}

QString SupervisorClient::installedProgram()
{
    return QCoreApplication::applicationDirPath() + "/recovery-supervisor";
}

QCoro::Task<Status> SupervisorClient::ensureRunning(QString supervisorProgram) const
{
    return ensureRunningOf(m_home, std::move(supervisorProgram), m_timeout);
}

QCoro::Task<Result<QJsonObject>> SupervisorClient::request(QJsonObject request) const
{
    return requestOf(m_home, std::move(request), m_timeout);
}

QCoro::Task<Result<ChildRecord>> SupervisorClient::start(const QString& id, const ChildSpec& spec) const
{
    auto request = spec.toJson();
    request["request"] = "start";
    request["id"] = id;
    return childOf(m_home, request, m_timeout);
}

QCoro::Task<Result<ChildRecord>> SupervisorClient::stop(QString id, Milliseconds grace, StopReach reach) const
{
    return childOf(
        m_home,
        {{"request", "stop"}, {"id", id}, {"grace_ms", qint64(grace.count())}, {"tree", reach == StopReach::Tree}},
        grace + m_timeout);
}

QCoro::Task<Status> SupervisorClient::forget(QString id) const
{
    return statusOf(m_home, {{"request", "forget"}, {"id", id}}, m_timeout);
}

QCoro::Task<Result<ChildRecord>> SupervisorClient::status(QString id) const
{
    return childOf(m_home, {{"request", "status"}, {"id", id}}, m_timeout);
}

QCoro::Task<Result<ChildRecord>> SupervisorClient::signal(QString id, ProcessSignal signal) const
{
    return childOf(m_home, {{"request", "signal"}, {"id", id}, {"signal", idOf(signal)}}, m_timeout);
}

QCoro::Task<Result<QList<ChildRecord>>> SupervisorClient::list() const
{
    return listOf(m_home, m_timeout);
}

QCoro::Task<Status> SupervisorClient::shutdown(Milliseconds grace) const
{
    return statusOf(m_home, {{"request", "shutdown"}, {"grace_ms", qint64(grace.count())}}, grace + m_timeout);
}

} // namespace rc
