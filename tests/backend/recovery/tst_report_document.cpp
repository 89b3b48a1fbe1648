// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/report_document.h"
#include "tests/backend/recovery/recovery_fixture.h"

using namespace rc;
using namespace rc::test;
using namespace std::chrono_literals;

/// What a report is told that the plan itself does not know.
class TestReportDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesOfEvidenceAreLookedAtAgain()
    {
        RecoveryHome home;
        Workplace here(home);
        const auto me = here.signIn(olga);
        const auto plan = here.start(me, ProcedureBuilder().manual("look").manual("look_again"));
        const QTemporaryDir desk;
        QList<EvidenceFile> files;
        for (const auto& name : QStringList{"kept", "altered", "gone"}) {
            files.append({{}, desk.filePath(name)});
            write(files.last().path, name.toUtf8());
        }
        auto command = done("look");
        command.evidence = {QJsonObject{{"kind", "figure"}, {"value", "4"}}};
        QCOMPARE(told(here.recovery().completeRecoveryStep(me, plan, command, files)), "done");
        QCOMPARE(statesIn(here, plan), (QStringList{"sound", "sound", "sound", ""}));

        // One byte, with the length and the time as they were.
        const auto altered = home.path() + "/evidence/" + sha256Hex("altered");
        const auto time = QFileInfo(altered).lastModified();
        write(altered, "Altered");
        QFile file(altered);
        QVERIFY(file.open(QIODevice::ReadWrite) && file.setFileTime(time, QFileDevice::FileModificationTime));
        QVERIFY(QFile::remove(home.path() + "/evidence/" + sha256Hex("gone")));
        QCOMPARE(statesIn(here, plan), (QStringList{"sound", "altered", "missing", ""}));
        const auto document = documentOf(here, plan);
        const auto evidence = document["plan"]["completed_steps"][0]["evidence"];
        QVERIFY(!evidence[0].toObject().contains("trouble"));
        QVERIFY(evidence[1]["trouble"].toString().contains("altered"));
        QVERIFY(evidence[2]["trouble"].toString().contains("missing"));
    }

    void clocksThatWereSetAreTold()
    {
        RecoveryHome home;
        Workplace here(home);
        const auto me = here.signIn(olga);
        QCOMPARE(told(here.recovery().act(me, here.start(me, ProcedureBuilder().manual("look")), AbortPlan{"test"})),
                 "done");
        home.setClock(1h);
        const auto plan = here.start(here.signIn(olga), ProcedureBuilder().manual("look"));
        QCOMPARE(documentOf(here, plan)["clock"].toArray().size(), 0); // it was set before the incident
        home.setClock(-2h);
        // What says it may be about something else.
        (void)here.openIncident(here.signIn(ben));
        const auto clock = documentOf(here, plan)["clock"].toArray();
        QCOMPARE(clock.size(), 1);
        QCOMPARE(clock[0]["clock_jump_ms"].toInteger(), -7'200'000);
        QCOMPARE(clock[0]["text"].toString(), "The clock of this machine was set back by 2 h just before.");
        // Nothing that comes after its end.
        QCOMPARE(told(here.recovery().act(here.signIn(olga), plan, AbortPlan{"test"})), "done");
        home.setClock(3h);
        (void)here.openIncident(here.signIn(ben));
        QCOMPARE(documentOf(here, plan)["clock"].toArray().size(), 1);
    }

    void whatSomebodyConsentedToIsSaid()
    {
        RecoveryHome home;
        Workplace here(home);
        const auto me = here.signIn(olga);
        const auto bens = here.signIn(ben);
        ProcedureBuilder builder;
        builder.automated("restore").approvedBy(Role::ProtocolLead);
        builder.automated("seal").after({}).approvedBy(Role::ProtocolLead);
        const auto plan = here.start(me, builder);
        const StepId restore("restore");
        QCOMPARE(told(here.recovery().approveStep(bens, plan, restore)), "done");
        QCOMPARE(told(here.runStep(me, plan, "restore")), "done");
        QCOMPARE(told(here.recovery().approveStep(bens, plan, restore, StepAct::Undo)), "done");
        QCOMPARE(told(here.recovery().approveStep(bens, plan, StepId("seal"), StepAct::Skip)), "done");
        QStringList said;
        for (const QJsonValue decision : documentOf(here, plan)["approvals_and_denials"].toArray()) {
            said.append(decision["what"].toString());
        }
        QCOMPARE(said, (QStringList{"Approved step restore, attempt 1, as protocol_lead.",
                                    "Approved taking step restore back, attempt 1, as protocol_lead.",
                                    "Approved doing without step seal, attempt 1, as protocol_lead."}));
    }

private:
    static void write(const QString& path, const QByteArray& text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
    static QJsonObject documentOf(Workplace& here, const PlanId& id)
    {
        const auto plan = here.plan(id);
        const auto incident = Store::must(here.incidents().find(plan.pins.incident.id));
        const auto ofIncident = Store::must(incidentReportDocument(here.journal(), incident, {plan}));
        auto document = Store::must(planReportDocument(here.journal(), incident, plan));
        if (ofIncident["plans"][0] != document["plan"] || ofIncident["clock"] != document["clock"]) {
            qFatal("The report of the incident says something else.");
        }
        return document;
    }
    static QStringList statesIn(Workplace& here, const PlanId& id)
    {
        const auto document = documentOf(here, id);
        const auto plan = document["plan"];
        QStringList states;
        for (const QJsonValue entry : plan["completed_steps"][0]["evidence"].toArray()) {
            states.append(entry["state"].toString());
        }
        if (plan["steps"][0]["evidence"] != plan["completed_steps"][0]["evidence"]) {
            qFatal("Step and completion say different things.");
        }
        return states;
    }
};

QTEST_GUILESS_MAIN(TestReportDocument)
#include "tst_report_document.moc"
