// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/restoration/configuration_projection.h"

namespace rc {
namespace {

qint64 millisecondsOf(Timestamp time)
{
    return time.time_since_epoch().count();
}

TrustMark markFrom(const SystemId& system, const QSqlQuery& row)
{
    TrustMark mark{.system = system,
                   .version = row.value(0).toInt(),
                   .by = OperatorId(row.value(1).toString()),
                   .roles = {},
                   .at = Timestamp(Milliseconds(row.value(3).toLongLong())),
                   .statement = row.value(4).toString(),
                   .revokedAt = {}};
    for (const auto& role : row.value(2).toString().split(' ', Qt::SkipEmptyParts)) {
        if (const auto known = fromId<Role>(role)) {
            mark.roles.append(*known);
        }
    }
    if (!row.value(5).isNull()) {
        mark.revokedAt = Timestamp(Milliseconds(row.value(5).toLongLong()));
    }
    return mark;
}

} // namespace

Status ConfigurationProjection::createTables(Sql& sql)
{
    const auto made = sql.run("CREATE TABLE configurations(system TEXT NOT NULL, version INTEGER NOT NULL, "
                              "body TEXT NOT NULL, PRIMARY KEY(system, version)) STRICT");
    return made ? sql.run("CREATE TABLE configuration_marks(sequence INTEGER PRIMARY KEY, system TEXT NOT NULL, "
                          "version INTEGER NOT NULL, operator TEXT NOT NULL, roles TEXT NOT NULL, at INTEGER NOT NULL, "
                          "statement TEXT NOT NULL, revoked_at INTEGER) STRICT")
                : made;
}

Status ConfigurationProjection::apply(Sql& sql, const Record& record)
{
    const auto system = record.body["system"].toString();
    const auto version = record.body["version"].toInt();
    if (record.kind == kind::ConfigurationImported) {
        return sql.run("INSERT INTO configurations VALUES(?, ?, ?)",
                       {system, version, QString::fromUtf8(canonicalJson(record.body))});
    }
    if (record.kind == kind::ConfigurationTrusted) {
        QStringList roles;
        for (const auto& role : record.body["roles"].toArray()) {
            roles.append(role.toString());
        }
        return sql.run("INSERT INTO configuration_marks VALUES(?, ?, ?, ?, ?, ?, ?, NULL)",
                       {record.sequence, system, version, record.operatorId.text(), roles.join(' '),
                        millisecondsOf(record.time), record.body["statement"].toString()});
    }
    if (record.kind == kind::ConfigurationTrustRevoked) {
        return sql.run("UPDATE configuration_marks SET revoked_at = ? "
                       "WHERE system = ? AND version = ? AND revoked_at IS NULL",
                       {millisecondsOf(record.time), system, version});
    }
    return {};
}

Result<QList<ConfigurationVersion>> ConfigurationProjection::versions(Sql& sql, const SystemId& system)
{
    QList<ConfigurationVersion> versions;
    const auto read =
        sql.each("SELECT body FROM configurations WHERE system = ? ORDER BY version", {system.text()},
                 [&](const QSqlQuery& row) {
                     const auto body = row.value(0).toString().toUtf8();
                     versions.append(configurationVersionFromJson(QJsonDocument::fromJson(body).object()));
                     return Status();
                 });
    return read ? Result<QList<ConfigurationVersion>>(versions) : std::unexpected(read.error());
}

Result<QList<TrustMark>> ConfigurationProjection::marks(Sql& sql, const SystemId& system)
{
    QList<TrustMark> marks;
    const auto read = sql.each("SELECT version, operator, roles, at, statement, revoked_at FROM configuration_marks "
                               "WHERE system = ? ORDER BY sequence",
                               {system.text()}, [&](const QSqlQuery& row) {
                                   marks.append(markFrom(system, row));
                                   return Status();
                               });
    return read ? Result<QList<TrustMark>>(marks) : std::unexpected(read.error());
}

} // namespace rc
