// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/key_ring.h"

#include "backend/journal/key_pair.h"
#include "backend/journal/kinds.h"
#include "backend/journal/rows.h"
#include "backend/journal/statement_rules.h"

namespace rc {

namespace {

/// The stream that a kind with rules of its own must be on; empty for all other kinds.
QLatin1StringView homeStream(const QString& kind)
{
    if (kind == kind::StoreCreated) {
        return stream::Store;
    }
    if (kind == kind::SessionCertified) {
        return stream::Sessions;
    }
    static constexpr auto people = std::to_array(
        {kind::OperatorAdded, kind::RolesGranted, kind::RolesRevoked, kind::OperatorDisabled, kind::OperatorEnabled,
         kind::DeputyNamed, kind::DeputyEnded, kind::BreakGlassTaken, kind::BreakGlassEnded, kind::PassphraseChanged});
    return kind::isOneOf(people, kind) ? stream::Operators : QLatin1StringView();
}

std::unexpected<Error> denied(const QString& reason)
{
    return fail(ErrorCode::PermissionDenied, reason);
}

} // namespace

Status KeyRing::check(const Record& record) const
{
    if (record.sequence == 1) {
        return checkFirst(record);
    }
    const auto home = homeStream(record.kind);
    if (!home.isEmpty() && record.stream != home) {
        return denied(QString("A row of kind %1 belongs on the stream %2.").arg(record.kind, QString(home)));
    }
    if (record.kind == kind::StoreCreated) {
        return denied("The store was created a second time.");
    }
    if (record.keyId == m_deviceKey) {
        return checkDevice(record);
    }
    if (const auto session = m_sessions.find(record.keyId); session != m_sessions.end()) {
        return checkSession(record, *session);
    }
    if (const auto* owner = m_people.ownerOf(record.keyId)) {
        return checkCertificate(record, *owner);
    }
    return denied("It is signed by a key that this store does not know.");
}

Status KeyRing::checkFirst(const Record& record) const
{
    const bool sound = record.kind == kind::StoreCreated && record.stream == stream::Store &&
                       record.operatorId.isEmpty() && isKeyId(record.keyId) &&
                       record.body["device_key"].toString() == record.keyId &&
                       !record.body["store"].toString().isEmpty() && record.body["format"].toInt() == 1;
    return sound ? Status() : denied("The first row does not found a store of a known format.");
}

Status KeyRing::checkDevice(const Record& record) const
{
    if (!record.operatorId.isEmpty()) {
        return denied("It is signed by the device but names an operator.");
    }
    if (!kind::isForDevice(record.kind)) {
        return denied(QString("The device key may not write %1; an operator has to sign in.").arg(record.kind));
    }
    if (record.kind != kind::OperatorAdded) {
        return {};
    }
    if (!operators().isEmpty()) {
        return denied("Only the first operator can be added without an administrator.");
    }
    if (!enumsFromJson<Role>(record.body["roles"]).contains(Role::Administrator)) {
        return denied("The first operator must be an administrator.");
    }
    return checkNewOperator(record);
}

Status KeyRing::checkCertificate(const Record& record, const Operator& owner) const
{
    if (!owner.enabled) {
        return denied(QString("The operator %1 is disabled.").arg(owner.id.text()));
    }
    if (record.operatorId != owner.id || record.kind != kind::SessionCertified) {
        return denied(QString("The key of operator %1 signs nothing but certificates of that operator's sessions.")
                          .arg(owner.id.text()));
    }
    const auto key = record.body["session_key"].toString();
    const bool fresh =
        isKeyId(key) && key != m_deviceKey && !m_sessions.contains(key) && m_people.ownerOf(key) == nullptr;
    if (!fresh || record.body["operator"].toString() != owner.id.text() || !timeFromJson(record.body["expires"])) {
        return denied("The certificate of a session is malformed, or for a key that is in use already.");
    }
    return {};
}

Status KeyRing::checkSession(const Record& record, const Certificate& certificate) const
{
    const auto owner = operators().find(certificate.operatorId);
    if (owner == operators().end() || !owner->enabled) {
        return denied(QString("The operator %1 is disabled.").arg(certificate.operatorId.text()));
    }
    if (certificate.ended) {
        return fail(ErrorCode::NotSignedIn,
                    QString("The session of %1 ended when they were disabled; sign in again.").arg(owner->id.text()));
    }
    if (record.operatorId != owner->id) {
        return denied(QString("It names operator %1 but is signed by a session of %2.")
                          .arg(record.operatorId.text(), owner->id.text()));
    }
    if (record.time > certificate.expires && !kind::isOutcome(record.kind)) {
        return fail(ErrorCode::NotSignedIn,
                    QString("The session of %1 expired at %2.").arg(owner->id.text(), toRfc3339(certificate.expires)));
    }
    if (record.kind == kind::SessionCertified) {
        return denied("A session cannot certify another session.");
    }
    if (record.kind == kind::PassphraseChanged) {
        return subjectOf(record) == owner->id ? Status() : denied("A passphrase is changed by its owner only.");
    }
    if (homeStream(record.kind) == stream::Operators) {
        const auto allowed = m_people.check(record);
        return allowed && record.kind == kind::OperatorAdded ? checkNewOperator(record) : allowed;
    }
    return kind::carriesStatement(record.kind) ? checkStatement(record) : Status();
}

Status KeyRing::checkNewOperator(const Record& record) const
{
    const auto id = subjectOf(record);
    const auto key = record.body["public_key"].toString();
    if (!isOperatorId(id.text()) || !isKeyId(key)) {
        return fail(ErrorCode::InvalidInput, QString("\"%1\" cannot be an operator.").arg(id.text()));
    }
    if (operators().contains(id)) {
        return fail(ErrorCode::InvalidInput, QString("There is an operator %1 already.").arg(id.text()));
    }
    if (key == m_deviceKey || m_sessions.contains(key) || m_people.ownerOf(key) != nullptr) {
        return denied("The key of a new operator is in use already.");
    }
    return {};
}

Status KeyRing::checkStatement(const Record& record) const
{
    const auto signedStatement = SignedStatement::fromBody(record.body);
    if (!signedStatement) {
        return std::unexpected(signedStatement.error());
    }
    const auto* owner = m_people.ownerOf(signedStatement->keyId);
    if (owner == nullptr || !owner->enabled) {
        return denied("The statement in it is signed by a key that belongs to no enabled operator.");
    }
    return checkStated(record, *signedStatement, *owner, m_storeUuid);
}

void KeyRing::apply(const Record& record)
{
    m_people.apply(record);
    if (record.kind == kind::StoreCreated) {
        m_storeUuid = record.body["store"].toString();
        m_deviceKey = record.keyId;
    } else if (record.kind == kind::SessionCertified) {
        const auto expires = timeFromJson(record.body["expires"]).value_or(Timestamp());
        m_sessions.insert(record.body["session_key"].toString(), {record.operatorId, expires});
    } else if (record.kind == kind::OperatorDisabled) {
        endSessionsOf(subjectOf(record));
    }
}

void KeyRing::endSessionsOf(const OperatorId& id)
{
    for (auto& session : m_sessions) {
        session.ended = session.ended || session.operatorId == id;
    }
}

Result<KeyRing> keysAsOf(Sql& sql, qint64 sequence)
{
    KeyRing ring;
    const auto read = eachRow(sql,
                              "WHERE stream IN ('store', 'operators', 'sessions') AND sequence > 0 AND sequence <= ? "
                              "ORDER BY sequence",
                              {sequence}, [&](Record&& record) {
                                  ring.apply(withBody(std::move(record)));
                                  return Status();
                              });
    if (!read) {
        return std::unexpected(read.error());
    }
    const auto pending = ring.m_people.pending();
    for (const auto& [record, until] : pending) {
        const auto over = sql.first("SELECT EXISTS(SELECT 1 FROM journal WHERE sequence > ? AND sequence <= ? AND "
                                    "time >= ?)",
                                    {record, sequence, qint64(until.time_since_epoch().count())});
        if (!over) {
            return std::unexpected(over.error());
        }
        if (over->first().toBool()) {
            ring.m_people.end(record);
        }
    }
    return ring;
}

} // namespace rc
