// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/paper_procedure.h"
#include "ui/base/engine_thread.h"

#include <QDir>
#include <QTest>

/// A home behind a window's engine.

namespace rc::test {

/// Waits for the answer of a started engine.
template <class Question>
auto answerOf(ui::EngineThread& engine, Question question)
{
    auto future = engine.ask(question);
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 60'000)) {
        qFatal("The engine does not answer.");
    }
    return future.result();
}

inline void writeInto(const QString& path, const QByteArray& text)
{
    QFile file(path);
    if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) {
        qFatal("%s cannot be written.", qPrintable(path));
    }
}

/// Starts the engine on an empty home that is the engine's: olga, who is signed in, an inventory with validator-3, a
/// procedure `paper` beside the shipped ones, and INC-1, of which both it and `state_corruption` are. Answers INC-1.
inline Incident foundHome(ui::EngineThread& engine, const QString& home)
{
    writeInto(home + "/procedures/paper.yaml", paperProcedure());
    writeInto(home + "/inventory.yaml", "network: {name: paper, chain_id: paper-1, kind: practice}\n"
                                        "systems:\n  - {id: validator-3, type: service}\n");
    QFile::setPermissions(home, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    engine.start();
    const NewOperator first{OperatorId("olga"), "Olga", {Role::IncidentCommander}, Cost::Minimal};
    const auto made =
        answerOf(engine, [first](Engine& there) { return there.addFirstOperator(first, "correct horse battery"); });
    if (!made) {
        qFatal("The store cannot be made: %s", qPrintable(made.error().message));
    }
    Incident incident;
    incident.title = "validator-3 diverged";
    incident.type = IncidentType::StateCorruption;
    incident.compromisedSince = systemTime();
    incident.containedAt = systemTime();
    incident.systems = {SystemId("validator-3")};
    const auto opened = answerOf(engine, [incident](Engine& there) { return there.openIncident(incident); });
    if (!opened) {
        qFatal("The incident cannot be opened: %s", qPrintable(opened.error().message));
    }
    return *opened;
}

} // namespace rc::test
