// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/prozchain/node/json_server.h"
#include "backend/prozchain/node/node.h"

namespace rc::prozchain {

/// The HTTP interface of a node. Reads: GET /health (503 while failing), /status, /block?height= or ?hash=,
/// /header?height=, /state_root[?height=] (recomputed from the values), /value?key=[&height=]; POST /tx. For operators,
/// with the header X-Admin-Token: POST /hold, /release, /rollback {height, hash}. Between nodes: POST /p2p, GET
/// /blocks?from=&count=.
class NodeRpc
{
public:
    /// Reads the admin token's file. PermissionDenied if others can read it.
    [[nodiscard]] static Result<std::unique_ptr<NodeRpc>> open(Node& node);
    [[nodiscard]] Status listen();

private:
    NodeRpc(Node& node, QByteArray adminToken);

    void addReads();
    void addAdmin();
    [[nodiscard]] Reply block(const Request& request);
    [[nodiscard]] Reply blocks(const Request& request);
    [[nodiscard]] Reply stateRoot(const Request& request);
    [[nodiscard]] Reply value(const Request& request);
    [[nodiscard]] Reply rollback(const Request& request);
    [[nodiscard]] Status mayAdminister(const Request& request) const;

    Node& m_node;
    QByteArray m_adminToken;
    JsonServer m_server;
};

} // namespace rc::prozchain
