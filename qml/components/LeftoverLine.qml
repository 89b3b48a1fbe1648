// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ProzChain.Console

/// Something that the plan has changed so far, and how to be rid of it.
RowLayout {
    id: line

    required property string step
    required property string stepName
    required property string system
    required property string what
    required property string cleanup

    signal chosen(string step)

    spacing: Theme.medium

    ColumnLayout {
        spacing: 2
        Layout.fillWidth: true

        LongText {
            full: line.what + (line.system === "" ? "" : " (" + line.system + ")")
            wrapMode: Text.Wrap
            Layout.fillWidth: true
        }

        LongText {
            full: line.stepName + " · " + line.cleanup
            kind: AppText.Caption
            quiet: true
            wrapMode: Text.Wrap
            Layout.fillWidth: true
        }
    }

    AppButton {
        objectName: "leftover"
        // There is said whether it can be taken back, and by whom.
        text: "Go to the step"
        Layout.alignment: Qt.AlignTop
        onClicked: line.chosen(line.step)
    }
}
