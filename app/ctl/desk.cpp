// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/desk.h"

#include "backend/platform/terminal.h"
#include "backend/recovery/projections.h"
#include "backend/recovery/reviews.h"
#include "backend/services/supervisor_client.h"

#include <QCoreApplication>

#include <algorithm>

namespace rc::ctl {

Desk::Desk(GlobalOptions options)
    : m_options(std::move(options))
{
}

Desk::~Desk() = default;

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
    m_runner.reset();
    m_journal = std::move(*journal);
    m_identity = std::make_unique<IdentityService>(*m_journal);
    m_incidents = std::make_unique<IncidentRegister>(*m_journal, *m_identity);
    m_recovery = std::make_unique<RecoveryService>(
        RecoveryService::Parts{*m_journal, *m_identity, [this]() -> ProcedureLibrary& { return procedures(); },
                               *m_incidents, NetworkToolbox::capabilities()});
    return {};
}

Status Desk::openForReading()
{
    return open(OpenMode::ReadOnly);
}

Status Desk::openForWriting(bool create)
{
    return open(create ? OpenMode::Create : OpenMode::ReadWrite);
}

Result<Passphrase> Desk::passphrase() const
{
    if (!m_options.passphraseFile.isEmpty()) {
        return Passphrase::fromFile(m_options.passphraseFile);
    }
    auto typed = readPassphrase(QString("Passphrase of %1: ").arg(m_options.operatorId));
    if (!typed) {
        return std::unexpected(typed.error());
    }
    return Passphrase::typed(std::move(*typed));
}

Result<SecurityContext> Desk::signIn()
{
    if (m_context) {
        return *m_context;
    }
    if (m_options.operatorId.isEmpty()) {
        return fail(ErrorCode::NotSignedIn,
                    "Nobody is signed in; say who you are with --as OPERATOR (and --passphrase-file FILE).");
    }
    if (const auto opened = openForWriting(); !opened) {
        return std::unexpected(opened.error());
    }
    const auto secret = passphrase();
    if (!secret) {
        return std::unexpected(secret.error());
    }
    const auto session = m_identity->signIn(OperatorId(m_options.operatorId), *secret);
    if (!session) {
        return std::unexpected(session.error());
    }
    auto context = m_identity->context(*session);
    if (context) {
        m_context = *context;
    }
    return context;
}

Result<std::optional<SecurityContext>> Desk::signInIfNamed()
{
    if (m_options.operatorId.isEmpty()) {
        return std::optional<SecurityContext>();
    }
    const auto context = signIn();
    if (!context) {
        return std::unexpected(context.error());
    }
    return std::optional(*context);
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
    return readInventory(m_options.inventory.isEmpty() ? home() + "/inventory.yaml" : m_options.inventory);
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

} // namespace rc::ctl
