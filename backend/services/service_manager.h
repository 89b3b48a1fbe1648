// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/platform/process_identity.h"
#include "model/base/json.h"

#include <QCoroTask>

#include <QMap>
#include <QStringList>

namespace rc {

struct StopOptions
{
    /// How long the service may take to end by itself before it is killed.
    Milliseconds grace = std::chrono::seconds(10);
};

struct StartOptions
{
    /// After the configured arguments.
    QStringList extraArguments = {};
    /// Over the configured environment.
    QMap<QString, QString> environment = {};
    /// A service that ends within this time has failed to start.
    Milliseconds settle = Milliseconds(300);
};

/// What came of stopping or starting a service. Becomes a service_stop or service_start artifact.
struct ServiceActionResult
{
    bool success = false;
    /// When the action was finished.
    Timestamp timestamp = {};
    /// A sentence; for a failed start with the last lines of the log.
    QString details = {};
    /// The process that was stopped or started.
    std::optional<ProcessIdentity> process = {};
    Milliseconds duration{};

    [[nodiscard]] QJsonObject toJson() const;
};

struct ServiceStatus
{
    bool running = false;
    /// In the manager's own words.
    QString state = {};
    std::optional<ProcessIdentity> process = {};
    std::optional<int> exitCode = {};
    std::optional<int> exitSignal = {};
    /// Start of the present run, or end of the last one. Nothing, if it was never started.
    std::optional<Timestamp> since = {};
};

/// Starts and stops the services of one manager kind. An action that was carried out and did not work is a result
/// without success; an Error says that it could not be carried out: NotFound for a system the manager does not have,
/// Unreachable, Timeout, Busy.
class ServiceManager
{
public:
    ServiceManager() = default;
    virtual ~ServiceManager() = default;
    Q_DISABLE_COPY_MOVE(ServiceManager)

    [[nodiscard]] virtual ManagerKind kind() const = 0;
    /// Success once the service is gone, or was not running.
    [[nodiscard]] virtual QCoro::Task<Result<ServiceActionResult>> stop(SystemId id, StopOptions options) = 0;
    /// Success once the service has run for the settle time; if it is fit to serve is for health checks to say. Busy if
    /// it is running already.
    [[nodiscard]] virtual QCoro::Task<Result<ServiceActionResult>> start(SystemId id, StartOptions options) = 0;
    [[nodiscard]] virtual QCoro::Task<Result<ServiceStatus>> status(SystemId id) = 0;
};

} // namespace rc
