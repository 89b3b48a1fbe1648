// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/health/health.h"
#include "model/health/probe_history.h"
#include "model/health/proposal.h"

#include <QTest>

using namespace rc;

namespace {

constexpr Timestamp now{Milliseconds(1'700'000'000'000)};

CheckReport check(const QString& name, HealthState state, const QString& message = {})
{
    return {name, state, Milliseconds(3), message};
}

SystemHealth validator(int number, std::optional<qint64> height = 100, bool moving = true, bool differs = false)
{
    SystemHealth health;
    health.id = SystemId(QString("validator-%1").arg(number));
    health.chain = ChainStanding{1, height, moving, differs};
    return health;
}

} // namespace

class TestHealth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSystemIsAsBadAsItsWorstCheck()
    {
        using enum HealthState;
        QCOMPARE(overallState({}), Unknown);
        QCOMPARE(overallState({check("a", Healthy)}), Healthy);
        QCOMPARE(overallState({check("a", Healthy), check("b", Unknown)}), Unknown);
        QCOMPARE(overallState({check("a", Degraded), check("b", Unknown)}), Degraded);
        QCOMPARE(overallState({check("a", Degraded), check("b", Stale)}), Stale);
        QCOMPARE(overallState({check("a", Unhealthy), check("b", Stale), check("c", Healthy)}), Unhealthy);
    }

    void theReasonNamesTheWorstFirst()
    {
        SystemHealth health;
        health.checks = {check("a", HealthState::Degraded, "slow"), check("b", HealthState::Healthy, "fine"),
                         check("c", HealthState::Unhealthy, "down")};
        QCOMPARE(health.reason(), "c: down; a: slow");
    }

    void healthAsInTheContract()
    {
        SystemHealth health{SystemId("db"), HealthState::Unhealthy, Milliseconds(40), {}, true, {}};
        health.checks = {check("http", HealthState::Unhealthy, "down")};
        const auto json = toJson(QList{health})["systems"][0].toObject();
        QCOMPARE(json["id"], "db");
        QCOMPARE(json["state"], "unhealthy");
        QCOMPARE(json["age_ms"], 40);
        const QJsonObject expected{{"name", "http"}, {"state", "unhealthy"}, {"latency_ms", 3}, {"message", "down"}};
        QCOMPARE(json["checks"][0].toObject(), expected);
    }

    void onlyCriticalSystemsThatAreDownAreAnOutage()
    {
        SystemHealth health{SystemId("db"), HealthState::Degraded, {}, {}, true, {}};
        QVERIFY(criticalSystemsUp({health}));
        health.state = HealthState::Unhealthy;
        QVERIFY(!criticalSystemsUp({health}));
        health.critical = false;
        QVERIFY(criticalSystemsUp({health}));
    }

    void soManyFailuresMakeItUnhealthyAndSoManySuccessesHealthyAgain()
    {
        using enum HealthState;
        ProbeHistory history(3, 2);
        const QList<std::pair<HealthState, HealthState>> looks{
            {Healthy, Healthy},     {Unhealthy, Degraded}, {Unhealthy, Degraded},  {Unhealthy, Unhealthy},
            {Unhealthy, Unhealthy}, {Healthy, Unhealthy},  {Unhealthy, Unhealthy}, {Healthy, Unhealthy},
            {Healthy, Healthy},     {Unhealthy, Degraded}, {Healthy, Healthy},     {Unhealthy, Degraded},
            {Unknown, Unknown},     {Unhealthy, Degraded},
        };
        for (const auto& [seen, counts] : looks) {
            QCOMPARE(history.record(check("http", seen)).state, counts);
        }
        QCOMPARE(ProbeHistory().record(check("http", Unhealthy)).state, Unhealthy); // one of one
    }

    void aHealthyChainProposesNothing()
    {
        QVERIFY(proposalsFrom({validator(1), validator(2), validator(3), validator(4)}, now).isEmpty());
        QVERIFY(proposalsFrom({}, now).isEmpty());
        SystemHealth database{SystemId("db"), HealthState::Unhealthy, {}, {}, true, {}};
        QVERIFY(proposalsFrom({database}, now).isEmpty());
    }

    void aNodeWhoseStateDiffersIsProposedAsCorruption()
    {
        const auto proposals =
            proposalsFrom({validator(1), validator(2), validator(3, 90, false, true), validator(4)}, now);
        QCOMPARE(proposals.size(), 1);
        QCOMPARE(proposals[0].type, IncidentType::StateCorruption);
        QCOMPARE(proposals[0].severity, Severity::High);
        QCOMPARE(proposals[0].systems, QList{SystemId("validator-3")});
        QCOMPARE(proposals[0].firstSeen, now);
    }

    void aChainThatStandsStillIsProposedAsHalt()
    {
        const auto proposals = proposalsFrom(
            {validator(1, 100, false), validator(2, 100, false), validator(3, 100, false), validator(4, 100, false)},
            now);
        QCOMPARE(proposals.size(), 1);
        QCOMPARE(proposals[0].type, IncidentType::ConsensusHalt);
        QCOMPARE(proposals[0].severity, Severity::Critical);
        QCOMPARE(proposals[0].systems.size(), 4);
        QCOMPARE(proposals[0].title, "The chain stands still at height 100");
    }

    void lessThanAQuorumAnsweringIsAHaltEvenIfTheLastBlockIsFresh()
    {
        const auto proposals =
            proposalsFrom({validator(1), validator(2), validator(3, std::nullopt), validator(4, std::nullopt)}, now);
        QCOMPARE(proposals.size(), 1);
        QCOMPARE(proposals[0].type, IncidentType::ConsensusHalt);
        QVERIFY(proposalsFrom({validator(1), validator(2), validator(3), validator(4, std::nullopt)}, now).isEmpty());
    }

    void onlyWhatWasLookedForCanBeGone()
    {
        const auto compared = [](int number, HealthState agreement) {
            auto node = validator(number);
            node.checks = {check("state_agreement", agreement)};
            return node;
        };
        auto halt = proposalsFrom({validator(1, 100, false), validator(2, 100, false)}, now).first();
        auto corruption = proposalsFrom({validator(1), validator(2, 100, true, true)}, now).first();
        const auto first = compared(1, HealthState::Healthy);
        const auto silent = compared(2, HealthState::Unknown);
        // A node that does not answer is part of what is known of the chain, and its state is not known.
        QVERIFY(wasLookedFor(halt, {first, silent}));
        QVERIFY(!wasLookedFor(corruption, {first, silent}));
        QVERIFY(!wasLookedFor(corruption, {first, compared(2, HealthState::Stale)}));
        QVERIFY(wasLookedFor(corruption, {first, compared(2, HealthState::Healthy)}));
        SystemHealth unasked{SystemId("validator-2"), HealthState::Unhealthy, {}, {}, true, {}};
        QVERIFY(!wasLookedFor(halt, {first, unasked}));
        QVERIFY(!wasLookedFor(halt, {first}));
    }

    void theFingerprintIsStable()
    {
        const QList<SystemId> systems{SystemId("b"), SystemId("a")};
        const QList<SystemId> sorted{SystemId("a"), SystemId("b")};
        const auto print = proposalFingerprint(IncidentType::StateCorruption, systems);
        QCOMPARE(print, proposalFingerprint(IncidentType::StateCorruption, sorted));
        QVERIFY(print != proposalFingerprint(IncidentType::ConsensusHalt, systems));
        QVERIFY(print != proposalFingerprint(IncidentType::StateCorruption, {SystemId("a")}));
        QCOMPARE(print.size(), 16);
    }
};

QTEST_GUILESS_MAIN(TestHealth)
#include "tst_health.moc"
