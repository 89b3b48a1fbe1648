// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/console.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDirIterator>
#include <QFontDatabase>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QtQml/QQmlExtensionPlugin>

Q_IMPORT_QML_PLUGIN(ProzChain_ConsolePlugin)
Q_IMPORT_QML_PLUGIN(ProzChain_ModelsPlugin)

using namespace rc;

namespace {

void loadFonts()
{
    QDirIterator fonts(":/fonts", {"*.otf", "*.ttf"});
    while (fonts.hasNext()) {
        QFontDatabase::addApplicationFont(fonts.next());
    }
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    app.setApplicationName("recovery-console");
    app.setOrganizationName("ProzChain");
    app.setApplicationVersion(RC_VERSION);
    QCommandLineParser parser;
    parser.setApplicationDescription("Recovers a blockchain network after a contained security incident.");
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({"home", "Folder of the store, the keys and everything else (RC_HOME).", "DIR"});
    parser.addOption({"inventory", "The inventory (HOME/inventory.yaml).", "FILE"});
    parser.process(app);

    loadFonts();
    QQuickStyle::setStyle("Fusion");
    const auto home = parser.isSet("home") ? parser.value("home") : qEnvironmentVariable("RC_HOME");
    if (home.isEmpty()) {
        parser.showHelp(2);
    }
    ui::EngineThread engine({home, parser.value("inventory")}, EngineMode::Act);
    ui::Console console(engine);
    QQmlApplicationEngine qml;
    QObject::connect(&qml, &QQmlApplicationEngine::objectCreated, &app, [](const QObject* object) {
        if (!object) {
            QCoreApplication::exit(1);
        }
    });
    qml.addImportPath("qrc:/qt/qml"); // by default from Qt 6.5 on
    qml.setInitialProperties({{"desk", QVariant::fromValue(&console)}});
    qml.load(QUrl("qrc:/qt/qml/ProzChain/Console/Main.qml"));
    engine.start();
    return QApplication::exec();
}
