// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_home.h"
#include "tests/support/paper_procedure.h"

#include <QDir>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTcpServer>
#include <QTest>

using namespace rc::test;

/// Bad input is named, with its place and what was expected, and changes nothing.
class TestBadInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_home.addPeople();
        m_home.writeInventory();
    }

    void aWrongProcedureIsNamedByFileAndLine_data()
    {
        QTest::addColumn<QByteArray>("right");
        QTest::addColumn<QByteArray>("wrong");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* right, const char* wrong, const char* says) {
            QTest::newRow(name) << QByteArray(right) << QByteArray(wrong) << QString(QLatin1StringView(says));
        };
        row("a wrong field", "rto: 30m", "rtoo: 30m", "rtoo");
        row("a dangling dependency", "after: []", "after: [nobody]", "nobody");
        row("a circle", "name: Look at it", "name: Look at it\n    after: [seal]", "look");
        row("a duplicate id", "id: tidy", "id: look", "look");
        row("an unknown reference", "${incident.systems}", "${incident.colour}", "colour");
        row("a wrong role", "required_roles: [protocol_lead]", "required_roles: [wizard]", "wizard");
        row("a wrong duration", "estimated_duration: 5m", "estimated_duration: soon", "soon");
        row("a wrong action", "action_type: manual", "action_type: magic", "magic");
        row("no YAML at all", "steps:", "steps: [", "");
        row("no verification", "verification:\n", "notes:\n", "verification");
        row("a wrong owner", "owner_step: seal", "owner_step: nobody", "nobody");
    }
    void aWrongProcedureIsNamedByFileAndLine()
    {
        QFETCH(QByteArray, right);
        QFETCH(QByteArray, wrong);
        QFETCH(QString, says);
        const auto good = paperProcedure();
        QVERIFY(good.contains(right));
        const auto file =
            m_home.write("wrong.yaml", QByteArray(good).replace(good.indexOf(right), right.size(), wrong));
        const auto head = m_home.journalHead();
        const auto answer = m_home.refused({}, "procedure validate " + file, "invalid_input");
        static const QRegularExpression place("wrong\\.yaml:\\d+: \\S");
        QVERIFY2(answer.sentence().contains(place), answer.describe());
        QVERIFY2(answer.sentence().contains(says), answer.describe());
        QCOMPARE(m_home.journalHead(), head);
    }

    void aRightProcedureIsValid()
    {
        const auto good = m_home.write("right.yaml", paperProcedure());
        const auto wrong = m_home.write("wrong.yaml", "id: x\n");
        QCOMPARE(m_home.ok({}, "procedure validate " + good)["list"].toArray().size(), 1);
        m_home.refused({}, "procedure validate " + good + " " + wrong, "invalid_input");
        m_home.refused({}, "procedure validate " + m_home.file("nowhere.yaml"), "invalid_input");
    }

    void aWrongProcedureOfOnesOwnHidesNothingElse()
    {
        m_home.writeProcedure("broken", "id: broken\nsteps: nothing\n");
        QVERIFY(m_home.ok({}, "procedure list")["list"].toArray().size() >= 8);
        m_home.refused({}, "procedure show broken", "not_found");
        QVERIFY(QFile::remove(m_home.path() + "/procedures/broken.yaml"));
    }

    void badUsageHasASentence_data()
    {
        QTest::addColumn<QString>("command");
        for (const auto* const command :
             {"",
              "frobnicate",
              "plan",
              "plan frobnicate PLAN-1",
              "plan show",
              "plan show PLAN-1 PLAN-2",
              "plan step PLAN-1 look",
              "plan step PLAN-1 look frobnicate",
              "plan list --frobnicate",
              "incident open --type state_corruption --severity high",
              "incident open --type gremlins --severity high --title x",
              "incident open --type state_corruption --severity extreme --title x",
              "incident open --type state_corruption --severity high --title x --since yesterday",
              "incident open --type state_corruption --severity high --title x --since 2026-13-45T99:00:00Z",
              "incident open --type state_corruption --severity high --title x --since 2126-01-01T00:00:00Z",
              "incident open --type state_corruption --severity high --title x --since 2026-01-02T00:00:00Z "
              "--contained-at 2026-01-01T00:00:00Z",
              "incident open --type state_corruption --severity high --title x --not-contained "
              "--contained-at 2026-01-01T00:00:00Z",
              "lab up --port-base many",
              "lab up --port-base 80",
              "lab up --port-base 70000",
              "lab break corrupt-state",
              "lab break gremlins --system validator-3",
              "journal list --limit none",
              "journal list --from -3",
              "chain recover --to high",
              "chain recover --to -1:00",
              "chain recover",
              "journal verify --records 5",
              "journal verify --head abc",
              "journal verify --head HASHx",
              "journal verify --head HASH --records 0",
              "chain verify",
              "system restore validator-3 --to yesterday",
              "system config show validator-3 one",
              "system config show validator-9 1",
              "system config trust",
              "system config trust validator-3 --all",
              "service order",
              "service order validator-9",
              "service restart validator-9",
              "service restart validator-3 --mode gently",
              "operator add x --role wizard --new-passphrase-file FILE",
              "operator add",
              "operator show nobody",
              "operator grant ben",
              "operator revoke ben",
              "operator add \"bad id\" --role observer --new-passphrase-file FILE",
              "operator add x --role observer --kdf-cost free --new-passphrase-file FILE",
              "plan show PLAN-999",
              "incident show INC-999",
              "plan declare PLAN-1 --wait long",
              "incident close INC-1",
              "incident close INC-1 --reason \" \"",
              "report plan PLAN-1 -o FILE",
              "report incident INC-1 -o FILE",
              "report plan PLAN-1",
              "journal export",
              "health watch --interval 0"}) {
            QTest::newRow(*command ? command : "nothing at all") << QString(QLatin1StringView(command));
        }
    }
    void badUsageHasASentence()
    {
        QFETCH(QString, command);
        command.replace("FILE", m_home.passphraseFile("ben")).replace("HASH", QString(64, 'a'));
        const auto records = m_home.journalHead().value("records").toInteger();
        const auto answer = m_home.ask("olga", command);
        QVERIFY2(answer.exit == 2 && answer.out.isEmpty() && exitStatusOf(answer.code()) == 2, answer.describe());
        QVERIFY2(answer.sentence().size() > 10 && QJsonDocument::fromJson(answer.err).object().size() == 1,
                 answer.describe());
        // Signing in may be on record; what was asked for is not.
        QVERIFY(m_home.records("incident_opened").isEmpty());
        QVERIFY(m_home.journalHead()["records"].toInteger() <= records + 1);
    }

    void aHeadThatWasKeptElsewhereIsLookedFor()
    {
        const auto head = m_home.journalHead();
        const auto kept = "journal verify --head " + head["head_hash"].toString();
        const auto records = head["records"].toInteger();
        for (const auto& command : {kept, kept.toUpper().replace("JOURNAL VERIFY --HEAD", "journal verify --head"),
                                    QString("%1 --records %2").arg(kept).arg(records)}) {
            QVERIFY(m_home.ok({}, command)["ok"].toBool());
        }
        for (const auto& command :
             {"journal verify --head " + QString(64, 'a'), QString("%1 --records %2").arg(kept).arg(records - 1)}) {
            const auto found = m_home.ok({}, command, 1);
            QVERIFY(!found["ok"].toBool(true) && !found["reason"].toString().isEmpty());
        }
    }

    void ofAnUnsoundJournalThereIsNoBackup()
    {
        LabHome home;
        home.addPeople();
        alterRecord(home, 2);
        const auto copy = home.file("copy.db");
        const auto refused = home.refused({}, "store backup " + copy, "verification_failed");
        QVERIFY2(refused.sentence().contains("Record 2 is not sound"), refused.describe());
        QVERIFY(!QFile::exists(copy));
        // For people the reason is said once.
        QProcess process;
        process.start(RC_BIN_DIR "/recoveryctl", {"--home", home.path(), "journal", "verify"});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 1);
        const auto said = process.readAllStandardOutput();
        QVERIFY2(said.startsWith("Record 2 is not sound: ") && said.count("Record 2") == 1, said);
    }

    void aStreamIsListedUpToTheLimit()
    {
        const auto stream = QString("journal list --stream operators");
        QVERIFY(m_home.ok({}, stream)["list"].toArray().size() > 2);
        QCOMPARE(m_home.ok({}, stream + " --limit 2")["list"].toArray().size(), 2);
    }

    void aRefusedFirstOperatorLeavesNoStore_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("code");
        const QString file(" --new-passphrase-file PASSPHRASE");
        QTest::newRow("a bad id") << "operator add \"bad id\"" + file << "invalid_input";
        QTest::newRow("no name") << "operator add olga --name \" \"" + file << "invalid_input";
        QTest::newRow("no passphrase") << "operator add olga --new-passphrase-file NOWHERE" << "not_found";
        QTest::newRow("a short passphrase") << "operator add olga --new-passphrase-file SHORT" << "invalid_input";
        QTest::newRow("signed in where nobody is")
            << "operator add olga --as ben --passphrase-file PASSPHRASE" + file << "not_found";
    }
    void aRefusedFirstOperatorLeavesNoStore()
    {
        QFETCH(QString, command);
        QFETCH(QString, code);
        LabHome home;
        command.replace("PASSPHRASE", home.write("passphrase", "long enough\n"))
            .replace("SHORT", home.write("s", "x\n"));
        home.refused({}, command.replace("NOWHERE", home.file("nowhere")), code);
        QCOMPARE(QDir(home.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList());
    }

    void aReportOverwritesNothingUnasked()
    {
        const auto file = m_home.write("kept.pdf", "another report");
        const auto answer = m_home.refused({}, "report plan PLAN-1 -o " + file, "invalid_input");
        QVERIFY2(answer.sentence().contains("--force"), answer.describe());
        // Asked to, it looks for the plan.
        m_home.refused({}, "report plan PLAN-1 --force -o " + file, "not_found");
        QFile kept(file);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), "another report");
    }

    void aProcedureShowsWhatItAsksFor()
    {
        const auto parameters = m_home.ok({}, "procedure show state_corruption")["parameters"].toArray();
        QVERIFY(!parameters.isEmpty());
        for (const auto* const field : {"id", "type", "required", "default", "description"}) {
            QVERIFY2(parameters[0].toObject().contains(QLatin1StringView(field)), field);
        }
        const auto text = m_home.said("procedure show state_corruption");
        for (const QJsonValue parameter : parameters) {
            QVERIFY2(text.contains("  parameter " + parameter["id"].toString() + " (" + parameter["type"].toString()),
                     qPrintable(text));
            QVERIFY2(text.contains(parameter["description"].toString()), qPrintable(text));
        }
    }

    void aLineOfTheWatchSaysWhen()
    {
        LabHome home;
        home.addPeople();
        home.writeInventory();
        const auto watching = home.start({}, "health watch --interval 1");
        QTRY_VERIFY(watching->canReadLine());
        const auto line = watching->readLine();
        watching->terminate();
        QVERIFY(watching->waitForFinished());
        const auto at = QJsonDocument::fromJson(line).object()["at"].toString();
        QVERIFY2(QDateTime::fromString(at, Qt::ISODateWithMs).isValid(), line);
    }

    void withoutJsonAnErrorIsOneLine()
    {
        QProcess process;
        process.start(RC_BIN_DIR "/recoveryctl", {"--home", m_home.path(), "plan", "show", "PLAN-999"});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAllStandardOutput().isEmpty());
        const QString error = QString::fromUtf8(process.readAllStandardError());
        QVERIFY2(error.startsWith("error: not_found: ") && error.count('\n') == 1, qPrintable(error));
    }

    void everyCommandHasHelp()
    {
        const auto overview = QString::fromUtf8(m_home.ask({}, "--help").out);
        static const QRegularExpression line("^  ([a-z][a-z -]*[a-z])(?: |$)", QRegularExpression::MultilineOption);
        int commands = 0;
        for (auto match = line.globalMatch(overview); match.hasNext(); ++commands) {
            const QString command = match.next().captured(1);
            const auto answer = m_home.ask({}, command + " --help");
            QVERIFY2(answer.exit == 0 && answer.out.startsWith("Usage: ") && answer.err.isEmpty(), answer.describe());
        }
        QVERIFY2(commands > 40, qPrintable(overview));
        QCOMPARE(m_home.ask({}, "--version").exit, 0);
    }

    void aDeadEndpointIsUnhealthyAndDoesNotHang()
    {
        LabHome home;
        home.addPeople();
        // One that refuses, and one that accepts and never answers.
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        home.write(home.path() + "/inventory.yaml",
                   QString("network: {name: dead, chain_id: dead-1, kind: practice}\nsystems:\n"
                           "  - {id: refusing, type: gateway, health: [{kind: http, name: web, url: "
                           "'http://127.0.0.1:1/', timeout: 1s}]}\n"
                           "  - {id: silent, type: gateway, health: [{kind: http, name: web, url: "
                           "'http://127.0.0.1:%1/', timeout: 1s}]}\n")
                       .arg(silent.serverPort())
                       .toUtf8());
        const auto health = home.ok({}, "health once", 1);
        QCOMPARE(health["systems"].toArray().size(), 2);
        for (const QJsonValue system : health["systems"].toArray()) {
            QVERIFY2(system["state"] == "unhealthy" || system["state"] == "unknown",
                     QJsonDocument(system.toObject()).toJson());
            QVERIFY(!system["checks"][0]["message"].toString().isEmpty());
        }
        // It was given up at the limit of its own inventory.
        const auto silence = health["systems"][1]["checks"][0]["message"].toString();
        QVERIFY2(silence.contains("did not answer within 1000 ms"), qPrintable(silence));
    }

    void aWrongInventoryIsNamedByFileAndLine()
    {
        const auto head = m_home.journalHead();
        const auto file = m_home.write("inventory.yaml", "network: {name: x, chain_id: x-1, kind: practise}\n"
                                                         "systems:\n  - id: a\n    type: node\n    depends_on: [b]\n");
        for (const auto* const command : {"health once", "system list", "service graph", "chain heads"}) {
            const auto answer =
                m_home.refused({}, QString("%1 --inventory %2").arg(QLatin1StringView(command), file), "invalid_input");
            QVERIFY2(answer.sentence().contains("inventory.yaml:1: "), answer.describe());
        }
        QCOMPARE(m_home.journalHead(), head);
    }

private:
    /// Changes what a record says, as somebody who owns the file can.
    static void alterRecord(const LabHome& home, int sequence)
    {
        {
            auto store = QSqlDatabase::addDatabase("QSQLITE", "altering");
            store.setDatabaseName(home.path() + "/store.db");
            QVERIFY(store.open());
            QSqlQuery altering(store);
            QVERIFY(altering.exec(QString("UPDATE journal SET time = 0 WHERE sequence = %1").arg(sequence)));
        }
        QSqlDatabase::removeDatabase("altering");
    }

    LabHome m_home;
};

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_bad_input.moc"
