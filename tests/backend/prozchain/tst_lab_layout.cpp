// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_chain.h"

#include "app/lab/gateway_service.h"
#include "app/lab/lab_layout.h"
#include "backend/platform/files.h"
#include "backend/prozchain/node/node_config.h"
#include "backend/prozchain/node/token_file.h"
#include "tests/support/modes.h"

#include <QDir>

using namespace rc;
using namespace rc::lab;
using namespace rc::prozchain;

class TestLabLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itDescribesSixSystems()
    {
        QTemporaryDir home;
        const auto layout = labLayout(21'000, home.path());
        VERIFY_OK(layout);
        QStringList ids;
        for (const auto& system : layout->systems) {
            ids.append(system.id);
        }
        QCOMPARE(ids, (QStringList{"validator-1", "validator-2", "validator-3", "validator-4", "database", "gateway"}));
        const auto* node = layout->find("validator-3");
        QCOMPARE(node->type, SystemType::Node);
        QCOMPARE(node->healthUrl, QUrl("http://127.0.0.1:21003/health"));
        QCOMPARE(node->chainEndpoint, QUrl("http://127.0.0.1:21003"));
        QVERIFY(node->dependsOn.isEmpty());
        const auto* gateway = layout->find("gateway");
        QCOMPARE(gateway->dependsOn.size(), 5);
        QVERIFY(gateway->dependsOn.contains("database"));
        QVERIFY(!layout->find("nobody"));
    }

    void theProgramsAcceptIt()
    {
        QTemporaryDir home;
        const auto layout = labLayout(21'000, home.path());
        VERIFY_OK(layout);
        QVERIFY(QDir(home.path()).isEmpty()); // a description touches nothing
        VERIFY_OK(writeLab(*layout));
        const auto* node = layout->find("validator-1");
        const auto config = NodeConfig::read(node->configFile);
        VERIFY_OK(config);
        QCOMPARE(config->dataDirectory, node->dataDirectory);
        QCOMPARE(config->chainId, layout->chainId);
        QCOMPARE(config->peers.size(), 3);
        VERIFY_OK(readToken(config->adminTokenFile));
        QCOMPARE(rc::test::modeOf(config->validatorKeyFile), 0600);
        const auto keys = KeyPair::load(config->validatorKeyFile);
        VERIFY_OK(keys);
        const auto genesis = Genesis::load(config->genesisFile);
        VERIFY_OK(genesis);
        QCOMPARE(genesis->indexOf(keys->publicKey()), 0);
        VERIFY_OK(GatewayService::Config::read(layout->find("gateway")->configFile));
    }

    void whatExistsStays()
    {
        QTemporaryDir home;
        const auto first = labLayout(21'000, home.path());
        VERIFY_OK(first);
        VERIFY_OK(writeLab(*first));
        const auto path = first->find("validator-1")->configFile;
        const auto changed = readFile(path)->replace("\"info\"", "\"debug\"");
        VERIFY_OK(writeFileAtomically(path, changed));
        const auto genesis = readFile(first->genesisFile).value();
        VERIFY_OK(writeLab(*first));
        QCOMPARE(readFile(path).value(), changed);
        QCOMPARE(readFile(first->genesisFile).value(), genesis);
    }

    void keysThatAreNotTheGenesisOnesAreRefused()
    {
        QTemporaryDir home;
        const auto layout = labLayout(21'000, home.path());
        VERIFY_OK(layout);
        VERIFY_OK(writeLab(*layout));
        QVERIFY(QFile::remove(home.filePath("lab/validator-2/secrets/validator.key")));
        const auto again = writeLab(*layout);
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::InvalidInput);
        QCOMPARE(labLayout(80, home.path()).error().code, ErrorCode::InvalidInput);
    }

    void theGatewayPrefersTheHighestHeightThatNodesAgreeOn()
    {
        const auto head = [](qint64 height, const char* hash, bool usable = true) {
            return NodeHead{"n", QUrl(), height, QLatin1StringView(hash), usable};
        };
        QVERIFY(!bestNode({}));
        QVERIFY(!bestNode({head(5, "a", false)}));
        QCOMPARE(bestNode({head(5, "a"), head(7, "b"), head(9, "c", false)}), 1);
        // Two at the top disagree: neither is believed.
        QCOMPARE(bestNode({head(5, "a"), head(7, "b"), head(7, "c")}), 0);
        QCOMPARE(bestNode({head(7, "c"), head(7, "b"), head(7, "b")}), 1);
    }
};

QTEST_GUILESS_MAIN(TestLabLayout)
#include "tst_lab_layout.moc"
