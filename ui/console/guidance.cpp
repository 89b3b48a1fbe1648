// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/guidance.h"

#include "model/plan/plan_decisions.h"
#include "ui/words/words.h"

#include <QDateTime>

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
            return {.deed = Deed::FinishAbort,
                    .text = "Finish the abort",
                    .hint = "What still ran is over or lost.",
                    .reason = whyNot(FinishAbort{})};
        case PlanStatus::Paused:
            return {.deed = Deed::Resume,
                    .text = "Resume the plan",
                    .hint = "It is paused; nothing new starts.",
                    .reason = whyNot(ResumePlan{})};
        case PlanStatus::Soaking:
            return soaking();
        default:
            return working();
        }
    }

private:
    /// The model's own refusal, in its words; empty when the act would be accepted.
    template <class Command>
    [[nodiscard]] QString whyNot(const Command& command) const
    {
        if (!m_actor) {
            return "Sign in first.";
        }
        const auto events = decide(m_plan, command, *m_actor, m_now);
        return events ? QString() : events.error().message;
    }

    [[nodiscard]] std::optional<qsizetype> firstIn(StepState state) const
    {
        for (qsizetype i = 0; i < m_plan.steps.size(); ++i) {
            if (m_plan.stateOf(i, m_now) == state) {
                return i;
            }
        }
        return std::nullopt;
    }
    [[nodiscard]] const Step& step(qsizetype index) const { return m_plan.procedure.steps[index]; }
    [[nodiscard]] QString quoted(qsizetype index) const { return "“" + step(index).name + "”"; }
    [[nodiscard]] QString id(qsizetype index) const { return step(index).id.text(); }

    [[nodiscard]] Guidance soaking() const
    {
        if (m_plan.soakUntil && *m_plan.soakUntil > m_now) {
            const auto until = QDateTime::fromMSecsSinceEpoch(m_plan.soakUntil->time_since_epoch().count());
            return {.hint = "Everything is verified; the checks have to stay green until " +
                            until.toString("HH:mm:ss") + "."};
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
            return {.deed = Deed::Settle,
                    .step = id(*unknown),
                    .text = "Check what became of " + quoted(*unknown),
                    .hint = "It was interrupted. A look at the systems tells whether it took effect.",
                    .reason = whyNot(ArmPlan{})};
        }
        if (const auto running = firstIn(StepState::Running)) {
            return {.step = id(*running), .hint = "Running: " + step(*running).name};
        }
        if (m_plan.verifying) {
            return {.hint = "Verification is running."};
        }
        if (const auto failed = firstIn(StepState::Failed)) {
            return {.deed = Deed::Retry,
                    .step = id(*failed),
                    .text = "Retry " + quoted(*failed),
                    .hint = m_plan.steps[*failed].result.message,
                    .reason = whyNot(RetryStep{step(*failed).id, "again"})};
        }
        for (const auto state : {StepState::AwaitingPerson, StepState::Ready}) {
            const auto index = firstIn(state);
            if (index && step(*index).isManual()) {
                return manual(*index);
            }
        }
        return automated();
    }

    [[nodiscard]] Guidance manual(qsizetype index) const
    {
        const CompleteStep command{step(index).id, {true, {}, {}, {}, m_now}, "done", {}};
        return {.deed = Deed::Tick,
                .step = id(index),
                .text = "Done: " + step(index).name,
                .hint = "By hand, by " + rolesInWords(m_plan.rolesOf(index)) + ".",
                .reason = whyNot(command)};
    }

    [[nodiscard]] Guidance automated() const
    {
        if (const auto awaiting = firstIn(StepState::AwaitingApproval)) {
            QStringList roles;
            for (const auto& requirement : step(*awaiting).approvals) {
                roles.append(rolesInWords({requirement.role}));
            }
            return {.deed = Deed::Approve,
                    .step = id(*awaiting),
                    .text = "Approve " + quoted(*awaiting),
                    .hint = "A second person has to consent: " + roles.join(" and ") + "."};
        }
        if (const auto ready = firstIn(StepState::Ready)) {
            return {.deed = Deed::Run,
                    .step = id(*ready),
                    .text = "Run the plan",
                    .hint = "Next: " + step(*ready).name,
                    .reason = whyNot(ArmPlan{})};
        }
        if (m_plan.allStepsDone()) {
            return {.deed = Deed::Verify,
                    .text = "Verify",
                    .hint = "All steps are done. Every check comes next.",
                    .reason = whyNot(ArmPlan{})};
        }
        const auto current = m_plan.currentStepIndex();
        const auto reasons = m_plan.waitingFor(current, m_now) + m_shown.claims.value(current);
        return {.step = id(current), .hint = "Waiting: " + reasons.join(" ")};
    }

    const ShownPlan& m_shown;
    const Plan& m_plan;
    const std::optional<Actor>& m_actor;
    Timestamp m_now;
};

} // namespace

QString timeToGo(const ShownPlan& shown, Timestamp now)
{
    const auto left = shown.plan.eta(now) - now;
    if (left <= Milliseconds(0)) {
        const bool expected = std::ranges::any_of(
            shown.plan.procedure.steps, [](const Step& step) { return step.expectedDuration > Milliseconds(0); });
        return shown.isRunning && expected ? QString("longer than expected") : QString();
    }
    return QString(shown.isRunning ? QLatin1StringView("about %1 to go") : QLatin1StringView("about %1 of work left"))
        .arg(duration(left));
}

Guidance guidanceFor(const ShownPlan& shown, const std::optional<Actor>& actor, Timestamp now)
{
    return Look(shown, actor, now).guidance();
}

} // namespace rc::ui
