// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console

/// Asks once more before something that cannot be taken back. The focus is on the way out: the key that opened the
/// question, pressed once too often, changes nothing.
Sheet {
    id: sheet

    required property string text
    required property string verb
    property bool danger: false

    signal accepted

    onOpened: focusOn(no)

    AppText {
        objectName: "confirmText"
        text: sheet.text
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    RowLayout {
        spacing: Theme.small
        Layout.fillWidth: true

        AppButton {
            id: no
            objectName: "leave"
            text: "Leave it"
            onClicked: sheet.close()
        }

        Item {
            Layout.fillWidth: true
        }

        AppButton {
            objectName: "confirm"
            text: sheet.verb
            primary: true
            danger: sheet.danger
            onClicked: {
                sheet.close();
                sheet.accepted();
            }
        }
    }
}
