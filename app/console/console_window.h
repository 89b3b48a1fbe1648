// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/console/console.h"
#include "ui/console/wall_view_model.h"

#include <QQmlApplicationEngine>
#include <QQuickWindow>

namespace rc {

/// A window made of one QML file over an engine of its own. Needs a QApplication and prepareWindows() before it.
class Window
{
public:
    Window(const DeskOptions& options, EngineMode mode);

    /// Nothing if the QML could not be loaded; it has said why on standard error.
    [[nodiscard]] QQuickWindow* window() const;

protected:
    void load(const QString& file, const QVariantMap& properties);

    ui::EngineThread m_engine;
    QQmlApplicationEngine m_qml;
};

/// Where people sign in and act.
class ConsoleWindow : public Window
{
public:
    explicit ConsoleWindow(const DeskOptions& options);
    ~ConsoleWindow();
    Q_DISABLE_COPY_MOVE(ConsoleWindow)

    [[nodiscard]] ui::Console& console() { return *m_console; }

private:
    std::unique_ptr<ui::Console> m_console;
};

/// A wall: looks, and can change nothing.
class WallWindow : public Window
{
public:
    explicit WallWindow(const DeskOptions& options);
    ~WallWindow();
    Q_DISABLE_COPY_MOVE(WallWindow)

    [[nodiscard]] ui::WallViewModel& wall() { return *m_wall; }

private:
    std::unique_ptr<ui::WallViewModel> m_wall;
};

/// The style and the fonts of all windows.
void prepareWindows();

} // namespace rc
