// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import ProzChain.Console
import ProzChain.Stories

Rectangle {
    id: stage
    width: 1088
    height: 640
    color: Theme.window

    IncidentPage {
        id: page
        anchors.fill: parent
        model: Stories.incident
    }

    TestCase {
        name: "Incident"
        when: windowShown

        function init() {
            failOnWarning(/.?/);
        }

        function test_nobodyStartsWithoutAnIncident() {
            Stories.network(1, 0);
            waitForRendering(stage);
            const start = findChild(page, "startPlan") as AppButton;
            verify(!start.enabled);
            verify(start.reason !== "", "a button that cannot be pressed says why");
        }

        function test_aLongTitleIsText() {
            Stories.network(1, 1);
            Stories.incident.incidentId = "INC-1";
            Stories.rename(Stories.longName);
            waitForRendering(stage);
            compare(check.complaints(findChild(page, "chosen"), Stories.longName), "");
        }

        function test_beforeAChoiceThereIsOneSentence() {
            Stories.incident.incidentId = "";
            Stories.network(1, 1);
            verify(findChild(page, "nothingChosen").visible);
            compare(findChild(page, "chosen").opacity, 0);
            verify(!findChild(page, "chosen").enabled);
            Stories.incident.incidentId = "INC-1";
            verify(!findChild(page, "nothingChosen").visible);
            compare(findChild(page, "chosen").opacity, 1);
        }

        function test_aPlanThatIsOverCanBeOpenedAgain() {
            Stories.network(1, 1);
            Stories.incident.incidentId = "INC-1";
            const last = findChild(page, "lastPlan") as AppButton;
            verify(!last.visible);
            Stories.endPlan("PLAN-7");
            verify(last.visible);
            compare(last.text, "Open plan PLAN-7");
            last.forceActiveFocus();
            chosen.clear();
            keyClick(Qt.Key_Return);
            compare(chosen.count, 1);
            compare(chosen.signalArguments[0][0], "PLAN-7");
        }

        function test_aProcedureIsChosenByKey() {
            Stories.foundHome();
            Stories.incident.incidentId = "";
            Stories.incident.incidentId = "INC-1";
            const procedures = findChild(page, "procedures") as ListView;
            tryCompare(procedures, "count", 2);
            compare(Stories.incident.procedure, "paper");
            waitForRendering(stage);
            procedures.forceActiveFocus();
            compare(check.frames(procedures), 1);
            keyClick(Qt.Key_Down);
            compare(check.frames(procedures.itemAtIndex(1)), 1);
            compare(Stories.incident.procedure, "paper");
            keyClick(Qt.Key_Return);
            compare(Stories.incident.procedure, "state_corruption");
            const preview = findChild(page, "preview") as ListView;
            preview.forceActiveFocus();
            compare(check.frames(preview), 1);
        }

        function test_aClickOnAProcedureGivesTheKeyboard() {
            Stories.foundHome();
            Stories.incident.incidentId = "";
            Stories.incident.incidentId = "INC-1";
            const procedures = findChild(page, "procedures") as ListView;
            tryCompare(procedures, "count", 2);
            waitForRendering(stage);
            (findChild(page, "incidentReport") as AppButton).forceActiveFocus();
            mouseClick(procedures.itemAtIndex(1));
            compare(Stories.incident.procedure, "state_corruption");
            verify(procedures.activeFocus);
            keyClick(Qt.Key_Return);
            compare(Stories.incident.procedure, "state_corruption", "the keyboard is where the click was");
            keyClick(Qt.Key_Up);
            keyClick(Qt.Key_Return);
            compare(Stories.incident.procedure, "paper");
        }

        function test_whatWasSaidIsChangedInOneQuestion() {
            Stories.foundHome();
            Stories.incident.incidentId = "";
            Stories.incident.incidentId = "INC-1";
            tryVerify(() => !Stories.incident.reading);
            const change = findChild(page, "amendIncident") as AppButton;
            verify(change.visible && change.enabled, change.reason);
            change.forceActiveFocus();
            keyClick(Qt.Key_Return);
            tryVerify(() => findChild(page, "amendSince") !== null);
            const since = findChild(page, "amendSince") as AppField;
            compare(since.text, Stories.incident.compromisedSince);
            since.text = "never";
            const yes = findChild(page, "amendYes") as AppButton;
            verify(!yes.enabled, "without a reason nothing is changed");
            (findChild(page, "amendWhy") as AppField).text = "seen in the logs";
            yes.forceActiveFocus();
            keyClick(Qt.Key_Return);
            const refusal = findChild(page, "refusal") as Banner;
            tryVerify(() => refusal.visible && refusal.text.includes("'never' is no time"));
            compare(since.text, "never", "what was typed stays");
            keyClick(Qt.Key_Escape);
        }

        function test_anIncidentIsClosedWithAReason() {
            Stories.foundHome();
            Stories.incident.incidentId = "";
            Stories.incident.incidentId = "INC-1";
            tryVerify(() => !Stories.incident.reading);
            const close = findChild(page, "closeIncident") as AppButton;
            verify(close.visible && close.enabled, close.reason);
            close.forceActiveFocus();
            keyClick(Qt.Key_Return);
            const sentence = findChild(page, "sentence") as AppField;
            tryVerify(() => sentence.activeFocus);
            verify((findChild(page, "before") as AppText).text.includes("It cannot be opened again."));
            keyClick(Qt.Key_Return);
            verify(!Stories.incident.busy, "no reason, no end");
            keyClick("o");
            keyClick("k");
            keyClick(Qt.Key_Return);
            tryVerify(() => !Stories.incident.busy);
            compare(Stories.incident.trouble, "");
            Stories.incident.close("INC-1", "once more");
            tryVerify(() => Stories.incident.trouble.includes("closed already"));
            const banner = findChild(page, "trouble") as Banner;
            verify(banner.visible);
            close.forceActiveFocus();
            keyClick(Qt.Key_Return);
            tryVerify(() => sentence.activeFocus);
            keyClick("o");
            keyClick(Qt.Key_Return);
            const refusal = findChild(page, "refusal") as Banner;
            tryVerify(() => refusal.visible && refusal.text.includes("closed already"));
            verify(!banner.visible, "it is said once");
            keyClick(Qt.Key_Escape);
            tryVerify(() => !sentence.activeFocus);
            verify(banner.visible);
            Stories.incident.clearTrouble();
        }

        function test_whatCannotBeReadIsNotSaidToBeNothing() {
            Stories.foundHome();
            Stories.incident.incidentId = "";
            Stories.incident.incidentId = "INC-9";
            const face = findChild(page, "noProcedures") as EmptyState;
            tryVerify(() => face.text.includes("not known"));
            tryVerify(() => (findChild(page, "noSteps") as EmptyState).visible, 5000, "an empty preview has a face");
            Stories.incident.incidentId = "INC-1";
            tryVerify(() => !face.visible);
            tryVerify(() => !(findChild(page, "noSteps") as EmptyState).visible);
        }

        function test_aPageThatIsShownAgainReadsAgain() {
            Stories.foundHome();
            Stories.incident.incidentId = "";
            Stories.incident.incidentId = "INC-1";
            const procedures = findChild(page, "procedures") as ListView;
            tryCompare(procedures, "count", 2);
            page.enabled = false; // another page is shown
            Stories.hideProcedure(true);
            page.enabled = true;
            tryCompare(procedures, "count", 1);
            Stories.hideProcedure(false);
            Stories.incident.readAgain();
            tryCompare(procedures, "count", 2);
        }

        function test_theReportOfTheIncidentIsOneButtonAway() {
            Stories.foundHome();
            Stories.incident.incidentId = "";
            Stories.incident.incidentId = "INC-1";
            const button = findChild(page, "incidentReport") as AppButton;
            const banner = findChild(page, "incidentReportWritten") as Banner;
            verify(!banner.visible);
            button.clicked();
            tryVerify(() => banner.visible, 30000);
            verify(banner.text.includes("/reports/INC-1 "), banner.text);
            banner.closed();
            verify(!banner.visible);
        }

        function test_theKeyboardComesToTheProcedures() {
            Stories.incident.incidentId = "";
            verify(!page.takeFocus(), "there is nothing to go to");
            Stories.foundHome();
            Stories.incident.incidentId = "INC-1";
            verify(page.takeFocus());
            const procedures = findChild(page, "procedures") as ListView;
            verify(procedures.activeFocus);
            tryCompare(procedures, "count", 2);
            compare(check.frames(procedures), 1);
        }

        TextCheck {
            id: check
        }

        SignalSpy {
            id: chosen
            target: page
            signalName: "planChosen"
        }
    }
}
