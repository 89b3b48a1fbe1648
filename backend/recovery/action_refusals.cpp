// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/action_refusals.h"

namespace rc {
namespace {

/// Lives as long as the last question, which nobody may wait for any more.
struct Asked
{
    /// Of the actions that are asked.
    std::shared_ptr<Toolbox> tools;
    /// Nothing: still open.
    QList<std::optional<QString>> reasons;
};

QString reasonOf(const Error& error)
{
    const bool isAway = error.code == ErrorCode::Unreachable || error.code == ErrorCode::Timeout;
    return (isAway ? QString("unreachable: %1") : QString("action: as seen from here, it would not run now: %1"))
        .arg(error.message);
}

QCoro::Task<> ask(std::shared_ptr<Asked> asked, qsizetype at, Action* action, ActionContext context)
{
    const Status can = co_await action->canRun(context);
    asked->reasons[at] = can ? QString() : reasonOf(can.error());
}

ActionContext contextFor(const Plan& plan, qsizetype index, const QJsonObject& parameters, const Operation& operation)
{
    ActionContext context;
    context.parameters = parameters;
    context.incident = plan.pins.incident;
    context.holder = plan.id.text() + "/" + plan.procedure.steps[index].id.text();
    context.operation = operation;
    context.attempt = plan.steps[index].attempt;
    return context;
}

} // namespace

QCoro::Task<QStringList> actionRefusals(Plan plan, QList<qsizetype> steps, std::shared_ptr<Toolbox> tools,
                                        Milliseconds patience)
{
    const LimitedOperation limit({}, patience);
    const auto asked = std::make_shared<Asked>(Asked{tools, QList<std::optional<QString>>(steps.size())});
    for (qsizetype at = 0; at < steps.size(); ++at) {
        const auto index = steps[at];
        const auto parameters = plan.resolvedParameters(index);
        Action* const action = tools->actionFor(plan.procedure.steps[index].actionType);
        if (!parameters || !action) {
            asked->reasons[at] = QString();
            continue;
        }
        ask(asked, at, action, contextFor(plan, index, *parameters, limit.operation));
    }
    while (asked->reasons.contains(std::nullopt)) {
        const bool waited = co_await pause(Milliseconds(20), limit.operation.cancel);
        if (!waited) {
            break;
        }
    }
    QStringList reasons;
    for (const auto& reason : std::as_const(asked->reasons)) {
        reasons.append(reason.value_or(QString("unreachable: whether it would run could not be found out within %1 s")
                                           .arg(std::chrono::duration_cast<std::chrono::seconds>(patience).count())));
    }
    co_return reasons;
}

} // namespace rc
