// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/platform/os_lock.h"
#include "backend/prozchain/consensus.h"
#include "backend/prozchain/load_source.h"
#include "backend/prozchain/node/mempool.h"
#include "backend/prozchain/node/peer_set.h"
#include "backend/prozchain/store.h"

#include <QPointer>

class QNetworkReply;

namespace rc::prozchain {

/// What a rollback did, read back from the store.
struct RollbackResult
{
    qint64 fromHeight = 0;
    qint64 toHeight = 0;
    qint64 blocks = 0;
    Hash blockHash;
    Hash computedStateRoot;
};

/// A node of the practice chain: takes part in the consensus if it has a validator's key, executes every block itself,
/// fetches what it missed from its peers. Three things stop it where it is: a hold (by an operator, kept in DATA/held
/// over restarts), a state that is not what the headers say (until a rollback heals it), and a store that cannot be
/// written. A stopped node still answers.
class Node : public QObject, private ConsensusHost
{
    Q_OBJECT

public:
    /// Takes the data directory's lock, opens the store and checks its state. Busy if another node has the directory.
    [[nodiscard]] static Result<std::unique_ptr<Node>> open(const NodeConfig& config);
    ~Node() override = default;

    /// Begins to take part.
    void start();

    [[nodiscard]] QJsonObject status() const;
    /// {"status": "ok"|"degraded"|"failing", "reasons": [...], ...}, from this node's own work.
    [[nodiscard]] QJsonObject health();
    [[nodiscard]] ChainStore& store() { return m_store; }
    [[nodiscard]] const NodeConfig& config() const { return m_config; }

    /// An envelope from a peer; answers with this node's greeting. Conflict for a peer of another chain.
    [[nodiscard]] Result<QJsonObject> receive(const QJsonObject& envelope);
    [[nodiscard]] Status submit(const Transaction& transaction);
    /// Stops signing, proposing and syncing until release().
    [[nodiscard]] Status hold();
    [[nodiscard]] Status release();
    /// Holds the node and rolls its chain back to a block it has. TargetInvalid if the hash is another block's.
    [[nodiscard]] Result<RollbackResult> rollback(qint64 height, const Hash& hash);

private:
    Node(const NodeConfig& config, OsLock lock, ChainStore store);

    Result<Block> buildBlock(qint64 round) override;
    bool isValid(const Block& block) override;
    void broadcast(const Message& message) override { m_peers.send(message); }
    void schedule(const Timeout& timeout) override;
    void decided(const Block& block, const Commit& commit) override;

    [[nodiscard]] Status take(const Transaction& transaction);
    void openSigner();
    void stopWork();
    void proceed();
    void tick();
    void sync();
    void synced(const QByteArray& body);
    void applied(const Block& block);
    void failed(const Error& error);
    void audit();
    [[nodiscard]] bool mayWork() const { return !m_held && m_stateError.isEmpty(); }
    [[nodiscard]] Greeting greeting() const;
    [[nodiscard]] qint64 blockAgeMs() const;
    [[nodiscard]] QStringList failures() const;
    [[nodiscard]] QStringList warnings() const;

    NodeConfig m_config;
    OsLock m_lock;
    ChainStore m_store;
    Hash m_genesisHash;
    std::optional<Signer> m_signer;
    QString m_signerProblem;
    std::unique_ptr<Consensus> m_consensus;
    LoadSource m_load;
    Mempool m_mempool;
    PeerSet m_peers;
    QNetworkAccessManager m_network;
    QPointer<QNetworkReply> m_fetch;
    QTimer m_tick;
    QTimer m_nextHeight;
    QElapsedTimer m_upSince;
    bool m_held = false;
    QString m_stateError;
    QString m_storeError;
    qint64 m_heightAtTick = -1;
    int m_ticksWithoutBlock = 0;
    std::pair<Hash, qint64> m_audited;
};

} // namespace rc::prozchain
