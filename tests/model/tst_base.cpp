// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/base/error.h"
#include "model/base/json.h"
#include "model/base/span_words.h"

#include <QRandomGenerator>
#include <QTest>

using namespace rc;

class TestBase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyErrorCodeHasAnExitStatus()
    {
        for (const auto id : enumIds<ErrorCode>) {
            const int exit = exitCode(*fromId<ErrorCode>(id));
            QVERIFY2(exit >= 1 && exit <= 5, id.data());
        }
    }

    void idsSurviveARoundTrip()
    {
        QCOMPARE(idOf(IncidentType::StateCorruption), QLatin1StringView("state_corruption"));
        QCOMPARE(fromId<StepState>(u"awaiting_approval"), StepState::AwaitingApproval);
        QVERIFY(!fromId<StepState>(u"awaiting"));
    }

    void timesAreRfc3339WithMilliseconds()
    {
        const Timestamp time{Milliseconds(1'700'000'000'123)};
        QCOMPARE(toRfc3339(time), "2023-11-14T22:13:20.123Z");
        QCOMPARE(fromRfc3339("2023-11-14T22:13:20.123Z"), time);
        QCOMPARE(fromRfc3339("2023-11-14T23:13:20.123+01:00"), time);
        QVERIFY(!fromRfc3339("2023-11-14T22:13:20")); // which zone?
        QVERIFY(!fromRfc3339("yesterday"));
    }

    void timesAreWrittenAsQtWritesThem()
    {
        // From year 1 to 9999 and a little beyond, with every field at its ends.
        const auto qt = [](qint64 ms) {
            return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs);
        };
        QRandomGenerator random(7);
        constexpr qint64 First = -62'135'596'800'000;
        constexpr qint64 End = 253'402'300'800'000;
        QList<qint64> times{First, First - 1, End - 1, End, 0, -1, 951'782'399'999, 951'868'800'000};
        for (int i = 0; i < 2'000; ++i) {
            times.append(random.bounded(First, End));
        }
        for (const auto ms : times) {
            QCOMPARE(toRfc3339(Timestamp(Milliseconds(ms))), qt(ms));
        }
    }

    void everyFormOfRfc3339IsRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("time");
        QTest::newRow("seconds") << "2026-11-23T03:00:00Z" << "2026-11-23T03:00:00.000Z";
        QTest::newRow("lower case") << "2026-11-23t03:00:00z" << "2026-11-23T03:00:00.000Z";
        QTest::newRow("a space") << "2026-11-23 03:00:00Z" << "2026-11-23T03:00:00.000Z";
        QTest::newRow("nanoseconds") << "2026-11-23T03:00:00.123456789Z" << "2026-11-23T03:00:00.123Z";
        QTest::newRow("unknown zone") << "2026-11-23T03:00:00-00:00" << "2026-11-23T03:00:00.000Z";
        QTest::newRow("over midnight") << "2026-11-23T03:00:00+14:00" << "2026-11-22T13:00:00.000Z";
        QTest::newRow("before 1970") << "1969-12-31T23:59:59.999Z" << "1969-12-31T23:59:59.999Z";
    }

    void everyFormOfRfc3339IsRead()
    {
        QFETCH(QString, text);
        QFETCH(QString, time);
        const auto read = fromRfc3339(text);
        QVERIFY(read);
        QCOMPARE(toRfc3339(*read), time);
    }

    void whatIsNoTimeIsNotRead_data()
    {
        QTest::addColumn<QString>("text");
        for (const auto& text :
             QStringList{"", " ", "2026-11-23", "2026-11-23Z", "2026-02-29T00:00:00Z", "2026-11-23T25:00:00Z",
                         "2026-11-23T03:00:00+25:00", "2026-11-23T03:00:00ZZ", " 2026-11-23T03:00:00Z", "1700000000"}) {
            QTest::newRow(qPrintable("'" + text + "'")) << text;
        }
    }

    void whatIsNoTimeIsNotRead()
    {
        QFETCH(QString, text);
        QVERIFY(!fromRfc3339(text));
    }

    void noTimeIsNullInJson()
    {
        QCOMPARE(toJson(std::optional<Timestamp>()), QJsonValue(QJsonValue::Null));
        QVERIFY(!timeFromJson(QJsonValue::Null));
        QVERIFY(!timeFromJson(1'700'000'000));
        QCOMPARE(timeFromJson("1970-01-01T00:00:00Z"), Timestamp());
    }

    void aSpanIsSaidInTwoUnitsAtMost_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("text");
        QTest::addRow("nothing") << qint64(0) << "0 ms";
        QTest::addRow("under a second") << qint64(850) << "850 ms";
        QTest::addRow("seconds") << qint64(4200) << "4.2 s";
        QTest::addRow("whole seconds") << qint64(40'000) << "40 s";
        QTest::addRow("minutes") << qint64(1'450'000) << "24 min 10 s";
        QTest::addRow("rounded up to an hour") << qint64(3'599'700) << "1 h";
        QTest::addRow("days") << qint64(187'200'000) << "2 d 4 h";
        QTest::addRow("without its sign") << qint64(-60'000) << "1 min";
    }
    void aSpanIsSaidInTwoUnitsAtMost()
    {
        QFETCH(qint64, ms);
        QTEST(spanInWords(Milliseconds(ms)), "text");
    }

    void anErrorForScriptsHasCodeMessageAndDetails()
    {
        const Error error{ErrorCode::PermissionDenied, "No.", {{"operator", "eve"}}};
        QCOMPARE(canonicalJson(error.toJson()),
                 QByteArray(R"({"code":"permission_denied","details":{"operator":"eve"},"message":"No."})"));
    }

    void canonicalJsonSortsKeysAndKeepsWideIntegers()
    {
        const QJsonObject object{{"b", qint64(9'007'199'254'740'993)}, {"a", "x"}};
        QCOMPARE(canonicalJson(object), QByteArray(R"({"a":"x","b":9007199254740993})"));
    }
};

QTEST_GUILESS_MAIN(TestBase)
#include "tst_base.moc"
