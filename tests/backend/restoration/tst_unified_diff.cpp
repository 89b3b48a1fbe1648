// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/restoration/unified_diff.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace rc;

namespace {

FileContent file(const QByteArray& bytes, int mode = 0600)
{
    return {{"a.conf", sha256Hex(bytes), bytes.size(), mode}, bytes};
}

} // namespace

class TestUnifiedDiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aChangedLineStandsInItsSurroundings()
    {
        QCOMPARE(unifiedDiff(file("1\n2\n3\n4\n5\n6\n7\n8\n9\n"), file("1\n2\n3\n4\nfive\n6\n7\n8\n9\n")),
                 "--- a/a.conf\n+++ b/a.conf\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
    }

    void equalFilesHaveNone()
    {
        QCOMPARE(unifiedDiff(file("1\n"), file("1\n")), "");
        QCOMPARE(unifiedDiff({}, {}), "");
    }

    void aFileThatIsNotThere()
    {
        QCOMPARE(unifiedDiff({}, file("1\n2\n")), "--- /dev/null\n+++ b/a.conf\n@@ -0,0 +1,2 @@\n+1\n+2\n");
        QCOMPARE(unifiedDiff(file("1\n"), {}), "--- a/a.conf\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-1\n");
    }

    void modesBytesAndLineEnds()
    {
        QCOMPARE(unifiedDiff(file("1\n", 0640), file("1\n", 0600)), "a.conf: mode 0640 becomes 0600\n");
        QCOMPARE(unifiedDiff(file(QByteArray("1\0", 2)), file("1\n")), "Binary files a/a.conf and b/a.conf differ\n");
        QVERIFY(unifiedDiff(file("1\n"), file("1")).contains("+1\n\\ No newline at end of file\n"));
    }

    void patchTurnsOneFileIntoTheOther()
    {
        QVERIFY2(!QStandardPaths::findExecutable("patch").isEmpty(), "needs patch(1)");
        QRandomGenerator random(42);
        const auto text = [&] {
            QByteArray bytes;
            for (auto lines = random.bounded(1, 40); lines > 0; --lines) {
                bytes += "line " + QByteArray::number(random.bounded(6)) + '\n';
            }
            return bytes;
        };
        for (int i = 0; i < 40; ++i) {
            const QTemporaryDir directory;
            const auto before = text();
            const auto after = text();
            QFile target(directory.filePath("a.conf"));
            QVERIFY(target.open(QIODevice::WriteOnly) && target.write(before) == before.size());
            target.close();
            QProcess patch;
            patch.setWorkingDirectory(directory.path());
            patch.start("patch", {"--fuzz=0", "--silent", "-p1"});
            patch.write(unifiedDiff(file(before), file(after)).toUtf8());
            patch.closeWriteChannel();
            QVERIFY(patch.waitForFinished());
            QVERIFY(target.open(QIODevice::ReadOnly));
            QCOMPARE(target.readAll(), after);
        }
    }
};

QTEST_GUILESS_MAIN(TestUnifiedDiff)
#include "tst_unified_diff.moc"
