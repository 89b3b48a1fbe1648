// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

/// What the tests of full disks, modes and other users ask of the machine. They run as root and as anybody else.
namespace rc::test {

/// What a program said on both streams, and its exit code; -1 if it did not come to its end.
struct Said
{
    int exit = -1;
    QString text;
};

inline Said run(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    const bool ended = process.waitForFinished(120'000);
    return {ended && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAll())};
}

/// True for root. For anybody else the running test function runs once more as root of a user namespace, where mounting
/// is allowed, and has to pass there: `if (!isRootHere()) return;`
inline bool isRootHere()
{
    if (::geteuid() == 0) {
        return true;
    }
    const auto said = run("unshare", {"--user", "--map-root-user", "--mount", QCoreApplication::applicationFilePath(),
                                      QString::fromLatin1(QTest::currentTestFunction())});
    [&] { QVERIFY2(said.exit == 0, qPrintable(said.text)); }();
    return false;
}

/// A small file system of its own at a path, gone with the object.
class SmallDisk
{
public:
    explicit SmallDisk(const QString& path, const QString& size)
        : m_path(path)
        , m_mounted(run("mount", {"-t", "tmpfs", "-o", "mode=0700,size=" + size, "tmpfs", path}).exit == 0)
    {
    }
    ~SmallDisk()
    {
        if (m_mounted) {
            run("umount", {m_path});
        }
    }
    Q_DISABLE_COPY_MOVE(SmallDisk)

    [[nodiscard]] bool isMounted() const { return m_mounted; }
    /// "ro" or "rw".
    void remount(const QString& mode) const { run("mount", {"-o", "remount," + mode, m_path}); }

private:
    QString m_path;
    bool m_mounted;
};

/// Writes a file until nothing more fits.
inline void fillDisk(const QString& ballast)
{
    QFile file(ballast);
    if (file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) {
        for (const qint64 size : {1 << 16, 1 << 12, 1 << 8, 1}) {
            while (file.write(QByteArray(size, 'x')) == size) {
            }
        }
    }
}

/// Runs programs as somebody whom modes bind: for root a user id that nobody has, otherwise who runs the test. The
/// programs are copied to where that user can come.
class Stranger
{
public:
    Stranger() { ::chmod(QFile::encodeName(m_place.path()).constData(), 0755); }

    /// The program, then its arguments.
    [[nodiscard]] QStringList command(const QString& program, const QStringList& arguments) const
    {
        const auto copy = m_place.filePath(QFileInfo(program).fileName());
        if (!QFile::exists(copy) && !QFile::copy(program, copy)) {
            qFatal("%s cannot be copied", qPrintable(program));
        }
        const QStringList words = QStringList{copy} + arguments;
        return isAnother() ? QStringList{"setpriv", "--reuid", Id, "--regid", Id, "--clear-groups"} + words : words;
    }
    [[nodiscard]] Said run(const QString& program, const QStringList& arguments) const
    {
        const auto words = command(program, arguments);
        return test::run(words.first(), words.mid(1));
    }
    /// Makes everything below the path theirs.
    [[nodiscard]] static bool own(const QString& path)
    {
        return !isAnother() || test::run("chown", {"-R", QString(Id) + ":" + Id, path}).exit == 0;
    }
    /// Whether they are not who runs the test.
    [[nodiscard]] static bool isAnother() { return ::geteuid() == 0; }

private:
    static constexpr QLatin1StringView Id{"60917"};
    QTemporaryDir m_place;
};

} // namespace rc::test
