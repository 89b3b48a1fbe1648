// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/graph/layered_layout.h"

#include <QFutureWatcher>
#include <QObject>

namespace rc::ui {

/// Lays a graph out beside the window: a first picture soon, better ones after it, and nothing more of a graph when
/// another is asked for.
class LayoutWorker : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    ~LayoutWorker() override;
    Q_DISABLE_COPY_MOVE(LayoutWorker)

    void begin(const DependencyGraph& graph);
    void cancel();
    /// Better ones may still come.
    [[nodiscard]] bool isWorking() const { return m_isWorking; }

Q_SIGNALS:
    void drawn(const LayeredLayout& layout);

private:
    std::unique_ptr<QFutureWatcher<LayeredLayout>> m_watcher;
    bool m_isWorking = false; // until its last result is told, not only known
};

} // namespace rc::ui
