// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lab/gateway_service.h"

#include "backend/platform/files.h"
#include "backend/prozchain/steps.h"
#include "backend/prozchain/strict_json.h"
#include "model/base/json.h"

#include <QDateTime>
#include <QNetworkReply>

namespace rc::lab {

using namespace prozchain;

namespace {

constexpr int patienceMs = 3000;

QNetworkRequest requestFor(QUrl url, const QString& path, const QUrlQuery& query)
{
    url.setPath(path);
    url.setQuery(query);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
    request.setTransferTimeout(patienceMs);
    return request;
}

int statusOf(const QNetworkReply& reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

qint64 ageOf(const std::optional<QElapsedTimer>& since)
{
    return since ? since->elapsed() : -1;
}

} // namespace

std::optional<qsizetype> bestNode(const QList<NodeHead>& heads)
{
    std::optional<qsizetype> best;
    for (qsizetype i = 0; i < heads.size(); ++i) {
        const auto& head = heads[i];
        const auto atHeight = std::count_if(heads.begin(), heads.end(),
                                            [&](const auto& h) { return h.usable && h.height == head.height; });
        const auto agreeing = std::count_if(heads.begin(), heads.end(), [&](const auto& h) {
            return h.usable && h.height == head.height && h.hash == head.hash;
        });
        const bool agreed = head.usable && agreeing * 3 >= atHeight * 2;
        if (agreed && (!best || head.height > heads[*best].height)) {
            best = i;
        }
    }
    return best;
}

Result<GatewayService::Config> GatewayService::Config::read(const QString& path)
{
    const auto bytes = readFile(path);
    auto file = StrictObject::load(path);
    if (!bytes || !file) {
        return std::unexpected(bytes ? file.error() : bytes.error());
    }
    Config config;
    config.fileHash = sha256Hex(*bytes);
    config.name = file->text("name");
    config.port = static_cast<quint16>(file->number("port", 1, 65535));
    config.database = QUrl(file->text("database"));
    config.logLevel = file->text("log_level", "info");
    for (auto& entry : file->objects("nodes")) {
        config.nodes.append({entry.text("name"), QUrl(entry.text("url")), -1, {}, false});
        file->absorb(entry);
    }
    auto tuning = file->object("tuning");
    config.pollMs = tuning.number("poll_ms", 50, 60'000, config.pollMs);
    config.recordEvery = tuning.number("record_every", 1, 1'000'000, config.recordEvery);
    config.maxAgeMs = tuning.number("max_age_ms", 100, 600'000, config.maxAgeMs);
    file->absorb(tuning);
    const auto done = file->finish();
    return thenReturn(done, [&] { return config; });
}

Result<std::unique_ptr<Service>> GatewayService::start(const QString& configFile)
{
    const auto config = Config::read(configFile);
    if (!config) {
        return std::unexpected(config.error());
    }
    setLogLevel(config->logLevel);
    std::unique_ptr<GatewayService> service(new GatewayService(*config));
    if (const auto listening = service->m_server.listen(config->port); !listening) {
        return std::unexpected(listening.error());
    }
    service->poll();
    return service;
}

GatewayService::GatewayService(Config config)
    : m_config(std::move(config))
    , m_heads(m_config.nodes)
{
    addRoutes();
    m_upSince.start();
    QObject::connect(&m_poll, &QTimer::timeout, &m_poll, [this] { poll(); });
    m_poll.start(static_cast<int>(m_config.pollMs));
}

void GatewayService::addRoutes()
{
    using Method = JsonServer::Method;
    m_server.on(Method::Get, "/health", [this](const Request&) { return health(); });
    for (const auto* const path : {"/status", "/block", "/header", "/value"}) {
        const QString own = QLatin1StringView(path);
        m_server.onAsync(Method::Get, own,
                         [this, own](const auto& request, const auto& respond) { forward(own, request, respond); });
    }
    m_server.onAsync(Method::Post, "/tx",
                     [this](const auto& request, const auto& respond) { forward("/tx", request, respond); });
}

void GatewayService::poll()
{
    for (qsizetype node = 0; node < m_heads.size(); ++node) {
        auto* reply = m_network.get(requestFor(m_heads[node].url, "/health", {}));
        QObject::connect(reply, &QNetworkReply::finished, &m_poll, [this, reply, node] {
            headAnswered(node, QJsonDocument::fromJson(reply->readAll()).object());
            reply->deleteLater();
        });
    }
    if (m_lastHead && !m_writeError.isEmpty()) {
        m_recordedHeight = -1; // the database missed a row: try again
    }
}

void GatewayService::headAnswered(qsizetype node, const QJsonObject& health)
{
    auto& head = m_heads[node];
    head.usable = health["status"] == "ok" || health["status"] == "degraded";
    head.usable = head.usable && !health["held"].toBool() && !health["syncing"].toBool();
    if (!health.contains("height")) {
        return;
    }
    head.height = health["height"].toInteger(-1);
    head.hash = health["block_hash"].toString();
    const auto best = bestNode(m_heads);
    if (!best) {
        return;
    }
    m_lastHead.emplace().start();
    const auto& observed = m_heads[*best];
    if (observed.height != m_recordedHeight) {
        m_recordedHeight = observed.height;
        record("heads", QString("%1").arg(observed.height, 12, 10, QLatin1Char('0')),
               {{"height", observed.height}, {"block_hash", observed.hash}, {"node", observed.name}});
    }
}

void GatewayService::record(const QString& table, const QString& key, const QJsonObject& row)
{
    QUrlQuery query;
    query.addQueryItem("table", table);
    query.addQueryItem("key", key);
    auto* reply = m_network.put(requestFor(m_config.database, "/row", query), canonicalJson(row));
    QObject::connect(reply, &QNetworkReply::finished, &m_poll, [this, reply] {
        if (statusOf(*reply) == 200) {
            m_writeError.clear();
            m_lastWrite.emplace().start();
        } else {
            m_writeError = reply->errorString();
        }
        reply->deleteLater();
    });
}

void GatewayService::forward(const QString& path, const Request& request, const JsonServer::Respond& respond)
{
    const auto best = bestNode(m_heads);
    if (!best || !m_lastHead || m_lastHead->hasExpired(m_config.maxAgeMs)) {
        respond({503, {{"error", Error{ErrorCode::Unreachable, "No healthy node is known.", {}}.toJson()}}});
        return;
    }
    if (++m_requests % m_config.recordEvery == 0) {
        const auto now = QDateTime::currentMSecsSinceEpoch();
        record("requests", QString("%1-%2").arg(now).arg(m_requests), {{"path", path}, {"time_ms", now}});
    }
    const auto target = requestFor(m_heads[*best].url, path, request.query);
    auto* reply = path == "/tx" ? m_network.post(target, canonicalJson(request.body)) : m_network.get(target);
    QObject::connect(reply, &QNetworkReply::finished, &m_poll, [reply, respond] {
        const auto status = statusOf(*reply);
        if (status > 0) {
            respond({status, QJsonDocument::fromJson(reply->readAll()).object()});
        } else {
            respond(Reply::of({ErrorCode::Unreachable, reply->errorString(), {}}));
        }
        reply->deleteLater();
    });
}

Reply GatewayService::health() const
{
    QJsonArray reasons;
    const auto headAge = ageOf(m_lastHead);
    const auto writeAge = ageOf(m_lastWrite);
    if (headAge < 0 || headAge > m_config.maxAgeMs) {
        reasons.append("No healthy node has told its head for too long.");
    }
    if (writeAge < 0 || writeAge > m_config.maxAgeMs) {
        reasons.append(QString("The database has taken no row for too long: %1.")
                           .arg(m_writeError.isEmpty() ? "no new head" : m_writeError));
    }
    const auto best = bestNode(m_heads);
    qint64 highest = -1;
    for (const auto& head : m_heads) {
        highest = std::max(highest, head.height);
    }
    const auto height = best ? m_heads[*best].height : -1;
    return {reasons.isEmpty() ? 200 : 503,
            {{"status", reasons.isEmpty() ? "ok" : "failing"},
             {"reasons", reasons},
             {"name", m_config.name},
             {"height", height},
             {"lag_blocks", highest - height},
             {"head_age_ms", headAge},
             {"database_age_ms", writeAge},
             {"requests", m_requests},
             {"uptime_ms", m_upSince.elapsed()},
             {"version", RC_VERSION},
             {"configuration_hash", m_config.fileHash}}};
}

} // namespace rc::lab
