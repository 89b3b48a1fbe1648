// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/chain/chain.h"

#include <variant>

/// What came of recovering chain data (seed 9.3.4), with its sentences.

namespace rc {

/// The seed's RollbackResult: heights as read back from the node, not as it answered.
struct RollbackResult
{
    SystemId system = {};
    qint64 fromHeight = 0;
    qint64 toHeight = 0;
    qint64 blocksRolledBack = 0;
    Timestamp timestamp = {};
    bool success = false;
    QString details = {};
};

/// The seed's BlockSyncResult: the node went forward from its peers.
struct BlockSyncResult
{
    SystemId system = {};
    qint64 fromHeight = 0;
    qint64 toHeight = 0;
    qint64 blocksSynced = 0;
    Timestamp timestamp = {};
    bool success = false;
    QString details = {};
};

/// A node's state at a height, hashed anew and compared with its header and with the quorum of the other nodes.
struct StateVerificationResult
{
    SystemId system = {};
    StateRoots roots = {};
    /// The computed root of the quorum; empty if the quorum could not be asked.
    QString quorumState = {};
    Timestamp timestamp = {};
    bool success = false;
    QString details = {};
};

/// The seed's RecoveryOperation.
using RecoveryOperation = std::variant<RollbackResult, BlockSyncResult, StateVerificationResult>;

[[nodiscard]] ChainOperation kindOf(const RecoveryOperation& operation);
[[nodiscard]] bool succeeded(const RecoveryOperation& operation);
[[nodiscard]] QString detailsOf(const RecoveryOperation& operation);
/// cli.md: `kind system from_height to_height blocks success details`, with the time and, for a verification, hashes.
[[nodiscard]] QJsonObject toJson(const RecoveryOperation& operation);
[[nodiscard]] QJsonArray toJson(const QList<RecoveryOperation>& operations);

/// "Rolled back N blocks to height H".
[[nodiscard]] QString rolledBackSentence(qint64 blocks, qint64 height);

/// The seed's RecoveryResult.
struct RecoveryResult
{
    bool success = false;
    QString message = {};
    QList<RecoveryOperation> operations = {};
    Timestamp timestamp = {};

    /// cli.md, `chain recover`.
    [[nodiscard]] QJsonObject toJson() const;
};

/// Success needs every operation's success. `moved` is false if no node had to be changed: "Already at target height
/// N". The message of a failure is the first failed operation's.
[[nodiscard]] RecoveryResult concludeRecovery(qint64 targetHeight, QList<RecoveryOperation> operations, bool moved,
                                              Timestamp timestamp);

/// What recovering would do to one node; nothing was touched.
struct RecoveryEffect
{
    SystemId system = {};
    BlockId from = {};
    BlockId to = {};
    /// `rollback`, `block_sync`, or `state_verification` when the node is already there.
    ChainOperation kind = ChainOperation::StateVerification;
    /// Blocks that would be dropped (rollback) or fetched (sync).
    qint64 blocks = 0;
    /// For a rollback: the time between the making of the target block and of the head.
    Milliseconds timeSpan{};
    QString description = {};
};

} // namespace rc
