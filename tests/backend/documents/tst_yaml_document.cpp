// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/yaml_document.h"

#include <QTemporaryDir>
#include <QTest>

using namespace rc;

namespace {

QString complaint(const QByteArray& bytes)
{
    const auto document = readYaml(bytes, "f.yaml");
    return document ? QString("accepted") : document.error().message;
}

} // namespace

class TestYamlDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plainScalarsFollowTheCoreSchema()
    {
        const auto document =
            readYaml("a: [1, -2, 0x1F, 0o17, 1.5, 2e3, .5, true, False, null, ~, '', \"3\", yes, no, on, "
                     "1h30m, 1_000, 12:30, 2026-11-23]\nreference: ${x.y}\nwide: 9007199254740993\nempty:\n",
                     "f.yaml");
        QVERIFY2(document, document ? "" : qUtf8Printable(document.error().message));
        QCOMPARE(
            document->root["a"].toArray(),
            (QJsonArray{
                1,  -2,  31,    15,   1.5,  2000,    0.5,     true,    false,       QJsonValue::Null, QJsonValue::Null,
                "", "3", "yes", "no", "on", "1h30m", "1_000", "12:30", "2026-11-23"}));
        QCOMPARE(document->root["reference"], "${x.y}");
        QCOMPARE(document->root["wide"].toInteger(), 9'007'199'254'740'993);
        QVERIFY(document->root["empty"].isNull());
    }

    void everyValueKnowsItsLine()
    {
        const auto document =
            readYaml("# comment\na:\n  b: 1\n  list:\n    - x\n    - y: 2\n      z: >-\n        long\n        "
                     "text\nodd/key~: 3\n",
                     "f.yaml");
        QVERIFY2(document, document ? "" : qUtf8Printable(document.error().message));
        QCOMPARE(document->lineOf("/a"), 2);
        QCOMPARE(document->lineOf("/a/b"), 3);
        QCOMPARE(document->lineOf("/a/list"), 4);
        QCOMPARE(document->lineOf("/a/list/0"), 5);
        QCOMPARE(document->lineOf("/a/list/1"), 6);
        QCOMPARE(document->lineOf("/a/list/1/z"), 7);
        QCOMPARE(document->lineOf("/odd~1key~0"), 10);
        QCOMPARE(document->lineOf("/a/list/1/missing/deeper"), 6); // the nearest that is there
    }

    void badTextIsRefusedWithItsLine_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const QByteArray& text, const QString& message) {
            QTest::newRow(name) << text << message;
        };
        row("empty", "", "f.yaml:1: the file is empty, expected a document");
        row("only comments", "# nothing\n\n", "f.yaml:1: the file is empty, expected a document");
        row("duplicate key", "a: 1\nb: 2\na: 3\n",
            "f.yaml:3: the key 'a' stands here twice (first in line 1), expected it once");
        row("duplicate key, quoted", "x:\n  a: 1\n  \"a\": 3\n",
            "f.yaml:3: the key 'a' stands here twice (first in line 2), expected it once");
        row("anchor", "a: &x 1\nb: 2\n", "f.yaml:1: an anchor (&name) is used, expected plain values");
        row("anchor and alias", "a: 1\nb: &x [1]\nc: *x\n",
            "f.yaml:2: an anchor (&name) is used, expected plain values\n"
            "f.yaml:3: an alias (*name) is used, expected the value itself");
        row("tag", "a: 1\nb: !!python/object 2\n",
            "f.yaml:2: the tag 'tag:yaml.org,2002:python/object' is used, expected a value without a tag");
        row("tag on a map", "a: !x {b: 1}\n", "f.yaml:1: the tag '!x' is used, expected a value without a tag");
        row("tab", "a:\n\tb: 1\n", "f.yaml:2: a tab is used as indentation, expected spaces");
        row("tab after spaces", "a:\n  b: 1\n  \tc: 1\n", "f.yaml:3: a tab is used as indentation, expected spaces");
        row("invalid UTF-8", "a: 1\nb: \xff\xfe\n", "f.yaml:2: this line is not valid UTF-8, expected UTF-8 text");
        row("overlong UTF-8", "a: \xc0\xaf\n", "f.yaml:1: this line is not valid UTF-8, expected UTF-8 text");
        row("NUL", QByteArray("a: 1\nb: \0\n", 10),
            "f.yaml:2: this line holds a control character, expected plain text");
        row("end of transmission hides the rest", "a: 1\n\x04\nb: 2\n",
            "f.yaml:2: this line holds a control character, expected plain text");
        row("a mark that turns the direction", "a: 1\nb: x\u202ey\n",
            "f.yaml:2: this line holds a control character, expected plain text");
        row("an escape that a terminal obeys", "a: 1\nb: \"x\\e[2K\"\n",
            "f.yaml:2: the text \"x\\u001b[2K\" holds hidden characters, expected plain text");
        row("a NUL by escape", "a: \"\\0\"\n",
            "f.yaml:1: the text \"\\u0000\" holds hidden characters, expected plain text");
        row("a turn by escape", "a: \"\\u202e\"\n",
            "f.yaml:1: the text \"\\u202e\" holds hidden characters, expected plain text");
        row("a control of one byte by escape", "a: \"\\x9b\"\n",
            "f.yaml:1: the text \"\\u009b\" holds hidden characters, expected plain text");
        row("in a key", "\"a\\r\": 1\n",
            "f.yaml:1: the text \"a\\u000d\" holds hidden characters, expected plain text");
        row("second document", "a: 1\n---\nb: 2\n", "f.yaml:2: a second document starts, expected one document");
        row("key is a list", "a: 1\n[b]: 2\n", "f.yaml:2: a key is a list or a map, expected a word");
        row("empty key", "a: 1\n: 2\n", "f.yaml:2: a key is empty, expected a word");
        row("huge number", "a: 1\nb: 99999999999999999999\n",
            "f.yaml:2: the number 99999999999999999999 is too large, expected quotes around it if it is text");
        row("bracket left open", "a: [1, 2\nb: 3\n",
            "f.yaml:2: this is not valid YAML (end of sequence flow not found), expected brackets and indentation to "
            "match");
        row("bad indentation", "a: 1\n  b: 2\n",
            "f.yaml:2: this is not valid YAML (illegal map value), expected brackets and indentation to match");
    }

    void badTextIsRefusedWithItsLine()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, message);
        QCOMPARE(complaint(text), message);
    }

    void linesTabsAndOtherScriptsAreText()
    {
        QCOMPARE(
            complaint(
                "a: \"one\\ntwo\\t\"\r\nb: |\r\n  x\r\n  y\r\nc: \u0645\u0631\u062d\u0628\u0627 \u4f60\U0001f642\n"),
            "accepted");
    }

    void sizeDepthAndCountAreLimited()
    {
        QCOMPARE(complaint("a: " + QByteArray(5'000'000, 'x')),
                 "f.yaml:1: the file is larger than 4 MiB, expected a smaller one");
        QCOMPARE(complaint("a: " + QByteArray(100'000, '[') + QByteArray(100'000, ']')),
                 "f.yaml:1: values are nested more than 64 deep, expected fewer");
        QVERIFY(complaint("a: " + QByteArray(1'000'000, '[')).startsWith("f.yaml:1: "));
        QCOMPARE(complaint("a: " + QByteArray(63, '[') + QByteArray(63, ']')), "accepted");
        QByteArray nestedBlocks;
        for (int i = 0; i < 500; ++i) {
            nestedBlocks += QByteArray(i, ' ') + "a:\n";
        }
        QCOMPARE(complaint(nestedBlocks), "f.yaml:65: values are nested more than 64 deep, expected fewer");
        QByteArray many("- 1\n");
        QCOMPARE(complaint(many.repeated(200'001)), "f.yaml:200000: there are more than 200000 values, expected fewer");
    }

    void allProblemsAreReportedAtOnceAndForPrograms()
    {
        const auto document = readYaml("a: 1\na: 2\nb: !t 3\nb: 4\n", "f.yaml");
        QVERIFY(!document);
        QCOMPARE(document.error().code, ErrorCode::InvalidInput);
        QCOMPARE(document.error().message.count('\n'), 2);
        QCOMPARE(document.error().details["file"], "f.yaml");
        QCOMPARE(document.error().details["line"], 2);
        QCOMPARE(document.error().details["problems"].toArray().size(), 3);
        QCOMPARE(document.error().details["problems"][2]["line"], 4);
    }

    void aFloodOfProblemsIsCut()
    {
        QByteArray text;
        for (int i = 0; i < 1000; ++i) {
            text += "a: 1\n";
        }
        const auto lines = complaint(text).split('\n');
        QCOMPARE(lines.size(), 51);
        QCOMPARE(lines.last(), "f.yaml: and 949 more problems");
    }

    void onlyRegularFilesAreRead()
    {
        const QTemporaryDir home;
        QCOMPARE(readDocumentBytes(home.filePath("none.yaml")).error().code, ErrorCode::NotFound);
        QCOMPARE(readDocumentBytes(home.path()).error().code, ErrorCode::InvalidInput);
        QCOMPARE(readDocumentBytes("/dev/zero").error().code, ErrorCode::InvalidInput);
    }
};

QTEST_GUILESS_MAIN(TestYamlDocument)
#include "tst_yaml_document.moc"
