// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/work_log.h"

#include <QDateTime>
#include <QTest>

using namespace rc;
using namespace rc::ui;
using namespace std::chrono_literals;

namespace {

QStringList shown(WorkLog& log, const char* role)
{
    const auto* rows = log.rows();
    QStringList texts;
    for (int row = 0; row < rows->rowCount(); ++row) {
        texts.append(rows->data(rows->index(row, 0), rows->roleNames().key(role)).toString());
    }
    return texts;
}

Timestamp noon(int day)
{
    return Timestamp(Milliseconds(QDateTime(QDate(2024, 10, day), QTime(12, 0)).toMSecsSinceEpoch()));
}

} // namespace

/// What work said, and what is known of its clock, in one order.
class TestWorkLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesOfOtherDaysSayTheirDay()
    {
        WorkLog log;
        log.setToday(noon(4));
        log.hear({noon(3), "Stopping node-1"});
        log.hear({noon(4) + 1s, "Starting node-1"});
        QCOMPARE(shown(log, "text"), (QStringList{"Starting node-1", "Stopping node-1"}));
        QCOMPARE(shown(log, "time"), (QStringList{"12:00:01", "2024-10-03 12:00:00"}));
        log.setToday(noon(5)); // the night has passed
        QCOMPARE(shown(log, "time"), (QStringList{"2024-10-04 12:00:01", "2024-10-03 12:00:00"}));
    }

    void whatWasSaidBeforeIsHeardAfterWhatIsKnownOfTheClock()
    {
        WorkLog log;
        log.setToday(noon(4));
        log.tell({{5, noon(4) + 30s, 0ms, 90s}});
        log.hear({noon(4), "before"});
        log.hear({noon(4) + 60s, "after"});
        QCOMPARE(shown(log, "time"), (QStringList{"12:01:00", "12:00:30", "12:00:00"}));
        log.tell({{5, noon(4) + 30s, 0ms, 90s}, {9, noon(4) + 15s, 0ms, 90s}});
        QCOMPARE(shown(log, "time"), (QStringList{"12:01:00", "12:00:30", "12:00:15", "12:00:00"}));
    }

    void aWordOfTheClockIsNotCrowdedOut()
    {
        WorkLog log;
        log.setToday(noon(4));
        log.tell({{5, noon(4), 0ms, 90s}});
        for (int i = 1; i <= 3 * WorkLog::MostLines; ++i) {
            log.hear({noon(4) + Milliseconds(i), QString("line %1").arg(i)});
        }
        const auto texts = shown(log, "text");
        QCOMPARE(texts.size(), WorkLog::MostLines + 1);
        QCOMPARE(texts.first(), "line 600");
        QCOMPARE(texts[WorkLog::MostLines - 1], "line 401");
        QVERIFY(texts.last().startsWith("The clock of this machine"));
        log.clear();
        QVERIFY(shown(log, "text").isEmpty());
    }

    void workIsToldInTheOrderInWhichItWasSaid()
    {
        WorkLog log;
        log.hear({noon(4), "first"});
        log.hear({noon(3), "second, after the clock was set back"});
        QCOMPARE(shown(log, "text").last(), "first");
    }
};

QTEST_GUILESS_MAIN(TestWorkLog)
#include "tst_work_log.moc"
