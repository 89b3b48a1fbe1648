// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of docs/journal-format.md. They are frozen: a store written today must verify in ten years.
#include "backend/journal/rows.h"
#include "backend/journal/statement.h"
#include "tests/backend/journal/journal_fixture.h"

#include <QProcess>
#include <QRegularExpression>

using namespace rc;
using rc::test::Store;

class TestRowFormat : public QObject
{
    Q_OBJECT

private:
    /// The key pair whose seed is 00 01 02 ... 1f.
    static KeyPair exampleKey()
    {
        QByteArray seed;
        for (char byte = 0; byte < 32; ++byte) {
            seed.append(byte);
        }
        return KeyPair::fromSeed(SecureBytes::copyOf(seed));
    }

    static Record exampleRow()
    {
        return {.sequence = 4,
                .stream = "plan:PLAN-7",
                .revision = 2,
                .time = rc::test::Start,
                .operatorId = OperatorId("olga"),
                .kind = "step_succeeded",
                .body = {},
                .bodyBytes = R"({"note":"grün","step":"rollback"})",
                .previousHash = QByteArray(32, '\x11'),
                .hash = {},
                .keyId = exampleKey().id(),
                .signature = {}};
    }

    static QString document()
    {
        QFile file(QString(RC_SOURCE_DIR) + "/docs/journal-format.md");
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

    static const inline QByteArray Bytes =
        "72632d6a6f75726e616c2d76310000000800000000000000040000000b706c616e3a504c414e2d370000000800000000"
        "00000002000000080000019b76daa800000000046f6c67610000000e737465705f737563636565646564000000227b22"
        "6e6f7465223a226772c3bc6e222c2273746570223a22726f6c6c6261636b227d00000040303361313037626666336365"
        "313062653164373064643138653734626330393936376534643633303962613530643566316464633836363431323535"
        "333162381111111111111111111111111111111111111111111111111111111111111111";
    static const inline QByteArray Hash = "edcf17b8a6ac9e655fd130d1e6671f24a2066360dfe4a0ca5fb2e00a7144f0b1";
    static const inline QByteArray Signature =
        "970783f97b7f47f37ba1c284bbc04634fcd50495c3c3646f773b72c31b6c12b18ba684c7fedbecd2cc97d1c0604cc50c"
        "5fece11a05f4215a951e3a666ddae703";

private Q_SLOTS:
    void theExampleRowHasTheseBytes()
    {
        QCOMPARE(hashedBytes(exampleRow()).toHex(), Bytes);
        QCOMPARE(rowHash(exampleRow()).toHex(), Hash);
        QCOMPARE(exampleKey().sign(signedBytes(rowHash(exampleRow()))).toHex(), Signature);
    }

    void theDocumentShowsTheSameExample()
    {
        auto text = document();
        QVERIFY(!text.isEmpty());
        static const QRegularExpression comments("#[^\n]*|\\s");
        text.remove(comments);
        QVERIFY(text.contains(QString::fromLatin1(Bytes)));
        QVERIFY(text.contains(QString::fromLatin1(Hash)));
        QVERIFY(text.contains(QString::fromLatin1(Signature)));
        QVERIFY(text.contains(exampleKey().id()));
    }

    void theVerifierInTheDocumentAgreesWithOurs()
    {
        static const QRegularExpression block("```python\n(.*?)```", QRegularExpression::DotMatchesEverythingOption);
        const auto script = block.match(document()).captured(1);
        QVERIFY(!script.isEmpty());
        Store store;
        store.add("olga", {});
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "grün, \"quoted\", \u2028 and 🙂");
        store.now -= Milliseconds(5);
        store.note(*olga.session, "p", "two");

        const auto run = [&] {
            QProcess python;
            python.start("python3", {"-c", script, store.file()});
            python.waitForFinished();
            return QPair(python.exitCode(), QString::fromUtf8(python.readAllStandardOutput()).trimmed());
        };
        const auto head = Store::must(store.journal().head());
        QCOMPARE(run(), QPair(0, QString("5 records, head %1").arg(QString::fromLatin1(head.hash.toHex()))));
        rc::test::tamper(store.file(), "UPDATE journal SET operator = 'ben' WHERE sequence = 4");
        QCOMPARE(run(), QPair(1, QString("record 4 is not sound")));
    }

    void theStatementOfAnApprovalHasThisSignature()
    {
        const auto statement = makeStatement(exampleKey(), {{"kind", "step_approved"}, {"step", "rollback"}});
        QCOMPARE(statement.statement, R"({"kind":"step_approved","step":"rollback"})");
        QVERIFY(isSignedBy(exampleKey().id(), "rc-statement-v1" + statement.statement, statement.signature));
        QVERIFY(isSound(statement));
    }
};

QTEST_GUILESS_MAIN(TestRowFormat)
#include "tst_row_format.moc"
