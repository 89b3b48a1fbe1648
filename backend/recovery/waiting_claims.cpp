// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/waiting_claims.h"

#include "backend/recovery/claims.h"

namespace rc {
namespace {

/// The systems that a step touches once it runs; none as long as its parameters are not settled.
QList<SystemId> systemsOf(Toolbox& tools, const Plan& plan, qsizetype index)
{
    const auto parameters = plan.resolvedParameters(index);
    const Action* const action = tools.actionFor(plan.procedure.steps[index].actionType);
    return parameters && action ? action->systems(*parameters) : QList<SystemId>();
}

} // namespace

Result<QList<QStringList>> waitingClaims(Journal& journal, RecoveryService& recovery, const Plan& plan,
                                         const ToolboxFactory& makeTools)
{
    QList<QStringList> reasons(plan.steps.size());
    const auto held = Claims(journal).held();
    if (!held || held->isEmpty()) {
        return held ? Result<QList<QStringList>>(reasons) : std::unexpected(held.error());
    }
    std::unique_ptr<Toolbox> tools;
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        const auto& step = plan.procedure.steps[i];
        if (step.isManual() || plan.steps[i].progress != StepProgress::Pending || !plan.dependenciesMet(i)) {
            continue;
        }
        if (!tools) {
            const auto inventory = recovery.pinnedInventory(plan);
            if (!inventory) {
                return std::unexpected(inventory.error());
            }
            tools = makeTools(*inventory);
        }
        const auto systems = systemsOf(*tools, plan, i);
        for (const auto& claim : *held) {
            if (systems.contains(claim.system) && claim.holder != plan.id.text() + "/" + step.id.text()) {
                reasons[i].append("claim: " + claim.sentence);
            }
        }
    }
    return reasons;
}

} // namespace rc
