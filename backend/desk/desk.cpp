// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/desk/desk.h"

#include "backend/recovery/projections.h"
#include "backend/recovery/reviews.h"
#include "backend/services/supervisor_client.h"

#include <QCoreApplication>

#include <algorithm>

namespace rc {

Desk::Desk(DeskOptions options)
    : m_options(std::move(options))
{
}

Desk::~Desk() = default;

QString Desk::inventoryFile() const
{
    return m_options.inventoryFile.isEmpty() ? home() + "/inventory.yaml" : m_options.inventoryFile;
}

QString Desk::program(const QString& name)
{
    return QCoreApplication::applicationDirPath() + "/" + name;
}

Status Desk::open(OpenMode mode)
{
    if (m_journal && (mode == OpenMode::ReadOnly || !m_journal->isReadOnly())) {
        return {};
    }
    JournalOptions options;
    options.mode = mode;
    options.projections = recoveryProjections();
    auto journal = Journal::open(home(), options);
    if (!journal) {
        return std::unexpected(journal.error());
    }
    close();
    m_journal = std::move(*journal);
    m_identity = std::make_unique<IdentityService>(*m_journal);
    m_incidents = std::make_unique<IncidentRegister>(*m_journal, *m_identity);
    m_recovery = std::make_unique<RecoveryService>(
        RecoveryService::Parts{*m_journal, *m_identity, [this]() -> ProcedureLibrary& { return procedures(); },
                               *m_incidents, NetworkToolbox::capabilities()});
    return {};
}

void Desk::close()
{
    m_runner.reset();
    m_recovery.reset();
    m_incidents.reset();
    m_identity.reset();
    m_journal.reset();
}

ProcedureLibrary& Desk::procedures()
{
    if (!m_procedures) {
        m_procedures = std::make_unique<ProcedureLibrary>(ProcedureLibrary::load(home()));
    }
    return *m_procedures;
}

Result<InventoryDocument> Desk::inventory() const
{
    return readInventory(inventoryFile());
}

Result<PlanRunner*> Desk::runner()
{
    if (!m_runner) {
        auto runner = PlanRunner::create(*m_journal, *m_identity, *m_recovery, [this](const Inventory& inventory) {
            return std::make_unique<NetworkToolbox>(journal(), inventory);
        });
        if (!runner) {
            return std::unexpected(runner.error());
        }
        m_runner = std::move(*runner);
    }
    return m_runner.get();
}

Result<std::unique_ptr<NetworkToolbox>> Desk::toolbox()
{
    const auto document = inventory();
    if (!document) {
        return std::unexpected(document.error());
    }
    if (const auto fits = Reviews(journal()).checkNetwork(document->inventory.network); !fits) {
        return std::unexpected(fits.error());
    }
    return std::make_unique<NetworkToolbox>(journal(), document->inventory);
}

Result<std::unique_ptr<NetworkToolbox>> Desk::actingToolbox()
{
    const auto document = inventory();
    const auto may = document ? Reviews(journal()).checkInventory(*document) : std::unexpected(document.error());
    if (!may) {
        return std::unexpected(may.error());
    }
    return std::make_unique<NetworkToolbox>(journal(), document->inventory);
}

QCoro::Task<Status> Desk::ensureSupervisor(Inventory inventory)
{
    const bool needed = std::ranges::any_of(inventory.systems, [](const System& system) {
        return system.manager && system.manager->kind == ManagerKind::Process;
    });
    if (!needed) {
        co_return Status();
    }
    const SupervisorClient supervisor(home());
    auto ensuring = supervisor.ensureRunning(program("recovery-supervisor"));
    const Status running = co_await ensuring;
    co_return running;
}

} // namespace rc
