// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/files.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace rc;

#define SKIP_UNLESS_ROOT                                                                                               \
    if (::geteuid() != 0)                                                                                              \
    QSKIP("Only root can mount file systems and make files of another user.")

namespace {

constexpr char nobody[] = "65534";

/// What a program said, and its exit code.
struct Said
{
    int code = -1;
    QString text;
};

Said run(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    process.waitForFinished();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAll())};
}

int modeOf(const QString& path)
{
    struct stat entry = {};
    return ::stat(QFile::encodeName(path).constData(), &entry) == 0 ? static_cast<int>(entry.st_mode & 07777) : -1;
}

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
        // Another user must be able to come this far, and to run the steps.
        ::chmod(QFile::encodeName(m_directory->path()).constData(), 0755);
        m_steps = m_directory->filePath("steps");
        QVERIFY(QFile::copy(RC_BIN_DIR "/platform_steps", m_steps));
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
        QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files), QStringList({"a", "steps"}));
    }

    void aFileThatIsNotThereIsNotFound()
    {
        QCOMPARE(readFile(m_directory->filePath("none")).error().code, ErrorCode::NotFound);
        QCOMPARE(isReadableByOthers(m_directory->filePath("none")).error().code, ErrorCode::NotFound);
        QCOMPARE(readFile(m_directory->path()).error().code, ErrorCode::StoreError);
    }

    void aFullDiskIsASentenceAndTheOldFileStays()
    {
        SKIP_UNLESS_ROOT;
        const auto said = onTmpfs("size=64k", QString("echo old > D/a && ( %1 write D/a 1000000; cat D/a; ls D )"));
        QVERIFY2(said.text.contains("store_error: Cannot write"), qPrintable(said.text));
        QVERIFY2(said.text.contains("disk is full"), qPrintable(said.text));
        QVERIFY2(said.text.endsWith("\nold\na\n"), qPrintable(said.text)); // the old file, and nothing beside it
    }

    void aReadOnlyFileSystemIsASentence()
    {
        SKIP_UNLESS_ROOT;
        const auto written = onTmpfs("ro", "%1 write D/a 1");
        QVERIFY2(written.text.contains("store_error") && written.text.contains("read-only"), qPrintable(written.text));
        const auto made = onTmpfs("ro", "%1 private-directory D/home/run");
        QVERIFY2(made.text.contains("store_error") && made.text.contains("read-only"), qPrintable(made.text));
    }

    void aHomeWithoutWriteRightIsASentence()
    {
        const auto home = homeOfNobody(0500);
        const auto written = asNobody({"write", home + "/a", "1"});
        QCOMPARE(written.code, 1);
        QVERIFY2(written.text.contains("store_error") && written.text.contains("permission denied"),
                 qPrintable(written.text));
        const auto made = asNobody({"private-directory", home + "/run"});
        QVERIFY2(made.text.contains("store_error") && made.text.contains("permission denied"), qPrintable(made.text));
    }

    void aPrivateDirectoryIsMadeAndTightened()
    {
        const auto path = m_directory->filePath("x/y");
        QVERIFY(ensurePrivateDirectory(path));
        QCOMPARE(modeOf(path), 0700);
        ::chmod(QFile::encodeName(path).constData(), 0755);
        QVERIFY(ensurePrivateDirectory(path + "/"));
        QCOMPARE(modeOf(path), 0700);
        const auto file = m_directory->filePath("file");
        put(file, "");
        QCOMPARE(ensurePrivateDirectory(file).error().code, ErrorCode::StoreError);
    }

    void aDirectoryOfAnotherUserIsRefused()
    {
        SKIP_UNLESS_ROOT;
        const auto theirs = homeOfNobody(0777);
        QCOMPARE(ensurePrivateDirectory(theirs).error().code, ErrorCode::PermissionDenied);
        QCOMPARE(modeOf(theirs), 0777);
        // nor is a link of theirs to a directory of ours followed
        const auto ours = m_directory->filePath("ours");
        QVERIFY(QDir().mkdir(ours));
        QCOMPARE(
            run("setpriv", {"--reuid", nobody, "--regid", nobody, "--clear-groups", "ln", "-s", ours, theirs + "/link"})
                .code,
            0);
        QCOMPARE(ensurePrivateDirectory(theirs + "/link").error().code, ErrorCode::PermissionDenied);
    }

    void aSecretOthersCanReadIsNoticed()
    {
        const auto path = m_directory->filePath("secret");
        put(path, "s");
        for (const auto& [mode, readable] : {std::pair(0600, false), {0640, true}, {0604, true}, {0622, false}}) {
            ::chmod(QFile::encodeName(path).constData(), static_cast<mode_t>(mode));
            QCOMPARE(*isReadableByOthers(path), readable);
        }
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
        auto script = QString("mount -t tmpfs -o %1 none %2 && ( %3 )").arg(options, mount, line.arg(m_steps));
        script.replace("D/", mount + "/").replace("ls D ", "ls " + mount + " ");
        return run("unshare", {"--mount", "sh", "-c", script});
    }

    QString homeOfNobody(int mode)
    {
        const auto home = m_directory->filePath("home");
        QDir().mkdir(home);
        ::chmod(QFile::encodeName(home).constData(), static_cast<mode_t>(mode));
        if (::geteuid() == 0 && ::chown(QFile::encodeName(home).constData(), 65534, 65534) != 0) {
            qFatal("chown");
        }
        return home;
    }

    /// Root may write anywhere, so what is about rights runs as somebody else.
    Said asNobody(const QStringList& step)
    {
        if (::geteuid() != 0) {
            return run(m_steps, step);
        }
        return run("setpriv", QStringList{"--reuid", nobody, "--regid", nobody, "--clear-groups", m_steps} + step);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_steps;
};

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
