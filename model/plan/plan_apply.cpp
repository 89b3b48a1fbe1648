// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan/consent.h"
#include "model/plan/step_effect.h"

#include <algorithm>

namespace rc {
namespace {

void addHand(StepRecord& record, const OperatorId& by)
{
    if (!record.hands.contains(by)) {
        record.hands.append(by);
    }
}

/// The attempt under which a step that is done or failed comes back. What was found unneeded never began its own.
int attemptAfter(const StepRecord& record)
{
    return record.unneeded ? record.attempt : record.attempt + 1;
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
        m_plan.lead = m_by;
        for (qsizetype i = m_plan.startable().next(0); i < m_plan.steps.size(); i = m_plan.startable().next(i + 1)) {
            m_plan.steps.edit(i).readySince = m_at;
        }
    }

    void operator()(const PlanArmed& event) const
    {
        m_plan.armedBy = m_by;
        m_plan.armedExecutor = event.executor;
        m_plan.setArmedFor(event.steps);
        m_plan.crossing = event.crossing;
    }

    void operator()(const PlanDisarmed&) const { disarm(); }
    void operator()(const PlanPaused& event) const
    {
        if (m_plan.status != PlanStatus::Paused) {
            m_plan.statusBeforePause = m_plan.status;
        }
        m_plan.pause = Pause{m_by, m_at, event.reason};
        m_plan.status = PlanStatus::Paused;
        disarm();
    }

    void operator()(const PlanResumed&) const
    {
        m_plan.status = m_plan.statusBeforePause;
        m_plan.pause.reset();
    }

    void operator()(const PlanAborting& event) const
    {
        m_plan.abortReason = event.reason;
        m_plan.pause.reset();
        m_plan.status = PlanStatus::Aborting;
        m_plan.verifying.reset();
        disarm();
    }

    void operator()(const PlanAborted&) const
    {
        m_plan.status = PlanStatus::Aborted;
        m_plan.completedAt = m_at;
        for (qsizetype i = 0; i < m_plan.steps.size(); ++i) {
            // What still runs here is manual; automated steps have ended before.
            const auto progress = m_plan.steps[i].progress;
            if (progress == StepProgress::Pending || progress == StepProgress::Running) {
                m_plan.setProgress(i, StepProgress::NotRun, m_at);
            }
        }
    }

    void operator()(const StepStarted& event) const
    {
        const auto index = m_plan.indexOf(event.step);
        if (index < 0) {
            return;
        }
        // An attempt that was found without effect may be begun again under its number.
        if (m_plan.steps[index].progress != StepProgress::Pending) {
            reopen(index, event.attempt);
        }
        effect::begin(m_plan.steps.edit(index), m_plan.procedure.steps.at(index), event);
        auto& record = begin(index, event, StepAct::Run);
        record.attempt = event.attempt;
        record.startedAt = m_at;
        record.startedBy = m_by;
        record.parameters = event.parameters;
    }

    void operator()(const StepCaptured& event) const
    {
        if (const auto index = m_plan.indexOf(event.step); index >= 0) {
            effect::keep(m_plan.steps.edit(index), event.capture);
        }
    }

    void operator()(const StepDeviated& event) const
    {
        if (const auto index = m_plan.indexOf(event.step); index >= 0) {
            m_plan.steps.edit(index).deviations.append(event.deviation);
        }
    }

    void operator()(const StepCancelRequested& event) const
    {
        const auto index = m_plan.indexOf(event.step);
        if (index >= 0 && m_plan.steps[index].attempt == event.attempt) {
            m_plan.steps.edit(index).cancel = CancelRequest{m_by, m_at, event.reason};
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
        if (const auto index = m_plan.indexOf(event.step); index >= 0) {
            m_plan.setProgress(index, StepProgress::Skipped, m_at);
            auto& record = m_plan.steps.edit(index);
            record.completedAt = m_at;
            record.completedBy = m_by;
            record.note = event.reason;
            record.skippedWith = event.with;
            record.unneeded = event.unneeded;
            consent::use(record, event.approvalNonces);
            leaveVerificationFailed();
        }
    }

    void operator()(const StepRetried& event) const
    {
        if (const auto index = m_plan.indexOf(event.step); index >= 0) {
            const bool wasUnneeded = m_plan.steps[index].unneeded;
            if (m_plan.steps[index].progress == StepProgress::Unknown) {
                effect::giveUp(m_plan.steps.edit(index), event.withoutEffect);
            }
            reopen(index, event.attempt);
            auto& record = m_plan.steps.edit(index);
            record.notBefore = event.notBefore;
            record.tries = event.notBefore ? record.tries + 1 : 1;
            record.wantedAnyway = record.wantedAnyway || wasUnneeded;
            reopenSkippedWith(event.step);
            // A verification that was begun before says nothing about what this step does next.
            m_plan.verifying.reset();
        }
    }

    void operator()(const StepFoundUnknown& event) const
    {
        const auto index = m_plan.indexOf(event.step);
        if (index >= 0 && m_plan.steps[index].attempt == event.attempt) {
            m_plan.setProgress(index, StepProgress::Unknown, m_at);
            m_plan.steps.edit(index).interrupted = true;
        }
        if (m_plan.armedExecutor && m_plan.armedExecutor->id == event.executor) {
            disarm();
        }
    }

    void operator()(const StepUndoStarted& event) const
    {
        const auto index = m_plan.indexOf(event.step);
        if (index < 0) {
            return;
        }
        const auto before = m_plan.steps[index].progress;
        auto& record = begin(index, event, StepAct::Undo);
        record.beforeUndo = before;
        record.undoReason = event.reason;
        record.undoStartedAt = m_at;
        record.undoFailure.clear();
        // What was verified is not what there will be.
        m_plan.verifying.reset();
        if (workingStatus() == PlanStatus::Soaking) {
            workingStatus() = PlanStatus::InProgress;
        }
        m_plan.soakUntil.reset();
    }

    void operator()(const StepUndone& event) const
    {
        const auto index = m_plan.indexOf(event.step);
        if (index < 0) {
            return;
        }
        m_plan.setProgress(index, StepProgress::Undone, m_at);
        auto& record = m_plan.steps.edit(index);
        record.note = event.reason;
        record.result = event.result;
        effect::takeBack(record, event.result);
        record.skippedWith = {};
        record.unneeded = false;
        record.cancel.reset();
        addHand(record, m_by);
        m_plan.verifying.reset();
        m_plan.soakUntil.reset();
        if (workingStatus() == PlanStatus::Soaking) {
            workingStatus() = PlanStatus::InProgress;
        }
        if (m_plan.isOpen()) {
            reopenDependentsOf(index);
        }
    }

    void operator()(const StepUndoFailed& event) const
    {
        const auto index = m_plan.indexOf(event.step);
        if (index < 0 || m_plan.steps[index].act != StepAct::Undo) {
            return;
        }
        m_plan.setProgress(index, m_plan.steps[index].beforeUndo, m_at);
        auto& record = m_plan.steps.edit(index);
        record.undoFailure = event.result.message;
        for (const auto& left : event.result.leftovers) {
            record.leftovers.append(left);
        }
        record.act = StepAct::Run;
        record.cancel.reset();
        addHand(record, m_by);
        leaveVerificationFailed();
    }

    void operator()(const StepApproved& event) const
    {
        consent::keep(m_plan, approvalStatementFromJson(event.consent.content()), m_at);
    }

    void operator()(const VerificationStarted& event) const
    {
        m_plan.verificationAttempt = event.attempt;
        m_plan.verifying = event.executor;
        m_plan.verificationRuns.append(VerificationRun{event.attempt, m_at, {}, false});
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
        if (!m_plan.verificationRuns.isEmpty()) {
            m_plan.verificationRuns.last().finishedAt = m_at;
            m_plan.verificationRuns.last().passed = event.soakUntil.has_value();
        }
        if (event.soakUntil) {
            workingStatus() = PlanStatus::Soaking;
            return;
        }
        workingStatus() = PlanStatus::VerificationFailed;
        // The owner is to be run again by a person's decision, not by an arming that was given before it failed.
        disarm();
        std::vector<int> owners;
        for (const auto& result : event.results) {
            if (const auto owner = result.passed ? -1 : ownerOf(result.id); owner >= 0) {
                owners.push_back(int(owner));
            }
        }
        reopenOwners(owners);
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

    void operator()(const BranchHeld& event) const
    {
        auto holds = m_plan.holds;
        holds.removeIf([&](const Hold& hold) { return hold.step == event.step; });
        holds.append(Hold{event.step, m_by, m_at, event.reason});
        m_plan.setHolds(holds);
    }

    void operator()(const BranchReleased& event) const
    {
        auto holds = m_plan.holds;
        holds.removeIf([&](const Hold& hold) { return hold.step == event.step; });
        m_plan.setHolds(holds);
    }

    void operator()(const PlanHandedOver& event) const
    {
        m_plan.handover = Handover{event.to, m_by, m_at, event.note, event.sheet};
    }

    void operator()(const PlanLeadTaken&) const
    {
        m_plan.lead = m_by;
        m_plan.handover.reset();
    }

    void operator()(const NoteAdded& event) const { m_plan.notes.append(Note{m_at, m_by, event.text}); }

private:
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
        m_plan.setArmedFor({});
        m_plan.crossing.clear();
    }

    /// What both kinds of intent do to a record.
    template <class Intent>
    [[nodiscard]] StepRecord& begin(qsizetype index, const Intent& event, StepAct act) const
    {
        m_plan.setProgress(index, StepProgress::Running, m_at);
        m_plan.crossing.removeAll(m_plan.procedure.steps.at(index).id);
        auto& record = m_plan.steps.edit(index);
        record.act = act;
        record.executor = event.executor;
        record.systems = event.systems;
        record.cancel.reset();
        addHand(record, m_by);
        consent::use(record, event.approvalNonces);
        consent::endOthers(record, act);
        return record;
    }

    template <class Outcome>
    void finish(const Outcome& event, StepProgress progress) const
    {
        const auto index = m_plan.indexOf(event.step);
        if (index < 0 || m_plan.steps[index].attempt != event.attempt) {
            return;
        }
        m_plan.setProgress(index, progress, m_at);
        auto& record = m_plan.steps.edit(index);
        record.result = event.result;
        record.note = event.note;
        record.evidence = event.evidence;
        record.completedAt = m_at;
        record.completedBy = m_by;
        addHand(record, m_by);
        record.cancel.reset();
        effect::end(record, m_plan.procedure.steps.at(index), event.result);
        m_plan.completedSteps.append(StepCompletion{event.step, event.attempt, event.result, m_at, m_by, event.note,
                                                    event.evidence, record.startedAt, record.readySince,
                                                    record.interrupted});
    }

    void reopen(qsizetype index, int attempt) const
    {
        m_plan.setProgress(index, StepProgress::Pending, m_at);
        auto& record = m_plan.steps.edit(index);
        record.attempt = attempt;
        record.startedAt.reset();
        record.completedAt.reset();
        record.startedBy = {};
        record.completedBy = {};
        record.executor = {};
        record.result = {};
        record.evidence = {};
        record.note.clear();
        record.act = StepAct::Run;
        record.skippedWith = {};
        record.unneeded = false;
        record.interrupted = false;
        record.notBefore.reset();
        record.cancel.reset();
        record.undoFailure.clear();
        reopenUnneededAfter(index);
    }

    /// Whether a step is needed has to be looked at again when one that it depends on is done anew.
    void reopenUnneededAfter(qsizetype index) const
    {
        if (m_plan.conditional().isEmpty()) {
            return;
        }
        for (const int dependent : m_plan.dependencies().transitiveDependents(std::vector{int(index)})) {
            if (const auto& record = m_plan.steps[dependent];
                record.unneeded && record.progress == StepProgress::Skipped) {
                reopen(dependent, record.attempt);
            }
        }
    }

    /// What was skipped with a step comes back with it, where nothing behind it has gone on meanwhile.
    void reopenSkippedWith(const StepId& step) const
    {
        for (const int dependent : m_plan.dependencies().transitiveDependents(std::vector{int(m_plan.indexOf(step))})) {
            const auto& record = m_plan.steps[dependent];
            const bool wentOn = std::ranges::any_of(m_plan.dependencies().dependentsOf(dependent), [this](int after) {
                const auto progress = m_plan.steps[after].progress;
                return progress != StepProgress::Pending && progress != StepProgress::Skipped;
            });
            if (record.progress == StepProgress::Skipped && record.skippedWith == step && !wentOn) {
                reopen(dependent, record.attempt);
            }
        }
    }

    /// What rests on a step that was undone has to be done again.
    void reopenDependentsOf(qsizetype index) const
    {
        for (const int dependent : m_plan.dependencies().transitiveDependents(std::vector{int(index)})) {
            if (const auto& record = m_plan.steps[dependent];
                isDone(record) || record.progress == StepProgress::Failed) {
                reopen(dependent, attemptAfter(record));
            }
        }
    }

    /// Position of the step that a check belongs to, or -1.
    [[nodiscard]] qsizetype ownerOf(const VerificationId& id) const
    {
        const auto check = std::ranges::find(std::as_const(m_plan.procedure.verification), id, &VerificationStep::id);
        return check == m_plan.procedure.verification.end() ? -1 : m_plan.indexOf(check->ownerStep);
    }

    /// The owners of failed checks get a new attempt; what depends on them has to be confirmed again.
    void reopenOwners(const std::vector<int>& owners) const
    {
        for (const int owner : owners) {
            // Its check says that the owner is needed, whatever its conditions say.
            m_plan.steps.edit(owner).wantedAnyway = true;
        }
        auto affected = m_plan.dependencies().transitiveDependents(owners);
        affected.insert(affected.end(), owners.begin(), owners.end());
        for (const int index : affected) {
            if (const auto& record = m_plan.steps[index]; isDone(record)) {
                reopen(index, attemptAfter(record));
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
    consent::end(plan, at);
    std::visit(Applier(plan, at, by), event);
}

} // namespace rc
