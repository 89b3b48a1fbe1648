// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab_network.h"

#include "backend/prozchain/corrupt.h"
#include "backend/prozchain/signer.h"

using namespace rc;
using namespace rc::prozchain;
using prozchain::test::LabNetwork;

namespace {

constexpr int patience = 20'000;
const QString v1 = "validator-1";
const QString v2 = "validator-2";
const QString v3 = "validator-3";
const QString v4 = "validator-4";

QString errorCode(const QJsonObject& answer)
{
    return answer["error"].toObject()["code"].toString();
}

} // namespace

/// Four real node processes on loopback, 150 ms a block.
class TestNetwork : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<LabNetwork> m_net;

    [[nodiscard]] bool agreeAt(qint64 height)
    {
        const auto hash = m_net->hashAt(v1, height);
        return !hash.isEmpty() && m_net->hashAt(v2, height) == hash && m_net->hashAt(v3, height) == hash &&
               m_net->hashAt(v4, height) == hash;
    }

private Q_SLOTS:
    void init() { m_net = std::make_unique<LabNetwork>(); }
    void cleanup() { m_net.reset(); }

    void theHeightMovesAndAllAgree()
    {
        m_net->startNodes();
        QTRY_VERIFY_WITH_TIMEOUT(m_net->height(v1) >= 10, patience);
        QTRY_VERIFY_WITH_TIMEOUT(agreeAt(10), patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_net->health(v1)["status"].toString(), "ok", patience);
        const auto block = m_net->get(v1, "/block?height=10");
        QVERIFY(block["transactions"].toArray().size() >= 10);
        QVERIFY(block["commit"]["signatures"].toArray().size() >= 3);
        const auto root = m_net->get(v2, "/state_root?height=10");
        QCOMPARE(root["computed_state_root"], root["header_state_root"]);
        QCOMPARE(root["block_hash"], block["header"]["hash"]);
        QCOMPARE(m_net->terminate(v1), 0);
    }

    void twoKilledItStopsOneBackItMoves()
    {
        m_net->startNodes();
        QTRY_VERIFY_WITH_TIMEOUT(m_net->height(v1) >= 3, patience);
        m_net->kill(v3);
        const auto withThree = m_net->height(v1) + 4;
        QTRY_VERIFY_WITH_TIMEOUT(m_net->height(v1) >= withThree, patience);
        m_net->kill(v4);
        // A block under way may still be finished; after that nothing moves, and the nodes say so.
        QTRY_COMPARE_WITH_TIMEOUT(m_net->health(v1)["status"].toString(), "failing", patience);
        const auto stopped = std::max(m_net->height(v1), m_net->height(v2));
        QTRY_COMPARE_WITH_TIMEOUT(m_net->health(v2)["status"].toString(), "failing", patience);
        QVERIFY(std::max(m_net->height(v1), m_net->height(v2)) == stopped);
        m_net->start(v3);
        QTRY_VERIFY_WITH_TIMEOUT(m_net->height(v1) >= stopped + 3, patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_net->height(v3) >= stopped + 3, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_net->hashAt(v3, stopped + 3), m_net->hashAt(v1, stopped + 3), patience);
    }

    void aLaggingNodeCatchesUp()
    {
        m_net->startNodes(1, 3);
        QTRY_VERIFY_WITH_TIMEOUT(m_net->height(v1) >= 30, patience);
        m_net->start(v4);
        QTRY_VERIFY_WITH_TIMEOUT(m_net->height(v4) >= m_net->height(v1) - 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(agreeAt(31), patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_net->health(v4)["status"].toString(), "ok", patience);
    }

    void aRolledBackNodeIsHeldThenCatchesUp()
    {
        m_net->startNodes();
        QTRY_VERIFY_WITH_TIMEOUT(m_net->height(v2) >= 12, patience);
        const auto hash = m_net->hashAt(v2, 5);
        const QJsonObject target{{"height", 5}, {"hash", hash}};
        QCOMPARE(errorCode(m_net->post(v2, "/rollback", target, false)), "permission_denied");
        QCOMPARE(errorCode(m_net->post(v2, "/rollback", {{"height", 6}, {"hash", hash}})), "target_invalid");
        const auto done = m_net->post(v2, "/rollback", target);
        const auto signedBefore = readFile(Signer::fileIn(m_net->system(v2).dataDirectory));
        QVERIFY(QJsonDocument::fromJson(*signedBefore)["height"].toInteger() >= 12); // not rolled back
        QCOMPARE(done["to_height"], 5);
        QCOMPARE(done["blocks"].toInteger(), done["from_height"].toInteger() - 5);
        QCOMPARE(done["block_hash"].toString(), hash);
        const auto root = m_net->get(v2, "/state_root");
        QCOMPARE(root["computed_state_root"], root["header_state_root"]);

        // Held: the others go on, this one stays, over a restart too, and signs nothing.
        const auto others = m_net->height(v1) + 5;
        QTRY_VERIFY_WITH_TIMEOUT(m_net->height(v1) >= others, patience);
        m_net->kill(v2);
        m_net->start(v2);
        QTRY_COMPARE_WITH_TIMEOUT(m_net->height(v2), 5, patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_net->get(v2, "/status")["peers"].toInt() == 3, patience);
        QVERIFY(m_net->get(v2, "/status")["held"].toBool());
        QCOMPARE(m_net->health(v2)["status"].toString(), "degraded");
        QCOMPARE(m_net->height(v2), 5);
        QCOMPARE(readFile(Signer::fileIn(m_net->system(v2).dataDirectory)).value(), signedBefore.value());

        m_net->post(v2, "/release", {});
        QTRY_VERIFY_WITH_TIMEOUT(m_net->height(v2) >= others, patience);
        QTRY_VERIFY_WITH_TIMEOUT(agreeAt(others), patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_net->health(v2)["status"].toString(), "ok", patience);
    }

    void aHoldThatCannotBeKeptIsNone()
    {
        m_net->start(v2);
        QTRY_VERIFY_WITH_TIMEOUT(m_net->height(v2) >= 0, patience);
        // Where the note that it is held would lie, as if the disk were full.
        const QString note = m_net->system(v2).dataDirectory + "/held";
        QVERIFY(QDir().mkpath(note));
        QCOMPARE(errorCode(m_net->post(v2, "/hold", {})), "store_error");
        QVERIFY(!m_net->health(v2)["held"].toBool(true));
        QVERIFY(QDir().rmdir(note));
        m_net->post(v2, "/hold", {});
        QVERIFY(m_net->health(v2)["held"].toBool());
    }

    void aCorruptStateStopsOneNodeUntilARollbackBelowIt()
    {
        m_net->startNodes();
        QTRY_VERIFY_WITH_TIMEOUT(m_net->height(v3) >= 15, patience);
        const auto corruption = corruptRecentValue(m_net->system(v3).dataDirectory);
        VERIFY_OK(corruption);
        QTRY_VERIFY_WITH_TIMEOUT(m_net->health(v3)["state_error"].toString().startsWith("block "), patience);
        QCOMPARE(m_net->health(v3)["status"].toString(), "failing");
        const auto stalled = m_net->height(v3);
        QTRY_VERIFY_WITH_TIMEOUT(m_net->height(v1) >= stalled + 5, patience);
        QCOMPARE(m_net->height(v3), stalled);

        // To the block that wrote the value, or above: the header is right, the state is not.
        const auto at = corruption->height;
        auto done = m_net->post(v3, "/rollback", {{"height", at}, {"hash", m_net->hashAt(v3, at)}});
        QCOMPARE(done["to_height"].toInteger(), at);
        auto root = m_net->get(v3, "/state_root");
        QVERIFY(root["computed_state_root"] != root["header_state_root"]);
        m_net->post(v3, "/release", {});
        QVERIFY(m_net->health(v3)["state_error"].toString().contains("computed state root"));
        QCOMPARE(m_net->height(v3), at);

        // Below it: healed.
        done = m_net->post(v3, "/rollback", {{"height", at - 1}, {"hash", m_net->hashAt(v3, at - 1)}});
        QCOMPARE(done["blocks"].toInteger(), 1);
        root = m_net->get(v3, "/state_root");
        QCOMPARE(root["computed_state_root"], root["header_state_root"]);
        m_net->post(v3, "/release", {});
        QTRY_VERIFY_WITH_TIMEOUT(m_net->height(v3) > stalled + 5, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_net->health(v3)["status"].toString(), "ok", patience);
        QVERIFY(agreeAt(stalled + 5));
    }

    void aClientsTransactionIsInABlockOnEveryNode()
    {
        m_net->startNodes();
        QTRY_VERIFY_WITH_TIMEOUT(m_net->height(v1) >= 2, patience);
        Transaction tx;
        tx.nonce = 1;
        tx.key = "hello";
        tx.value = "world";
        tx.sign(KeyPair::fromSeed(randomSeed()), "prozchain-test");
        QVERIFY(m_net->post(v1, "/tx", tx.toJson())["accepted"].toBool());
        QTRY_COMPARE_WITH_TIMEOUT(m_net->get(v4, "/value?key=hello")["value"].toString(), "world", patience);
        QCOMPARE(errorCode(m_net->post(v1, "/tx", tx.toJson())), "conflict");
        tx.value = "altered";
        QCOMPARE(errorCode(m_net->post(v1, "/tx", tx.toJson())), "invalid_input");
    }

    void aNodeOfAnotherChainIsRefused()
    {
        const auto path = m_net->system(v4).configFile;
        auto config = QJsonDocument::fromJson(*readFile(path)).object();
        config["chain_id"] = "prozchain-other";
        VERIFY_OK(writeFileAtomically(path, QJsonDocument(config).toJson()));
        m_net->startNodes();
        QTRY_VERIFY_WITH_TIMEOUT(m_net->height(v1) >= 3, patience);
        QTRY_VERIFY_WITH_TIMEOUT(QJsonDocument(m_net->health(v4)).toJson().contains("is of chain"), patience);
        QCOMPARE(m_net->health(v4)["status"].toString(), "failing");
        QCOMPARE(m_net->height(v4), 0);
    }

    void aBadConfigurationIsNamed()
    {
        const auto path = m_net->system(v1).configFile;
        auto config = QJsonDocument::fromJson(*readFile(path)).object();
        config["colour"] = "red";
        VERIFY_OK(writeFileAtomically(path, QJsonDocument(config).toJson()));
        QProcess node;
        node.start(RC_BIN_DIR "/prozchain-node", {"--config", path});
        QVERIFY(node.waitForFinished());
        QCOMPARE(node.exitCode(), 2);
        QCOMPARE(QString::fromUtf8(node.readAllStandardError()).trimmed(),
                 QString("error: invalid_input: %1: \"colour\" is not a field that belongs here.").arg(path));
    }

    void databaseAndGatewayTellOfTheirOwnWork()
    {
        m_net->start("gateway");
        QTRY_COMPARE_WITH_TIMEOUT(m_net->health("gateway")["status"].toString(), "failing", patience);
        m_net->startNodes();
        QTRY_VERIFY_WITH_TIMEOUT(m_net->health("gateway")["head_age_ms"].toInteger(-1) >= 0, patience);
        QCOMPARE(m_net->health("gateway")["status"].toString(), "failing"); // no database yet
        m_net->start("database");
        QTRY_COMPARE_WITH_TIMEOUT(m_net->health("database")["status"].toString(), "ok", patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_net->health("gateway")["status"].toString(), "ok", patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_net->get("gateway", "/status")["height"].toInteger() >= 3, patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_net->get("database", "/count?table=heads")["rows"].toInteger() >= 3, patience);
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(m_net->get("gateway", "/header?height=1")["hash"].toString(), m_net->hashAt(v1, 1));
        }
        QTRY_VERIFY_WITH_TIMEOUT(m_net->get("database", "/count?table=requests")["rows"].toInteger() >= 1, patience);
    }
};

QTEST_GUILESS_MAIN(TestNetwork)
#include "tst_network.moc"
