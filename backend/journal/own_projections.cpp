// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/own_projections.h"

#include "backend/journal/kinds.h"

namespace rc {

namespace {

class OperatorsProjection final : public Projection
{
public:
    [[nodiscard]] QString name() const override { return "operators"; }
    [[nodiscard]] QStringList tables() const override { return {"operators"}; }
    [[nodiscard]] Status createTables(Sql& sql) override
    {
        return sql.run("CREATE TABLE operators(id TEXT PRIMARY KEY, name TEXT NOT NULL, roles TEXT NOT NULL, "
                       "key_id TEXT NOT NULL, enabled INTEGER NOT NULL, added_at INTEGER NOT NULL) STRICT");
    }
    [[nodiscard]] Status apply(Sql& sql, const Record& record) override
    {
        const auto id = record.body["id"].toString();
        if (record.kind == kind::OperatorAdded) {
            return sql.run("INSERT INTO operators VALUES(?, ?, ?, ?, 1, ?)",
                           {id, record.body["name"].toString(), text(record.body["roles"].toArray()),
                            record.body["public_key"].toString(), qint64(record.time.time_since_epoch().count())});
        }
        if (record.kind == kind::OperatorDisabled) {
            return sql.run("UPDATE operators SET enabled = 0 WHERE id = ?", {id});
        }
        const bool granted = record.kind == kind::RolesGranted;
        return granted || record.kind == kind::RolesRevoked ? changeRoles(sql, record, id, granted) : Status();
    }

private:
    static QString text(const QJsonArray& roles)
    {
        return QString::fromUtf8(QJsonDocument(roles).toJson(QJsonDocument::Compact));
    }
    static Status changeRoles(Sql& sql, const Record& record, const QString& id, bool granted)
    {
        const auto row = sql.first("SELECT roles FROM operators WHERE id = ?", {id});
        if (!row || row->isEmpty()) {
            return row ? Status() : std::unexpected(row.error());
        }
        auto roles = QJsonDocument::fromJson(row->first().toString().toUtf8()).array().toVariantList();
        for (const auto& role : record.body["roles"].toArray()) {
            roles.removeAll(role.toVariant());
            if (granted) {
                roles.append(role.toVariant());
            }
        }
        return sql.run("UPDATE operators SET roles = ? WHERE id = ?", {text(QJsonArray::fromVariantList(roles)), id});
    }
};

class KeysProjection final : public Projection
{
public:
    [[nodiscard]] QString name() const override { return "keys"; }
    [[nodiscard]] QStringList tables() const override { return {"keys"}; }
    [[nodiscard]] Status createTables(Sql& sql) override
    {
        return sql.run("CREATE TABLE keys(key_id TEXT PRIMARY KEY, kind TEXT NOT NULL, operator TEXT NOT NULL, "
                       "since INTEGER NOT NULL, expires INTEGER) STRICT");
    }
    [[nodiscard]] Status apply(Sql& sql, const Record& record) override
    {
        if (record.kind == kind::StoreCreated) {
            return insert(sql, record.keyId, "device", {}, record.sequence, {});
        }
        if (record.kind == kind::OperatorAdded) {
            return insert(sql, record.body["public_key"].toString(), "operator", record.body["id"].toString(),
                          record.sequence, {});
        }
        if (record.kind == kind::SessionCertified) {
            return insert(sql, record.body["session_key"].toString(), "session", record.operatorId.text(),
                          record.sequence, timeFromJson(record.body["expires"]));
        }
        return {};
    }

private:
    static Status insert(Sql& sql, const QString& key, const QString& kind, const QString& owner, qint64 since,
                         std::optional<Timestamp> expires)
    {
        const QVariant end = expires ? QVariant(qint64(expires->time_since_epoch().count())) : QVariant();
        return sql.run("INSERT INTO keys VALUES(?, ?, ?, ?, ?)", {key, kind, owner, since, end});
    }
};

class DocumentsProjection final : public Projection
{
public:
    [[nodiscard]] QString name() const override { return "documents"; }
    [[nodiscard]] QStringList tables() const override { return {"documents"}; }
    [[nodiscard]] Status createTables(Sql& sql) override
    {
        return sql.run("CREATE TABLE documents(hash TEXT PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL, "
                       "since INTEGER NOT NULL) STRICT");
    }
    [[nodiscard]] Status apply(Sql& sql, const Record& record) override
    {
        if (record.kind != kind::DocumentPinned) {
            return {};
        }
        return sql.run("INSERT OR IGNORE INTO documents VALUES(?, ?, ?, ?)",
                       {record.body["hash"].toString(), record.body["name"].toString(), record.body["text"].toString(),
                        record.sequence});
    }
};

} // namespace

QList<std::shared_ptr<Projection>> ownProjections()
{
    return {std::make_shared<OperatorsProjection>(), std::make_shared<KeysProjection>(),
            std::make_shared<DocumentsProjection>()};
}

} // namespace rc
