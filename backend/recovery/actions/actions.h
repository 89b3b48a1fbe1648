// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/chain/data_recovery_service.h"
#include "backend/health/checks.h"
#include "backend/recovery/action.h"
#include "backend/restoration/system_restoration_service.h"
#include "backend/services/service_restart_service.h"

namespace rc {

/// `restore_system {systems, to, check_health}`: the systems one after another, each after those it depends on; the
/// first failure ends it. Several systems may need each other to be healthy, so theirs is looked at when all are
/// restored; they then keep their new configuration. Undo puts the files back that each of them had, and starts it with
/// them; the last one first.
class RestoreAction final : public Action
{
public:
    RestoreAction(SystemRestorationService& restoration, Clock clock)
        : Action(std::move(clock))
        , m_restoration(restoration)
    {
    }

    [[nodiscard]] ActionType type() const override { return ActionType::RestoreSystem; }
    [[nodiscard]] QString describe(const QJsonObject& parameters) const override;
    [[nodiscard]] QCoro::Task<Status> canRun(ActionContext context) override;
    [[nodiscard]] QCoro::Task<std::optional<Milliseconds>> estimate(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Result<QList<Effect>>> dryRun(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Result<Capture>> capture(ActionContext context) override;
    [[nodiscard]] QCoro::Task<StepResult> execute(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Probe> probe(ActionContext context) override;
    [[nodiscard]] QCoro::Task<StepResult> undo(ActionContext context) override;

private:
    /// Whether all that was captured is in place.
    [[nodiscard]] bool isBack(const ActionContext& context) const;
    /// A leftover for each of the systems that does not run.
    [[nodiscard]] QCoro::Task<QJsonArray> standingStill(QJsonObject parameters);
    [[nodiscard]] QCoro::Task<Probe> probeUndo(ActionContext context);

    SystemRestorationService& m_restoration;
};

/// `recover_chain_data {systems, height, hash}`. What a rollback drops is not kept, so it cannot be undone.
class ChainAction final : public Action
{
public:
    ChainAction(const DataRecoveryService& recovery, Clock clock)
        : Action(std::move(clock))
        , m_recovery(recovery)
    {
    }

    [[nodiscard]] ActionType type() const override { return ActionType::RecoverChainData; }
    [[nodiscard]] QString describe(const QJsonObject& parameters) const override;
    [[nodiscard]] QCoro::Task<Status> canRun(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Result<QList<Effect>>> dryRun(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Result<Capture>> capture(ActionContext context) override;
    [[nodiscard]] QCoro::Task<StepResult> execute(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Probe> probe(ActionContext context) override;

private:
    const DataRecoveryService& m_recovery;
};

/// A restart leaves nothing that would have to be undone. `restart_services {services, dependencies, health,
/// abort_on_critical, mode}`.
class RestartAction final : public Action
{
public:
    RestartAction(ServiceRestartService& restarts, Clock clock)
        : Action(std::move(clock))
        , m_restarts(restarts)
    {
    }

    [[nodiscard]] ActionType type() const override { return ActionType::RestartServices; }
    [[nodiscard]] QList<SystemId> systems(const QJsonObject& parameters) const override;
    [[nodiscard]] QString describe(const QJsonObject& parameters) const override;
    [[nodiscard]] QCoro::Task<Status> canRun(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Result<QList<Effect>>> dryRun(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Result<Capture>> capture(ActionContext context) override;
    [[nodiscard]] QCoro::Task<StepResult> execute(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Probe> probe(ActionContext context) override;

private:
    /// A leftover for each of the services that does not run.
    [[nodiscard]] QCoro::Task<QJsonArray> standingStill(QJsonObject parameters);

    ServiceRestartService& m_restarts;
};

/// `check {check, ...}`: looks and changes nothing, so it claims nothing and an interrupted one is simply run again.
class CheckAction final : public Action
{
public:
    CheckAction(const Checks& checks, Clock clock)
        : Action(std::move(clock))
        , m_checks(checks)
    {
    }

    [[nodiscard]] ActionType type() const override { return ActionType::Check; }
    [[nodiscard]] QList<SystemId> systems(const QJsonObject&) const override { return {}; }
    [[nodiscard]] QString describe(const QJsonObject& parameters) const override;
    [[nodiscard]] QCoro::Task<Status> canRun(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Result<QList<Effect>>> dryRun(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Result<Capture>> capture(ActionContext context) override;
    [[nodiscard]] QCoro::Task<StepResult> execute(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Probe> probe(ActionContext context) override;

private:
    const Checks& m_checks;
};

} // namespace rc
