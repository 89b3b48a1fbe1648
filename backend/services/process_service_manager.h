// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/services/service_manager.h"
#include "backend/services/supervisor_client.h"

namespace rc {

/// Manager kind "process": plain programs kept by the home's supervisor, which must be running
/// (SupervisorClient::ensureRunning).
class ProcessServiceManager final : public ServiceManager
{
public:
    ProcessServiceManager(SupervisorClient supervisor, QHash<SystemId, ChildSpec> specs);

    [[nodiscard]] ManagerKind kind() const override { return ManagerKind::Process; }
    [[nodiscard]] QCoro::Task<Result<ServiceActionResult>> stop(SystemId id, StopOptions options) override;
    [[nodiscard]] QCoro::Task<Result<ServiceActionResult>> start(SystemId id, StartOptions options) override;
    [[nodiscard]] QCoro::Task<Result<ServiceStatus>> status(SystemId id) override;

private:
    SupervisorClient m_supervisor;
    QHash<SystemId, ChildSpec> m_specs;
};

} // namespace rc
