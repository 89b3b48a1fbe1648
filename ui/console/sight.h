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
    /// The open plan that people should look at first: interrupted or failed before others, then the oldest.
    [[nodiscard]] const ShownPlan* urgentPlan() const;
};

} // namespace rc::ui
