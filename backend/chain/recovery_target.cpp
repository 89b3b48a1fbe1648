// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/chain/recovery_target.h"

#include <algorithm>

namespace rc {
namespace {

/// The target is a block that the quorum has, with this hash.
QCoro::Task<Status> validate(NetworkView view, BlockId target, QList<SystemId> systems)
{
    if (target.height < 0) {
        co_return fail(ErrorCode::TargetInvalid, QString("A height of %1 there is not.").arg(target.height));
    }
    if (target.hash.isEmpty()) {
        co_return fail(ErrorCode::TargetInvalid,
                       QString("Height %1 was given without a hash; a target is height and hash.").arg(target.height));
    }
    auto trusting = view.quorumAt(target.height, systems);
    const auto quorum = co_await trusting;
    if (!quorum) {
        const auto code =
            quorum.error().code == ErrorCode::Unreachable ? ErrorCode::Unreachable : ErrorCode::TargetInvalid;
        co_return fail(code, quorum.error().message);
    }
    if (quorum->hash != target.hash) {
        co_return fail(ErrorCode::TargetInvalid, QString("Block %1 of the quorum is %2, not %3.")
                                                     .arg(target.height)
                                                     .arg(shortHash(quorum->hash), shortHash(target.hash)));
    }
    co_return Status();
}

/// Blocks above the target that nobody keeps are lost, and the chain with them: validators do not sign a height again.
/// Where most of the network goes back, somebody else must have them; else the rest has them or is about to.
QCoro::Task<Status> keepsBlocks(NetworkView view, BlockId target, QList<SystemId> systems, QList<ChainHead> heads)
{
    const bool drops =
        std::ranges::any_of(heads, [&](const ChainHead& head) { return head.block.height > target.height; });
    if (!drops || view.trusted(systems).size() < view.nodes().size()) {
        co_return Status();
    }
    for (const auto& node : view.nodes()) {
        if (systems.contains(node.system) || !node.client) {
            continue;
        }
        auto asking = node.client->head();
        const auto head = co_await asking;
        if (head && head->block.height > target.height) {
            co_return Status();
        }
    }
    co_return fail(ErrorCode::TargetInvalid,
                   QString("No node would keep the blocks above height %1, and validators do not sign a height again: "
                           "the chain could not go on. Name only the nodes that are wrong.")
                       .arg(target.height));
}

} // namespace

QCoro::Task<Status> checkTarget(NetworkView view, BlockId target, QList<SystemId> systems, QList<ChainHead> heads)
{
    auto validating = validate(view, target, systems);
    const auto valid = co_await validating;
    if (!valid) {
        co_return valid;
    }
    auto keeping = keepsBlocks(view, target, systems, heads);
    co_return co_await keeping;
}

} // namespace rc
