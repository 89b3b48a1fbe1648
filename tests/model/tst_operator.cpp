// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/people/operator.h"
#include "tests/support/plan_run.h"

#include <QTest>

using namespace rc;
using namespace rc::test;
using namespace std::chrono_literals;

namespace {

constexpr Timestamp Noon{std::chrono::hours(480'000)};

TemporaryRole taken(Role role, Timestamp since, Milliseconds span = 1h)
{
    return {.role = role,
            .kind = TemporaryKind::BreakGlass,
            .of = {},
            .by = OperatorId("vera"),
            .reason = "nobody else is awake",
            .since = since,
            .until = since + span,
            .record = 7};
}

Operator vera()
{
    Operator person;
    person.id = OperatorId("vera");
    person.roles = {Role::NodeOperator};
    return person;
}

} // namespace

/// People, and the roles they have for a time.
class TestOperator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTemporaryRoleIsInForceFromItsBeginningUntilItsEnd()
    {
        auto person = vera();
        person.temporary = {taken(Role::ProtocolLead, Noon)};
        const QList<Role> own{Role::NodeOperator};
        const QList<Role> both{Role::NodeOperator, Role::ProtocolLead};
        QCOMPARE(person.rolesAt(Noon - 1ms), own);
        QCOMPARE(person.rolesAt(Noon), both);
        QCOMPARE(person.rolesAt(Noon + 1h - 1ms), both);
        QCOMPARE(person.rolesAt(Noon + 1h), own);
        QCOMPARE(person.temporaryAt(Noon), person.temporary);
        QVERIFY(person.temporaryAt(Noon + 1h).isEmpty());
        QCOMPARE(person.roles, own);
    }

    void eachRoleCountsOnce()
    {
        auto person = vera();
        person.temporary = {taken(Role::ProtocolLead, Noon), taken(Role::ProtocolLead, Noon, 2h)};
        QCOMPARE(person.rolesAt(Noon), (QList<Role>{Role::NodeOperator, Role::ProtocolLead}));
        QCOMPARE(person.rolesAt(Noon + 90min), (QList<Role>{Role::NodeOperator, Role::ProtocolLead}));
        QVERIFY(person.has(Role::ProtocolLead) && person.has(Role::NodeOperator));
        QVERIFY(!person.has(Role::Observer));
    }

    void scriptsSeeWhoseRoleItIsAndUntilWhen()
    {
        auto person = vera();
        person.temporary = {taken(Role::ProtocolLead, Noon)};
        QCOMPARE(person.toJson()["roles"].toArray(), QJsonArray{"node_operator"});
        const QJsonObject role = person.toJson()["temporary"].toArray().first().toObject();
        QCOMPARE(role["role"].toString(), "protocol_lead");
        QCOMPARE(role["kind"].toString(), "break_glass");
        QVERIFY(role["of"].isNull());
        QCOMPARE(role["by"].toString(), "vera");
        QCOMPARE(role["reason"].toString(), "nobody else is awake");
        QCOMPARE(role["since"].toString(), toRfc3339(Noon));
        QCOMPARE(role["until"].toString(), toRfc3339(Noon + 1h));
        QCOMPARE(role["record"].toInteger(), 7);
        person.temporary.first().kind = TemporaryKind::Deputy;
        person.temporary.first().of = OperatorId("olga");
        const QJsonObject lent = person.toJson()["temporary"].toArray().first().toObject();
        QCOMPARE(lent["kind"].toString(), "deputy");
        QCOMPARE(lent["of"].toString(), "olga");
    }

    /// Product rule 3: a role makes nobody a second person.
    void whoStartedAPlanDoesNotApproveItByBreakGlass()
    {
        auto person = vera();
        person.roles.append(Role::IncidentCommander);
        PlanRun run(ProcedureBuilder().automated("roll_back").by({Role::NodeOperator}).approvedBy(Role::ProtocolLead),
                    {person.id, person.rolesAt(Noon)});
        person.temporary = {taken(Role::ProtocolLead, run.now)};
        const Actor withTheRole{person.id, person.rolesAt(run.now)};
        QVERIFY(withTheRole.has(Role::ProtocolLead));
        QCOMPARE(run.approves(withTheRole, "roll_back"), "permission_denied");
        QCOMPARE(run.state("roll_back"), "awaiting_approval");
    }

    void whoApprovedByBreakGlassDoesNotRunIt()
    {
        auto person = vera();
        PlanRun run(ProcedureBuilder().automated("roll_back").by({Role::NodeOperator}).approvedBy(Role::ProtocolLead));
        person.temporary = {taken(Role::ProtocolLead, run.now)};
        const Actor withTheRole{person.id, person.rolesAt(run.now)};
        QCOMPARE(run.approves(withTheRole, "roll_back"), "done");
        QCOMPARE(run.does(withTheRole, start("roll_back")), "permission_denied");
        QCOMPARE(run.does({person.id, person.rolesAt(run.now + 2h)}, start("roll_back")), "permission_denied");
        QCOMPARE(run.does(olga, start("roll_back")), "done");
    }
};

QTEST_GUILESS_MAIN(TestOperator)
#include "tst_operator.moc"
