// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/base/operation.h"
#include "backend/services/service_manager.h"
#include "model/result/restoration_result.h"
#include "model/system/configuration.h"

namespace rc {

/// How a restoration is carried out (the seed's RestorationContext). Who may do it is checked before.
struct RestorationContext
{
    /// Whether the system must be healthy in the end. Without it, its process and the configuration on disk decide: for
    /// a node whose state is wrong, which no configuration can mend.
    bool checkHealth = true;
    /// How long it may take to become healthy after the start.
    Milliseconds settle = std::chrono::seconds(30);
    /// How long it may take to end before it is killed; nothing: what the inventory says, else 10 s.
    std::optional<Milliseconds> grace = {};
    /// What the system is started with beside its configuration.
    StartOptions start = {};
    /// A pre-image that was captured before (SystemRestorationService::capture); empty: one is taken.
    QString backupId = {};
    Operation operation = {};
};

/// Restores systems of some types (seed 9.3.3).
class RestorationHandler
{
public:
    RestorationHandler() = default;
    virtual ~RestorationHandler() = default;
    Q_DISABLE_COPY_MOVE(RestorationHandler)

    /// Stop, apply, start, verify. An Error means that nothing was touched; once something was, there is a result, and
    /// without success it says what the system runs now. Cancelled is an Error also later, after the old configuration
    /// is back and runs; its details hold the `result`.
    [[nodiscard]] virtual QCoro::Task<Result<RestorationResult>> restoreSystem(SystemId system, TargetState target,
                                                                               RestorationContext context) = 0;
    /// Success, or why it would be refused.
    [[nodiscard]] virtual QCoro::Task<Status> canRestore(SystemId system, TargetState target) = 0;
    [[nodiscard]] virtual QCoro::Task<Result<Milliseconds>> estimateRestorationTime(SystemId system,
                                                                                    TargetState target) = 0;
    [[nodiscard]] virtual QString name() const = 0;
    [[nodiscard]] virtual QList<SystemType> supportedSystems() const = 0;
};

} // namespace rc
