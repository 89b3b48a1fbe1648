// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console

/// Asks once more before something that cannot be taken back.
Sheet {
    id: sheet

    required property string text
    required property string verb

    signal accepted

    onOpened: yes.forceActiveFocus(Qt.TabFocusReason)

    AppText {
        text: sheet.text
        wrapMode: Text.Wrap
        Layout.fillWidth: true
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
            id: yes
            objectName: "confirm"
            text: sheet.verb
            primary: true
            onClicked: {
                sheet.close();
                sheet.accepted();
            }
        }
    }
}
