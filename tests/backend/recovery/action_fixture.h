// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recovery/network_toolbox.h"
#include "backend/recovery/projections.h"
#include "backend/recovery/streams.h"
#include "tests/backend/journal/journal_fixture.h"
#include "tests/backend/services/supervised_home.h"

/// One action of the real toolbox at a home of its own, asked as the engine asks it.
namespace rc::test {

class ActionHome
{
public:
    explicit ActionHome(const Inventory& network = inventory(QString()))
        : m_tools(m_store.journal(), network)
        , m_supervisor(m_store.home())
    {
    }
    ~ActionHome()
    {
        const auto ended = QCoro::waitFor(m_supervisor.shutdown(Milliseconds(0)));
        // Not all actions have needed one.
        if (!ended && ended.error().code != ErrorCode::Unreachable) {
            qFatal("%s", qPrintable(ended.error().message));
        }
    }
    Q_DISABLE_COPY_MOVE(ActionHome)

    /// One system, whose health page is there if there is one.
    static Inventory inventory(const QString& healthPage)
    {
        System system;
        system.id = SystemId("validator-1");
        if (!healthPage.isEmpty()) {
            ProbeSpec probe;
            probe.name = "page";
            probe.settings = {{"url", healthPage}};
            system.health = {probe};
        }
        return {{"paper", "paper-1", NetworkKind::Practice}, {system}};
    }

    [[nodiscard]] Action& action(ActionType type) { return *m_tools.actionFor(type); }
    [[nodiscard]] QString path() const { return m_store.home(); }
    [[nodiscard]] Store& store() { return m_store; }
    [[nodiscard]] const SupervisorClient& supervisor() const { return m_supervisor; }

    /// Step `act` of PLAN-1, whose lines are kept and whose facts are noted.
    ActionContext context(const QJsonObject& parameters)
    {
        ActionContext context;
        context.parameters = parameters;
        context.incident.id = IncidentId("INC-1");
        context.holder = "PLAN-1/act";
        context.startedAt = m_store.now;
        context.operation.progress = [this](const QString& line) { lines.append(line); };
        context.record = [this](const QString& kind, QJsonObject body) -> Status {
            body["holder"] = "PLAN-1/act";
            const auto written = m_store.journal().append({{{stream::Actions, kind, body}}, {}, {}}, *m_session);
            return written ? Status() : std::unexpected(written.error());
        };
        return context;
    }
    StepResult execute(ActionType type, const ActionContext& with)
    {
        return QCoro::waitFor(action(type).execute(with));
    }
    Probe probe(ActionType type, const ActionContext& with) { return QCoro::waitFor(action(type).probe(with)); }
    Status canRun(ActionType type, const QJsonObject& parameters)
    {
        return QCoro::waitFor(action(type).canRun(context(parameters)));
    }
    /// The sentences of a dry run, or why it would fail.
    QStringList dryRun(ActionType type, const QJsonObject& parameters)
    {
        const auto effects = QCoro::waitFor(action(type).dryRun(context(parameters)));
        QStringList said;
        for (const auto& effect : effects.value_or(QList<Effect>())) {
            said.append(QString("%1 %2").arg(effect.system.text(), effect.what).trimmed());
        }
        return effects ? said : QStringList{effects.error().message};
    }
    Capture capture(ActionType type, const QJsonObject& parameters)
    {
        return Store::must(QCoro::waitFor(action(type).capture(context(parameters))));
    }

    /// What the action has told so far.
    QStringList lines;

private:
    Store m_store{recoveryProjections()};
    std::shared_ptr<Session> m_session = founder(m_store);
    NetworkToolbox m_tools;
    SupervisorClient m_supervisor;

    static std::shared_ptr<Session> founder(Store& store)
    {
        store.add("olga", {Role::IncidentCommander});
        return store.signIn("olga").session;
    }
};

} // namespace rc::test
