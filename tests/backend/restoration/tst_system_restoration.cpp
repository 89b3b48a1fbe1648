// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/restoration/system_restoration_service.h"
#include "tests/backend/restoration/restoration_fixture.h"
#include "tests/backend/services/service_network.h"

#include <QProcess>

using namespace rc;
using namespace std::chrono_literals;
using rc::test::ServiceNetwork;
using rc::test::TrustStore;

/// A node whose version 1 was marked as good and runs; version 2 is for each test to choose.
class TestSystemRestoration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_store = std::make_unique<TrustStore>();
        m_network = std::make_unique<ServiceNetwork>();
        QVERIFY(m_network->begun);
        m_node = m_network->add("node", {}, true, "node");
        m_cache = m_network->add("cache", {}, false, "memory");
        m_network->configure(m_node, "note=good");
        m_network->start({m_node});
        m_configurations =
            std::make_unique<ConfigurationService>(m_store->journal(), m_store->home(), m_network->inventory);
        m_backups = std::make_unique<BackupService>(m_store->home(), systemTime);
        m_service = std::make_unique<SystemRestorationService>(RestorationTools{
            m_network->inventory, *m_configurations, *m_backups, *m_network->managers, m_network->health(), test::now});
        const auto ben = m_store->signIn("ben");
        QVERIFY(m_configurations->importRunning(ben, m_node, "good"));
        QVERIFY(m_configurations->trust(ben, m_node, 1));
        m_trustedAt = m_store->now;
    }
    void cleanup()
    {
        m_service.reset();
        m_network.reset();
    }

    void aDriftedNodeIsBackOnItsLastKnownGood()
    {
        drift("note=by the intruder");
        const auto before = m_network->status(m_node).process;
        const auto result = restore(TargetState::lastKnownGood(m_trustedAt));
        QVERIFY2(result && result->success, qPrintable(result ? result->details : result.error().message));
        QCOMPARE(result->details, "Node node restored to configuration version 1");
        QVERIFY(configuration().contains("note=good"));
        QVERIFY(m_network->status(m_node).running && m_network->status(m_node).process != before);
        QStringList checks;
        for (const auto& check : result->verificationResults) {
            checks.append(check.name + (check.passed ? " passed" : " failed"));
        }
        QCOMPARE(checks, (QStringList{"process passed", "configuration passed", "health passed"}));
        QCOMPARE(kinds(*result), (QStringList{"backup", "service_stop", "configuration_application", "service_start"}));
        QCOMPARE(result->artifacts[2]["hash_on_disk"].toString(), m_configurations->get(m_node, 1)->hash);
        QVERIFY(!(QFileInfo(m_network->configurationOf(m_node)).permissions() & QFile::ReadOther));
    }

    void whatItDidCanBeUndone()
    {
        drift("note=as it was");
        const auto captured = m_service->capture(m_node, TargetState::configurationVersion(1));
        QVERIFY(captured);
        const auto result = restore(TargetState::configurationVersion(1), {.backupId = captured->id});
        QVERIFY(result && result->success);
        QCOMPARE(result->artifacts[0]["id"].toString(), captured->id);
        QVERIFY(configuration().contains("note=good"));
        const auto undone = wait(m_service->undo(captured->id, {}));
        QVERIFY2(undone && undone->success, qPrintable(undone ? undone->details : undone.error().message));
        QVERIFY(configuration().contains("note=as it was"));
        QVERIFY(m_network->status(m_node).running);
        QCOMPARE(wait(m_service->undo("node-never", {})).error().code, ErrorCode::NotFound);
    }

    void aConfigurationItDoesNotStartWithIsTakenBack_data()
    {
        QTest::addColumn<QString>("bad");
        QTest::addColumn<QString>("because");
        QTest::newRow("it exits at once") << "exit=3" << "exited with code 3";
        QTest::newRow("it does not read it") << "colour=blue" << "unknown key colour";
        QTest::newRow("it starts and is not healthy") << "health=failing" << "not healthy within 0.5 s";
    }
    void aConfigurationItDoesNotStartWithIsTakenBack()
    {
        QFETCH(QString, bad);
        QFETCH(QString, because);
        importAs2(bad);
        drift("note=good, and newer than any version");
        const auto result = restore(TargetState::configurationVersion(2), {.settle = 500ms});
        QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
        QVERIFY(!result->success);
        QVERIFY2(result->details.startsWith("Node node could not be restored to configuration version 2: ") &&
                     result->details.contains(because) &&
                     result->details.endsWith("Its previous configuration is back, and it runs."),
                 qPrintable(result->details));
        QVERIFY(configuration().contains("newer than any version"));
        QVERIFY(m_network->status(m_node).running);
        QCOMPARE(kinds(*result).last(), "service_start");
        QTRY_COMPARE(wait(m_network->health()(m_node))->state, HealthState::Healthy);
    }

    void neitherNewNorOldStartsAndTheResultSaysSo()
    {
        importAs2("exit=3");
        drift("exit=4");
        const auto result = restore(TargetState::configurationVersion(2));
        QVERIFY(!result->success);
        QVERIFY2(result->details.contains("exited with code 3") && result->details.contains("does NOT run") &&
                     result->details.contains("exited with code 4"),
                 qPrintable(result->details));
        QVERIFY(configuration().contains("exit=4"));
    }

    void aNodeWhoseStateIsWrongCanBeRestoredWithoutItsHealth()
    {
        drift("health=failing");
        importAs2("health=failing\nnote=2");
        const auto result = restore(TargetState::configurationVersion(2), {.checkHealth = false});
        QVERIFY2(result->success, qPrintable(result->details));
        QCOMPARE(result->verificationResults.size(), 2);
        QVERIFY(m_network->status(m_node).running);
    }

    void aStoppedNodeIsStarted()
    {
        QVERIFY(wait((*m_network->managers->managerOf(m_node))->stop(m_node, {})));
        const auto result = restore(TargetState::lastKnownGood({}));
        QVERIFY2(result->success, qPrintable(result->details));
        QVERIFY(m_network->status(m_node).running);
    }

    void refusedBeforeAnythingIsTouched()
    {
        const auto before = m_network->status(m_node).process;
        const auto none = restore(TargetState::lastKnownGood(m_trustedAt - 1s));
        QCOMPARE(none.error().code, ErrorCode::NoKnownGood);
        QVERIFY(none.error().message.contains("node"));
        QCOMPARE(restore(TargetState::configurationVersion(7)).error().code, ErrorCode::NotFound);
        QCOMPARE(restore(TargetState::specific("0123456789abcdef")).error().code, ErrorCode::NotFound);
        const auto unsupported = wait(m_service->restoreSystem(m_cache, TargetState::lastKnownGood({}), {}));
        QCOMPARE(unsupported.error().code, ErrorCode::UnsupportedSystemType);
        QVERIFY(unsupported.error().message.contains("memory"));
        QCOMPARE(wait(m_service->restoreSystem(SystemId("mars"), {}, {})).error().code, ErrorCode::NotFound);
        RestorationContext cancelled;
        cancelled.operation.cancel.cancel();
        QCOMPARE(restore(TargetState::lastKnownGood({}), cancelled).error().code, ErrorCode::Cancelled);
        QCOMPARE(m_network->status(m_node).process, before);
    }

    void filesThatWouldChangeTheirOwnerAreLeftAlone()
    {
        QCOMPARE(QProcess::execute("chown", {"65534", m_network->configurationOf(m_node)}), 0); // needs root
        const auto before = m_network->status(m_node).process;
        const auto refused = restore(TargetState::lastKnownGood({}));
        QCOMPARE(refused.error().code, ErrorCode::PermissionDenied);
        QVERIFY2(refused.error().message.contains("service.conf"), qPrintable(refused.error().message));
        QCOMPARE(m_network->status(m_node).process, before);
    }

    void aDirectoryThatCannotBeWrittenIsFoundBefore()
    {
        const QTemporaryDir place;
        QProcess::execute("chown", {"65534:65534", place.path()});
        QProcess::execute("chmod", {"555", place.path()});
        QProcess step;
        step.setProcessChannelMode(QProcess::MergedChannels);
        const QString restorer = RC_BIN_DIR "/restorer";
        step.start("setpriv", {"--reuid", "65534", "--regid", "65534", "--clear-groups", restorer, "replace",
                               place.path(), "node.json"});
        QVERIFY(step.waitForFinished());
        const auto said = QString::fromUtf8(step.readAll());
        QVERIFY2(said.startsWith("store_error: Cannot write in " + place.path()), qPrintable(said));
        QProcess::execute("chmod", {"755", place.path()});
    }

    void cancelledOnItsWayTheOldConfigurationIsBackAndRuns()
    {
        RestorationContext context;
        context.operation.progress = [cancel = context.operation.cancel](const QString& line) mutable {
            if (line.startsWith("Starting")) {
                cancel.cancel();
            }
        };
        importAs2("ok_after=60000");
        drift("note=old");
        const auto result = restore(TargetState::configurationVersion(2), context);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
        QVERIFY2(result.error().message.contains("is back, and it runs"), qPrintable(result.error().message));
        QCOMPARE(result.error().details["result"]["success"].toBool(true), false);
        QVERIFY(configuration().contains("note=old"));
        QVERIFY(m_network->status(m_node).running);
    }

    void aDryRunTouchesNothing()
    {
        drift("note=by the intruder");
        const auto before = QFileInfo(m_network->configurationOf(m_node)).lastModified();
        const auto process = m_network->status(m_node).process;
        const auto preview = wait(m_service->dryRun(m_node, TargetState::lastKnownGood({})));
        QVERIFY2(preview, qPrintable(preview ? QString() : preview.error().message));
        QVERIFY2(preview->diff.contains("-note=by the intruder\n+note=good\n"), qPrintable(preview->diff));
        QVERIFY(preview->actions.last().contains("healthy"));
        const auto unchecked = wait(m_service->dryRun(m_node, TargetState::lastKnownGood({}), false));
        QVERIFY(unchecked && !unchecked->actions.last().contains("healthy"));
        QVERIFY(preview->actions.first().startsWith("Back up"));
        QCOMPARE(preview->actions[1], "Stop node.");
        QVERIFY(preview->actions.contains("Replace " + m_network->configurationOf(m_node) + '.'));
        QCOMPARE(m_network->status(m_node).process, process);
        QCOMPARE(QFileInfo(m_network->configurationOf(m_node)).lastModified(), before);
        QVERIFY(!QFile::exists(m_store->home() + "/backups"));
        QVERIFY(wait(m_service->canRestore(m_node, TargetState::lastKnownGood({}))));
        QVERIFY(*wait(m_service->estimateRestorationTime(m_node, TargetState::lastKnownGood({}))) > 1s);
        QCOMPARE(wait(m_service->dryRun(m_cache, {})).error().code, ErrorCode::UnsupportedSystemType);
    }

    void handlersAreFoundByType()
    {
        const auto node = m_service->handlerOf(m_node);
        QCOMPARE((*node)->name(), "node");
        m_network->inventory.systems[1].type = "gateway";
        QCOMPARE((*m_service->handlerOf(m_cache))->name(), "service");
    }

    void killedOnItsWayAProbeSaysHowFarItCame_data()
    {
        QTest::addColumn<QString>("failpoint");
        QTest::addColumn<EffectState>("state");
        QTest::newRow("stopped") << "restore_stopped" << EffectState::NotApplied;
        QTest::newRow("applied") << "restore_applied" << EffectState::NotApplied;
        QTest::newRow("started") << "restore_started" << EffectState::Applied;
    }
    void killedOnItsWayAProbeSaysHowFarItCame()
    {
        QFETCH(QString, failpoint);
        drift("note=old");
        const auto target = TargetState::configurationVersion(1);
        const auto since = test::now();
        const auto probed = [&] { return wait(m_service->probe(m_node, target, since, true)).state; };
        QCOMPARE(probed(), EffectState::NotApplied);
        killAt(failpoint);
        QFETCH(EffectState, state);
        QTRY_COMPARE(probed(), state);
        QVERIFY(restore(target)->success);
        QCOMPARE(probed(), EffectState::Applied);
    }

    void filesThatAreRightAreNotYetARestoration()
    {
        const auto since = test::now(); // The process that runs is older, and may have read other files.
        const auto target = TargetState::configurationVersion(1);
        QVERIFY(configuration().contains("note=good"));
        QCOMPARE(wait(m_service->probe(m_node, target, since, true)).state, EffectState::NotApplied);
        QVERIFY(restore(target)->success);
        QCOMPARE(wait(m_service->probe(m_node, target, since, true)).state, EffectState::Applied);
    }

    void aProbeThatCannotTellSaysWhy()
    {
        const auto since = test::now();
        const auto unknown = wait(m_service->probe(m_node, TargetState::configurationVersion(9), since, true));
        QCOMPARE(unknown.state, EffectState::CannotTell);
        QVERIFY(!unknown.detail.isEmpty());
        importAs2("health=failing");
        const auto target = TargetState::configurationVersion(2);
        QVERIFY(restore(target, {.checkHealth = false})->success);
        const auto sick = wait(m_service->probe(m_node, target, since, true));
        QCOMPARE(sick.state, EffectState::CannotTell);
        QVERIFY2(sick.detail.contains("as configured"), qPrintable(sick.detail));
        QCOMPARE(wait(m_service->probe(m_node, target, since, false)).state, EffectState::Applied);
    }

    void aServiceIsRestartedWithAConfigurationById()
    {
        importAs2("note=2");
        importAs("exit=5", 3);
        m_network->configure(m_node, "note=2");
        ServiceRestartService restarts(m_network->inventory, *m_network->managers, m_network->health(), test::now,
                                       m_service->configuredRestart());
        const auto with = [&](int version) {
            const auto id = m_configurations->get(m_node, version)->id();
            return wait(restarts.restartServices({m_node}, {.recoveryConfiguration = id}, {}))->results.first();
        };
        const auto failed = with(3);
        QCOMPARE(failed.outcome, RestartOutcome::Failed);
        QVERIFY2(failed.message.contains("exited with code 5") && failed.message.contains("is back, and it runs"),
                 qPrintable(failed.message));
        QVERIFY(configuration().contains("note=2"));
        const auto done = with(1);
        QVERIFY2(done.success(), qPrintable(done.message));
        QCOMPARE(done.message, "Service node restarted successfully");
        QCOMPARE(done.artifacts[2]["kind"].toString(), "configuration_application");
        QVERIFY(configuration().contains("note=good"));
    }

    void severalAreRestoredInTheOrderOfTheirDependencies()
    {
        const auto reader = m_network->add("reader", {"cache"});
        m_network->inventory.systems[1].dependsOn = {m_node};
        QCOMPARE(m_service->inOrder({reader, m_node}), (QList<SystemId>{m_node, reader}));
        m_network->inventory.systems[0].dependsOn = {reader};
        QCOMPARE(m_service->inOrder({reader, m_node}).error().code, ErrorCode::InvalidInput);
    }

private:
    template <class T>
    static T wait(QCoro::Task<T> task)
    {
        return QCoro::waitFor(std::move(task));
    }
    Result<RestorationResult> restore(const TargetState& target, const RestorationContext& context = {})
    {
        return wait(m_service->restoreSystem(m_node, target, context));
    }
    void drift(const QString& text) { m_network->configure(m_node, text); }
    [[nodiscard]] QByteArray configuration() const
    {
        return readFile(m_network->configurationOf(m_node)).value_or("none");
    }
    void importAs(const QString& text, int version)
    {
        m_network->configure(m_node, text);
        const auto imported = m_configurations->importRunning(m_store->signIn("ben"), m_node, text);
        QVERIFY(imported);
        QCOMPARE(imported->version, version);
    }
    void importAs2(const QString& text) { importAs(text, 2); }
    static QStringList kinds(const RestorationResult& result)
    {
        QStringList kinds;
        for (const auto& artifact : result.artifacts) {
            kinds.append(artifact.toObject()["kind"].toString());
        }
        return kinds;
    }
    /// The same restoration in a process of its own, which is killed at the failpoint.
    void killAt(const QString& failpoint)
    {
        const auto inventory = m_store->home() + "/inventory.json";
        QVERIFY(writeFileAtomically(inventory, canonicalJson(toJson(m_network->inventory))));
        QProcess restorer;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("RC_FAILPOINT", failpoint);
        restorer.setProcessEnvironment(environment);
        restorer.start(RC_BIN_DIR "/restorer",
                       {"restore", m_store->home(), m_network->home.path, inventory, "node", "1"});
        QVERIFY(restorer.waitForFinished());
        QCOMPARE(restorer.exitStatus(), QProcess::CrashExit);
    }

    std::unique_ptr<TrustStore> m_store;
    std::unique_ptr<ServiceNetwork> m_network;
    std::unique_ptr<ConfigurationService> m_configurations;
    std::unique_ptr<BackupService> m_backups;
    std::unique_ptr<SystemRestorationService> m_service;
    SystemId m_node;
    SystemId m_cache;
    Timestamp m_trustedAt;
};

QTEST_GUILESS_MAIN(TestSystemRestoration)
#include "tst_system_restoration.moc"
