// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recovery/network_toolbox.h"
#include "backend/recovery/plan_runner.h"

namespace rc {

/// Where a desk stands.
struct DeskOptions
{
    QString home;
    /// Empty: HOME/inventory.yaml.
    QString inventoryFile;
};

/// Everything one process has at one home: the store and the services on it, each made when it is first needed. Lives
/// on one thread.
class Desk
{
public:
    explicit Desk(DeskOptions options);
    ~Desk();
    Q_DISABLE_COPY_MOVE(Desk)

    [[nodiscard]] const QString& home() const { return m_options.home; }
    [[nodiscard]] QString inventoryFile() const;
    /// Path of a program of this installation.
    [[nodiscard]] static QString program(const QString& name);

    /// Opens the store, or opens it anew when it is open in another mode. Errors of Journal::open; what was open stays.
    [[nodiscard]] Status open(OpenMode mode);
    void close();
    [[nodiscard]] bool isOpen() const { return m_journal != nullptr; }

    // Below: while it is open.
    [[nodiscard]] Journal& journal() { return *m_journal; }
    [[nodiscard]] IdentityService& identity() { return *m_identity; }
    [[nodiscard]] IncidentRegister& incidents() { return *m_incidents; }
    [[nodiscard]] RecoveryService& recovery() { return *m_recovery; }
    /// Those of HOME/procedures as the files are now; read again when one of them has changed.
    [[nodiscard]] ProcedureLibrary& procedures();
    [[nodiscard]] Result<InventoryDocument> inventory() const;
    /// An executor of its own: others see that it lives for as long as it is kept, and not longer.
    [[nodiscard]] Result<std::unique_ptr<PlanRunner>> runner();
    /// Tools for the inventory as it stands. WrongState if its network is not of the store's kind.
    [[nodiscard]] Result<std::unique_ptr<NetworkToolbox>> toolbox();
    /// Tools that act, and so only for an inventory that has been reviewed: NotReviewed.
    [[nodiscard]] Result<std::unique_ptr<NetworkToolbox>> actingToolbox();
    /// The supervisor of the home, if the inventory has processes to keep.
    [[nodiscard]] QCoro::Task<Status> ensureSupervisor(Inventory inventory);

private:
    DeskOptions m_options;
    std::unique_ptr<ProcedureLibrary> m_procedures;
    /// Name, size and time of the files it was read from.
    QString m_procedureFiles;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<IdentityService> m_identity;
    std::unique_ptr<IncidentRegister> m_incidents;
    std::unique_ptr<RecoveryService> m_recovery;
};

} // namespace rc
