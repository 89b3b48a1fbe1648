// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/services/service_network.h"

#include <QRegularExpression>

using namespace rc;
using namespace std::chrono_literals;
using rc::test::ServiceNetwork;

namespace {

QStringList outcomes(const MultiRestartResult& result)
{
    QStringList lines;
    for (const auto& one : result.results) {
        const bool elsewhere = one.outcome == RestartOutcome::Skipped || one.outcome == RestartOutcome::NotReached;
        lines.append(one.serviceId.text() + ' ' + idOf(one.outcome) + (elsewhere ? " by " + one.because : QString()));
    }
    return lines;
}

/// A manager under which one service cannot be stopped.
class Stubborn final : public ServiceManager
{
public:
    Stubborn(SystemId who, ServiceManager& real)
        : m_who(std::move(who))
        , m_real(real)
    {
    }

    [[nodiscard]] ManagerKind kind() const override { return m_real.kind(); }
    [[nodiscard]] QCoro::Task<Result<ServiceActionResult>> stop(SystemId id, StopOptions options) override
    {
        return id == m_who ? refuse() : m_real.stop(id, options);
    }
    [[nodiscard]] QCoro::Task<Result<ServiceActionResult>> start(SystemId id, StartOptions options) override
    {
        return m_real.start(id, options);
    }
    [[nodiscard]] QCoro::Task<Result<ServiceStatus>> status(SystemId id) override { return m_real.status(id); }

private:
    static QCoro::Task<Result<ServiceActionResult>> refuse()
    {
        co_return ServiceActionResult{.success = false, .details = "It does not end."};
    }

    SystemId m_who;
    ServiceManager& m_real;
};

} // namespace

/// database ← gateway ← indexer; the bridge stands alone.
class TestServiceRestart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_network = std::make_unique<ServiceNetwork>();
        QVERIFY(m_network->begun);
        m_database = m_network->add("database");
        m_gateway = m_network->add("gateway", {"database"});
        m_indexer = m_network->add("indexer", {"gateway"});
        m_bridge = m_network->add("bridge");
        m_network->start({m_database, m_gateway, m_indexer, m_bridge});
    }
    void cleanup()
    {
        m_network.reset();
        m_cancelAt.clear();
    }

    void dependenciesFirstAndEachOneHealthyBeforeTheNext()
    {
        const auto before = m_network->status(m_database).process;
        m_network->configure(m_database, "ok_after=600");
        const auto result = restart({m_indexer, m_database, m_gateway});
        QVERIFY(result);
        QVERIFY2(result->allSuccessful(), qPrintable(outcomes(*result).join('\n')));
        QCOMPARE(m_network->startedInOrder(), (QStringList{"database", "gateway", "indexer"}));
        QVERIFY(m_network->status(m_database).process != before);
        const auto& database = *result->find(m_database);
        QCOMPARE(database.health, HealthState::Healthy);
        QCOMPARE(database.message, "Service database restarted successfully");
        QVERIFY(database.stop && database.start);
        QCOMPARE(database.artifacts[0]["kind"].toString(), "service_stop");
        QCOMPARE(database.artifacts[1]["kind"].toString(), "service_start");
        QCOMPARE(database.artifacts[1]["process"]["pid"].toInteger(), m_network->status(m_database).process->pid);
        QCOMPARE(result->find(m_indexer)->dependenciesRestarted, (QList<SystemId>{m_database, m_gateway}));
        // The gateway was started only once the database was healthy.
        QVERIFY(m_network->status(m_gateway).since >= *m_network->status(m_database).since + 600ms);
    }

    void dependenciesAreRestartedOnlyWhenWanted()
    {
        QVERIFY(restart({m_indexer})->find(m_indexer)->dependenciesRestarted.isEmpty());
        QCOMPARE(m_network->startedInOrder(), QStringList{"indexer"});
        const auto all = restart({m_indexer}, {.restartDependencies = true});
        QVERIFY(all && all->allSuccessful());
        QCOMPARE(all->find(m_indexer)->dependenciesRestarted, (QList<SystemId>{m_database, m_gateway}));
        QCOMPARE(m_network->startedInOrder(), (QStringList{"indexer", "database", "gateway", "indexer"}));
    }

    void aServiceThatStartsAndStaysUnhealthyHasFailed()
    {
        m_network->configure(m_bridge, "health=failing");
        const auto result = restart({m_bridge}, {.timeout = 400ms});
        QVERIFY(result && !result->allSuccessful());
        const auto& bridge = result->results.first();
        QCOMPARE(bridge.outcome, RestartOutcome::Failed);
        QCOMPARE(bridge.health, HealthState::Unhealthy);
        QVERIFY2(bridge.message.startsWith("Failed to restart service bridge: ") && bridge.message.contains("0.4 s") &&
                     bridge.message.contains("as configured"),
                 qPrintable(bridge.message));
        const auto unasked = restart({m_bridge}, {.checkHealth = false});
        QVERIFY(unasked->allSuccessful() && !unasked->results.first().health);
    }

    void aFailureSkipsThoseThatDependOnItAndNoOther()
    {
        m_network->configure(m_database, "exit=3");
        const auto result = restart({m_database, m_gateway, m_indexer, m_bridge});
        QVERIFY(result);
        QCOMPARE(outcomes(*result), (QStringList{"database failed", "gateway skipped by database",
                                                 "indexer skipped by database", "bridge restarted"}));
        QVERIFY2(result->results.first().message.contains("exited with code 3"),
                 qPrintable(result->results.first().message));
        QVERIFY(m_network->status(m_gateway).running);
    }

    void aCriticalFailureStopsEverythingIfSoWanted()
    {
        m_network->inventory.systems[0].critical = true;
        m_network->configure(m_database, "exit=3");
        auto result = restart({m_database, m_gateway, m_bridge});
        QCOMPARE(outcomes(*result),
                 (QStringList{"database failed", "gateway not_reached by database", "bridge not_reached by database"}));
        QCOMPARE(m_network->startedInOrder(), QStringList{"database"});
        result = restart({m_database, m_gateway, m_bridge}, {.abortOnCriticalFailure = false});
        QCOMPARE(outcomes(*result),
                 (QStringList{"database failed", "gateway skipped by database", "bridge restarted"}));
    }

    void cancelledBetweenServicesTheRestIsNotReached()
    {
        Operation operation;
        operation.progress = [cancel = operation.cancel](const QString& line) mutable {
            if (line.contains("database restarted")) {
                cancel.cancel();
            }
        };
        const auto result = wait(service().restartServices({m_database, m_gateway, m_indexer}, {}, operation));
        QVERIFY(result);
        QCOMPARE(outcomes(*result), (QStringList{"database restarted", "gateway not_reached by cancelled",
                                                 "indexer not_reached by cancelled"}));
        QVERIFY(m_network->status(m_gateway).running);
    }

    void refusedBeforeAnythingIsTouched()
    {
        QCOMPARE(restart({m_database, SystemId("mars")}).error().code, ErrorCode::NotFound);
        QCOMPARE(restart({}).error().code, ErrorCode::InvalidInput);
        QCOMPARE(restart({m_database}, {.recoveryConfiguration = "0123456789abcdef"}).error().code,
                 ErrorCode::InvalidInput);
        m_network->inventory.systems[1].manager->kind = ManagerKind::Systemd;
        m_network->managers = ServiceManagers::of(m_network->inventory, m_network->home.path);
        const auto refused = restart({m_database, m_gateway});
        QCOMPARE(refused.error().code, ErrorCode::UnsupportedServiceType);
        QVERIFY(refused.error().message.contains("gateway") && refused.error().message.contains("systemd"));
        QCOMPARE(m_network->startedInOrder(), QStringList());
    }

    void aConfigurationIsForTheOneServiceNamed()
    {
        QStringList asked;
        const ConfiguredRestart configured = [&asked](const SystemId& id, const RestartOptions& options,
                                                      const Operation&) -> QCoro::Task<Result<RestorationResult>> {
            asked.append(id.text() + " with " + *options.recoveryConfiguration);
            co_return RestorationResult{.systemId = id, .success = asked.size() == 1, .details = "It runs on the old."};
        };
        const RestartOptions options{.recoveryConfiguration = "0123456789abcdef", .restartDependencies = true};
        const auto good = wait(service(configured).restartServices({m_gateway}, options, {}));
        QCOMPARE(outcomes(*good), (QStringList{"database restarted", "gateway restarted"}));
        QCOMPARE(asked, QStringList{"gateway with 0123456789abcdef"});
        const auto bad = wait(service(configured).restartServices({m_gateway}, options, {}));
        QCOMPARE(bad->find(m_gateway)->message, "Failed to restart service gateway: It runs on the old.");
    }

    void aProbeTellsWhetherItHappened()
    {
        const auto since = test::now();
        const QList<SystemId> both{m_database, m_gateway};
        QCOMPARE(wait(service().probe(both, since, {})).state, EffectState::NotApplied);
        QVERIFY(restart({m_database})->allSuccessful());
        const auto half = wait(service().probe(both, since, {}));
        QCOMPARE(half.state, EffectState::NotApplied); // done again, nothing is left half done
        QVERIFY2(half.detail.contains("gateway was not restarted"), qPrintable(half.detail));
        QVERIFY(restart({m_gateway})->allSuccessful());
        QCOMPARE(wait(service().probe(both, since, {})).state, EffectState::Applied);
        QCOMPARE(wait(service().probe(both, test::now() + 1h, {})).state, EffectState::NotApplied);
        m_network->configure(m_gateway, "health=failing");
        QVERIFY(restart({m_gateway}, {.checkHealth = false})->allSuccessful());
        const auto sick = wait(service().probe(both, since, {}));
        QCOMPARE(sick.state, EffectState::CannotTell);
        QVERIFY2(sick.detail.contains("gateway"), qPrintable(sick.detail));
        QCOMPARE(wait(service().probe({SystemId("mars")}, since, {})).state, EffectState::CannotTell);
    }

    void togetherEverythingIsDownBeforeAnythingStarts()
    {
        m_network->configure(m_database, "ok_after=600");
        const auto result = restart({m_gateway, m_bridge}, {.mode = RestartMode::StopAll, .restartDependencies = true});
        QVERIFY2(result && result->allSuccessful(), qPrintable(outcomes(*result).join('\n')));
        QCOMPARE(acts(), (QStringList{"Stopping gateway.", "Stopping bridge.", "Stopping database.",
                                      "Starting database.", "Starting bridge.", "Starting gateway."}));
        QCOMPARE(m_network->startedInOrder(), (QStringList{"database", "bridge", "gateway"}));
        QVERIFY(m_network->status(m_gateway).since >= *m_network->status(m_database).since + 600ms);
        // Services that do not depend on each other may need each other to become healthy.
        QVERIFY(m_network->status(m_bridge).since < *m_network->status(m_database).since + 600ms);
        const auto& gateway = *result->find(m_gateway);
        QCOMPARE(gateway.artifacts[0]["kind"].toString(), "service_stop");
        QCOMPARE(gateway.artifacts[1]["kind"].toString(), "service_start");
        QCOMPARE(gateway.dependenciesRestarted, QList{m_database});
        QCOMPARE(gateway.message, "Service gateway restarted successfully");
        QVERIFY(gateway.stop && gateway.start && gateway.health == HealthState::Healthy);
        QCOMPARE(service().restartOrder({m_gateway, m_bridge}, {.mode = RestartMode::StopAll}).value(),
                 (QList{m_gateway, m_bridge}));
    }

    void togetherAFailedStartLeavesDownWhatNeedsItAndSaysSo()
    {
        m_network->configure(m_database, "exit=3");
        const RestartOptions options{.mode = RestartMode::StopAll};
        auto result = restart({m_database, m_gateway, m_bridge}, options);
        QCOMPARE(outcomes(*result),
                 (QStringList{"database failed", "bridge restarted", "gateway skipped by database"}));
        const auto& gateway = *result->find(m_gateway);
        QCOMPARE(gateway.message,
                 "Service gateway was stopped and not started again: it depends on database, which failed.");
        QVERIFY(gateway.stop && !gateway.start && !m_network->status(m_gateway).running);
        m_network->inventory.systems[0].critical = true;
        result = restart({m_database, m_gateway, m_bridge}, options);
        QCOMPARE(outcomes(*result),
                 (QStringList{"database failed", "bridge not_reached by database", "gateway not_reached by database"}));
        QCOMPARE(result->find(m_bridge)->message, "Service bridge was stopped and not started again: the restart was "
                                                  "given up when database, which is critical, failed.");
    }

    void togetherWhatCannotBeStoppedEndsTheStopping()
    {
        auto real = std::exchange(m_network->managers, std::make_unique<ServiceManagers>(m_network->inventory));
        m_network->managers->add(std::make_unique<Stubborn>(m_gateway, **real->managerOf(m_gateway)));
        const auto before = m_network->status(m_database).process;
        const auto result = restart({m_database, m_gateway, m_indexer}, {.mode = RestartMode::StopAll});
        QCOMPARE(outcomes(*result),
                 (QStringList{"database not_reached by gateway", "gateway failed", "indexer restarted"}));
        QCOMPARE(result->find(m_gateway)->message, "Failed to restart service gateway: It does not end.");
        QCOMPARE(result->find(m_database)->message,
                 "Service database was not restarted: gateway could not be stopped.");
        QVERIFY(m_network->status(m_database).process == before);
        QVERIFY(m_network->status(m_indexer).running);
        m_network->managers = std::move(real);
    }

    void togetherCancelledWhatIsDownIsStartedAgain_data()
    {
        QTest::addColumn<QString>("at");
        QTest::addColumn<QStringList>("comesTo");
        QTest::newRow("while stopping") << "Stopping gateway."
                                        << QStringList{"database not_reached by cancelled", "gateway restarted",
                                                       "indexer restarted"};
        QTest::newRow("while starting") << "Starting database."
                                        << QStringList{"database restarted", "gateway restarted", "indexer restarted"};
    }
    void togetherCancelledWhatIsDownIsStartedAgain()
    {
        QFETCH(QString, at);
        QFETCH(QStringList, comesTo);
        m_cancelAt = at;
        const auto result = restart({m_database, m_gateway, m_indexer}, {.mode = RestartMode::StopAll});
        QCOMPARE(outcomes(*result), comesTo);
        for (const auto& id : {m_database, m_gateway, m_indexer}) {
            QVERIFY2(m_network->status(id).running, qPrintable(id.text()));
        }
    }

private:
    /// What the restart said that it did, without what came of it.
    [[nodiscard]] QStringList acts() const { return m_lines.filter(QRegularExpression("^(Stopping|Starting) ")); }

    template <class T>
    static T wait(QCoro::Task<T> task)
    {
        return QCoro::waitFor(std::move(task));
    }
    ServiceRestartService& service(const ConfiguredRestart& configured = {})
    {
        m_service = std::make_unique<ServiceRestartService>(m_network->inventory, *m_network->managers,
                                                            m_network->health(), test::now, configured);
        return *m_service;
    }
    Result<MultiRestartResult> restart(const QList<SystemId>& services, const RestartOptions& options = {})
    {
        Operation operation;
        m_lines.clear();
        operation.progress = [this, cancel = operation.cancel](const QString& line) mutable {
            m_lines.append(line);
            if (line == m_cancelAt) {
                cancel.cancel();
            }
        };
        return wait(service().restartServices(services, options, operation));
    }

    std::unique_ptr<ServiceNetwork> m_network;
    std::unique_ptr<ServiceRestartService> m_service;
    SystemId m_database;
    SystemId m_gateway;
    SystemId m_indexer;
    SystemId m_bridge;
    QStringList m_lines;
    QString m_cancelAt;
};

QTEST_GUILESS_MAIN(TestServiceRestart)
#include "tst_service_restart.moc"
