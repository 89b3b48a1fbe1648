// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/desk/desk_view.h"
#include "model/people/actor.h"

namespace rc::ui {

/// All that pages are made from, at one moment.
struct Sight
{
    StoreView store;
    SystemsView systems;
    /// Who is signed in, with the roles they have now.
    std::optional<Actor> actor;
    /// Adrift from `store.at` and `systems.at`: ages grow while nothing comes.
    Timestamp now;

    /// The plan with this id, if the store told it.
    [[nodiscard]] const ShownPlan* plan(const PlanId& id) const
    {
        for (const auto& shown : store.shownPlans) {
            if (shown.plan.id == id) {
                return &shown;
            }
        }
        return nullptr;
    }
    /// Nothing has been heard of the systems for so long that what was heard last is not to be believed: a frozen
    /// screen is worse than a dark one.
    [[nodiscard]] bool stale() const;
    /// How old it is: "34 s"; empty before anything was heard.
    [[nodiscard]] QString silence() const;
    /// All open plans, those first that people should look at first: the real before rehearsals, interrupted or failed
    /// before others, then the oldest.
    [[nodiscard]] QList<const ShownPlan*> openPlans() const;
    /// The first of them; nothing without an open one.
    [[nodiscard]] const ShownPlan* urgentPlan() const;
    /// "and 2 more open": the open plans beside the one that is spoken of; empty where there are none.
    [[nodiscard]] QString otherPlans() const;
};

/// Somebody works on the plan now, or it is being taken up in this window.
[[nodiscard]] bool isAtWork(const ShownPlan& shown);
/// The place of the first step that is in this state.
[[nodiscard]] std::optional<qsizetype> firstIn(const Plan& plan, StepState state, Timestamp now);
/// The first step of a plan that was interrupted, so that nobody knows whether it took effect; null without one.
[[nodiscard]] const Step* interruptedStep(const Plan& plan, Timestamp now);

} // namespace rc::ui
