// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/restoration/restoration_tools.h"
#include "backend/services/service_restart_service.h"

#include <memory>
#include <vector>

namespace rc {

/// Restores systems to a configuration, by the handler for their type (seed 9.3.3). Checks no permissions and journals
/// nothing: that is for its caller. A task may not outlive the service.
///
/// Refused by name: a system that is not in the inventory (NotFound), a type without a handler (UnsupportedSystemType),
/// a target that is not there (NotFound, NoKnownGood, UnsupportedTargetState), a manager that cannot be used
/// (UnsupportedServiceType).
class SystemRestorationService
{
public:
    /// With the handlers for nodes and services.
    explicit SystemRestorationService(RestorationTools tools);
    ~SystemRestorationService();
    Q_DISABLE_COPY_MOVE(SystemRestorationService)

    /// Later handlers win over earlier ones for the types they support.
    void add(std::unique_ptr<RestorationHandler> handler);

    /// See RestorationHandler.
    [[nodiscard]] QCoro::Task<Result<RestorationResult>> restoreSystem(SystemId system, TargetState target,
                                                                       RestorationContext context);
    [[nodiscard]] QCoro::Task<Status> canRestore(SystemId system, TargetState target);
    [[nodiscard]] QCoro::Task<Result<Milliseconds>> estimateRestorationTime(SystemId system, TargetState target);
    [[nodiscard]] Result<RestorationHandler*> handlerOf(const SystemId& system) const;

    /// The difference and the acts of a restoration. Touches nothing.
    [[nodiscard]] QCoro::Task<Result<RestorationPreview>> dryRun(SystemId system, TargetState target,
                                                                 bool checkHealth = true);
    /// Applied: the files on disk are the target's, the process was started at `since` or later, runs and (with
    /// checkHealth) is healthy. Not applied: the files are others, or the process is none or an older one. Touches
    /// nothing.
    [[nodiscard]] QCoro::Task<EffectProbe> probe(SystemId system, TargetState target, Timestamp since,
                                                 bool checkHealth);

    /// Backs up what restoring to the target will change; for RestorationContext::backupId and undo().
    [[nodiscard]] Result<Backup> capture(const SystemId& system, const TargetState& target);
    /// Stops the system, puts a backup back, starts and verifies it.
    [[nodiscard]] QCoro::Task<Result<RestorationResult>> undo(QString backupId, RestorationContext context);

    /// Whether a process of the system runs; false too where nobody can say.
    [[nodiscard]] QCoro::Task<bool> runs(SystemId system);
    /// Whether a system has the files of a backup.
    [[nodiscard]] bool isInPlace(const QString& backupId) const;

    /// The systems, each after those that it depends on. NotFound, or InvalidInput for a cycle.
    [[nodiscard]] Result<QList<SystemId>> inOrder(const QList<SystemId>& systems) const;
    /// Waits until each of them is healthy, all in all as long as `settle` says; for systems that need each other and
    /// were restored without their health. Cancelled if the operation is.
    [[nodiscard]] QCoro::Task<Result<SettledHealth>> awaitHealth(QList<SystemId> systems, RestorationContext context);

    /// For ServiceRestartService: restores to the configuration by id that the options name.
    [[nodiscard]] ConfiguredRestart configuredRestart();

private:
    RestorationTools m_tools;
    std::vector<std::unique_ptr<RestorationHandler>> m_handlers;
};

} // namespace rc
