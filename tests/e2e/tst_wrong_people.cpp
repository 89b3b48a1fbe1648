// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_home.h"
#include "tests/support/paper_procedure.h"

#include <QDirIterator>
#include <QTest>

using namespace rc::test;

/// Whoever may not do something is told so, with exit status 3, and the journal remembers that they tried.
class TestWrongPeople : public QObject
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
        m_plan = m_home.ok("olga", "plan start " + m_incident + " paper")["id"].toString();
    }

    void observerIsRefusedAndTheAttemptIsRemembered_data()
    {
        QTest::addColumn<QString>("command");
        QTest::newRow("opening an incident")
            << "incident open --type state_corruption --severity low --title x --system validator-3";
        QTest::newRow("starting a plan") << "plan start INCIDENT paper --override \"I want to\"";
        QTest::newRow("running a plan") << "plan run PLAN";
        QTest::newRow("completing a step") << "plan step PLAN look done --note x --evidence FILE";
        QTest::newRow("skipping a step") << "plan step PLAN look skip --reason x";
        QTest::newRow("approving a step") << "plan approve PLAN seal";
        QTest::newRow("pausing") << "plan pause PLAN";
        QTest::newRow("aborting") << "plan abort PLAN --reason x";
        QTest::newRow("verifying") << "plan verify PLAN";
        QTest::newRow("noting") << "plan note PLAN x";
        QTest::newRow("finding a configuration good") << "system config trust validator-3";
        QTest::newRow("finding all configurations good") << "system config trust --all";
        QTest::newRow("taking in a configuration") << "system config add validator-3";
        QTest::newRow("reviewing a procedure") << "procedure review paper";
        QTest::newRow("reviewing the inventory") << "system review";
        QTest::newRow("adding a person") << "operator add eve --role observer --new-passphrase-file FILE";
        QTest::newRow("granting a role") << "operator grant otto --role incident_commander";
        QTest::newRow("restarting a service") << "service restart validator-3";
        QTest::newRow("restoring a system") << "system restore validator-3";
        QTest::newRow("closing the incident") << "incident close INCIDENT --reason x";
    }
    void observerIsRefusedAndTheAttemptIsRemembered()
    {
        QFETCH(QString, command);
        command.replace("PLAN", m_plan).replace("INCIDENT", m_incident).replace("FILE", m_home.passphraseFile("otto"));
        m_home.write(m_home.path() + "/conf/app.json", "{\"changed\": true}\n");
        const auto before = m_home.plan(m_plan);
        const auto records = m_home.journalHead()["records"].toInteger();
        const auto kept = keptFiles();
        m_home.refused("otto", command, "permission_denied");
        const auto added = m_home.ok({}, QString("journal list --from %1").arg(records + 1))["list"].toArray();
        QCOMPARE(added.size(), 2);
        QCOMPARE(added[0]["kind"].toString(), "session_certified");
        QCOMPARE(added[1]["kind"].toString(), "permission_denied");
        QCOMPARE(added[1]["operator"].toString(), "otto");
        QCOMPARE(keptFiles(), kept);
        m_home.mendConfiguration();
        QCOMPARE(factsOf(m_home.plan(m_plan)), factsOf(before));
        QCOMPARE(m_home.plan(m_plan)["status"].toString(), "in_progress");
    }

    void nobodyApprovesWhatTheyStarted()
    {
        m_home.ok("olga", "plan step " + m_plan + " look done --note seen");
        const auto answer = m_home.refused("olga", "plan approve " + m_plan + " seal", "permission_denied");
        QVERIFY(answer.sentence().contains("second person"));
        QCOMPARE(m_home.step(m_plan, "seal")["state"].toString(), "awaiting_approval");
        QCOMPARE(m_home.records("permission_denied").last()["operator"].toString(), "olga");
    }

    void nobodyRunsWhatTheyApproved()
    {
        m_home.ok("olga", "plan step " + m_plan + " look done --note seen");
        m_home.ok("ben", "plan approve " + m_plan + " seal");
        m_home.refused("ben", "plan step " + m_plan + " seal done --note signed", "permission_denied");
        QCOMPARE(m_home.step(m_plan, "seal")["state"].toString(), "ready");
        m_home.ok("olga", "plan step " + m_plan + " seal done --note signed");
        QCOMPARE(m_home.step(m_plan, "seal")["completed_by"].toString(), "olga");
    }

    /// Who runs the plan and may not run what is ready hears so, instead of a plan that stands still.
    void whoRunsThePlanHearsWhatTheyMayNotRun()
    {
        auto procedure = paperProcedure().replace("id: paper", "id: print");
        procedure.replace("description: Sign the paper.\n    action_type: manual",
                          "action_type: notify\n    parameters: {message: sealed}");
        m_home.writeProcedure("print", procedure);
        m_home.ok("ben", "procedure review print");
        const auto plan = m_home.ok("olga", "plan start " + m_home.openIncident() + " print")["id"].toString();
        m_home.ok("olga", "plan step " + plan + " look done --note seen");
        m_home.ok("ben", "plan approve " + plan + " seal");
        const auto left = m_home.ok("ben", "plan run " + plan)["not_started"].toArray();
        QCOMPARE(left.size(), 1);
        QCOMPARE(left[0]["id"].toString(), "seal");
        QCOMPARE(left[0]["why"].toString(), "ben has approved step 'Seal the record'; somebody else has to run it.");
        const auto why = m_home.ok({}, "plan why " + plan + " seal")["list"][0]["waiting_for"][0].toString();
        QVERIFY2(why.contains("with the role protocol_lead other than ben, who approved it,"), qPrintable(why));
        QCOMPARE(m_home.ok("olga", "plan run " + plan)["not_started"].toArray(), QJsonArray());
        QCOMPARE(m_home.step(plan, "seal")["state"].toString(), "succeeded");
    }

    void anApprovalIsGivenOnceAndOnlyWhenItIsTheStepsTurn()
    {
        m_home.refused("ben", "plan approve " + m_plan + " seal", "invalid_step_index");
        m_home.ok("olga", "plan step " + m_plan + " look done --note seen");
        m_home.ok("ben", "plan approve " + m_plan + " seal");
        m_home.refused("ben", "plan approve " + m_plan + " seal", "conflict");
        m_home.refused("ben", "plan approve " + m_plan + " look", "conflict");
        m_home.refused("ben", "plan approve " + m_plan + " tidy", "wrong_state");
    }

    void stepsKeepTheirRoles()
    {
        m_home.refused("ben", "plan step " + m_plan + " look done --note x", "permission_denied");
        m_home.refused("ben", "plan step " + m_plan + " tidy done --note x", "permission_denied");
        m_home.ok("nora", "plan step " + m_plan + " tidy done --note x");
    }

    void skippingNeedsACommanderAndAReason()
    {
        m_home.refused("nora", "plan step " + m_plan + " look skip --reason hurry", "permission_denied");
        m_home.refused("olga", "plan step " + m_plan + " look skip", "invalid_input");
        const auto plan = m_home.ok("olga", "plan step " + m_plan + " look skip --reason \"seen yesterday\"");
        QCOMPARE(stepIn(plan, "look")["state"].toString(), "skipped");
    }

    void onlyACommanderDeclaresAndOnlyAfterVerification()
    {
        m_home.refused("nora", "plan declare " + m_plan, "permission_denied");
        m_home.refused("olga", "plan declare " + m_plan, "wrong_state");
    }

    void wrongPassphraseWritesNothing()
    {
        const auto head = m_home.journalHead();
        m_home.write(m_home.file("wrong"), "not what olga said");
        const auto asOlga = " --as olga --passphrase-file " + m_home.file("wrong");
        const auto wrong = m_home.refused({}, "plan run " + m_plan + asOlga, "wrong_secret");
        const auto unknown = m_home.refused(
            {}, "plan run " + m_plan + " --as nobody --passphrase-file " + m_home.file("wrong"), "wrong_secret");
        // Whether somebody exists is not told to strangers.
        QCOMPARE(unknown.sentence(), wrong.sentence());
        QCOMPARE(m_home.journalHead(), head);
    }

    void uselessPassphraseFilesWriteNothing_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("a line end") << QByteArray("\n");
        QTest::newRow("not text") << QByteArray("\xff\xfe\x00\x80\xc3\x28 and more", 16);
        QTest::newRow("large") << QByteArray(3'000'000, 'x');
    }
    void uselessPassphraseFilesWriteNothing()
    {
        QFETCH(QByteArray, content);
        const auto head = m_home.journalHead();
        m_home.write(m_home.file("useless"), content);
        const auto answer =
            m_home.ask({}, "plan run " + m_plan + " --as olga --passphrase-file " + m_home.file("useless"));
        QVERIFY2(answer.exit == 2 || answer.code() == "wrong_secret", answer.describe());
        QVERIFY2(answer.out.isEmpty() && !answer.sentence().isEmpty(), answer.describe());
        QCOMPARE(m_home.journalHead(), head);
    }

    void passphraseFilesThatOthersCanReadAreRefused()
    {
        const auto file = m_home.write(m_home.file("open"), "the passphrase of olga\n");
        QFile::setPermissions(file, QFile::permissions(file) | QFile::ReadGroup | QFile::ReadOther);
        m_home.refused({}, "plan run " + m_plan + " --as olga --passphrase-file " + file, "invalid_input");
    }

    void nobodyActsWithoutSigningIn()
    {
        const auto head = m_home.journalHead();
        for (const auto* const command : {"plan run PLAN", "plan step PLAN look done", "plan declare PLAN",
                                          "plan abort PLAN --reason x", "service restart validator-3"}) {
            m_home.refused({}, QString(QLatin1StringView(command)).replace("PLAN", m_plan), "not_signed_in");
        }
        QCOMPARE(m_home.journalHead(), head);
    }

    void aRevokedRoleEndsAtOnce()
    {
        m_home.addPerson("vera", {"node_operator"});
        m_home.ok("olga", "operator revoke vera --role node_operator");
        m_home.refused("vera", "plan step " + m_plan + " tidy done --note x", "permission_denied");
        m_home.ok("olga", "operator grant vera --role node_operator");
        m_home.ok("vera", "plan step " + m_plan + " tidy done --note x");
    }

    void cleanupTestCase() { m_home.verifyJournal(); }

private:
    /// The steps without what is only expected of them, which moves with the clock.
    static QJsonArray factsOf(const QJsonObject& plan)
    {
        QJsonArray facts;
        for (const QJsonValue entry : plan["steps"].toArray()) {
            auto step = entry.toObject();
            step.remove("expected_start");
            step.remove("expected_end");
            facts.append(step);
        }
        return facts;
    }

    /// What was taken into the home: the contents of configurations, and evidence.
    [[nodiscard]] QStringList keptFiles() const
    {
        QStringList files;
        for (const auto* const directory : {"/configurations", "/evidence"}) {
            QDirIterator walk(m_home.path() + QLatin1StringView(directory), QDir::Files, QDirIterator::Subdirectories);
            while (walk.hasNext()) {
                files.append(walk.next());
            }
        }
        files.sort();
        return files;
    }

    LabHome m_home;
    QString m_incident;
    QString m_plan;
};

QTEST_GUILESS_MAIN(TestWrongPeople)
#include "tst_wrong_people.moc"
