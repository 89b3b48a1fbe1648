// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/prozchain/node/node_rpc.h"

#include "backend/prozchain/node/token_file.h"

#include <QCryptographicHash>

namespace rc::prozchain {

namespace {

using Method = JsonServer::Method;

Reply bad(const QString& sentence)
{
    return Reply::of({ErrorCode::InvalidInput, sentence, {}});
}

QJsonObject toJson(const FinalBlock& final, const Genesis& genesis)
{
    QJsonArray transactions;
    for (const auto& tx : final.block.transactions) {
        transactions.append(tx.toJson());
    }
    QJsonArray signatures;
    for (const auto& entry : final.commit.signatures) {
        signatures.append(QJsonObject{{"validator", genesis.validators.value(entry.validator).name},
                                      {"signature", entry.signature.toHex()}});
    }
    return {{"header", final.block.header.toJson()},
            {"transactions", transactions},
            {"commit", QJsonObject{{"round", final.commit.round}, {"signatures", signatures}}}};
}

} // namespace

Result<std::unique_ptr<NodeRpc>> NodeRpc::open(Node& node)
{
    const auto token = readToken(node.config().adminTokenFile);
    if (!token) {
        return std::unexpected(token.error());
    }
    return std::unique_ptr<NodeRpc>(new NodeRpc(node, *token));
}

NodeRpc::NodeRpc(Node& node, QByteArray adminToken)
    : m_node(node)
    , m_adminToken(std::move(adminToken))
{
    addReads();
    addAdmin();
}

Status NodeRpc::listen()
{
    return toStatus(m_server.listen(m_node.config().port));
}

void NodeRpc::addReads()
{
    m_server.on(Method::Get, "/health", [this](const Request&) {
        const auto health = m_node.health();
        return Reply{health["status"] == "failing" ? 503 : 200, health};
    });
    m_server.on(Method::Get, "/status", [this](const Request&) { return Reply{200, m_node.status()}; });
    m_server.on(Method::Get, "/block", [this](const Request& request) { return block(request); });
    m_server.on(Method::Get, "/blocks", [this](const Request& request) { return blocks(request); });
    m_server.on(Method::Get, "/header", [this](const Request& request) {
        const auto header = m_node.store().header(request.number("height").value_or(-1));
        return header ? Reply{200, header->toJson()} : Reply::of(header.error());
    });
    m_server.on(Method::Get, "/state_root", [this](const Request& request) { return stateRoot(request); });
    m_server.on(Method::Get, "/value", [this](const Request& request) { return value(request); });
    m_server.on(Method::Post, "/tx", [this](const Request& request) {
        const auto transaction = Transaction::fromJson(request.body);
        const auto done = andThen(transaction, [&] { return m_node.submit(*transaction); });
        return done ? Reply{202, {{"accepted", true}}} : Reply::of(done.error());
    });
    m_server.on(Method::Post, "/p2p", [this](const Request& request) {
        const auto answer = m_node.receive(request.body);
        return answer ? Reply{200, *answer} : Reply::of(answer.error());
    });
}

void NodeRpc::addAdmin()
{
    m_server.on(Method::Post, "/hold", [this](const Request& request) {
        const auto done = andThen(mayAdminister(request), [this] { return m_node.hold(); });
        return done ? Reply{200, m_node.status()} : Reply::of(done.error());
    });
    m_server.on(Method::Post, "/release", [this](const Request& request) {
        const auto done = andThen(mayAdminister(request), [this] { return m_node.release(); });
        return done ? Reply{200, m_node.status()} : Reply::of(done.error());
    });
    m_server.on(Method::Post, "/rollback", [this](const Request& request) { return rollback(request); });
}

Status NodeRpc::mayAdminister(const Request& request) const
{
    // Compared by hash, so that the time it takes says nothing about the token.
    const auto digest = [](const QByteArray& text) {
        return QCryptographicHash::hash(text, QCryptographicHash::Sha256);
    };
    if (digest(request.adminToken) != digest(m_adminToken)) {
        return fail(ErrorCode::PermissionDenied, "This call needs the header X-Admin-Token.");
    }
    return {};
}

Reply NodeRpc::block(const Request& request)
{
    auto height = Result<qint64>(request.number("height").value_or(-1));
    if (const auto hash = Hash::fromHex(request.text("hash"))) {
        height = m_node.store().heightOf(*hash);
    }
    const auto final = andThen(height, [&] { return m_node.store().block(*height); });
    return final ? Reply{200, toJson(*final, m_node.store().genesis())} : Reply::of(final.error());
}

// For nodes that catch up: blocks as they are stored.
Reply NodeRpc::blocks(const Request& request)
{
    const auto from = request.number("from").value_or(-1);
    const auto count = std::clamp<qint64>(request.number("count").value_or(1), 1, 1000);
    const auto last = std::min(m_node.store().head().height, from + count - 1);
    if (from < 1) {
        return bad("\"from\" must be a height from 1.");
    }
    QJsonArray list;
    for (auto height = from; height <= last; ++height) {
        const auto final = m_node.store().block(height);
        if (!final) {
            return Reply::of(final.error());
        }
        list.append(QJsonObject{{"block", QString::fromLatin1(final->block.encode().toBase64())},
                                {"commit", QString::fromLatin1(final->commit.encode().toBase64())}});
    }
    return {200, {{"blocks", list}}};
}

Reply NodeRpc::stateRoot(const Request& request)
{
    auto& store = m_node.store();
    const auto height = request.number("height").value_or(store.head().height);
    const auto header = store.header(height);
    const auto computed = andThen(header, [&] { return store.recomputeStateRoot(height); });
    if (!computed) {
        return Reply::of(computed.error());
    }
    return {200,
            {{"height", height},
             {"block_hash", header->hash().toHex()},
             {"header_state_root", header->stateRoot.toHex()},
             {"computed_state_root", computed->toHex()}}};
}

Reply NodeRpc::value(const Request& request)
{
    auto& store = m_node.store();
    const auto key = request.text("key");
    const auto height = request.number("height").value_or(store.head().height);
    if (key.isEmpty() || height < 0 || height > store.head().height) {
        return bad(QString("Expected key=KEY and a height from 0 to %1.").arg(store.head().height));
    }
    const auto found = store.value(key.toUtf8(), height);
    if (!found) {
        return Reply::of(found.error());
    }
    return {200,
            {{"key", key},
             {"height", height},
             {"found", found->has_value()},
             {"value", *found ? QJsonValue(QString::fromUtf8(**found)) : QJsonValue()}}};
}

Reply NodeRpc::rollback(const Request& request)
{
    const auto hash = Hash::fromHex(request.body["hash"].toString());
    if (!hash || !request.body["height"].isDouble()) {
        return bad("Expected {\"height\": HEIGHT, \"hash\": HASH}.");
    }
    const auto height = request.body["height"].toInteger(-1);
    const auto done = andThen(mayAdminister(request), [&] { return m_node.rollback(height, *hash); });
    if (!done) {
        return Reply::of(done.error());
    }
    return {200,
            {{"from_height", done->fromHeight},
             {"to_height", done->toHeight},
             {"blocks", done->blocks},
             {"block_hash", done->blockHash.toHex()},
             {"computed_state_root", done->computedStateRoot.toHex()}}};
}

} // namespace rc::prozchain
