// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/step_row.h"

#include "model/base/elapsed.h"
#include "ui/console/guidance.h"
#include "ui/words/words.h"

#include <QRegularExpression>

#include <algorithm>

namespace rc::ui {
namespace {

/// What the model says it waits for, as a sentence: "approval: 1 more by ..." is "1 more by ...", with a capital, and
/// roles in words.
QString sentence(const QString& reason)
{
    static const QRegularExpression kind("^[a-z]+: ");
    static const QRegularExpression name("(?<![^ ])'([^']+)'");
    auto text = reason;
    text.remove(kind);
    text.replace(name, "“\\1”");
    if (reason.startsWith("approval: ") || reason.startsWith("person: ")) {
        for (const auto id : enumIds<Role>) {
            text.replace(id, QString(id).replace(u'_', u' '));
        }
    }
    if (!text.isEmpty()) {
        text[0] = text[0].toUpper();
        text += text.endsWith(u'.') ? QString() : QString(".");
    }
    return text;
}

/// `end`: of the plan, if it is over.
QString timesOf(Milliseconds estimate, const StepRecord& record, std::optional<Timestamp> end, Timestamp now)
{
    const auto expected = estimate > Milliseconds(0) ? duration(estimate) : QString();
    if (!record.startedAt) {
        return expected.isEmpty() ? QString() : "about " + expected;
    }
    const auto over = record.completedAt ? record.completedAt : end;
    const auto actual = over ? duration(elapsed(*record.startedAt, *over)) : growingSpan(now - *record.startedAt);
    return expected.isEmpty() ? actual : actual + " of " + expected;
}

bool hasSlack(const ScheduledStep& step)
{
    return step.slack.value_or(Milliseconds(0)) > Milliseconds(0);
}

StepRow rowOf(const ShownPlan& shown, const Schedule& schedule, qsizetype index, const std::optional<Actor>& actor,
              Timestamp now)
{
    const auto& plan = shown.plan;
    const auto& step = plan.procedure.steps[index];
    const auto& record = plan.steps[index];
    const auto state = plan.stateOf(index, now);
    StepRow row;
    row.key = step.id.text();
    row.number = int(index) + 1;
    row.name = step.name;
    row.kind = step.isManual() ? QString("By hand") : words(idOf(step.actionType));
    row.state = idOf(state);
    row.stateText = words(row.state);
    row.tone = toneOf(state);
    row.roles = rolesInWords(plan.rolesOf(index));
    row.mine = actor && actor->hasOneOf(plan.rolesOf(index));
    auto reasons = plan.waitingFor(index, now);
    if (row.mine) {
        reasons.removeIf([](const QString& reason) { return reason.startsWith("person: somebody"); });
    }
    row.waiting = waitingText(reasons + shown.claims.value(index));
    row.message = record.result.message;
    row.attempt = record.attempt;
    const auto& expected = shown.estimates.steps;
    row.times =
        timesOf(index < expected.size() ? expected[index].time : step.expectedDuration, record, plan.completedAt, now);
    row.odd = schedule.steps[index].flag ? sentence(schedule.steps[index].flag->sentence) : QString();
    row.pointOfNoReturn = plan.isPointOfNoReturn(index);
    return row;
}

} // namespace

StepRow stepRow(const ShownPlan& shown, const Schedule& schedule, qsizetype index, const std::optional<Actor>& actor,
                Timestamp now)
{
    auto row = rowOf(shown, schedule, index, actor, now);
    row.critical = schedule.steps[index].isCritical() && std::ranges::any_of(schedule.steps, hasSlack);
    row.current = index == shown.plan.currentStepIndex();
    return row;
}

bool changesWithTime(const ShownPlan& shown, qsizetype index)
{
    const auto& record = shown.plan.steps[index];
    const bool runs = record.startedAt && !record.completedAt;
    return shown.plan.isOpen() && (runs || record.notBefore || !record.approvals.isEmpty());
}

QString waitingText(const QStringList& reasons)
{
    QStringList sentences;
    for (const auto& reason : reasons) {
        sentences.append(sentence(reason));
    }
    return sentences.join(u' ');
}

Tone::Value toneOf(StepState state)
{
    switch (state) {
    case StepState::Running:
        return Tone::Active;
    case StepState::AwaitingApproval:
    case StepState::AwaitingPerson:
        return Tone::Attention;
    case StepState::Failed:
        return Tone::Danger;
    case StepState::Unknown:
        return Tone::Unknown;
    case StepState::Succeeded:
        return Tone::Done;
    case StepState::Skipped:
        return Tone::Skipped;
    case StepState::Undone:
        return Tone::Undone;
    default:
        return Tone::Normal;
    }
}

Tone::Value toneOf(PlanStatus status)
{
    switch (status) {
    case PlanStatus::VerificationFailed:
    case PlanStatus::Aborted:
    case PlanStatus::Aborting:
        return Tone::Danger;
    case PlanStatus::Paused:
        return Tone::Attention;
    case PlanStatus::Completed:
        return Tone::Done;
    default:
        return Tone::Active;
    }
}

Tone::Value toneOf(HealthState state)
{
    switch (state) {
    case HealthState::Unhealthy:
        return Tone::Danger;
    case HealthState::Degraded:
        return Tone::Attention;
    case HealthState::Unknown:
    case HealthState::Stale:
        return Tone::Unknown;
    default:
        return Tone::Normal;
    }
}

Tone::Value toneOf(StoreState state)
{
    switch (state) {
    case StoreState::Unsound:
    case StoreState::Unusable:
    case StoreState::Lost:
        return Tone::Danger;
    case StoreState::ReadOnly:
        return Tone::Attention;
    default:
        return Tone::Normal;
    }
}

QList<StepRow> stepRows(const ShownPlan& shown, const Schedule& schedule, const std::optional<Actor>& actor,
                        Timestamp now)
{
    QList<StepRow> rows;
    const auto current = shown.plan.currentStepIndex();
    const bool branches = std::ranges::any_of(schedule.steps, hasSlack);
    for (qsizetype i = 0; i < shown.plan.steps.size(); ++i) {
        rows.append(rowOf(shown, schedule, i, actor, now));
        rows.last().current = i == current;
        rows.last().critical = branches && schedule.steps[i].isCritical();
    }
    return rows;
}

} // namespace rc::ui
