// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/actions/parameter_values.h"
#include "tests/backend/recovery/action_fixture.h"

#include <QLocalServer>
#include <QLocalSocket>

using namespace rc;
using namespace rc::test;
using namespace std::chrono_literals;

/// `command` on real processes under a real supervisor.
class TestCommandAction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // --- its end

    void howItEndsDecides_data()
    {
        QTest::addColumn<QJsonObject>("parameters");
        QTest::addColumn<bool>("success");
        QTest::addColumn<QString>("said");
        QTest::newRow("as expected") << bash("echo well") << true << "bash exited with code 0.";
        QTest::newRow("at once, otherwise")
            << bash("echo no >&2; exit 3") << false << "bash exited with code 3. Its output ends with:\nno";
        QTest::newRow("without a word") << bash("exit 4") << false << "bash exited with code 4. It wrote nothing.";
        QTest::newRow("with a code that is expected")
            << with(bash("exit 3"), {{"expect_exit", QJsonArray{0, 3}}}) << true << "bash exited with code 3.";
        QTest::newRow("by a signal") << bash("kill -9 $$") << false << "bash ended by signal 9. It wrote nothing.";
        QTest::newRow("garbage instead of outputs")
            << with(bash("echo '{half'"), {{"outputs_from", "json"}}) << false
            << "bash exited with code 0. The last line of its output is not a JSON object: {half";
        QTest::newRow("no outputs") << with(bash("true"), {{"outputs_from", "json"}}) << false
                                    << "bash exited with code 0. It wrote nothing to its standard output.";
        QTest::newRow("no such program") << QJsonObject{{"program", "/no/such/thing"}} << false
                                         << "There is no program /no/such/thing.";
        QTest::newRow("not to be executed")
            << QJsonObject{{"program", "/etc/passwd"}} << false << "/etc/passwd cannot be executed.";
    }
    void howItEndsDecides()
    {
        QFETCH(QJsonObject, parameters);
        QFETCH(bool, success);
        QFETCH(QString, said);
        ActionHome home;
        const auto result = home.execute(ActionType::Command, home.context(parameters));
        QCOMPARE(result.message, said);
        QCOMPARE(result.success, success);
        QCOMPARE(result.reverted, parameters["program"] != "bash");
    }

    void itRunsWithoutAShellAndWithLittleEnvironment()
    {
        ActionHome home;
        qputenv("CONSOLE_SECRET", "of the console");
        const auto listed = home.execute(ActionType::Command,
                                         home.context({{"program", "env"}, {"environment", QJsonObject{{"N", 7}}}}));
        QVERIFY(listed.success);
        const auto variables = listed.fields["output"].toString().split('\n');
        QVERIFY(variables.contains("N=7"));
        QVERIFY(variables.contains("PATH=" + searchPath()));
        QVERIFY(!listed.fields["output"].toString().contains("CONSOLE_SECRET"));
        auto context = home.context(
            {{"program", "printf"},
             {"arguments", QJsonArray{"%s|", "$HOME; rm *", QJsonArray{"validator-1", "validator-2"}, 7, true}}});
        context.attempt = 2;
        QCOMPARE(home.execute(ActionType::Command, context).fields["output"],
                 "$HOME; rm *|validator-1|validator-2|7|true|");
    }

    void whatItWritesIsKeptAndTold()
    {
        ActionHome home;
        const auto result = home.execute(
            ActionType::Command, home.context(with(bash("echo one; echo two; echo aside >&2; echo '{\"height\": 7}'"),
                                                   {{"outputs_from", "json"}})));
        QVERIFY2(result.success, qPrintable(result.message));
        QCOMPARE(result.fields["height"], 7);
        QCOMPARE(result.fields["exit_code"], 0);
        QCOMPARE(result.fields["errors"], "aside\n");
        QVERIFY(home.lines.contains("one") && home.lines.contains("two"));
        QCOMPARE(result.artifacts.size(), 2);
        const auto file = result.artifacts[0].toObject();
        const auto bytes = readFile(file["path"].toString()).value_or(QByteArray());
        QCOMPARE(bytes, "one\ntwo\n{\"height\": 7}\n");
        QCOMPARE(file["kind"], "file");
        QCOMPARE(file["sha256"], QString::fromLatin1(sha256Hex(bytes).toLatin1()));
        QVERIFY(!(QFileInfo(file["path"].toString()).permissions() & (QFile::ReadGroup | QFile::ReadOther)));
    }

    void linesBecomeAList()
    {
        ActionHome home;
        const auto result = home.execute(
            ActionType::Command, home.context(with(bash("echo a; echo; echo ' b '"), {{"outputs_from", "lines"}})));
        QCOMPARE(result.fields["lines"], (QJsonArray{"a", "b"}));
    }

    void aMegabyteIsCutAndKeptWhole()
    {
        ActionHome home;
        const auto result =
            home.execute(ActionType::Command, home.context(bash("head -c 1048576 /dev/zero; printf '\\033[2Jend'")));
        QVERIFY(result.success);
        QCOMPARE(result.artifacts[0].toObject()["bytes"].toInt(), 1'048'576 + 7);
        const auto tail = result.fields["output"].toString();
        QVERIFY(tail.size() <= 4096 + 8 && tail.endsWith("\\u001b[2Jend"));
        QVERIFY(!tail.contains(QChar::Null));
    }

    void oneThatWritesWithoutEndIsStopped()
    {
        ActionHome home;
        const CommandRuns runs(CommandRunner(home.path(), SupervisorClient::installedProgram(), 1024LL * 1024),
                               [] { return systemTime(); });
        const auto result = QCoro::waitFor(runs.run(home.context({}), Command{"yes", {}, "/", {}, {0}}, "run"));
        QVERIFY(!result.success);
        QVERIFY2(result.message.startsWith("The command wrote more than 1 MiB. It ended by signal 15"),
                 qPrintable(result.message));
        QVERIFY(nothingRuns(home));
    }

    // --- stopping

    void aStopEndsAllThatItHasStarted_data()
    {
        QTest::addColumn<QString>("script");
        QTest::newRow("a plain one") << "echo up; exec sleep 1000";
        QTest::newRow("one that forks") << "sleep 1000 & sleep 1000 & echo up; wait";
        QTest::newRow("one that leaves its session") << "setsid sleep 1000 & setsid -f sleep 1000; echo up; wait";
        QTest::newRow("one that does not listen") << "trap '' TERM; echo up; while :; do sleep 0.1; done";
    }
    void aStopEndsAllThatItHasStarted()
    {
        QFETCH(QString, script);
        ActionHome home;
        auto context = home.context(bash(script));
        context.operation.progress = [&home, cancel = context.operation.cancel](const QString& line) mutable {
            home.lines.append(line);
            if (line == "up") {
                cancel.cancel();
            }
        };
        const auto result = home.execute(ActionType::Command, context);
        QVERIFY(!result.success && !result.reverted);
        QVERIFY2(result.message.startsWith("The command was stopped. It ") &&
                     result.message.endsWith("nothing that it has started is left."),
                 qPrintable(result.message));
        QVERIFY(nothingRuns(home));
        const auto found = home.probe(ActionType::Command, home.context(bash(script)));
        QCOMPARE(found.answer, EffectState::CannotTell);
        QVERIFY2(found.result.message.startsWith("It was told to stop."), qPrintable(found.result.message));
    }

    void oneThatIsStoppedBeforeIsNotStarted()
    {
        ActionHome home;
        const auto mark = home.path() + "/mark";
        auto context = home.context(bash("touch " + mark));
        context.operation.cancel.cancel();
        const auto result = home.execute(ActionType::Command, context);
        QVERIFY(!result.success && result.reverted);
        QCOMPARE(QCoro::waitFor(CommandRunner(home.path()).list("PLAN-1/"))->size(), 0);
        QVERIFY(!QFile::exists(mark) && !QFile::exists(home.path() + "/commands"));
    }

    // --- after the console has died

    void whatBecameOfAnInterruptedOne_data()
    {
        QTest::addColumn<QJsonObject>("parameters");
        QTest::addColumn<EffectState>("answer");
        QTest::addColumn<QString>("said");
        const QJsonObject there{{"probe", bash("exit 0")}};
        const QJsonObject notThere{{"probe", bash("exit 1")}};
        const QJsonObject lost{{"probe", bash("echo lost; exit 2")}};
        QTest::newRow("ended well") << bash("exit 0") << EffectState::Applied << "bash exited with code 0.";
        QTest::newRow("ended well, while it was waited for")
            << bash("sleep 0.3") << EffectState::Applied << "bash exited with code 0.";
        QTest::newRow("ended otherwise") << bash("exit 3") << EffectState::CannotTell << "exited with code 3";
        QTest::newRow("ended otherwise, effect there")
            << with(bash("exit 3"), there) << EffectState::Applied << "exited with code 3";
        QTest::newRow("ended otherwise, effect not there")
            << with(bash("exit 3"), notThere) << EffectState::NotApplied << "exited with code 1";
        QTest::newRow("ended otherwise, and its probe cannot tell")
            << with(bash("exit 3"), lost) << EffectState::CannotTell << "exited with code 2. lost";
        QTest::newRow("only looked") << with(bash("exit 3"), {{"changes", false}}) << EffectState::NotApplied
                                     << "exited with code 3";
        QTest::newRow("left no outputs") << with(bash("echo x"), {{"outputs_from", "json"}}) << EffectState::CannotTell
                                         << "not a JSON object";
    }
    void whatBecameOfAnInterruptedOne()
    {
        QFETCH(QJsonObject, parameters);
        QFETCH(EffectState, answer);
        QFETCH(QString, said);
        ActionHome home;
        leaveRunning(home, parameters);
        const auto found = home.probe(ActionType::Command, home.context(parameters));
        QCOMPARE(found.answer, answer);
        QVERIFY2(found.result.message.contains(said), qPrintable(found.result.message));
        QCOMPARE(found.result.success, answer == EffectState::Applied);
    }

    void oneThatWasNeverStartedHasDoneNothing()
    {
        ActionHome home;
        QCOMPARE(home.probe(ActionType::Command, home.context(bash("exit 0"))).answer, EffectState::NotApplied);
    }

    void oneThatTheSupervisorHasForgottenIsNotTakenForUnstarted()
    {
        ActionHome home;
        QVERIFY(home.execute(ActionType::Command, home.context(bash("exit 0"))).success);
        QVERIFY(QCoro::waitFor(home.supervisor().shutdown(0ms)));
        QVERIFY(QFile::remove(SupervisorFiles(home.path()).children));
        const auto found = home.probe(ActionType::Command, home.context(bash("exit 0")));
        QCOMPARE(found.answer, EffectState::CannotTell);
        QVERIFY2(found.result.message.contains("knows nothing"), qPrintable(found.result.message));
    }

    void aStartThatNobodyHasAnsweredMayHaveHappened()
    {
        ActionHome home;
        // A supervisor that says what runs, and loses whatever else it is asked.
        const SupervisorFiles files(home.path());
        QVERIFY(ensurePrivateDirectory(files.directory));
        const QString path = files.directory + "/deaf.socket";
        QFile address(files.address);
        QVERIFY(address.open(QIODevice::WriteOnly));
        address.write(QJsonDocument(QJsonObject{{"socket", path}}).toJson());
        address.close();
        QLocalServer server;
        QVERIFY(server.listen(path));
        QStringList asked;
        connect(&server, &QLocalServer::newConnection, this, [&server, &asked] {
            auto* socket = server.nextPendingConnection();
            connect(socket, &QLocalSocket::readyRead, socket, [socket, &asked] {
                const auto request = QJsonDocument::fromJson(socket->readAll())["request"].toString();
                asked.append(request);
                if (request == "list") {
                    socket->write("{\"ok\": true, \"children\": []}\n");
                }
                socket->disconnectFromServer();
            });
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        });
        const auto result = home.execute(ActionType::Command, home.context(bash("exit 0")));
        QVERIFY(asked.contains("start") && asked.contains("stop"));
        QVERIFY(!result.success && !result.reverted);
        QVERIFY2(result.doubtful, qPrintable(result.message));
        QVERIFY2(result.leftovers[0]["what"].toString().startsWith("A command may still run"),
                 qPrintable(result.message));
    }

    void anEarlierAttemptSaysNothingOfThisOne()
    {
        ActionHome home;
        QVERIFY(home.execute(ActionType::Command, home.context(bash("exit 0"))).success);
        auto later = home.context(bash("exit 0"));
        later.startedAt += 1ms;
        QCOMPARE(home.probe(ActionType::Command, later).answer, EffectState::NotApplied);
        later = home.context(bash("exit 0"));
        later.attempt = 2;
        QCOMPARE(home.probe(ActionType::Command, later).answer, EffectState::NotApplied);
    }

    void oneThatStillRunsIsNotRunBesideItself()
    {
        ActionHome home;
        const auto sleeping = bash("sleep 1000");
        leaveRunning(home, sleeping);
        auto impatient = home.context(sleeping);
        impatient.operation.progress = [cancel = impatient.operation.cancel](const QString& line) mutable {
            if (line.startsWith("It still runs")) {
                cancel.cancel();
            }
        };
        const auto found = home.probe(ActionType::Command, impatient);
        QCOMPARE(found.answer, EffectState::CannotTell);
        QVERIFY2(found.result.message.contains("kill -TERM"), qPrintable(found.result.message));
        auto again = home.context(sleeping);
        again.attempt = 2;
        const auto refused = home.execute(ActionType::Command, again);
        QVERIFY(!refused.success && !refused.reverted); // what the one that runs has done stands
        QVERIFY2(refused.message.contains("is still there"), qPrintable(refused.message));
    }

    // --- undo

    void anUndoRunsTheDeclaredCommand()
    {
        ActionHome home;
        const auto mark = home.path() + "/mark";
        const auto parameters =
            with(bash("touch " + mark),
                 {{"undo", QJsonObject{{"program", "rm"}, {"arguments", QJsonArray{mark}}}},
                  {"probe", QJsonObject{{"program", "test"}, {"arguments", QJsonArray{"-e", mark}}}}});
        const auto kept = home.capture(ActionType::Command, parameters);
        QCOMPARE(kept.kind, Capture::Kind::Undoable);
        QCOMPARE(kept.how, "Runs rm " + mark + ".");
        auto context = home.context(parameters);
        QVERIFY(home.execute(ActionType::Command, context).success);
        QVERIFY(QFile::exists(mark));
        context.act = StepAct::Undo;
        QCOMPARE(home.probe(ActionType::Command, context).answer, EffectState::NotApplied);
        QVERIFY(QCoro::waitFor(home.action(ActionType::Command).undo(context)).success);
        QVERIFY(!QFile::exists(mark));
        QCOMPARE(home.probe(ActionType::Command, context).answer, EffectState::Applied);
        // A second undo fails, and its probe looks at what is there.
        QVERIFY(!QCoro::waitFor(home.action(ActionType::Command).undo(context)).success);
        QCOMPARE(home.probe(ActionType::Command, context).answer, EffectState::Applied);
    }

    void whatCannotBeTakenBackSaysSo()
    {
        ActionHome home;
        QCOMPARE(home.capture(ActionType::Command, bash("x")).kind, Capture::Kind::Final);
        QCOMPARE(home.capture(ActionType::Command, with(bash("x"), {{"changes", false}})).kind,
                 Capture::Kind::NoEffect);
    }

    // --- secrets

    void aSecretReachesTheCommandAndNobodyElse()
    {
        ActionHome home;
        const auto file = home.path() + "/token";
        QVERIFY(writeFileAtomically(file, "pa55word-of-ours\n"));
        auto parameters = with(bash("echo \"got $TOKEN\"; echo \"{\\\"said\\\": \\\"$TOKEN\\\"}\""),
                               {{"environment", QJsonObject{{"TOKEN", QJsonObject{{"secret", "file:" + file}}}}},
                                {"outputs_from", "json"}});
        QVERIFY(home.canRun(ActionType::Command, parameters));
        const auto result = home.execute(ActionType::Command, home.context(parameters));
        QCOMPARE(result.fields["said"], "[secret]");
        QCOMPARE(result.fields["output"], "got [secret]\n{\"said\": \"[secret]\"}\n");
        const auto shown = QJsonDocument(toJson(result)).toJson() + home.lines.join('\n').toUtf8() +
                           home.dryRun(ActionType::Command, parameters).join('\n').toUtf8() +
                           readFile(SupervisorFiles(home.path()).children).value_or(QByteArray());
        QVERIFY(!shown.contains("pa55word"));
        QVERIFY(readFile(result.artifacts[0].toObject()["path"].toString())->contains("pa55word"));
        // Others can read it: refused before anything runs.
        QVERIFY(QFile::setPermissions(file, QFile::ReadOwner | QFile::ReadOther));
        QCOMPARE(home.canRun(ActionType::Command, parameters).error().code, ErrorCode::PermissionDenied);
        auto again = home.context(parameters);
        again.attempt = 2;
        const auto refused = home.execute(ActionType::Command, again);
        QVERIFY(!refused.success && !refused.reverted); // the first attempt has taken effect
    }

    void aSecretThatIsCutIsNotShownInHalf()
    {
        ActionHome home;
        const auto file = home.path() + "/token";
        QVERIFY(writeFileAtomically(file, "pa55word-of-ours"));
        const auto parameters =
            with(bash("for i in {1..1000}; do printf %s \"$TOKEN\"; done; printf x"),
                 {{"environment", QJsonObject{{"TOKEN", QJsonObject{{"secret", "file:" + file}}}}}});
        const auto tail = home.execute(ActionType::Command, home.context(parameters)).fields["output"].toString();
        QCOMPARE(tail, "[secret]x");
    }

    // --- before

    void aDryRunShowsTheExactCommand()
    {
        ActionHome home;
        const auto mark = home.path() + "/mark";
        const auto said =
            home.dryRun(ActionType::Command,
                        {{"program", "touch"},
                         {"arguments", QJsonArray{mark, "it's", "a b"}},
                         {"environment", QJsonObject{{"A", "1"}, {"T", QJsonObject{{"secret", "env:NOT_SET"}}}}},
                         {"systems", QJsonArray{"validator-1"}}});
        QCOMPARE(said.size(), 2);
        QVERIFY2(said[0].endsWith(QString(" in /: /usr/bin/touch %1 'it'\\''s' 'a b'; with A, T (secret)").arg(mark)),
                 qPrintable(said[0]));
        QCOMPARE(said[1], "validator-1 would be worked on by it");
        QVERIFY(!QFile::exists(mark) && !QFile::exists(home.path() + "/commands"));
    }

    void whatCannotRunSaysWhy_data()
    {
        QTest::addColumn<QJsonObject>("parameters");
        QTest::addColumn<QString>("said");
        QTest::newRow("program") << QJsonObject{{"program", "no-such-program"}}
                                 << "There is no program no-such-program";
        QTest::newRow("directory") << with(bash("x"), {{"directory", "/no/such"}}) << "There is no directory /no/such";
        QTest::newRow("probe") << with(bash("x"), {{"probe", QJsonObject{{"program", "/no/probe"}}}}) << "/no/probe";
        QTest::newRow("undo") << with(bash("x"), {{"undo", QJsonObject{{"program", "/no/undo"}}}}) << "/no/undo";
        QTest::newRow("NUL") << QJsonObject{{"program", "env"}, {"arguments", QJsonArray{QString(QChar::Null)}}}
                             << "NUL";
        QTest::newRow("null") << QJsonObject{{"program", "env"}, {"arguments", QJsonArray{QJsonValue::Null}}}
                              << "no value";
        QTest::newRow("system") << with(bash("x"), {{"systems", QJsonArray{"validator-9"}}}) << "validator-9";
        QTest::newRow("secret") << with(bash("x"),
                                        {{"environment", QJsonObject{{"A", QJsonObject{{"secret", "env:NOT_SET"}}}}}})
                                << "NOT_SET";
    }
    void whatCannotRunSaysWhy()
    {
        QFETCH(QJsonObject, parameters);
        QFETCH(QString, said);
        ActionHome home;
        const auto can = home.canRun(ActionType::Command, parameters);
        QVERIFY(!can);
        QVERIFY2(can.error().message.contains(said), qPrintable(can.error().message));
    }

private:
    static QJsonObject bash(const QString& script)
    {
        return {{"program", "bash"}, {"arguments", QJsonArray{"-c", script}}};
    }
    static QJsonObject with(QJsonObject object, const QJsonObject& more)
    {
        for (auto field = more.begin(); field != more.end(); ++field) {
            object[field.key()] = field.value();
        }
        return object;
    }

    /// As after the death of a console that has started it and seen nothing of it since.
    static void leaveRunning(ActionHome& home, const QJsonObject& parameters)
    {
        const CommandSpec spec{.program = "/usr/bin/bash",
                               .arguments = *textsIn(parameters["arguments"], "argument"),
                               .errorsApart = parameters.contains("outputs_from")};
        const auto key = commandKey(home.context(parameters), "run");
        const auto started = QCoro::waitFor(CommandRunner(home.path()).start(key, spec));
        QVERIFY2(started, started ? "" : qPrintable(started.error().message));
    }

    /// Of what was started with the mark of this home's supervisor.
    static bool nothingRuns(const ActionHome& home)
    {
        const auto children = QCoro::waitFor(home.supervisor().list()).value_or(QList<ChildRecord>());
        return std::ranges::all_of(children, [&](const ChildRecord& child) {
            const auto mark = SupervisorFiles(home.path()).children + "#" + child.id + "#" + child.run;
            return child.state == ChildState::Exited && !isSessionAlive(child.process) &&
                   markedOutside(child.process, "RC_SUPERVISED_CHILD", mark).isEmpty();
        });
    }
};

QTEST_GUILESS_MAIN(TestCommandAction)
#include "tst_command_action.moc"
