// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// Hands the lead of a plan over: how it stands, to whom, and what they should know. It is theirs once they accept.
Sheet {
    id: sheet

    required property PlanViewModel plan

    readonly property bool ready: who.text.trim() !== "" && !sending

    function ask(subject: string) {
        sheet.subject = subject;
        plan.readSheet();
        open();
        who.forceActiveFocus();
    }

    function send() {
        if (ready) {
            awaits(plan.handOver(who.text, note.text));
        }
    }

    onRefused: who.forceActiveFocus()
    onClosed: {
        who.clear();
        note.clear();
    }

    wanted: Theme.px(640)
    heading: "Hand the plan over"

    Scroll {
        contentHeight: standing.implicitHeight
        Layout.fillWidth: true
        Layout.preferredHeight: Math.min(Math.max(standing.implicitHeight, Theme.px(80)), Theme.px(260))

        AppText {
            id: standing
            objectName: "standing"
            width: parent.width - Theme.medium
            text: sheet.plan.sheet !== "" ? sheet.plan.sheet : sheet.plan.trouble !== "" ? sheet.plan.trouble : "Writing down how it stands …"
            kind: AppText.Caption
            wrapMode: Text.Wrap
        }
    }

    AppText {
        text: "This sheet is kept with the hand-over. You lead the plan until the other person accepts."
        quiet: true
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    AppField {
        id: who
        objectName: "heir"
        label: "To which operator"
        maximumLength: 32
        Layout.fillWidth: true
        onAccepted: note.forceActiveFocus()
    }

    AppField {
        id: note
        objectName: "handoverNote"
        label: "What they should know besides"
        maximumLength: 2000
        Layout.fillWidth: true
        onAccepted: sheet.send()
    }

    RowLayout {
        spacing: Theme.small
        Layout.fillWidth: true

        AppButton {
            text: "Leave it"
            onClicked: sheet.close()
        }

        Item {
            Layout.fillWidth: true
        }

        AppButton {
            objectName: "offerLead"
            text: "Offer the lead"
            primary: true
            enabled: sheet.ready
            reason: sheet.sending ? "It is being recorded." : "To whom?"
            onClicked: sheet.send()
        }
    }
}
