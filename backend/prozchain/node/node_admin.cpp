// SPDX-License-Identifier: GPL-3.0-or-later
// What operators and probes ask of a node.
#include "backend/platform/files.h"
#include "backend/prozchain/node/node.h"
#include "backend/prozchain/offline_chain.h"

#include <QDir>
#include <QFile>
#include <QNetworkReply>

namespace rc::prozchain {

QJsonObject Node::status() const
{
    const auto& head = m_store.head();
    return {{"name", m_config.name},
            {"chain_id", m_store.genesis().chainId},
            {"genesis_hash", m_genesisHash.toHex()},
            {"height", head.height},
            {"block_hash", m_store.headHash().toHex()},
            {"state_root", head.stateRoot.toHex()},
            {"block_time_ms", head.timeMs},
            {"finalized_height", head.height},
            {"earliest_height", 0},
            {"syncing", m_fetch || m_peers.bestHeight() > head.height + 1},
            {"held", m_held},
            {"validator", m_signer.has_value()},
            {"peers", m_peers.connected()},
            {"version", RC_VERSION}};
}

QStringList Node::failures() const
{
    QStringList reasons;
    if (!m_stateError.isEmpty()) {
        reasons.append(m_stateError);
    }
    if (!m_storeError.isEmpty()) {
        reasons.append(m_storeError);
    }
    const auto& genesis = m_store.genesis();
    const auto limit = m_config.healthMaxBlockAgeMs > 0 ? m_config.healthMaxBlockAgeMs
                                                        : 5 * genesis.blockIntervalMs + 3 * genesis.timeoutMs;
    if (!m_held && blockAgeMs() > limit) {
        reasons.append(QString("The last block is %1 s old.").arg(blockAgeMs() / 1000));
    }
    if (m_peers.size() > 0 && m_peers.connected() == 0) {
        reasons.append("No peer is connected.");
        reasons += m_peers.refusals();
    }
    return reasons;
}

QStringList Node::warnings() const
{
    QStringList reasons;
    if (m_held) {
        reasons.append("The node is held: it neither signs nor syncs until it is released.");
    }
    if (!m_signerProblem.isEmpty()) {
        reasons.append(m_signerProblem);
    }
    if (const auto behind = m_peers.bestHeight() - m_store.head().height; behind > 2) {
        reasons.append(QString("The node is %1 blocks behind its peers.").arg(behind));
    }
    const auto needed = m_store.genesis().quorum() - 1;
    if (m_peers.connected() > 0 && m_signer && m_peers.connected() < needed) {
        reasons.append(
            QString("%1 peers are connected, %2 are needed for a block.").arg(m_peers.connected()).arg(needed));
    }
    return reasons;
}

QJsonObject Node::health()
{
    audit();
    const auto bad = failures();
    const auto doubtful = warnings();
    auto health = status();
    health["status"] = !bad.isEmpty() ? "failing" : !doubtful.isEmpty() ? "degraded" : "ok";
    health["reasons"] = QJsonArray::fromStringList(bad + doubtful);
    health["block_age_ms"] = blockAgeMs();
    health["state_error"] = m_stateError.isEmpty() ? QJsonValue() : QJsonValue(m_stateError);
    health["uptime_ms"] = m_upSince.elapsed();
    health["configuration_hash"] = m_config.fileHash;
    return health;
}

Status Node::hold()
{
    const auto noted = writeFileAtomically(QDir(m_config.dataDirectory).filePath("held"), "held by an operator\n");
    if (!noted) {
        return noted; // Held now and free after the next start would be worse than not held.
    }
    m_held = true;
    stopWork();
    return {};
}

Status Node::release()
{
    QFile file(QDir(m_config.dataDirectory).filePath("held"));
    if (file.exists() && !file.remove()) {
        return fail(ErrorCode::StoreError,
                    QString("%1 cannot be removed: %2.").arg(file.fileName(), file.errorString()));
    }
    m_held = false;
    proceed();
    return {};
}

Result<RollbackResult> Node::rollback(qint64 height, const Hash& hash)
{
    const auto from = m_store.head().height;
    const auto held = hold();
    const auto removed = andThen(held, [&] { return rollbackToBlock(m_store, height, hash); });
    if (!removed) {
        return std::unexpected(removed.error());
    }
    m_stateError.clear();
    m_storeError.clear();
    m_mempool.clear();
    proceed();
    audit();
    const auto computed = m_store.recomputeStateRoot(height);
    return thenReturn(
        computed, [&] { return RollbackResult{from, m_store.head().height, *removed, m_store.headHash(), *computed}; });
}

} // namespace rc::prozchain
