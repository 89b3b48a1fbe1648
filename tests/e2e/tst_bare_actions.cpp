// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_home.h"

#include <QTest>

#include <csignal>

using namespace rc::test;

/// Actions outside of plans that do not come to their end.
class TestBareActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_home.addPeople();
        QVERIFY(m_home.up());
        m_home.ok("ben", "system config trust --all");
    }

    void cleanup() { m_home.setEnvironment("RC_FAILPOINT", {}); }

    void ctrlCEndsInGoodOrder()
    {
        const auto before = m_home.records("action_started").size();
        const auto command = m_home.start("olga", "service restart validator-1 validator-2 validator-3 validator-4");
        QTRY_COMPARE_WITH_TIMEOUT(m_home.records("action_started").size(), before + 1, 30'000);
        ::kill(pid_t(command->processId()), SIGINT);
        QVERIFY(command->waitForFinished(60'000));
        const auto errors = command->readAllStandardError();
        QVERIFY2(command->exitCode() == 5 && errors.isEmpty(), errors);
        const auto answer = QJsonDocument::fromJson(command->readAllStandardOutput()).object();
        QCOMPARE(answer["all_successful"].toBool(true), false);
        QCOMPARE(answer["results"].toArray().last()["outcome"].toString(), "not_reached");
        QCOMPARE(m_home.records("action_finished").size(), before + 1);
        QVERIFY(m_home.ok({}, "service list")["list"].toArray().size() == 6);
        m_home.ok("olga", "service restart validator-1"); // nothing is claimed any more
    }

    /// None of them becomes healthy before the others are back.
    void allValidatorsAreRestartedTogether()
    {
        const QString all("validator-1 validator-2 validator-3 validator-4");
        const auto answer = m_home.ok("olga", "service restart --mode stop-all --abort-on-critical " + all);
        const auto results = answer["results"].toArray();
        QCOMPARE(results.size(), 4);
        QString lastStop;
        QString firstStart("9999");
        for (const QJsonValue result : results) {
            const auto artifacts = result["artifacts"].toArray();
            QCOMPARE(artifacts.size(), 2);
            lastStop = std::max(lastStop, artifacts[0]["timestamp"].toString());
            firstStart = std::min(firstStart, artifacts[1]["timestamp"].toString());
        }
        QVERIFY2(lastStop < firstStart, qPrintable(lastStop + " " + firstStart));
    }

    void aKilledActionIsToldUntilTheNextOne()
    {
        m_home.setEnvironment("RC_FAILPOINT", "restore_stopped");
        QCOMPARE(m_home.ask("olga", "system restore gateway").exit, -1);
        m_home.setEnvironment("RC_FAILPOINT", {});
        const auto interrupted = m_home.ok({}, "health once", 1)["interrupted"].toArray();
        QCOMPARE(interrupted.size(), 1);
        QCOMPARE(interrupted[0]["systems"].toArray(), QJsonArray{"gateway"});
        QCOMPARE(interrupted[0]["action_type"].toString(), "restore_system");
        QCOMPARE(interrupted[0]["operator"].toString(), "olga");
        m_home.ok("olga", "system restore gateway");
        QCOMPARE(m_home.records("action_found_unknown").size(), 1);
        QVERIFY(m_home.ok({}, "health once")["interrupted"].toArray().isEmpty());
    }

    void cleanupTestCase() { m_home.verifyJournal(); }

private:
    LabHome m_home;
};

QTEST_GUILESS_MAIN(TestBareActions)
#include "tst_bare_actions.moc"
