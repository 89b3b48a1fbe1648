// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/health/fake_server.h"
#include "tests/backend/recovery/action_fixture.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>

using namespace rc;
using namespace rc::test;
using namespace std::chrono_literals;

namespace {

/// Signed by nobody but itself, and used by nobody but this test.
const QByteArray TestKey = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgMO0Ke3pBCOJmO/EZ
dFcruqDwGzKJhjoClIbVbmmIIpahRANCAASPF22O123tLkKa+JLtvBYiZARpQrN/
J8drkcag0OZ3RBswGgpq5abBcLwOz/PoPALhNVvJ0qJmtiYU2pp/xL1e
-----END PRIVATE KEY-----
)";
const QByteArray TestCertificate = R"(-----BEGIN CERTIFICATE-----
MIIBfzCCASWgAwIBAgIUJozJGSQSXL2+VAC6v5Z1xQAHsEYwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyMzE4NTkxN1oYDzIxMjYxMDMw
MTg1OTE3WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASPF22O123tLkKa+JLtvBYiZARpQrN/J8drkcag0OZ3RBswGgpq5abB
cLwOz/PoPALhNVvJ0qJmtiYU2pp/xL1eo1MwUTAdBgNVHQ4EFgQUmxWWDy8KdwcR
QiyVNMC/g9KaVsUwHwYDVR0jBBgwFoAUmxWWDy8KdwcRQiyVNMC/g9KaVsUwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAqfakR+27yC6R7X50oh6f
umCAAhNvzFubiEypztjNXiYCID96Jldo4BMOG3R8WgpFnT1eumT+PQZ2oy1CMfm+
y+6/
-----END CERTIFICATE-----
)";

} // namespace

/// `http_request` and `notify` on a real server, `wait` on real checks.
class TestOtherActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // --- http_request

    void theAnswerDecides_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QJsonObject>("more");
        QTest::addColumn<QString>("wrong");
        const QByteArray json = R"({"data": [{"state": "ok"}], "height": 7})";
        const auto body = [](const QJsonObject& expected) { return QJsonObject{{"expect_body", expected}}; };
        QTest::newRow("200") << 200 << QByteArray() << QJsonObject() << "";
        QTest::newRow("500") << 500 << QByteArray("broken") << QJsonObject()
                             << "status 500; this status was not expected. It says: broken";
        QTest::newRow("404, expected") << 404 << QByteArray() << QJsonObject{{"expect_status", QJsonArray{200, 404}}}
                                       << "";
        QTest::newRow("200, not expected")
            << 200 << QByteArray() << QJsonObject{{"expect_status", QJsonArray{201}}} << "not expected";
        QTest::newRow("contains") << 200 << json << body({{"contains", "state"}}) << "";
        QTest::newRow("does not contain") << 200 << json << body({{"contains", "bad"}}) << "does not contain 'bad'";
        QTest::newRow("path") << 200 << json << body({{"path", "data.0.state"}, {"equals", "ok"}}) << "";
        QTest::newRow("other at path") << 200 << json << body({{"path", "data.0.state"}, {"equals", "down"}})
                                       << "'data.0.state' in its answer is \"ok\", expected \"down\"";
        QTest::newRow("nothing at path") << 200 << json << body({{"path", "data.1.x"}, {"equals", 1}}) << "is missing";
        QTest::newRow("garbage as outputs")
            << 200 << QByteArray("{half") << QJsonObject{{"outputs_from", "json"}} << "not a JSON object";
        QTest::newRow("to elsewhere") << 302 << QByteArray() << QJsonObject() << "302";
    }
    void theAnswerDecides()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QJsonObject, more);
        QFETCH(QString, wrong);
        ActionHome home;
        FakeServer server;
        server.answer("/x", status, body);
        for (const auto& method : {QString("GET"), QString("POST"), QString("DELETE")}) {
            const auto parameters = with({{"method", method}, {"url", server.url("/x")}}, more);
            const auto result = home.execute(ActionType::HttpRequest, home.context(parameters));
            QCOMPARE(result.success, wrong.isEmpty());
            QVERIFY2(result.message.contains(wrong), qPrintable(result.message));
            QCOMPARE(result.fields["status"], status);
        }
        QCOMPARE(server.requests.size(), 3);
    }

    void whatIsSentAndHandedOn()
    {
        ActionHome home;
        FakeServer server;
        server.answer("/rollback", 200, R"({"height": 7, "echo": "pa55word"})");
        const auto file = home.path() + "/token";
        QVERIFY(writeFileAtomically(file, "pa55word\n"));
        const QJsonObject parameters{
            {"method", "POST"},
            {"url", server.url("/rollback")},
            {"headers", QJsonObject{{"X-Admin-Token", QJsonObject{{"secret", "file:" + file}}}}},
            {"body", QJsonObject{{"to", 7}}},
            {"outputs_from", "json"},
        };
        const auto said = home.dryRun(ActionType::HttpRequest, parameters);
        QCOMPARE(said,
                 QStringList{"would request POST " + server.url("/rollback") + "; headers: X-Admin-Token (secret)"});
        QVERIFY(server.requests.isEmpty());
        const auto result = home.execute(ActionType::HttpRequest, home.context(parameters));
        QVERIFY2(result.success, qPrintable(result.message));
        QCOMPARE(server.requests, QStringList{R"(POST /rollback {"to":7})"});
        QCOMPARE(server.lastToken, "pa55word");
        QCOMPARE(result.fields["height"], 7);
        QCOMPARE(result.fields["echo"], "[secret]");
        QVERIFY(!QJsonDocument(toJson(result)).toJson().contains("pa55word"));
    }

    void aPostIsNeverSentTwice_data()
    {
        QTest::addColumn<QString>("method");
        for (const auto* const method : {"POST", "PUT", "PATCH", "DELETE"}) {
            QTest::newRow(method) << method;
        }
    }
    void aPostIsNeverSentTwice()
    {
        QFETCH(QString, method);
        ActionHome home;
        FakeServer server;
        server.answers["/x"] = ""; // takes the request, and hangs up
        const QJsonObject parameters{{"method", method}, {"url", server.url("/x")}};
        const auto result = home.execute(ActionType::HttpRequest, home.context(parameters));
        QVERIFY(!result.success && !result.reverted && result.doubtful);
        QVERIFY2(result.message.contains("cannot be told"), qPrintable(result.message));
        QCOMPARE(result.leftovers.size(), 1);
        QCOMPARE(server.requests.size(), 1);
    }

    void aProbeSaysWhatBecameOfARequestWithoutAnswer_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<EffectState>("answer");
        QTest::newRow("there") << 200 << EffectState::Applied;
        QTest::newRow("not there") << 404 << EffectState::NotApplied;
        QTest::newRow("gone") << 410 << EffectState::NotApplied;
        for (const int silent : {401, 403, 407, 408, 429, 500, 503}) {
            QTest::addRow("%d says nothing", silent) << silent << EffectState::CannotTell;
        }
        QTest::newRow("no answer either") << 0 << EffectState::CannotTell;
    }
    void aProbeSaysWhatBecameOfARequestWithoutAnswer()
    {
        QFETCH(int, status);
        QFETCH(EffectState, answer);
        ActionHome home;
        FakeServer server;
        server.answers["/x"] = "";
        server.answers["/seen"] = "";
        if (status > 0) {
            server.answer("/seen", status, "{}");
        }
        const QJsonObject parameters{
            {"method", "POST"}, {"url", server.url("/x")}, {"probe", QJsonObject{{"url", server.url("/seen")}}}};
        const auto result = home.execute(ActionType::HttpRequest, home.context(parameters));
        QCOMPARE(result.success, answer == EffectState::Applied);
        QCOMPARE(result.reverted, answer == EffectState::NotApplied);
        QCOMPARE(result.doubtful, answer == EffectState::CannotTell);
        QCOMPARE(home.probe(ActionType::HttpRequest, home.context(parameters)).answer, answer);
        auto undone = home.context(parameters);
        undone.act = StepAct::Undo;
        const auto back = home.probe(ActionType::HttpRequest, undone).answer;
        QCOMPARE(back, answer == EffectState::Applied      ? EffectState::NotApplied
                       : answer == EffectState::NotApplied ? EffectState::Applied
                                                           : EffectState::CannotTell);
    }

    void anAnswerOfAServerInTroubleLeavesARequestOpen_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("isOpen");
        for (const int status : {408, 500, 502, 503, 504}) {
            QTest::addRow("%d tells nothing", status) << status << true;
        }
        for (const int status : {400, 403, 404, 409, 429}) {
            QTest::addRow("%d refuses", status) << status << false;
        }
    }
    void anAnswerOfAServerInTroubleLeavesARequestOpen()
    {
        QFETCH(int, status);
        QFETCH(bool, isOpen);
        ActionHome home;
        FakeServer server;
        server.answer("/x", status, "try again");
        const QJsonObject post{{"method", "POST"}, {"url", server.url("/x")}};
        const auto make = [&](const QJsonObject& parameters) {
            return home.execute(ActionType::HttpRequest, home.context(parameters));
        };
        const auto alone = make(post);
        QVERIFY(!alone.success && !alone.reverted);
        QCOMPARE(alone.doubtful, isOpen);
        QCOMPARE(alone.leftovers.size(), isOpen ? 1 : 0);
        QCOMPARE(alone.fields["status"], status);
        // Its probe is asked where nobody knows, and only there.
        const auto probed = with(post, {{"probe", QJsonObject{{"url", server.url("/seen")}}}});
        server.answer("/seen", 200, "{}");
        QCOMPARE(make(probed).success, isOpen);
        server.answer("/seen", 404, "{}");
        const auto absent = make(probed);
        QVERIFY(!absent.success && !absent.doubtful);
        QCOMPARE(absent.reverted, isOpen);
        QCOMPARE(server.requests.filter("GET /seen").size(), isOpen ? 2 : 0);
        QCOMPARE(server.requests.filter("POST /x").size(), 3);
        // What only looks has no effect to ask for.
        QVERIFY(!make(with(probed, {{"method", "GET"}})).doubtful);
    }

    void aProbeMayExpectAnErrorStatus()
    {
        ActionHome home;
        FakeServer server;
        server.answer("/seen", 503, "{}");
        const QJsonObject probe{{"url", server.url("/seen")}, {"expect_status", QJsonArray{503}}};
        const QJsonObject parameters{{"method", "POST"}, {"url", server.url("/x")}, {"probe", probe}};
        QCOMPARE(home.probe(ActionType::HttpRequest, home.context(parameters)).answer, EffectState::Applied);
    }

    void interruptedOnesWithoutAProbe()
    {
        ActionHome home;
        const auto of = [&](const char* method) {
            const QJsonObject parameters{{"method", method}, {"url", "http://127.0.0.1:1/"}};
            return home.probe(ActionType::HttpRequest, home.context(parameters)).answer;
        };
        QCOMPARE(of("GET"), EffectState::NotApplied);
        QCOMPARE(of("HEAD"), EffectState::NotApplied);
        QCOMPARE(of("POST"), EffectState::CannotTell);
    }

    void aRefusedConnectionHasDoneNothing()
    {
        ActionHome home;
        FakeServer server;
        const auto url = server.url("/x");
        server.close();
        const auto result = home.execute(ActionType::HttpRequest, home.context({{"method", "POST"}, {"url", url}}));
        QVERIFY(!result.success && result.reverted && result.leftovers.isEmpty());
    }

    void aSlowAnswerIsWaitedForUntilItIsStopped()
    {
        ActionHome home;
        FakeServer server;
        auto context = home.context({{"method", "POST"}, {"url", server.url("/slow")}});
        QTimer look;
        look.callOnTimeout([&server, cancel = context.operation.cancel]() mutable {
            if (!server.requests.isEmpty()) {
                cancel.cancel();
            }
        });
        look.start(1ms);
        const auto result = home.execute(ActionType::HttpRequest, context);
        QVERIFY(!result.success && !result.reverted);
        QVERIFY2(result.message.startsWith("Stopped waiting for"), qPrintable(result.message));
    }

    void aRequestThatIsStoppedBeforeIsNotMade()
    {
        ActionHome home;
        FakeServer server;
        server.answer("/x", 200, "{}");
        auto context = home.context({{"method", "POST"}, {"url", server.url("/x")}});
        context.operation.cancel.cancel();
        const auto result = home.execute(ActionType::HttpRequest, context);
        QVERIFY(!result.success && result.reverted && result.leftovers.isEmpty());
        // One that is made now comes after whatever was under way.
        QVERIFY(home.execute(ActionType::HttpRequest, home.context({{"url", server.url("/x")}})).success);
        QCOMPARE(server.requests, QStringList{"GET /x"});
    }

    void anEndlessBodyIsCutOff()
    {
        ActionHome home;
        FakeServer server;
        server.answers["/x"] = "HTTP/1.1 200 OK\r\n\r\n" + QByteArray(9LL * 1024 * 1024, 'x');
        const auto result =
            home.execute(ActionType::HttpRequest, home.context({{"method", "GET"}, {"url", server.url("/x")}}));
        QVERIFY(!result.success);
        QVERIFY2(result.message.contains("larger than 8 MiB"), qPrintable(result.message));
    }

    void aRedirectionElsewhereIsNotFollowed()
    {
        ActionHome home;
        FakeServer server;
        FakeServer other;
        server.answers["/x"] = "HTTP/1.1 302 Found\r\nLocation: " + other.url("/x").toUtf8() +
                               "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        server.answers["/same"] =
            "HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        server.answer("/there", 200, "{}");
        other.answer("/x", 200, "{}");
        const auto get = [&](const QString& path) {
            return home.execute(ActionType::HttpRequest, home.context({{"method", "GET"}, {"url", server.url(path)}}));
        };
        const auto away = get("/x");
        QVERIFY2(!away.success, qPrintable(away.message));
        QVERIFY(other.requests.isEmpty());
        const auto same = get("/same");
        QVERIFY2(same.success, qPrintable(same.message));
        const auto posted =
            home.execute(ActionType::HttpRequest, home.context({{"method", "POST"}, {"url", server.url("/same")}}));
        QVERIFY(!posted.success);
        QCOMPARE(server.requests.filter("/there").size(), 1);
    }

    void aServerThatCannotProveWhoItIsIsRefused()
    {
        ActionHome home;
        QSslServer server;
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setPrivateKey(QSslKey(TestKey, QSsl::Ec));
        configuration.setLocalCertificate(QSslCertificate(TestCertificate));
        server.setSslConfiguration(configuration);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const auto url = QString("https://127.0.0.1:%1/").arg(server.serverPort());
        const auto result = home.execute(ActionType::HttpRequest, home.context({{"method", "POST"}, {"url", url}}));
        QVERIFY(result.reverted);
        QVERIFY(!result.success);
        QVERIFY2(result.message.contains("certificate"), qPrintable(result.message));
    }

    void requestsThatCannotBeMade_data()
    {
        QTest::addColumn<QJsonObject>("parameters");
        QTest::addColumn<QString>("said");
        QTest::newRow("no address") << QJsonObject{{"method", "GET"}, {"url", "validator-1"}} << "no address";
        QTest::newRow("another scheme") << QJsonObject{{"method", "GET"}, {"url", "file:///etc/passwd"}}
                                        << "no address";
        QTest::newRow("a password in it") << QJsonObject{{"method", "GET"}, {"url", "http://a:pa55@h/"}} << "password";
        QTest::newRow("a secret that is not there")
            << QJsonObject{{"method", "GET"},
                           {"url", "http://h/"},
                           {"headers", QJsonObject{{"A", QJsonObject{{"secret", "env:NOT_SET"}}}}}}
            << "NOT_SET";
        QTest::newRow("a system that is not there")
            << QJsonObject{{"method", "GET"}, {"url", "http://h/"}, {"systems", QJsonArray{"validator-9"}}}
            << "validator-9";
    }
    void requestsThatCannotBeMade()
    {
        QFETCH(QJsonObject, parameters);
        QFETCH(QString, said);
        ActionHome home;
        const auto can = home.canRun(ActionType::HttpRequest, parameters);
        QVERIFY(!can);
        QVERIFY2(can.error().message.contains(said) && !can.error().message.contains("pa55"),
                 qPrintable(can.error().message));
    }

    void aRequestIsTakenBackByAnother()
    {
        ActionHome home;
        FakeServer server;
        server.answer("/x", 200, "{}");
        const QJsonObject post{{"method", "POST"}, {"url", server.url("/x")}};
        const auto parameters = with(post, {{"undo", QJsonObject{{"method", "DELETE"}, {"url", server.url("/x")}}}});
        QCOMPARE(home.capture(ActionType::HttpRequest, post).kind, Capture::Kind::Final);
        QCOMPARE(home.capture(ActionType::HttpRequest, {{"method", "GET"}, {"url", server.url("/x")}}).kind,
                 Capture::Kind::NoEffect);
        QCOMPARE(home.capture(ActionType::HttpRequest, parameters).kind, Capture::Kind::Undoable);
        QVERIFY(QCoro::waitFor(home.action(ActionType::HttpRequest).undo(home.context(parameters))).success);
        QCOMPARE(server.requests, QStringList{"DELETE /x"});
    }

    // --- wait

    void itWaitsForATime()
    {
        ActionHome home;
        const auto result = home.execute(ActionType::Wait, home.context({{"duration", "120ms"}}));
        QVERIFY2(result.success, qPrintable(result.message));
        QCOMPARE(result.message, "Waited for 120ms.");
        QCOMPARE(home.lines, QStringList{"1s left."});
    }

    void aWaitCanBeEnded()
    {
        ActionHome home;
        auto context = home.context({{"duration", "2h"}});
        context.operation.progress = [cancel = context.operation.cancel](const QString&) mutable { cancel.cancel(); };
        const auto result = home.execute(ActionType::Wait, context);
        QVERIFY(!result.success);
        QCOMPARE(result.message, "The wait was ended with 2h left.");
    }

    void aWaitThatWasInterruptedIsOverByTheClock()
    {
        ActionHome home;
        const auto context = home.context({{"duration", "10m"}});
        home.store().now += 9min;
        QCOMPARE(home.probe(ActionType::Wait, context).answer, EffectState::NotApplied);
        home.store().now += 1min;
        QCOMPARE(home.probe(ActionType::Wait, context).answer, EffectState::Applied);
        QCOMPARE(home.probe(ActionType::Wait, home.context({{"check", "systems_healthy"}})).answer,
                 EffectState::NotApplied);
    }

    void itWaitsUntilACheckPasses()
    {
        FakeServer server;
        server.answer("/health", 500, "{}");
        ActionHome home(ActionHome::inventory(server.url("/health")));
        auto context = home.context({{"check", "systems_healthy"},
                                     {"systems", QJsonArray{"validator-1"}},
                                     {"within_seconds", 0},
                                     {"every", "10ms"}});
        context.operation.progress = [&](const QString& line) {
            home.lines.append(line);
            server.answer("/health", 200, "{}");
        };
        const auto result = home.execute(ActionType::Wait, context);
        QVERIFY2(result.success, qPrintable(result.message));
        const auto waiting = home.lines.filter("'systems_healthy' does not pass after");
        QCOMPARE(waiting.size(), 1);
    }

    void aWaitForACheckCanBeEnded()
    {
        FakeServer server;
        server.answer("/health", 500, "{}");
        ActionHome home(ActionHome::inventory(server.url("/health")));
        auto context = home.context({{"check", "systems_healthy"},
                                     {"systems", QJsonArray{"validator-1"}},
                                     {"within_seconds", 0},
                                     {"every", "1h"}});
        context.operation.progress = [cancel = context.operation.cancel](const QString&) mutable { cancel.cancel(); };
        const auto result = home.execute(ActionType::Wait, context);
        QVERIFY(!result.success);
        QVERIFY2(result.message.startsWith("'systems_healthy' has not passed within"), qPrintable(result.message));
    }

    void whatCannotBeWaitedForSaysWhy()
    {
        ActionHome home;
        QVERIFY(home.canRun(ActionType::Wait, {{"duration", "1s"}}));
        QVERIFY(!home.canRun(ActionType::Wait, {{"duration", "soon"}}));
        QVERIFY(!home.canRun(ActionType::Wait, {{"check", "no_such_check"}}));
        QVERIFY(!home.canRun(ActionType::Wait, {{"check", "systems_healthy"}, {"every", 5}}));
        const auto unknown = home.execute(ActionType::Wait, home.context({{"check", "no_such_check"}}));
        QVERIFY(!unknown.success);
    }

    // --- notify

    void aNoticeIsJournaled()
    {
        ActionHome home;
        const QJsonObject parameters{{"message", "We are back."}, {"roles", QJsonArray{"observer"}}};
        QCOMPARE(home.probe(ActionType::Notify, home.context(parameters)).answer, EffectState::NotApplied);
        const auto result = home.execute(ActionType::Notify, home.context(parameters));
        QVERIFY(result.success);
        QCOMPARE(result.message, "Noted: We are back. (for: observer)");
        QCOMPARE(home.lines, QStringList{"Notice: We are back. (for: observer)"});
        const auto fact = Store::must(home.store().journal().read(stream::Actions)).last();
        QCOMPARE(fact.kind, QString(kind::NoticeGiven));
        QCOMPARE(fact.body["message"], "We are back.");
        QCOMPARE(fact.body["network_kind"], "practice");
        QCOMPARE(home.probe(ActionType::Notify, home.context(parameters)).answer, EffectState::Applied);
        auto next = home.context(parameters);
        next.attempt = 2;
        QCOMPARE(home.probe(ActionType::Notify, next).answer, EffectState::NotApplied);
    }

    void aWebhookIsGivenTheNotice()
    {
        ActionHome home;
        FakeServer server;
        server.answer("/hook", 204, "");
        const auto parameters = notice({{"webhook", QJsonObject{{"url", server.url("/hook")}}}});
        const auto result = home.execute(ActionType::Notify, home.context(parameters));
        QVERIFY2(result.success, qPrintable(result.message));
        const auto given = QJsonDocument::fromJson(server.requests.first().section(' ', 2).toUtf8()).object();
        QCOMPARE(given, (QJsonObject{{"plan", "PLAN-1"},
                                     {"step", "act"},
                                     {"incident", "INC-1"},
                                     {"severity", QString(idOf(Incident().severity))},
                                     {"network_kind", "practice"},
                                     {"message", "We are back."},
                                     {"roles", QJsonArray()},
                                     {"at", toRfc3339(home.store().now)}}));
        QCOMPARE(home.probe(ActionType::Notify, home.context(parameters)).answer, EffectState::Applied);
    }

    void aWebhookThatRefusesIsAFailure()
    {
        ActionHome home;
        FakeServer server;
        server.answer("/hook", 500, "");
        const auto parameters = notice({{"webhook", QJsonObject{{"url", server.url("/hook")}}}});
        const auto result = home.execute(ActionType::Notify, home.context(parameters));
        QVERIFY(!result.success);
        QVERIFY2(result.message.contains("Not delivered by webhook: POST"), qPrintable(result.message));
        // Given, and not known to have been taken.
        QCOMPARE(home.probe(ActionType::Notify, home.context(parameters)).answer, EffectState::CannotTell);
    }

    void aProgramIsGivenTheNotice()
    {
        ActionHome home;
        const auto file = home.path() + "/notice";
        const auto parameters = notice({{"program", program("printf %s \"$RC_NOTICE\" >" + file)}});
        const auto result = home.execute(ActionType::Notify, home.context(parameters));
        QVERIFY2(result.success, qPrintable(result.message));
        const auto given = QJsonDocument::fromJson(readFile(file).value_or(QByteArray())).object();
        QCOMPARE(given["message"], "We are back.");
        QCOMPARE(given["incident"], "INC-1");
        QCOMPARE(home.probe(ActionType::Notify, home.context(parameters)).answer, EffectState::Applied);
    }

    void oneChannelOfTwoIsNotEnough()
    {
        ActionHome home;
        FakeServer server;
        server.answer("/hook", 200, "");
        const auto parameters =
            notice({{"webhook", QJsonObject{{"url", server.url("/hook")}}}, {"program", program("exit 1")}});
        const auto result = home.execute(ActionType::Notify, home.context(parameters));
        QVERIFY(!result.success);
        QVERIFY(result.message.contains("Delivered by webhook") && result.message.contains("Not delivered by program"));
        QCOMPARE(home.probe(ActionType::Notify, home.context(parameters)).answer, EffectState::CannotTell);
    }

private:
    static QJsonObject with(QJsonObject object, const QJsonObject& more)
    {
        for (auto field = more.begin(); field != more.end(); ++field) {
            object[field.key()] = field.value();
        }
        return object;
    }
    static QJsonObject notice(const QJsonObject& more) { return with({{"message", "We are back."}}, more); }
    static QJsonObject program(const QString& script)
    {
        return {{"program", "bash"}, {"arguments", QJsonArray{"-c", script}}};
    }
};

QTEST_GUILESS_MAIN(TestOtherActions)
#include "tst_other_actions.moc"
