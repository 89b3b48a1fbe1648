// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/plan_preview.h"

#include "model/plan/schedule.h"

#include <algorithm>

namespace rc {
namespace {

ActionContext contextFor(const Plan& plan, const QJsonObject& parameters)
{
    ActionContext context;
    context.parameters = parameters;
    context.incident = plan.pins.incident;
    context.holder = "dry-run";
    return context;
}

/// What an automated step would do now, or why that cannot be said.
QCoro::Task<QJsonObject> effectsOf(Action* action, ActionContext context)
{
    QJsonObject json;
    json.insert("description", action->describe(context.parameters));
    const Result<QList<Effect>> effects = co_await action->dryRun(context);
    if (!effects) {
        json.insert("would_fail", effects.error().message);
        co_return json;
    }
    QJsonArray array;
    for (const auto& effect : *effects) {
        array.append(toJson(effect));
    }
    json.insert("effects", array);
    co_return json;
}

} // namespace

QCoro::Task<QJsonObject> previewStep(Plan plan, qsizetype index, std::shared_ptr<Toolbox> tools)
{
    const auto& step = plan.procedure.steps[index];
    QJsonObject json{
        {"id", step.id.text()},
        {"name", step.name},
        {"action_type", QString(idOf(step.actionType))},
        {"after", toJson(step.after)},
        {"expected_duration_ms", qint64(step.expectedDuration.count())},
        {"reversibility", QString(idOf(step.reversibility))},
        {"point_of_no_return", plan.isPointOfNoReturn(index)},
        {"description", step.description},
    };
    if (step.isManual()) {
        json["effects"] = QJsonArray{QJsonObject{{"what", "a person does it: " + step.description}}};
        co_return json;
    }
    const auto parameters = plan.resolvedParameters(index);
    if (!parameters) {
        json["undetermined"] = parameters.error().message;
        co_return json;
    }
    json["parameters"] = *parameters;
    Action* const action = tools->actionFor(step.actionType);
    if (!action) {
        json["would_fail"] = QString("This program cannot execute a '%1'.").arg(idOf(step.actionType));
        co_return json;
    }
    json["systems"] = toJson(action->systems(*parameters));
    const QJsonObject found = co_await effectsOf(action, contextFor(plan, *parameters));
    addFields(json, found);
    co_return json;
}

namespace {

/// Estimates of history and the procedure, and where they say nothing, of the actions.
QCoro::Task<Estimates> estimatesFor(Plan plan, std::shared_ptr<Toolbox> tools, History history)
{
    Estimates estimates = estimatesOf(plan.procedure, history);
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        const auto parameters = plan.resolvedParameters(i);
        Action* const action = tools->actionFor(plan.procedure.steps[i].actionType);
        if (!action || !parameters || estimates.steps[i].source != EstimateSource::None) {
            continue;
        }
        const std::optional<Milliseconds> own = co_await action->estimate(contextFor(plan, *parameters));
        if (own) {
            estimates.steps[i].time = *own;
        }
    }
    co_return estimates;
}

} // namespace

Plan planFrom(const StartPlan& prepared, Timestamp now)
{
    Plan plan;
    apply(plan, PlanStarted{PlanId("dry-run"), prepared.pins, prepared.procedure}, now, {});
    return plan;
}

QCoro::Task<QJsonObject> previewPlan(StartPlan prepared, std::shared_ptr<Toolbox> tools, QList<PlanTimes> earlier,
                                     Timestamp now)
{
    const Plan plan = planFrom(prepared, now);
    const History history = historyFor(plan, earlier);
    const Estimates estimates = co_await estimatesFor(plan, tools, history);
    const Schedule schedule = scheduleOf(plan, estimates, now);
    auto order = plan.dependencies().order().value_or(std::vector<int>());
    std::ranges::stable_sort(order, {}, [&](int index) { return schedule.steps[index].start.value_or(now); });
    QJsonArray steps;
    for (const int index : order) {
        QJsonObject step = co_await previewStep(plan, index, tools);
        const auto& expected = schedule.steps[index];
        step["begins_after_ms"] = qint64((expected.start.value_or(now) - now).count());
        step["duration_ms"] = qint64(expected.estimate.count());
        step["expected_waiting_ms"] = qint64(expected.waiting.count());
        step["queued_ms"] = qint64(expected.queued.count());
        step["estimate_source"] = QString(idOf(expected.source));
        steps.append(step);
    }
    QJsonObject json = pinsShownBy(plan.pins);
    json["plan_hash"] = plan.pins.planHash;
    json["procedure_id"] = plan.procedure.id.text();
    json["procedure_version"] = plan.procedure.version;
    json["duration_ms"] = qint64(schedule.eta ? (*schedule.eta - now).count() : 0);
    json["critical_path"] = toJson(schedule.criticalPath);
    json["steps"] = steps;
    co_return json;
}

} // namespace rc
