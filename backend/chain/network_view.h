// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/base/operation.h"
#include "backend/chain/chain_client.h"

namespace rc {

/// A node as the view keeps it: its client, or why there is none.
struct NetworkNode
{
    SystemId system = {};
    int weight = 1;
    std::shared_ptr<ChainClient> client = {};
    /// Set where there is no client.
    std::optional<Error> refusal = {};
};

/// All nodes of a network, asked at the same time. Copies share their connections, and a running task keeps what it
/// needs, so a view may go while it is at work.
class NetworkView
{
public:
    explicit NetworkView(const Inventory& inventory, ChainTimeouts timeouts = {});
    explicit NetworkView(QList<NetworkNode> nodes);

    [[nodiscard]] const QList<NetworkNode>& nodes() const { return *m_nodes; }
    /// InvalidInput for a system that is not a node of a chain, and the refusal of one whose kind has no client.
    [[nodiscard]] Result<std::shared_ptr<ChainClient>> client(const SystemId& system) const;

    /// Who is where, and who agrees with whom. Nodes that do not answer stand in the answer with their error.
    [[nodiscard]] QCoro::Task<NetworkHeads> heads() const;

    /// Whom to ask when some are not to be believed: the others; but where those weigh no more than a third of the
    /// whole, with no sound node for certain among them, everybody.
    [[nodiscard]] QList<NetworkNode> trusted(const QList<SystemId>& except) const;

    /// What trusted(except) agree on at a height: more than two thirds of the weight of those asked, and more than a
    /// third of the whole. TargetInvalid if they do not agree, or none of them has the height; Unreachable if too few
    /// answer.
    [[nodiscard]] QCoro::Task<Result<AgreementGroup>> quorumAt(qint64 height, const QList<SystemId>& except = {}) const;

    /// The newest height, at or below the heads of the named nodes, where each of them agrees with the quorum of the
    /// other nodes in block hash and computed state; found by bisection, because a node that is bad stays bad. Nodes in
    /// `untrusted` are not asked for the quorum either. With `height`: that height with the quorum's hash,
    /// TargetInvalid if the quorum has not got it. Cancelled between two questions if the token is.
    [[nodiscard]] QCoro::Task<Result<TrustedHeight>> findTrustedHeight(const QList<SystemId>& systems,
                                                                       std::optional<qint64> height = {},
                                                                       const QList<SystemId>& untrusted = {},
                                                                       CancelToken cancel = {}) const;

private:
    std::shared_ptr<const QList<NetworkNode>> m_nodes;
};

} // namespace rc
