// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/counts.h"
#include "tests/support/lab_home.h"
#include "tests/support/mend_procedure.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

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
        m_home.writeProcedure("tally", tallyProcedure(tally().toUtf8()));
        m_home.ok("ben", "procedure review mend");
        m_home.ok("ben", "procedure review tally");
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
        row("restore", "intent_written", "unknown", 2);
        row("restore", "captured", "unknown", 2);
        row("restore", "restore_stopped", "unknown", 2);
        row("restore", "restore_applied", "unknown", 2);
        row("restore", "restore_started", "unknown", 1); // Once it is healthy; before, nobody can tell.
        row("restore", "effect_done", "unknown", 1);
        row("restore", "outcome_written", "succeeded", 1);
        row("restart", "intent_written", "unknown", 2);
        row("restart", "restart_stopped", "unknown", 2);
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
        carryOn(plan);
        const auto done = m_home.step(plan, step);
        QCOMPARE(done["state"].toString(), "succeeded");
        QCOMPARE(done["attempts"].toInt(), attempts);
        finish(plan);
    }

    void killedWhileItUndoes_data()
    {
        QTest::addColumn<QString>("failpoint");
        QTest::addColumn<QString>("left");
        QTest::addColumn<QString>("found"); // by the probe; empty: it cannot tell, and a person says so
        QTest::newRow("before it began") << "undo_intent_written" << "unknown" << "succeeded";
        QTest::newRow("with the system stopped") << "restore_stopped" << "unknown" << "";
        QTest::newRow("with the old files in place") << "restore_applied" << "unknown" << "";
        QTest::newRow("when all was done") << "undo_effect_done" << "unknown" << "undone";
        QTest::newRow("after it was recorded") << "undo_outcome_written" << "undone" << "undone";
    }
    void killedWhileItUndoes()
    {
        QFETCH(QString, failpoint);
        QFETCH(QString, found);
        const auto path = m_home.path() + "/lab/gateway/config/gateway.json";
        const auto before = contentOf(path) + "\n";
        m_home.write(path, before);
        const auto plan = startMend();
        m_home.ok("olga", "plan step " + plan + " look skip --reason \"it differs\"");
        m_home.ok("olga", "plan step " + plan + " restore run");
        QVERIFY(contentOf(path) != before);
        const QString undo = "plan step " + plan + " restore undo --reason \"it made things worse\"";
        dieAt(failpoint, undo);
        QTEST(m_home.step(plan, "restore")["state"].toString(), "left");
        m_home.verifyJournal();
        const QString settle = "plan step " + plan + " restore run";
        if (found.isEmpty()) {
            m_home.refused("olga", settle, "wrong_state");
            m_home.ok("olga", "plan step " + plan + " restore fail --note \"half of it\"");
        } else if (found != "undone" || m_home.step(plan, "restore")["state"] == "unknown") {
            m_home.ok("olga", settle);
        }
        QCOMPARE(m_home.step(plan, "restore")["state"].toString(), found.isEmpty() ? QString("succeeded") : found);
        if (found != "undone") {
            m_home.ok("olga", undo);
        }
        QCOMPARE(m_home.step(plan, "restore")["state"].toString(), "undone");
        QCOMPARE(contentOf(path), before);
        m_home.ok({}, "health once");
        m_home.ok("olga", "plan step " + plan + " restore retry --reason \"once more\"");
        m_home.ok("olga", "plan run " + plan);
        finish(plan);
    }

    void killedInTheMiddleOfThreeRestarts()
    {
        const auto plan = startMend({"database", "gateway", "validator-1"});
        m_home.ok("olga", "plan step " + plan + " look run");
        m_home.ok("olga", "plan step " + plan + " restore run");
        dieAt("restart_stopped:2", "plan step " + plan + " restart run");
        QCOMPARE(m_home.step(plan, "restart")["state"].toString(), "unknown");
        carryOn(plan);
        QCOMPARE(m_home.step(plan, "restart")["attempts"].toInt(), 2);
        const auto retried = m_home.records("step_retried").last()["body"].toObject();
        QVERIFY2(retried["reason"].toString().contains("is down"), qPrintable(retried["reason"].toString()));
        finish(plan);
        m_home.ok({}, "health once");
    }

    void killedAroundACommit_data()
    {
        QTest::addColumn<QString>("failpoint");
        for (const auto& name : {QString("journal_before_commit"), QString("journal_after_commit")}) {
            for (const int nth : {1, 2, 4, 6}) { // armed, intended, on the way, done
                const auto failpoint = QString("%1:%2").arg(name).arg(nth);
                QTest::newRow(qPrintable(failpoint)) << failpoint;
            }
        }
    }
    void killedAroundACommit()
    {
        QFETCH(QString, failpoint);
        const auto plan = startMend();
        m_home.ok("olga", "plan note " + plan + " \"said before\"");
        const auto acknowledged = m_home.ok("olga", "plan step " + plan + " look run");
        dieAt(failpoint, "plan run " + plan);
        checkThatThePlanIsHonest(plan, acknowledged);
        carryOn(plan);
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
        auto plan = startMend({"gateway"}, "tally");
        whole.start();
        m_home.ok("olga", "plan run " + plan);
        const auto length = int(whole.elapsed());
        finish(plan);
        QCOMPARE(effectsOf(plan), 1);
        int inAStep = 0;
        for (int i = 0; i < kills; ++i) {
            plan = startMend({"gateway"}, "tally");
            m_home.ok("olga", "plan note " + plan + " \"said before\"");
            const auto acknowledged = m_home.ok("olga", "plan step " + plan + " look run");
            // Spread over the whole run.
            const int delay = int((i + QRandomGenerator::global()->generateDouble()) * length / kills);
            const auto process = m_home.start("olga", "plan run " + plan);
            if (!process->waitForFinished(delay)) {
                process->kill();
                QVERIFY(process->waitForFinished());
            }
            qInfo("kill %d of %d after %d ms", i + 1, kills, delay);
            const auto shown = checkThatThePlanIsHonest(plan, acknowledged);
            inAStep += stepIn(shown, "restore")["state"] == "unknown" || stepIn(shown, "restart")["state"] == "unknown";
            // An effect without an intent before it would be one that nobody looks for.
            QVERIFY(effectsOf(plan) <= rowsOf(plan, "step_started", "count"));
            carryOn(plan);
            finish(plan);
            // Attempts that were given up had none, and the one that succeeded had one, whoever has seen it.
            QCOMPARE(rowsOf(plan, "step_succeeded", "count"), 1);
            QCOMPARE(effectsOf(plan), 1);
            QVERIFY(!QTest::currentTestFailed());
        }
        QVERIFY2(inAStep >= kills / 4, qPrintable(QString("only %1 of %2 met a running step").arg(inAStep).arg(kills)));
    }

    void theLabIsWholeAfterAllThat()
    {
        m_home.ok({}, "health once");
        m_home.verifyJournal();
        m_home.down();
    }

private:
    QString startMend(const QStringList& systems = {"gateway"}, const QString& procedure = "mend")
    {
        const auto incident = m_home.openIncident(systems.join(" --system "));
        return m_home.ok("olga", "plan start " + incident + " " + procedure)["id"].toString();
    }

    [[nodiscard]] QString tally() const { return m_home.file("tally"); }
    /// How often the counting step of the plan has taken effect.
    qsizetype effectsOf(const QString& plan)
    {
        const auto incident = m_home.plan(plan)["incident_id"].toString().toUtf8();
        return contentOf(tally()).split('\n').count(incident);
    }
    qsizetype rowsOf(const QString& plan, const QString& kind, const QString& step)
    {
        const auto records = m_home.ok({}, "journal list --stream plan:" + plan)["list"].toArray();
        return std::ranges::count_if(
            records, [&](const QJsonValue record) { return record["kind"] == kind && record["body"]["step"] == step; });
    }

    /// Runs the plan to its end: a probe that looks before the system is healthy cannot tell, and is asked again.
    void carryOn(const QString& plan)
    {
        const auto settled = [&] {
            const auto steps = m_home.ok("olga", "plan run " + plan)["steps"].toArray();
            return std::ranges::none_of(steps, [](const QJsonValue step) { return step["state"] == "unknown"; });
        };
        QVERIFY(QTest::qWaitFor(settled, 60'000));
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

    /// What the plan shows is what the journal has, and nothing of the answers given before the kill is lost.
    QJsonObject checkThatThePlanIsHonest(const QString& plan, const QJsonObject& acknowledged)
    {
        m_home.verifyJournal();
        auto shown = m_home.plan(plan);
        compareWithJournal(plan, shown);
        const auto notes = acknowledged["notes"].toArray();
        if (notes.size() != 1 || shown["notes"].toArray() != notes) {
            QTest::qFail("The note is lost.", __FILE__, __LINE__);
        }
        const auto look = stepIn(acknowledged, "look");
        for (const auto& field : QStringList{"state", "attempts", "completed_at", "result"}) {
            if (look["state"] != "succeeded" || stepIn(shown, "look")[field] != look[field]) {
                QTest::qFail(qPrintable("The acknowledged step has another " + field), __FILE__, __LINE__);
            }
        }
        return shown;
    }

    void compareWithJournal(const QString& plan, const QJsonObject& shown)
    {
        QHash<QString, QString> last;
        const auto records = m_home.ok({}, "journal list --stream plan:" + plan)["list"].toArray();
        QVERIFY(!records.isEmpty());
        for (const QJsonValue record : records) {
            if (const QString step = record["body"]["step"].toString(); !step.isEmpty()) {
                last[step] = record["kind"].toString();
            }
        }
        static const QHash<QString, QString> states{{"step_started", "unknown"},
                                                    {"step_captured", "unknown"},
                                                    {"step_found_unknown", "unknown"},
                                                    {"step_succeeded", "succeeded"}};
        for (const QJsonValue step : shown["steps"].toArray()) {
            const QString state = step["state"].toString();
            const QString kind = last.value(step["id"].toString());
            const bool untouched = kind.isEmpty() && (state == "ready" || state == "waiting");
            QVERIFY2(untouched || state == states.value(kind), qPrintable(state + " after " + kind));
        }
    }

    static QByteArray contentOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    LabHome m_home;
};

QTEST_GUILESS_MAIN(TestCrash)
#include "tst_crash.moc"
