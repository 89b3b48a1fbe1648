// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/restoration/system_restoration_service.h"

#include "backend/restoration/configuration_files.h"
#include "backend/restoration/restoration_handlers.h"
#include "backend/restoration/restoration_run.h"

#include <QDeadlineTimer>

#include <algorithm>

namespace rc {
namespace {

QStringList actionsOf(const System& system, const ConfigurationVersion& version, const ServiceStatus& status,
                      const QString& directory, const QStringList& changed, bool checkHealth)
{
    const auto id = system.id.text();
    QStringList actions{QString("Back up %1 configuration files of %2.").arg(version.files.size()).arg(id),
                        status.running ? QString("Stop %1.").arg(id)
                                       : QString("%1 is not running; there is nothing to stop.").arg(id)};
    for (const auto& path : changed) {
        actions.append(QString("Replace %1/%2.").arg(directory, path));
    }
    if (changed.isEmpty()) {
        actions.append(
            QString("Leave the files in %1 alone: they are version %2 already.").arg(directory).arg(version.version));
    }
    actions.append(QString("Start %1.").arg(id));
    actions.append((checkHealth ? QString("Verify that %1 runs, that its files are version %2, and that it is healthy.")
                                : QString("Verify that %1 runs, and that its files are version %2."))
                       .arg(id)
                       .arg(version.version));
    return actions;
}

} // namespace

SystemRestorationService::SystemRestorationService(RestorationTools tools)
    : m_tools(std::move(tools))
{
    add(std::make_unique<NodeRestorationHandler>(m_tools));
    add(std::make_unique<ServiceRestorationHandler>(m_tools));
}

SystemRestorationService::~SystemRestorationService() = default;

void SystemRestorationService::add(std::unique_ptr<RestorationHandler> handler)
{
    m_handlers.insert(m_handlers.begin(), std::move(handler));
}

Result<RestorationHandler*> SystemRestorationService::handlerOf(const SystemId& system) const
{
    const auto* found = m_tools.inventory.find(system);
    if (!found) {
        return fail(ErrorCode::NotFound, QString("There is no system %1 in the inventory.").arg(system.text()));
    }
    const auto type = found->knownType();
    const auto handler = std::ranges::find_if(
        m_handlers, [&](const auto& each) { return type && each->supportedSystems().contains(*type); });
    if (handler == m_handlers.end()) {
        return fail(ErrorCode::UnsupportedSystemType,
                    QString("%1 is of type '%2', which this program cannot restore.").arg(system.text(), found->type),
                    {{"type", found->type}});
    }
    return handler->get();
}

QCoro::Task<Result<RestorationResult>> SystemRestorationService::restoreSystem(SystemId system, TargetState target,
                                                                               RestorationContext context)
{
    const auto handler = handlerOf(system);
    if (!handler) {
        co_return std::unexpected(handler.error());
    }
    auto restoring = (*handler)->restoreSystem(system, target, context);
    co_return co_await restoring;
}

QCoro::Task<Status> SystemRestorationService::canRestore(SystemId system, TargetState target)
{
    const auto handler = handlerOf(system);
    if (!handler) {
        co_return std::unexpected(handler.error());
    }
    auto asking = (*handler)->canRestore(system, target);
    co_return co_await asking;
}

QCoro::Task<Result<Milliseconds>> SystemRestorationService::estimateRestorationTime(SystemId system, TargetState target)
{
    const auto handler = handlerOf(system);
    if (!handler) {
        co_return std::unexpected(handler.error());
    }
    auto asking = (*handler)->estimateRestorationTime(system, target);
    co_return co_await asking;
}

QCoro::Task<Result<RestorationPreview>> SystemRestorationService::dryRun(SystemId system, TargetState target,
                                                                         bool checkHealth)
{
    auto asking = canRestore(system, target);
    const auto possible = co_await asking;
    if (!possible) {
        co_return std::unexpected(possible.error());
    }
    const auto version = m_tools.configurations.resolve(system, target);
    const auto spec = m_tools.configurations.specOf(system);
    if (!version || !spec) {
        co_return std::unexpected(version ? spec.error() : version.error());
    }
    auto askingStatus = (*m_tools.managers.managerOf(system))->status(system);
    const auto status = co_await askingStatus;
    if (!status) {
        co_return std::unexpected(status.error());
    }
    const auto diff = m_tools.configurations.diff(*version);
    const auto changed = m_tools.configurations.changedFiles(*version);
    if (!diff || !changed) {
        co_return std::unexpected(diff ? changed.error() : diff.error());
    }
    co_return RestorationPreview{
        .systemId = system,
        .timestamp = m_tools.clock(),
        .details = QString("%1 would be restored to configuration version %2").arg(system.text()).arg(version->version),
        .diff = *diff,
        .actions =
            actionsOf(*m_tools.inventory.find(system), *version, *status, spec->directory, *changed, checkHealth)};
}

QCoro::Task<EffectProbe> SystemRestorationService::probe(SystemId system, TargetState target, Timestamp since,
                                                         bool checkHealth)
{
    const auto version = m_tools.configurations.resolve(system, target);
    const auto onDisk = version ? m_tools.configurations.hashOnDisk(*version) : std::unexpected(version.error());
    const auto manager = m_tools.managers.managerOf(system);
    if (!onDisk || !manager) {
        co_return EffectProbe{.detail = onDisk ? manager.error().message : onDisk.error().message};
    }
    if (*onDisk != version->hash) {
        co_return EffectProbe{
            EffectState::NotApplied,
            QString("The files of %1 are not those of version %2.").arg(system.text()).arg(version->version)};
    }
    auto asking = (*manager)->status(system);
    const auto status = co_await asking;
    if (!status) {
        co_return EffectProbe{.detail = status.error().message};
    }
    // A process that is older may run another configuration than the one its files hold by now.
    if (!status->running || status->since.value_or(Timestamp()) < since) {
        co_return EffectProbe{EffectState::NotApplied,
                              QString("The files of %1 are those of version %2, but it was not started with them.")
                                  .arg(system.text())
                                  .arg(version->version)};
    }
    auto looking = awaitHealthy(*manager, m_tools.health, *m_tools.inventory.find(system), Milliseconds(0), {});
    const auto found = co_await looking;
    const bool healthy = found && found->passed;
    if (checkHealth && !healthy) {
        co_return EffectProbe{.detail = found ? found->detail : found.error().message};
    }
    co_return EffectProbe{EffectState::Applied,
                          QString("%1 runs with version %2.").arg(system.text()).arg(version->version)};
}

Result<Backup> SystemRestorationService::capture(const SystemId& system, const TargetState& target)
{
    const auto version = m_tools.configurations.resolve(system, target);
    const auto spec = version ? m_tools.configurations.specOf(system) : std::unexpected(version.error());
    return spec ? m_tools.backups.backUp(system, spec->directory, pathsOf(version->files))
                : std::unexpected(spec.error());
}

QCoro::Task<Result<RestorationResult>> SystemRestorationService::undo(QString backupId, RestorationContext context)
{
    const auto backup = m_tools.backups.load(backupId);
    if (!backup) {
        co_return std::unexpected(backup.error());
    }
    const auto* system = m_tools.inventory.find(backup->system);
    if (!system) {
        co_return fail(ErrorCode::NotFound,
                       QString("There is no system %1 in the inventory.").arg(backup->system.text()));
    }
    const auto paths = pathsOf(backup->files) + backup->absent;
    if (const auto writable = tryReplacing(backup->directory, paths); !writable) {
        co_return std::unexpected(writable.error());
    }
    const auto& backups = m_tools.backups;
    const RestorationChange change{
        .backUp = [&] { return backups.backUp(backup->system, backup->directory, paths); },
        .apply = [&]() -> Result<QJsonObject> {
            const auto back = backups.restore(*backup);
            return back ? Result<QJsonObject>(backup->toJson()) : std::unexpected(back.error());
        },
        .check =
            [&] {
                const bool inPlace = backups.isInPlace(*backup).value_or(false);
                return RestorationCheck{"configuration", inPlace,
                                        inPlace
                                            ? QString("The files on disk are those of backup %1.").arg(backup->id)
                                            : QString("The files on disk are not those of backup %1.").arg(backup->id)};
            },
        .done = QString("%1 restored from backup %2").arg(backup->system.text(), backup->id),
        .notDone = QString("%1 could not be restored from backup %2").arg(backup->system.text(), backup->id),
    };
    auto running = runRestoration(m_tools, *system, change, context);
    co_return co_await running;
}

QCoro::Task<bool> SystemRestorationService::runs(SystemId system)
{
    const auto manager = m_tools.managers.managerOf(system);
    if (!manager) {
        co_return false;
    }
    auto asking = (*manager)->status(system);
    const auto status = co_await asking;
    co_return status && status->running;
}

bool SystemRestorationService::isInPlace(const QString& backupId) const
{
    const auto backup = m_tools.backups.load(backupId);
    return backup && m_tools.backups.isInPlace(*backup).value_or(false);
}

Result<QList<SystemId>> SystemRestorationService::inOrder(const QList<SystemId>& systems) const
{
    return DependencyResolver(m_tools.inventory).restartOrder(systems, false);
}

QCoro::Task<Result<SettledHealth>> SystemRestorationService::awaitHealth(QList<SystemId> systems,
                                                                         RestorationContext context)
{
    const QDeadlineTimer deadline(context.settle);
    SettledHealth all{.passed = true};
    QStringList details;
    for (const auto& id : systems) {
        const auto manager = m_tools.managers.managerOf(id);
        if (!manager) {
            co_return std::unexpected(manager.error());
        }
        auto settling = awaitHealthy(*manager, m_tools.health, *m_tools.inventory.find(id),
                                     Milliseconds(deadline.remainingTime()), context.operation.cancel);
        const auto settled = co_await settling;
        if (!settled) {
            co_return settled;
        }
        all.passed = all.passed && settled->passed;
        details.append(settled->detail);
    }
    all.detail = details.join(' ');
    co_return all;
}

ConfiguredRestart SystemRestorationService::configuredRestart()
{
    return [this](const SystemId& service, const RestartOptions& options, const Operation& operation) {
        return restoreSystem(service, TargetState::specific(options.recoveryConfiguration.value_or(QString())),
                             {.checkHealth = options.checkHealth,
                              .settle = options.timeout,
                              .grace = options.grace,
                              .start = options.start,
                              .operation = operation});
    };
}

} // namespace rc
