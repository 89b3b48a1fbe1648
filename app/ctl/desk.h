// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/journal/device_signer.h"
#include "backend/recovery/network_toolbox.h"
#include "backend/recovery/plan_runner.h"

#include <QFileInfo>

namespace rc::ctl {

/// The global options of cli.md.
struct GlobalOptions
{
    QString home;
    QString inventory;
    QString operatorId;
    QString passphraseFile;
    bool json = false;
};

/// The composition root of recoveryctl: names the implementations and makes each when a command first needs it, so that
/// a command that only reads opens nothing for writing and asks for no passphrase.
class Desk
{
public:
    explicit Desk(GlobalOptions options);
    ~Desk();
    Q_DISABLE_COPY_MOVE(Desk)

    [[nodiscard]] const GlobalOptions& options() const { return m_options; }
    [[nodiscard]] const QString& home() const { return m_options.home; }
    /// Where the programs of this installation are.
    [[nodiscard]] static QString program(const QString& name);

    /// The store for reading; also serves a home that may not be written.
    [[nodiscard]] Status openForReading();
    /// The store for writing; `create` makes it where there is none.
    [[nodiscard]] Status openForWriting(bool create = false);
    /// Signs the operator of `--as` in. NotSignedIn if there is none, WrongSecret.
    [[nodiscard]] Result<SecurityContext> signIn();
    /// Nothing if nobody was named.
    [[nodiscard]] Result<std::optional<SecurityContext>> signInIfNamed();

    /// The passphrase of the operator of `--as`.
    [[nodiscard]] Result<Passphrase> passphrase() const;

    // Below: after one of the above has succeeded.
    [[nodiscard]] Journal& journal() { return *m_journal; }
    [[nodiscard]] IdentityService& identity() { return *m_identity; }
    [[nodiscard]] IncidentRegister& incidents() { return *m_incidents; }
    [[nodiscard]] RecoveryService& recovery() { return *m_recovery; }
    [[nodiscard]] ProcedureLibrary& procedures();
    [[nodiscard]] Result<std::unique_ptr<DeviceSigner>> device() { return DeviceSigner::load(home()); }

    [[nodiscard]] Result<InventoryDocument> inventory() const;
    /// Tools for the inventory as it stands. WrongState if its network is not of the store's kind.
    [[nodiscard]] Result<std::unique_ptr<NetworkToolbox>> toolbox();
    /// Tools that act, and so only for an inventory that has been reviewed: NotReviewed.
    [[nodiscard]] Result<std::unique_ptr<NetworkToolbox>> actingToolbox();
    [[nodiscard]] Result<PlanRunner*> runner();
    /// The supervisor, if the inventory has processes to keep.
    [[nodiscard]] QCoro::Task<Status> ensureSupervisor(Inventory inventory);

    /// For long work: cancel by Ctrl-C, progress on a terminal's standard error.
    [[nodiscard]] const Operation& operation() const { return m_operation; }
    [[nodiscard]] Operation& operation() { return m_operation; }

private:
    [[nodiscard]] Status open(OpenMode mode);

    GlobalOptions m_options;
    Operation m_operation;
    std::unique_ptr<ProcedureLibrary> m_procedures;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<IdentityService> m_identity;
    std::unique_ptr<IncidentRegister> m_incidents;
    std::unique_ptr<RecoveryService> m_recovery;
    std::unique_ptr<PlanRunner> m_runner;
    std::optional<SecurityContext> m_context;
};

} // namespace rc::ctl
