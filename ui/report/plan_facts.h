// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/elapsed.h"
#include "ui/report/report_data.h"

/// What follows from a plan's values: spans of time, runs of verification, whether the objective was met.

namespace rc::ui::report {

/// How an attempt of a step ended, as the chart shows it.
enum class AttemptEnd {
    Succeeded,
    Failed,
    Open,
};

struct Attempt
{
    int number = 1;
    /// Nothing if no event tells it.
    std::optional<Timestamp> startedAt;
    /// Nothing while it runs.
    std::optional<Timestamp> endedAt;
    AttemptEnd end = AttemptEnd::Open;
};

/// From when a step could have been started to when it was: somebody had to act.
struct WaitingSpan
{
    Timestamp from;
    Timestamp to;
};

struct StepFacts
{
    QList<Attempt> attempts;
    QList<WaitingSpan> waiting;
};

/// One run of the whole verification.
struct VerificationRun
{
    int number = 1;
    QList<CheckEntry> checks;
    /// By the events, or else by the checks.
    std::optional<Timestamp> startedAt;
    std::optional<Timestamp> endedAt;

    [[nodiscard]] bool passed() const;
};

/// A plan together with what else the document knows of it; the plan must outlive it.
class PlanFacts
{
public:
    PlanFacts(const PlanEntry& plan, const ReportData& data);

    [[nodiscard]] const PlanEntry& plan() const { return *m_plan; }
    [[nodiscard]] const QList<StepFacts>& steps() const { return m_steps; }
    [[nodiscard]] QList<VerificationRun> verificationRuns() const;
    [[nodiscard]] bool isOpen() const;
    /// When it ended, or when the report was made.
    [[nodiscard]] Timestamp end() const;
    [[nodiscard]] Milliseconds elapsed() const { return rc::elapsed(m_plan->startedAt, end()); }
    /// From when the recovery-time objective counts: containment; of a rehearsal, its start.
    [[nodiscard]] Timestamp objectiveFrom() const { return m_objectiveFrom; }
    /// What was left of the objective at end(); negative beyond it. Nothing without one.
    [[nodiscard]] std::optional<Milliseconds> margin() const;
    [[nodiscard]] qsizetype stepsIn(StepState state) const;
    /// What went otherwise than the procedure has it: skips, retries, overrides, failures, undone steps, deviations
    /// from the dry run, a lead that changed hands. One sentence each.
    [[nodiscard]] QStringList departures() const;
    /// The event by which a person declared the end.
    [[nodiscard]] const EventEntry* declaration() const;

private:
    [[nodiscard]] StepFacts factsOf(const StepEntry& step) const;
    [[nodiscard]] std::optional<Timestamp> startOf(const StepEntry& step, int attempt) const;
    [[nodiscard]] std::optional<Timestamp> readyAt(const StepEntry& step) const;
    void findSpan(VerificationRun& run) const;
    [[nodiscard]] QString departureOf(qsizetype index) const;
    /// What was taken back, was other than its dry run, or changed hands.
    [[nodiscard]] QStringList toldByEvents() const;

    const PlanEntry* m_plan;
    QList<EventEntry> m_events;
    Timestamp m_generatedAt;
    Timestamp m_objectiveFrom;
    QHash<QString, const StepEntry*> m_stepById;
    QHash<QPair<QString, int>, std::optional<Timestamp>> m_starts;
    QMultiHash<QString, const CompletionEntry*> m_completions;
    QList<StepFacts> m_steps;
};

} // namespace rc::ui::report
