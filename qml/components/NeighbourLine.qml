// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import ProzChain.Console

/// A system beside another one, to go on to.
T.AbstractButton {
    id: line

    required property string key
    required property string name
    required property string stateText
    required property int tone

    implicitHeight: Theme.control
    leftPadding: Theme.small
    rightPadding: Theme.small
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: name + ", " + stateText
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    contentItem: RowLayout {
        spacing: Theme.medium

        AppText {
            text: line.name
            Layout.fillWidth: true
        }

        ToneMark {
            tone: line.tone
            text: line.stateText
        }
    }

    background: Rectangle {
        radius: Theme.radius
        color: line.hovered ? Theme.hovered : "transparent"

        FocusFrame {
            anchors.margins: 1
            shown: line.visualFocus
        }
    }
}
