// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/chain/data_recovery_service.h"

#include "fake_network.h"

#include <QTest>

using namespace rc;
using test::FakeNetwork;
using test::trueBlock;

namespace {

const SystemId v1("v1");
const SystemId v2("v2");
const SystemId v3("v3");
const SystemId v4("v4");

DataRecoveryOptions fast()
{
    return {.acceptTimeout = Milliseconds(200),
            .stallTimeout = Milliseconds(200),
            .syncTimeout = Milliseconds(2000),
            .pollInterval = Milliseconds(1)};
}

QStringList kindsOf(const RecoveryResult& result)
{
    QStringList kinds;
    for (const auto& operation : result.operations) {
        kinds.append(QString(idOf(kindOf(operation))) + (succeeded(operation) ? QString() : QString(" failed")));
    }
    return kinds;
}

struct World
{
    FakeNetwork network{100};
    DataRecoveryService service{network.view(), fast()};
    Operation operation;
    QStringList recorded;

    /// The chain goes on as soon as somebody waits for that.
    Result<RecoveryResult> recover(const BlockId& target, const QList<SystemId>& systems)
    {
        auto watched = operation;
        watched.progress = [this, told = operation.progress](const QString& line) {
            told(line);
            if (line.contains("waiting for a block")) {
                network.makeBlock();
            }
        };
        const auto recorder = [this](qint64 from, qint64 to, const SystemId& system) -> Status {
            recorded.append(QString("%1 %2-%3").arg(system.text()).arg(from).arg(to));
            return {};
        };
        return QCoro::waitFor(service.recover(target, systems, watched, recorder));
    }
};

} // namespace

class TestDataRecovery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRollbackBelowTheFirstBadHeightHeals()
    {
        World world;
        world.network.node(3).badFrom = 95;
        QStringList lines;
        world.operation.progress = [&](const QString& line) { lines.append(line); };
        const auto result = world.recover(trueBlock(94), {v3});
        QVERIFY(result.has_value());
        QVERIFY2(result->success, qPrintable(result->message));
        QCOMPARE(result->message, "Successfully recovered blockchain data to height 94");
        QCOMPARE(kindsOf(*result), (QStringList{"rollback", "state_verification", "block_sync", "state_verification"}));
        QCOMPARE(detailsOf(result->operations[0]), "Rolled back 6 blocks to height 94");
        QCOMPARE(world.recorded, QStringList{"v3 100-94"});
        QVERIFY(!world.network.node(3).held);
        QVERIFY(world.network.node(3).height > 94);
        QVERIFY(lines.join("\n").contains("rolling back"));
    }

    void aRollbackAboveTheFirstBadHeightFailsAndTheNodeStaysHeld()
    {
        World world;
        world.network.node(3).badFrom = 90;
        const auto result = world.recover(trueBlock(94), {v3});
        QVERIFY(!result->success);
        QCOMPARE(kindsOf(*result), (QStringList{"rollback", "state_verification failed"}));
        QVERIFY2(result->message.startsWith("Data recovery failed: The state of v3 at height 94 is wrong"),
                 qPrintable(result->message));
        QVERIFY(result->message.contains("stays held"));
        QVERIFY(world.network.node(3).held);
        QCOMPARE(world.recorded, QStringList{"v3 100-94"});
    }

    void aNodeThatSaysYesAndDoesNothingIsCaught()
    {
        World world;
        world.network.node(3).lies = true;
        const auto result = world.recover(trueBlock(94), {v3});
        QVERIFY(!result->success);
        QCOMPARE(kindsOf(*result), QStringList{"rollback failed"});
        QVERIFY2(result->message.contains("did not go back to 94"), qPrintable(result->message));
        QVERIFY(world.recorded.isEmpty());
        QVERIFY(world.network.node(3).held);
    }

    void aRollbackThatCannotBeRecordedIsAFailure()
    {
        World world;
        const auto broken = [](qint64, qint64, const SystemId&) -> Status {
            return fail(ErrorCode::StoreError, "The disk is full.");
        };
        const auto result = QCoro::waitFor(world.service.recover(trueBlock(94), {v3}, {}, broken));
        QVERIFY(!result->success);
        QVERIFY(result->message.contains("The disk is full."));
        QVERIFY(world.network.node(3).held);
    }

    void atTheTargetMeansHeightHashAndState()
    {
        World world;
        const auto result = world.recover(trueBlock(100), {v3});
        QVERIFY(result->success);
        QCOMPARE(result->message, "Already at target height 100");
        QCOMPARE(kindsOf(*result), (QStringList{"state_verification", "block_sync", "state_verification"}));
        QCOMPARE(world.network.node(3).rollbacks, 0);
    }

    void atTheHeightWithAnotherStateGoesBelowTheFirstBadAndForwardAgain()
    {
        World world;
        world.network.node(3).badFrom = 97;
        const auto result = world.recover(trueBlock(100), {v3});
        QVERIFY2(result->success, qPrintable(result->message));
        QCOMPARE(kindsOf(*result), (QStringList{"rollback", "state_verification", "block_sync", "state_verification",
                                                "block_sync", "state_verification"}));
        QCOMPARE(detailsOf(result->operations[0]), "Rolled back 4 blocks to height 96");
        QCOMPARE(detailsOf(result->operations[4]), "Accepted 1 blocks on top of height 100");
        QCOMPARE(world.network.node(3).height, 101);
    }

    void atTheHeightWithAnotherHashGoesBelowTheForkAndForwardAgain()
    {
        World world;
        world.network.node(3).forkFrom = 90;
        const auto result = world.recover(trueBlock(100), {v3});
        QVERIFY2(result->success, qPrintable(result->message));
        QCOMPARE(detailsOf(result->operations[0]), "Rolled back 11 blocks to height 89");
    }

    void aNodeBelowTheTargetSyncsForward()
    {
        World world;
        world.network.node(3).height = 60;
        world.network.node(3).held = true;
        const auto result = world.recover(trueBlock(95), {v3});
        QVERIFY2(result->success, qPrintable(result->message));
        QCOMPARE(kindsOf(*result),
                 (QStringList{"block_sync", "state_verification", "block_sync", "state_verification"}));
        QVERIFY(!world.network.node(3).held);
    }

    void aForkBelowTheTargetWithTheHeadAboveItIsHealed()
    {
        World world;
        world.network.node(3).forkFrom = 90;
        const auto effects = QCoro::waitFor(world.service.dryRun(trueBlock(95), {v3}));
        QVERIFY2(effects->first().description.contains("below its fork"), qPrintable(effects->first().description));
        const auto result = world.recover(trueBlock(95), {v3});
        QVERIFY2(result->success, qPrintable(result->message));
        QCOMPARE(detailsOf(result->operations[0]), "Rolled back 11 blocks to height 89");
        QVERIFY(!world.network.node(3).held);
    }

    void aSyncIsVerifiedOnlyByABlockOnTop_data()
    {
        QTest::addColumn<qint64>("from");
        QTest::addColumn<qint64>("target");
        QTest::newRow("forward") << qint64(80) << qint64(95);
        QTest::newRow("there already") << qint64(100) << qint64(100);
    }
    void aSyncIsVerifiedOnlyByABlockOnTop()
    {
        QFETCH(qint64, from);
        QFETCH(qint64, target);
        World world;
        auto& node = world.network.node(3);
        node.height = from;
        node.badFrom = target + 1; // what the right header hides
        node.syncsBad = true;
        const auto result = world.recover(trueBlock(target), {v3});
        QVERIFY(!result->success);
        QCOMPARE(kindsOf(*result).last(), "state_verification failed");
        QVERIFY2(result->message.contains("is wrong") && result->message.contains("stays held"),
                 qPrintable(result->message));
        QVERIFY(node.held);
    }

    void aHoldWithoutAnAnswerDoesNotLeaveTheNodeHeld_data()
    {
        QTest::addColumn<bool>("late");
        QTest::addColumn<bool>("heldBefore");
        QTest::addColumn<QString>("left");
        QTest::newRow("it came late") << true << false << "It is not held.";
        QTest::newRow("it did not come") << false << false << "It is not held.";
        QTest::newRow("it was held before") << false << true << "It is held.";
    }
    void aHoldWithoutAnAnswerDoesNotLeaveTheNodeHeld()
    {
        QFETCH(bool, late);
        QFETCH(bool, heldBefore);
        QFETCH(QString, left);
        World world;
        auto& node = world.network.node(3);
        node.holdsLate = late;
        node.holdsNot = !late;
        node.held = heldBefore;
        const auto result = world.recover(trueBlock(94), {v3});
        QCOMPARE(kindsOf(*result), QStringList{"rollback failed"});
        QVERIFY2(result->message.contains("was not rolled back") && result->message.endsWith(left),
                 qPrintable(result->message));
        QCOMPARE(node.held, heldBefore);
        QCOMPARE(node.rollbacks, 0);
    }

    void cancelledWhileTheBlockOnTopIsLookedAtItIsNotCalledWrong()
    {
        World world;
        for (const int other : {1, 2, 4}) {
            world.network.node(other).stuck = true; // they never get to block 101
        }
        world.network.node(3).height = 99;
        world.network.height = 101;
        world.operation.progress = [&world](const QString& line) {
            if (line.contains("waiting for a block")) {
                world.network.node(3).afterQuestion = [&world] { world.operation.cancel.cancel(); };
            }
        };
        const auto result = QCoro::waitFor(world.service.recover(trueBlock(100), {v3}, world.operation));
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
        const auto operations = result.error().details["operations"].toArray();
        QVERIFY(!operations.isEmpty());
        for (const QJsonValue operation : operations) {
            QVERIFY(operation["success"].toBool());
        }
        QVERIFY(!world.network.node(3).held);
    }

    void aSyncThatDoesNotMoveFails()
    {
        World world;
        world.network.node(3).height = 60;
        world.network.node(3).stuck = true;
        const auto result = world.recover(trueBlock(95), {v3});
        QVERIFY(!result->success);
        QCOMPARE(kindsOf(*result), QStringList{"block_sync failed"});
        QVERIFY2(result->message.contains("it is at 60"), qPrintable(result->message));
    }

    void aReleasedNodeHasToAcceptABlock()
    {
        World world;
        world.network.node(3).stuck = true;
        const auto result = world.recover(trueBlock(94), {v3});
        QVERIFY(!result->success);
        QCOMPARE(kindsOf(*result), (QStringList{"rollback", "state_verification", "block_sync failed"}));
        QVERIFY2(result->message.contains("no block on top of height 94"), qPrintable(result->message));
    }

    void theTargetHasToBeTheQuorums()
    {
        World world;
        QCOMPARE(world.recover({94, "hash-93"}, {v3}).error().code, ErrorCode::TargetInvalid);
        QCOMPARE(world.recover({94, ""}, {v3}).error().code, ErrorCode::TargetInvalid);
        QCOMPARE(world.recover({-1, "hash"}, {v3}).error().code, ErrorCode::TargetInvalid);
        QCOMPARE(world.recover(trueBlock(101), {v3}).error().code, ErrorCode::TargetInvalid); // the future
        QCOMPARE(world.recover(trueBlock(94), {}).error().code, ErrorCode::InvalidInput);
        QCOMPARE(world.recover(trueBlock(94), {v3, v3}).error().code, ErrorCode::InvalidInput);
        QCOMPARE(world.recover(trueBlock(94), {SystemId("db")}).error().code, ErrorCode::InvalidInput);
        QCOMPARE(world.network.node(3).rollbacks, 0);
        QVERIFY(!world.network.node(3).held);
    }

    void aMinorityDoesNotSpeakForTheNetwork()
    {
        World world;
        world.network.node(4).forkFrom = 90;
        const auto refused = world.recover({94, "fork-94"}, {v1, v2, v3});
        QCOMPARE(refused.error().code, ErrorCode::TargetInvalid);
        for (int i = 1; i <= 3; ++i) {
            QVERIFY(!world.network.node(i).held);
            QCOMPARE(world.network.node(i).rollbacks, 0);
        }
        // Two of them have another block than the two that remain, and one of these is a fork: no quorum either way.
        QCOMPARE(world.recover({94, "fork-94"}, {v1, v2}).error().code, ErrorCode::TargetInvalid);
        QVERIFY(!world.network.node(1).held);
    }

    void allNodesTogetherGoOnlyWhereNoBlockIsLost()
    {
        World world;
        const QList all{v1, v2, v3, v4};
        const auto refused = world.recover(trueBlock(94), all);
        QCOMPARE(refused.error().code, ErrorCode::TargetInvalid);
        QVERIFY2(refused.error().message.contains("No node would keep"), qPrintable(refused.error().message));
        QCOMPARE(QCoro::waitFor(world.service.dryRun(trueBlock(94), all)).error().code, ErrorCode::TargetInvalid);
        QCOMPARE(world.network.node(1).rollbacks, 0);
        world.network.node(3).badFrom = 97;
        const auto healed = world.recover(trueBlock(100), all);
        QVERIFY2(healed && healed->success, qPrintable(healed ? healed->message : healed.error().message));
        QCOMPARE(world.network.node(3).rollbacks, 1);
        QCOMPARE(world.network.node(1).rollbacks, 0);
    }

    void nobodyCanVouchForHimself()
    {
        World world;
        world.network.node(1).down = true;
        QCOMPARE(world.recover(trueBlock(94), {v3}).error().code, ErrorCode::Unreachable);
    }

    void aNodeThatIsDownStopsItBeforeAnythingIsTouched()
    {
        World world;
        world.network.node(3).down = true;
        QCOMPARE(world.recover(trueBlock(94), {v3, v4}).error().code, ErrorCode::Unreachable);
        QCOMPARE(world.network.node(4).rollbacks, 0);
    }

    void aClientThatCannotHoldIsRefused()
    {
        World world;
        world.network.node(3).canHold = false;
        QCOMPARE(world.recover(trueBlock(94), {v3}).error().code, ErrorCode::UnsupportedSystemType);
    }

    void everyNodesOperationsAreInTheResult()
    {
        World world;
        world.network.node(3).badFrom = 95;
        world.network.node(4).badFrom = 50;
        const auto result = world.recover(trueBlock(94), {v3, v4});
        QVERIFY(!result->success);
        QCOMPARE(kindsOf(*result), (QStringList{"rollback", "state_verification", "block_sync", "state_verification",
                                                "rollback", "state_verification failed"}));
        QVERIFY(!world.network.node(3).held);
        QVERIFY(world.network.node(4).held);
        QVERIFY(result->message.contains("v4"));
    }

    void cancelSaysWhatWasDone()
    {
        World world;
        world.network.node(3).height = 60;
        world.operation.progress = [&](const QString&) { world.operation.cancel.cancel(); };
        const auto result = world.recover(trueBlock(95), {v3});
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
        QCOMPARE(result.error().details["operations"].toArray().size(), 1);

        World untouched;
        untouched.operation.cancel.cancel();
        QCOMPARE(untouched.recover(trueBlock(94), {v3}).error().code, ErrorCode::Cancelled);
        QCOMPARE(untouched.network.node(3).rollbacks, 0);
    }

    void verifyTouchesNothing()
    {
        World world;
        world.network.node(3).badFrom = 95;
        const auto good = QCoro::waitFor(world.service.verify(94, {v3}));
        QVERIFY(good->success);
        const auto bad = QCoro::waitFor(world.service.verify(95, {v3}));
        QVERIFY(!bad->success);
        QVERIFY2(bad->message.startsWith("Verification failed: "), qPrintable(bad->message));
        QVERIFY(!world.network.node(3).held);
    }

    void verifyingAllComparesEachWithTheQuorum()
    {
        World world;
        world.network.node(3).badFrom = 95;
        const NetworkView view = world.network.view();
        QList<SystemId> all;
        for (const auto& node : view.nodes()) {
            all.append(node.system);
        }
        QVERIFY(QCoro::waitFor(world.service.verify(94, all))->success);
        const auto bad = QCoro::waitFor(world.service.verify(95, all));
        for (const auto& operation : bad->operations) {
            QCOMPARE(succeeded(operation), toJson(operation)["system"].toString() != v3.text());
        }
    }

    void theProbeAfterACrash()
    {
        World world;
        auto& node = world.network.node(3);
        const auto probe = [&](const BlockId& target) { return QCoro::waitFor(world.service.probe(target, {v3})); };
        QCOMPARE(probe(trueBlock(94)), EffectState::Applied);
        node.badFrom = 95; // not rolled back yet
        QCOMPARE(probe(trueBlock(94)), EffectState::NotApplied);
        node.badFrom = test::FakeNode::never;
        node.height = 94;
        node.held = true; // rolled back, not released
        QCOMPARE(probe(trueBlock(94)), EffectState::NotApplied);
        node.held = false;
        node.stuck = true; // released, and no block on top
        QCOMPARE(probe(trueBlock(94)), EffectState::NotApplied);
        node.stuck = false;
        QCOMPARE(probe(trueBlock(94)), EffectState::Applied);
        node.forkFrom = 90;
        QCOMPARE(probe(trueBlock(94)), EffectState::NotApplied);
        node.down = true;
        QCOMPARE(probe(trueBlock(94)), EffectState::CannotTell);
    }

    void aRecoveryThatCrashedBeforeTheReleaseIsFinishedByTheNextOne()
    {
        World world;
        world.network.node(3).height = 94;
        world.network.node(3).held = true;
        const auto result = world.recover(trueBlock(94), {v3});
        QVERIFY2(result->success, qPrintable(result->message));
        QCOMPARE(result->message, "Already at target height 94");
        QCOMPARE(kindsOf(*result), (QStringList{"state_verification", "block_sync", "state_verification"}));
        QVERIFY(!world.network.node(3).held);
        QCOMPARE(world.network.node(3).rollbacks, 0);
    }

    void theDryRunSaysWhatWouldBeDropped()
    {
        World world;
        world.network.node(4).height = 80;
        world.network.node(4).stuck = true;
        const auto effects = QCoro::waitFor(world.service.dryRun(trueBlock(94), {v3, v4}));
        QVERIFY(effects.has_value());
        QCOMPARE(effects->at(0).kind, ChainOperation::Rollback);
        QCOMPARE(effects->at(0).blocks, 6);
        QCOMPARE(effects->at(0).timeSpan, Milliseconds(6000));
        QCOMPARE(effects->at(1).kind, ChainOperation::BlockSync);
        QCOMPARE(effects->at(1).blocks, 14);
        QCOMPARE(world.network.node(3).rollbacks, 0);
        QVERIFY(!world.network.node(3).held);
        QCOMPARE(QCoro::waitFor(world.service.dryRun({94, "x"}, {v3})).error().code, ErrorCode::TargetInvalid);
    }
};

QTEST_GUILESS_MAIN(TestDataRecovery)
#include "tst_data_recovery.moc"
