// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/kinds.h"
#include "tests/backend/journal/journal_fixture.h"

using namespace rc;
using namespace std::chrono_literals;
using rc::test::Store;

namespace {

const OperatorId Olga("olga");
const OperatorId Ben("ben");
const OperatorId Nora("nora");
const OperatorId Otto("otto");

/// olga (incident_commander, node_operator, administrator), ben (protocol_lead, incident_commander), nora
/// (node_operator) and otto (observer).
class Crew : public Store
{
public:
    Crew()
    {
        add("olga", {Role::IncidentCommander, Role::NodeOperator});
        const auto olga = signIn("olga");
        add("ben", {Role::ProtocolLead, Role::IncidentCommander}, olga);
        add("nora", {Role::NodeOperator}, olga);
        add("otto", {Role::Observer}, olga);
    }

    Result<Operator> breaks(const QString& who, const QList<Role>& roles, Milliseconds span = 1h,
                            const QString& reason = "nobody is awake")
    {
        return people().breakGlass(signIn(who), roles, now + span, reason);
    }
    Result<Operator> lends(const QString& who, const OperatorId& deputy, const OperatorId& of,
                           const QList<Role>& roles = {}, Milliseconds span = 8h)
    {
        return people().nameDeputy(signIn(who), {deputy, of, roles, now + span, "at the dentist's"});
    }
    [[nodiscard]] QList<Role> rolesOf(const QString& who) { return signIn(who).roles; }
    [[nodiscard]] bool isSound() { return must(journal().verify(VerifyFrom::Start)).ok; }
    [[nodiscard]] QString lastKind() { return must(journal().read("operators")).last().kind; }
};

QString codeOf(const Result<Operator>& answer)
{
    return answer ? QString("done") : QString(idOf(answer.error().code));
}

} // namespace

/// Deputies and break-glass: who gets what, until when, and who ends it.
class TestTemporaryRoles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void breakGlassGivesARoleUntilItsEnd()
    {
        Crew store;
        const auto otto = Store::must(store.breaks("otto", {Role::ProtocolLead}));
        QCOMPARE(otto.roles, QList<Role>{Role::Observer});
        QCOMPARE(otto.temporary.size(), 1);
        QCOMPARE(otto.temporary[0].kind, TemporaryKind::BreakGlass);
        QCOMPARE(otto.temporary[0].by, Otto);
        QCOMPARE(otto.temporary[0].reason, "nobody is awake");
        QCOMPARE(otto.temporary[0].until, store.now + 1h);
        QCOMPARE(store.lastKind(), "break_glass_taken");
        const auto session = store.signIn("otto");
        QCOMPARE(session.roles, (QList<Role>{Role::Observer, Role::ProtocolLead}));
        QVERIFY(store.people().require(session, {Role::ProtocolLead}, "Looking"));

        store.now += 1h; // nobody writes anything: the clock alone ends it
        const auto later = Store::must(store.people().context(session.session));
        QCOMPARE(later.roles, QList<Role>{Role::Observer});
        QCOMPARE(store.people().require(later, {Role::ProtocolLead}, "Looking").error().code,
                 ErrorCode::PermissionDenied);
        QVERIFY(Store::must(store.people().operatorById(Otto)).temporary.isEmpty());
        QCOMPARE(codeOf(store.breaks("otto", {Role::ProtocolLead})), "done"); // once more, on record once more
        QVERIFY(store.isSound());
    }

    void breakGlassHasItsLimits_data()
    {
        QTest::addColumn<QList<Role>>("roles");
        QTest::addColumn<Milliseconds>("span");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("code");
        const QList<Role> lead{Role::ProtocolLead};
        QTest::newRow("the longest") << lead << Milliseconds(4h) << "why" << "done";
        QTest::newRow("too long") << lead << Milliseconds(4h + 1ms) << "why" << "invalid_input";
        QTest::newRow("over at once") << lead << Milliseconds(0) << "why" << "invalid_input";
        QTest::newRow("without a reason") << lead << Milliseconds(1h) << " " << "invalid_input";
        QTest::newRow("without a role") << QList<Role>() << Milliseconds(1h) << "why" << "invalid_input";
        QTest::newRow("administrator") << QList<Role>{Role::Administrator} << Milliseconds(1h) << "why"
                                       << "permission_denied";
        QTest::newRow("what one has") << QList<Role>{Role::Observer} << Milliseconds(1h) << "why" << "wrong_state";
    }
    void breakGlassHasItsLimits()
    {
        QFETCH(const QList<Role>, roles);
        QFETCH(const Milliseconds, span);
        QFETCH(const QString, reason);
        QFETCH(const QString, code);
        Crew store;
        QCOMPARE(codeOf(store.breaks("otto", roles, span, reason)), code);
        QCOMPARE(store.lastKind() == "break_glass_taken", code == "done");
        QCOMPARE(Store::must(store.journal().read("denials")).size(), code == "permission_denied" ? 1 : 0);
        QVERIFY(store.isSound());
    }

    void whatIsHadIsNotTakenAgainToMakeItLonger()
    {
        Crew store;
        QVERIFY(store.breaks("otto", {Role::ProtocolLead}, 4h));
        store.now += 3h;
        QCOMPARE(codeOf(store.breaks("otto", {Role::ProtocolLead}, 4h)), "wrong_state");
    }

    void breakGlassIsEndedEarly_data()
    {
        QTest::addColumn<QString>("by");
        QTest::addColumn<QString>("code");
        QTest::newRow("by themselves") << "otto" << "done";
        QTest::newRow("by an administrator") << "olga" << "done";
        QTest::newRow("by a commander") << "ben" << "done";
        QTest::newRow("by anybody") << "nora" << "permission_denied";
    }
    void breakGlassIsEndedEarly()
    {
        QFETCH(const QString, by);
        QFETCH(const QString, code);
        Crew store;
        QVERIFY(store.breaks("otto", {Role::ProtocolLead, Role::SecurityAnalyst}));
        const auto otto = store.signIn("otto");
        QCOMPARE(codeOf(store.people().endBreakGlass(store.signIn(by), Otto, "it is over")), code);
        QCOMPARE(Store::must(store.people().context(otto.session)).roles.size(), code == "done" ? 1 : 3);
        QCOMPARE(Store::must(store.journal().read("denials")).size(), code == "done" ? 0 : 1);
        if (code == "done") {
            QCOMPARE(codeOf(store.people().endBreakGlass(store.signIn("olga"), Otto, "again")), "wrong_state");
        }
        QVERIFY(store.isSound());
    }

    void aDeputyHasAllRolesButAdministrator()
    {
        Crew store;
        const auto otto = Store::must(store.lends("olga", Otto, Olga));
        QCOMPARE(otto.rolesAt(store.now), (QList<Role>{Role::Observer, Role::IncidentCommander, Role::NodeOperator}));
        QCOMPARE(otto.temporary[0].of, Olga);
        QCOMPARE(otto.temporary[0].kind, TemporaryKind::Deputy);
        QCOMPARE(store.lastKind(), "deputy_named");
        // What nora has anyway is not lent to her.
        const auto nora = Store::must(store.lends("olga", Nora, Olga));
        QCOMPARE(nora.temporary.size(), 1);
        QCOMPARE(nora.temporary[0].role, Role::IncidentCommander);
        store.now += 8h;
        QCOMPARE(store.rolesOf("otto"), QList<Role>{Role::Observer});
        QVERIFY(store.isSound());
    }

    void deputiesHaveTheirLimits_data()
    {
        QTest::addColumn<QString>("by");
        QTest::addColumn<QString>("deputy");
        QTest::addColumn<QString>("of");
        QTest::addColumn<QList<Role>>("roles");
        QTest::addColumn<int>("hours");
        QTest::addColumn<QString>("code");
        const QList<Role> lead{Role::ProtocolLead};
        QTest::newRow("by the one") << "ben" << "otto" << "ben" << lead << 8 << "done";
        QTest::newRow("by an administrator") << "olga" << "otto" << "ben" << lead << 8 << "done";
        QTest::newRow("by the deputy") << "otto" << "otto" << "ben" << lead << 8 << "permission_denied";
        QTest::newRow("by a third") << "nora" << "otto" << "ben" << lead << 8 << "permission_denied";
        QTest::newRow("of oneself") << "ben" << "ben" << "ben" << lead << 8 << "invalid_input";
        QTest::newRow("of nobody") << "olga" << "otto" << "eve" << lead << 8 << "not_found";
        QTest::newRow("nobody") << "ben" << "eve" << "ben" << lead << 8 << "not_found";
        QTest::newRow("a role not had") << "nora" << "otto" << "nora" << lead << 8 << "permission_denied";
        QTest::newRow("administrator") << "olga" << "otto" << "olga" << QList<Role>{Role::Administrator} << 8
                                       << "permission_denied";
        QTest::newRow("31 days") << "ben" << "otto" << "ben" << lead << 31 * 24 << "done";
        QTest::newRow("too long") << "ben" << "otto" << "ben" << lead << 31 * 24 + 1 << "invalid_input";
        QTest::newRow("what they have") << "olga" << "nora" << "olga" << QList<Role>{Role::NodeOperator} << 8
                                        << "invalid_input";
    }
    void deputiesHaveTheirLimits()
    {
        QFETCH(const QString, by);
        QFETCH(const QString, deputy);
        QFETCH(const QString, of);
        QFETCH(const QList<Role>, roles);
        QFETCH(const int, hours);
        QFETCH(const QString, code);
        Crew store;
        QCOMPARE(codeOf(store.lends(by, OperatorId(deputy), OperatorId(of), roles, std::chrono::hours(hours))), code);
        QCOMPARE(store.lastKind() == "deputy_named", code == "done");
        QVERIFY(store.isSound());
    }

    void whatWasBorrowedIsNotPassedOn()
    {
        Crew store;
        QVERIFY(store.lends("ben", Nora, Ben, {Role::ProtocolLead}));
        QCOMPARE(codeOf(store.lends("nora", Otto, Nora, {Role::ProtocolLead})), "permission_denied");
        QVERIFY(store.breaks("nora", {Role::SecurityAnalyst}));
        QCOMPARE(codeOf(store.lends("nora", Otto, Nora, {Role::SecurityAnalyst})), "permission_denied");
        const auto otto = Store::must(store.lends("nora", Otto, Nora)); // all that is hers
        QCOMPARE(otto.temporary.size(), 1);
        QCOMPARE(otto.temporary[0].role, Role::NodeOperator);
    }

    void aDeputyEndsWhenOneOfTheTwoOrAnAdministratorSaysSo()
    {
        for (const auto& by : QStringList{"ben", "nora", "olga"}) {
            Crew store;
            QVERIFY(store.lends("ben", Nora, Ben));
            QCOMPARE(codeOf(store.people().endDeputy(store.signIn("otto"), Nora, Ben, "I say so")),
                     "permission_denied");
            QCOMPARE(codeOf(store.people().endDeputy(store.signIn(by), Nora, Ben, "back again")), "done");
            QCOMPARE(store.rolesOf("nora"), QList<Role>{Role::NodeOperator});
            QCOMPARE(codeOf(store.people().endDeputy(store.signIn(by), Nora, Ben, "once more")), "wrong_state");
            QVERIFY(store.isSound());
        }
    }

    void aNewWordOnADeputyReplacesTheOldOne()
    {
        Crew store;
        QVERIFY(store.lends("ben", Otto, Ben, {}, 8h));
        const auto otto = Store::must(store.lends("ben", Otto, Ben, {Role::ProtocolLead}, 2h));
        QCOMPARE(otto.temporary.size(), 2);
        store.now += 2h;
        QCOMPARE(store.rolesOf("otto"), (QList<Role>{Role::Observer, Role::IncidentCommander}));
    }

    void whoLosesARoleHasItNoMoreToLend()
    {
        Crew store;
        QVERIFY(store.lends("ben", Otto, Ben));
        QVERIFY(store.people().revoke(store.signIn("olga"), Ben, {Role::ProtocolLead}));
        QCOMPARE(store.rolesOf("otto"), (QList<Role>{Role::Observer, Role::IncidentCommander}));
        QVERIFY(store.people().disable(store.signIn("olga"), Ben, "has left"));
        QCOMPARE(store.rolesOf("otto"), QList<Role>{Role::Observer});
        QVERIFY(store.people().enable(store.signIn("olga"), Ben, "is back"));
        QCOMPARE(store.rolesOf("otto"), QList<Role>{Role::Observer});
        QVERIFY(store.isSound());
    }

    void aRoleTakenAwayIsGoneAltogether()
    {
        Crew store;
        QVERIFY(store.breaks("otto", {Role::ProtocolLead}));
        QVERIFY(store.people().revoke(store.signIn("olga"), Otto, {Role::ProtocolLead}));
        QCOMPARE(store.rolesOf("otto"), QList<Role>{Role::Observer});
    }

    void aRoleGivenForGoodDoesNotEnd()
    {
        Crew store;
        QVERIFY(store.breaks("otto", {Role::ProtocolLead}));
        const auto otto = Store::must(store.people().grant(store.signIn("olga"), Otto, {Role::ProtocolLead}));
        QVERIFY(otto.temporary.isEmpty());
        store.now += 5h;
        QCOMPARE(store.rolesOf("otto"), (QList<Role>{Role::Observer, Role::ProtocolLead}));
    }

    /// Once any row has come to the end, no clock brings the role back; in this process, and in one that trusts the
    /// checkpoint and reads the rows about people only.
    void aClockSetBackRevivesNothing()
    {
        Crew store;
        const auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "before");
        QVERIFY(store.breaks("otto", {Role::ProtocolLead}));
        QVERIFY(store.lends("ben", Nora, Ben, {Role::ProtocolLead}, 8h));
        const auto taken = store.now;
        store.now = taken + 1h;
        store.note(*olga.session, "p", "an hour has passed");
        store.now = taken + 10min;
        QCOMPARE(store.rolesOf("otto"), QList<Role>{Role::Observer});
        QVERIFY(store.rolesOf("nora").contains(Role::ProtocolLead)); // hers is not over
        store.open(OpenMode::ReadWrite);
        QCOMPARE(store.rolesOf("otto"), QList<Role>{Role::Observer});
        QVERIFY(store.rolesOf("nora").contains(Role::ProtocolLead));
        QVERIFY(store.isSound());
    }

    void aClockThatWasAheadGivesNothingThatLasts()
    {
        Crew store;
        const auto today = store.now;
        store.now = today + 24h * 365;
        QVERIFY(store.breaks("otto", {Role::ProtocolLead}, 4h));
        QVERIFY(store.rolesOf("otto").contains(Role::ProtocolLead));
        store.now = today;
        QCOMPARE(store.rolesOf("otto"), QList<Role>{Role::Observer});
        // And the row from the future does not hinder one who takes the role now.
        QVERIFY(store.breaks("otto", {Role::ProtocolLead}, 4h));
        QVERIFY(store.rolesOf("otto").contains(Role::ProtocolLead));
        QVERIFY(store.isSound());
    }
};

QTEST_GUILESS_MAIN(TestTemporaryRoles)
#include "tst_temporary_roles.moc"
