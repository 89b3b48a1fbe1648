// SPDX-License-Identifier: GPL-3.0-or-later
// Every page by Qt Quick Test, over the real view models; a warning fails.
#include "app/console/console_window.h"
#include "tests/qml/stories.h"

#include <QApplication>
#include <QtQuickTest>

class Setup : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void applicationAvailable()
    {
        rc::prepareWindows();
        qmlRegisterSingletonType<rc::test::Stories>("ProzChain.Stories", 1, 0, "Stories",
                                                    [](QQmlEngine*, QJSEngine*) { return new rc::test::Stories; });
    }
    /// Each file of tests has an engine of its own.
    void qmlEngineAvailable(QQmlEngine* engine) { engine->addImportPath("qrc:/qt/qml"); }
};

int main(int argc, char** argv)
{
    const QApplication app(argc, argv); // Qt Charts needs one; Qt Quick Test would make less
    Setup setup;
    return quick_test_main_with_setup(argc, argv, "console_pages", nullptr, &setup);
}

#include "main.moc"
