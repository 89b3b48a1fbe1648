// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recovery/network_toolbox.h"
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
        RecoveryHome home;
        Workplace here(home);
        Workplace there(home);
        const auto me = here.signIn(olga);
        const auto other = there.signIn(olga);
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
        RecoveryHome home;
        Workplace here(home);
        Workplace there(home);
        const auto me = here.signIn(olga);
        const auto other = there.signIn(olga);
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

    void startsOfDifferentIncidentsGetDifferentNumbers()
    {
        RecoveryHome home;
        Workplace here(home);
        Workplace there(home);
        const auto me = here.signIn(olga);
        const auto other = there.signIn(olga);
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
