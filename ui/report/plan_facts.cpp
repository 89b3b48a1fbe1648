// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/plan_facts.h"

#include "ui/words/words.h"

#include <algorithm>

namespace rc::ui::report {
namespace {

bool isEnded(StepState state)
{
    static const QList<StepState> ended{StepState::Succeeded, StepState::Failed, StepState::Skipped, StepState::Undone};
    return ended.contains(state);
}

} // namespace

bool VerificationRun::passed() const
{
    return std::ranges::all_of(checks, &CheckEntry::passed);
}

PlanFacts::PlanFacts(const PlanEntry& plan, const ReportData& data)
    : m_plan(&plan)
    , m_generatedAt(data.generatedAt)
    , m_objectiveFrom(plan.rehearsal ? plan.startedAt : data.incident.containedAt.value_or(plan.startedAt))
{
    for (const auto& event : data.events) {
        if (event.plan == plan.id) {
            m_events.append(event);
        }
    }
    for (const auto& step : plan.steps) {
        m_stepById.insert(step.id, &step);
    }
    for (const auto& event : m_events) {
        if (event.kind == "step_started") {
            m_starts.insert({event.step, event.attempt}, event.at);
        }
    }
    for (const auto& completion : plan.completions) {
        m_completions.insert(completion.step, &completion);
    }
    for (const auto& step : plan.steps) {
        m_steps.append(factsOf(step));
    }
}

bool PlanFacts::isOpen() const
{
    return m_plan->status != PlanStatus::Completed && m_plan->status != PlanStatus::Aborted;
}

Timestamp PlanFacts::end() const
{
    return m_plan->completedAt.value_or(std::max(m_generatedAt, m_plan->startedAt));
}

std::optional<Milliseconds> PlanFacts::margin() const
{
    return m_plan->rto > Milliseconds::zero() ? std::optional(m_plan->rto - (end() - m_objectiveFrom)) : std::nullopt;
}

qsizetype PlanFacts::stepsIn(StepState state) const
{
    return std::ranges::count(m_plan->steps, state, &StepEntry::state);
}

std::optional<Timestamp> PlanFacts::startOf(const StepEntry& step, int attempt) const
{
    if (attempt == step.attempts && step.startedAt) {
        return step.startedAt;
    }
    return m_starts.value({step.id, attempt});
}

std::optional<Timestamp> PlanFacts::readyAt(const StepEntry& step) const
{
    auto ready = m_plan->startedAt;
    for (const auto& id : step.after) {
        const auto* before = m_stepById.value(id);
        if (!before || !before->completedAt) {
            return std::nullopt;
        }
        ready = std::max(ready, *before->completedAt);
    }
    return ready;
}

StepFacts PlanFacts::factsOf(const StepEntry& step) const
{
    StepFacts facts;
    for (const auto* completion : m_completions.values(step.id)) {
        facts.attempts.append({completion->attempt, startOf(step, completion->attempt), completion->completedAt,
                               completion->result.success ? AttemptEnd::Succeeded : AttemptEnd::Failed});
    }
    std::ranges::sort(facts.attempts, {}, &Attempt::number);
    const bool known = std::ranges::find(facts.attempts, step.attempts, &Attempt::number) != facts.attempts.end();
    if (!known && step.startedAt) {
        const auto end = step.state == StepState::Succeeded ? AttemptEnd::Succeeded
                         : isEnded(step.state)              ? AttemptEnd::Failed
                                                            : AttemptEnd::Open;
        facts.attempts.append({step.attempts, step.startedAt, step.completedAt, end});
    }
    auto free = readyAt(step);
    for (const auto& attempt : facts.attempts) {
        if (free && attempt.startedAt && *attempt.startedAt > *free) {
            facts.waiting.append({*free, *attempt.startedAt});
        }
        free = attempt.endedAt;
    }
    return facts;
}

void PlanFacts::findSpan(VerificationRun& run) const
{
    run.startedAt = std::ranges::min(run.checks, {}, &CheckEntry::at).at;
    run.endedAt = std::ranges::max(run.checks, {}, &CheckEntry::at).at;
    int started = 0;
    for (const auto& event : m_events) {
        if (event.kind == "verification_started" && ++started == run.number) {
            run.startedAt = event.at;
        }
        if (event.kind == "verification_finished" && started == run.number) {
            run.endedAt = event.at;
        }
    }
}

QList<VerificationRun> PlanFacts::verificationRuns() const
{
    QList<VerificationRun> runs;
    for (const auto& check : m_plan->checks) {
        auto run = std::ranges::find(runs, check.attempt, &VerificationRun::number);
        if (run == runs.end()) {
            run = runs.insert(runs.size(), VerificationRun{check.attempt, {}, {}, {}});
        }
        run->checks.append(check);
    }
    std::ranges::sort(runs, {}, &VerificationRun::number);
    for (auto& run : runs) {
        findSpan(run);
    }
    return runs;
}

QString PlanFacts::departureOf(const StepEntry& step) const
{
    const auto name = QString("Step “%1” ").arg(step.name);
    const auto tries = counted(step.attempts, "attempt");
    switch (step.state) {
    case StepState::Skipped:
        return name + (step.attempts > 1 ? "was skipped after " + tries : QString("was skipped")) +
               (step.note.isEmpty() ? QString(".") : QString(": ") + step.note);
    case StepState::Failed:
        return name +
               (step.attempts > 1 ? "failed in each of " + tries + "." : QString("failed and was not repeated."));
    case StepState::Unknown:
        return name + "was started, and nobody knows how it ended.";
    case StepState::Undone:
        return name + "was undone.";
    default:
        return step.attempts > 1 ? name + "took " + tries + "." : QString();
    }
}

QStringList PlanFacts::departures() const
{
    QStringList sentences;
    if (!m_plan->overrideReason.isEmpty()) {
        sentences.append("A commander started the plan against the rules: " + m_plan->overrideReason);
    }
    for (const auto& step : m_plan->steps) {
        const auto sentence = departureOf(step);
        if (!sentence.isEmpty()) {
            sentences.append(sentence);
        }
    }
    for (const auto& run : verificationRuns()) {
        if (!run.passed()) {
            sentences.append(QString("Verification run %1 did not pass.").arg(run.number));
        }
    }
    return sentences;
}

const EventEntry* PlanFacts::declaration() const
{
    const auto found = std::ranges::find(m_events, QString("plan_declared"), &EventEntry::kind);
    return found == m_events.end() ? nullptr : &*found;
}

} // namespace rc::ui::report
