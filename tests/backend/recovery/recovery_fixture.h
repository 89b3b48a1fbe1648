// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recovery/plan_runner.h"
#include "backend/recovery/projections.h"
#include "tests/backend/journal/journal_fixture.h"
#include "tests/support/plan_builder.h"

#include <QCoroTask>

/// Plans on real journals, with tools that do what the test says. Whatever two processes do at the same time, a test
/// does in an order of its own: two workplaces on one home, and tools that call back in the middle of a step.

namespace rc::test {

/// A home with the people of plan_builder.h and an inventory of validator-1, -2 and -3.
class RecoveryHome
{
public:
    RecoveryHome()
    {
        addAs(olga, {});
        const auto administrator = m_store.signIn(olga.id.text());
        for (const auto& person : {ben, nora, pia, cora, eve, adam}) {
            addAs(person, administrator);
        }
    }

    [[nodiscard]] QString path() const { return m_store.home(); }
    /// The journal that founded the home, with the people in it.
    [[nodiscard]] Store& store() { return m_store; }
    /// The clock of all workplaces.
    [[nodiscard]] Timestamp now() const { return m_store.now; }
    void wait(Milliseconds time) { m_store.now += time; }
    void setClock(Milliseconds by) { m_store.setClock(by); }
    [[nodiscard]] Uptime uptime() const { return m_store.uptime(); }

    static InventoryDocument inventory()
    {
        static const QByteArray text = R"(network: {name: paper, chain_id: paper-1, kind: practice}
systems:
  - {id: validator-1, type: service}
  - {id: validator-2, type: service}
  - {id: validator-3, type: service}
)";
        return Store::must(readInventory(text, "inventory.yaml"));
    }

private:
    void addAs(const Actor& person, const std::optional<SecurityContext>& by)
    {
        m_store.add(person.id.text(), person.roles, by);
    }

    Store m_store{recoveryProjections()};
};

/// What the tools of a workplace do. All go well as long as the test says nothing else.
struct FakeTools
{
    std::function<StepResult(const ActionContext&)> execute = [](const ActionContext&) { return good(); };
    /// What an action does before that answer, or before that of its undo, if it takes time.
    std::function<QCoro::Task<>(ActionContext)> work;
    /// What an action does before it answers whether it can run, and what was there, if looking takes time.
    std::function<QCoro::Task<>(ActionContext)> asked;
    std::function<QCoro::Task<>(ActionContext)> capturing;
    std::function<Status(const ActionContext&)> canRun = [](const ActionContext&) { return Status(); };
    std::function<Probe(const ActionContext&)> probe = [](const ActionContext&) {
        return Probe{EffectState::NotApplied, bad("not there")};
    };
    /// What a probe does before its answer, if it takes time.
    std::function<QCoro::Task<>(ActionContext)> looking;
    std::function<Result<QList<Effect>>(const ActionContext&)> dryRun = [](const ActionContext&) {
        return QList<Effect>();
    };
    std::function<Result<Capture>(const ActionContext&)> capture = [](const ActionContext& context) {
        return Capture{Capture::Kind::Undoable, "What was there is put back.", {{"attempt", context.attempt}}};
    };
    std::function<StepResult(const ActionContext&)> undo = [](const ActionContext&) { return good(); };
    std::function<Result<CheckResult>(const QString& check, const Operation&)> check =
        [](const QString&, const Operation&) { return CheckResult{true, "all agree"}; };
    /// What a check does before its answer, if it takes time.
    std::function<QCoro::Task<>(Operation)> checking;
    /// The systems of an action; the incident's, if the test says nothing else.
    std::function<QList<SystemId>(const QJsonObject& parameters)> systems = [](const QJsonObject&) {
        return QList<SystemId>{SystemId("validator-3")};
    };
    /// The holders of the steps that were executed, in order.
    QStringList executed;
};

/// Every action type is one action that asks FakeTools.
class FakeToolbox final : public Toolbox, public Action
{
public:
    explicit FakeToolbox(FakeTools& tools)
        : Action({}) // nothing in it is dated
        , m_tools(tools)
    {
    }

    Action* actionFor(ActionType) override { return this; }
    QCoro::Task<Result<CheckResult>> runCheck(QString name, QJsonObject, Operation operation) override
    {
        if (m_tools.checking) {
            co_await m_tools.checking(operation);
        }
        co_return m_tools.check(name, operation);
    }

    [[nodiscard]] ActionType type() const override { return ActionType::RestoreSystem; }
    [[nodiscard]] QList<SystemId> systems(const QJsonObject& parameters) const override
    {
        return m_tools.systems(parameters);
    }
    [[nodiscard]] QString describe(const QJsonObject&) const override { return "Does as the test says."; }
    QCoro::Task<Status> canRun(ActionContext context) override
    {
        if (m_tools.asked) {
            co_await m_tools.asked(context);
        }
        co_return m_tools.canRun(context);
    }
    QCoro::Task<Result<QList<Effect>>> dryRun(ActionContext context) override { co_return m_tools.dryRun(context); }
    QCoro::Task<Result<Capture>> capture(ActionContext context) override
    {
        if (m_tools.capturing) {
            co_await m_tools.capturing(context);
        }
        co_return m_tools.capture(context);
    }
    QCoro::Task<StepResult> execute(ActionContext context) override
    {
        m_tools.executed.append(context.holder);
        if (m_tools.work) {
            co_await m_tools.work(context);
        }
        co_return m_tools.execute(context);
    }
    QCoro::Task<Probe> probe(ActionContext context) override
    {
        if (m_tools.looking) {
            co_await m_tools.looking(context);
        }
        co_return m_tools.probe(context);
    }
    QCoro::Task<StepResult> undo(ActionContext context) override
    {
        if (m_tools.work) {
            co_await m_tools.work(context);
        }
        co_return m_tools.undo(context);
    }

private:
    FakeTools& m_tools;
};

/// One process of the console: a connection to the journal of the home, the services on it, and an executor that lives
/// as long as this object.
class Workplace
{
public:
    explicit Workplace(RecoveryHome& home)
        : m_home(home)
        , m_journal(Store::must(Journal::open(home.path(), {.clock = [&home] { return home.now(); },
                                                            .uptime = [&home] { return home.uptime(); },
                                                            .projections = recoveryProjections()})))
        , m_identity(*m_journal)
        , m_incidents(*m_journal, m_identity)
        , m_recovery({*m_journal, m_identity, [this]() -> ProcedureLibrary& { return m_procedures; }, m_incidents,
                      Capabilities{{ActionType::Manual, ActionType::RestoreSystem, ActionType::Check},
                                   {"state_agreement", "configuration_matches"}}})
        , m_runner(Store::must(PlanRunner::create(*m_journal, m_identity, m_recovery, [this](const Inventory&) {
            return std::make_unique<FakeToolbox>(tools);
        })))
    {
    }

    FakeTools tools;
    /// What plans are started from.
    QJsonObject dryRun;

    [[nodiscard]] Journal& journal() { return *m_journal; }
    [[nodiscard]] IdentityService& identity() { return m_identity; }
    [[nodiscard]] IncidentRegister& incidents() { return m_incidents; }
    [[nodiscard]] RecoveryService& recovery() { return m_recovery; }
    [[nodiscard]] PlanRunner& runner() { return *m_runner; }
    /// Reads HOME/procedures again.
    void reloadProcedures() { m_procedures = ProcedureLibrary::load(m_home.path()); }

    SecurityContext signIn(const Actor& person)
    {
        const auto session = Store::must(m_identity.signIn(person.id, Passphrase(Secret)));
        return Store::must(m_identity.context(session));
    }

    /// A contained incident on validator-3.
    Incident openIncident(const SecurityContext& by)
    {
        Incident incident;
        incident.title = "validator-3 diverged";
        incident.systems = {SystemId("validator-3")};
        incident.compromisedSince = m_home.now() - std::chrono::hours(2);
        incident.containedAt = m_home.now() - std::chrono::hours(1);
        return Store::must(m_incidents.open(by, incident));
    }

    /// Starts a procedure that no file holds, for an incident of its own.
    PlanId start(const SecurityContext& by, const ProcedureBuilder& procedure)
    {
        return start(by, procedure, openIncident(by));
    }
    PlanId start(const SecurityContext& by, const ProcedureBuilder& procedure, const Incident& incident)
    {
        auto command = startOf(procedure.build());
        command.plan = Store::must(m_recovery.store().nextId());
        command.pins.store = m_journal->uuid();
        command.pins.inventoryHash = RecoveryHome::inventory().sha256();
        command.pins.incident = incident;
        Append more;
        more.events = {pinDocument("inventory.yaml", QString::fromUtf8(RecoveryHome::inventory().pinnedText()))};
        if (!dryRun.isEmpty()) {
            command.pins.dryRunHash = sha256Hex(canonicalJson(dryRun));
            more.events.append(pinDocument("dry run", QString::fromUtf8(canonicalJson(dryRun))));
        }
        StoredPlan stored;
        const auto events = Store::must(decide(command, by.actor()));
        if (const auto written = m_recovery.store().append(stored, events, *by.session, more); !written) {
            qFatal("%s", qPrintable(written.error().message));
        }
        return command.plan;
    }
    /// Leaves the intent of a step whose executor is dead, as after a kill -9.
    void interrupt(const SecurityContext& by, const PlanId& plan, const QString& step)
    {
        if (const auto taken = m_recovery.act(by, plan, rc::test::start(step, {"died", {}})); !taken) {
            qFatal("%s", qPrintable(taken.error().message));
        }
    }
    [[nodiscard]] Plan plan(const PlanId& id) { return Store::must(m_recovery.plan(id)); }
    [[nodiscard]] QString state(const PlanId& id, const QString& step)
    {
        const auto seen = plan(id);
        return idOf(seen.stateOf(seen.indexOf(StepId(step)), m_home.now()));
    }

    Result<Plan> run(const SecurityContext& by, const PlanId& plan, const Operation& operation = {},
                     const Arming& arming = {})
    {
        return QCoro::waitFor(m_runner->runPlan(by, plan, operation, arming));
    }
    Result<Plan> undo(const SecurityContext& by, const PlanId& plan, const QString& step,
                      const Operation& operation = {})
    {
        return QCoro::waitFor(m_runner->undoStep(by, plan, StepId(step), "it made things worse", operation));
    }
    Result<Plan> runStep(const SecurityContext& by, const PlanId& plan, const QString& step,
                         const Operation& operation = {})
    {
        return QCoro::waitFor(m_runner->runStep(by, plan, StepId(step), operation));
    }
    Result<Plan> verify(const SecurityContext& by, const PlanId& plan, const Operation& operation = {})
    {
        return QCoro::waitFor(m_runner->verify(by, plan, operation));
    }
    Result<Plan> declare(const SecurityContext& by, const PlanId& plan, const Operation& operation = {})
    {
        return QCoro::waitFor(m_runner->declare(by, plan, operation, Milliseconds(0)));
    }

    /// What settling an interrupted step comes to.
    Result<Plan> settle(const SecurityContext& by, const PlanId& plan, const QString& step,
                        const Operation& operation = {})
    {
        return QCoro::waitFor(m_runner->settleStep(by, plan, StepId(step), operation));
    }
    [[nodiscard]] bool isAnythingClaimed()
    {
        return !Store::must(m_journal->sql().first("SELECT 1 FROM claims")).isEmpty();
    }

private:
    RecoveryHome& m_home;
    std::unique_ptr<Journal> m_journal;
    IdentityService m_identity;
    IncidentRegister m_incidents;
    ProcedureLibrary m_procedures;
    RecoveryService m_recovery;
    std::unique_ptr<PlanRunner> m_runner;
};

/// Somebody at the console of a home: `auto&& [home, here, me] = OneConsole();`
struct OneConsole
{
    explicit OneConsole(const Actor& person = olga)
        : me(here.signIn(person))
    {
    }
    Q_DISABLE_COPY_MOVE(OneConsole)

    RecoveryHome home;
    Workplace here{home};
    SecurityContext me;
};

/// And somebody at another one, maybe the same person: `auto&& [home, here, there, me, other] = TwoConsoles();`
struct TwoConsoles
{
    explicit TwoConsoles(const Actor& person = olga, const Actor& otherPerson = olga)
        : me(here.signIn(person))
        , other(there.signIn(otherPerson))
    {
    }
    Q_DISABLE_COPY_MOVE(TwoConsoles)

    RecoveryHome home;
    Workplace here{home};
    Workplace there{home};
    SecurityContext me;
    SecurityContext other;
};

/// Work of an action that goes on until it is told to stop.
inline QCoro::Task<> untilStopped(Operation operation)
{
    while (!operation.cancel.isCancelled()) {
        (void)co_await pause(Milliseconds(10), operation.cancel);
    }
}

inline QCoro::Task<> untilCancelled(ActionContext context)
{
    co_await untilStopped(context.operation);
}

/// An operation whose lines are kept.
inline Operation toldTo(QStringList& lines)
{
    Operation operation;
    operation.progress = [&lines](const QString& line) { lines.append(line); };
    return operation;
}

/// `restore` and then `restart`, for node operators.
inline ProcedureBuilder twoSteps()
{
    ProcedureBuilder procedure;
    procedure.automated("restore").by({Role::NodeOperator}).automated("restart").by({Role::NodeOperator});
    return procedure;
}

/// "done", or the id of the error's code.
template <class T>
QString told(const Result<T>& result)
{
    return result ? QString("done") : QString(idOf(result.error().code));
}

} // namespace rc::test
