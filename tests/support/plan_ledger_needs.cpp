// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/plan_ledger.h"

#include <QRegularExpression>

/// What the ledger knows of which steps are needed, and of what an armed plan starts by itself.

namespace rc::test {
namespace {

const QRegularExpression& resultOfStep()
{
    static const QRegularExpression form(R"(^\$\{steps\.([^.]+)\.result\.([^}]+)\}$)");
    return form;
}

bool isNumberAndNot(const QJsonValue& found, const QJsonValue& bound, bool (*beyond)(double, double))
{
    return found.type() == QJsonValue::Double && !beyond(found.toDouble(), bound.toDouble());
}

/// The table of the format's page.
bool compares(Comparison comparison, const QJsonValue& found, const QJsonValue& expected)
{
    switch (comparison) {
    case Comparison::Is:
        return found.type() == expected.type() && found == expected;
    case Comparison::IsNot:
        return found.type() != expected.type() || found != expected;
    case Comparison::AtLeast:
        return isNumberAndNot(found, expected, [](double value, double least) { return value < least; });
    case Comparison::AtMost:
        return isNumberAndNot(found, expected, [](double value, double most) { return value > most; });
    case Comparison::Contains:
        if (found.type() == QJsonValue::String) {
            return found.toString().indexOf(expected.toString()) >= 0;
        }
        return found.type() == QJsonValue::Array && std::ranges::count(found.toArray(), expected) > 0;
    case Comparison::OneOf:
        return std::ranges::count(expected.toArray(), found) > 0;
    }
    return false;
}

} // namespace

bool PlanLedger::isItsTurn(qsizetype index) const
{
    return std::ranges::all_of(m_procedure.steps[index].after,
                               [this](const StepId& need) { return isDone(m_procedure.indexOf(need)); });
}

qsizetype PlanLedger::askedBy(const Condition& condition) const
{
    const auto found = resultOfStep().match(condition.value.toString());
    return found.hasMatch() ? m_procedure.indexOf(StepId(found.captured(1))) : -1;
}

bool PlanLedger::holds(const Condition& condition) const
{
    const QString text = condition.value.toString();
    if (const auto asked = askedBy(condition); asked >= 0) {
        // Of a step that was skipped there is no result, and nothing holds for it.
        const QString field = resultOfStep().match(text).captured(2);
        return m_steps[asked].progress == Progress::Succeeded && m_steps[asked].fields.contains(field) &&
               compares(condition.comparison, m_steps[asked].fields[field], condition.expected);
    }
    const bool isReference = text.startsWith("${");
    const QJsonValue found = isReference ? m_known[text.mid(2).chopped(1)] : condition.value;
    return compares(condition.comparison, found, condition.expected);
}

bool PlanLedger::isOpenQuestion(const Condition& condition) const
{
    const auto asked = askedBy(condition);
    return asked >= 0 && !isDone(asked);
}

bool PlanLedger::isUndecided(qsizetype index) const
{
    return !m_steps[index].wanted &&
           std::ranges::any_of(m_procedure.steps[index].when,
                               [this](const Condition& condition) { return isOpenQuestion(condition); });
}

bool PlanLedger::isUnneeded(qsizetype index) const
{
    // All have to hold, so one that does not is enough, whatever the others will say.
    return isItsTurn(index) && !m_steps[index].wanted &&
           std::ranges::any_of(m_procedure.steps[index].when, [this](const Condition& condition) {
               return !isOpenQuestion(condition) && !holds(condition);
           });
}

bool PlanLedger::asksLost(qsizetype index) const
{
    return std::ranges::any_of(m_procedure.steps[index].when,
                               [this](const Condition& condition) { return m_lost.contains(askedBy(condition)); });
}

bool PlanLedger::leavesOutForbidden(qsizetype index, const Actor& actor) const
{
    return std::ranges::any_of(withDependents(index), [&](qsizetype later) {
        const bool asks = std::ranges::any_of(m_procedure.steps[later].when,
                                              [&](const Condition& condition) { return askedBy(condition) == index; });
        const bool may = m_procedure.steps[later].critical ? actor.has(Role::IncidentCommander) : mayWork(later, actor);
        return asks && m_steps[later].progress == Progress::Open && !m_steps[later].wanted && !may;
    });
}

bool PlanLedger::makesOthersFinal(qsizetype index) const
{
    return std::ranges::any_of(m_procedure.steps, [&](const Step& other) {
        return other.reversibility == Reversibility::ReversibleUntil &&
               other.reversibleUntil == m_procedure.steps[index].id;
    });
}

QString PlanLedger::startedByArming(qsizetype index, const Actor& actor) const
{
    const auto& step = m_procedure.steps[index];
    if (m_armedBy.isEmpty() || m_armedBy != actor.id.text()) {
        return "only whoever has armed the plan is the executor of what starts by itself";
    }
    if (!m_armedFor.isEmpty() && !m_armedFor.contains(index)) {
        return "an arming for some branches starts these and what comes after them";
    }
    if (step.isManual()) {
        return "no manual step starts by itself";
    }
    const bool isFinal = step.reversibility == Reversibility::Irreversible || makesOthersFinal(index);
    if (isFinal && (step.approvals.isEmpty() || !m_crossing.contains(index))) {
        return "no point of no return starts by itself unless it is approved and was shown to whoever armed the plan";
    }
    int atWork = 0;
    for (qsizetype other = 0; other < m_steps.size(); ++other) {
        atWork += m_steps[other].progress == Progress::Running && !m_procedure.steps[other].isManual() ? 1 : 0;
    }
    return atWork < m_procedure.maximumParallel ? QString() : "no more start by themselves than may run at once";
}

} // namespace rc::test
