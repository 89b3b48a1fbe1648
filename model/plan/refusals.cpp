// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/refusals.h"

namespace rc::refusals {

QString namesOf(const QList<Role>& roles)
{
    QStringList names;
    for (const auto role : roles) {
        names.append(idOf(role));
    }
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
    const auto index = plan.procedure.indexOf(step);
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

} // namespace rc::refusals
