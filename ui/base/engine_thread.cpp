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
    // Direct: this thread waits for it in the destructor.
    connect(m_engine, &Engine::stopped, &m_thread, &QThread::quit, Qt::DirectConnection);
}

EngineThread::~EngineThread()
{
    if (m_thread.isRunning()) {
        tell([](Engine& engine) { engine.stop(); });
        m_thread.wait();
    } else {
        delete m_engine;
    }
}

void EngineThread::start()
{
    m_thread.start();
    tell([](Engine& engine) { engine.start(); });
}

void EngineThread::tell(const std::function<void(Engine&)>& act)
{
    QMetaObject::invokeMethod(m_engine, [engine = m_engine, act] { act(*engine); });
}

} // namespace rc::ui
