// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/platform/child_processes.h"
#include "backend/platform/os_lock.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/stat.h>

using namespace rc;

class TestOsLock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_path = m_directory->filePath("lock");
    }

    void itIsHeldForTheLifeOfTheObject()
    {
        QVERIFY(!OsLock::isHeld(m_path));
        {
            auto lock = OsLock::tryAcquire(m_path);
            QVERIFY(lock && *lock);
            QVERIFY(OsLock::isHeld(m_path));
            const auto second = OsLock::tryAcquire(m_path);
            QCOMPARE(second.error().code, ErrorCode::Busy);
            QVERIFY(OsLock::isHeld(m_path)); // a refused try has not released it

            const OsLock moved = *std::move(lock);
            QVERIFY(moved && OsLock::isHeld(m_path));
        }
        QVERIFY(!OsLock::isHeld(m_path));
        QVERIFY(OsLock::tryAcquire(m_path));
    }

    void itsFileIsPrivate()
    {
        const auto lock = OsLock::tryAcquire(m_path);
        struct stat entry = {};
        QCOMPARE(::stat(QFile::encodeName(m_path).constData(), &entry), 0);
        QCOMPARE(static_cast<int>(entry.st_mode & 07777), 0600);
    }

    void itVanishesWithItsProcess()
    {
        QProcess holder;
        holder.start(RC_BIN_DIR "/platform_steps", {"hold-lock", m_path});
        QVERIFY(holder.waitForReadyRead());
        QCOMPARE(holder.readLine(), QByteArray("held\n"));
        QVERIFY(OsLock::isHeld(m_path));
        QCOMPARE(OsLock::tryAcquire(m_path).error().code, ErrorCode::Busy);
        holder.kill();
        QVERIFY(holder.waitForFinished());
        QVERIFY(!OsLock::isHeld(m_path));
    }

    void aStartedProgramDoesNotInheritIt()
    {
        std::optional<ProcessIdentity> child;
        {
            const auto lock = OsLock::tryAcquire(m_path);
            child = *startChild({.program = "sleep", .arguments = {"60"}, .directory = "/", .log = m_path + ".log"});
            QVERIFY(OsLock::isHeld(m_path));
        }
        QVERIFY(isAlive(*child));
        QVERIFY(!OsLock::isHeld(m_path));
        signalSession(*child, ProcessSignal::Kill);
    }

    void aPlaceWithoutDirectoryIsAStoreError()
    {
        QCOMPARE(OsLock::tryAcquire(m_directory->filePath("none/lock")).error().code, ErrorCode::StoreError);
        QVERIFY(!OsLock::isHeld(m_directory->filePath("none/lock")));
    }

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestOsLock)
#include "tst_os_lock.moc"
