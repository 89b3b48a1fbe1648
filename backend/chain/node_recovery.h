// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/chain/data_recovery_service.h"

namespace rc {

/// The recovery of one node, as far as it has got. Everything a task of it needs; copies share the connections.
struct NodeRecovery
{
    SystemId system = {};
    std::shared_ptr<ChainClient> client = {};
    NetworkView view;
    /// All systems of the recovery, who cannot vouch for themselves (NetworkView::trusted).
    QList<SystemId> recovering = {};
    BlockId target = {};
    DataRecoveryOptions options = {};
    Operation operation = {};
    RollbackRecorder recorder = {};

    QList<RecoveryOperation> operations = {};
    /// The node was changed, or is about to be.
    bool moved = false;
    /// It is at the target and its state there is right; what is left is a block on top.
    bool verified = false;
    bool cancelled = false;
};

/// Brings the node to the target and verifies it there. A node that was rolled back, or did not pass, is held when this
/// ends.
[[nodiscard]] QCoro::Task<NodeRecovery> bringToTarget(NodeRecovery node);

/// Releases the node, lets it sync up to the target and verifies it there.
[[nodiscard]] QCoro::Task<NodeRecovery> syncForward(NodeRecovery node, qint64 from);

/// Releases a node that is `verified` and waits for a block on top of the target with which it still agrees: a right
/// header can stand over a wrong state. It is held if it does not.
[[nodiscard]] QCoro::Task<NodeRecovery> releaseAndFollow(NodeRecovery node);

/// Adds a verification to the operations; a node that did not pass is held, and the details say so.
[[nodiscard]] QCoro::Task<NodeRecovery> judge(NodeRecovery node, StateVerificationResult verified);

/// Compares the node's recomputed state at a height with its header and with the quorum of the others.
[[nodiscard]] QCoro::Task<StateVerificationResult> verifyState(NodeRecovery node, qint64 height);

/// What bringToTarget() would do to a node that stands at this head. Touches nothing.
[[nodiscard]] QCoro::Task<Result<RecoveryEffect>> effectOn(NodeRecovery node, ChainHead head);

/// A line of progress: "validator-3: ...".
void tell(const NodeRecovery& node, const QString& what);

} // namespace rc
