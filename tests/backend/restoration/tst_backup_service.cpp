// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/restoration/backup_service.h"
#include "tests/backend/restoration/restoration_fixture.h"
#include "tests/support/modes.h"

using namespace rc;
using rc::test::ConfigurationDisk;

class TestBackupService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_disk = std::make_unique<ConfigurationDisk>();
        m_node = m_disk->add("node", {"node.json", "peers.json"});
    }

    void whatWasThereComesBack()
    {
        const auto backup = backUp({"node.json", "peers.json", "new.json"});
        QVERIFY2(backup, backup ? "" : qPrintable(backup.error().message));
        QCOMPARE(backup->absent, QStringList{"new.json"});
        QVERIFY(*service().isInPlace(*backup));
        m_disk->put(m_node, "node.json", "changed", 0600);
        m_disk->put(m_node, "new.json", "was not there");
        QVERIFY(QFile::remove(m_disk->directoryOf(m_node) + "/peers.json"));
        QVERIFY(!*service().isInPlace(*backup));
        QVERIFY(service().restore(*backup));
        QVERIFY(*service().isInPlace(*backup));
        QCOMPARE(m_disk->get(m_node, "node.json"), QByteArray("node node.json\n"));
        QVERIFY(!QFile::exists(m_disk->directoryOf(m_node) + "/new.json"));
    }

    void aBackupIsFoundByItsIdLater()
    {
        const auto backup = backUp({"node.json"});
        const auto loaded = service().load(backup->id);
        QCOMPARE(loaded->toJson(), backup->toJson());
        QCOMPARE(Backup::fromJson(backup->toJson()).toJson(), backup->toJson());
        QCOMPARE(backup->toJson()["kind"].toString(), "backup");
        QCOMPARE(service().load("node-yesterday").error().code, ErrorCode::NotFound);
        QCOMPARE(rc::test::modeOf(m_home->path() + "/backups/" + backup->id + "/manifest.json"), 0600);
    }

    void aChangedBackupIsNotUsed()
    {
        const auto backup = backUp({"node.json"});
        const auto directory = m_home->path() + "/backups/" + backup->id + '/';
        const auto manifest = readFile(directory + "manifest.json").value();
        QVERIFY(writeFileAtomically(directory + "manifest.json", QByteArray(manifest).replace("416", "420")));
        QCOMPARE(service().load(backup->id).error().code, ErrorCode::VerificationFailed);
        QVERIFY(writeFileAtomically(directory + "manifest.json", manifest));
        QVERIFY(service().load(backup->id));
        QVERIFY(writeFileAtomically(directory + backup->files[0].sha256, "evil"));
        QCOMPARE(service().load(backup->id).error().code, ErrorCode::VerificationFailed);
        m_disk->put(m_node, "node.json", "changed");
        QCOMPARE(service().restore(*backup).error().code, ErrorCode::VerificationFailed);
        QCOMPARE(m_disk->get(m_node, "node.json"), QByteArray("changed"));
    }

    void withoutRoomNothingIsBegun()
    {
        const BackupService greedy(m_home->path(), systemTime, std::numeric_limits<qint64>::max() / 2);
        const auto refused = greedy.backUp(m_node, m_disk->directoryOf(m_node), {"node.json"});
        QCOMPARE(refused.error().code, ErrorCode::StoreError);
        QVERIFY2(refused.error().message.contains("not enough room"), qPrintable(refused.error().message));
        QVERIFY(!QFile::exists(m_home->path() + "/backups"));
    }

private:
    [[nodiscard]] BackupService service() const { return {m_home->path(), systemTime, 0}; }
    [[nodiscard]] Result<Backup> backUp(const QStringList& paths) const
    {
        return service().backUp(m_node, m_disk->directoryOf(m_node), paths);
    }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<ConfigurationDisk> m_disk;
    SystemId m_node;
};

QTEST_GUILESS_MAIN(TestBackupService)
#include "tst_backup_service.moc"
