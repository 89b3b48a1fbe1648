// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_home.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

using namespace rc::test;

/// What recoveryctl and the report tell of a plan beside how it goes.
class TestTold : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_home.addPeople();
        m_home.writeInventory();
        m_home.writeProcedure("told", QByteArray(R"(id: told
version: 1
name: Told in the end
incident_types: [state_corruption]
required_roles: [incident_commander]
steps:
  - id: look
    name: Look at it
    action_type: manual
    after: []
  - id: say
    name: Say a word
    action_type: command
    required_roles: [node_operator]
    parameters: {program: bash, arguments: ["-c", "touch @SAID@; until test -e @GO@; do sleep 0.05; done"], undo: {program: "true"}}
    after: [look]
  - id: burn
    name: Burn the paper
    action_type: command
    required_roles: [node_operator]
    parameters: {program: bash, arguments: ["-c", "exit 0"]}
    reversibility: irreversible
    after: [look]
  - id: wipe
    name: Wipe the table
    action_type: command
    required_roles: [node_operator]
    approvals: [{role: protocol_lead, count: 1}]
    parameters: {program: bash, arguments: ["-c", "exit 0"]}
    reversibility: irreversible
    after: [look]
verification:
  - id: files
    name: The files are the trusted ones
    check: configuration_matches
    parameters: {systems: "${incident.systems}"}
    owner_step: look
)")
                                          .replace("@SAID@", said().toUtf8())
                                          .replace("@GO@", go().toUtf8()));
        m_home.ok("ben", "procedure review told");
    }

    void init()
    {
        QFile::remove(said());
        QFile::remove(go());
        m_plan = m_home.ok("olga", "plan start " + m_home.openIncident() + " told")["id"].toString();
    }

    void thatAClockWasSet()
    {
        m_home.ok("olga", "plan note " + m_plan + " before");
        QVERIFY(!m_home.said("plan show " + m_plan).contains("clock"));
        // As if the clock of the machine had stood a year earlier at that note.
        change("UPDATE clock_mark SET time = time - 365 * 86400000");
        m_home.ok("olga", "plan note " + m_plan + " after");
        const QString sentence("The clock of this machine was set forward by 365 d just before.");
        const auto flags = m_home.plan(m_plan)["clock"].toArray();
        QCOMPARE(flags.size(), 1);
        QCOMPARE(flags[0]["text"].toString(), sentence);
        for (const auto& text : {m_home.said("plan show " + m_plan), m_home.said("journal list"), report()}) {
            QVERIFY2(text.simplified().count(sentence) == 1, qPrintable(text));
        }
        m_home.verifyJournal();
    }

    void thatEvidenceIsNotWhatItWas()
    {
        const auto file = m_home.write("heads.txt", "the heads");
        m_home.ok("olga", "plan step " + m_plan + " look done --note seen --evidence " + file);
        const auto kept =
            m_home.path() + "/evidence/" + m_home.step(m_plan, "look")["evidence"][0]["sha256"].toString();
        QVERIFY(QFile::exists(kept));
        QVERIFY(m_home.said("plan show " + m_plan).contains("evidence: heads.txt\n"));
        QVERIFY(report().simplified().contains("All 1 are there, and are what they were."));

        m_home.write(kept, "the Heads");
        QVERIFY(m_home.said("plan show " + m_plan).contains("evidence: heads.txt - The kept file was altered"));
        QCOMPARE(m_home.step(m_plan, "look")["evidence"][0]["state"].toString(), "altered");
        QVERIFY(report().simplified().contains("The kept file was altered"));

        QVERIFY(QFile::remove(kept));
        QVERIFY(m_home.said("plan show " + m_plan).contains("evidence: heads.txt - The kept file is missing."));
        QVERIFY(report().simplified().contains("1 of 1 are not what they were"));
    }

    void whatAStepThatIsReadyWaitsFor()
    {
        const QString run = "recoveryctl --as ID plan run " + m_plan;
        const auto byName = [this](const QString& step) {
            return QString("recoveryctl --as ID plan step %1 %2 run").arg(m_plan, step);
        };
        QVERIFY(!why("say").contains(run)); // something else comes first
        m_home.ok("olga", "plan step " + m_plan + " look done --note seen");
        const auto say = why("say");
        QVERIFY2(say.startsWith("say (ready): start: somebody with the role node_operator has to run the plan: " + run),
                 qPrintable(say));
        QVERIFY2(say.contains(byName("say")), qPrintable(say));
        QCOMPARE(m_home.said("plan why " + m_plan).count(run), 1);
        const auto answer = m_home.ok({}, "plan why " + m_plan + " say")["list"].toArray();
        QCOMPARE(answer.size(), 1);
        QCOMPARE(answer[0]["waiting_for"].toArray().size(), 1);

        m_home.write(go(), {});
        m_home.ok("olga", "plan run " + m_plan);
        QVERIFY(!why("say").contains("start:"));
        const auto burn = why("burn");
        QVERIFY2(burn.contains("it cannot be taken back") && burn.contains(byName("burn")), qPrintable(burn));
        QVERIFY2(!burn.contains(run), qPrintable(burn));
        m_home.ok("olga", "plan pause " + m_plan + " --reason lunch");
        QVERIFY2(why("burn").contains("the plan is paused") && !why("burn").contains("start:"), "paused");
    }

    void whatARunningPlanMakesOfAStepThatIsReady()
    {
        m_home.ok("olga", "plan step " + m_plan + " look done --note seen");
        const auto running = m_home.start("olga", "plan run " + m_plan + " --branch say");
        QTRY_VERIFY(QFile::exists(said()));
        QTRY_COMPARE(m_home.step(m_plan, "say")["state"].toString(), "running");
        const auto burn = why("burn");
        QVERIFY2(burn.contains("olga runs the plan, which leaves it alone; somebody with the role node_operator has"),
                 qPrintable(burn));
        const auto tidy = m_home.said("plan why " + m_plan);
        QVERIFY2(!tidy.contains("say ("), qPrintable(tidy));
        m_home.write(go(), {});
        QVERIFY(running->waitForFinished());
    }

    void whatAnApproverConsentsTo()
    {
        m_home.ok("olga", "plan step " + m_plan + " look done --note seen");
        const auto shown = m_home.said("plan show " + m_plan);
        QVERIFY2(shown.contains("will do command with\n        arguments: -c, exit 0\n        program: bash\n"),
                 qPrintable(shown));
        QCOMPARE(shown.count("will do"), 1); // only where somebody has to consent
        m_home.ok("ben", "plan approve " + m_plan + " wipe");
        QVERIFY(!m_home.said("plan show " + m_plan).contains("will do"));
    }

private:
    [[nodiscard]] QString said() const { return m_home.file("said"); }
    [[nodiscard]] QString go() const { return m_home.file("go"); }
    [[nodiscard]] QString why(const QString& step) { return m_home.said("plan why " + m_plan + " " + step); }
    /// Changes what no row holds.
    void change(const QString& statement) const
    {
        {
            auto store = QSqlDatabase::addDatabase("QSQLITE", "store");
            store.setDatabaseName(m_home.path() + "/store.db");
            QVERIFY(store.open());
            QSqlQuery query(store);
            QVERIFY(query.exec(statement));
            QCOMPARE(query.numRowsAffected(), 1);
        }
        QSqlDatabase::removeDatabase("store");
    }
    /// The words of the plan's report.
    [[nodiscard]] QString report()
    {
        const QString pdf = m_home.file(QString("report-%1.pdf").arg(++m_reports));
        m_home.ok("olga", "report plan " + m_plan + " -o " + pdf);
        QProcess reader;
        reader.start("pdftotext", {pdf, "-"});
        return reader.waitForFinished() ? QString::fromUtf8(reader.readAllStandardOutput()) : QString();
    }

    LabHome m_home;
    QString m_plan;
    int m_reports = 0;
};

QTEST_GUILESS_MAIN(TestTold)
#include "tst_told.moc"
