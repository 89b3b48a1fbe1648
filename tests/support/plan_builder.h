// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/plan/plan_decisions.h"

/// Plans for tests in few words: people, a procedure as a list of steps, and a run that decides, applies and keeps the
/// events as the journal would.

namespace rc::test {

/// The people of the tests. Olga starts and runs, Ben is the second person, the others are what their names say.
inline const Actor olga{OperatorId("olga"), {Role::IncidentCommander, Role::ProtocolLead, Role::NodeOperator}};
inline const Actor ben{OperatorId("ben"), {Role::ProtocolLead, Role::SecurityAnalyst}};
inline const Actor nora{OperatorId("nora"), {Role::NodeOperator}};
inline const Actor pia{OperatorId("pia"), {Role::ProtocolLead, Role::NodeOperator}};
inline const Actor cora{OperatorId("cora"), {Role::ComplianceObserver}};
inline const Actor eve{OperatorId("eve"), {Role::Observer}};
inline const Actor adam{OperatorId("adam"), {Role::Administrator}};

inline const Executor desk{"desk", {{"host", "desk"}, {"pid", 4711}}};
inline const Executor otherDesk{"other-desk", {{"host", "desk-2"}, {"pid", 42}}};

/// Appends steps and checks to a procedure; what follows a step changes that step.
class ProcedureBuilder
{
public:
    ProcedureBuilder()
    {
        m_procedure.id = ProcedureId("state_corruption");
        m_procedure.name = "State corruption";
        m_procedure.incidentTypes = {IncidentType::StateCorruption};
        m_procedure.requiredRoles = {Role::IncidentCommander};
    }

    /// Comes after the step before, as in a file that says nothing.
    ProcedureBuilder& manual(const QString& id) { return step(id, ActionType::Manual); }
    ProcedureBuilder& automated(const QString& id) { return step(id, ActionType::RestoreSystem); }
    ProcedureBuilder& after(const QStringList& ids)
    {
        last().after.clear();
        for (const auto& id : ids) {
            last().after.append(StepId(id));
        }
        return *this;
    }
    ProcedureBuilder& by(const QList<Role>& roles)
    {
        last().requiredRoles = roles;
        return *this;
    }
    ProcedureBuilder& approvedBy(Role role, int count = 1)
    {
        last().approvals.append({role, count});
        return *this;
    }
    ProcedureBuilder& with(const QJsonObject& parameters)
    {
        last().parameters = parameters;
        return *this;
    }
    ProcedureBuilder& leaves(const QStringList& outputs)
    {
        last().outputs = outputs;
        return *this;
    }
    ProcedureBuilder& takes(Milliseconds expected)
    {
        last().expectedDuration = expected;
        return *this;
    }
    ProcedureBuilder& limitedTo(Milliseconds timeout)
    {
        last().timeout = timeout;
        return *this;
    }
    ProcedureBuilder& priority(Priority priority)
    {
        last().priority = priority;
        return *this;
    }
    ProcedureBuilder& irreversible()
    {
        last().reversibility = Reversibility::Irreversible;
        return *this;
    }
    ProcedureBuilder& reversibleUntil(const QString& id)
    {
        last().reversibility = Reversibility::ReversibleUntil;
        last().reversibleUntil = StepId(id);
        return *this;
    }
    ProcedureBuilder& when(const QString& value, Comparison comparison, const QJsonValue& expected)
    {
        last().when.append({value, comparison, expected});
        return *this;
    }
    ProcedureBuilder& triedAgain(int attempts, Milliseconds delay, double factor = 1)
    {
        last().retry = {attempts, delay, factor};
        return *this;
    }
    ProcedureBuilder& wants(const QString& id, EvidenceKind kind, bool required = true)
    {
        EvidenceRequirement wanted;
        wanted.id = id;
        wanted.kind = kind;
        wanted.label = id;
        wanted.required = required;
        last().evidence.append(wanted);
        return *this;
    }
    ProcedureBuilder& between(double minimum, double maximum)
    {
        last().evidence.last().minimum = minimum;
        last().evidence.last().maximum = maximum;
        return *this;
    }
    ProcedureBuilder& takenBackBy(const QString& words)
    {
        last().undo = words;
        return *this;
    }
    ProcedureBuilder& atMostAtOnce(int count)
    {
        m_procedure.maximumParallel = count;
        return *this;
    }
    ProcedureBuilder& uncritical()
    {
        last().critical = false;
        return *this;
    }
    ProcedureBuilder& check(const QString& id, const QString& owner)
    {
        VerificationStep check;
        check.id = VerificationId(id);
        check.name = id;
        check.check = "state_agreement";
        check.ownerStep = StepId(owner);
        m_procedure.verification.append(check);
        return *this;
    }
    ProcedureBuilder& asksFor(const QString& parameter)
    {
        m_procedure.parameters.append({parameter, ParameterType::Integer, false, QJsonValue::Null, {}});
        return *this;
    }
    ProcedureBuilder& soak(Milliseconds time)
    {
        m_procedure.soak = time;
        return *this;
    }
    ProcedureBuilder& closesAutomatically()
    {
        m_procedure.closing = Closing::Automatic;
        return *this;
    }

    /// With a check of the last step, where none was named.
    [[nodiscard]] Procedure build() const
    {
        auto procedure = *this;
        if (m_procedure.verification.isEmpty() && !m_procedure.steps.isEmpty()) {
            procedure.check("agreement", m_procedure.steps.last().id.text());
        }
        return procedure.m_procedure;
    }

private:
    ProcedureBuilder& step(const QString& id, ActionType type)
    {
        Step step;
        step.id = StepId(id);
        step.name = id;
        step.actionType = type;
        if (!m_procedure.steps.isEmpty()) {
            step.after = {last().id};
        }
        m_procedure.steps.append(step);
        return *this;
    }
    Step& last() { return m_procedure.steps.last(); }

    Procedure m_procedure;
};

inline Incident containedIncident()
{
    Incident incident;
    incident.id = IncidentId("INC-1");
    incident.title = "validator-3 diverged";
    incident.compromisedSince = Timestamp(std::chrono::hours(480'000));
    incident.containedAt = incident.compromisedSince + std::chrono::hours(1);
    incident.openedAt = *incident.containedAt;
    incident.openedBy = olga.id;
    incident.systems = {SystemId("validator-3")};
    return incident;
}

/// All that `plan start` needs, for an incident that is contained and a program that can execute everything.
inline StartPlan startOf(const Procedure& procedure)
{
    StartPlan command;
    command.plan = PlanId("PLAN-1");
    command.pins.store = "store-1";
    command.pins.planHash = "plan-hash";
    command.pins.procedureHash = "procedure-hash";
    command.pins.inventoryHash = "inventory-hash";
    command.pins.network = {"lab", "prozchain-lab", NetworkKind::Practice};
    command.pins.incident = containedIncident();
    command.procedure = procedure;
    System validator;
    validator.id = SystemId("validator-3");
    validator.type = "node";
    command.inventory.systems = {validator};
    command.executableActions = {ActionType::Manual, ActionType::RestoreSystem, ActionType::Check};
    command.knownChecks = {"state_agreement"};
    return command;
}

inline StartStep start(const QString& step, const Executor& executor = desk)
{
    return {StepId(step), executor, {SystemId("validator-3")}};
}
inline StepResult good(const QJsonObject& fields = {})
{
    return {true, "done", fields, {}, Timestamp()};
}
inline StepResult bad(const QString& message = "it broke")
{
    return {false, message, {}, {}, Timestamp()};
}
inline CompleteStep done(const QString& step, const StepResult& result = good())
{
    return {StepId(step), result, "seen by eye", {}};
}
inline RecordOutcome outcome(const QString& step, const StepResult& result = good(), int attempt = 1)
{
    return {StepId(step), attempt, desk.id, result};
}
inline SkipStep skip(const QString& step)
{
    return {StepId(step), "not needed here"};
}
inline RetryStep retry(const QString& step)
{
    return {StepId(step), "once more"};
}
/// What an action has kept before its effect.
inline KeepPreImage keep(const QString& step, int attempt = 1, Capture::Kind kind = Capture::Kind::Undoable)
{
    return {StepId(step), attempt, desk.id, {kind, "The old configuration is put back.", {{{"backup", "b-1"}}}}};
}
inline UndoStep undo(const QString& step)
{
    return {StepId(step), desk, {SystemId("validator-3")}, "it made things worse"};
}
inline RecordUndo undone(const QString& step, const StepResult& result = good(), int attempt = 1)
{
    return {StepId(step), attempt, desk.id, result};
}
inline VerificationResult answer(const QString& check, bool passed)
{
    return {VerificationId(check), check, passed, passed ? QString("all agree") : QString("validator-3 differs"),
            Timestamp(),           1};
}
/// In the form of a signature; the model does not check it, the journal does.
inline SignedStatement signedBy(const Actor& person, const QJsonObject& statement)
{
    return {canonicalJson(statement), QByteArray(64, 's'), sha256Hex(person.id.text().toUtf8())};
}

} // namespace rc::test
