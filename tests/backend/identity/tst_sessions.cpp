// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/journal/journal_fixture.h"

using namespace rc;
using rc::test::Secret;
using rc::test::Store;

class TestSessions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signingInWritesNothing()
    {
        Store store;
        store.add("olga", {});
        const auto head = Store::must(store.journal().head());
        const auto olga = store.signIn("olga");
        QCOMPARE(olga.operatorId, OperatorId("olga"));
        QCOMPARE(olga.roles, QList<Role>{Role::Administrator});
        QCOMPARE(Store::must(store.journal().head()), head);
    }

    void theCertificateGoesBeforeTheFirstRow()
    {
        Store store;
        const auto who = store.add("olga", {});
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "one");
        store.note(*olga.session, "p", "two");
        const auto certificates = Store::must(store.journal().read("sessions"));
        QCOMPARE(certificates.size(), 1);
        const auto& certificate = certificates.first();
        QCOMPARE(certificate.keyId, who.keyId);
        QCOMPARE(certificate.body["session_key"].toString(), olga.session->keyId());
        QCOMPARE(timeFromJson(certificate.body["expires"]), store.now + std::chrono::hours(12));
        QVERIFY(!certificate.body["host"].toString().isEmpty());
        const auto notes = Store::must(store.journal().read("p"));
        QCOMPARE(notes.first().sequence, certificate.sequence + 1);
        QCOMPARE(notes.first().keyId, olga.session->keyId());
    }

    void aSessionThatTheJournalKnowsIsNotCertifiedAgain()
    {
        Store store;
        store.add("olga", {});
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "one");
        const auto other = Store::must(Journal::open(store.home(), {.clock = [&] { return store.now; }}));
        QVERIFY(other->append({.events = {{"p", "noted", {}}}}, *olga.session));
        QCOMPARE(Store::must(other->read("sessions")).size(), 1);
        QVERIFY(Store::must(other->verify(VerifyFrom::Start)).ok);
    }

    void aWrongPassphraseAndAnUnknownOperatorSayTheSame()
    {
        Store store;
        store.add("olga", {});
        const auto head = Store::must(store.journal().head());
        const auto wrong = store.people().signIn(OperatorId("olga"), Passphrase("not her passphrase")).error();
        const auto unknown = store.people().signIn(OperatorId("eve"), Passphrase(Secret)).error();
        QCOMPARE(wrong.code, ErrorCode::WrongSecret);
        QCOMPARE(unknown, wrong);
        QCOMPARE(Store::must(store.journal().head()), head);
    }

    void aKeyThatIsElsewhereIsSaidToBe()
    {
        Store store;
        store.add("olga", {});
        QVERIFY(QFile::remove(store.home() + "/keys/operators/olga.key"));
        const auto error = store.people().signIn(OperatorId("olga"), Passphrase(Secret)).error();
        QCOMPARE(error.code, ErrorCode::NotFound);
        QVERIFY(error.message.contains("olga.key"));
    }

    void anothersKeyFileOpensNothing()
    {
        Store store;
        store.add("olga", {});
        auto olga = store.signIn("olga");
        store.add("ben", {}, olga);
        const auto keys = store.home() + "/keys/operators/";
        QVERIFY(QFile::remove(keys + "olga.key"));
        QVERIFY(QFile::rename(keys + "ben.key", keys + "olga.key"));
        QCOMPARE(store.people().signIn(OperatorId("olga"), Passphrase(Secret)).error().code,
                 ErrorCode::PermissionDenied);
    }

    void rolesAreThoseOfNow()
    {
        Store store;
        store.add("olga", {});
        auto olga = store.signIn("olga");
        store.add("ben", {Role::Observer}, olga);
        const auto ben = store.signIn("ben");
        QVERIFY(store.people().grant(olga, OperatorId("ben"), {Role::ProtocolLead}));
        QCOMPARE(Store::must(store.people().context(ben.session)).roles,
                 (QList<Role>{Role::Observer, Role::ProtocolLead}));
    }

    void aLockedSessionWritesNothingButOutcomes()
    {
        Store store;
        store.add("olga", {});
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "one");
        olga.session->lock();
        QCOMPARE(store.people().context(olga.session).error().code, ErrorCode::NotSignedIn);
        QCOMPARE(store.journal().append({.events = {{"p", "noted", {}}}}, *olga.session).error().code,
                 ErrorCode::NotSignedIn);
        QVERIFY(store.journal().append({.events = {{"p", "step_succeeded", {}}}}, *olga.session));
        QCOMPARE(olga.session->signStatement("step_approved", store.journal().uuid(), {}, store.now).error().code,
                 ErrorCode::NotSignedIn);
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);
    }

    void anExpiredSessionGivesNoContext()
    {
        Store store;
        store.add("olga", {});
        const auto olga = store.signIn("olga");
        store.now += std::chrono::hours(12);
        QVERIFY(store.people().context(olga.session));
        store.now += Milliseconds(1);
        QCOMPARE(store.people().context(olga.session).error().code, ErrorCode::NotSignedIn);
        QCOMPARE(store.people().context(nullptr).error().code, ErrorCode::NotSignedIn);
    }

    void anApprovalMadeElsewhereIsImportedByAnother()
    {
        Store store;
        store.add("olga", {});
        auto olga = store.signIn("olga");
        store.add("ben", {Role::ProtocolLead}, olga);
        const auto ben = Store::must(store.people().signIn(OperatorId("ben"), Passphrase(Secret)));
        const auto approval = Store::must(
            ben->signStatement("step_approved", store.journal().uuid(),
                               {{"step", "rollback"}, {"attempt", 1}, {"role", "protocol_lead"}}, store.now));
        const auto statement = QJsonDocument::fromJson(approval.statement).object();
        QCOMPARE(statement["operator"].toString(), "ben");
        QCOMPARE(statement["attempt"].toInt(), 1);
        QJsonObject body;
        approval.addTo(body);
        QVERIFY(store.journal().append({.events = {{"p", "step_approved", body}}}, *olga.session));
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);
        QCOMPARE(Store::must(store.journal().read("sessions")).size(), 1); // ben wrote nothing
    }

    void aChangedPassphraseOpensTheSameKey()
    {
        Store store;
        const auto before = store.add("olga", {});
        const auto id = OperatorId("olga");
        const Passphrase next("another long secret");
        QCOMPARE(store.people().changePassphrase(id, Passphrase("wrong one here"), next, Cost::Minimal).error().code,
                 ErrorCode::WrongSecret);
        QCOMPARE(
            store.people().changePassphrase(id, Passphrase(Secret), Passphrase("short"), Cost::Minimal).error().code,
            ErrorCode::InvalidInput);
        QVERIFY(store.people().changePassphrase(id, Passphrase(Secret), next, Cost::Minimal));
        QCOMPARE(store.people().signIn(id, Passphrase(Secret)).error().code, ErrorCode::WrongSecret);
        QVERIFY(store.people().signIn(id, next));
        QCOMPARE(Store::must(store.people().operatorById(id)).keyId, before.keyId);
        QCOMPARE(Store::must(store.journal().read("operators")).last().kind, "passphrase_changed");
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);
    }

    void requireLetsThroughWhoeverHasOneOfTheRoles()
    {
        Store store;
        store.add("olga", {Role::NodeOperator});
        const auto olga = store.signIn("olga");
        QVERIFY(store.people().require(olga, {Role::ProtocolLead, Role::NodeOperator}, "run a step"));
        QVERIFY(store.people().require(olga, {}, "look"));
        const auto denied = store.people().require(olga, {Role::ProtocolLead}, "Running step rollback");
        QCOMPARE(denied.error().code, ErrorCode::PermissionDenied);
        QCOMPARE(denied.error().message, "Running step rollback needs the role protocol_lead; olga does not have it.");
        QCOMPARE(Store::must(store.journal().read("denials")).size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSessions)
#include "tst_sessions.moc"
