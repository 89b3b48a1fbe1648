// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/chain/prozchain_client.h"

#include "backend/chain/http_exchange.h"
#include "backend/chain/secret.h"

#include <QUrlQuery>

#include <algorithm>

namespace rc {
namespace {

using Node = ProzchainClient::Node;

QNetworkRequest requestFor(const Node& node, const QString& path, const QUrlQuery& query = {})
{
    auto url = node.endpoint;
    url.setPath((url.path() == "/" ? QString() : url.path()) + path);
    url.setQuery(query);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
    return request;
}

std::unexpected<Error> nonsense(const Node& node, const QString& path, const QString& what)
{
    return fail(ErrorCode::InvalidInput, QString("The answer of %1 (%2%3) makes no sense: %4.")
                                             .arg(node.system.text(), node.endpoint.toString(), path, what));
}

/// The node's own error, with its name in front.
std::unexpected<Error> refused(const Node& node, const QString& path, const HttpAnswer& answer)
{
    const auto error = answer.json()["error"].toObject();
    const auto code = fromId<ErrorCode>(error["code"].toString());
    if (!code) {
        return nonsense(node, path, QString("status %1").arg(answer.status));
    }
    return fail(*code,
                QString("%1 (%2%3) answers: %4")
                    .arg(node.system.text(), node.endpoint.toString(), path, error["message"].toString()),
                error["details"].toObject());
}

QCoro::Task<Result<QJsonObject>> get(Node node, QString path, QUrlQuery query, Milliseconds timeout)
{
    const HttpRequest request{
        .request = requestFor(node, path, query), .post = {}, .timeout = timeout, .who = node.system.text()};
    auto asking = exchange(node.network, request);
    const auto answer = co_await asking;
    if (!answer) {
        co_return std::unexpected(answer.error());
    }
    // A sick node answers /health with 503 and says how it is.
    const bool good = answer->status == 200 || (answer->status == 503 && path == "/health");
    if (!good) {
        co_return refused(node, path, *answer);
    }
    const auto json = answer->json();
    if (json.isEmpty()) {
        co_return nonsense(node, path, "it is not a JSON object");
    }
    co_return json;
}

QCoro::Task<Status> command(Node node, QString path, QJsonObject body, Milliseconds timeout)
{
    auto request = requestFor(node, path);
    if (!node.adminSecret.isEmpty()) {
        const auto secret = readSecret(node.adminSecret);
        if (!secret) {
            co_return std::unexpected(secret.error());
        }
        request.setRawHeader("X-Admin-Token", *secret);
    }
    const HttpRequest post{
        .request = request, .post = canonicalJson(body), .timeout = timeout, .who = node.system.text()};
    auto asking = exchange(node.network, post);
    const auto answer = co_await asking;
    if (!answer) {
        co_return std::unexpected(answer.error());
    }
    if (answer->status != 200) {
        co_return refused(node, path, *answer);
    }
    co_return Status();
}

bool isHash(const QJsonValue& value)
{
    const auto text = value.toString();
    const auto hex = [](QChar c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return text.size() == 64 && std::ranges::all_of(text, hex);
}

bool isHeight(const QJsonValue& value)
{
    return value.isDouble() && value.toInteger(-1) >= 0;
}

QCoro::Task<Result<ChainHead>> headOf(Node node)
{
    auto asking = get(node, "/health", {}, node.timeouts.call);
    const auto json = co_await asking;
    if (!json) {
        co_return std::unexpected(json.error());
    }
    const auto& answer = *json;
    if (!isHeight(answer["height"]) || !isHash(answer["block_hash"]) || !isHash(answer["state_root"])) {
        co_return nonsense(node, "/health", "height, block_hash or state_root is missing");
    }
    co_return ChainHead{.system = node.system,
                        .block = {answer["height"].toInteger(), answer["block_hash"].toString()},
                        .stateHash = answer["state_root"].toString(),
                        .syncing = answer["syncing"].toBool(),
                        .peers = answer["peers"].toInt(),
                        .age = Milliseconds(std::max<qint64>(0, answer["block_age_ms"].toInteger())),
                        .earliestHeight = answer["earliest_height"].toInteger(),
                        .held = answer["held"].toBool(),
                        .stateError = answer["state_error"].toString()};
}

QUrlQuery heightQuery(qint64 height)
{
    return QUrlQuery({{"height", QString::number(height)}});
}

QCoro::Task<Result<BlockInfo>> blockOf(Node node, qint64 height)
{
    auto asking = get(node, "/header", heightQuery(height), node.timeouts.call);
    const auto json = co_await asking;
    if (!json) {
        co_return std::unexpected(json.error());
    }
    const auto& answer = *json;
    if (answer["height"].toInteger(-1) != height || !isHash(answer["hash"])) {
        co_return nonsense(node, "/header", QString("it is not the header of block %1").arg(height));
    }
    co_return BlockInfo{{height, answer["hash"].toString()}, Timestamp(Milliseconds(answer["time_ms"].toInteger()))};
}

QCoro::Task<Result<StateRoots>> rootsOf(Node node, qint64 height)
{
    auto asking = get(node, "/state_root", heightQuery(height), node.timeouts.stateRoots);
    const auto json = co_await asking;
    if (!json) {
        co_return std::unexpected(json.error());
    }
    const auto& answer = *json;
    const bool whole =
        isHash(answer["block_hash"]) && isHash(answer["header_state_root"]) && isHash(answer["computed_state_root"]);
    if (answer["height"].toInteger(-1) != height || !whole) {
        co_return nonsense(node, "/state_root", QString("it is not the state of block %1").arg(height));
    }
    co_return StateRoots{{height, answer["block_hash"].toString()},
                         answer["header_state_root"].toString(),
                         answer["computed_state_root"].toString()};
}

} // namespace

ProzchainClient::ProzchainClient(SystemId system, const ChainSpec& spec, ChainTimeouts timeouts)
    : m_node{std::move(system), QUrl(spec.endpoint), spec.adminSecret, timeouts,
             std::make_shared<QNetworkAccessManager>()}
{
}

ChainCapabilities ProzchainClient::capabilities() const
{
    return {.rollback = true, .hold = true, .computedState = true};
}

QCoro::Task<Result<ChainHead>> ProzchainClient::head()
{
    return headOf(m_node);
}

QCoro::Task<Result<BlockInfo>> ProzchainClient::blockAt(qint64 height)
{
    return blockOf(m_node, height);
}

QCoro::Task<Result<StateRoots>> ProzchainClient::stateRoots(qint64 height)
{
    return rootsOf(m_node, height);
}

QCoro::Task<Status> ProzchainClient::hold()
{
    return command(m_node, "/hold", {}, m_node.timeouts.call);
}

QCoro::Task<Status> ProzchainClient::release()
{
    return command(m_node, "/release", {}, m_node.timeouts.call);
}

QCoro::Task<Status> ProzchainClient::rollbackTo(BlockId target)
{
    return command(m_node, "/rollback", {{"height", target.height}, {"hash", target.hash}}, m_node.timeouts.rollback);
}

} // namespace rc
