// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/actions/actions.h"

namespace rc {

QString CheckAction::describe(const QJsonObject& parameters) const
{
    return QString("Checks '%1'; changes nothing.").arg(parameters["check"].toString());
}

QCoro::Task<Result<Capture>> CheckAction::capture(ActionContext)
{
    co_return Capture{Capture::Kind::NoEffect, "A check changes nothing.", {}};
}

QCoro::Task<Status> CheckAction::canRun(ActionContext context)
{
    co_return m_checks.has(context.parameters["check"].toString());
}

QCoro::Task<Result<QList<Effect>>> CheckAction::dryRun(ActionContext context)
{
    co_return QList<Effect>{
        {{}, QString("would check '%1'; changes nothing").arg(context.parameters["check"].toString()), {}}};
}

QCoro::Task<StepResult> CheckAction::execute(ActionContext context)
{
    const Result<CheckResult> result =
        co_await m_checks.run(context.parameters["check"].toString(),
                              checkParameters(context.parameters, context.incident), context.operation);
    if (!result) {
        co_return failedResult(result.error(), now());
    }
    co_return StepResult{result->passed, result->detail, result->fields, {}, now()};
}

QCoro::Task<Probe> CheckAction::probe(ActionContext)
{
    co_return Probe{EffectState::NotApplied, {false, "A check leaves nothing behind.", {}, {}, now()}};
}

} // namespace rc
