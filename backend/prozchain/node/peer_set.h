// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/prozchain/node/node_config.h"
#include "backend/prozchain/vote.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QNetworkAccessManager>
#include <QTimer>

#include <functional>

namespace rc::prozchain {

/// What this node says of itself with every message to a peer, and a peer in every answer.
struct Greeting
{
    QString name;
    QString chainId;
    Hash genesis;
    qint64 height = 0;

    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static Greeting fromJson(const QJsonObject& object);
    /// Conflict with a sentence unless both are of the same chain.
    [[nodiscard]] Status accepts(const Greeting& other) const;
};

/// The other nodes: messages to them by POST /p2p, and what they last said of themselves.
class PeerSet : public QObject
{
    Q_OBJECT

public:
    /// `greeting` is asked at each sending.
    PeerSet(const QList<PeerAddress>& peers, std::function<Greeting()> greeting);

    /// Queued, and sent to all in one request once the event loop turns.
    void send(const Message& message);
    void send(const Transaction& transaction);
    /// Says hello, with these messages.
    void greet(const QList<Message>& messages);

    /// A greeting that came in, from a request or an answer.
    void heard(const Greeting& greeting);

    [[nodiscard]] qsizetype size() const { return static_cast<qsizetype>(m_peers.size()); }
    /// Heard of within the last five seconds.
    [[nodiscard]] int connected() const;
    /// One sentence for each peer that refuses this node, or that this node refuses.
    [[nodiscard]] QStringList refusals() const;
    [[nodiscard]] qint64 bestHeight() const;
    /// A connected peer at this height or above; nothing if there is none. Takes turns.
    [[nodiscard]] std::optional<QUrl> peerAt(qint64 height);

private:
    struct Peer
    {
        PeerAddress address;
        qint64 height = -1;
        std::optional<QElapsedTimer> heardAt;
        QString refusal;
        int underWay = 0;
    };

    void flush();
    void post(Peer& peer, const QByteArray& body);
    void answered(Peer& peer, int status, const QByteArray& body);
    [[nodiscard]] static bool isConnected(const Peer& peer);

    std::function<Greeting()> m_greeting;
    std::vector<Peer> m_peers;
    QNetworkAccessManager m_network;
    QTimer m_flush;
    QJsonArray m_messages;
    QJsonArray m_transactions;
    std::size_t m_turn = 0;
};

} // namespace rc::prozchain
