// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/node/node_config.h"

#include "backend/platform/files.h"
#include "backend/prozchain/strict_json.h"
#include "model/base/json.h"

#include <QDir>
#include <QFileInfo>

namespace rc::prozchain {

namespace {

const QStringList logLevels{"debug", "info", "warning", "critical"};

QList<PeerAddress> readPeers(StrictObject& file)
{
    QList<PeerAddress> peers;
    for (auto& entry : file.objects("peers")) {
        const PeerAddress peer{entry.text("name"), QUrl(entry.text("url"))};
        if (!peer.url.isValid() || peer.url.scheme() != "http") {
            entry.reject("\"url\" must be an http URL.");
        }
        file.absorb(entry);
        peers.append(peer);
    }
    return peers;
}

void readLoad(StrictObject& file, NodeConfig& config)
{
    auto load = file.object("load");
    config.load = load.flag("enabled", config.load);
    config.loadAccounts = static_cast<int>(load.number("accounts", 20, 100'000, config.loadAccounts));
    file.absorb(load);
}

void readTuning(StrictObject& file, NodeConfig& config)
{
    auto tuning = file.object("tuning");
    config.mempoolLimit = tuning.number("mempool_limit", 1, 1'000'000, config.mempoolLimit);
    config.syncBatch = tuning.number("sync_batch", 1, 1000, config.syncBatch);
    config.healthMaxBlockAgeMs = tuning.number("health_max_block_age_ms", 0, 86'400'000, config.healthMaxBlockAgeMs);
    file.absorb(tuning);
}

} // namespace

Result<NodeConfig> NodeConfig::read(const QString& path)
{
    const auto bytes = readFile(path);
    auto file = StrictObject::load(path);
    if (!bytes || !file) {
        return std::unexpected(bytes ? file.error() : bytes.error());
    }
    const QDir base = QFileInfo(path).absoluteDir();
    const auto resolved = [&](const QString& text) {
        return text.isEmpty() ? text : QDir::cleanPath(base.absoluteFilePath(text));
    };
    NodeConfig config;
    config.fileHash = sha256Hex(*bytes);
    config.name = file->text("name");
    config.chainId = file->text("chain_id");
    config.dataDirectory = resolved(file->text("data_directory"));
    config.genesisFile = resolved(file->text("genesis_file"));
    config.validatorKeyFile = resolved(file->text("validator_key_file", {}));
    config.adminTokenFile = resolved(file->text("admin_token_file"));
    config.port = static_cast<quint16>(file->number("port", 1, 65535));
    config.logLevel = file->text("log_level", config.logLevel);
    if (!logLevels.contains(config.logLevel)) {
        file->reject(QString("\"log_level\" must be one of %1.").arg(logLevels.join(", ")));
    }
    config.peers = readPeers(*file);
    readLoad(*file, config);
    readTuning(*file, config);
    const auto done = file->finish();
    if (!done) {
        return std::unexpected(done.error());
    }
    return config;
}

} // namespace rc::prozchain
