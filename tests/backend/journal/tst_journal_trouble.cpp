// SPDX-License-Identifier: GPL-3.0-or-later
// Full disks, read-only places, other users. What root would not notice is tried as another user, or skipped.
#include "tests/backend/journal/journal_fixture.h"

#include <QProcess>
#include <QScopeGuard>

using namespace rc;
using rc::test::Store;

class TestJournalTrouble : public QObject
{
    Q_OBJECT

private:
    struct Outcome
    {
        int exit = -1;
        QString text;
    };

    static Outcome run(const QString& program, const QStringList& arguments)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, arguments);
        process.waitForFinished(60'000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                QString::fromUtf8(process.readAll())};
    }

    /// Another user for what root would not notice. One left behind by a killed run (exit 9) will do.
    static bool makeUser(const QString& name)
    {
        if (run("id", {"-u"}).text.trimmed() != "0") {
            return false;
        }
        const auto made = run("useradd", {"--system", "--no-create-home", name}).exit;
        return made == 0 || made == 9;
    }

    static QString writer() { return QString(RC_BIN_DIR) + "/journal_writer"; }

    /// The writer wrote until there was no room; what it said is in the store, which goes on once there is room.
    static void expectFullAndIntact(const Outcome& outcome, const QString& home)
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
        const auto written = journal->append({.events = {{"c", "crash_found", {}}}}, *device);
        QVERIFY2(written.has_value(), written ? "" : qPrintable(written.error().message));
    }

private Q_SLOTS:
    void aFullDiskRefusesAndLosesNothing()
    {
        const QTemporaryDir folder;
        const auto mount = folder.path();
        if (run("mount", {"-t", "tmpfs", "-o", "size=2m", "tmpfs", mount}).exit != 0) {
            QSKIP("may not mount here; aFileSizeLimitRefusesAndLosesNothing does the like");
        }
        const auto unmount = qScopeGuard([&] { (void)run("umount", {mount}); });
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

    void anotherUserGetsASentence()
    {
        const QString user = "rc-journal-test";
        if (!makeUser(user)) {
            QSKIP("may not make another user here");
        }
        const auto removeUser = qScopeGuard([&] { (void)run("userdel", {user}); });
        const QTemporaryDir folder;
        const auto home = folder.filePath("home");
        const auto as = [&](const QString& command) {
            return run("runuser", {"-u", user, "--", writer(), home, command});
        };
        QCOMPARE(run("chown", {user, folder.path()}).exit, 0);
        QCOMPARE(as("found").exit, 0);

        // The owner may read the store, but not write it or anything beside it.
        QCOMPARE(run("chmod", {"-R", "a-w", home}).exit, 0);
        const auto written = as("write");
        QCOMPARE(written.exit, 1);
        QVERIFY2(written.text.startsWith("store_error: The store " + home), qPrintable(written.text));
        const auto read = as("read");
        if (read.exit != 0) {
            // The write-ahead log needs a file beside the store: SQLite says so, and we say it in words.
            QVERIFY2(read.text.startsWith("store_error: The store " + home), qPrintable(read.text));
        }
        QCOMPARE(run("chmod", {"-R", "u+w", home}).exit, 0);
        QCOMPARE(as("read").text.trimmed(), "1");

        // A home that is another user's is not used.
        QCOMPARE(run("chown", {"-R", "root", home}).exit, 0);
        const auto foreign = as("found");
        QCOMPARE(foreign.exit, 1);
        QVERIFY2(foreign.text.contains(home), qPrintable(foreign.text));
    }

    void aReaderSeesAStoreInADirectoryItCannotWriteWhileAWriterHasItOpen()
    {
        const QString user = "rc-journal-reader";
        if (!makeUser(user)) {
            QSKIP("may not make another user here");
        }
        const auto removeUser = qScopeGuard([&] { (void)run("userdel", {user}); });
        const QTemporaryDir folder;
        QCOMPARE(run("chmod", {"755", folder.path()}).exit, 0);
        const auto home = folder.filePath("home");
        const auto journal = Store::must(Journal::open(home, {.mode = OpenMode::Create}));
        QCOMPARE(run("chmod", {"-R", "a+rX", home}).exit, 0);
        const auto read = run("runuser", {"-u", user, "--", writer(), home, "read"});
        QCOMPARE(read.text.trimmed(), "1");
    }
};

QTEST_GUILESS_MAIN(TestJournalTrouble)
#include "tst_journal_trouble.moc"
