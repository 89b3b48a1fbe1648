// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/desk_story.h"
#include "ui/console/incident_view_model.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace rc;
using namespace rc::test;
using namespace rc::ui;

namespace {

const Actor Olga{OperatorId("olga"), {Role::IncidentCommander}};
const Actor Eve{OperatorId("eve"), {Role::Observer}};

/// A home with one incident that a procedure fits, and the page about it.
class Desktop
{
public:
    Desktop()
    {
        sight.store.incidents = {foundHome(m_engine, m_home.path())};
        sight.store.state = StoreState::Ready;
        sight.store.path = m_home.path();
        sight.actor = Olga;
    }
    ~Desktop() { m_engine.stop(); }
    Q_DISABLE_COPY_MOVE(Desktop)

    [[nodiscard]] QString file(const QString& name) const { return m_home.filePath(name); }
    void look(const std::optional<Actor>& actor)
    {
        sight.actor = actor;
        page.show(sight);
    }
    [[nodiscard]] QString valueOf(int parameter)
    {
        const auto role = page.parameters()->roleNames().key("value");
        return page.parameters()->data(page.parameters()->index(parameter, 0), role).toString();
    }

private:
    QTemporaryDir m_home;
    EngineThread m_engine{{m_home.path(), {}}, EngineMode::Act};

public:
    Sight sight;
    IncidentViewModel page{m_engine};
    OverviewViewModel overview{m_engine};
};

} // namespace

/// What the pages before a plan make of the answers of an engine.
class TestIncidentViewModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoMayStartIsJudgedForTheOneWhoIsSignedInNow()
    {
        Desktop desktop;
        desktop.look(Eve);
        desktop.page.setIncidentId("INC-1");
        QTRY_VERIFY(!desktop.page.planHash().isEmpty());
        QVERIFY2(desktop.page.reason().contains("incident_commander"), qPrintable(desktop.page.reason()));
        // Signing in writes nothing into the journal, and asks the engine for nothing.
        desktop.look(Olga);
        QCOMPARE(desktop.page.reason(), QString());
        desktop.look(std::nullopt);
        QCOMPARE(desktop.page.reason(), "Sign in first.");
        desktop.look(Eve);
        QVERIFY(!desktop.page.reason().isEmpty());
    }

    void anotherIncidentBeginsWithNothingOfTheLast()
    {
        Desktop desktop;
        desktop.look(Olga);
        QCOMPARE(desktop.page.reason(), "Choose an incident.");
        desktop.page.setIncidentId("INC-1");
        QTRY_VERIFY(!desktop.page.planHash().isEmpty());
        QVERIFY(desktop.page.steps()->count() > 0);
        desktop.page.setProcedure("state_corruption"); // its preview is on its way
        desktop.page.setIncidentId("INC-9");
        QCOMPARE(desktop.page.planHash(), QString());
        QCOMPARE(desktop.page.steps()->count(), 0);
        QCOMPARE(desktop.page.parameters()->count(), 0);
        QCOMPARE(desktop.page.procedures()->count(), 0);
        // The answer may have come already.
        QVERIFY(desktop.page.reading() || !desktop.page.trouble().isEmpty());
        QTRY_VERIFY(!desktop.page.trouble().isEmpty());
        QVERIFY(!desktop.page.reading());
        QCOMPARE(desktop.page.planHash(), QString());
        QCOMPARE(desktop.page.reason(), "Choose a procedure.");
        desktop.page.clearTrouble();
        QCOMPARE(desktop.page.trouble(), QString());
    }

    void theSameNumberInOtherDigitsIsNoOtherPlan()
    {
        Desktop desktop;
        desktop.look(Olga);
        desktop.page.setIncidentId("INC-1");
        QTRY_COMPARE(desktop.page.procedures()->count(), 2);
        desktop.page.setProcedure("state_corruption");
        QTRY_VERIFY(!desktop.page.planHash().isEmpty());
        const auto before = desktop.page.planHash();
        desktop.page.setParameter("target_height", "7");
        QVERIFY(desktop.page.planHash() != before); // what it shows would be started
        QTRY_VERIFY(!desktop.page.planHash().isEmpty());
        QTRY_COMPARE(desktop.page.reason(), QString());
        QCOMPARE(desktop.valueOf(0), "7");
        desktop.page.setParameter("target_height", "007");
        QCOMPARE(desktop.valueOf(0), "7");
        QCOMPARE(desktop.page.reason(), QString());
        desktop.page.setParameter("target_height", "");
        QCOMPARE(desktop.valueOf(0), "");
        QTRY_COMPARE(desktop.page.reason(), QString());
        desktop.page.setParameter("target_height", " ");
        QCOMPARE(desktop.page.reason(), QString());
    }

    void closingSaysWhoMayAndWhatIsOpen()
    {
        Desktop desktop;
        desktop.sight.now = systemTime();
        desktop.look(Olga);
        desktop.page.setIncidentId("INC-1");
        QCOMPARE(desktop.page.closeReason(), QString());
        QVERIFY2(desktop.page.closeText().endsWith("No plan was ever started for it."),
                 qPrintable(desktop.page.closeText()));
        desktop.look(Eve);
        QVERIFY2(desktop.page.closeReason().contains("incident_commander"), qPrintable(desktop.page.closeReason()));
        desktop.look(std::nullopt);
        QCOMPARE(desktop.page.closeReason(), "Sign in first.");
        desktop.sight.store.plans = {{PlanId("PLAN-7"), IncidentId("INC-1"), {}, PlanStatus::Aborted, {}, {}}};
        desktop.sight.systems.at = desktop.sight.now;
        System system;
        system.id = SystemId("validator-3");
        desktop.sight.systems.inventory.systems = {system};
        desktop.sight.systems.health = {SystemHealth{.id = SystemId("validator-3"), .state = HealthState::Unhealthy}};
        desktop.page.showTime(desktop.sight);
        QVERIFY2(desktop.page.closeText().endsWith("Its last plan, PLAN-7: aborted. validator-3 is unhealthy."),
                 qPrintable(desktop.page.closeText()));
    }

    void whatWasSaidIsChangedWithAReason()
    {
        Desktop desktop;
        desktop.look(Olga);
        desktop.page.setIncidentId("INC-1");
        auto& page = desktop.page;
        QCOMPARE(page.amendReason(), QString());
        QSignalSpy answers(&page, &IncidentViewModel::answered);
        const auto last = [&answers] { return answers.last()[1].toString(); };
        const auto title = page.incident().title;
        const auto systems = page.incident().systems;
        page.amend("INC-1", title, "yesterday", page.containedAt(), systems, "typo");
        QTRY_COMPARE(answers.count(), 1);
        QVERIFY2(last().startsWith("'yesterday' is no time"), qPrintable(last()));
        page.amend("INC-1", title, page.compromisedSince(), page.containedAt(), systems, "no change");
        QTRY_COMPARE(answers.count(), 2);
        QVERIFY2(last().contains("is so already"), qPrintable(last()));
        page.amend("INC-1", title, page.compromisedSince(), page.containedAt(), "nobody-9", "typo");
        QTRY_COMPARE(answers.count(), 3);
        QVERIFY2(last().contains("nobody-9"), qPrintable(last()));
        page.amend("INC-1", "Another title", "2026-01-02 03:04:05", "now", systems, "seen in the logs");
        QTRY_COMPARE(answers.count(), 4);
        QCOMPARE(last(), QString());
        desktop.look(std::nullopt);
        QCOMPARE(page.amendReason(), "Sign in first.");
    }

    void closingIsRecordedWithItsReason()
    {
        Desktop desktop;
        desktop.look(Olga);
        desktop.page.setIncidentId("INC-1");
        desktop.page.close("INC-1", " ");
        QVERIFY(desktop.page.busy());
        QTRY_VERIFY(!desktop.page.busy());
        QVERIFY2(desktop.page.trouble().contains("reason"), qPrintable(desktop.page.trouble()));
        desktop.page.close("INC-1", "a false alarm");
        QTRY_VERIFY(!desktop.page.busy());
        QCOMPARE(desktop.page.trouble(), QString());
        desktop.page.close("INC-1", "once more");
        QTRY_VERIFY(desktop.page.trouble().contains("closed already"));
    }

    void whatCannotBeReadIsNotSaidToBeNothing()
    {
        Desktop desktop;
        desktop.look(Olga);
        desktop.page.setIncidentId("INC-9");
        QTRY_VERIFY(!desktop.page.reading());
        QVERIFY2(desktop.page.trouble().contains("INC-9"), qPrintable(desktop.page.trouble()));
        QCOMPARE(desktop.page.noProcedures(), "Which procedures fit is not known: they cannot be read.");
        desktop.page.clearTrouble();
        QCOMPARE(desktop.page.noProcedures(), "Which procedures fit is not known: they cannot be read.");
        desktop.page.setIncidentId("INC-1");
        QTRY_COMPARE(desktop.page.procedures()->count(), 2);
        QCOMPARE(desktop.page.noProcedures(), "No procedure fits this type of incident.");
    }

    void proceduresAreReadAgainWhenTheyMayBeOthers()
    {
        Desktop desktop;
        desktop.look(Olga);
        desktop.page.setIncidentId("INC-1");
        QTRY_COMPARE(desktop.page.procedures()->count(), 2);
        desktop.page.setProcedure("state_corruption");
        desktop.page.setParameter("target_height", "7");
        QTRY_VERIFY(!desktop.page.planHash().isEmpty());
        QVERIFY(QFile::remove(desktop.file("procedures/paper.yaml")));
        desktop.page.readAgain(); // the page is opened again
        QTRY_COMPARE(desktop.page.procedures()->count(), 1);
        QCOMPARE(desktop.page.procedure(), "state_corruption"); // what was chosen stays, with what was typed for it
        QCOMPARE(desktop.valueOf(0), "7");
        writeInto(desktop.file("procedures/paper.yaml"), paperProcedure());
        ++desktop.sight.store.records; // somebody wrote into the journal: a review, perhaps
        desktop.page.show(desktop.sight);
        QTRY_COMPARE(desktop.page.procedures()->count(), 2);
        QCOMPARE(desktop.page.procedure(), "state_corruption");
    }

    /// What is started by one key is what somebody has chosen.
    void anotherProcedureIsNotChosenInThePlaceOfOneThatIsGone()
    {
        Desktop desktop;
        desktop.look(Olga);
        desktop.page.setIncidentId("INC-1");
        QTRY_COMPARE(desktop.page.procedures()->count(), 2);
        desktop.page.setProcedure("paper");
        QTRY_COMPARE(desktop.page.reason(), QString());
        QVERIFY(QFile::remove(desktop.file("procedures/paper.yaml")));
        const QString gone("Procedure 'Paper work' is not among them any more. Choose a procedure.");
        for (int i = 0; i < 2; ++i) { // it stays so
            desktop.page.readAgain();
            QTRY_VERIFY(!desktop.page.reading());
            QCOMPARE(desktop.page.procedures()->count(), 1);
            QCOMPARE(desktop.page.procedure(), QString());
            QCOMPARE(desktop.page.reason(), gone);
            QCOMPARE(desktop.page.planHash(), QString());
            QCOMPARE(desktop.page.steps()->count(), 0);
        }
        writeInto(desktop.file("procedures/paper.yaml"), paperProcedure());
        desktop.page.readAgain();
        QTRY_COMPARE(desktop.page.procedures()->count(), 2);
        QCOMPARE(desktop.page.procedure(), QString());
        QCOMPARE(desktop.page.reason(), "Choose a procedure.");
        desktop.page.setProcedure("paper");
        QTRY_COMPARE(desktop.page.reason(), QString());
        // Another incident begins with its first.
        desktop.page.setIncidentId({});
        desktop.page.setIncidentId("INC-1");
        QTRY_VERIFY(!desktop.page.procedure().isEmpty());
    }

    void aReportThatCannotBeWrittenIsSaid()
    {
        Desktop desktop;
        desktop.look(Olga);
        desktop.page.setIncidentId("INC-9");
        QTRY_VERIFY(!desktop.page.reading());
        desktop.page.clearTrouble();
        desktop.page.writeReport();
        QTRY_VERIFY(!desktop.page.trouble().isEmpty());
        QVERIFY(!desktop.page.busy());
        QCOMPARE(desktop.page.reportPath(), QString());
    }

    void whoMayAnswerAProposalIsSaid()
    {
        Desktop desktop;
        const auto reasons = [&](const std::optional<Actor>& actor) {
            desktop.sight.actor = actor;
            desktop.overview.show(desktop.sight);
            return std::pair(desktop.overview.confirmReason(), desktop.overview.dismissReason());
        };
        QCOMPARE(reasons(Olga), std::pair(QString(), QString()));
        QCOMPARE(reasons(std::nullopt).first, "Sign in first.");
        QVERIFY2(reasons(Eve).first.contains("eve only observes"), qPrintable(reasons(Eve).first));
        const Actor nora{OperatorId("nora"), {Role::NodeOperator}};
        QCOMPARE(reasons(nora).first, QString());
        QVERIFY2(reasons(nora).second.contains("security_analyst"), qPrintable(reasons(nora).second));
        QCOMPARE(reasons(Olga), std::pair(QString(), QString()));
        QSignalSpy answers(&desktop.overview, &OverviewViewModel::answered);
        const int act = desktop.overview.dismiss("nothing like this", "a false alarm");
        QCOMPARE(desktop.overview.confirmReason(), "An answer is being recorded.");
        QCOMPARE(desktop.overview.dismissReason(), "An answer is being recorded.");
        QTRY_COMPARE(answers.count(), 1);
        QCOMPARE(answers[0][0].toInt(), act);
        QCOMPARE(answers[0][1].toString(), desktop.overview.trouble());
        QCOMPARE(desktop.overview.dismissReason(), QString());
    }

    void aStoreThatCannotBeReadIsNotSaidToBeEmpty()
    {
        Desktop desktop;
        StoreView store;
        desktop.overview.showStore(store);
        QCOMPARE(desktop.overview.noIncidents(), "Looking …");
        store.state = StoreState::Unusable;
        store.trouble = "The file is no database.";
        desktop.overview.showStore(store);
        QCOMPARE(desktop.overview.noIncidents(), "It is not known: The file is no database.");
        QCOMPARE(desktop.overview.noSystems(), "It is not known: The file is no database.");
        QVERIFY(!desktop.overview.readable());
        store.state = StoreState::Ready;
        desktop.overview.showStore(store);
        QCOMPARE(desktop.overview.noIncidents(), "No incident has been opened.");
        QVERIFY(desktop.overview.readable());
    }

    void aLostRaceIsSaidUntilItIsPutAway()
    {
        Desktop desktop;
        desktop.overview.confirm("nothing like this is proposed");
        QTRY_VERIFY(!desktop.overview.trouble().isEmpty());
        desktop.overview.clearTrouble();
        QCOMPARE(desktop.overview.trouble(), QString());
        desktop.overview.dismiss("nor this", "a reason");
        QTRY_VERIFY(!desktop.overview.trouble().isEmpty());
    }

    void onlyWhatChangedIsTold()
    {
        Desktop desktop;
        desktop.overview.showStore(desktop.sight.store);
        desktop.sight.now = systemTime();
        desktop.sight.systems.at = desktop.sight.now;
        desktop.overview.show(desktop.sight);
        const QSignalSpy changes(&desktop.overview, &OverviewViewModel::changed);
        desktop.sight.now += std::chrono::seconds(1);
        desktop.overview.show(desktop.sight);
        QCOMPARE(changes.count(), 0);
        desktop.sight.now += std::chrono::seconds(33);
        desktop.overview.show(desktop.sight);
        QCOMPARE(changes.count(), 1);
        QVERIFY2(desktop.overview.systemsTrouble().contains("34 s"), qPrintable(desktop.overview.systemsTrouble()));
    }
};

QTEST_GUILESS_MAIN(TestIncidentViewModel)
#include "tst_incident_view_model.moc"
