// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/durations.h"

#include <QRandomGenerator>
#include <QTest>

using namespace rc;

class TestDurations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatPeopleWrite_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("ms");
        QTest::newRow("seconds") << "90s" << qint64(90'000);
        QTest::newRow("minutes") << "20m" << qint64(1'200'000);
        QTest::newRow("hours and minutes") << "1h30m" << qint64(5'400'000);
        QTest::newRow("milliseconds") << "500ms" << qint64(500);
        QTest::newRow("all units") << "1h2m3s4ms" << qint64(3'723'004);
        QTest::newRow("zero") << "0s" << qint64(0);
    }

    void readsWhatPeopleWrite()
    {
        QFETCH(QString, text);
        QFETCH(qint64, ms);
        QCOMPARE(parseDuration(text), Milliseconds(ms));
    }

    void refusesEverythingElse()
    {
        for (const auto text : {"", "20", "m", "1.5h", "-1s", "30m1h", "1h 30m", "1d", "20M", "1s\n", "9999999h"}) {
            QVERIFY2(!parseDuration(QString::fromLatin1(text)), text);
        }
    }

    void whatIsWrittenReadsTheSame()
    {
        QRandomGenerator random(1);
        for (int i = 0; i < 1000; ++i) {
            const Milliseconds duration(random.bounded(1'000'000'000));
            QCOMPARE(parseDuration(durationText(duration)), duration);
        }
        QCOMPARE(durationText(Milliseconds(0)), "0s");
        QCOMPARE(durationText(Milliseconds(5'400'000)), "1h30m");
    }

    void fieldsBecomeMilliseconds()
    {
        QJsonObject object{{"rto", "2h"}, {"soak", 3}, {"name", "x"}};
        normaliseDurations(object, {"rto", "soak", "timeout"});
        QCOMPARE(object, (QJsonObject{{"rto_ms", 7'200'000}, {"name", "x"}}));
    }
};

QTEST_GUILESS_MAIN(TestDurations)
#include "tst_durations.moc"
