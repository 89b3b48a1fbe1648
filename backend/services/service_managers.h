// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/services/service_manager.h"
#include "model/system/inventory.h"

#include <memory>
#include <vector>

namespace rc {

/// Which manager keeps which system of an inventory.
class ServiceManagers
{
public:
    explicit ServiceManagers(Inventory inventory);
    /// Those of an inventory whose processes are kept by the supervisor of `home`. A process without a `log` of its own
    /// writes HOME/run/ID.log, one without a `directory` runs in HOME.
    [[nodiscard]] static std::unique_ptr<ServiceManagers> of(const Inventory& inventory, const QString& home);

    /// Takes the place of a manager of the same kind.
    void add(std::unique_ptr<ServiceManager> manager);
    /// The manager of a system. NotFound if the inventory has no such system, UnsupportedServiceType if it names no
    /// manager for it, or one that cannot be used here.
    [[nodiscard]] Result<ServiceManager*> managerOf(const SystemId& id) const;

private:
    Inventory m_inventory;
    std::vector<std::unique_ptr<ServiceManager>> m_managers;
};

} // namespace rc
