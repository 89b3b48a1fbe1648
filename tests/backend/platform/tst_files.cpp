// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/files.h"
#include "tests/support/machine.h"
#include "tests/support/modes.h"

using namespace rc;

using namespace rc::test;

namespace {

void put(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

class TestFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        // Another user must be able to come this far.
        ::chmod(QFile::encodeName(m_directory->path()).constData(), 0755);
    }

    void aWrittenFileHoldsTheBytesAndIsPrivate()
    {
        const auto path = m_directory->filePath("a");
        const auto before = ::umask(0);
        QVERIFY(writeFileAtomically(path, "one"));
        QVERIFY(writeFileAtomically(path, "two"));
        ::umask(before);
        QCOMPARE(*readFile(path), QByteArray("two"));
        QCOMPARE(modeOf(path), 0600);
        QVERIFY(writeFileAtomically(path, "three", 0644));
        QCOMPARE(modeOf(path), 0644);
        QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files), QStringList({"a"}));
    }

    void aFileThatIsNotThereIsNotFound()
    {
        QCOMPARE(readFile(m_directory->filePath("none")).error().code, ErrorCode::NotFound);
        QCOMPARE(readSecretFile(m_directory->filePath("none")).error().code, ErrorCode::NotFound);
        QCOMPARE(readFile(m_directory->path()).error().code, ErrorCode::StoreError);
    }

    void aFullDiskIsASentenceAndTheOldFileStays()
    {
        const auto said = onTmpfs("size=64k", QString("echo old > D/a && ( %1 write D/a 1000000; cat D/a; ls D )"));
        QVERIFY2(said.text.contains("store_error: Cannot write"), qPrintable(said.text));
        QVERIFY2(said.text.contains("disk is full"), qPrintable(said.text));
        QVERIFY2(said.text.endsWith("\nold\na\n"), qPrintable(said.text)); // the old file, and nothing beside it
    }

    void aReadOnlyFileSystemIsASentence()
    {
        const auto written = onTmpfs("ro", "%1 write D/a 1");
        QVERIFY2(written.text.contains("store_error") && written.text.contains("read-only"), qPrintable(written.text));
        const auto made = onTmpfs("ro", "%1 private-directory D/home/run");
        QVERIFY2(made.text.contains("store_error") && made.text.contains("read-only"), qPrintable(made.text));
    }

    void aHomeWithoutWriteRightIsASentence()
    {
        const Stranger stranger;
        const auto home = m_directory->filePath("home");
        QVERIFY(QDir().mkdir(home) && Stranger::own(home));
        QCOMPARE(::chmod(QFile::encodeName(home).constData(), 0500), 0);
        const auto written = stranger.run(Steps, {"write", home + "/a", "1"});
        QCOMPARE(written.exit, 1);
        QVERIFY2(written.text.contains("store_error") && written.text.contains("permission denied"),
                 qPrintable(written.text));
        const auto made = stranger.run(Steps, {"private-directory", home + "/run"});
        QVERIFY2(made.text.contains("store_error") && made.text.contains("permission denied"), qPrintable(made.text));
    }

    void aPrivateDirectoryIsMade()
    {
        const auto path = m_directory->filePath("x/y");
        const auto before = ::umask(0);
        QVERIFY(ensurePrivateDirectory(path));
        ::umask(before);
        QCOMPARE(modeOf(path), 0700);
        QVERIFY(ensurePrivateDirectory(path + "/"));
        const auto file = m_directory->filePath("file");
        put(file, "");
        QCOMPARE(ensurePrivateDirectory(file).error().code, ErrorCode::StoreError);
    }

    /// /tmp is a directory of root's, too.
    void aDirectoryThatOthersUseIsRefusedAndStaysAsItIs()
    {
        const auto path = m_directory->filePath("shared");
        QVERIFY(QDir().mkdir(path));
        for (const int mode : {01777, 0755, 0750, 0711, 0702}) {
            QCOMPARE(::chmod(QFile::encodeName(path).constData(), static_cast<mode_t>(mode)), 0);
            const auto made = ensurePrivateDirectory(path);
            QCOMPARE(made.error().code, ErrorCode::PermissionDenied);
            QVERIFY2(made.error().message.contains(path), qPrintable(made.error().message));
            QCOMPARE(modeOf(path), mode);
        }
    }

    void aDirectoryOfAnotherUserIsRefused()
    {
        if (!Stranger::isAnother()) {
            QCOMPARE(ensurePrivateDirectory("/usr").error().code, ErrorCode::PermissionDenied);
            return;
        }
        const Stranger stranger;
        const auto theirs = m_directory->filePath("theirs");
        QVERIFY(QDir().mkdir(theirs) && Stranger::own(theirs));
        QCOMPARE(::chmod(QFile::encodeName(theirs).constData(), 0700), 0);
        QCOMPARE(ensurePrivateDirectory(theirs).error().code, ErrorCode::PermissionDenied);
        // nor is a link of theirs to a directory of ours followed
        const auto ours = m_directory->filePath("ours");
        QVERIFY(ensurePrivateDirectory(ours));
        QCOMPARE(stranger.run("/bin/ln", {"-s", ours, theirs + "/link"}).exit, 0);
        QCOMPARE(ensurePrivateDirectory(theirs + "/link").error().code, ErrorCode::PermissionDenied);
    }

    void aSecretOthersCanReadIsNotRead()
    {
        const auto path = m_directory->filePath("secret");
        put(path, "s");
        for (const auto& [mode, readable] : {std::pair(0600, false), {0640, true}, {0604, true}, {0622, false}}) {
            ::chmod(QFile::encodeName(path).constData(), static_cast<mode_t>(mode));
            const auto read = readSecretFile(path);
            QCOMPARE(read.has_value(), !readable);
            if (readable) {
                QCOMPARE(read.error().code, ErrorCode::PermissionDenied);
            } else {
                QCOMPARE(*read, QByteArray("s"));
            }
        }
    }

    void aSecretOfAnotherUserIsNotRead()
    {
        const auto path = m_directory->filePath("secret");
        put(path, "s");
        QVERIFY(Stranger::own(path));
        QCOMPARE(::chmod(QFile::encodeName(path).constData(), 0600), 0);
        // Root may read another user's file, and does not; for anybody else root is the one other who is trusted.
        const auto read = readSecretFile(path);
        QCOMPARE(read.has_value(), !Stranger::isAnother());
        if (!read) {
            QCOMPARE(read.error().code, ErrorCode::PermissionDenied);
            QVERIFY2(read.error().message.contains("another user"), qPrintable(read.error().message));
        }
    }

    void aFinishedFileGetsItsNameOnce()
    {
        const auto finished = m_directory->filePath("new");
        const auto path = m_directory->filePath("file");
        put(finished, "one");
        QVERIFY(putInPlace(finished, path));
        QVERIFY(!QFile::exists(finished));
        put(finished, "two");
        QCOMPARE(putInPlace(finished, path).error().code, ErrorCode::Conflict);
        QCOMPARE(*readFile(path), QByteArray("one"));
        QCOMPARE(*readFile(finished), QByteArray("two"));
        QCOMPARE(putInPlace(m_directory->filePath("none"), path).error().code, ErrorCode::StoreError);
    }

    void aLocalFileSystemIsNotANetworkOne()
    {
        QCOMPARE(networkFileSystem(m_directory->path()), std::nullopt);
        QCOMPARE(networkFileSystem("/tmp/not/there/yet"), std::nullopt);
    }

private:
    /// Runs a shell line (%1 is platform_steps, D the mount) with a small file system that nobody else sees.
    Said onTmpfs(const QString& options, const QString& line)
    {
        const auto mount = m_directory->filePath("mount");
        QDir().mkdir(mount);
        auto script = QString("mount -t tmpfs -o %1 none %2 && ( %3 )").arg(options, mount, line.arg(Steps));
        script.replace("D/", mount + "/").replace("ls D ", "ls " + mount + " ");
        const bool isRoot = ::geteuid() == 0;
        return run("unshare", (isRoot ? QStringList{"--mount"} : QStringList{"--user", "--map-root-user", "--mount"}) +
                                  QStringList{"sh", "-c", script});
    }

    static inline const QString Steps = RC_BIN_DIR "/platform_steps";
    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
