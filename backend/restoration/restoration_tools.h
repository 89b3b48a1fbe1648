// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/restoration/backup_service.h"
#include "backend/restoration/configuration_service.h"
#include "backend/restoration/restoration_handler.h"
#include "backend/services/health_probe.h"
#include "backend/services/service_managers.h"

namespace rc {

/// What restoring needs; all of it must outlive what is made from it.
struct RestorationTools
{
    const Inventory& inventory;
    ConfigurationService& configurations;
    const BackupService& backups;
    const ServiceManagers& managers;
    HealthProbe health;
    Clock clock;
};

} // namespace rc
