// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/report/chart.h"
#include "ui/report/composer.h"
#include "ui/report/plan_facts.h"

/// The parts of a report, each from values to blocks.

namespace rc::ui::report {

/// The head of pages about one plan, and of those about the whole incident.
[[nodiscard]] RunningHead headOf(const PlanEntry& plan);
[[nodiscard]] RunningHead headOf(const ReportData& data);

/// How a plan stands: done well, badly, or not yet known.
[[nodiscard]] Mark markOf(PlanStatus status);
/// "Met, 35 min to spare", "Missed by 2 min", "5 min left", "None set".
[[nodiscard]] QString objectiveVerdict(const PlanFacts& facts);
[[nodiscard]] Mark objectiveMark(const PlanFacts& facts);

/// Outcome, duration and objective at a glance, then the ids, times and people of a plan.
void addPlanFacts(Composer& composer, const PlanFacts& facts);
/// The same for an incident with all its plans; recovered when the last of them that was no rehearsal was completed.
void addIncidentGlance(Composer& composer, const Incident& incident, const QList<PlanFacts>& plans);
void addIncidentFacts(Composer& composer, const Incident& incident);
/// Plain sentences for a reader who reads nothing else, and what departed from the procedure.
void addSummary(Composer& composer, const PlanFacts& facts);
void addIncidentSummary(Composer& composer, const Incident& incident, const QList<PlanFacts>& plans);
/// A row per step, per run of the verification, and for soak and declaration.
[[nodiscard]] QList<ChartRow> timelineRows(const PlanFacts& facts);
void addTimeline(Composer& composer, const PlanFacts& facts);
/// Where a clock was set, so that the times around it are not what they seem; nothing where none was.
void addClock(Composer& composer, const ReportData& data);
void addSteps(Composer& composer, const PlanFacts& facts);
void addVerification(Composer& composer, const PlanFacts& facts);
/// What the steps left behind: chain operations, configurations applied, services stopped and started, figures.
void addResults(Composer& composer, const PlanFacts& facts);
void addNotes(Composer& composer, const PlanFacts& facts);

/// A file of evidence that was looked at again, and where it was brought.
struct KeptFile
{
    QString plan;
    QString step;
    int attempt = 1;
    EvidenceEntry file;
};
/// In the order of plans and of completions.
[[nodiscard]] QList<KeptFile> keptFiles(const QList<PlanFacts>& plans);
/// Each file of evidence and whether it is still what it was; nothing if there is none.
void addEvidenceFiles(Composer& composer, const QList<PlanFacts>& plans);

/// The plans of an incident in one table.
void addPlanTable(Composer& composer, const QList<PlanFacts>& plans);
void addDecisions(Composer& composer, const ReportData& data);
void addJournal(Composer& composer, const ReportData& data);
void addSignatures(Composer& composer, const QList<PlanFacts>& plans);

} // namespace rc::ui::report
