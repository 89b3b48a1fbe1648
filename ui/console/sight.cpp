// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/sight.h"

#include "ui/words/words.h"

#include <algorithm>

namespace rc::ui {
namespace {

/// The engine tells how the systems are every second.
constexpr std::chrono::seconds StaleAfter{10};

int urgency(const ShownPlan& shown, Timestamp now)
{
    const auto has = [&](StepState state) {
        for (qsizetype i = 0; i < shown.plan.steps.size(); ++i) {
            if (shown.plan.stateOf(i, now) == state) {
                return true;
            }
        }
        return false;
    };
    // A rehearsal never stands before the real thing.
    const int real = shown.plan.pins.rehearsal ? 0 : 3;
    return real + (has(StepState::Unknown) ? 2 : has(StepState::Failed) ? 1 : 0);
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

const ShownPlan* Sight::urgentPlan() const
{
    const ShownPlan* urgent = nullptr;
    for (const auto& shown : store.shownPlans) {
        const bool earlier = urgent && shown.plan.startedAt < urgent->plan.startedAt;
        const int more = urgent ? urgency(shown, now) - urgency(*urgent, now) : 1;
        if (shown.plan.isOpen() && (more > 0 || (more == 0 && earlier))) {
            urgent = &shown;
        }
    }
    return urgent;
}

} // namespace rc::ui
