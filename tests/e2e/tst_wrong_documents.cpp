// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_home.h"
#include "tests/support/paper_procedure.h"

#include <QFile>
#include <QTest>

using namespace rc::test;

/// What a plan may be made of: files that ship with the program, or that a role has reviewed as they stand.
class TestWrongDocuments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_home.addPeople();
        m_home.writeInventory();
        m_inventory = read(m_home.path() + "/inventory.yaml");
    }

    void init()
    {
        m_home.write(m_home.path() + "/inventory.yaml", m_inventory);
        m_incident = m_home.openIncident();
    }

    void aProcedureOfOnesOwnHasToBeReviewed()
    {
        m_home.writeProcedure("paper", paperProcedure());
        m_home.ok({}, "plan dry-run " + m_incident + " paper");
        const auto answer = m_home.refused("olga", "plan start " + m_incident + " paper", "not_reviewed");
        QVERIFY2(answer.sentence().contains("procedure review paper"), answer.describe());
        m_home.refused("nora", "procedure review paper", "permission_denied");
        m_home.ok("ben", "procedure review paper");
        m_home.ok("olga", "plan start " + m_incident + " paper");
    }

    void aReviewIsForTheFileAsItStood()
    {
        m_home.writeProcedure("paper", paperProcedure());
        m_home.ok("ben", "procedure review paper");
        m_home.writeProcedure("paper", paperProcedure("5m"));
        m_home.refused("olga", "plan start " + m_incident + " paper", "not_reviewed");
        m_home.writeProcedure("paper", paperProcedure());
        m_home.ok("olga", "plan start " + m_incident + " paper");
    }

    void aDryRunShowsWhatAnActionWouldDoAndTouchesNothing_data()
    {
        QTest::addColumn<QByteArray>("action");
        QTest::addColumn<QString>("said");
        QTest::newRow("command") << QByteArray("command\n    parameters: {program: touch, arguments: [MARK]}")
                                 << "touch " + m_home.file("mark");
        QTest::newRow("http_request")
            << QByteArray("http_request\n    parameters: {method: DELETE, url: 'http://127.0.0.1:1/'}")
            << "would request DELETE http://127.0.0.1:1/";
        QTest::newRow("wait") << QByteArray("wait\n    parameters: {duration: 1h}") << "would wait for 1h";
        QTest::newRow("notify") << QByteArray("notify\n    parameters: {message: All is well.}")
                                << "would note in the journal: All is well.";
    }
    void aDryRunShowsWhatAnActionWouldDoAndTouchesNothing()
    {
        QFETCH(QByteArray, action);
        QFETCH(QString, said);
        const auto text = paperProcedure();
        action.replace("MARK", m_home.file("mark").toUtf8());
        m_home.writeProcedure("paper", QByteArray(text).replace(text.lastIndexOf("manual"), 6, action));
        const auto before = m_home.journalHead();
        const auto dryRun = m_home.ok({}, "plan dry-run " + m_incident + " paper");
        const auto effect = stepIn(dryRun, "tidy")["effects"].toArray().first()["what"].toString();
        QVERIFY2(effect.contains(said), QJsonDocument(dryRun).toJson());
        QVERIFY(!QFile::exists(m_home.file("mark")));
        QCOMPARE(m_home.journalHead(), before);
        m_home.writeProcedure("paper", text);
    }

    void aRunningPlanKeepsTheProcedureItPinned()
    {
        m_home.writeProcedure("paper", paperProcedure());
        m_home.ok("ben", "procedure review paper");
        const auto plan = m_home.ok("olga", "plan start " + m_incident + " paper");
        const auto id = plan["id"].toString();
        m_home.writeProcedure("paper", paperProcedure().replace("Seal the record", "Burn the record"));
        const auto done = m_home.ok("olga", "plan step " + id + " look done --note x");
        QCOMPARE(stepIn(done, "seal")["name"].toString(), "Seal the record");
        QCOMPARE(done["procedure_hash"], plan["procedure_hash"]);
        QVERIFY(QFile::remove(m_home.path() + "/procedures/paper.yaml"));
        m_home.ok("ben", "plan approve " + id + " seal");
        m_home.ok("olga", "plan step " + id + " seal done --note x");
    }

    void anInventoryIsReviewedAsItStands()
    {
        m_home.write(m_home.path() + "/inventory.yaml", "# edited\n" + m_inventory);
        const auto answer = m_home.refused("olga", "plan start " + m_incident + " state_corruption", "not_reviewed");
        QVERIFY2(answer.sentence().contains("system review"), answer.describe());
        m_home.refused("olga", "system restore validator-3", "not_reviewed");
        m_home.refused("otto", "system review", "permission_denied");
        m_home.ok("nora", "system review");
        m_home.ok("olga", "plan start " + m_incident + " state_corruption");
    }

    void aPlanKeepsTheInventoryItPinned()
    {
        m_home.writeProcedure("paper", paperProcedure());
        m_home.ok("ben", "procedure review paper");
        const auto plan = m_home.ok("olga", "plan start " + m_incident + " paper");
        m_home.write(m_home.path() + "/inventory.yaml", "nonsense: true\n");
        m_home.ok("olga", "plan run " + plan["id"].toString());
        QCOMPARE(m_home.plan(plan["id"].toString())["inventory_hash"], plan["inventory_hash"]);
    }

    void aSystemThatTheInventoryDoesNotHaveIsRefused()
    {
        const QString open(
            "incident open --type state_corruption --severity high --title diverged --system validator-9");
        const auto refused = m_home.refused("olga", open, "invalid_input");
        QVERIFY2(refused.sentence().contains("validator-9") && refused.sentence().contains("validator-3"),
                 refused.describe());
        // Without an inventory any name is as good as another; the plan sees it.
        QVERIFY(QFile::rename(m_home.path() + "/inventory.yaml", m_home.path() + "/away.yaml"));
        const auto incident = m_home.openIncident("validator-9");
        QVERIFY(QFile::rename(m_home.path() + "/away.yaml", m_home.path() + "/inventory.yaml"));
        const auto answer = m_home.refused("olga", "plan start " + incident + " state_corruption", "invalid_input");
        QVERIFY2(answer.sentence().contains("validator-9"), answer.describe());
    }

    void aPracticeStoreNeverTakesALiveInventory()
    {
        m_home.ok("olga", "plan start " + m_incident + " state_corruption");
        m_home.write(m_home.path() + "/inventory.yaml", QByteArray(m_inventory).replace("practice", "live"));
        const auto review = m_home.refused("olga", "system review", "wrong_state");
        QVERIFY2(review.sentence().contains("practice network 'paper'"), review.describe());
        const auto incident = m_home.openIncident();
        m_home.refused("olga", "plan start " + incident + " state_corruption", "wrong_state");
        m_home.refused("olga", "system restore validator-3", "wrong_state");
        m_home.refused("olga", "system list", "wrong_state");
    }

    void cleanupTestCase() { m_home.verifyJournal(); }

private:
    static QByteArray read(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    LabHome m_home;
    QByteArray m_inventory;
    QString m_incident;
};

QTEST_GUILESS_MAIN(TestWrongDocuments)
#include "tst_wrong_documents.moc"
