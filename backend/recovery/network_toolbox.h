// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recovery/actions/actions.h"
#include "backend/recovery/actions/command_action.h"
#include "backend/recovery/actions/http_action.h"
#include "backend/recovery/actions/notify_action.h"
#include "backend/recovery/actions/wait_action.h"
#include "backend/recovery/toolbox.h"

namespace rc {

/// The real tools for an inventory: the services of the seed, wired to each other, and the actions over them. Commands
/// without a plan use the services themselves.
class NetworkToolbox final : public Toolbox
{
public:
    /// The journal must outlive it.
    NetworkToolbox(Journal& journal, const Inventory& inventory);

    /// What every NetworkToolbox can do.
    [[nodiscard]] static Capabilities capabilities();

    [[nodiscard]] Action* actionFor(ActionType type) override;
    [[nodiscard]] QCoro::Task<Result<CheckResult>> runCheck(QString name, QJsonObject parameters,
                                                            Operation operation) override;

    [[nodiscard]] const Inventory& inventory() const { return m_inventory; }
    [[nodiscard]] const NetworkView& view() const { return m_view; }
    [[nodiscard]] const HealthCheckService& health() const { return m_health; }
    [[nodiscard]] ConfigurationService& configurations() { return m_configurations; }
    [[nodiscard]] SystemRestorationService& restoration() { return m_restoration; }
    [[nodiscard]] ServiceRestartService& restarts() { return m_restarts; }

private:
    Inventory m_inventory;
    NetworkView m_view;
    HealthCheckService m_health;
    Checks m_checks;
    ConfigurationService m_configurations;
    BackupService m_backups;
    std::unique_ptr<ServiceManagers> m_managers;
    SystemRestorationService m_restoration;
    ServiceRestartService m_restarts;
    DataRecoveryService m_dataRecovery;
    RestoreAction m_restoreAction;
    ChainAction m_chainAction;
    RestartAction m_restartAction;
    CheckAction m_checkAction;
    CommandAction m_commandAction;
    HttpAction m_httpAction;
    WaitAction m_waitAction;
    NotifyAction m_notifyAction;
};

} // namespace rc
