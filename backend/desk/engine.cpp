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
/// How often a store that could not be opened for writing is tried again.
constexpr std::chrono::seconds OpenInterval{10};

/// All that decides whether there is news among the proposals: what is suggested, what was looked for, and the store.
QStringList questionOf(const QList<Proposal>& found, const QList<SystemHealth>& systems, qint64 records)
{
    QStringList question{QString::number(records)};
    for (const auto& proposal : found) {
        question.append(proposal.fingerprint);
    }
    Proposal one;
    for (const auto type : {IncidentType::StateCorruption, IncidentType::ConsensusHalt}) {
        one.type = type;
        for (const auto& system : systems) {
            one.systems = {system.id};
            if (wasLookedFor(one, {system})) {
                question.append(QString(idOf(type)) + ":" + system.id.text());
            }
        }
    }
    return question;
}

} // namespace

Engine::Engine(DeskOptions options, EngineMode mode, QObject* parent)
    : QObject(parent)
    , m_desk(std::move(options))
    , m_mode(mode)
    , m_lines(m_desk.home())
{
    m_systemsTimer.setInterval(SystemsInterval);
    m_systemsTimer.setParent(this);
    connect(&m_systemsTimer, &QTimer::timeout, this, &Engine::lookAtSystems);
    m_openTimer.setInterval(OpenInterval);
    m_openTimer.setParent(this);
    connect(&m_openTimer, &QTimer::timeout, this, [this] {
        // A disk that was full, a home that was read-only: it may be well again.
        if (m_atWork > 0 || m_lost) {
            return;
        }
        if (m_desk.isOpen() && m_desk.journal().sql().isOutdated()) {
            m_desk.close();
        }
        if (!m_desk.isOpen() || (m_mode == EngineMode::Act && m_desk.journal().isReadOnly())) {
            openStore();
        }
    });
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
        m_replaced = true;
        cancelAll();
        signOut();
        if (m_atWork == 0) {
            openAnew();
        } else {
            readNow();
        }
    });
    connect(m_watcher.get(), &StoreWatcher::lost, this, [this] {
        // What is open still answers: the file lives on unseen until it is closed. Nothing may go on that is recorded
        // where nobody will find it.
        m_lost = m_desk.isOpen();
        cancelAll();
        readNow();
    });
    openStore();
    lookAtSystems();
    m_systemsTimer.start();
    m_openTimer.start();
}

void Engine::stop()
{
    m_stopping = true;
    m_systemsTimer.stop();
    m_openTimer.stop();
    cancelAll();
    if (m_atWork == 0) {
        workEnded();
    }
}

void Engine::cancelAll()
{
    for (const auto& token : std::as_const(m_running)) {
        CancelToken(token).cancel();
    }
}

void Engine::workEnded()
{
    if (m_atWork > 0) {
        return;
    }
    if (m_replaced) {
        openAnew();
    }
    if (m_stopping) {
        m_monitor.reset();
        Q_EMIT stopped();
    }
}

void Engine::openAnew()
{
    m_replaced = false;
    m_lost = false;
    m_presence.reset(); // its lock may have gone with the old home
    m_desk.close();
    openStore();
}

void Engine::watch(const QList<PlanId>& plans)
{
    m_watched = plans;
    readNow();
    for (const auto& plan : plans) {
        for (const auto& line : m_lines.recent(plan)) {
            Q_EMIT progressed(plan, line);
        }
    }
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
    m_asked.clear();
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
    if (m_replaced) {
        return tellLost("Another store stands in the place of this one. What still runs here is being stopped.");
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
    const auto changed = QFileInfo(m_desk.inventoryFile()).metadataChangeTime();
    if (changed != m_inventoryTime || (!m_monitor && m_inventoryTrouble.isEmpty())) {
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
    lookAtSession();
    lookWhoLives();
    listen();
    tellSystems();
}

void Engine::listen()
{
    for (const auto& plan : m_watched) {
        for (const auto& line : m_lines.news(plan)) {
            Q_EMIT progressed(plan, line);
        }
    }
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
    const auto asked = questionOf(found, systems, m_lastStore.records);
    if (asked == m_asked) {
        return;
    }
    const auto news = m_desk.incidents().newsIn(found, systems);
    if (!news) {
        return;
    }
    // Without the device's key, or with a store that is busy or that somebody else has just written to, the next look
    // asks and proposes again.
    if (!news->isEmpty()) {
        const auto device = DeviceSigner::load(m_desk.home());
        if (!device || !m_desk.incidents().propose(*news, **device)) {
            return;
        }
    }
    m_asked = asked;
}

} // namespace rc
