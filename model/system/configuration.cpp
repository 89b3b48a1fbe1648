// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/system/configuration.h"

#include <algorithm>

namespace rc {
namespace {

QJsonArray filesToJson(QList<ConfigurationFile> files)
{
    std::ranges::sort(files, {}, &ConfigurationFile::path);
    QJsonArray array;
    for (const auto& file : files) {
        array.append(
            QJsonObject{{"path", file.path}, {"sha256", file.sha256}, {"size", file.size}, {"mode", file.mode}});
    }
    return array;
}

bool hasTrustingRole(const QList<Role>& roles)
{
    return std::ranges::any_of(trustingRoles(), [&](Role role) { return roles.contains(role); });
}

/// Empty, if one of the version's marks makes it a known good one; otherwise why none does.
QString objectionTo(const ConfigurationVersion& version, const QList<TrustMark>& marks,
                    std::optional<Timestamp> compromisedSince)
{
    QString objection = "was never marked as good";
    for (const auto& mark : marks) {
        const bool ofVersion = mark.version == version.version && mark.hash == version.hash;
        if (mark.system != version.system || !ofVersion) {
            continue;
        }
        if (mark.revokedAt) {
            objection = QString("was marked as good by %1, and that was taken back").arg(mark.by.text());
        } else if (!hasTrustingRole(mark.roles)) {
            objection = QString("was marked as good by %1, who had no role for that").arg(mark.by.text());
        } else if (compromisedSince && !isBefore(mark.at, *compromisedSince)) {
            objection = QString("was marked as good only at %1").arg(toRfc3339(mark.at));
        } else {
            return {};
        }
    }
    return objection;
}

std::unexpected<Error> noKnownGood(const SystemId& system, const QStringList& objections,
                                   std::optional<Timestamp> compromisedSince)
{
    const auto before = compromisedSince ? QString(" from before %1").arg(toRfc3339(*compromisedSince)) : QString();
    const auto why = objections.isEmpty() ? QString("no version of it was ever imported")
                     : objections.size() == 1
                         ? QString("of its 1 version, %1").arg(objections.first())
                         : QString("of its %1 versions, %2").arg(objections.size()).arg(objections.join("; "));
    return fail(ErrorCode::NoKnownGood,
                QString("There is no known good configuration of %1%2: %3.").arg(system.text(), before, why),
                {{"system", system.text()}, {"versions", objections.size()}});
}

} // namespace

QString manifestHash(const QList<ConfigurationFile>& files)
{
    return sha256Hex(canonicalJson({{"files", filesToJson(files)}}));
}

QJsonObject toJson(const ConfigurationVersion& version)
{
    return {
        {"system", version.system.text()},
        {"version", version.version},
        {"id", version.id()},
        {"hash", version.hash},
        {"files", filesToJson(version.files)},
        {"note", version.note},
        {"created_by", version.createdBy.text()},
        {"created_at", toRfc3339(version.createdAt)},
    };
}

ConfigurationVersion configurationVersionFromJson(const QJsonObject& object)
{
    ConfigurationVersion version{
        .system = SystemId(object["system"].toString()),
        .version = object["version"].toInt(),
        .hash = object["hash"].toString(),
        .files = {},
        .note = object["note"].toString(),
        .createdBy = OperatorId(object["created_by"].toString()),
        .createdAt = timeFromJson(object["created_at"]).value_or(Timestamp()),
    };
    for (const auto& entry : object["files"].toArray()) {
        const auto file = entry.toObject();
        version.files.append(
            {file["path"].toString(), file["sha256"].toString(), file["size"].toInteger(), file["mode"].toInt()});
    }
    return version;
}

QList<Role> trustingRoles()
{
    return {Role::SecurityAnalyst};
}

QJsonObject toJson(const TrustMark& mark)
{
    return {
        {"system", mark.system.text()}, {"version", mark.version},  {"by", mark.by.text()},
        {"roles", toJson(mark.roles)},  {"at", toRfc3339(mark.at)}, {"revoked_at", toJson(mark.revokedAt)},
    };
}

bool isBefore(Timestamp mark, Timestamp compromisedSince)
{
    const auto second = std::chrono::floor<std::chrono::seconds>(compromisedSince);
    return second == compromisedSince ? mark < second + std::chrono::seconds(1) : mark < compromisedSince;
}

Result<ConfigurationVersion> lastKnownGood(const SystemId& system, const QList<ConfigurationVersion>& versions,
                                           const QList<TrustMark>& marks, std::optional<Timestamp> compromisedSince)
{
    auto newestFirst = versions;
    erase_if(newestFirst, [&](const ConfigurationVersion& version) { return version.system != system; });
    std::ranges::sort(newestFirst, std::greater{}, &ConfigurationVersion::version);
    QStringList objections;
    for (const auto& version : newestFirst) {
        const auto objection = objectionTo(version, marks, compromisedSince);
        if (objection.isEmpty()) {
            return version;
        }
        objections.append(QString("version %1 %2").arg(version.version).arg(objection));
    }
    return noKnownGood(system, objections, compromisedSince);
}

TargetState TargetState::lastKnownGood(std::optional<Timestamp> compromisedSince)
{
    return {TargetStateKind::LastKnownGood, 0, {}, compromisedSince};
}

TargetState TargetState::configurationVersion(int version)
{
    return {TargetStateKind::ConfigurationVersion, version, {}, {}};
}

TargetState TargetState::specific(const QString& configurationId)
{
    return {TargetStateKind::Specific, 0, configurationId, {}};
}

QString TargetState::text() const
{
    switch (kind) {
    case TargetStateKind::ConfigurationVersion:
        return QString("version %1").arg(version);
    case TargetStateKind::Specific:
        return "configuration " + configurationId;
    case TargetStateKind::LastKnownGood:
        break;
    }
    return "last known good";
}

Result<TargetState> targetStateFrom(const QString& text, std::optional<Timestamp> compromisedSince)
{
    if (text == "last-known-good" || text == idOf(TargetStateKind::LastKnownGood)) {
        return TargetState::lastKnownGood(compromisedSince);
    }
    const auto value = text.section(':', 1);
    if (text.startsWith("version:")) {
        const int version = value.toInt();
        if (version < 1) {
            return fail(ErrorCode::InvalidInput, QString("'%1' is not a version; expected version:1 or up.").arg(text));
        }
        return TargetState::configurationVersion(version);
    }
    if (text.startsWith("config:") && !value.isEmpty()) {
        return TargetState::specific(value);
    }
    return fail(ErrorCode::UnsupportedTargetState,
                QString("'%1' is no state to restore to; expected last-known-good, version:N or config:ID.").arg(text),
                {{"target_state", text}});
}

} // namespace rc
