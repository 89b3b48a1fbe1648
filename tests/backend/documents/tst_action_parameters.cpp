// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/documents/procedure_document.h"

#include <QTest>

using namespace rc;

/// What a file may say of the actions `command`, `http_request`, `wait` and `notify`.
class TestActionParameters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theyAreReadOrRefusedByLine_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("parameters");
        QTest::addColumn<QString>("wrong");
        commands();
        requests();
        waitsAndNotices();
    }
    void theyAreReadOrRefusedByLine()
    {
        QFETCH(QString, action);
        QFETCH(QString, parameters);
        QFETCH(QString, wrong);
        const auto text = QString(R"(id: one
version: 1
name: One
incident_types: [state_corruption]
required_roles: [incident_commander]
parameters: [{id: where, type: string}]
steps:
  - id: act
    name: Act
    action_type: %1
    parameters: %2
verification: [{id: v, check: state_agreement}]
)");
        const auto read = readProcedure(text.arg(action, parameters).toUtf8(), "p.yaml");
        if (wrong.isEmpty()) {
            QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        } else {
            QVERIFY(!read);
            QVERIFY2(read.error().message.contains("p.yaml:11: " + wrong), qPrintable(read.error().message));
        }
    }

private:
    static void row(const char* name, const char* action, const char* parameters, const char* wrong = "")
    {
        QTest::newRow(name) << action << parameters << wrong;
    }

    static void commands()
    {
        row("command", "command", "{program: /bin/true}");
        row("all of a command", "command",
            "{program: rsync, arguments: [-a, 7, true, \"${plan.params.where}\", \"${incident.systems}\"], directory: "
            "/tmp, "
            "environment: {A: x, N: 7, T: {secret: \"file:/run/t\"}, E: {secret: \"env:T\"}}, expect_exit: [0, 24], "
            "outputs_from: json, changes: true, probe: {program: test}, undo: {program: rm, expect_exit: [1]}, "
            "systems: "
            "\"${incident.systems}\"}");
        row("no program", "command", "{arguments: [x]}", "the field 'program' is missing");
        row("a shell line", "command", "{run: rm -rf /tmp/x, program: sh}", "unknown field 'run'");
        row("a program by reference", "command", "{program: \"${plan.params.where}\"}", "'program' is '${plan.params");
        row("a relative program", "command", "{program: ./x}", "'program' is './x', expected the path of a program");
        row("a secret in the open", "command", "{program: x, environment: {A: {secret: hunter2}}}",
            "'secret' is not a reference to a secret, expected file:/PATH or env:NAME");
        row("a secret among arguments", "command", "{program: x, arguments: [{secret: \"env:A\"}]}",
            "this entry is a group of fields, expected text, a number, true or false");
        row("a name that is none", "command", "{program: x, environment: {\"A B\": x}}",
            "'A B' is no name that can stand here, expected the name of a variable");
        row("an exit code that is none", "command", "{program: x, expect_exit: [256]}",
            "this entry is the number 256, expected a whole number from 0 to 255");
        row("a probe with an undo", "command", "{program: x, probe: {program: y, undo: {program: z}}}",
            "unknown field 'undo'");
    }

    static void requests()
    {
        row("request", "http_request", "{method: GET, url: \"http://h/\"}");
        row("all of a request", "http_request",
            "{method: POST, url: \"https://h:8443/x?y=${plan.params.where}\", headers: {X-Token: {secret: \"env:T\"}}, "
            "body: {a: [1]}, expect_status: [200], expect_body: {path: a.b, equals: null}, outputs_from: json, probe: "
            "{url: \"http://h/seen\", expect_body: {contains: x}}, undo: {method: DELETE, url: \"http://h/x\"}, "
            "systems: "
            "[validator-1]}");
        row("no method", "http_request", "{url: \"http://h/\"}", "the field 'method' is missing");
        row("a password in the address", "http_request", "{method: GET, url: \"http://a:b@h/\"}",
            "'url' is 'http://a:b@h/', expected an address such as https://HOST/PATH, without a name or password");
        row("a probe that changes something", "http_request",
            "{method: POST, url: \"http://h/\", probe: {method: POST, url: \"http://h/\"}}",
            "'method' is 'POST', expected one of: GET, HEAD");
        row("half of an expectation", "http_request", "{method: GET, url: \"http://h/\", expect_body: {path: a}}",
            "the field 'equals' is missing");
        row("an unknown field", "http_request", "{method: GET, url: \"http://h/\", header: {A: b}}",
            "unknown field 'header', expected one of");
    }

    static void waitsAndNotices()
    {
        row("wait", "wait", "{duration: 20m}");
        row("wait by reference", "wait", "{duration: \"${plan.params.where}\"}");
        row("wait for a check", "wait", "{check: systems_healthy, systems: \"${incident.systems}\", every: 5s}");
        row("wait for nothing", "wait", "{}",
            "the field 'duration' is missing, expected a duration such as 20m, or 'check'");
        row("wait for a number", "wait", "{duration: 20}",
            "'duration' is the number 20, expected a duration with a unit, such as 90s or 20m, or a reference");
        row("wait for both", "wait", "{duration: 20m, check: systems_healthy}", "unknown field 'check'");
        row("every now and then", "wait", "{check: systems_healthy, every: often}", "'every' is 'often', expected");
        row("notice", "notify", "{message: \"Back: ${plan.params.where}\"}");
        row("all of a notice", "notify",
            "{message: x, roles: [observer], webhook: {url: \"http://h/\", headers: {A: {secret: \"env:T\"}}}, "
            "program: "
            "{program: mail, arguments: [x]}}");
        row("a notice without words", "notify", "{roles: [observer]}", "the field 'message' is missing");
        row("a notice for nobody we know", "notify", "{message: x, roles: [boss]}", "this entry is 'boss'");
        row("a notice with another body", "notify", "{message: x, webhook: {url: \"http://h/\", body: x}}",
            "unknown field 'body'");
    }
};

QTEST_GUILESS_MAIN(TestActionParameters)
#include "tst_action_parameters.moc"
