// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/plan_event.h"

#include <algorithm>

namespace rc {
namespace {

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
        m_plan.procedure = event.procedure;
        m_plan.steps.resize(event.procedure.steps.size());
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
        m_plan.status = PlanStatus::Paused;
        disarm();
    }

    void operator()(const PlanResumed&) const { m_plan.status = openStatus(); }

    void operator()(const PlanAborting&) const
    {
        m_plan.status = PlanStatus::Aborting;
        disarm();
    }

    void operator()(const PlanAborted&) const
    {
        m_plan.status = PlanStatus::Aborted;
        m_plan.completedAt = m_at;
        m_plan.verifying.reset();
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
        record->progress = StepProgress::Running;
        record->attempt = event.attempt;
        record->startedAt = m_at;
        record->completedAt.reset();
        record->startedBy = m_by;
        record->completedBy = {};
        record->executor = event.executor;
        record->parameters = event.parameters;
        record->systems = event.systems;
        record->result = {};
        for (auto& approval : record->approvals) {
            approval.used = approval.used || event.approvalNonces.contains(approval.statement.nonce);
        }
    }

    void operator()(const StepSucceeded& event) const
    {
        finish(event.step, event.attempt, StepProgress::Succeeded, event.result, event.note);
        if (auto* record = find(event.step)) {
            record->evidence = event.evidence;
        }
        // The owner of a failed check has run again: verification may follow (product.md, "a failed verification
        // re-opens").
        if (m_plan.status == PlanStatus::VerificationFailed) {
            m_plan.status = PlanStatus::InProgress;
        }
    }

    void operator()(const StepFailed& event) const
    {
        finish(event.step, event.attempt, StepProgress::Failed, event.result, event.note);
    }

    void operator()(const StepSkipped& event) const
    {
        if (auto* record = find(event.step)) {
            record->progress = StepProgress::Skipped;
            record->completedAt = m_at;
            record->completedBy = m_by;
            record->note = event.reason;
        }
    }

    void operator()(const StepRetried& event) const
    {
        if (auto* record = find(event.step)) {
            reopen(*record, event.attempt);
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
        m_plan.verifying.reset();
        m_plan.verifiedAt = m_at;
        m_plan.verificationResults += event.results;
        if (event.soakUntil) {
            m_plan.status = PlanStatus::Soaking;
            m_plan.soakUntil = event.soakUntil;
            return;
        }
        m_plan.status = PlanStatus::VerificationFailed;
        m_plan.soakUntil.reset();
        for (const auto& result : event.results) {
            if (!result.passed) {
                reopenOwnerOf(result.id);
            }
        }
    }

    void operator()(const PlanDeclared&) const { complete(); }
    void operator()(const PlanCompleted&) const { complete(); }
    void operator()(const NoteAdded& event) const { m_plan.notes.append(Note{m_at, m_by, event.text}); }

private:
    [[nodiscard]] StepRecord* find(const StepId& step) const
    {
        const auto index = m_plan.procedure.indexOf(step);
        return index < 0 ? nullptr : &m_plan.steps[index];
    }

    /// The status of an open plan that is neither paused nor aborting.
    [[nodiscard]] PlanStatus openStatus() const
    {
        if (m_plan.soakUntil) {
            return PlanStatus::Soaking;
        }
        const bool failed = m_plan.verifiedAt && !m_plan.allStepsDone() &&
                            std::ranges::any_of(m_plan.verificationResults, [this](const auto& result) {
                                return !result.passed && result.attempt == m_plan.verificationAttempt;
                            });
        return failed ? PlanStatus::VerificationFailed : PlanStatus::InProgress;
    }

    void disarm() const
    {
        m_plan.armedBy = {};
        m_plan.armedExecutor.reset();
    }

    void finish(const StepId& step, int attempt, StepProgress progress, const StepResult& result,
                const QString& note) const
    {
        auto* record = find(step);
        if (!record) {
            return;
        }
        if (!record->startedAt || record->progress == StepProgress::Pending) {
            record->startedAt = m_at;
            record->startedBy = m_by;
        }
        record->progress = progress;
        record->result = result;
        record->note = note;
        record->completedAt = m_at;
        record->completedBy = m_by;
        for (auto& approval : record->approvals) {
            approval.used = approval.used || approval.statement.attempt == attempt;
        }
        m_plan.completedSteps.append(StepCompletion{step, attempt, result, m_at, m_by});
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
        record.note.clear();
    }

    /// The owner gets a new attempt; what depends on it has to be confirmed again.
    void reopenOwnerOf(const VerificationId& id) const
    {
        const auto check = std::ranges::find(m_plan.procedure.verification, id, &VerificationStep::id);
        if (check == m_plan.procedure.verification.end()) {
            return;
        }
        const auto owner = m_plan.procedure.indexOf(check->ownerStep);
        std::vector<DependencyGraph::Edge> edges;
        for (qsizetype i = 0; i < m_plan.steps.size(); ++i) {
            for (const auto& dependency : m_plan.procedure.steps[i].after) {
                edges.push_back({int(i), int(m_plan.procedure.indexOf(dependency))});
            }
        }
        auto affected = DependencyGraph(int(m_plan.steps.size()), edges).transitiveDependents(std::vector{int(owner)});
        affected.push_back(int(owner));
        for (const int index : affected) {
            auto& record = m_plan.steps[index];
            if (record.progress == StepProgress::Succeeded || record.progress == StepProgress::Skipped) {
                reopen(record, record.attempt + 1);
            }
        }
    }

    void complete() const
    {
        m_plan.status = PlanStatus::Completed;
        m_plan.completedAt = m_at;
        m_plan.declaredBy = m_by;
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
