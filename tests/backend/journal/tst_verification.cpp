// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/copy.h"
#include "tests/backend/journal/forgery.h"

using namespace rc;
using namespace rc::test;

class TestVerification : public QObject
{
    Q_OBJECT

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

    void aRowOutsideTheChainIsFoundAndNeverRead_data()
    {
        QTest::addColumn<qint64>("sequence");
        QTest::addColumn<qint64>("firstBad");
        QTest::newRow("zero") << qint64(0) << qint64(0);
        QTest::newRow("below zero") << qint64(-1) << qint64(-1);
        QTest::newRow("far ahead") << qint64(1'000'000) << Records + 1;
    }
    void aRowOutsideTheChainIsFoundAndNeverRead()
    {
        QFETCH(const qint64, sequence);
        QFETCH(const qint64, firstBad);
        Store store;
        fill(store);
        auto olga = store.signIn("olga");
        forge(store, *olga.session, "length/3", "step_approved", {{"text", "forged"}}, sequence);
        if (sequence < 1) {
            QCOMPARE(Store::must(store.journal().read("length/3")).size(), 2);
            QCOMPARE(Store::must(store.journal().revision("length/3")), 2);
            QCOMPARE(Store::must(store.journal().head()).sequence, Records);
        }
        QCOMPARE(Store::must(verifyStoreFile(store.file())).firstBad, firstBad);
        store.open(OpenMode::ReadWrite);
        QVERIFY(!store.journal().soundness().ok);
        QCOMPARE(store.journal().soundness().firstBad, firstBad);
    }

    void anEmptiedJournalIsUnsoundAndNotFoundedAgain()
    {
        Store store;
        fill(store);
        store.close();
        tamper(store.file(), "DELETE FROM journal");
        for (const auto mode : {OpenMode::ReadOnly, OpenMode::ReadWrite, OpenMode::Create}) {
            store.open(mode);
            QVERIFY(!store.journal().soundness().ok);
            const auto found = Store::must(store.journal().verify(VerifyFrom::Start));
            QCOMPARE(found.firstBad, 1);
            QVERIFY2(found.reason.contains("Record 1 is missing"), qPrintable(found.reason));
        }
        const auto added = store.people().addOperator(
            {}, {.id = OperatorId("eve"), .name = "Eve", .cost = Cost::Minimal}, Passphrase(Secret));
        QCOMPARE(added.error().code, ErrorCode::VerificationFailed);
        QCOMPARE(Store::must(store.journal().head()).sequence, 0);
    }

    /// Streams are read through an index: a row that is in the table and not in the index is sound and unseen.
    void anIndexThatHidesARowIsFound()
    {
        Store store;
        fill(store);
        store.close();
        const QString whole = "CREATE UNIQUE INDEX journal_stream ON journal(stream, revision)";
        {
            const auto sql = Store::must(Sql::open(store.file(), SqlMode::ReadWrite));
            QVERIFY(sql->run("DROP INDEX journal_stream"));
            QVERIFY(sql->run(whole + " WHERE sequence <> 8"));
            QVERIFY(sql->run("PRAGMA writable_schema=ON"));
            QVERIFY(sql->run("UPDATE sqlite_schema SET sql = ? WHERE name = 'journal_stream'", {whole}));
        }
        store.open(OpenMode::ReadWrite);
        QCOMPARE(Store::must(store.journal().read("length/4")).size(), 1); // of two
        const auto found = Store::must(store.journal().verify(VerifyFrom::Start));
        QVERIFY(!found.ok);
        QVERIFY(!found.firstBad);
        QVERIFY2(found.reason.contains("journal_stream"), qPrintable(found.reason));
    }

    void whatAnotherProcessWroteIsVerifiedBeforeItCounts()
    {
        Store store;
        fill(store);
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "early");
        const auto bad = Store::must(store.journal().head()).sequence + 1;
        const QJsonObject eve{{"id", "eve"},
                              {"name", "Eve"},
                              {"roles", QJsonArray{"administrator"}},
                              {"public_key", KeyPair::generate().id()}};
        forge(store, Forger(OperatorId("olga"), KeyPair::generate()), "operators", "operator_added", eve);
        const auto refused = store.journal().append({.events = {{"p", "noted", {}}}}, *olga.session);
        QCOMPARE(refused.error().code, ErrorCode::VerificationFailed);
        QCOMPARE(store.journal().soundness().firstBad, bad);
        QCOMPARE(Store::must(store.journal().head()).sequence, bad);
    }

    void anInsertedRowIsFound()
    {
        Store store;
        fill(store);
        auto& sql = store.journal().sql();
        for (qint64 sequence = Records; sequence >= 5; --sequence) {
            QVERIFY(sql.run("UPDATE journal SET sequence = sequence + 1 WHERE sequence = ?", {sequence}));
        }
        auto olga = store.signIn("olga");
        forge(store, *olga.session, "length/9", "noted", {}, 5);
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
        const auto byHash = Store::must(store.journal().verify(VerifyFrom::Start, Head{0, kept.hash}));
        QVERIFY(!byHash.ok && !byHash.firstBad && !byHash.reason.isEmpty());
    }

    void aKeptHashMayStandAnywhere()
    {
        Store store;
        fill(store);
        for (const qint64 sequence : {qint64(1), qint64(5), qint64(Records)}) {
            const auto hash = store.journal().readAll(sequence, 1)->first().hash;
            QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start, Head{0, hash})).ok);
        }
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start, Head())).ok); // noted when it was empty
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
        const auto refused = store.journal().append({.events = {{"c", "incident_proposed", {}}}}, *device);
        QCOMPARE(refused.error().code, ErrorCode::VerificationFailed);
    }
};

QTEST_GUILESS_MAIN(TestVerification)
#include "tst_verification.moc"
