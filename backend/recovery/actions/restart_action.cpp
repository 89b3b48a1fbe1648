// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/actions/actions.h"

namespace rc {
namespace {

RestartOptions optionsOf(const QJsonObject& parameters)
{
    RestartOptions options;
    options.mode = enumFromJson(parameters["mode"], RestartMode::Rolling);
    options.restartDependencies = parameters["dependencies"].toBool(false);
    options.checkHealth = parameters["health"].toBool(true);
    options.abortOnCriticalFailure = parameters["abort_on_critical"].toBool(true);
    return options;
}

} // namespace

QList<SystemId> RestartAction::systems(const QJsonObject& parameters) const
{
    const auto services = idsFromJson<SystemId>(parameters["services"]);
    const auto order = m_restarts.restartOrder(services, optionsOf(parameters));
    return order ? *order : services;
}

QString RestartAction::describe(const QJsonObject& parameters) const
{
    const auto options = optionsOf(parameters);
    return QString("Stops and starts %1%2%3.")
        .arg(namesOf(systems(parameters)),
             options.mode == RestartMode::StopAll ? QString(", all of them together") : QString(),
             options.checkHealth ? QString(", and waits until each is healthy") : QString());
}

QCoro::Task<Result<Capture>> RestartAction::capture(ActionContext)
{
    co_return Capture{Capture::Kind::NoEffect, "A restart leaves nothing to take back.", {}};
}

QCoro::Task<Status> RestartAction::canRun(ActionContext context)
{
    const auto order =
        m_restarts.restartOrder(idsFromJson<SystemId>(context.parameters["services"]), optionsOf(context.parameters));
    co_return order ? Status() : std::unexpected(order.error());
}

QCoro::Task<Result<QList<Effect>>> RestartAction::dryRun(ActionContext context)
{
    const auto options = optionsOf(context.parameters);
    const auto order = m_restarts.restartOrder(idsFromJson<SystemId>(context.parameters["services"]), options);
    if (!order) {
        co_return std::unexpected(order.error());
    }
    const bool together = options.mode == RestartMode::StopAll;
    QList<Effect> effects;
    for (auto service = order->crbegin(); together && service != order->crend(); ++service) {
        effects.append({*service, "would be stopped", {}});
    }
    const auto what =
        QString("%1%2").arg(together ? QString("would be started") : QString("would be stopped and started"),
                            options.checkHealth ? QString(", and checked until it is healthy") : QString());
    for (const auto& service : *order) {
        effects.append({service, what, {}});
    }
    co_return effects;
}

QCoro::Task<QJsonArray> RestartAction::standingStill(QJsonObject parameters)
{
    QJsonArray left;
    const auto services = systems(parameters);
    for (const auto& id : services) {
        const bool runs = co_await m_restarts.runs(id);
        if (!runs) {
            left.append(standsStill(id));
        }
    }
    co_return left;
}

QCoro::Task<StepResult> RestartAction::execute(ActionContext context)
{
    const Result<MultiRestartResult> result = co_await m_restarts.restartServices(
        idsFromJson<SystemId>(context.parameters["services"]), optionsOf(context.parameters), context.operation);
    if (!result) {
        co_return failedResult(result.error(), now());
    }
    StepResult step{result->allSuccessful(), {}, toJson(*result), {}, now()};
    QStringList sentences;
    for (const auto& service : result->results) {
        sentences.append(service.message);
        for (const auto& artifact : service.artifacts) {
            step.artifacts.append(artifact);
        }
    }
    step.message = sentences.join(" ");
    if (!step.success) {
        step.leftovers = co_await standingStill(context.parameters);
    }
    co_return step;
}

QCoro::Task<Probe> RestartAction::probe(ActionContext context)
{
    const EffectProbe found = co_await m_restarts.probe(idsFromJson<SystemId>(context.parameters["services"]),
                                                        context.startedAt, optionsOf(context.parameters));
    const bool applied = found.state == EffectState::Applied;
    StepResult result{applied, found.detail, {{"found_by_probe", true}}, {}, now()};
    if (!applied) {
        result.leftovers = co_await standingStill(context.parameters);
    }
    co_return Probe{found.state, result};
}

} // namespace rc
