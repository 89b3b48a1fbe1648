// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/desk/desk.h"
#include "backend/journal/device_signer.h"

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

/// The composition root of recoveryctl: a desk with what the command line says, so that a command that only reads opens
/// nothing for writing and asks for no passphrase.
class Desk : public rc::Desk
{
public:
    explicit Desk(GlobalOptions options);

    [[nodiscard]] const GlobalOptions& options() const { return m_options; }

    /// The store for reading; also serves a home that may not be written.
    [[nodiscard]] Status openForReading();
    /// The store for writing; `create` makes it where there is none.
    [[nodiscard]] Status openForWriting(bool create = false);
    /// Signs the operator of `--as` in. NotSignedIn if there is none, WrongSecret.
    [[nodiscard]] Result<SecurityContext> signIn();
    /// The operator of `--as`; empty without one.
    [[nodiscard]] const QString& named() const { return m_options.operatorId; }
    /// Nothing if nobody was named.
    [[nodiscard]] Result<std::optional<SecurityContext>> signInIfNamed();

    /// The passphrase of the operator of `--as`.
    [[nodiscard]] Result<Passphrase> passphrase() const;
    [[nodiscard]] Result<std::unique_ptr<DeviceSigner>> device() { return DeviceSigner::load(home()); }

    /// For long work: cancel by Ctrl-C, progress on a terminal's standard error.
    [[nodiscard]] const Operation& operation() const { return m_operation; }
    [[nodiscard]] Operation& operation() { return m_operation; }

private:
    GlobalOptions m_options;
    Operation m_operation;
    std::optional<SecurityContext> m_context;
};

} // namespace rc::ctl
