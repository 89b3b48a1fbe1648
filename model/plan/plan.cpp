// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/plan.h"

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

} // namespace

void Plan::begin(const Procedure& pinned)
{
    const auto size = pinned.steps.size();
    procedure = pinned;
    steps = Chunked<StepRecord>(size);
    m_outline = {};
    m_unmet = Chunked<int>(size);
    m_done = StepSet(size);
    m_startable = StepSet(size);
    m_underWay = StepSet(size);
    m_held = StepSet(size);
    m_armedFor = StepSet(size);
    for (qsizetype i = 0; i < size; ++i) {
        m_outline.positions.insert(pinned.steps[i].id, i);
    }
    m_outline.pointsOfNoReturn = StepSet(size);
    m_outline.conditional = StepSet(size);
    std::vector<DependencyGraph::Edge> edges;
    for (qsizetype i = 0; i < size; ++i) {
        const auto& step = pinned.steps[i];
        const auto& after = step.after;
        if (step.isFinal()) {
            m_outline.pointsOfNoReturn.set(i, true);
        }
        if (const auto last = indexOf(step.reversibleUntil); last >= 0) {
            m_outline.pointsOfNoReturn.set(last, true);
        }
        m_outline.conditional.set(i, !step.when.isEmpty());
        m_unmet.edit(i) = int(after.size());
        m_startable.set(i, after.isEmpty());
        for (const auto& dependency : after) {
            if (const auto at = indexOf(dependency); at >= 0) {
                edges.push_back({int(i), int(at)});
            }
        }
    }
    m_outline.graph = std::make_shared<DependencyGraph>(int(size), edges);
}

void Plan::setProgress(qsizetype index, StepProgress progress, Timestamp at)
{
    auto& record = steps.edit(index);
    const bool wasDone = isDone(record);
    record.progress = progress;
    const bool done = isDone(record);
    m_done.set(index, done);
    m_underWay.set(index, progress == StepProgress::Running);
    setStartable(index, at);
    if (done == wasDone) {
        return;
    }
    for (const int dependent : dependencies().dependentsOf(int(index))) {
        m_unmet.edit(dependent) += done ? -1 : 1;
        setStartable(dependent, at);
    }
}

void Plan::setStartable(qsizetype index, Timestamp at)
{
    const bool startable = steps[index].progress == StepProgress::Pending && dependenciesMet(index);
    if (startable != m_startable.contains(index)) {
        m_startable.set(index, startable);
        if (startable) {
            steps.edit(index).readySince = at;
        }
    }
}

StepSet Plan::withDependents(const QList<StepId>& roots) const
{
    StepSet found(steps.size());
    std::vector<int> positions;
    for (const auto& root : roots) {
        if (const auto at = indexOf(root); at >= 0) {
            positions.push_back(int(at));
            found.set(at, true);
        }
    }
    for (const int dependent : dependencies().transitiveDependents(positions)) {
        found.set(dependent, true);
    }
    return found;
}

void Plan::setHolds(const QList<Hold>& changed)
{
    holds = changed;
    QList<StepId> roots;
    for (const auto& hold : holds) {
        roots.append(hold.step);
    }
    m_held = withDependents(roots);
}

void Plan::setArmedFor(const QList<StepId>& wanted)
{
    armedFor = wanted;
    m_armedFor = withDependents(wanted);
}

int Plan::runningCount() const
{
    int count = 0;
    for (auto i = m_underWay.next(0); i < steps.size(); i = m_underWay.next(i + 1)) {
        count += procedure.steps[i].isManual() ? 0 : 1;
    }
    return count;
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
    if (source >= 0 && steps[source].progress == StepProgress::Skipped) {
        return fail(ErrorCode::WrongState, QString("There is no result '%1' of step '%2', which was skipped.")
                                               .arg(reference.name, reference.step.text()));
    }
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

Result<QJsonObject> Plan::parametersFor(qsizetype index, StepAct act) const
{
    switch (act) {
    case StepAct::Run:
        return resolvedParameters(index);
    case StepAct::Undo:
        return steps[index].parameters;
    case StepAct::Skip:
        break;
    }
    return procedure.steps[index].parameters;
}

std::optional<StepId> Plan::openStepOf(const Condition& condition) const
{
    for (const auto& found : referencesIn({{"value", condition.value}}, {})) {
        if (!found.reference || found.reference->scope != Reference::Scope::StepResult) {
            continue;
        }
        if (const auto source = indexOf(found.reference->step); source >= 0 && !isDone(steps[source])) {
            return found.reference->step;
        }
    }
    return std::nullopt;
}

std::optional<StepId> Plan::undecidedUntil(qsizetype index) const
{
    if (steps[index].wantedAnyway) {
        return std::nullopt;
    }
    for (const auto& condition : procedure.steps[index].when) {
        if (const auto open = openStepOf(condition)) {
            return open;
        }
    }
    return std::nullopt;
}

std::optional<QString> Plan::unmetCondition(qsizetype index) const
{
    if (steps[index].wantedAnyway || !dependenciesMet(index)) {
        return std::nullopt;
    }
    for (const auto& condition : procedure.steps[index].when) {
        if (openStepOf(condition)) {
            continue;
        }
        const auto resolved = resolveParameters(QJsonObject{{"value", condition.value}},
                                                [this](const Reference& reference) { return valueOf(reference); });
        if (!resolved) {
            return QString("%1 is not known: %2").arg(plainText(condition.value), resolved.error().message);
        }
        if (!condition.holdsFor((*resolved)["value"])) {
            return QString("%1; it is %2").arg(condition.text(), plainText((*resolved)["value"]));
        }
    }
    return std::nullopt;
}

Result<QJsonObject> Plan::resolvedParameters(const VerificationStep& verification) const
{
    return resolveParameters(verification.parameters,
                             [this](const Reference& reference) { return valueOf(reference); });
}

QList<SystemId> Plan::systemsOf(qsizetype index) const
{
    const auto& step = procedure.steps[index];
    switch (step.actionType) {
    case ActionType::Manual:
    case ActionType::Check:
    case ActionType::Wait:
    case ActionType::Notify:
        return {};
    default:
        break;
    }
    const QLatin1StringView name(step.actionType == ActionType::RestartServices ? "services" : "systems");
    const auto named = step.parameters[name];
    if (named.isUndefined()) {
        return {};
    }
    const auto resolved =
        resolveParameters({{name, named}}, [this](const Reference& reference) { return valueOf(reference); });
    return resolved ? idsFromJson<SystemId>((*resolved)[name]) : QList<SystemId>();
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
