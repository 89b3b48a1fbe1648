// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/actions/actions.h"

namespace rc {

QString CheckAction::describe(const QJsonObject& parameters) const
{
    return QString("Checks '%1'; changes nothing.").arg(parameters["check"].toString());
}

QCoro::Task<std::optional<Milliseconds>> CheckAction::estimate(ActionContext)
{
    co_return std::nullopt;
}

QCoro::Task<Result<Capture>> CheckAction::capture(ActionContext)
{
    co_return Capture{Capture::Kind::NoEffect, "A check changes nothing.", {}};
}

QCoro::Task<StepResult> CheckAction::undo(ActionContext)
{
    co_return cannotUndo(m_clock());
}

QCoro::Task<Status> CheckAction::canRun(ActionContext context)
{
    const QString name = context.parameters["check"].toString();
    if (!m_checks.knownChecks().contains(name)) {
        co_return fail(ErrorCode::NotFound,
                       QString("There is no check '%1'; there are: %2.").arg(name, m_checks.knownChecks().join(", ")));
    }
    co_return Status();
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
        co_return failedResult(result.error(), m_clock());
    }
    co_return StepResult{result->passed, result->detail, result->fields, {}, m_clock()};
}

QCoro::Task<Probe> CheckAction::probe(ActionContext)
{
    co_return Probe{EffectState::NotApplied, {false, "A check leaves nothing behind.", {}, {}, m_clock()}};
}

} // namespace rc
