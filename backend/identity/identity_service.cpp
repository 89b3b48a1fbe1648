// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/identity/identity_service.h"

#include "backend/journal/device_signer.h"
#include "backend/journal/kinds.h"
#include "backend/platform/files.h"

#include <QFile>

#include <algorithm>

namespace rc {

namespace {

QString keyFile(const QString& home, const OperatorId& id)
{
    return QString("%1/keys/operators/%2.key").arg(home, id.text());
}

Status writeKeyFile(const QString& home, const OperatorId& id, const SealedKey& key)
{
    for (const auto* folder : {"/keys", "/keys/operators"}) {
        if (const auto made = ensurePrivateDirectory(home + QLatin1StringView(folder)); !made) {
            return made;
        }
    }
    const auto text = QJsonDocument(key.toJson()).toJson();
    return writeFileAtomically(keyFile(home, id), text);
}

} // namespace

Status IdentityService::checkNew(const NewOperator& who, const Passphrase& passphrase)
{
    if (!isOperatorId(who.id.text())) {
        return fail(ErrorCode::InvalidInput,
                    QString("\"%1\" cannot be an operator's id; expected a lower-case letter, then at most 31 of "
                            "a-z, 0-9, \".\", \"_\" and \"-\".")
                        .arg(who.id.text()));
    }
    if (who.name.trimmed().isEmpty()) {
        return fail(ErrorCode::InvalidInput, "An operator needs a name.");
    }
    return passphrase.checkNew();
}

IdentityService::IdentityService(Journal& journal)
    : m_journal(journal)
{
}

Result<Operator> IdentityService::addOperator(const std::optional<SecurityContext>& by, const NewOperator& who,
                                              const Passphrase& passphrase)
{
    const auto ring = m_journal.keyRing();
    if (!ring) {
        return std::unexpected(ring.error());
    }
    const bool first = ring->operators().isEmpty();
    if (!first && !by) {
        return fail(ErrorCode::NotSignedIn, "Sign in as an administrator to add an operator.");
    }
    auto allowed = checkNew(who, passphrase);
    if (allowed && ring->operators().contains(who.id)) {
        allowed = fail(ErrorCode::InvalidInput, QString("There is an operator %1 already.").arg(who.id.text()));
    }
    if (allowed && !first) {
        allowed = require(*by, {Role::Administrator}, QString("Adding operator %1").arg(who.id.text()));
    }
    if (!allowed) {
        return std::unexpected(allowed.error());
    }
    auto roles = who.roles;
    if (first && !roles.contains(Role::Administrator)) {
        roles.append(Role::Administrator);
    }
    const auto key = KeyPair::generate();
    const auto sealedKey = SealedKey::seal(key, passphrase, who.cost);
    if (!sealedKey) {
        return std::unexpected(sealedKey.error());
    }
    const QJsonObject body{
        {"id", who.id.text()}, {"name", who.name.trimmed()}, {"roles", toJson(roles)}, {"public_key", key.id()}};
    const Append act{.events = {{stream::Operators, kind::OperatorAdded, body}},
                     .beforeCommit = [&] { return writeKeyFile(m_journal.home(), who.id, *sealedKey); },
                     .undo = [&] { QFile::remove(keyFile(m_journal.home(), who.id)); }};
    if (const auto written = appendPeople(first ? nullptr : by->session.get(), act); !written) {
        return std::unexpected(written.error());
    }
    return operatorById(who.id);
}

/// One row on the stream `operators`, signed by the device when there is no session. What was checked before is checked
/// again under the write lock (KeyRing), so two administrators cannot take each other's role away at the same time.
Status IdentityService::appendPeople(Session* session, const Append& act)
{
    if (session != nullptr) {
        const auto written = m_journal.append(act, *session);
        return written ? Status() : std::unexpected(written.error());
    }
    auto device = DeviceSigner::load(m_journal.home());
    if (!device) {
        return std::unexpected(device.error());
    }
    const auto written = m_journal.append(act, **device);
    return written ? Status() : std::unexpected(written.error());
}

Status IdentityService::changePassphrase(const OperatorId& id, const Passphrase& current, const Passphrase& next,
                                         Cost cost)
{
    if (const auto longEnough = next.checkNew(); !longEnough) {
        return longEnough;
    }
    auto session = signIn(id, current);
    if (!session) {
        return std::unexpected(session.error());
    }
    const auto sealedKey = (*session)->sealOperatorKey(next, cost);
    if (!sealedKey) {
        return std::unexpected(sealedKey.error());
    }
    const NewEvent changed{stream::Operators, kind::PassphraseChanged, {{"id", id.text()}}};
    if (const auto written = appendPeople(session->get(), {.events = {changed}}); !written) {
        return written;
    }
    // Last, so that whoever is told of a failure still has the passphrase they know.
    return writeKeyFile(m_journal.home(), id, *sealedKey);
}

Result<QList<Operator>> IdentityService::operators()
{
    const auto ring = m_journal.keyRing();
    if (!ring) {
        return std::unexpected(ring.error());
    }
    auto all = ring->operators().values();
    for (auto& one : all) {
        one.temporary = one.temporaryAt(m_journal.now());
    }
    std::ranges::sort(all, {}, &Operator::id);
    return all;
}

Result<Operator> IdentityService::operatorById(const OperatorId& id)
{
    const auto ring = m_journal.keyRing();
    if (!ring) {
        return std::unexpected(ring.error());
    }
    const auto found = ring->operators().find(id);
    if (found == ring->operators().end()) {
        return fail(ErrorCode::NotFound, QString("There is no operator %1.").arg(id.text()));
    }
    auto known = *found;
    known.temporary = known.temporaryAt(m_journal.now());
    return known;
}

Result<SealedKey> IdentityService::sealedKey(const OperatorId& id)
{
    const auto known = operatorById(id);
    if (!known && known.error().code == ErrorCode::NotFound) {
        return SealedKey::decoy(Cost::Moderate);
    }
    if (!known) {
        return std::unexpected(known.error());
    }
    const auto path = keyFile(m_journal.home(), id);
    const auto text = readFile(path);
    if (!text && text.error().code == ErrorCode::NotFound) {
        return fail(ErrorCode::NotFound,
                    QString("The key of operator %1 is not on this machine (%2).").arg(id.text(), path));
    }
    if (!text) {
        return std::unexpected(text.error());
    }
    return SealedKey::fromJson(QJsonDocument::fromJson(*text).object());
}

Result<std::shared_ptr<Session>> IdentityService::signIn(const OperatorId& id, const Passphrase& passphrase)
{
    const auto sealedKey = this->sealedKey(id);
    if (!sealedKey) {
        return std::unexpected(sealedKey.error());
    }
    auto key = sealedKey->unseal(passphrase);
    if (!key) {
        return std::unexpected(key.error());
    }
    return openSession(id, std::move(*key));
}

Result<std::shared_ptr<Session>> IdentityService::openSession(const OperatorId& id, KeyPair key)
{
    const auto who = operatorById(id);
    if (!who) {
        return std::unexpected(who.error());
    }
    if (who->keyId != key.id()) {
        return fail(ErrorCode::PermissionDenied,
                    QString("The key file is not that of operator %1 in this store.").arg(id.text()));
    }
    if (!who->enabled) {
        return fail(ErrorCode::PermissionDenied, QString("The operator %1 is disabled.").arg(id.text()));
    }
    return std::make_shared<Session>(id, std::move(key), m_journal.now());
}

Result<SecurityContext> IdentityService::context(const std::shared_ptr<Session>& session)
{
    if (session == nullptr) {
        return fail(ErrorCode::NotSignedIn, "Nobody is signed in.");
    }
    if (const auto usable = session->checkUsable(m_journal.now()); !usable) {
        return std::unexpected(usable.error());
    }
    const auto ring = m_journal.keyRing();
    if (!ring) {
        return std::unexpected(ring.error());
    }
    const auto who = ring->operators().value(session->operatorId());
    if (who.id.isEmpty()) {
        return fail(ErrorCode::NotFound, QString("There is no operator %1.").arg(session->operatorId().text()));
    }
    if (!who.enabled) {
        return fail(ErrorCode::PermissionDenied, QString("The operator %1 is disabled.").arg(who.id.text()));
    }
    if (ring->hasEnded(session->keyId())) {
        return fail(ErrorCode::NotSignedIn,
                    QString("The session of %1 ended when they were disabled; sign in again.").arg(who.id.text()));
    }
    return SecurityContext{
        .operatorId = who.id, .name = who.name, .roles = who.rolesAt(m_journal.now()), .session = session};
}

Status IdentityService::require(const SecurityContext& context, const QList<Role>& roles, const QString& what)
{
    if (context.actor().hasOneOf(roles)) {
        return {};
    }
    QStringList names;
    for (const auto role : roles) {
        names.append(idOf(role));
    }
    const auto recorded = recordDenial(*context.session, what, roles);
    if (!recorded) {
        return recorded;
    }
    return fail(
        ErrorCode::PermissionDenied,
        QString("%1 needs the role %2; %3 does not have it.").arg(what, names.join(" or "), context.operatorId.text()),
        {{"required_roles", toJson(roles)}});
}

std::unexpected<Error> IdentityService::refuse(const SecurityContext& context, const Error& error)
{
    if (error.code == ErrorCode::PermissionDenied && context.session) {
        const auto roles = enumsFromJson<Role>(error.details["required_roles"]);
        if (const auto recorded = recordDenial(*context.session, error.message, roles); !recorded) {
            return std::unexpected(recorded.error());
        }
    }
    return std::unexpected(error);
}

Status IdentityService::recordDenial(Session& session, const QString& what, const QList<Role>& required)
{
    const QJsonObject body{{"what", what}, {"required_roles", toJson(required)}};
    const auto written = m_journal.append({.events = {{stream::Denials, kind::PermissionDenied, body}}}, session);
    return written ? Status() : std::unexpected(written.error());
}

} // namespace rc
