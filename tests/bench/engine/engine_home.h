// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recovery/plan_runner.h"
#include "tests/bench/bench_store.h"

#include <QCoroFuture>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>

namespace rc::bench {

inline double milliseconds(const QElapsedTimer& timer)
{
    constexpr double Nanoseconds = 1e6;
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
    QCoro::Task<StepResult> execute(ActionContext) override
    {
        co_return StepResult{true, "done", outputs(), {}, now()};
    }
    /// What conditions ask about.
    static QJsonObject outputs() { return {{"lag", 3}}; }
    QCoro::Task<Probe> probe(ActionContext) override { co_return cannotTell("nothing to see", now()); }
};

/// A home with a reviewed procedure of that text, and two people: whoever runs it, and one who approves.
class Engine
{
public:
    Engine(const QString& folder, const QByteArray& procedure)
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
        file.write(procedure);
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
        must(m_identity.addOperator(m_context, {OperatorId("second"), "Second", {Role::ProtocolLead}, Cost::Minimal},
                                    secret));
        m_second = must(m_identity.context(must(m_identity.signIn(OperatorId("second"), secret))));
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

    /// How long all steps took, with somebody who approves what waits for it.
    double run(const PlanId& plan)
    {
        QElapsedTimer timer;
        timer.start();
        while (true) {
            const auto ran = must(QCoro::waitFor(m_runner->runPlan(m_context, plan, {})));
            if (ran.allStepsDone()) {
                return milliseconds(timer);
            }
            if (approveWhatWaits(ran) == 0) {
                qFatal("the plan did not run to its end");
            }
        }
    }

    [[nodiscard]] const QString& home() const { return m_home; }
    [[nodiscard]] Actor actor() const { return m_context.actor(); }
    [[nodiscard]] Actor second() const { return m_second.actor(); }

private:
    int approveWhatWaits(const Plan& plan)
    {
        int approved = 0;
        for (qsizetype i = 0; i < plan.steps.size(); ++i) {
            if (plan.stateOf(i, m_journal->now()) == StepState::AwaitingApproval) {
                must(m_recovery->approveStep(m_second, plan.id, plan.procedure.steps[i].id));
                ++approved;
            }
        }
        return approved;
    }

    QString m_home;
    std::unique_ptr<Journal> m_journal;
    IdentityService m_identity;
    IncidentRegister m_incidents;
    ProcedureLibrary m_procedures;
    std::unique_ptr<RecoveryService> m_recovery;
    std::unique_ptr<PlanRunner> m_runner;
    SecurityContext m_context;
    SecurityContext m_second;
    InventoryDocument m_inventory;
    double m_startTime = 0;
};

} // namespace rc::bench
