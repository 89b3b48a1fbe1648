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
};

QTEST_GUILESS_MAIN(TestVerification)
#include "tst_verification.moc"
