// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/drawn_report.h"
#include "tests/ui/report_story.h"

#include <QFile>
#include <QStandardPaths>
#include <QTest>

using namespace rc;
using namespace rc::test;

namespace {

QJsonObject ugly()
{
    const QStringList names{QString("<b>x</b> &amp; %1 %2"), QString("name ").repeated(60), QString("שחזור התצורה"),
                            QString("A").repeated(300)};
    auto document = ReportStory(names).document();
    auto incident = document["incident"].toObject();
    incident["title"] = QString("good\u202Egnp.exe");
    document["incident"] = incident;
    return document;
}

QJsonObject longPlan(int count)
{
    auto document = ReportStory().document();
    const auto step = document["plan"].toObject()["steps"].toArray().first().toObject();
    QJsonArray steps;
    for (int i = 0; i < count; ++i) {
        auto copy = step;
        copy["id"] = QString("step_%1").arg(i);
        copy["name"] = QString("Step with the number %1.").arg(i);
        steps.append(copy);
    }
    return withPlan(withPlan(document, "steps", steps), "completed_steps", QJsonArray());
}

QJsonObject incidentOf(const QJsonArray& plans)
{
    auto document = ReportStory().document();
    document.remove("plan");
    document["kind"] = "incident";
    document["plans"] = plans;
    return document;
}

} // namespace

/// What stands in the file that recovery-report writes.
class TestReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const auto& tool : QStringList{"pdftotext", "pdfinfo", "pdffonts", "qpdf"}) {
            QVERIFY2(!QStandardPaths::findExecutable(tool).isEmpty(), qPrintable(tool + " is missing"));
        }
        QCOMPARE(QString(idOf(ReportStory().plan().status)), "completed");
    }

    void theAnswerDescribesTheFile()
    {
        const DrawnReport report(ReportStory().document());
        QCOMPARE(report.trouble(), QString());
        QFile file(report.path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto bytes = file.readAll();
        QCOMPARE(report.answer["path"].toString(), report.path());
        QCOMPARE(report.answer["sha256"].toString(), sha256Hex(bytes));
        QCOMPARE(report.answer["bytes"].toInteger(), bytes.size());
        QCOMPARE(report.answer["pages"].toInt(), report.pages().size());
        QVERIFY(
            report.info().contains(QRegularExpression(QString("Pages: +%1\n").arg(report.answer["pages"].toInt()))));
    }

    void everythingAnAuditorAsksForIsThere()
    {
        const ReportStory story;
        const DrawnReport report(story.document());
        QStringList wanted = ReportStory::standardNames();
        for (const auto* text : {"plan", "procedure", "inventory", "block", "configuration", "heads", "head"}) {
            wanted.append(sha256Hex(text));
        }
        wanted += {"validator-3 diverged",
                   "NOTE Only validator-3 differs",
                   "EVIDENCE heads.json",
                   "Figure: first bad height 18204",
                   "ATTEMPT 1 Failed: The disk was full",
                   "ATTEMPT 2 Succeeded: Configuration restored",
                   "APPROVED BY ben as protocol lead (Go back to the trusted height)",
                   "CHAIN DATA validator-3: 4 blocks rolled back, height 18207 to 18203",
                   "Run 1: not passed",
                   "Run 2: passed",
                   "DECLARED BY olga",
                   "Denied: own step",
                   "cut the tail",
                   "KEY " + sha256Hex(olga.id.text().toUtf8()),
                   "Met, 33 min to spare",
                   "STORE 6c1d0f4e-2f0b-4e0a-9d8b-1f6f8f0a7c55"};
        const auto parameters = story.plan().steps[2].approvals.first().statement.parametersHash;
        wanted.append(parameters.left(12));
        for (const auto& words : wanted) {
            QVERIFY2(report.has(words), qPrintable(words));
        }
    }

    /// Interrupted, looked at and found done: nobody has counted the blocks.
    void aChainThatWasRecoveredWithoutAnAccountIsSaidInWords()
    {
        auto document = ReportStory().document();
        auto plan = document["plan"].toObject();
        const auto change = [&plan](const QString& list, const QString& id, const auto& edit) {
            auto entries = plan[list].toArray();
            for (auto&& entry : entries) {
                auto object = entry.toObject();
                if (object[id] == "roll_back") {
                    edit(object);
                    entry = object;
                }
            }
            plan[list] = entries;
        };
        change("steps", "id", [](QJsonObject& step) { step["action_type"] = "recover_chain_data"; });
        change("completed_steps", "step", [](QJsonObject& completion) {
            completion["result"] =
                QJsonObject{{"success", true}, {"message", "It was done before the program stopped."}};
        });
        document["plan"] = plan;
        const DrawnReport report(document);
        QCOMPARE(report.trouble(), QString());
        QVERIFY(report.has("CHAIN DATA Go back to the trusted height: It was done before the program stopped."));
    }

    void ofAResultOnlyWhatItsArtifactsTellIsLeftOut()
    {
        ReportStory story(ReportStory::Until::Retry);
        story.step("restore", {true,
                               "Configuration restored",
                               {{"restorations", QJsonArray{"told by its artifact"}},
                                {"output", QJsonArray{"3 files checked", "1 file replaced"}},
                                {"limits", QJsonObject{{"open_files", 4096}}}},
                               ReportStory::artifacts(),
                               Timestamp()});
        const DrawnReport report(story.document());
        QCOMPARE(report.trouble(), QString());
        QVERIFY(report.has("Output 3 files checked 1 file replaced"));
        QVERIFY(report.has("Limits open files 4096"));
        QVERIFY(!report.has("told by its artifact"));
        QVERIFY(report.has(sha256Hex("configuration")));
    }

    void everyPageSaysWhichNetworkPlanAndPage_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("rehearsal");
        QTest::addColumn<QString>("mark");
        QTest::newRow("live") << "live" << false << "LIVE NETWORK";
        QTest::newRow("practice") << "practice" << false << "PRACTICE NETWORK";
        QTest::newRow("rehearsal") << "live" << true << "REHEARSAL · LIVE NETWORK";
    }
    void everyPageSaysWhichNetworkPlanAndPage()
    {
        QFETCH(QString, kind);
        QFETCH(bool, rehearsal);
        QFETCH(QString, mark);
        const auto document = ReportStory().document();
        const DrawnReport report(withPlan(withPlan(document, "network_kind", kind), "rehearsal", rehearsal));
        const auto pages = report.pages();
        QVERIFY(pages.size() > 1);
        for (qsizetype i = 0; i < pages.size(); ++i) {
            QVERIFY2(pages[i].startsWith(mark + " lab\n"), qPrintable(pages[i].left(60)));
            QVERIFY(pages[i].contains("Plan PLAN-1"));
            QVERIFY(pages[i].contains("plan hash " + sha256Hex("plan")));
            QVERIFY(pages[i].contains("ProzChain Recovery Console 0.1.0"));
            QVERIFY(pages[i].contains(QString("Page %1 of %2").arg(i + 1).arg(pages.size())));
        }
    }

    void fontsAreInsideAndTheFileIsSound_data()
    {
        QTest::addColumn<QJsonObject>("document");
        QTest::newRow("usual") << ReportStory().document();
        QTest::newRow("ugly") << ugly();
        QTest::newRow("incident without plans") << incidentOf({});
    }
    void fontsAreInsideAndTheFileIsSound()
    {
        QFETCH(QJsonObject, document);
        const DrawnReport report(document);
        QCOMPARE(report.trouble(), QString());
        QCOMPARE(runProgram("qpdf", {"--check", report.path()}).exitCode, 0);
        const auto fonts = QString::fromUtf8(runProgram("pdffonts", {report.path()}).output).split(u'\n').mid(2);
        QVERIFY(fonts.size() > 3);
        static const QRegularExpression columns(" (yes|no) +(yes|no) +(yes|no) +\\d+ +\\d+$");
        for (const auto& font : fonts) {
            if (!font.isEmpty()) {
                const auto match = columns.match(font);
                QVERIFY2(match.captured(1) == "yes" && match.captured(3) == "yes", qPrintable(font));
            }
        }
        QVERIFY(report.info().contains("Title:           Recovery report: "));
        QVERIFY(report.info().contains("Creator:         ProzChain Recovery Console 0.1.0"));
    }

    void textIsShownAsItStandsInTheJournal()
    {
        const DrawnReport report(ugly());
        QVERIFY(report.has("<b>x</b> &amp; %1 %2"));
        QVERIFY(report.has(QString("name ").repeated(60)));
        QVERIFY(report.readingText().contains("שחזור התצורה"));
        QVERIFY(report.has(QString("A").repeated(300)));
        QVERIFY(report.has("good[U+202E]gnp.exe"));
    }

    void whatIsCopiedFromThePageIsWhatStandsThere()
    {
        // Hyphens and arrows between digits are where fonts like to put other glyphs.
        auto document = ReportStory().document();
        auto incident = document["incident"].toObject();
        incident["title"] = "INC-2026-11-23: 18620 -> 18622, 0x1F != 10:20";
        document["incident"] = incident;
        QVERIFY(DrawnReport(document).text().contains("INC-2026-11-23: 18620 -> 18622, 0x1F != 10:20"));
    }

    void aPlanWithNothingDoneYetHasAReport()
    {
        const PlanRun run(ProcedureBuilder().manual("only"));
        auto document = ReportStory().document();
        document["plan"] = toJson(run.plan, run.now);
        document["events"] = QJsonArray();
        const DrawnReport report(document);
        QCOMPARE(report.trouble(), QString());
        QVERIFY(report.has("No verification has been run"));
        QVERIFY(report.has("nobody has declared the end"));
    }

    void aThousandStepsGoOverManyPagesUnderTheirHead()
    {
        const DrawnReport report(longPlan(1000));
        QCOMPARE(report.trouble(), QString());
        const auto letters = report.letters();
        for (int i = 0; i < 1000; ++i) {
            QVERIFY2(letters.contains(QString("Stepwiththenumber%1.").arg(i)), qPrintable(QString::number(i)));
        }
        const auto pages = report.pages();
        QVERIFY2(pages.size() > 50 && pages.size() < 300, qPrintable(QString::number(pages.size())));
        for (const auto& page : pages) {
            if (page.contains("ROLE WANTED")) {
                QVERIFY(page.contains("STARTED, UTC"));
            }
        }
    }

    void theSameDocumentGivesTheSamePages()
    {
        const DrawnReport first(ugly());
        const DrawnReport second(ugly());
        QCOMPARE(first.pages(), second.pages());
        QVERIFY(!first.pages().isEmpty());
    }

    void anIncidentHasAllItsPlansEachUnderItsOwnMark()
    {
        auto live = ReportStory().document()["plan"].toObject();
        live["network_kind"] = "live";
        auto rehearsal = live;
        rehearsal["id"] = "PLAN-2";
        rehearsal["rehearsal"] = true;
        const DrawnReport report(incidentOf({rehearsal, live}));
        QCOMPARE(report.trouble(), QString());
        for (const auto& page : report.pages()) {
            const bool ofRehearsal = page.contains("Recovery report · Plan PLAN-2");
            QCOMPARE(page.startsWith("REHEARSAL"), ofRehearsal);
            QCOMPARE(page.startsWith("LIVE NETWORK"), !ofRehearsal);
        }
        QVERIFY(report.has("For it, 2 plans have been started, 1 of them as a rehearsal"));
    }

    void anIncidentIsNotRecoveredWhileAPlanIsOpen()
    {
        const auto completed = ReportStory().document()["plan"].toObject();
        auto open = completed;
        open["id"] = "PLAN-2";
        open["status"] = "in_progress";
        open["completed_at"] = QJsonValue();
        QVERIFY(!DrawnReport(incidentOf({completed})).has("RECOVERED AFTER not yet"));
        QVERIFY(DrawnReport(incidentOf({completed, open})).pages().first().contains("not yet"));
    }

    void evidenceThatIsNotWhatItWasIsSaid()
    {
        const auto document = ReportStory().document();
        const DrawnReport sound(withEvidence(document, "sound", {}));
        QCOMPARE(sound.trouble(), QString());
        QVERIFY(sound.has("All 1 are there, and are what they were."));
        QVERIFY(!sound.has("do not rely on them"));
        const DrawnReport gone(withEvidence(document, "missing", "The kept file is missing."));
        QVERIFY(gone.has("1 of 1 are not what they were: do not rely on them."));
        QVERIFY(gone.has(sha256Hex("heads") + "The kept file is missing.")); // at the step
        QVERIFY(gone.has(sha256Hex("heads") + "Missing"));                   // and in the list
    }

    void aClockThatWasSetStandsUnderTheTimeline_data()
    {
        QTest::addColumn<QJsonObject>("document");
        QTest::newRow("plan") << ReportStory().document();
        QTest::newRow("incident") << incidentOf({ReportStory().document()["plan"]});
    }
    void aClockThatWasSetStandsUnderTheTimeline()
    {
        QFETCH(QJsonObject, document);
        const QString heading("Clocks that were set");
        QVERIFY(!DrawnReport(document).has(heading));
        document["clock"] = QJsonArray{QJsonObject{{"sequence", 17},
                                                   {"time", "2027-11-23T04:10:38.000Z"},
                                                   {"text", "The clock of this machine was set forward by 365 d."}}};
        const DrawnReport report(document);
        QCOMPARE(report.trouble(), QString());
        QVERIFY(report.has(heading));
        QVERIFY(report.has("2027-11-23 04:10:38 UTC, record 17: The clock of this machine was set forward by 365 d."));
    }

    void aJournalThatDoesNotHoldIsNotCalledVerified()
    {
        auto document = ReportStory().document();
        auto journal = document["journal"].toObject();
        journal["verified"] = false;
        journal["reason"] = "Record 17 has another hash";
        document["journal"] = journal;
        const DrawnReport report(document);
        QVERIFY(report.has("Not verified"));
        QVERIFY(report.has("Record 17 has another hash"));
        QVERIFY(!report.has("Verified, all records"));
    }
};

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
