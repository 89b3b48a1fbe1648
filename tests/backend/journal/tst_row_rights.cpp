// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that are well chained and signed, by a key that may not write them.
#include "tests/backend/journal/forgery.h"

using namespace rc;
using namespace rc::test;

class TestRowRights : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRowByAnUnknownKeyIsFound()
    {
        Store store;
        fill(store);
        forge(store, Forger(OperatorId("olga"), KeyPair::generate()), "length/3", "noted", {});
        expectBad(store, Records + 1, "does not know");
    }

    void aForgedSignatureIsFound()
    {
        Store store;
        fill(store);
        const auto device = Store::must(DeviceSigner::load(store.home()));
        forge(store, *device, "crashes", "incident_proposed", {});
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);
        QVERIFY(store.journal().sql().run("UPDATE journal SET signature = zeroblob(64) WHERE sequence = 9"));
        expectBad(store, 9, "signature is wrong");
    }

    void theDeviceCannotSpeakForAnOperator()
    {
        Store store;
        fill(store);
        const auto device = Store::must(DeviceSigner::load(store.home()));
        forge(store, *device, "plan/1", "plan_declared", {});
        expectBad(store, Records + 1, "device key may not");
    }

    void theDeviceCannotAddASecondOperator()
    {
        Store store;
        fill(store);
        const auto device = Store::must(DeviceSigner::load(store.home()));
        const QJsonObject body{{"id", "eve"},
                               {"name", "Eve"},
                               {"roles", QJsonArray{"administrator"}},
                               {"public_key", KeyPair::generate().id()}};
        forge(store, *device, "operators", "operator_added", body);
        expectBad(store, Records + 1, "first operator");
    }

    void aSessionCannotWriteInAnothersName()
    {
        Store store;
        const auto key = KeyPair::generate();
        fill(store);
        auto olga = store.signIn("olga");
        store.add("ben", {}, olga);
        forge(store, *olga.session, "p", "noted", {});
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);

        class Liar final : public Signer
        {
        public:
            explicit Liar(Session& session)
                : m_session(session)
            {
            }
            [[nodiscard]] QString keyId() const override { return m_session.keyId(); }
            [[nodiscard]] OperatorId operatorId() const override { return OperatorId("ben"); }
            [[nodiscard]] QByteArray sign(const QByteArray& bytes) const override { return m_session.sign(bytes); }

        private:
            Session& m_session;
        };
        const auto bad = Store::must(store.journal().head()).sequence + 1;
        forge(store, Liar(*olga.session), "p", "noted", {});
        expectBad(store, bad, "signed by a session of olga");
    }

    void aRowAfterTheSessionExpiredIsFoundUnlessItIsAnOutcome()
    {
        Store store;
        fill(store);
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "early");
        store.now += std::chrono::hours(13);
        forge(store, *olga.session, "p", "step_succeeded", {});
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);
        const auto bad = Store::must(store.journal().head()).sequence + 1;
        forge(store, *olga.session, "p", "step_started", {});
        expectBad(store, bad, "expired");
    }

    void aRowByADisabledOperatorIsFound()
    {
        Store store;
        fill(store);
        auto olga = store.signIn("olga");
        store.add("ben", {}, olga);
        auto ben = store.signIn("ben");
        store.note(*ben.session, "p", "early");
        QVERIFY(store.people().disable(olga, OperatorId("ben"), "has left"));
        const auto bad = Store::must(store.journal().head()).sequence + 1;
        forge(store, *ben.session, "p", "noted", {});
        expectBad(store, bad, "disabled");
    }

    void rolesGivenByOneWhoIsNoAdministratorAreFound()
    {
        Store store;
        fill(store);
        auto olga = store.signIn("olga");
        store.add("ben", {Role::Observer}, olga);
        auto ben = store.signIn("ben");
        store.note(*ben.session, "p", "early");
        const auto bad = Store::must(store.journal().head()).sequence + 1;
        forge(store, *ben.session, "operators", "roles_granted",
              {{"id", "ben"}, {"roles", QJsonArray{"administrator"}}});
        expectBad(store, bad, "not an administrator");
    }

    void approvalsNeedAPersonsOwnSignature_data()
    {
        QTest::addColumn<QString>("damage");
        QTest::addColumn<QString>("words");
        QTest::newRow("sound") << "none" << "";
        QTest::newRow("missing") << "missing" << "no statement";
        QTest::newRow("altered") << "altered" << "signature of the statement";
        QTest::newRow("session key") << "session" << "belongs to no enabled operator";
        QTest::newRow("another kind") << "kind" << "another kind of row";
        QTest::newRow("another step") << "body" << "Its step is not what";
        QTest::newRow("more than was signed") << "more" << "Its attempt is not what";
        QTest::newRow("another's role") << "role" << "has not the role";
        QTest::newRow("no role") << "no role" << "has not the role";
    }
    void approvalsNeedAPersonsOwnSignature()
    {
        QFETCH(const QString, damage);
        QFETCH(const QString, words);
        Store store;
        fill(store);
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "early");
        const QString kind = damage == "kind" ? "plan_declared" : "step_approved";
        QJsonObject said{{"step", "rollback"}, {"role", "protocol_lead"}};
        if (damage == "role") {
            said["role"] = "security_analyst";
        } else if (damage == "no role") {
            said.remove("role");
        }
        const auto statement = Store::must(olga.session->signStatement(kind, store.journal().uuid(), said, store.now));
        QJsonObject body{{"step", damage == "body" ? QString("restart") : QString("rollback")}};
        if (damage == "more") {
            body["attempt"] = 2;
        }
        if (damage != "missing") {
            statement.addTo(body);
        }
        if (damage == "altered") {
            body["statement"] = body["statement"].toString().replace("rollback", "rollback2");
        }
        if (damage == "session") {
            body["statement_key"] = olga.session->keyId();
        }
        const auto appended = store.journal().append({.events = {{"p", "step_approved", body}}}, *olga.session);
        QCOMPARE(appended.has_value(), damage == "none");
        if (damage == "none") {
            QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);
            return;
        }
        const auto bad = Store::must(store.journal().head()).sequence + 1;
        forge(store, *olga.session, "p", "step_approved", body);
        expectBad(store, bad, words);
    }

    /// An observer writes a mark of their own around a statement that an analyst once signed.
    void aTrustMarkSaysWhatWasSigned_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("words");
        QTest::newRow("as signed") << "version" << QJsonValue(1) << "";
        QTest::newRow("another version") << "version" << QJsonValue(7) << "Its version is not what";
        QTest::newRow("another system") << "system" << QJsonValue("validator-3") << "Its system is not what";
        QTest::newRow("another hash") << "hash" << QJsonValue("bb") << "Its hash is not what";
        QTest::newRow("roles the analyst has not")
            << "roles" << QJsonValue(QJsonArray{"administrator"}) << "has not the role";
    }
    void aTrustMarkSaysWhatWasSigned()
    {
        QFETCH(const QString, member);
        QFETCH(const QJsonValue, value);
        QFETCH(const QString, words);
        Store store;
        fill(store);
        auto olga = store.signIn("olga");
        store.add("ana", {Role::SecurityAnalyst}, olga);
        store.add("ben", {Role::Observer}, olga);
        auto ana = store.signIn("ana");
        auto ben = store.signIn("ben");
        store.note(*ben.session, "p", "early");
        QJsonObject body{{"system", "node"}, {"version", 1}, {"hash", "aa"}};
        const auto statement =
            Store::must(ana.session->signStatement("configuration_trusted", store.journal().uuid(), body, store.now));
        body["roles"] = QJsonArray{"security_analyst"};
        statement.addTo(body);
        body[member] = value;
        const Append act{.events = {{"configuration:node", "configuration_trusted", body}}};
        QCOMPARE(store.journal().append(act, *ben.session).has_value(), words.isEmpty());
        if (!words.isEmpty()) {
            const auto bad = Store::must(store.journal().head()).sequence + 1;
            forge(store, *ben.session, "configuration:node", "configuration_trusted", body);
            expectBad(store, bad, words);
        }
    }

    void whoHasLostTheRoleStatesNothingMore()
    {
        Store store;
        fill(store);
        auto olga = store.signIn("olga");
        store.add("ana", {Role::SecurityAnalyst, Role::Observer}, olga);
        auto ana = store.signIn("ana");
        for (const auto& kind : QStringList{"configuration_trusted", "procedure_reviewed"}) {
            QVERIFY(store.people().grant(olga, OperatorId("ana"), {Role::SecurityAnalyst}));
            QJsonObject body{{"hash", "aa"}};
            Store::must(ana.session->signStatement(kind, store.journal().uuid(), body, store.now)).addTo(body);
            QVERIFY(store.journal().append({.events = {{"s", kind, body}}}, *ana.session));
            QVERIFY(store.people().revoke(olga, OperatorId("ana"), {Role::SecurityAnalyst}));
            const auto refused = store.journal().append({.events = {{"s", kind, body}}}, *ana.session);
            QCOMPARE(refused.error().code, ErrorCode::PermissionDenied);
        }
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);
    }

    void whatTheRulesForbidIsRefusedAlreadyOnAppending()
    {
        Store store;
        fill(store);
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "early");
        auto device = Store::must(DeviceSigner::load(store.home()));
        QCOMPARE(store.journal().append({.events = {{"p", "plan_started", {}}}}, *device).error().code,
                 ErrorCode::PermissionDenied);
        Forger stranger(OperatorId("olga"), KeyPair::generate());
        QCOMPARE(store.journal().append({.events = {{"p", "noted", {}}}}, stranger).error().code,
                 ErrorCode::PermissionDenied);
        store.now += std::chrono::hours(13);
        QCOMPARE(store.journal().append({.events = {{"p", "noted", {}}}}, *olga.session).error().code,
                 ErrorCode::NotSignedIn);
        for (const auto& outcome : QStringList{"step_failed", "step_succeeded", "step_undone", "step_undo_failed"}) {
            QVERIFY2(store.journal().append({.events = {{"p", outcome, {}}}}, *olga.session), qPrintable(outcome));
        }
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);
    }
};

QTEST_GUILESS_MAIN(TestRowRights)
#include "tst_row_rights.moc"
