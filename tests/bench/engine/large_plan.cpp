// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/engine/large_plan.h"

#include "model/plan/plan_decisions.h"
#include "tests/bench/engine/engine_home.h"

#include <QTemporaryDir>

namespace rc::bench {
namespace {

/// Everybody who acts walks through the whole plan, and each decision is timed.
class Walk
{
public:
    Walk(Plan begun, const Engine& engine)
        : m_plan(std::move(begun))
        , m_actor(engine.actor())
        , m_second(engine.second())
        , m_now(m_plan.startedAt)
    {
    }

    /// How long each decision took, in the order in which they were taken.
    QList<double> times()
    {
        take(m_actor, ArmPlan{m_executor});
        while (!m_plan.allStepsDone()) {
            m_timer.start();
            const auto next = runnableSteps(m_plan, m_actor, m_now);
            m_times.append(milliseconds(m_timer));
            for (const auto& step : next) {
                take(m_actor, StartStep{step, m_executor, {}});
            }
            for (const auto& step : next) {
                take(m_actor, RecordOutcome{step, 1, m_executor.id, {true, "done", NoOp::outputs(), {}, m_now}});
            }
            if (next.isEmpty() && approveWhatWaits() == 0) {
                qFatal("the walk is stuck");
            }
        }
        return m_times;
    }

private:
    template <class Command>
    void take(const Actor& actor, const Command& command)
    {
        m_timer.start();
        const auto events = must(decide(m_plan, command, actor, m_now));
        for (const auto& event : events) {
            apply(m_plan, event, m_now, actor.id);
        }
        m_times.append(milliseconds(m_timer));
        m_now += Milliseconds(1);
    }

    int approveWhatWaits()
    {
        int approved = 0;
        for (qsizetype i = 0; i < m_plan.steps.size(); ++i) {
            if (m_plan.stateOf(i, m_now) == StepState::AwaitingApproval) {
                const auto statement =
                    must(approvalStatement(m_plan, m_plan.procedure.steps[i].id, m_second,
                                           QString("nonce-%1").arg(m_times.size()), m_now, std::chrono::hours(8)));
                // The model does not look at the signature; the journal does.
                take(m_second, ApproveStep{SignedStatement{canonicalJson(toJson(statement)), QByteArray(64, 's'),
                                                           sha256Hex(m_second.id.text().toUtf8())}});
                ++approved;
            }
        }
        return approved;
    }

    Plan m_plan;
    const Actor m_actor;
    const Actor m_second;
    Timestamp m_now;
    const Executor m_executor{"bench", {}};
    QElapsedTimer m_timer;
    QList<double> m_times;
};

/// Each decision is taken several times, and its median counts: what else the machine does is not the decision's.
void measureDecisions(const Plan& begun, const Engine& engine, Goals& goals)
{
    QList<QList<double>> walks;
    for (int i = 0; i < Runs; ++i) {
        walks.append(Walk(begun, engine).times());
    }
    Sample times;
    for (qsizetype decision = 0; decision < walks.first().size(); ++decision) {
        Sample same;
        for (const auto& walk : walks) {
            same.add(walk[decision]);
        }
        times.values.append(same.median());
    }
    std::ranges::sort(times.values);
    out() << QString("  decisions: %1, median %2 ms, p99 %3 ms\n")
                 .arg(times.values.size())
                 .arg(times.median(), 0, 'f', 4)
                 .arg(times.values[times.values.size() * 99 / 100], 0, 'f', 4);
    goals.judge("longest decision", times.most(), Goals::Decision);
}

void measureFold(const Engine& engine, const PlanId& plan, Goals& goals)
{
    Sample opens;
    Sample loads;
    Sample folds;
    qsizetype count = 0;
    for (int i = 0; i < Runs; ++i) {
        QElapsedTimer timer;
        timer.start();
        const auto journal =
            must(Journal::open(engine.home(), {.mode = OpenMode::ReadOnly, .projections = recoveryProjections()}));
        opens.add(milliseconds(timer));
        timer.start();
        const auto stored = must(PlanStore(*journal).load(plan));
        loads.add(milliseconds(timer));
        if (!stored.plan.allStepsDone()) {
            qFatal("the fold is not the plan");
        }
        QList<std::pair<PlanEvent, Record>> events;
        for (const auto& record : must(journal->read("plan:" + plan.text()))) {
            events.append({must(planEventFrom(record.kind, record.body)), record});
        }
        count = events.size();
        timer.start();
        Plan folded;
        for (const auto& [event, record] : events) {
            apply(folded, event, record.time, record.operatorId);
        }
        folds.add(milliseconds(timer));
    }
    out() << QString("  its events: %1; reading and folding them %2 ms; opening the store %3 ms\n")
                 .arg(count)
                 .arg(loads.median(), 0, 'f', 0)
                 .arg(opens.median(), 0, 'f', 0);
    goals.judge(QString("fold, for %1 events").arg(Goals::FoldedEvents),
                folds.median() * Goals::FoldedEvents / double(count), Goals::Fold);
}

} // namespace

void measureLarge(const QString& name, const QByteArray& procedure, Goals& goals)
{
    const QTemporaryDir folder;
    Engine engine(folder.path(), procedure);
    Sample starts;
    Plan plan;
    for (int i = 0; i < Runs; ++i) {
        plan = engine.start();
        starts.add(engine.startTime());
    }
    out() << QString("%1, %2 steps\n").arg(name).arg(plan.steps.size());
    goals.judge("start", starts.median(), Goals::Start);
    measureDecisions(plan, engine, goals);
    out() << QString("  all its steps, each a no-op: %1 ms a step\n")
                 .arg(engine.run(plan.id) / double(plan.steps.size()), 0, 'f', 2);
    out().flush();
    measureFold(engine, plan.id, goals);
}

} // namespace rc::bench
