// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/console_window.h"

#include <QDirIterator>
#include <QFontDatabase>
#include <QQuickStyle>
#include <QtQml/QQmlExtensionPlugin>

#ifdef __GLIBC__
#include <malloc.h>
#endif

Q_IMPORT_QML_PLUGIN(ProzChain_ConsolePlugin)
Q_IMPORT_QML_PLUGIN(ProzChain_ModelsPlugin)

namespace rc {

Window::Window(const DeskOptions& options, EngineMode mode)
    : m_engine(options, mode)
{
    m_qml.addImportPath("qrc:/qt/qml"); // by default from Qt 6.5 on
}

void Window::load(const QString& file, const QVariantMap& properties)
{
    m_qml.setInitialProperties(properties);
    m_qml.load(QUrl("qrc:/qt/qml/ProzChain/Console/" + file));
    m_engine.start();
}

QQuickWindow* Window::window() const
{
    return m_qml.rootObjects().isEmpty() ? nullptr : qobject_cast<QQuickWindow*>(m_qml.rootObjects().constFirst());
}

// What runs ends first; then the QML goes, before what it shows.

ConsoleWindow::ConsoleWindow(const DeskOptions& options)
    : Window(options, EngineMode::Act)
    , m_console(std::make_unique<ui::Console>(m_engine))
{
    load("Main.qml", {{"desk", QVariant::fromValue(m_console.get())}});
}

ConsoleWindow::~ConsoleWindow()
{
    m_engine.stop();
    delete window();
}

WallWindow::WallWindow(const DeskOptions& options)
    : Window(options, EngineMode::Follow)
    , m_wall(std::make_unique<ui::WallViewModel>(m_engine))
{
    load("wall/Wall.qml", {{"model", QVariant::fromValue(m_wall.get())}});
}

WallWindow::~WallWindow()
{
    m_engine.stop();
    delete window();
}

void prepareWindows()
{
    // Small bindings gain nothing from being compiled at run time, and each compilation changes the process's memory
    // map. While a key is derived, the kernel holds that map for the tenth of a second it takes to fill 256 MiB, and
    // the window would stand still.
    if (!qEnvironmentVariableIsSet("QV4_FORCE_INTERPRETER")) {
        qputenv("QV4_FORCE_INTERPRETER", "1");
    }
#ifdef __GLIBC__
    // For the same reason: memory comes in large pieces, and what is free stays for what comes next.
    mallopt(M_MMAP_THRESHOLD, 64 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    mallopt(M_TOP_PAD, 16 << 20);
#endif
    QDirIterator fonts(":/fonts", {"*.otf", "*.ttf"});
    while (fonts.hasNext()) {
        QFontDatabase::addApplicationFont(fonts.next());
    }
    QQuickStyle::setStyle("Fusion");
}

} // namespace rc
