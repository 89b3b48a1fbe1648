// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/lab/service_main.h"
#include "backend/prozchain/node/json_server.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QTimer>
#include <QUrl>

class QNetworkReply;

namespace rc::lab {

/// What a node last said of its head.
struct NodeHead
{
    QString name;
    QUrl url;
    qint64 height = -1;
    QString hash;
    bool usable = false;
};

/// The index of a usable node at the highest height on whose block two thirds of the answering nodes at that height
/// agree; nothing if there is none.
[[nodiscard]] std::optional<qsizetype> bestNode(const QList<NodeHead>& heads);

/// The lab's RPC gateway: passes reads and transactions on to a healthy node, and records its observed head and every
/// Nth request in the database. Its health is its own work: the age of the last head it fetched and of the last row
/// the database took. It starts without either and says what it misses.
class GatewayService : public Service
{
public:
    struct Config
    {
        QString name;
        quint16 port = 0;
        QList<NodeHead> nodes;
        QUrl database;
        QString logLevel;
        qint64 pollMs = 500;
        qint64 recordEvery = 10;
        qint64 maxAgeMs = 5000;
        QString fileHash;

        [[nodiscard]] static Result<Config> read(const QString& path);
    };

    [[nodiscard]] static Result<std::unique_ptr<Service>> start(const QString& configFile);

private:
    explicit GatewayService(Config config);

    void addRoutes();
    void poll();
    void headAnswered(qsizetype node, const QJsonObject& health);
    void record(const QString& table, const QString& key, const QJsonObject& row);
    void forward(const QString& path, const prozchain::Request& request, const prozchain::JsonServer::Respond& respond);
    [[nodiscard]] prozchain::Reply health() const;

    Config m_config;
    QList<NodeHead> m_heads;
    prozchain::JsonServer m_server;
    QNetworkAccessManager m_network;
    QTimer m_poll;
    QElapsedTimer m_upSince;
    std::optional<QElapsedTimer> m_lastHead;
    std::optional<QElapsedTimer> m_lastWrite;
    QString m_writeError = "nothing written yet";
    qint64 m_recordedHeight = -1;
    qint64 m_requests = 0;
};

} // namespace rc::lab
