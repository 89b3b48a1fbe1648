// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/sections.h"
#include "ui/report/values.h"
#include "ui/words/words.h"

#include <algorithm>

namespace rc::ui::report {
namespace {

/// Label and value, twice on a line.
void pair(Composer& composer, const std::array<QString, 4>& texts)
{
    const auto& [label, value, secondLabel, secondValue] = texts;
    composer.add(std::make_unique<Row>(QList<Cell>{{column(0, 72), {{label, style::Label, Mark::None}}},
                                                   {column(76, 244), {{value, style::Cell, Mark::None}}},
                                                   {column(258, 330), {{secondLabel, style::Label, Mark::None}}},
                                                   {column(334, 503), {{secondValue, style::Cell, Mark::None}}}},
                                       Row::Look{.padding = 0.5 * Pt}, Block::Cohesion{.together = true}));
}

Run outcome(const PlanFacts& facts)
{
    return {words(facts.plan().status), style::Subheading, markOf(facts.plan().status)};
}

Run objective(const PlanFacts& facts)
{
    return {objectiveVerdict(facts), style::Subheading, objectiveMark(facts)};
}

Run verification(const PlanFacts& facts)
{
    const auto runs = facts.verificationRuns();
    if (runs.isEmpty()) {
        return {"Not run", style::Subheading, Mark::Open};
    }
    const bool passed = runs.last().passed();
    return {passed ? QString("Passed") : QString("Not passed"), style::Subheading,
            passed ? Mark::Passed : Mark::Failed};
}

Cell glance(Column where, const QString& label, const Run& value)
{
    return {where, {{label, style::Label, Mark::None}, value}};
}

/// What the eye should find first: four answers side by side between two rules.
void addGlance(Composer& composer, const QList<Cell>& cells)
{
    const Row::Look look{.lineHeight = 13 * Pt, .padding = 5 * Pt, .ruleBelow = 0.8 * Pt, .ruleAbove = 0.8 * Pt};
    composer.add(std::make_unique<Row>(cells, look, Block::Cohesion{.spaceBefore = 12 * Pt, .together = true}));
}

void addPlanGlance(Composer& composer, const PlanFacts& facts)
{
    const Run elapsed{duration(facts.elapsed()), style::Subheading, Mark::None};
    const auto rto = facts.plan().rto;
    const auto label =
        rto > Milliseconds::zero() ? QString("OBJECTIVE (RTO) OF %1").arg(duration(rto)) : QString("OBJECTIVE (RTO)");
    addGlance(composer,
              {glance(column(0, 124), "OUTCOME", outcome(facts)),
               glance(column(132, 226), facts.isOpen() ? QString("SINCE THE START") : QString("DURATION"), elapsed),
               glance(column(234, 384), label, objective(facts)),
               glance(column(392, 503), "VERIFICATION", verification(facts))});
}

NetworkMark markOf(const PlanEntry& plan)
{
    return plan.rehearsal                              ? NetworkMark::Rehearsal
           : plan.networkKind == NetworkKind::Practice ? NetworkMark::Practice
                                                       : NetworkMark::Live;
}

QString markTextOf(const PlanEntry& plan)
{
    const auto network = plan.networkKind == NetworkKind::Live ? QString("LIVE NETWORK") : QString("PRACTICE NETWORK");
    return plan.rehearsal ? "REHEARSAL · " + network : network;
}

/// What became of the chain: one entry per rollback, and of each step that recovered it.
QStringList chainData(const PlanEntry& plan)
{
    QStringList told;
    for (const auto& completion : plan.completions) {
        const auto before = told.size();
        for (const auto& entry : completion.result.artifacts) {
            const auto artifact = entry.toObject();
            if (artifact["kind"] == "rollback" && artifact["success"].toBool(true)) {
                told.append(QString("%1: %2 rolled back, height %3 to %4")
                                .arg(artifact["system"].toString(), counted(artifact["blocks"].toInteger(), "block"))
                                .arg(artifact["from_height"].toInteger())
                                .arg(artifact["to_height"].toInteger()));
            }
        }
        // Nothing had to go back, or what was interrupted gave no account of it.
        const auto step = std::ranges::find(plan.steps, completion.step, &StepEntry::id);
        const bool isChainStep = step != plan.steps.end() && step->actionType == idOf(ActionType::RecoverChainData);
        if (isChainStep && completion.result.success && told.size() == before) {
            told.append(step->name + ": " + completion.result.message);
        }
    }
    return told;
}

QStringList approvers(const PlanEntry& plan)
{
    QStringList approvals;
    for (const auto& step : plan.steps) {
        for (const auto& approval : step.approvals) {
            if (approval.used) {
                const QString what =
                    approval.act == StepAct::Run ? step.name : step.name + ", to " + inWords(approval.act);
                approvals.append(QString("%1 as %2 (%3)").arg(approval.by, words(approval.role).toLower(), what));
            }
        }
    }
    return approvals;
}

} // namespace

/// When the last plan was completed; nothing while one of them is open. Rehearsals recover nothing.
static std::optional<Timestamp> recoveredAt(const QList<PlanFacts>& plans)
{
    std::optional<Timestamp> recovered;
    for (const auto& facts : plans) {
        if (facts.plan().rehearsal) {
            continue;
        }
        if (facts.isOpen()) {
            return std::nullopt;
        }
        if (facts.plan().status == PlanStatus::Completed) {
            recovered = std::max(recovered, facts.plan().completedAt);
        }
    }
    return recovered;
}

RunningHead headOf(const PlanEntry& plan)
{
    return {markOf(plan), markTextOf(plan), plan.network, "Recovery report · Plan " + plan.id,
            "plan hash " + plan.planHash};
}

RunningHead headOf(const ReportData& data)
{
    if (data.ofPlan) {
        return headOf(data.plans.first());
    }
    RunningHead head{
        NetworkMark::None, "NO PLAN WAS STARTED", {}, "Recovery report · Incident " + data.incident.id.text(), {}};
    for (const auto& plan : data.plans) {
        const auto own = headOf(plan);
        // A page about several plans is marked as the gravest of them: live before practice before rehearsal.
        if (head.mark == NetworkMark::None || own.mark == NetworkMark::Live ||
            (own.mark == NetworkMark::Practice && head.mark == NetworkMark::Rehearsal)) {
            head = {own.mark, own.markText, own.network, head.subject, {}};
        }
    }
    return head;
}

void addIncidentGlance(Composer& composer, const Incident& incident, const QList<PlanFacts>& plans)
{
    const auto recovered = recoveredAt(plans);
    const auto span = [](Timestamp from, const std::optional<Timestamp>& to) {
        return Run{to ? duration(*to - from) : QString("not yet"), style::Subheading, Mark::None};
    };
    addGlance(composer,
              {glance(column(0, 124), "INCIDENT", {words(incident.status), style::Subheading, Mark::None}),
               glance(column(132, 226), "SEVERITY", {words(incident.severity), style::Subheading, Mark::None}),
               glance(column(234, 384), "COMPROMISED FOR", span(incident.compromisedSince, incident.containedAt)),
               glance(column(392, 503), "RECOVERED AFTER", span(incident.compromisedSince, recovered))});
}

void addIncidentFacts(Composer& composer, const Incident& incident)
{
    QStringList systems;
    for (const auto& system : incident.systems) {
        systems.append(system.text());
    }
    composer.subheading("The incident");
    pair(composer, {"INCIDENT", incident.id.text(), "SEVERITY", words(incident.severity)});
    pair(composer, {"TYPE", words(incident.type), "STATUS", words(incident.status)});
    pair(composer, {"COMPROMISED", "since " + utc(incident.compromisedSince), "CONTAINED",
                    incident.containedAt ? utc(*incident.containedAt) : QString("not yet")});
    pair(composer, {"OPENED", utc(incident.openedAt), "OPENED BY", orDash(incident.openedBy.text())});
    composer.field("SYSTEMS", {{orDash(systems.join(", ")), style::Cell, Mark::None}});
}

void addPlanFacts(Composer& composer, const PlanFacts& facts)
{
    const auto& plan = facts.plan();
    addPlanGlance(composer, facts);
    composer.subheading("The plan");
    pair(composer, {"PLAN", plan.id, "PROCEDURE",
                    QString("%1, version %2")
                        .arg(plan.procedureName.isEmpty() ? plan.procedureId : plan.procedureName,
                             QString::number(plan.procedureVersion))});
    pair(composer, {"STARTED", utc(plan.startedAt), "STARTED BY", orDash(plan.startedBy)});
    pair(composer, {"ENDED", plan.completedAt ? utc(*plan.completedAt) : QString("not yet"), "END DECLARED BY",
                    orDash(plan.declaredBy)});
    pair(composer, {"NETWORK", orDash(plan.network), "KIND",
                    words(plan.networkKind) + (plan.rehearsal ? QString(", rehearsal") : QString())});
    composer.field("CHAIN DATA", {{orDash(chainData(plan).join("; ")), style::Cell, Mark::None}});
    composer.field("APPROVED BY", {{orDash(approvers(plan).join("; ")), style::Cell, Mark::None}});
    const auto hash = [&composer](const QString& label, const QString& value) {
        composer.field(label, {{orDash(value), style::Hash, Mark::None}});
    };
    hash("PLAN HASH", plan.planHash);
    hash("PROCEDURE HASH", plan.procedureHash);
    hash("INVENTORY HASH", plan.inventoryHash);
    for (auto entry = plan.parameters.begin(); entry != plan.parameters.end(); ++entry) {
        auto runs = valueRuns(entry.key(), entry.value());
        runs.first().text.prepend(labelOf(entry.key()) + ": ");
        composer.field("PARAMETER", runs);
    }
}

} // namespace rc::ui::report
