// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/base/error.h"
#include "model/base/json.h"

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

    void canonicalJsonSortsKeysAndKeepsWideIntegers()
    {
        const QJsonObject object{{"b", qint64(9'007'199'254'740'993)}, {"a", "x"}};
        QCOMPARE(canonicalJson(object), QByteArray(R"({"a":"x","b":9007199254740993})"));
    }
};

QTEST_GUILESS_MAIN(TestBase)
#include "tst_base.moc"
