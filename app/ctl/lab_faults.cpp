// SPDX-License-Identifier: GPL-3.0-or-later
// What the lab can break.
#include "app/ctl/lab.h"
#include "backend/platform/files.h"
#include "backend/prozchain/corrupt.h"

namespace rc::ctl {

QList<QPair<QString, QString>> Lab::faults()
{
    return {
        {"corrupt-state", "alters a value that was written in the last blocks, in one node's store"},
        {"kill", "kills a process, as if it had crashed"},
        {"bad-config", "writes a setting into the configuration that the program refuses, and restarts it"},
    };
}

QCoro::Task<Result<QJsonObject>> Lab::breakSystem(QString fault, QString systemId)
{
    const auto laidOut = layout();
    if (!laidOut) {
        co_return std::unexpected(laidOut.error());
    }
    const auto* const system = laidOut->find(systemId);
    if (!system) {
        co_return fail(ErrorCode::NotFound, QString("The lab has no system '%1'.").arg(systemId));
    }
    QJsonObject answer{{"fault", fault}, {"system", systemId}};
    if (fault == "corrupt-state") {
        if (system->type != SystemType::Node) {
            co_return fail(ErrorCode::InvalidInput,
                           QString("%1 is not a node; it has no state to corrupt.").arg(systemId));
        }
        const auto corruption = prozchain::corruptRecentValue(system->dataDirectory);
        if (!corruption) {
            co_return std::unexpected(corruption.error());
        }
        answer["key"] = QString::fromUtf8(corruption->key);
        answer["height"] = corruption->height;
        answer["head"] = corruption->head;
        co_return answer;
    }
    if (fault == "kill") {
        const Result<ChildRecord> killed = co_await m_supervisor.signal(systemId, ProcessSignal::Kill);
        if (!killed) {
            co_return std::unexpected(killed.error());
        }
        co_return answer;
    }
    if (fault == "bad-config") {
        co_return co_await breakConfiguration(*system);
    }
    QStringList known;
    for (const auto& entry : faults()) {
        known.append(entry.first);
    }
    co_return fail(ErrorCode::NotFound, QString("There is no fault '%1'; there are: %2.").arg(fault, known.join(", ")));
}

QCoro::Task<Result<QJsonObject>> Lab::breakConfiguration(lab::LabSystem system)
{
    const auto bytes = readFile(system.configFile);
    if (!bytes) {
        co_return std::unexpected(bytes.error());
    }
    auto configuration = QJsonDocument::fromJson(*bytes).object();
    configuration["acept_any_peer"] = true;
    if (const auto written =
            writeFileAtomically(system.configFile, QJsonDocument(configuration).toJson(QJsonDocument::Indented));
        !written) {
        co_return std::unexpected(written.error());
    }
    const Result<ChildRecord> stopped = co_await m_supervisor.stop(system.id, StopGrace);
    if (!stopped) {
        co_return std::unexpected(stopped.error());
    }
    const Result<ChildRecord> started = co_await m_supervisor.start(system.id, childOf(system));
    if (!started) {
        co_return std::unexpected(started.error());
    }
    co_return QJsonObject{{"fault", "bad-config"}, {"system", system.id}, {"file", system.configFile}};
}

} // namespace rc::ctl
