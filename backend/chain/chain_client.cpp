// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/chain/prozchain_client.h"

namespace rc {

Result<std::unique_ptr<ChainClient>> makeChainClient(const System& system, ChainTimeouts timeouts)
{
    if (!system.chain) {
        return fail(ErrorCode::InvalidInput, QString("%1 is not a node of a chain.").arg(system.id.text()));
    }
    if (system.chain->kind != ChainKind::Prozchain) {
        return fail(ErrorCode::UnsupportedSystemType,
                    QString("The chain of %1 is of the kind %2, which is not supported yet; supported: prozchain.")
                        .arg(system.id.text(), idOf(system.chain->kind)));
    }
    return std::make_unique<ProzchainClient>(system.id, *system.chain, timeouts);
}

} // namespace rc
