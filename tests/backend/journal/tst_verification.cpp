// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/copy.h"
#include "backend/journal/kinds.h"
#include "backend/journal/rows.h"
#include "tests/backend/journal/journal_fixture.h"

using namespace rc;
using rc::test::Store;
using rc::test::tamper;

/// A signer that writes what it is told to, with whatever key: what a forger has.
class Forger final : public Signer
{
public:
    Forger(OperatorId operatorId, KeyPair key)
        : m_operatorId(std::move(operatorId))
        , m_key(std::move(key))
    {
    }
    [[nodiscard]] QString keyId() const override { return m_key.id(); }
    [[nodiscard]] OperatorId operatorId() const override { return m_operatorId; }
    [[nodiscard]] QByteArray sign(const QByteArray& bytes) const override { return m_key.sign(bytes); }

private:
    OperatorId m_operatorId;
    KeyPair m_key;
};

class TestVerification : public QObject
{
    Q_OBJECT

private:
    static constexpr qint64 Records = 8;

    /// Founding, olga, her certificate, five notes on two streams.
    static void fill(Store& store)
    {
        store.add("olga", {Role::ProtocolLead});
        auto olga = store.signIn("olga");
        for (const auto& text : QStringList{"one", "two", "three", "four", "five"}) {
            store.note(*olga.session, QString("length/%1").arg(text.size()), text);
        }
    }

    /// Writes a row as a forger with the file in hand would: chained, hashed and signed, but past all rules.
    static void forge(Store& store, const Signer& signer, const QString& stream, const QString& kind,
                      const QJsonObject& body)
    {
        const auto head = Store::must(store.journal().head());
        Record record{.sequence = head.sequence + 1,
                      .stream = stream,
                      .revision = Store::must(store.journal().revision(stream)) + 1,
                      .time = store.now,
                      .operatorId = signer.operatorId(),
                      .kind = kind,
                      .body = body,
                      .bodyBytes = canonicalJson(body),
                      .previousHash = head.hash,
                      .hash = {},
                      .keyId = signer.keyId(),
                      .signature = {}};
        record.hash = rowHash(record);
        record.signature = signer.sign(signedBytes(record.hash));
        QVERIFY(insertRow(store.journal().sql(), record));
    }

    static void expectBad(Store& store, qint64 sequence, const QString& words)
    {
        const auto found = Store::must(store.journal().verify(VerifyFrom::Start));
        QVERIFY(!found.ok);
        QCOMPARE(found.firstBad, sequence);
        QVERIFY2(found.reason.contains(words), qPrintable(found.reason));
    }

private Q_SLOTS:
    void aSoundJournalIsSound()
    {
        Store store;
        fill(store);
        const auto found = Store::must(store.journal().verify(VerifyFrom::Start));
        QVERIFY2(found.ok, qPrintable(found.reason));
        QCOMPARE(found.records, Records);
        QCOMPARE(found.head, Store::must(store.journal().head()));
        QVERIFY(!found.firstBad);
    }

    void everyColumnOfEveryRowIsProtected()
    {
        Store store;
        fill(store);
        const auto original = store.home() + "/original.db";
        QVERIFY(copyStore(store.journal().sql(), original));
        QTemporaryDir folder;
        const QHash<QString, QString> changes{
            {"stream", "stream || 'x'"},
            {"revision", "revision + 100"},
            {"time", "time + 1"},
            {"operator", "operator || 'x'"},
            {"kind", "kind || 'x'"},
            {"body", "CAST(replace(CAST(body AS TEXT), '}', ',\"z\":1}') AS BLOB)"},
            {"key_id", "replace(hex(randomblob(32)), 'X', '')"},
            {"previous_hash", "randomblob(32)"},
            {"hash", "randomblob(32)"},
            {"signature", "randomblob(64)"},
        };
        for (auto change = changes.begin(); change != changes.end(); ++change) {
            for (qint64 sequence = 1; sequence <= Records; ++sequence) {
                const auto copy = folder.filePath(QString("%1-%2.db").arg(change.key()).arg(sequence));
                QVERIFY(QFile::copy(original, copy));
                tamper(copy, QString("UPDATE journal SET %1 = %2 WHERE sequence = ?").arg(change.key(), change.value()),
                       {sequence});
                const auto found = Store::must(verifyStoreFile(copy));
                const auto what = QString("%1 of record %2").arg(change.key()).arg(sequence);
                QVERIFY2(!found.ok, qPrintable(what));
                QVERIFY2(found.firstBad == sequence, qPrintable(what + ": " + found.reason));
            }
        }
    }

    void aRowTakenFromTheMiddleIsMissed()
    {
        Store store;
        fill(store);
        QVERIFY(store.journal().sql().run("DELETE FROM journal WHERE sequence = 5"));
        expectBad(store, 5, "Record 5 is missing");
    }

    void removalWithRenumberingIsFound()
    {
        Store store;
        fill(store);
        QVERIFY(store.journal().sql().run("DELETE FROM journal WHERE sequence = 5"));
        for (qint64 sequence = 6; sequence <= Records; ++sequence) {
            QVERIFY(
                store.journal().sql().run("UPDATE journal SET sequence = sequence - 1 WHERE sequence = ?", {sequence}));
        }
        expectBad(store, 5, "does not follow");
    }

    void swappedRowsAreFound()
    {
        Store store;
        fill(store);
        auto& sql = store.journal().sql();
        QVERIFY(sql.run("UPDATE journal SET sequence = 99 WHERE sequence = 5"));
        QVERIFY(sql.run("UPDATE journal SET sequence = 5 WHERE sequence = 6"));
        QVERIFY(sql.run("UPDATE journal SET sequence = 6 WHERE sequence = 99"));
        expectBad(store, 5, "does not follow");
    }

    void aCutTailIsFoundByTheCheckpoint()
    {
        Store store;
        fill(store);
        QVERIFY(store.journal().sql().run("DELETE FROM journal WHERE sequence > 6"));
        expectBad(store, 7, "tail was cut");
    }

    void aCutTailWithItsCheckpointIsFoundOnlyByAHeadKeptElsewhere()
    {
        Store store;
        fill(store);
        const auto kept = Store::must(store.journal().head());
        auto& sql = store.journal().sql();
        QVERIFY(sql.run("DELETE FROM journal WHERE sequence > 6"));
        QVERIFY(sql.run("UPDATE progress SET sequence = 6, hash = (SELECT hash FROM journal WHERE sequence = 6) "
                        "WHERE name = 'checkpoint'"));
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok); // the documented limit
        const auto found = Store::must(store.journal().verify(VerifyFrom::Start, kept));
        QVERIFY(!found.ok);
        QCOMPARE(found.firstBad, 7);
    }

    void anotherHeadThanTheOneKeptElsewhereIsFound()
    {
        Store store;
        fill(store);
        const auto found = Store::must(store.journal().verify(VerifyFrom::Start, Head{4, QByteArray(32, 'x')}));
        QVERIFY(!found.ok);
        QCOMPARE(found.firstBad, 4);
        QVERIFY(store.journal().soundness().ok); // a wrong note elsewhere does not condemn the store
    }

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
        forge(store, *device, "crashes", "crash_found", {});
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
        QVERIFY(store.people().disable(olga, OperatorId("ben")));
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
        const auto statement =
            Store::must(olga.session->signStatement(kind, store.journal().uuid(), {{"step", "rollback"}}, store.now));
        QJsonObject body{{"step", "rollback"}};
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

    void openingVerifiesWhatIsNewAndThenWritesNothingMore()
    {
        Store store;
        fill(store);
        forge(store, Forger(OperatorId("olga"), KeyPair::generate()), "length/3", "noted", {});
        store.open(OpenMode::ReadWrite);
        QVERIFY(!store.journal().soundness().ok);
        QCOMPARE(store.journal().soundness().firstBad, Records + 1);
        QCOMPARE(store.journal().soundness().records, 1);
        auto device = Store::must(DeviceSigner::load(store.home()));
        const auto refused = store.journal().append({.events = {{"c", "crash_found", {}}}}, *device);
        QCOMPARE(refused.error().code, ErrorCode::VerificationFailed);
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
        QVERIFY(store.journal().append({.events = {{"p", "step_failed", {}}}}, *olga.session));
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);
    }
};

QTEST_GUILESS_MAIN(TestVerification)
#include "tst_verification.moc"
