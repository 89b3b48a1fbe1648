// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lab/lab_layout.h"

#include "backend/platform/files.h"
#include "backend/prozchain/genesis.h"
#include "backend/prozchain/steps.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace rc::lab {

using namespace prozchain;

namespace {

Status writeOnce(const QString& path, const QByteArray& bytes)
{
    return QFile::exists(path) ? Status{} : writeFileAtomically(path, bytes);
}

Status writeOnce(const QString& path, const QJsonObject& object)
{
    return writeOnce(path, QJsonDocument(object).toJson());
}

QUrl urlAt(quint16 port, const QString& path = {})
{
    return QUrl(QString("http://127.0.0.1:%1%2").arg(port).arg(path));
}

QString validatorId(int index)
{
    return QString("validator-%1").arg(index + 1);
}

LabSystem describe(const QDir& home, const QString& id, SystemType type, const QString& program, quint16 port)
{
    LabSystem system;
    system.id = id;
    system.type = type;
    system.program = program;
    system.directory = home.filePath("lab/" + id);
    system.log = home.filePath("logs/" + id + ".log");
    system.configFile =
        QDir(system.directory).filePath(QString("config/%1.json").arg(type == SystemType::Node ? "node" : id));
    system.dataDirectory = QDir(system.directory).filePath("data");
    system.arguments = QStringList{"--config", system.configFile};
    system.port = port;
    system.healthUrl = urlAt(port, "/health");
    return system;
}

Status makeDirectories(const LabSystem& system)
{
    Status done = ensurePrivateDirectory(system.directory);
    for (const auto* const name : {"config", "data", "secrets"}) {
        done = andThen(
            done, [&] { return ensurePrivateDirectory(QDir(system.directory).filePath(QLatin1StringView(name))); });
    }
    return done;
}

QString secret(const LabSystem& system, const QString& name)
{
    return QDir(system.directory).filePath("secrets/" + name);
}

/// The validator's keys, made if there are none.
Result<KeyPair> validatorKeys(const LabSystem& system)
{
    const auto path = secret(system, "validator.key");
    const auto written = writeOnce(path, randomSeed().toHex().toLatin1() + "\n");
    return andThen(written, [&] { return KeyPair::load(path); });
}

Status writeGenesis(const QString& path, const QList<LabSystem>& validators, const LabOptions& options)
{
    Genesis genesis{
        options.chainId,      QDateTime::currentMSecsSinceEpoch(), {}, options.blockIntervalMs, options.timeoutMs,
        options.timeoutStepMs};
    for (const auto& system : validators) {
        const auto keys = validatorKeys(system);
        if (!keys) {
            return std::unexpected(keys.error());
        }
        genesis.validators.append({system.id, keys->publicKey()});
    }
    const auto written = writeOnce(path, genesis.toJson());
    const auto stored = andThen(written, [&] { return Genesis::load(path); });
    if (stored && (stored->validators != genesis.validators || stored->chainId != genesis.chainId)) {
        return fail(ErrorCode::InvalidInput,
                    QString("%1 names another chain or other validator keys than the lab has.").arg(path));
    }
    return toStatus(stored);
}

Status writeNode(const LabSystem& system, const QList<LabSystem>& validators, const QString& chainId)
{
    QJsonArray peers;
    for (const auto& other : validators) {
        if (other.id != system.id) {
            peers.append(QJsonObject{{"name", other.id}, {"url", urlAt(other.port).toString()}});
        }
    }
    const auto token = writeOnce(system.adminTokenFile, randomSeed().toHex().toLatin1() + "\n");
    return andThen(token, [&] {
        return writeOnce(system.configFile,
                         QJsonObject{{"name", system.id},
                                     {"chain_id", chainId},
                                     {"data_directory", "../data"},
                                     {"genesis_file", "../../genesis.json"},
                                     {"validator_key_file", "../secrets/validator.key"},
                                     {"admin_token_file", "../secrets/admin.token"},
                                     {"port", system.port},
                                     {"peers", peers},
                                     {"log_level", "info"},
                                     {"load", QJsonObject{{"enabled", true}, {"accounts", 200}}},
                                     {"tuning", QJsonObject{{"mempool_limit", 1000}, {"sync_batch", 20}}}});
    });
}

Status writeDatabase(const LabSystem& system)
{
    return writeOnce(system.configFile, QJsonObject{{"name", system.id},
                                                    {"data_directory", "../data"},
                                                    {"port", system.port},
                                                    {"log_level", "info"},
                                                    {"tuning", QJsonObject{{"heartbeat_ms", 1000}}}});
}

Status writeGateway(const LabSystem& system, const QList<LabSystem>& validators, const LabSystem& database)
{
    QJsonArray nodes;
    for (const auto& node : validators) {
        nodes.append(QJsonObject{{"name", node.id}, {"url", urlAt(node.port).toString()}});
    }
    return writeOnce(system.configFile, QJsonObject{{"name", system.id},
                                                    {"port", system.port},
                                                    {"nodes", nodes},
                                                    {"database", urlAt(database.port).toString()},
                                                    {"log_level", "info"},
                                                    {"tuning", QJsonObject{{"record_every", 10}}}});
}

} // namespace

const LabSystem* LabLayout::find(const QString& id) const
{
    const auto found =
        std::find_if(systems.begin(), systems.end(), [&](const auto& system) { return system.id == id; });
    return found == systems.end() ? nullptr : &*found;
}

Result<LabLayout> labLayout(quint16 portBase, const QString& home, const LabOptions& options)
{
    if (portBase < 1024 || portBase > 65'500 || options.validators < 1 || options.validators > 9) {
        return fail(ErrorCode::InvalidInput, "The lab's ports begin between 1024 and 65500; it has 1 to 9 validators.");
    }
    const QDir root(QDir(home).absolutePath());
    const auto port = [&](int offset) { return static_cast<quint16>(portBase + offset); };
    QList<LabSystem> validators;
    QStringList names;
    for (int i = 0; i < options.validators; ++i) {
        auto node = describe(root, validatorId(i), SystemType::Node, "prozchain-node", port(i + 1));
        node.adminTokenFile = secret(node, "admin.token");
        node.chainEndpoint = urlAt(node.port);
        names.append(node.id);
        validators.append(node);
    }
    auto database = describe(root, "database", SystemType::Database, "lab-database", port(10));
    auto gateway = describe(root, "gateway", SystemType::Gateway, "lab-gateway", port(11));
    gateway.dependsOn = QStringList{"database"} + names;

    return LabLayout{options.chainId, root.filePath("lab/genesis.json"), validators + QList{database, gateway}};
}

Status writeLab(const LabLayout& layout, const LabOptions& options)
{
    QList<LabSystem> validators;
    std::ranges::copy_if(layout.systems, std::back_inserter(validators),
                         [](const LabSystem& system) { return system.type == SystemType::Node; });
    const auto& database = *layout.find("database");
    Status done = ensurePrivateDirectory(QFileInfo(layout.genesisFile).path());
    for (const auto& system : layout.systems) {
        done = andThen(done, [&] { return makeDirectories(system); });
    }
    done = andThen(done, [&] { return writeGenesis(layout.genesisFile, validators, options); });
    for (const auto& node : validators) {
        done = andThen(done, [&] { return writeNode(node, validators, layout.chainId); });
    }
    done = andThen(done, [&] { return writeDatabase(database); });
    return andThen(done, [&] { return writeGateway(*layout.find("gateway"), validators, database); });
}

} // namespace rc::lab
