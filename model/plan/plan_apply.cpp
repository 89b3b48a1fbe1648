// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/plan_event.h"

#include <algorithm>

namespace rc {
namespace {

void addHand(StepRecord& record, const OperatorId& by)
{
    if (!record.hands.contains(by)) {
        record.hands.append(by);
    }
}

/// Applies one event; every overload is the whole effect of its event.
class Applier
{
public:
    Applier(Plan& plan, Timestamp at, const OperatorId& by)
        : m_plan(plan)
        , m_at(at)
        , m_by(by)
    {
    }

    void operator()(const PlanStarted& event) const
    {
        m_plan = Plan();
        m_plan.id = event.plan;
        m_plan.pins = event.pins;
        m_plan.begin(event.procedure);
        m_plan.startedAt = m_at;
        m_plan.startedBy = m_by;
    }

    void operator()(const PlanArmed& event) const
    {
        m_plan.armedBy = m_by;
        m_plan.armedExecutor = event.executor;
    }

    void operator()(const PlanDisarmed&) const { disarm(); }
    void operator()(const PlanPaused&) const
    {
        if (m_plan.status != PlanStatus::Paused) {
            m_plan.statusBeforePause = m_plan.status;
        }
        m_plan.status = PlanStatus::Paused;
        disarm();
    }

    void operator()(const PlanResumed&) const { m_plan.status = m_plan.statusBeforePause; }

    void operator()(const PlanAborting&) const
    {
        m_plan.status = PlanStatus::Aborting;
        m_plan.verifying.reset();
        disarm();
    }

    void operator()(const PlanAborted&) const
    {
        m_plan.status = PlanStatus::Aborted;
        m_plan.completedAt = m_at;
        for (auto& record : m_plan.steps) {
            // What still runs here is manual; automated steps have ended before.
            if (record.progress == StepProgress::Pending || record.progress == StepProgress::Running) {
                record.progress = StepProgress::NotRun;
            }
        }
    }

    void operator()(const StepStarted& event) const
    {
        auto* record = find(event.step);
        if (!record) {
            return;
        }
        reopen(*record, event.attempt);
        record->progress = StepProgress::Running;
        record->startedAt = m_at;
        record->startedBy = m_by;
        record->executor = event.executor;
        record->parameters = event.parameters;
        record->systems = event.systems;
        addHand(*record, m_by);
        for (auto& approval : record->approvals) {
            approval.used = approval.used || event.approvalNonces.contains(approval.statement.nonce);
        }
    }

    void operator()(const StepSucceeded& event) const
    {
        finish(event, StepProgress::Succeeded);
        leaveVerificationFailed();
    }

    void operator()(const StepFailed& event) const { finish(event, StepProgress::Failed); }

    void operator()(const StepSkipped& event) const
    {
        if (auto* record = find(event.step)) {
            record->progress = StepProgress::Skipped;
            record->completedAt = m_at;
            record->completedBy = m_by;
            record->note = event.reason;
            leaveVerificationFailed();
        }
    }

    void operator()(const StepRetried& event) const
    {
        if (auto* record = find(event.step)) {
            reopen(*record, event.attempt);
            // A verification that was begun before says nothing about what this step does next.
            m_plan.verifying.reset();
        }
    }

    void operator()(const StepFoundUnknown& event) const
    {
        if (auto* record = find(event.step); record && record->attempt == event.attempt) {
            record->progress = StepProgress::Unknown;
        }
        if (m_plan.armedExecutor && m_plan.armedExecutor->id == event.executor) {
            disarm();
        }
    }

    void operator()(const StepUndone& event) const
    {
        if (auto* record = find(event.step)) {
            record->progress = StepProgress::Undone;
            record->note = event.reason;
            record->result = event.result;
            m_plan.verifying.reset();
        }
    }

    void operator()(const StepApproved& event) const
    {
        const auto statement = approvalStatementFromJson(event.consent.content());
        if (auto* record = find(statement.step)) {
            record->approvals.append(Approval{statement, m_at, false});
        }
    }

    void operator()(const VerificationStarted& event) const
    {
        m_plan.verificationAttempt = event.attempt;
        m_plan.verifying = event.executor;
    }

    void operator()(const VerificationFinished& event) const
    {
        if (!m_plan.verifying || event.attempt != m_plan.verificationAttempt) {
            return;
        }
        m_plan.verifying.reset();
        m_plan.verifiedAt = m_at;
        m_plan.verificationResults += event.results;
        m_plan.soakUntil = event.soakUntil;
        if (event.soakUntil) {
            workingStatus() = PlanStatus::Soaking;
            return;
        }
        workingStatus() = PlanStatus::VerificationFailed;
        // The owner is to be run again by a person's decision, not by an arming that was given before it failed.
        disarm();
        for (const auto& result : event.results) {
            if (!result.passed) {
                reopenOwnerOf(result.id);
            }
        }
    }

    void operator()(const VerificationCancelled& event) const
    {
        if (event.attempt == m_plan.verificationAttempt) {
            m_plan.verifying.reset();
        }
    }

    void operator()(const PlanDeclared&) const
    {
        complete();
        m_plan.declaredBy = m_by;
    }
    void operator()(const PlanCompleted&) const { complete(); }
    void operator()(const NoteAdded& event) const { m_plan.notes.append(Note{m_at, m_by, event.text}); }

private:
    [[nodiscard]] StepRecord* find(const StepId& step) const
    {
        const auto index = m_plan.indexOf(step);
        return index < 0 ? nullptr : &m_plan.steps[index];
    }

    /// The status that work on the plan changes: a pause keeps it for later.
    [[nodiscard]] PlanStatus& workingStatus() const
    {
        return m_plan.status == PlanStatus::Paused ? m_plan.statusBeforePause : m_plan.status;
    }

    /// Once every owner of a failed check is done again, verification may follow (product.md, "a failed verification
    /// re-opens").
    void leaveVerificationFailed() const
    {
        const auto isOpen = [this](const VerificationResult& result) {
            const auto owner = result.passed || result.attempt != m_plan.verificationAttempt ? -1 : ownerOf(result.id);
            return owner >= 0 && !isDone(m_plan.steps[owner]);
        };
        auto& status = workingStatus();
        if (status == PlanStatus::VerificationFailed && std::ranges::none_of(m_plan.verificationResults, isOpen)) {
            status = PlanStatus::InProgress;
        }
    }

    void disarm() const
    {
        m_plan.armedBy = {};
        m_plan.armedExecutor.reset();
    }

    template <class Outcome>
    void finish(const Outcome& event, StepProgress progress) const
    {
        auto* record = find(event.step);
        if (!record || record->attempt != event.attempt) {
            return;
        }
        record->progress = progress;
        record->result = event.result;
        record->note = event.note;
        record->evidence = event.evidence;
        record->completedAt = m_at;
        record->completedBy = m_by;
        addHand(*record, m_by);
        m_plan.completedSteps.append(
            StepCompletion{event.step, event.attempt, event.result, m_at, m_by, event.note, event.evidence});
    }

    static void reopen(StepRecord& record, int attempt)
    {
        record.progress = StepProgress::Pending;
        record.attempt = attempt;
        record.startedAt.reset();
        record.completedAt.reset();
        record.startedBy = {};
        record.completedBy = {};
        record.executor = {};
        record.result = {};
        record.evidence = {};
        record.note.clear();
    }

    /// Position of the step that a check belongs to, or -1.
    [[nodiscard]] qsizetype ownerOf(const VerificationId& id) const
    {
        const auto check = std::ranges::find(m_plan.procedure.verification, id, &VerificationStep::id);
        return check == m_plan.procedure.verification.end() ? -1 : m_plan.indexOf(check->ownerStep);
    }

    /// The owner gets a new attempt; what depends on it has to be confirmed again.
    void reopenOwnerOf(const VerificationId& id) const
    {
        const auto owner = ownerOf(id);
        if (owner < 0) {
            return;
        }
        auto affected = m_plan.dependencies().transitiveDependents(std::vector{int(owner)});
        affected.push_back(int(owner));
        for (const int index : affected) {
            if (auto& record = m_plan.steps[index]; isDone(record)) {
                reopen(record, record.attempt + 1);
            }
        }
    }

    void complete() const
    {
        m_plan.status = PlanStatus::Completed;
        m_plan.completedAt = m_at;
        disarm();
    }

    Plan& m_plan;
    Timestamp m_at;
    const OperatorId& m_by;
};

} // namespace

void apply(Plan& plan, const PlanEvent& event, Timestamp at, const OperatorId& by)
{
    std::visit(Applier(plan, at, by), event);
}

} // namespace rc
