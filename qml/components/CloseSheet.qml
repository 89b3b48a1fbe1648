// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console
import ProzChain.Models

/// Asked before a window closes in which a plan runs. The window closes by itself when the work has ended.
Sheet {
    id: sheet

    required property Console desk

    heading: "A plan runs here"
    onOpened: no.forceActiveFocus(Qt.TabFocusReason)

    AppText {
        text: sheet.desk.work
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }

    RowLayout {
        spacing: Theme.small
        Layout.fillWidth: true

        AppButton {
            id: no
            objectName: "leaveOpen"
            text: "Leave it open"
            enabled: !sheet.desk.stopping
            reason: "The work is being stopped."
            onClicked: sheet.close()
        }

        Item {
            Layout.fillWidth: true
        }

        AppButton {
            objectName: "stopAndClose"
            text: sheet.desk.stopping ? "Stopping in good order …" : "Stop and close"
            primary: true
            danger: true
            enabled: !sheet.desk.stopping
            reason: "The window closes as soon as the work has ended."
            onClicked: sheet.desk.stop()
        }
    }
}
