// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/restoration/configuration_service.h"

#include "backend/restoration/configuration_files.h"
#include "backend/restoration/configuration_history.h"
#include "backend/restoration/unified_diff.h"

#include <algorithm>

namespace rc {

QJsonObject ConfigurationApplication::toJson() const
{
    return {
        {"kind", QString(idOf(ArtifactKind::ConfigurationApplication))},
        {"system_id", version.system.text()},
        {"version", version.version},
        {"id", version.id()},
        {"hash", version.hash},
        {"hash_on_disk", hashOnDisk},
        {"success", success()},
        {"changed", QJsonArray::fromStringList(changed)},
        {"timestamp", toRfc3339(timestamp)},
    };
}

ConfigurationService::ConfigurationService(Journal& journal, const QString& home, Inventory inventory)
    : m_journal(journal)
    , m_objects(home + "/configurations")
    , m_inventory(std::move(inventory))
{
}

Result<ConfigurationSpec> ConfigurationService::specOf(const SystemId& system) const
{
    const auto* found = m_inventory.find(system);
    if (!found) {
        return fail(ErrorCode::NotFound, QString("There is no system %1 in the inventory.").arg(system.text()));
    }
    if (!found->configuration || found->configuration->files.isEmpty()) {
        return fail(ErrorCode::InvalidInput,
                    QString("The inventory names no configuration files of %1.").arg(system.text()));
    }
    return *found->configuration;
}

Result<ConfigurationHistory> ConfigurationService::history(const SystemId& system)
{
    const auto rows = m_journal.read(stream::configuration(system));
    return rows ? Result<ConfigurationHistory>(configurationHistory(*rows)) : std::unexpected(rows.error());
}

Result<QList<ConfigurationVersion>> ConfigurationService::versions(const SystemId& system)
{
    const auto known = history(system);
    return known ? Result<QList<ConfigurationVersion>>(known->versions) : std::unexpected(known.error());
}

Result<QList<TrustMark>> ConfigurationService::marks(const SystemId& system)
{
    const auto known = history(system);
    return known ? Result<QList<TrustMark>>(known->marks) : std::unexpected(known.error());
}

Result<ConfigurationVersion> ConfigurationService::get(const SystemId& system, int version)
{
    const auto all = versions(system);
    if (!all) {
        return std::unexpected(all.error());
    }
    const auto found = std::ranges::find(*all, version, &ConfigurationVersion::version);
    if (found == all->end()) {
        return fail(ErrorCode::NotFound, QString("There is no configuration version %1 of %2; it has %3.")
                                             .arg(version)
                                             .arg(system.text())
                                             .arg(all->size()));
    }
    return *found;
}

Result<ConfigurationVersion> ConfigurationService::byId(const SystemId& system, const QString& id)
{
    const auto all = versions(system);
    if (!all) {
        return std::unexpected(all.error());
    }
    const auto found = std::find_if(all->rbegin(), all->rend(), [&](const ConfigurationVersion& version) {
        return id.size() >= version.id().size() && version.hash.startsWith(id);
    });
    if (found == all->rend()) {
        return fail(ErrorCode::NotFound, QString("There is no configuration %1 of %2.").arg(id, system.text()));
    }
    return *found;
}

Result<ConfigurationVersion> ConfigurationService::lastKnownGood(const SystemId& system,
                                                                 std::optional<Timestamp> compromisedSince)
{
    const auto known = history(system);
    if (!known) {
        return std::unexpected(known.error());
    }
    return rc::lastKnownGood(system, known->versions, known->marks, compromisedSince);
}

Result<ConfigurationVersion> ConfigurationService::resolve(const SystemId& system, const TargetState& target)
{
    if (const auto spec = specOf(system); !spec) {
        return std::unexpected(spec.error());
    }
    switch (target.kind) {
    case TargetStateKind::ConfigurationVersion:
        return get(system, target.version);
    case TargetStateKind::LastKnownGood:
        return lastKnownGood(system, target.compromisedSince);
    case TargetStateKind::Specific:
        return byId(system, target.configurationId);
    }
    return fail(ErrorCode::UnsupportedTargetState, "There is no such state to restore to.");
}

Result<QList<QByteArray>> ConfigurationService::contents(const ConfigurationVersion& version) const
{
    QList<QByteArray> contents;
    for (const auto& file : version.files) {
        const auto bytes = m_objects.get(file.sha256);
        if (!bytes) {
            return std::unexpected(bytes.error());
        }
        contents.append(*bytes);
    }
    return contents;
}

Result<QString> ConfigurationService::diff(const ConfigurationVersion& version) const
{
    const auto spec = specOf(version.system);
    const auto bytes = contents(version);
    if (!spec || !bytes) {
        return std::unexpected(spec ? bytes.error() : spec.error());
    }
    QString text;
    for (qsizetype i = 0; i < version.files.size(); ++i) {
        const auto onDisk = readContent(spec->directory, version.files[i].path);
        if (!onDisk) {
            return std::unexpected(onDisk.error());
        }
        text += unifiedDiff(*onDisk, FileContent{version.files[i], (*bytes)[i]});
    }
    return text;
}

Result<QStringList> ConfigurationService::changedFiles(const ConfigurationVersion& version) const
{
    const auto spec = specOf(version.system);
    const auto onDisk = spec ? manifestOf(spec->directory, pathsOf(version.files)) : std::unexpected(spec.error());
    if (!onDisk) {
        return std::unexpected(onDisk.error());
    }
    auto changed = version.files;
    erase_if(changed, [&](const ConfigurationFile& file) { return onDisk->contains(file); });
    return pathsOf(changed);
}

Result<ConfigurationDrift> ConfigurationService::drift(const SystemId& system)
{
    const auto spec = specOf(system);
    const auto all = versions(system);
    if (!spec || !all) {
        return std::unexpected(spec ? all.error() : spec.error());
    }
    const auto onDisk = manifestOf(spec->directory, spec->files);
    if (!onDisk) {
        return std::unexpected(onDisk.error());
    }
    const auto newest = all->isEmpty() ? ConfigurationVersion() : all->last();
    ConfigurationDrift drift{system, newest.version, manifestHash(*onDisk), {}};
    for (const auto& path : pathsOf(*onDisk + newest.files)) {
        const auto now = std::ranges::find(*onDisk, path, &ConfigurationFile::path);
        const auto then = std::ranges::find(newest.files, path, &ConfigurationFile::path);
        const bool same = now != onDisk->end() && then != newest.files.end() && *now == *then;
        if (!same && !drift.changed.contains(path)) {
            drift.changed.append(path);
        }
    }
    return drift;
}

Result<QString> ConfigurationService::hashOnDisk(const SystemId& system) const
{
    const auto spec = specOf(system);
    if (!spec) {
        return std::unexpected(spec.error());
    }
    const auto files = manifestOf(spec->directory, spec->files);
    return files ? Result<QString>(manifestHash(*files)) : std::unexpected(files.error());
}

Result<QString> ConfigurationService::hashOnDisk(const ConfigurationVersion& version) const
{
    const auto spec = specOf(version.system);
    if (!spec) {
        return std::unexpected(spec.error());
    }
    const auto files = manifestOf(spec->directory, pathsOf(version.files));
    return files ? Result<QString>(manifestHash(*files)) : std::unexpected(files.error());
}

} // namespace rc
