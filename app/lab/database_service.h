// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/lab/service_main.h"
#include "backend/platform/os_lock.h"
#include "backend/prozchain/node/json_server.h"
#include "backend/prozchain/sqlite.h"

#include <QElapsedTimer>
#include <QTimer>

namespace rc::lab {

/// The lab's database: rows of (table, key, value) in DATA/rows.db, durable before they are acknowledged. Its health is
/// a heartbeat row that it writes and reads back each second.
class DatabaseService : public Service
{
public:
    struct Config
    {
        QString name;
        QString dataDirectory;
        quint16 port = 0;
        QString logLevel;
        qint64 heartbeatMs = 1000;
        qint64 maxHeartbeatAgeMs = 5000;
        QString fileHash;

        [[nodiscard]] static Result<Config> read(const QString& path);
    };

    [[nodiscard]] static Result<std::unique_ptr<Service>> start(const QString& configFile);

private:
    explicit DatabaseService(Config config);

    [[nodiscard]] Status open();
    void addRoutes();
    void beat();
    [[nodiscard]] prozchain::Reply health() const;
    [[nodiscard]] prozchain::Reply put(const prozchain::Request& request);
    [[nodiscard]] prozchain::Reply get(const prozchain::Request& request);
    [[nodiscard]] prozchain::Reply range(const prozchain::Request& request);
    [[nodiscard]] prozchain::Reply count(const prozchain::Request& request);
    [[nodiscard]] Status write(const QString& table, const QString& key, const QByteArray& value);
    [[nodiscard]] Result<std::optional<QByteArray>> read(const QString& table, const QString& key);

    Config m_config;
    OsLock m_lock;
    prozchain::sqlite::Database m_database;
    prozchain::sqlite::Statement m_insert;
    prozchain::sqlite::Statement m_select;
    prozchain::sqlite::Statement m_range;
    prozchain::sqlite::Statement m_count;
    prozchain::JsonServer m_server;
    QTimer m_beat;
    QElapsedTimer m_upSince;
    std::optional<QElapsedTimer> m_lastBeat;
    QString m_beatError;
    qint64 m_beats = 0;
};

} // namespace rc::lab
