// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/node/node.h"

#include "backend/platform/files.h"
#include "backend/prozchain/offline_chain.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QNetworkReply>

namespace rc::prozchain {

namespace {

constexpr qsizetype clientTransactionsPerBlock = 200;
/// A proposal from a clock further ahead than this is not voted for.
constexpr qint64 clockToleranceMs = 10'000;

QString heldFile(const NodeConfig& config)
{
    return QDir(config.dataDirectory).filePath("held");
}

} // namespace

Result<std::unique_ptr<Node>> Node::open(const NodeConfig& config)
{
    const auto genesis = Genesis::load(config.genesisFile);
    const auto directory = andThen(genesis, [&] { return ensurePrivateDirectory(config.dataDirectory); });
    auto lock = andThen(directory, [&] { return lockDataDirectory(config.dataDirectory); });
    if (!lock) {
        return std::unexpected(lock.error());
    }
    auto store = ChainStore::open(config.dataDirectory, *genesis);
    if (!store) {
        return std::unexpected(store.error());
    }
    return std::unique_ptr<Node>(new Node(config, std::move(*lock), std::move(*store)));
}

Node::Node(const NodeConfig& config, OsLock lock, ChainStore store)
    : m_config(config)
    , m_lock(std::move(lock))
    , m_store(std::move(store))
    , m_genesisHash(m_store.genesis().firstHeader().hash())
    , m_load(config.name, m_store.genesis().chainId, config.loadAccounts)
    , m_mempool(config.mempoolLimit)
    , m_peers(config.peers, [this] { return greeting(); })
    , m_held(QFile::exists(heldFile(config)))
{
    openSigner();
    ConsensusHost& host = *this;
    m_consensus = std::make_unique<Consensus>(m_store.genesis(), m_signer ? &*m_signer : nullptr, host);
    m_tick.setInterval(static_cast<int>(std::clamp<qint64>(m_store.genesis().blockIntervalMs / 2, 50, 500)));
    connect(&m_tick, &QTimer::timeout, this, &Node::tick);
    m_nextHeight.setSingleShot(true);
    connect(&m_nextHeight, &QTimer::timeout, this, [this] { m_consensus->begin(); });
}

void Node::openSigner()
{
    if (m_config.validatorKeyFile.isEmpty()) {
        return;
    }
    const auto keys = KeyPair::load(m_config.validatorKeyFile);
    auto signer = andThen(keys, [&] {
        return Signer::open(m_config.dataDirectory, *keys, m_store.genesis().chainId, m_store.head().height);
    });
    if (!signer) {
        m_signerProblem = signer.error().message;
    } else if (m_store.genesis().indexOf(signer->publicKey()) < 0) {
        m_signerProblem = "The validator key is not one of the genesis file's.";
    } else {
        m_signer = std::move(*signer);
    }
}

void Node::start()
{
    m_upSince.start();
    audit();
    m_tick.start();
    proceed();
    m_peers.greet({});
}

Greeting Node::greeting() const
{
    return {m_config.name, m_config.chainId, m_genesisHash, m_store.head().height};
}

qint64 Node::blockAgeMs() const
{
    return QDateTime::currentMSecsSinceEpoch() - m_store.head().timeMs;
}

void Node::stopWork()
{
    m_consensus->stop();
    m_nextHeight.stop();
    if (m_fetch) {
        m_fetch->abort();
    }
}

// Turns to the height after the head, not earlier than the block interval allows.
void Node::proceed()
{
    m_consensus->prepare(m_store.head().height + 1);
    if (mayWork()) {
        const auto interval = m_store.genesis().blockIntervalMs;
        m_nextHeight.start(static_cast<int>(std::clamp<qint64>(interval - blockAgeMs(), 0, interval)));
    }
}

void Node::schedule(const Timeout& timeout)
{
    QTimer::singleShot(std::chrono::milliseconds(timeout.afterMs), this,
                       [this, timeout] { m_consensus->onTimeout(timeout); });
}

Result<Block> Node::buildBlock(qint64 round)
{
    auto transactions = m_mempool.first(clientTransactionsPerBlock);
    const auto nonce = m_store.nonce(m_load.sender());
    if (m_config.load && nonce) {
        transactions += m_load.transactions(m_store.head().height + 1, *nonce);
    }
    auto block = m_store.assemble(m_signer->publicKey(), round, QDateTime::currentMSecsSinceEpoch(), transactions);
    if (!block && block.error().code == ErrorCode::InvalidInput) {
        m_mempool.clear();
    } else if (!block) {
        failed(block.error());
    }
    return block;
}

bool Node::isValid(const Block& block)
{
    const auto checked = m_store.check(block);
    // A wrong root at the head is this node's own state; one above it is the proposer's.
    if (!checked && checked.error().details["height"].toInteger(-1) == m_store.head().height) {
        failed(checked.error());
    }
    return checked && block.header.timeMs < QDateTime::currentMSecsSinceEpoch() + clockToleranceMs;
}

void Node::decided(const Block& block, const Commit& commit)
{
    const auto done = m_store.append({{block, commit}});
    if (!done) {
        failed(done.error());
        return;
    }
    applied(block);
    proceed();
}

void Node::applied(const Block& block)
{
    m_storeError.clear();
    m_mempool.remove(block.transactions);
    qInfo("block %lld %s, %lld transactions", static_cast<long long>(block.header.height),
          qPrintable(m_store.headHash().toHex().first(12)), static_cast<long long>(block.transactions.size()));
}

// The block everyone else took does not fit this node, or it cannot be written: this node stays where it is.
void Node::failed(const Error& error)
{
    qCritical("%s", qPrintable(error.message));
    if (error.code == ErrorCode::StoreError) {
        m_storeError = error.message;
    } else {
        m_stateError = error.message;
    }
    stopWork();
}

// Recomputes the head's state from the stored values when the head or the file has changed since the last time.
void Node::audit()
{
    const auto version = m_store.dataVersion();
    const std::pair now(m_store.headHash(), version.value_or(-1));
    if (now == m_audited || !m_stateError.isEmpty()) {
        return;
    }
    m_audited = now;
    if (const auto good = m_store.verifyState(m_store.head().height); !good) {
        failed(good.error());
    }
}

void Node::tick()
{
    const auto height = m_store.head().height;
    m_ticksWithoutBlock = height == m_heightAtTick ? m_ticksWithoutBlock + 1 : 0;
    m_heightAtTick = height;
    audit();
    if (m_ticksWithoutBlock < 1 || m_ticksWithoutBlock % 2 != 0) {
        m_peers.greet({});
        return;
    }
    m_peers.greet(m_consensus->running() ? m_consensus->known() : QList<Message>());
    if (mayWork() && m_peers.bestHeight() > height) {
        sync();
    } else if (mayWork() && !m_storeError.isEmpty()) {
        proceed();
    }
}

} // namespace rc::prozchain
