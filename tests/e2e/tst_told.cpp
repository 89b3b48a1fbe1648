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
        m_home.writeProcedure("told", R"(id: told
version: 1
name: Told in the end
incident_types: [state_corruption]
required_roles: [incident_commander]
steps:
  - id: look
    name: Look at it
    action_type: manual
    after: []
verification:
  - id: files
    name: The files are the trusted ones
    check: configuration_matches
    parameters: {systems: "${incident.systems}"}
    owner_step: look
)");
        m_home.ok("ben", "procedure review told");
    }

    void init() { m_plan = m_home.ok("olga", "plan start " + m_home.openIncident() + " told")["id"].toString(); }

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

private:
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
