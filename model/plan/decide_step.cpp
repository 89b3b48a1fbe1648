// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/plan_decisions.h"
#include "model/plan/refusals.h"

#include <algorithm>

/// Decisions about one step on its way: start, skip, retry, and what an armed plan starts by itself.

namespace rc {

using namespace refusals;

namespace {

QString nameOf(const Plan& plan, qsizetype index)
{
    return plan.procedure.steps[index].name;
}

/// WrongState when a step that needs this one has run: running this one now would turn the order round. Only what needs
/// it directly counts; behind a skipped step others may have run in good order.
Status needsUnusedByOthers(const Plan& plan, qsizetype index)
{
    const auto graph = plan.dependencies();
    for (const int dependent : graph.dependentsOf(int(index))) {
        const auto progress = plan.steps[dependent].progress;
        if (progress == StepProgress::Running || progress == StepProgress::Succeeded ||
            progress == StepProgress::Unknown) {
            return fail(ErrorCode::WrongState, QString("Step '%1' comes after '%2' and has run already.")
                                                   .arg(nameOf(plan, dependent), nameOf(plan, index)));
        }
    }
    return {};
}

QStringList noncesFor(const Plan& plan, qsizetype index, Timestamp now)
{
    QStringList nonces;
    for (const auto& approval : plan.validApprovals(index, now)) {
        nonces.append(approval.statement.nonce);
    }
    return nonces;
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
    for (const auto& check : {needsStepRole(plan, *index, actor), needsWorkingPlan(plan), needsUntaken(plan, *index),
                              needsUnusedByOthers(plan, *index)}) {
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

QList<StepId> runnableSteps(const Plan& plan, const Actor& armedBy, Timestamp now)
{
    QList<qsizetype> indices;
    if (!needsWorkingPlan(plan)) {
        return {};
    }
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        const bool ready = plan.stateOf(i, now) == StepState::Ready && !plan.procedure.steps[i].isManual();
        const bool consented = !plan.isPointOfNoReturn(i) || !plan.procedure.steps[i].approvals.isEmpty();
        if (ready && consented && needsStepRole(plan, i, armedBy) && needsOtherThanApprover(plan, i, armedBy, now)) {
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
