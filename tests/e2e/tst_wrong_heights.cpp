// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_home.h"
#include "tests/support/mend_procedure.h"

#include <QTest>

using namespace rc::test;

/// Recoveries of a real node that must not succeed: without a trusted configuration, to above the corruption, and of a
/// system that somebody else has in hand.
class TestWrongHeights : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_home.addPeople();
        QVERIFY(m_home.up());
        m_home.writeProcedure("mend", mendProcedure());
        m_home.ok("ben", "procedure review mend");
        m_home.writeProcedure("impatient", impatientProcedure());
        m_home.ok("ben", "procedure review impatient");
    }

    void withoutATrustedConfigurationNothingIsRestored()
    {
        m_home.refused("olga", "system restore gateway", "no_known_good");
        m_home.refused({}, "system can-restore gateway", "no_known_good");
        m_home.refused({}, "system restore gateway --dry-run", "no_known_good");
    }

    void aConfigurationFoundGoodOnlyAfterTheIncidentBeganIsNotTrusted()
    {
        const auto before = now();
        m_home.ok("ben", "system config trust --all");
        const auto incident = m_home.openIncident("gateway", before);
        const auto plan = m_home.ok("olga", "plan start " + incident + " mend")["id"].toString();
        // The check does not believe the mark either.
        const auto look = stepIn(m_home.ok("olga", "plan run " + plan, 1), "look");
        QCOMPARE(look["state"].toString(), "failed");
        QCOMPARE(look["result"]["fields"]["error"]["code"].toString(), "no_known_good");
        m_home.ok("olga", "plan step " + plan + " look skip --reason \"the marks are too young\"");
        const auto failed = m_home.ok("olga", "plan run " + plan, 1);
        const auto restore = stepIn(failed, "restore");
        QCOMPARE(restore["state"].toString(), "failed");
        QVERIFY2(restore["result"]["message"].toString().contains("gateway"),
                 QJsonDocument(restore).toJson().constData());
        QCOMPARE(restore["result"]["fields"]["error"]["code"].toString(), "no_known_good");
        m_home.ok({}, "health once");
        m_home.ok("olga", "plan abort " + plan + " --reason \"nothing to restore\"");
    }

    void aRollbackToAboveTheCorruptionDoesNotPass()
    {
        const auto broken = m_home.ok({}, "lab break corrupt-state --system validator-3");
        m_home.ok({}, "health once", 1);
        const auto bad = quorumAt(broken["height"].toInteger());
        const auto failed = m_home.ok("olga", "chain recover --node validator-3 --to " + bad, 1);
        QCOMPARE(failed["success"].toBool(true), false);
        const auto last = failed["operations"].toArray().last().toObject();
        QCOMPARE(last["kind"].toString(), "state_verification");
        QCOMPARE(last["success"].toBool(true), false);
        // Held: it neither serves its wrong state nor syncs on top of it.
        m_home.ok({}, "health once", 1);
        const auto good = quorumAt(broken["height"].toInteger() - 1);
        const auto healed = m_home.ok("olga", "chain recover --node validator-3 --to " + good);
        QVERIFY(healed["success"].toBool());
        QTRY_COMPARE_WITH_TIMEOUT(m_home.ask({}, "health once").exit, 0, 60'000);
    }

    void aPlanThatIsToldAHeightAboveTheCorruptionStops()
    {
        const auto since = now();
        const auto broken = m_home.ok({}, "lab break corrupt-state --system validator-3");
        const auto incident = m_home.openIncident("validator-3", since);
        const auto plan = m_home
                              .ok("olga", QString("plan start %1 state_corruption --param target_height=%2")
                                              .arg(incident)
                                              .arg(broken["height"].toInteger()))["id"]
                              .toString();
        m_home.ok("olga", "plan step " + plan + " confirm_scope done --note x");
        // A height that is given is the quorum's, and not looked for on the node itself.
        const auto located = m_home.ok("olga", "plan run " + plan);
        QCOMPARE(stepIn(located, "locate")["state"].toString(), "succeeded");
        m_home.ok("ben", "plan approve " + plan + " roll_back");
        const auto failed = m_home.ok("olga", "plan run " + plan, 1);
        QCOMPARE(stepIn(failed, "roll_back")["state"].toString(), "failed");
        QCOMPARE(m_home.plan(plan)["status"].toString(), "in_progress");
        m_home.ok({}, "health once", 1);
        m_home.ok("olga", "plan abort " + plan + " --reason \"the height was wrong\"");
        recoverBySearch(since);
    }

    void corruptedAgainBeforeVerificationOpensTheOwnerAgain()
    {
        const auto since = now();
        m_home.ok({}, "lab break corrupt-state --system validator-3");
        const auto plan = startRecovery(since, "impatient");
        m_home.ok("ben", "plan approve " + plan + " roll_back");
        m_home.ok("olga", "plan step " + plan + " roll_back run");
        m_home.ok("olga", "plan step " + plan + " restart run");
        m_home.ok({}, "lab break corrupt-state --system validator-3");
        const auto failed = m_home.ok("olga", "plan verify " + plan, 1);
        QCOMPARE(failed["status"].toString(), "verification_failed");
        QCOMPARE(stepIn(failed, "roll_back")["attempts"].toInt(), 2);
        QCOMPARE(stepIn(failed, "roll_back")["state"].toString(), "awaiting_approval");
        QCOMPARE(stepIn(failed, "restart")["state"].toString(), "waiting");
        m_home.refused("olga", "plan declare " + plan, "wrong_state");
        // The height that was found before is above the new damage: a fresh search has to come first.
        m_home.ok("olga", "plan abort " + plan + " --reason \"broken again\"");
        recoverBySearch(since);
    }

    void aClaimedSystemIsBusy()
    {
        // While its state is wrong the restarted node does not become healthy, and the step keeps its claim.
        const auto since = now();
        m_home.ok({}, "lab break corrupt-state --system validator-3");
        const auto incident = m_home.openIncident("validator-3", since);
        const auto plan = m_home.ok("olga", "plan start " + incident + " mend")["id"].toString();
        m_home.ok("olga", "plan step " + plan + " look skip --reason x");
        m_home.ok("olga", "plan step " + plan + " restore skip --reason x");
        const auto running = m_home.start("olga", "plan step " + plan + " restart run");
        QTRY_COMPARE_WITH_TIMEOUT(m_home.step(plan, "restart")["state"].toString(), "running", 30'000);
        const auto answer = m_home.refused("nora", "service restart validator-3", "busy");
        for (const auto& word : {plan, QString("restart"), QString("olga")}) {
            QVERIFY2(answer.sentence().contains(word), answer.describe());
        }
        m_home.refused("nora", "plan step " + plan + " restart run", "conflict");
        running->terminate();
        QVERIFY(running->waitForFinished(60'000));
        QCOMPARE(running->exitStatus(), QProcess::NormalExit);
        QCOMPARE(running->exitCode(), 5); // cancelled
        const auto cancelled = m_home.step(plan, "restart");
        QCOMPARE(cancelled["state"].toString(), "failed");
        m_home.ok("olga", "plan abort " + plan + " --reason x");
        recoverBySearch(since);
    }

    void aSystemThatDoesNotAnswerIsAReasonForWaiting()
    {
        m_home.writeProcedure("rewind", rewindProcedure());
        m_home.ok("ben", "procedure review rewind");
        const auto head = m_home.ok({}, "chain heads")["groups"].toArray().first().toObject();
        const auto plan = m_home
                              .ok("olga", QString("plan start %1 rewind --param height=%2 --param hash=%3")
                                              .arg(m_home.openIncident("validator-3"))
                                              .arg(head["height"].toInteger())
                                              .arg(head["hash"].toString()))["id"]
                              .toString();
        m_home.ok("ben", "plan approve " + plan + " roll_back");
        const auto why = [&] {
            const auto steps = m_home.ok({}, "plan why " + plan + " roll_back")["list"].toArray();
            return QJsonDocument(steps).toJson();
        };
        QVERIFY2(!why().contains("unreachable:"), why().constData());
        m_home.ok({}, "lab break kill --system validator-3");
        const auto reasons = why();
        QVERIFY2(reasons.contains("unreachable: ") && reasons.contains("validator-3"), reasons.constData());
        QVERIFY2(reasons.contains("start: "), reasons.constData()); // somebody has to, when it is there again
        m_home.ok("olga", "plan abort " + plan + " --reason x");
        m_home.ok("nora", "service restart validator-3");
        QVERIFY(!m_home.said("plan why " + plan).contains("unreachable:"));
    }

    void cleanupTestCase() { m_home.verifyJournal(); }

private:
    /// The shipped procedure, with checks that do not wait long for what is not going to happen.
    static QByteArray impatientProcedure()
    {
        QFile file(RC_SOURCE_DIR "/resources/procedures/state_corruption.yaml");
        if (!file.open(QIODevice::ReadOnly)) {
            return {};
        }
        const auto text = file.readAll().replace("id: state_corruption", "id: impatient");
        const auto checks = text.indexOf("verification:");
        return text.left(checks) +
               text.mid(checks).replace("    parameters:\n", "    parameters:\n      within_seconds: 2\n");
    }

    /// HEIGHT:HASH of the quorum's block, as the refusal to take a height alone shows it.
    QString quorumAt(qint64 height)
    {
        const auto answer = m_home.refused("olga", QString("chain recover --to %1").arg(height), "invalid_input");
        return QString("%1:%2").arg(height).arg(answer.error().value("details")["hash"].toString());
    }

    /// The shipped procedure up to the approval of its point of no return.
    QString startRecovery(const QString& since, const QString& procedure = "state_corruption")
    {
        const auto incident = m_home.openIncident("validator-3", since);
        const auto plan = m_home.ok("olga", "plan start " + incident + " " + procedure)["id"].toString();
        m_home.ok("olga", "plan step " + plan + " confirm_scope done --note x");
        const auto waiting = m_home.ok("olga", "plan run " + plan);
        if (stepIn(waiting, "roll_back")["state"] != "awaiting_approval") {
            QTest::qFail(QJsonDocument(waiting).toJson().constData(), __FILE__, __LINE__);
        }
        return plan;
    }

    void recoverBySearch(const QString& since)
    {
        const auto plan = startRecovery(since);
        m_home.ok("ben", "plan approve " + plan + " roll_back");
        QCOMPARE(m_home.ok("olga", "plan run " + plan)["status"].toString(), "soaking");
        QCOMPARE(m_home.ok("olga", "plan declare " + plan)["status"].toString(), "completed");
        m_home.ok({}, "health once");
    }

    LabHome m_home;
};

QTEST_GUILESS_MAIN(TestWrongHeights)
#include "tst_wrong_heights.moc"
