// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/chain/chain_client.h"

#include <QNetworkAccessManager>
#include <QUrl>

namespace rc {

/// A ProzChain node over its HTTP interface (backend/prozchain/node). The administrative token goes into the header
/// X-Admin-Token and is read anew for each call.
class ProzchainClient final : public ChainClient
{
public:
    ProzchainClient(SystemId system, const ChainSpec& spec, ChainTimeouts timeouts);

    [[nodiscard]] ChainCapabilities capabilities() const override;
    [[nodiscard]] QCoro::Task<Result<ChainHead>> head() override;
    [[nodiscard]] QCoro::Task<Result<BlockInfo>> blockAt(qint64 height) override;
    [[nodiscard]] QCoro::Task<Result<StateRoots>> stateRoots(qint64 height) override;
    [[nodiscard]] QCoro::Task<Status> hold() override;
    [[nodiscard]] QCoro::Task<Status> release() override;
    [[nodiscard]] QCoro::Task<Status> rollbackTo(BlockId target) override;

    /// What a running call keeps, so that the client may go before it ends.
    struct Node
    {
        SystemId system = {};
        QUrl endpoint = {};
        QString adminSecret = {};
        ChainTimeouts timeouts = {};
        std::shared_ptr<QNetworkAccessManager> network = {};
    };

private:
    Node m_node;
};

} // namespace rc
