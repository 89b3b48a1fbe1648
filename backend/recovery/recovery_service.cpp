// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/recovery_service.h"

#include "backend/journal/statement.h"
#include "backend/recovery/claims.h"
#include "backend/recovery/executor.h"
#include "backend/recovery/streams.h"
#include "backend/services/command_runner.h"
#include "model/plan/handover_sheet.h"

#include <QUuid>

#include <algorithm>

namespace rc {

Result<Plan> RecoveryService::commit(const SecurityContext& context, StoredPlan& stored,
                                     const Result<PlanEvents>& events, Append more)
{
    if (!events) {
        return refuse(context, events.error());
    }
    if (const auto written = m_store.append(stored, *events, *context.session, std::move(more)); !written) {
        return std::unexpected(written.error());
    }
    return stored.plan;
}

Result<Plan> RecoveryService::plan(const PlanId& id)
{
    auto stored = m_store.load(id);
    if (!stored) {
        return std::unexpected(stored.error());
    }
    return asSeenNow(stored->plan, m_parts.journal.home());
}

Result<QList<Plan>> RecoveryService::openPlans()
{
    const auto summaries = m_store.list();
    if (!summaries) {
        return std::unexpected(summaries.error());
    }
    QList<Plan> plans;
    for (const auto& summary : *summaries) {
        if (summary.status == PlanStatus::Completed || summary.status == PlanStatus::Aborted) {
            continue;
        }
        const auto found = plan(summary.id);
        if (!found) {
            return std::unexpected(found.error());
        }
        plans.append(*found);
    }
    return plans;
}

Result<Inventory> RecoveryService::pinnedInventory(const Plan& plan)
{
    const auto document = m_parts.journal.document(plan.pins.inventoryHash);
    if (!document) {
        return std::unexpected(document.error());
    }
    const auto inventory = readInventory(document->text.toUtf8(), document->name);
    if (!inventory) {
        return std::unexpected(inventory.error());
    }
    return inventory->inventory;
}

Result<Estimates> RecoveryService::estimates(const Plan& plan)
{
    const auto times = m_store.timesBefore(plan);
    if (!times) {
        return std::unexpected(times.error());
    }
    return estimatesOf(plan.procedure, historyFor(plan, *times));
}

Result<std::optional<QJsonArray>> RecoveryService::expectedEffects(const Plan& plan, const StepId& step)
{
    if (plan.pins.dryRunHash.isEmpty()) {
        return std::nullopt;
    }
    const auto document = m_parts.journal.document(plan.pins.dryRunHash);
    if (!document) {
        return std::unexpected(document.error());
    }
    for (const auto& entry : QJsonDocument::fromJson(document->text.toUtf8())["steps"].toArray()) {
        const auto shown = entry.toObject();
        if (shown["id"].toString() == step.text() && shown["effects"].isArray()) {
            return shown["effects"].toArray();
        }
    }
    return std::nullopt;
}

Result<StoredPlan> RecoveryService::loadWithInterrupted(const SecurityContext& context, const PlanId& id,
                                                        PlanEvents& found, Plan& asFound)
{
    auto stored = m_store.load(id);
    if (!stored) {
        return stored;
    }
    asFound = stored->plan;
    const auto seen = asSeenNow(stored->plan, m_parts.journal.home());
    for (qsizetype i = 0; i < seen.steps.size(); ++i) {
        const auto& record = seen.steps[i];
        if (record.progress == StepProgress::Unknown && stored->plan.steps[i].progress == StepProgress::Running) {
            found.append(StepFoundUnknown{seen.procedure.steps[i].id, record.attempt, record.executor.id});
            rc::apply(asFound, found.last(), m_parts.journal.now(), context.operatorId);
        }
    }
    return stored;
}

namespace {

/// Conflict while a command of the interrupted step lives: what became of it cannot be said yet, and nothing else may
/// touch its systems.
Status needsNothingLeft(const QString& home, const Plan& plan, const StepId& step)
{
    const auto index = plan.indexOf(step);
    if (index < 0 || plan.steps[index].progress != StepProgress::Unknown) {
        return {};
    }
    const auto living = CommandRunner(home).living(plan.id.text() + "/" + step.text());
    if (living.isEmpty()) {
        return {};
    }
    const auto pid = living.first().pid;
    return fail(
        ErrorCode::Conflict,
        QString("The command of step '%1' still runs, as process %2. 'recoveryctl plan step %3 %4 run' waits for it "
                "and looks what became of it; 'kill -TERM -- -%2' ends it.")
            .arg(plan.procedure.steps[index].name)
            .arg(pid)
            .arg(plan.id.text(), step.text()));
}

} // namespace

template <class Command>
Result<Plan> RecoveryService::settleStep(const SecurityContext& context, const PlanId& id, const Command& command)
{
    PlanEvents found;
    Plan plan;
    auto stored = loadWithInterrupted(context, id, found, plan);
    if (!stored) {
        return std::unexpected(stored.error());
    }
    const auto decided = decide(plan, command, context.actor(), m_parts.journal.now());
    if (!decided) {
        return refuse(context, decided.error());
    }
    if (const auto over = needsNothingLeft(m_parts.journal.home(), plan, command.step); !over) {
        return std::unexpected(over.error());
    }
    Append more;
    if (const auto released = Claims(m_parts.journal).release(more, id.text() + "/" + command.step.text()); !released) {
        return std::unexpected(released.error());
    }
    return commit(context, *stored, found + *decided, std::move(more));
}

Result<Plan> RecoveryService::completeRecoveryStep(const SecurityContext& context, const PlanId& id,
                                                   CompleteStep command, const QList<EvidenceFile>& files)
{
    const auto described = describeEvidence(files);
    if (!described) {
        return std::unexpected(described.error());
    }
    auto evidence = *described;
    for (const QJsonValue entry : std::as_const(command.evidence)) {
        evidence.append(entry);
    }
    command.evidence = evidence;
    if (!files.isEmpty()) {
        const auto shown = plan(id);
        const auto may =
            shown ? decide(*shown, command, context.actor(), m_parts.journal.now()) : std::unexpected(shown.error());
        if (!may) {
            return refuse(context, may.error());
        }
        if (const auto kept = EvidenceStore(m_parts.journal.home()).keepAll(files, *described); !kept) {
            return std::unexpected(kept.error());
        }
    }
    return settleStep(context, id, command);
}

Result<Plan> RecoveryService::retryStep(const SecurityContext& context, const PlanId& id, const RetryStep& command)
{
    return settleStep(context, id, command);
}

Result<Plan> RecoveryService::abort(const SecurityContext& context, const PlanId& id, const QString& reason,
                                    const QList<EndedStep>& ended)
{
    PlanEvents events;
    Plan plan;
    auto stored = loadWithInterrupted(context, id, events, plan);
    if (!stored) {
        return std::unexpected(stored.error());
    }
    const Timestamp now = m_parts.journal.now();
    auto decided = plan.status == PlanStatus::Aborting ? decide(plan, FinishAbort{}, context.actor(), now)
                                                       : decide(plan, AbortPlan{reason}, context.actor(), now);
    if (!decided) {
        return refuse(context, decided.error());
    }
    // Nothing of this plan comes back for the claims of its interrupted steps, unless something of them still runs.
    Append more;
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        const auto step = plan.procedure.steps[i].id;
        const auto known = std::ranges::find(ended, step, &EndedStep::step);
        if (plan.steps[i].progress != StepProgress::Unknown || (known != ended.end() && !known->running.isEmpty())) {
            continue;
        }
        if (const auto released = Claims(m_parts.journal).release(more, id.text() + "/" + step.text()); !released) {
            return std::unexpected(released.error());
        }
    }
    const auto happens = [&](const PlanEvent& event) {
        events.append(event);
        rc::apply(plan, event, now, context.operatorId);
    };
    if (std::holds_alternative<PlanAborting>(decided->first())) {
        happens(decided->takeFirst());
    }
    for (const auto& step : ended) {
        for (const auto& running : step.running) {
            happens(NoteAdded{running});
        }
        const auto found = step.found ? decide(plan, *step.found, context.actor(), now) : PlanEvents{};
        for (const auto& event : found.value_or(PlanEvents{})) {
            if (!std::holds_alternative<PlanAborted>(event)) {
                happens(event);
            }
        }
    }
    return commit(context, *stored, events + *decided, std::move(more));
}

Result<Plan> RecoveryService::importApproval(const SecurityContext& context, const PlanId& id, const StepId& step,
                                             const SignedStatement& consent)
{
    auto stored = m_store.load(id);
    const auto operators = m_parts.identity.operators();
    if (!stored || !operators) {
        return std::unexpected(!stored ? stored.error() : operators.error());
    }
    const auto statement = approvalStatementFromJson(consent.content());
    if (statement.plan != id || statement.step != step) {
        return fail(ErrorCode::InvalidInput,
                    QString("This approval is for step '%1' of %2, not for step '%3' of %4.")
                        .arg(statement.step.text(), statement.plan.text(), step.text(), id.text()));
    }
    const auto signer = std::ranges::find(*operators, consent.keyId, &Operator::keyId);
    if (signer == operators->end() || !signer->enabled || signer->id != statement.approver || !isSound(consent)) {
        return refuse(context, {ErrorCode::PermissionDenied,
                                QString("The approval that is to be from %1 does not bear the signature of an "
                                        "operator of this store.")
                                    .arg(statement.approver.text()),
                                {}});
    }
    const Timestamp now = m_parts.journal.now();
    return commit(context, *stored,
                  decide(stored->plan, ApproveStep{consent}, Actor{signer->id, signer->rolesAt(now)}, now));
}

Result<Plan> RecoveryService::approveStep(const SecurityContext& context, const PlanId& id, const StepId& step,
                                          StepAct act)
{
    auto stored = m_store.load(id);
    if (!stored) {
        return std::unexpected(stored.error());
    }
    const Timestamp now = m_parts.journal.now();
    const auto statement = approvalStatement(stored->plan, step, context.actor(),
                                             QUuid::createUuid().toString(QUuid::Id128), now, ApprovalValidity, act);
    if (!statement) {
        return refuse(context, statement.error());
    }
    const auto consent =
        context.session->signStatement(StepApproved::kind, m_parts.journal.uuid(), toJson(*statement), now);
    if (!consent) {
        return std::unexpected(consent.error());
    }
    return commit(context, *stored, decide(stored->plan, ApproveStep{*consent}, context.actor(), now));
}

Result<QJsonObject> RecoveryService::handoverSheet(const PlanId& id)
{
    const auto shown = plan(id);
    const auto expected = shown ? estimates(*shown) : std::unexpected(shown.error());
    if (!expected) {
        return std::unexpected(expected.error());
    }
    const Timestamp now = m_parts.journal.now();
    return rc::handoverSheet(*shown, scheduleOf(*shown, *expected, now), now);
}

Result<Plan> RecoveryService::handOver(const SecurityContext& context, const PlanId& id, const OperatorId& to,
                                       const QString& note)
{
    auto stored = m_store.load(id);
    const auto person = m_parts.identity.operatorById(to);
    if (!stored || !person) {
        return std::unexpected(!stored ? stored.error() : person.error());
    }
    if (!person->enabled) {
        return fail(ErrorCode::WrongState,
                    QString("%1 cannot sign in any more, and so cannot take the lead.").arg(to.text()));
    }
    const auto sheet = handoverSheet(id);
    if (!sheet) {
        return std::unexpected(sheet.error());
    }
    const QByteArray text = canonicalJson(*sheet);
    const HandOver command{to, note, sha256Hex(text)};
    Append more;
    if (const auto kept = pin(more, command.sheet, QString("hand-over of %1").arg(id.text()), text); !kept) {
        return std::unexpected(kept.error());
    }
    return commit(context, *stored, decide(stored->plan, command, context.actor(), m_parts.journal.now()),
                  std::move(more));
}

Result<Plan> RecoveryService::declareEnd(const SecurityContext& context, const PlanId& id)
{
    auto stored = m_store.load(id);
    if (!stored) {
        return std::unexpected(stored.error());
    }
    const Timestamp now = m_parts.journal.now();
    if (const auto may = mayDeclare(stored->plan, context.actor(), now); !may) {
        return refuse(context, may.error());
    }
    const auto statement = declarationStatement(stored->plan, context.operatorId, now);
    const auto declaration = context.session->signStatement(PlanDeclared::kind, m_parts.journal.uuid(), statement, now);
    if (!declaration) {
        return std::unexpected(declaration.error());
    }
    return commit(context, *stored, decide(stored->plan, DeclarePlan{*declaration}, context.actor(), now));
}

} // namespace rc
