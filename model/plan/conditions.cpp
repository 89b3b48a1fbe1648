// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/conditions.h"

namespace rc {
namespace {

/// The first step, in declared order, whose turn has come and that is not needed; the number of steps if there is none.
qsizetype firstUnneeded(const Plan& plan, QString& why)
{
    const auto& conditional = plan.conditional();
    for (auto i = conditional.next(0); i < plan.steps.size(); i = conditional.next(i + 1)) {
        if (!plan.startable().contains(i)) {
            continue;
        }
        if (const auto unmet = plan.unmetCondition(i)) {
            why = *unmet;
            return i;
        }
    }
    return plan.steps.size();
}

} // namespace

PlanEvents withUnneeded(const Plan& plan, PlanEvents events)
{
    const auto* started = events.isEmpty() ? nullptr : std::get_if<PlanStarted>(&events.first());
    const auto& procedure = started ? started->procedure : plan.procedure;
    if (!started && plan.conditional().isEmpty()) {
        return events;
    }
    if (std::ranges::all_of(procedure.steps, [](const Step& step) { return step.when.isEmpty(); })) {
        return events;
    }
    Plan next = plan;
    for (const auto& event : events) {
        apply(next, event, {}, {});
    }
    QString why;
    for (auto index = firstUnneeded(next, why); index < next.steps.size(); index = firstUnneeded(next, why)) {
        const StepSkipped skipped{next.procedure.steps.at(index).id, "not needed: " + why, {}, true};
        apply(next, skipped, {}, {});
        events.append(skipped);
    }
    return events;
}

} // namespace rc
