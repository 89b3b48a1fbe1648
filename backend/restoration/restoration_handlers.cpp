// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/restoration/restoration_handlers.h"

#include "backend/restoration/configuration_files.h"
#include "backend/restoration/restoration_run.h"

namespace rc {
namespace {

RestorationCheck configurationCheck(const RestorationTools& tools, const ConfigurationVersion& version)
{
    const auto onDisk = tools.configurations.hashOnDisk(version);
    const bool inForce = onDisk && *onDisk == version.hash;
    const auto detail = inForce
                            ? QString("The files on disk are version %1 (%2).").arg(version.version).arg(version.id())
                        : onDisk ? QString("The files on disk are not version %1: %2 instead of %3.")
                                       .arg(version.version)
                                       .arg(onDisk->left(16), version.id())
                                 : onDisk.error().message;
    return {"configuration", inForce, detail};
}

RestorationChange changeTo(const RestorationTools& tools, const ConfigurationVersion& version, const QString& noun,
                           const QString& backupId, const QString& directory)
{
    return {
        .backUp =
            [&tools, version, backupId, directory] {
                return backupId.isEmpty() ? tools.backups.backUp(version.system, directory, pathsOf(version.files))
                                          : tools.backups.load(backupId);
            },
        .apply = [&tools, version]() -> Result<QJsonObject> {
            const auto applied = tools.configurations.apply(version);
            return applied ? Result<QJsonObject>(applied->toJson()) : std::unexpected(applied.error());
        },
        .check = [&tools, version] { return configurationCheck(tools, version); },
        .done = restoredSentence(noun, version.system, version.version),
        .notDone = QString("%1 %2 could not be restored to configuration version %3")
                       .arg(noun, version.system.text())
                       .arg(version.version),
    };
}

} // namespace

ManagedRestorationHandler::ManagedRestorationHandler(RestorationTools tools, QString noun)
    : m_tools(std::move(tools))
    , m_noun(std::move(noun))
{
}

Result<ConfigurationVersion> ManagedRestorationHandler::versionFor(const SystemId& system,
                                                                   const TargetState& target) const
{
    if (const auto manager = m_tools.managers.managerOf(system); !manager) {
        return std::unexpected(manager.error());
    }
    const auto version = m_tools.configurations.resolve(system, target);
    if (!version) {
        return version;
    }
    const auto possible = m_tools.configurations.canApply(*version);
    return possible ? version : std::unexpected(possible.error());
}

QCoro::Task<Result<RestorationResult>> ManagedRestorationHandler::restoreSystem(SystemId system, TargetState target,
                                                                                RestorationContext context)
{
    const auto version = versionFor(system, target);
    if (!version) {
        co_return std::unexpected(version.error());
    }
    if (const auto writable = m_tools.configurations.tryApplying(*version); !writable) {
        co_return std::unexpected(writable.error());
    }
    const auto spec = m_tools.configurations.specOf(system);
    const auto change = changeTo(m_tools, *version, m_noun, context.backupId, spec->directory);
    auto running = runRestoration(m_tools, *m_tools.inventory.find(system), change, context);
    co_return co_await running;
}

QCoro::Task<Status> ManagedRestorationHandler::canRestore(SystemId system, TargetState target)
{
    const auto version = versionFor(system, target);
    co_return version ? Status() : std::unexpected(version.error());
}

QCoro::Task<Result<Milliseconds>> ManagedRestorationHandler::estimateRestorationTime(SystemId system,
                                                                                     TargetState target)
{
    const auto version = versionFor(system, target);
    if (!version) {
        co_return std::unexpected(version.error());
    }
    co_return Milliseconds(7'000 + 20 * version->files.size());
}

} // namespace rc
