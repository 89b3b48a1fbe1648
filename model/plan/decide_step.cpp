// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/conditions.h"
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
    for (const int dependent : plan.dependencies().dependentsOf(int(index))) {
        const auto progress = plan.steps[dependent].progress;
        if (progress == StepProgress::Running || progress == StepProgress::Succeeded ||
            progress == StepProgress::Unknown) {
            return fail(ErrorCode::WrongState, QString("Step '%1' comes after '%2' and has run already.")
                                                   .arg(nameOf(plan, dependent), nameOf(plan, index)));
        }
    }
    return {};
}

QList<Role> skippingRoles(const Plan& plan, qsizetype index)
{
    return plan.procedure.steps[index].critical ? QList<Role>{Role::IncidentCommander} : plan.rolesOf(index);
}

/// Whether this person may do without the step now: in their role, and with the consents that running it takes.
Status needsLeaveToSkip(const Plan& plan, qsizetype index, const Actor& actor, Timestamp now, const QString& what)
{
    for (const auto& check : {needsRole(actor, skippingRoles(plan, index), what),
                              needsOtherThanApprover(plan, index, actor, now, StepAct::Skip),
                              needsConsents(plan, index, now, StepAct::Skip)}) {
        if (!check) {
            return check;
        }
    }
    return {};
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
                                  command.systems, plan.noncesOf(*index, now, StepAct::Run)}};
}

namespace {

bool readsAny(const QJsonObject& parameters, const QSet<StepId>& steps)
{
    return std::ranges::any_of(referencesIn(parameters, {}), [&](const FoundReference& found) {
        return found.reference && found.reference->scope == Reference::Scope::StepResult &&
               steps.contains(found.reference->step);
    });
}

bool asksAny(const Step& step, const QSet<StepId>& steps)
{
    return std::ranges::any_of(
        step.when, [&](const Condition& condition) { return readsAny({{"value", condition.value}}, steps); });
}

/// The pending steps after `step` that are lost with it, each of them because of those found before.
template <class IsLost>
QList<StepId> lostWith(const Plan& plan, const StepId& step, QSet<StepId> lost, IsLost isLost)
{
    QList<StepId> with;
    const auto root = plan.indexOf(step);
    if (root < 0) {
        return with;
    }
    // Positions are not in order of dependency: look again until nothing more is found.
    const auto dependents = plan.dependencies().transitiveDependents(std::vector{int(root)});
    for (bool found = true; found;) {
        found = false;
        for (const int index : dependents) {
            const auto& other = plan.procedure.steps[index].id;
            if (plan.steps[index].progress == StepProgress::Pending && !lost.contains(other) && isLost(index, lost)) {
                lost.insert(other);
                with.append(other);
                found = true;
            }
        }
    }
    return with;
}

} // namespace

QList<StepId> skippedWith(const Plan& plan, const StepId& step)
{
    return lostWith(plan, step, {step}, [&plan](int index, const QSet<StepId>& lost) {
        return readsAny(plan.procedure.steps[index].parameters, lost);
    });
}

QList<StepId> unneededWith(const Plan& plan, const StepId& step)
{
    const auto skipped = skippedWith(plan, step);
    return lostWith(plan, step, QSet<StepId>(skipped.begin(), skipped.end()) + QSet{step},
                    [&plan](int index, const QSet<StepId>& lost) {
                        const auto& other = plan.procedure.steps[index];
                        const bool asks = !plan.steps[index].wantedAnyway && asksAny(other, lost);
                        return asks || readsAny(other.parameters, lost);
                    });
}

namespace {

/// WrongState if a check reads the result of the step, or of one that would be skipped with it: nothing would make it
/// pass any more.
Status needsNoResultChecked(const Plan& plan, qsizetype index)
{
    std::optional<QList<StepId>> lost;
    for (const auto& check : plan.procedure.verification) {
        for (const auto& found : referencesIn(check.parameters, {})) {
            if (!found.reference || found.reference->scope != Reference::Scope::StepResult) {
                continue;
            }
            if (!lost) {
                const auto& step = plan.procedure.steps[index].id;
                lost = QList<StepId>{step} + skippedWith(plan, step);
            }
            if (lost->contains(found.reference->step)) {
                const auto read = plan.indexOf(found.reference->step);
                const auto whose =
                    read == index
                        ? QString("its result")
                        : QString("the result of '%1', which would be skipped with it").arg(nameOf(plan, read));
                return fail(ErrorCode::WrongState,
                            QString("Step '%1' cannot be skipped: the check '%2' reads %3, and could never pass.")
                                .arg(nameOf(plan, index), check.name, whose));
            }
        }
    }
    return {};
}

} // namespace

Status maySkip(const Plan& plan, qsizetype index)
{
    for (const auto& check : {needsWorkingPlan(plan), needsUntaken(plan, index)}) {
        if (!check) {
            return check;
        }
    }
    const auto progress = plan.steps[index].progress;
    if (progress != StepProgress::Pending && progress != StepProgress::Failed && progress != StepProgress::Undone) {
        return fail(ErrorCode::WrongState,
                    QString("Step '%1' cannot be skipped as it stands.").arg(nameOf(plan, index)));
    }
    return needsNoResultChecked(plan, index);
}

Result<PlanEvents> decide(const Plan& plan, const SkipStep& command, const Actor& actor, Timestamp now)
{
    const auto index = findStep(plan, command.step);
    if (!index) {
        return std::unexpected(index.error());
    }
    PlanEvents events{StepSkipped{command.step, command.reason, {}, false, plan.noncesOf(*index, now, StepAct::Skip)}};
    Status allowed =
        needsLeaveToSkip(plan, *index, actor, now, QString("Skipping step '%1'").arg(nameOf(plan, *index)));
    for (const auto& step : skippedWith(plan, command.step)) {
        const auto other = plan.indexOf(step);
        if (allowed) {
            allowed = needsLeaveToSkip(plan, other, actor, now,
                                       QString("Skipping step '%1' skips '%2' too, which needs its result. That")
                                           .arg(nameOf(plan, *index), nameOf(plan, other)));
        }
        events.append(StepSkipped{
            step,
            QString("needs the result of step '%1', which was skipped: %2").arg(nameOf(plan, *index), command.reason),
            command.step, false, plan.noncesOf(other, now, StepAct::Skip)});
    }
    // Now, or when its turn comes: nobody is asked then, so that this is who decides it.
    for (const auto& step : unneededWith(plan, command.step)) {
        const auto other = plan.indexOf(step);
        if (allowed) {
            allowed = needsLeaveToSkip(plan, other, actor, now,
                                       QString("Skipping step '%1' leaves '%2' out too, whose conditions ask for its "
                                               "result. That")
                                           .arg(nameOf(plan, *index), nameOf(plan, other)));
        }
    }
    for (const auto& check : {maySkip(plan, *index), allowed, needsText(command.reason, "The reason for skipping")}) {
        if (!check) {
            return std::unexpected(check.error());
        }
    }
    auto all = withUnneeded(plan, events);
    for (auto unneeded = all.begin() + events.size(); unneeded != all.end(); ++unneeded) {
        if (auto* skipped = std::get_if<StepSkipped>(&*unneeded)) {
            skipped->approvalNonces = plan.noncesOf(plan.indexOf(skipped->step), now, StepAct::Skip);
        }
    }
    return all;
}

namespace {

/// WrongState unless the step runs in that executor.
Result<qsizetype> runningThere(const Plan& plan, const StepId& step, const QString& executor)
{
    const auto index = findStep(plan, step);
    if (index && (plan.steps[*index].progress != StepProgress::Running || plan.steps[*index].act != StepAct::Run ||
                  plan.steps[*index].executor.id != executor)) {
        return fail(ErrorCode::Conflict, QString("Step '%1' is not running there any more.").arg(nameOf(plan, *index)));
    }
    return index;
}

} // namespace

Result<PlanEvents> decide(const Plan& plan, const KeepPreImage& command, const Actor&, Timestamp)
{
    const auto index = runningThere(plan, command.step, command.executor);
    if (!index) {
        return std::unexpected(index.error());
    }
    if (plan.procedure.steps[*index].isManual()) {
        return fail(
            ErrorCode::WrongState,
            QString("Step '%1' is manual; how it is taken back is in its procedure.").arg(nameOf(plan, *index)));
    }
    return PlanEvents{StepCaptured{command.step, command.attempt, command.capture}};
}

Result<PlanEvents> decide(const Plan& plan, const RecordDeviation& command, const Actor&, Timestamp)
{
    const auto index = runningThere(plan, command.step, command.executor);
    if (!index) {
        return std::unexpected(index.error());
    }
    return PlanEvents{StepDeviated{command.step, command.deviation}};
}

Result<PlanEvents> decide(const Plan& plan, const CancelStep& command, const Actor& actor, Timestamp)
{
    const auto index = findStep(plan, command.step);
    if (!index) {
        return std::unexpected(index.error());
    }
    const auto roles = plan.rolesOf(*index) + plan.procedure.requiredRoles;
    if (const auto allowed = needsRole(actor, roles, QString("Stopping step '%1'").arg(nameOf(plan, *index)));
        !allowed) {
        return std::unexpected(allowed.error());
    }
    const auto& record = plan.steps[*index];
    if (record.progress != StepProgress::Running || plan.procedure.steps[*index].isManual()) {
        return fail(ErrorCode::WrongState,
                    QString("Step '%1' is not running; there is nothing to stop.").arg(nameOf(plan, *index)));
    }
    if (record.cancel) {
        return fail(ErrorCode::WrongState,
                    QString("Step '%1' was told to stop already, by %2 at %3.")
                        .arg(nameOf(plan, *index), record.cancel->by.text(), toRfc3339(record.cancel->at)));
    }
    return PlanEvents{StepCancelRequested{command.step, record.attempt, command.reason}};
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
    if (record.progress == StepProgress::Unknown && record.act == StepAct::Undo) {
        return fail(ErrorCode::WrongState,
                    QString("Undoing step '%1' was interrupted; somebody has to say what is there now ('done': it is "
                            "undone, 'fail': it is not) before it is run again.")
                        .arg(nameOf(plan, *index)));
    }
    if (record.progress == StepProgress::Unknown) {
        if (const auto reason = needsText(command.reason, "The reason for running an interrupted step again");
            !reason) {
            return std::unexpected(reason.error());
        }
    }
    return withUnneeded(plan, {StepRetried{command.step, record.attempt + 1, command.reason, std::nullopt}});
}

QList<StepId> runnableSteps(const Plan& plan, const Actor& armedBy, Timestamp now, qsizetype most)
{
    QList<StepId> steps;
    if (!needsWorkingPlan(plan)) {
        return steps;
    }
    const auto startsByItself = [&](qsizetype index) {
        const auto& step = plan.procedure.steps[index];
        const bool mayPass = !plan.isPointOfNoReturn(index) || plan.crossing.contains(step.id);
        return !step.isManual() && plan.isArmedFor(index) && plan.stateOf(index, now) == StepState::Ready && mayPass &&
               needsStepRole(plan, index, armedBy) && needsOtherThanApprover(plan, index, armedBy, now);
    };
    // A slot that is taken stays taken: no more start at once than the procedure allows.
    most = std::min<qsizetype>(most, plan.procedure.maximumParallel - plan.runningCount());
    const auto& startable = plan.startable();
    for (const auto priority : {Priority::Urgent, Priority::High, Priority::Normal, Priority::Low}) {
        for (auto i = startable.next(0); i < plan.steps.size(); i = startable.next(i + 1)) {
            if (steps.size() >= most) {
                return steps;
            }
            if (plan.procedure.steps[i].priority == priority && startsByItself(i)) {
                steps.append(plan.procedure.steps[i].id);
            }
        }
    }
    return steps;
}

} // namespace rc
