// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/recovery/recovery_fixture.h"

#include <QSqlRecord>

using namespace rc;
using namespace rc::test;

namespace {

/// A second connection to the home, whose clock lets something else happen just when it is asked for the time.
class Slow
{
public:
    explicit Slow(RecoveryHome& home)
        : m_journal(Store::must(Journal::open(home.path(), {.clock =
                                                                [this, &home] {
                                                                    if (const auto act = std::exchange(meanwhile, {})) {
                                                                        act();
                                                                    }
                                                                    return home.now();
                                                                },
                                                            .projections = recoveryProjections()})))
        , m_identity(*m_journal)
        , incidents(*m_journal, m_identity)
    {
    }

    SecurityContext signIn(const Actor& person)
    {
        return Store::must(m_identity.context(Store::must(m_identity.signIn(person.id, Passphrase(Secret)))));
    }

    std::function<void()> meanwhile = {};

private:
    std::unique_ptr<Journal> m_journal;
    IdentityService m_identity;

public:
    IncidentRegister incidents;
};

Proposal trouble(const QString& fingerprint = "state_corruption:validator-3")
{
    Proposal proposal;
    proposal.fingerprint = fingerprint;
    proposal.title = "State of validator-3 differs from the quorum";
    proposal.systems = {SystemId("validator-3")};
    proposal.firstSeen = Start;
    return proposal;
}

/// validator-3 as it is seen: compared with the others, as well as possible.
SystemHealth seen(HealthState agreement = HealthState::Healthy)
{
    SystemHealth health{.id = SystemId("validator-3"), .state = agreement};
    health.checks = {{.name = "state_agreement", .state = agreement}};
    health.chain = ChainStanding{1, 100, true, agreement == HealthState::Unhealthy};
    return health;
}

Result<QList<Proposal>> propose(RecoveryHome& home, Workplace& here, const QList<Proposal>& found,
                                const QList<SystemHealth>& systems = {seen()})
{
    const auto device = Store::must(DeviceSigner::load(home.path()));
    return here.incidents().propose(found, systems, *device);
}

Incident contained(Timestamp since, Timestamp at)
{
    Incident incident;
    incident.title = "validator-3 diverged";
    incident.compromisedSince = since;
    incident.containedAt = at;
    return incident;
}

} // namespace

class TestIncidents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aConfirmedProposalIsOneIncident()
    {
        auto&& [home, here, me] = OneConsole();
        QCOMPARE(Store::must(propose(home, here, {trouble()})).size(), 1);
        QCOMPARE(Store::must(propose(home, here, {trouble()})).size(), 0);
        const auto incident = Store::must(here.incidents().confirm(me, trouble().fingerprint, {}));
        QCOMPARE(incident.systems, trouble().systems);
        QCOMPARE(incident.compromisedSince, Start);
        QCOMPARE(told(here.incidents().confirm(me, trouble().fingerprint, {})), "wrong_state");
        QCOMPARE(told(here.incidents().confirm(me, "never:seen", {})), "not_found");
        QCOMPARE(Store::must(here.incidents().list()).size(), 1);
        // It is dealt with as long as the incident is open.
        QCOMPARE(Store::must(propose(home, here, {trouble()})).size(), 0);
        QVERIFY(here.incidents().close(me, incident.id, "healed"));
        QCOMPARE(Store::must(propose(home, here, {trouble()})).size(), 1);
    }

    void aProposalIsInHandWhenItsIncidentWasOpenedByHand()
    {
        auto&& [home, here, me] = OneConsole();
        auto both = trouble();
        both.systems.append(SystemId("validator-2"));
        QVERIFY(propose(home, here, {both}));
        const auto waiting = [&here = here] { return Store::must(here.incidents().proposals()).size(); };
        QCOMPARE(waiting(), 1);
        auto incident = contained(Start, Start);
        incident.systems = {SystemId("validator-3")};
        QVERIFY(here.incidents().open(me, incident));
        QCOMPARE(waiting(), 1); // one of the two is in nobody's hand
        incident.systems = both.systems;
        incident.type = IncidentType::ConsensusHalt;
        QVERIFY(here.incidents().open(me, incident));
        QCOMPARE(waiting(), 1); // that is about something else
        incident.type = both.type;
        const auto opened = Store::must(here.incidents().open(me, incident));
        QCOMPARE(waiting(), 0);
        QVERIFY(here.incidents().close(me, opened.id, "no trouble of ours"));
        QCOMPARE(waiting(), 1);
    }

    void whatSomebodyDealtWithOnTheirOwnIsOverWhenItIsGone()
    {
        auto&& [home, here, me] = OneConsole();
        QVERIFY(propose(home, here, {trouble()}));
        auto incident = contained(Start, Start);
        incident.type = trouble().type;
        incident.systems = trouble().systems;
        const auto opened = Store::must(here.incidents().open(me, incident));
        QCOMPARE(Store::must(propose(home, here, {trouble()})).size(), 0);
        QVERIFY(propose(home, here, {}));
        QVERIFY(here.incidents().close(me, opened.id, "healed"));
        QCOMPARE(Store::must(here.incidents().proposals()).size(), 0);
        // The same trouble on another day is news.
        QCOMPARE(Store::must(propose(home, here, {trouble()})).size(), 1);
        QCOMPARE(Store::must(here.incidents().proposals()).size(), 1);
    }

    void whatNobodyDealtWithStaysThoughItIsGone()
    {
        auto&& [home, here, me] = OneConsole();
        auto before = contained(Start - std::chrono::hours(2), Start - std::chrono::hours(1));
        before.type = trouble().type;
        before.systems = trouble().systems;
        const auto opened = Store::must(here.incidents().open(me, before));
        QVERIFY(here.incidents().close(me, opened.id, "healed"));
        auto later = trouble();
        later.firstSeen = here.journal().now() + std::chrono::seconds(1);
        QVERIFY(propose(home, here, {later}));
        QVERIFY(propose(home, here, {}));
        QCOMPARE(Store::must(here.incidents().proposals()).size(), 1);
    }

    void whatIsKnownLaterIsAmended()
    {
        auto&& [home, here, me] = OneConsole();
        auto incident = contained(Start, Start);
        incident.containedAt.reset();
        const auto opened = Store::must(here.incidents().open(me, incident));
        IncidentAmendment amendment;
        amendment.containedAt = here.journal().now();
        amendment.systems = QList{SystemId("validator-3")};
        QCOMPARE(told(here.incidents().amend(me, opened.id, amendment, " ")), "invalid_input");
        const auto changed = Store::must(here.incidents().amend(me, opened.id, amendment, "the firewall is up"));
        QCOMPARE(changed.containedAt, amendment.containedAt);
        QCOMPARE(changed.title, opened.title);
        QCOMPARE(told(here.incidents().amend(me, opened.id, amendment, "again")), "invalid_input");
        IncidentAmendment wrong;
        wrong.compromisedSince = here.journal().now() + std::chrono::hours(1);
        QCOMPARE(told(here.incidents().amend(me, opened.id, wrong, "typo")), "invalid_input");
        QVERIFY(here.journal().rebuild());
        QCOMPARE(Store::must(here.incidents().find(opened.id)), changed);
        QVERIFY(here.incidents().close(me, opened.id, "healed"));
        amendment.title = "another";
        QCOMPARE(told(here.incidents().amend(me, opened.id, amendment, "too late")), "wrong_state");
    }

    void twoWhoConfirmAtOnceOpenOneIncident()
    {
        auto&& [home, here, me] = OneConsole();
        QVERIFY(propose(home, here, {trouble()}));
        Slow other(home);
        const auto ben = other.signIn(rc::test::ben);
        other.meanwhile = [&] { QVERIFY(here.incidents().confirm(me, trouble().fingerprint, {})); };
        QCOMPARE(told(other.incidents.confirm(ben, trouble().fingerprint, {})), "wrong_state");
        QCOMPARE(Store::must(here.incidents().list()).size(), 1);
    }

    void whatSomebodyDismissesAtThatMomentIsNotConfirmed()
    {
        auto&& [home, here, me] = OneConsole();
        QVERIFY(propose(home, here, {trouble()}));
        Slow other(home);
        const auto ben = other.signIn(rc::test::ben);
        other.meanwhile = [&] { QVERIFY(here.incidents().dismiss(me, trouble().fingerprint, "a drill")); };
        QCOMPARE(told(other.incidents.confirm(ben, trouble().fingerprint, {})), "wrong_state");
        QCOMPARE(Store::must(here.incidents().list()).size(), 0);
    }

    void anotherProposalDoesNotStopAConfirmation()
    {
        RecoveryHome home;
        Workplace here(home);
        QVERIFY(propose(home, here, {trouble()}));
        Slow other(home);
        const auto ben = other.signIn(rc::test::ben);
        other.meanwhile = [&] { QVERIFY(propose(home, here, {trouble(), trouble("consensus_halt:all")})); };
        QCOMPARE(told(other.incidents.confirm(ben, trouble().fingerprint, {})), "done");
    }

    void dismissedTroubleComesBackOnlyAfterItWasGone()
    {
        auto&& [home, here, me] = OneConsole();
        QVERIFY(propose(home, here, {trouble()}));
        QVERIFY(here.incidents().dismiss(me, trouble().fingerprint, "a drill"));
        QCOMPARE(told(here.incidents().confirm(me, trouble().fingerprint, {})), "wrong_state");
        for (int look = 0; look < 3; ++look) {
            QCOMPARE(Store::must(propose(home, here, {trouble()})).size(), 0);
        }
        QCOMPARE(Store::must(propose(home, here, {})).size(), 0);
        QCOMPARE(Store::must(propose(home, here, {trouble()})).size(), 1);
        QVERIFY(here.journal().rebuild());
        QCOMPARE(Store::must(here.incidents().proposals()), (QList{trouble()}));
    }

    void whatWasNotLookedAtIsNotGone_data()
    {
        QTest::addColumn<QList<SystemHealth>>("systems");
        auto unasked = seen(HealthState::Unhealthy); // of another check
        unasked.chain.reset();
        QTest::newRow("nothing was looked at") << QList<SystemHealth>();
        QTest::newRow("no answer from the chain yet") << QList{unasked};
        QTest::newRow("not compared") << QList{seen(HealthState::Unknown)};
        QTest::newRow("not heard of for long") << QList{seen(HealthState::Stale)};
    }
    void whatWasNotLookedAtIsNotGone()
    {
        QFETCH(QList<SystemHealth>, systems);
        RecoveryHome home;
        Workplace here(home);
        QVERIFY(propose(home, here, {trouble()}));
        QVERIFY(here.incidents().dismiss(here.signIn(olga), trouble().fingerprint, "a drill"));
        const auto before = Store::must(here.journal().head());
        QVERIFY(propose(home, here, {}, systems));
        QVERIFY(Store::must(here.journal().head()) == before);
        QCOMPARE(Store::must(propose(home, here, {trouble()})).size(), 0);
    }

    void lookingAtKnownTroubleWritesNothing()
    {
        RecoveryHome home;
        Workplace here(home);
        QVERIFY(propose(home, here, {trouble()}));
        const auto before = Store::must(here.journal().head());
        QVERIFY(propose(home, here, {trouble()}));
        QVERIFY(propose(home, here, {}));
        QVERIFY(Store::must(here.journal().head()) == before);
        QVERIFY(Store::must(here.incidents().newsIn({trouble()}, {seen()})).isEmpty());
    }

    void newsThatSomebodyElseToldIsNotToldAgain()
    {
        RecoveryHome home;
        Workplace here(home);
        const auto device = Store::must(DeviceSigner::load(home.path()));
        const auto news = Store::must(here.incidents().newsIn({trouble()}, {seen(HealthState::Unhealthy)}));
        QVERIFY(propose(home, here, {trouble()}));
        QCOMPARE(told(here.incidents().propose(news, *device)), "conflict");
        QCOMPARE(Store::must(here.incidents().proposals()).size(), 1);
        const auto other = Store::must(here.incidents().newsIn({trouble("other")}, {}));
        QCOMPARE(told(here.incidents().propose(other, *device)), "done");
        QCOMPARE(Store::must(here.incidents().proposals()).size(), 2);
    }

    void onlySomeRolesDismissAndOnlyWithAReason()
    {
        RecoveryHome home;
        Workplace here(home);
        QVERIFY(propose(home, here, {trouble()}));
        QCOMPARE(told(here.incidents().dismiss(here.signIn(nora), trouble().fingerprint, "noise")),
                 "permission_denied");
        QCOMPARE(told(here.incidents().dismiss(here.signIn(olga), trouble().fingerprint, " ")), "invalid_input");
        QCOMPARE(told(here.incidents().confirm(here.signIn(eve), trouble().fingerprint, {})), "permission_denied");
        QCOMPARE(Store::must(here.incidents().proposals()).size(), 1);
    }

    void nothingIsContainedInTheFuture()
    {
        auto&& [home, here, me] = OneConsole();
        const auto now = home.now();
        const auto since = now - std::chrono::hours(1);
        const auto minute = std::chrono::minutes(1);
        QCOMPARE(told(here.incidents().open(me, contained(since, now + 6 * minute))), "invalid_input");
        QCOMPARE(told(here.incidents().open(me, contained(now + 6 * minute, now + 7 * minute))), "invalid_input");
        QCOMPARE(told(here.incidents().open(me, contained(since, now + 4 * minute))), "done");
    }

    void anIncidentWithAnOpenPlanIsNotClosed()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, ProcedureBuilder().manual("look"));
        const IncidentId incident("INC-1");
        QCOMPARE(told(here.incidents().close(me, incident, "enough")), "wrong_state");
        QVERIFY(here.recovery().abort(me, plan, "enough"));
        QCOMPARE(told(here.incidents().close(here.signIn(nora), incident, "enough")), "permission_denied");
        const auto denials = Store::must(here.journal().read("denials"));
        QCOMPARE(denials.value(0).body["required_roles"].toArray(), QJsonArray{"incident_commander"});
        QCOMPARE(told(here.incidents().close(me, incident, " ")), "invalid_input");
        QCOMPARE(told(here.incidents().close(me, incident, "enough")), "done");
        QCOMPARE(told(here.incidents().close(me, incident, "enough")), "wrong_state");
        QCOMPARE(told(here.incidents().close(me, IncidentId("INC-7"), "enough")), "not_found");
    }

    void anIncidentMonitorsWhenItsPlanIsDeclared()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, ProcedureBuilder().automated("restore"));
        QCOMPARE(statusIn(here), "recovering");
        QVERIFY(here.run(me, plan));
        QCOMPARE(statusIn(here), "recovering");
        QCOMPARE(told(here.declare(me, plan)), "done");
        QCOMPARE(statusIn(here), "monitoring");
    }

    void anIncidentMonitorsWhenItsPlanCompletesByItself()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, ProcedureBuilder().automated("restore").closesAutomatically());
        QCOMPARE(Store::must(here.run(me, plan)).status, PlanStatus::Completed);
        QCOMPARE(statusIn(here), "monitoring");
    }

    void anAbortedPlanLeavesAnOpenIncident()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, ProcedureBuilder().manual("look"));
        QVERIFY(here.recovery().abort(me, plan, "the wrong procedure"));
        QCOMPARE(statusIn(here), "open");
    }

    void theLastOpenPlanSettlesTheStatus_data()
    {
        QTest::addColumn<bool>("completed");
        QTest::addColumn<QString>("status");
        QTest::newRow("one completed, one aborted") << true << "monitoring";
        QTest::newRow("both aborted") << false << "open";
    }
    void theLastOpenPlanSettlesTheStatus()
    {
        QFETCH(bool, completed);
        QFETCH(QString, status);
        auto&& [home, here, me] = OneConsole();
        const auto incident = here.openIncident(me);
        const auto first = here.start(me, ProcedureBuilder().automated("restore"), incident);
        const auto second = here.start(me, ProcedureBuilder().manual("look"), incident);
        if (completed) {
            QVERIFY(here.run(me, first));
            QCOMPARE(told(here.declare(me, first)), "done");
        } else {
            QVERIFY(here.recovery().abort(me, first, "enough"));
        }
        QCOMPARE(statusIn(here), "recovering");
        QVERIFY(here.recovery().abort(me, second, "enough"));
        QCOMPARE(statusIn(here), status);
    }

    void aRebuildGivesTheSameTables()
    {
        auto&& [home, here, me] = OneConsole();
        QVERIFY(propose(home, here, {trouble(), trouble("consensus_halt:all"), trouble("storage_loss:validator-1")}));
        QVERIFY(here.incidents().confirm(me, trouble().fingerprint, {}));
        QVERIFY(here.incidents().dismiss(me, "consensus_halt:all", "a drill"));
        QVERIFY(propose(home, here, {}));
        const auto declared = here.start(me, ProcedureBuilder().automated("restore"));
        QVERIFY(here.run(me, declared));
        QCOMPARE(told(here.declare(me, declared)), "done");
        QVERIFY(here.recovery().abort(me, here.start(me, ProcedureBuilder().manual("look")), "enough"));
        const auto open = here.start(me, ProcedureBuilder().automated("restore"));
        Append claim;
        QVERIFY(Claims(here.journal()).take(claim, {SystemId("validator-3")}, {open.text() + "/restore", olga.id, {}}));
        QVERIFY(here.journal().append(claim, *me.session));
        const auto before = tablesOf(here.journal());
        QCOMPARE(before.count('\n'), 3 + 4 + 3 + 2 + 1);
        QVERIFY(here.journal().rebuild());
        QCOMPARE(tablesOf(here.journal()), before);
    }

private:
    /// All rows of the tables of recoveryProjections(), one a line.
    static QString tablesOf(Journal& journal)
    {
        QString text;
        for (const auto& projection : recoveryProjections()) {
            for (const auto& table : projection->tables()) {
                const auto read = journal.sql().each("SELECT * FROM " + table + " ORDER BY 1", {},
                                                     [&](const QSqlQuery& row) -> Status {
                                                         text += table;
                                                         for (int i = 0; i < row.record().count(); ++i) {
                                                             text += '|' + row.value(i).toString();
                                                         }
                                                         text += '\n';
                                                         return {};
                                                     });
                if (!read) {
                    qFatal("%s", qPrintable(read.error().message));
                }
            }
        }
        return text;
    }
    static QString statusIn(Workplace& here)
    {
        return idOf(Store::must(here.incidents().find(IncidentId("INC-1"))).status);
    }
};

QTEST_GUILESS_MAIN(TestIncidents)
#include "tst_incidents.moc"
