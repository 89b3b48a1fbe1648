// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/chain/node_recovery.h"

#include <cstdlib>

namespace rc {

QCoro::Task<Result<RecoveryEffect>> effectOn(NodeRecovery node, ChainHead head)
{
    RecoveryEffect effect{.system = node.system, .from = head.block, .to = node.target};
    effect.blocks = std::abs(head.block.height - node.target.height);
    if (head.block.height > node.target.height) {
        effect.kind = ChainOperation::Rollback;
        auto first = node.client->blockAt(node.target.height);
        auto last = node.client->blockAt(head.block.height);
        const auto from = co_await first;
        const auto to = co_await last;
        if (!from || !to) {
            co_return std::unexpected(from ? to.error() : from.error());
        }
        if (from->id != node.target) {
            effect.description =
                QString("%1 has another block at height %2: %3. It goes below its fork and forward again.")
                    .arg(node.system.text())
                    .arg(node.target.height)
                    .arg(shortHash(from->id.hash));
            co_return effect;
        }
        effect.timeSpan = to->time - from->time;
        effect.description = QString("%1 drops %2 blocks, %3 to %4, the work of %5 s")
                                 .arg(node.system.text())
                                 .arg(effect.blocks)
                                 .arg(node.target.height + 1)
                                 .arg(head.block.height)
                                 .arg(effect.timeSpan.count() / 1000);
        co_return effect;
    }
    auto verifying = verifyState(node, head.block.height);
    const auto verified = co_await verifying;
    effect.kind = effect.blocks > 0 ? ChainOperation::BlockSync : ChainOperation::StateVerification;
    effect.description = verified.details;
    if (!verified.success) {
        effect.kind = ChainOperation::Rollback;
        effect.description += " It goes below its first bad height and forward again.";
    } else if (effect.blocks > 0) {
        effect.description = QString("%1 syncs %2 blocks forward").arg(node.system.text()).arg(effect.blocks);
    }
    co_return effect;
}

} // namespace rc
