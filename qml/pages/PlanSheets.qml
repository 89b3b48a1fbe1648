// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import ProzChain.Console
import ProzChain.Models

/// What people do with a plan, and what is asked before it is done.
Questions {
    id: sheets

    /// A question about the plan, or about a step, says itself why it was refused.
    readonly property bool tells: tellsRefusal || stepSheets.tellsRefusal

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
            declareSheet.ask("");
            break;
        case Deed.Resume:
            plan.resume();
            break;
        case Deed.FinishAbort:
            plan.abort("");
            break;
        default:
            stepSheets.act(deed, plan.selected);
        }
    }

    function handOver() {
        handoverSheet.ask("");
    }

    function takeOver() {
        takeOverSheet.ask("");
    }

    function whatIf() {
        whatIfSheet.ask(plan.selected);
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
        stopWorkSheet.ask("");
    }

    StepSheets {
        id: stepSheets
        objectName: "stepSheets"
        plan: sheets.plan
    }

    Question {
        id: declareSheet

        ConfirmSheet {
            rehearsal: sheets.plan.rehearsal
            heading: "Declare the end"
            text: "All checks are run once more; if they pass, the recovery is declared complete and signed in your name. It cannot be taken back."
            verb: "Declare the end"
            onAccepted: sheets.plan.declareEnd()
        }
    }

    Question {
        id: noteSheet

        AskSheet {
            rehearsal: sheets.plan.rehearsal
            heading: "A note on the plan"
            label: "What later readers should know"
            verb: "Write it down"
            onAccepted: text => awaits(sheets.plan.addNote(text))
        }
    }

    Question {
        id: pauseSheet

        AskSheet {
            rehearsal: sheets.plan.rehearsal
            heading: "Pause the plan"
            label: "Why nothing new may start"
            verb: "Pause"
            onAccepted: text => awaits(sheets.plan.pause(text))
        }
    }

    Question {
        id: abortSheet

        AskSheet {
            rehearsal: sheets.plan.rehearsal
            heading: "Abort " + sheets.plan.planId
            text: sheets.plan.abortText
            label: "Why the recovery ends here"
            verb: "Abort for good"
            danger: true
            onAccepted: text => awaits(sheets.plan.abort(text))
        }
    }

    Question {
        id: stopWorkSheet

        ConfirmSheet {
            rehearsal: sheets.plan.rehearsal
            heading: "Stop the work on " + sheets.plan.planId
            text: sheets.plan.stopText
            verb: "Stop in good order"
            danger: true
            onAccepted: sheets.plan.cancel()
        }
    }

    Question {
        id: handoverSheet

        HandoverSheet {
            rehearsal: sheets.plan.rehearsal
            plan: sheets.plan
        }
    }

    Question {
        id: takeOverSheet

        AskSheet {
            rehearsal: sheets.plan.rehearsal
            heading: "Take the plan over"
            text: sheets.plan.leadText + ". What runs there comes to its end there; everything after it runs here."
            label: "Why it is taken over"
            verb: "Take it over and run it"
            danger: true
            onAccepted: text => awaits(sheets.plan.takeOver(text))
        }
    }

    Question {
        id: whatIfSheet

        WhatIfSheet {
            rehearsal: sheets.plan.rehearsal
            plan: sheets.plan
        }
    }
}
