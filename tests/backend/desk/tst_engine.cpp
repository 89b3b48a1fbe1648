// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/device_signer.h"
#include "tests/backend/desk/desktop.h"
#include "tests/backend/health/fake_server.h"

using namespace rc;
using namespace rc::test;

/// What a window asks of the backend, on a thread of its own.
class TestEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyHomeIsSaidToBeEmpty()
    {
        const QTemporaryDir home;
        Desktop desktop(home.filePath("home"));
        QTRY_COMPARE(desktop.store.state, StoreState::Absent);
        QVERIFY(!QFile::exists(home.filePath("home")));
        QTRY_VERIFY(!desktop.systems.trouble.isEmpty());
        QCOMPARE(desktop.open("nobody is here").error().code, ErrorCode::NotSignedIn);
    }

    void theFirstOperatorMakesTheStoreAndIsSignedIn()
    {
        const QTemporaryDir home;
        Desktop desktop(home.path());
        const auto olga = desktop.found("olga");
        QVERIFY2(olga, olga ? "" : qPrintable(olga.error().message));
        QVERIFY(olga->has(Role::Administrator));
        QTRY_COMPARE(desktop.store.state, StoreState::Ready);
        QTRY_COMPARE(desktop.store.operators.size(), 1);
        QVERIFY(desktop.open("something happened"));
        QTRY_COMPARE(desktop.store.incidents.size(), 1);
    }

    void aWrongPassphraseSignsNobodyIn()
    {
        const QTemporaryDir home;
        Desktop desktop(home.path());
        QVERIFY(desktop.found("olga"));
        desktop.thread.tell([](Engine& engine) { engine.signOut(); });
        QTRY_COMPARE(desktop.signOuts, 1);
        QCOMPARE(desktop.signIn("olga", "wrong").error().code, ErrorCode::WrongSecret);
        QCOMPARE(desktop.signIn("nobody", "wrong").error().code, ErrorCode::WrongSecret);
        QCOMPARE(desktop.open("nobody is here").error().code, ErrorCode::NotSignedIn);
        QVERIFY(desktop.signIn("olga", Secret));
        QVERIFY(desktop.open("olga is here"));
    }

    void whoIsDisabledElsewhereIsSignedOut()
    {
        const QTemporaryDir home;
        Desktop desktop(home.path());
        QVERIFY(desktop.found("olga"));
        rc::Desk other({home.path(), {}});
        QVERIFY(other.open(OpenMode::ReadWrite));
        auto& people = other.identity();
        const auto olga = *people.context(*people.signIn(OperatorId("olga"), Passphrase(Secret)));
        const NewOperator who{OperatorId("ben"), "Ben", {Role::IncidentCommander}, Cost::Minimal};
        QVERIFY(people.addOperator(olga, who, Passphrase(Secret)));
        QVERIFY(desktop.signIn("ben", Secret));
        QVERIFY(desktop.open("ben is here"));
        QCOMPARE(desktop.signOuts, 0);
        QVERIFY(people.disable(olga, who.id, "has left"));
        // What he tries before the window has noticed is refused already.
        const auto refused = desktop.open("ben is still here").error().code;
        QVERIFY(refused == ErrorCode::PermissionDenied || refused == ErrorCode::NotSignedIn);
        QTRY_COMPARE(desktop.signOuts, 1);
        QCOMPARE(desktop.why, "The operator ben is disabled.");
        QTRY_COMPARE(desktop.store.incidents.size(), 1);
    }

    void aStoreThatVanishesIsSaidToBeLost()
    {
        const QTemporaryDir home;
        Desktop desktop(home.filePath("home"));
        QVERIFY(desktop.found("olga"));
        QVERIFY(desktop.open("before"));
        QTRY_COMPARE(desktop.store.incidents.size(), 1);
        QVERIFY(QFile::rename(home.filePath("home/store.db"), home.filePath("elsewhere")));
        QTRY_COMPARE(desktop.store.state, StoreState::Lost);
        QCOMPARE(desktop.store.incidents.size(), 1);
        QCOMPARE(desktop.open("into nowhere").error().code, ErrorCode::StoreError);
        QVERIFY(QFile::rename(home.filePath("elsewhere"), home.filePath("home/store.db")));
        QTRY_COMPARE(desktop.store.state, StoreState::Ready);
    }

    void aWallSeesWhetherAConsoleLives()
    {
        const QTemporaryDir home;
        auto console = std::make_unique<Desktop>(home.filePath("home"));
        QVERIFY(console->found("olga"));
        const Desktop wall(home.filePath("home"), EngineMode::Follow);
        QTRY_COMPARE(wall.systems.alive, 1);
        console.reset();
        QTRY_COMPARE(wall.systems.alive, 0);
    }

    void whatOneDeskDoesTheOtherSees()
    {
        const QTemporaryDir home;
        Desktop first(home.path());
        QVERIFY(first.found("olga"));
        Desktop second(home.path());
        Desktop wall(home.path(), EngineMode::Follow);
        QVERIFY(first.open("something happened"));
        QTRY_COMPARE(second.store.incidents.size(), 1);
        QTRY_COMPARE(wall.store.incidents.size(), 1);
        QCOMPARE(wall.store.state, StoreState::ReadOnly);
        QCOMPARE(wall.open("walls do nothing").error().code, ErrorCode::NotSignedIn);
    }

    void dismissedTroubleIsOverWhenItIsSeenToBeGone()
    {
        const QTemporaryDir home;
        Desktop desktop(home.path());
        QVERIFY(desktop.found("olga"));
        rc::Desk other({home.path(), {}});
        QVERIFY(other.open(OpenMode::ReadWrite));
        const auto device = DeviceSigner::load(home.path());
        const QList<SystemId> systems{SystemId("validator-1")};
        Proposal trouble;
        trouble.type = IncidentType::StateCorruption;
        trouble.systems = systems;
        trouble.fingerprint = proposalFingerprint(trouble.type, systems);
        QVERIFY(other.incidents().propose({trouble}, {}, **device));
        QVERIFY(desktop.ask([&](Engine& engine) { return engine.dismissProposal(trouble.fingerprint, "a drill"); }));

        test::FakeServer node;
        QFile inventory(home.filePath("inventory.yaml"));
        QVERIFY(inventory.open(QFile::WriteOnly));
        inventory.write("network: {name: paper, chain_id: paper-1, kind: practice}\nsystems:\n  - {id: validator-1, "
                        "type: node, chain: {kind: prozchain, endpoint: '" +
                        node.url().toUtf8() + "'}}\n");
        inventory.close();
        const auto last = [&] { return other.journal().read("proposals")->last().kind; };
        QTRY_VERIFY(!node.requests.isEmpty()); // and it does not answer yet
        const auto looked = desktop.systems.at;
        QTRY_VERIFY(!desktop.systems.health.isEmpty() && desktop.systems.at > looked);
        QCOMPARE(last(), "proposal_dismissed");
        answerAsNode(node);
        QTRY_COMPARE(last(), "proposal_over");
    }

    void aReplacedStoreSignsOutAndIsReadAnew()
    {
        const QTemporaryDir home;
        const QTemporaryDir other;
        {
            Desktop elsewhere(other.path());
            QVERIFY(elsewhere.found("mallory"));
        }
        Desktop desktop(home.path());
        QVERIFY(desktop.found("olga"));
        QTRY_COMPARE(desktop.store.operators.size(), 1);
        QVERIFY(QFile::remove(home.filePath("store.db")));
        QFile::remove(home.filePath("store.db-wal"));
        QFile::remove(home.filePath("store.db-shm"));
        QVERIFY(QFile::copy(other.filePath("store.db"), home.filePath("store.db")));
        QTRY_COMPARE(desktop.signOuts, 1);
        QTRY_COMPARE(desktop.store.operators.value(0).id.text(), "mallory");
    }

private:
    /// A chain of one node, which is well.
    static void answerAsNode(test::FakeServer& node)
    {
        const QString block(64, 'a');
        const QString state(64, 'b');
        const auto answer = [&](const QString& path, const QJsonObject& body) {
            node.answer(path, 200, canonicalJson(body));
        };
        answer("/header", {{"height", 812}, {"hash", block}, {"time_ms", 0}});
        answer("/state_root",
               {{"height", 812}, {"block_hash", block}, {"header_state_root", state}, {"computed_state_root", state}});
        answer("/health", {{"height", 812}, {"block_hash", block}, {"state_root", state}, {"block_age_ms", 420}});
        node.answerLate(node.answers["/health"]);
    }
};

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
