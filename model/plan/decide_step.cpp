// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/plan_decisions.h"
#include "model/plan/refusals.h"

#include <algorithm>

/// Decisions about one step: start, outcome, skip, retry, what became of an interrupted one.

namespace rc {

using namespace refusals;

namespace {

QString nameOf(const Plan& plan, qsizetype index)
{
    return plan.procedure.steps[index].name;
}

/// Conflict, when somebody else was first: the step is done or being done.
Status needsUntaken(const Plan& plan, qsizetype index)
{
    const auto& record = plan.steps[index];
    if (record.progress == StepProgress::Succeeded) {
        return fail(ErrorCode::Conflict, QString("Step '%1' was completed already, by %2 at %3.")
                                             .arg(nameOf(plan, index), record.completedBy.text(),
                                                  toRfc3339(record.completedAt.value_or(Timestamp()))));
    }
    if (record.progress == StepProgress::Running) {
        return fail(ErrorCode::Conflict, QString("Step '%1' is being run already, by %2 since %3.")
                                             .arg(nameOf(plan, index), record.startedBy.text(),
                                                  toRfc3339(record.startedAt.value_or(Timestamp()))));
    }
    return {};
}

/// InvalidStepIndex or WrongState, unless the step may start now.
Status needsReady(const Plan& plan, qsizetype index, Timestamp now)
{
    const QJsonObject details{{"step", plan.procedure.steps[index].id.text()},
                              {"state", QString(idOf(plan.stateOf(index, now)))},
                              {"waiting_for", QJsonArray::fromStringList(plan.waitingFor(index, now))}};
    if (plan.steps[index].progress != StepProgress::Pending) {
        return fail(
            ErrorCode::WrongState,
            QString("Step '%1' is %2; retry it first.").arg(nameOf(plan, index), idOf(plan.stateOf(index, now))),
            details);
    }
    if (!plan.dependenciesMet(index)) {
        return fail(
            ErrorCode::InvalidStepIndex,
            QString("Step '%1' is not ready: %2.").arg(nameOf(plan, index), plan.waitingFor(index, now).join("; ")),
            details);
    }
    if (!plan.approvalsMet(index, now)) {
        return fail(
            ErrorCode::WrongState,
            QString("Step '%1' waits for: %2.").arg(nameOf(plan, index), plan.waitingFor(index, now).join("; ")),
            details);
    }
    return {};
}

/// Four eyes, the other way round: who has approved the next start does not run it (product rule 3).
Status needsOtherThanApprover(const Plan& plan, qsizetype index, const Actor& actor, Timestamp now)
{
    for (const auto& approval : plan.validApprovals(index, now)) {
        if (approval.statement.approver == actor.id) {
            return fail(ErrorCode::PermissionDenied, QString("%1 has approved step '%2'; somebody else has to run it.")
                                                         .arg(actor.id.text(), nameOf(plan, index)));
        }
    }
    return {};
}

Status needsStepRole(const Plan& plan, qsizetype index, const Actor& actor)
{
    return needsRole(actor, plan.rolesOf(index), QString("Step '%1'").arg(nameOf(plan, index)));
}

QStringList noncesFor(const Plan& plan, qsizetype index, Timestamp now)
{
    QStringList nonces;
    for (const auto& approval : plan.validApprovals(index, now)) {
        nonces.append(approval.statement.nonce);
    }
    return nonces;
}

PlanEvent outcomeEvent(const StepId& step, int attempt, const StepResult& result, const QString& note,
                       const QJsonArray& evidence)
{
    if (result.success) {
        return StepSucceeded{step, attempt, result, note, evidence};
    }
    return StepFailed{step, attempt, result, note};
}

/// Declared outputs are a promise: a success without them would break a later step at the worst moment.
StepResult withOutputsChecked(const Step& step, StepResult result)
{
    for (const auto& output : step.outputs) {
        if (result.success && !result.fields.contains(output)) {
            result.success = false;
            result.message =
                QString("The action succeeded but left no '%1', which the procedure declares as its output.")
                    .arg(output);
        }
    }
    return result;
}

} // namespace

Result<PlanEvents> decide(const Plan& plan, const StartStep& command, const Actor& actor, Timestamp now)
{
    const auto index = findStep(plan, command.step);
    if (!index) {
        return std::unexpected(index.error());
    }
    for (const auto& check : {needsStepRole(plan, *index, actor), needsWorkingPlan(plan), needsUntaken(plan, *index),
                              needsReady(plan, *index, now), needsOtherThanApprover(plan, *index, actor, now)}) {
        if (!check) {
            return std::unexpected(check.error());
        }
    }
    const auto parameters = plan.resolvedParameters(*index);
    if (!parameters) {
        return std::unexpected(parameters.error());
    }
    return PlanEvents{StepStarted{command.step, plan.steps[*index].attempt, command.executor, *parameters,
                                  command.systems, noncesFor(plan, *index, now)}};
}

Result<PlanEvents> decide(const Plan& plan, const CompleteStep& command, const Actor& actor, Timestamp now)
{
    const auto index = findStep(plan, command.step);
    if (!index) {
        return std::unexpected(index.error());
    }
    const auto& step = plan.procedure.steps[*index];
    const auto& record = plan.steps[*index];
    if (const auto allowed = needsStepRole(plan, *index, actor); !allowed) {
        return std::unexpected(allowed.error());
    }
    if (record.progress == StepProgress::Succeeded) {
        return std::unexpected(needsUntaken(plan, *index).error());
    }
    if (const auto working = needsWorkingPlan(plan); !working) {
        return std::unexpected(working.error());
    }
    const bool personDecides = record.progress == StepProgress::Unknown;
    if (!step.isManual() && !personDecides) {
        return fail(ErrorCode::WrongState,
                    QString("Step '%1' is automated; run it instead of ticking it.").arg(step.name));
    }
    if (personDecides || !command.result.success) {
        if (const auto note = needsText(command.note, "A note that says what was found"); !note) {
            return std::unexpected(note.error());
        }
    }
    if (record.progress == StepProgress::Pending || record.progress == StepProgress::Failed) {
        for (const auto& check : {needsReady(plan, *index, now), needsOtherThanApprover(plan, *index, actor, now)}) {
            if (!check) {
                return std::unexpected(check.error());
            }
        }
    }
    const auto result = withOutputsChecked(step, command.result);
    return PlanEvents{outcomeEvent(command.step, record.attempt, result, command.note, command.evidence)};
}

Result<PlanEvents> decide(const Plan& plan, const RecordOutcome& command, const Actor&, Timestamp)
{
    const auto index = findStep(plan, command.step);
    if (!index) {
        return std::unexpected(index.error());
    }
    const auto& record = plan.steps[*index];
    const bool mine = record.executor.id == command.executor && record.attempt == command.attempt;
    if (!mine || record.progress != StepProgress::Running) {
        return fail(
            ErrorCode::Conflict,
            QString("The outcome of step '%1' comes too late: another has taken it over.").arg(nameOf(plan, *index)));
    }
    const auto result = withOutputsChecked(plan.procedure.steps[*index], command.result);
    return PlanEvents{outcomeEvent(command.step, command.attempt, result, {}, {})};
}

Result<PlanEvents> decide(const Plan& plan, const SkipStep& command, const Actor& actor, Timestamp)
{
    const auto index = findStep(plan, command.step);
    if (!index) {
        return std::unexpected(index.error());
    }
    const auto roles =
        plan.procedure.steps[*index].critical ? QList<Role>{Role::IncidentCommander} : plan.rolesOf(*index);
    const auto what = QString("Skipping step '%1'").arg(nameOf(plan, *index));
    for (const auto& check : {needsRole(actor, roles, what), needsWorkingPlan(plan), needsUntaken(plan, *index),
                              needsText(command.reason, "The reason for skipping")}) {
        if (!check) {
            return std::unexpected(check.error());
        }
    }
    const auto progress = plan.steps[*index].progress;
    if (progress != StepProgress::Pending && progress != StepProgress::Failed) {
        return fail(ErrorCode::WrongState,
                    QString("Step '%1' cannot be skipped as it stands.").arg(nameOf(plan, *index)));
    }
    return PlanEvents{StepSkipped{command.step, command.reason}};
}

Result<PlanEvents> decide(const Plan& plan, const RetryStep& command, const Actor& actor, Timestamp)
{
    const auto index = findStep(plan, command.step);
    if (!index) {
        return std::unexpected(index.error());
    }
    for (const auto& check : {needsStepRole(plan, *index, actor), needsWorkingPlan(plan), needsUntaken(plan, *index)}) {
        if (!check) {
            return std::unexpected(check.error());
        }
    }
    const auto& record = plan.steps[*index];
    if (record.progress == StepProgress::Pending) {
        return fail(
            ErrorCode::WrongState,
            QString("Step '%1' has not run in this attempt; there is nothing to retry.").arg(nameOf(plan, *index)));
    }
    if (record.progress == StepProgress::Unknown) {
        if (const auto reason = needsText(command.reason, "The reason for running an interrupted step again");
            !reason) {
            return std::unexpected(reason.error());
        }
    }
    return PlanEvents{StepRetried{command.step, record.attempt + 1, command.reason}};
}

Result<PlanEvents> decide(const Plan& plan, const MarkUnknown& command, const Actor&, Timestamp)
{
    const auto index = findStep(plan, command.step);
    if (!index) {
        return std::unexpected(index.error());
    }
    const auto& record = plan.steps[*index];
    if (record.progress != StepProgress::Running || plan.procedure.steps[*index].isManual() ||
        record.executor.id != command.executor) {
        return fail(ErrorCode::WrongState, QString("Step '%1' is not running there.").arg(nameOf(plan, *index)));
    }
    return PlanEvents{StepFoundUnknown{command.step, record.attempt, command.executor}};
}

Result<PlanEvents> decide(const Plan& plan, const ResolveUnknown& command, const Actor& actor, Timestamp)
{
    const auto index = findStep(plan, command.step);
    if (!index) {
        return std::unexpected(index.error());
    }
    const auto& record = plan.steps[*index];
    if (record.progress != StepProgress::Unknown) {
        return fail(ErrorCode::WrongState, QString("Step '%1' is not unknown.").arg(nameOf(plan, *index)));
    }
    if (const auto allowed = needsStepRole(plan, *index, actor); !allowed) {
        return std::unexpected(allowed.error());
    }
    switch (command.answer) {
    case ProbeAnswer::Applied: {
        const auto result = withOutputsChecked(plan.procedure.steps[*index], command.result);
        return PlanEvents{outcomeEvent(command.step, record.attempt, result, "found by its probe", {})};
    }
    case ProbeAnswer::NotApplied:
        return PlanEvents{StepRetried{command.step, record.attempt + 1, "its probe found that it did not take effect"}};
    case ProbeAnswer::CannotTell:
        break;
    }
    return fail(ErrorCode::WrongState, QString("Whether step '%1' took effect cannot be told: %2 Somebody has to look: "
                                               "'done' or 'fail' with a note, or 'retry' with a reason.")
                                           .arg(nameOf(plan, *index), command.result.message));
}

QList<StepId> runnableSteps(const Plan& plan, const Actor& armedBy, Timestamp now)
{
    QList<qsizetype> indices;
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        const bool ready = plan.stateOf(i, now) == StepState::Ready && !plan.procedure.steps[i].isManual();
        if (ready && needsStepRole(plan, i, armedBy) && needsOtherThanApprover(plan, i, armedBy, now)) {
            indices.append(i);
        }
    }
    std::ranges::stable_sort(indices, [&](qsizetype a, qsizetype b) {
        return plan.procedure.steps[a].priority > plan.procedure.steps[b].priority;
    });
    QList<StepId> steps;
    for (const auto index : indices) {
        steps.append(plan.procedure.steps[index].id);
    }
    return steps;
}

} // namespace rc
