// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/network_toolbox.h"

#include "backend/health/check_functions.h"

namespace rc {
namespace {

HealthProbe probeOf(const HealthCheckService& health)
{
    return [health](SystemId system) { return health.checkSystem(std::move(system)); };
}

Clock clockOf(Journal& journal)
{
    return [&journal] { return journal.now(); };
}

/// `configuration_matches {systems, compromised_since}`: what lies on disk is the newest version that a role has found
/// good before then. A mark made since may be the intruder's work.
CheckFunction configurationMatches(ConfigurationService& configurations)
{
    return [&configurations](QJsonObject parameters, Operation) -> QCoro::Task<Result<CheckResult>> {
        const auto since = timeFromJson(parameters["compromised_since"]);
        if (!since) {
            co_return fail(ErrorCode::InvalidInput,
                           "The check 'configuration_matches' needs 'compromised_since', a time.");
        }
        const auto systems = systemsOf(parameters);
        if (!systems) {
            co_return std::unexpected(systems.error());
        }
        QStringList wrong;
        for (const auto& system : *systems) {
            const auto good = configurations.lastKnownGood(system, since);
            if (!good) {
                co_return std::unexpected(good.error());
            }
            const auto onDisk = configurations.hashOnDisk(*good);
            if (!onDisk) {
                co_return std::unexpected(onDisk.error());
            }
            if (*onDisk != good->hash) {
                wrong.append(QString("%1 differs from its trusted version %2").arg(system.text()).arg(good->version));
            }
        }
        co_return CheckResult{wrong.isEmpty(),
                              wrong.isEmpty() ? QString("The configurations on disk are the trusted ones.")
                                              : wrong.join("; ") + ".",
                              {}};
    };
}

} // namespace

NetworkToolbox::NetworkToolbox(Journal& journal, const Inventory& inventory)
    : m_inventory(inventory)
    , m_view(m_inventory)
    , m_health(m_inventory, m_view)
    , m_checks(m_health, m_view)
    , m_configurations(journal, journal.home(), m_inventory)
    , m_backups(journal.home(), clockOf(journal))
    , m_managers(ServiceManagers::of(m_inventory, journal.home()))
    , m_restoration({m_inventory, m_configurations, m_backups, *m_managers, probeOf(m_health), clockOf(journal)})
    , m_restarts(m_inventory, *m_managers, probeOf(m_health), clockOf(journal), m_restoration.configuredRestart())
    , m_dataRecovery(m_view, {.clock = clockOf(journal)})
    , m_restoreAction(m_restoration, clockOf(journal))
    , m_chainAction(m_dataRecovery, clockOf(journal))
    , m_restartAction(m_restarts, clockOf(journal))
    , m_checkAction(m_checks, clockOf(journal))
    , m_commandAction(CommandRuns(CommandRunner(journal.home()), clockOf(journal)), m_inventory)
    , m_httpAction(m_inventory, clockOf(journal))
    , m_waitAction(m_checks, clockOf(journal))
    , m_notifyAction(journal, CommandRuns(CommandRunner(journal.home()), clockOf(journal)), m_inventory.network.kind)
{
    m_checks.add("configuration_matches", configurationMatches(m_configurations));
}

Capabilities NetworkToolbox::capabilities()
{
    return {{ActionType::Manual, ActionType::RestoreSystem, ActionType::RecoverChainData, ActionType::RestartServices,
             ActionType::Check, ActionType::Command, ActionType::HttpRequest, ActionType::Wait, ActionType::Notify},
            {"systems_healthy", "state_agreement", "height_advancing", "find_trusted_height", "configuration_matches"}};
}

Action* NetworkToolbox::actionFor(ActionType type)
{
    for (Action* const action :
         std::initializer_list<Action*>{&m_restoreAction, &m_chainAction, &m_restartAction, &m_checkAction,
                                        &m_commandAction, &m_httpAction, &m_waitAction, &m_notifyAction}) {
        if (action->type() == type) {
            return action;
        }
    }
    return nullptr;
}

QCoro::Task<Result<CheckResult>> NetworkToolbox::runCheck(QString name, QJsonObject parameters, Operation operation)
{
    return m_checks.run(std::move(name), std::move(parameters), std::move(operation));
}

} // namespace rc
