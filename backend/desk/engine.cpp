// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/desk/engine.h"

#include "backend/desk/store_reader.h"
#include "backend/journal/device_signer.h"
#include "backend/journal/store_watcher.h"
#include "model/health/proposal.h"

#include <QFileInfo>

namespace rc {
namespace {

/// Ages and what has become stale are told this often, changes at once.
constexpr std::chrono::seconds SystemsInterval{1};

} // namespace

Engine::Engine(DeskOptions options, EngineMode mode, QObject* parent)
    : QObject(parent)
    , m_desk(std::move(options))
    , m_mode(mode)
{
    m_systemsTimer.setInterval(SystemsInterval);
    m_systemsTimer.setParent(this);
    connect(&m_systemsTimer, &QTimer::timeout, this, &Engine::lookAtSystems);
}

Engine::~Engine() = default;

void Engine::start()
{
    m_watcher = std::make_unique<StoreWatcher>(m_desk.home());
    connect(m_watcher.get(), &StoreWatcher::changed, this, [this] {
        m_lost = false;
        readNow();
    });
    connect(m_watcher.get(), &StoreWatcher::replaced, this, [this] {
        signOut();
        m_lost = false;
        m_presence.reset(); // its lock may have gone with the old home
        m_desk.close();
        openStore();
    });
    connect(m_watcher.get(), &StoreWatcher::lost, this, [this] {
        // What is open still answers: the file lives on unseen until it is closed.
        m_lost = m_desk.isOpen();
        readNow();
    });
    openStore();
    lookAtSystems();
    m_systemsTimer.start();
}

void Engine::stop()
{
    m_stopping = true;
    m_systemsTimer.stop();
    for (const auto& token : std::as_const(m_running)) {
        CancelToken(token).cancel();
    }
    if (m_running.isEmpty()) {
        m_monitor.reset();
        Q_EMIT stopped();
    }
}

void Engine::watch(const QList<PlanId>& plans)
{
    m_watched = plans;
    readNow();
}

void Engine::cancel(const PlanId& plan)
{
    if (m_running.contains(plan)) {
        m_running[plan].cancel();
    }
}

void Engine::openStore()
{
    const auto mode = m_mode == EngineMode::Act ? OpenMode::ReadWrite : OpenMode::ReadOnly;
    auto opened = m_desk.open(mode);
    if (!opened && mode == OpenMode::ReadWrite && opened.error().code == ErrorCode::StoreError) {
        opened = m_desk.open(OpenMode::ReadOnly);
    }
    if (opened) {
        readNow();
        return;
    }
    StoreView view;
    view.path = m_desk.home();
    view.state = opened.error().code == ErrorCode::NotFound ? StoreState::Absent : StoreState::Unusable;
    view.trouble = opened.error().message;
    Q_EMIT storeChanged(view);
}

void Engine::readNow()
{
    if (!m_desk.isOpen()) {
        openStore();
        return;
    }
    if (m_lost) {
        return tellLost("The store's file is gone or cannot be read. This is the last that was known.");
    }
    auto view = readStore(m_desk, m_watched);
    if (view.state == StoreState::Lost) {
        return tellLost(view.trouble);
    }
    for (auto& shown : view.shownPlans) {
        shown.runsHere = m_running.contains(shown.plan.id);
    }
    m_lastStore = view;
    Q_EMIT storeChanged(view);
}

void Engine::tellLost(const QString& trouble)
{
    m_lastStore.state = StoreState::Lost;
    m_lastStore.trouble = trouble;
    Q_EMIT storeChanged(m_lastStore);
}

void Engine::lookAtSystems()
{
    // The file may appear, vanish and change at any time: the lab writes it, people edit it.
    const auto changed = QFileInfo(m_desk.inventoryFile()).lastModified();
    if (!m_monitor || changed != m_inventoryTime) {
        m_inventoryTime = changed;
        const auto document = m_desk.inventory();
        m_inventoryTrouble = document ? QString() : document.error().message;
        if (document && document->inventory != m_inventory) {
            m_inventory = document->inventory;
            m_monitor =
                std::make_unique<HealthMonitor>(HealthCheckService(m_inventory, NetworkView(m_inventory)), systemTime);
            connect(m_monitor.get(), &HealthMonitor::changed, this, &Engine::tellSystems);
            m_monitor->start();
        }
    }
    lookWhoLives();
    tellSystems();
}

void Engine::lookWhoLives()
{
    if (m_mode == EngineMode::Act && !m_presence && m_desk.isOpen() && !m_desk.journal().isReadOnly()) {
        if (auto presence = Presence::announce(m_desk.home())) {
            m_presence.emplace(std::move(*presence));
        }
    }
    const auto alive = signsOfLife(m_desk.home());
    if (alive != m_alive) {
        m_alive = alive;
        // What a dead executor was running is unknown from now on, and nothing in the store says so.
        readNow();
    }
}

void Engine::tellSystems()
{
    SystemsView view{m_inventoryTrouble, m_inventory, {}, int(m_alive.size()), systemTime()};
    if (m_monitor) {
        view.health = m_monitor->all();
        propose();
    }
    Q_EMIT systemsChanged(view);
}

void Engine::propose()
{
    const bool writable = m_desk.isOpen() && !m_desk.journal().isReadOnly() && m_desk.journal().soundness().ok;
    if (m_mode == EngineMode::Follow || !writable) {
        return;
    }
    const auto found = m_monitor->proposals();
    const auto systems = m_monitor->all();
    const auto news = m_desk.incidents().newsIn(found, systems);
    if (!news || news->isEmpty()) {
        return;
    }
    // Without the device's key, or with a busy store, the next look proposes again.
    if (const auto device = DeviceSigner::load(m_desk.home())) {
        std::ignore = m_desk.incidents().propose(found, systems, **device);
    }
}

} // namespace rc
