// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recovery/plan_store.h"
#include "model/base/clock_flag.h"
#include "model/health/health.h"
#include "model/incident/incident.h"
#include "model/people/operator.h"
#include "model/plan/schedule.h"
#include "model/system/inventory.h"

/// What a console or a wall shows of a store and its network at one moment: values, made on the engine's thread and
/// handed over whole.

namespace rc {

enum class StoreState {
    /// Not looked at yet.
    Opening,
    /// There is no store at this home; adding the first operator makes one.
    Absent,
    Ready,
    /// It can be read and not written.
    ReadOnly,
    /// Its journal does not verify: it can be looked at, nothing can be done.
    Unsound,
    /// It cannot be opened at all.
    Unusable,
    /// It was there, and is gone or cannot be read any more; what is shown is the last that was known.
    Lost,
};

/// A plan with what only the store and the machine know of it.
struct ShownPlan
{
    Plan plan;
    /// Per step: who holds a system that it needs.
    QList<QStringList> claims;
    /// Somebody runs it now: the plan is armed, or a step or the verification runs, under a living executor.
    bool isRunning = false;
    /// It is this process that runs it.
    bool runsHere = false;
    /// By its procedure and by earlier plans; as many as it has steps.
    Estimates estimates = {};
    /// What the journal says of clocks that were set while it and its incident went on, oldest first.
    QList<ClockFlag> clock = {};

    /// What is expected of it now.
    [[nodiscard]] Schedule schedule(Timestamp now) const
    {
        const bool known = estimates.steps.size() == plan.steps.size();
        return scheduleOf(plan, known ? estimates : estimatesOf(plan.procedure, {}), now);
    }
};

struct StoreView
{
    StoreState state = StoreState::Opening;
    /// Why it is Unsound, Unusable or Lost; a sentence.
    QString trouble;
    QString path;
    QString uuid;
    qint64 records = 0;
    /// When this was read.
    Timestamp at;
    QList<Operator> operators;
    QList<Incident> incidents;
    QList<Proposal> proposals;
    /// Newest first.
    QList<PlanStore::Summary> plans;
    /// The open ones, and those that somebody looks at.
    QList<ShownPlan> shownPlans;
};

struct SystemsView
{
    /// Why there is no inventory to look at; empty when there is one.
    QString trouble;
    Inventory inventory;
    /// In the order of the inventory; ages are as of `at`.
    QList<SystemHealth> health;
    /// Consoles and executors of this home that are alive.
    int alive = 0;
    Timestamp at;
};

} // namespace rc
