// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/drawn_report.h"
#include "tests/ui/report_story.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace rc;
using namespace rc::test;

/// recovery-report as recoveryctl runs it: exit codes, sentences, and no file where there is no report.
class TestReportRefusals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void badInputIsRefusedWithASentence_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QString>("sentence");
        const auto good = ReportStory().document();
        auto other = good;
        other["kind"] = "poem";
        QTest::newRow("nothing") << QByteArray() << "error: invalid_input: Standard input is not JSON: *";
        QTest::newRow("no object") << QByteArray("[1]") << "error: invalid_input: The document: expected an object.\n";
        QTest::newRow("kind") << canonicalJson(other) << "error: invalid_input: kind: expected plan or incident.\n";
        QTest::newRow("state") << canonicalJson(withPlan(good, "status", "fine"))
                               << "error: invalid_input: plan.status: expected one of in_progress, *";
        QTest::newRow("steps") << canonicalJson(withPlan(good, "steps", QJsonArray{7}))
                               << "error: invalid_input: plan.steps[[]0]: expected an object.\n";
        QTest::newRow("time") << canonicalJson(withPlan(good, "started_at", "yesterday"))
                              << "error: invalid_input: plan.started_at: expected an RFC 3339 time*";
    }
    void badInputIsRefusedWithASentence()
    {
        QFETCH(QByteArray, input);
        QFETCH(QString, sentence);
        const QTemporaryDir directory;
        const auto path = directory.filePath("report.pdf");
        const auto ended = draw(path, input);
        QCOMPARE(ended.exitCode, 2);
        QVERIFY2(QRegularExpression::fromWildcard(sentence).match(ended.complaint).hasMatch(),
                 qPrintable(ended.complaint));
        QCOMPARE(ended.output, QByteArray());
        QVERIFY(!QFile::exists(path));
    }

    void aFileThatCannotBeWrittenIsNotBegun()
    {
        const QTemporaryDir directory;
        const auto document = canonicalJson(ReportStory().document());
        const auto nowhere = directory.filePath("missing/report.pdf");
        const auto ended = draw(nowhere, document);
        QCOMPARE(ended.exitCode, 1);
        QVERIFY(ended.complaint.startsWith("error: store_error: "));
        QVERIFY(ended.complaint.contains(nowhere));
        QVERIFY(!QFile::exists(nowhere));
        QCOMPARE(draw(directory.path(), document).exitCode, 1);
        QCOMPARE(QDir(directory.path()).entryList(QDir::NoDotAndDotDot | QDir::AllEntries), QStringList());
    }

    void withoutAFileNameItSaysWhatIsMissing()
    {
        const auto ended = runProgram(RC_BIN_DIR "/recovery-report", {});
        QCOMPARE(ended.exitCode, 2);
        QVERIFY(ended.complaint.startsWith("error: invalid_input: "));
    }

    void itNeedsNoDisplay()
    {
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.remove("QT_QPA_PLATFORM");
        environment.remove("DISPLAY");
        environment.remove("XDG_RUNTIME_DIR");
        process.setProcessEnvironment(environment);
        const QTemporaryDir directory;
        process.start(RC_BIN_DIR "/recovery-report", {"-o", directory.filePath("report.pdf")});
        process.write(canonicalJson(ReportStory().document()));
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(process.readAllStandardError(), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestReportRefusals)
#include "tst_report_refusals.moc"
