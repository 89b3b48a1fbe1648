// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/plan_answer.h"
#include "app/ctl/text.h"
#include "model/plan/refusals.h"

namespace rc::ctl {
namespace {

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

QString somebodyFor(const Plan& plan, qsizetype index)
{
    const auto roles = refusals::namesOf(plan.rolesOf(index));
    return roles.isEmpty() ? QString("somebody") : "somebody with the role " + roles;
}

/// What an automated step that is ready still waits for: that a person runs it, or the plan (product rule 5).
QString startReason(Desk& desk, const Plan& plan, qsizetype index)
{
    const auto& step = plan.procedure.steps[index];
    const QString byName = QString("recoveryctl --as ID plan step %1 %2 run").arg(plan.id.text(), step.id.text());
    if (const auto runner = runnerOf(desk, plan)) {
        return runnableSteps(plan, *runner, desk.journal().now()).contains(step.id)
                   ? QString("start: %1 runs the plan, which starts it").arg(runner->id.text())
                   : QString("start: %1 runs the plan, which leaves it alone; %2 has to run it: %3")
                         .arg(runner->id.text(), somebodyFor(plan, index), byName);
    }
    if (plan.isPointOfNoReturn(index) && step.approvals.isEmpty()) {
        return QString("start: it cannot be taken back, and starts only by its name; %1 has to run it: %2")
            .arg(somebodyFor(plan, index), byName);
    }
    return QString("start: %1 has to run the plan: recoveryctl --as ID plan run %2; or this step alone: %3")
        .arg(somebodyFor(plan, index), plan.id.text(), byName);
}

/// The reasons that the plan knows, or that nobody has started what is ready.
QJsonArray reasonsOf(Desk& desk, const Plan& plan, qsizetype index, const QJsonObject& step)
{
    const auto reasons = step["waiting_for"].toArray();
    const bool startable = reasons.isEmpty() && plan.isOpen() && !plan.procedure.steps[index].isManual() &&
                           step["state"].toString() == idOf(StepState::Ready);
    return startable ? QJsonArray{startReason(desk, plan, index)} : reasons;
}

} // namespace

Reply whyPlanWaits(const Invocation& call)
{
    if (const auto opened = call.desk.openForReading(); !opened) {
        return std::unexpected(opened.error());
    }
    const auto plan = call.desk.recovery().plan(PlanId(call.argument(0)));
    if (!plan) {
        return std::unexpected(plan.error());
    }
    const QString wanted = call.argument(1);
    if (!wanted.isEmpty() && plan->indexOf(StepId(wanted)) < 0) {
        return fail(ErrorCode::NotFound, QString("Plan %1 has no step '%2'.").arg(call.argument(0), wanted));
    }
    QJsonArray json;
    QString text;
    const auto described = withClaims(call.desk, *plan);
    for (const QJsonValue value : described["steps"].toArray()) {
        const auto step = value.toObject();
        const QString id = step["id"].toString();
        if (!wanted.isEmpty() && id != wanted) {
            continue;
        }
        const auto reasons = reasonsOf(call.desk, *plan, plan->indexOf(StepId(id)), step);
        if (wanted.isEmpty() && reasons.isEmpty()) {
            continue;
        }
        json.append(QJsonObject{{"id", step["id"]}, {"state", step["state"]}, {"waiting_for", reasons}});
        text += QString("%1 (%2): %3\n").arg(id, step["state"].toString(), plain(reasons));
    }
    return Answer{json, text.isEmpty() ? QString("Nothing waits.") : text};
}

} // namespace rc::ctl
