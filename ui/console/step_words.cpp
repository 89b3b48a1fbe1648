// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/step_words.h"

#include "model/plan/plan_decisions.h"

#include <algorithm>

namespace rc::ui {
namespace {

QString namesOf(const Plan& plan, const QList<StepId>& ids)
{
    QStringList names;
    for (const auto& id : ids) {
        names.append("“" + plan.procedure.steps[plan.indexOf(id)].name + "”");
    }
    return names.join(", ");
}

/// What the inventory in force says: undoing happens today, whatever was pinned.
std::optional<QStringList> needing(const Inventory& inventory, const QList<SystemId>& systems)
{
    std::vector<int> touched;
    for (const auto& system : systems) {
        const auto index = inventory.indexOf(system);
        if (index < 0) {
            return std::nullopt;
        }
        touched.push_back(int(index));
    }
    QStringList found;
    for (const int node : inventory.dependencies().transitiveDependents(touched)) {
        if (const auto& id = inventory.systems[node].id; !systems.contains(id)) {
            found.append(id.text());
        }
    }
    return found;
}

/// The one who has the plan armed, as the store knows them; with every role if it does not.
Actor armedBy(const Sight& sight, const Plan& plan)
{
    const auto& people = sight.store.operators;
    const auto found = std::ranges::find(people, plan.armedBy, &Operator::id);
    if (found != people.end()) {
        return {plan.armedBy, found->rolesAt(sight.now)};
    }
    Actor anybody{plan.armedBy, {}};
    for (std::size_t role = 0; role < enumIds<Role>.size(); ++role) {
        anybody.roles.append(Role(role));
    }
    return anybody;
}

} // namespace

QString placeOf(const Plan& plan, qsizetype index)
{
    QList<StepId> later;
    for (const int dependent : plan.dependencies().dependentsOf(int(index))) {
        later.append(plan.procedure.steps[dependent].id);
    }
    const auto& after = plan.procedure.steps[index].after;
    const QString before = after.isEmpty() ? QString("It needs no other step.") : "After " + namesOf(plan, after) + ".";
    return later.isEmpty() ? before : before + " Before " + namesOf(plan, later) + ".";
}

QString consequenceOf(const Plan& plan, qsizetype index)
{
    const auto& procedure = plan.procedure;
    const auto& step = procedure.steps[index];
    if (step.isFinal()) {
        return "Once it has been started, it cannot be taken back.";
    }
    QStringList sentences;
    if (plan.isPointOfNoReturn(index)) {
        sentences.append("Once it has been started, what was done before it cannot be taken back.");
    }
    const auto until = plan.indexOf(step.reversibleUntil);
    sentences.append(step.reversibility == Reversibility::ReversibleUntil && until >= 0
                         ? "It can be taken back until “" + procedure.steps[until].name + "” is started."
                         : QString("By its procedure it can be taken back."));
    return sentences.join(u' ');
}

QString doingWithout(const Plan& plan, qsizetype index)
{
    if (!maySkip(plan, index)) {
        return {};
    }
    const auto with = skippedWith(plan, plan.procedure.steps[index].id);
    return with.isEmpty() ? QString("The plan goes on as if it had been done.")
                          : "The plan goes on without " + namesOf(plan, with) + " too, which needs its result.";
}

QString radiusOf(const QStringList& touched, const std::optional<QStringList>& needing)
{
    if (touched.isEmpty()) {
        return "It touches no system.";
    }
    const QString text = "It touches " + touched.join(", ") + ".";
    const QString them = touched.size() == 1 ? QString("it") : QString("them");
    if (!needing) {
        return text + " What needs " + them + " is not known.";
    }
    return needing->isEmpty() ? text
                              : text + QString(" What needs %1, directly or not: %2.").arg(them, needing->join(", "));
}

QString undoRadius(const Sight& sight, const Plan& plan, qsizetype index)
{
    const auto& systems = plan.steps[index].systems;
    if (systems.isEmpty() || !mayUndo(plan, index)) {
        return {};
    }
    QStringList touched;
    for (const auto& system : systems) {
        touched.append(system.text());
    }
    return radiusOf(touched, needing(sight.systems.inventory, systems));
}

QString goingOn(const Sight& sight, const ShownPlan& shown, qsizetype index)
{
    const auto& plan = shown.plan;
    const auto& id = plan.procedure.steps[index].id;
    auto holds = plan.holds;
    if (holds.removeIf([&id](const Hold& hold) { return hold.step == id; }) == 0) {
        return {};
    }
    if (!plan.isArmed() || !shown.isRunning) {
        return "Nothing starts by itself: nobody runs the plan now.";
    }
    auto after = plan;
    after.setHolds(holds);
    const auto actor = armedBy(sight, plan);
    const auto before = runnableSteps(plan, actor, sight.now);
    auto starting = runnableSteps(after, actor, sight.now);
    starting.removeIf([&before](const StepId& step) { return before.contains(step); });
    return starting.isEmpty() ? "Nothing starts at once. The plan is run by " + plan.armedBy.text() + "."
                              : "The plan is run by " + plan.armedBy.text() + ", and at once it starts " +
                                    namesOf(plan, starting) + ".";
}

} // namespace rc::ui
