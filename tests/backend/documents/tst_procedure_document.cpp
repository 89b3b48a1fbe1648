// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/procedure_document.h"
#include "document_samples.h"

#include <QTemporaryDir>
#include <QTest>

using namespace rc;
using namespace rc::samples;

namespace {

QString complaint(const QByteArray& bytes)
{
    const auto document = readProcedure(bytes, "p.yaml");
    return document ? QString("accepted") : document.error().message;
}

} // namespace

class TestProcedureDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryField()
    {
        const auto document = readProcedure(samples::procedure, "p.yaml");
        QVERIFY2(document, document ? "" : qUtf8Printable(document.error().message));
        const auto& procedure = document->procedure;
        QCOMPARE(procedure.id, ProcedureId("heal"));
        QCOMPARE(procedure.version, 3);
        QCOMPARE(procedure.incidentTypes, (QList{IncidentType::StateCorruption, IncidentType::StorageLoss}));
        QCOMPARE(procedure.estimatedDuration, Milliseconds(5'400'000));
        QCOMPARE(procedure.rto, Milliseconds(7'200'000));
        QCOMPARE(procedure.soak, Milliseconds(90'000));
        QCOMPARE(procedure.riskLevel, RiskLevel::High);
        QCOMPARE(procedure.closing, Closing::Automatic);
        QCOMPARE(procedure.declaredBy, (QList{Role::IncidentCommander, Role::ProtocolLead}));
        QCOMPARE(procedure.parameters,
                 (QList<ParameterDeclaration>{{"target_height", ParameterType::Integer, true, 7, "Where to go."}}));
        QCOMPARE(procedure.verification.size(), 1);
        QCOMPARE(procedure.verification[0].ownerStep, StepId("heal"));
        QCOMPARE(procedure.verification[0].timeout, Milliseconds(60'000));
        QVERIFY(procedure.verification[0].critical);
    }

    void readsEveryFieldOfAStep()
    {
        const auto document = readProcedure(samples::procedure, "p.yaml");
        QVERIFY(document);
        const auto& look = document->procedure.steps[0];
        QCOMPARE(look.actionType, ActionType::Check);
        QCOMPARE(look.requiredRoles, QList{Role::NodeOperator});
        QCOMPARE(look.parameters["check"], "find_trusted_height");
        QCOMPARE(look.expectedDuration, Milliseconds(500));
        QCOMPARE(look.timeout, Milliseconds(1'200'000));
        QCOMPARE(look.priority, Priority::Urgent);
        QCOMPARE(look.outputs, (QStringList{"height", "hash"}));
        QVERIFY(!look.critical);
        const auto& heal = document->procedure.steps[1];
        QCOMPARE(heal.approvals, (QList<ApprovalRequirement>{{Role::ProtocolLead, 2}}));
        QCOMPARE(heal.reversibility, Reversibility::ReversibleUntil);
        QCOMPARE(heal.reversibleUntil, StepId("sign"));
        QCOMPARE(document->procedure.steps[2].after, QList{StepId("heal")}); // nothing said: the step before
    }

    void keepsTheExactBytesAndTheirHash()
    {
        const auto document = readProcedure(samples::procedure, "p.yaml");
        QCOMPARE(document->source, samples::procedure);
        QCOMPARE(document->sha256, sha256Hex(samples::procedure));
        const auto again = readProcedure(document->source, "p.yaml");
        QCOMPARE(*again, *document);
    }

    void readsFilesAndMissesThemByName()
    {
        const QTemporaryDir home;
        const QString path = home.filePath("heal.yaml");
        QCOMPARE(readProcedure(path).error().code, ErrorCode::NotFound);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(samples::procedure);
        file.close();
        QCOMPARE(readProcedure(path)->file, path);
    }

    void badProceduresAreRefusedWithTheExactSentence_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QString>("message");
        addSchemaRows();
        addRuleRows();
    }

    void badProceduresAreRefusedWithTheExactSentence()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QString, message);
        QCOMPARE(complaint(spoiled(samples::procedure, from, to)), message);
    }

    void schemaAndRulesAreReportedTogetherByLine()
    {
        auto bytes = spoiled(samples::procedure, "risk_level: high", "risk_level: hihg");
        bytes = spoiled(bytes, "after: [look]", "after: [loook]");
        bytes = spoiled(bytes, "rto: 2h", "rto: 2");
        QCOMPARE(
            complaint(bytes),
            "p.yaml:8: 'risk_level' is 'hihg', expected one of: low, medium, high, critical (did you mean 'high'?)\n"
            "p.yaml:9: 'rto' is the number 2, expected a duration with a unit, such as 500ms, 90s, 20m or 1h30m\n"
            "p.yaml:39: ${steps.look.result.height} names a step that may not be done by then, expected one this step "
            "comes after\n"
            "p.yaml:40: ${steps.look.result.hash} names a step that may not be done by then, expected one this step "
            "comes "
            "after\n"
            "p.yaml:41: there is no step 'loook', expected the id of a step");
    }

    void aDocumentThatIsNoProcedureNamesWhatIsMissing()
    {
        QCOMPARE(complaint("- a\n"), "p.yaml:1: the document is a list, expected fields (name: value)");
        QVERIFY(complaint("id: x\n").contains(
            "p.yaml:1: the field 'steps' is missing, expected a list with at least one step"));
    }

private:
    static void row(const char* name, const QByteArray& from, const QByteArray& to, const QString& message)
    {
        QTest::newRow(name) << from << to << message;
    }

    static void addSchemaRows()
    {
        row("unknown field", "rto: 2h", "rtoo: 2h",
            "p.yaml:9: unknown field 'rtoo', expected one of: closing, declared_by, description, estimated_duration, "
            "id, "
            "incident_types, maximum_parallel, name, parameters, required_roles, risk_level, rto, soak, steps, "
            "verification, version "
            "(did you "
            "mean 'rto'?)");
        row("unknown field of a step", "critical: false", "criticla: false",
            "p.yaml:33: unknown field 'criticla', expected one of: action_type, after, approvals, critical, "
            "description, "
            "evidence, expected_duration, id, name, outputs, parameters, priority, required_roles, retry, "
            "reversibility, reversible_until, timeout, undo, when (did you mean 'critical'?)");
        row("missing field", "version: 3\n", "",
            "p.yaml:1: the field 'version' is missing, expected a whole number from 1");
        row("missing field of a step", "    name: Look\n", "", "p.yaml:20: the field 'name' is missing, expected text");
        row("unknown incident type", "storage_loss", "storage_los",
            "p.yaml:5: this entry is 'storage_los', expected one of: key_compromise, consensus_halt, state_corruption, "
            "node_compromise, rpc_exhaustion, bad_upgrade, storage_loss, bridge_exploit (did you mean "
            "'storage_loss'?)");
        row("no incident type", "[state_corruption, storage_loss]", "[]",
            "p.yaml:5: 'incident_types' is a list, expected a list with at least one incident type");
        row("duration without unit", "soak: 90s", "soak: 90",
            "p.yaml:10: 'soak' is the number 90, expected a duration with a unit, such as 500ms, 90s, 20m or 1h30m");
        row("duration of another kind", "timeout: 20m", "timeout: soon",
            "p.yaml:32: 'timeout' is 'soon', expected a duration with a unit, such as 500ms, 90s, 20m or 1h30m");
        row("fraction as version", "version: 3", "version: 1.5",
            "p.yaml:2: 'version' is the number 1.5, expected a whole number from 1");
        row("text as boolean", "critical: false", "critical: no",
            "p.yaml:33: 'critical' is 'no', expected true or false");
        row("list instead of text", "name: Heal", "name: [Heal]", "p.yaml:3: 'name' is a list, expected text");
        row("number instead of text", "description: Makes it well.", "description: 7",
            "p.yaml:4: 'description' is the number 7, expected text (put it in quotes)");
        row("bad id", "id: heal\n", "id: \"he al\"\n",
            "p.yaml:1: 'id' is 'he al', expected an id of letters, digits, '.', '_' and '-', at most 64");
        row("unknown action", "action_type: manual", "action_type: manuel",
            "p.yaml:49: 'action_type' is 'manuel', expected one of: manual, restore_system, recover_chain_data, "
            "restart_services, command, http_request, check, wait, notify (did you mean 'manual'?)");
        row("manual with parameters", "action_type: manual", "action_type: manual\n    parameters: {a: 1}",
            "p.yaml:50: unknown field 'a', expected none here");
        row("chain recovery without hash", "      hash: ${steps.look.result.hash}\n", "",
            "p.yaml:37: the field 'hash' is missing, expected 64 lower-case hex digits in quotes or a reference such "
            "as "
            "${steps.locate.result.hash}");
        row("height that is text", "height: ${steps.look.result.height}", "height: many",
            "p.yaml:39: 'height' is 'many', expected a whole number from 0 or a reference such as "
            "${plan.params.target_height}");
        row("check without name", "      check: find_trusted_height\n", "",
            "p.yaml:25: the field 'check' is missing, expected the name of a check, such as systems_healthy");
        row("approval by nobody", "count: 2", "count: 0",
            "p.yaml:44: 'count' is the number 0, expected a whole number from 1 to 20");
        row("no verification", "verification:", "verification: []\nx:",
            "p.yaml:50: 'verification' is a list, expected a list with at least one check\n"
            "p.yaml:51: unknown field 'x', expected one of: closing, declared_by, description, estimated_duration, id, "
            "incident_types, maximum_parallel, name, parameters, required_roles, risk_level, rto, soak, steps, "
            "verification, version");
    }

    static void addRuleRows()
    {
        row("a condition that compares nothing", "after: [look]",
            "after: [look]\n    when: [{value: \"${incident.type}\"}]",
            "p.yaml:42: a condition compares in no way or in several, expected a value and one of: is, is_not, "
            "at_least, at_most, contains, one_of");
        row("a condition on a step that is not over", "after: [look]",
            "after: [look]\n    when: [{value: \"${steps.sign.result.x}\", is: 1}]",
            "p.yaml:42: ${steps.sign.result.x} names a step that may not be done by then, expected one this step "
            "comes after");
        row("dangling after", "after: [look]", "after: [look, lok]",
            "p.yaml:41: there is no step 'lok', expected the id of a step");
        row("cycle", "    expected_duration: 500ms", "    after: [sign]",
            "p.yaml:29: the steps wait for each other (look → sign → heal → look), expected no cycle");
        row("duplicate step", "id: sign\n", "id: look\n",
            "p.yaml:46: there is no step 'sign', expected the step that makes this one final\n"
            "p.yaml:47: the id 'look' is used twice, expected unique ids");
        row("unknown reference", "${incident.systems}", "${incident.sistems}",
            "p.yaml:27: unknown reference ${incident.sistems}, expected ${incident.F}, ${plan.params.NAME} or "
            "${steps.ID.result.F}");
        row("reference left open", "${plan.params.target_height}", "at ${plan.params.target_height",
            "p.yaml:28: unknown reference ${plan.params.target_height, expected ${incident.F}, ${plan.params.NAME} or "
            "${steps.ID.result.F}");
        row("undeclared parameter", "${plan.params.target_height}", "${plan.params.height}",
            "p.yaml:28: ${plan.params.height} names a parameter that is not declared, expected one of 'parameters'");
        row("reference to a later step", "height: ${plan.params.target_height}", "height: ${steps.heal.result.height}",
            "p.yaml:28: ${steps.heal.result.height} names a step that may not be done by then, expected one this step "
            "comes "
            "after");
        row("reference to no step", "${steps.look.result.hash}", "${steps.lok.result.hash}",
            "p.yaml:40: ${steps.lok.result.hash} names a step that does not exist, expected the id of a step");
        row("undeclared output", "outputs: [height, hash]", "outputs: [height]",
            "p.yaml:40: ${steps.look.result.hash} names an output that the step does not declare, expected one of: "
            "height");
        row("unknown owner", "owner_step: heal", "owner_step: hael",
            "p.yaml:56: there is no step 'hael', expected the id of a step");
        row("default of another type", "default: 7", "default: seven",
            "p.yaml:17: the default does not fit, expected a value of type integer");
        row("a limit for a person", "name: Sign\n", "name: Sign\n    timeout: 1h\n",
            "p.yaml:49: a limit is given for what a person does, expected it at an automated step; what is expected of "
            "a person is its 'expected_duration'");
        row("final step without saying so", "reversibility: reversible_until", "reversibility: irreversible",
            "p.yaml:46: a final step is named, expected 'reversibility: reversible_until' beside it");
    }
};

QTEST_GUILESS_MAIN(TestProcedureDocument)
#include "tst_procedure_document.moc"
