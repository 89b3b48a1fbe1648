// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import ProzChain.Console
import ProzChain.Stories

Rectangle {
    id: stage
    width: 1088
    height: 700
    color: Theme.window

    PlanPage {
        id: page
        width: parent.width
        height: parent.height - 56
        model: Stories.heard
    }

    NextBar {
        width: parent.width
        anchors.bottom: parent.bottom
        frame: Stories.frame
        plan: Stories.heard
        planShown: true
        onProceed: page.proceed()
        onProceedOtherwise: page.proceedOtherwise()
        onStopAsked: page.stopWork()
    }

    TextCheck {
        id: check
    }

    TestCase {
        name: "PlanActs"
        when: windowShown

        function init() {
            failOnWarning(/.?/);
            Stories.heard.forget();
        }

        function cleanup() {
            question()?.close();
            tryVerify(() => question() === null);
        }

        /// The one that is asked; null for none.
        function question(): Sheet {
            const sheets = findChild(page, "sheets");
            for (let i = 0; i < sheets.data.length; ++i) {
                if ((sheets.data[i] as Sheet)?.visible) {
                    return sheets.data[i] as Sheet;
                }
            }
            return null;
        }

        function part(name: string): Item {
            return findChild(question().contentItem, name) as Item;
        }

        function type(text: string) {
            for (const letter of text) {
                keyClick(letter);
            }
        }

        /// The checklist has the focus, and this of its steps is looked at.
        function look(step: string) {
            Stories.heard.selected = step;
            waitForRendering(stage);
            (findChild(page, "steps") as ListView).forceActiveFocus();
        }

        function heard(): string {
            return Stories.heard.heard.join("; ");
        }

        /// What a person does with the question that is asked.
        function give(answer: string) {
            switch (answer) {
            case "sentence":
                verify(part("sentence").activeFocus);
                type("why");
                keyClick(Qt.Key_Return);
                break;
            case "sentence, and otherwise":
                type("why");
                (part("otherwiseYes") as AppButton).clicked();
                break;
            case "yes":
                keyClick(Qt.Key_Return); // once too often: the focus is on the way out
                compare(heard(), "");
                break;
            case "run":
                (part("confirmRun") as AppButton).clicked();
                break;
            case "consent":
                verify(part("approver").activeFocus);
                type("ben");
                keyClick(Qt.Key_Return);
                type("secret");
                keyClick(Qt.Key_Return);
                break;
            case "files":
                (part("writeRequest") as AppButton).clicked();
                (part("approvalFile") as WantedField).text = "/approval";
                (part("takeApproval") as AppButton).clicked();
                break;
            case "person":
                verify(part("heir").activeFocus);
                type("ben");
                keyClick(Qt.Key_Return);
                type("why");
                keyClick(Qt.Key_Return);
                break;
            }
        }

        /// What it does: which question it asks, and what the plan is asked for when that is answered.
        function checkAct(press: var, heading: string, answer: string, act: string) {
            press();
            if (heading === "") {
                compare(question(), null);
                compare(heard(), act);
                return;
            }
            tryVerify(() => question() !== null, 5000, "no question is asked");
            compare(question().heading, heading);
            compare(heard(), answer === "person" ? "readSheet" : "", "nothing is done before the answer");
            if (answer === "yes") {
                give(answer);
                tryVerify(() => question() === null);
                press();
                tryVerify(() => question() !== null);
                (part("confirm") as AppButton).clicked();
            } else {
                give(answer);
            }
            compare(heard(), act);
            Stories.heard.answer("");
            tryVerify(() => question() === null || answer === "");
        }

        // tag, situation, step, key, question, answer to it, what the plan is then asked for
        function test_keys_data() {
            const table = [];
            const add = (tag, story, step, key, heading, answer, act) => table.push({
                        "tag": tag,
                        "story": story,
                        "step": step,
                        "key": key,
                        "heading": heading,
                        "answer": answer,
                        "act": act
                    });
            add("do by hand", "by hand", "confirm", Qt.Key_Space, "“confirm”, done by hand", "sentence", "complete confirm, done: why");
            add("could not be done", "by hand", "confirm", Qt.Key_Space, "“confirm”, done by hand", "sentence, and otherwise", "complete confirm, not done: why");
            add("do without", "by hand", "confirm", Qt.Key_S, "Do without “confirm”", "sentence", "skip confirm: why");
            add("put off", "by hand", "confirm", Qt.Key_H, "Put “confirm” off", "sentence", "hold confirm: why");
            add("note", "by hand", "confirm", Qt.Key_N, "A note on the plan", "sentence", "addNote: why");
            add("pause", "by hand", "confirm", Qt.Key_P, "Pause the plan", "sentence", "pause: why");
            add("nothing to run", "by hand", "confirm", Qt.Key_R, "", "", "");
            add("run", "automated", "restore", Qt.Key_R, "Run “restore”", "run", "runStep restore");
            add("look ahead", "automated", "restore", Qt.Key_D, "What “restore” would do now", "", "");
            add("consent", "consent", "restore", Qt.Key_A, "A second person consents", "consent", "approve restore, Approve by ben");
            add("consent from elsewhere", "consent", "restore", Qt.Key_E, "Approval from elsewhere", "files", "exportRequest restore, ApproveElsewhere; importApproval restore: /approval");
            add("consent to do without", "consent", "restore", Qt.Key_S, "A second person consents", "consent", "approve restore, ApproveSkip by ben");
            add("stop", "running", "restore", Qt.Key_X, "Stop “restore”", "sentence", "stopStep restore: why");
            add("stop elsewhere", "running elsewhere", "restore", Qt.Key_X, "Stop “restore”", "sentence", "stopStep restore: why");
            add("retry", "failed", "restore", Qt.Key_R, "Try “restore” again", "sentence", "retry restore: why");
            add("do without what failed", "failed", "restore", Qt.Key_S, "Do without “restore”", "sentence", "skip restore: why");
            add("take back", "done", "restore", Qt.Key_U, "Take “restore” back", "sentence", "undo restore: why");
            add("consent to take back", "done, with consent", "restore", Qt.Key_A, "A second person consents", "consent", "approve restore, ApproveUndo by ben");
            add("consent to take back from elsewhere", "done, with consent", "restore", Qt.Key_E, "Approval from elsewhere", "files", "exportRequest restore, ApproveUndoElsewhere; importApproval restore: /approval");
            add("settle", "interrupted", "restore", Qt.Key_R, "", "", "settleStep restore");
            add("judge", "interrupted", "restore", Qt.Key_J, "What became of “restore”", "sentence", "complete restore, done: why");
            add("judge otherwise", "interrupted", "restore", Qt.Key_J, "What became of “restore”", "sentence, and otherwise", "complete restore, not done: why");
            add("let go on", "put off", "restore", Qt.Key_H, "Let “restore” go on", "yes", "release restore");
            return table;
        }

        function test_keys(data) {
            Stories.situation(data.story);
            checkAct(() => {
                    look(data.step);
                    keyClick(data.key);
                }, data.heading, data.answer, data.act);
        }

        function test_theGraphTakesTheSameKeys_data() {
            return test_keys_data();
        }

        function test_theGraphTakesTheSameKeys(data) {
            Stories.situation(data.story);
            look(data.step);
            const tabs = findChild(page, "tabs") as TabStrip;
            tabs.current = 1;
            compare(Stories.heard.selected, data.step);
            checkAct(() => {
                    findChild(page, "stepGraph").forceActiveFocus();
                    keyClick(data.key);
                }, data.heading, data.answer, data.act);
            tabs.current = 0;
        }

        // tag, situation, who looks, button, question, answer to it, what the plan is then asked for
        function test_buttons_data() {
            const table = [];
            const add = (tag, story, who, button, heading, answer, act) => table.push({
                        "tag": tag,
                        "story": story,
                        "who": who,
                        "button": button,
                        "heading": heading,
                        "answer": answer,
                        "act": act
                    });
            add("report", "by hand", "olga", "report", "", "", "writeReport");
            add("note", "by hand", "olga", "note", "A note on the plan", "sentence", "addNote: why");
            add("hand over", "by hand", "olga", "handOver", "Hand the plan over", "person", "readSheet; handOver ben: why");
            add("take over", "running elsewhere", "olga", "takeOver", "Take the plan over", "sentence", "takeOver: why");
            add("take the lead", "offered", "ben", "takeLead", "", "", "takeLead");
            add("pause", "by hand", "olga", "pause", "Pause the plan", "sentence", "pause: why");
            add("abort", "by hand", "olga", "abort", "Abort PLAN-1", "sentence", "abort: why");
            add("abort while it runs here", "running", "olga", "abort", "Abort PLAN-1", "sentence", "abort: why");
            add("abort while it runs elsewhere", "running elsewhere", "olga", "abort", "Abort PLAN-1", "sentence", "abort: why");
            add("stop the work", "running", "olga", "stopWork", "Stop the work on PLAN-1", "yes", "cancel");
            add("next: by hand", "by hand", "olga", "next", "“confirm”, done by hand", "sentence", "complete confirm, done: why");
            add("next: run", "automated", "olga", "next", "", "", "run");
            add("next: consent", "consent", "olga", "next", "A second person consents", "consent", "approve restore, Approve by ben");
            add("next: retry", "failed", "olga", "next", "Try “restore” again", "sentence", "retry restore: why");
            add("otherwise: do without", "failed", "olga", "otherwise", "Do without “restore”", "sentence", "skip restore: why");
            add("next: settle", "interrupted", "olga", "next", "", "", "settleStep restore");
            add("otherwise: judge", "interrupted", "olga", "otherwise", "What became of “restore”", "sentence", "complete restore, done: why");
            add("next: resume", "paused", "olga", "next", "", "", "resume");
            add("next: verify", "all done", "olga", "next", "", "", "run");
            add("next: declare", "soaking", "olga", "next", "Declare the end", "yes", "declareEnd");
            add("next: finish the abort", "aborting", "olga", "next", "", "", "abort: ");
            add("take back what is left", "done", "olga", "leftover", "Take “restore” back", "sentence", "undo restore: why");
            add("offer: let go on", "put off", "olga", "offerH", "Let “restore” go on", "yes", "release restore");
            add("offer: run", "automated", "olga", "offerR", "Run “restore”", "run", "runStep restore");
            add("offer: take back", "done", "olga", "offerU", "Take “restore” back", "sentence", "undo restore: why");
            return table;
        }

        function test_buttons(data) {
            Stories.situation(data.story, data.who);
            if (data.button.startsWith("offer")) {
                look("restore");
            }
            const tabs = findChild(page, "tabs") as TabStrip;
            tabs.current = data.button === "leftover" ? 3 : 0;
            waitForRendering(stage);
            const button = findChild(stage, data.button) as AppButton;
            verify(button !== null && button.enabled, button?.reason);
            verify(button.visible);
            checkAct(() => button.clicked(), data.heading, data.answer, data.act);
            tabs.current = 0;
        }

        /// As they are read, disabled, by who may not.
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
            return [["run", "automated", Qt.Key_R], ["take back", "done", Qt.Key_U], ["declare", "soaking", Qt.Key_Return], ["note", "automated", Qt.Key_N]].map(row => ({
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
