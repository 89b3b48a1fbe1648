// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/engine_thread.h"

namespace rc::ui {

EngineThread::EngineThread(const DeskOptions& options, EngineMode mode, QObject* parent)
    : QObject(parent)
    , m_engine(new Engine(options, mode))
{
    m_thread.setObjectName("engine");
    m_engine->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_engine, &QObject::deleteLater);
    connect(this, &EngineThread::told, m_engine, [this] { runMailbox(); });
    // Direct: this thread waits for it in the destructor.
    connect(m_engine, &Engine::stopped, &m_thread, &QThread::quit, Qt::DirectConnection);
}

EngineThread::~EngineThread()
{
    stop();
    if (!m_started) {
        delete m_engine;
    }
}

void EngineThread::stop()
{
    if (m_thread.isRunning()) {
        tell([](Engine& engine) { engine.stop(); });
        m_thread.wait();
        // The sanitizer cannot see that Qt has waited; it sees this.
        const std::scoped_lock lock(m_mutex);
    }
}

void EngineThread::start()
{
    m_started = true;
    m_thread.start();
    tell([](Engine& engine) { engine.start(); });
}

void EngineThread::tell(std::function<void(Engine&)> act)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_mailbox.push_back(std::move(act));
    }
    Q_EMIT told();
}

void EngineThread::runMailbox()
{
    std::vector<std::function<void(Engine&)>> acts;
    {
        const std::scoped_lock lock(m_mutex);
        acts.swap(m_mailbox);
    }
    for (const auto& act : acts) {
        act(*m_engine);
    }
}

} // namespace rc::ui
