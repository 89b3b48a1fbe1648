// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/plan_run.h"
#include "ui/console/sight.h"

/// What a window might see, without a store and without a network.

namespace rc::test {

/// A network of this many systems, each needing the one before the last; all healthy, looked at just now.
inline ui::Sight networkOf(int systems)
{
    ui::Sight sight;
    sight.now = systemTime();
    sight.store.state = StoreState::Ready;
    sight.store.at = sight.now;
    sight.systems.at = sight.now;
    sight.systems.alive = 1;
    sight.systems.inventory.network = {"orbit", "orbit-1", NetworkKind::Live};
    for (int i = 0; i < systems; ++i) {
        System system;
        system.id = SystemId(QString("system-%1").arg(i));
        system.type = "node";
        if (i > 1) {
            system.dependsOn = {SystemId(QString("system-%1").arg(i - 2))};
        }
        sight.systems.inventory.systems.append(system);
        SystemHealth health;
        health.id = system.id;
        health.state = HealthState::Healthy;
        sight.systems.health.append(health);
    }
    return sight;
}

/// The same with one open plan.
inline ui::Sight sightOf(const PlanRun& run, int systems = 3)
{
    auto sight = networkOf(systems);
    sight.store.shownPlans = {{run.plan, {}, false}};
    return sight;
}

} // namespace rc::test
