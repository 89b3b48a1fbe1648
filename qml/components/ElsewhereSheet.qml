// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// Consent of a person who is not at this desk: a request goes out as a file, is signed there, and comes back as one.
Sheet {
    id: sheet

    required property PlanViewModel plan
    /// What is to be consented to: to run the step, to undo it, or to do without it.
    property int deed: Deed.ApproveElsewhere

    readonly property bool ready: file.text.trim() !== "" && !sending

    function ask(subject: string, deed: int) {
        sheet.subject = subject;
        sheet.deed = deed;
        plan.clearRequest();
        open();
        focusOn(out);
    }

    function send() {
        if (ready) {
            awaits(plan.importApproval(subject, file.text.trim()));
        }
    }

    onClosed: file.clear()

    wanted: Theme.px(600)
    heading: "Approval from elsewhere"

    AppText {
        text: "1. Write the request, and carry the file to a person who may approve. It says what will be done; it holds no secrets of this store."
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    AppButton {
        id: out
        objectName: "writeRequest"
        text: "Write the request"
        recording: sheet.plan.busy
        enabled: !recording
        onClicked: sheet.plan.exportRequest(sheet.subject, sheet.deed)
    }

    LongText {
        objectName: "requestPath"
        full: sheet.plan.requestPath === "" ? "" : "It is at " + sheet.plan.requestPath
        whole: sheet.plan.requestPath
        visible: text !== ""
        wrapMode: Text.WrapAnywhere
        Layout.fillWidth: true
    }

    AppText {
        text: "2. There it is read and signed:"
        Layout.fillWidth: true
    }

    AppText {
        text: "recoveryctl --as NAME approval sign REQUEST --output APPROVAL"
        kind: AppText.Figures
        quiet: true
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    AppText {
        text: "3. Bring the approval here. It is good for eight hours, for this attempt with these parameters, and once."
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    WantedField {
        id: file
        objectName: "approvalFile"
        label: "The approval"
        hint: "path of the file that came back"
        isFile: true
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
            objectName: "takeApproval"
            text: "Take the approval"
            primary: true
            enabled: sheet.ready
            reason: sheet.sending ? "It is being read." : "Which file?"
            onClicked: sheet.send()
        }
    }
}
