// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import ProzChain.Console

/// One line of input under its label, with what is wrong below it.
FocusScope {
    id: field

    required property string label
    property string hint
    property string trouble
    property bool secret: false
    property bool figures: false
    property alias text: input.text
    property alias maximumLength: input.maximumLength
    property alias readOnly: input.readOnly

    signal accepted

    function clear() {
        input.clear();
    }

    implicitWidth: Theme.px(280)
    implicitHeight: column.implicitHeight

    ColumnLayout {
        id: column
        anchors.fill: parent
        spacing: Theme.tiny

        AppText {
            visible: field.label !== ""
            text: field.label
            kind: AppText.Caption
            quiet: true
        }

        T.TextField {
            id: input
            Layout.fillWidth: true
            implicitHeight: Theme.control
            leftPadding: Theme.small
            rightPadding: Theme.small
            focus: true
            selectByMouse: true
            echoMode: field.secret ? TextInput.Password : TextInput.Normal
            inputMethodHints: field.secret ? Qt.ImhHiddenText | Qt.ImhSensitiveData | Qt.ImhNoPredictiveText : Qt.ImhNone
            verticalAlignment: TextInput.AlignVCenter
            color: Theme.text
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentInk
            placeholderTextColor: Theme.quiet
            font.family: field.figures ? Theme.figures : Theme.family
            font.pixelSize: Theme.body
            Accessible.name: field.label + (field.trouble === "" ? "" : ": " + field.trouble)
            onAccepted: field.accepted()

            background: Rectangle {
                radius: Theme.radius
                color: input.readOnly || !field.enabled ? Theme.sunken : Theme.surface
                border.width: input.activeFocus ? Theme.focusWidth : 1
                border.color: input.activeFocus ? Theme.focus : field.trouble !== "" ? Theme.danger : Theme.strongLine
            }

            AppText {
                anchors.fill: parent
                anchors.leftMargin: input.leftPadding
                visible: input.text === "" && input.preeditText === ""
                text: field.hint
                quiet: true
            }
        }

        AppText {
            Layout.fillWidth: true
            visible: text !== ""
            text: field.trouble
            kind: AppText.Caption
            color: Theme.danger
            wrapMode: Text.WordWrap
        }
    }
}
