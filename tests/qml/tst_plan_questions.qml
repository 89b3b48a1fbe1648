// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import ProzChain.Console
import ProzChain.Stories

PlanStage {
    id: stage

    TextCheck {
        id: check
    }

    PlanCase {
        name: "PlanQuestions"
        when: windowShown
        stage: stage

        function test_whoMayNotReadsWhy() {
            Stories.situation("running elsewhere", "eve");
            for (const name of ["note", "takeOver", "handOver", "pause", "abort"]) {
                const button = findChild(page, name) as AppButton;
                verify(button.visible && !button.enabled, name);
                verify(button.Accessible.name.includes(button.reason) && button.reason !== "", name);
            }
            look("restore");
            keyClick(Qt.Key_N);
            keyClick(Qt.Key_P);
            compare(question(), null);
        }

        function test_whoRunsItElsewhereIsSeenWhole() {
            Stories.situation("running elsewhere");
            waitForRendering(stage);
            const lead = findChild(page, "lead") as AppText;
            verify(lead.text.includes("run by olga elsewhere"), lead.text);
            verify(!lead.truncated);
            let right = 0;
            for (const name of ["report", "note", "handOver", "takeOver", "pause", "abort"]) {
                const button = findChild(page, name) as AppButton;
                verify(button.x >= right, name + " has a place of its own");
                right = button.x + button.width;
            }
            verify(right <= page.width);
        }

        function test_whatHasNoRoomIsInATip() {
            Stories.situation("running elsewhere");
            Stories.runOn("a-machine-with-a-very-long-name.of-the-second-data-centre.example.org");
            waitForRendering(stage);
            const lead = findChild(page, "lead") as LongText;
            verify(lead.truncated);
            lead.forceActiveFocus();
            const tip = findChild(lead, "whole") as AppTip;
            tryVerify(() => tip.opened);
            verify(tip.text.includes("data-centre.example.org, process 4711"), tip.text);
            Stories.runOn("desk");
            verify(!lead.truncated);
            tryVerify(() => !tip.opened, 5000, "what is seen whole has no tip");
            verify(findChild(page, "time") instanceof LongText);
        }

        function test_whatWasBroughtIsKeptWhateverCameOfIt_data() {
            return [["by hand", Qt.Key_Space, "complete look, not done: why7"], ["interrupted", Qt.Key_J, "complete look, not done: why7"]].map(row => ({
                            "tag": row[0],
                            "key": row[1],
                            "act": row[2]
                        }));
        }

        function test_whatWasBroughtIsKeptWhateverCameOfIt(data) {
            Stories.situation(data.tag + ", with a height");
            look("look");
            keyClick(data.key);
            tryVerify(() => question() !== null);
            type("why");
            (part("wanted") as WantedField).text = "7";
            (part("otherwiseYes") as AppButton).clicked();
            compare(heard(), data.act);
            Stories.heard.answer("");
        }

        function test_aRefusalIsSaidOnce() {
            Stories.foundHome();
            Stories.situation("by hand");
            look("confirm");
            const banner = findChild(page, "trouble") as Banner;
            verify(!banner.visible);
            keyClick(Qt.Key_N);
            tryVerify(() => question() !== null);
            type("n");
            keyClick(Qt.Key_Return);
            Stories.heard.begin();
            tryVerify(() => !Stories.heard.busy);
            verify(Stories.heard.trouble !== "");
            Stories.heard.answer("Somebody else was first.");
            tryVerify(() => part("refusal").visible);
            verify(!banner.visible, "the question says it");
            keyClick(Qt.Key_Escape);
            tryVerify(() => question() === null);
            verify(banner.visible);
            compare(banner.text, Stories.heard.trouble);
            Stories.heard.clearTrouble();
        }

        function test_aClickOnALineGivesTheKeyboard() {
            Stories.situation("by hand");
            waitForRendering(stage);
            (findChild(page, "report") as AppButton).forceActiveFocus();
            const steps = findChild(page, "steps") as ListView;
            mouseClick(steps.itemAtIndex(1));
            compare(Stories.heard.selected, "restore");
            verify(steps.activeFocus);
            keyClick(Qt.Key_H);
            tryVerify(() => question() !== null);
            compare(question().heading, "Put “restore” off");
        }

        function test_whatWouldStartIsNamedBeforeItIsLetGoOn() {
            Stories.situation("two branches, one put off");
            look("restore");
            keyClick(Qt.Key_H);
            tryVerify(() => question() !== null);
            compare((part("confirmText") as AppText).text, "The plan is run by olga, and at once it starts “restore”.");
            keyClick(Qt.Key_Escape);
            Stories.situation("put off");
            look("restore");
            keyClick(Qt.Key_H);
            tryVerify(() => question() !== null);
            compare((part("confirmText") as AppText).text, "Nothing starts by itself: nobody runs the plan now.");
        }

        function test_theQuestionSaysWhatIsTouched() {
            Stories.situation("done");
            look("restore");
            keyClick(Qt.Key_U);
            tryVerify(() => question() !== null);
            verify((part("before") as AppText).visible);
            compare((part("weight") as AppText).text, "It touches validator-3. What needs it is not known.");
            keyClick(Qt.Key_Escape);
            (findChild(page, "abort") as AppButton).clicked();
            tryVerify(() => question() !== null);
            const text = (part("before") as AppText).text;
            verify(text.includes("Nothing is taken back by it."), text);
            verify(text.includes("What stays changed:\n· Step 'restore' took effect."), text);
            keyClick(Qt.Key_Escape);
            Stories.situation("running");
            (findChild(page, "abort") as AppButton).clicked();
            tryVerify(() => question() !== null);
            verify((part("before") as AppText).text.includes("Stopped first: “restore”."));
        }

        function test_aQuestionAboutARehearsalLooksLikeOne_data() {
            return [["run", "automated", Qt.Key_R], ["take back", "done", Qt.Key_U], ["declare", "soaking", Qt.Key_Return], ["note", "automated", Qt.Key_N], ["consent", "consent", Qt.Key_A], ["consent from elsewhere", "consent", Qt.Key_E], ["hand over", "automated", "handOver"], ["what if", "automated", "whatIfButton"]].map(row => ({
                            "tag": row[0],
                            "story": row[1],
                            "key": row[2]
                        }));
        }

        function test_aQuestionAboutARehearsalLooksLikeOne(data) {
            for (const rehearsal of [false, true]) {
                Stories.situation(data.story);
                if (rehearsal) {
                    Stories.rehearse();
                }
                look("restore");
                if (data.key === Qt.Key_Return) {
                    page.proceed();
                } else if (typeof data.key === "string") {
                    (findChild(page, data.key) as AppButton).clicked();
                } else {
                    keyClick(data.key);
                }
                tryVerify(() => question() !== null);
                compare(part("rehearsal").visible, rehearsal);
                keyClick(Qt.Key_Escape);
                tryVerify(() => question() === null);
            }
        }

        function test_keysOfOtherKeyboards() {
            Stories.situation("by hand");
            look("confirm");
            Stories.pressKey(0x0420, 43); // Cyrillic, on the key that has an H elsewhere
            tryVerify(() => question() !== null);
            compare(question().heading, "Put “confirm” off");
            keyClick(Qt.Key_Escape);
            tryVerify(() => question() === null);
            look("confirm");
            keyClick(Qt.Key_Enter, Qt.KeypadModifier);
            tryVerify(() => (findChild(page, "offerSpace") as AppButton).activeFocus);
            look("confirm");
            keyClick(Qt.Key_G);
            const tabs = findChild(page, "tabs") as TabStrip;
            compare(tabs.current, 1);
            const graph = findChild(page, "stepGraph") as GraphView;
            graph.forceActiveFocus();
            keyClick(Qt.Key_G);
            compare(tabs.current, 0);
            verify((findChild(page, "steps") as ListView).activeFocus, "the keyboard is not left in what is not seen");
            keyClick(Qt.Key_G);
            graph.forceActiveFocus();
            keyClick(Qt.Key_Return);
            compare(tabs.current, 0);
            tryVerify(() => (findChild(page, "offerSpace") as AppButton).activeFocus);
        }

        function test_whoseStepItIsIsSaidAsItIs() {
            const place = findChild(page, "place") as AppText;
            Stories.situation("by hand");
            look("confirm");
            verify(place.text.includes("You may do it: "), place.text);
            look("restore");
            verify(place.text.includes("It is for: "), "its turn has not come");
            Stories.situation("by hand", "eve");
            look("confirm");
            verify(place.text.includes("It is for: ") && !place.text.includes("You may"), place.text);
            Stories.situation("done");
            look("restore");
            verify(place.text.includes("It is for: "), "it is done");
        }

        function test_aVerificationSaysHowOldItIs() {
            Stories.situation("soaking");
            waitForRendering(stage);
            const ages = check.texts(page).filter(text => text.objectName === "checkAge");
            compare(ages.length, 1);
            verify(ages[0].visible && ages[0].text.endsWith(" ago"), ages[0].text);
        }

        function test_whatIsTypedStaysUntilItIsTaken() {
            Stories.startPlan(3, "olga");
            look("confirm");
            keyClick(Qt.Key_Space);
            tryVerify(() => question() !== null);
            type("seen");
            keyClick(Qt.Key_Return);
            compare(heard(), "complete confirm, done: seen");
            verify(question() !== null, "it is not known yet whether it is taken");
            verify(!part("yes").enabled);
            keyClick(Qt.Key_Return);
            compare(heard(), "complete confirm, done: seen", "it is asked for once");
            Stories.heard.answer("Somebody else was first.");
            compare((part("refusal") as Banner).text, "Somebody else was first.");
            verify(part("refusal").visible);
            compare((part("sentence") as AppField).text, "seen");
            verify(part("sentence").activeFocus, "it can be said again");
            type(" it");
            keyClick(Qt.Key_Return);
            compare(heard(), "complete confirm, done: seen; complete confirm, done: seen it");
            verify(!part("refusal").visible);
            Stories.heard.answer("");
            tryVerify(() => question() === null);
            look("confirm");
            keyClick(Qt.Key_Space);
            tryVerify(() => question() !== null);
            compare((part("sentence") as AppField).text, "");
            verify(!part("refusal").visible);
        }

        // situation, what opens the question, what is typed into
        function test_nothingThatWasTypedStaysInTheWindow_data() {
            return [["note", "by hand", Qt.Key_N, ["sentence"]], ["consent", "consent", Qt.Key_A, ["approver", "approverPassphrase"]], ["consent from elsewhere", "consent", Qt.Key_E, ["approvalFile"]], ["hand over", "by hand", "handOver", ["heir", "handoverNote"]], ["run", "automated", Qt.Key_R, ["nameToType"]], ["by hand", "by hand, with a height", Qt.Key_Space, ["sentence", "wanted"]]].map(row => ({
                            "tag": row[0],
                            "story": row[1],
                            "key": row[2],
                            "fields": row[3]
                        }));
        }

        function test_nothingThatWasTypedStaysInTheWindow(data) {
            Stories.situation(data.story);
            look(Stories.heard.selected);
            if (typeof data.key === "string") {
                (findChild(page, data.key) as AppButton).clicked();
            } else {
                keyClick(data.key);
            }
            tryVerify(() => question() !== null);
            const fields = data.fields.map(name => part(name));
            for (const field of fields) {
                field.text = "typed";
            }
            keyClick(Qt.Key_Escape);
            tryVerify(() => question() === null);
            for (const field of fields) {
                compare(field.text, "", field.objectName);
            }
        }

        function test_aRefusedConsentKeepsThePersonAndNoSecret() {
            Stories.awaitApproval();
            look("roll_back");
            keyClick(Qt.Key_A);
            tryVerify(() => question() !== null);
            type("ben");
            keyClick(Qt.Key_Return);
            type("wrong");
            keyClick(Qt.Key_Return);
            compare((part("approverPassphrase") as AppField).text, "");
            Stories.heard.answer("The passphrase is wrong.");
            compare((part("refusal") as Banner).text, "The passphrase is wrong.");
            compare((part("approver") as AppField).text, "ben");
            verify(part("approverPassphrase").activeFocus);
            type("right");
            keyClick(Qt.Key_Return);
            compare(Stories.heard.heard.length, 2);
            Stories.heard.answer("");
            tryVerify(() => question() === null);
        }

        function test_anotherActsAnswerClosesNothing() {
            Stories.startPlan(3, "olga");
            look("confirm");
            keyClick(Qt.Key_N);
            tryVerify(() => question() !== null);
            type("n");
            keyClick(Qt.Key_Return);
            Stories.heard.run();
            Stories.heard.answer("");
            verify(question() !== null);
        }

        function test_aQuestionGoesWithItsPlan() {
            Stories.startPlan(3, "olga");
            look("confirm");
            keyClick(Qt.Key_N);
            tryVerify(() => question() !== null);
            Stories.startPlans(2); // none of them is looked at
            compare(question(), null);
        }

        function test_aQuestionGoesWithItsPage() {
            Stories.startPlan(3, "olga");
            look("confirm");
            keyClick(Qt.Key_N);
            tryVerify(() => question() !== null);
            page.enabled = false; // another page is shown
            compare(question(), null);
            page.enabled = true;
            look("confirm");
            keyClick(Qt.Key_N);
            tryVerify(() => question() !== null);
            page.visible = false; // nobody is signed in any more
            compare(question(), null);
            page.visible = true;
        }
    }
}
