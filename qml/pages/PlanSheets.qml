// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import ProzChain.Console
import ProzChain.Models

/// What people do with a plan, and what is asked before it is done.
Item {
    id: sheets

    required property PlanViewModel plan

    /// Does what is next, by button or key.
    function proceed() {
        if (plan.busy || plan.guidance.reason !== "") {
            return;
        }
        switch (plan.guidance.deed) {
        case Deed.Run:
        case Deed.Verify:
            plan.run();
            break;
        case Deed.RunStep:
            runStepSheet.open();
            break;
        case Deed.Settle:
            plan.settleStep(plan.guidance.step);
            break;
        case Deed.Tick:
            tickSheet.ask(plan.guidance.step);
            break;
        case Deed.Approve:
            // What is signed is what is looked at.
            plan.selected = plan.guidance.step;
            approveSheet.ask(plan.guidance.step);
            break;
        case Deed.Retry:
            retrySheet.ask(plan.guidance.step);
            break;
        case Deed.Declare:
            declareSheet.open();
            break;
        case Deed.Resume:
            plan.resume();
            break;
        case Deed.FinishAbort:
            plan.abort("");
            break;
        }
    }

    /// Does the other thing that can be done from here.
    function proceedOtherwise() {
        if (plan.guidance.deed === Deed.Settle) {
            judgeSheet.ask(plan.guidance.step);
        } else {
            skipSheet.ask(plan.guidance.step);
        }
    }

    function note() {
        noteSheet.ask("");
    }

    function pause() {
        pauseSheet.ask("");
    }

    function abort() {
        abortSheet.ask("");
    }

    AskSheet {
        id: tickSheet
        heading: "Done by hand"
        label: "What was done and seen"
        verb: "It is done"
        otherVerb: "It could not be done"
        outputs: sheets.plan.guidance.outputs
        onAccepted: text => sheets.plan.tick(subject, text, given())
        onOtherwise: text => sheets.plan.failStep(subject, text)
    }

    AskSheet {
        id: judgeSheet
        heading: "What became of it"
        label: "What was found on the systems"
        verb: "It took effect"
        otherVerb: "It did not"
        outputs: sheets.plan.guidance.outputs
        onAccepted: text => sheets.plan.tick(subject, text, given())
        onOtherwise: text => sheets.plan.failStep(subject, text)
    }

    AskSheet {
        id: skipSheet
        heading: "Do without this step"
        label: "Why the recovery can do without it"
        verb: "Skip the step"
        danger: true
        onAccepted: text => sheets.plan.skip(subject, text)
    }

    AskSheet {
        id: noteSheet
        heading: "A note on the plan"
        label: "What later readers should know"
        verb: "Write it down"
        onAccepted: text => sheets.plan.addNote(text)
    }

    AskSheet {
        id: pauseSheet
        heading: "Pause the plan"
        label: "Why nothing new may start"
        verb: "Pause"
        onAccepted: text => sheets.plan.pause(text)
    }

    AskSheet {
        id: retrySheet
        heading: "Try it again"
        label: "Why it will go better now"
        verb: "Retry"
        onAccepted: text => sheets.plan.retry(subject, text)
    }

    AskSheet {
        id: abortSheet
        heading: "Abort the plan"
        label: "Why the recovery ends here"
        verb: "Abort for good"
        danger: true
        onAccepted: text => sheets.plan.abort(text)
    }

    ConfirmSheet {
        id: declareSheet
        heading: "Declare the end"
        text: "All checks are run once more; if they pass, the recovery is declared complete and signed in your name. It cannot be taken back."
        verb: "Declare the end"
        onAccepted: sheets.plan.declareEnd()
    }

    ConfirmSheet {
        id: runStepSheet
        heading: sheets.plan.guidance.text
        text: "This step cannot be taken back once it has begun. What is done before it cannot be undone afterwards."
        verb: "Run it"
        onAccepted: sheets.plan.runStep(sheets.plan.guidance.step)
    }

    ApproveSheet {
        id: approveSheet
        plan: sheets.plan
        onApproved: (by, passphrase) => sheets.plan.approve(subject, by, passphrase)
    }
}
