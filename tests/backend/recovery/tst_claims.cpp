// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/interrupted_actions.h"
#include "backend/recovery/streams.h"
#include "backend/recovery/waiting_claims.h"
#include "tests/backend/recovery/recovery_fixture.h"

using namespace rc;
using namespace rc::test;

namespace {

const SystemId validator("validator-3");

Claims::Holder holder(const QString& name, const QString& executor = "died")
{
    return {name, olga.id, executor};
}

/// Takes and writes a claim.
Status hold(Workplace& here, const SecurityContext& me, const Claims::Holder& by)
{
    Append act;
    if (const auto taken = Claims(here.journal()).take(act, {validator}, by); !taken) {
        return taken;
    }
    const auto written = here.journal().append(act, *me.session);
    return written ? Status() : std::unexpected(written.error());
}

} // namespace

class TestClaims : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSystemHasOneHand()
    {
        auto&& [home, here, me] = OneConsole();
        QVERIFY(hold(here, me, holder("PLAN-1/restore")));
        const auto busy = hold(here, me, holder("PLAN-2/restore"));
        QVERIFY(!busy);
        QCOMPARE(busy.error().code, ErrorCode::Busy);
        QCOMPARE(busy.error().message, "validator-3 is busy: plan PLAN-1, step restore, operator olga.");
        QVERIFY(hold(here, me, holder("PLAN-1/restore")));
    }

    void ofTwoWhoLookedAtAFreeSystemOneGetsIt()
    {
        auto&& [home, here, there, me, other] = TwoConsoles(olga, ben);
        Append mine;
        Append theirs;
        QVERIFY(Claims(here.journal()).take(mine, {validator}, holder("PLAN-1/restore")));
        QVERIFY(Claims(there.journal()).take(theirs, {validator}, holder("PLAN-2/restore")));
        QVERIFY(here.journal().append(mine, *me.session));
        QCOMPARE(told(there.journal().append(theirs, *other.session)), "conflict");
    }

    void theTableDecidesNothing_data()
    {
        QTest::addColumn<QString>("lie");
        QTest::newRow("taken away") << "DELETE FROM claims";
        QTest::newRow("given to another") << "UPDATE claims SET holder = 'PLAN-2/restore', body = "
                                             "'{\"holder\":\"PLAN-2/restore\",\"operator\":\"ben\"}'";
    }
    void theTableDecidesNothing()
    {
        QFETCH(QString, lie);
        auto&& [home, here, me] = OneConsole();
        QVERIFY(hold(here, me, holder("PLAN-1/restore")));
        tamper(home.store().file(), lie);
        const auto busy = hold(here, me, holder("PLAN-2/restore"));
        QVERIFY(!busy);
        QCOMPARE(busy.error().code, ErrorCode::Busy);
        Append act;
        QVERIFY(Claims(here.journal()).release(act, "PLAN-2/restore"));
        QVERIFY(act.events.isEmpty());
    }

    void aDeadActionsClaimIsTakenOverAndAPlansIsNot()
    {
        auto&& [home, here, me] = OneConsole();
        QVERIFY(hold(here, me, holder("action-1")));
        Claims claims(here.journal());
        QVERIFY(Store::must(claims.held()).isEmpty());
        QVERIFY(hold(here, me, holder("PLAN-1/restore")));
        QCOMPARE(Store::must(here.journal().read(stream::Actions)).last().kind, QString(kind::ActionFoundUnknown));
        const auto held = Store::must(claims.held());
        QCOMPARE(held.size(), 1);
        QCOMPARE(held[0].system, validator);
        QCOMPARE(held[0].sentence, "validator-3 is busy: plan PLAN-1, step restore, operator olga.");
    }

    void aDeadActionHoldsNothingOnceSomebodyHasCome()
    {
        auto&& [home, here, me] = OneConsole();
        const QList<SystemId> all{SystemId("database"), SystemId("gateway"), validator};
        Append begun;
        begun.events.append({stream::Actions, kind::ActionStarted,
                             QJsonObject{{"id", "action-1"}, {"action_type", "restart_services"}}});
        QVERIFY(Claims(here.journal()).take(begun, all, holder("action-1")));
        QVERIFY(here.journal().append(begun, *me.session));
        QCOMPARE(Store::must(interruptedActions(here.journal())).value(0).systems, all);

        Append next;
        const QList<SystemId> two{validator, SystemId("database")};
        QVERIFY(Claims(here.journal()).take(next, two, holder("action-2", here.runner().executor().id)));
        QVERIFY(here.journal().append(next, *me.session));
        QVERIFY(Store::must(interruptedActions(here.journal())).isEmpty());
        const auto actions = Store::must(here.journal().read(stream::Actions));
        QCOMPARE(actions.size(), 2);
        QCOMPARE(actions[1].kind, QString(kind::ActionFoundUnknown));
        QStringList held;
        for (const auto& claim : Store::must(Claims(here.journal()).held())) {
            held.append(claim.system.text() + " " + claim.holder);
        }
        QCOMPARE(held, (QStringList{"database action-2", "validator-3 action-2"}));
        const auto gateway = Store::must(here.journal().read(stream::claim(SystemId("gateway"))));
        QCOMPARE(gateway.last().kind, QString(kind::ClaimReleased));
        QVERIFY(here.journal().rebuild());
        QCOMPARE(Store::must(Claims(here.journal()).held()).size(), 2);
    }

    void aStepWaitsForAllThatItsActionTouches()
    {
        auto&& [home, here, me] = OneConsole();
        const auto plan = here.start(me, ProcedureBuilder().automated("restart").automated("later"));
        const auto waiting = [&] {
            return Store::must(waitingClaims(here.journal(), here.recovery(), here.plan(plan), [&](const Inventory&) {
                return std::make_unique<FakeToolbox>(here.tools);
            }));
        };
        // A dependency, which the parameters of the step do not name.
        here.tools.systems = [](const QJsonObject&) { return QList{SystemId("database"), SystemId("validator-3")}; };
        QCOMPARE(waiting(), (QList<QStringList>{{}, {}}));
        Append act;
        QVERIFY(Claims(here.journal()).take(act, {SystemId("database")}, holder("PLAN-9/restore")));
        QVERIFY(Claims(here.journal()).take(act, {validator}, holder("PLAN-1/restart")));
        QVERIFY(here.journal().append(act, *me.session));
        QCOMPARE(waiting(),
                 (QList<QStringList>{{"claim: database is busy: plan PLAN-9, step restore, operator olga."}, {}}));
    }
};

QTEST_GUILESS_MAIN(TestClaims)
#include "tst_claims.moc"
