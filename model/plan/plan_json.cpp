// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/base/elapsed.h"
#include "model/plan/plan_decisions.h"
#include "model/plan/schedule.h"

namespace rc {
namespace {

QJsonValue orNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonArray approvalsOf(const StepRecord& record)
{
    QJsonArray array;
    for (const auto& approval : record.approvals) {
        const auto& statement = approval.statement;
        array.append(QJsonObject{
            {"by", statement.approver.text()},
            {"role", QString(idOf(statement.role))},
            {"at", toRfc3339(approval.at)},
            {"expires", toRfc3339(statement.expires)},
            {"attempt", statement.attempt},
            {"act", QString(idOf(statement.act))},
            {"parameters_hash", statement.parametersHash},
            {"used", approval.used},
            {"over", record.isOver(approval)},
        });
    }
    return array;
}

QJsonObject completionJson(const StepCompletion& completion)
{
    return {
        {"step", completion.step.text()},
        {"attempt", completion.attempt},
        {"result", toJson(completion.result)},
        {"ready_since", toJson(completion.readySince)},
        {"started_at", toJson(completion.startedAt)},
        {"completed_at", toRfc3339(completion.completedAt)},
        {"completed_by", completion.completedBy.text()},
        {"note", completion.note},
        {"evidence", completion.evidence},
    };
}

/// Null for a step that has done nothing.
QJsonValue undoJson(const Plan& plan, qsizetype index)
{
    const auto& record = plan.steps[index];
    if (!record.hasEffect && record.progress != StepProgress::Failed) {
        return {};
    }
    const auto capture = plan.captureOf(index);
    const auto may = mayUndo(plan, index);
    return QJsonObject{{"kind", QString(idOf(capture.kind))},
                       {"how", capture.how},
                       {"refused", may ? QJsonValue() : QJsonValue(may.error().message)},
                       {"failure", orNull(record.undoFailure)}};
}

QJsonObject stepJson(const Plan& plan, qsizetype index, Timestamp now)
{
    const auto& step = plan.procedure.steps[index];
    const auto& record = plan.steps[index];
    QJsonValue duration(QJsonValue::Null);
    if (record.startedAt) {
        duration = qint64(elapsed(*record.startedAt, record.completedAt.value_or(now)).count());
    }
    QJsonArray conditions;
    for (const auto& condition : step.when) {
        conditions.append(toJson(condition));
    }
    QJsonArray evidence;
    for (const auto& wanted : step.evidence) {
        evidence.append(toJson(wanted));
    }
    QJsonArray deviations;
    for (const auto& deviation : record.deviations) {
        deviations.append(
            QJsonObject{{"attempt", deviation.attempt}, {"expected", deviation.expected}, {"found", deviation.found}});
    }
    const auto resolved = plan.resolvedParameters(index);
    const bool hasRun = record.startedAt && record.completedAt; // A step may be skipped without.
    return {
        {"id", step.id.text()},
        {"name", step.name},
        {"description", step.description},
        {"kind", step.isManual() ? "manual" : "automated"},
        {"action_type", QString(idOf(step.actionType))},
        {"state", QString(idOf(plan.stateOf(index, now)))},
        {"attempts", record.attempt},
        {"after", toJson(step.after)},
        {"required_roles", toJson(plan.rolesOf(index))},
        {"reversibility", QString(idOf(step.reversibility))},
        {"parameters", resolved ? *resolved : step.parameters},
        {"waiting_for", QJsonArray::fromStringList(plan.waitingFor(index, now))},
        {"started_at", toJson(record.startedAt)},
        {"started_by", orNull(record.startedBy.text())},
        {"completed_at", toJson(record.completedAt)},
        {"completed_by", orNull(record.completedBy.text())},
        {"expected_duration_ms", qint64(step.expectedDuration.count())},
        {"duration_ms", duration},
        {"result", hasRun ? QJsonValue(toJson(record.result)) : QJsonValue(QJsonValue::Null)},
        {"note", record.note},
        {"evidence", record.evidence},
        {"approvals", approvalsOf(record)},
        {"undoable", mayUndo(plan, index).has_value()},
        {"undo", undoJson(plan, index)},
        {"conditions", conditions},
        {"unneeded", record.unneeded},
        {"skipped_with", orNull(record.skippedWith.text())},
        {"evidence_wanted", evidence},
        {"outputs", QJsonArray::fromStringList(step.outputs)},
        {"cancel_requested_by", record.cancel ? QJsonValue(record.cancel->by.text()) : QJsonValue()},
        {"deviations", deviations},
        {"point_of_no_return", plan.isPointOfNoReturn(index)},
    };
}

} // namespace

QJsonObject toJson(const StepResult& result)
{
    QJsonObject object{
        {"success", result.success},
        {"message", result.message},
        {"fields", result.fields},
        {"artifacts", result.artifacts},
        {"timestamp", toRfc3339(result.timestamp)},
    };
    if (!result.leftovers.isEmpty()) {
        object.insert("leftovers", result.leftovers);
    }
    if (result.reverted) {
        object.insert("reverted", true);
    }
    if (result.doubtful) {
        object.insert("doubtful", true);
    }
    return object;
}

StepResult stepResultFromJson(const QJsonObject& object)
{
    return {object["success"].toBool(),
            object["message"].toString(),
            object["fields"].toObject(),
            object["artifacts"].toArray(),
            timeFromJson(object["timestamp"]).value_or(Timestamp()),
            object["leftovers"].toArray(),
            object["reverted"].toBool(),
            object["doubtful"].toBool()};
}

QJsonObject toJson(const VerificationResult& result)
{
    return {
        {"id", result.id.text()},  {"name", result.name},        {"passed", result.passed},
        {"detail", result.detail}, {"at", toRfc3339(result.at)}, {"attempt", result.attempt},
    };
}

VerificationResult verificationResultFromJson(const QJsonObject& object)
{
    return {VerificationId(object["id"].toString()),
            object["name"].toString(),
            object["passed"].toBool(),
            object["detail"].toString(),
            timeFromJson(object["at"]).value_or(Timestamp()),
            object["attempt"].toInt(1)};
}

QJsonObject toJson(const Plan& plan, Timestamp now)
{
    return toJson(plan, scheduleOf(plan, estimatesOf(plan.procedure, {}), now), now);
}

QJsonObject toJson(const Plan& plan, const Schedule& schedule, Timestamp now)
{
    const auto expected = toJson(schedule);
    const auto scheduled = expected["steps"].toArray();
    QJsonArray steps;
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        auto step = stepJson(plan, i, now);
        const auto entry = scheduled[i].toObject();
        for (auto field = entry.begin(); field != entry.end(); ++field) {
            step.insert(field.key(), field.value());
        }
        steps.append(step);
    }
    QJsonArray completed;
    for (const auto& completion : plan.completedSteps) {
        completed.append(completionJson(completion));
    }
    QJsonArray verification;
    for (const auto& result : plan.verificationResults) {
        verification.append(toJson(result));
    }
    QJsonArray holds;
    for (const auto& hold : plan.holds) {
        holds.append(QJsonObject{
            {"step", hold.step.text()}, {"at", toRfc3339(hold.at)}, {"by", hold.by.text()}, {"reason", hold.reason}});
    }
    QJsonValue handover;
    if (plan.handover) {
        handover = QJsonObject{{"to", plan.handover->to.text()},
                               {"from", plan.handover->from.text()},
                               {"at", toRfc3339(plan.handover->at)},
                               {"note", plan.handover->note},
                               {"sheet", plan.handover->sheet}};
    }
    QJsonValue pause;
    if (plan.pause) {
        pause = QJsonObject{
            {"by", plan.pause->by.text()}, {"at", toRfc3339(plan.pause->at)}, {"reason", plan.pause->reason}};
    }
    QJsonArray notes;
    for (const auto& note : plan.notes) {
        notes.append(QJsonObject{{"at", toRfc3339(note.at)}, {"by", note.by.text()}, {"text", note.text}});
    }
    return {
        {"id", plan.id.text()},
        {"incident_id", plan.pins.incident.id.text()},
        {"procedure_id", plan.procedure.id.text()},
        {"procedure_version", plan.procedure.version},
        {"procedure_name", plan.procedure.name},
        {"plan_hash", plan.pins.planHash},
        {"procedure_hash", plan.pins.procedureHash},
        {"inventory_hash", plan.pins.inventoryHash},
        {"network", plan.pins.network.name},
        {"network_kind", QString(idOf(plan.pins.network.kind))},
        {"parameters", plan.pins.parameters},
        {"override_reason", orNull(plan.pins.overrideReason)},
        {"status", QString(idOf(plan.status))},
        {"phase", QString(idOf(plan.phase()))},
        {"current_step_index", plan.currentStepIndex()},
        {"started_at", toRfc3339(plan.startedAt)},
        {"completed_at", toJson(plan.completedAt)},
        {"started_by", plan.startedBy.text()},
        {"armed_by", orNull(plan.armedBy.text())},
        {"armed_for", toJson(plan.armedFor)},
        {"lead", plan.lead.text()},
        {"handover", handover},
        {"holds", holds},
        {"pause", pause},
        {"abort_reason", orNull(plan.abortReason)},
        {"dry_run_hash", orNull(plan.pins.dryRunHash)},
        {"declared_by", orNull(plan.declaredBy.text())},
        {"soak_until", toJson(plan.soakUntil)},
        {"eta", expected["eta"]},
        {"steps_end", expected["steps_end"]},
        {"ahead", expected["ahead"]},
        {"without_estimate", expected["without_estimate"]},
        {"critical_path", expected["critical_path"]},
        {"rto_ms", expected["rto_ms"]},
        {"margin_ms", expected["margin_ms"]},
        {"rehearsal", plan.pins.rehearsal},
        {"steps", steps},
        {"completed_steps", completed},
        {"verification_results", verification},
        {"notes", notes},
    };
}

} // namespace rc
