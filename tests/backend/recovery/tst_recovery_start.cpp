// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/network_toolbox.h"
#include "backend/recovery/reviews.h"
#include "backend/recovery/streams.h"
#include "tests/backend/recovery/recovery_fixture.h"

using namespace rc;
using namespace rc::test;

namespace {

/// A RecoveryService of a workplace over the procedures that ship, which lets something else happen when it looks at
/// them for the n-th time.
class Starter
{
public:
    explicit Starter(Workplace& place)
        : service({place.journal(), place.identity(),
                   [this]() -> ProcedureLibrary& {
                       if (--looks == 0) {
                           meanwhile();
                       }
                       return m_procedures;
                   },
                   place.incidents(), NetworkToolbox::capabilities()})
        , m_procedures(ProcedureLibrary::load({}))
    {
    }

    int looks = 0;
    std::function<void()> meanwhile;
    RecoveryService service;

private:
    ProcedureLibrary m_procedures;
};

StartRequest request(const IncidentId& incident = IncidentId("INC-1"))
{
    StartRequest request;
    request.incident = incident;
    request.procedure = ProcedureId("state_corruption");
    return request;
}

} // namespace

class TestRecoveryStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofTwoStartsAtOnceOneWins_data()
    {
        QTest::addColumn<int>("look");
        QTest::newRow("before the open plans are read") << 1;
        QTest::newRow("after the open plans were read") << 2;
    }
    void ofTwoStartsAtOnceOneWins()
    {
        QFETCH(int, look);
        auto&& [home, here, there, me, other] = TwoConsoles();
        here.openIncident(me);
        Starter mine(here);
        Starter theirs(there);
        QVERIFY(mine.service.reviewInventory(me, RecoveryHome::inventory()));
        mine.looks = look;
        mine.meanwhile = [&] {
            QCOMPARE(told(theirs.service.startRecovery(other, request(), RecoveryHome::inventory())), "done");
        };
        QCOMPARE(told(mine.service.startRecovery(me, request(), RecoveryHome::inventory())), "wrong_state");
        QVERIFY(mine.looks <= 0);
        QCOMPARE(Store::must(here.recovery().store().openPlansOf(IncidentId("INC-1"))).size(), 1);
    }

    void aPlanIsNotStartedForAnIncidentThatIsBeingClosed()
    {
        auto&& [home, here, there, me, other] = TwoConsoles();
        here.openIncident(me);
        Starter mine(here);
        QVERIFY(mine.service.reviewInventory(me, RecoveryHome::inventory()));
        mine.looks = 2;
        mine.meanwhile = [&] {
            QCOMPARE(told(there.incidents().close(other, IncidentId("INC-1"), "a false alarm")), "done");
        };
        QCOMPARE(told(mine.service.startRecovery(me, request(), RecoveryHome::inventory())), "wrong_state");
        QVERIFY(Store::must(here.recovery().store().list()).isEmpty());
    }

    void whatNobodyWithARoleReviewedDoesNotRun_data()
    {
        QTest::addColumn<QString>("word");
        QTest::newRow("nobody") << QString();
        QTest::newRow("an observer's row") << QString(kind::InventoryReviewed);
        QTest::newRow("a person's word that the program made it") << QString(kind::InventoryGenerated);
    }
    void whatNobodyWithARoleReviewedDoesNotRun()
    {
        QFETCH(QString, word);
        auto&& [home, here, me] = OneConsole();
        const auto observer = here.signIn(eve);
        here.openIncident(me);
        Starter mine(here);
        QCOMPARE(mine.service.reviewInventory(observer, RecoveryHome::inventory()).error().code,
                 ErrorCode::PermissionDenied);
        if (!word.isEmpty()) {
            QVERIFY(here.journal().append(
                {{{stream::Reviews, word, Reviews::bodyFor(RecoveryHome::inventory())}}, {}, {}}, *observer.session));
        }
        QCOMPARE(told(mine.service.startRecovery(me, request(), RecoveryHome::inventory())), "not_reviewed");
        QVERIFY(mine.service.reviewInventory(me, RecoveryHome::inventory()));
        QCOMPARE(told(mine.service.startRecovery(me, request(), RecoveryHome::inventory())), "done");
    }

    void whatTheDeviceMadeIsNoProcedure()
    {
        RecoveryHome home;
        Workplace here(home);
        const auto device = Store::must(DeviceSigner::load(home.path()));
        const QString hash = sha256Hex("a procedure");
        QVERIFY(here.journal().append(
            {{{stream::Reviews, kind::InventoryGenerated, QJsonObject{{"hash", hash}}}}, {}, {}}, *device));
        QVERIFY(Store::must(Reviews(here.journal()).hasInventory(hash)));
        QVERIFY(!Store::must(Reviews(here.journal()).hasProcedure(hash)));
    }

    void theSameInventoryInAnotherFolderIsAnotherOne()
    {
        auto&& [home, here, me] = OneConsole();
        here.openIncident(me);
        Starter mine(here);
        const QByteArray text = "network: {name: paper, chain_id: paper-1, kind: practice}\n"
                                "systems:\n"
                                "  - {id: validator-3, type: service, manager: {kind: process, program: ./run}}\n";
        const auto reviewed = Store::must(readInventory(text, "/net/inventory.yaml"));
        const auto elsewhere = Store::must(readInventory(text, "/evil/inventory.yaml"));
        QVERIFY(mine.service.reviewInventory(me, reviewed));
        QCOMPARE(told(mine.service.startRecovery(me, request(), elsewhere)), "not_reviewed");
        const auto plan = Store::must(mine.service.startRecovery(me, request(), reviewed));
        QCOMPARE(Store::must(mine.service.pinnedInventory(plan)), reviewed.inventory);
    }

    void aStoreIsForTheKindOfItsFirstNetwork_data()
    {
        QTest::addColumn<NetworkKind>("first");
        QTest::addColumn<NetworkKind>("second");
        QTest::newRow("practice, then live") << NetworkKind::Practice << NetworkKind::Live;
        QTest::newRow("live, then practice") << NetworkKind::Live << NetworkKind::Practice;
    }
    void aStoreIsForTheKindOfItsFirstNetwork()
    {
        QFETCH(NetworkKind, first);
        QFETCH(NetworkKind, second);
        auto&& [home, here, me] = OneConsole();
        here.openIncident(me);
        Starter mine(here);
        auto inventory = RecoveryHome::inventory();
        inventory.inventory.network.kind = first;
        QVERIFY(mine.service.reviewInventory(me, inventory));
        auto other = inventory;
        other.inventory.network.kind = second;
        QCOMPARE(mine.service.reviewInventory(me, other).error().code, ErrorCode::WrongState);
        QCOMPARE(told(mine.service.startRecovery(me, request(), other)), "wrong_state");
        QCOMPARE(told(mine.service.startRecovery(me, request(), inventory)), "done");
        QVERIFY(Reviews(here.journal()).checkNetwork({"another", "x", first}));
    }

    void startsOfDifferentIncidentsGetDifferentNumbers()
    {
        auto&& [home, here, there, me, other] = TwoConsoles();
        here.openIncident(me);
        here.openIncident(me);
        Starter mine(here);
        Starter theirs(there);
        QVERIFY(mine.service.reviewInventory(me, RecoveryHome::inventory()));
        mine.looks = 2;
        mine.meanwhile = [&] {
            QCOMPARE(told(theirs.service.startRecovery(other, request(IncidentId("INC-2")), RecoveryHome::inventory())),
                     "done");
        };
        QCOMPARE(told(mine.service.startRecovery(me, request(), RecoveryHome::inventory())), "done");
        QCOMPARE(Store::must(here.recovery().store().list()).size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestRecoveryStart)
#include "tst_recovery_start.moc"
