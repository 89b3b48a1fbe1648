// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import ProzChain.Console
import ProzChain.Models

/// What people do with a plan, and what is asked before it is done.
Item {
    id: sheets

    required property PlanViewModel plan
    readonly property string planId: plan.planId

    /// A question says itself why it was refused.
    property bool tellsRefusal: false

    // A question about one plan is no question about another.
    onPlanIdChanged: leave()

    /// Asks nothing any more.
    function leave() {
        for (let i = 0; i < data.length; ++i) {
            (data[i] as Sheet)?.close();
        }
    }

    function noteRefusal() {
        tellsRefusal = false;
        for (let i = 0; i < data.length; ++i) {
            tellsRefusal = tellsRefusal || ((data[i] as Sheet)?.refusal ?? "") !== "";
        }
    }

    Component.onCompleted: {
        for (let i = 0; i < data.length; ++i) {
            (data[i] as Sheet)?.refusalChanged.connect(noteRefusal);
        }
    }

    Connections {
        target: sheets.plan

        function onAnswered(act: int, refusal: string) {
            for (let i = 0; i < sheets.data.length; ++i) {
                (sheets.data[i] as Sheet)?.answered(act, refusal);
            }
        }
    }

    /// Does what is next, by button or key.
    function proceed() {
        if (plan.busy || plan.guidance.reason !== "" || plan.guidance.deed === Deed.Nothing) {
            return;
        }
        if (plan.guidance.step !== "") {
            // What is done, or signed, is what is looked at.
            plan.selected = plan.guidance.step;
        }
        act(plan.guidance.deed);
    }

    /// Does the other thing that can be done from here.
    function proceedOtherwise() {
        plan.selected = plan.guidance.step;
        act(plan.guidance.deed === Deed.Settle ? Deed.Judge : Deed.Skip);
    }

    /// Does this to the plan, or to the step that is looked at; asks before what has a reason or cannot be taken back.
    function act(deed: int) {
        switch (deed) {
        case Deed.Run:
        case Deed.Verify:
            plan.run();
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
        default:
            actOnStep(deed, plan.selected);
        }
    }

    /// Stays with the step while it is asked about, whatever else begins or ends meanwhile.
    function actOnStep(deed: int, step: string) {
        plan.selected = step;
        switch (deed) {
        case Deed.RunStep:
            runSheet.look(step, true);
            break;
        case Deed.Preview:
            runSheet.look(step, false);
            break;
        case Deed.Settle:
            plan.settleStep(step);
            break;
        case Deed.Tick:
            tickSheet.ask(step);
            break;
        case Deed.Judge:
            judgeSheet.ask(step);
            break;
        case Deed.Approve:
        case Deed.ApproveUndo:
        case Deed.ApproveSkip:
            approveSheet.ask(step, deed);
            break;
        case Deed.ApproveElsewhere:
        case Deed.ApproveUndoElsewhere:
        case Deed.ApproveSkipElsewhere:
            elsewhereSheet.ask(step, deed);
            break;
        case Deed.Retry:
            retrySheet.ask(step);
            break;
        case Deed.Skip:
            skipSheet.ask(step);
            break;
        case Deed.StopStep:
            stopSheet.ask(step);
            break;
        case Deed.Undo:
            undoSheet.ask(step);
            break;
        case Deed.Hold:
            holdSheet.ask(step);
            break;
        case Deed.Release:
            releaseSheet.subject = step;
            releaseSheet.open();
            break;
        }
    }

    function handOver() {
        handoverSheet.ask();
    }

    function takeOver() {
        takeOverSheet.ask("");
    }

    function whatIf() {
        whatIfSheet.ask();
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

    function stopWork() {
        stopWorkSheet.open();
    }

    AskSheet {
        id: tickSheet
        rehearsal: sheets.plan.rehearsal
        heading: "“" + sheets.plan.step.row.name + "”, done by hand"
        label: "What was done and seen"
        verb: "It is done"
        otherVerb: "It could not be done"
        wanted: sheets.plan.step.wanted
        onAccepted: text => awaits(sheets.plan.complete(subject, true, text, brought()))
        onOtherwise: text => awaits(sheets.plan.complete(subject, false, text, brought()))
    }

    AskSheet {
        id: judgeSheet
        rehearsal: sheets.plan.rehearsal
        heading: "What became of “" + sheets.plan.step.row.name + "”"
        label: "What was found on the systems"
        verb: "It took effect"
        otherVerb: "It did not"
        wanted: sheets.plan.step.wanted
        onAccepted: text => awaits(sheets.plan.complete(subject, true, text, brought()))
        onOtherwise: text => awaits(sheets.plan.complete(subject, false, text, brought()))
    }

    AskSheet {
        id: skipSheet
        rehearsal: sheets.plan.rehearsal
        heading: "Do without “" + sheets.plan.step.row.name + "”"
        text: sheets.plan.step.doingWithout
        label: "Why the recovery can do without it"
        verb: "Skip the step"
        danger: true
        onAccepted: text => awaits(sheets.plan.skip(subject, text))
    }

    AskSheet {
        id: noteSheet
        rehearsal: sheets.plan.rehearsal
        heading: "A note on the plan"
        label: "What later readers should know"
        verb: "Write it down"
        onAccepted: text => awaits(sheets.plan.addNote(text))
    }

    AskSheet {
        id: pauseSheet
        rehearsal: sheets.plan.rehearsal
        heading: "Pause the plan"
        label: "Why nothing new may start"
        verb: "Pause"
        onAccepted: text => awaits(sheets.plan.pause(text))
    }

    AskSheet {
        id: retrySheet
        rehearsal: sheets.plan.rehearsal
        heading: "Try “" + sheets.plan.step.row.name + "” again"
        label: "Why it will go better now"
        verb: "Retry"
        onAccepted: text => awaits(sheets.plan.retry(subject, text))
    }

    AskSheet {
        id: abortSheet
        rehearsal: sheets.plan.rehearsal
        heading: "Abort " + sheets.plan.planId
        text: sheets.plan.abortText
        label: "Why the recovery ends here"
        verb: "Abort for good"
        danger: true
        onAccepted: text => awaits(sheets.plan.abort(text))
    }

    ConfirmSheet {
        id: declareSheet
        rehearsal: sheets.plan.rehearsal
        heading: "Declare the end"
        text: "All checks are run once more; if they pass, the recovery is declared complete and signed in your name. It cannot be taken back."
        verb: "Declare the end"
        onAccepted: sheets.plan.declareEnd()
    }

    AskSheet {
        id: stopSheet
        rehearsal: sheets.plan.rehearsal
        heading: "Stop “" + sheets.plan.step.row.name + "”"
        text: "It is told to end in good order. A look at the systems then says what became of it."
        label: "Why it has to stop"
        verb: "Stop the step"
        danger: true
        onAccepted: text => awaits(sheets.plan.stopStep(subject, text))
    }

    AskSheet {
        id: undoSheet
        rehearsal: sheets.plan.rehearsal
        heading: "Take “" + sheets.plan.step.row.name + "” back"
        text: sheets.plan.step.takingBack
        weight: sheets.plan.step.undoRadius
        label: "Why it has to be taken back"
        verb: "Take it back"
        danger: true
        onAccepted: text => awaits(sheets.plan.undo(subject, text))
    }

    AskSheet {
        id: holdSheet
        rehearsal: sheets.plan.rehearsal
        heading: "Put “" + sheets.plan.step.row.name + "” off"
        text: "It and what comes after it wait; the rest of the plan goes on."
        label: "Why it has to wait"
        verb: "Put it off"
        onAccepted: text => awaits(sheets.plan.hold(subject, text))
    }

    ConfirmSheet {
        id: releaseSheet
        rehearsal: sheets.plan.rehearsal
        heading: "Let “" + sheets.plan.step.row.name + "” go on"
        text: sheets.plan.step.goingOn
        verb: "Let it go on"
        onAccepted: sheets.plan.release(subject)
    }

    ConfirmSheet {
        id: stopWorkSheet
        rehearsal: sheets.plan.rehearsal
        heading: "Stop the work on " + sheets.plan.planId
        text: sheets.plan.stopText
        verb: "Stop in good order"
        danger: true
        onAccepted: sheets.plan.cancel()
    }

    AskSheet {
        id: takeOverSheet
        rehearsal: sheets.plan.rehearsal
        heading: "Take the plan over"
        text: sheets.plan.leadText + ". What runs there comes to its end there; everything after it runs here."
        label: "Why it is taken over"
        verb: "Take it over and run it"
        danger: true
        onAccepted: text => awaits(sheets.plan.takeOver(text))
    }

    RunSheet {
        id: runSheet
        rehearsal: sheets.plan.rehearsal
        step: sheets.plan.step
        onConfirmed: sheets.plan.runStep(subject)
    }

    HandoverSheet {
        id: handoverSheet
        rehearsal: sheets.plan.rehearsal
        plan: sheets.plan
    }

    ElsewhereSheet {
        id: elsewhereSheet
        rehearsal: sheets.plan.rehearsal
        plan: sheets.plan
    }

    WhatIfSheet {
        id: whatIfSheet
        rehearsal: sheets.plan.rehearsal
        plan: sheets.plan
    }

    ApproveSheet {
        id: approveSheet
        rehearsal: sheets.plan.rehearsal
        plan: sheets.plan
        onApproved: (by, passphrase) => awaits(sheets.plan.approve(subject, deed, by, passphrase))
    }
}
