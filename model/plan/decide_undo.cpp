// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/conditions.h"
#include "model/plan/plan_decisions.h"
#include "model/plan/refusals.h"

#include <algorithm>

/// Decisions about taking things back: what can still be undone, in which order, and what a plan has left behind.

namespace rc {

using namespace refusals;

namespace {

QString nameOf(const Plan& plan, qsizetype index)
{
    return plan.procedure.steps[index].name;
}

bool isUnderWay(const StepRecord& record)
{
    return record.progress == StepProgress::Running || record.progress == StepProgress::Unknown;
}

/// Whatever has become of the step since: failed, opened again, skipped.
bool hasBegun(const StepRecord& record)
{
    return isUnderWay(record) || record.hasEffect;
}

Status refused(const QString& sentence)
{
    return fail(ErrorCode::WrongState, sentence);
}

/// A plan that is declared over is not changed any more; one that was aborted can still be cleaned up.
Status needsPlanToUndoIn(const Plan& plan)
{
    switch (plan.status) {
    case PlanStatus::Completed:
        return refused(
            QString("Plan %1 is completed; what it did is taken back by a plan of its own.").arg(plan.id.text()));
    case PlanStatus::Aborting:
        return refused(
            QString("Plan %1 is being aborted; when that is over, its steps can be undone.").arg(plan.id.text()));
    default:
        return {};
    }
}

Status needsUndoableRecord(const Plan& plan, qsizetype index)
{
    const auto& record = plan.steps[index];
    if (record.progress == StepProgress::Running) {
        return needsUntaken(plan, index);
    }
    if (record.progress == StepProgress::Unknown) {
        return refused(QString("Step '%1' was interrupted; what became of it has to be found out first.")
                           .arg(nameOf(plan, index)));
    }
    if (!record.hasEffect && record.progress == StepProgress::Undone) {
        return refused(QString("Step '%1' is undone already.").arg(nameOf(plan, index)));
    }
    if (!record.hasEffect && record.progress != StepProgress::Failed) {
        return refused(QString("Step '%1' has not run; there is nothing to undo.").arg(nameOf(plan, index)));
    }
    const auto capture = plan.captureOf(index);
    if (capture.kind == Capture::Kind::Undoable) {
        return {};
    }
    return refused(QString("Step '%1' cannot be undone: %2").arg(nameOf(plan, index), capture.how));
}

/// Whether a later step stands in the way: steps are undone backwards.
Status needsNothingBehind(const Plan& plan, qsizetype index)
{
    for (const int later : plan.dependencies().transitiveDependents(std::vector{int(index)})) {
        const auto& record = plan.steps[later];
        if (isUnderWay(record)) {
            return refused(
                QString("Step '%1' comes after '%2' and is under way.").arg(nameOf(plan, later), nameOf(plan, index)));
        }
        const auto capture = plan.captureOf(later);
        if (capture.kind == Capture::Kind::Undoable) {
            return refused(QString("Step '%1' came after '%2' and has to be undone first.")
                               .arg(nameOf(plan, later), nameOf(plan, index)));
        }
        if (capture.kind == Capture::Kind::Final) {
            return refused(QString("Step '%1' came after '%2' and cannot be undone: %3")
                               .arg(nameOf(plan, later), nameOf(plan, index), capture.how));
        }
    }
    return {};
}

/// Whether the step that makes it final has not begun.
Status needsReturn(const Plan& plan, qsizetype index)
{
    const auto& step = plan.procedure.steps[index];
    if (const auto last = plan.indexOf(step.reversibleUntil); last >= 0 && hasBegun(plan.steps[last])) {
        return refused(QString("Step '%1' is final since step '%2' was started.").arg(step.name, nameOf(plan, last)));
    }
    return {};
}

QString commandFor(const Plan& plan, qsizetype index, const QString& verb)
{
    return QString("recoveryctl plan step %1 %2 %3").arg(plan.id.text(), plan.procedure.steps[index].id.text(), verb);
}

/// The plan ended while somebody was at the step, and nobody said what came of it.
bool wasLeftInHand(const Plan& plan, qsizetype index)
{
    const auto& record = plan.steps[index];
    return plan.procedure.steps[index].isManual() && record.progress == StepProgress::NotRun &&
           !record.startedBy.isEmpty();
}

QString whatStands(const Plan& plan, qsizetype index)
{
    const QString name = nameOf(plan, index);
    const auto& record = plan.steps[index];
    if (wasLeftInHand(plan, index)) {
        return QString("%1 had taken step '%2' and has not said what was done.").arg(record.startedBy.text(), name);
    }
    switch (record.progress) {
    case StepProgress::Succeeded:
        return QString("Step '%1' took effect.").arg(name);
    case StepProgress::Failed:
        return QString("Step '%1' failed on its way: %2").arg(name, record.result.message);
    default:
        return QString("What an earlier attempt of step '%1' has done still stands.").arg(name);
    }
}

/// Whether a step that comes after it has done something for good.
bool isBehindWhatIsFinal(const Plan& plan, qsizetype index)
{
    return std::ranges::any_of(plan.dependencies().transitiveDependents(std::vector{int(index)}), [&](int later) {
        return !isUnderWay(plan.steps[later]) && plan.captureOf(later).kind == Capture::Kind::Final;
    });
}

/// Where the console has no way back, people have to find one.
QString byHand(const Plan& plan, qsizetype index)
{
    const auto& record = plan.steps[index];
    const auto first = wasLeftInHand(plan, index) ? QString("Ask %1 what was done").arg(record.startedBy.text())
                       : record.systems.isEmpty() ? QString("Look at what it has changed")
                                                  : QString("Look at %1").arg(namesOf(record.systems));
    return first + ", and put right by hand, or by a plan of its own, what is not to stay.";
}

/// What a step has done and nobody has taken back.
std::optional<Leftover> effectOf(const Plan& plan, qsizetype index)
{
    const auto& step = plan.procedure.steps[index];
    const auto capture = plan.captureOf(index);
    Leftover left{step.id, {}, whatStands(plan, index), {}, false};
    switch (capture.kind) {
    case Capture::Kind::NoEffect:
        left.cleanup = byHand(plan, index);
        return wasLeftInHand(plan, index) ? std::optional(left) : std::nullopt;
    case Capture::Kind::Final:
        left.what += " " + capture.how;
        left.cleanup = byHand(plan, index);
        return left;
    case Capture::Kind::Undoable:
        break;
    }
    const auto may = mayUndo(plan, index);
    left.undoable = may.has_value();
    if (may) {
        left.cleanup = QString("%1 (%2 --reason ...)").arg(capture.how, commandFor(plan, index, "undo"));
    } else if (!needsReturn(plan, index) || isBehindWhatIsFinal(plan, index)) {
        left.what += " " + may.error().message;
        left.cleanup = byHand(plan, index);
    } else {
        left.cleanup = may.error().message;
    }
    return left;
}

} // namespace

Status mayUndo(const Plan& plan, qsizetype index)
{
    for (const auto& check : {needsPlanToUndoIn(plan), needsUndoableRecord(plan, index), needsReturn(plan, index)}) {
        if (!check) {
            return check;
        }
    }
    return needsNothingBehind(plan, index);
}

Result<PlanEvents> decide(const Plan& plan, const UndoStep& command, const Actor& actor, Timestamp now)
{
    const auto index = findStep(plan, command.step);
    if (!index) {
        return std::unexpected(index.error());
    }
    for (const auto& check : {needsStepRole(plan, *index, actor), mayUndo(plan, *index),
                              needsOtherThanApprover(plan, *index, actor, now, StepAct::Undo),
                              needsText(command.reason, "The reason for undoing it")}) {
        if (!check) {
            return std::unexpected(check.error());
        }
    }
    const auto& record = plan.steps[*index];
    if (const auto consented = needsConsents(plan, *index, now, StepAct::Undo); !consented) {
        return std::unexpected(consented.error());
    }
    PlanEvents events{StepUndoStarted{command.step, record.attempt, command.executor, command.reason, command.systems,
                                      plan.noncesOf(*index, now, StepAct::Undo)}};
    if (plan.procedure.steps[*index].isManual()) {
        const StepResult said{true, command.reason, {}, {}, now};
        events.append(StepUndone{command.step, command.reason, said});
    }
    return withUnneeded(plan, events);
}

QList<Leftover> leftoversOf(const Plan& plan)
{
    QList<Leftover> left;
    for (auto index = plan.steps.size() - 1; index >= 0; --index) {
        const auto& step = plan.procedure.steps[index];
        const auto& record = plan.steps[index];
        if (!step.isManual() && record.progress == StepProgress::Unknown) {
            left.append({step.id,
                         {},
                         QString("Step '%1' was interrupted; nobody knows whether it took effect.").arg(step.name),
                         QString("Find out: %1").arg(commandFor(plan, index, "run")),
                         false});
        }
        for (const auto& entry : record.leftovers) {
            const auto said = entry.toObject();
            left.append({step.id, SystemId(said["system"].toString()), said["what"].toString(),
                         said["cleanup"].toString(), false});
        }
        if (isUnderWay(record)) {
            continue;
        }
        if (const auto effect = effectOf(plan, index)) {
            left.append(*effect);
        }
    }
    return left;
}

QJsonObject toJson(const Leftover& leftover)
{
    return {
        {"step", leftover.step.text()}, {"system", leftover.system.text()}, {"what", leftover.what},
        {"cleanup", leftover.cleanup},  {"undoable", leftover.undoable},
    };
}

} // namespace rc
