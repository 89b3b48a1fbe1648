// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// A second person at the same desk reads what is going to be done, and consents with a passphrase of their own. Who is
/// signed in stays signed in.
Sheet {
    id: sheet

    /// The step that it is about is the one looked at.
    required property PlanViewModel plan

    readonly property string prefix: deed === Deed.ApproveUndo ? "Take back: " : deed === Deed.ApproveSkip ? "Do without: " : ""
    readonly property string outcome: deed === Deed.ApproveUndo ? plan.step.takingBack : deed === Deed.ApproveSkip ? plan.step.doingWithout : plan.step.consequence
    readonly property bool ready: who.text !== "" && passphrase.text !== "" && !sending

    /// What is consented to: to run the step, to undo it, or to do without it.
    property int deed: Deed.Approve

    signal approved(string by, string passphrase)

    function ask(subject: string, deed: int) {
        sheet.subject = subject;
        sheet.deed = deed;
        open();
        who.forceActiveFocus();
    }

    function send() {
        if (!ready) {
            return;
        }
        const by = who.text;
        const secret = passphrase.text;
        passphrase.clear();
        approved(by, secret);
    }

    onClosed: {
        who.clear();
        passphrase.clear();
    }
    onRefused: passphrase.forceActiveFocus()

    wanted: Theme.px(560)
    heading: "A second person consents"

    AppText {
        objectName: "approvedStep"
        text: sheet.prefix + sheet.plan.planId + " · " + sheet.plan.step.row.name + (sheet.plan.rehearsal ? " · REHEARSAL" : "")
        kind: AppText.Strong
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    AppText {
        text: sheet.plan.step.description
        visible: text !== ""
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    AppText {
        objectName: "consequence"
        text: sheet.outcome
        color: Theme.caution
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    Scroll {
        contentHeight: what.implicitHeight
        Layout.fillWidth: true
        Layout.preferredHeight: Math.min(what.implicitHeight, Theme.px(160))

        FactList {
            id: what
            objectName: "approvedFacts"
            width: parent.width - Theme.medium
            model: sheet.plan.step.facts
            wholly: true
        }
    }

    AppText {
        text: "Whoever started the plan or runs it cannot approve. The approval is signed with your key and is used once."
        quiet: true
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    AppField {
        id: who
        objectName: "approver"
        label: "Operator"
        maximumLength: 32
        Layout.fillWidth: true
        onAccepted: passphrase.forceActiveFocus()
    }

    AppField {
        id: passphrase
        objectName: "approverPassphrase"
        label: "Passphrase"
        secret: true
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
            objectName: "approve"
            text: "Approve"
            primary: true
            enabled: sheet.ready
            reason: sheet.sending ? "The key is being opened." : "Operator and passphrase are needed."
            onClicked: sheet.send()
        }
    }
}
