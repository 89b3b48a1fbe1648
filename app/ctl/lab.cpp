// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/lab.h"

#include "backend/platform/files.h"
#include "backend/recovery/reviews.h"
#include "backend/recovery/streams.h"

#include <QFile>
#include <QTcpServer>

#include <algorithm>

namespace rc::ctl {
namespace {

constexpr std::chrono::seconds ServingTimeout{60};
/// A practice network serves when it has a little history to lose.
constexpr qint64 FirstBlocks = 5;

/// Busy if somebody else uses a port. Asked before anything of ours runs there.
Status checkPorts(const QList<lab::LabSystem>& systems, const QString& advice)
{
    for (const auto& system : systems) {
        QTcpServer probe;
        if (!probe.listen(QHostAddress::LocalHost, system.port)) {
            return fail(ErrorCode::Busy,
                        QString("Port %1 of %2 is in use by another program; %3.")
                            .arg(QString::number(system.port), system.id, advice),
                        {{"port", system.port}});
        }
    }
    return {};
}

System systemFrom(const lab::LabSystem& lab)
{
    System system;
    system.id = SystemId(lab.id);
    system.name = lab.id;
    system.type = idOf(lab.type);
    system.manager = ManagerSpec{ManagerKind::Process,
                                 {{"program", Desk::program(lab.program)},
                                  {"arguments", QJsonArray::fromStringList(lab.arguments)},
                                  {"directory", lab.directory},
                                  {"log", lab.log}}};
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

ChildSpec Lab::childOf(const lab::LabSystem& system)
{
    return {Desk::program(system.program), system.arguments, {}, system.directory, system.log};
}

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
        inventory.systems.append(systemFrom(system));
    }
    return inventory;
}

QCoro::Task<Status> Lab::up(quint16 portBase)
{
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
    if (!recorded) {
        const Status begun = co_await begin(*laidOut, portBase);
        if (!begun) {
            co_return begun;
        }
    }
    if (const auto written = lab::writeLab(*laidOut); !written) {
        co_return written;
    }
    auto ensuring = m_supervisor.ensureRunning(Desk::program("recovery-supervisor"));
    const Status supervisor = co_await ensuring;
    if (!supervisor) {
        co_return supervisor;
    }
    const Status started = co_await startMissing(*laidOut);
    if (!started) {
        co_return started;
    }
    const auto inventory = inventoryOf(*laidOut);
    const Status serving = co_await awaitServing(inventory);
    if (!serving) {
        co_return serving;
    }
    co_return writeInventoryFile(inventory);
}

QCoro::Task<Status> Lab::begin(lab::LabLayout layout, quint16 portBase)
{
    const Result<QList<ChildRecord>> kept = co_await m_supervisor.list();
    for (const auto& child : kept.value_or(QList<ChildRecord>())) {
        if (child.state == ChildState::Running && layout.find(child.id)) {
            co_return fail(ErrorCode::Conflict,
                           QString("This home keeps a process %1 that is not of a lab; a lab needs a home where its "
                                   "names are free.")
                               .arg(child.id));
        }
    }
    if (const auto free = checkPorts(layout.systems, "choose other ports with --port-base"); !free) {
        co_return free;
    }
    for (const auto* const directory : {"", "/lab", "/logs"}) {
        if (const auto made = ensurePrivateDirectory(m_desk.home() + QLatin1StringView(directory)); !made) {
            co_return made;
        }
    }
    // Before the files that name its ports: what is interrupted after this goes on with the same.
    co_return writeFileAtomically(m_desk.home() + "/lab/lab.json", canonicalJson({{"port_base", portBase}}));
}

QCoro::Task<Status> Lab::startMissing(lab::LabLayout layout)
{
    const Result<QList<ChildRecord>> children = co_await m_supervisor.list();
    if (!children) {
        co_return std::unexpected(children.error());
    }
    QList<lab::LabSystem> missing;
    std::ranges::copy_if(layout.systems, std::back_inserter(missing), [&](const lab::LabSystem& system) {
        return std::ranges::none_of(*children, [&](const ChildRecord& child) {
            return child.id == system.id && child.state == ChildState::Running;
        });
    });
    if (const auto free = checkPorts(missing, "end that one, the lab of this home needs it"); !free) {
        co_return free;
    }
    for (const auto& system : missing) {
        m_desk.operation().progress("Starting " + system.id);
        const Result<ChildRecord> started = co_await m_supervisor.start(system.id, childOf(system));
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
    const auto laidOut = layout();
    if (!laidOut) {
        co_return std::unexpected(laidOut.error());
    }
    // Survivors of a supervisor that was killed are adopted by a new one, which can stop them.
    auto ensuring = m_supervisor.ensureRunning(Desk::program("recovery-supervisor"));
    const Status supervisor = co_await ensuring;
    if (!supervisor) {
        co_return supervisor;
    }
    const Result<QList<ChildRecord>> children = co_await m_supervisor.list();
    if (!children) {
        co_return std::unexpected(children.error());
    }
    const bool alone = std::ranges::all_of(*children, [&](const ChildRecord& child) {
        return child.state == ChildState::Exited || laidOut->find(child.id);
    });
    if (alone) {
        const Status ended = co_await m_supervisor.shutdown(StopGrace);
        co_return ended;
    }
    for (const auto& child : *children) {
        if (laidOut->find(child.id)) {
            const Result<ChildRecord> stopped = co_await m_supervisor.stop(child.id, StopGrace);
            if (!stopped) {
                co_return std::unexpected(stopped.error());
            }
        }
    }
    co_return Status();
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

} // namespace rc::ctl
