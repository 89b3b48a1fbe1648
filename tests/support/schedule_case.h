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

    /// `queues`: steps wait for places and for systems that others work at.
    explicit ScheduleCase(quint64 seed, bool queues = true)
        : ScheduleCase(PlanChance(seed), queues)
    {
    }

    /// What olga may do alone, of lengths that are alike often.
    static Procedure procedureFor(PlanChance& chance, bool queues)
    {
        auto procedure = chance.procedure();
        procedure.maximumParallel = queues ? procedure.maximumParallel : 256;
        for (auto& check : procedure.verification) {
            check.parameters = {};
        }
        for (auto& step : procedure.steps) {
            step.requiredRoles.clear();
            step.approvals.clear();
            step.retry = {};
            step.when.clear();
            step.undo.clear();
            step.parameters = queues ? systems(chance) : QJsonObject();
            step.outputs.clear();
            step.expectedDuration = std::chrono::minutes(chance.below(6));
            step.priority = chance.oneOf(QList{Priority::Low, Priority::Normal, Priority::High, Priority::Urgent});
        }
        return procedure;
    }

    /// Of a step, or of none that is named; of the incident it is the one that every start in these tests claims.
    static QJsonObject systems(PlanChance& chance)
    {
        QJsonArray names;
        for (int i = chance.below(3); i > 0; --i) {
            names.append(QString("validator-%1").arg(1 + chance.below(3)));
        }
        return chance.oneIn(3)                             ? QJsonObject()
               : chance.oneIn(4)                           ? QJsonObject{{"systems", "${incident.systems}"}}
               : names.size() == 2 && names[0] == names[1] ? QJsonObject{{"systems", QJsonArray{names[0]}}}
                                                           : QJsonObject{{"systems", names}};
    }

private:
    ScheduleCase(PlanChance chance, bool queues)
        : run(startOf(procedureFor(chance, queues)))
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
