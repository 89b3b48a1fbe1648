// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/copy.h"
#include "backend/journal/schema.h"
#include "backend/journal/store_watcher.h"
#include "tests/backend/journal/journal_fixture.h"

#include <QDir>
#include <QProcess>
#include <QSignalSpy>

using namespace rc;
using rc::test::Store;
using rc::test::tamper;

class TestStoreFile : public QObject
{
    Q_OBJECT

private:
    static constexpr auto OwnerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;

    static Error openingError(const QString& home, OpenMode mode = OpenMode::ReadWrite)
    {
        const auto opened = Journal::open(home, {.mode = mode});
        return opened ? Error{} : opened.error();
    }

    static int newest() { return schema::migrations().last().version; }

private Q_SLOTS:
    void theHomeAndItsFilesArePrivate()
    {
        Store store;
        const auto all = QFile::Permissions(OwnerOnly);
        QCOMPARE(QFile::permissions(store.home()), all | QFile::ExeOwner | QFile::ExeUser);
        QCOMPARE(QFile::permissions(store.file()), all);
        QCOMPARE(QFile::permissions(store.file() + "-wal"), all);
        QCOMPARE(QFile::permissions(store.home() + "/keys/device.key"), all);
    }

    void thereIsNothingToOpenWhereNothingIs()
    {
        const QTemporaryDir folder;
        for (const auto mode : {OpenMode::ReadOnly, OpenMode::ReadWrite}) {
            QCOMPARE(openingError(folder.path(), mode).code, ErrorCode::NotFound);
        }
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void aStoreKeepsItsNameOverOpenings()
    {
        Store store;
        const auto uuid = store.journal().uuid();
        store.open(OpenMode::Create);
        QCOMPARE(store.journal().uuid(), uuid);
        QCOMPARE(Store::must(store.journal().info()).records, 1);
    }

    void aStoreCanBeReadWhileOthersWrite()
    {
        Store store;
        store.add("olga", {});
        const auto reader = Store::must(Journal::open(store.home(), {.mode = OpenMode::ReadOnly}));
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "one");
        QCOMPARE(Store::must(reader->read("p")).size(), 1);
        QVERIFY(Store::must(reader->verify(VerifyFrom::Start)).ok);
        const auto refused = reader->append({.events = {{"p", "noted", {}}}}, *olga.session);
        QCOMPARE(refused.error().code, ErrorCode::StoreError);
    }

    void aNewerSchemaIsRefusedAndNotTouched()
    {
        Store store;
        store.close();
        tamper(store.file(), QString("PRAGMA user_version=%1").arg(newest() + 1));
        for (const auto mode : {OpenMode::ReadOnly, OpenMode::ReadWrite, OpenMode::Create}) {
            const auto error = openingError(store.home(), mode);
            QCOMPARE(error.code, ErrorCode::StoreError);
            QVERIFY2(error.message.contains("newer version"), qPrintable(error.message));
        }
        QVERIFY(!QFile::exists(store.home() + "/backups"));
    }

    void anotherProgramsFileIsRefused()
    {
        Store store;
        store.close();
        tamper(store.file(), "PRAGMA application_id=7");
        QVERIFY(openingError(store.home()).message.contains("not a store of this program"));
    }

    void aFileThatIsNoDatabaseIsRefused()
    {
        Store store;
        store.close();
        QFile file(store.file());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("This is not a database. ").repeated(400));
        file.close();
        const auto error = openingError(store.home());
        QCOMPARE(error.code, ErrorCode::StoreError);
        QVERIFY2(error.message.contains("damaged"), qPrintable(error.message));
    }

    void anOlderSchemaIsCopiedAndThenMigrated()
    {
        Store store;
        store.add("olga", {});
        store.close();
        auto steps = schema::migrations();
        steps.append({newest() + 1, {"CREATE TABLE later(x INTEGER) STRICT", "INSERT INTO later VALUES(42)"}});
        const auto sql = Store::must(Sql::open(store.file(), SqlMode::ReadWrite));
        QVERIFY(schema::migrate(*sql, store.home(), steps));
        QCOMPARE(Store::must(sql->first("SELECT x FROM later")), QVariantList{42});
        QCOMPARE(Store::must(sql->first("PRAGMA user_version")), QVariantList{newest() + 1});

        const QDir backups(store.home() + "/backups");
        const auto copies = backups.entryList({QString("store-schema-%1-*.db").arg(newest())});
        QCOMPARE(copies.size(), 1);
        QVERIFY(Store::must(verifyStoreFile(backups.filePath(copies.first()))).ok);

        QVERIFY(schema::migrate(*sql, store.home(), steps)); // nothing left to do
        QCOMPARE(backups.entryList(QDir::Files).size(), 1);
    }

    void aStoreFromBeforeClockMarksGoesOn()
    {
        Store store;
        store.add("olga", {});
        store.close();
        const QStringList steps{"DROP TABLE clock_mark", "DROP TABLE clock_flags",
                                "DELETE FROM progress WHERE name = 'projection:clock_flags'", "PRAGMA user_version=1"};
        for (const auto& step : steps) {
            tamper(store.file(), step);
        }
        store.open(OpenMode::ReadWrite);
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "one");
        store.setClock(std::chrono::hours(1));
        QCOMPARE(store.note(*olga.session, "p", "two").body["clock_jump_ms"].toInteger(), 3'600'000);
        QCOMPARE(Store::must(store.journal().clockFlags(1, 100)).size(), 1);
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);
    }

    void aMigrationThatFailsLeavesTheOldStore()
    {
        Store store;
        store.close();
        auto steps = schema::migrations();
        steps.append({newest() + 1, {"CREATE TABLE later(x INTEGER) STRICT", "INSERT INTO nowhere VALUES(42)"}});
        {
            const auto sql = Store::must(Sql::open(store.file(), SqlMode::ReadWrite));
            QVERIFY(!schema::migrate(*sql, store.home(), steps));
            QVERIFY(Store::must(sql->first("SELECT name FROM sqlite_schema WHERE name = 'later'")).isEmpty());
        }
        store.open(OpenMode::ReadWrite);
        QVERIFY(store.journal().soundness().ok);
    }

    void aBackupIsVerifiedAndOpensAsAStore()
    {
        Store store;
        store.add("olga", {});
        const auto path = store.home() + "/copy.db";
        const auto verified = Store::must(store.journal().backup(path));
        QVERIFY(verified.ok);
        QCOMPARE(verified.head, Store::must(store.journal().head()));
        QCOMPARE(QFile::permissions(path), QFile::Permissions(OwnerOnly));
        QCOMPARE(QDir(store.home()).entryList({"copy.db*"}), QStringList{"copy.db"});
        QCOMPARE(store.journal().backup(path).error().code, ErrorCode::InvalidInput); // never overwritten

        const QTemporaryDir other;
        QVERIFY(QFile::copy(path, other.filePath("store.db")));
        const auto restored = Store::must(Journal::open(other.path()));
        QCOMPARE(restored->uuid(), store.journal().uuid());
    }

    void aBackupOfAnUnsoundStoreIsNotKept()
    {
        Store store;
        store.add("olga", {});
        tamper(store.file(), "UPDATE journal SET time = 0 WHERE sequence = 2");
        const auto path = store.home() + "/copy.db";
        const auto verified = Store::must(store.journal().backup(path));
        QVERIFY(!verified.ok);
        QCOMPARE(verified.firstBad, 2);
        QVERIFY(QDir(store.home()).entryList({"copy.db*"}).isEmpty());
    }

    void aBackupThatWasKilledDoesNotLookLikeOne()
    {
        Store store;
        store.add("olga", {});
        const auto path = store.home() + "/copy.db";
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("RC_FAILPOINT", "store_copy_written");
        QProcess writer;
        writer.setProcessEnvironment(environment);
        writer.start(RC_BIN_DIR "/journal_writer", {store.home(), "backup", path});
        QVERIFY(writer.waitForFinished());
        QCOMPARE(writer.exitStatus(), QProcess::CrashExit);
        QVERIFY(!QFile::exists(path));
        QVERIFY(Store::must(store.journal().backup(path)).ok); // and nothing is in the way of the next one
    }

    void aDeviceKeyThatOthersCanReadIsNotUsed()
    {
        Store store;
        QVERIFY(QFile::setPermissions(store.home() + "/keys/device.key", OwnerOnly | QFile::ReadOther));
        QCOMPARE(DeviceSigner::load(store.home()).error().code, ErrorCode::StoreError);
    }

    void theWatcherSeesWhatIsCommitted()
    {
        Store store;
        store.add("olga", {});
        StoreWatcher watcher(store.home());
        QSignalSpy changed(&watcher, &StoreWatcher::changed);
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "one");
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(changed.last().first().toLongLong(), 4);
        watcher.look();
        QCOMPARE(changed.size(), 1); // nothing new, nothing said
    }

    void theWatcherSeesAReplacedFileEvenOfTheSameStore()
    {
        Store store;
        store.add("olga", {});
        const auto copy = store.home() + "/copy.db";
        QVERIFY(store.journal().backup(copy));
        StoreWatcher watcher(store.home());
        QSignalSpy replaced(&watcher, &StoreWatcher::replaced);
        QSignalSpy lost(&watcher, &StoreWatcher::lost);
        store.close();
        watcher.look();
        QVERIFY(QFile::remove(store.file()));
        QTRY_COMPARE(lost.size(), 1);
        QVERIFY(QFile::rename(copy, store.file()));
        QTRY_COMPARE(replaced.size(), 1);
        watcher.look();
        QCOMPARE(lost.size(), 1);
        QCOMPARE(replaced.size(), 1);
    }

    void theWatcherTellsWhenTheSameFileComesBack()
    {
        Store store;
        store.add("olga", {});
        StoreWatcher watcher(store.home());
        QSignalSpy lost(&watcher, &StoreWatcher::lost);
        store.close();
        QVERIFY(QFile::rename(store.file(), store.home() + "/away"));
        QTRY_COMPARE(lost.size(), 1);
        QSignalSpy changed(&watcher, &StoreWatcher::changed);
        QVERIFY(QFile::rename(store.home() + "/away", store.file()));
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(changed.first().first().toLongLong(), 2);
    }

    void theWatcherWaitsForAStoreToBeMade()
    {
        const QTemporaryDir folder;
        const auto home = folder.filePath("home");
        StoreWatcher watcher(home);
        QSignalSpy changed(&watcher, &StoreWatcher::changed);
        QSignalSpy lost(&watcher, &StoreWatcher::lost);
        const auto journal = Store::must(Journal::open(home, {.mode = OpenMode::Create}));
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(lost.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestStoreFile)
#include "tst_store_file.moc"
