// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/sight.h"

#include "ui/words/words.h"

#include <algorithm>

namespace rc::ui {
namespace {

/// The engine tells how the systems are every second.
constexpr std::chrono::seconds StaleAfter{10};

int urgency(const Plan& plan, Timestamp now)
{
    // A rehearsal never stands before the real thing.
    const int real = plan.pins.rehearsal ? 0 : 3;
    return real + (interruptedStep(plan, now) ? 2 : firstIn(plan, StepState::Failed, now) ? 1 : 0);
}

} // namespace

bool Sight::stale() const
{
    return now - systems.at > StaleAfter;
}

QString Sight::silence() const
{
    return systems.at == Timestamp() ? QString() : growingSpan(now - systems.at);
}

QList<const ShownPlan*> Sight::openPlans() const
{
    QList<std::pair<int, const ShownPlan*>> plans;
    for (const auto& shown : store.shownPlans) {
        if (shown.plan.isOpen()) {
            plans.append({-urgency(shown.plan, now), &shown});
        }
    }
    std::ranges::stable_sort(plans, {},
                             [](const auto& entry) { return std::pair(entry.first, entry.second->plan.startedAt); });
    QList<const ShownPlan*> sorted;
    for (const auto& [urgency, plan] : plans) {
        sorted.append(plan);
    }
    return sorted;
}

const ShownPlan* Sight::urgentPlan() const
{
    return openPlans().value(0, nullptr);
}

QString Sight::otherPlans() const
{
    const auto others =
        std::ranges::count_if(store.shownPlans, [](const ShownPlan& shown) { return shown.plan.isOpen(); }) - 1;
    return others < 1 ? QString() : QString("and %1 more open").arg(others);
}

bool isAtWork(const ShownPlan& shown)
{
    return shown.isRunning || shown.runsHere;
}

std::optional<qsizetype> firstIn(const Plan& plan, StepState state, Timestamp now)
{
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        if (plan.stateOf(i, now) == state) {
            return i;
        }
    }
    return std::nullopt;
}

const Step* interruptedStep(const Plan& plan, Timestamp now)
{
    const auto index = firstIn(plan, StepState::Unknown, now);
    return index ? &plan.procedure.steps[*index] : nullptr;
}

} // namespace rc::ui
