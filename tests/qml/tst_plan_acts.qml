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
