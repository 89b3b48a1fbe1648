// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/trial.h"

#include "model/plan/refusals.h"

namespace rc::ui {
namespace {

QJsonObject standInFor(const EvidenceRequirement& wanted)
{
    const QString hash(64, u'0');
    switch (wanted.kind) {
    case EvidenceKind::File:
        return {{"id", wanted.id}, {"kind", QString(idOf(wanted.kind))}, {"name", "file"}, {"sha256", hash}};
    case EvidenceKind::Figure:
        return {{"id", wanted.id},
                {"kind", QString(idOf(wanted.kind))},
                {"value", QString::number(wanted.minimum.value_or(wanted.maximum.value_or(0)))}};
    case EvidenceKind::Hash:
        return {{"id", wanted.id}, {"kind", QString(idOf(wanted.kind))}, {"value", hash}};
    case EvidenceKind::Text:
        break;
    }
    return {{"id", wanted.id}, {"kind", QString(idOf(wanted.kind))}, {"value", "text"}};
}

} // namespace

QString refusalToSettle(const Plan& plan, qsizetype index, const std::optional<Actor>& actor, Timestamp now)
{
    if (!actor) {
        return "Sign in first.";
    }
    for (const auto& may : {refusals::needsStepRole(plan, index, *actor),
                            refusals::needsOtherThanApprover(plan, index, *actor, now, plan.steps[index].act)}) {
        if (!may) {
            return may.error().message;
        }
    }
    return {};
}

QString refusalToWork(const ShownPlan& shown)
{
    return shown.runsHere ? QString("The plan is at work here; this is possible once that has ended or was stopped.")
                          : QString();
}

CompleteStep completionTrial(const Step& step, Timestamp now)
{
    CompleteStep command{step.id, {true, {}, {}, {}, now}, "done", {}};
    for (const auto& output : step.outputs) {
        command.result.fields.insert(output, "");
    }
    for (const auto& wanted : step.evidence) {
        command.evidence.append(standInFor(wanted));
    }
    return command;
}

} // namespace rc::ui
