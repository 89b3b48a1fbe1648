// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/sections.h"
#include "ui/words/words.h"

namespace rc::ui::report {
namespace {

Cell label(Column where, const QString& text)
{
    return {where, {{text, style::Label, Mark::None}}};
}

Cell text(Column where, const QString& text)
{
    return {where, {{text, style::Cell, Mark::None}}};
}

} // namespace

void addVerification(Composer& composer, const PlanFacts& facts)
{
    constexpr Column Check = column(0, 150);
    constexpr Column Verdict = column(156, 226);
    constexpr Column Detail = column(232, 389);
    constexpr Column When = column(395, 503);
    composer.heading("Verification");
    const auto runs = facts.verificationRuns();
    if (runs.isEmpty()) {
        composer.paragraph("No verification has been run, so nothing in this report says that the network is well.");
    }
    for (const auto& run : runs) {
        composer.subheading(
            QString("Run %1: %2").arg(run.number).arg((run.passed() ? QString("passed") : QString("not passed"))));
        composer.tableHead(
            {label(Check, "CHECK"), label(Verdict, "VERDICT"), label(Detail, "WHAT WAS FOUND"), label(When, "WHEN")});
        for (const auto& check : run.checks) {
            const Run verdict{(check.passed ? QString("Passed") : QString("Not passed")), style::CellStrong,
                              check.passed ? Mark::Passed : Mark::Failed};
            composer.tableRow({text(Check, check.name),
                               {Verdict, {verdict}},
                               text(Detail, orDash(check.detail)),
                               text(When, utc(check.at))});
        }
        composer.endTable();
    }
}

void addNotes(Composer& composer, const PlanFacts& facts)
{
    if (facts.plan().notes.isEmpty()) {
        return;
    }
    composer.heading("Notes");
    for (const auto& note : facts.plan().notes) {
        composer.field(orDash(note.by),
                       {{utc(note.at), style::CellQuiet, Mark::None}, {note.text, style::Cell, Mark::None}});
    }
}

void addPlanTable(Composer& composer, const QList<PlanFacts>& plans)
{
    constexpr Column Id = column(0, 120);
    constexpr Column Status = column(126, 208);
    constexpr Column Started = column(212, 320);
    constexpr Column Took = column(324, 376);
    constexpr Column Objective = column(380, 503);
    composer.heading("Plans");
    if (plans.isEmpty()) {
        composer.paragraph("No plan has been started for this incident.");
        return;
    }
    composer.tableHead({label(Id, "PLAN, PROCEDURE"), label(Status, "STATUS"), label(Started, "STARTED"),
                        label(Took, "DURATION"), label(Objective, "OBJECTIVE (RTO)")});
    for (const auto& facts : plans) {
        const auto& plan = facts.plan();
        const auto procedure = plan.procedureName.isEmpty() ? plan.procedureId : plan.procedureName;
        composer.tableRow(
            {Cell{Id,
                  {{plan.id, style::CellStrong, Mark::None},
                   {procedure + (plan.rehearsal ? QString(", rehearsal") : QString()), style::Cell, Mark::None}}},
             Cell{Status, {{words(plan.status), style::CellStrong, markOf(plan.status)}}},
             text(Started, utc(plan.startedAt)), text(Took, duration(facts.elapsed())),
             Cell{Objective, {{objectiveVerdict(facts), style::Cell, objectiveMark(facts)}}}});
    }
    composer.endTable();
}

void addDecisions(Composer& composer, const ReportData& data)
{
    if (data.decisions.isEmpty()) {
        return;
    }
    constexpr Column When = column(0, 108);
    constexpr Column Who = column(112, 200);
    constexpr Column What = column(206, 503);
    composer.heading("Approvals and denials");
    composer.tableHead({label(When, "WHEN"), label(Who, "WHO"), label(What, "WHAT")});
    for (const auto& decision : data.decisions) {
        composer.tableRow({text(When, utc(decision.at)), text(Who, orDash(decision.by)), text(What, decision.what)});
    }
    composer.endTable();
}

} // namespace rc::ui::report
