// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/plan/plan.h"

/// Checks that several decisions share, each with the sentence a refused person reads.

namespace rc::refusals {

/// "incident_commander or node_operator"
[[nodiscard]] QString namesOf(const QList<Role>& roles);
/// PermissionDenied unless the actor has one of the roles.
[[nodiscard]] Status needsRole(const Actor& actor, const QList<Role>& roles, const QString& what);
/// The step's position, or NotFound.
[[nodiscard]] Result<qsizetype> findStep(const Plan& plan, const StepId& step);
/// WrongState unless the plan is being worked on (in progress, or re-opened by a failed verification).
[[nodiscard]] Status needsWorkingPlan(const Plan& plan);
/// WrongState when the plan has ended.
[[nodiscard]] Status needsOpenPlan(const Plan& plan);
/// All roles that take part in this plan: the procedure's, the steps', the approvals', and who may declare.
[[nodiscard]] QList<Role> participants(const Plan& plan);
/// A text that has to be given, e.g. a reason.
[[nodiscard]] Status needsText(const QString& text, const QString& what);

} // namespace rc::refusals
