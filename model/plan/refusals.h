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
/// PermissionDenied unless the actor has a role of the step.
[[nodiscard]] Status needsStepRole(const Plan& plan, qsizetype index, const Actor& actor);
/// Conflict, when somebody else was first: the step is done or being done.
[[nodiscard]] Status needsUntaken(const Plan& plan, qsizetype index);
/// InvalidStepIndex when it is not the step's turn, WrongState when it needs a retry or an approval first.
[[nodiscard]] Status needsReady(const Plan& plan, qsizetype index, Timestamp now);
/// An automated step with an executor at work, other than `except`, or null. A manual step that somebody has taken
/// keeps nothing waiting.
[[nodiscard]] const Step* runningStep(const Plan& plan, qsizetype except = -1);
/// Four eyes: who has approved this attempt of the step (or that it is undone) neither runs nor completes it (product
/// rule 3).
[[nodiscard]] Status needsOtherThanApprover(const Plan& plan, qsizetype index, const Actor& actor, Timestamp now,
                                            StepAct act = StepAct::Run);
/// WrongState unless everybody has consented to undoing the step, or to doing without it, whose consent running it
/// takes.
[[nodiscard]] Status needsConsents(const Plan& plan, qsizetype index, Timestamp now, StepAct act);

} // namespace rc::refusals
