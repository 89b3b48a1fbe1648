// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/schema.h"
#include "tests/backend/journal/journal_fixture.h"

using namespace rc;
using rc::test::Store;

constexpr qint64 Minute = 60'000;
constexpr qint64 Year = 365 * 24 * 60 * Minute;

/// Counts the notes of each stream.
class NotesProjection final : public Projection
{
public:
    explicit NotesProjection(int version = 1)
        : m_version(version)
    {
    }
    [[nodiscard]] QString name() const override { return "notes"; }
    [[nodiscard]] int version() const override { return m_version; }
    [[nodiscard]] QStringList tables() const override { return {"notes"}; }
    [[nodiscard]] Status createTables(Sql& sql) override
    {
        return sql.run("CREATE TABLE notes(stream TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT");
    }
    [[nodiscard]] Status apply(Sql& sql, const Record& record) override
    {
        if (record.kind == "refused_by_projection") {
            return fail(ErrorCode::InvalidInput, "This cannot be projected.");
        }
        if (record.kind != "noted") {
            return {};
        }
        return sql.run("INSERT INTO notes VALUES(?, 1) ON CONFLICT(stream) DO UPDATE SET count = count + 1",
                       {record.stream});
    }

private:
    int m_version;
};

class TestJournal : public QObject
{
    Q_OBJECT

private:
    static QList<QVariantList> table(Sql& sql, const QString& name)
    {
        QList<QVariantList> rows;
        const auto read = sql.each("SELECT * FROM " + name + " ORDER BY 1", {}, [&](const QSqlQuery& query) {
            QVariantList row;
            for (int i = 0; query.value(i).isValid(); ++i) {
                row.append(query.value(i));
            }
            rows.append(row);
            return Status();
        });
        return read ? rows : QList<QVariantList>{{read.error().message}};
    }

private Q_SLOTS:
    void whatIsAppendedIsReadBack()
    {
        Store store;
        store.add("olga", {Role::NodeOperator});
        auto olga = store.signIn("olga");
        const auto written = Store::must(store.journal().append({.events = {{"plan/1", "plan_started", {{"a", 1}}},
                                                                            {"plan/1", "noted", {{"text", "Grüße"}}},
                                                                            {"x", "noted", {}}}},
                                                                *olga.session));
        QCOMPARE(written.size(), 3);

        const auto plan = Store::must(store.journal().read("plan/1"));
        QCOMPARE(plan.size(), 2);
        QCOMPARE(plan[0].revision, 1);
        QCOMPARE(plan[1].revision, 2);
        QCOMPARE(plan[1].body["text"].toString(), "Grüße");
        QCOMPARE(plan[1].operatorId, OperatorId("olga"));
        QCOMPARE(plan[1].time, store.now);
        QCOMPARE(plan[1].hash, written[1].hash);
        QCOMPARE(plan[1].previousHash, plan[0].hash);
        QCOMPARE(Store::must(store.journal().read("plan/1", 2)).size(), 1);
        QCOMPARE(Store::must(store.journal().revision("plan/1")), 2);
        QCOMPARE(Store::must(store.journal().revision("nothing")), 0);

        // founding, olga, her session, three events
        const auto all = Store::must(store.journal().readAll());
        QCOMPARE(all.size(), 6);
        QCOMPARE(all[0].kind, "store_created");
        QCOMPARE(all[2].kind, "session_certified");
        QCOMPARE(Store::must(store.journal().readAll(3, 2)).size(), 2);
        QCOMPARE(Store::must(store.journal().head()).sequence, 6);
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);
    }

    void theSecondToActGetsAConflict()
    {
        Store store;
        store.add("olga", {});
        auto olga = store.signIn("olga");
        const Append act{.events = {{"plan/1", "noted", {}}}, .expected = {{"plan/1", 0}}};
        QVERIFY(store.journal().append(act, *olga.session));
        const auto before = Store::must(store.journal().head());
        const auto second = store.journal().append(act, *olga.session);
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::Conflict);
        QCOMPARE(second.error().details, (QJsonObject{{"stream", "plan/1"}, {"expected", 0}, {"actual", 1}}));
        QCOMPARE(Store::must(store.journal().head()), before);
    }

    void aConflictBeforeTheFirstRowKeepsTheCertificateForLater()
    {
        Store store;
        store.add("olga", {});
        auto olga = store.signIn("olga");
        const auto refused =
            store.journal().append({.events = {{"p", "noted", {}}}, .expected = {{"p", 7}}}, *olga.session);
        QVERIFY(!refused);
        QCOMPARE(Store::must(store.journal().head()).sequence, 2);
        store.note(*olga.session, "p", "now");
        QCOMPARE(Store::must(store.journal().read("sessions")).size(), 1);
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);
    }

    void aClockThatRunsBackwardsIsFlaggedAndNeverRefused()
    {
        Store store;
        store.add("olga", {});
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "one");
        store.now -= Milliseconds(90'000);
        const auto late = store.note(*olga.session, "p", "two");
        QCOMPARE(late.body["clock_skew_ms"].toInteger(), 90'000);
        QCOMPARE(late.sequence, 5);
        QVERIFY(!store.note(*olga.session, "p", "three").body.contains("clock_skew_ms"));
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);
    }

    void ofRowsWrittenTogetherTheFirstIsFlagged()
    {
        Store store;
        store.add("olga", {});
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "one");
        store.now -= Milliseconds(90'000);
        const auto both =
            Store::must(store.journal().append({.events = {{"p", "noted", {}}, {"p", "noted", {}}}}, *olga.session));
        QCOMPARE(both[0].body["clock_skew_ms"].toInteger(), 90'000);
        QVERIFY(!both[1].body.contains("clock_skew_ms"));
    }

    void aClockThatWasSetIsFlaggedWhicheverWay_data()
    {
        QTest::addColumn<qint64>("set");
        QTest::addColumn<qint64>("skew");
        QTest::newRow("a year forward") << Year << qint64(0);
        QTest::newRow("a year back") << -Year << Year - Minute * 10;
        QTest::newRow("back by less than the time since") << -Minute * 5 << qint64(0);
    }
    void aClockThatWasSetIsFlaggedWhicheverWay()
    {
        QFETCH(const qint64, set);
        QFETCH(const qint64, skew);
        Store store;
        store.add("olga", {});
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "one");
        store.now += Milliseconds(Minute * 10);
        store.setClock(Milliseconds(set));
        // Her session does not outlive the year.
        auto again = store.signIn("olga");
        store.note(*again.session, "p", "two");
        const auto rows = Store::must(store.journal().readAll(5));
        QCOMPARE(rows.first().kind, "session_certified");
        QCOMPARE(rows.first().body["clock_jump_ms"].toInteger(), set);
        QCOMPARE(rows.first().body["clock_skew_ms"].toInteger(), skew);
        QVERIFY(!rows.last().body.contains("clock_jump_ms"));
        QVERIFY(!store.note(*again.session, "p", "three").body.contains("clock_jump_ms"));
        QVERIFY(Store::must(store.journal().verify(VerifyFrom::Start)).ok);

        const auto flags = Store::must(store.journal().clockFlags(1, 100));
        QCOMPARE(flags.size(), 1);
        QCOMPARE(flags.first().sequence, rows.first().sequence);
        QCOMPARE(flags.first().jump.count(), set);
        QVERIFY(Store::must(store.journal().clockFlags(1, rows.first().sequence - 1)).isEmpty());
        QVERIFY(store.journal().rebuild());
        QCOMPARE(Store::must(store.journal().clockFlags(1, 100)).size(), 1);
    }

    void aClockThatDriftsIsNotFlagged()
    {
        Store store;
        store.add("olga", {});
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "first");
        for (const auto drift : {Minute, Minute, -Minute, -Minute}) {
            store.now += Milliseconds(Minute * 3);
            store.setClock(Milliseconds(drift));
            const auto row = store.note(*olga.session, "p", "on");
            QVERIFY2(!row.body.contains("clock_jump_ms"), qPrintable(QString::number(drift)));
        }
        store.setClock(Milliseconds(Minute + 1));
        QCOMPARE(store.note(*olga.session, "p", "more").body["clock_jump_ms"].toInteger(), Minute + 1);
    }

    void ofAnotherStartOfTheMachineNothingIsCompared_data()
    {
        QTest::addColumn<QString>("boot");
        QTest::newRow("another") << "boot-2";
        QTest::newRow("unknown") << "";
    }
    void ofAnotherStartOfTheMachineNothingIsCompared()
    {
        QFETCH(const QString, boot);
        Store store;
        store.add("olga", {});
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "one");
        store.boot = boot;
        for (int i = 0; i < 2; ++i) {
            store.setClock(Milliseconds(Minute * 90));
            const auto row = store.note(*olga.session, "p", "two");
            // From its first row on a known start is compared with itself.
            QCOMPARE(row.body.contains("clock_jump_ms"), i == 1 && !boot.isEmpty());
        }
    }

    void aJumpIsToldByTheNextRowThatIsWritten()
    {
        Store store({std::make_shared<NotesProjection>()});
        store.add("olga", {});
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "one");
        store.setClock(Milliseconds(Minute * 90));
        QVERIFY(!store.journal().append({.events = {{"p", "refused_by_projection", {}}}}, *olga.session));
        store.open(OpenMode::ReadWrite);
        QCOMPARE(store.note(*olga.session, "p", "two").body["clock_jump_ms"].toInteger(), Minute * 90);
    }

    void aFailureInAProjectionWritesNothing()
    {
        Store store({std::make_shared<NotesProjection>()});
        store.add("olga", {});
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "one");
        const auto head = Store::must(store.journal().head());
        const auto refused =
            store.journal().append({.events = {{"p", "noted", {}}, {"p", "refused_by_projection", {}}}}, *olga.session);
        QVERIFY(!refused);
        QCOMPARE(Store::must(store.journal().head()), head);
        QCOMPARE(table(store.journal().sql(), "notes"), (QList<QVariantList>{{"p", 1}}));
    }

    void rebuildingGivesTheSameTables()
    {
        Store store({std::make_shared<NotesProjection>()});
        store.add("olga", {Role::ProtocolLead});
        auto olga = store.signIn("olga");
        store.add("ben", {Role::Observer}, olga);
        QVERIFY(store.people().grant(olga, OperatorId("ben"), {Role::NodeOperator, Role::Administrator}));
        QVERIFY(store.people().revoke(olga, OperatorId("ben"), {Role::Observer}));
        QVERIFY(store.people().disable(olga, OperatorId("ben"), "has left"));
        QVERIFY(store.journal().append({.events = {pinDocument("a.yaml", "a: 1\n")}}, *olga.session));
        store.note(*olga.session, "p", "one");

        QHash<QString, QList<QVariantList>> before;
        const QStringList names{"documents", "notes", "progress"};
        for (const auto& name : names) {
            before[name] = table(store.journal().sql(), name);
            QVERIFY(!before[name].isEmpty());
        }
        QVERIFY(store.journal().sql().run("DELETE FROM documents"));
        QVERIFY(store.journal().sql().run("DROP TABLE notes"));
        QVERIFY(store.journal().rebuild());
        for (const auto& name : names) {
            QCOMPARE(table(store.journal().sql(), name), before[name]);
        }
    }

    void aProjectionCatchesUpWithWhatOthersWrote()
    {
        Store store({std::make_shared<NotesProjection>()});
        store.add("olga", {});
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "one");
        {
            auto plain = Store::must(Journal::open(store.home()));
            auto other = Store::must(IdentityService(*plain).signIn(OperatorId("olga"), Passphrase(rc::test::Secret)));
            QVERIFY(plain->append({.events = {{"p", "noted", {}}}}, *other));
        }
        store.note(*olga.session, "p", "three");
        QCOMPARE(table(store.journal().sql(), "notes"), (QList<QVariantList>{{"p", 3}}));
    }

    void aProjectionOfAnotherVersionIsFilledAnew()
    {
        Store store({std::make_shared<NotesProjection>(1)});
        store.add("olga", {});
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "one");
        QVERIFY(store.journal().sql().run("UPDATE notes SET count = 99"));
        store.close();
        const auto again =
            Store::must(Journal::open(store.home(), {.projections = {std::make_shared<NotesProjection>(2)}}));
        QCOMPARE(table(again->sql(), "notes"), (QList<QVariantList>{{"p", 1}}));
    }

    void aPinnedDocumentIsFoundByItsHash()
    {
        Store store;
        store.add("olga", {});
        auto olga = store.signIn("olga");
        const auto event = pinDocument("state_corruption.yaml", "id: state_corruption\n");
        QVERIFY(store.journal().append({.events = {event}}, *olga.session));
        QVERIFY(store.journal().append({.events = {event}}, *olga.session)); // pinned twice is pinned
        const auto hash = event.body["hash"].toString();
        QCOMPARE(hash, sha256Hex("id: state_corruption\n"));
        const auto found = Store::must(store.journal().document(hash));
        QCOMPARE(found.name, "state_corruption.yaml");
        QCOMPARE(found.text, "id: state_corruption\n");
        QCOMPARE(store.journal().document("00").error().code, ErrorCode::NotFound);

        QVERIFY(store.journal().sql().run("UPDATE documents SET text = 'id: other'"));
        QCOMPARE(store.journal().document(hash).error().code, ErrorCode::StoreError);
    }

    void theCheckpointFollowsTheHead()
    {
        Store store;
        store.add("olga", {});
        auto olga = store.signIn("olga");
        store.note(*olga.session, "p", "one");
        const auto info = Store::must(store.journal().info());
        QCOMPARE(info.checkpoint, info.head);
        QCOMPARE(info.records, 4);
        QCOMPARE(info.schema, schema::migrations().last().version);
        QVERIFY(info.bytes > 0);
        QCOMPARE(info.uuid, store.journal().uuid());
        QVERIFY(!info.uuid.isEmpty());
        store.open(OpenMode::ReadWrite);
        QCOMPARE(store.journal().soundness().records, 0);
        QVERIFY(store.journal().soundness().ok);
    }
};

QTEST_GUILESS_MAIN(TestJournal)
#include "tst_journal.moc"
