// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/restoration/configuration_service.h"
#include "tests/backend/restoration/restoration_fixture.h"
#include "tests/support/modes.h"

using namespace rc;
using namespace std::chrono_literals;
using rc::test::ConfigurationDisk;
using rc::test::TrustStore;

class TestConfigurationService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_store = std::make_unique<TrustStore>();
        m_disk = std::make_unique<ConfigurationDisk>();
        m_node = m_disk->add("node", {"node.json", "peers.json"});
        m_database = m_disk->add("database", {"db.conf"});
        m_service = std::make_unique<ConfigurationService>(m_store->journal(), m_store->home(), m_disk->inventory);
        m_ben = std::make_unique<SecurityContext>(m_store->signIn("ben"));
        m_nina = std::make_unique<SecurityContext>(m_store->signIn("nina"));
    }

    void whatRunsBecomesAVersion()
    {
        const auto version = m_service->importRunning(*m_nina, m_node, "before the upgrade");
        QVERIFY2(version, version ? "" : qPrintable(version.error().message));
        QCOMPARE(version->version, 1);
        QCOMPARE(version->createdBy, OperatorId("nina"));
        QCOMPARE(version->note, "before the upgrade");
        QCOMPARE(version->files.size(), 2);
        QCOMPARE(version->files[0], (ConfigurationFile{"node.json", sha256Hex("node node.json\n"), 15, 0640}));
        QCOMPARE(*m_service->contents(*version), (QList<QByteArray>{"node node.json\n", "node peers.json\n"}));
        QCOMPARE(*m_service->hashOnDisk(m_node), version->hash);
        QCOMPARE(*m_service->versions(m_node), QList<ConfigurationVersion>{*version});
        QCOMPARE(m_store->journal().read("configuration:node")->first().kind, "configuration_imported");
        QCOMPARE(rc::test::modeOf(objectOf(*version, 0)), 0600);
    }

    void theSameContentMakesNoNewVersion()
    {
        const auto first = import(m_node);
        QCOMPARE(import(m_node), first);
        m_disk->put(m_node, "node.json", "changed\n");
        QCOMPARE(import(m_node).version, 2);
        m_disk->put(m_node, "node.json", "changed\n", 0600); // the mode is content too
        QCOMPARE(import(m_node).version, 3);
        QCOMPARE(m_service->versions(m_node)->size(), 3);
        QCOMPARE(m_service->get(m_node, 1)->hash, first.hash);
        QCOMPARE(m_service->byId(m_node, first.id())->version, 1);
        QCOMPARE(m_service->byId(m_node, first.hash.left(8)).error().code, ErrorCode::NotFound);
        QCOMPARE(m_service->get(m_node, 4).error().code, ErrorCode::NotFound);
    }

    void whatIsMissingIsNamed()
    {
        QVERIFY(QFile::remove(m_disk->directoryOf(m_node) + "/peers.json"));
        const auto missing = m_service->importRunning(*m_nina, m_node, {});
        QCOMPARE(missing.error().code, ErrorCode::NotFound);
        QVERIFY(missing.error().message.contains("peers.json"));
        QCOMPARE(m_service->importRunning(*m_nina, SystemId("mars"), {}).error().code, ErrorCode::NotFound);
        QVERIFY(m_service->versions(m_node)->isEmpty());
    }

    void onlyAnAnalystTrusts()
    {
        QCOMPARE(m_service->trustAll(*m_nina).error().code, ErrorCode::PermissionDenied);
        QVERIFY(!QFile::exists(m_store->home() + "/configurations")); // not even as an object
        import(m_node);
        QCOMPARE(m_service->trust(*m_nina, m_node, 1).error().code, ErrorCode::PermissionDenied);
        QCOMPARE(m_service->trustAll(*m_nina).error().code, ErrorCode::PermissionDenied);
        QCOMPARE(m_service->lastKnownGood(m_node, {}).error().code, ErrorCode::NoKnownGood);
        QCOMPARE(m_service->trust(*m_ben, m_node, 2).error().code, ErrorCode::NotFound);
        QVERIFY(m_service->trust(*m_ben, m_node, 1));
        QCOMPARE(m_service->lastKnownGood(m_node, {})->version, 1);
    }

    void aMarkCarriesThePersonsOwnSignature()
    {
        import(m_node);
        const auto mark = m_service->trust(*m_ben, m_node, 1);
        QCOMPARE(*m_service->marks(m_node), QList<TrustMark>{*mark});
        const auto row = m_store->journal().read("configuration:node")->last();
        QCOMPARE(row.kind, "configuration_trusted");
        const auto statement = SignedStatement::fromBody(row.body);
        QVERIFY(statement && isSound(*statement));
        const auto said = QJsonDocument::fromJson(statement->statement).object();
        QCOMPARE(said["operator"].toString(), "ben");
        QCOMPARE(said["version"].toInt(), 1);
        QCOMPARE(said["hash"].toString(), m_service->get(m_node, 1)->hash);
        QVERIFY(m_store->journal().verify(VerifyFrom::Start)->ok);
    }

    void theLastKnownGoodIsFromBeforeTheCompromise()
    {
        import(m_node);
        QVERIFY(m_service->trust(*m_ben, m_node, 1));
        m_store->now += 1h;
        m_disk->put(m_node, "node.json", "by the intruder\n");
        import(m_node);
        QVERIFY(m_service->trust(*m_ben, m_node, 2));
        QCOMPARE(m_service->lastKnownGood(m_node, {})->version, 2);
        QCOMPARE(m_service->lastKnownGood(m_node, m_store->now - 30min)->version, 1);
        QCOMPARE(m_service->resolve(m_node, TargetState::lastKnownGood(m_store->now - 30min))->version, 1);
        QVERIFY(m_service->revokeTrust(*m_ben, m_node, 2, "it was the intruder's"));
        QCOMPARE(m_service->lastKnownGood(m_node, {})->version, 1);
        QCOMPARE(m_service->revokeTrust(*m_ben, m_node, 2, "again").error().code, ErrorCode::WrongState);
        QCOMPARE(m_service->revokeTrust(*m_nina, m_node, 1, "why").error().code, ErrorCode::PermissionDenied);
    }

    void aMarkIsForTheContentThatWasFoundGood()
    {
        const auto good = import(m_node);
        QVERIFY(m_service->trust(*m_ben, m_node, 1));
        auto forged = good;
        forged.files.first().sha256 = sha256Hex("by the intruder\n");
        for (const auto& hash : {good.hash, manifestHash(forged.files)}) {
            forged.hash = hash;
            QVERIFY(m_store->journal().append(
                {.events = {{stream::configuration(m_node), kind::ConfigurationImported, toJson(forged)}}},
                *m_nina->session));
        }
        QCOMPARE(*m_service->lastKnownGood(m_node, {}), good);
        // The second may be looked at as what it is, and carries no mark.
        QCOMPARE(m_service->versions(m_node)->size(), 2);
        QCOMPARE(m_service->versions(m_node)->last(), forged);
    }

    void trustAllIsOneAct()
    {
        const auto before = m_store->journal().head()->sequence;
        const auto trusted = m_service->trustAll(*m_ben);
        QVERIFY2(trusted, trusted ? "" : qPrintable(trusted.error().message));
        QCOMPARE(trusted->size(), 2);
        QCOMPARE(m_store->journal().head()->sequence, before + 5); // a certificate, two versions, two marks
        QCOMPARE(m_service->lastKnownGood(m_node, {})->version, 1);
        QCOMPARE(m_service->lastKnownGood(m_database, {})->version, 1);
        QVERIFY(m_service->trustAll(*m_ben)); // nothing has changed: nothing to say
        QCOMPARE(m_store->journal().head()->sequence, before + 5);
        m_disk->put(m_database, "db.conf", "new\n");
        QVERIFY(QFile::remove(m_disk->directoryOf(m_node) + "/node.json"));
        QCOMPARE(m_service->trustAll(*m_ben).error().code, ErrorCode::NotFound);
        QCOMPARE(m_service->versions(m_database)->size(), 1); // all or none
    }

    void aTamperedObjectIsNamedAndNotUsed()
    {
        const auto version = import(m_node);
        m_disk->put(m_node, "node.json", "drifted\n");
        QVERIFY(writeFileAtomically(objectOf(version, 0), "evil\n"));
        for (const auto& error : {m_service->contents(version).error(), m_service->apply(version).error(),
                                  m_service->canApply(version).error(), m_service->diff(version).error()}) {
            QCOMPARE(error.code, ErrorCode::VerificationFailed);
            QVERIFY2(error.message.contains(version.files[0].sha256), qPrintable(error.message));
        }
        QCOMPARE(m_disk->get(m_node, "node.json"), QByteArray("drifted\n"));
        m_disk->put(m_node, "node.json", "node node.json\n");
        import(m_node); // the bytes are known again
        QVERIFY(m_service->contents(version));
    }

    void applyingPutsFilesAndModesBack()
    {
        const auto version = import(m_node);
        m_disk->put(m_node, "node.json", "node node.json\nbad\n", 0644);
        QVERIFY(QFile::remove(m_disk->directoryOf(m_node) + "/peers.json"));
        QCOMPARE(m_service->drift(m_node)->changed, (QStringList{"node.json", "peers.json"}));
        QVERIFY(m_service->diff(version)->contains("-bad\n"));
        QVERIFY(m_service->diff(version)->contains("mode 0644 becomes 0640"));
        QVERIFY(*m_service->hashOnDisk(version) != version.hash);
        const auto applied = m_service->apply(version);
        QVERIFY2(applied && applied->success(), applied ? "" : qPrintable(applied.error().message));
        QCOMPARE(applied->changed, (QStringList{"node.json", "peers.json"}));
        QCOMPARE(m_disk->get(m_node, "node.json"), QByteArray("node node.json\n"));
        QCOMPARE(*m_service->hashOnDisk(m_node), version.hash);
        QVERIFY(!m_service->drift(m_node)->isDrifted());
        QCOMPARE(*m_service->diff(version), "");
        const auto again = m_service->apply(version);
        QVERIFY(again->success() && again->changed.isEmpty());
        const auto artifact = again->toJson();
        QCOMPARE(artifact["kind"].toString(), "configuration_application");
        QCOMPARE(artifact["hash_on_disk"].toString(), version.hash);
    }

    void versionsSurviveARebuildAndAReopening()
    {
        import(m_node);
        QVERIFY(m_service->trust(*m_ben, m_node, 1));
        const auto versions = *m_service->versions(m_node);
        const auto marks = *m_service->marks(m_node);
        QVERIFY(m_store->journal().rebuild());
        QCOMPARE(*m_service->versions(m_node), versions);
        QCOMPARE(*m_service->marks(m_node), marks);
    }

    void aLockedSessionImportsNothing()
    {
        m_nina->session->lock();
        QCOMPARE(m_service->importRunning(*m_nina, m_node, {}).error().code, ErrorCode::NotSignedIn);
        m_ben->session->lock();
        QCOMPARE(m_service->trustAll(*m_ben).error().code, ErrorCode::NotSignedIn);
    }

private:
    ConfigurationVersion import(const SystemId& id) const
    {
        return TrustStore::must(m_service->importRunning(*m_nina, id, "test"));
    }
    [[nodiscard]] QString objectOf(const ConfigurationVersion& version, qsizetype file) const
    {
        return m_store->home() + "/configurations/" + version.files[file].sha256;
    }

    std::unique_ptr<TrustStore> m_store;
    std::unique_ptr<ConfigurationDisk> m_disk;
    std::unique_ptr<ConfigurationService> m_service;
    std::unique_ptr<SecurityContext> m_ben;
    std::unique_ptr<SecurityContext> m_nina;
    SystemId m_node;
    SystemId m_database;
};

QTEST_GUILESS_MAIN(TestConfigurationService)
#include "tst_configuration_service.moc"
