// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/health/checks.h"
#include "backend/recovery/action.h"

namespace rc {

/// `wait {duration}`: for a time; or `wait {check, ..., every}`: until the check passes, looked at again and again,
/// with the step's timeout as the limit. Changes nothing.
class WaitAction final : public Action
{
public:
    /// The checks must outlive it.
    WaitAction(const Checks& checks, Clock clock)
        : Action(std::move(clock))
        , m_checks(checks)
    {
    }

    [[nodiscard]] ActionType type() const override { return ActionType::Wait; }
    [[nodiscard]] QList<SystemId> systems(const QJsonObject&) const override { return {}; }
    [[nodiscard]] QString describe(const QJsonObject& parameters) const override;
    [[nodiscard]] QCoro::Task<Status> canRun(ActionContext context) override;
    [[nodiscard]] QCoro::Task<std::optional<Milliseconds>> estimate(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Result<QList<Effect>>> dryRun(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Result<Capture>> capture(ActionContext context) override;
    [[nodiscard]] QCoro::Task<StepResult> execute(ActionContext context) override;
    [[nodiscard]] QCoro::Task<Probe> probe(ActionContext context) override;

private:
    [[nodiscard]] QCoro::Task<StepResult> waitFor(Milliseconds duration, Operation operation);
    [[nodiscard]] QCoro::Task<StepResult> waitUntil(ActionContext context, Milliseconds every);

    const Checks& m_checks;
};

} // namespace rc
