// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/layout_worker.h"

#include <QElapsedTimer>
#include <QPromise>
#include <QThread>
#include <QThreadPool>
#include <QtConcurrentRun>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace rc::ui {
namespace {

/// Between two pictures of a graph: a drawing that changes more often is not read.
constexpr int BetweenPictures = 1'000;

void improve(QPromise<LayeredLayout>& promise, const DependencyGraph& graph)
{
    LayeredDrawing drawing(graph);
    promise.addResult(drawing.layout());
    auto shown = drawing.crossings();
    QElapsedTimer sinceShown;
    sinceShown.start();
    while (!promise.isCanceled() && drawing.refine()) {
        if (sinceShown.hasExpired(BetweenPictures) && drawing.crossings() < shown) {
            promise.addResult(drawing.layout());
            shown = drawing.crossings();
            sinceShown.restart();
        }
    }
    if (!promise.isCanceled() && drawing.crossings() < shown) {
        promise.addResult(drawing.layout());
    }
}

void draw(QPromise<LayeredLayout>& promise, const DependencyGraph& graph)
{
    improve(promise, graph);
#ifdef __GLIBC__
    malloc_trim(0); // of a large graph, tens of megabytes that this thread will not need again
#endif
}

/// Of two threads, for the graph of a plan and that of its systems. What else runs on Qt's own pool must not wait for a
/// layout, which uses a whole core for seconds.
QThreadPool& pool()
{
    static QThreadPool own;
    own.setMaxThreadCount(2);
    own.setThreadPriority(QThread::LowPriority);
    return own;
}

} // namespace

LayoutWorker::~LayoutWorker()
{
    cancel();
}

void LayoutWorker::cancel()
{
    if (m_watcher) {
        m_watcher->disconnect(this);
        m_watcher->cancel();
        m_watcher.reset();
        m_isWorking = false;
    }
}

void LayoutWorker::begin(const DependencyGraph& graph)
{
    cancel();
    m_watcher = std::make_unique<QFutureWatcher<LayeredLayout>>();
    auto* watcher = m_watcher.get();
    connect(watcher, &QFutureWatcher<LayeredLayout>::resultReadyAt, this,
            [this, watcher](int index) { Q_EMIT drawn(watcher->resultAt(index)); });
    connect(watcher, &QFutureWatcher<LayeredLayout>::finished, this, [this] {
        m_isWorking = false;
        m_watcher.release()->deleteLater(); // with all the results that it keeps
    });
    m_isWorking = true;
    watcher->setFuture(QtConcurrent::run(&pool(), draw, graph));
}

} // namespace rc::ui
