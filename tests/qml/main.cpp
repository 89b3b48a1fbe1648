// SPDX-License-Identifier: GPL-3.0-or-later
// Every page by Qt Quick Test, over the real view models; a warning fails.
#include "app/console/console_window.h"
#include "tests/qml/stories.h"

#include <QApplication>
#include <QtQuickTest>

#include <cstdio>

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
    void qmlEngineAvailable(QQmlEngine* engine)
    {
        engine->addImportPath("qrc:/qt/qml");
        connect(engine, &QQmlEngine::warnings, this,
                [this](const QList<QQmlError>& warnings) { m_warnings += warnings; });
    }

public:
    /// Of loading, too, which is over before a test could fail by them.
    [[nodiscard]] const QList<QQmlError>& warnings() const { return m_warnings; }

private:
    QList<QQmlError> m_warnings;
};

int main(int argc, char** argv)
{
    const QApplication app(argc, argv); // Qt Charts needs one; Qt Quick Test would make less
    Setup setup;
    const int failed = quick_test_main_with_setup(argc, argv, "console_pages", nullptr, &setup);
    for (const auto& warning : setup.warnings()) {
        std::fprintf(stderr, "A warning fails: %s\n", qUtf8Printable(warning.toString()));
    }
    return setup.warnings().isEmpty() ? failed : 1;
}

#include "main.moc"
