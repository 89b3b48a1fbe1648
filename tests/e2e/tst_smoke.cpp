// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_home.h"

#include <QDir>
#include <QTest>

using namespace rc::test;

namespace {

/// Says which of the fields that cli.md promises are missing or of another type: `name:type`, the types being s(tring),
/// n(umber), b(oolean), a(rray), o(bject); a question mark allows null.
QByteArray missing(const QJsonObject& object, const QString& promised)
{
    static const QHash<QChar, QJsonValue::Type> types{{'s', QJsonValue::String},
                                                      {'n', QJsonValue::Double},
                                                      {'b', QJsonValue::Bool},
                                                      {'a', QJsonValue::Array},
                                                      {'o', QJsonValue::Object}};
    QByteArray wrong;
    const auto fields = promised.split(' ', Qt::SkipEmptyParts);
    for (const auto& field : fields) {
        const QString name = field.section(':', 0, 0);
        const QString type = field.section(':', 1);
        const auto value = object[name];
        const bool mayBeNull = type.endsWith('?') && value.isNull();
        if (!object.contains(name) || (value.type() != types[type[0]] && !mayBeNull)) {
            wrong += name.toUtf8() + " ";
        }
    }
    return wrong.isEmpty() ? wrong : wrong + "in " + QJsonDocument(object).toJson();
}

#define PROMISED(object, fields)                                                                                       \
    do {                                                                                                               \
        const QByteArray wrong = missing(object, fields);                                                              \
        QVERIFY2(wrong.isEmpty(), wrong.constData());                                                                  \
    } while (false)

const QString IncidentFields("id:s type:s severity:s title:s status:s compromised_since:s contained_at:s opened_at:s "
                             "systems:a");
const QString ProcedureFields("id:s version:n name:s description:s incident_types:a risk_level:s "
                              "estimated_duration_ms:n required_roles:a rto_ms:n steps:a verification:a");
const QString ProcedureStepFields("id:s name:s description:s action_type:s required_roles:a parameters:o "
                                  "expected_duration_ms:n priority:s after:a reversibility:s");
const QString CheckFields("id:s name:s check:s parameters:o owner_step:s timeout_ms:n critical:b");
const QString PlanFields("id:s incident_id:s procedure_id:s procedure_version:n plan_hash:s status:s "
                         "current_step_index:n started_at:s completed_at:s? started_by:s steps:a "
                         "verification_results:a notes:a eta:s rto_ms:n phase:s rehearsal:b");
const QString PlanStepFields("id:s name:s kind:s state:s attempts:n waiting_for:a started_at:s? completed_at:s? "
                             "completed_by:s? duration_ms:n? result:o? evidence:a approvals:a undoable:b");

/// What the failed check of a system says.
QString reasonIn(const QJsonValue& system, const QString& check)
{
    for (const QJsonValue report : system["checks"].toArray()) {
        if (report["name"] == check && report["state"] == "unhealthy") {
            return report["message"].toString();
        }
    }
    return {};
}

} // namespace

/// cli.md, "The shortest whole use", command for command, on an empty home, and the answers that the page promises.
class TestSmoke : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_home.write(m_home.passphraseFile("olga"), "Olga knows this\n");
        m_home.write(m_home.passphraseFile("ben"), "Ben knows that\n");
    }

    void init()
    {
        if (m_broken) {
            QSKIP("What this needs has failed before.");
        }
    }
    void cleanup() { m_broken = m_broken || QTest::currentTestFailed(); }

    void peopleComeFirst()
    {
        const auto olga = m_home.ok({}, "operator add olga --name \"Olga\" --role incident_commander --role "
                                        "protocol_lead --role node_operator --new-passphrase-file " +
                                            m_home.passphraseFile("olga"));
        QCOMPARE(olga["id"].toString(), "olga");
        QVERIFY(olga["roles"].toArray().contains("administrator"));
        const auto ben = m_home.ok("olga", "operator add ben --name \"Ben\" --role protocol_lead --role "
                                           "security_analyst --new-passphrase-file " +
                                               m_home.passphraseFile("ben"));
        QCOMPARE(ben["roles"].toArray(), (QJsonArray{"protocol_lead", "security_analyst"}));
    }

    void theNetworkComesUp()
    {
        const auto lab = m_home.ok("olga", QString("lab up --port-base %1").arg(m_home.portBase()));
        QVERIFY(lab["running"].toBool());
        QCOMPARE(lab["systems"].toArray().size(), 6);
        QVERIFY(QFile::exists(m_home.path() + "/inventory.yaml"));
        QVERIFY(m_home.processes().size() >= 7);
        const auto trusted = m_home.ok("ben", "system config trust --all")["list"].toArray();
        QCOMPARE(trusted.size(), 6);
        const auto heads = m_home.ok({}, "chain heads");
        PROMISED(heads, "nodes:a groups:a");
        PROMISED(heads["nodes"][0].toObject(),
                 "system:s height:n hash:s state_hash:s syncing:b peers:n age_ms:n group:n");
        PROMISED(heads["groups"][0].toObject(), "height:n hash:s state_hash:s systems:a weight:n quorum:b");
        QCOMPARE(m_home.ok({}, "health once")["systems"].toArray().size(), 6);
    }

    void theFaultIsNoticed()
    {
        m_since = now();
        m_home.ok({}, "lab break corrupt-state --system validator-3");
        const auto health = m_home.ok({}, "health once", 1);
        QStringList sick;
        for (const QJsonValue system : health["systems"].toArray()) {
            PROMISED(system.toObject(), "id:s state:s age_ms:n checks:a");
            PROMISED(system["checks"][0].toObject(), "name:s state:s latency_ms:n message:s");
            if (system["state"] != "healthy") {
                QCOMPARE(system["state"].toString(), "unhealthy");
                sick.append(system["id"].toString());
                QVERIFY2(reasonIn(system, "state_agreement").contains("at height"),
                         QJsonDocument(system.toObject()).toJson());
            }
        }
        QCOMPARE(sick, QStringList{"validator-3"});
        const auto proposals = m_home.ok({}, "incident proposed")["list"].toArray();
        QCOMPARE(proposals.size(), 1);
        QCOMPARE(proposals[0]["systems"].toArray(), QJsonArray{"validator-3"});
    }

    void anIncidentIsOpened()
    {
        const auto incident =
            m_home.ok("olga", "incident open --type state_corruption --severity high --title \"validator-3 diverged\" "
                              "--since " +
                                  m_since + " --system validator-3");
        PROMISED(incident, IncidentFields);
        QCOMPARE(incident["title"].toString(), "validator-3 diverged");
        QCOMPARE(incident["systems"].toArray(), QJsonArray{"validator-3"});
        m_incident = incident["id"].toString();
        const auto procedures = m_home.ok("olga", "procedure list --incident " + m_incident)["list"].toArray();
        QCOMPARE(procedures.size(), 1);
        const auto procedure = procedures[0].toObject();
        PROMISED(procedure, ProcedureFields);
        PROMISED(procedure["steps"][0].toObject(), ProcedureStepFields);
        PROMISED(procedure["verification"][0].toObject(), CheckFields);
        const auto dryRun = m_home.ok({}, "plan dry-run " + m_incident + " state_corruption");
        m_planHash = dryRun["plan_hash"].toString();
        QCOMPARE(m_planHash.size(), 64);
    }

    void thePlanRunsUpToTheApproval()
    {
        const auto plan = m_home.ok("olga", "plan start " + m_incident + " state_corruption");
        PROMISED(plan, PlanFields);
        PROMISED(plan["steps"][0].toObject(), PlanStepFields);
        QCOMPARE(plan["plan_hash"].toString(), m_planHash);
        QCOMPARE(plan["current_step_index"].toInt(), 0);
        m_plan = plan["id"].toString();
        m_home.ok("olga", "plan run " + m_plan);
        QCOMPARE(m_home.step(m_plan, "confirm_scope")["state"].toString(), "ready");
        m_home.ok("olga", "plan step " + m_plan + " confirm_scope done --note \"one node, as the wall says\"");
        const auto waiting = m_home.ok("olga", "plan run " + m_plan);
        QCOMPARE(stepIn(waiting, "roll_back")["state"].toString(), "awaiting_approval");
        QVERIFY(!stepIn(waiting, "roll_back")["waiting_for"].toArray().isEmpty());
    }

    void aSecondPersonApprovesAndThePlanCompletes()
    {
        const auto approved = m_home.ok("ben", "plan approve " + m_plan + " roll_back");
        QCOMPARE(stepIn(approved, "roll_back")["approvals"][0]["by"].toString(), "ben");
        const auto done = m_home.ok("olga", "plan run " + m_plan);
        QCOMPARE(done["status"].toString(), "soaking");
        QCOMPARE(done["current_step_index"].toInt(), done["steps"].toArray().size());
        for (const QJsonValue step : done["steps"].toArray()) {
            PROMISED(step.toObject(), PlanStepFields);
            PROMISED(step["result"].toObject(), "success:b message:s timestamp:s");
            QCOMPARE(step["state"].toString(), "succeeded");
        }
        for (const QJsonValue result : done["verification_results"].toArray()) {
            PROMISED(result.toObject(), "id:s name:s passed:b detail:s at:s attempt:n");
        }
        const auto declared = m_home.ok("olga", "plan declare " + m_plan);
        QCOMPARE(declared["status"].toString(), "completed");
        PROMISED(declared, "completed_at:s declared_by:s");
        m_home.ok({}, "health once");
    }

    void theEndIsPrintedAndProven()
    {
        const QString pdf = m_home.file("plan.pdf");
        const auto report = m_home.ok("olga", "report plan " + m_plan + " -o " + pdf);
        PROMISED(report, "path:s sha256:s pages:n bytes:n");
        QFile file(pdf);
        QVERIFY(file.open(QIODevice::ReadOnly) && file.read(5) == "%PDF-");
        QProcess reader;
        reader.start("pdftotext", {"-layout", pdf, "-"});
        QVERIFY(reader.waitForFinished());
        const auto text = QString::fromUtf8(reader.readAllStandardOutput());
        QVERIFY2(text.contains("Approvals and denials"), qPrintable(text));
        QVERIFY2(text.contains("Approved step roll_back, attempt 1, as protocol_lead."), qPrintable(text));
        const auto verified = m_home.ok({}, "journal verify");
        PROMISED(verified, "ok:b records:n first_bad:n? reason:s?");
        QVERIFY(verified["ok"].toBool());
        PROMISED(m_home.ok({}, "journal head"), "records:n head_hash:s checkpoint:n");
    }

    void otherAnswersKeepTheirPromisesToo()
    {
        const auto order = m_home.ok({}, "service order gateway --dependencies");
        PROMISED(order, "order:a waves:a critical_path:a estimate_ms:n");
        const auto restart = m_home.ok("olga", "service restart database");
        PROMISED(restart, "all_successful:b results:a");
        PROMISED(restart["results"][0].toObject(), "service_id:s outcome:s because:s stop_ms:n start_ms:n health:s "
                                                   "message:s dependencies_restarted:a");
        const auto restored = m_home.ok("olga", "system restore gateway --to version:1");
        PROMISED(restored, "system_id:s success:b timestamp:s details:s verification_results:a artifacts:a");
        PROMISED(restored["verification_results"][0].toObject(), "name:s passed:b detail:s");
        PROMISED(restored["artifacts"][0].toObject(), "kind:s");
        const auto dry = m_home.ok({}, "system restore gateway --to version:1 --dry-run");
        PROMISED(dry, "diff:s actions:a");
        const auto head = m_home.ok({}, "chain heads")["groups"][0].toObject();
        const QString target = QString("%1:%2").arg(head["height"].toInteger()).arg(head["hash"].toString());
        const auto recovered = m_home.ok("olga", "chain recover --node validator-2 --to " + target);
        PROMISED(recovered, "success:b message:s operations:a");
        PROMISED(recovered["operations"][0].toObject(),
                 "kind:s system:s from_height:n to_height:n blocks:n success:b details:s");
    }

    void nothingIsLeft()
    {
        QCOMPARE(m_home.ok({}, "lab down")["running"].toBool(true), false);
        QTRY_VERIFY2(m_home.processes().isEmpty(), qPrintable(m_home.processes().join('\n')));
        m_home.verifyJournal();
    }

private:
    LabHome m_home;
    bool m_broken = false;
    QString m_since;
    QString m_incident;
    QString m_planHash;
    QString m_plan;
};

QTEST_GUILESS_MAIN(TestSmoke)
#include "tst_smoke.moc"
