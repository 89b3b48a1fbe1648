// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/consent.h"

#include <algorithm>

namespace rc::consent {
namespace {

void watch(Plan& plan, Timestamp expires)
{
    plan.nextApprovalEnd = std::min(plan.nextApprovalEnd.value_or(expires), expires);
}

} // namespace

void keep(Plan& plan, const ApprovalStatement& statement, Timestamp at)
{
    if (const auto index = plan.indexOf(statement.step); index >= 0) {
        plan.steps.edit(index).approvals.append(Approval{statement, at});
        watch(plan, statement.expires);
    }
}

void use(StepRecord& record, const QStringList& nonces)
{
    for (auto& approval : record.approvals) {
        approval.used = approval.used || nonces.contains(approval.statement.nonce);
    }
}

void endOthers(StepRecord& record, StepAct begun)
{
    for (auto& approval : record.approvals) {
        approval.isOver = approval.isOver || (!approval.used && approval.statement.act != begun);
    }
}

void end(Plan& plan, Timestamp at)
{
    if (!plan.nextApprovalEnd || at < *plan.nextApprovalEnd) {
        return;
    }
    plan.nextApprovalEnd.reset();
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        if (plan.steps[i].approvals.isEmpty()) {
            continue;
        }
        for (auto& approval : plan.steps.edit(i).approvals) {
            approval.isOver = approval.isOver || approval.statement.expires <= at;
            if (!approval.isOver && !approval.used) {
                watch(plan, approval.statement.expires);
            }
        }
    }
}

} // namespace rc::consent
