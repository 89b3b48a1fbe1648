// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/base/operation.h"
#include "backend/chain/network_view.h"
#include "model/chain/recovery_result.h"
#include "model/plan/plan_decisions.h"

namespace rc {

struct DataRecoveryOptions
{
    /// How long a node may take, once released, to accept a block on top of the target.
    Milliseconds acceptTimeout = std::chrono::seconds(60);
    /// How long a node may go without a new block while it syncs forward.
    Milliseconds stallTimeout = std::chrono::seconds(60);
    /// Limit for the whole of a forward sync.
    Milliseconds syncTimeout = std::chrono::hours(1);
    Milliseconds pollInterval{250};
    Clock clock = systemTime;
};

/// Is told of each rollback that was read back from a node (the seed's record_rollback_event). A failure to record it
/// is a failure of the recovery.
using RollbackRecorder = std::function<Status(qint64 fromHeight, qint64 toHeight, const SystemId& system)>;

/// The seed's DataRecoveryService (9.3.4): brings nodes to a height and hash, and believes only what it has read back
/// and computed anew. Permission, claims and the journal are its caller's. A running task keeps what it needs.
class DataRecoveryService
{
public:
    explicit DataRecoveryService(NetworkView view, DataRecoveryOptions options = {});

    /// Brings each system to the target, all at once: rollback or sync forward, verification, and at least one more
    /// block on top that the quorum has too, without which nothing counts as verified. A node that fails verification
    /// is held and the result says so. An Error means that nothing was touched (TargetInvalid, Unreachable,
    /// InvalidInput) or that it was cancelled; then `details.operations` has what was done. Everything else that goes
    /// wrong is a failed operation in the result.
    ///
    /// All nodes at once, or most of them, are recovered only to a block that a quorum of the whole network has, and
    /// only if somebody keeps the blocks above it.
    [[nodiscard]] QCoro::Task<Result<RecoveryResult>>
    recover(BlockId target, QList<SystemId> systems, Operation operation, RollbackRecorder recorder = {}) const;

    /// Compares the systems' states at a height with their headers and with the quorum (NetworkView::quorumAt).
    [[nodiscard]] QCoro::Task<Result<RecoveryResult>> verify(qint64 height, QList<SystemId> systems) const;

    /// After a crash: is the recovery done? Applied when each system has the target block and more on top, its computed
    /// state agrees with the quorum there and at its head, and it is not held. Touches nothing.
    [[nodiscard]] QCoro::Task<EffectState> probe(BlockId target, QList<SystemId> systems) const;

    /// What recover() would do. Touches nothing.
    [[nodiscard]] QCoro::Task<Result<QList<RecoveryEffect>>> dryRun(BlockId target, QList<SystemId> systems) const;

private:
    NetworkView m_view;
    DataRecoveryOptions m_options;
};

} // namespace rc
