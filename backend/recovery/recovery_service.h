// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/documents/inventory_document.h"
#include "backend/documents/procedure_library.h"
#include "backend/recovery/evidence_store.h"
#include "backend/recovery/incident_register.h"
#include "backend/recovery/plan_store.h"
#include "model/plan/plan_decisions.h"

namespace rc {

/// What this program can do in a plan; the rest is refused by name when a plan starts (product rule 13).
struct Capabilities
{
    QSet<ActionType> actions;
    QSet<QString> checks;
};

/// What `plan start` is asked with.
struct StartRequest
{
    IncidentId incident;
    ProcedureId procedure;
    /// Nothing: the newest version.
    std::optional<int> version;
    /// As given; typed and completed by the procedure's declarations.
    QJsonObject parameters;
    /// Of a dry run that the plan has to match; empty if none was made.
    QString planHash;
    /// The dry run itself (see plan_preview.h): the plan is bound to it, what differs is named, and each step says
    /// where it is about to do something else.
    QJsonObject dryRun = {};
    bool rehearsal = false;
    QString overrideReason;
};

/// What was done about an interrupted step of a plan that is to be aborted.
struct EndedStep
{
    StepId step;
    /// What its probe has found since; nothing if it was not asked.
    std::optional<ResolveUnknown> found = {};
    /// What of it may still run; then it keeps its systems.
    QStringList running = {};
};

/// The seed's RecoveryService (9.3.1, 9.3.2): procedures for incidents, and every act of a person on a plan. Each act
/// reads the plan, lets the model decide, and appends the events at the revision it read: whoever comes second gets a
/// conflict. A refusal for want of a role is journaled. Running steps is PlanRunner's.
class RecoveryService
{
public:
    struct Parts
    {
        Journal& journal;
        IdentityService& identity;
        /// Asked only when procedures are needed: reading them all costs more than showing a plan.
        std::function<ProcedureLibrary&()> procedures;
        IncidentRegister& incidents;
        Capabilities capabilities;
    };

    explicit RecoveryService(Parts parts)
        : m_parts(std::move(parts))
        , m_store(m_parts.journal)
    {
    }

    // --- procedures

    /// The seed's get_recovery_procedures: those for the incident's type, of each the newest version. An older one is
    /// started by naming it.
    [[nodiscard]] Result<QList<Procedure>> recoveryProcedures(const IncidentId& incident);
    /// A role takes responsibility for a procedure that does not ship with the program (product rule 10).
    [[nodiscard]] Status reviewProcedure(const SecurityContext& context, const ProcedureId& id);
    /// The same for an inventory; WrongState if the store is for another kind of network.
    [[nodiscard]] Status reviewInventory(const SecurityContext& context, const InventoryDocument& inventory);

    // --- plans

    /// What a plan would be pinned to, and its hash; writes nothing.
    [[nodiscard]] Result<StartPlan> prepare(const StartRequest& request, const InventoryDocument& inventory);
    /// The seed's start_recovery.
    [[nodiscard]] Result<Plan> startRecovery(const SecurityContext& context, const StartRequest& request,
                                             const InventoryDocument& inventory);
    [[nodiscard]] Result<StoredPlan> load(const PlanId& id) { return m_store.load(id); }
    /// As a person has to see it now (see asSeenNow).
    [[nodiscard]] Result<Plan> plan(const PlanId& id);
    [[nodiscard]] Result<QList<Plan>> openPlans();
    [[nodiscard]] PlanStore& store() { return m_store; }
    /// The inventory that the plan pinned.
    [[nodiscard]] Result<Inventory> pinnedInventory(const Plan& plan);

    /// What is expected of the plan's steps: by its procedure, and by what earlier plans took.
    [[nodiscard]] Result<Estimates> estimates(const Plan& plan);
    /// The effects that the dry run, from which the plan was started, had shown for a step; nothing if there was none,
    /// or if it could not say so early.
    [[nodiscard]] Result<std::optional<QJsonArray>> expectedEffects(const Plan& plan, const StepId& step);

    /// The seed's complete_recovery_step for a manual step, or one whose probe could not tell; a failure too. The files
    /// are kept as evidence beside what the command has; not before it is clear that the act would be taken. NotFound
    /// for a file that cannot be read; Conflict for one that changes meanwhile.
    [[nodiscard]] Result<Plan> completeRecoveryStep(const SecurityContext& context, const PlanId& id,
                                                    CompleteStep command, const QList<EvidenceFile>& files = {});
    /// Retries a failed step, or one that was interrupted.
    [[nodiscard]] Result<Plan> retryStep(const SecurityContext& context, const PlanId& id, const RetryStep& command);
    /// Ends the plan for good. A step that runs under a live executor is finished first; one whose executor is dead is
    /// recorded as unknown, or as what `ended` says of it. PlanRunner::abort stops what such steps have left running.
    [[nodiscard]] Result<Plan> abort(const SecurityContext& context, const PlanId& id, const QString& reason,
                                     const QList<EndedStep>& ended = {});
    /// Signs and records this person's consent to the next start of a step, or to undoing it. Valid for eight hours.
    [[nodiscard]] Result<Plan> approveStep(const SecurityContext& context, const PlanId& id, const StepId& step,
                                           StepAct act = StepAct::Run);
    /// Records consent that was signed elsewhere (offline_approval.h). It is judged as if its signer stood here, with
    /// the roles they have now; who brings it needs none. PermissionDenied, Conflict, WrongState.
    [[nodiscard]] Result<Plan> importApproval(const SecurityContext& context, const PlanId& id, const StepId& step,
                                              const SignedStatement& consent);
    /// How a plan stands, for whoever takes it over (see handover_sheet.h).
    [[nodiscard]] Result<QJsonObject> handoverSheet(const PlanId& id);
    /// Offers the lead of a plan to somebody, with that sheet, which is kept with it. NotFound for a person that the
    /// store does not know, WrongState for one who cannot sign in any more.
    [[nodiscard]] Result<Plan> handOver(const SecurityContext& context, const PlanId& id, const OperatorId& to,
                                        const QString& note);
    /// Signs and records the end, if its time has come (see PlanRunner::declare for the last look before).
    [[nodiscard]] Result<Plan> declareEnd(const SecurityContext& context, const PlanId& id);

    /// Any other command of plan_decisions.h: decide, append, answer with the plan as it is then.
    template <class Command>
    [[nodiscard]] Result<Plan> act(const SecurityContext& context, const PlanId& id, const Command& command)
    {
        auto stored = m_store.load(id);
        if (!stored) {
            return std::unexpected(stored.error());
        }
        return commit(context, *stored, decide(stored->plan, command, context.actor(), m_parts.journal.now()));
    }

    /// Journals a refusal for want of a role, and passes the error on.
    [[nodiscard]] std::unexpected<Error> refuse(const SecurityContext& context, const Error& error)
    {
        return m_parts.identity.refuse(context, error);
    }

private:
    [[nodiscard]] Result<Plan> commit(const SecurityContext& context, StoredPlan& stored,
                                      const Result<PlanEvents>& events, Append more = {});
    /// A person's word on a step: decided with the interrupted ones as found, and the claims of the step go with it.
    template <class Command>
    [[nodiscard]] Result<Plan> settleStep(const SecurityContext& context, const PlanId& id, const Command& command);
    /// Loads the plan and takes note, in `found`, of steps whose executor died. The events are to be journaled with
    /// whatever a person decides about it.
    [[nodiscard]] Result<StoredPlan> loadWithInterrupted(const SecurityContext& context, const PlanId& id,
                                                         PlanEvents& found, Plan& asFound);
    [[nodiscard]] Result<Plan> startOnce(const SecurityContext& context, const StartRequest& request,
                                         const InventoryDocument& inventory);
    [[nodiscard]] Status checkProcedure(const ProcedureDocument& procedure);
    [[nodiscard]] Status pin(Append& append, const QString& hash, const QString& name, const QByteArray& text);

    Parts m_parts;
    PlanStore m_store;
};

} // namespace rc
