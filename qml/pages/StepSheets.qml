// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import ProzChain.Console
import ProzChain.Models

/// What people do with a step, and what is asked before it is done.
Questions {
    id: sheets

    /// Stays with the step while it is asked about, whatever else begins or ends meanwhile.
    function act(deed: int, step: string) {
        plan.selected = step;
        switch (deed) {
        case Deed.RunStep:
            (runSheet.made() as RunSheet).look(step, true);
            break;
        case Deed.Preview:
            (runSheet.made() as RunSheet).look(step, false);
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
            (approveSheet.made() as ApproveSheet).ask(step, deed);
            break;
        case Deed.ApproveElsewhere:
        case Deed.ApproveUndoElsewhere:
        case Deed.ApproveSkipElsewhere:
            (elsewhereSheet.made() as ElsewhereSheet).ask(step, deed);
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
            releaseSheet.ask(step);
            break;
        }
    }

    Question {
        id: tickSheet

        AskSheet {
            rehearsal: sheets.plan.rehearsal
            heading: "“" + sheets.plan.step.row.name + "”, done by hand"
            label: "What was done and seen"
            verb: "It is done"
            otherVerb: "It could not be done"
            wanted: sheets.plan.step.wanted
            onAccepted: text => awaits(sheets.plan.complete(subject, true, text, brought()))
            onOtherwise: text => awaits(sheets.plan.complete(subject, false, text, brought()))
        }
    }

    Question {
        id: judgeSheet

        AskSheet {
            rehearsal: sheets.plan.rehearsal
            heading: "What became of “" + sheets.plan.step.row.name + "”"
            label: "What was found on the systems"
            verb: "It took effect"
            otherVerb: "It did not"
            wanted: sheets.plan.step.wanted
            onAccepted: text => awaits(sheets.plan.complete(subject, true, text, brought()))
            onOtherwise: text => awaits(sheets.plan.complete(subject, false, text, brought()))
        }
    }

    Question {
        id: retrySheet

        AskSheet {
            rehearsal: sheets.plan.rehearsal
            heading: "Try “" + sheets.plan.step.row.name + "” again"
            label: "Why it will go better now"
            verb: "Retry"
            onAccepted: text => awaits(sheets.plan.retry(subject, text))
        }
    }

    Question {
        id: skipSheet

        AskSheet {
            rehearsal: sheets.plan.rehearsal
            heading: "Do without “" + sheets.plan.step.row.name + "”"
            text: sheets.plan.step.doingWithout
            label: "Why the recovery can do without it"
            verb: "Skip the step"
            danger: true
            onAccepted: text => awaits(sheets.plan.skip(subject, text))
        }
    }

    Question {
        id: stopSheet

        AskSheet {
            rehearsal: sheets.plan.rehearsal
            heading: "Stop “" + sheets.plan.step.row.name + "”"
            text: "It is told to end in good order. A look at the systems then says what became of it."
            label: "Why it has to stop"
            verb: "Stop the step"
            danger: true
            onAccepted: text => awaits(sheets.plan.stopStep(subject, text))
        }
    }

    Question {
        id: undoSheet

        AskSheet {
            rehearsal: sheets.plan.rehearsal
            heading: "Take “" + sheets.plan.step.row.name + "” back"
            text: sheets.plan.step.takingBack
            weight: sheets.plan.step.undoRadius
            label: "Why it has to be taken back"
            verb: "Take it back"
            danger: true
            onAccepted: text => awaits(sheets.plan.undo(subject, text))
        }
    }

    Question {
        id: holdSheet

        AskSheet {
            rehearsal: sheets.plan.rehearsal
            heading: "Put “" + sheets.plan.step.row.name + "” off"
            text: "It and what comes after it wait; the rest of the plan goes on."
            label: "Why it has to wait"
            verb: "Put it off"
            onAccepted: text => awaits(sheets.plan.hold(subject, text))
        }
    }

    Question {
        id: releaseSheet

        ConfirmSheet {
            rehearsal: sheets.plan.rehearsal
            heading: "Let “" + sheets.plan.step.row.name + "” go on"
            text: sheets.plan.step.goingOn
            verb: "Let it go on"
            onAccepted: sheets.plan.release(subject)
        }
    }

    Question {
        id: runSheet

        RunSheet {
            rehearsal: sheets.plan.rehearsal
            step: sheets.plan.step
            onConfirmed: sheets.plan.runStep(subject)
        }
    }

    Question {
        id: approveSheet

        ApproveSheet {
            rehearsal: sheets.plan.rehearsal
            plan: sheets.plan
            onApproved: (by, passphrase) => awaits(sheets.plan.approve(subject, deed, by, passphrase))
        }
    }

    Question {
        id: elsewhereSheet

        ElsewhereSheet {
            rehearsal: sheets.plan.rehearsal
            plan: sheets.plan
        }
    }
}
