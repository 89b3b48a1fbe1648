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

/// How often a step was begun, and how that ended.
struct Tries
{
    qsizetype begun = 0;
    qsizetype failed = 0;
    qsizetype succeeded = 0;
    /// Goes on, or went on when its plan was aborted.
    qsizetype open = 0;
};

/// What had become of it before its last attempt: empty if there was no other.
QString before(const Tries& tries)
{
    if (tries.succeeded > 0) {
        return "had been done";
    }
    if (tries.failed > 0) {
        return "failed in " + counted(tries.failed, "attempt");
    }
    return tries.begun > tries.open ? QString("was interrupted") : QString();
}

QString unfinished(const Tries& tries)
{
    const auto earlier = before(tries);
    return earlier.isEmpty()
               ? QString()
               : earlier + (tries.open > 0 ? QString(" and is being run again.") : QString(" and is to be run again."));
}

QString notRun(const Tries& tries)
{
    const auto earlier = before(tries);
    if (!earlier.isEmpty()) {
        return earlier + " and was not run again.";
    }
    return tries.open > 0 ? QString("was begun and not ended.") : QString("was not run.");
}

/// What is told of a step, after its name; empty when all went as the procedure has it.
QString endingOf(const StepEntry& step, const Tries& tries)
{
    const auto attempts = counted(tries.begun, "attempt");
    switch (step.state) {
    case StepState::Skipped:
        return (tries.begun > 0 ? "was skipped after " + attempts : QString("was skipped")) +
               (step.note.isEmpty() ? QString(".") : QString(": ") + step.note);
    case StepState::Failed:
        if (tries.begun > tries.failed) {
            return QString("failed in %1 of %2.").arg(tries.failed).arg(attempts);
        }
        return tries.begun > 1 ? "failed in each of " + attempts + "." : QString("failed and was not repeated.");
    case StepState::Unknown:
        return "was started, and nobody knows how it ended.";
    case StepState::Undone:
        return "was undone.";
    case StepState::NotRun:
        return notRun(tries);
    case StepState::Succeeded:
        return tries.begun > 1 ? "took " + attempts + "." : QString();
    default:
        return unfinished(tries);
    }
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

QString PlanFacts::departureOf(qsizetype index) const
{
    const auto& step = m_plan->steps[index];
    Tries tries;
    QSet<int> begun;
    for (const auto& attempt : m_steps[index].attempts) {
        begun.insert(attempt.number);
        ++(attempt.end == AttemptEnd::Succeeded ? tries.succeeded
           : attempt.end == AttemptEnd::Failed  ? tries.failed
                                                : tries.open);
    }
    // One that was interrupted has a beginning and no end.
    for (auto start = m_starts.begin(); start != m_starts.end(); ++start) {
        if (start.key().first == step.id) {
            begun.insert(start.key().second);
        }
    }
    tries.begun = begun.size();
    const auto ending = endingOf(step, tries);
    return ending.isEmpty() ? QString() : QString("Step “%1” %2").arg(step.name, ending);
}

QStringList PlanFacts::toldByEvents() const
{
    QStringList sentences;
    for (const auto& event : m_events) {
        const auto* const step = m_stepById.value(event.step);
        const auto name = step ? "“" + step->name + "”" : event.step;
        // The summary of a step's event begins with its id.
        const auto why = event.summary.mid(event.step.size()).remove(0, event.step == event.summary ? 0 : 2);
        if (event.kind == "step_deviated") {
            sentences.append(QString("Step %1 was not what the dry run had shown.").arg(name));
        } else if (event.kind == "step_undo_started") {
            sentences.append(QString("%1 had step %2 taken back: %3").arg(event.by, name, why));
        } else if (event.kind == "step_undo_failed") {
            sentences.append(QString("Step %1 could not be taken back: %2").arg(name, why));
        } else if (event.kind == "plan_lead_taken") {
            sentences.append(QString("%1 took the lead over%2")
                                 .arg(event.by, event.summary.isEmpty() ? QString(".") : ": " + event.summary));
        }
    }
    return sentences;
}

QStringList PlanFacts::departures() const
{
    QStringList sentences;
    if (!m_plan->overrideReason.isEmpty()) {
        sentences.append("A commander started the plan against the rules: " + m_plan->overrideReason);
    }
    for (qsizetype i = 0; i < m_plan->steps.size(); ++i) {
        const auto sentence = departureOf(i);
        if (!sentence.isEmpty()) {
            sentences.append(sentence);
        }
    }
    sentences += toldByEvents();
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
