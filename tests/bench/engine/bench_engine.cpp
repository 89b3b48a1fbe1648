// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/plan_runner.h"
#include "tests/bench/bench_store.h"

#include <QCoreApplication>
#include <QCoroFuture>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTextStream>

/// What the plan engine costs beside the work of its actions: an automated step that does nothing, next to
/// ansible-playbook doing nothing, and a plan of ten thousand steps.

namespace rc::bench {
namespace {

constexpr int NoOps = 100;
constexpr int Large = 10'000;
constexpr double Nanoseconds = 1e6;

QTextStream& out()
{
    static QTextStream stream(stdout);
    return stream;
}

double milliseconds(const QElapsedTimer& timer)
{
    return double(timer.nsecsElapsed()) / Nanoseconds;
}

/// Every action is done at once.
class NoOp final : public Toolbox, public Action
{
public:
    explicit NoOp(Clock clock)
        : Action(std::move(clock))
    {
    }

    Action* actionFor(ActionType) override { return this; }
    QCoro::Task<Result<CheckResult>> runCheck(QString, QJsonObject, Operation) override
    {
        co_return CheckResult{true, "nothing was looked at"};
    }
    [[nodiscard]] ActionType type() const override { return ActionType::Check; }
    [[nodiscard]] QString describe(const QJsonObject&) const override { return "Does nothing."; }
    [[nodiscard]] QList<SystemId> systems(const QJsonObject&) const override { return {}; }
    QCoro::Task<Status> canRun(ActionContext) override { co_return Status(); }
    QCoro::Task<Result<QList<Effect>>> dryRun(ActionContext) override { co_return QList<Effect>(); }
    QCoro::Task<Result<Capture>> capture(ActionContext) override
    {
        co_return Capture{Capture::Kind::NoEffect, "It changes nothing.", {}};
    }
    QCoro::Task<StepResult> execute(ActionContext) override { co_return StepResult{true, "done", {}, {}, now()}; }
    QCoro::Task<Probe> probe(ActionContext) override { co_return cannotTell("nothing to see", now()); }
};

/// A home with a reviewed procedure of so many automated steps, one after the other.
class Engine
{
public:
    explicit Engine(const QString& folder, int steps)
        : m_home(folder + "/home")
        , m_journal(must(Journal::open(m_home, {.mode = OpenMode::Create, .projections = recoveryProjections()})))
        , m_identity(*m_journal)
        , m_incidents(*m_journal, m_identity)
    {
        QDir(m_home).mkpath("procedures");
        QFile file(m_home + "/procedures/bench.yaml");
        if (!file.open(QIODevice::WriteOnly)) {
            qFatal("no procedure can be written");
        }
        file.write(procedureText(steps));
        file.close();
        m_procedures = ProcedureLibrary::load(m_home);
        m_recovery = std::make_unique<RecoveryService>(
            RecoveryService::Parts{*m_journal, m_identity, [this]() -> ProcedureLibrary& { return m_procedures; },
                                   m_incidents, Capabilities{{ActionType::Check}, {"systems_healthy"}}});
        m_runner = must(PlanRunner::create(*m_journal, m_identity, *m_recovery, [this](const Inventory&) {
            return std::make_unique<NoOp>([this] { return m_journal->now(); });
        }));
        const Passphrase secret(QString("not a secret at all"));
        must(m_identity.addOperator(
            {},
            {OperatorId("bench"),
             "Bench",
             {Role::IncidentCommander, Role::ProtocolLead, Role::SecurityAnalyst, Role::NodeOperator},
             Cost::Minimal},
            secret));
        m_context = must(m_identity.context(must(m_identity.signIn(OperatorId("bench"), secret))));
        m_inventory = must(readInventory(R"(
network: {name: bench, chain_id: bench-1, kind: practice}
systems:
  - {id: node-1, type: service}
)",
                                         "inventory.yaml"));
        must(m_recovery->reviewProcedure(m_context, ProcedureId("bench")));
        must(m_recovery->reviewInventory(m_context, m_inventory));
    }

    Plan start()
    {
        Incident incident;
        incident.title = "bench";
        incident.systems = {SystemId("node-1")};
        incident.compromisedSince = m_journal->now() - std::chrono::hours(2);
        incident.containedAt = m_journal->now() - std::chrono::hours(1);
        StartRequest request;
        request.incident = must(m_incidents.open(m_context, incident)).id;
        request.procedure = ProcedureId("bench");
        QElapsedTimer timer;
        timer.start();
        auto plan = must(m_recovery->startRecovery(m_context, request, m_inventory));
        m_startTime = milliseconds(timer);
        return plan;
    }
    [[nodiscard]] double startTime() const { return m_startTime; }

    /// How long all steps took.
    double run(const PlanId& plan)
    {
        QElapsedTimer timer;
        timer.start();
        const auto ran = must(QCoro::waitFor(m_runner->runPlan(m_context, plan, {})));
        if (!ran.allStepsDone()) {
            qFatal("the plan did not run to its end");
        }
        return milliseconds(timer);
    }

    [[nodiscard]] const QString& home() const { return m_home; }
    [[nodiscard]] Actor actor() const { return m_context.actor(); }

private:
    static QByteArray procedureText(int steps)
    {
        QByteArray text("id: bench\nversion: 1\nname: Bench\nincident_types: [state_corruption]\n"
                        "required_roles: [incident_commander]\nsteps:\n");
        for (int i = 0; i < steps; ++i) {
            text += QString("  - {id: step_%1, name: Step %1, action_type: check, parameters: {check: "
                            "systems_healthy, systems: [node-1]}}\n")
                        .arg(i)
                        .toUtf8();
        }
        return text + "verification:\n  - {id: check, check: systems_healthy, parameters: {systems: [node-1]}}\n";
    }

    QString m_home;
    std::unique_ptr<Journal> m_journal;
    IdentityService m_identity;
    IncidentRegister m_incidents;
    ProcedureLibrary m_procedures;
    std::unique_ptr<RecoveryService> m_recovery;
    std::unique_ptr<PlanRunner> m_runner;
    SecurityContext m_context;
    InventoryDocument m_inventory;
    double m_startTime = 0;
};

/// How long ansible-playbook takes for so many local tasks of a module; nothing if it is not installed.
std::optional<double> ansible(const QString& folder, const QString& module, int tasks)
{
    QString text("- hosts: localhost\n  connection: local\n  gather_facts: false\n  tasks:\n");
    for (int i = 0; i < tasks; ++i) {
        text += QString("    - ansible.builtin.%1:\n").arg(module);
    }
    QFile file(folder + "/play.yaml");
    if (!file.open(QIODevice::WriteOnly)) {
        qFatal("no playbook can be written");
    }
    file.write(text.toUtf8());
    file.close();
    QProcess process;
    QElapsedTimer timer;
    timer.start();
    process.start("ansible-playbook", {"-i", "localhost,", file.fileName()});
    if (!process.waitForFinished(600'000) || process.exitCode() != 0) {
        return std::nullopt;
    }
    return milliseconds(timer);
}

void measureNoOps()
{
    Sample ours;
    Sample ping;
    Sample debug;
    for (int i = 0; i < Runs; ++i) {
        const QTemporaryDir folder;
        Engine engine(folder.path(), NoOps);
        ours.add(engine.run(engine.start().id) / NoOps);
        for (auto [module, sample] : {std::pair(QString("ping"), &ping), std::pair(QString("debug"), &debug)}) {
            const auto one = ansible(folder.path(), module, 1);
            const auto all = one ? ansible(folder.path(), module, NoOps) : one;
            if (!all) {
                qFatal("ansible-playbook does not run; it is in the package ansible-core");
            }
            sample->add((*all - *one) / (NoOps - 1)); // its start does not count
        }
    }
    out() << QString("automated no-op step: %1 ms (%2 to %3), journal on disk\n")
                 .arg(ours.median(), 0, 'f', 2)
                 .arg(ours.least(), 0, 'f', 2)
                 .arg(ours.most(), 0, 'f', 2);
    for (const auto& [module, sample] : {std::pair(QString("ping"), &ping), std::pair(QString("debug"), &debug)}) {
        out() << QString("ansible-playbook, %1, start not counted: %2 ms a task (%3 to %4): %5 times as long\n")
                     .arg(module)
                     .arg(sample->median(), 0, 'f', 1)
                     .arg(sample->least(), 0, 'f', 1)
                     .arg(sample->most(), 0, 'f', 1)
                     .arg(sample->median() / ours.median(), 0, 'f', 0);
    }
    out().flush();
}

void measureDecisions(const Plan& begun, const Actor& actor)
{
    Plan plan = begun;
    Sample times;
    const Executor executor{"bench", {}};
    QElapsedTimer timer;
    Timestamp now = plan.startedAt;
    const auto take = [&](const auto& command) {
        timer.start();
        const auto events = must(decide(plan, command, actor, now));
        for (const auto& event : events) {
            apply(plan, event, now, actor.id);
        }
        times.values.append(milliseconds(timer));
        now += Milliseconds(1);
    };
    while (true) {
        timer.start();
        const auto next = runnableSteps(plan, actor, now, 1);
        times.values.append(milliseconds(timer));
        if (next.isEmpty()) {
            break;
        }
        take(StartStep{next.first(), executor, {}});
        take(RecordOutcome{next.first(), 1, executor.id, {true, "done", {}, {}, now}});
    }
    std::ranges::sort(times.values);
    out() << QString("decisions in a plan of %1 steps: median %2 ms, p99 %3 ms, longest %4 ms, of %5\n")
                 .arg(Large)
                 .arg(times.median(), 0, 'f', 4)
                 .arg(times.values[times.values.size() * 99 / 100], 0, 'f', 4)
                 .arg(times.most(), 0, 'f', 2)
                 .arg(times.values.size());
    out().flush();
}

void measureLarge()
{
    const QTemporaryDir folder;
    Engine engine(folder.path(), Large);
    Sample starts;
    Plan plan;
    for (int i = 0; i < Runs; ++i) {
        plan = engine.start();
        starts.add(engine.startTime());
    }
    out() << QString("start of a plan of %1 steps: %2 ms (%3 to %4)\n")
                 .arg(Large)
                 .arg(starts.median(), 0, 'f', 0)
                 .arg(starts.least(), 0, 'f', 0)
                 .arg(starts.most(), 0, 'f', 0);
    out().flush();
    measureDecisions(plan, engine.actor());
    const double whole = engine.run(plan.id);
    out() << QString("all its steps, each a no-op: %1 ms a step\n").arg(whole / Large, 0, 'f', 2);

    Sample opens;
    Sample folds;
    Sample applies;
    for (int i = 0; i < Runs; ++i) {
        QElapsedTimer timer;
        timer.start();
        const auto journal =
            must(Journal::open(engine.home(), {.mode = OpenMode::ReadOnly, .projections = recoveryProjections()}));
        opens.add(milliseconds(timer));
        timer.start();
        const auto stored = must(PlanStore(*journal).load(plan.id));
        folds.add(milliseconds(timer));
        if (!stored.plan.allStepsDone()) {
            qFatal("the fold is not the plan");
        }
        QList<std::pair<PlanEvent, Record>> events;
        for (const auto& record : must(journal->read("plan:" + plan.id.text()))) {
            events.append({must(planEventFrom(record.kind, record.body)), record});
        }
        timer.start();
        Plan folded;
        for (const auto& [event, record] : events) {
            apply(folded, event, record.time, record.operatorId);
        }
        applies.add(milliseconds(timer));
        if (i == 0) {
            out() << QString("its events: %1\n").arg(events.size());
        }
    }
    out() << QString("fold of them: %1 ms (%2 to %3); with reading them from the store %4 ms (%5 to %6); opening the "
                     "store %7 ms\n")
                 .arg(applies.median(), 0, 'f', 0)
                 .arg(applies.least(), 0, 'f', 0)
                 .arg(applies.most(), 0, 'f', 0)
                 .arg(folds.median(), 0, 'f', 0)
                 .arg(folds.least(), 0, 'f', 0)
                 .arg(folds.most(), 0, 'f', 0)
                 .arg(opens.median(), 0, 'f', 0);
    out().flush();
}

} // namespace
} // namespace rc::bench

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    if (!application.arguments().contains("--large-only")) {
        rc::bench::measureNoOps();
    }
    rc::bench::measureLarge();
    return 0;
}
