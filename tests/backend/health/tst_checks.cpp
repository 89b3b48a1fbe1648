// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/health/checks.h"
#include "tests/backend/chain/fake_network.h"

#include <QTest>
#include <QTimer>

using namespace rc;
using test::FakeNetwork;

namespace {

struct World
{
    FakeNetwork network{100};
    Operation operation;
    Checks checks{HealthCheckService(inventory(), network.view(), HealthOptions{.secondLook = Milliseconds(1)}),
                  network.view()};

    static Inventory inventory()
    {
        Inventory inventory;
        for (int i = 1; i <= 4; ++i) {
            System system;
            system.id = FakeNetwork::id(i);
            system.chain = ChainSpec{};
            inventory.systems.append(system);
        }
        System bare;
        bare.id = SystemId("bare");
        inventory.systems.append(bare);
        return inventory;
    }

    Result<CheckResult> run(const QString& name, QJsonObject parameters, const QStringList& systems = {"v3"})
    {
        parameters["systems"] = QJsonArray::fromStringList(systems);
        return QCoro::waitFor(checks.run(name, parameters, operation));
    }
};

const QJsonObject atOnce{{"within_seconds", 0}};

} // namespace

class TestChecks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theyAreKnownByName()
    {
        World world;
        QCOMPARE(world.checks.knownChecks(),
                 (QStringList{"find_trusted_height", "height_advancing", "state_agreement", "systems_healthy"}));
        const auto unknown = world.run("moon_phase", {});
        QCOMPARE(unknown.error().code, ErrorCode::NotFound);
        QVERIFY(unknown.error().message.contains("moon_phase") && unknown.error().message.contains("systems_healthy"));
    }

    void anotherPartMayAddOne()
    {
        World world;
        world.checks.add("configuration_matches", [](QJsonObject, Operation) -> QCoro::Task<Result<CheckResult>> {
            co_return CheckResult{.passed = true, .detail = "as applied", .fields = {{"hash", "aa"}}};
        });
        const auto result = world.run("configuration_matches", {});
        const QJsonObject expected{{"passed", true}, {"detail", "as applied"}, {"hash", "aa"}};
        QCOMPARE(result->toJson(), expected);
    }

    void badParametersAreRefused()
    {
        World world;
        for (const QString& name : world.checks.knownChecks()) {
            QCOMPARE(world.run(name, {}, {}).error().code, ErrorCode::InvalidInput);
        }
        QCOMPARE(world.run("height_advancing", {{"blocks", "two"}}).error().code, ErrorCode::InvalidInput);
        QCOMPARE(world.run("systems_healthy", {{"within_seconds", -1}}).error().code, ErrorCode::InvalidInput);
        QCOMPARE(world.run("find_trusted_height", {{"height", "x"}}).error().code, ErrorCode::InvalidInput);
        QCOMPARE(world.run("state_agreement", {}, {"bare"}).error().code, ErrorCode::InvalidInput);
        QCOMPARE(world.run("systems_healthy", {}, {"nobody"}).error().code, ErrorCode::NotFound);
    }

    void healthySystemsPass()
    {
        World world;
        const auto result = world.run("systems_healthy", {}, {"v1", "v3"});
        QVERIFY2(result->passed, qPrintable(result->detail));
        QCOMPARE(result->fields["systems"].toArray().size(), 2);
    }

    void aSickSystemIsNamedWithItsReason()
    {
        World world;
        world.network.node(3).badFrom = 98;
        const auto result = world.run("systems_healthy", atOnce, {"v1", "v3"});
        QVERIFY(!result->passed);
        QVERIFY2(result->detail.startsWith("v3 is unhealthy (state_agreement: state differs"),
                 qPrintable(result->detail));
        QVERIFY(!result->detail.contains("v1 is"));
    }

    void aSystemWithoutChecksIsNotHealthy()
    {
        World world;
        QVERIFY(!world.run("systems_healthy", atOnce, {"bare"})->passed);
    }

    void aSystemThatSettlesInTimePasses()
    {
        World world;
        world.network.node(3).held = true;
        world.operation.progress = [&](const QString&) { world.network.node(3).held = false; };
        QVERIFY(world.run("systems_healthy", {})->passed);
    }

    void stateAgreement()
    {
        World world;
        QVERIFY(world.run("state_agreement", {}, {"v1", "v2", "v3", "v4"})->passed);
        world.network.node(3).badFrom = 90;
        const auto result = world.run("state_agreement", atOnce);
        QVERIFY(!result->passed);
        QVERIFY2(result->detail.contains("v3: state differs from 3 of 4 nodes"), qPrintable(result->detail));
    }

    void agreementThatCannotBeSeenIsNotAgreement()
    {
        World world;
        world.network.node(1).down = true;
        world.network.node(2).down = true;
        QVERIFY(!world.run("state_agreement", atOnce)->passed);
    }

    void anAdvancingHeightPasses()
    {
        World world;
        world.network.height = 200; // the nodes are on their way there
        const auto result = world.run("height_advancing", {{"blocks", 2}});
        QVERIFY2(result->passed, qPrintable(result->detail));
        const auto heights = result->fields["heights"].toObject()["v3"].toObject();
        QVERIFY(heights["to"].toInteger() >= heights["from"].toInteger() + 2);
    }

    void aHeightThatStandsStillDoesNot()
    {
        World world;
        const auto result = world.run("height_advancing", atOnce);
        QVERIFY(!result->passed);
        QVERIFY2(result->detail.contains("v3 is at 100, 0 of 2 new blocks"), qPrintable(result->detail));
        world.network.node(3).down = true;
        QVERIFY(world.run("height_advancing", atOnce)->detail.contains("cannot be reached"));
    }

    void theTrustedHeightIsAResultWithFields()
    {
        World world;
        world.network.node(3).badFrom = 90;
        const auto result = world.run("find_trusted_height", {{"height", QJsonValue::Null}});
        const QJsonObject expected{{"height", 89}, {"hash", "hash-89"}, {"first_bad_height", 90}};
        QCOMPARE(result->fields, expected);
        QCOMPARE(world.run("find_trusted_height", {{"height", 42}})->fields["hash"], "hash-42");
        QCOMPARE(world.run("find_trusted_height", {{"height", 420}}).error().code, ErrorCode::TargetInvalid);
    }

    void cancelEndsTheSearch()
    {
        World world;
        world.network.node(3).badFrom = 37;
        world.network.node(3).afterQuestion = [&world] { world.operation.cancel.cancel(); };
        QCOMPARE(world.run("find_trusted_height", {}).error().code, ErrorCode::Cancelled);
        QCOMPARE(world.network.node(3).stateQuestions, 1);
    }

    void cancelEndsTheWait()
    {
        World world;
        world.network.node(3).badFrom = 90;
        world.operation.progress = [&](const QString&) { world.operation.cancel.cancel(); };
        for (const QString& name :
             {QString("systems_healthy"), QString("state_agreement"), QString("height_advancing")}) {
            QCOMPARE(world.run(name, {}).error().code, ErrorCode::Cancelled);
        }
    }
};

QTEST_GUILESS_MAIN(TestChecks)
#include "tst_checks.moc"
