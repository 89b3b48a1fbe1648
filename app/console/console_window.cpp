// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/console_window.h"

#include <QDirIterator>
#include <QFontDatabase>
#include <QQuickStyle>
#include <QtQml/QQmlExtensionPlugin>

Q_IMPORT_QML_PLUGIN(ProzChain_ConsolePlugin)
Q_IMPORT_QML_PLUGIN(ProzChain_ModelsPlugin)

namespace rc {

ConsoleWindow::ConsoleWindow(const DeskOptions& options)
    : m_engine(options, EngineMode::Act)
    , m_console(m_engine)
{
    m_qml.addImportPath("qrc:/qt/qml"); // by default from Qt 6.5 on
    m_qml.setInitialProperties({{"desk", QVariant::fromValue(&m_console)}});
    m_qml.load(QUrl("qrc:/qt/qml/ProzChain/Console/Main.qml"));
    m_engine.start();
}

QQuickWindow* ConsoleWindow::window() const
{
    return m_qml.rootObjects().isEmpty() ? nullptr : qobject_cast<QQuickWindow*>(m_qml.rootObjects().constFirst());
}

void prepareWindows()
{
    QDirIterator fonts(":/fonts", {"*.otf", "*.ttf"});
    while (fonts.hasNext()) {
        QFontDatabase::addApplicationFont(fonts.next());
    }
    QQuickStyle::setStyle("Fusion");
}

} // namespace rc
