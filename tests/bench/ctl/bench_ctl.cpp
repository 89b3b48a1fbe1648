// SPDX-License-Identifier: GPL-3.0-or-later
// Whole processes of recoveryctl beside /bin/true, on a store of 10,000 events; and the cost of completing a step.
#include "backend/identity/identity_service.h"
#include "backend/recovery/plan_store.h"
#include "backend/recovery/projections.h"
#include "model/plan/plan_decisions.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>

using namespace rc;

namespace {

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

Procedure procedureOf(int steps)
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

class Bench
{
public:
    explicit Bench(const QString& folder)
        : m_home(folder + "/home")
        , m_journal(must(Journal::open(m_home, {.mode = OpenMode::Create, .projections = recoveryProjections()})))
        , m_identity(*m_journal)
        , m_store(*m_journal)
    {
        const Passphrase secret("not a secret at all");
        const NewOperator who{OperatorId("bench"), "Bench", {Role::IncidentCommander}, Cost::Minimal};
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

    void append(StoredPlan& stored, const PlanEvents& events)
    {
        if (const auto written = m_store.append(stored, events, *m_session); !written) {
            qFatal("%s", qPrintable(written.error().message));
        }
    }

    /// Plans of 100 events until the store has its events, and one plan that alone has as many.
    void fill()
    {
        for (int plan = 1; must(m_journal->head()).sequence < EventsInStore; ++plan) {
            auto stored = start(QString("PLAN-%1").arg(plan), 99);
            for (int step = 0; step < 99; ++step) {
                complete(stored, step);
            }
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

double processMilliseconds(const QString& program, const QStringList& arguments)
{
    QElapsedTimer timer;
    QProcess process;
    process.setStandardOutputFile(QProcess::nullDevice());
    timer.start();
    process.start(program, arguments);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0) {
        qFatal("%s: %s", qPrintable(program), process.readAllStandardError().constData());
    }
    return double(timer.nsecsElapsed()) / 1e6;
}

void report(const char* name, const QString& program, const QStringList& arguments)
{
    QList<double> own;
    QList<double> floor;
    processMilliseconds(program, arguments);
    for (int run = 0; run < Runs; ++run) {
        own.append(processMilliseconds(program, arguments));
        floor.append(processMilliseconds("/bin/true", {}));
    }
    std::ranges::sort(own);
    std::ranges::sort(floor);
    std::printf("%-44s median %7.1f ms  (%.1f to %.1f); /bin/true %.1f ms\n", name, own[Runs / 2], own.first(),
                own.last(), floor[Runs / 2]);
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    const QString ctl = QString(RC_BIN_DIR) + "/recoveryctl";
    report("recoveryctl --version", ctl, {"--version"});

    const QTemporaryDir many;
    Bench bench(many.path());
    bench.fill();
    report("plan show, 100 plans of 100 events", ctl, {"--home", bench.home(), "--json", "plan", "show", "PLAN-50"});

    const QTemporaryDir one;
    Bench single(one.path());
    auto stored = single.start("PLAN-1", EventsInStore / 10);
    for (int step = 0; step < EventsInStore / 10; ++step) {
        single.complete(stored, step);
    }
    for (int note = EventsInStore / 10; note < EventsInStore; ++note) {
        single.append(stored, {NoteAdded{QString("note %1").arg(note)}});
    }
    report("plan show, one plan of 10,000 events", ctl, {"--home", single.home(), "--json", "plan", "show", "PLAN-1"});
    return 0;
}
