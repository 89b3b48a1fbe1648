// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recovery/actions/command_run.h"
#include "model/system/inventory.h"

namespace rc {

/// `command {program, arguments, directory, environment, expect_exit, outputs_from, changes, probe, undo, systems}`: a
/// program of somebody's own, without a shell, under the home's supervisor, which it outlives the console with. What
/// became of an interrupted one is told by how it ended, or else by `probe`; `undo` takes it back. With `changes:
/// false` it only looks.
class CommandAction final : public Action
{
public:
    /// The inventory must outlive it.
    CommandAction(CommandRuns runs, const Inventory& inventory)
        : Action(runs.clock())
        , m_runs(std::move(runs))
        , m_inventory(inventory)
    {
    }

    [[nodiscard]] ActionType type() const override { return ActionType::Command; }
    [[nodiscard]] QString describe(const QJsonObject& parameters) const override;
    [[nodiscard]] QCoro::Task<Status> canRun(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Result<QList<Effect>>> dryRun(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Result<Capture>> capture(ActionContext context) override;
    [[nodiscard]] QCoro::Task<StepResult> execute(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Probe> probe(ActionContext context) override;
    [[nodiscard]] QCoro::Task<StepResult> undo(ActionContext context) override;

private:
    CommandRuns m_runs;
    const Inventory& m_inventory;
};

} // namespace rc
