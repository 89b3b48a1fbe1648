// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lab/service_main.h"
#include "backend/prozchain/node/node_rpc.h"

using namespace rc;
using namespace rc::prozchain;

namespace {

class NodeService : public lab::Service
{
public:
    NodeService(std::unique_ptr<Node> node, std::unique_ptr<NodeRpc> rpc)
        : m_node(std::move(node))
        , m_rpc(std::move(rpc))
    {
    }

private:
    std::unique_ptr<Node> m_node;
    std::unique_ptr<NodeRpc> m_rpc;
};

Result<std::unique_ptr<lab::Service>> start(const QString& configFile)
{
    const auto config = NodeConfig::read(configFile);
    if (!config) {
        return std::unexpected(config.error());
    }
    lab::setLogLevel(config->logLevel);
    auto node = Node::open(*config);
    auto rpc = andThen(node, [&] { return NodeRpc::open(**node); });
    if (const auto listening = andThen(rpc, [&] { return (*rpc)->listen(); }); !listening) {
        return std::unexpected(listening.error());
    }
    (*node)->start();
    return std::make_unique<NodeService>(std::move(*node), std::move(*rpc));
}

} // namespace

int main(int argc, char* argv[])
{
    return lab::serviceMain(argc, argv, "A node of the practice chain.", start);
}
