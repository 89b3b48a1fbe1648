// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/chain/node_recovery.h"

#include "backend/platform/failpoint.h"

namespace rc {
namespace {

QString at(const BlockId& block)
{
    return QString("%1 (%2)").arg(block.height).arg(shortHash(block.hash));
}

/// After a hold that may have come through all the same, or only by half: a node that was free is freed again. A
/// sentence about how it is left.
QCoro::Task<QString> takeHoldBack(NodeRecovery node, bool wasHeld)
{
    if (!wasHeld) {
        auto releasing = node.client->release();
        co_await releasing;
    }
    auto reading = node.client->head();
    const auto head = co_await reading;
    if (!head) {
        co_return QString("Whether it is held now cannot be seen: %1").arg(head.error().message);
    }
    co_return head->held ? QString("It is held.") : QString("It is not held.");
}

/// Drops what is above `to` and believes only what it reads back. The node is held when this ends, unless it could not
/// be held.
QCoro::Task<RollbackResult> rollBack(NodeRecovery node, ChainHead before, BlockId to)
{
    const qint64 from = before.block.height;
    RollbackResult result{.system = node.system, .fromHeight = from, .toHeight = from};
    result.timestamp = node.options.clock();
    tell(node, QString("rolling back from %1 to %2").arg(from).arg(at(to)));
    auto holding = node.client->hold();
    const auto held = co_await holding;
    if (!held) {
        auto leaving = takeHoldBack(node, before.held);
        const auto left = co_await leaving;
        result.details = QString("%1 was not rolled back: %2 %3").arg(node.system.text(), held.error().message, left);
        co_return result;
    }
    auto rolling = node.client->rollbackTo(to);
    const auto answer = co_await rolling;
    failpoint("chain_rolled_back");
    auto reading = node.client->head();
    const auto head = co_await reading;
    result.timestamp = node.options.clock();
    const QString said = answer ? QString("it said that it had") : answer.error().message;
    if (!head) {
        result.details = QString("After the rollback of %1 its height cannot be read back (%2); it stays held.")
                             .arg(node.system.text(), head.error().message);
        co_return result;
    }
    result.toHeight = head->block.height;
    result.blocksRolledBack = std::max<qint64>(0, from - head->block.height);
    result.success = head->block == to;
    result.details = result.success ? rolledBackSentence(result.blocksRolledBack, to.height)
                                    : QString("%1 did not go back to %2: %3, and stands at %4; it stays held.")
                                          .arg(node.system.text(), at(to), said, at(head->block));
    co_return result;
}

/// Records a rollback that happened; a record that cannot be written makes it a failure.
void record(const NodeRecovery& node, RollbackResult& rollback)
{
    if (!node.recorder || rollback.blocksRolledBack == 0) {
        return;
    }
    const auto recorded = node.recorder(rollback.fromHeight, rollback.toHeight, node.system);
    if (!recorded) {
        rollback.success = false;
        rollback.details +=
            QString(", which could not be recorded: %1 The node stays held.").arg(recorded.error().message);
    }
}

/// Rolls back and verifies. The node is held when this ends, `verified` if all is well.
QCoro::Task<NodeRecovery> rollBackAndVerify(NodeRecovery node, ChainHead head, BlockId to)
{
    node.moved = true;
    auto rolling = rollBack(node, head, to);
    auto rollback = co_await rolling;
    record(node, rollback);
    node.operations.append(rollback);
    if (!rollback.success) {
        co_return node;
    }
    auto verifying = verifyState(node, to.height);
    const auto verified = co_await verifying;
    auto judging = judge(node, verified);
    co_return co_await judging;
}

/// For a node whose block or state at or below the target is wrong: below the first bad height, and forward again.
QCoro::Task<NodeRecovery> healThenForward(NodeRecovery node, ChainHead head)
{
    auto finding = node.view.findTrustedHeight({node.system}, {}, node.recovering, node.operation.cancel);
    const auto trusted = co_await finding;
    node.cancelled = !trusted && trusted.error().code == ErrorCode::Cancelled;
    if (node.cancelled) {
        co_return node;
    }
    if (!trusted) {
        auto verifying = verifyState(node, std::min(head.block.height, node.target.height));
        auto verified = co_await verifying;
        verified.success = false;
        verified.details += QString(" No good height was found: %1").arg(trusted.error().message);
        node.operations.append(verified);
        co_return node;
    }
    auto rolling = rollBackAndVerify(node, head, trusted->block);
    node = co_await rolling;
    if (!node.verified || trusted->block.height == node.target.height) {
        co_return node;
    }
    node.verified = false;
    auto syncing = syncForward(node, trusted->block.height);
    co_return co_await syncing;
}

QString judgementOf(const SystemId& system, const StateRoots& roots, const AgreementGroup& quorum)
{
    if (roots.block.hash != quorum.hash) {
        return QString("%1 has another block at height %2: %3, the quorum has %4.")
            .arg(system.text())
            .arg(quorum.height)
            .arg(shortHash(roots.block.hash), shortHash(quorum.hash));
    }
    if (!roots.consistent() || !quorum.agreesWith(roots)) {
        return QString("The state of %1 at height %2 is wrong: recomputed %3, its header says %4, the quorum has %5.")
            .arg(system.text())
            .arg(quorum.height)
            .arg(shortHash(roots.computed), shortHash(roots.header), shortHash(quorum.stateHash));
    }
    return QString("The recomputed state of %1 at height %2 is %3, as in its header and on %4 trusted nodes.")
        .arg(system.text())
        .arg(quorum.height)
        .arg(shortHash(roots.computed))
        .arg(quorum.systems.size());
}

NodeRecovery unreachable(NodeRecovery node, const Error& error)
{
    node.operations.append(StateVerificationResult{.system = node.system,
                                                   .roots = {.block = node.target},
                                                   .timestamp = node.options.clock(),
                                                   .details = error.message});
    return node;
}

} // namespace

void tell(const NodeRecovery& node, const QString& what)
{
    node.operation.progress(QString("%1: %2").arg(node.system.text(), what));
}

QCoro::Task<StateVerificationResult> verifyState(NodeRecovery node, qint64 height)
{
    StateVerificationResult result{.system = node.system, .roots = {.block = {height, {}}}};
    auto trusting = node.view.quorumAt(height, node.recovering);
    auto asking = node.client->stateRoots(height);
    const auto quorum = co_await trusting;
    const auto roots = co_await asking;
    result.timestamp = node.options.clock();
    if (!roots || !quorum) {
        result.details = QString("The state of %1 at height %2 cannot be verified: %3")
                             .arg(node.system.text())
                             .arg(height)
                             .arg(roots ? quorum.error().message : roots.error().message);
        co_return result;
    }
    result.roots = *roots;
    result.quorumState = quorum->stateHash;
    result.success = roots->consistent() && quorum->agreesWith(*roots);
    result.details = judgementOf(node.system, *roots, *quorum);
    co_return result;
}

QCoro::Task<NodeRecovery> judge(NodeRecovery node, StateVerificationResult verified)
{
    node.verified = verified.success;
    if (!verified.success) {
        auto holding = node.client->hold();
        const auto held = co_await holding;
        verified.details +=
            held ? QString(" The node stays held.") : QString(" It could not be held: ") + held.error().message;
    }
    node.operations.append(verified);
    co_return node;
}

QCoro::Task<NodeRecovery> bringToTarget(NodeRecovery node)
{
    node.cancelled = node.operation.cancel.isCancelled();
    if (node.cancelled) {
        co_return node;
    }
    auto asking = node.client->head();
    const auto head = co_await asking;
    if (!head) {
        co_return unreachable(node, head.error());
    }
    if (head->block.height > node.target.height) {
        auto looking = node.client->blockAt(node.target.height);
        const auto own = co_await looking;
        if (!own) {
            co_return unreachable(node, own.error());
        }
        if (own->id == node.target) {
            auto rolling = rollBackAndVerify(node, *head, node.target);
            co_return co_await rolling;
        }
        auto healing = healThenForward(node, *head); // Another block there is no place to go back to.
        co_return co_await healing;
    }
    auto verifying = verifyState(node, head->block.height);
    const auto verified = co_await verifying;
    if (!verified.success) {
        auto healing = healThenForward(node, *head);
        co_return co_await healing;
    }
    if (head->block.height < node.target.height) {
        auto syncing = syncForward(node, head->block.height);
        co_return co_await syncing;
    }
    node.operations.append(verified);
    node.verified = true;
    co_return node;
}

} // namespace rc
