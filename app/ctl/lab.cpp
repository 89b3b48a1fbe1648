// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/lab.h"

#include "backend/platform/files.h"
#include "backend/prozchain/corrupt.h"
#include "backend/recovery/reviews.h"
#include "backend/recovery/streams.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>

#include <algorithm>

namespace rc::ctl {
namespace {

constexpr std::chrono::seconds ServingTimeout{60};
constexpr std::chrono::seconds StopGrace{10};
/// A practice network serves when it has a little history to lose.
constexpr qint64 FirstBlocks = 5;

ChildSpec childOf(const lab::LabSystem& system, const QString& home)
{
    return {
        Desk::program(system.program), system.arguments, {}, system.directory, home + "/logs/" + system.id + ".log"};
}

/// Free, or used by somebody else? Asked before anything of ours runs there.
bool isPortFree(quint16 port)
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost, port);
}

System systemFrom(const lab::LabSystem& lab, const QString& log)
{
    System system;
    system.id = SystemId(lab.id);
    system.name = lab.id;
    system.type = idOf(lab.type);
    system.manager = ManagerSpec{ManagerKind::Process,
                                 {{"program", Desk::program(lab.program)},
                                  {"arguments", QJsonArray::fromStringList(lab.arguments)},
                                  {"directory", lab.directory},
                                  {"log", log}}};
    const QFileInfo file(lab.configFile);
    system.configuration = ConfigurationSpec{file.absolutePath(), {file.fileName()}};
    ProbeSpec probe;
    probe.name = "http";
    probe.settings = {{"url", lab.healthUrl.toString()}};
    probe.interval = std::chrono::seconds(2);
    probe.timeout = std::chrono::seconds(3);
    system.health = {probe};
    if (!lab.chainEndpoint.isEmpty()) {
        system.chain = ChainSpec{ChainKind::Prozchain, lab.chainEndpoint.toString(), 1, "file:" + lab.adminTokenFile};
    }
    for (const auto& dependency : lab.dependsOn) {
        system.dependsOn.append(SystemId(dependency));
    }
    return system;
}

} // namespace

std::optional<quint16> Lab::recordedPortBase() const
{
    const auto bytes = readFile(m_desk.home() + "/lab/lab.json");
    if (!bytes) {
        return std::nullopt;
    }
    const int base = QJsonDocument::fromJson(*bytes).object()["port_base"].toInt();
    return base > 0 ? std::optional(quint16(base)) : std::nullopt;
}

Result<lab::LabLayout> Lab::layout() const
{
    const auto base = recordedPortBase();
    if (!base) {
        return fail(ErrorCode::NotFound, "This home has no lab yet; 'recoveryctl lab up' makes one.");
    }
    return lab::labLayout(*base, m_desk.home());
}

Inventory Lab::inventoryOf(const lab::LabLayout& layout)
{
    Inventory inventory;
    inventory.network = {"lab", layout.chainId, NetworkKind::Practice};
    for (const auto& system : layout.systems) {
        const QString log = QFileInfo(system.directory + "/../../logs/" + system.id + ".log").absoluteFilePath();
        inventory.systems.append(systemFrom(system, QDir::cleanPath(log)));
    }
    return inventory;
}

QCoro::Task<Status> Lab::up(quint16 portBase)
{
    if (const auto home = ensurePrivateDirectory(m_desk.home() + "/lab"); !home) {
        co_return home;
    }
    if (const auto logs = ensurePrivateDirectory(m_desk.home() + "/logs"); !logs) {
        co_return logs;
    }
    const auto recorded = recordedPortBase();
    if (recorded && *recorded != portBase) {
        co_return fail(
            ErrorCode::Conflict,
            QString("The lab of this home uses the ports from %1 on; another home can use others.").arg(*recorded));
    }
    const auto laidOut = lab::labLayout(portBase, m_desk.home());
    if (!laidOut) {
        co_return std::unexpected(laidOut.error());
    }
    const Status supervisor = co_await m_desk.ensureSupervisor();
    if (!supervisor) {
        co_return supervisor;
    }
    const Status started = co_await startMissing(*laidOut);
    if (!started) {
        co_return started;
    }
    const auto record = QJsonObject{{"port_base", portBase}};
    if (const auto written = writeFileAtomically(m_desk.home() + "/lab/lab.json", canonicalJson(record)); !written) {
        co_return written;
    }
    const auto inventory = inventoryOf(*laidOut);
    const Status serving = co_await awaitServing(inventory);
    if (!serving) {
        co_return serving;
    }
    co_return writeInventoryFile(inventory);
}

QCoro::Task<Status> Lab::startMissing(lab::LabLayout layout)
{
    const Result<QList<ChildRecord>> children = co_await m_supervisor.list();
    if (!children) {
        co_return std::unexpected(children.error());
    }
    QList<lab::LabSystem> missing;
    for (const auto& system : layout.systems) {
        const bool running = std::ranges::any_of(*children, [&](const ChildRecord& child) {
            return child.id == system.id && child.state == ChildState::Running;
        });
        if (!running && !isPortFree(system.port)) {
            co_return fail(ErrorCode::Busy,
                           QString("Port %1 of %2 is in use by another program; choose other ports with "
                                   "--port-base.")
                               .arg(system.port)
                               .arg(system.id),
                           {{"port", system.port}});
        }
        if (!running) {
            missing.append(system);
        }
    }
    for (const auto& system : missing) {
        m_desk.operation().progress("Starting " + system.id);
        const Result<ChildRecord> started = co_await m_supervisor.start(system.id, childOf(system, m_desk.home()));
        if (!started) {
            co_return std::unexpected(started.error());
        }
    }
    co_return Status();
}

QCoro::Task<Status> Lab::awaitServing(Inventory inventory)
{
    const HealthCheckService health(inventory, NetworkView(inventory));
    const auto deadline = std::chrono::steady_clock::now() + ServingTimeout;
    QString reason;
    m_desk.operation().progress("Waiting until every system serves");
    while (std::chrono::steady_clock::now() < deadline) {
        const QList<SystemHealth> systems = co_await health.checkAll();
        const auto sick = std::ranges::find_if(systems, [](const SystemHealth& system) {
            const bool young = system.chain && system.chain->height.value_or(0) < FirstBlocks;
            return system.state != HealthState::Healthy || young;
        });
        if (sick == systems.end()) {
            co_return Status();
        }
        reason = sick->id.text() + ": " + sick->reason();
        const bool goOn = co_await pause(Milliseconds(300), m_desk.operation().cancel);
        if (!goOn) {
            co_return fail(ErrorCode::Cancelled, "Stopped waiting; what was started runs on. 'lab down' ends it.");
        }
    }
    co_return fail(ErrorCode::Timeout,
                   QString("The lab does not serve after %1 s. %2").arg(ServingTimeout.count()).arg(reason));
}

Status Lab::writeInventoryFile(const Inventory& inventory)
{
    const QString path =
        m_desk.options().inventory.isEmpty() ? m_desk.home() + "/inventory.yaml" : m_desk.options().inventory;
    if (QFile::exists(path)) {
        return {};
    }
    const QByteArray text = writeInventory(inventory);
    // The journal first: a plan may run on this file because the program made it.
    if (const auto opened = m_desk.openForWriting(true); !opened) {
        return opened;
    }
    const auto device = m_desk.device();
    if (!device) {
        return std::unexpected(device.error());
    }
    const auto document = readInventory(text, path);
    const auto fits = document ? Reviews(m_desk.journal()).checkNetwork(document->inventory.network)
                               : std::unexpected(document.error());
    if (!fits) {
        return fits;
    }
    const auto written = m_desk.journal().append(
        {{{stream::Reviews, kind::InventoryGenerated, Reviews::bodyFor(*document)}}, {}, {}}, **device);
    if (!written) {
        return std::unexpected(written.error());
    }
    return writeFileAtomically(path, text);
}

QCoro::Task<Status> Lab::down()
{
    const Status stopped = co_await m_supervisor.shutdown(StopGrace);
    if (!stopped && stopped.error().code == ErrorCode::Unreachable) {
        // No supervisor: survivors of a killed one are adopted by a new one, which then stops them.
        const Status again = co_await m_desk.ensureSupervisor();
        if (!again) {
            co_return again;
        }
        const Status ended = co_await m_supervisor.shutdown(StopGrace);
        co_return ended;
    }
    co_return stopped;
}

QCoro::Task<Result<QList<Lab::SystemState>>> Lab::status()
{
    const auto laidOut = layout();
    if (!laidOut) {
        co_return std::unexpected(laidOut.error());
    }
    const Result<QList<ChildRecord>> children = co_await m_supervisor.list();
    if (!children && children.error().code != ErrorCode::Unreachable) {
        co_return std::unexpected(children.error());
    }
    QList<SystemState> states;
    for (const auto& system : laidOut->systems) {
        SystemState state{system, std::nullopt};
        for (const auto& child : children.value_or(QList<ChildRecord>())) {
            if (child.id == system.id) {
                state.child = child;
            }
        }
        states.append(state);
    }
    co_return states;
}

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
    const Result<ChildRecord> started = co_await m_supervisor.start(system.id, childOf(system, m_desk.home()));
    if (!started) {
        co_return std::unexpected(started.error());
    }
    co_return QJsonObject{{"fault", "bad-config"}, {"system", system.id}, {"file", system.configFile}};
}

} // namespace rc::ctl
