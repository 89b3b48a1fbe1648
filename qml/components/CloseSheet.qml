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
    /// What is asked stays as it was, although the work ends meanwhile, or the window is closed once more.
    function ask(subject: string) {
        if (!visible) {
            sheet.subject = desk.work;
            open();
        }
    }

    onOpened: focusOn(no)

    Connections {
        target: sheet.desk

        function onWorkChanged() {
            if (sheet.desk.work === "" && !sheet.desk.stopping) {
                sheet.close();
            }
        }
    }

    AppText {
        text: sheet.subject
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
