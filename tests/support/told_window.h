// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/console_window.h"

#include <QQuickItem>

namespace rc::test {

/// A console's window, and the way to tell it what its engine would.
class ToldWindow : public ConsoleWindow
{
public:
    explicit ToldWindow(const QString& home)
        : ConsoleWindow({home, {}})
    {
    }

    /// What the window is told of the store from here on. The engine reads the real one when it likes, and knows of no
    /// such plan: each time it has said so, the word of the test follows.
    void tell(const StoreView& view)
    {
        m_engine.tell([this, view](Engine& engine) {
            engine.disconnect(m_told);
            m_told = engine.connect(&engine, &Engine::storeChanged, &engine, [view, &engine](const StoreView& read) {
                if (read.path != view.path) {
                    Q_EMIT engine.storeChanged(view);
                }
            });
            Q_EMIT engine.storeChanged(view);
        });
    }
    /// The same of the systems, once: this home has no inventory, and its engine says so every second.
    void tell(const SystemsView& view)
    {
        m_engine.tell([view](Engine& engine) { Q_EMIT engine.systemsChanged(view); });
    }
    [[nodiscard]] QString focused() const
    {
        // The focus may be inside a list or a control; the names are theirs. An item of the list of pages has its text.
        for (const auto* item = window()->activeFocusItem(); item; item = item->parentItem()) {
            const auto text = item->inherits("QQuickButton") ? item->property("text").toString() : QString();
            if (!item->objectName().isEmpty() || !text.isEmpty()) {
                return item->objectName().isEmpty() ? text : item->objectName();
            }
        }
        return {};
    }

private:
    QMetaObject::Connection m_told; // used on the thread of the engine alone
};

} // namespace rc::test
