// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/conditions.h"
#include "model/plan/plan_decisions.h"
#include "model/plan/refusals.h"

#include <QRegularExpression>

#include <cmath>

/// Decisions about what became of a step: done or failed, by a person's word, an executor's outcome or a probe.

namespace rc {

using namespace refusals;

namespace {

PlanEvent outcomeEvent(const StepId& step, int attempt, const StepResult& result, const QString& note,
                       const QJsonArray& evidence)
{
    if (result.success) {
        return StepSucceeded{step, attempt, result, note, evidence};
    }
    return StepFailed{step, attempt, result, note, evidence};
}

/// The events that end a step, and the abort that waited for it as the last one. In the same transaction, so that no
/// plan is left aborting by a process that dies in between.
PlanEvents ending(const Plan& plan, qsizetype index, const PlanEvent& end)
{
    PlanEvents events{end};
    if (plan.status == PlanStatus::Aborting && !runningStep(plan, index)) {
        events.append(PlanAborted{});
    }
    return events;
}

/// A probe says whether the whole of an act took effect. What was kept to be restored counts until it is: some of it
/// may have been changed before the executor died.
bool mayBeHalfDone(const StepRecord& record)
{
    return record.capture && record.capture->kind == Capture::Kind::Undoable;
}

/// A failure that the procedure wants tried again: the next attempt, after its wait. What may have taken effect is not
/// done again without anybody looking (product rule 2).
std::optional<PlanEvent> nextTry(const Plan& plan, qsizetype index, const StepResult& result, Timestamp now)
{
    const auto& step = plan.procedure.steps[index];
    const auto& record = plan.steps[index];
    if (!result.doubtful && needsWorkingPlan(plan) && record.tries < step.retry.attempts) {
        return StepRetried{step.id, record.attempt + 1,
                           QString("try %1 of %2").arg(record.tries + 1).arg(step.retry.attempts),
                           now + step.retry.delayAfter(record.tries)};
    }
    return std::nullopt;
}

/// The sentence about what is wrong with a piece of evidence; nothing if it will do.
std::optional<QString> wrongWith(const EvidenceRequirement& wanted, const QJsonObject& given)
{
    static const QRegularExpression hash("^[0-9a-f]{64}$");
    const auto value = given["value"];
    switch (wanted.kind) {
    case EvidenceKind::File:
        return given["sha256"].toString().isEmpty() ? std::optional(QString("a file")) : std::nullopt;
    case EvidenceKind::Figure: {
        bool isNumber = value.isDouble();
        const double number = isNumber ? value.toDouble() : value.toString().toDouble(&isNumber);
        isNumber = isNumber && std::isfinite(number);
        const bool inRange =
            (!wanted.minimum || number >= *wanted.minimum) && (!wanted.maximum || number <= *wanted.maximum);
        return isNumber && inRange ? std::nullopt : std::optional(QString("a number %1").arg(wanted.range()).trimmed());
    }
    case EvidenceKind::Hash:
        return hash.match(value.toString()).hasMatch() ? std::nullopt
                                                       : std::optional(QString("64 lower-case hex digits"));
    case EvidenceKind::Text:
        return value.toString().trimmed().isEmpty() ? std::optional(QString("a text")) : std::nullopt;
    }
    return std::nullopt;
}

/// Evidence that the procedure asks for belongs to a success; what is given beside it is welcome.
Status needsEvidence(const Step& step, const CompleteStep& command)
{
    if (!command.result.success) {
        return {};
    }
    QHash<QString, QJsonObject> given;
    for (const auto& entry : command.evidence) {
        given.insert(entry.toObject()["id"].toString(), entry.toObject());
    }
    for (const auto& wanted : step.evidence) {
        if (!given.contains(wanted.id)) {
            if (wanted.required) {
                return fail(ErrorCode::InvalidInput, QString("Step '%1' wants evidence: %2 (%3, %4).")
                                                         .arg(step.name, wanted.label, wanted.id, idOf(wanted.kind)));
            }
            continue;
        }
        if (const auto wrong = wrongWith(wanted, given[wanted.id])) {
            return fail(ErrorCode::InvalidInput,
                        QString("The evidence '%1' of step '%2' has to be %3.").arg(wanted.label, step.name, *wrong));
        }
    }
    return {};
}

/// What a person says is refused before anything is recorded; they can say it again, and completely.
Status needsOutputs(const Step& step, const StepResult& result)
{
    QStringList missing;
    for (const auto& output : step.outputs) {
        if (result.success && !result.fields.contains(output)) {
            missing.append(QString("'%1'").arg(output));
        }
    }
    return missing.isEmpty()
               ? Status()
               : fail(ErrorCode::InvalidInput, QString("Step '%1' hands on %2 to other steps, and is not done "
                                                       "without.")
                                                   .arg(step.name, missing.join(", ")));
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

/// What became of undoing a step that was interrupted on the way.
PlanEvents afterUndo(const Plan& plan, qsizetype index, const StepResult& result, const QString& reason)
{
    const auto& step = plan.procedure.steps[index].id;
    if (result.success) {
        return ending(plan, index, StepUndone{step, reason, result});
    }
    return ending(plan, index, StepUndoFailed{step, plan.steps[index].attempt, result});
}

/// What has to happen before a person's word counts: a step that nobody has taken yet is taken by saying so.
Result<PlanEvents> takenBy(const Plan& plan, qsizetype index, const Actor& actor, Timestamp now)
{
    const auto progress = plan.steps[index].progress;
    if (progress != StepProgress::Running && progress != StepProgress::Unknown) {
        return decide(plan, StartStep{plan.procedure.steps[index].id, {}, {}}, actor, now);
    }
    if (const auto other = needsOtherThanApprover(plan, index, actor, now); !other) {
        return std::unexpected(other.error());
    }
    return PlanEvents{};
}

} // namespace

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
    const bool personDecides = record.progress == StepProgress::Unknown;
    if (const auto working = needsWorkingPlan(plan); !working && !personDecides) {
        return std::unexpected(working.error());
    }
    if (!step.isManual() && !personDecides) {
        return fail(ErrorCode::WrongState,
                    QString("Step '%1' is automated; run it instead of ticking it.").arg(step.name));
    }
    if (personDecides || !command.result.success) {
        if (const auto note = needsText(command.note, "A note that says what was found"); !note) {
            return std::unexpected(note.error());
        }
    }
    if (personDecides && record.act == StepAct::Undo) {
        if (const auto other = needsOtherThanApprover(plan, *index, actor, now, StepAct::Undo); !other) {
            return std::unexpected(other.error());
        }
        return withUnneeded(plan, afterUndo(plan, *index, command.result, command.note));
    }
    for (const auto& check : {needsOutputs(step, command.result), needsEvidence(step, command)}) {
        if (!check) {
            return std::unexpected(check.error());
        }
    }
    auto events = takenBy(plan, *index, actor, now);
    if (!events) {
        return events;
    }
    const auto end = outcomeEvent(command.step, record.attempt, command.result, command.note, command.evidence);
    return withUnneeded(plan, *events + ending(plan, *index, end));
}

Result<PlanEvents> decide(const Plan& plan, const RecordOutcome& command, const Actor&, Timestamp now)
{
    const auto index = findStep(plan, command.step);
    if (!index) {
        return std::unexpected(index.error());
    }
    const auto& record = plan.steps[*index];
    if (plan.procedure.steps[*index].isManual()) {
        return fail(ErrorCode::WrongState, QString("Step '%1' is manual; only a person can say what came of it.")
                                               .arg(plan.procedure.steps[*index].name));
    }
    const bool mine =
        record.executor.id == command.executor && record.attempt == command.attempt && record.act == StepAct::Run;
    if (!mine || record.progress != StepProgress::Running) {
        return fail(ErrorCode::Conflict, QString("The outcome of step '%1' comes too late: another has taken it over.")
                                             .arg(plan.procedure.steps[*index].name));
    }
    const auto result = withOutputsChecked(plan.procedure.steps[*index], command.result);
    const auto end = outcomeEvent(command.step, command.attempt, result, {}, {});
    auto events = command.signedIn ? ending(plan, *index, end) : PlanEvents{end};
    if (!command.signedIn) {
        return events; // Outcomes are all that a locked session writes.
    }
    if (const auto next = result.success || command.stopped ? std::nullopt : nextTry(plan, *index, result, now)) {
        events.append(*next);
    }
    // Also after a failure: a locked session may have written another outcome, and could not say what it makes
    // unneeded.
    return withUnneeded(plan, events);
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
        return fail(ErrorCode::WrongState,
                    QString("Step '%1' is not running there.").arg(plan.procedure.steps[*index].name));
    }
    return ending(plan, *index, StepFoundUnknown{command.step, record.attempt, command.executor});
}

Result<PlanEvents> decide(const Plan& plan, const ResolveUnknown& command, const Actor& actor, Timestamp now)
{
    const auto index = findStep(plan, command.step);
    if (!index) {
        return std::unexpected(index.error());
    }
    const auto& record = plan.steps[*index];
    if (record.progress != StepProgress::Unknown) {
        return fail(ErrorCode::WrongState, QString("Step '%1' is not unknown.").arg(plan.procedure.steps[*index].name));
    }
    for (const auto& check :
         {needsStepRole(plan, *index, actor), needsOtherThanApprover(plan, *index, actor, now, record.act)}) {
        if (!check) {
            return std::unexpected(check.error());
        }
    }
    if (record.act == StepAct::Undo && command.answer != EffectState::CannotTell) {
        const bool undone = command.answer == EffectState::Applied;
        auto found = command.result;
        found.success = undone;
        return withUnneeded(plan, afterUndo(plan, *index, found, undone ? record.undoReason : QString()));
    }
    switch (command.answer) {
    case EffectState::Applied: {
        const auto result = withOutputsChecked(plan.procedure.steps[*index], command.result);
        return withUnneeded(plan, {outcomeEvent(command.step, record.attempt, result, "found by its probe", {})});
    }
    case EffectState::NotApplied: {
        const QString why = "its probe found that it did not take effect: " + command.result.message;
        if (plan.status == PlanStatus::Aborting || plan.status == PlanStatus::Aborted) {
            const auto& left = command.result.leftovers;
            const StepResult notDone{false, why, {}, {}, now, left, left.isEmpty() && !mayBeHalfDone(record)};
            return PlanEvents{StepFailed{command.step, record.attempt, notDone, why, {}}};
        }
        return withUnneeded(plan,
                            {StepRetried{command.step, record.attempt + 1, why, std::nullopt, !mayBeHalfDone(record)}});
    }
    case EffectState::CannotTell:
        break;
    }
    return fail(ErrorCode::WrongState, QString("Whether step '%1' took effect cannot be told: %2 Somebody has to look: "
                                               "'done' or 'fail' with a note, or 'retry' with a reason.")
                                           .arg(plan.procedure.steps[*index].name, command.result.message));
}

Result<PlanEvents> decide(const Plan& plan, const RecordUndo& command, const Actor&, Timestamp)
{
    const auto index = findStep(plan, command.step);
    if (!index) {
        return std::unexpected(index.error());
    }
    const auto& record = plan.steps[*index];
    const bool mine = record.executor.id == command.executor && record.attempt == command.attempt;
    if (!mine || record.progress != StepProgress::Running || record.act != StepAct::Undo) {
        return fail(ErrorCode::Conflict, QString("The outcome of undoing step '%1' comes too late: another has taken "
                                                 "it over.")
                                             .arg(plan.procedure.steps[*index].name));
    }
    const auto events = afterUndo(plan, *index, command.result, record.undoReason);
    // Outcomes are all that a locked session writes.
    return command.signedIn ? withUnneeded(plan, events) : PlanEvents{events.first()};
}

} // namespace rc
