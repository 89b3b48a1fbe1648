// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/chain/chain.h"
#include "model/system/inventory.h"

#include <QCoroTask>

#include <memory>

namespace rc {

/// What a kind of client is able to do; what it is not, it refuses by name.
struct ChainCapabilities
{
    /// Rollback by a call to the running node.
    bool rollback = false;
    /// The node can be kept from signing and syncing.
    bool hold = false;
    /// The state root can be computed from stored values at any height kept.
    bool computedState = false;
};

/// How long a node may take to answer.
struct ChainTimeouts
{
    Milliseconds call{3'000};
    Milliseconds stateRoots{15'000};
    Milliseconds rollback{60'000};
};

/// A block as a node has it.
struct BlockInfo
{
    BlockId id = {};
    /// When it was made, by its header.
    Timestamp time = {};
};

/// One node of a chain, asked over its endpoint (the seed's StorageService, StateDbService and BlockProviderService).
/// Errors name the system and the endpoint: Unreachable, Timeout, InvalidInput for an answer that makes no sense,
/// NotFound for a height the node does not have, PermissionDenied or WrongSecret for administrative calls.
/// A client may be destroyed while a task runs; the task then ends by itself.
class ChainClient
{
public:
    ChainClient() = default;
    virtual ~ChainClient() = default;
    Q_DISABLE_COPY_MOVE(ChainClient)

    [[nodiscard]] virtual ChainCapabilities capabilities() const = 0;
    [[nodiscard]] virtual QCoro::Task<Result<ChainHead>> head() = 0;
    [[nodiscard]] virtual QCoro::Task<Result<BlockInfo>> blockAt(qint64 height) = 0;
    /// Makes the node hash its stored values anew.
    [[nodiscard]] virtual QCoro::Task<Result<StateRoots>> stateRoots(qint64 height) = 0;
    /// The node stops signing and syncing, and goes on answering.
    [[nodiscard]] virtual QCoro::Task<Status> hold() = 0;
    [[nodiscard]] virtual QCoro::Task<Status> release() = 0;
    /// Drops the blocks and the state above; leaves the node held. Success says what the node answered: read height and
    /// hash back before believing it.
    [[nodiscard]] virtual QCoro::Task<Status> rollbackTo(BlockId target) = 0;
};

/// The client for a system's chain. UnsupportedSystemType, by name, for chain kinds without one; InvalidInput for a
/// system that is not a node of a chain.
[[nodiscard]] Result<std::unique_ptr<ChainClient>> makeChainClient(const System& system, ChainTimeouts timeouts = {});

} // namespace rc
