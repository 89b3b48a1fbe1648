// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/sections.h"
#include "ui/report/words.h"

namespace rc::report {
namespace {

/// Label and value, twice on a line.
void pair(Composer& composer, const std::array<QString, 4>& texts)
{
    const auto& [label, value, secondLabel, secondValue] = texts;
    composer.add(std::make_unique<Row>(QList<Cell>{{column(0, 72), {{label, style::Label, Mark::None}}},
                                                   {column(76, 244), {{value, style::Cell, Mark::None}}},
                                                   {column(258, 330), {{secondLabel, style::Label, Mark::None}}},
                                                   {column(334, 503), {{secondValue, style::Cell, Mark::None}}}},
                                       Row::Look{.padding = 1 * Pt}, Block::Cohesion{.together = true}));
}

Run outcome(const PlanFacts& facts)
{
    const auto status = facts.plan().status;
    const Mark mark = status == PlanStatus::Completed ? Mark::Passed : facts.isOpen() ? Mark::Open : Mark::Failed;
    return {words(status), style::Subheading, mark};
}

Run objective(const PlanFacts& facts)
{
    const auto margin = facts.margin();
    if (!margin) {
        return {"None set", style::Subheading, Mark::None};
    }
    if (*margin < Milliseconds::zero()) {
        return {QString("Missed by %1").arg(duration(*margin)), style::Subheading, Mark::Failed};
    }
    if (facts.isOpen()) {
        return {QString("%1 left").arg(duration(*margin)), style::Subheading, Mark::Open};
    }
    return {QString("Met, %1 to spare").arg(duration(*margin)), style::Subheading,
            facts.plan().status == PlanStatus::Completed ? Mark::Passed : Mark::Open};
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

void addGlance(Composer& composer, const PlanFacts& facts)
{
    const auto cell = [](qreal left, qreal right, const QString& label, const Run& value) {
        return Cell{column(left, right), {{label, style::Label, Mark::None}, value}};
    };
    const Run elapsed{duration(facts.elapsed()), style::Subheading, Mark::None};
    const auto rto = facts.plan().rto;
    const auto label =
        rto > Milliseconds::zero() ? QString("OBJECTIVE OF %1").arg(duration(rto)) : QString("OBJECTIVE");
    composer.add(std::make_unique<Row>(
        QList<Cell>{cell(0, 124, "OUTCOME", outcome(facts)),
                    cell(132, 226, (facts.isOpen() ? QString("SINCE THE START") : QString("DURATION")), elapsed),
                    cell(234, 384, label, objective(facts)), cell(392, 503, "VERIFICATION", verification(facts))},
        Row::Look{.lineHeight = 13 * Pt, .padding = 5 * Pt, .ruleBelow = 0.8 * Pt, .ruleAbove = 0.8 * Pt},
        Block::Cohesion{.spaceBefore = 12 * Pt, .together = true}));
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

} // namespace

RunningHead headOf(const PlanEntry& plan)
{
    return {markOf(plan), markTextOf(plan), plan.network, "Recovery report · Plan " + plan.id,
            "plan hash " + plan.planHash};
}

RunningHead headOf(const ReportData& data)
{
    RunningHead head{
        NetworkMark::None, "NO PLAN WAS STARTED", {}, "Recovery report · Incident " + data.incident.id.text(), {}};
    for (const auto& plan : data.plans) {
        const auto own = headOf(plan);
        // A page about several plans is marked as the gravest of them: live before practice before rehearsal.
        if (head.mark == NetworkMark::None || own.mark == NetworkMark::Live ||
            (own.mark == NetworkMark::Practice && head.mark == NetworkMark::Rehearsal)) {
            head = {own.mark, own.markText, own.network, head.subject, data.ofPlan ? own.hash : QString()};
        }
    }
    return data.ofPlan ? headOf(data.plans.first()) : head;
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
    composer.field("SYSTEMS", {{orDash(systems.join(", ")), style::Cell, Mark::None}}, 0);
}

void addPlanFacts(Composer& composer, const PlanFacts& facts)
{
    const auto& plan = facts.plan();
    addGlance(composer, facts);
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
    const auto hash = [&composer](const QString& label, const QString& value) {
        composer.field(label, {{orDash(value), style::Hash, Mark::None}}, 0);
    };
    hash("PLAN HASH", plan.planHash);
    hash("PROCEDURE HASH", plan.procedureHash);
    hash("INVENTORY HASH", plan.inventoryHash);
}

} // namespace rc::report
