// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/plan.h"

#include "model/plan/refusals.h"

#include <algorithm>

namespace rc {
namespace {

/// `${incident.NAME}`, in the form of the incident's JSON.
QJsonValue incidentValue(const Incident& incident, const QString& name)
{
    if (name == "systems") {
        return toJson(incident.systems);
    }
    if (name == "id") {
        return incident.id.text();
    }
    if (name == "type") {
        return QString(idOf(incident.type));
    }
    return name == "contained_at" ? toJson(incident.containedAt) : QJsonValue(toRfc3339(incident.compromisedSince));
}

int countOf(const QList<Approval>& approvals, Role role)
{
    return int(std::ranges::count_if(approvals, [role](const Approval& a) { return a.statement.role == role; }));
}

} // namespace

void Plan::begin(const Procedure& pinned)
{
    procedure = pinned;
    steps = QList<StepRecord>(pinned.steps.size());
    m_positions.clear();
    for (qsizetype i = 0; i < pinned.steps.size(); ++i) {
        m_positions.insert(pinned.steps[i].id, i);
    }
}

qsizetype Plan::currentStepIndex() const
{
    const auto open = std::ranges::find_if_not(steps, isDone);
    return open - steps.begin();
}

bool Plan::isOpen() const
{
    return status != PlanStatus::Completed && status != PlanStatus::Aborted;
}

Phase Plan::phase() const
{
    if (!isOpen()) {
        return Phase::Closed;
    }
    if (soakUntil) {
        return Phase::Soak;
    }
    if (status == PlanStatus::VerificationFailed || verifying || allStepsDone()) {
        return Phase::Verify;
    }
    for (qsizetype i = 0; i < steps.size(); ++i) {
        if (!procedure.steps[i].isManual() && steps[i].startedAt) {
            return Phase::Recover;
        }
    }
    return Phase::Prepare;
}

DependencyGraph Plan::dependencies() const
{
    std::vector<DependencyGraph::Edge> edges;
    for (qsizetype i = 0; i < procedure.steps.size(); ++i) {
        for (const auto& dependency : procedure.steps[i].after) {
            edges.push_back({int(i), int(indexOf(dependency))});
        }
    }
    return {int(procedure.steps.size()), edges};
}

bool Plan::isPointOfNoReturn(qsizetype index) const
{
    const auto& step = procedure.steps[index];
    return step.reversibility == Reversibility::Irreversible ||
           std::ranges::any_of(procedure.steps, [&](const Step& other) {
               return other.reversibility == Reversibility::ReversibleUntil && other.reversibleUntil == step.id;
           });
}

bool Plan::dependenciesMet(qsizetype index) const
{
    return std::ranges::all_of(procedure.steps[index].after, [this](const StepId& step) {
        const auto dependency = indexOf(step);
        return dependency >= 0 && isDone(steps[dependency]);
    });
}

QList<Approval> Plan::validApprovals(qsizetype index, Timestamp now) const
{
    const auto& record = steps[index];
    const auto resolved = resolvedParameters(index);
    QList<Approval> valid;
    if (!resolved) {
        return valid;
    }
    const QString hash = parametersHashOf(*resolved);
    for (const auto& approval : record.approvals) {
        const auto& statement = approval.statement;
        if (!approval.used && statement.attempt == record.attempt && statement.parametersHash == hash &&
            statement.expires > now && statement.approver != armedBy) {
            valid.append(approval);
        }
    }
    return valid;
}

bool Plan::approvalsMet(qsizetype index, Timestamp now) const
{
    const auto& required = procedure.steps[index].approvals;
    if (required.isEmpty()) {
        return true;
    }
    const auto valid = validApprovals(index, now);
    return std::ranges::all_of(
        required, [&](const ApprovalRequirement& need) { return countOf(valid, need.role) >= need.count; });
}

StepState Plan::stateOf(qsizetype index, Timestamp now) const
{
    switch (steps[index].progress) {
    case StepProgress::Running:
        return procedure.steps[index].isManual() ? StepState::AwaitingPerson : StepState::Running;
    case StepProgress::Succeeded:
        return StepState::Succeeded;
    case StepProgress::Failed:
        return StepState::Failed;
    case StepProgress::Skipped:
        return StepState::Skipped;
    case StepProgress::Unknown:
        return StepState::Unknown;
    case StepProgress::Undone:
        return StepState::Undone;
    case StepProgress::NotRun:
        return StepState::NotRun;
    case StepProgress::Pending:
        break;
    }
    if (!dependenciesMet(index) || !resolvedParameters(index)) {
        return StepState::Waiting;
    }
    return approvalsMet(index, now) ? StepState::Ready : StepState::AwaitingApproval;
}

QStringList Plan::waitingFor(qsizetype index, Timestamp now) const
{
    const auto& record = steps[index];
    switch (record.progress) {
    case StepProgress::Unknown:
        return {"the step was interrupted; a probe has to find out whether it took effect"};
    case StepProgress::Failed:
        return {QString("it failed: %1").arg(record.result.message)};
    case StepProgress::Running:
        if (procedure.steps[index].isManual()) {
            return {QString("person: %1 has taken it and has to say what came of it").arg(record.startedBy.text())};
        }
        return {};
    case StepProgress::Pending:
        return isOpen() ? reasonsBeforeStart(index, now) : QStringList();
    default:
        return {};
    }
}

QStringList Plan::reasonsBeforeStart(qsizetype index, Timestamp now) const
{
    const auto& step = procedure.steps[index];
    QStringList reasons;
    for (const auto& dependency : step.after) {
        const auto at = indexOf(dependency);
        if (at >= 0 && !isDone(steps[at])) {
            reasons.append(QString("dependency: step '%1' is not done").arg(procedure.steps[at].name));
        }
    }
    if (!reasons.isEmpty()) {
        return reasons;
    }
    if (const auto resolved = resolvedParameters(index); !resolved) {
        return {QString("parameter: %1").arg(resolved.error().message)};
    }
    const auto valid = validApprovals(index, now);
    for (const auto& need : step.approvals) {
        const int missing = need.count - countOf(valid, need.role);
        if (missing > 0) {
            reasons.append(QString("approval: %1 more by a person with the role %2 who neither started nor runs it")
                               .arg(missing)
                               .arg(idOf(need.role)));
        }
    }
    if (status == PlanStatus::Paused) {
        reasons.append("the plan is paused");
    }
    if (step.isManual()) {
        reasons.append(
            QString("person: somebody with the role %1 has to do it").arg(refusals::namesOf(rolesOf(index))));
    }
    return reasons;
}

const QList<Role>& Plan::rolesOf(qsizetype index) const
{
    const auto& own = procedure.steps[index].requiredRoles;
    return own.isEmpty() ? procedure.requiredRoles : own;
}

Result<QJsonValue> Plan::valueOf(const Reference& reference) const
{
    switch (reference.scope) {
    case Reference::Scope::Incident:
        return incidentValue(pins.incident, reference.name);
    case Reference::Scope::PlanParameter:
        return pins.parameters[reference.name];
    case Reference::Scope::StepResult:
        break;
    }
    const auto source = indexOf(reference.step);
    if (source < 0 || steps[source].progress != StepProgress::Succeeded) {
        return fail(
            ErrorCode::WrongState,
            QString("The result '%1' of step '%2' is not there yet.").arg(reference.name, reference.step.text()));
    }
    const auto& fields = steps[source].result.fields;
    if (!fields.contains(reference.name)) {
        return fail(ErrorCode::WrongState,
                    QString("Step '%1' left no result '%2'.").arg(procedure.steps[source].name, reference.name));
    }
    return fields[reference.name];
}

Result<QJsonObject> Plan::resolvedParameters(qsizetype index) const
{
    return resolveParameters(procedure.steps[index].parameters,
                             [this](const Reference& reference) { return valueOf(reference); });
}

Result<QJsonObject> Plan::resolvedParameters(const VerificationStep& verification) const
{
    return resolveParameters(verification.parameters,
                             [this](const Reference& reference) { return valueOf(reference); });
}

Timestamp Plan::eta(Timestamp now) const
{
    if (completedAt) {
        return *completedAt;
    }
    std::vector<Milliseconds> remaining;
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const auto expected = procedure.steps[i].expectedDuration;
        auto left = isDone(steps[i]) ? Milliseconds(0) : expected;
        if (steps[i].progress == StepProgress::Running && steps[i].startedAt) {
            left = std::max(Milliseconds(0), expected - (now - *steps[i].startedAt));
        }
        remaining.push_back(left);
    }
    Milliseconds rest{0};
    for (const int node : dependencies().criticalPath(remaining)) {
        rest += remaining[node];
    }
    const Timestamp stepsDone = now + rest;
    return soakUntil ? std::max(stepsDone, *soakUntil) : stepsDone + procedure.soak;
}

QString planHashOf(const QString& procedureHash, const QString& inventoryHash, const Incident& incident,
                   const QJsonObject& parameters)
{
    const QJsonObject all{
        {"procedure", procedureHash},
        {"inventory", inventoryHash},
        {"incident", incident.id.text()},
        {"incident_type", QString(idOf(incident.type))},
        {"systems", toJson(incident.systems)},
        {"compromised_since", toRfc3339(incident.compromisedSince)},
        {"parameters", parameters},
    };
    return sha256Hex("rc-plan-v1" + canonicalJson(all));
}

} // namespace rc
