// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/conditions.h"
#include "model/plan/plan_decisions.h"
#include "model/plan/refusals.h"

#include <algorithm>

/// Decisions about the plan as a whole: start, arm, pause, abort, notes.

namespace rc {

using namespace refusals;

namespace {

/// Who may set automated steps of the plan going: one of these roles is of use to at least one step.
QList<Role> runningRoles(const Plan& plan)
{
    QList<Role> roles = plan.procedure.requiredRoles;
    for (const auto& step : plan.procedure.steps) {
        for (const auto role : step.requiredRoles) {
            if (!roles.contains(role)) {
                roles.append(role);
            }
        }
    }
    return roles;
}

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

/// Some step or check works on the systems of the incident.
bool worksOnItsSystems(const Procedure& procedure)
{
    const auto asks = [](const QJsonObject& parameters) {
        return std::ranges::any_of(referencesIn(parameters, {}), [](const FoundReference& found) {
            return found.reference && found.reference->scope == Reference::Scope::Incident &&
                   found.reference->name == "systems";
        });
    };
    return std::ranges::any_of(procedure.steps, [&](const Step& step) { return asks(step.parameters); }) ||
           std::ranges::any_of(procedure.verification,
                               [&](const VerificationStep& check) { return asks(check.parameters); });
}

Status checkIncident(const StartPlan& command, const Actor& actor)
{
    const auto& incident = command.pins.incident;
    if (incident.systems.isEmpty() && worksOnItsSystems(command.procedure)) {
        return fail(ErrorCode::InvalidInput,
                    QString("Incident %1 names no system, and '%2' works on those that it names.")
                        .arg(incident.id.text(), command.procedure.name));
    }
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
    const PlanStarted started{command.plan, command.pins, command.procedure};
    return withUnneeded({}, PlanEvents{started});
}

QList<StepId> crossable(const Plan& plan, const Actor& actor, Timestamp now, const QList<StepId>& branches)
{
    // As the arming would find it: whoever had the plan armed before has it no more, and their consent counts.
    auto seen = plan;
    seen.armedBy = actor.id;
    seen.setArmedFor(branches);
    QList<StepId> steps;
    const auto& startable = seen.startable();
    for (auto i = startable.next(0); i < seen.steps.size(); i = startable.next(i + 1)) {
        const auto& step = std::as_const(seen.procedure).steps[i];
        if (!step.isManual() && !step.approvals.isEmpty() && seen.isPointOfNoReturn(i) && seen.isArmedFor(i) &&
            seen.stateOf(i, now) == StepState::Ready && needsStepRole(seen, i, actor)) {
            steps.append(step.id);
        }
    }
    return steps;
}

Result<PlanEvents> decide(const Plan& plan, const ArmPlan& command, const Actor& actor, Timestamp now)
{
    if (const auto working = needsWorkingPlan(plan); !working) {
        return std::unexpected(working.error());
    }
    if (const auto allowed = needsRole(actor, runningRoles(plan), QString("Running plan %1").arg(plan.id.text()));
        !allowed) {
        return std::unexpected(allowed.error());
    }
    for (const auto& step : command.steps) {
        if (const auto known = findStep(plan, step); !known) {
            return std::unexpected(known.error());
        }
    }
    const auto ahead = command.crossing.isEmpty() ? QList<StepId>() : crossable(plan, actor, now, command.steps);
    for (const auto& step : command.crossing) {
        const auto index = findStep(plan, step);
        if (!index) {
            return std::unexpected(index.error());
        }
        if (!ahead.contains(step)) {
            return fail(
                ErrorCode::WrongState,
                QString("Step '%1' is no point of no return that this could go over now: of the branches that are "
                        "run, ready, with the consent of a second person, and for you to run.")
                    .arg(plan.procedure.steps[*index].name));
        }
    }
    PlanEvents events;
    if (plan.armedExecutor && command.previousExecutorAlive) {
        if (command.takeOverReason.trimmed().isEmpty()) {
            return fail(ErrorCode::Conflict,
                        QString("Plan %1 is being run already, by %2. Taking it over takes a reason; what runs there "
                                "comes to its end there.")
                            .arg(plan.id.text(), plan.armedBy.text()));
        }
        events.append(PlanDisarmed{QString("taken over by %1: %2").arg(actor.id.text(), command.takeOverReason)});
    }
    events.append(PlanArmed{command.executor, command.steps, command.crossing});
    // A locked session may have written an outcome, and could not say what it makes unneeded.
    return withUnneeded(plan, events);
}

Result<PlanEvents> decide(const Plan& plan, const HoldBranch& command, const Actor& actor, Timestamp)
{
    const auto index = findStep(plan, command.step);
    if (!index) {
        return std::unexpected(index.error());
    }
    for (const auto& check : {needsRole(actor, participants(plan), "Putting a step off"), needsOpenPlan(plan),
                              needsText(command.reason, "The reason for putting it off")}) {
        if (!check) {
            return std::unexpected(check.error());
        }
    }
    return PlanEvents{BranchHeld{command.step, command.reason}};
}

Result<PlanEvents> decide(const Plan& plan, const ReleaseBranch& command, const Actor& actor, Timestamp)
{
    const auto index = findStep(plan, command.step);
    if (!index) {
        return std::unexpected(index.error());
    }
    for (const auto& check : {needsRole(actor, runningRoles(plan), "Letting a step go on"), needsOpenPlan(plan)}) {
        if (!check) {
            return std::unexpected(check.error());
        }
    }
    if (std::ranges::find(plan.holds, command.step, &Hold::step) == plan.holds.end()) {
        return fail(ErrorCode::WrongState, QString("Step '%1' is not put off.").arg(plan.procedure.steps[*index].name));
    }
    return PlanEvents{BranchReleased{command.step}};
}

Result<PlanEvents> decide(const Plan& plan, const HandOver& command, const Actor& actor, Timestamp)
{
    if (const auto open = needsOpenPlan(plan); !open) {
        return std::unexpected(open.error());
    }
    if (actor.id != plan.lead) {
        if (const auto allowed = needsRole(actor, {Role::IncidentCommander}, "Handing over another's plan"); !allowed) {
            return std::unexpected(allowed.error());
        }
    }
    if (command.to == plan.lead) {
        return fail(ErrorCode::WrongState, QString("%1 leads plan %2 already.").arg(command.to.text(), plan.id.text()));
    }
    return PlanEvents{PlanHandedOver{command.to, command.note, command.sheet}};
}

Result<PlanEvents> decide(const Plan& plan, const TakeLead& command, const Actor& actor, Timestamp)
{
    if (const auto open = needsOpenPlan(plan); !open) {
        return std::unexpected(open.error());
    }
    if (actor.id == plan.lead) {
        return fail(ErrorCode::WrongState, QString("%1 leads plan %2 already.").arg(actor.id.text(), plan.id.text()));
    }
    if (!plan.handover || plan.handover->to != actor.id) {
        for (const auto& check : {needsRole(actor, {Role::IncidentCommander}, "Taking a lead that was not offered"),
                                  needsText(command.reason, "The reason for taking the lead")}) {
            if (!check) {
                return std::unexpected(check.error());
            }
        }
    }
    return PlanEvents{PlanLeadTaken{command.reason}};
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
