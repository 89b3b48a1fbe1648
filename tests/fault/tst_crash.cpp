// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/counts.h"
#include "tests/support/lab_home.h"
#include "tests/support/mend_procedure.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace rc::test;

/// The executor dies by SIGKILL, at every named point and at random ones. Nothing acknowledged is lost, what was
/// interrupted is unknown and not guessed, and the plan can be carried to its end.
class TestCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_home.addPeople();
        QVERIFY(m_home.up());
        m_home.ok("ben", "system config trust --all");
        m_home.writeProcedure("mend", mendProcedure());
        m_home.writeProcedure("rewind", rewindProcedure());
        m_home.ok("ben", "procedure review mend");
        m_home.ok("ben", "procedure review rewind");
    }

    void cleanup() { m_home.setEnvironment("RC_FAILPOINT", {}); }

    void killedWhileItRestoresOrRestarts_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<QString>("failpoint");
        QTest::addColumn<QString>("left");
        QTest::addColumn<int>("attempts");
        const auto row = [](const char* step, const char* failpoint, const char* left, int attempts) {
            QTest::addRow("%s at %s", step, failpoint) << step << failpoint << left << attempts;
        };
        row("look", "intent_written", "unknown", 2);
        row("look", "effect_done", "unknown", 2); // A check leaves nothing behind that a probe could find.
        row("look", "outcome_written", "succeeded", 1);
        row("restore", "intent_written", "unknown", 0); // It may have been the trusted configuration already.
        row("restore", "restore_stopped", "unknown", 2);
        row("restore", "restore_applied", "unknown", 2);
        row("restore", "restore_started", "unknown", 0); // Done or not: health decides.
        row("restore", "effect_done", "unknown", 1);
        row("restore", "outcome_written", "succeeded", 1);
        row("restart", "intent_written", "unknown", 2);
        row("restart", "effect_done", "unknown", 1);
        row("restart", "outcome_written", "succeeded", 1);
    }
    void killedWhileItRestoresOrRestarts()
    {
        QFETCH(QString, step);
        QFETCH(QString, failpoint);
        QFETCH(QString, left);
        QFETCH(int, attempts);
        const auto plan = startMend();
        const QStringList order{"look", "restore", "restart"};
        for (const auto& before : order.mid(0, order.indexOf(step))) {
            m_home.ok("olga", "plan step " + plan + " " + before + " run");
        }
        dieAt(failpoint, "plan step " + plan + " " + step + " run");
        QCOMPARE(m_home.step(plan, step)["state"].toString(), left);
        m_home.verifyJournal();
        const auto done = m_home.ok("olga", "plan run " + plan);
        QCOMPARE(stepIn(done, step)["state"].toString(), "succeeded");
        if (attempts > 0) {
            QCOMPARE(stepIn(done, step)["attempts"].toInt(), attempts);
        }
        finish(plan);
    }

    void killedAroundACommit_data()
    {
        QTest::addColumn<QString>("failpoint");
        for (const auto* const name : {"journal_before_commit", "journal_after_commit"}) {
            for (int nth = 1; nth <= 4; ++nth) {
                QTest::addRow("%s:%d", name, nth) << QString("%1:%2").arg(QLatin1StringView(name)).arg(nth);
            }
        }
    }
    void killedAroundACommit()
    {
        QFETCH(QString, failpoint);
        const auto plan = startMend();
        m_home.setEnvironment("RC_FAILPOINT", failpoint);
        const auto answer = m_home.ask("olga", "plan step " + plan + " look run");
        m_home.setEnvironment("RC_FAILPOINT", {});
        // With few commits, the last of these points is never reached.
        QVERIFY2(answer.exit == -1 || answer.exit == 0, answer.describe());
        checkThatThePlanIsHonest(plan, answer.out);
        m_home.ok("olga", "plan run " + plan);
        finish(plan);
    }

    void killedWhileItRollsBack_data()
    {
        QTest::addColumn<QString>("failpoint");
        QTest::newRow("before it began") << "intent_written";
        QTest::newRow("with the blocks gone") << "chain_rolled_back";
        QTest::newRow("when all was done") << "effect_done";
        QTest::newRow("after it was recorded") << "outcome_written";
    }
    void killedWhileItRollsBack()
    {
        QFETCH(QString, failpoint);
        const auto plan = startRewind();
        m_home.ok("ben", "plan approve " + plan + " roll_back");
        dieAt(failpoint, "plan run " + plan);
        const bool recorded = failpoint == "outcome_written";
        QCOMPARE(m_home.step(plan, "roll_back")["state"].toString(),
                 recorded ? QString("succeeded") : QString("unknown"));
        m_home.verifyJournal();
        const auto probed = m_home.ok("olga", "plan run " + plan);
        if (stepIn(probed, "roll_back")["state"] == "awaiting_approval") {
            // Another attempt is another action: the first approval was used up.
            QCOMPARE(stepIn(probed, "roll_back")["attempts"].toInt(), 2);
            m_home.ok("ben", "plan approve " + plan + " roll_back");
            m_home.ok("olga", "plan run " + plan);
        }
        QCOMPARE(m_home.step(plan, "roll_back")["state"].toString(), "succeeded");
        finish(plan);
        m_home.ok({}, "health once");
    }

    void killedAtRandom()
    {
        const int kills = countOf("random_kills");
        QVERIFY(kills > 0);
        QElapsedTimer whole;
        auto plan = startMend();
        whole.start();
        m_home.ok("olga", "plan run " + plan);
        const auto length = int(whole.elapsed());
        finish(plan);
        for (int i = 0; i < kills; ++i) {
            plan = startMend();
            const int delay = int(QRandomGenerator::global()->bounded(length));
            const auto process = m_home.start("olga", "plan run " + plan);
            if (!process->waitForFinished(delay)) {
                process->kill();
                QVERIFY(process->waitForFinished());
            }
            qInfo("kill %d of %d after %d ms", i + 1, kills, delay);
            checkThatThePlanIsHonest(plan, process->readAllStandardOutput());
            m_home.ok("olga", "plan run " + plan);
            finish(plan);
            QVERIFY(!QTest::currentTestFailed());
        }
    }

    void theLabIsWholeAfterAllThat()
    {
        m_home.ok({}, "health once");
        m_home.verifyJournal();
        m_home.down();
    }

private:
    QString startMend()
    {
        return m_home.ok("olga", "plan start " + m_home.openIncident("gateway") + " mend")["id"].toString();
    }

    /// A plan that goes back to a block of which the quorum has made others since.
    QString startRewind()
    {
        const auto head = [&] { return m_home.ok({}, "chain heads")["groups"].toArray().first().toObject(); };
        const auto target = head();
        const bool moved =
            QTest::qWaitFor([&] { return head()["height"].toInteger() >= target["height"].toInteger() + 2; }, 60'000);
        if (!moved) {
            QTest::qFail("The chain does not move.", __FILE__, __LINE__);
        }
        return m_home
            .ok("olga", QString("plan start %1 rewind --param height=%2 --param hash=%3")
                            .arg(m_home.openIncident("validator-3"))
                            .arg(target["height"].toInteger())
                            .arg(target["hash"].toString()))["id"]
            .toString();
    }

    void dieAt(const QString& failpoint, const QString& command)
    {
        m_home.setEnvironment("RC_FAILPOINT", failpoint);
        const auto answer = m_home.ask("olga", command);
        m_home.setEnvironment("RC_FAILPOINT", {});
        QVERIFY2(answer.exit == -1, "it did not die: " + answer.describe());
    }

    void finish(const QString& plan)
    {
        QCOMPARE(m_home.plan(plan)["status"].toString(), "soaking");
        const auto declared = m_home.ok("olga", "plan declare " + plan);
        QCOMPARE(declared["status"].toString(), "completed");
    }

    /// What the plan shows is what the journal has, and what was printed as done is in both.
    void checkThatThePlanIsHonest(const QString& plan, const QByteArray& printed)
    {
        m_home.verifyJournal();
        const auto shown = m_home.plan(plan);
        QHash<QString, QString> last;
        const auto records = m_home.ok({}, "journal list --stream plan:" + plan)["list"].toArray();
        QVERIFY(!records.isEmpty());
        for (const QJsonValue record : records) {
            if (const QString step = record["body"]["step"].toString(); !step.isEmpty()) {
                last[step] = record["kind"].toString();
            }
        }
        static const QHash<QString, QString> states{
            {"step_started", "unknown"}, {"step_found_unknown", "unknown"}, {"step_succeeded", "succeeded"}};
        for (const QJsonValue step : shown["steps"].toArray()) {
            const QString state = step["state"].toString();
            const QString kind = last.value(step["id"].toString());
            const bool untouched = kind.isEmpty() && (state == "ready" || state == "waiting");
            QVERIFY2(untouched || state == states.value(kind), qPrintable(state + " after " + kind));
        }
        for (const QJsonValue step : QJsonDocument::fromJson(printed)["steps"].toArray()) {
            if (step["state"] == "succeeded") {
                QCOMPARE(last.value(step["id"].toString()), "step_succeeded");
            }
        }
    }

    LabHome m_home;
};

QTEST_GUILESS_MAIN(TestCrash)
#include "tst_crash.moc"
