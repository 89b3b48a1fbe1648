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
        , m_run(startIn(m_chance), m_people.first())
        , m_ledger(m_run.plan.procedure, m_people.first().id, knownIn(m_run.plan))
        , m_folded(m_run.folded())
    {
        show(m_people.first(), PlanLedger::Source::Person);
    }

    /// The first broken rule, or nothing.
    QString work();
    /// Whatever has happened, a full team can bring the plan to its end.
    QString finish();
    [[nodiscard]] int accepted() const { return int(m_rowsSeen); }
    /// Steps that began by themselves.
    [[nodiscard]] int armedStarts() const { return m_armedStarts; }
    [[nodiscard]] const Plan& plan() const { return m_run.plan; }
    [[nodiscard]] const QList<PlanRun::Row>& rows() const { return m_run.rows; }

private:
    /// `person`: whose word it is where no executor and no probe speaks.
    template <class Command>
    bool does(const Actor& actor, const Command& command, PlanLedger::Source person = PlanLedger::Source::Person)
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
                                                                     : person;
        for (auto row = m_rowsSeen; row < m_run.rows.size(); ++row) {
            apply(m_folded, *planEventFrom(m_run.rows[row].kind, bodyOf(m_run.rows[row])), m_run.rows[row].at,
                  m_run.rows[row].by);
        }
        show(actor, source);
        if (m_broken.isEmpty()) {
            m_broken = compare(before);
        }
        return true;
    }

    static QJsonObject bodyOf(const PlanRun::Row& row) { return QJsonDocument::fromJson(row.body).object(); }

    /// Lets the ledger see the rows that it has not seen; of the start it knows.
    void show(const Actor& actor, PlanLedger::Source source)
    {
        for (; m_rowsSeen < m_run.rows.size() && m_broken.isEmpty(); ++m_rowsSeen) {
            const auto& row = m_run.rows[m_rowsSeen];
            m_broken = m_ledger.take(row.kind, bodyOf(row), actor, row.at, source);
        }
    }

    static StartPlan startIn(PlanChance& chance)
    {
        auto command = startOf(chance.procedure());
        command.pins.parameters = chance.parameters();
        return command;
    }
    /// What references stand for that no step leaves.
    static QJsonObject knownIn(const Plan& plan)
    {
        return {{"plan.params.limit", plan.pins.parameters["limit"]},
                {"plan.params.mode", plan.pins.parameters["mode"]},
                {"incident.systems", QJsonArray{"validator-3"}},
                {"incident.type", "state_corruption"}};
    }

    /// The plan as its rules see it, as its rows add up, and as the ledger has it are the same.
    QString compare(const Plan& before) const;
    QString nobodyIsLeftUnneeded() const;
    QString effectsAreNotLost() const;
    QString waitingSaysWhy() const;
    QString anyStep() { return m_chance.oneOf(m_run.plan.procedure.steps).id.text(); }
    Actor anybody() { return m_chance.oneOf(m_people); }
    StepResult anyResult()
    {
        auto broken = bad();
        broken.reverted = m_chance.oneIn(4);
        return m_chance.oneIn(4) ? broken : m_chance.oneIn(8) ? good() : good(m_chance.outputs());
    }

    void actAtRandom();
    void actOnSteps(const QString& step, const Actor& person);
    void startSomethingRunnable(const Actor& person);
    void startWhatIsArmed();
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
    qsizetype m_rowsSeen = 1;
    /// A locked session has written an outcome since, and could not say what that makes unneeded.
    bool m_owesSkips = false;
    QString m_broken;
    QString m_lastRefusal;
    int m_newcomers = 0;
    int m_armedStarts = 0;
};

} // namespace rc::test
