// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/recovery_service.h"

#include "backend/journal/statement_rules.h"
#include "backend/recovery/plan_preview.h"
#include "backend/recovery/reviews.h"
#include "backend/recovery/streams.h"

/// What has to be settled before a plan exists: which documents may run, and what the plan is pinned to.

namespace rc {
namespace {

constexpr int MaximumAttempts = 20;

/// What of a plan is not what its dry run was made with, in words.
QStringList differences(const QJsonObject& dryRun, const PlanPins& pins)
{
    const QJsonObject now = pinsShownBy(pins);
    QStringList names;
    for (auto field = now.begin(); field != now.end(); ++field) {
        if (dryRun[field.key()] != field.value()) {
            names.append(QString("%1 (%2 then, %3 now)")
                             .arg(QString(field.key()).replace('_', ' '), plainText(dryRun[field.key()]),
                                  plainText(field.value())));
        }
    }
    return names;
}

/// Conflict if the plan would be another one than the dry run has shown. Pins the dry run otherwise.
Status bindToDryRun(const StartRequest& request, PlanPins& pins)
{
    const QString wanted = request.dryRun.isEmpty() ? request.planHash : request.dryRun["plan_hash"].toString();
    if (!request.dryRun.isEmpty()) {
        if (!request.planHash.isEmpty() && request.planHash != wanted) {
            return fail(ErrorCode::InvalidInput, "The plan hash that was given is not the one of the dry run.");
        }
        pins.dryRunHash = sha256Hex(canonicalJson(request.dryRun));
    }
    if (wanted.isEmpty() || wanted == pins.planHash) {
        return {};
    }
    const QString what = request.dryRun.isEmpty() ? QString("Procedure, inventory, incident or parameters have changed")
                                                  : "Different are: " + differences(request.dryRun, pins).join("; ");
    return fail(ErrorCode::Conflict, QString("The plan would not be the one of the dry run: its hash is %1 now, not "
                                             "%2. %3; look at a new dry run.")
                                         .arg(pins.planHash, wanted, what));
}

} // namespace

QJsonObject pinsShownBy(const PlanPins& pins)
{
    const auto& incident = pins.incident;
    return {{"procedure_hash", pins.procedureHash}, {"inventory_hash", pins.inventoryHash},
            {"incident_id", incident.id.text()},    {"incident_type", QString(idOf(incident.type))},
            {"systems", toJson(incident.systems)},  {"compromised_since", toRfc3339(incident.compromisedSince)},
            {"parameters", pins.parameters}};
}

Result<QList<Procedure>> RecoveryService::recoveryProcedures(const IncidentId& id)
{
    const auto incident = m_parts.incidents.find(id);
    if (!incident) {
        return std::unexpected(incident.error());
    }
    QList<Procedure> procedures;
    for (const auto& document : m_parts.procedures().forIncidentType(incident->type)) {
        procedures.append(document.procedure);
    }
    return procedures;
}

Status RecoveryService::reviewProcedure(const SecurityContext& context, const ProcedureId& id)
{
    const auto document = m_parts.procedures().find(id);
    if (!document) {
        return std::unexpected(document.error());
    }
    if (const auto allowed = m_parts.identity.require(context, reviewingRoles(), "Reviewing a procedure"); !allowed) {
        return allowed;
    }
    const QJsonObject statement{{"procedure", document->procedure.id.text()},
                                {"version", document->procedure.version},
                                {"hash", document->sha256}};
    const auto consent = context.session->signStatement(kind::ProcedureReviewed, m_parts.journal.uuid(), statement,
                                                        m_parts.journal.now());
    if (!consent) {
        return std::unexpected(consent.error());
    }
    QJsonObject body = statement;
    consent->addTo(body);
    const auto written =
        m_parts.journal.append({{{stream::Reviews, kind::ProcedureReviewed, body}}, {}, {}}, *context.session);
    return written ? Status() : std::unexpected(written.error());
}

Status RecoveryService::reviewInventory(const SecurityContext& context, const InventoryDocument& inventory)
{
    if (const auto allowed = m_parts.identity.require(context, Reviews::inventoryRoles(), "Reviewing an inventory");
        !allowed) {
        return allowed;
    }
    if (const auto fits = Reviews(m_parts.journal).checkNetwork(inventory.inventory.network); !fits) {
        return fits;
    }
    const auto written = m_parts.journal.append(
        {{{stream::Reviews, kind::InventoryReviewed, Reviews::bodyFor(inventory)}}, {}, {}}, *context.session);
    return written ? Status() : std::unexpected(written.error());
}

Status RecoveryService::checkProcedure(const ProcedureDocument& procedure)
{
    const auto reviewed = m_parts.procedures().isShipped(procedure.sha256)
                              ? Result<bool>(true)
                              : Reviews(m_parts.journal).hasProcedure(procedure.sha256);
    if (!reviewed) {
        return std::unexpected(reviewed.error());
    }
    if (!*reviewed) {
        return fail(ErrorCode::NotReviewed,
                    QString("Procedure '%1' version %2 (%3) has not been reviewed; until somebody does, it can only be "
                            "dry-run: recoveryctl procedure review %1")
                        .arg(procedure.procedure.id.text())
                        .arg(procedure.procedure.version)
                        .arg(procedure.file));
    }
    return {};
}

Status RecoveryService::pin(Append& append, const QString& hash, const QString& name, const QByteArray& text)
{
    const auto known = m_parts.journal.sql().first("SELECT 1 FROM documents WHERE hash = ?", {hash});
    if (!known) {
        return std::unexpected(known.error());
    }
    if (known->isEmpty()) {
        append.events.append(pinDocument(name, QString::fromUtf8(text)));
    }
    return {};
}

Result<StartPlan> RecoveryService::prepare(const StartRequest& request, const InventoryDocument& inventory)
{
    const auto incident = m_parts.incidents.find(request.incident);
    if (!incident) {
        return std::unexpected(incident.error());
    }
    const auto document = m_parts.procedures().find(request.procedure, request.version);
    if (!document) {
        return std::unexpected(document.error());
    }
    const auto parameters = typedParameters(document->procedure.parameters, request.parameters);
    if (!parameters) {
        return std::unexpected(parameters.error());
    }
    const auto openPlans = m_store.openPlansOf(request.incident);
    if (!openPlans) {
        return std::unexpected(openPlans.error());
    }
    StartPlan command;
    command.pins.store = m_parts.journal.uuid();
    command.pins.procedureHash = document->sha256;
    command.pins.inventoryHash = inventory.sha256();
    command.pins.planHash = planHashOf(document->sha256, command.pins.inventoryHash, *incident, *parameters);
    command.pins.network = inventory.inventory.network;
    command.pins.incident = *incident;
    command.pins.parameters = *parameters;
    command.pins.rehearsal = request.rehearsal;
    command.pins.overrideReason = request.overrideReason;
    command.procedure = document->procedure;
    command.inventory = inventory.inventory;
    command.openPlans = *openPlans;
    command.executableActions = m_parts.capabilities.actions;
    command.knownChecks = m_parts.capabilities.checks;
    return command;
}

Result<Plan> RecoveryService::startRecovery(const SecurityContext& context, const StartRequest& request,
                                            const InventoryDocument& inventory)
{
    // Somebody may take the number or touch the incident meanwhile: look again, an open plan then refuses this one.
    auto started = startOnce(context, request, inventory);
    for (int i = 1; i < MaximumAttempts && !started && started.error().details.contains("stream"); ++i) {
        started = startOnce(context, request, inventory);
    }
    return started;
}

Result<Plan> RecoveryService::startOnce(const SecurityContext& context, const StartRequest& request,
                                        const InventoryDocument& inventory)
{
    // The revision first: what was looked at below must still be so when the plan is written.
    const QString incident = stream::incident(request.incident);
    const auto incidentRevision = m_parts.journal.revision(incident);
    auto command = prepare(request, inventory);
    const auto id = m_store.nextId();
    if (!incidentRevision || !command || !id) {
        return std::unexpected(!incidentRevision ? incidentRevision.error() : !command ? command.error() : id.error());
    }
    if (const auto bound = bindToDryRun(request, command->pins); !bound) {
        return std::unexpected(bound.error());
    }
    command->plan = *id;
    const auto events = decide(*command, context.actor());
    if (!events) {
        return refuse(context, events.error());
    }
    const auto document = m_parts.procedures().find(request.procedure, request.version);
    if (!document) {
        return std::unexpected(document.error());
    }
    Append more;
    more.expected.insert(incident, *incidentRevision);
    if (!request.dryRun.isEmpty()) {
        const QByteArray text = canonicalJson(request.dryRun);
        if (const auto pinned = pin(more, sha256Hex(text), "dry run", text); !pinned) {
            return std::unexpected(pinned.error());
        }
    }
    for (const auto& done : {checkProcedure(*document), Reviews(m_parts.journal).checkInventory(inventory),
                             pin(more, document->sha256, document->file, document->source),
                             pin(more, inventory.sha256(), inventory.file, inventory.pinnedText())}) {
        if (!done) {
            return std::unexpected(done.error());
        }
    }
    StoredPlan stored;
    const auto written = m_store.append(stored, *events, *context.session, more);
    return written ? Result<Plan>(stored.plan) : std::unexpected(written.error());
}

} // namespace rc
