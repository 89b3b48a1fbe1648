// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/graph/dependency_graph.h"
#include "model/procedure/parameters.h"

#include <QHash>
#include <QSet>

namespace rc {
namespace {

/// Collects the problems of one procedure; each check adds its own.
class Examination
{
public:
    explicit Examination(const Procedure& procedure)
        : m_procedure(procedure)
    {
    }

    QList<Problem> run()
    {
        for (qsizetype i = 0; i < m_procedure.steps.size(); ++i) {
            // Of an id that is used twice the first step counts.
            if (const auto& id = m_procedure.steps[i].id; !m_positions.contains(id)) {
                m_positions.insert(id, i);
            }
        }
        checkPresence();
        checkUnique("/steps", m_procedure.steps, [](const Step& step) { return step.id.text(); });
        checkUnique("/verification", m_procedure.verification, [](const VerificationStep& v) { return v.id.text(); });
        checkUnique("/parameters", m_procedure.parameters, [](const ParameterDeclaration& p) { return p.id; });
        checkDefaults();
        checkOrder();
        for (qsizetype i = 0; i < m_procedure.steps.size(); ++i) {
            checkStep(int(i));
        }
        for (qsizetype i = 0; i < m_procedure.verification.size(); ++i) {
            checkVerification(i);
        }
        return m_problems;
    }

private:
    void add(const QString& pointer, const QString& message) { m_problems.append({pointer, message}); }

    void checkPresence()
    {
        if (m_procedure.steps.isEmpty()) {
            add("/steps", "the procedure has no steps, expected at least one");
        }
        if (m_procedure.verification.isEmpty()) {
            add("/verification", "the procedure has no verification, expected at least one check");
        }
    }

    template <class T, class IdOf>
    void checkUnique(const QString& pointer, const QList<T>& entries, IdOf idOfEntry)
    {
        QSet<QString> seen;
        for (qsizetype i = 0; i < entries.size(); ++i) {
            const QString id = idOfEntry(entries[i]);
            if (seen.contains(id)) {
                add(QString("%1/%2/id").arg(pointer).arg(i),
                    QString("the id '%1' is used twice, expected unique ids").arg(id));
            }
            seen.insert(id);
        }
    }

    void checkDefaults()
    {
        for (qsizetype i = 0; i < m_procedure.parameters.size(); ++i) {
            auto declaration = m_procedure.parameters[i];
            declaration.required = false;
            if (!typedParameters({declaration}, {})) {
                add(QString("/parameters/%1/default").arg(i),
                    QString("the default does not fit, expected a value of type %1").arg(idOf(declaration.type)));
            }
        }
    }

    void checkOrder()
    {
        std::vector<DependencyGraph::Edge> edges;
        for (qsizetype i = 0; i < m_procedure.steps.size(); ++i) {
            const auto& after = m_procedure.steps[i].after;
            for (qsizetype k = 0; k < after.size(); ++k) {
                const auto dependency = positionOf(after[k]);
                if (dependency < 0) {
                    add(QString("/steps/%1/after/%2").arg(i).arg(k),
                        QString("there is no step '%1', expected the id of a step").arg(after[k].text()));
                } else {
                    edges.push_back({int(i), int(dependency)});
                }
            }
        }
        m_graph = DependencyGraph(int(m_procedure.steps.size()), edges);
        if (const auto cycle = m_graph.shortestCycle(); !cycle.empty()) {
            QStringList names;
            for (const int node : cycle) {
                names.append(m_procedure.steps[node].id.text());
            }
            names.append(names.first());
            add(QString("/steps/%1/after").arg(cycle.front()),
                QString("the steps wait for each other (%1), expected no cycle").arg(names.join(" → ")));
        }
    }

    void checkStep(int index)
    {
        const auto& step = m_procedure.steps[index];
        const QString pointer = QString("/steps/%1").arg(index);
        if (step.reversibility == Reversibility::ReversibleUntil && positionOf(step.reversibleUntil) < 0) {
            add(pointer + "/reversible_until",
                QString("there is no step '%1', expected the step that makes this one final")
                    .arg(step.reversibleUntil.text()));
        }
        if (step.reversibility != Reversibility::ReversibleUntil && !step.reversibleUntil.isEmpty()) {
            add(pointer + "/reversible_until",
                "a final step is named, expected 'reversibility: reversible_until' beside it");
        }
        const auto isDoneBefore = [&](qsizetype source) { return comesBefore(int(source), index); };
        const auto inputs = referencesIn(step.parameters, pointer + "/parameters");
        checkReferences(inputs, isDoneBefore);
        checkInputs(step, inputs);
        for (qsizetype i = 0; i < step.when.size(); ++i) {
            const QString at = QString("%1/when/%2").arg(pointer).arg(i);
            checkReferences(referencesIn(QJsonObject{{"value", step.when[i].value}}, at), isDoneBefore);
            if (step.when[i].expected.isUndefined()) {
                add(at, QString("a condition compares in no way or in several, expected a value and one of: %1")
                            .arg(allIds<Comparison>().join(", ")));
            }
        }
        if (step.isManual() && step.timeout > Milliseconds(0)) {
            // Nothing stops a person. How long one may take is told by 'expected_duration'.
            add(pointer + "/timeout",
                "a limit is given for what a person does, expected it at an automated step; what is expected of a "
                "person is its 'expected_duration'");
        }
        checkEvidence(step, pointer);
        checkRetry(step, pointer);
    }

    /// What reads the result of a step that may not be needed would wait for it for ever, unless it is not needed then
    /// either: it asks for that result as well, or has the same conditions.
    void checkInputs(const Step& step, const QList<FoundReference>& inputs)
    {
        for (const auto& found : inputs) {
            const auto position = isOfStep(found) ? positionOf(found.reference->step) : -1;
            if (position < 0 || m_procedure.steps[position].when.isEmpty()) {
                continue;
            }
            const auto& source = m_procedure.steps[position];
            const bool hasItsConditions = std::ranges::all_of(
                source.when, [&step](const Condition& condition) { return step.when.contains(condition); });
            const bool asksIt = std::ranges::any_of(step.when, [&](const Condition& condition) {
                const auto asked = referencesIn(QJsonObject{{"value", condition.value}}, {});
                return std::ranges::any_of(asked, [&](const FoundReference& one) {
                    return isOfStep(one) && one.reference->step == source.id;
                });
            });
            if (!hasItsConditions && !asksIt) {
                add(found.pointer, QString("%1 is of step '%2', which has conditions and may be skipped as not needed: "
                                           "then this step would wait for ever; expected its conditions in 'when' "
                                           "here too, or one that asks for a result of it")
                                       .arg(found.text, source.id.text()));
            }
        }
    }

    void checkEvidence(const Step& step, const QString& pointer)
    {
        if (!step.isManual() && !step.evidence.isEmpty()) {
            add(pointer + "/evidence",
                "evidence is asked for at an automated step, expected it at a manual one; what an "
                "action leaves as proof are its artifacts");
        }
        if (!step.isManual() && !step.undo.isEmpty()) {
            add(pointer + "/undo", "it says how a person takes an automated step back, expected it at a manual one");
        }
        checkUnique(pointer + "/evidence", step.evidence, [](const EvidenceRequirement& wanted) { return wanted.id; });
        for (qsizetype i = 0; i < step.evidence.size(); ++i) {
            const auto& wanted = step.evidence[i];
            const QString at = QString("%1/evidence/%2").arg(pointer).arg(i);
            if (wanted.kind != EvidenceKind::Figure && (wanted.minimum || wanted.maximum)) {
                add(at + "/kind", QString("a range is given for a '%1', expected 'figure'").arg(idOf(wanted.kind)));
            }
            if (wanted.minimum && wanted.maximum && *wanted.minimum > *wanted.maximum) {
                add(at + "/minimum",
                    QString("%1 is above the maximum, expected at most %2").arg(*wanted.minimum).arg(*wanted.maximum));
            }
        }
    }

    /// Nothing runs again by itself that a person has to think about each time.
    void checkRetry(const Step& step, const QString& pointer)
    {
        if (step.retry.attempts <= 1) {
            return;
        }
        if (step.isManual()) {
            add(pointer + "/retry", "a manual step is tried again by itself, expected an automated one");
        }
        if (!step.approvals.isEmpty()) {
            add(pointer + "/retry", "each attempt of a step with approvals needs new ones, expected no 'retry' beside "
                                    "'approvals'");
        }
        if (step.reversibility == Reversibility::Irreversible) {
            add(pointer + "/retry", "an irreversible step is tried again by itself, expected a person to decide");
        }
    }

    void checkVerification(qsizetype index)
    {
        const auto& step = m_procedure.verification[index];
        const QString pointer = QString("/verification/%1").arg(index);
        if (!step.ownerStep.isEmpty() && positionOf(step.ownerStep) < 0) {
            add(pointer + "/owner_step",
                QString("there is no step '%1', expected the id of a step").arg(step.ownerStep.text()));
        }
        const auto inputs = referencesIn(step.parameters, pointer + "/parameters");
        checkReferences(inputs, [](qsizetype) { return true; });
        for (const auto& found : inputs) {
            if (!isOfStep(found)) {
                continue;
            }
            const auto& source = found.reference->step;
            if (const auto position = positionOf(source);
                position >= 0 && !m_procedure.steps[position].when.isEmpty()) {
                add(found.pointer, QString("%1 is of step '%2', which has conditions and may be skipped as not needed: "
                                           "then the check could never pass; expected a step that is certainly run")
                                       .arg(found.text, source.text()));
            }
        }
    }

    [[nodiscard]] static bool isOfStep(const FoundReference& found)
    {
        return found.reference && found.reference->scope == Reference::Scope::StepResult;
    }

    template <class IsDoneBefore>
    void checkReferences(const QList<FoundReference>& references, IsDoneBefore isDoneBefore)
    {
        for (const auto& found : references) {
            if (const auto wrong = problemOf(found, isDoneBefore)) {
                add(found.pointer, *wrong);
            }
        }
    }

    template <class IsDoneBefore>
    std::optional<QString> problemOf(const FoundReference& found, IsDoneBefore isDoneBefore)
    {
        if (!found.reference) {
            return QString("unknown reference %1, expected ${incident.F}, ${plan.params.NAME} or ${steps.ID.result.F}")
                .arg(found.text);
        }
        const auto& reference = *found.reference;
        if (reference.scope == Reference::Scope::PlanParameter && !m_procedure.parameter(reference.name)) {
            return QString("%1 names a parameter that is not declared, expected one of 'parameters'").arg(found.text);
        }
        if (reference.scope == Reference::Scope::StepResult) {
            const auto source = positionOf(reference.step);
            if (source < 0) {
                return QString("%1 names a step that does not exist, expected the id of a step").arg(found.text);
            }
            if (!isDoneBefore(source)) {
                return QString("%1 names a step that may not be done by then, expected one this step comes after")
                    .arg(found.text);
            }
            const auto& outputs = m_procedure.steps[source].outputs;
            if (!outputs.contains(reference.name)) {
                return QString("%1 names an output that the step does not declare, expected one of: %2")
                    .arg(found.text, outputs.isEmpty() ? QString("(it has no 'outputs')") : outputs.join(", "));
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] qsizetype positionOf(const StepId& step) const { return m_positions.value(step, -1); }

    /// Whether the step waits, directly or not, for the other. Asked for few steps of large procedures: a reference
    /// mostly names a step right before, which is found first.
    [[nodiscard]] bool comesBefore(int source, int step) const
    {
        std::vector<int> open{step};
        QSet<int> seen;
        while (!open.empty()) {
            const int node = open.back();
            open.pop_back();
            for (const int dependency : m_graph.dependenciesOf(node)) {
                if (dependency == source) {
                    return true;
                }
                if (!seen.contains(dependency)) {
                    seen.insert(dependency);
                    open.push_back(dependency);
                }
            }
        }
        return false;
    }

    const Procedure& m_procedure;
    QHash<StepId, qsizetype> m_positions;
    DependencyGraph m_graph;
    QList<Problem> m_problems;
};

} // namespace

QList<Problem> problemsOf(const Procedure& procedure)
{
    return Examination(procedure).run();
}

} // namespace rc
