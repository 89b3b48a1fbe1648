// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/field_reader.h"
#include "ui/report/report_data.h"

namespace rc::ui::report {
namespace {

ApprovalEntry approvalFrom(const FieldReader& reader)
{
    return {.by = reader.text("by"),
            .role = reader.text("role"),
            .at = reader.time("at"),
            .attempt = int(reader.integer("attempt", 1)),
            .parametersHash = reader.text("parameters_hash"),
            .act = reader.has("act") ? reader.oneOf<StepAct>("act") : StepAct::Run,
            .used = reader.flag("used"),
            .over = reader.has("over") && reader.flag("over")};
}

EvidenceEntry evidenceFrom(const FieldReader& reader)
{
    return {.kind = reader.text("kind"),
            .name = reader.text("name"),
            .sha256 = reader.text("sha256"),
            .value = reader.scalar("value"),
            .size = reader.optionalInteger("size"),
            .state = reader.has("state") ? std::optional(reader.oneOf<EvidenceState>("state")) : std::nullopt,
            .trouble = reader.text("trouble")};
}

ResultEntry resultFrom(const FieldReader& reader)
{
    return {.success = reader.flag("success"),
            .message = reader.text("message"),
            .fields = reader.object("fields"),
            .artifacts = reader.array("artifacts")};
}

CompletionEntry completionFrom(const FieldReader& reader)
{
    return {.step = reader.text("step"),
            .attempt = int(reader.integer("attempt", 1)),
            .result = resultFrom(reader.requiredObject("result")),
            .completedAt = reader.time("completed_at"),
            .completedBy = reader.text("completed_by"),
            .note = reader.text("note"),
            .evidence = reader.list("evidence", evidenceFrom)};
}

StepEntry stepFrom(const FieldReader& reader)
{
    StepEntry step{.id = reader.requiredText("id"),
                   .name = reader.requiredText("name"),
                   .kind = reader.text("kind"),
                   .actionType = reader.text("action_type"),
                   .state = reader.oneOf<StepState>("state"),
                   .attempts = int(reader.integer("attempts", 1)),
                   .after = reader.texts("after"),
                   .roles = reader.texts("required_roles"),
                   .reversibility = reader.text("reversibility"),
                   .waitingFor = reader.texts("waiting_for"),
                   .startedAt = reader.time("started_at"),
                   .startedBy = reader.text("started_by"),
                   .completedAt = reader.time("completed_at"),
                   .completedBy = reader.text("completed_by"),
                   .expected = Milliseconds(reader.integer("expected_duration_ms")),
                   .result = {},
                   .note = reader.text("note"),
                   .evidence = reader.list("evidence", evidenceFrom),
                   .approvals = reader.list("approvals", approvalFrom)};
    if (reader.has("result")) {
        step.result = resultFrom(reader.requiredObject("result"));
    }
    return step;
}

CheckEntry checkFrom(const FieldReader& reader)
{
    return {.id = reader.text("id"),
            .name = reader.requiredText("name"),
            .passed = reader.flag("passed"),
            .detail = reader.text("detail"),
            .at = reader.time("at"),
            .attempt = int(reader.integer("attempt", 1))};
}

NoteEntry noteFrom(const FieldReader& reader)
{
    return {reader.time("at"), reader.text("by"), reader.text("text")};
}

LeftoverEntry leftoverFrom(const FieldReader& reader)
{
    return {reader.text("system"), reader.text("what"), reader.text("cleanup")};
}

DecisionEntry decisionFrom(const FieldReader& reader)
{
    return {reader.time("at"), reader.text("operator"), reader.text("what")};
}

PlanEntry planFrom(const FieldReader& reader)
{
    return {.id = reader.requiredText("id"),
            .procedureId = reader.text("procedure_id"),
            .procedureName = reader.text("procedure_name"),
            .procedureVersion = int(reader.integer("procedure_version", 1)),
            .planHash = reader.requiredText("plan_hash"),
            .procedureHash = reader.text("procedure_hash"),
            .inventoryHash = reader.text("inventory_hash"),
            .network = reader.text("network"),
            .networkKind = reader.oneOf<NetworkKind>("network_kind"),
            .rehearsal = reader.flag("rehearsal"),
            .parameters = reader.object("parameters"),
            .overrideReason = reader.text("override_reason"),
            .status = reader.oneOf<PlanStatus>("status"),
            .startedAt = reader.requiredTime("started_at"),
            .completedAt = reader.time("completed_at"),
            .startedBy = reader.text("started_by"),
            .declaredBy = reader.text("declared_by"),
            .soakUntil = reader.time("soak_until"),
            .rto = Milliseconds(reader.integer("rto_ms")),
            .steps = reader.list("steps", stepFrom),
            .completions = reader.list("completed_steps", completionFrom),
            .checks = reader.list("verification_results", checkFrom),
            .notes = reader.list("notes", noteFrom),
            .leftovers = reader.list("leftovers", leftoverFrom)};
}

Incident incidentFrom(const FieldReader& reader)
{
    Incident incident;
    incident.id = IncidentId(reader.requiredText("id"));
    incident.type = reader.oneOf<IncidentType>("type");
    incident.severity = reader.oneOf<Severity>("severity");
    incident.title = reader.text("title");
    incident.status = reader.oneOf<IncidentStatus>("status");
    incident.compromisedSince = reader.requiredTime("compromised_since");
    incident.containedAt = reader.time("contained_at");
    incident.openedAt = reader.requiredTime("opened_at");
    incident.openedBy = OperatorId(reader.text("opened_by"));
    for (const auto& system : reader.texts("systems")) {
        incident.systems.append(SystemId(system));
    }
    return incident;
}

JournalEntry journalFrom(const FieldReader& reader)
{
    return {.from = reader.integer("from"),
            .to = reader.integer("to"),
            .records = reader.integer("records"),
            .headHash = reader.text("head_hash"),
            .verified = reader.flag("verified"),
            .reason = reader.text("reason")};
}

EventEntry eventFrom(const FieldReader& reader)
{
    return {.sequence = reader.integer("sequence"),
            .at = reader.time("time"),
            .by = reader.text("operator"),
            .kind = reader.text("kind"),
            .summary = reader.text("summary"),
            .plan = reader.text("plan"),
            .step = reader.text("step"),
            .attempt = int(reader.integer("attempt")),
            .keyId = reader.text("key_id")};
}

ClockEntry clockFrom(const FieldReader& reader)
{
    return {reader.integer("sequence"), reader.time("time"), reader.text("text")};
}

} // namespace

Result<ReportData> readReport(const QByteArray& json)
{
    QJsonParseError parsed;
    const auto document = QJsonDocument::fromJson(json, &parsed);
    if (parsed.error != QJsonParseError::NoError) {
        return fail(ErrorCode::InvalidInput,
                    QString("Standard input is not JSON: %1 at byte %2.").arg(parsed.errorString()).arg(parsed.offset));
    }
    std::optional<Error> problem;
    const FieldReader reader(document.isObject() ? QJsonValue(document.object()) : QJsonValue(), "The document",
                             problem);
    const FieldReader root(document.object(), {}, problem);
    const auto kind = root.text("kind");
    if (kind != "plan" && kind != "incident") {
        root.refuse("kind", "plan or incident");
    }
    ReportData data{.ofPlan = kind == "plan",
                    .generatedAt = root.requiredTime("generated_at"),
                    .store = root.text("store"),
                    .programVersion = root.text("program_version"),
                    .incident = incidentFrom(root.requiredObject("incident")),
                    .plans = {},
                    .decisions = root.list("approvals_and_denials", decisionFrom),
                    .journal = journalFrom(root.requiredObject("journal")),
                    .events = root.list("events", eventFrom),
                    .clock = root.list("clock", clockFrom)};
    if (data.ofPlan) {
        data.plans = {planFrom(root.requiredObject("plan"))};
    } else {
        data.plans = root.list("plans", planFrom);
    }
    if (problem) {
        return std::unexpected(*problem);
    }
    return data;
}

} // namespace rc::ui::report
