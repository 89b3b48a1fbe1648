// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/plan_answer.h"

namespace rc::ctl {
namespace {

/// One entry per step: what it would do now, or which results it has to wait for.
QCoro::Task<QJsonObject> previewOf(Toolbox* tools, Plan plan, qsizetype index)
{
    const auto& step = plan.procedure.steps[index];
    QJsonObject json{{"id", step.id.text()},
                     {"name", step.name},
                     {"action_type", QString(idOf(step.actionType))},
                     {"expected_duration_ms", qint64(step.expectedDuration.count())},
                     {"reversibility", QString(idOf(step.reversibility))}};
    const auto parameters = plan.resolvedParameters(index);
    if (step.isManual()) {
        json["effects"] = QJsonArray{QJsonObject{{"what", "a person does it: " + step.description}}};
        co_return json;
    }
    if (!parameters) {
        json["undetermined"] = parameters.error().message;
        co_return json;
    }
    json["parameters"] = *parameters;
    ActionContext context{*parameters, plan.pins.incident, {}, "dry-run", {}, {}, {}};
    Action* const action = tools->actionFor(step.actionType);
    if (!action) {
        json["undetermined"] = QString("This program cannot execute a '%1'.").arg(idOf(step.actionType));
        co_return json;
    }
    const Result<QList<Effect>> effects = co_await action->dryRun(context);
    if (!effects) {
        json["undetermined"] = effects.error().message;
        co_return json;
    }
    QJsonArray array;
    for (const auto& effect : *effects) {
        array.append(toJson(effect));
    }
    json["effects"] = array;
    co_return json;
}

QString dryRunText(const QJsonObject& json)
{
    QString text = QString("Dry run of %1. Nothing was touched. Plan hash %2\n")
                       .arg(json["procedure_id"].toString(), json["plan_hash"].toString());
    for (const QJsonValue step : json["steps"].toArray()) {
        text += QString("  %1: %2\n").arg(step["id"].toString(), step["name"].toString());
        for (const QJsonValue effect : step["effects"].toArray()) {
            text += QString("      %1 %2\n").arg(effect["system"].toString(), effect["what"].toString());
            for (const auto& line : effect["diff"].toString().split('\n', Qt::SkipEmptyParts)) {
                text += "        " + line + "\n";
            }
        }
        if (step["undetermined"].isString()) {
            text += "      not settled yet: " + step["undetermined"].toString() + "\n";
        }
    }
    return text;
}

} // namespace

QCoro::Task<Reply> dryRunPlan(Invocation call)
{
    const auto request = requestFrom(call);
    const auto inventory = call.desk.inventory();
    if (!request || !inventory) {
        co_return std::unexpected(!request ? request.error() : inventory.error());
    }
    if (const auto opened = call.desk.openForReading(); !opened) {
        co_return std::unexpected(opened.error());
    }
    const auto prepared = call.desk.recovery().prepare(*request, *inventory);
    if (!prepared) {
        co_return std::unexpected(withOption(call.desk, *request, prepared.error()));
    }
    Plan plan;
    rc::apply(plan, PlanStarted{PlanId("dry-run"), prepared->pins, prepared->procedure}, call.desk.journal().now(), {});
    const auto tools = std::make_shared<NetworkToolbox>(call.desk.journal(), inventory->inventory);
    QJsonArray steps;
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        const QJsonObject step = co_await previewOf(tools.get(), plan, i);
        steps.append(step);
    }
    const QJsonObject json{{"incident_id", plan.pins.incident.id.text()}, {"procedure_id", plan.procedure.id.text()},
                           {"procedure_version", plan.procedure.version}, {"plan_hash", plan.pins.planHash},
                           {"parameters", plan.pins.parameters},          {"steps", steps}};
    co_return Answer{json, dryRunText(json)};
}

} // namespace rc::ctl
