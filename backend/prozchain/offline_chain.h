// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/platform/os_lock.h"
#include "backend/prozchain/store.h"

namespace rc::prozchain {

/// Takes the lock that makes a process the owner of a data directory (DATA/lock). Busy while another has it.
[[nodiscard]] Result<OsLock> lockDataDirectory(const QString& dataDirectory);

/// A stopped node's chain, read and rolled back in its data directory by the same code the node uses. Holds the
/// directory's lock for life, so the node cannot be started meanwhile.
class OfflineChain
{
public:
    /// Busy while a node runs on the directory, NotFound if there is no chain in it.
    [[nodiscard]] static Result<OfflineChain> open(const QString& dataDirectory);

    [[nodiscard]] const BlockHeader& head() const { return m_store.head(); }
    [[nodiscard]] Result<BlockHeader> header(qint64 height) { return m_store.header(height); }
    [[nodiscard]] Result<FinalBlock> block(qint64 height) { return m_store.block(height); }
    /// The state root computed from the stored values of a height.
    [[nodiscard]] Result<Hash> recomputeStateRoot(qint64 height) { return m_store.recomputeStateRoot(height); }
    /// Rolls back to a block named by height and hash; returns the number of blocks removed. TargetInvalid if this
    /// node's block at that height is another.
    [[nodiscard]] Result<qint64> rollbackTo(qint64 height, const Hash& hash);
    [[nodiscard]] ChainStore& store() { return m_store; }

private:
    OfflineChain(OsLock lock, ChainStore store);

    OsLock m_lock;
    ChainStore m_store;
};

/// Rolls a store back to a block named by height and hash. TargetInvalid if it holds another block there.
[[nodiscard]] Result<qint64> rollbackToBlock(ChainStore& store, qint64 height, const Hash& hash);

} // namespace rc::prozchain
