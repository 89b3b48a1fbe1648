// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/sight_story.h"

/// A plan of one or two steps in each situation in which its page offers something else.

namespace rc::test {

/// An automated step `restore`, and a step `look` by hand after it.
inline PlanRun restoring(bool approved = false)
{
    ProcedureBuilder builder;
    builder.automated("restore");
    if (approved) {
        builder.approvedBy(Role::ProtocolLead);
    }
    return PlanRun(startOf(builder.manual("look").build()), olga, systemTime());
}

inline PlanRun situationOf(const QString& name)
{
    auto run = restoring(name.endsWith("consent"));
    if (name == "by hand") {
        return PlanRun(startOf(ProcedureBuilder().manual("confirm").automated("restore").build()), olga, systemTime());
    }
    if (name.endsWith(", with a height")) {
        const bool byHand = name.startsWith("by hand");
        ProcedureBuilder builder;
        run = PlanRun(startOf((byHand ? builder.manual("look") : builder.automated("look")).leaves({"height"}).build()),
                      olga, systemTime());
        if (!byHand) {
            run.does(olga, start("look"));
            run.does(olga, MarkUnknown{StepId("look"), desk.id});
        }
        return run;
    }
    if (name.startsWith("branches, ")) {
        ProcedureBuilder builder;
        builder.automated("look").manual("confirm").after({}).automated("restore").after({"confirm"});
        run = PlanRun(startOf(builder.build()), olga, systemTime());
        run.does(olga, ArmPlan{desk});
        run.does(olga, start("look"));
        if (name != "branches, one by hand") {
            run.does(olga, done("confirm"));
        }
        if (name == "branches, one ready") {
            return run;
        }
        run.runsAndKeeps(olga, "restore", name == "branches, one failed" ? bad() : good());
    } else if (name == "two branches, one put off") {
        run = PlanRun(startOf(ProcedureBuilder().automated("look").automated("restore").after({}).build()), olga,
                      systemTime());
        run.does(olga, HoldBranch{StepId("restore"), "the disk first"});
        run.does(olga, ArmPlan{desk});
        run.does(olga, start("look"));
    } else if (name.startsWith("running") || name == "interrupted" || name == "aborting") {
        run.does(olga, ArmPlan{desk});
        run.does(olga, start("restore"));
    } else if (name == "failed") {
        run.runsAndKeeps(olga, "restore", bad());
    } else if (name == "done" || name == "done, with consent" || name == "all done" || name == "soaking") {
        run.approves(ben, "restore");
        run.runsAndKeeps(olga, "restore");
    } else if (name == "put off") {
        run.does(olga, HoldBranch{StepId("restore"), "the disk first"});
    } else if (name == "paused") {
        run.does(olga, PausePlan{"lunch"});
    } else if (name == "offered") {
        run.does(olga, HandOver{ben.id, "watch validator-3", "sheet"});
    }
    if (name == "all done" || name == "soaking") {
        run.does(olga, done("look"));
    }
    if (name == "soaking") {
        auto result = answer("agreement", true);
        result.at = run.now;
        run.verifies(olga, {result});
    }
    if (name == "interrupted") {
        run.does(olga, MarkUnknown{StepId("restore"), desk.id});
    }
    if (name == "aborting") {
        run.does(olga, AbortPlan{"the wrong one"});
        // As it is seen once its executor is dead, before anybody writes that down.
        apply(run.plan, StepFoundUnknown{StepId("restore"), 1, desk.id}, run.now, olga.id);
    }
    return run;
}

} // namespace rc::test
