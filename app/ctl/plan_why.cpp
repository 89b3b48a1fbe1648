// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/plan_answer.h"
#include "app/ctl/text.h"
#include "backend/recovery/action_refusals.h"
#include "model/plan/handover_sheet.h"
#include "model/plan/refusals.h"

namespace rc::ctl {
namespace {

/// Whoever asks what is needed does not wait for what does not answer.
constexpr std::chrono::seconds AskedFor{10};

/// Who has the plan armed in a process that lives; nothing if nobody has.
std::optional<Actor> runnerOf(Desk& desk, const Plan& plan)
{
    if (!plan.isArmed() || !plan.armedExecutor || !isExecutorAlive(desk.home(), plan.armedExecutor->id)) {
        return std::nullopt;
    }
    Actor runner{plan.armedBy, {}};
    const auto people = desk.identity().operators();
    for (const auto& person : people ? *people : QList<Operator>()) {
        if (person.id == runner.id) {
            runner.roles = person.rolesAt(desk.journal().now());
        }
    }
    return runner;
}

QString byName(const Plan& plan, qsizetype index)
{
    return QString("recoveryctl --as ID plan step %1 %2 run")
        .arg(plan.id.text(), plan.procedure.steps[index].id.text());
}

/// Who may run it: four eyes leave out who has approved it.
QString somebodyFor(const Plan& plan, qsizetype index, Timestamp now)
{
    const auto roles = refusals::namesOf(plan.rolesOf(index));
    QStringList approvers;
    for (const auto& approval : plan.steps[index].approvals) {
        const Actor approver{approval.statement.approver, {}};
        if (!refusals::needsOtherThanApprover(plan, index, approver, now) && !approvers.contains(approver.id.text())) {
            approvers.append(approver.id.text());
        }
    }
    return (roles.isEmpty() ? QString("somebody") : "somebody with the role " + roles) +
           (approvers.isEmpty() ? QString() : QString(" other than %1, who approved it,").arg(approvers.join(", ")));
}

/// What an automated step that is ready still waits for: that a person runs it, or the plan (product rule 5).
QString startReason(Desk& desk, const Plan& plan, qsizetype index)
{
    const auto& step = plan.procedure.steps[index];
    const auto now = desk.journal().now();
    if (const auto runner = runnerOf(desk, plan)) {
        return runnableSteps(plan, *runner, now).contains(step.id)
                   ? QString("start: %1 runs the plan, which starts it").arg(runner->id.text())
                   : QString("start: %1 runs the plan, which leaves it alone; %2 has to run it: %3")
                         .arg(runner->id.text(), somebodyFor(plan, index, now), byName(plan, index));
    }
    if (plan.isPointOfNoReturn(index) && step.approvals.isEmpty()) {
        return QString("start: it cannot be taken back, and starts only by its name; %1 has to run it: %2")
            .arg(somebodyFor(plan, index, now), byName(plan, index));
    }
    return QString("start: %1 has to run the plan: recoveryctl --as ID plan run %2; or this step alone: %3")
        .arg(somebodyFor(plan, index, now), plan.id.text(), byName(plan, index));
}

bool isReadyToRun(const Plan& plan, qsizetype index, const QJsonObject& step)
{
    return plan.isOpen() && !plan.procedure.steps[index].isManual() &&
           step["state"].toString() == idOf(StepState::Ready);
}

/// The reasons that the plan knows, or that nobody has started what is ready; and what its action has against it.
QJsonArray reasonsOf(Desk& desk, const Plan& plan, qsizetype index, const QJsonObject& step, const QString& refusal)
{
    auto reasons = step["waiting_for"].toArray();
    if (reasons.isEmpty() && isReadyToRun(plan, index, step)) {
        reasons.append(startReason(desk, plan, index));
    }
    if (!refusal.isEmpty()) {
        reasons.prepend(refusal);
    }
    return reasons;
}

/// What their actions say against running the steps that are ready, by position.
QCoro::Task<QHash<qsizetype, QString>> refusalsOf(Desk* desk, Plan plan, QJsonArray steps)
{
    QList<qsizetype> ready;
    for (const QJsonValue value : steps) {
        const auto step = value.toObject();
        const auto index = plan.indexOf(StepId(step["id"].toString()));
        if (isReadyToRun(plan, index, step)) {
            ready.append(index);
        }
    }
    QHash<qsizetype, QString> refusals;
    const auto inventory = ready.isEmpty() ? Result<Inventory>() : desk->recovery().pinnedInventory(plan);
    if (ready.isEmpty() || !inventory) {
        co_return refusals;
    }
    const auto tools = std::make_shared<NetworkToolbox>(desk->journal(), *inventory);
    const QStringList reasons = co_await actionRefusals(plan, ready, tools, AskedFor);
    for (qsizetype i = 0; i < ready.size(); ++i) {
        refusals.insert(ready[i], reasons[i]);
    }
    co_return refusals;
}

} // namespace

Answer withUnstarted(Answer answer, const Plan& plan, const Actor& actor, Timestamp now, const QList<StepId>& branches)
{
    QJsonArray left;
    const bool works = refusals::needsWorkingPlan(plan).has_value();
    const auto passable = crossable(plan, actor, now, branches);
    for (qsizetype i = 0; works && i < plan.steps.size(); ++i) {
        const auto& step = plan.procedure.steps[i];
        if (step.isManual() || plan.stateOf(i, now) != StepState::Ready) {
            continue;
        }
        const auto role = refusals::needsStepRole(plan, i, actor);
        const auto other = refusals::needsOtherThanApprover(plan, i, actor, now);
        QString why;
        if (!role || !other) {
            why = !role ? role.error().message : other.error().message;
        } else if (plan.isPointOfNoReturn(i)) {
            why =
                passable.contains(step.id)
                    ? QString("It cannot be taken back, and starts when 'plan run' is given again, or by its name: %1")
                    : QString("It cannot be taken back, and starts only by its name: %1");
            why = why.arg(byName(plan, i));
        }
        if (!why.isEmpty()) {
            left.append(QJsonObject{{"id", step.id.text()}, {"why", why}});
            answer.text +=
                answer.text.isEmpty() ? QString() : QString("Not started: %1. %2\n").arg(step.id.text(), why);
        }
    }
    auto json = answer.json.toObject();
    json["not_started"] = left;
    answer.json = json;
    return answer;
}

QCoro::Task<Reply> whyPlanWaits(Invocation call)
{
    if (const auto opened = call.desk.openForReading(); !opened) {
        co_return std::unexpected(opened.error());
    }
    const auto plan = call.desk.recovery().plan(PlanId(call.argument(0)));
    if (!plan) {
        co_return std::unexpected(plan.error());
    }
    const QString wanted = call.argument(1);
    if (!wanted.isEmpty() && plan->indexOf(StepId(wanted)) < 0) {
        co_return fail(ErrorCode::NotFound, QString("Plan %1 has no step '%2'.").arg(call.argument(0), wanted));
    }
    auto steps = withClaims(call.desk, *plan)["steps"].toArray();
    if (!wanted.isEmpty()) {
        steps = QJsonArray{steps.at(plan->indexOf(StepId(wanted)))};
    }
    const QHash<qsizetype, QString> refusals = co_await refusalsOf(&call.desk, *plan, steps);
    QJsonArray json;
    QString text;
    for (const QJsonValue value : std::as_const(steps)) {
        const auto step = value.toObject();
        const QString id = step["id"].toString();
        const auto index = plan->indexOf(StepId(id));
        const auto reasons = reasonsOf(call.desk, *plan, index, step, refusals.value(index));
        if (wanted.isEmpty() && reasons.isEmpty()) {
            continue;
        }
        json.append(QJsonObject{{"id", step["id"]}, {"state", step["state"]}, {"waiting_for", reasons}});
        text += QString("%1 (%2): %3\n").arg(id, step["state"].toString(), plain(reasons));
    }
    if (text.isEmpty() && wanted.isEmpty()) {
        const auto sheet = call.desk.recovery().handoverSheet(plan->id);
        text = sheet ? afterTheSteps(*sheet) : QString();
    }
    co_return Answer{json, text.isEmpty() ? QString("Nothing waits.") : text};
}

} // namespace rc::ctl
