// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// A second person at the same desk consents with a passphrase of their own. Who is signed in stays signed in.
Sheet {
    id: sheet

    required property SignInViewModel people

    signal approved(string by, string passphrase)

    function ask(subject: string) {
        sheet.subject = subject;
        who.clear();
        passphrase.clear();
        open();
        who.forceActiveFocus();
    }

    function send() {
        const by = who.text;
        const secret = passphrase.text;
        passphrase.clear();
        close();
        approved(by, secret);
    }

    heading: "A second person consents"

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
            enabled: who.text !== "" && passphrase.text !== ""
            reason: "Operator and passphrase are needed."
            onClicked: sheet.send()
        }
    }
}
