// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/identity/passphrase.h"
#include "backend/identity/sealed_key.h"
#include "backend/identity/session.h"
#include "backend/journal/journal.h"
#include "model/people/operator.h"

namespace rc {

/// Whom to add.
struct NewOperator
{
    OperatorId id;
    QString name;
    QList<Role> roles = {};
    Cost cost = Cost::Moderate;
};

/// Who is to have another's roles for a time.
struct NewDeputy
{
    OperatorId deputy;
    OperatorId of;
    QList<Role> roles = {}; ///< empty: all that can be lent
    Timestamp until;
    QString reason;
};

/// Operators, their keys and sessions. What is public lives in the journal; the secret keys lie sealed under the
/// operators' passphrases in HOME/keys/operators/ID.key.
class IdentityService
{
public:
    /// The journal must outlive the service.
    explicit IdentityService(Journal& journal);

    /// What addOperator would say of the id, the name and the passphrase by themselves. InvalidInput.
    [[nodiscard]] static Status checkNew(const NewOperator& who, const Passphrase& passphrase);
    /// Adds an operator. The first one needs no context and also gets the role administrator; afterwards only an
    /// administrator may. InvalidInput (id, name, passphrase too short, exists already), NotSignedIn, PermissionDenied.
    [[nodiscard]] Result<Operator> addOperator(const std::optional<SecurityContext>& by, const NewOperator& who,
                                               const Passphrase& passphrase);
    /// Administrators only. Returns the operator as they are afterwards.
    [[nodiscard]] Result<Operator> grant(const SecurityContext& by, const OperatorId& id, const QList<Role>& roles);
    /// Administrators only; WrongState for the last administrator's role. A role that was had for a time is gone too.
    [[nodiscard]] Result<Operator> revoke(const SecurityContext& by, const OperatorId& id, const QList<Role>& roles);
    /// Administrators only: from now on nothing signed by that operator or their sessions counts, and what they had or
    /// lent for a time is over. WrongState for the last administrator, and for one who is disabled.
    [[nodiscard]] Result<Operator> disable(const SecurityContext& by, const OperatorId& id, const QString& reason);
    /// Administrators only: they may sign in again with the key and the roles they had. Their earlier sessions stay
    /// ended. WrongState for one who is enabled.
    [[nodiscard]] Result<Operator> enable(const SecurityContext& by, const OperatorId& id, const QString& reason);
    /// By the operator whose deputy it is, or an administrator. People says what is refused.
    [[nodiscard]] Result<Operator> nameDeputy(const SecurityContext& by, const NewDeputy& who);
    /// By either of the two or an administrator; ends all that `deputy` has of `of`. WrongState if that is nothing.
    [[nodiscard]] Result<Operator> endDeputy(const SecurityContext& by, const OperatorId& deputy, const OperatorId& of,
                                             const QString& reason);
    /// Takes roles that one does not have, for a time. People says what is refused.
    [[nodiscard]] Result<Operator> breakGlass(const SecurityContext& by, const QList<Role>& roles, Timestamp until,
                                              const QString& reason);
    /// By the operator themselves, an incident commander or an administrator. WrongState if there is nothing to end.
    [[nodiscard]] Result<Operator> endBreakGlass(const SecurityContext& by, const OperatorId& id,
                                                 const QString& reason);
    /// Seals the operator's key under another passphrase; the key stays the same. WrongSecret, NotFound.
    [[nodiscard]] Status changePassphrase(const OperatorId& id, const Passphrase& current, const Passphrase& next,
                                          Cost cost = Cost::Moderate);

    /// By id; of the temporary roles those in force now.
    [[nodiscard]] Result<QList<Operator>> operators();
    /// The same of one. NotFound.
    [[nodiscard]] Result<Operator> operatorById(const OperatorId& id);

    /// Unlocks an operator's key and starts a session; writes nothing. WrongSecret for a wrong passphrase and, in the
    /// same words, for an operator that does not exist (who takes as long as a key of Cost::Moderate, which all keys
    /// but those of drills are); NotFound when the key file is not on this machine; PermissionDenied when disabled.
    /// Takes as long as the passphrase's cost (about half a second): where an event loop must go on, load the key with
    /// sealedKey(), run unseal() on the pool and then openSession().
    [[nodiscard]] Result<std::shared_ptr<Session>> signIn(const OperatorId& id, const Passphrase& passphrase);
    [[nodiscard]] Result<SealedKey> sealedKey(const OperatorId& id);
    [[nodiscard]] Result<std::shared_ptr<Session>> openSession(const OperatorId& id, KeyPair key);

    /// The operator behind a session with the roles in force now. NotSignedIn when it is locked, expired or ended;
    /// PermissionDenied when they are disabled.
    [[nodiscard]] Result<SecurityContext> context(const std::shared_ptr<Session>& session);
    /// Nothing if the context has one of the roles; otherwise records the denial and fails with PermissionDenied.
    [[nodiscard]] Status require(const SecurityContext& context, const QList<Role>& roles, const QString& what);
    /// Records the denial if the error is a PermissionDenied, and passes the error on.
    [[nodiscard]] std::unexpected<Error> refuse(const SecurityContext& context, const Error& error);

private:
    /// Writes `permission_denied` on stream `denials`.
    [[nodiscard]] Status recordDenial(Session& session, const QString& what, const QList<Role>& required);
    [[nodiscard]] Status appendPeople(Session* session, const Append& act);
    /// Writes a row about somebody. A denial by the rules of the journal is recorded.
    [[nodiscard]] Result<Operator> write(const SecurityContext& by, const QString& kind, const QJsonObject& body);
    [[nodiscard]] Result<Operator> change(const SecurityContext& by, const QString& kind, const QJsonObject& body);
    [[nodiscard]] Result<Operator> changeRoles(const SecurityContext& by, const OperatorId& id, const QString& kind,
                                               const QList<Role>& roles);

    Journal& m_journal;
};

} // namespace rc
