// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/graph_procedure.h"
#include "tests/support/seat.h"

#include <QApplication>
#include <QFile>
#include <QRegularExpression>
#include <QSettings>

using namespace rc;
using namespace rc::test;

namespace {

/// A file is made, and taken away again; then a command that ends only when it is told to.
QByteArray commandProcedure(const QString& file)
{
    return QString(R"(id: touch
version: 1
name: Commands
incident_types: [state_corruption]
required_roles: [incident_commander, node_operator]
steps:
  - id: make
    name: Make a file
    action_type: command
    parameters: {program: touch, arguments: ["%1"], systems: [validator-3], undo: {program: rm, arguments: ["%1"]}}
  - id: linger
    name: Linger
    action_type: command
    reversibility: irreversible
    parameters: {program: tail, arguments: ["-f", "/dev/null"]}
verification:
  - id: files
    check: configuration_matches
    parameters: {systems: "${incident.systems}"}
)")
        .arg(file)
        .toUtf8();
}

} // namespace

/// What the plan's page does with one step, on a real store with real commands; what is refused is a sentence.
class TestWindowActs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_settings.isValid());
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
        QCoreApplication::setOrganizationName("ProzChain");
        prepareWindows();
        m_home.addPeople();
        m_home.writeInventory();
        m_home.writeProcedure("graph", graphProcedure());
        m_home.writeProcedure("touch", commandProcedure(m_home.file("made")));
        m_home.ok("ben", "procedure review graph");
        m_home.ok("ben", "procedure review touch");
    }

    void init() { QTest::failOnWarning(QRegularExpression(".")); }

    void evidenceIsBroughtAndTheWrongOneRefused()
    {
        const auto plan = start("graph");
        Seat olga(m_home, "olga", plan);
        QCOMPARE(olga.plan().step()->wanted()->count(), 1);
        olga.plan().complete(olga.plan().selected(), true, "seen", {"true"});
        QTRY_COMPARE(olga.stateOf("look"), "succeeded");
        QCOMPARE(olga.stateOf("measure"), "ready");
        QCOMPARE(olga.plan().step()->wanted()->count(), 2);
        olga.plan().complete(olga.plan().selected(), true, "measured", {"9", ""});
        QTRY_VERIFY2(olga.plan().trouble().contains("Blocks behind"), qPrintable(olga.plan().trouble()));
        QCOMPARE(olga.plan().selected(), "measure"); // what was refused can be said again
        olga.plan().complete(olga.plan().selected(), true, "measured", {"2", m_home.file("nowhere.png")});
        QTRY_VERIFY2(olga.plan().trouble().contains("nowhere.png"), qPrintable(olga.plan().trouble()));
        const auto photo = m_home.write("photo.png", "a picture\n");
        olga.plan().complete(olga.plan().selected(), true, "measured", {"2", photo});
        QTRY_COMPARE(olga.stateOf("measure"), "succeeded");
        const auto evidence = m_home.step(plan, "measure")["evidence"].toArray();
        QCOMPARE(evidence.size(), 2);
        QVERIFY(QFile::exists(m_home.path() + "/evidence/" + evidence[0]["sha256"].toString()));
        finish(plan);
    }

    void branchesArePutOffAndStepsTakenBack()
    {
        const auto plan = start("graph");
        Seat olga(m_home, "olga", plan);
        olga.plan().complete(olga.plan().selected(), true, "seen", {"true"});
        QTRY_COMPARE(olga.stateOf("mend"), "ready");
        olga.plan().hold("mend", "the part is on its way");
        QTRY_COMPARE(olga.stateOf("mend"), "waiting");
        QVERIFY(olga.plan().step()->row().waiting.contains("the part is on its way"));
        olga.plan().release("mend");
        QTRY_COMPARE(olga.stateOf("mend"), "ready");
        olga.ticks("mend", "mended");
        QTRY_COMPARE(olga.stateOf("mend"), "succeeded");
        QCOMPARE(olga.plan().leftovers()->count(), 1);
        QCOMPARE(olga.plan().step()->takingBack(), "Put the old part back.");
        olga.plan().undo("mend", "the wrong part");
        QTRY_COMPARE(olga.stateOf("mend"), "undone");
        QCOMPARE(olga.plan().leftovers()->count(), 0);
        finish(plan);
    }

    void consentComesFromElsewhere()
    {
        const auto plan = start("graph");
        Seat olga(m_home, "olga", plan);
        olga.plan().complete(olga.plan().selected(), true, "seen", {"false"}); // nothing to mend
        QTRY_COMPARE(olga.stateOf("measure"), "ready");
        olga.plan().complete(olga.plan().selected(), true, "measured", {"0"});
        QTRY_COMPARE(olga.stateOf("seal"), "awaiting_approval");
        olga.plan().exportRequest("seal", ui::Deed::ApproveElsewhere);
        QTRY_VERIFY(!olga.plan().requestPath().isEmpty());
        LabHome elsewhere;
        elsewhere.ok({}, QString("--as ben --passphrase-file %1 approval sign \"%2\" --key %3/keys/operators/ben.key "
                                 "--output %4")
                             .arg(m_home.passphraseFile("ben"), olga.plan().requestPath(), m_home.path(),
                                  m_home.file("approval.json")));
        olga.plan().importApproval("seal", m_home.file("none.json"));
        QTRY_VERIFY(olga.plan().trouble().contains("none.json"));
        olga.plan().importApproval("seal", m_home.file("approval.json"));
        QTRY_COMPARE(olga.stateOf("seal"), "ready");
        olga.plan().importApproval("seal", m_home.file("approval.json"));
        QTRY_VERIFY(!olga.plan().trouble().isEmpty());

        // Doing without it takes a second person too.
        olga.plan().skip("seal", "nobody asks for the seal");
        QTRY_VERIFY2(olga.plan().trouble().contains("Skipping step"), qPrintable(olga.plan().trouble()));
        QCOMPARE(olga.stateOf("seal"), "ready");
        olga.plan().approve("seal", ui::Deed::ApproveSkip, "ben", "the passphrase of ben");
        QTRY_COMPARE(olga.plan().step()->deedOf("S"), ui::Deed::Skip);
        olga.plan().skip("seal", "nobody asks for the seal");
        QTRY_COMPARE(olga.stateOf("seal"), "skipped");
        finish(plan);
    }

    void theLeadGoesFromDeskToDesk()
    {
        const auto plan = start("graph");
        Seat olga(m_home, "olga", plan);
        Seat ben(m_home, "ben", plan);
        olga.plan().readSheet();
        QTRY_VERIFY2(olga.plan().sheet().contains("Look at it"), qPrintable(olga.plan().sheet()));
        olga.plan().handOver("nobody", "");
        QTRY_VERIFY(!olga.plan().trouble().isEmpty());
        olga.plan().handOver("ben", "watch validator-3");
        QTRY_VERIFY(ben.plan().leadIsMine());
        QVERIFY(ben.plan().offeredLead().contains("watch validator-3"));
        ben.plan().takeLead();
        QTRY_COMPARE(olga.plan().leadText(), "Led by ben");
        QCOMPARE(olga.plan().offeredLead(), QString());
        finish(plan);
    }

    /// A radius that is not known is no radius of nothing.
    void whatCannotBeToldYetIsNotSaidToBeNothing()
    {
        const auto plan = start("state_corruption");
        Seat olga(m_home, "olga", plan);
        olga.plan().setSelected("roll_back"); // to a height that an earlier step finds
        auto& step = *olga.plan().step();
        step.lookAhead();
        QTRY_VERIFY(!step.looking());
        QVERIFY2(step.ahead().startsWith("Not settled yet: "), qPrintable(step.ahead()));
        QCOMPARE(step.blastRadius(), "Which systems it touches is not known yet.");
        QCOMPARE(step.nameToType(), "roll_back");
        finish(plan);
    }

    void aStepIsLookedAtRunTakenBackAndStopped()
    {
        const auto plan = start("touch");
        Seat olga(m_home, "olga", plan);
        Seat nora(m_home, "nora", plan);
        auto& step = *olga.plan().step();
        step.lookAhead();
        QTRY_VERIFY(!step.looking());
        QVERIFY2(step.ahead().contains("touch"), qPrintable(step.ahead()));
        QCOMPARE(step.blastRadius(), "It touches validator-3.");
        QCOMPARE(step.nameToType(), "validator-3");
        QVERIFY(!QFile::exists(m_home.file("made")));
        olga.plan().runStep("make");
        QTRY_COMPARE_WITH_TIMEOUT(olga.stateOf("make"), "succeeded", 20'000);
        QVERIFY(QFile::exists(m_home.file("made")));
        // What it said is read at the other desk too, and at one that opens later.
        QVERIFY(olga.plan().log()->count() > 0);
        QTRY_COMPARE(nora.plan().log()->count(), olga.plan().log()->count());
        {
            Seat late(m_home, "nora", plan);
            QTRY_COMPARE(late.plan().log()->count(), olga.plan().log()->count());
        }
        olga.plan().undo("make", "to see whether it can be");
        QTRY_COMPARE_WITH_TIMEOUT(olga.stateOf("make"), "undone", 20'000);
        QVERIFY(!QFile::exists(m_home.file("made")));
        QTRY_VERIFY(!olga.plan().busy());
        olga.plan().retry("make", "once more");
        QTRY_COMPARE(olga.stateOf("make"), "ready");
        olga.plan().runStep("make");
        QTRY_COMPARE_WITH_TIMEOUT(olga.stateOf("linger"), "ready", 20'000);
        QTRY_VERIFY(!olga.plan().busy());
        olga.plan().runStep("linger");
        QTRY_COMPARE_WITH_TIMEOUT(nora.stateOf("linger"), "running", 20'000);
        QTRY_VERIFY(nora.plan().runsElsewhere());
        nora.plan().stopStep("linger", "it never ends");
        QTRY_COMPARE_WITH_TIMEOUT(nora.stateOf("linger"), "failed", 30'000);
        QTRY_VERIFY(!nora.plan().runsElsewhere());
        QVERIFY(m_home.processes().filter("/dev/null").isEmpty());
        finish(plan);
        m_home.verifyJournal();
    }

private:
    QString start(const QString& procedure)
    {
        return m_home.ok("olga", "plan start " + m_home.openIncident() + " " + procedure)["id"].toString();
    }
    void finish(const QString& plan) { m_home.ok("olga", "plan abort " + plan + " --reason \"the test is over\""); }

    QTemporaryDir m_settings;
    LabHome m_home;
};

int main(int argc, char* argv[])
{
    QApplication application(argc, argv);
    TestWindowActs test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_window_acts.moc"
