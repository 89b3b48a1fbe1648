// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/chain/chain.h"
#include "model/chain/recovery_result.h"

#include <QTest>

using namespace rc;

namespace {

NodeState node(const QString& id, const QString& hash, const QString& state, int weight = 1)
{
    return {SystemId(id), weight, {{100, hash}, state, state}};
}

NodeState corrupted(const QString& id, const QString& hash, const QString& header, const QString& computed)
{
    return {SystemId(id), 1, {{100, hash}, header, computed}};
}

RollbackResult rollback(bool success)
{
    return {SystemId("v3"), 812, 800, 12, Timestamp(Milliseconds(0)), success, rolledBackSentence(12, 800)};
}

StateVerificationResult verification(bool success, const QString& details)
{
    return {SystemId("v3"), {{800, "aa"}, "s", "s"}, "s", Timestamp(Milliseconds(0)), success, details};
}

} // namespace

class TestChain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aHashKeepsItsEnds()
    {
        const QString one = "9f2c41aa" + QString(48, u'0') + "03b7e5d1";
        const QString other = "11112222" + QString(48, u'F') + "33334444";
        QCOMPARE(withShortHashes("computed " + one + ", quorum " + other + "."),
                 "computed 9f2c41aa…03b7e5d1, quorum 11112222…33334444.");
        for (const QString& text : {QString("validator-3 at 18203"), QString("9f2c41aa0000"), QString(31, u'a')}) {
            QCOMPARE(withShortHashes(text), text);
        }
    }

    void aQuorumIsMoreThanTwoThirds()
    {
        QVERIFY(isQuorum(3, 4));
        QVERIFY(!isQuorum(2, 3)); // exactly two thirds are too few
        QVERIFY(!isQuorum(2, 4));
        QVERIFY(isQuorum(1, 1));
        QVERIFY(!isQuorum(0, 0));
    }

    void nodesAgreeInHashAndComputedState()
    {
        const auto groups = agreementAt(
            {node("v1", "aa", "s"), node("v2", "aa", "s"), corrupted("v3", "aa", "s", "bad"), node("v4", "aa", "s")},
            4);
        QCOMPARE(groups.size(), 2);
        QCOMPARE(groups[0].systems, (QList{SystemId("v1"), SystemId("v2"), SystemId("v4")}));
        QVERIFY(groups[0].quorum);
        QCOMPARE(groups[1].systems, QList{SystemId("v3")});
        QCOMPARE(groups[1].stateHash, "bad");
        QVERIFY(!groups[1].quorum);
        QCOMPARE(quorumOf(groups)->height, 100);
    }

    void silentNodesCountAgainstTheQuorum()
    {
        QVERIFY(!quorumOf(agreementAt({node("v1", "aa", "s"), node("v2", "aa", "s")}, 4)));
        QVERIFY(quorumOf(agreementAt({node("v1", "aa", "s", 2), node("v2", "aa", "s")}, 4)));
    }

    void aStateThatBeliesItsHeaderIsNeverAQuorum()
    {
        QVERIFY(!quorumOf(agreementAt(
            {corrupted("v1", "aa", "s", "bad"), corrupted("v2", "aa", "s", "bad"), corrupted("v3", "aa", "s", "bad")},
            3)));
    }

    void theQuorumsHeightIsReachedByMoreThanTwoThirds()
    {
        NetworkHeads heads{.nodes = {}, .groups = {}, .totalWeight = 4};
        for (const qint64 height : {812, 821, 820, 822}) {
            heads.nodes.append({.head = ChainHead{.block = {height, "aa"}}});
        }
        QCOMPARE(heads.quorumHeight(), 820);
        heads.nodes[2].head.reset();
        QCOMPARE(heads.quorumHeight(), 812);
        heads.nodes[1].head.reset();
        QCOMPARE(heads.quorumHeight(), -1);
    }

    void headsAsInTheContract()
    {
        NetworkHeads heads{.nodes = {}, .groups = {}, .totalWeight = 2};
        heads.nodes.append({.system = SystemId("v1"),
                            .head = ChainHead{.block = {7, "aa"}, .stateHash = "s", .peers = 3, .age = Milliseconds(9)},
                            .roots = StateRoots{{7, "aa"}, "s", "computed"},
                            .group = 0});
        heads.nodes.append({.system = SystemId("v2"), .error = "v2 does not answer."});
        heads.groups.append({7, "aa", "s", {SystemId("v1")}, 1, false});
        const auto json = heads.toJson();
        const auto first = json["nodes"][0].toObject();
        for (const auto& field :
             QStringList{"system", "height", "hash", "state_hash", "syncing", "peers", "age_ms", "group"}) {
            QVERIFY2(first.contains(field) && !first[field].isNull(), qPrintable(field));
        }
        QCOMPARE(first["state_hash"], "computed"); // never the header echoed back
        const auto second = json["nodes"][1].toObject();
        QVERIFY(second["height"].isNull() && second["group"].isNull());
        QCOMPARE(second["error"], "v2 does not answer.");
        const auto group = json["groups"][0].toObject();
        QCOMPARE(QStringList(group.keys()),
                 (QStringList{"hash", "height", "quorum", "state_hash", "systems", "weight"}));
    }

    void theSentencesAreTheSeeds()
    {
        const auto now = Timestamp(Milliseconds(1'700'000'000'000));
        const auto good = concludeRecovery(800, {rollback(true), verification(true, "")}, true, now);
        QVERIFY(good.success);
        QCOMPARE(good.message, "Successfully recovered blockchain data to height 800");
        QCOMPARE(detailsOf(good.operations[0]), "Rolled back 12 blocks to height 800");
        const auto there = concludeRecovery(800, {verification(true, "")}, false, now);
        QCOMPARE(there.message, "Already at target height 800");
        const auto bad = concludeRecovery(
            800, {rollback(true), verification(false, "state differs"), verification(true, "")}, true, now);
        QVERIFY(!bad.success);
        QCOMPARE(bad.message, "Data recovery failed: state differs");
        QCOMPARE(bad.operations.size(), 3);
        QCOMPARE(bad.toJson()["timestamp"], "2023-11-14T22:13:20.000Z");
    }

    void operationsAsInTheContract()
    {
        const BlockSyncResult sync{SystemId("v3"), 800, 810, 10, Timestamp(Milliseconds(0)), true, "done"};
        const QList<RecoveryOperation> operations{rollback(true), sync, verification(true, "ok")};
        const QStringList kinds{"rollback", "block_sync", "state_verification"};
        for (int i = 0; i < 3; ++i) {
            const auto json = toJson(operations[i]);
            QCOMPARE(json["kind"], kinds[i]);
            for (const auto& field :
                 QStringList{"system", "from_height", "to_height", "blocks", "success", "details"}) {
                QVERIFY2(json.contains(field), qPrintable(field));
            }
        }
        QCOMPARE(toJson(operations[0])["blocks"], 12);
        QCOMPARE(toJson(operations[2])["quorum_state_hash"], "s");
    }
};

QTEST_GUILESS_MAIN(TestChain)
#include "tst_chain.moc"
