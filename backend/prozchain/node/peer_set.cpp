// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/node/peer_set.h"

#include "model/base/json.h"

#include <QNetworkReply>

namespace rc::prozchain {

namespace {

constexpr int patienceMs = 3000;
constexpr qint64 connectedForMs = 5000;
/// A peer that hangs gets no more until it answers; gossip brings it what it missed.
constexpr int mostUnderWay = 8;

} // namespace

QJsonObject Greeting::toJson() const
{
    return {{"name", name}, {"chain_id", chainId}, {"genesis", genesis.toHex()}, {"height", height}};
}

Greeting Greeting::fromJson(const QJsonObject& object)
{
    return {object["name"].toString(), object["chain_id"].toString(),
            Hash::fromHex(object["genesis"].toString()).value_or(Hash{}), object["height"].toInteger(-1)};
}

Status Greeting::accepts(const Greeting& other) const
{
    if (other.chainId != chainId) {
        return fail(ErrorCode::Conflict,
                    QString("%1 is of chain %2; %3 is of chain %4.").arg(other.name, other.chainId, name, chainId));
    }
    if (other.genesis != genesis) {
        return fail(ErrorCode::Conflict, QString("%1 and %2 have different genesis files.").arg(other.name, name));
    }
    return {};
}

PeerSet::PeerSet(const QList<PeerAddress>& peers, std::function<Greeting()> greeting)
    : m_greeting(std::move(greeting))
{
    for (const auto& address : peers) {
        m_peers.push_back({address, -1, {}, {}, 0});
    }
    m_flush.setSingleShot(true);
    connect(&m_flush, &QTimer::timeout, this, &PeerSet::flush);
}

void PeerSet::send(const Message& message)
{
    m_messages.append(prozchain::toJson(message));
    m_flush.start(0);
}

void PeerSet::send(const Transaction& transaction)
{
    m_transactions.append(transaction.toJson());
    m_flush.start(0);
}

void PeerSet::greet(const QList<Message>& messages)
{
    for (const auto& message : messages) {
        m_messages.append(prozchain::toJson(message));
    }
    m_flush.start(0);
}

void PeerSet::flush()
{
    const auto body =
        canonicalJson({{"from", m_greeting().toJson()}, {"messages", m_messages}, {"transactions", m_transactions}});
    m_messages = {};
    m_transactions = {};
    for (auto& peer : m_peers) {
        if (peer.underWay < mostUnderWay) {
            post(peer, body);
        }
    }
}

void PeerSet::post(Peer& peer, const QByteArray& body)
{
    auto url = peer.address.url;
    url.setPath("/p2p");
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
    request.setTransferTimeout(patienceMs);
    auto* reply = m_network.post(request, body);
    ++peer.underWay;
    connect(reply, &QNetworkReply::finished, this, [this, reply, &peer] {
        --peer.underWay;
        answered(peer, reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll());
        reply->deleteLater();
    });
}

void PeerSet::answered(Peer& peer, int status, const QByteArray& body)
{
    const auto object = QJsonDocument::fromJson(body).object();
    if (status == 200) {
        peer.refusal.clear();
        heard(Greeting::fromJson(object));
    } else if (status == 409) {
        peer.heardAt.reset();
        peer.refusal =
            QString("%1 refuses this node: %2").arg(peer.address.name, object["error"]["message"].toString());
    }
}

void PeerSet::heard(const Greeting& greeting)
{
    for (auto& peer : m_peers) {
        if (peer.address.name == greeting.name) {
            const auto accepted = m_greeting().accepts(greeting);
            if (!accepted) {
                peer.heardAt.reset();
                peer.refusal = QString("%1 is refused: %2").arg(greeting.name, accepted.error().message);
                return;
            }
            peer.height = greeting.height;
            peer.heardAt.emplace().start();
        }
    }
}

bool PeerSet::isConnected(const Peer& peer)
{
    return peer.heardAt && !peer.heardAt->hasExpired(connectedForMs);
}

int PeerSet::connected() const
{
    return static_cast<int>(std::count_if(m_peers.begin(), m_peers.end(), isConnected));
}

QStringList PeerSet::refusals() const
{
    QStringList sentences;
    for (const auto& peer : m_peers) {
        if (!peer.refusal.isEmpty()) {
            sentences.append(peer.refusal);
        }
    }
    return sentences;
}

qint64 PeerSet::bestHeight() const
{
    qint64 best = -1;
    for (const auto& peer : m_peers) {
        best = isConnected(peer) ? std::max(best, peer.height) : best;
    }
    return best;
}

std::optional<QUrl> PeerSet::peerAt(qint64 height)
{
    for (std::size_t i = 0; i < m_peers.size(); ++i) {
        const auto& peer = m_peers[++m_turn % m_peers.size()];
        if (isConnected(peer) && peer.height >= height) {
            return peer.address.url;
        }
    }
    return std::nullopt;
}

} // namespace rc::prozchain
