// SPDX-License-Identifier: GPL-3.0-or-later
// Several processes, one store.
#include "backend/journal/store_watcher.h"
#include "tests/backend/journal/journal_fixture.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QSignalSpy>

#include <memory>
#include <vector>

using namespace rc;
using rc::test::Store;

class TestJournalProcesses : public QObject
{
    Q_OBJECT

private:
    using Writer = std::unique_ptr<QProcess>;

    static Writer start(const QStringList& arguments, const QString& failpoint = {})
    {
        auto writer = std::make_unique<QProcess>();
        auto environment = QProcessEnvironment::systemEnvironment();
        if (!failpoint.isEmpty()) {
            environment.insert("RC_FAILPOINT", failpoint);
        }
        writer->setProcessEnvironment(environment);
        writer->start(QString(RC_BIN_DIR) + "/journal_writer", arguments);
        return writer;
    }

    static std::vector<Writer> startMany(int count, const QStringList& arguments)
    {
        std::vector<Writer> writers;
        writers.reserve(size_t(count));
        for (int i = 0; i < count; ++i) {
            writers.push_back(start(arguments));
        }
        return writers;
    }

    /// The sequences that a killed writer said were durable; a last line cut short does not count.
    static QList<qint64> acknowledged(QProcess& writer)
    {
        auto lines = writer.readAllStandardOutput().split('\n');
        lines.removeLast();
        QList<qint64> sequences;
        for (const auto& line : std::as_const(lines)) {
            sequences.append(line.toLongLong());
        }
        return sequences;
    }

private Q_SLOTS:
    void ofEightWhoExpectTheSameOneWins()
    {
        const Store store;
        for (int round = 0; round < 5; ++round) {
            const auto writers = startMany(8, {store.home(), "race", "race", QString::number(round)});
            for (const auto& writer : writers) {
                QTRY_VERIFY_WITH_TIMEOUT(writer->canReadLine() || writer->waitForReadyRead(10), 20'000);
                QCOMPARE(writer->readLine(), "ready\n");
            }
            for (const auto& writer : writers) {
                writer->write("\n");
            }
            QByteArrayList answers;
            for (const auto& writer : writers) {
                QVERIFY(writer->waitForFinished());
                answers.append(writer->readAllStandardOutput().trimmed());
            }
            QCOMPARE(answers.count("ok"), 1);
            QCOMPARE(answers.count("conflict"), 7);
        }
        auto journal = Store::must(Journal::open(store.home()));
        QCOMPARE(Store::must(journal->revision("race")), 5);
        QVERIFY(Store::must(journal->verify(VerifyFrom::Start)).ok);
    }

    void eightWhoFoundAStoreFoundOne()
    {
        const QTemporaryDir folder;
        const auto home = folder.filePath("home");
        const auto writers = startMany(8, {home, "found"});
        for (const auto& writer : writers) {
            QVERIFY(writer->waitForFinished());
            QCOMPARE(writer->readAllStandardOutput().trimmed(), "1");
        }
        auto journal = Store::must(Journal::open(home));
        QCOMPARE(Store::must(journal->head()).sequence, 1);
        QVERIFY(Store::must(journal->verify(VerifyFrom::Start)).ok);
    }

    void severalWritersShareTheStore()
    {
        Store store;
        store.close();
        const auto writers = startMany(3, {store.home(), "write", "20"});
        for (const auto& writer : writers) {
            QVERIFY(writer->waitForFinished(60'000));
            QCOMPARE(writer->exitCode(), 0);
            QCOMPARE(acknowledged(*writer).size(), 20);
        }
        store.open(OpenMode::ReadWrite);
        QCOMPARE(Store::must(store.journal().head()).sequence, 61);
        const auto found = Store::must(store.journal().verify(VerifyFrom::Start));
        QVERIFY2(found.ok, qPrintable(found.reason));
    }

    void processesThatTakeTurnsCompareTheirClocksWithOneAnother()
    {
        const QTemporaryDir folder;
        const auto home = folder.filePath("home");
        QVERIFY(start({home, "found"})->waitForFinished());
        constexpr qint64 Hour = 3'600'000;
        for (const qint64 ahead : {qint64(0), qint64(0), Hour, Hour, qint64(0)}) {
            const auto writer = start({home, "write", "2", QString::number(ahead)});
            QVERIFY(writer->waitForFinished());
            QCOMPARE(acknowledged(*writer).size(), 2);
        }
        auto journal = Store::must(Journal::open(home));
        QList<qint64> flagged;
        QList<qint64> hours;
        for (const auto& flag : Store::must(journal->clockFlags(1, 100))) {
            flagged.append(flag.sequence);
            hours.append(qRound64(double(flag.jump.count()) / Hour));
        }
        QCOMPARE(flagged, (QList<qint64>{6, 10}));
        QCOMPARE(hours, (QList<qint64>{1, -1}));
    }

    void whatWasAcknowledgedSurvivesAKill()
    {
        Store store;
        qint64 before = 1;
        for (int round = 0; round < 20; ++round) {
            store.close();
            const auto writer = start({store.home(), "write"});
            QVERIFY(writer->waitForReadyRead());
            // Not a wait for something: the moment of the kill is what varies.
            (void)writer->waitForFinished(QRandomGenerator::global()->bounded(40));
            writer->kill();
            QVERIFY(writer->waitForFinished());
            const auto said = acknowledged(*writer);
            QVERIFY(!said.isEmpty());
            QCOMPARE(said.first(), before + 1);

            store.open(OpenMode::ReadWrite);
            const auto head = Store::must(store.journal().head()).sequence;
            QVERIFY2(head == said.last() || head == said.last() + 1, qPrintable(QString::number(head)));
            const auto found = Store::must(store.journal().verify(VerifyFrom::Start));
            QVERIFY2(found.ok, qPrintable(found.reason));
            before = head;
        }
    }

    void aKillAroundTheCommitLeavesAllOrNothing_data()
    {
        QTest::addColumn<QString>("failpoint");
        QTest::addColumn<int>("rows");
        QTest::newRow("before") << "journal_before_commit:3" << 3;
        QTest::newRow("after") << "journal_after_commit:3" << 4;
    }
    void aKillAroundTheCommitLeavesAllOrNothing()
    {
#ifndef RC_FAILPOINTS
        QFAIL("This test needs a build with failpoints.");
#endif
        QFETCH(const QString, failpoint);
        QFETCH(const int, rows);
        Store store;
        store.close();
        const auto writer = start({store.home(), "write"}, failpoint);
        QVERIFY(writer->waitForFinished());
        QCOMPARE(writer->exitStatus(), QProcess::CrashExit);
        store.open(OpenMode::ReadWrite);
        QCOMPARE(Store::must(store.journal().head()).sequence, rows);
        QVERIFY(store.journal().soundness().ok);
    }

    void theWatcherSeesWhatAnotherProcessCommits()
    {
        const Store store;
        StoreWatcher watcher(store.home());
        QSignalSpy changed(&watcher, &StoreWatcher::changed);
        const auto writer = start({store.home(), "write"});
        QTRY_VERIFY(!changed.isEmpty());
        QVERIFY(changed.first().first().toLongLong() > 1);
        writer->kill();
        QVERIFY(writer->waitForFinished());
    }
};

QTEST_GUILESS_MAIN(TestJournalProcesses)
#include "tst_journal_processes.moc"
