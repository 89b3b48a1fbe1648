// SPDX-License-Identifier: GPL-3.0-or-later
#include "fake_network.h"

#include <QTest>

using namespace rc;
using test::FakeNetwork;

namespace {

const SystemId v1("v1");
const SystemId v2("v2");
const SystemId v3("v3");
const SystemId v4("v4");

} // namespace

class TestNetworkView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allAgree()
    {
        const FakeNetwork network;
        const auto heads = QCoro::waitFor(network.view().heads());
        QCOMPARE(heads.groups.size(), 1);
        QCOMPARE(heads.groups[0].systems, (QList{v1, v2, v3, v4}));
        QCOMPARE(heads.groups[0].weight, 4);
        QCOMPARE(heads.groups[0].height, 100);
        QVERIFY(heads.groups[0].quorum);
        QVERIFY(heads.find(v3)->agrees());
    }

    void aWrongStateUnderARightHeaderIsFound()
    {
        FakeNetwork network;
        network.node(3).badFrom = 98;
        const auto heads = QCoro::waitFor(network.view().heads());
        QCOMPARE(heads.groups.size(), 2);
        QCOMPARE(heads.groups[0].systems, (QList{v1, v2, v4}));
        QCOMPARE(heads.groups[1].systems, QList{v3});
        QVERIFY(heads.find(v3)->differs());
        QCOMPARE(heads.find(v3)->head->stateHash, test::trueState(100)); // the header is right
        QCOMPARE(heads.find(v3)->roots->computed, "bad");
    }

    void aNodeThatFellBehindIsComparedAtItsOwnHead()
    {
        FakeNetwork network;
        network.node(3).height = 80;
        network.node(3).stuck = true;
        auto heads = QCoro::waitFor(network.view().heads());
        QCOMPARE(heads.groups.size(), 1); // it agrees as far as it got
        QCOMPARE(heads.find(v3)->compared->block.height, 80);
        network.node(3).badFrom = 75;
        heads = QCoro::waitFor(network.view().heads());
        QCOMPARE(heads.groups.size(), 2);
        QCOMPARE(heads.groups[1].systems, QList{v3});
        QCOMPARE(heads.groups[1].height, 80);
        QVERIFY(heads.find(v3)->differs());
        QCOMPARE(heads.find(v3)->quorum->systems.size(), 3);
    }

    void aFork()
    {
        FakeNetwork network;
        network.node(1).forkFrom = 99;
        network.node(2).forkFrom = 99;
        const auto heads = QCoro::waitFor(network.view().heads());
        QVERIFY(!heads.quorum());
        QCOMPARE(heads.groups.size(), 2);
        QCOMPARE(heads.groups[0].systems, (QList{v1, v2}));
        QVERIFY(!heads.find(v1)->differs()); // nobody can say who is right
    }

    void aNodeThatIsDownStandsInTheAnswer()
    {
        FakeNetwork network;
        network.node(4).down = true;
        const auto heads = QCoro::waitFor(network.view().heads());
        QCOMPARE(heads.nodes.size(), 4);
        QVERIFY(heads.find(v4)->error.contains("cannot be reached"));
        QCOMPARE(heads.find(v4)->group, -1);
        QVERIFY(heads.quorum()); // three of four
        network.node(1).down = true;
        QVERIFY(!QCoro::waitFor(network.view().heads()).quorum());
    }

    void theNewestTrustedHeightIsJustBelowTheFirstBadOne()
    {
        for (const qint64 firstBad : {1, 2, 37, 64, 99, 100}) {
            FakeNetwork network;
            network.node(3).badFrom = firstBad;
            const auto found = QCoro::waitFor(network.view().findTrustedHeight({v3}));
            QVERIFY(found.has_value());
            QCOMPARE(found->block, test::trueBlock(firstBad - 1));
            QCOMPARE(found->firstBadHeight, firstBad);
            QVERIFY2(network.node(3).stateQuestions <= 9, "bisection, not a walk");
        }
    }

    void theNewestTrustedHeightOfAHealthyNodeIsItsHead()
    {
        FakeNetwork network;
        network.node(3).height = 90;
        network.node(3).stuck = true;
        const auto found = QCoro::waitFor(network.view().findTrustedHeight({v3}));
        QCOMPARE(found->block, test::trueBlock(90));
        QVERIFY(!found->firstBadHeight);
        QVERIFY(found->toJson()["first_bad_height"].isNull());
    }

    void everyNamedNodeHasToBeGood()
    {
        FakeNetwork network;
        network.node(3).badFrom = 50;
        network.node(4).forkFrom = 30;
        const auto found = QCoro::waitFor(network.view().findTrustedHeight({v3, v4}));
        QVERIFY(found.has_value()); // the two others are a quorum of the trusted
        QCOMPARE(found->block, test::trueBlock(29));
    }

    void badFromTheEarliestOnIsRefused()
    {
        FakeNetwork network;
        network.node(3).earliest = 40;
        network.node(3).badFrom = 20;
        const auto found = QCoro::waitFor(network.view().findTrustedHeight({v3}));
        QCOMPARE(found.error().code, ErrorCode::TargetInvalid);
        QVERIFY(found.error().message.contains("from 40 on"));
    }

    void aGivenHeightGetsTheQuorumsHash()
    {
        FakeNetwork network;
        network.node(3).forkFrom = 10;
        const auto found = QCoro::waitFor(network.view().findTrustedHeight({v3}, 70));
        QCOMPARE(found->block, test::trueBlock(70));
        QCOMPARE(QCoro::waitFor(network.view().findTrustedHeight({v3}, 101)).error().code, ErrorCode::TargetInvalid);
    }

    void withoutAQuorumNothingIsTrusted()
    {
        FakeNetwork network;
        network.node(1).down = true;
        const auto down = QCoro::waitFor(network.view().findTrustedHeight({v3}));
        QCOMPARE(down.error().code, ErrorCode::Unreachable);
        QCOMPARE(QCoro::waitFor(network.view().findTrustedHeight({v3}, 70)).error().code, ErrorCode::Unreachable);
        network.node(1).down = false;
        network.node(1).forkFrom = 10;
        const auto forked = QCoro::waitFor(network.view().findTrustedHeight({v3}));
        QCOMPARE(forked.error().code, ErrorCode::TargetInvalid);
    }

    void whereTooFewRemainEverybodyIsAsked()
    {
        FakeNetwork network;
        const NetworkView view = network.view();
        network.node(4).forkFrom = 90;
        QCOMPARE(QCoro::waitFor(view.quorumAt(94, {v1, v2, v3}))->hash, test::trueBlock(94).hash);
        QCOMPARE(QCoro::waitFor(view.quorumAt(94, {v1, v2, v3, v4}))->systems, (QList{v1, v2, v3}));
        QCOMPARE(QCoro::waitFor(view.findTrustedHeight({v1, v2, v3, v4}))->block, test::trueBlock(89));
        network.node(3).forkFrom = 80; // two and two: nothing above 79 is anybody's
        QCOMPARE(QCoro::waitFor(view.findTrustedHeight({v1, v2, v3, v4}))->block, test::trueBlock(79));
    }

    void unknownSystemsAreRefusedByName()
    {
        const FakeNetwork network;
        const auto found = QCoro::waitFor(network.view().findTrustedHeight({SystemId("database")}));
        QCOMPARE(found.error().code, ErrorCode::InvalidInput);
        QVERIFY(found.error().message.contains("database"));
        QCOMPARE(QCoro::waitFor(network.view().findTrustedHeight({})).error().code, ErrorCode::InvalidInput);
    }

    void otherKindsOfChainAreRefusedByName()
    {
        System system;
        system.id = SystemId("geth-1");
        system.chain = ChainSpec{ChainKind::Ethereum, "http://127.0.0.1:1", 1, {}};
        const NetworkView view(Inventory{{}, {system}});
        QCOMPARE(view.client(system.id).error().code, ErrorCode::UnsupportedSystemType);
        const auto heads = QCoro::waitFor(view.heads());
        QVERIFY(heads.nodes[0].error.contains("ethereum"));
    }
};

QTEST_GUILESS_MAIN(TestNetworkView)
#include "tst_network_view.moc"
