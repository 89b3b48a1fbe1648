// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/journal/journal_fixture.h"

#include <QDir>

using namespace rc;
using rc::test::Secret;
using rc::test::Store;

class TestOperators : public QObject
{
    Q_OBJECT

private:
    static ErrorCode addError(Store& store, const std::optional<SecurityContext>& by, const QString& id,
                              const QString& name = "Name", const QString& secret = Secret)
    {
        const auto added = store.people().addOperator(by, {.id = OperatorId(id), .name = name, .cost = Cost::Minimal},
                                                      Passphrase(secret));
        return added ? ErrorCode::Cancelled : added.error().code;
    }

private Q_SLOTS:
    void theFirstOperatorIsAlsoAdministrator()
    {
        Store store;
        const auto olga = store.add("olga", {Role::IncidentCommander, Role::NodeOperator});
        QCOMPARE(olga.roles, (QList<Role>{Role::IncidentCommander, Role::NodeOperator, Role::Administrator}));
        QCOMPARE(olga.name, "OLGA");
        QCOMPARE(olga.addedAt, store.now);
        const auto row = Store::must(store.journal().read("operators")).first();
        QVERIFY(row.operatorId.isEmpty()); // the device signed
        QCOMPARE(row.body["public_key"].toString(), olga.keyId);
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);
    }

    void theSecondOperatorNeedsAnAdministrator()
    {
        Store store;
        store.add("olga", {});
        QCOMPARE(addError(store, {}, "ben"), ErrorCode::NotSignedIn);
        auto olga = store.signIn("olga");
        const auto ben = store.add("ben", {Role::ProtocolLead}, olga);
        QCOMPARE(ben.roles, QList<Role>{Role::ProtocolLead});
        auto asBen = store.signIn("ben");
        QCOMPARE(addError(store, asBen, "eve"), ErrorCode::PermissionDenied);
        const auto denials = Store::must(store.journal().read("denials"));
        QCOMPARE(denials.size(), 1);
        QCOMPARE(denials[0].operatorId, OperatorId("ben"));
        QCOMPARE(denials[0].body["what"].toString(), "Adding operator eve");
        QCOMPARE(denials[0].body["required_roles"].toArray(), QJsonArray{"administrator"});
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);
    }

    void badInputChangesNothing_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("secret");
        QTest::newRow("empty id") << "" << "Ben" << Secret;
        QTest::newRow("capital") << "Ben" << "Ben" << Secret;
        QTest::newRow("path") << "../ben" << "Ben" << Secret;
        QTest::newRow("line end") << "ben\n" << "Ben" << Secret;
        QTest::newRow("too long") << QString(33, 'b') << "Ben" << Secret;
        QTest::newRow("no name") << "ben" << "  " << Secret;
        QTest::newRow("short passphrase") << "ben" << "Ben" << "1234567";
        QTest::newRow("there already") << "olga" << "Ben" << Secret;
    }
    void badInputChangesNothing()
    {
        QFETCH(const QString, id);
        QFETCH(const QString, name);
        QFETCH(const QString, secret);
        Store store;
        store.add("olga", {});
        auto olga = store.signIn("olga");
        const auto head = Store::must(store.journal().head());
        QCOMPARE(addError(store, olga, id, name, secret), ErrorCode::InvalidInput);
        QCOMPARE(Store::must(store.journal().head()), head);
        QCOMPARE(QDir(store.home() + "/keys/operators").entryList(QDir::Files), QStringList{"olga.key"});
    }

    void idsMayHaveDotsDashesAndThirtyTwoCharacters()
    {
        QVERIFY(isOperatorId("a"));
        QVERIFY(isOperatorId("olga.p-1_x"));
        QVERIFY(isOperatorId(QString(32, 'b')));
    }

    void rolesAreGrantedAndRevoked()
    {
        Store store;
        store.add("olga", {});
        auto olga = store.signIn("olga");
        store.add("ben", {Role::Observer}, olga);
        const auto ben = OperatorId("ben");
        QCOMPARE(Store::must(store.people().grant(olga, ben, {Role::NodeOperator, Role::Observer})).roles,
                 (QList<Role>{Role::NodeOperator, Role::Observer}));
        QCOMPARE(Store::must(store.people().revoke(olga, ben, {Role::Observer})).roles,
                 QList<Role>{Role::NodeOperator});
        QCOMPARE(store.people().grant(olga, OperatorId("nobody"), {Role::Observer}).error().code, ErrorCode::NotFound);
        auto asBen = store.signIn("ben");
        QCOMPARE(store.people().grant(asBen, ben, {Role::Administrator}).error().code, ErrorCode::PermissionDenied);
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);
    }

    void theLastAdministratorStays()
    {
        Store store;
        store.add("olga", {});
        auto olga = store.signIn("olga");
        const auto id = OperatorId("olga");
        QCOMPARE(store.people().revoke(olga, id, {Role::Administrator}).error().code, ErrorCode::WrongState);
        QCOMPARE(store.people().disable(olga, id, "has left").error().code, ErrorCode::WrongState);
        store.add("ben", {Role::Administrator}, olga);
        QVERIFY(store.people().revoke(olga, id, {Role::Administrator}));
        auto ben = store.signIn("ben");
        QCOMPARE(store.people().disable(ben, OperatorId("ben"), "has left").error().code, ErrorCode::WrongState);
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);
    }

    void aDisabledOperatorIsOut()
    {
        Store store;
        store.add("olga", {});
        auto olga = store.signIn("olga");
        store.add("ben", {Role::NodeOperator}, olga);
        auto ben = store.signIn("ben");
        store.note(*ben.session, "p", "still in");
        QVERIFY(store.people().disable(olga, OperatorId("ben"), "has left"));
        QCOMPARE(store.people().context(ben.session).error().code, ErrorCode::PermissionDenied);
        QCOMPARE(store.people().signIn(OperatorId("ben"), Passphrase(Secret)).error().code,
                 ErrorCode::PermissionDenied);
        QCOMPARE(store.journal().append({.events = {{"p", "noted", {}}}}, *ben.session).error().code,
                 ErrorCode::PermissionDenied);
    }

    /// As two processes: each has the store open, and learns from its rows what the other did.
    void aSessionElsewhereEndsAtOnce()
    {
        Store store;
        store.add("olga", {});
        const auto olga = store.signIn("olga");
        store.add("ben", {Role::NodeOperator}, olga);
        auto elsewhere = Store::must(Journal::open(store.home(), {.clock = [&] { return store.now; }}));
        IdentityService there(*elsewhere);
        const auto ben = Store::must(there.signIn(OperatorId("ben"), Passphrase(Secret)));
        const auto note = [&] { return elsewhere->append({.events = {{"p", "noted", {}}}}, *ben); };
        QVERIFY(note());
        const auto step = [&] { return elsewhere->append({.events = {{"p", "step_succeeded", {}}}}, *ben); };
        QVERIFY(step());
        QVERIFY(store.people().disable(olga, OperatorId("ben"), "has left"));
        QCOMPARE(there.context(ben).error().code, ErrorCode::PermissionDenied);
        QCOMPARE(note().error().code, ErrorCode::PermissionDenied);
        QCOMPARE(step().error().code, ErrorCode::PermissionDenied);

        QVERIFY(store.people().enable(olga, OperatorId("ben"), "was a mistake"));
        QCOMPARE(there.context(ben).error().code, ErrorCode::NotSignedIn);
        QCOMPARE(note().error().code, ErrorCode::NotSignedIn);
        QCOMPARE(step().error().code, ErrorCode::NotSignedIn);
        const auto again = Store::must(there.signIn(OperatorId("ben"), Passphrase(Secret)));
        QCOMPARE(Store::must(there.context(again)).roles, QList<Role>{Role::NodeOperator});
        QVERIFY(elsewhere->append({.events = {{"p", "noted", {}}}}, *again));
        store.open(OpenMode::ReadWrite); // which learns of the ended session from the rows about people only
        QCOMPARE(store.people().context(ben).error().code, ErrorCode::NotSignedIn);
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);
    }

    void disablingAndEnablingTakeAnAdministratorAndAReason()
    {
        Store store;
        store.add("olga", {});
        const auto olga = store.signIn("olga");
        const OperatorId ben("ben");
        store.add("ben", {}, olga);
        store.add("eve", {}, olga);
        const auto eve = store.signIn("eve");
        QCOMPARE(store.people().disable(eve, ben, "because").error().code, ErrorCode::PermissionDenied);
        QCOMPARE(store.people().disable(olga, ben, " ").error().code, ErrorCode::InvalidInput);
        QCOMPARE(store.people().disable(olga, OperatorId("nobody"), "because").error().code, ErrorCode::NotFound);
        QCOMPARE(store.people().enable(olga, ben, "because").error().code, ErrorCode::WrongState);
        const auto disabled = Store::must(store.people().disable(olga, ben, "has left"));
        QVERIFY(!disabled.enabled);
        QCOMPARE(Store::must(store.journal().read("operators")).last().body["reason"].toString(), "has left");
        QCOMPARE(store.people().disable(olga, ben, "because").error().code, ErrorCode::WrongState);
        QCOMPARE(store.people().enable(eve, ben, "because").error().code, ErrorCode::PermissionDenied);
        QCOMPARE(store.people().enable(olga, ben, "").error().code, ErrorCode::InvalidInput);
        QVERIFY(Store::must(store.people().enable(olga, ben, "is back")).enabled);
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);
    }

    void operatorsAreListedById()
    {
        Store store;
        store.add("olga", {});
        auto olga = store.signIn("olga");
        store.add("ben", {}, olga);
        const auto all = Store::must(store.people().operators());
        QCOMPARE(all.size(), 2);
        QCOMPARE(all[0].id, OperatorId("ben"));
        QCOMPARE(all[1].id, OperatorId("olga"));
        QCOMPARE(store.people().operatorById(OperatorId("eve")).error().code, ErrorCode::NotFound);
    }

    /// A foreign key that is checked at the end lets every statement through and fails the COMMIT.
    void aFailedAdditionLeavesNoKeyFile()
    {
        Store store;
        auto& sql = store.journal().sql();
        QVERIFY(sql.run("PRAGMA foreign_keys=1"));
        QVERIFY(sql.run("CREATE TABLE parents(id INTEGER PRIMARY KEY)"));
        QVERIFY(sql.run("CREATE TABLE children(id INTEGER REFERENCES parents(id) DEFERRABLE INITIALLY DEFERRED)"));
        QVERIFY(sql.run("CREATE TRIGGER orphan AFTER INSERT ON journal BEGIN INSERT INTO children VALUES(7); END"));
        QCOMPARE(addError(store, {}, "olga"), ErrorCode::StoreError);
        QVERIFY(!QFile::exists(store.home() + "/keys/operators/olga.key"));
        QCOMPARE(Store::must(store.journal().head()).sequence, 1);
    }
};

QTEST_GUILESS_MAIN(TestOperators)
#include "tst_operators.moc"
