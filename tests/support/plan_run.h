// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/plan_builder.h"

namespace rc::test {

/// One plan as it is worked on: what people do, and what became of it. Every accepted command is kept as rows of JSON,
/// so that the state can be folded again from what a journal would hold.
class PlanRun
{
public:
    struct Row
    {
        QString kind;
        QByteArray body;
        Timestamp at;
        OperatorId by;
    };

    explicit PlanRun(const ProcedureBuilder& procedure, const Actor& starter = olga)
        : PlanRun(startOf(procedure.build()), starter)
    {
    }
    explicit PlanRun(const StartPlan& command, const Actor& starter = olga,
                     Timestamp from = Timestamp(std::chrono::hours(480'002)))
        : now(from)
    {
        const auto events = decide(command, starter);
        if (!events) {
            qFatal("the plan of a test does not start: %s", qPrintable(events.error().message));
        }
        accept(*events, starter);
    }

    Plan plan;
    Timestamp now;
    QList<Row> rows;

    /// "done", or the id of the error code; then nothing has changed.
    template <class Command>
    QString does(const Actor& actor, const Command& command)
    {
        return take(decide(plan, command, actor, now), actor);
    }

    /// Signs what waits for approval and gives it, valid for ten minutes.
    QString approves(const Actor& person, const QString& step, StepAct act = StepAct::Run)
    {
        const auto statement = statementOf(person, step, act);
        return statement ? does(person, ApproveStep{signedBy(person, toJson(*statement))})
                         : QString(idOf(statement.error().code));
    }
    [[nodiscard]] Result<ApprovalStatement> statementOf(const Actor& person, const QString& step,
                                                        StepAct act = StepAct::Run)
    {
        return approvalStatement(plan, StepId(step), person, QString("nonce-%1").arg(++m_nonce), now,
                                 std::chrono::minutes(10), act);
    }

    /// Starts and ends an automated step.
    QString runs(const Actor& actor, const QString& step, const StepResult& result = good())
    {
        auto started = does(actor, start(step));
        return started == "done" ? does(actor, outcome(step, result, attempts(step))) : started;
    }
    /// The same, with what its action has kept before.
    QString runsAndKeeps(const Actor& actor, const QString& step, const StepResult& result = good(),
                         Capture::Kind kind = Capture::Kind::Undoable)
    {
        auto started = does(actor, start(step));
        if (started != "done") {
            return started;
        }
        does(actor, keep(step, attempts(step), kind));
        return does(actor, outcome(step, result, attempts(step)));
    }
    /// Undoes an automated step, intent and outcome.
    QString undoes(const Actor& actor, const QString& step, const StepResult& result = good())
    {
        const auto begun = does(actor, undo(step));
        return begun == "done" ? does(actor, undone(step, result, attempts(step))) : begun;
    }

    QString verifies(const Actor& actor, const QList<VerificationResult>& answers)
    {
        const auto started = does(actor, StartVerification{desk});
        return started == "done" ? does(actor, FinishVerification{desk.id, answers}) : started;
    }
    QString declares(const Actor& actor)
    {
        return does(actor, DeclarePlan{signedBy(actor, declarationStatement(plan, actor.id, now))});
    }
    void wait(Milliseconds time) { now += time; }

    [[nodiscard]] qsizetype at(const QString& step) const { return plan.indexOf(StepId(step)); }
    [[nodiscard]] const StepRecord& record(const QString& step) const { return plan.steps[at(step)]; }
    [[nodiscard]] int attempts(const QString& step) const { return record(step).attempt; }
    [[nodiscard]] QString state(const QString& step) const { return idOf(plan.stateOf(at(step), now)); }
    [[nodiscard]] QString status() const { return idOf(plan.status); }
    [[nodiscard]] QStringList why(const QString& step) const { return plan.waitingFor(at(step), now); }
    [[nodiscard]] QStringList runnable(const Actor& armedBy) const
    {
        QStringList ids;
        for (const auto& step : runnableSteps(plan, armedBy, now)) {
            ids.append(step.text());
        }
        return ids;
    }

    QString take(const Result<PlanEvents>& events, const Actor& actor)
    {
        if (!events) {
            return idOf(events.error().code);
        }
        accept(*events, actor);
        return "done";
    }

    /// The plan that the rows add up to, read from their bytes.
    [[nodiscard]] Plan folded() const
    {
        Plan result;
        for (const auto& row : rows) {
            const auto event = planEventFrom(row.kind, QJsonDocument::fromJson(row.body).object());
            if (!event) {
                qFatal("a row of a test cannot be read: %s", qPrintable(event.error().message));
            }
            apply(result, *event, row.at, row.by);
        }
        return result;
    }

private:
    void accept(const PlanEvents& events, const Actor& actor)
    {
        for (const auto& event : events) {
            rows.append({kindOf(event), canonicalJson(bodyOf(event)), now, actor.id});
            apply(plan, event, now, actor.id);
        }
    }

    int m_nonce = 0;
};

} // namespace rc::test
