// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/inventory_document.h"
#include "backend/documents/procedure_document.h"
#include "document_samples.h"
#include "tests/support/counts.h"

#include <QRandomGenerator>
#include <QTest>

using namespace rc;

namespace {

/// One small act of vandalism: on bytes, words or whole lines.
void mutate(QByteArray& bytes, QRandomGenerator& random)
{
    static const QByteArrayList words{
        "- ",   ": ", "{",    "}",  "[",          "]",  "\n", "  ",    "\t",      "&a ", "*a",  "!t ",
        "null", "~",  "'",    "\"", "|",          ">",  "#",  "%",     "9999999", "-1",  "1.5", "\xff",
        "true", "90", "look", "id", "parameters", "${", "}",  "---\n", "?",       ",",   "0s",  "\xc3\xa4"};
    const auto at = bytes.isEmpty() ? 0 : random.bounded(int(bytes.size()));
    const auto lineEnd = bytes.indexOf('\n', at) + 1;
    switch (random.bounded(5)) {
    case 0:
        bytes.insert(at, words[random.bounded(int(words.size()))]);
        break;
    case 1:
        bytes.remove(at, 1 + random.bounded(12));
        break;
    case 2:
        bytes.replace(at, 1, QByteArray(1, char(random.bounded(256))));
        break;
    case 3: // a line again, somewhere else
        bytes.insert(random.bounded(int(bytes.size()) + 1), bytes.mid(at, std::max<qsizetype>(lineEnd - at, 1)));
        break;
    default: // a line less
        bytes.remove(at, std::max<qsizetype>(lineEnd - at, 1));
    }
}

QString wrongWith(const Error& error, const QByteArray& bytes)
{
    if (error.code != ErrorCode::InvalidInput || error.message.isEmpty()) {
        return "another error";
    }
    const auto problems = error.details["problems"].toArray();
    for (const auto& entry : problems) {
        const auto problem = entry.toObject();
        const int line = problem["line"].toInt();
        if (line < 1 || line > bytes.count('\n') + 1) {
            return "a line outside the file";
        }
        if (problem["message"].toString().startsWith("Failed to")) {
            return "valijson's own words";
        }
        if (!error.message.contains(QString("f.yaml:%1: ").arg(line))) {
            return "a problem without its line";
        }
    }
    return problems.isEmpty() ? QString("no problem named") : QString();
}

template <class Read, class IsSound>
void vandalise(const QByteArray& good, Read read, IsSound isSound)
{
    const int count = rc::test::countOf("yaml_fuzz");
    QVERIFY2(count > 0, "tests/counts.json names no count for yaml_fuzz");
    int accepted = 0;
    for (int i = 0; i < count; ++i) {
        QRandomGenerator random(quint32(i) + 1);
        QByteArray bytes = good;
        for (int k = random.bounded(4); k >= 0; --k) {
            mutate(bytes, random);
        }
        const auto document = read(bytes);
        if (document) {
            ++accepted;
            QVERIFY2(isSound(*document), bytes.constData());
        } else {
            const QString wrong = wrongWith(document.error(), bytes);
            QVERIFY2(wrong.isEmpty(),
                     qUtf8Printable(wrong + ": " + document.error().message + "\n" + QString::fromUtf8(bytes)));
        }
    }
    QVERIFY2(accepted < count, "nothing was ever refused");
}

} // namespace

class TestDocumentFuzz : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void spoiledProceduresAreReadSoundOrRefused()
    {
        vandalise(
            samples::procedure, [](const QByteArray& bytes) { return readProcedure(bytes, "f.yaml"); },
            [](const ProcedureDocument& document) {
                const auto& procedure = document.procedure;
                return problemsOf(procedure).isEmpty() && procedureFromJson(toJson(procedure)) == procedure;
            });
    }

    void spoiledInventoriesAreReadSoundOrRefused()
    {
        vandalise(
            samples::inventory, [](const QByteArray& bytes) { return readInventory(bytes, "f.yaml"); },
            [](const InventoryDocument& document) {
                const auto again = readInventory(writeInventory(document.inventory), "f.yaml");
                return problemsOf(document.inventory).isEmpty() && again && again->inventory == document.inventory;
            });
    }
};

QTEST_GUILESS_MAIN(TestDocumentFuzz)
#include "tst_document_fuzz.moc"
