// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/plan.h"
#include "model/plan/refusals.h"

#include <algorithm>

/// What people see of a step: its state, what it waits for, and whose consent is missing.

namespace rc {
namespace {

int countOf(const QList<Approval>& approvals, Role role)
{
    return int(std::ranges::count_if(approvals, [role](const Approval& a) { return a.statement.role == role; }));
}

} // namespace

QList<Approval> Plan::validApprovals(qsizetype index, Timestamp now, StepAct act) const
{
    const auto& record = steps[index];
    QList<Approval> valid;
    if (record.approvals.isEmpty()) {
        return valid;
    }
    const auto parameters = parametersFor(index, act);
    if (!parameters) {
        return valid;
    }
    const QString hash = parametersHashOf(*parameters);
    for (const auto& approval : record.approvals) {
        const auto& statement = approval.statement;
        if (!approval.used && !approval.isOver && statement.attempt == record.attempt && statement.act == act &&
            statement.parametersHash == hash && statement.expires > now && statement.approver != armedBy) {
            valid.append(approval);
        }
    }
    return valid;
}

QStringList Plan::noncesOf(qsizetype index, Timestamp now, StepAct act) const
{
    QStringList nonces;
    for (const auto& approval : validApprovals(index, now, act)) {
        nonces.append(approval.statement.nonce);
    }
    return nonces;
}

QList<ApprovalRequirement> Plan::missingApprovals(qsizetype index, Timestamp now, StepAct act) const
{
    QList<ApprovalRequirement> missing;
    const auto& required = procedure.steps[index].approvals;
    if (required.isEmpty()) {
        return missing;
    }
    const auto valid = validApprovals(index, now, act);
    for (const auto& need : required) {
        if (const int left = need.count - countOf(valid, need.role); left > 0) {
            missing.append({need.role, left});
        }
    }
    return missing;
}

bool Plan::approvalsMet(qsizetype index, Timestamp now, StepAct act) const
{
    return missingApprovals(index, now, act).isEmpty();
}

bool Plan::isTooEarly(qsizetype index, Timestamp now) const
{
    const auto& record = steps[index];
    // A clock that was set back does not make anybody wait for it.
    return record.notBefore && now < *record.notBefore && now >= record.readySince.value_or(now);
}

StepState Plan::stateOf(qsizetype index, Timestamp now) const
{
    const auto& record = steps[index];
    switch (record.progress) {
    case StepProgress::Running:
        return procedure.steps[index].isManual() ? StepState::AwaitingPerson : StepState::Running;
    case StepProgress::Succeeded:
        return StepState::Succeeded;
    case StepProgress::Failed:
        return StepState::Failed;
    case StepProgress::Skipped:
        return StepState::Skipped;
    case StepProgress::Unknown:
        return StepState::Unknown;
    case StepProgress::Undone:
        return StepState::Undone;
    case StepProgress::NotRun:
        return StepState::NotRun;
    case StepProgress::Pending:
        break;
    }
    if (!dependenciesMet(index) || isHeld(index) || isTooEarly(index, now) || undecidedUntil(index) ||
        unmetCondition(index) || !resolvedParameters(index)) {
        return StepState::Waiting;
    }
    return approvalsMet(index, now) ? StepState::Ready : StepState::AwaitingApproval;
}

QStringList Plan::waitingFor(qsizetype index, Timestamp now) const
{
    const auto& record = steps[index];
    switch (record.progress) {
    case StepProgress::Unknown:
        if (record.act == StepAct::Undo) {
            return {"undoing it was interrupted; a probe has to find out what is there now"};
        }
        return {"the step was interrupted; a probe has to find out whether it took effect"};
    case StepProgress::Failed:
        return {QString("it failed: %1").arg(record.result.message)};
    case StepProgress::Undone:
        return {"it was undone; it can be run again as a new attempt"};
    case StepProgress::Running:
        if (procedure.steps[index].isManual()) {
            return {QString("person: %1 has taken it and has to say what came of it").arg(record.startedBy.text())};
        }
        return {};
    case StepProgress::Pending:
        return isOpen() ? reasonsBeforeStart(index, now) : QStringList();
    default:
        return {};
    }
}

QStringList Plan::reasonsBeforeStart(qsizetype index, Timestamp now) const
{
    const auto& step = procedure.steps[index];
    QStringList reasons;
    for (const auto& dependency : step.after) {
        const auto at = indexOf(dependency);
        if (at < 0 || !isDone(steps[at])) {
            const QString name = at < 0 ? dependency.text() : procedure.steps[at].name;
            reasons.append(QString("dependency: step '%1' is not done").arg(name));
        }
    }
    for (const auto& hold : holds) {
        if (isHeld(index) && withDependents({hold.step}).contains(index)) {
            reasons.append(QString("hold: %1 has put off step '%2' and what comes after it: %3")
                               .arg(hold.by.text(), procedure.steps[indexOf(hold.step)].name, hold.reason));
        }
    }
    return reasons.isEmpty() ? reasonsWhenReady(index, now) : reasons;
}

QStringList Plan::reasonsWhenReady(qsizetype index, Timestamp now) const
{
    const auto& step = procedure.steps[index];
    if (const auto unmet = unmetCondition(index)) {
        return {QString("condition: it is not needed: %1").arg(*unmet)};
    }
    if (const auto open = undecidedUntil(index)) {
        return {QString("condition: whether it is needed depends on step '%1', which is not done")
                    .arg(procedure.steps[indexOf(*open)].name)};
    }
    if (const auto resolved = resolvedParameters(index); !resolved) {
        return {QString("parameter: %1").arg(resolved.error().message)};
    }
    QStringList reasons = missingConsents(index, now, StepAct::Run);
    if (isTooEarly(index, now)) {
        reasons.append(QString("retry: attempt %1 begins at %2")
                           .arg(steps[index].attempt)
                           .arg(toRfc3339(*steps[index].notBefore)));
    }
    if (status == PlanStatus::Paused) {
        reasons.append(pause ? QString("pause: the plan is paused by %1: %2").arg(pause->by.text(), pause->reason)
                             : QString("pause: the plan is paused"));
    }
    if (status == PlanStatus::Aborting) {
        reasons.append("the plan is being aborted");
    }
    if (step.isManual()) {
        reasons.append(
            QString("person: somebody with the role %1 has to do it").arg(refusals::namesOf(rolesOf(index))));
        return reasons;
    }
    if (runningCount() >= procedure.maximumParallel) {
        reasons.append(QString("limit: %1 steps run at the same time, as many as the procedure allows")
                           .arg(procedure.maximumParallel));
    }
    return reasons;
}

QStringList Plan::missingConsents(qsizetype index, Timestamp now, StepAct act) const
{
    QStringList reasons;
    for (const auto& need : missingApprovals(index, now, act)) {
        reasons.append(QString("approval: %1 more by a person with the role %2 who neither started nor runs it")
                           .arg(need.count)
                           .arg(idOf(need.role)));
    }
    return reasons;
}

Capture Plan::captureOf(qsizetype index) const
{
    const auto& step = procedure.steps[index];
    if (!steps[index].hasEffect) {
        return {Capture::Kind::NoEffect, "It left things as they were.", {}};
    }
    if (step.reversibility == Reversibility::Irreversible) {
        return {Capture::Kind::Final, "The procedure says that it cannot be taken back.", {}};
    }
    if (step.isManual()) {
        return step.undo.isEmpty() ? Capture{Capture::Kind::NoEffect, "The procedure names nothing to take back.", {}}
                                   : Capture{Capture::Kind::Undoable, step.undo, {}};
    }
    return steps[index].capture.value_or(
        Capture{Capture::Kind::Final, "What was there before it ran was not kept.", {}});
}

} // namespace rc
