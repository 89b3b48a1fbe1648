// SPDX-License-Identifier: GPL-3.0-or-later
// Rows about people and under borrowed roles, well chained and signed, that may not stand.
#include "tests/backend/journal/forgery.h"

using namespace rc;
using namespace rc::test;
using namespace std::chrono_literals;

namespace {

/// olga (protocol_lead, administrator), ben (protocol_lead) and otto (observer), who are all signed in.
class Crew : public Store
{
public:
    Crew()
    {
        fill(*this);
        for (const auto& who : QStringList{"ben", "otto"}) {
            add(who, {who == "ben" ? Role::ProtocolLead : Role::Observer}, signIn("olga"));
        }
        for (const auto& who : QStringList{"olga", "ben", "otto"}) {
            sessions.insert(who, signIn(who).session);
            note(*sessions[who], "p", "early");
        }
    }

    void expectForgeryFound(const QString& by, const QString& kind, const QJsonObject& body, const QString& words)
    {
        const auto stream = kind == "step_approved" ? QString("p") : QString("operators");
        const auto refused = journal().append({.events = {{stream, kind, body}}}, *sessions[by]);
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.contains(words), qPrintable(refused.error().message));
        const auto bad = must(journal().head()).sequence + 1;
        forge(*this, *sessions[by], stream, kind, body);
        expectBad(*this, bad, words);
    }
    [[nodiscard]] QJsonObject approvalBy(const QString& who)
    {
        QJsonObject body{{"step", "rollback"}, {"role", "protocol_lead"}};
        must(sessions[who]->signStatement("step_approved", journal().uuid(), body, now)).addTo(body);
        return body;
    }
    [[nodiscard]] bool takes(const QJsonObject& body, const QString& by)
    {
        return journal().append({.events = {{"p", "step_approved", body}}}, *sessions[by]).has_value();
    }

    QHash<QString, std::shared_ptr<Session>> sessions;
};

} // namespace

class TestPeopleRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forgedRowsAboutPeopleAreFound_data()
    {
        QTest::addColumn<QString>("by");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QJsonObject>("body");
        QTest::addColumn<QString>("words");
        const auto until = [](Milliseconds span) { return toRfc3339(Start + span); };
        const QJsonArray lead{"protocol_lead"};
        const QJsonObject taken{{"id", "otto"}, {"roles", lead}, {"until", until(1h)}, {"reason", "why"}};
        const QJsonObject lent{{"id", "otto"}, {"of", "ben"}, {"roles", lead}, {"until", until(8h)}, {"reason", "why"}};
        const auto with = [](QJsonObject body, const QString& member, const QJsonValue& value) {
            body[member] = value;
            return body;
        };
        const QString glass = "break_glass_taken";
        const QString deputy = "deputy_named";
        QTest::newRow("too long") << "otto" << glass << with(taken, "until", until(5h)) << "after 4 hours";
        QTest::newRow("over") << "otto" << glass << with(taken, "until", until(0h)) << "still to come";
        QTest::newRow("without an end") << "otto" << glass << with(taken, "until", QJsonValue()) << "still to come";
        QTest::newRow("administrator") << "otto" << glass << with(taken, "roles", QJsonArray{"administrator"})
                                       << "Nobody is an administrator";
        QTest::newRow("no known role") << "otto" << glass << with(taken, "roles", QJsonArray{"king"}) << "No role";
        QTest::newRow("for another") << "ben" << glass << taken << "for oneself only";
        QTest::newRow("without a reason") << "otto" << glass << with(taken, "reason", "") << "reason";
        QTest::newRow("lent too long") << "ben" << deputy << with(lent, "until", until(32 * 24h)) << "after 31 days";
        QTest::newRow("lent by a third") << "otto" << deputy << lent << "or an administrator names";
        QTest::newRow("not theirs") << "ben" << deputy << with(lent, "roles", QJsonArray{"security_analyst"})
                                    << "has not the role";
        QTest::newRow("ended by a third")
            << "otto" << "deputy_ended" << QJsonObject{{"id", "olga"}, {"of", "ben"}, {"reason", "why"}}
            << "or an administrator ends";
        QTest::newRow("nothing to end") << "otto" << "break_glass_ended"
                                        << QJsonObject{{"id", "otto"}, {"reason", "why"}} << "has no role";
        QTest::newRow("enabled by anybody")
            << "otto" << "operator_enabled" << QJsonObject{{"id", "ben"}, {"reason", "why"}} << "not an administrator";
        QTest::newRow("enabled twice") << "olga" << "operator_enabled" << QJsonObject{{"id", "ben"}, {"reason", "why"}}
                                       << "is not disabled";
    }
    void forgedRowsAboutPeopleAreFound()
    {
        QFETCH(const QString, by);
        QFETCH(const QString, kind);
        QFETCH(const QJsonObject, body);
        QFETCH(const QString, words);
        Crew store;
        store.expectForgeryFound(by, kind, body, words);
    }

    void anEndThatWasPutOffIsFound()
    {
        Crew store;
        QVERIFY(store.people().breakGlass(store.signIn("otto"), {Role::ProtocolLead}, store.now + 1h, "why"));
        const auto row = Store::must(store.journal().read("operators")).last();
        auto body = row.body;
        body["until"] = toRfc3339(store.now + 4h);
        QVERIFY(store.journal().sql().run("UPDATE journal SET body = ? WHERE sequence = ?",
                                          {canonicalJson(body), row.sequence}));
        expectBad(store, row.sequence, "altered");
    }

    void aBorrowedRoleSignsUntilItsEndAndNoLonger()
    {
        Crew store;
        QVERIFY(!store.takes(store.approvalBy("otto"), "otto"));
        QVERIFY(store.people().breakGlass(store.signIn("otto"), {Role::ProtocolLead}, store.now + 1h, "why"));
        store.now += 1h - 1ms;
        const auto approval = store.approvalBy("otto");
        QVERIFY(store.takes(approval, "otto"));
        store.now += 1ms;
        // Signed in time, and written too late: the row's time decides, whoever writes it.
        QVERIFY(!store.takes(approval, "olga"));
        store.expectForgeryFound("olga", "step_approved", approval, "has not the role");
    }

    void aClockSetBackSignsNothingMore_data()
    {
        QTest::addColumn<bool>("fromCheckpoint");
        QTest::newRow("in this process") << false;
        QTest::newRow("opened anew") << true;
    }
    void aClockSetBackSignsNothingMore()
    {
        QFETCH(const bool, fromCheckpoint);
        Crew store;
        QVERIFY(store.people().breakGlass(store.signIn("otto"), {Role::ProtocolLead}, store.now + 1h, "why"));
        store.now += 1h;
        store.note(*store.sessions["olga"], "elsewhere", "it is late");
        store.now -= 30min;
        if (fromCheckpoint) {
            store.open(OpenMode::ReadWrite);
        }
        store.expectForgeryFound("otto", "step_approved", store.approvalBy("otto"), "has not the role");
    }

    void aClockSetBackBehindTheBeginningSignsNothing()
    {
        Crew store;
        QVERIFY(store.people().breakGlass(store.signIn("otto"), {Role::ProtocolLead}, store.now + 1h, "why"));
        store.now -= 1ms;
        store.expectForgeryFound("otto", "step_approved", store.approvalBy("otto"), "has not the role");
    }

    void aSessionFromBeforeTheDisablingStaysEnded()
    {
        Crew store;
        const auto olga = store.signIn("olga");
        QVERIFY(store.people().disable(olga, OperatorId("ben"), "lost the laptop"));
        QVERIFY(store.people().enable(olga, OperatorId("ben"), "found it"));
        const auto bad = Store::must(store.journal().head()).sequence + 1;
        forge(store, *store.sessions["ben"], "p", "noted", {});
        expectBad(store, bad, "ended when they were disabled");
    }
};

QTEST_GUILESS_MAIN(TestPeopleRows)
#include "tst_people_rows.moc"
