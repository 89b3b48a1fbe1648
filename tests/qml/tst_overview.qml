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

    OverviewPage {
        id: page
        anchors.fill: parent
        model: Stories.overview
    }

    TestCase {
        id: test
        name: "Overview"
        when: windowShown

        function list(name: string): ListView {
            return findChild(page, name) as ListView;
        }

        function init() {
            failOnWarning(/.?/);
        }

        function test_nothingYet() {
            Stories.network(0, 0);
            compare(list("systems").count, 0);
            compare(list("incidents").count, 0);
            waitForRendering(stage);
        }

        function test_oneOfEach() {
            Stories.network(1, 1);
            compare(list("systems").count, 1);
            compare(list("incidents").count, 1);
            waitForRendering(stage);
        }

        function test_fiveThousand() {
            Stories.network(5000, 5000);
            compare(list("systems").count, 5000);
            waitForRendering(stage);
            verify(list("systems").contentItem.children.length < 60, "lines are made for what is seen only");
            list("systems").positionViewAtEnd();
            waitForRendering(stage);
            Stories.breakSystem(4999, "computed state root differs");
            compare(list("systems").itemAtIndex(0) === null, true);
            list("systems").positionViewAtBeginning();
            tryVerify(() => list("systems").itemAtIndex(0) !== null);
            compare((list("systems").itemAtIndex(0) as SystemLine).stateText, "Unhealthy");
        }

        function test_namesAreText_data() {
            return [{
                    "tag": "long, with markup",
                    "name": Stories.longName
                }, {
                    "tag": "right to left",
                    "name": Stories.rightToLeft
                }];
        }

        function test_namesAreText(data) {
            Stories.network(2, 1);
            Stories.rename(data.name);
            waitForRendering(stage);
            const line = list("systems").itemAtIndex(0) as SystemLine;
            compare(check.complaints(line, data.name), "");
            compare(check.complaints(list("incidents").itemAtIndex(0), data.name), "");
            verify(line.width <= list("systems").width, "a long name does not widen its line");
            compare((list("incidents").itemAtIndex(0) as IncidentLine).width, list("incidents").width);
        }

        function test_keyboardOpensAnIncident() {
            Stories.network(1, 3);
            waitForRendering(stage);
            const incidents = list("incidents");
            incidents.forceActiveFocus();
            incidents.currentIndex = 0;
            spy.clear();
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Return);
            compare(spy.count, 1);
            compare(spy.signalArguments[0][0], (incidents.itemAtIndex(1) as IncidentLine).key);
        }

        function test_theListOfSystemsMovesByKeyAndShowsItsFocus() {
            Stories.network(100, 1);
            waitForRendering(stage);
            const systems = list("systems");
            systems.forceActiveFocus();
            compare(check.frames(systems), 1);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_PageDown);
            verify(systems.contentY > systems.height, "the list has moved");
            keyClick(Qt.Key_PageUp);
            keyClick(Qt.Key_Up);
            compare(systems.contentY, systems.originY);
            list("incidents").forceActiveFocus();
            compare(check.frames(systems), 0);
        }

        function test_hashesKeepTheirEndsAndAreCopiedWhole() {
            const one = "9f2c41aa" + "0".repeat(48) + "03b7e5d1";
            const reason = "state differs: computed " + one + ", quorum " + "f".repeat(64);
            Stories.network(2, 0);
            Stories.breakSystem(0, reason);
            waitForRendering(stage);
            const line = list("systems").itemAtIndex(0) as SystemLine;
            const why = findChild(line, "why") as LongText;
            verify(why.text.includes("9f2c41aa…03b7e5d1, quorum ffffffff…ffffffff"), why.text);
            verify(why.lineCount === 1, "two hashes fit a line");
            verify(!line.Accessible.name.includes(one), "nobody is read 64 digits");
            why.forceActiveFocus();
            compare(check.frames(why), 1);
            const tip = findChild(why, "whole") as AppTip;
            tryVerify(() => tip.opened);
            verify(tip.text.includes(one));
            keySequence(StandardKey.Copy);
            verify(Stories.clipboard().includes(reason), Stories.clipboard());
            Stories.breakSystem(0, "healed meanwhile");
            verify(why.activeFocus, "what has the focus keeps it");
            list("incidents").forceActiveFocus();
            tryVerify(() => !tip.opened);
        }

        function test_aReasonThatHasNoRoomIsInItsTip() {
            const reason = "the state cannot be read because the disk answers too late ".repeat(12);
            Stories.network(2, 0);
            Stories.breakSystem(0, reason);
            waitForRendering(stage);
            const line = list("systems").itemAtIndex(0) as SystemLine;
            compare(check.cutSilently(line), []);
            const why = findChild(line, "why") as LongText;
            verify(why.truncated);
            why.forceActiveFocus();
            const tip = findChild(why, "whole") as AppTip;
            tryVerify(() => tip.opened);
            verify(tip.text.includes(reason.trim()), tip.text);
            list("incidents").forceActiveFocus();
            tryVerify(() => !tip.opened);
        }

        function test_anIncidentWithoutSystemsEndsInNoDot() {
            Stories.network(1, 1);
            waitForRendering(stage);
            const texts = check.texts(list("incidents").itemAtIndex(0)).map(text => text.text);
            verify(texts.includes("High"), texts.join(" | "));
        }

        function test_severalOpenPlansAreListedAndOpened() {
            Stories.startPlans(1);
            waitForRendering(stage);
            verify(!list("plans").visible);
            Stories.startPlans(3);
            waitForRendering(stage);
            verify(list("plans").visible);
            compare(list("plans").count, 3);
            page.takeFocus();
            verify(list("plans").activeFocus);
            compare(check.frames(list("plans").currentItem), 1);
            plans.clear();
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Enter, Qt.KeypadModifier);
            compare(plans.count, 1);
            compare(plans.signalArguments[0][0], "PLAN-2");
        }

        function test_theKeyboardComesToTheFirstListWithSomethingInIt() {
            Stories.network(1, 0);
            page.takeFocus();
            verify(list("systems").activeFocus);
            Stories.network(1, 2);
            page.takeFocus();
            verify(list("incidents").activeFocus);
            tryVerify(() => check.frames(list("incidents")) === 1);
        }

        /// The key that signed in, pressed once too often, opens nothing.
        function test_theKeyboardIsNeverPutOnAButton() {
            Stories.network(2, 0);
            Stories.propose("validator-3 diverged");
            Stories.overview.clearTrouble();
            waitForRendering(stage);
            page.takeFocus();
            verify(list("systems").activeFocus);
            keyClick(Qt.Key_Return);
            compare(Stories.overview.trouble, "");
            compare(Stories.overview.confirmReason, "", "nothing is on its way");
        }

        function test_aProposalIsDismissedWithAReason() {
            Stories.foundHome();
            Stories.propose("validator-3 diverged");
            waitForRendering(stage);
            const dismiss = findChild(page, "dismissProposal") as AppButton;
            verify(dismiss.enabled, dismiss.reason);
            dismiss.forceActiveFocus();
            keyClick(Qt.Key_Return);
            const sentence = findChild(page, "sentence") as AppField;
            tryVerify(() => sentence.activeFocus);
            keyClick(Qt.Key_Return);
            compare(Stories.overview.dismissReason, "", "no reason, no answer");
            keyClick("n");
            keyClick("o");
            answered.clear();
            keyClick(Qt.Key_Return);
            tryCompare(answered, "count", 1);
            const refusal = findChild(page, "refusal") as Banner;
            verify(refusal.visible && refusal.text.includes("f-1"), "this store knows of no such proposal");
            compare(sentence.text, "no");
            verify(sentence.activeFocus);
            verify(dismiss.enabled);
            const banner = findChild(page, "trouble") as Banner;
            verify(!banner.visible, "it is said once");
            keyClick(Qt.Key_Escape);
            tryVerify(() => !sentence.activeFocus);
            verify(banner.visible);
            Stories.overview.clearTrouble();
        }

        function test_whoMayNotAnswerReadsWhy() {
            Stories.network(1, 0);
            Stories.propose("validator-3 diverged", "nora");
            waitForRendering(stage);
            const dismiss = findChild(page, "dismissProposal") as AppButton;
            verify((findChild(page, "confirmProposal") as AppButton).enabled);
            verify(!dismiss.enabled && dismiss.reason.includes("security_analyst"), dismiss.reason);
            Stories.propose("validator-3 diverged", "eve");
            verify(!(findChild(page, "confirmProposal") as AppButton).enabled);
        }

        function test_aStoreThatCannotBeReadIsNotSaidToBeEmpty() {
            Stories.uselessStore("The file is no database.");
            waitForRendering(stage);
            const shown = check.texts(page).filter(text => text.visible).map(text => text.text);
            compare(shown.filter(text => text === "It is not known: The file is no database.").length, 2);
            verify(!shown.some(text => text.startsWith("No incident")), shown.join(" | "));
        }

        function test_ageIsColouredByStaleness() {
            Stories.network(1, 0);
            Stories.lastLook(12);
            waitForRendering(stage);
            const line = list("systems").itemAtIndex(0) as SystemLine;
            const age = check.texts(line).find(text => text.text === "12 s");
            compare(age.color, Theme.quiet, "a probe every ten seconds is no reason to worry");
            Stories.silence(34);
            compare(age.color, Theme.caution);
            compare(line.stateText, "Stale");
        }

        function test_aLostRaceIsSaidAboveTheCards() {
            Stories.foundHome();
            const banner = findChild(page, "trouble") as Banner;
            verify(!banner.visible);
            Stories.overview.confirm("nothing like this is proposed");
            tryVerify(() => banner.visible);
            verify(banner.text !== "");
            banner.closed();
            verify(!banner.visible);
        }

        TextCheck {
            id: check
        }

        SignalSpy {
            id: spy
            target: page
            signalName: "incidentChosen"
        }

        SignalSpy {
            id: answered
            target: Stories.overview
            signalName: "answered"
        }

        SignalSpy {
            id: plans
            target: page
            signalName: "planChosen"
        }
    }
}
