// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/desk/desk.h"

#include "backend/recovery/projections.h"
#include "backend/recovery/reviews.h"
#include "backend/services/supervisor_client.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>

#include <algorithm>

namespace rc {
namespace {

/// What tells whether a file of the folder was changed, added or taken away.
QString filesIn(const QString& folder)
{
    QStringList lines;
    const auto files = QDir(folder).entryInfoList(QDir::Files, QDir::Name);
    for (const auto& file : files) {
        lines.append(
            QString("%1 %2 %3").arg(file.fileName()).arg(file.size()).arg(file.lastModified().toMSecsSinceEpoch()));
    }
    return lines.join(u'\n');
}

} // namespace

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
    m_recovery.reset();
    m_incidents.reset();
    m_identity.reset();
    m_journal.reset();
}

ProcedureLibrary& Desk::procedures()
{
    const auto files = filesIn(home() + "/procedures");
    if (!m_procedures || files != m_procedureFiles) {
        m_procedures = std::make_unique<ProcedureLibrary>(ProcedureLibrary::load(home()));
        m_procedureFiles = files;
    }
    return *m_procedures;
}

Result<InventoryDocument> Desk::inventory() const
{
    const QString path = inventoryFile();
    auto read = readInventory(path);
    if (!read && read.error().code == ErrorCode::NotFound) {
        return fail(
            ErrorCode::NotFound,
            QString("There is no inventory, which says what the network consists of: write %1, or let 'recoveryctl "
                    "lab up' make a practice network.")
                .arg(path),
            {{"file", path}});
    }
    return read;
}

Result<std::unique_ptr<PlanRunner>> Desk::runner()
{
    return PlanRunner::create(*m_journal, *m_identity, *m_recovery, [this](const Inventory& inventory) {
        return std::make_unique<NetworkToolbox>(journal(), inventory);
    });
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
