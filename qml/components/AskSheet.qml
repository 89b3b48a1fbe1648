// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console

/// Asks for one sentence, which is recorded with the act.
Sheet {
    id: sheet

    required property string label
    required property string verb
    /// A second way out of the question; none if empty.
    property string otherVerb
    property bool danger: false

    signal accepted(string text)
    signal otherwise(string text)

    function ask(subject: string) {
        sheet.subject = subject;
        sentence.clear();
        open();
        sentence.forceActiveFocus();
    }

    AppField {
        id: sentence
        objectName: "sentence"
        label: sheet.label
        maximumLength: 2000
        Layout.fillWidth: true
        onAccepted: {
            if (sentence.text.trim() !== "") {
                yes.clicked();
            }
        }
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
            visible: sheet.otherVerb !== ""
            text: sheet.otherVerb
            enabled: sentence.text.trim() !== ""
            reason: "A sentence is needed."
            onClicked: {
                sheet.close();
                sheet.otherwise(sentence.text);
            }
        }

        AppButton {
            id: yes
            objectName: "yes"
            text: sheet.verb
            primary: true
            danger: sheet.danger
            enabled: sentence.text.trim() !== ""
            reason: "A sentence is needed."
            onClicked: {
                sheet.close();
                sheet.accepted(sentence.text);
            }
        }
    }
}
