// SPDX-License-Identifier: GPL-3.0-or-later
// Full disks, read-only places, other users. What root would not notice is tried as another user.
#include "tests/backend/journal/journal_fixture.h"
#include "tests/support/machine.h"

using namespace rc;
using namespace rc::test;

class TestJournalTrouble : public QObject
{
    Q_OBJECT

private:
    static QString writer() { return QString(RC_BIN_DIR) + "/journal_writer"; }

    /// The writer wrote until there was no room; what it said is in the store, which goes on once there is room.
    static void expectFullAndIntact(const Said& outcome, const QString& home)
    {
        QCOMPARE(outcome.exit, 1);
        const auto lines = outcome.text.trimmed().split('\n');
        QVERIFY(lines.size() > 2);
        QVERIFY2(lines.last().startsWith("store_error: The disk that holds the store"), qPrintable(lines.last()));
        auto journal = Store::must(Journal::open(home));
        QCOMPARE(Store::must(journal->head()).sequence, lines.at(lines.size() - 2).toLongLong());
        QVERIFY(Store::must(journal->verify(VerifyFrom::Start)).ok);
    }

    static void appendOnce(const QString& home)
    {
        auto journal = Store::must(Journal::open(home));
        auto device = Store::must(DeviceSigner::load(home));
        const auto written = journal->append({.events = {{"c", "incident_proposed", {}}}}, *device);
        QVERIFY2(written.has_value(), written ? "" : qPrintable(written.error().message));
    }

private Q_SLOTS:
    void aFullDiskRefusesAndLosesNothing()
    {
        if (!isRootHere()) {
            return;
        }
        const QTemporaryDir folder;
        const auto& mount = folder.path();
        const SmallDisk disk(mount, "2m");
        QVERIFY2(disk.isMounted(), "nothing can be mounted here");
        const auto home = mount + "/home";
        QCOMPARE(run(writer(), {home, "found"}).exit, 0);
        QFile ballast(mount + "/ballast");
        QVERIFY(ballast.open(QIODevice::WriteOnly));
        QCOMPARE(ballast.write(QByteArray(200'000, 'x')), 200'000);
        ballast.close();
        expectFullAndIntact(run(writer(), {home, "write"}), home);
        QVERIFY(ballast.remove());
        appendOnce(home);
    }

    void aFileSizeLimitRefusesAndLosesNothing()
    {
        const QTemporaryDir folder;
        const auto home = folder.filePath("home");
        QCOMPARE(run(writer(), {home, "found"}).exit, 0);
        // 512 KiB for any one file; the signal about it is ignored, so that writing fails instead.
        expectFullAndIntact(
            run("bash", {"-c", "trap '' XFSZ; ulimit -f 512; exec \"$@\"", "bash", writer(), home, "write"}), home);
        appendOnce(home);
    }

    void whoMayOnlyReadGetsASentence()
    {
        const Stranger stranger;
        const QTemporaryDir folder;
        const auto home = folder.filePath("home");
        const auto as = [&](const QString& command) { return stranger.run(writer(), {home, command}); };
        QVERIFY(Stranger::own(folder.path()));
        QCOMPARE(as("found").exit, 0);

        // The owner may read the store, but not write it or anything beside it.
        QCOMPARE(run("chmod", {"-R", "a-w", home}).exit, 0);
        const auto written = as("write");
        QCOMPARE(written.exit, 1);
        QVERIFY2(written.text.startsWith("store_error: The store " + home), qPrintable(written.text));
        // SQLite reads a store in WAL mode that nobody has open only where it may put a file beside it.
        const auto read = as("read");
        QCOMPARE(read.exit, 1);
        QVERIFY2(read.text.startsWith("store_error: The store " + home) && read.text.contains("read-only for you"),
                 qPrintable(read.text));
        QCOMPARE(run("chmod", {"-R", "u+w", home}).exit, 0);
        QCOMPARE(as("read").text.trimmed(), "1");
    }

    void aHomeOfAnotherUserIsNotUsed()
    {
        const Stranger stranger;
        const QTemporaryDir folder;
        const auto home = Stranger::isAnother() ? folder.filePath("home") : QString("/usr");
        QVERIFY(Stranger::own(folder.path()));
        if (Stranger::isAnother()) {
            QVERIFY(QDir().mkdir(home));
        }
        const auto refused = stranger.run(writer(), {home, "found"});
        QCOMPARE(refused.exit, 1);
        QVERIFY2(refused.text.startsWith("permission_denied: " + home), qPrintable(refused.text));
    }

    void aReaderSeesAStoreInADirectoryItCannotWriteWhileAWriterHasItOpen()
    {
        const Stranger stranger;
        const QTemporaryDir folder;
        QCOMPARE(run("chmod", {"755", folder.path()}).exit, 0);
        const auto home = folder.filePath("home");
        const auto journal = Store::must(Journal::open(home, {.mode = OpenMode::Create}));
        // For another user the rights of others, for the same one the directory's own.
        QCOMPARE(run("chmod", {"-R", "a+rX", home}).exit, 0);
        QCOMPARE(run("chmod", {"a-w", home}).exit, 0);
        const auto read = stranger.run(writer(), {home, "read"});
        QCOMPARE(read.text.trimmed(), "1");
        QCOMPARE(run("chmod", {"u+w", home}).exit, 0);
    }
};

QTEST_GUILESS_MAIN(TestJournalTrouble)
#include "tst_journal_trouble.moc"
