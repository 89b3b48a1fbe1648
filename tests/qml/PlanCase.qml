// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import ProzChain.Console
import ProzChain.Stories

/// Tests of what a plan's page asks before it acts, on a PlanStage.
TestCase {
    id: suite

    required property PlanStage stage
    readonly property PlanPage page: stage.page

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
        const ofPlan = (findChild(page, "sheets") as PlanSheets).asked();
        return ofPlan !== null ? ofPlan : (findChild(page, "stepSheets") as StepSheets).asked();
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
}
