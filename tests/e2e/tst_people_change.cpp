// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_home.h"
#include "tests/support/paper_procedure.h"

#include <QDateTime>
#include <QTest>

using namespace rc::test;

/// People come and go in the middle of things: deputies, break-glass, somebody shut out and let in again.
class TestPeopleChange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_home.addPeople();
        m_home.writeInventory();
        m_home.writeProcedure("paper", paperProcedure());
        m_home.ok("ben", "procedure review paper");
    }

    void init()
    {
        m_incident = m_home.openIncident();
        m_plan = m_home.ok("nora", "plan start " + m_incident + " paper")["id"].toString();
        m_home.ok("nora", "plan step " + m_plan + " look done --note seen");
    }

    void whoStartedThePlanDoesNotApproveItByBreakGlass()
    {
        m_home.refused("nora", "plan approve " + m_plan + " seal", "permission_denied");
        const auto nora = m_home.ok("nora", "operator break-glass --role protocol_lead --reason \"all asleep\"");
        QCOMPARE(nora["roles"].toArray(), QJsonArray{"node_operator"});
        const auto refused = m_home.refused("nora", "plan approve " + m_plan + " seal", "permission_denied");
        QVERIFY2(refused.sentence().contains("second person"), refused.describe());
        // The role is real: what asks for it alone is hers to do, once another has approved.
        m_home.ok("ben", "plan approve " + m_plan + " seal");
        m_home.ok("nora", "plan step " + m_plan + " seal done --note signed");
        m_home.ok("nora", "operator end-break-glass nora --reason \"done with it\"");
    }

    void whoApprovedByBreakGlassDoesNotDoIt()
    {
        m_home.ok("otto", "operator break-glass --role protocol_lead --hours 2 --reason \"all asleep\"");
        m_home.ok("otto", "plan approve " + m_plan + " seal");
        m_home.refused("otto", "plan step " + m_plan + " seal done --note signed", "permission_denied");
        m_home.ok("olga", "operator end-break-glass otto --reason \"ben is awake\"");
        // What was approved in time stays approved; he is an observer again.
        m_home.ok("olga", "plan step " + m_plan + " seal done --note signed");
        m_home.refused("otto", "plan note " + m_plan + " hello", "permission_denied");
    }

    void breakGlassIsLoud()
    {
        m_home.ok("otto", "operator break-glass --role protocol_lead --hours 4 --reason \"all asleep\"");
        const auto told = m_home.ok({}, "operator show otto")["temporary"].toArray();
        QCOMPARE(told.size(), 1);
        const QJsonObject role = told[0].toObject();
        QCOMPARE(role["role"].toString(), "protocol_lead");
        QCOMPARE(role["kind"].toString(), "break_glass");
        QCOMPARE(role["by"].toString(), "otto");
        QCOMPARE(role["reason"].toString(), "all asleep");
        const QJsonObject row = m_home.records("break_glass_taken").last().toObject();
        QCOMPARE(row["sequence"], role["record"]);
        QCOMPARE(row["operator"].toString(), "otto");
        for (const auto& command : QStringList{"operator list", "operator show otto"}) {
            const auto text = textOf(command);
            QVERIFY2(text.contains("BREAK-GLASS: protocol_lead until " + role["until"].toString().toUtf8()),
                     text.constData());
            QVERIFY2(text.contains("(all asleep)"), text.constData());
        }
        m_home.refused("nora", "operator end-break-glass otto --reason \"I do not like it\"", "permission_denied");
        m_home.ok("olga", "operator end-break-glass otto --reason \"all awake\"");
        QVERIFY(m_home.ok({}, "operator show otto")["temporary"].toArray().isEmpty());
        m_home.refused("olga", "operator end-break-glass otto --reason again", "wrong_state");
    }

    void whatBreakGlassDoesNotGive_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("code");
        QTest::newRow("administrator") << "--role administrator --reason x" << "permission_denied";
        QTest::newRow("five hours") << "--role protocol_lead --hours 5 --reason x" << "invalid_input";
        QTest::newRow("no time") << "--role protocol_lead --hours 0 --reason x" << "invalid_input";
        QTest::newRow("all time") << "--role protocol_lead --hours 9223372036854775807 --reason x" << "invalid_input";
        QTest::newRow("two ends") << "--role protocol_lead --hours 1 --until 2030-01-01T00:00:00Z --reason x"
                                  << "invalid_input";
        QTest::newRow("no reason") << "--role protocol_lead" << "invalid_input";
        QTest::newRow("no role") << "--reason x" << "invalid_input";
        QTest::newRow("no such role") << "--role king --reason x" << "invalid_input";
        QTest::newRow("what one has") << "--role observer --reason x" << "wrong_state";
    }
    void whatBreakGlassDoesNotGive()
    {
        QFETCH(const QString, options);
        QFETCH(const QString, code);
        const auto before = m_home.records("break_glass_taken").size();
        m_home.refused("otto", "operator break-glass " + options, code);
        QCOMPARE(m_home.records("break_glass_taken").size(), before);
    }

    void aDeputyActsUntilTheEnd()
    {
        m_home.refused("otto", "plan note " + m_plan + " hello", "permission_denied");
        m_home.refused("otto", "operator deputy otto --of olga --hours 8 --reason x", "permission_denied");
        m_home.refused("olga", "operator deputy otto --reason x", "invalid_input"); // until when?
        const auto until = QDateTime::currentDateTimeUtc().addSecs(4).toString(Qt::ISODateWithMs);
        const auto otto = m_home.ok("olga", "operator deputy otto --until " + until + " --reason \"at lunch\"");
        QCOMPARE(otto["temporary"].toArray().size(), 3);
        QCOMPARE(otto["temporary"].toArray()[0].toObject()["of"].toString(), "olga");
        QTRY_VERIFY_WITH_TIMEOUT(m_home.ok({}, "operator show otto")["temporary"].toArray().isEmpty(), 60'000);
        m_home.refused("otto", "plan note " + m_plan + " hello", "permission_denied");
        m_home.ok("olga", "operator deputy otto --hours 8 --role node_operator --reason \"still at lunch\"");
        m_home.ok("otto", "plan note " + m_plan + " hello");
        m_home.refused("otto", "plan approve " + m_plan + " seal", "permission_denied"); // that role was not lent
        m_home.refused("otto", "operator deputy ben --hours 1 --role node_operator --reason x", "permission_denied");
        m_home.ok("olga", "operator end-deputy otto --reason \"back again\"");
        m_home.refused("otto", "plan note " + m_plan + " hello", "permission_denied");
    }

    void aDisabledPersonIsOutUntilEnabled()
    {
        m_home.addPerson("vera", {"node_operator"});
        m_home.ok("vera", "plan note " + m_plan + " hello");
        m_home.refused("nora", "operator disable vera --reason x", "permission_denied");
        m_home.refused("olga", "operator disable vera", "invalid_input");
        m_home.refused("olga", "operator disable olga --reason x", "wrong_state"); // the last administrator
        QCOMPARE(m_home.ok("olga", "operator disable vera --reason \"has left\"")["enabled"].toBool(true), false);
        m_home.refused("vera", "plan note " + m_plan + " hello", "permission_denied");
        m_home.refused("vera", "operator break-glass --role protocol_lead --reason x", "permission_denied");
        m_home.refused("olga", "operator disable vera --reason again", "wrong_state");
        QVERIFY(m_home.ok("olga", "operator enable vera --reason \"is back\"")["enabled"].toBool());
        m_home.ok("vera", "plan note " + m_plan + " hello");
    }

    void cleanup()
    {
        m_home.ok("olga", "plan abort " + m_plan + " --reason over");
        m_home.ok("olga", "incident close " + m_incident + " --reason over");
    }
    void cleanupTestCase() { m_home.verifyJournal(); }

private:
    /// What a person reads on the terminal.
    [[nodiscard]] QByteArray textOf(const QString& command) const
    {
        QProcess process;
        process.start(RC_BIN_DIR "/recoveryctl",
                      QStringList{"--home", m_home.path()} + QProcess::splitCommand(command));
        return process.waitForFinished() ? process.readAllStandardOutput() : QByteArray();
    }

    LabHome m_home;
    QString m_incident;
    QString m_plan;
};

QTEST_GUILESS_MAIN(TestPeopleChange)
#include "tst_people_change.moc"
