// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/identity/sealed_key.h"
#include "backend/journal/key_pair.h"
#include "backend/journal/signer.h"
#include "backend/journal/statement.h"
#include "model/people/actor.h"

#include <memory>

namespace rc {

/// An operator signed in on this process: an ephemeral key for rows, certified by the operator's key in a row of its
/// own that is written just before the session's first row (so that reading writes nothing). Valid for 12 hours.
class Session final : public Signer
{
public:
    Session(OperatorId operatorId, KeyPair operatorKey, Timestamp now);
    ~Session() override;

    [[nodiscard]] QString keyId() const override { return m_sessionKey.id(); }
    [[nodiscard]] OperatorId operatorId() const override { return m_operatorId; }
    [[nodiscard]] Status mayWrite(const QString& kind) const override;
    [[nodiscard]] QByteArray sign(const QByteArray& bytes) const override;
    [[nodiscard]] std::optional<Introduction> introduction() override;

    /// Forgets the operator's secret key. Outcomes of intents already journaled may still be signed, nothing else.
    void lock();
    [[nodiscard]] bool isLocked() const { return !m_operatorKey; }
    /// NotSignedIn when locked or expired.
    [[nodiscard]] Status checkUsable(Timestamp now) const;
    [[nodiscard]] Timestamp expires() const { return m_expires; }

    /// Signs a statement with the operator's own key. `kind` is the kind of the row that will carry it; kind, operator
    /// and store become part of the statement. NotSignedIn when locked or expired.
    [[nodiscard]] Result<SignedStatement> signStatement(const QString& kind, const QString& storeUuid,
                                                        QJsonObject statement, Timestamp now) const;
    /// The operator's key under another passphrase. NotSignedIn when locked.
    [[nodiscard]] Result<SealedKey> sealOperatorKey(const Passphrase& passphrase, Cost cost) const;

private:
    class OperatorSigner;

    OperatorId m_operatorId;
    std::unique_ptr<OperatorSigner> m_operatorKey; ///< none once locked
    KeyPair m_sessionKey;
    Timestamp m_issued;
    Timestamp m_expires;
};

/// Who asks for something, with the roles they have now. Made by IdentityService::context() for every command.
struct SecurityContext
{
    OperatorId operatorId;
    QString name;
    QList<Role> roles;
    std::shared_ptr<Session> session;

    [[nodiscard]] bool has(Role role) const { return roles.contains(role); }
    /// As the rules of the model see them.
    [[nodiscard]] Actor actor() const { return {operatorId, roles}; }
};

} // namespace rc
