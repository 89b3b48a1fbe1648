// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/services/service_managers.h"

#include "backend/services/process_service_manager.h"

#include <QDir>

#include <algorithm>

namespace rc {
namespace {

ChildSpec childSpecOf(const System& system, const QString& home)
{
    auto spec = ChildSpec::fromJson(system.manager->settings);
    if (spec.directory.isEmpty()) {
        spec.directory = QDir(home).absolutePath();
    }
    if (spec.log.isEmpty()) {
        spec.log = QDir(SupervisorFiles(home).directory).absoluteFilePath(system.id.text() + ".log");
    }
    return spec;
}

} // namespace

ServiceManagers::ServiceManagers(Inventory inventory)
    : m_inventory(std::move(inventory))
{
}

std::unique_ptr<ServiceManagers> ServiceManagers::of(const Inventory& inventory, const QString& home)
{
    QHash<SystemId, ChildSpec> processes;
    for (const auto& system : inventory.systems) {
        if (system.manager && system.manager->kind == ManagerKind::Process) {
            processes.insert(system.id, childSpecOf(system, home));
        }
    }
    auto managers = std::make_unique<ServiceManagers>(inventory);
    managers->add(std::make_unique<ProcessServiceManager>(SupervisorClient(home), std::move(processes)));
    return managers;
}

void ServiceManagers::add(std::unique_ptr<ServiceManager> manager)
{
    std::erase_if(m_managers, [&](const auto& other) { return other->kind() == manager->kind(); });
    m_managers.push_back(std::move(manager));
}

Result<ServiceManager*> ServiceManagers::managerOf(const SystemId& id) const
{
    const auto* system = m_inventory.find(id);
    if (!system) {
        return fail(ErrorCode::NotFound, QString("There is no system %1 in the inventory.").arg(id.text()));
    }
    if (!system->manager) {
        return fail(ErrorCode::UnsupportedServiceType,
                    QString("The inventory does not say how %1 is started and stopped.").arg(id.text()));
    }
    const auto kind = system->manager->kind;
    const auto found = std::ranges::find_if(m_managers, [&](const auto& manager) { return manager->kind() == kind; });
    if (found == m_managers.end()) {
        return fail(ErrorCode::UnsupportedServiceType,
                    QString("%1 is kept by '%2', which this program cannot start and stop.").arg(id.text(), idOf(kind)),
                    {{"manager", QString(idOf(kind))}});
    }
    return found->get();
}

} // namespace rc
