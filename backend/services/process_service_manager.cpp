// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/services/process_service_manager.h"

#include <QCoroTimer>

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>

namespace rc {

namespace {

std::unexpected<Error> unknownSystem(const SystemId& id)
{
    return fail(ErrorCode::NotFound, QString("No system %1 is kept as a process.").arg(id.text()));
}

ServiceActionResult resultOf(bool success, QString details, const QElapsedTimer& clock,
                             std::optional<ProcessIdentity> process = {})
{
    return {.success = success,
            .timestamp = std::chrono::floor<Milliseconds>(std::chrono::system_clock::now()),
            .details = std::move(details),
            .process = std::move(process),
            .duration = Milliseconds(clock.elapsed())};
}

/// The last lines that were written to a log after the offset: at most ten, at most 2000 bytes.
QString lastLines(const QString& path, qint64 offset)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || !file.seek(std::max(offset, file.size() - 2000))) {
        return {};
    }
    const auto lines = QString::fromUtf8(file.readAll()).trimmed().split('\n');
    return lines.mid(std::max<qsizetype>(0, lines.size() - 10)).join('\n');
}

QString failedStart(const SystemId& id, const ChildRecord& child, const QString& said)
{
    const auto sentence = QString("%1 did not stay up: it %2 right after its start.").arg(id.text(), child.stateText());
    return said.isEmpty() ? sentence + " Its log is empty." : sentence + " Its log ends with:\n" + said;
}

} // namespace

ProcessServiceManager::ProcessServiceManager(SupervisorClient supervisor, QHash<SystemId, ChildSpec> specs)
    : m_supervisor(std::move(supervisor))
    , m_specs(std::move(specs))
{
}

QCoro::Task<Result<ServiceActionResult>> ProcessServiceManager::stop(SystemId id, StopOptions options)
{
    QElapsedTimer clock;
    clock.start();
    if (!m_specs.contains(id)) {
        co_return unknownSystem(id);
    }
    auto stopping = m_supervisor.stop(id.text(), options.grace);
    const auto child = co_await stopping;
    if (child) {
        co_return resultOf(true, QString("%1 %2.").arg(id.text(), child->stateText()), clock, child->process);
    }
    if (child.error().code == ErrorCode::NotFound) {
        co_return resultOf(true, QString("%1 was not running.").arg(id.text()), clock);
    }
    co_return std::unexpected(child.error());
}

QCoro::Task<Result<ServiceActionResult>> ProcessServiceManager::start(SystemId id, StartOptions options)
{
    QElapsedTimer clock;
    clock.start();
    if (!m_specs.contains(id)) {
        co_return unknownSystem(id);
    }
    const auto supervisor = m_supervisor; // the manager may be gone when the service has settled
    auto spec = m_specs.value(id);
    spec.arguments += options.extraArguments;
    spec.environment.insert(options.environment);
    const auto logSizeBefore = QFileInfo(spec.log).size();
    auto starting = supervisor.start(id.text(), spec);
    auto child = co_await starting;
    const auto started = clock.elapsed();
    while (child && child->state == ChildState::Running && clock.elapsed() < started + options.settle.count()) {
        auto pause = QCoro::sleepFor(Milliseconds(25));
        co_await pause;
        auto asking = supervisor.status(id.text());
        child = co_await asking;
    }
    if (!child) {
        co_return std::unexpected(child.error());
    }
    if (child->state == ChildState::Exited) {
        co_return resultOf(false, failedStart(id, *child, lastLines(spec.log, logSizeBefore)), clock, child->process);
    }
    co_return resultOf(true, QString("%1 runs as process %2.").arg(id.text()).arg(child->process.pid), clock,
                       child->process);
}

QCoro::Task<Result<ServiceStatus>> ProcessServiceManager::status(SystemId id)
{
    if (!m_specs.contains(id)) {
        co_return unknownSystem(id);
    }
    auto asking = m_supervisor.status(id.text());
    const auto child = co_await asking;
    if (child) {
        const bool running = child->state == ChildState::Running;
        co_return ServiceStatus{.running = running,
                                .state = child->stateText(),
                                .process = child->process,
                                .exitCode = child->exitCode,
                                .exitSignal = child->exitSignal,
                                .since = running ? child->startedAt : child->endedAt};
    }
    if (child.error().code == ErrorCode::NotFound) {
        co_return ServiceStatus{.state = "never started"};
    }
    co_return std::unexpected(child.error());
}

} // namespace rc
