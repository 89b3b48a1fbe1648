// SPDX-License-Identifier: GPL-3.0-or-later
// What a node exchanges with its peers, and how it catches up with them.
#include "backend/prozchain/node/node.h"

#include <QJsonDocument>
#include <QNetworkReply>

namespace rc::prozchain {

namespace {

Result<FinalBlock> finalBlock(const QJsonObject& entry)
{
    const auto block = Block::decode(QByteArray::fromBase64(entry["block"].toString().toLatin1()));
    const auto commit = Commit::decode(QByteArray::fromBase64(entry["commit"].toString().toLatin1()));
    if (!block || !commit) {
        return std::unexpected(block ? commit.error() : block.error());
    }
    return FinalBlock{*block, *commit};
}

} // namespace

Result<QJsonObject> Node::receive(const QJsonObject& envelope)
{
    const auto peer = Greeting::fromJson(envelope["from"].toObject());
    m_peers.heard(peer);
    if (const auto accepted = greeting().accepts(peer); !accepted) {
        return std::unexpected(accepted.error());
    }
    for (const auto& entry : envelope["transactions"].toArray()) {
        const auto transaction = Transaction::fromJson(entry.toObject());
        const auto taken = andThen(transaction, [&] { return take(*transaction); });
        if (!taken) {
            qDebug("a transaction from %s: %s", qPrintable(peer.name), qPrintable(taken.error().message));
        }
    }
    if (mayWork()) {
        for (const auto& entry : envelope["messages"].toArray()) {
            if (const auto message = messageFromJson(entry.toObject())) {
                m_consensus->receive(*message);
            }
        }
    }
    return greeting().toJson();
}

Status Node::take(const Transaction& transaction)
{
    const auto good = transaction.check(m_store.genesis().chainId);
    const auto nonce = andThen(good, [&] { return m_store.nonce(transaction.sender); });
    return andThen(nonce, [&] { return m_mempool.add(transaction, *nonce); });
}

Status Node::submit(const Transaction& transaction)
{
    const auto taken = take(transaction);
    if (taken) {
        m_peers.send(transaction);
    }
    return taken;
}

void Node::sync()
{
    const auto next = m_store.head().height + 1;
    const auto peer = m_peers.peerAt(next);
    if (m_fetch || !peer) {
        return;
    }
    auto url = *peer;
    url.setPath("/blocks");
    url.setQuery(QString("from=%1&count=%2").arg(next).arg(m_config.syncBatch));
    QNetworkRequest request(url);
    request.setTransferTimeout(5000);
    m_fetch = m_network.get(request);
    connect(m_fetch, &QNetworkReply::finished, this, [this, reply = m_fetch.data()] {
        reply->deleteLater();
        m_fetch = nullptr;
        if (reply->error() == QNetworkReply::NoError && mayWork()) {
            synced(reply->readAll());
        }
    });
}

void Node::synced(const QByteArray& body)
{
    QList<FinalBlock> proven;
    for (const auto& entry : QJsonDocument::fromJson(body)["blocks"].toArray()) {
        const auto next = finalBlock(entry.toObject());
        const auto expected = m_store.head().height + proven.size() + 1;
        if (!next || next->block.header.height != expected ||
            !m_store.genesis().verifyCommit(next->block.header, next->commit)) {
            break; // stale, or a peer that lies; another is asked next time
        }
        proven.append(*next);
    }
    const auto done = m_store.append(proven);
    for (const auto& next : proven) {
        if (next.block.header.height <= m_store.head().height) {
            applied(next.block);
        }
    }
    if (!done) {
        failed(done.error());
    } else if (!proven.isEmpty()) {
        proceed();
        if (m_peers.bestHeight() > m_store.head().height) {
            sync();
        }
    }
}

} // namespace rc::prozchain
