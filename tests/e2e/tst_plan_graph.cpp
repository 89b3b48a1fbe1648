// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/graph_procedure.h"
#include "tests/support/lab_home.h"

#include <QFile>
#include <QTest>

using namespace rc::test;

namespace {

constexpr auto UsualProcedure = R"(id: usual
version: 1
name: The usual
incident_types: [state_corruption]
required_roles: [incident_commander]
steps:
  - {id: settle, name: Let it settle, action_type: wait, parameters: {duration: 50ms}, expected_duration: 20m}
  - {id: look, name: Look at it, action_type: manual, expected_duration: 10m}
verification:
  - id: files
    check: configuration_matches
    parameters: {systems: "${incident.systems}"}
)";

QString contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

/// Plans as graphs, from the terminal: branches, conditions, evidence, undo, time, and consent from somewhere else.
class TestPlanGraph : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_home.addPeople();
        m_home.writeInventory();
        m_home.writeProcedure("graph", graphProcedure());
        m_home.ok("ben", "procedure review graph");
    }

    void init()
    {
        m_incident = m_home.openIncident();
        m_plan = m_home.ok("olga", "plan start " + m_incident + " graph")["id"].toString();
    }

    void cleanup() { m_home.ok("olga", "plan abort " + m_plan + " --reason \"the test is over\""); }

    void aStepThatNobodyNeedsIsSkipped()
    {
        m_home.ok("olga", "plan step " + m_plan + " look done --note seen --result diverged=false");
        QCOMPARE(state("mend"), "skipped");
        QVERIFY(m_home.step(m_plan, "mend")["unneeded"].toBool());
        QCOMPARE(state("measure"), "ready");
        m_home.ok("olga", "plan step " + m_plan + " mend retry --reason \"to be sure\"");
        QCOMPARE(state("mend"), "ready");
    }

    void aBranchIsPutOffAndGoesOn()
    {
        m_home.ok("olga", "plan step " + m_plan + " look done --note seen --result diverged=true");
        m_home.refused("otto", "plan pause " + m_plan + " --step mend --reason wait", "permission_denied");
        m_home.ok("nora", "plan pause " + m_plan + " --step mend --reason \"the part is on its way\"");
        QCOMPARE(state("mend"), "waiting");
        QCOMPARE(m_home.plan(m_plan)["holds"].toArray().size(), 1);
        QVERIFY(m_home.said("plan why " + m_plan + " mend").contains("the part is on its way"));
        m_home.refused("olga", "plan step " + m_plan + " mend done --note x", "invalid_step_index");
        m_home.ok("olga", "plan step " + m_plan + " measure done --note x --value 3");
        m_home.ok("nora", "plan resume " + m_plan + " --step mend");
        QCOMPARE(state("mend"), "ready");
    }

    void evidenceIsAskedForAndChecked()
    {
        m_home.ok("olga", "plan step " + m_plan + " look done --note seen --result diverged=true");
        const QString done = "plan step " + m_plan + " measure done --note x";
        const auto missing = m_home.refused("olga", done, "invalid_input");
        QVERIFY2(missing.sentence().contains("Blocks behind"), missing.describe());
        m_home.refused("olga", done + " --value lag=9", "invalid_input");
        m_home.refused("olga", done + " --value many", "invalid_input");
        const auto photo = m_home.write("photo.txt", "a picture\n");
        m_home.ok("olga", done + " --value lag=2 --evidence photo=" + photo);
        const auto evidence = m_home.step(m_plan, "measure")["evidence"].toArray();
        QCOMPARE(evidence.size(), 2);
        QCOMPARE(evidence[0]["id"].toString(), "photo");
        QCOMPARE(contentOf(m_home.path() + "/evidence/" + evidence[0]["sha256"].toString()), "a picture\n");
        QCOMPARE(evidence[1]["id"].toString(), "lag");
    }

    void stepsAreTakenBackInOrderAndWithTheSameConsent()
    {
        toTheSeal();
        m_home.ok("ben", "plan approve " + m_plan + " seal");
        m_home.ok("olga", "plan step " + m_plan + " seal done --note sealed");
        const auto early = m_home.refused("olga", undo("mend"), "wrong_state");
        QVERIFY2(early.sentence().contains("has to be undone first"), early.describe());
        m_home.refused("olga", undo("seal"), "wrong_state"); // nobody has consented
        m_home.refused("olga", "plan approve " + m_plan + " seal --undo", "permission_denied");
        m_home.ok("ben", "plan approve " + m_plan + " seal --undo");
        m_home.ok("olga", undo("seal"));
        QCOMPARE(state("seal"), "undone");
        m_home.ok("olga", undo("mend"));
        QCOMPARE(state("mend"), "undone");
        m_home.ok("olga", "plan step " + m_plan + " mend retry --reason again");
        QCOMPARE(state("mend"), "ready");
    }

    void whatTakesConsentIsDoneWithoutOnlyByConsent()
    {
        toTheSeal();
        const QString skip = "plan step " + m_plan + " seal skip --reason unwanted";
        const QString approve = "plan approve " + m_plan + " seal";
        const auto alone = m_home.refused("olga", skip, "wrong_state");
        QVERIFY2(alone.sentence().contains("same consent"), alone.describe());
        m_home.refused("ben", approve + " --skip --undo", "invalid_input");
        m_home.ok({}, approve + " --skip --export-request " + m_home.file("skip.json"));
        QVERIFY(m_home.said("approval show " + m_home.file("skip.json")).contains("skips the step"));
        m_home.ok({}, signing(m_home.file("skip.json"), "ben", m_home.file("skip-approval.json"), "ben", "ben"));
        m_home.ok("olga", approve + " --import " + m_home.file("skip-approval.json"));
        QCOMPARE(state("seal"), "awaiting_approval"); // that is not consent to do it
        m_home.ok("olga", skip);
        QCOMPARE(state("seal"), "skipped");
        m_home.refused("ben", approve + " --skip", "wrong_state");
        m_home.verifyJournal();
    }

    void anAbortedPlanSaysWhatItLeft()
    {
        toTheSeal();
        const auto plan = m_home.openIncident();
        const auto other = m_home.ok("olga", "plan start " + plan + " graph")["id"].toString();
        m_home.ok("olga", "plan step " + other + " look done --note seen --result diverged=true");
        m_home.ok("olga", "plan step " + other + " mend done --note mended");
        const auto left =
            m_home.ok("olga", "plan abort " + other + " --reason \"wrong procedure\"")["leftovers"].toArray();
        QCOMPARE(left.size(), 1);
        QCOMPARE(left[0]["step"].toString(), "mend");
        QVERIFY(left[0]["undoable"].toBool());
        m_home.ok("olga", "plan step " + other + " mend undo --reason \"clean up\"");
        QVERIFY(m_home.ok({}, "plan leftovers " + other)["list"].toArray().isEmpty());
    }

    // --- consent from somewhere else

    void anApprovalIsSignedElsewhereAndUsedOnce()
    {
        toTheSeal();
        const QString approve = "plan approve " + m_plan + " seal";
        m_home.refused("olga", "plan step " + m_plan + " seal done --note x", "wrong_state");
        m_home.ok({}, approve + " --export-request " + m_home.file("request.json"));
        m_home.refused({}, approve + " --export-request " + m_home.file("request.json"), "invalid_input");
        QVERIFY(m_home.said("approval show " + m_home.file("request.json")).contains("Seal the record"));

        // Ben has his key and nothing else.
        LabHome elsewhere;
        elsewhere.refused({}, signing(m_home.file("request.json"), "ben", m_home.file("no.json"), "ben", "olga"),
                          "wrong_secret");
        elsewhere.ok({}, signing(m_home.file("request.json"), "ben", m_home.file("approval.json"), "ben", "ben"));
        m_home.refused("olga", "plan approve " + m_plan + " mend --import " + m_home.file("approval.json"),
                       "invalid_input");
        m_home.ok("olga", approve + " --import " + m_home.file("approval.json"));
        m_home.refused("olga", approve + " --import " + m_home.file("approval.json"), "conflict");
        m_home.ok("olga", "plan step " + m_plan + " seal done --note sealed");
        m_home.verifyJournal();
    }

    void anApprovalThatWasChangedOrIsHisOwnIsRefused()
    {
        toTheSeal();
        const QString approve = "plan approve " + m_plan + " seal";
        const auto request = m_home.file("request-2.json");
        m_home.ok({}, approve + " --export-request " + request);
        // Who started the plan signs in another's name, or in their own.
        m_home.ok({}, signing(request, "olga", m_home.file("forged.json"), "ben", "olga"));
        m_home.refused("olga", approve + " --import " + m_home.file("forged.json"), "permission_denied");
        m_home.ok({}, signing(request, "olga", m_home.file("own.json"), "olga", "olga"));
        m_home.refused("olga", approve + " --import " + m_home.file("own.json"), "permission_denied");
        // The parameters of the request were changed on the way, or it is for a rehearsal.
        for (const auto& [from, to] :
             {std::pair(QString("\"parameters\": {"), QString("\"parameters\": {\"height\": 1")),
              std::pair(QString("\"rehearsal\": false"), QString("\"rehearsal\": true")),
              std::pair(QString("\"attempt\": 1"), QString("\"attempt\": 2"))}) {
            const auto changed = m_home.write("changed.json", contentOf(request).replace(from, to).toUtf8());
            const auto signedFile = m_home.file(QString("changed-%1.json").arg(++m_files));
            m_home.ok({}, signing(changed, "ben", signedFile, "ben", "ben"));
            m_home.refused("olga", approve + " --import " + signedFile, "permission_denied");
        }
        const auto garbage = m_home.write("garbage.json", "{\"format\": \"rc-approval-v1\"}");
        m_home.refused("olga", approve + " --import " + garbage, "invalid_input");
    }

    // --- time, and the dry run

    void theEndIsExpectedAndMovesWithWhatDecidesIt()
    {
        m_home.ok("olga", "plan step " + m_plan + " look done --note seen --result diverged=true");
        const auto eta = m_home.ok({}, "plan eta " + m_plan);
        QCOMPARE(eta["critical_path"].toArray(), (QJsonArray{"mend", "seal"}));
        QVERIFY(eta["margin_ms"].toInteger() < qint64(2) * 3'600'000);
        const auto later = m_home.ok({}, "plan eta " + m_plan + " --what-if mend=10m");
        QCOMPARE(later["eta_moves_ms"].toInteger(), 600'000);
        const auto other = m_home.ok({}, "plan eta " + m_plan + " --what-if measure=1h");
        QCOMPARE(other["become_critical"].toArray(), QJsonArray{"measure"});
        m_home.refused({}, "plan eta " + m_plan + " --what-if look=5m", "wrong_state");
        m_home.refused({}, "plan eta " + m_plan + " --what-if mend=soon", "invalid_input");
        m_home.refused({}, "plan eta " + m_plan + " --what-if nowhere=1m", "not_found");
    }

    void threePlansAreWhatTheNextOneExpects()
    {
        m_home.writeProcedure("usual", UsualProcedure);
        m_home.ok("ben", "procedure review usual");
        const auto estimateOf = [&](const QJsonObject& answer, const QString& step, const QString& field) {
            const auto found = stepIn(answer, step);
            return QString("%1 %2").arg(found["estimate_source"].toString()).arg(found[field].toInteger() / 60'000);
        };
        const QString dryRun = "plan dry-run " + m_incident + " usual";
        QString plan;
        for (int i = 0; i <= 3; ++i) {
            plan = m_home.ok("olga", "plan start " + m_home.openIncident() + " usual")["id"].toString();
            // Minutes: of the wait of some milliseconds none are left once it is known.
            const QString known(i < 3 ? QString("procedure 20") : QString("history 0"));
            QCOMPARE(estimateOf(m_home.ok({}, "plan eta " + plan), "settle", "estimate_ms"), known);
            QCOMPARE(estimateOf(m_home.ok({}, dryRun), "settle", "duration_ms"), known);
            m_home.ok("olga", "plan run " + plan);
            m_home.ok("olga", "plan step " + plan + " look done --note seen");
            m_home.ok("olga", "plan verify " + plan);
            m_home.ok("olga", "plan declare " + plan);
        }
        // A step that was ticked at once says nothing about how long the work was.
        QCOMPARE(estimateOf(m_home.ok({}, dryRun), "look", "duration_ms"), "procedure 10");
        QCOMPARE(stepIn(m_home.ok({}, "plan eta " + plan), "settle")["estimate_source"].toString(), "actual");
    }

    void aPlanIsBoundToItsDryRun()
    {
        const auto file = m_home.file(QString("dry-%1.json").arg(++m_files));
        const auto incident = m_home.openIncident();
        const auto dry = m_home.ok({}, "plan dry-run " + incident + " graph --output " + file);
        QCOMPARE(dry["steps"].toArray().size(), 4);
        QCOMPARE(dry["duration_ms"].toInteger(), (5 + 20 + 1) * 60'000);
        QCOMPARE(dry["critical_path"].toArray(), (QJsonArray{"look", "mend", "seal"}));
        const auto plan = m_home.ok("olga", "plan start " + incident + " graph --dry-run " + file);
        QCOMPARE(plan["plan_hash"], dry["plan_hash"]);
        QVERIFY(!plan["dry_run_hash"].toString().isEmpty());
        m_home.ok("olga", "plan abort " + plan["id"].toString() + " --reason x");
        // Of another incident it is another plan, and what differs is named.
        const auto refused =
            m_home.refused("olga", "plan start " + m_home.openIncident() + " graph --dry-run " + file, "conflict");
        QVERIFY2(refused.sentence().contains("incident id"), refused.describe());
    }

    // --- people change

    void theLeadIsHandedOverWithASheetAndAccepted()
    {
        toTheSeal();
        m_home.ok("olga", "plan note " + m_plan + " \"the spare part is in the rack\"");
        const auto sheet = m_home.said("plan handover " + m_plan);
        for (const auto& part : QStringList{"led by olga", "Seal the record", "approval: 1 more",
                                            "the spare part is in the rack", "Can still be undone:"}) {
            QVERIFY2(sheet.contains(part), qPrintable(sheet));
        }
        m_home.refused("nora", "plan handover " + m_plan + " --to nora", "permission_denied");
        m_home.refused("olga", "plan handover " + m_plan + " --to nobody", "not_found");
        const auto offered = m_home.ok("olga", "plan handover " + m_plan + " --to nora --note \"end of shift\"");
        QCOMPARE(offered["lead"].toString(), "olga");
        QCOMPARE(offered["handover"]["to"].toString(), "nora");
        m_home.refused("ben", "plan handover " + m_plan + " --accept", "permission_denied");
        QCOMPARE(m_home.ok("nora", "plan handover " + m_plan + " --accept")["lead"].toString(), "nora");
        m_home.refused("olga", "plan handover " + m_plan + " --accept", "invalid_input"); // not without a reason
        m_home.ok("olga", "plan handover " + m_plan + " --accept --reason \"nora cannot be reached\"");
    }

    void cleanupTestCase() { m_home.verifyJournal(); }

private:
    /// The command by which somebody signs a request with a person's key and passphrase, in the name of a person.
    [[nodiscard]] QString signing(const QString& request, const QString& key, const QString& output,
                                  const QString& name, const QString& passphrase) const
    {
        return QString("approval sign %1 --key %2/keys/operators/%3.key --output %4 --as %5 --passphrase-file %6")
            .arg(request, m_home.path(), key, output, name, m_home.passphraseFile(passphrase));
    }
    void toTheSeal()
    {
        m_home.ok("olga", "plan step " + m_plan + " look done --note seen --result diverged=true");
        m_home.ok("olga", "plan step " + m_plan + " mend done --note mended");
        m_home.ok("olga", "plan step " + m_plan + " measure done --note measured --value 1");
    }
    [[nodiscard]] QString undo(const QString& step) const
    {
        return "plan step " + m_plan + " " + step + " undo --reason \"it was wrong\"";
    }
    QString state(const QString& step) { return m_home.step(m_plan, step)["state"].toString(); }

    LabHome m_home;
    QString m_incident;
    QString m_plan;
    int m_files = 0;
};

QTEST_GUILESS_MAIN(TestPlanGraph)
#include "tst_plan_graph.moc"
