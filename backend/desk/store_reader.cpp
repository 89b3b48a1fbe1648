// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/desk/store_reader.h"

#include "backend/recovery/clock_flags.h"
#include "backend/recovery/waiting_claims.h"

namespace rc {
namespace {

bool isRunning(const Plan& plan, const QString& home)
{
    const auto alive = [&home](const std::optional<Executor>& executor) {
        return executor && isExecutorAlive(home, executor->id);
    };
    const bool stepRuns = std::ranges::any_of(plan.steps, [&](const StepRecord& record) {
        return record.progress == StepProgress::Running && !record.executor.id.isEmpty() && alive(record.executor);
    });
    return stepRuns || (plan.isArmed() && alive(plan.armedExecutor)) || alive(plan.verifying);
}

Result<ShownPlan> shown(Desk& desk, const Plan& plan)
{
    const auto claims = waitingClaims(desk.journal(), desk.recovery(), plan, [&desk](const Inventory& inventory) {
        return std::make_unique<NetworkToolbox>(desk.journal(), inventory);
    });
    const auto estimates = claims ? desk.recovery().estimates(plan) : std::unexpected(claims.error());
    if (!estimates) {
        return std::unexpected(estimates.error());
    }
    const auto clock = clockFlagsOf(desk.journal(), plan);
    if (!clock) {
        return std::unexpected(clock.error());
    }
    return ShownPlan{.plan = plan,
                     .claims = *claims,
                     .isRunning = isRunning(plan, desk.home()),
                     .estimates = *estimates,
                     .clock = *clock};
}

Status readInto(StoreView& view, Desk& desk, const QList<PlanId>& watched)
{
    const auto operators = desk.identity().operators();
    const auto incidents = desk.incidents().list();
    const auto proposals = desk.incidents().proposals();
    const auto summaries = desk.recovery().store().list();
    const auto head = desk.journal().head();
    const auto open = desk.recovery().openPlans();
    for (const auto* error : {operators ? nullptr : &operators.error(), incidents ? nullptr : &incidents.error(),
                              proposals ? nullptr : &proposals.error(), summaries ? nullptr : &summaries.error(),
                              head ? nullptr : &head.error(), open ? nullptr : &open.error()}) {
        if (error) {
            return std::unexpected(*error);
        }
    }
    view.operators = *operators;
    view.incidents = *incidents;
    view.proposals = *proposals;
    view.plans = *summaries;
    view.records = head->sequence;
    auto plans = *open;
    for (const auto& id : watched) {
        const bool there = std::ranges::any_of(plans, [&](const Plan& plan) { return plan.id == id; });
        if (there) {
            continue;
        }
        if (const auto plan = desk.recovery().plan(id)) {
            plans.append(*plan);
        }
    }
    for (const auto& plan : plans) {
        const auto one = shown(desk, plan);
        if (!one) {
            return std::unexpected(one.error());
        }
        view.shownPlans.append(*one);
    }
    return {};
}

} // namespace

StoreView readStore(Desk& desk, const QList<PlanId>& watched)
{
    StoreView view;
    view.path = desk.home();
    view.uuid = desk.journal().uuid();
    view.at = desk.journal().now();
    if (const auto read = readInto(view, desk, watched); !read) {
        view.state = StoreState::Lost;
        view.trouble = read.error().message;
        return view;
    }
    // Reading verifies what is new; what it finds is known afterwards.
    const auto& soundness = desk.journal().soundness();
    if (!soundness.ok) {
        view.state = StoreState::Unsound;
        view.trouble = soundness.reason;
    } else {
        view.state = desk.journal().isReadOnly() ? StoreState::ReadOnly : StoreState::Ready;
    }
    return view;
}

} // namespace rc
