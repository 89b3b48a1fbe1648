// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/plan_builder.h"

#include <random>

namespace rc::test {

/// Random procedures and people, the same for the same seed.
class PlanChance
{
public:
    explicit PlanChance(quint64 seed)
        : m_random(seed)
    {
    }

    /// 0 .. bound - 1.
    int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(m_random); }
    bool oneIn(int n) { return below(n) == 0; }
    template <class T>
    T oneOf(const QList<T>& values)
    {
        return values[below(int(values.size()))];
    }

    /// Any of the roles that take part in a plan, or none.
    QList<Role> roles(int most)
    {
        QList<Role> some;
        for (int i = below(most + 1); i > 0; --i) {
            some.append(oneOf(QList{Role::IncidentCommander, Role::ProtocolLead, Role::NodeOperator}));
        }
        return some;
    }

    /// One to twelve steps that need each other in any way without a cycle, declared in any order.
    Procedure procedure()
    {
        Procedure result = ProcedureBuilder().build();
        const int count = 1 + below(12);
        m_before.clear();
        m_certain.clear();
        result.parameters = {{"limit", ParameterType::Integer, false, 50, {}},
                             {"mode", ParameterType::String, false, "fast", {}}};
        for (int i = 0; i < count; ++i) {
            result.steps.append(step(i));
        }
        for (int i = below(3); i > 0; --i) {
            auto& step = result.steps[below(count)];
            step.reversibility = Reversibility::ReversibleUntil;
            step.reversibleUntil = oneOf(result.steps).id;
        }
        if (auto& step = result.steps[below(count)]; oneIn(4) && step.retry.attempts <= 1) {
            step.reversibility = Reversibility::Irreversible;
            step.reversibleUntil = {};
        }
        for (int i = 1 + below(3); i > 0; --i) {
            VerificationStep check;
            check.id = VerificationId(QString("check%1").arg(i));
            check.check = "state_agreement";
            check.ownerStep = StepId(QString("s%1").arg(below(count)));
            check.parameters = checkParameters(result.steps);
            result.verification.append(check);
        }
        std::ranges::shuffle(result.steps, m_random);
        result.maximumParallel = 1 + below(4);
        result.soak = std::chrono::minutes(oneIn(2) ? 0 : below(20));
        result.closing = oneIn(3) ? Closing::Automatic : Closing::Declared;
        return result;
    }

    /// What a plan of that procedure is given.
    QJsonObject parameters()
    {
        return {{"limit", below(100)},
                {"mode", oneIn(3)   ? QJsonValue(QJsonValue::Null)
                         : oneIn(2) ? QJsonValue("fast")
                                    : QJsonValue("slow")}};
    }

    /// What a step of it leaves.
    QJsonObject outputs()
    {
        const int figure = below(100);
        return {{"figure", figure},
                {"kind", figure % 2 == 0 ? "fork" : "lag"},
                {"parts", QJsonArray{QString("part-%1").arg(below(4)), figure % 3}}};
    }

    /// A few people with roles of any kind; the first is a commander.
    QList<Actor> people()
    {
        QList<Actor> people{{OperatorId("p0"), {Role::IncidentCommander, Role::ProtocolLead}}};
        for (int i = 1; i < 6; ++i) {
            people.append({OperatorId(QString("p%1").arg(i)), roles(3)});
        }
        return people;
    }

private:
    Step step(int number)
    {
        Step step;
        step.id = StepId(QString("s%1").arg(number));
        step.name = step.id.text();
        step.actionType = oneIn(3) ? ActionType::Manual : ActionType::RestoreSystem;
        step.requiredRoles = roles(2);
        step.critical = !oneIn(3);
        step.outputs = {"figure", "kind", "parts"};
        for (int before = 0; before < number; ++before) {
            if (oneIn(3)) {
                step.after.append(StepId(QString("s%1").arg(before)));
            }
        }
        StepId source;
        if (!step.after.isEmpty() && oneIn(3)) {
            source = oneOf(step.after);
            step.parameters["input"] = QString("${steps.%1.result.figure}").arg(source.text());
        }
        for (int i = oneIn(3) ? 1 + below(2) : 0; i > 0; --i) {
            step.when.append(step.after.isEmpty() || oneIn(6) ? conditionOfPlan() : conditionOn(oneOf(before(step))));
        }
        if (!source.isEmpty() && !m_certain.contains(source)) {
            step.when.append(conditionOn(source)); // without it, it would wait for ever where that is not needed
        }
        m_before.insert(step.id, before(step));
        if (step.when.isEmpty()) {
            m_certain.insert(step.id);
        }
        step.undo = step.isManual() && oneIn(3) ? QString("Open it again.") : QString();
        if (!step.isManual() && oneIn(4)) {
            step.retry = {1 + below(3), std::chrono::minutes(below(5)), 2};
        } else if (oneIn(3)) {
            step.approvals.append({oneOf(QList{Role::ProtocolLead, Role::NodeOperator}), 1 + below(2)});
        }
        return step;
    }

    Condition conditionOn(const StepId& asked)
    {
        const auto field = [&asked](const QString& name) {
            return QString("${steps.%1.result.%2}").arg(asked.text(), name);
        };
        switch (below(8)) {
        case 0:
            return {field("kind"), Comparison::Is, "fork"};
        case 1:
            return {field("kind"), Comparison::IsNot, "fork"};
        case 2:
            return {field("kind"), Comparison::OneOf, QJsonArray{"lag", "halt"}};
        case 3:
            return {field("parts"), Comparison::Contains,
                    oneIn(2) ? QJsonValue(below(3)) : QJsonValue(QString("part-%1").arg(below(4)))};
        case 4:
            return {field("kind"), Comparison::AtLeast, 0}; // a text is no number
        case 5:
            return {field("figure"), Comparison::IsNot, QString::number(below(3))}; // nor is a number a text
        default:
            return {field("figure"), oneIn(2) ? Comparison::AtLeast : Comparison::AtMost, below(100)};
        }
    }

    /// One that can be told from the start.
    Condition conditionOfPlan()
    {
        switch (below(5)) {
        case 0:
            return {"${plan.params.limit}", Comparison::AtLeast, below(100)};
        case 1:
            return {"${plan.params.mode}", oneIn(2) ? Comparison::Is : Comparison::IsNot,
                    oneIn(2) ? QJsonValue("fast") : QJsonValue(QJsonValue::Null)};
        case 2:
            return {"${incident.systems}", Comparison::Contains, oneIn(2) ? "validator-3" : "validator-9"};
        case 3:
            return {"${incident.type}", Comparison::Contains, oneIn(2) ? "corruption" : "halt"};
        default:
            return {below(3), Comparison::OneOf, QJsonArray{0, "1"}};
        }
    }

    /// Of a check: literals, and results of steps that no condition can keep from having one.
    QJsonObject checkParameters(const QList<Step>& steps)
    {
        QJsonObject parameters;
        if (oneIn(2)) {
            parameters["within_seconds"] = 1 + below(60);
        }
        const auto& asked = oneOf(steps);
        if (m_certain.contains(asked.id) && oneIn(2)) {
            parameters["height"] = QString("${steps.%1.result.figure}").arg(asked.id.text());
        }
        return parameters;
    }

    /// All that a step comes after, directly or not.
    [[nodiscard]] QList<StepId> before(const Step& step) const
    {
        QList<StepId> all = step.after;
        for (const auto& direct : step.after) {
            all += m_before[direct];
        }
        return all;
    }

    std::mt19937_64 m_random;
    QHash<StepId, QList<StepId>> m_before;
    /// No condition makes them unneeded.
    QSet<StepId> m_certain;
};

} // namespace rc::test
