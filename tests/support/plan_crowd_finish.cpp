// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/plan_crowd.h"

namespace rc::test {

QString PlanCrowd::finish()
{
    for (int i = 0; i < 40 * 12 && m_run.plan.isOpen() && m_broken.isEmpty(); ++i) {
        if (!helpAlong()) {
            return QString("the plan is stuck: %1").arg(m_lastRefusal);
        }
    }
    return m_run.plan.isOpen() && m_broken.isEmpty() ? QString("the plan does not end") : m_broken;
}

bool PlanCrowd::helpAlong()
{
    const auto lead = newcomer();
    switch (m_run.plan.status) {
    case PlanStatus::Paused:
        return does(lead, ResumePlan{});
    case PlanStatus::Aborting:
        return endWhatRuns(lead) || does(lead, FinishAbort{});
    case PlanStatus::Soaking:
        m_run.wait(m_run.plan.procedure.soak);
        return verifyWell(lead) && (!m_run.plan.isOpen() || does(lead, declaration(lead)));
    default:
        break;
    }
    if (!m_run.plan.holds.isEmpty()) {
        return does(lead, ReleaseBranch{m_run.plan.holds.first().step});
    }
    for (qsizetype i = 0; i < m_run.plan.steps.size(); ++i) {
        if (const auto earliest = m_run.plan.steps[i].notBefore; earliest && m_run.now < *earliest) {
            m_run.wait(*earliest - m_run.now);
        }
        const auto state = m_run.plan.stateOf(i, m_run.now);
        if (state != StepState::Succeeded && state != StepState::Skipped && state != StepState::Waiting) {
            return helpStep(i, state, lead);
        }
    }
    return m_run.plan.allStepsDone() ? verifyWell(lead) : skipWhatCannotGetItsInput(lead);
}

bool PlanCrowd::endWhatRuns(const Actor& lead)
{
    for (qsizetype i = 0; i < m_run.plan.steps.size(); ++i) {
        if (m_run.plan.stateOf(i, m_run.now) == StepState::Running) {
            return endRunning(i, bad("cancelled"), lead);
        }
    }
    return false;
}

bool PlanCrowd::endRunning(qsizetype index, const StepResult& result, const Actor& lead)
{
    const QString step = m_run.plan.procedure.steps[index].id.text();
    const auto attempt = m_run.attempts(step);
    return m_run.plan.steps[index].act == StepAct::Undo ? does(lead, undone(step, result, attempt))
                                                        : does(lead, outcome(step, result, attempt));
}

bool PlanCrowd::helpStep(qsizetype index, StepState state, const Actor& lead)
{
    const QString step = m_run.plan.procedure.steps[index].id.text();
    const auto result = good({{"figure", 1}, {"kind", "lag"}, {"parts", QJsonArray{"part-1"}}});
    switch (state) {
    case StepState::AwaitingApproval:
        // Whoever armed it cannot consent too: disarmed, it may have all it needs.
        return does(m_people.first(), DisarmPlan{"a second person looks"}) &&
               (m_run.plan.stateOf(index, m_run.now) == StepState::Ready || approve(lead, step, lead));
    case StepState::Ready:
        return does(lead, start(step));
    case StepState::Running:
        return endRunning(index, result, lead);
    case StepState::AwaitingPerson:
    case StepState::Unknown:
        return does(lead, done(step, result));
    case StepState::Failed:
    case StepState::Undone:
        return does(lead, retry(step));
    default:
        return false;
    }
}

bool PlanCrowd::consentToSkip(const QString& step)
{
    const auto& plan = m_run.plan;
    QList<StepId> all{StepId(step)};
    all += skippedWith(plan, StepId(step)) + unneededWith(plan, StepId(step));
    for (const auto& one : all) {
        // As many different people as the procedure wants, none of whom has armed the plan or run anything.
        while (!plan.missingApprovals(plan.indexOf(one), m_run.now, StepAct::Skip).isEmpty()) {
            if (!approveAct(newcomer(), one.text(), StepAct::Skip)) {
                return false;
            }
        }
    }
    return true;
}

bool PlanCrowd::skipWhatCannotGetItsInput(const Actor& lead)
{
    for (qsizetype i = 0; i < m_run.plan.steps.size(); ++i) {
        if (!m_ledger.isDone(i) && m_run.plan.dependenciesMet(i)) {
            const QString step = m_run.plan.procedure.steps[i].id.text();
            return consentToSkip(step) && does(lead, skip(step));
        }
    }
    return false;
}

bool PlanCrowd::verifyWell(const Actor& lead)
{
    QList<VerificationResult> answers;
    for (const auto& check : m_run.plan.procedure.verification) {
        answers.append(answer(check.id.text(), true));
    }
    return does(lead, StartVerification{desk, false}) && does(lead, FinishVerification{desk.id, answers});
}

} // namespace rc::test
