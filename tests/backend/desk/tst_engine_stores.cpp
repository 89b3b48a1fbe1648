// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/desk/desktop.h"
#include "tests/support/lab_home.h"
#include "tests/support/paper_procedure.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

using namespace rc;
using namespace rc::test;

namespace {

/// What a person does with `mv`: another file in the place of the store.
void replaceStore(const QString& home, const QString& by)
{
    for (const QString& name : {QString("store.db-wal"), QString("store.db-shm")}) {
        QFile::remove(home + "/" + name);
    }
    QVERIFY(QFile::remove(home + "/store.db"));
    QVERIFY(QFile::copy(by + "/store.db", home + "/store.db"));
}

} // namespace

/// What becomes of a console's work and words when the store under it goes away, is replaced or is forged.
class TestEngineStores : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_other = std::make_unique<QTemporaryDir>();
        Desktop elsewhere(m_other->path());
        QVERIFY(elsewhere.found("mallory"));
    }

    void init()
    {
        m_home = std::make_unique<LabHome>();
        m_home->addPeople();
        m_home->writeProcedure("paper", paperProcedure("1h"));
        m_home->writeInventory();
        m_home->ok("ben", "procedure review paper");
        const auto incident = m_home->openIncident();
        m_home->ok("olga", "plan start " + incident + " paper");
        for (const QString& step : {QString("look"), QString("tidy")}) {
            m_home->ok("olga", "plan step PLAN-1 " + step + " done --note seen");
        }
        m_home->ok("ben", "plan approve PLAN-1 seal");
        m_home->ok("olga", "plan step PLAN-1 seal done --note sealed");
        m_home->ok("olga", "plan run PLAN-1");
        QCOMPARE(m_home->plan("PLAN-1")["status"].toString(), "soaking");
    }

    /// A declaration waits for an hour of soak time; what waits must not come back to a store that was closed.
    void whatRunsEndsBeforeAReplacedStoreIsLeft()
    {
        Desktop desktop(m_home->path());
        auto declared = declaration(desktop);
        replaceStore(m_home->path(), m_other->path());
        QTRY_VERIFY(declared.isFinished());
        QCOMPARE(declared.result().error().code, ErrorCode::StoreError);
        QTRY_COMPARE(desktop.store.operators.value(0).id.text(), "mallory");
        QTRY_COMPARE(desktop.store.state, StoreState::Ready);
        QCOMPARE(desktop.signOuts, 1);
        QCOMPARE(desktop.open("nobody is here").error().code, ErrorCode::NotSignedIn);
    }

    void whatRunsEndsWhenTheStoreIsGone()
    {
        Desktop desktop(m_home->path());
        auto declared = declaration(desktop);
        QVERIFY(QFile::rename(m_home->path() + "/store.db", m_home->file("elsewhere")));
        QTRY_VERIFY(declared.isFinished());
        QCOMPARE(declared.result().error().code, ErrorCode::StoreError);
        QTRY_COMPARE(desktop.store.state, StoreState::Lost);
        // A consent would be recorded where nobody finds it.
        const auto approved = desktop.ask([](Engine& engine) {
            return engine.approve(PlanId("PLAN-1"), StepId("seal"), StepAct::Run, OperatorId("ben"),
                                  "the passphrase of ben");
        });
        QCOMPARE(approved.error().code, ErrorCode::StoreError);
        const auto prepared = desktop.ask([](Engine& engine) { return engine.preparePlan({}); });
        QCOMPARE(prepared.error().code, ErrorCode::StoreError);
    }

    void aPassphraseTypedWhileTheStoreIsReplacedOpensNothing()
    {
        Desktop desktop(m_home->path());
        QTRY_VERIFY(desktop.shown("PLAN-1"));
        m_home->write(m_home->passphraseFile("dora"), "the passphrase of dora\n");
        m_home->ok("olga", "operator add dora --name Dora --kdf-cost moderate --role observer --new-passphrase-file " +
                               m_home->passphraseFile("dora"));
        auto signedIn = desktop.thread.ask(
            [](Engine& engine) { return engine.signIn(OperatorId("dora"), "the passphrase of dora"); });
        replaceStore(m_home->path(), m_other->path());
        QTRY_VERIFY(signedIn.isFinished());
        QTRY_COMPARE(desktop.store.operators.value(0).id.text(), "mallory");
        QVERIFY(!signedIn.result() || desktop.signOuts == 1);
        QCOMPARE(desktop.open("nobody is here").error().code, ErrorCode::NotSignedIn);
    }

    void aForgedRowIsSaidAtOnce()
    {
        Desktop desktop(m_home->path());
        QTRY_COMPARE(desktop.store.state, StoreState::Ready);
        {
            auto database = QSqlDatabase::addDatabase("QSQLITE", "forger");
            database.setDatabaseName(m_home->path() + "/store.db");
            QVERIFY(database.open());
            QSqlQuery query(database);
            const bool forged = query.exec(
                "INSERT INTO journal(sequence, stream, revision, time, operator, kind, body, key_id, previous_hash, "
                "hash, "
                "signature) SELECT sequence + 1, stream, revision + 1, time, operator, kind, body, key_id, hash, "
                "randomblob(32), signature FROM journal ORDER BY sequence DESC LIMIT 1");
            QVERIFY2(forged, qPrintable(query.lastError().text()));
        }
        QSqlDatabase::removeDatabase("forger");
        QTRY_COMPARE(desktop.store.state, StoreState::Unsound);
        QVERIFY(!desktop.store.trouble.isEmpty());
    }

    void aProcedureThatIsAddedIsOffered()
    {
        Desktop desktop(m_home->path());
        const auto offered = [&desktop] {
            QStringList ids;
            const auto all = desktop.ask([](Engine& engine) { return engine.proceduresFor(IncidentId("INC-1")); });
            for (const auto& procedure : all.value_or(QList<Procedure>())) {
                ids.append(procedure.id.text());
            }
            return ids;
        };
        QTRY_VERIFY(offered().contains("paper"));
        QVERIFY(!offered().contains("scissors"));
        m_home->writeProcedure("scissors", paperProcedure().replace("id: paper", "id: scissors"));
        m_home->ok("ben", "procedure review scissors");
        QVERIFY(offered().contains("scissors"));
        // Of each the newest version.
        m_home->write(m_home->path() + "/procedures/newer.yaml", paperProcedure("1h", 2));
        QCOMPARE(offered().count("paper"), 1);
    }

private:
    /// Olga's, which waits for its hour of soak time.
    static QFuture<Result<Plan>> declaration(Desktop& desktop)
    {
        [&] { QTRY_VERIFY(desktop.shown("PLAN-1")); }();
        [&] { QVERIFY(desktop.signIn("olga", "the passphrase of olga")); }();
        auto declared = desktop.thread.ask([](Engine& engine) { return engine.declarePlan(PlanId("PLAN-1")); });
        [&] { QTRY_VERIFY(desktop.shown("PLAN-1")->runsHere); }();
        return declared;
    }

    std::unique_ptr<QTemporaryDir> m_other;
    std::unique_ptr<LabHome> m_home;
};

QTEST_GUILESS_MAIN(TestEngineStores)
#include "tst_engine_stores.moc"
