// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/appearance.h"

#include <QGuiApplication>
#include <QPalette>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QtTest/qtest_gui.h>

using namespace rc::ui;

class TestAppearance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        QGuiApplication::setPalette(QPalette(Qt::lightGray));
    }

    void whatAPersonChoseIsThereTheNextTime()
    {
        Appearance first;
        const QSignalSpy changed(&first, &Appearance::changed);
        QCOMPARE(first.choice(), Appearance::AsDesktop);
        QCOMPARE(first.zoom(), 100);
        first.setChoice(Appearance::AlwaysHighContrast);
        first.setZoom(150);
        QCOMPARE(changed.count(), 2);
        first.setZoom(150);
        QCOMPARE(changed.count(), 2);
        const Appearance next;
        QCOMPARE(next.choice(), Appearance::AlwaysHighContrast);
        QCOMPARE(next.shade(), Appearance::HighContrast);
        QCOMPARE(next.zoom(), 150);
    }

    void itFollowsTheDesktopUntilSomebodyChooses()
    {
        Appearance appearance;
        QCOMPARE(appearance.shade(), Appearance::Light);
        QGuiApplication::setPalette(QPalette(QColor(30, 30, 30)));
        QTRY_COMPARE(appearance.shade(), Appearance::Dark);
        appearance.toggleDark();
        QCOMPARE(appearance.shade(), Appearance::Light);
        QCOMPARE(appearance.choice(), Appearance::AlwaysLight);
        const QSignalSpy changed(&appearance, &Appearance::changed);
        QGuiApplication::setPalette(QPalette(Qt::lightGray));
        QGuiApplication::setPalette(QPalette(QColor(30, 30, 30)));
        QCoreApplication::sendPostedEvents();
        QCOMPARE(changed.count(), 0);
    }

    void itGrowsInStepsAndNoFurther()
    {
        Appearance appearance;
        for (int i = 0; i < 20; ++i) {
            appearance.zoomBy(1);
        }
        QCOMPARE(appearance.zoom(), 200);
        appearance.zoomBy(-1);
        QCOMPARE(appearance.zoom(), 175);
        for (int i = 0; i < 20; ++i) {
            appearance.zoomBy(-1);
        }
        QCOMPARE(appearance.zoom(), 80);
        appearance.setZoom(118);
        QCOMPARE(appearance.zoom(), 125);
    }

    void settingsThatMakeNoSenseAreNotBelieved()
    {
        QSettings().setValue("appearance/theme", "Plaid");
        QSettings().setValue("appearance/zoom", "enormous");
        const Appearance appearance;
        QCOMPARE(appearance.choice(), Appearance::AsDesktop);
        QVERIFY(appearance.zoom() >= 80);
        QVERIFY(appearance.zoom() <= 200);
    }
};

int main(int argc, char** argv)
{
    const QTemporaryDir settings;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    const QGuiApplication app(argc, argv);
    QCoreApplication::setApplicationName("tst_appearance");
    QCoreApplication::setOrganizationName("ProzChain");
    TestAppearance test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_appearance.moc"
