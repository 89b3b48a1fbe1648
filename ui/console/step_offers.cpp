// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/step_offers.h"

#include "ui/console/trial.h"

#include <algorithm>

namespace rc::ui {
namespace {

class Offers
{
public:
    Offers(const ShownPlan& shown, qsizetype index, const std::optional<Actor>& actor, Timestamp now)
        : m_plan(shown.plan)
        , m_atWork(refusalToWork(shown))
        , m_index(index)
        , m_step(m_plan.procedure.steps[index])
        , m_record(m_plan.steps[index])
        , m_actor(actor)
        , m_now(now)
    {
    }

    [[nodiscard]] QList<OfferRow> rows()
    {
        switch (m_plan.stateOf(m_index, m_now)) {
        case StepState::AwaitingPerson:
        case StepState::Ready:
            turn();
            break;
        case StepState::AwaitingApproval:
            consent(StepAct::Run);
            break;
        case StepState::Running:
            running();
            break;
        case StepState::Unknown:
            interrupted();
            break;
        case StepState::Failed:
            add(Deed::Retry, "Retry …", "R", whyNot(RetryStep{m_step.id, "again"}));
            break;
        case StepState::Undone:
            add(Deed::Retry, "Do it again …", "R", whyNot(RetryStep{m_step.id, "again"}));
            break;
        default:
            break;
        }
        takeBack();
        if (!m_step.isManual() && m_record.progress == StepProgress::Pending) {
            add(Deed::Preview, "What it would do …", "D", {});
        }
        otherwise();
        return m_rows;
    }

private:
    template <class Command>
    [[nodiscard]] QString whyNot(const Command& command) const
    {
        return refusalOf(m_plan, command, m_actor, m_now);
    }

    /// The same of what begins work.
    template <class Command>
    [[nodiscard]] QString whyNotBegin(const Command& command) const
    {
        const auto reason = whyNot(command);
        return reason.isEmpty() ? m_atWork : reason;
    }

    void add(Deed::Value deed, const QString& text, const QString& letter, const QString& reason, bool danger = false)
    {
        m_rows.append({QString::number(int(deed)), deed, text, letter, reason, danger});
    }

    void turn()
    {
        if (m_step.isManual()) {
            add(Deed::Tick, "It is done …", "Space", whyNot(completionTrial(m_step, m_now)));
        } else {
            add(Deed::RunStep, "Run this step …", "R", whyNotBegin(StartStep{m_step.id, {}, {}}));
        }
    }

    void running()
    {
        if (m_step.isManual()) {
            add(Deed::Tick, "It is done …", "Space", whyNot(completionTrial(m_step, m_now)));
        } else {
            add(Deed::StopStep, m_record.cancel ? QString("Told to stop") : QString("Stop this step …"), "X",
                whyNot(CancelStep{m_step.id, "a reason"}));
        }
    }

    void interrupted()
    {
        const auto reason = refusalToSettle(m_plan, m_index, m_actor, m_now);
        add(Deed::Settle, "Check what became of it", "R", reason.isEmpty() ? m_atWork : reason);
        add(Deed::Judge, "Say what became of it …", "J", reason);
    }

    /// A second person decides; who is signed in need not be allowed anything for that.
    void consent(StepAct act)
    {
        switch (act) {
        case StepAct::Run:
            add(Deed::Approve, "Approve …", "A", {});
            add(Deed::ApproveElsewhere, "Approval from elsewhere …", "E", {});
            break;
        case StepAct::Undo:
            add(Deed::ApproveUndo, "Approve taking it back …", "A", {});
            add(Deed::ApproveUndoElsewhere, "Approval from elsewhere …", "E", {});
            break;
        case StepAct::Skip:
            // Beside the approval of running it, which has the other letters.
            add(Deed::ApproveSkip, "Approve doing without it …", "S", {});
            add(Deed::ApproveSkipElsewhere, "The same from elsewhere …", "", {});
            break;
        }
    }

    void takeBack()
    {
        if (!mayUndo(m_plan, m_index) || m_record.progress == StepProgress::Undone) {
            return;
        }
        if (m_record.progress == StepProgress::Succeeded || m_record.progress == StepProgress::Failed) {
            if (!m_plan.missingApprovals(m_index, m_now, StepAct::Undo).isEmpty()) {
                consent(StepAct::Undo);
            }
            add(Deed::Undo, "Take it back …", "U", whyNotBegin(UndoStep{m_step.id, {}, {}, "a reason"}), true);
        }
    }

    /// Whatever else the model would take.
    void otherwise()
    {
        const bool held = std::ranges::find(m_plan.holds, m_step.id, &Hold::step) != m_plan.holds.end();
        if (held) {
            add(Deed::Release, "Let it go on …", "H", whyNot(ReleaseBranch{m_step.id}));
        } else if (m_plan.isOpen() && !isDone(m_record) && m_record.progress != StepProgress::NotRun &&
                   !m_plan.isHeld(m_index)) {
            add(Deed::Hold, "Put off …", "H", whyNot(HoldBranch{m_step.id, "a reason"}));
        }
        if (maySkip(m_plan, m_index) && !m_plan.missingApprovals(m_index, m_now, StepAct::Skip).isEmpty()) {
            consent(StepAct::Skip);
            return;
        }
        const auto skip = whyNot(SkipStep{m_step.id, "a reason"});
        if (skip.isEmpty() || m_record.progress == StepProgress::Failed) {
            add(Deed::Skip, "Do without it …", "S", skip, true);
        }
    }

    const Plan& m_plan;
    QString m_atWork;
    qsizetype m_index;
    const Step& m_step;
    const StepRecord& m_record;
    const std::optional<Actor>& m_actor;
    Timestamp m_now;
    QList<OfferRow> m_rows;
};

} // namespace

QList<OfferRow> offersFor(const ShownPlan& shown, qsizetype index, const std::optional<Actor>& actor, Timestamp now)
{
    return Offers(shown, index, actor, now).rows();
}

} // namespace rc::ui
