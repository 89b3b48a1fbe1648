// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/live_lines.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace rc;

namespace {

QStringList textsOf(const QList<LiveLine>& lines)
{
    QStringList texts;
    for (const auto& line : lines) {
        texts.append(line.text);
    }
    return texts;
}

} // namespace

/// What work at a plan says reaches who looks from elsewhere.
class TestLiveLines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }

    void othersHearItOnceAndTheSpeakerDoesNot()
    {
        LiveLines speaker(m_home->path());
        LiveLines other(m_home->path());
        speaker.say(m_plan, {Timestamp(Milliseconds(1000)), "Stopping node-1"});
        QCOMPARE(other.news(m_plan), (QList<LiveLine>{{Timestamp(Milliseconds(1000)), "Stopping node-1"}}));
        QVERIFY(other.news(m_plan).isEmpty());
        QVERIFY(speaker.news(m_plan).isEmpty());
        other.say(m_plan, {{}, "I look on"});
        QCOMPARE(textsOf(speaker.news(m_plan)), QStringList{"I look on"});
        QVERIFY(other.news(PlanId("PLAN-2")).isEmpty());
    }

    void whoComesLaterSeesWhatWasSaidLast()
    {
        LiveLines speaker(m_home->path());
        for (int i = 0; i < 300; ++i) {
            speaker.say(m_plan, {{}, QString("line %1").arg(i)});
        }
        LiveLines late(m_home->path());
        const auto texts = textsOf(late.recent(m_plan));
        QCOMPARE(texts.size(), 200);
        QCOMPARE(texts.first(), "line 100");
        QCOMPARE(texts.last(), "line 299");
        speaker.say(m_plan, {{}, "and on"});
        QCOMPARE(textsOf(late.news(m_plan)), QStringList{"and on"});
        QCOMPARE(textsOf(speaker.recent(m_plan)).last(), "and on"); // its own too
    }

    void aHalfLineWaitsForItsRestAndRubbishIsPassedOver()
    {
        LiveLines speaker(m_home->path());
        speaker.say(m_plan, {{}, "one"});
        LiveLines other(m_home->path());
        QCOMPARE(other.news(m_plan).size(), 1);
        QFile file(m_home->path() + "/live/PLAN-1.lines");
        QVERIFY(file.open(QIODevice::Append));
        file.write("rubbish\n{\"at\":\"2030-01-01T00:00:00.000Z\",\"by\":\"x\",");
        file.flush();
        QVERIFY(other.news(m_plan).isEmpty());
        file.write("\"text\":\"two\"}\n");
        file.flush();
        QCOMPARE(textsOf(other.news(m_plan)), QStringList{"two"});
    }

    void itDoesNotGrowWithoutEnd()
    {
        LiveLines speaker(m_home->path());
        LiveLines other(m_home->path());
        const QString text(1000, u'x');
        int heard = 0;
        for (int i = 0; i < 1000; ++i) {
            speaker.say(m_plan, {{}, text});
            heard += int(other.news(m_plan).size());
        }
        QCOMPARE(heard, 1000);
        qint64 bytes = 0;
        for (const auto& file : QDir(m_home->path() + "/live").entryInfoList(QDir::Files)) {
            bytes += file.size();
        }
        QVERIFY2(bytes < qint64(600) * 1024, qPrintable(QString::number(bytes)));
    }

    void whoComesAfterAFileWasFullSeesWhatWasSaidBefore()
    {
        LiveLines speaker(m_home->path());
        const QString full = m_home->path() + "/live/PLAN-1.lines.old";
        int said = 0;
        for (; said < 1000 && !QFile::exists(full); ++said) {
            speaker.say(m_plan, {{}, QString::number(said) + QString(1000, u'x')});
        }
        QVERIFY(QFile::exists(full)); // and the new one has one line
        const auto texts = textsOf(LiveLines(m_home->path()).recent(m_plan));
        QCOMPARE(texts.size(), 200);
        QVERIFY(texts.last().startsWith(QString::number(said - 1) + "x"));
        QVERIFY(texts.first().startsWith(QString::number(said - 200) + "x"));
    }

    void whereNothingCanBeWrittenNothingBreaks()
    {
        QFile inTheWay(m_home->path() + "/live");
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        LiveLines lines(m_home->path());
        lines.say(m_plan, {{}, "nobody hears it"});
        QVERIFY(lines.recent(m_plan).isEmpty());
        QVERIFY(lines.news(m_plan).isEmpty());
    }

private:
    const PlanId m_plan{"PLAN-1"};
    std::unique_ptr<QTemporaryDir> m_home;
};

QTEST_GUILESS_MAIN(TestLiveLines)
#include "tst_live_lines.moc"
