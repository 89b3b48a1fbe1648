// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/refusals.h"

#include <algorithm>

namespace rc::refusals {

QString namesOf(const QList<Role>& roles)
{
    QStringList names;
    for (const auto role : roles) {
        names.append(idOf(role));
    }
    names.removeDuplicates();
    return names.join(" or ");
}

Status needsRole(const Actor& actor, const QList<Role>& roles, const QString& what)
{
    if (actor.hasOneOf(roles)) {
        return {};
    }
    return fail(ErrorCode::PermissionDenied,
                QString("%1 needs the role %2; %3 has %4.")
                    .arg(what, namesOf(roles), actor.id.text(),
                         actor.roles.isEmpty() ? QString("none") : namesOf(actor.roles).replace(" or ", ", ")),
                {{"required_roles", toJson(roles)}, {"operator", actor.id.text()}});
}

Result<qsizetype> findStep(const Plan& plan, const StepId& step)
{
    const auto index = plan.indexOf(step);
    if (index >= 0) {
        return index;
    }
    QStringList known;
    for (const auto& entry : plan.procedure.steps) {
        known.append(entry.id.text());
    }
    return fail(ErrorCode::NotFound,
                QString("Plan %1 has no step '%2'; it has: %3.").arg(plan.id.text(), step.text(), known.join(", ")));
}

Status needsWorkingPlan(const Plan& plan)
{
    if (plan.status == PlanStatus::InProgress || plan.status == PlanStatus::VerificationFailed) {
        return {};
    }
    return fail(ErrorCode::WrongState, QString("Plan %1 is %2.").arg(plan.id.text(), idOf(plan.status)),
                {{"status", QString(idOf(plan.status))}});
}

Status needsOpenPlan(const Plan& plan)
{
    if (plan.isOpen()) {
        return {};
    }
    return fail(ErrorCode::WrongState, QString("Plan %1 has ended; it is %2.").arg(plan.id.text(), idOf(plan.status)),
                {{"status", QString(idOf(plan.status))}});
}

QList<Role> participants(const Plan& plan)
{
    QList<Role> roles = plan.procedure.requiredRoles + plan.procedure.declaredBy;
    for (const auto& step : plan.procedure.steps) {
        roles += step.requiredRoles;
        for (const auto& approval : step.approvals) {
            roles.append(approval.role);
        }
    }
    QList<Role> unique;
    for (const auto role : roles) {
        if (!unique.contains(role)) {
            unique.append(role);
        }
    }
    return unique;
}

Status needsText(const QString& text, const QString& what)
{
    if (!text.trimmed().isEmpty()) {
        return {};
    }
    return fail(ErrorCode::InvalidInput, QString("%1 is missing.").arg(what));
}

Status needsStepRole(const Plan& plan, qsizetype index, const Actor& actor)
{
    return needsRole(actor, plan.rolesOf(index), QString("Step '%1'").arg(plan.procedure.steps[index].name));
}

Status needsUntaken(const Plan& plan, qsizetype index)
{
    const auto& record = plan.steps[index];
    const QString name = plan.procedure.steps[index].name;
    if (record.progress == StepProgress::Succeeded) {
        return fail(ErrorCode::Conflict,
                    QString("Step '%1' was completed already, by %2 at %3.")
                        .arg(name, record.completedBy.text(), toRfc3339(record.completedAt.value_or(Timestamp()))));
    }
    if (record.progress == StepProgress::Running && record.act == StepAct::Undo) {
        return fail(ErrorCode::Conflict,
                    QString("Step '%1' is being taken back since %2: %3")
                        .arg(name, toRfc3339(record.undoStartedAt.value_or(Timestamp())), record.undoReason));
    }
    if (record.progress == StepProgress::Running) {
        return fail(ErrorCode::Conflict,
                    QString("Step '%1' is being run already, by %2 since %3.")
                        .arg(name, record.startedBy.text(), toRfc3339(record.startedAt.value_or(Timestamp()))));
    }
    return {};
}

Status needsReady(const Plan& plan, qsizetype index, Timestamp now)
{
    const QString name = plan.procedure.steps[index].name;
    const auto state = plan.stateOf(index, now);
    const auto waiting = plan.waitingFor(index, now);
    const QJsonObject details{{"step", plan.procedure.steps[index].id.text()},
                              {"state", QString(idOf(state))},
                              {"waiting_for", QJsonArray::fromStringList(waiting)}};
    switch (state) {
    case StepState::Ready:
        return {};
    case StepState::Waiting:
        return fail(ErrorCode::InvalidStepIndex, QString("Step '%1' is not ready: %2.").arg(name, waiting.join("; ")),
                    details);
    case StepState::AwaitingApproval:
        return fail(ErrorCode::WrongState, QString("Step '%1' waits for: %2.").arg(name, waiting.join("; ")), details);
    default:
        return fail(ErrorCode::WrongState, QString("Step '%1' is %2; retry it first.").arg(name, idOf(state)), details);
    }
}

const Step* runningStep(const Plan& plan, qsizetype except)
{
    const auto& underWay = plan.underWay();
    for (auto i = underWay.next(0); i < plan.steps.size(); i = underWay.next(i + 1)) {
        if (!plan.procedure.steps[i].isManual() && i != except) {
            return &plan.procedure.steps[i];
        }
    }
    return nullptr;
}

Status needsOtherThanApprover(const Plan& plan, qsizetype index, const Actor& actor, Timestamp now, StepAct act)
{
    const auto& record = plan.steps[index];
    const bool approved = std::ranges::any_of(record.approvals, [&](const Approval& approval) {
        const auto& statement = approval.statement;
        return statement.approver == actor.id && statement.attempt == record.attempt && statement.act == act &&
               (approval.used || (!approval.isOver && statement.expires > now));
    });
    if (approved) {
        return fail(ErrorCode::PermissionDenied,
                    QString("%1 has approved step '%2'; somebody else has to %3 it.")
                        .arg(actor.id.text(), plan.procedure.steps[index].name, idOf(act)));
    }
    return {};
}

Status needsConsents(const Plan& plan, qsizetype index, Timestamp now, StepAct act)
{
    QStringList missing;
    for (const auto& need : plan.missingApprovals(index, now, act)) {
        missing.append(QString("%1 more with the role %2").arg(need.count).arg(idOf(need.role)));
    }
    if (missing.isEmpty()) {
        return {};
    }
    return fail(ErrorCode::WrongState, QString("%1 step '%2' takes the same consent as running it: %3.")
                                           .arg(act == StepAct::Undo ? QString("Undoing") : QString("Skipping"),
                                                plan.procedure.steps[index].name, missing.join(", ")));
}

} // namespace rc::refusals
