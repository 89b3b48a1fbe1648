// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/desk/desk_view.h"
#include "model/plan/plan_decisions.h"

/// Rules stay in the model. What a screen offers is found out by asking it, without doing anything.

namespace rc::ui {

/// Why a command would be refused, in the model's own words; empty when it would be taken.
template <class Command>
[[nodiscard]] QString refusalOf(const Plan& plan, const Command& command, const std::optional<Actor>& actor,
                                Timestamp now)
{
    if (!actor) {
        return "Sign in first.";
    }
    const auto events = decide(plan, command, *actor, now);
    return events ? QString() : events.error().message;
}

/// Why this person cannot look what became of an interrupted step, or say so; empty when they can.
[[nodiscard]] QString refusalToSettle(const Plan& plan, qsizetype index, const std::optional<Actor>& actor,
                                      Timestamp now);

/// Why no other work can be begun on the plan: this window is at work on it. Empty when it is not.
[[nodiscard]] QString refusalToWork(const ShownPlan& shown);

/// A person's word that the step is done, with something in the place of all that has to be brought with it.
[[nodiscard]] CompleteStep completionTrial(const Step& step, Timestamp now);

} // namespace rc::ui
