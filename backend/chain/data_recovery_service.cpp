// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/chain/data_recovery_service.h"

#include "backend/chain/node_recovery.h"
#include "backend/chain/recovery_target.h"

#include <algorithm>

namespace rc {
namespace {

/// One NodeRecovery per system; InvalidInput for one that cannot be recovered.
Result<QList<NodeRecovery>> nodesFor(const NetworkView& view, const DataRecoveryOptions& options, const BlockId& target,
                                     const QList<SystemId>& systems, const Operation& operation = {})
{
    if (systems.isEmpty()) {
        return fail(ErrorCode::InvalidInput, "No system was named.");
    }
    QList<NodeRecovery> nodes;
    for (const auto& system : systems) {
        const auto client = view.client(system);
        if (!client) {
            return std::unexpected(client.error());
        }
        if (std::ranges::count(systems, system) > 1) {
            return fail(ErrorCode::InvalidInput, QString("%1 was named twice.").arg(system.text()));
        }
        nodes.append({.system = system,
                      .client = *client,
                      .view = view,
                      .recovering = systems,
                      .target = target,
                      .options = options,
                      .operation = operation});
    }
    return nodes;
}

Status mayRollBack(const QList<NodeRecovery>& nodes)
{
    for (const auto& node : nodes) {
        const auto able = node.client->capabilities();
        if (!able.rollback || !able.hold || !able.computedState) {
            return fail(ErrorCode::UnsupportedSystemType,
                        QString("%1 cannot be rolled back and verified over its endpoint.").arg(node.system.text()));
        }
    }
    return {};
}

/// The heads of the systems to recover; an error if one of them does not answer.
QCoro::Task<Result<QList<ChainHead>>> headsOf(QList<NodeRecovery> nodes)
{
    std::vector<QCoro::Task<Result<ChainHead>>> asking;
    for (const auto& node : nodes) {
        asking.push_back(node.client->head());
    }
    QList<ChainHead> heads;
    std::optional<Error> error;
    for (auto& task : asking) {
        const auto head = co_await task;
        if (head) {
            heads.append(*head);
        } else {
            error = head.error();
        }
    }
    if (error) {
        co_return std::unexpected(*error);
    }
    co_return heads;
}

QCoro::Task<QList<NodeRecovery>> forAll(QList<NodeRecovery> nodes, QCoro::Task<NodeRecovery> (*step)(NodeRecovery))
{
    std::vector<QCoro::Task<NodeRecovery>> working;
    for (const auto& node : nodes) {
        working.push_back(step(node));
    }
    for (std::size_t i = 0; i < working.size(); ++i) {
        nodes[qsizetype(i)] = co_await working[i];
    }
    co_return nodes;
}

Result<RecoveryResult> conclude(const QList<NodeRecovery>& nodes, const BlockId& target, Timestamp now)
{
    QList<RecoveryOperation> operations;
    bool moved = false;
    bool cancelled = false;
    for (const auto& node : nodes) {
        operations += node.operations;
        moved = moved || node.moved;
        cancelled = cancelled || node.cancelled;
    }
    if (cancelled) {
        return fail(ErrorCode::Cancelled,
                    QString("Cancelled on the way to height %1; %2 operations were made.")
                        .arg(target.height)
                        .arg(operations.size()),
                    {{"operations", toJson(operations)}});
    }
    return concludeRecovery(target.height, operations, moved, now);
}

QCoro::Task<Result<RecoveryResult>> recoverAll(NetworkView view, DataRecoveryOptions options, BlockId target,
                                               QList<SystemId> systems, Operation operation, RollbackRecorder recorder)
{
    auto nodes = nodesFor(view, options, target, systems, operation);
    const auto able = nodes ? mayRollBack(*nodes) : Status(std::unexpected(nodes.error()));
    if (!able) {
        co_return std::unexpected(able.error());
    }
    auto asking = headsOf(*nodes);
    const auto heads = co_await asking;
    if (!heads) {
        co_return std::unexpected(heads.error());
    }
    auto checking = checkTarget(view, target, systems, *heads);
    const auto checked = co_await checking;
    if (!checked) {
        co_return std::unexpected(checked.error());
    }
    for (auto& node : *nodes) {
        node.recorder = recorder;
    }
    auto bringing = forAll(*nodes, bringToTarget);
    auto brought = co_await bringing;
    auto following = forAll(brought, releaseAndFollow);
    brought = co_await following;
    co_return conclude(brought, target, options.clock());
}

QCoro::Task<Result<RecoveryResult>> verifyAll(NetworkView view, DataRecoveryOptions options, qint64 height,
                                              QList<SystemId> systems)
{
    auto nodes = nodesFor(view, options, {height, {}}, systems);
    if (!nodes) {
        co_return std::unexpected(nodes.error());
    }
    std::vector<QCoro::Task<StateVerificationResult>> working;
    for (auto& node : *nodes) {
        working.push_back(verifyState(node, height));
    }
    QList<RecoveryOperation> operations;
    for (auto& task : working) {
        operations.append(co_await task);
    }
    auto result = concludeRecovery(height, operations, false, options.clock());
    result.message = result.success ? QString("Verified the state of %1 at height %2").arg(namesOf(systems)).arg(height)
                                    : result.message.replace("Data recovery failed", "Verification failed");
    co_return result;
}

/// Whether one node is where a recovery would have left it.
QCoro::Task<EffectState> probeOne(NodeRecovery node, NetworkHeads heads)
{
    const auto* now = heads.find(node.system);
    if (!now->head || !now->compared) {
        co_return EffectState::CannotTell;
    }
    if (now->head->held || now->differs() || now->head->block.height <= node.target.height) {
        co_return EffectState::NotApplied;
    }
    auto verifying = verifyState(node, node.target.height);
    const auto verified = co_await verifying;
    if (!now->quorum || verified.quorumState.isEmpty()) {
        co_return EffectState::CannotTell;
    }
    const bool applied = verified.success && verified.roots.block == node.target;
    co_return applied ? EffectState::Applied : EffectState::NotApplied;
}

QCoro::Task<EffectState> probeAll(NetworkView view, DataRecoveryOptions options, BlockId target,
                                  QList<SystemId> systems)
{
    const auto nodes = nodesFor(view, options, target, systems);
    if (!nodes) {
        co_return EffectState::CannotTell;
    }
    auto looking = view.heads();
    const auto heads = co_await looking;
    bool unclear = false;
    bool missing = false;
    for (const auto& node : *nodes) {
        auto probing = probeOne(node, heads);
        const auto answer = co_await probing;
        unclear = unclear || answer == EffectState::CannotTell;
        missing = missing || answer == EffectState::NotApplied;
    }
    co_return missing ? EffectState::NotApplied : unclear ? EffectState::CannotTell : EffectState::Applied;
}

QCoro::Task<Result<QList<RecoveryEffect>>> effects(NetworkView view, DataRecoveryOptions options, BlockId target,
                                                   QList<SystemId> systems)
{
    const auto nodes = nodesFor(view, options, target, systems);
    if (!nodes) {
        co_return std::unexpected(nodes.error());
    }
    auto asking = headsOf(*nodes);
    const auto heads = co_await asking;
    if (!heads) {
        co_return std::unexpected(heads.error());
    }
    auto checking = checkTarget(view, target, systems, *heads);
    const auto checked = co_await checking;
    if (!checked) {
        co_return std::unexpected(checked.error());
    }
    QList<RecoveryEffect> all;
    for (qsizetype i = 0; i < nodes->size(); ++i) {
        auto looking = effectOn(nodes->at(i), heads->at(i));
        const auto effect = co_await looking;
        if (!effect) {
            co_return std::unexpected(effect.error());
        }
        all.append(*effect);
    }
    co_return all;
}

} // namespace

DataRecoveryService::DataRecoveryService(NetworkView view, DataRecoveryOptions options)
    : m_view(std::move(view))
    , m_options(std::move(options))
{
}

QCoro::Task<Result<RecoveryResult>> DataRecoveryService::recover(BlockId target, QList<SystemId> systems,
                                                                 Operation operation, RollbackRecorder recorder) const
{
    return recoverAll(m_view, m_options, std::move(target), std::move(systems), std::move(operation),
                      std::move(recorder));
}

QCoro::Task<Result<RecoveryResult>> DataRecoveryService::verify(qint64 height, QList<SystemId> systems) const
{
    return verifyAll(m_view, m_options, height, std::move(systems));
}

QCoro::Task<EffectState> DataRecoveryService::probe(BlockId target, QList<SystemId> systems) const
{
    return probeAll(m_view, m_options, std::move(target), std::move(systems));
}

QCoro::Task<Result<QList<RecoveryEffect>>> DataRecoveryService::dryRun(BlockId target, QList<SystemId> systems) const
{
    return effects(m_view, m_options, std::move(target), std::move(systems));
}

} // namespace rc
