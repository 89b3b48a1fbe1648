// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lab/database_service.h"

#include "backend/platform/files.h"
#include "backend/prozchain/strict_json.h"
#include "model/base/json.h"

#include <QDir>
#include <QFileInfo>

namespace rc::lab {

using namespace prozchain;

namespace {

Reply missingName()
{
    return Reply::of({ErrorCode::InvalidInput, "Expected table=TABLE and key=KEY.", {}});
}

} // namespace

Result<DatabaseService::Config> DatabaseService::Config::read(const QString& path)
{
    const auto bytes = readFile(path);
    auto file = StrictObject::load(path);
    if (!bytes || !file) {
        return std::unexpected(bytes ? file.error() : bytes.error());
    }
    Config config;
    config.fileHash = sha256Hex(*bytes);
    config.name = file->text("name");
    config.dataDirectory = QFileInfo(path).absoluteDir().absoluteFilePath(file->text("data_directory"));
    config.port = static_cast<quint16>(file->number("port", 1, 65535));
    config.logLevel = file->text("log_level", "info");
    auto tuning = file->object("tuning");
    config.heartbeatMs = tuning.number("heartbeat_ms", 50, 60'000, config.heartbeatMs);
    config.maxHeartbeatAgeMs = tuning.number("max_heartbeat_age_ms", 100, 600'000, config.maxHeartbeatAgeMs);
    file->absorb(tuning);
    const auto done = file->finish();
    return thenReturn(done, [&] { return config; });
}

Result<std::unique_ptr<Service>> DatabaseService::start(const QString& configFile)
{
    const auto config = Config::read(configFile);
    if (!config) {
        return std::unexpected(config.error());
    }
    setLogLevel(config->logLevel);
    std::unique_ptr<DatabaseService> service(new DatabaseService(*config));
    const auto opened = service->open();
    if (const auto done = andThen(opened, [&] { return service->m_server.listen(config->port); }); !done) {
        return std::unexpected(done.error());
    }
    return service;
}

DatabaseService::DatabaseService(Config config)
    : m_config(std::move(config))
{
    addRoutes();
    m_upSince.start();
    QObject::connect(&m_beat, &QTimer::timeout, &m_beat, [this] { beat(); });
}

Status DatabaseService::open()
{
    const QDir directory(m_config.dataDirectory);
    const auto ready = ensurePrivateDirectory(directory.path());
    auto lock = andThen(ready, [&] { return OsLock::tryAcquire(directory.filePath("lock")); });
    auto database = andThen(
        lock, [&] { return sqlite::Database::open(directory.filePath("rows.db"), sqlite::Database::Mode::Create); });
    if (!database) {
        return std::unexpected(database.error());
    }
    m_lock = std::move(*lock);
    m_database = std::move(*database);
    const auto created = m_database.run("CREATE TABLE IF NOT EXISTS rows(name BLOB NOT NULL, key BLOB NOT NULL,"
                                        " value BLOB NOT NULL, PRIMARY KEY(name, key)) WITHOUT ROWID");
    if (!created) {
        return created;
    }
    const std::pair<sqlite::Statement*, const char*> statements[] = {
        {&m_insert, "INSERT INTO rows(name, key, value) VALUES(?1, ?2, ?3)"
                    " ON CONFLICT(name, key) DO UPDATE SET value=excluded.value"},
        {&m_select, "SELECT value FROM rows WHERE name=?1 AND key=?2"},
        {&m_range,
         "SELECT key, value FROM rows WHERE name=?1 AND key>=?2 AND (?3=x'' OR key<?3) ORDER BY key LIMIT ?4"},
        {&m_count, "SELECT count(*) FROM rows WHERE name=?1"},
    };
    for (const auto& [statement, sql] : statements) {
        auto prepared = sqlite::Statement::prepare(m_database, sql);
        if (!prepared) {
            return std::unexpected(prepared.error());
        }
        *statement = std::move(*prepared);
    }
    beat();
    m_beat.start(static_cast<int>(m_config.heartbeatMs));
    return {};
}

void DatabaseService::addRoutes()
{
    using Method = JsonServer::Method;
    m_server.on(Method::Get, "/health", [this](const Request&) { return health(); });
    m_server.on(Method::Put, "/row", [this](const Request& request) { return put(request); });
    m_server.on(Method::Get, "/row", [this](const Request& request) { return get(request); });
    m_server.on(Method::Get, "/rows", [this](const Request& request) { return range(request); });
    m_server.on(Method::Get, "/count", [this](const Request& request) { return count(request); });
}

Status DatabaseService::write(const QString& table, const QString& key, const QByteArray& value)
{
    return m_insert.with(QByteArrayView(table.toUtf8()), QByteArrayView(key.toUtf8()), QByteArrayView(value)).run();
}

Result<std::optional<QByteArray>> DatabaseService::read(const QString& table, const QString& key)
{
    std::optional<QByteArray> value;
    const auto found =
        m_select.with(QByteArrayView(table.toUtf8()), QByteArrayView(key.toUtf8())).row([&](const auto& row) {
            value = row.bytes(0).toByteArray();
        });
    return thenReturn(found, [&] { return value; });
}

void DatabaseService::beat()
{
    const auto value = QByteArray::number(++m_beats);
    const auto written = write("system", "heartbeat", value);
    const auto back = andThen(written, [this] { return read("system", "heartbeat"); });
    if (!back) {
        m_beatError = back.error().message;
        qCritical("%s", qPrintable(m_beatError));
    } else if (*back != value) {
        m_beatError = "The heartbeat row read back is not the one written.";
    } else {
        m_beatError.clear();
        m_lastBeat.emplace().start();
    }
}

Reply DatabaseService::health() const
{
    const auto age = m_lastBeat ? m_lastBeat->elapsed() : -1;
    QJsonArray reasons;
    if (!m_beatError.isEmpty()) {
        reasons.append(m_beatError);
    }
    if (age < 0 || age > m_config.maxHeartbeatAgeMs) {
        reasons.append("No row could be written and read back for too long.");
    }
    return {reasons.isEmpty() ? 200 : 503,
            {{"status", reasons.isEmpty() ? "ok" : "failing"},
             {"reasons", reasons},
             {"name", m_config.name},
             {"age_ms", age},
             {"uptime_ms", m_upSince.elapsed()},
             {"version", RC_VERSION},
             {"configuration_hash", m_config.fileHash}}};
}

Reply DatabaseService::put(const Request& request)
{
    const auto table = request.text("table");
    const auto key = request.text("key");
    if (table.isEmpty() || key.isEmpty() || table == "system") {
        return missingName();
    }
    const auto done = write(table, key, canonicalJson(request.body));
    return done ? Reply{200, {{"stored", true}}} : Reply::of(done.error());
}

Reply DatabaseService::get(const Request& request)
{
    const auto value = read(request.text("table"), request.text("key"));
    if (!value) {
        return Reply::of(value.error());
    }
    if (!*value) {
        return Reply::of({ErrorCode::NotFound, "There is no such row.", {}});
    }
    return {200, {{"key", request.text("key")}, {"value", QJsonDocument::fromJson(**value).object()}}};
}

Reply DatabaseService::range(const Request& request)
{
    QJsonArray rows;
    const auto limit = std::clamp<qint64>(request.number("limit").value_or(100), 1, 10'000);
    const auto done =
        m_range
            .with(QByteArrayView(request.text("table").toUtf8()), QByteArrayView(request.text("from").toUtf8()),
                  QByteArrayView(request.text("to").toUtf8()), limit)
            .rows([&](const auto& row) {
                rows.append(QJsonObject{{"key", QString::fromUtf8(row.bytes(0))},
                                        {"value", QJsonDocument::fromJson(row.bytes(1).toByteArray()).object()}});
            });
    return done ? Reply{200, {{"rows", rows}}} : Reply::of(done.error());
}

Reply DatabaseService::count(const Request& request)
{
    qint64 rows = 0;
    const auto done = m_count.with(QByteArrayView(request.text("table").toUtf8())).row([&](const auto& row) {
        rows = row.number(0);
    });
    return done ? Reply{200, {{"rows", rows}}} : Reply::of(done.error());
}

} // namespace rc::lab
