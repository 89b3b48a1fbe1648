// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_chain.h"

#include <QProcess>
#include <QRandomGenerator>

using namespace rc;
using namespace rc::prozchain;

/// A process that writes blocks is killed; what it leaves must stand at a block boundary.
class TestChainCrash : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_dir;

    /// Starts the writer and returns once its store is open.
    void start(QProcess& writer, const QString& what, qint64 height, const QString& failpoint = {})
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        if (!failpoint.isEmpty()) {
            environment.insert("RC_FAILPOINT", failpoint);
        }
        writer.setProcessEnvironment(environment);
        writer.start(RC_BIN_DIR "/chain_writer", {m_dir->path(), what, QString::number(height)});
        QVERIFY(writer.waitForReadyRead());
    }

    /// The head's height after checking that blocks and state end there together.
    void standsAtABlock(qint64& height)
    {
        auto store = ChainStore::openExisting(m_dir->path());
        VERIFY_OK(store);
        height = store->head().height;
        VERIFY_OK(store->verifyState(height));
        auto database = sqlite::Database::open(ChainStore::fileIn(m_dir->path()), sqlite::Database::Mode::Existing);
        VERIFY_OK(database);
        auto extra = sqlite::Statement::prepare(*database, "SELECT (SELECT max(height) FROM state),"
                                                           " (SELECT max(height) FROM buckets),"
                                                           " (SELECT count(*) FROM blocks)");
        VERIFY_OK(extra);
        QList<qint64> found;
        VERIFY_OK(extra->with().row([&](const auto& row) { found = {row.number(0), row.number(1), row.number(2)}; }));
        QCOMPARE(found, (QList<qint64>{height, height, height + 1}));
    }

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void killedAtAnyMoment()
    {
        qint64 before = 0;
        for (int round = 0; round < 20; ++round) {
            QProcess writer;
            start(writer, "grow", 1'000'000);
            QTest::qWait(QRandomGenerator::global()->bounded(15, 120)); // a random moment, not a wait for anything
            QCOMPARE(writer.state(), QProcess::Running);
            writer.kill();
            QVERIFY(writer.waitForFinished());
            qint64 after = 0;
            standsAtABlock(after);
            QVERIFY(after >= before);
            before = after;
        }
        QVERIFY2(before > 20, "the writer hardly wrote");
    }

    void killedBetweenABlockAndItsState()
    {
#ifndef RC_FAILPOINTS
        QFAIL("Built without failpoints.");
#endif
        QProcess writer;
        start(writer, "grow", 50, "prozchain.append.half:8");
        QVERIFY(writer.waitForFinished());
        QCOMPARE(writer.exitStatus(), QProcess::CrashExit);
        qint64 height = 0;
        standsAtABlock(height);
        QCOMPARE(height, 7);
    }

    void aRollbackKilledHalfwayIsNoneAndCanBeDoneAgain()
    {
#ifndef RC_FAILPOINTS
        QFAIL("Built without failpoints.");
#endif
        QProcess grow;
        start(grow, "grow", 30);
        QVERIFY(grow.waitForFinished());
        QProcess killed;
        start(killed, "rollback", 10, "prozchain.rollback.half");
        QVERIFY(killed.waitForFinished());
        QCOMPARE(killed.exitStatus(), QProcess::CrashExit);
        qint64 height = 0;
        standsAtABlock(height);
        QCOMPARE(height, 30);
        QProcess again;
        start(again, "rollback", 10);
        QVERIFY(again.waitForFinished());
        QCOMPARE(again.exitCode(), 0);
        standsAtABlock(height);
        QCOMPARE(height, 10);
    }
};

QTEST_GUILESS_MAIN(TestChainCrash)
#include "tst_chain_crash.moc"
