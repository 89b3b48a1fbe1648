// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/guidance.h"

#include "model/plan/plan_decisions.h"
#include "model/plan/refusals.h"
#include "ui/console/sight.h"
#include "ui/console/step_row.h"
#include "ui/console/trial.h"
#include "ui/words/words.h"

#include <algorithm>

namespace rc::ui {
namespace {

/// One look at a plan by one person.
class Look
{
public:
    Look(const ShownPlan& shown, const std::optional<Actor>& actor, Timestamp now)
        : m_shown(shown)
        , m_plan(shown.plan)
        , m_actor(actor)
        , m_now(now)
    {
    }

    [[nodiscard]] Guidance guidance() const
    {
        switch (m_plan.status) {
        case PlanStatus::Completed:
            return {.hint = "The plan is completed."};
        case PlanStatus::Aborted:
            return {.hint = "The plan was aborted."};
        case PlanStatus::Aborting:
            if (const auto* running = refusals::runningStep(m_plan)) {
                return {.step = running->id.text(), .hint = "Waiting for “" + running->name + "” to end."};
            }
            return {.deed = Deed::FinishAbort,
                    .text = "Finish the abort",
                    .hint = "What still ran is over or lost.",
                    .reason = whyNot(FinishAbort{})};
        case PlanStatus::Paused:
            return {.deed = Deed::Resume,
                    .text = "Resume the plan",
                    .hint = m_plan.pause ? QString("It is paused by %1: %2. Nothing new starts.")
                                               .arg(m_plan.pause->by.text(), m_plan.pause->reason)
                                         : QString("It is paused; nothing new starts."),
                    .reason = whyNot(ResumePlan{})};
        case PlanStatus::Soaking:
            return soaking();
        case PlanStatus::VerificationFailed: {
            auto again = working();
            again.hint = (failedChecks() + " " + again.hint).trimmed();
            return again;
        }
        default:
            return working();
        }
    }

private:
    /// The model's own refusal, in its words; empty when the act would be accepted.
    template <class Command>
    [[nodiscard]] QString whyNot(const Command& command) const
    {
        return refusalOf(m_plan, command, m_actor, m_now);
    }

    [[nodiscard]] std::optional<qsizetype> firstIn(StepState state) const { return ui::firstIn(m_plan, state, m_now); }
    [[nodiscard]] const Step& step(qsizetype index) const { return m_plan.procedure.steps[index]; }
    [[nodiscard]] QString quoted(qsizetype index) const { return "“" + step(index).name + "”"; }
    [[nodiscard]] QString id(qsizetype index) const { return step(index).id.text(); }

    /// Of the last verification.
    [[nodiscard]] QString failedChecks() const
    {
        QStringList names;
        for (const auto& result : m_plan.verificationResults) {
            if (result.attempt == m_plan.verificationAttempt && !result.passed) {
                names.append("“" + result.name + "”");
            }
        }
        return names.isEmpty() ? QString() : "Not passed: " + names.join(", ") + ".";
    }

    [[nodiscard]] Guidance soaking() const
    {
        if (m_plan.verifying || isAtWork(m_shown)) {
            return {.hint = "Verification is running."};
        }
        if (m_plan.isVerifiedAhead(m_now)) {
            return {.deed = Deed::Verify,
                    .text = "Verify again",
                    .hint = "The clock was set back after the checks were green; the soak time begins anew.",
                    .reason = whyNot(StartVerification{})};
        }
        if (m_plan.soakUntil && *m_plan.soakUntil > m_now) {
            return {.hint = "Everything is verified; the checks have to stay green until " +
                            localTime(*m_plan.soakUntil, localDay(m_now), "HH:mm:ss") + "."};
        }
        QString reason("Sign in first.");
        if (m_actor) {
            const auto may = mayDeclare(m_plan, *m_actor, m_now);
            reason = may ? QString() : may.error().message;
        }
        return {.deed = Deed::Declare,
                .text = "Declare the end",
                .hint =
                    "Signed by " + rolesInWords(m_plan.procedure.declaredBy) + ", after one more look at all checks.",
                .reason = reason};
    }

    [[nodiscard]] Guidance working() const
    {
        if (const auto unknown = firstIn(StepState::Unknown)) {
            return interrupted(*unknown);
        }
        if (const auto failed = firstIn(StepState::Failed)) {
            const bool maySkip = whyNot(SkipStep{step(*failed).id, "a reason"}).isEmpty();
            return {.deed = Deed::Retry,
                    .step = id(*failed),
                    .text = "Retry " + quoted(*failed),
                    .hint = m_plan.steps[*failed].result.message,
                    .reason = whyNot(RetryStep{step(*failed).id, "again"}),
                    .otherText = maySkip ? QString("Do without it …") : QString()};
        }
        // What this person can do comes before what they can only look at.
        const auto byHand = manual();
        if (byHand && byHand->reason.isEmpty()) {
            return *byHand;
        }
        if (const auto busy = atWork()) {
            // Where nothing is under way the work may wait for somebody else's hands.
            const bool nothingRuns = !m_plan.verifying && !firstIn(StepState::Running) && busy->deed == Deed::Nothing;
            return nothingRuns && byHand ? *byHand : *busy;
        }
        const auto machines = automated();
        return byHand && (machines.deed == Deed::Nothing || !machines.reason.isEmpty()) ? *byHand : machines;
    }

    /// What goes on by itself, and the consent that another branch wants meanwhile; nothing while nobody works on the
    /// plan. What would start work is not asked for: it is under way already.
    [[nodiscard]] std::optional<Guidance> atWork() const
    {
        const auto running = firstIn(StepState::Running);
        if (!running && !m_plan.verifying && !isAtWork(m_shown)) {
            return std::nullopt;
        }
        if (const auto awaiting = firstIn(StepState::AwaitingApproval)) {
            return consent(*awaiting);
        }
        if (running) {
            return Guidance{.step = id(*running), .hint = "Running: " + step(*running).name};
        }
        if (m_plan.verifying || m_plan.allStepsDone()) {
            return Guidance{.hint = "Verification is running."};
        }
        const auto waiting = this->waiting();
        return waiting.hint.isEmpty() ? Guidance{.hint = "The plan is at work; what is ready starts by itself."}
                                      : waiting;
    }

    [[nodiscard]] Guidance interrupted(qsizetype index) const
    {
        const auto reason = refusalToSettle(m_plan, index, m_actor, m_now);
        return {.deed = Deed::Settle,
                .step = id(index),
                .text = "Check what became of " + quoted(index),
                .hint = "It was interrupted. A look at the systems tells whether it took effect.",
                .reason = reason.isEmpty() ? refusalToWork(m_shown) : reason,
                .otherText = reason.isEmpty() ? QString("Say what became of it …") : QString()};
    }

    /// The first step by hand whose turn it is, rather one that this person may do.
    [[nodiscard]] std::optional<Guidance> manual() const
    {
        std::optional<Guidance> first;
        for (qsizetype i = 0; i < m_plan.steps.size(); ++i) {
            const auto state = m_plan.stateOf(i, m_now);
            if (!step(i).isManual() || (state != StepState::AwaitingPerson && state != StepState::Ready)) {
                continue;
            }
            auto one = tick(i);
            if (one.reason.isEmpty()) {
                return one;
            }
            first = first ? first : one;
        }
        return first;
    }

    [[nodiscard]] Guidance tick(qsizetype index) const
    {
        return {.deed = Deed::Tick,
                .step = id(index),
                .text = "Done: " + step(index).name,
                .hint = "By hand, by " + rolesInWords(m_plan.rolesOf(index)) + ".",
                .reason = whyNot(completionTrial(step(index), m_now))};
    }

    [[nodiscard]] Guidance automated() const
    {
        const auto runnable = m_actor ? runnableSteps(m_plan, *m_actor, m_now) : QList<StepId>();
        if (!runnable.isEmpty()) {
            return {.deed = Deed::Run,
                    .step = runnable.first().text(),
                    .text = "Run the plan",
                    .hint = "Next: " + step(m_plan.indexOf(runnable.first())).name,
                    .reason = whyNot(ArmPlan{})};
        }
        const auto ready = firstIn(StepState::Ready);
        if (ready && mayStart(*ready)) {
            return oneStep(*ready);
        }
        if (const auto awaiting = firstIn(StepState::AwaitingApproval)) {
            return consent(*awaiting);
        }
        if (ready) {
            return oneStep(*ready);
        }
        if (m_plan.allStepsDone()) {
            return {.deed = Deed::Verify,
                    .text = "Verify",
                    .hint = "All steps are done. Every check comes next.",
                    .reason = whyNot(ArmPlan{})};
        }
        if (const auto undone = firstIn(StepState::Undone)) {
            return {.deed = Deed::Retry,
                    .step = id(*undone),
                    .text = "Run " + quoted(*undone) + " again",
                    .hint = "It was taken back, and what comes after it waits.",
                    .reason = whyNot(RetryStep{step(*undone).id, "again"})};
        }
        return waiting();
    }

    /// What the first step that is not done waits for; no hint where it need not wait.
    [[nodiscard]] Guidance waiting() const
    {
        const auto current = m_plan.currentStepIndex();
        const auto reasons = m_plan.waitingFor(current, m_now) + m_shown.claims.value(current);
        return {.step = id(current), .hint = reasons.isEmpty() ? QString() : "Waiting: " + reasons.join(" ")};
    }

    [[nodiscard]] Guidance consent(qsizetype index) const
    {
        return {.deed = Deed::Approve,
                .step = id(index),
                .text = "Approve " + quoted(index),
                .hint = waitingText(m_plan.waitingFor(index, m_now))};
    }

    [[nodiscard]] bool mayStart(qsizetype index) const { return whyNot(StartStep{step(index).id, {}, {}}).isEmpty(); }

    [[nodiscard]] QString consents(qsizetype index) const
    {
        QStringList people;
        for (const auto& approval : m_plan.validApprovals(index, m_now)) {
            people.append(approval.statement.approver.text());
        }
        return people.isEmpty() ? QString() : "Approved by " + people.join(" and ") + ". ";
    }

    /// A ready automated step that an armed plan leaves alone: it wants another person, or a word of its own.
    [[nodiscard]] Guidance oneStep(qsizetype index) const
    {
        const auto reason = whyNot(StartStep{step(index).id, {}, {}});
        if (!reason.isEmpty()) {
            return {.deed = Deed::Run,
                    .step = id(index),
                    .text = "Run the plan",
                    .hint = "Next: " + step(index).name,
                    .reason = reason};
        }
        return {.deed = Deed::RunStep,
                .step = id(index),
                .text = "Run " + quoted(index) + " …",
                .hint = consents(index) + "It cannot be taken back, and runs only when somebody says so."};
    }

    const ShownPlan& m_shown;
    const Plan& m_plan;
    const std::optional<Actor>& m_actor;
    Timestamp m_now;
};

} // namespace

StepAct actOf(Deed::Value deed)
{
    switch (deed) {
    case Deed::ApproveUndo:
    case Deed::ApproveUndoElsewhere:
        return StepAct::Undo;
    case Deed::ApproveSkip:
    case Deed::ApproveSkipElsewhere:
        return StepAct::Skip;
    default:
        return StepAct::Run;
    }
}

QString timeToGo(const ShownPlan& shown, Timestamp now)
{
    if (shown.plan.status == PlanStatus::Soaking || shown.plan.status == PlanStatus::Aborting) {
        return {};
    }
    const auto schedule = shown.schedule(now);
    const auto left = schedule.eta.value_or(now) - now;
    if (left <= Milliseconds(0)) {
        return {}; // nobody said how long it takes
    }
    // What runs longer than expected moves the end away; that it does is not hidden behind the new end.
    const auto isOverdue = [now](const ScheduledStep& step) {
        return step.slack && step.estimate > Milliseconds(0) && step.start && now - *step.start > step.estimate;
    };
    const bool overdue = std::ranges::any_of(schedule.steps, isOverdue);
    return (overdue ? QString("overdue, ") : QString()) +
           QString(shown.isRunning ? QLatin1StringView("about %1 to go") : QLatin1StringView("about %1 of work left"))
               .arg(duration(left));
}

Guidance guidanceFor(const ShownPlan& shown, const std::optional<Actor>& actor, Timestamp now)
{
    return Look(shown, actor, now).guidance();
}

} // namespace rc::ui
