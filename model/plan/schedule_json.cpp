// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/schedule.h"

namespace rc {
namespace {

qint64 number(Milliseconds span)
{
    return span.count();
}

QJsonValue orNull(const std::optional<Milliseconds>& span)
{
    return span ? QJsonValue(number(*span)) : QJsonValue(QJsonValue::Null);
}

QJsonObject stepJson(const ScheduledStep& step)
{
    const QJsonValue null(QJsonValue::Null);
    return {
        {"id", step.id.text()},
        {"expected_start", toJson(step.start)},
        {"expected_end", toJson(step.end)},
        {"slack_ms", orNull(step.slack)},
        {"critical", step.isCritical()},
        {"estimate_ms", number(step.estimate)},
        {"estimate_source", QString(idOf(step.source))},
        {"samples", step.samples},
        {"expected_waiting_ms", number(step.waiting)},
        {"queued_ms", number(step.queued)},
        {"queued_behind", step.queuedBehind.isEmpty() ? null : QJsonValue(step.queuedBehind.text())},
        {"flag", step.flag ? QJsonValue(idOf(step.flag->pace)) : null},
        {"flag_because", step.flag ? QJsonValue(step.flag->sentence) : null},
    };
}

QJsonObject aheadJson(const TimeAhead& ahead)
{
    return {
        {"total_ms", number(ahead.total())},
        {"waiting_ms", number(ahead.waiting)},
        {"people_ms", number(ahead.people)},
        {"machine_ms", number(ahead.machine)},
        {"verification_ms", number(ahead.verification)},
        {"soak_ms", number(ahead.soak)},
    };
}

} // namespace

QJsonObject toJson(const Schedule& schedule)
{
    QJsonArray steps;
    for (const auto& step : schedule.steps) {
        steps.append(stepJson(step));
    }
    return {
        {"eta", toJson(schedule.eta)},
        {"steps_end", toJson(schedule.stepsEnd)},
        {"verified", toJson(schedule.verified)},
        {"soak_end", toJson(schedule.soakEnd)},
        {"ahead", aheadJson(schedule.ahead)},
        {"rto_ms", number(schedule.rto)},
        {"margin_ms", orNull(schedule.margin)},
        {"without_estimate", schedule.withoutEstimate},
        {"critical_path", toJson(schedule.criticalPath)},
        {"steps", steps},
    };
}

QJsonObject toJson(const WhatIf& answer)
{
    auto object = toJson(answer.after);
    object["eta_before"] = toJson(answer.before.eta);
    object["eta_moves_ms"] = number(answer.etaMoves);
    object["become_critical"] = toJson(answer.becomeCritical);
    object["no_longer_critical"] = toJson(answer.noLongerCritical);
    return object;
}

} // namespace rc
