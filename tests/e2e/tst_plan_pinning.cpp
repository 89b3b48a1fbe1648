// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_home.h"

#include <QFile>
#include <QTest>

using namespace rc::test;

/// A plan reads only what it pinned (product rule 10), whatever becomes of the files meanwhile.
class TestPlanPinning : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_home.addPeople();
        m_home.writeInventory();
    }

    void init() { m_log = m_home.file(QString("log-%1").arg(++m_count)); }

    void aPlanGoesOnWithTheTextItWasStartedWith_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("another command and one step more") << QByteArray("new");
        QTest::newRow("no procedure any more") << QByteArray("id: [");
        QTest::newRow("gone") << QByteArray();
    }
    void aPlanGoesOnWithTheTextItWasStartedWith()
    {
        QFETCH(QByteArray, text);
        writeProcedure("old", {});
        m_home.ok("ben", "procedure review edited");
        const auto incident = m_home.openIncident();
        const auto plan = m_home.ok("olga", "plan start " + incident + " edited")["id"].toString();
        const auto hash = m_home.plan(plan)["plan_hash"].toString();
        m_home.ok("olga", "plan step " + plan + " look done --note seen");
        if (text == "new") {
            writeProcedure("new", MoreSteps);
        } else if (text.isEmpty()) {
            QVERIFY(QFile::remove(file()));
        } else {
            m_home.write(file(), text);
        }
        m_home.ok("olga", "plan run " + plan);
        const auto shown = m_home.plan(plan);
        QCOMPARE(textOf(m_log), "old\n");
        QCOMPARE(shown["steps"].toArray().size(), 2);
        QCOMPARE(shown["plan_hash"].toString(), hash);
        QCOMPARE(m_home.ok("olga", "plan declare " + plan)["status"].toString(), "completed");
        m_home.verifyJournal();
    }

    void aNewPlanTakesTheNewTextOnceSomebodyReviewedIt()
    {
        writeProcedure("old", {});
        m_home.ok("ben", "procedure review edited");
        const auto before =
            m_home.ok("olga", "plan start " + m_home.openIncident() + " edited")["plan_hash"].toString();
        writeProcedure("new", MoreSteps);
        const auto incident = m_home.openIncident();
        m_home.refused("olga", "plan start " + incident + " edited", "not_reviewed");
        m_home.ok("ben", "procedure review edited");
        const auto started = m_home.ok("olga", "plan start " + incident + " edited");
        QVERIFY(started["plan_hash"].toString() != before);
        const auto plan = started["id"].toString();
        m_home.ok("olga", "plan step " + plan + " look done --note seen");
        m_home.ok("olga", "plan run " + plan);
        QCOMPARE(textOf(m_log), "new\n");
        QCOMPARE(m_home.step(plan, "tidy")["state"].toString(), "ready");
    }

private:
    static constexpr QLatin1StringView MoreSteps{"  - {id: tidy, name: Tidy up, action_type: manual}\n"};

    QString file() const { return m_home.path() + "/procedures/edited.yaml"; }
    void writeProcedure(const QString& word, QLatin1StringView more)
    {
        const auto text = QString(R"(id: edited
version: 1
name: Edited on the way
incident_types: [state_corruption]
required_roles: [incident_commander]
steps:
  - {id: look, name: Look at it, action_type: manual}
  - id: say
    name: Say a word
    action_type: command
    parameters: {program: bash, arguments: ["-c", 'echo %1 >>%2'], undo: {program: "true"}}
%3verification:
  - id: files
    check: configuration_matches
    parameters: {systems: "${incident.systems}"}
)");
        m_home.writeProcedure("edited", text.arg(word, m_log, more).toUtf8());
    }
    static QString textOf(const QString& path)
    {
        QFile log(path);
        return log.open(QIODevice::ReadOnly) ? QString::fromUtf8(log.readAll()) : QString();
    }

    LabHome m_home;
    /// What the commands of one test function leave.
    QString m_log;
    int m_count = 0;
};

QTEST_GUILESS_MAIN(TestPlanPinning)
#include "tst_plan_pinning.moc"
