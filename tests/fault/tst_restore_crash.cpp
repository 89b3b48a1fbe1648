// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_home.h"
#include "tests/support/mend_procedure.h"

#include <QFile>
#include <QTest>

using namespace rc::test;

/// A restoration that dies on its way and is run again knows what there was before its first attempt; and systems that
/// need each other are restored together.
class TestRestoreCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_home.addPeople();
        QVERIFY(m_home.up());
        m_home.ok("ben", "system config trust --all");
        m_home.writeProcedure("mend", mendProcedure());
        m_home.ok("ben", "procedure review mend");
    }

    void threeOfFourValidatorsAreRestoredTogether()
    {
        const QStringList broken{"validator-1", "validator-2", "validator-3"};
        for (const auto& system : broken) {
            m_home.write(configurationOf(system, "node"), "{}\n");
            m_home.ok("nora", "service restart --no-health " + system, 1);
        }
        const auto restored = m_home.ok("nora", "system restore " + broken.join(' '));
        QCOMPARE(restored["restorations"].toArray().size(), 3);
        m_home.ok({}, "health once");
    }

    void theRedoGoesBackToTheFilesFromBeforeTheFirstAttempt_data()
    {
        QTest::addColumn<QString>("failpoint");
        QTest::newRow("stopped") << "restore_stopped";
        QTest::newRow("applied") << "restore_applied";
    }
    void theRedoGoesBackToTheFilesFromBeforeTheFirstAttempt()
    {
        QFETCH(QString, failpoint);
        const auto path = configurationOf("gateway", "gateway");
        const auto good = contentOf(path);
        m_home.write(path, "{\"note\": \"unusable, " + failpoint.toUtf8() + "\"}\n");
        m_home.ok("ben", "system config trust gateway");
        m_home.write(path, good + "\n");
        const auto plan = m_home.ok("olga", "plan start " + m_home.openIncident("gateway") + " mend")["id"].toString();
        m_home.ok("olga", "plan step " + plan + " look skip --reason x");

        m_home.setEnvironment("RC_FAILPOINT", failpoint);
        const auto died = m_home.ask("olga", "plan step " + plan + " restore run");
        m_home.setEnvironment("RC_FAILPOINT", {});
        QVERIFY2(died.exit == -1, died.describe());
        expectBack(plan, path, good + "\n");
        QCOMPARE(begunFor(plan), 1);

        // That attempt came to its end: the next one goes back to what it finds itself.
        m_home.write(path, good + "\n\n");
        m_home.ok("olga", "plan step " + plan + " restore retry");
        expectBack(plan, path, good + "\n\n");
        QCOMPARE(begunFor(plan), 2);
        m_home.ok("olga", "plan abort " + plan + " --reason x");
        m_home.write(path, good);
    }

    void cleanupTestCase() { m_home.verifyJournal(); }

private:
    [[nodiscard]] QString configurationOf(const QString& system, const QString& name) const
    {
        return QString("%1/lab/%2/config/%3.json").arg(m_home.path(), system, name);
    }
    static QByteArray contentOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void expectBack(const QString& plan, const QString& path, const QByteArray& before)
    {
        const auto failed = m_home.ok("olga", "plan step " + plan + " restore run", 1);
        const auto step = stepIn(failed, "restore");
        const auto message = step["result"]["message"].toString();
        QVERIFY2(message.endsWith("Its previous configuration is back, and it runs."), qPrintable(message));
        QCOMPARE(contentOf(path), before);
        m_home.ok({}, "health once");
    }
    int begunFor(const QString& plan)
    {
        int count = 0;
        for (const QJsonValue record : m_home.records("step_captured")) {
            count += record["stream"] == "plan:" + plan && record["body"]["step"] == "restore" ? 1 : 0;
        }
        return count;
    }

    LabHome m_home;
};

QTEST_GUILESS_MAIN(TestRestoreCrash)
#include "tst_restore_crash.moc"
