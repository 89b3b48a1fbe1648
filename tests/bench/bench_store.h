// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/identity/identity_service.h"
#include "backend/recovery/plan_store.h"
#include "backend/recovery/projections.h"
#include "model/plan/plan_decisions.h"

#include <algorithm>

namespace rc::bench {

constexpr int Runs = 5;
constexpr int EventsInStore = 10'000;

template <class T>
T must(Result<T> result)
{
    if (!result) {
        qFatal("%s", qPrintable(result.error().message));
    }
    return std::move(*result);
}

inline void must(const Status& status)
{
    if (!status) {
        qFatal("%s", qPrintable(status.error().message));
    }
}

/// Several runs of one measure, in the order of their size.
struct Sample
{
    QList<double> values;

    void add(double value) { values.insert(std::ranges::upper_bound(values, value), value); }
    [[nodiscard]] double median() const { return values[values.size() / 2]; }
    [[nodiscard]] double least() const { return values.first(); }
    [[nodiscard]] double most() const { return values.last(); }
};

inline Procedure procedureOf(int steps)
{
    Procedure procedure;
    procedure.id = ProcedureId("bench");
    procedure.name = "Bench";
    procedure.incidentTypes = {IncidentType::StateCorruption};
    procedure.requiredRoles = {Role::IncidentCommander};
    for (int i = 0; i < steps; ++i) {
        Step step;
        step.id = StepId(QString("step_%1").arg(i));
        step.name = QString("Step %1").arg(i);
        step.after = i == 0 ? QList<StepId>() : QList<StepId>{procedure.steps.last().id};
        procedure.steps.append(step);
    }
    procedure.verification.append(
        {VerificationId("check"), "Check", "systems_healthy", {}, procedure.steps.last().id, {}, true});
    return procedure;
}

/// A store in FOLDER/home with an operator `bench`, written by the product's own rules and as fast as they allow.
class BenchStore
{
public:
    static constexpr QLatin1StringView Secret{"not a secret at all"};

    explicit BenchStore(const QString& folder, Cost cost = Cost::Minimal)
        : m_home(folder + "/home")
        , m_journal(must(Journal::open(m_home, {.mode = OpenMode::Create, .projections = recoveryProjections()})))
        , m_identity(*m_journal)
        , m_store(*m_journal)
    {
        const Passphrase secret((QString(Secret)));
        const NewOperator who{OperatorId("bench"), "Bench", {Role::IncidentCommander}, cost};
        must(m_identity.addOperator({}, who, secret));
        m_session = must(m_identity.signIn(OperatorId("bench"), secret));
        m_actor = must(m_identity.context(m_session)).actor();
    }

    StoredPlan start(const QString& id, int steps)
    {
        StartPlan command;
        command.plan = PlanId(id);
        command.procedure = procedureOf(steps);
        command.pins.incident.id = IncidentId("INC-1");
        command.pins.incident.containedAt = m_journal->now();
        command.executableActions = {ActionType::Manual};
        command.knownChecks = {"systems_healthy"};
        StoredPlan stored;
        append(stored, must(decide(command, m_actor)));
        return stored;
    }

    void complete(StoredPlan& stored, int step)
    {
        CompleteStep command;
        command.step = stored.plan.procedure.steps[step].id;
        command.result.success = true;
        command.note = "done by the book";
        append(stored, must(decide(stored.plan, command, m_actor, m_journal->now())));
    }

    void abort(StoredPlan& stored)
    {
        append(stored, must(decide(stored.plan, AbortPlan{"superseded"}, m_actor, m_journal->now())));
    }

    void append(StoredPlan& stored, const PlanEvents& events) { must(m_store.append(stored, events, *m_session)); }

    /// Plans of 99 steps until the store has its events: all of them over, and one that is half done.
    void fill()
    {
        constexpr int Steps = 99;
        int number = 0;
        while (must(m_journal->head()).sequence < EventsInStore - Steps) {
            auto stored = start(QString("PLAN-%1").arg(++number), Steps);
            for (int step = 0; step < Steps - 1; ++step) {
                complete(stored, step);
            }
            abort(stored);
        }
        auto open = start(QString("PLAN-%1").arg(++number), Steps);
        for (int step = 0; step < Steps / 2; ++step) {
            complete(open, step);
        }
    }

    [[nodiscard]] const QString& home() const { return m_home; }

private:
    QString m_home;
    std::unique_ptr<Journal> m_journal;
    IdentityService m_identity;
    PlanStore m_store;
    std::shared_ptr<Session> m_session;
    Actor m_actor;
};

} // namespace rc::bench
