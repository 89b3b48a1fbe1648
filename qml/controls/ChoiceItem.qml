// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import ProzChain.Console

/// One of several that exclude each other.
T.AbstractButton {
    id: choice

    implicitHeight: Theme.control
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    leftPadding: Theme.small
    rightPadding: Theme.small
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.RadioButton
    Accessible.name: text
    Accessible.checked: checked
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    contentItem: RowLayout {
        spacing: Theme.medium

        Rectangle {
            implicitWidth: Theme.px(16)
            implicitHeight: Theme.px(16)
            radius: width / 2
            color: "transparent"
            border.width: choice.checked ? Theme.px(5) : 1
            border.color: choice.checked ? Theme.accent : Theme.strongLine
        }

        AppText {
            text: choice.text
            kind: choice.checked ? AppText.Strong : AppText.Body
            Layout.fillWidth: true
        }
    }

    background: Rectangle {
        radius: Theme.radius
        color: choice.hovered ? Theme.hovered : "transparent"

        FocusFrame {
            anchors.margins: 1
            shown: choice.visualFocus
        }
    }
}
