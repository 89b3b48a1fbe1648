// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/desk.h"

#include "backend/platform/terminal.h"

namespace rc::ctl {

Desk::Desk(GlobalOptions options)
    : rc::Desk({options.home, options.inventory})
    , m_options(std::move(options))
{
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
    const auto session = identity().signIn(OperatorId(m_options.operatorId), *secret);
    if (!session) {
        return std::unexpected(session.error());
    }
    auto context = identity().context(*session);
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

} // namespace rc::ctl
