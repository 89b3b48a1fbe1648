// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/console/console.h"

#include <QQmlApplicationEngine>
#include <QQuickWindow>

namespace rc {

/// The window over an engine of its own. One per program; needs a QApplication and prepareWindows() before it.
class ConsoleWindow
{
public:
    explicit ConsoleWindow(const DeskOptions& options);

    /// Nothing if the QML could not be loaded; it has said why on standard error.
    [[nodiscard]] QQuickWindow* window() const;
    [[nodiscard]] ui::Console& console() { return m_console; }

private:
    ui::EngineThread m_engine;
    ui::Console m_console;
    QQmlApplicationEngine m_qml;
};

/// The style and the fonts of all windows.
void prepareWindows();

} // namespace rc
