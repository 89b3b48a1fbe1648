// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/engine_thread.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace rc::test {

using ui::EngineThread;

inline const QString Secret("correct horse battery");

/// A console's engine on its own thread, with what it said last.
class Desktop
{
public:
    explicit Desktop(const QString& home, EngineMode mode = EngineMode::Act)
        : thread({home, {}}, mode)
    {
        QObject::connect(&thread.engine(), &Engine::storeChanged, &m_receiver,
                         [this](const StoreView& view) { store = view; });
        QObject::connect(&thread.engine(), &Engine::systemsChanged, &m_receiver,
                         [this](const SystemsView& view) { systems = view; });
        QObject::connect(&thread.engine(), &Engine::signedOut, &m_receiver, [this](const QString& sentence) {
            ++signOuts;
            why = sentence;
        });
        thread.start();
    }

    /// Waits for the answer.
    template <class Question>
    auto ask(Question question)
    {
        auto future = thread.ask(question);
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 60'000)) {
            qFatal("The engine does not answer.");
        }
        return future.result();
    }
    [[nodiscard]] Result<Actor> found(const QString& id)
    {
        return ask([id](Engine& engine) {
            return engine.addFirstOperator({OperatorId(id), id, {Role::IncidentCommander}, Cost::Minimal}, Secret);
        });
    }
    [[nodiscard]] Result<Actor> signIn(const QString& id, const QString& passphrase)
    {
        return ask([id, passphrase](Engine& engine) { return engine.signIn(OperatorId(id), passphrase); });
    }
    /// The plan as the store was told last; nothing while it is not among those that are shown.
    [[nodiscard]] const ShownPlan* shown(const QString& plan) const
    {
        const auto found =
            std::ranges::find(store.shownPlans, PlanId(plan), [](const ShownPlan& one) { return one.plan.id; });
        return found == store.shownPlans.end() ? nullptr : &*found;
    }
    [[nodiscard]] Result<Incident> open(const QString& title)
    {
        Incident incident;
        incident.title = title;
        incident.compromisedSince = systemTime();
        incident.containedAt = systemTime();
        incident.systems = {SystemId("validator-1")};
        return ask([incident](Engine& engine) { return engine.openIncident(incident); });
    }

    EngineThread thread;
    StoreView store;
    SystemsView systems;
    int signOuts = 0;
    /// What was said when somebody was signed out last.
    QString why;

private:
    QObject m_receiver;
};

} // namespace rc::test
