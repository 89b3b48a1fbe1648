// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/plan_crowd.h"

namespace rc::test {

namespace {

constexpr int ActsPerPlan = 60;

} // namespace

QString PlanCrowd::work()
{
    for (int i = 0; i < ActsPerPlan && m_broken.isEmpty(); ++i) {
        if (m_chance.oneIn(4)) {
            m_run.wait(std::chrono::minutes(m_chance.below(12)));
        }
        actAtRandom();
    }
    return m_broken;
}

QString PlanCrowd::compare(const Plan& before) const
{
    static const QHash<StepProgress, PlanLedger::Progress> same{
        {StepProgress::Pending, PlanLedger::Progress::Open},
        {StepProgress::NotRun, PlanLedger::Progress::Open},
        {StepProgress::Running, PlanLedger::Progress::Running},
        {StepProgress::Succeeded, PlanLedger::Progress::Succeeded},
        {StepProgress::Skipped, PlanLedger::Progress::Skipped},
        {StepProgress::Failed, PlanLedger::Progress::Failed},
        {StepProgress::Unknown, PlanLedger::Progress::Unknown},
        {StepProgress::Undone, PlanLedger::Progress::Undone}};
    const auto& plan = m_run.plan;
    if (m_folded != plan) {
        return "the rows do not add up to the plan";
    }
    if (idOf(plan.status) != m_ledger.status()) {
        return QString("the plan is %1, the ledger says %2").arg(idOf(plan.status), m_ledger.status());
    }
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        const auto& line = m_ledger.line(i);
        const bool taken = plan.steps[i].progress == StepProgress::NotRun; // an abort leaves a taken manual step
        if ((!taken && same[plan.steps[i].progress] != line.progress) || plan.steps[i].attempt != line.attempt) {
            return QString("step %1 is not as the ledger has it").arg(plan.procedure.steps[i].id.text());
        }
        if (plan.steps[i].attempt < before.steps[i].attempt) {
            return "attempts only grow";
        }
    }
    if (plan.armedBy.text() != m_ledger.armedBy()) {
        return "the plan is armed, or is not, and the ledger has it otherwise";
    }
    for (const auto& broken : {effectsAreNotLost(), nobodyIsLeftUnneeded(), waitingSaysWhy()}) {
        if (!broken.isEmpty()) {
            return broken;
        }
    }
    return {};
}

QString PlanCrowd::nobodyIsLeftUnneeded() const
{
    for (qsizetype i = 0; i < m_run.plan.steps.size() && m_run.plan.isOpen() && !m_owesSkips; ++i) {
        if (m_ledger.line(i).progress == PlanLedger::Progress::Open && m_ledger.isUnneeded(i)) {
            return QString("step %1 is not needed, and the plan waits for it")
                .arg(m_run.plan.procedure.steps[i].id.text());
        }
    }
    return {};
}

QString PlanCrowd::effectsAreNotLost() const
{
    const auto& plan = m_run.plan;
    QSet<StepId> left;
    for (const auto& entry : leftoversOf(plan)) {
        left.insert(entry.step);
    }
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        const auto& id = plan.procedure.steps[i].id;
        if (m_ledger.isUnderWay(i)) {
            continue;
        }
        if (mayUndo(plan, i) && (m_ledger.standing(i) != "undoable" || m_ledger.isPastItsReturn(i))) {
            return QString("step %1 could be undone, and is final").arg(id.text());
        }
        if (m_ledger.standing(i) != "no_effect" && !left.contains(id)) {
            return QString("what step %1 has done stands, and is not left over").arg(id.text());
        }
        const bool isAskedFor = m_ledger.line(i).leftInHand;
        if (isAskedFor && !left.contains(id)) {
            return QString("somebody was at step %1 when the plan ended, and it is not left over").arg(id.text());
        }
        if (m_ledger.standing(i) == "no_effect" && left.contains(id) && plan.steps[i].leftovers.isEmpty() &&
            !isAskedFor) {
            return QString("step %1 has done nothing, and is left over").arg(id.text());
        }
    }
    return {};
}

QString PlanCrowd::waitingSaysWhy() const
{
    const auto& plan = m_run.plan;
    qsizetype first = 0;
    while (first < plan.steps.size() && m_ledger.isDone(first)) {
        ++first;
    }
    if (plan.currentStepIndex() != first) {
        return "the current step is the first that is neither succeeded nor skipped";
    }
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        const auto state = plan.stateOf(i, m_run.now);
        const bool waits =
            state == StepState::Waiting || state == StepState::AwaitingApproval || state == StepState::AwaitingPerson;
        if (waits && plan.isOpen() && plan.waitingFor(i, m_run.now).isEmpty()) {
            return "every waiting step says why";
        }
    }
    return {};
}

void PlanCrowd::actAtRandom()
{
    const auto step = anyStep();
    const auto person = anybody();
    switch (m_chance.below(24)) {
    case 0:
        m_owesSkips =
            !does(person, ArmPlan{desk, m_chance.oneIn(2), m_chance.oneIn(3) ? QList{StepId(step)} : QList<StepId>(),
                                  m_chance.oneIn(2) ? QString("mine now") : QString(),
                                  m_chance.oneIn(2) ? crossable(m_run.plan, person, m_run.now) : QList<StepId>()}) &&
            m_owesSkips;
        break;
    case 11:
        m_chance.oneIn(3) ? does(person, HoldBranch{StepId(step), "not yet"})
                          : does(person, ReleaseBranch{StepId(step)});
        break;
    case 12:
        undoSomething(person);
        break;
    case 13:
        endAnUndo(person);
        break;
    case 14:
        does(person, keep(step, m_run.attempts(step), Capture::Kind(m_chance.below(3))));
        break;
    case 15:
        m_chance.oneIn(2) ? does(person, CancelStep{StepId(step), "stop"}) : lead(person);
        break;
    case 1:
        m_chance.oneIn(3) ? does(person, PausePlan{"wait"}) : does(person, DisarmPlan{"stop"});
        break;
    case 2:
        does(person, ResumePlan{});
        break;
    case 3:
        m_chance.oneIn(20) ? does(person, AbortPlan{"enough"}) : does(person, FinishAbort{});
        break;
    case 4:
        if (!does(person, skip(step))) {
            approveAct(anybody(), step, StepAct::Skip);
            does(person, skip(step));
        }
        break;
    case 5:
    case 6:
        does(person, retry(step));
        break;
    case 7:
        does(person, MarkUnknown{StepId(step), desk.id});
        break;
    case 8:
        does(person, ResolveUnknown{StepId(step), EffectState(m_chance.below(3)), anyResult()});
        break;
    case 9:
        does(person, AddNote{"seen"});
        break;
    case 10:
        does(person, CancelVerification{desk.id});
        break;
    default:
        actOnSteps(step, person);
        break;
    }
}

void PlanCrowd::actOnSteps(const QString& step, const Actor& person)
{
    switch (m_chance.below(9)) {
    case 0:
    case 1:
        if (does(person, start(step)) && m_chance.oneIn(2)) {
            does(person, keep(step, m_run.attempts(step)));
        }
        break;
    case 2:
    case 3:
        does(person, done(step, anyResult()));
        break;
    case 4:
        endARun(step, person);
        break;
    case 5:
        approve(person, step, m_chance.oneIn(9) ? anybody() : person);
        break;
    case 6:
        startSomethingRunnable(person);
        break;
    case 7:
        verify(person);
        break;
    default:
        does(person, DeclarePlan{signedBy(person, declarationStatement(m_run.plan, person.id, m_run.now))});
        break;
    }
}

void PlanCrowd::endARun(const QString& step, const Actor& person)
{
    auto command = outcome(step, anyResult(), m_run.attempts(step) - (m_chance.oneIn(9) ? 1 : 0));
    command.signedIn = !m_chance.oneIn(6);
    const auto first = m_run.rows.size();
    // Compared as soon as it is done.
    const bool owed = std::exchange(m_owesSkips, m_owesSkips || !command.signedIn);
    const bool taken = does(person, command);
    m_owesSkips = taken ? !command.signedIn : owed;
    if (taken && !command.signedIn && m_run.rows.size() != first + 1) {
        m_broken = "a locked session writes the outcome, and nothing else";
    }
}

void PlanCrowd::startWhatIsArmed()
{
    const auto executor = std::ranges::find(m_people, m_run.plan.armedBy, &Actor::id);
    if (executor == m_people.end()) {
        return;
    }
    for (const auto& id : runnableSteps(m_run.plan, *executor, m_run.now)) {
        m_armedStarts += 1;
        if (!does(*executor, start(id.text()), PlanLedger::Source::Arming)) {
            m_broken = "what an armed plan would start, it may start";
            return;
        }
    }
}

void PlanCrowd::startSomethingRunnable(const Actor& person)
{
    if (m_run.plan.isArmed()) {
        startWhatIsArmed();
        return;
    }
    for (const auto& id : runnableSteps(m_run.plan, person, m_run.now)) {
        if (!does(person, start(id.text()))) {
            m_broken = "what an armed plan would start, it may start";
        } else if (m_chance.oneIn(2)) {
            does(person, keep(id.text(), m_run.attempts(id.text())));
        }
        return;
    }
}

void PlanCrowd::verify(const Actor& person)
{
    if (m_run.plan.verifying || does(person, StartVerification{desk, m_chance.oneIn(2)})) {
        QList<VerificationResult> answers;
        for (const auto& check : m_run.plan.procedure.verification) {
            if (!m_chance.oneIn(9)) {
                answers.append(answer(check.id.text(), !m_chance.oneIn(4)));
            }
        }
        if (!m_chance.oneIn(4)) { // else it goes on while people act
            does(person, FinishVerification{desk.id, answers});
        }
    }
}

bool PlanCrowd::approveAct(const Actor& signer, const QString& step, StepAct act)
{
    const auto statement = m_run.statementOf(signer, step, act);
    return statement && does(signer, ApproveStep{signedBy(signer, toJson(*statement))});
}

void PlanCrowd::undoSomething(const Actor& person)
{
    QString step = anyStep();
    for (qsizetype i = 0; i < m_run.plan.steps.size(); ++i) {
        if (mayUndo(m_run.plan, i) && m_chance.oneIn(2)) {
            step = m_run.plan.procedure.steps[i].id.text();
        }
    }
    if (!does(person, undo(step))) {
        approveAct(person, step, StepAct::Undo);
    }
}

void PlanCrowd::endAnUndo(const Actor& person)
{
    for (qsizetype i = 0; i < m_run.plan.steps.size(); ++i) {
        const auto& record = m_run.plan.steps[i];
        if (record.progress == StepProgress::Running && record.act == StepAct::Undo) {
            const QString step = m_run.plan.procedure.steps[i].id.text();
            does(person, undone(step, m_chance.oneIn(3) ? bad() : good(), record.attempt));
            return;
        }
    }
}

bool PlanCrowd::lead(const Actor& person)
{
    return m_chance.oneIn(2) ? does(person, HandOver{anybody().id, "over to you", "sheet"})
                             : does(person, TakeLead{"I can"});
}

bool PlanCrowd::approve(const Actor& signer, const QString& step, const Actor& giver)
{
    const auto statement = m_run.statementOf(signer, step);
    m_lastRefusal = statement ? m_lastRefusal : statement.error().message;
    return statement && does(giver, ApproveStep{signedBy(signer, toJson(*statement))});
}

} // namespace rc::test
