// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervisor/supervisor.h"

#include "backend/platform/files.h"
#include "backend/platform/runtime_directory.h"

#include <QCoroTimer>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QPointer>

namespace rc {

namespace {

constexpr Milliseconds defaultGrace{10'000};
constexpr qsizetype longestRequest = 1'000'000;
constexpr Milliseconds addressInterval{500};

Result<QJsonObject> childAnswer(const Result<ChildRecord>& child)
{
    if (!child) {
        return std::unexpected(child.error());
    }
    return QJsonObject{{"child", child->toJson()}};
}

Milliseconds graceOf(const QJsonObject& request)
{
    return Milliseconds(std::max<qint64>(0, request["grace_ms"].toInteger(defaultGrace.count())));
}

QByteArray lineOf(const Result<QJsonObject>& answer)
{
    QJsonObject object = answer ? *answer : QJsonObject{{"error", answer.error().toJson()}};
    object["ok"] = answer.has_value();
    return canonicalJson(object) + '\n';
}

Result<QJsonObject> startIn(ChildTable& children, const QJsonObject& request)
{
    const auto id = request["id"].toString();
    const auto spec = ChildSpec::fromJson(request);
    if (id.isEmpty() || spec.program.isEmpty() || !QDir::isAbsolutePath(spec.directory) ||
        !QDir::isAbsolutePath(spec.log)) {
        return fail(ErrorCode::InvalidInput,
                    "A start needs an id, a program, and absolute paths of directory and log.");
    }
    return childAnswer(children.start(id, spec));
}

Result<QJsonObject> signalIn(ChildTable& children, const QJsonObject& request)
{
    const auto signal = fromId<ProcessSignal>(request["signal"].toString());
    if (!signal) {
        return fail(ErrorCode::InvalidInput, QString("A signal is one of %1.").arg(allIds<ProcessSignal>().join(", ")));
    }
    return childAnswer(children.signal(request["id"].toString(), *signal));
}

QJsonObject listOf(ChildTable& children)
{
    QJsonArray array;
    const auto records = children.list();
    for (const auto& child : records) {
        array.append(child.toJson());
    }
    return {{"children", array}};
}

} // namespace

Supervisor::Supervisor(SupervisorFiles files, OsLock lock, std::unique_ptr<ChildTable> children)
    : m_files(std::move(files))
    , m_lock(std::move(lock))
    , m_children(std::move(children))
{
    m_sinceRequest.start();
    connect(&m_server, &QLocalServer::newConnection, this, &Supervisor::greet);
    connect(&m_interrupts, &InterruptWatcher::interrupted, this, &Supervisor::interrupt);
    connect(&m_idleTimer, &QTimer::timeout, this, &Supervisor::checkIdle);
    connect(&m_addressTimer, &QTimer::timeout, this, &Supervisor::checkAddress);
    m_addressTimer.start(addressInterval);
}

Supervisor::~Supervisor()
{
    QFile::remove(m_files.address);
}

Result<std::unique_ptr<Supervisor>> Supervisor::open(const QString& home)
{
    SupervisorFiles files(home);
    for (const auto& directory : {home, files.directory}) {
        const auto made = ensurePrivateDirectory(directory);
        if (!made) {
            return std::unexpected(made.error());
        }
    }
    auto lock = OsLock::tryAcquire(files.lock);
    if (!lock && lock.error().code == ErrorCode::Busy) {
        return fail(ErrorCode::Busy, QString("%1 has a supervisor already.").arg(home));
    }
    if (!lock) {
        return std::unexpected(lock.error());
    }
    becomeSubreaper();
    auto children = ChildTable::open(files.children);
    if (!children) {
        return std::unexpected(children.error());
    }
    std::unique_ptr<Supervisor> supervisor(new Supervisor(files, *std::move(lock), *std::move(children)));
    const auto listening = supervisor->listen();
    if (!listening) {
        return std::unexpected(listening.error());
    }
    return supervisor;
}

Status Supervisor::listen()
{
    const auto directory = runtimeDirectory();
    if (!directory) {
        return std::unexpected(directory.error());
    }
    // The home's path may be long and a socket's may not; the lock is held, so a socket that is there is a dead one.
    const auto name = sha256Hex(QFile::encodeName(m_files.directory)).left(16);
    const auto path = QString("%1/s-%2").arg(*directory, name);
    QLocalServer::removeServer(path);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    if (!m_server.listen(path)) {
        return fail(ErrorCode::StoreError, QString("Cannot listen on %1: %2.").arg(path, m_server.errorString()));
    }
    const QJsonObject address{{"socket", path}, {"process", currentProcess().toJson()}};
    return writeFileAtomically(m_files.address, QJsonDocument(address).toJson());
}

void Supervisor::setIdleExit(std::chrono::seconds idle)
{
    m_idleExit = idle;
    m_idleTimer.start(std::chrono::milliseconds(250));
}

void Supervisor::checkIdle()
{
    if (m_children->hasRunning()) {
        m_sinceRequest.restart();
    } else if (m_sinceRequest.hasExpired(Milliseconds(m_idleExit).count()) && !m_shuttingDown) {
        Q_EMIT finished();
    }
}

void Supervisor::checkAddress()
{
    const bool reachable = QFile::exists(m_server.fullServerName()) && QFile::exists(m_files.address);
    if (reachable || m_shuttingDown) {
        return;
    }
    m_server.close();
    if (const auto listening = listen(); !listening) {
        qWarning("%s", qPrintable(listening.error().message));
    }
}

void Supervisor::greet()
{
    while (auto* client = m_server.nextPendingConnection()) {
        connect(client, &QLocalSocket::disconnected, client, &QObject::deleteLater);
        connect(client, &QLocalSocket::readyRead, this, [this, client] { readFrom(client); });
        readFrom(client);
    }
}

void Supervisor::readFrom(QLocalSocket* client)
{
    if (client->canReadLine()) {
        disconnect(client, &QLocalSocket::readyRead, this, nullptr);
        m_sinceRequest.restart();
        serve(client, client->readLine());
    } else if (client->bytesAvailable() > longestRequest) {
        client->abort();
    }
}

QCoro::Task<> Supervisor::serve(QPointer<QLocalSocket> client, QByteArray line)
{
    QJsonParseError problem;
    const auto request = QJsonDocument::fromJson(line, &problem).object();
    ++m_serving;
    Result<QJsonObject> result = fail(ErrorCode::InvalidInput, "A request is one JSON object on one line.");
    if (problem.error == QJsonParseError::NoError) {
        auto answering = answer(request);
        result = co_await answering;
    }
    if (client) { // it may have gone away meanwhile
        client->write(lineOf(result));
        client->flush();
        client->disconnectFromServer();
    }
    --m_serving;
    finishWhenQuiet();
}

QCoro::Task<Result<QJsonObject>> Supervisor::answer(QJsonObject request)
{
    const auto verb = request["request"].toString();
    const auto id = request["id"].toString();
    if (verb == "start") {
        co_return m_shuttingDown ? fail(ErrorCode::WrongState, "The supervisor is shutting down.")
                                 : startIn(*m_children, request);
    }
    if (verb == "stop") {
        const auto reach = request["tree"].toBool() ? StopReach::Tree : StopReach::Session;
        auto stopping = m_children->stop(id, graceOf(request), reach);
        const auto child = co_await stopping;
        co_return childAnswer(child);
    }
    if (verb == "signal") {
        co_return signalIn(*m_children, request);
    }
    if (verb == "status") {
        co_return childAnswer(m_children->status(id));
    }
    if (verb == "forget") {
        const auto forgotten = m_children->forget(id);
        co_return forgotten ? Result<QJsonObject>(QJsonObject()) : std::unexpected(forgotten.error());
    }
    if (verb == "list") {
        co_return listOf(*m_children);
    }
    if (verb == "shutdown") {
        auto stopping = shutDown(graceOf(request));
        const auto status = co_await stopping;
        if (!status) {
            co_return std::unexpected(status.error());
        }
        co_return QJsonObject();
    }
    co_return fail(ErrorCode::InvalidInput, QString("The supervisor does not know the request '%1'.").arg(verb));
}

QCoro::Task<Status> Supervisor::shutDown(Milliseconds grace)
{
    if (m_shuttingDown) {
        co_return fail(ErrorCode::WrongState, "The supervisor is shutting down already.");
    }
    m_shuttingDown = true;
    m_server.close(); // whoever comes now wants the next supervisor
    auto stopping = m_children->stopAll(grace);
    const auto status = co_await stopping;
    m_over = status.has_value();
    if (!m_over) {
        m_shuttingDown = false;
        const auto listening = listen();
        co_return listening ? status : listening;
    }
    co_return status;
}

void Supervisor::finishWhenQuiet()
{
    if (m_over && m_serving == 0) {
        Q_EMIT finished();
    }
}

void Supervisor::interrupt(int count)
{
    if (count > 1) {
        Q_EMIT finished();
        return;
    }
    auto stopping = shutDown(defaultGrace);
    stopping.then([this](const Status& status) {
        if (!status) {
            qWarning("%s", qPrintable(status.error().message));
        }
        finishWhenQuiet();
    });
}

} // namespace rc
