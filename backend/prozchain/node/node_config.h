// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/base/error.h"

#include <QList>
#include <QString>
#include <QUrl>

namespace rc::prozchain {

struct PeerAddress
{
    QString name;
    QUrl url;
};

/// The configuration file of a node (JSON). Relative paths are meant from the file's directory.
struct NodeConfig
{
    QString name;
    /// Whose messages this node takes. Normally the genesis file's.
    QString chainId;
    QString dataDirectory;
    QString genesisFile;
    /// Empty for a node that only follows.
    QString validatorKeyFile;
    QString adminTokenFile;
    quint16 port = 0;
    QList<PeerAddress> peers;
    QString logLevel = "info";
    bool load = true;
    int loadAccounts = 200;
    qint64 mempoolLimit = 1000;
    qint64 syncBatch = 20;
    qint64 healthMaxBlockAgeMs = 0;
    /// SHA-256 of the file's bytes as loaded.
    QString fileHash;

    /// InvalidInput with `file: sentence`, or the error of reading it.
    [[nodiscard]] static Result<NodeConfig> read(const QString& path);
};

} // namespace rc::prozchain
