// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/plan_chance.h"
#include "tests/support/plan_ledger.h"
#include "tests/support/plan_run.h"

namespace rc::test {

/// People who do anything to a random plan, sensible or not. After every act that is let through, the ledger has a
/// second opinion and the rows are folded.
class PlanCrowd
{
public:
    explicit PlanCrowd(quint64 seed)
        : m_chance(seed)
        , m_people(m_chance.people())
        , m_run(startOf(m_chance.procedure()), m_people.first())
        , m_ledger(m_run.plan.procedure, m_people.first().id)
        , m_folded(m_run.folded())
        , m_rowsSeen(m_run.rows.size())
    {
    }

    /// The first broken rule, or nothing.
    QString work();
    /// Whatever has happened, a full team can bring the plan to its end.
    QString finish();
    [[nodiscard]] int accepted() const { return int(m_rowsSeen); }
    [[nodiscard]] const Plan& plan() const { return m_run.plan; }
    [[nodiscard]] const QList<PlanRun::Row>& rows() const { return m_run.rows; }

private:
    template <class Command>
    bool does(const Actor& actor, const Command& command)
    {
        const Plan before = m_run.plan;
        const auto events = decide(m_run.plan, command, actor, m_run.now);
        if (!events) {
            m_lastRefusal = events.error().message;
            m_broken = m_lastRefusal.isEmpty() ? "a refusal says why" : m_broken;
            return false;
        }
        m_run.take(events, actor);
        const auto source = std::is_same_v<Command, ResolveUnknown>  ? PlanLedger::Source::Probe
                            : std::is_same_v<Command, RecordOutcome> ? PlanLedger::Source::Executor
                                                                     : PlanLedger::Source::Person;
        for (; m_rowsSeen < m_run.rows.size() && m_broken.isEmpty(); ++m_rowsSeen) {
            const auto& row = m_run.rows[m_rowsSeen];
            const auto body = QJsonDocument::fromJson(row.body).object();
            m_broken = m_ledger.take(row.kind, body, actor, row.at, source);
            apply(m_folded, *planEventFrom(row.kind, body), row.at, row.by);
        }
        if (m_broken.isEmpty()) {
            m_broken = compare(before);
        }
        return true;
    }

    /// The plan as its rules see it, as its rows add up, and as the ledger has it are the same.
    QString compare(const Plan& before) const;
    QString effectsAreNotLost() const;
    QString waitingSaysWhy() const;
    QString anyStep() { return m_chance.oneOf(m_run.plan.procedure.steps).id.text(); }
    Actor anybody() { return m_chance.oneOf(m_people); }
    StepResult anyResult()
    {
        auto broken = bad();
        broken.reverted = m_chance.oneIn(4);
        return m_chance.oneIn(4) ? broken : m_chance.oneIn(8) ? good() : good({{"figure", m_chance.below(100)}});
    }

    void actAtRandom();
    void actOnSteps(const QString& step, const Actor& person);
    void startSomethingRunnable(const Actor& person);
    void verify(const Actor& person);
    bool approve(const Actor& signer, const QString& step, const Actor& giver);
    bool approveAct(const Actor& signer, const QString& step, StepAct act);
    bool consentToSkip(const QString& step);
    void undoSomething(const Actor& person);
    void endARun(const QString& step, const Actor& person);
    void endAnUndo(const Actor& person);
    bool lead(const Actor& person);
    Actor newcomer()
    {
        return {OperatorId(QString("n%1").arg(++m_newcomers)),
                {Role::IncidentCommander, Role::ProtocolLead, Role::NodeOperator}};
    }

    bool helpAlong();
    bool endWhatRuns(const Actor& lead);
    bool endRunning(qsizetype index, const StepResult& result, const Actor& lead);
    bool helpStep(qsizetype index, StepState state, const Actor& lead);
    bool skipWhatCannotGetItsInput(const Actor& lead);
    bool verifyWell(const Actor& lead);
    DeclarePlan declaration(const Actor& person) const
    {
        return {signedBy(person, declarationStatement(m_run.plan, person.id, m_run.now))};
    }

    PlanChance m_chance;
    QList<Actor> m_people;
    PlanRun m_run;
    PlanLedger m_ledger;
    Plan m_folded;
    qsizetype m_rowsSeen;
    QString m_broken;
    QString m_lastRefusal;
    int m_newcomers = 0;
};

} // namespace rc::test
