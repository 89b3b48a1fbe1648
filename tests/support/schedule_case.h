// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/plan/schedule.h"
#include "tests/support/plan_chance.h"
#include "tests/support/plan_run.h"

namespace rc::test {

/// A random plan, worked on for a while, with random estimates.
struct ScheduleCase
{
    PlanRun run;
    Estimates estimates;

    /// `places`: how many automated steps may run at once; 0: as it comes.
    explicit ScheduleCase(quint64 seed, int places = 0)
        : ScheduleCase(PlanChance(seed), places)
    {
    }

    /// What olga may do alone, of lengths that are alike often.
    static Procedure procedureFor(PlanChance& chance, int places)
    {
        auto procedure = chance.procedure();
        procedure.maximumParallel = places > 0 ? places : procedure.maximumParallel;
        for (auto& check : procedure.verification) {
            check.parameters = {};
        }
        for (auto& step : procedure.steps) {
            step.requiredRoles.clear();
            step.approvals.clear();
            step.retry = {};
            step.when.clear();
            step.undo.clear();
            step.parameters = {};
            step.outputs.clear();
            step.expectedDuration = std::chrono::minutes(chance.below(6));
            step.priority = chance.oneOf(QList{Priority::Low, Priority::Normal, Priority::High, Priority::Urgent});
        }
        return procedure;
    }

private:
    ScheduleCase(PlanChance chance, int places)
        : run(startOf(procedureFor(chance, places)))
        , estimates(estimatesOf(run.plan.procedure, {}))
    {
        for (auto& estimate : estimates.steps) {
            estimate.waiting = std::chrono::seconds(chance.oneIn(2) ? 0 : chance.below(300));
        }
        estimates.verification = std::chrono::seconds(chance.below(60));
        for (int act = chance.below(20); act > 0; --act) {
            const auto step = chance.oneOf(run.plan.procedure.steps);
            run.wait(std::chrono::seconds(chance.below(100)));
            switch (chance.below(5)) {
            case 0:
                run.does(olga, skip(step.id.text()));
                break;
            case 1:
            case 2:
                run.does(olga, start(step.id.text()));
                break;
            default:
                step.isManual() ? run.does(olga, done(step.id.text())) : run.runs(olga, step.id.text());
                run.does(olga, outcome(step.id.text(), chance.oneIn(4) ? bad() : good({{"figure", 1}})));
            }
        }
    }
};

} // namespace rc::test
