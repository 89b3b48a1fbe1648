// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/identity/session.h"

#include "backend/journal/kinds.h"

#include <QCoreApplication>
#include <QSysInfo>

namespace rc {

namespace {

constexpr std::chrono::hours Lifetime{12};

} // namespace

/// The operator's own key: signs certificates and statements.
class Session::OperatorSigner final : public Signer
{
public:
    OperatorSigner(OperatorId operatorId, KeyPair key)
        : m_operatorId(std::move(operatorId))
        , m_key(std::move(key))
    {
    }

    [[nodiscard]] QString keyId() const override { return m_key.id(); }
    [[nodiscard]] OperatorId operatorId() const override { return m_operatorId; }
    [[nodiscard]] QByteArray sign(const QByteArray& bytes) const override { return m_key.sign(bytes); }
    [[nodiscard]] const KeyPair& key() const { return m_key; }

private:
    OperatorId m_operatorId;
    KeyPair m_key;
};

Session::Session(OperatorId operatorId, KeyPair operatorKey, Timestamp now)
    : m_operatorId(std::move(operatorId))
    , m_operatorKey(std::make_unique<OperatorSigner>(m_operatorId, std::move(operatorKey)))
    , m_sessionKey(KeyPair::generate())
    , m_issued(now)
    , m_expires(now + Lifetime)
{
}

Session::~Session() = default;

Status Session::mayWrite(const QString& kind) const
{
    if (isLocked() && !kind::isOutcome(kind)) {
        return fail(ErrorCode::NotSignedIn, QString("%1 is locked; sign in again.").arg(m_operatorId.text()));
    }
    return {};
}

QByteArray Session::sign(const QByteArray& bytes) const
{
    return m_sessionKey.sign(bytes);
}

std::optional<Introduction> Session::introduction()
{
    if (isLocked()) {
        return std::nullopt;
    }
    const QJsonObject certificate{{"session_key", m_sessionKey.id()},
                                  {"operator", m_operatorId.text()},
                                  {"scope", "commands"},
                                  {"issued", toRfc3339(m_issued)},
                                  {"expires", toRfc3339(m_expires)},
                                  {"host", QSysInfo::machineHostName()},
                                  {"pid", QCoreApplication::applicationPid()}};
    return Introduction{{stream::Sessions, kind::SessionCertified, certificate}, m_operatorKey.get()};
}

void Session::lock()
{
    m_operatorKey.reset();
}

Status Session::checkUsable(Timestamp now) const
{
    if (isLocked() || now > m_expires) {
        return fail(ErrorCode::NotSignedIn,
                    QString("The session of %1 is locked or has expired; sign in again.").arg(m_operatorId.text()));
    }
    return {};
}

Result<SignedStatement> Session::signStatement(const QString& kind, const QString& storeUuid, QJsonObject statement,
                                               Timestamp now) const
{
    if (const auto usable = checkUsable(now); !usable) {
        return std::unexpected(usable.error());
    }
    statement["kind"] = kind;
    statement["store"] = storeUuid;
    statement["operator"] = m_operatorId.text();
    return makeStatement(m_operatorKey->key(), statement);
}

Result<SealedKey> Session::sealOperatorKey(const Passphrase& passphrase, Cost cost) const
{
    if (isLocked()) {
        return fail(ErrorCode::NotSignedIn, QString("%1 is locked; sign in again.").arg(m_operatorId.text()));
    }
    return SealedKey::seal(m_operatorKey->key(), passphrase, cost);
}

} // namespace rc
