// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/plan_decisions.h"
#include "model/plan/refusals.h"

/// Decisions about the plan as a whole: start, arm, pause, abort, notes.

namespace rc {

using namespace refusals;

namespace {

Status checkExecutable(const StartPlan& command)
{
    for (const auto& step : command.procedure.steps) {
        if (!command.executableActions.contains(step.actionType)) {
            return fail(ErrorCode::InvalidInput,
                        QString("Step '%1' is a '%2', which this program cannot execute.")
                            .arg(step.name, idOf(step.actionType)),
                        {{"step", step.id.text()}, {"action_type", QString(idOf(step.actionType))}});
        }
        const QString check = step.parameters["check"].toString();
        if (step.actionType == ActionType::Check && !command.knownChecks.contains(check)) {
            return fail(
                ErrorCode::InvalidInput,
                QString("Step '%1' asks for the check '%2', which this program does not have.").arg(step.name, check));
        }
    }
    for (const auto& verification : command.procedure.verification) {
        if (!command.knownChecks.contains(verification.check)) {
            return fail(ErrorCode::InvalidInput,
                        QString("Verification '%1' asks for the check '%2', which this program does not have.")
                            .arg(verification.name, verification.check));
        }
    }
    return {};
}

/// What a commander may override with a reason, and nobody else may do at all.
QStringList overridable(const StartPlan& command)
{
    const auto& incident = command.pins.incident;
    QStringList reasons;
    if (!command.procedure.incidentTypes.contains(incident.type)) {
        reasons.append(QString("Procedure '%1' is not for incidents of type '%2'.")
                           .arg(command.procedure.id.text(), idOf(incident.type)));
    }
    if (!incident.containedAt) {
        reasons.append(QString("Incident %1 is not contained yet.").arg(incident.id.text()));
    }
    if (!command.openPlans.isEmpty()) {
        reasons.append(QString("Incident %1 has an open plan already: %2.")
                           .arg(incident.id.text(), command.openPlans.first().text()));
    }
    return reasons;
}

Status checkIncident(const StartPlan& command, const Actor& actor)
{
    const auto& incident = command.pins.incident;
    if (incident.status == IncidentStatus::Closed) {
        return fail(ErrorCode::WrongState, QString("Incident %1 is closed.").arg(incident.id.text()));
    }
    for (const auto& system : incident.systems) {
        if (!command.inventory.find(system)) {
            return fail(ErrorCode::InvalidInput,
                        QString("Incident %1 names the system '%2', which the inventory does not have.")
                            .arg(incident.id.text(), system.text()));
        }
    }
    const auto reasons = overridable(command);
    if (reasons.isEmpty()) {
        return {};
    }
    if (command.pins.overrideReason.trimmed().isEmpty()) {
        return fail(ErrorCode::WrongState,
                    reasons.join(" ") + " An incident commander may start it all the same, with a reason.");
    }
    return needsRole(actor, {Role::IncidentCommander}, reasons.join(" ") + " Overriding that");
}

} // namespace

Result<PlanEvents> decide(const StartPlan& command, const Actor& actor)
{
    if (const auto allowed =
            needsRole(actor, command.procedure.requiredRoles, QString("Starting '%1'").arg(command.procedure.name));
        !allowed) {
        return std::unexpected(allowed.error());
    }
    if (const auto problems = problemsOf(command.procedure); !problems.isEmpty()) {
        return fail(
            ErrorCode::InvalidInput,
            QString("Procedure '%1' cannot run: %2.").arg(command.procedure.id.text(), problems.first().message));
    }
    if (const auto executable = checkExecutable(command); !executable) {
        return std::unexpected(executable.error());
    }
    if (const auto fits = checkIncident(command, actor); !fits) {
        return std::unexpected(fits.error());
    }
    return PlanEvents{PlanStarted{command.plan, command.pins, command.procedure}};
}

Result<PlanEvents> decide(const Plan& plan, const ArmPlan& command, const Actor& actor, Timestamp)
{
    if (const auto working = needsWorkingPlan(plan); !working) {
        return std::unexpected(working.error());
    }
    QList<Role> roles = plan.procedure.requiredRoles;
    for (const auto& step : plan.procedure.steps) {
        roles += step.requiredRoles;
    }
    if (const auto allowed = needsRole(actor, roles, QString("Running plan %1").arg(plan.id.text())); !allowed) {
        return std::unexpected(allowed.error());
    }
    if (plan.armedExecutor && command.previousExecutorAlive) {
        return fail(ErrorCode::Conflict,
                    QString("Plan %1 is being run already, by %2.").arg(plan.id.text(), plan.armedBy.text()));
    }
    return PlanEvents{PlanArmed{command.executor}};
}

Result<PlanEvents> decide(const Plan& plan, const DisarmPlan& command, const Actor& actor, Timestamp)
{
    const bool armedElsewhere =
        !command.executor.isEmpty() && plan.armedExecutor && plan.armedExecutor->id != command.executor;
    if (!plan.isArmed() || armedElsewhere) {
        return PlanEvents{};
    }
    if (actor.id != plan.armedBy) {
        if (const auto allowed = needsRole(actor, participants(plan), "Disarming the plan"); !allowed) {
            return std::unexpected(allowed.error());
        }
    }
    return PlanEvents{PlanDisarmed{command.reason}};
}

Result<PlanEvents> decide(const Plan& plan, const PausePlan& command, const Actor& actor, Timestamp)
{
    if (const auto allowed = needsRole(actor, participants(plan), "Pausing the plan"); !allowed) {
        return std::unexpected(allowed.error());
    }
    if (const auto open = needsOpenPlan(plan); !open) {
        return std::unexpected(open.error());
    }
    if (plan.status == PlanStatus::Paused || plan.status == PlanStatus::Aborting) {
        return fail(ErrorCode::WrongState, QString("Plan %1 is %2 already.").arg(plan.id.text(), idOf(plan.status)));
    }
    return PlanEvents{PlanPaused{command.reason}};
}

Result<PlanEvents> decide(const Plan& plan, const ResumePlan&, const Actor& actor, Timestamp)
{
    if (const auto allowed = needsRole(actor, plan.procedure.requiredRoles, "Resuming the plan"); !allowed) {
        return std::unexpected(allowed.error());
    }
    if (plan.status != PlanStatus::Paused) {
        return fail(ErrorCode::WrongState,
                    QString("Plan %1 is not paused; it is %2.").arg(plan.id.text(), idOf(plan.status)));
    }
    return PlanEvents{PlanResumed{}};
}

Result<PlanEvents> decide(const Plan& plan, const AbortPlan& command, const Actor& actor, Timestamp)
{
    if (const auto allowed = needsRole(actor, plan.procedure.requiredRoles, "Aborting the plan"); !allowed) {
        return std::unexpected(allowed.error());
    }
    if (const auto open = needsOpenPlan(plan); !open) {
        return std::unexpected(open.error());
    }
    if (plan.status == PlanStatus::Aborting) {
        return fail(ErrorCode::WrongState, QString("Plan %1 is being aborted already.").arg(plan.id.text()));
    }
    if (const auto reason = needsText(command.reason, "The reason for aborting"); !reason) {
        return std::unexpected(reason.error());
    }
    PlanEvents events{PlanAborting{command.reason}};
    if (!runningStep(plan)) {
        events.append(PlanAborted{});
    }
    return events;
}

Result<PlanEvents> decide(const Plan& plan, const FinishAbort&, const Actor& actor, Timestamp)
{
    if (const auto allowed = needsRole(actor, plan.procedure.requiredRoles, "Aborting the plan"); !allowed) {
        return std::unexpected(allowed.error());
    }
    if (plan.status != PlanStatus::Aborting) {
        return fail(ErrorCode::WrongState, QString("Plan %1 is not being aborted.").arg(plan.id.text()));
    }
    if (const auto* step = runningStep(plan)) {
        return fail(ErrorCode::WrongState, QString("Step '%1' is still running.").arg(step->name));
    }
    return PlanEvents{PlanAborted{}};
}

Result<PlanEvents> decide(const Plan& plan, const AddNote& command, const Actor& actor, Timestamp)
{
    if (const auto allowed =
            needsRole(actor, participants(plan) + QList<Role>{Role::CommunicationsLead}, "Adding a note");
        !allowed) {
        return std::unexpected(allowed.error());
    }
    if (const auto text = needsText(command.text, "The text of the note"); !text) {
        return std::unexpected(text.error());
    }
    return PlanEvents{NoteAdded{command.text}};
}

} // namespace rc
